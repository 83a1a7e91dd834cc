"""A pipeline as a workbook that a spend assurance lead can send on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from engine.model.check_run import NotAssessed
from engine.model.pipeline import Cell, Pipeline, SpendCase
from engine.pipeline.columns import Column
from engine.pipeline.fields import CASE_FIELDS
from engine.pipeline.in_words import (
    NOT_STATED,
    ORDER,
    RUN_OUT_MEANS,
    STANDINGS,
    WHAT_THIS_DOES_NOT_TELL,
    days_in_words,
    finding_in_words,
    needs_in_words,
    project_in_words,
)
from engine.renderers.pipeline_as_text import days_read_at
from engine.renderers.pipeline_sheets import Book, Heading
from engine.renderers.unassessed import cells_of_unassessed
from engine.showing import show_type

_MOST_IN_A_CELL = 3  # findings: a row cannot be as high as twenty of them
_LAST_ON_PAPER = "why"


def pipeline_as_xlsx(pipeline: Pipeline, columns: Sequence[Column[SpendCase]]) -> bytes:
    """The list, its findings, due dates, totals, what could not be assessed, and where from."""
    book = Book("Spend pipeline", days_read_at(pipeline))
    fields = [column.field for column in columns]
    book.table(
        "Pipeline",
        [Heading(column.heading, column.width, column.kind) for column in columns],
        [_cells(line, columns) for line in pipeline.lines],
        frozen=2 if fields[:2] == ["reference", "project"] else 0,
        printed=fields.index(_LAST_ON_PAPER) + 1 if _LAST_ON_PAPER in fields else None,
        none="No deck was given.",
    )
    _findings(book, pipeline)
    _due(book, pipeline)
    _years(book, pipeline)
    _needs(book, pipeline)
    _not_assessed(book, pipeline)
    book.text("About", _about(pipeline))
    return book.content()


def _cells(line: SpendCase | NotAssessed, columns: Sequence[Column[SpendCase]]) -> list[Cell]:
    if isinstance(line, NotAssessed):
        return cells_of_unassessed(line, columns)
    return [_reasons(line) if c.field == "reasons" else c.get(line) for c in columns]


def _reasons(case: SpendCase) -> Cell:
    shown = [finding_in_words(finding) for finding in case.open[:_MOST_IN_A_CELL]]
    rest = len(case.open) - len(shown)
    return (
        "\n".join([*shown, *([f"and {rest} more on the sheet Findings"] if rest else [])]) or None
    )


def _name(case: SpendCase) -> list[Cell]:
    return [CASE_FIELDS["reference"].get(case), project_in_words(case)]


_NAME = [Heading("Reference", 12), Heading("Project", 34)]


def _findings(book: Book, pipeline: Pipeline) -> None:
    headings = [*_NAME, Heading("Rule", 12), Heading("Outcome", 14), Heading("Reason", 56),
                Heading("Next step", 50), Heading("Who acts", 22), Heading("Source", 34),
                Heading("Place in the deck", 30)]  # fmt: skip
    rows = [
        [*_name(case), f.rule, {"escalate": "escalated"}.get(str(f.outcome), "recommendation"),
         f.reason, f.remedy, f.owner, f"{f.source.document} ({STANDINGS[f.source.standing]})",
         str(next((e.place for e in f.evidence if e.place), case.deck.place))]
        for case in pipeline.cases
        for f in case.open
    ]  # fmt: skip
    book.table("Findings", headings, rows, frozen=2, none="Nothing is open.")


def _due(book: Book, pipeline: Pipeline) -> None:
    headings = [Heading("Due", 14, "date"), Heading("How it stands", 20), Heading("What", 46),
                *_NAME, Heading("Who acts", 22), Heading("Where the day comes from", 30),
                Heading("Place in the deck", 30)]  # fmt: skip
    found = [(case, due) for case in pipeline.cases for due in case.due]
    found.sort(key=lambda each: each[1].pressing)
    rows = [
        [due.day, days_in_words(due), due.what, *_name(case), due.who, due.basis,
         str(due.place) if due.place else None]
        for case, due in found
    ]  # fmt: skip
    book.table("Due dates", headings, rows, none="No deck states or implies a day.")


def _years(book: Book, pipeline: Pipeline) -> None:
    years = [total.year for total in pipeline.by_year]
    headings = [*_NAME, Heading("Needs", 18), *(Heading(year, 14, "money") for year in years),
                Heading("Total of the years", 16, "money"),
                Heading("Whole-life cost", 16, "money")]  # fmt: skip
    rows: list[list[Cell]] = []
    for case in pipeline.cases:
        by: dict[str, Decimal] = {}
        for line in case.years:
            if line.amount is not None:
                year = line.year if line.year in years else years[-1]
                by[year] = by.get(year, Decimal(0)) + line.amount
        total = sum(by.values(), Decimal(0)) if by else None
        cost = CASE_FIELDS["whole_life_cost"].get(case)
        rows.append([*_name(case), needs_in_words(case), *map(by.get, years), total, cost])
    book.table(
        "By year", headings, rows, frozen=2, none="No case was assessed.", below=_under(pipeline)
    )


def _under(pipeline: Pipeline) -> list[tuple[str, dict[int, Decimal]]]:
    """The rows under the years: their totals, and what of them is approved."""
    years, first = pipeline.by_year, 3
    if not years:
        return []

    def row(label: str, amounts: Sequence[Decimal | None]) -> tuple[str, dict[int, Decimal]]:
        return label, {n: each for n, each in enumerate(amounts, first) if each is not None}

    label, totals = row("Total", [year.total for year in years])
    return [
        (label, {**totals, first + len(years): sum(totals.values(), Decimal(0))}),
        row("Approved", [year.approved for year in years]),
        row("Run out", [year.run_out for year in years]),
        row("Not approved", [year.not_approved for year in years]),
        row("Approval not said", [year.not_said for year in years]),
    ]


def _needs(book: Book, pipeline: Pipeline) -> None:
    headings = [
        Heading("Needs", 30),
        Heading("Cases", 10, "number"),
        Heading("Whole-life cost", 18, "money"),
        Heading("Cases without a cost", 14, "number"),
    ]
    rows: list[list[Cell]] = [
        [
            n.needs,
            n.cases,
            NOT_STATED if n.whole_life_cost is None else n.whole_life_cost,
            n.without_cost,
        ]
        for n in pipeline.by_need
    ]
    book.table("By need", headings, rows)


def _not_assessed(book: Book, pipeline: Pipeline) -> None:
    headings = [
        Heading("Deck", 36),
        Heading("Place", 36),
        Heading("What is wrong", 56),
        Heading("Found", 26),
        Heading("Expected", 36),
        Heading("What to do", 50),
    ]
    rows = [
        [failed.deck, str(p.place), p.message, p.found, p.expected, p.fix]
        for failed in pipeline.not_assessed
        for p in failed.problems
    ]
    book.table("Not assessed", headings, rows, none="Every deck was assessed.")


def _about(pipeline: Pipeline) -> Iterator[tuple[str, str]]:
    yield "Spend pipeline", ""
    yield (
        "Rules",
        f"Rulebook {pipeline.rulebook} {pipeline.rulebook_hash}; {days_read_at(pipeline)}.",
    )
    for case in pipeline.cases[:1]:
        made = case.assessment.provenance
        yield "Engine", f"Version {made.engine_version}, by {' and '.join(made.evaluators)}."
    yield "What it does not tell", WHAT_THIS_DOES_NOT_TELL
    yield "Order", ORDER
    yield (
        "Amounts",
        f"In pounds, as the decks state them. {RUN_OUT_MEANS}",
    )
    for note in pipeline.notes:
        yield "To know", note
    yield "Thresholds that decided", ""
    yield from sorted({_threshold(case) for case in pipeline.cases if case.threshold})
    yield "Decks", ""
    for case in pipeline.cases:
        yield case.deck.name, f"{case.assessment.title}: {needs_in_words(case)}"
    for failed in pipeline.not_assessed:
        yield failed.deck, "could not be assessed"


def _threshold(case: SpendCase) -> tuple[str, str]:
    used = case.threshold
    assert used is not None
    since = f", since {show_type('date', used.since)}" if used.since else ""
    source = ", ".join(p for p in (used.source.document, used.source.clause) if p)
    link = f", {used.source.link}" if used.source.link else ""
    return used.title, f"{used.value}{since}. {source} ({STANDINGS[used.source.standing]}){link}"
