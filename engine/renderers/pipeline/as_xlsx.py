"""A pipeline as a workbook that a spend assurance lead can send on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from engine.model.check_run import NotAssessed
from engine.model.pipeline import Cell as ListCell
from engine.model.pipeline import Due, DueState, Pipeline, SpendCase
from engine.model.rules import Outcome
from engine.pipeline.columns import Column as Listed
from engine.pipeline.fields import CASE_FIELDS
from engine.pipeline.in_words import (
    CANNOT_TELL,
    IN_ORDER,
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
from engine.renderers.pipeline.as_text import days_read_at
from engine.renderers.pipeline.tables import (
    about_table,
    not_assessed_table,
    table_columns,
    table_row,
    unassessed_row,
)
from engine.renderers.pipeline.unassessed import cells_of_unassessed
from engine.renderers.workbooks.book import Book
from engine.renderers.workbooks.cells import Cell, Marked, Money, Row, Sum
from engine.renderers.workbooks.look import Mark
from engine.renderers.workbooks.tables import Column, Table
from engine.showing import show_type

_MOST_IN_A_CELL = 3  # findings: a row cannot be as high as twenty of them
_LAST_ON_PAPER = "next_due_state"
_DUE_MARKS: dict[DueState, Mark] = {
    "overdue": "escalate", "unsettled": "recommend", "missed": "escalate",
    "done": "pass",
}  # fmt: skip
_CASE = (Column("Reference", 14), Column("Project", 34))


def pipeline_as_xlsx(pipeline: Pipeline, columns: Sequence[Listed[SpendCase]]) -> bytes:
    """The list, its findings, due dates, totals, what could not be assessed, and where from."""
    days = [case.assessment.as_of for case in pipeline.cases]
    book = Book("Spend pipeline", days_read_at(pipeline), day=max(days, default=None))
    for table in _tables(pipeline, columns):
        book.add(table)
    return book.content()


def _tables(pipeline: Pipeline, columns: Sequence[Listed[SpendCase]]) -> Iterator[Table]:
    fields = [column.field for column in columns]
    yield Table(
        "Pipeline", "One row for each case, the most urgent first.", table_columns(columns),
        [_line(line, columns) for line in pipeline.lines],
        frozen=2 if fields[:2] == ["reference", "project"] else 0,
        printed=fields.index(_LAST_ON_PAPER) + 1 if _LAST_ON_PAPER in fields else None,
        none="No deck was given.",
    )  # fmt: skip
    yield _findings(pipeline)
    yield _due(pipeline)
    yield _years(pipeline)
    yield _needs(pipeline)
    yield not_assessed_table(pipeline.not_assessed)
    yield about_table(_about(pipeline))


def _line(line: SpendCase | NotAssessed, columns: Sequence[Listed[SpendCase]]) -> Row:
    if isinstance(line, NotAssessed):
        return _unassessed(line, columns)
    cells = [_reasons(line) if c.field == "reasons" else c.get(line) for c in columns]
    row = table_row(cells, columns)
    return tuple(_marked(cell, c.field, line) for cell, c in zip(row, columns, strict=True))


def _unassessed(failed: NotAssessed, columns: Sequence[Listed[SpendCase]]) -> Row:
    shown = failed.problems[:_MOST_IN_A_CELL]
    cells = cells_of_unassessed(NotAssessed(failed.deck, shown), columns)
    rest = len(failed.problems) - len(shown)
    if rest:
        more = f"and {rest} more on the sheet Not assessed"
        why = [column.field in ("why", "reasons") for column in columns]
        cells = [f"{c}\n{more}" if w else c for c, w in zip(cells, why, strict=True)]
    return unassessed_row(cells)


def _marked(cell: Cell, field: str, case: SpendCase) -> Cell:
    """The cell with the colour of what it says, where its field is one that says an outcome."""
    if not isinstance(cell, str):
        return cell
    if field == "state":
        return Marked(cell, _state_mark(case, cell))
    if field == "next_due_state" and case.next_due:
        return _stands(case.next_due)
    return Marked(cell, None) if field == "needs" and CANNOT_TELL in cell else cell


def _state_mark(case: SpendCase, said: str) -> Outcome | None:
    """Green for what was asked and met alone."""
    if case.outcome != "pass" or said == IN_ORDER:
        return case.outcome
    return "recommend"


def _stands(due: Due) -> Cell:
    """How a day stands, with a colour where it came or passed."""
    said = days_in_words(due)
    return Marked(said, _DUE_MARKS[due.state]) if due.state in _DUE_MARKS else said


def _reasons(case: SpendCase) -> ListCell:
    shown = [finding_in_words(finding) for finding in case.open[:_MOST_IN_A_CELL]]
    rest = len(case.open) - len(shown)
    more = [f"and {rest} more on the sheet Findings"] if rest else []
    return "\n".join([*shown, *more]) or None


def _case(case: SpendCase) -> tuple[Cell, Cell]:
    reference = CASE_FIELDS["reference"].get(case)
    return (None if reference is None else str(reference)), project_in_words(case)


def _findings(pipeline: Pipeline) -> Table:
    columns = (
        *_CASE, Column("Rule", 14), Column("Outcome", 17), Column("Reason", 48),
        Column("Next step", 42), Column("Who acts", 20), Column("Source", 34),
        Column("Place in the deck", 34),
    )  # fmt: skip
    rows = (
        (*_case(case), f.rule,
         Marked("Escalated" if f.outcome == "escalate" else "Recommended", f.outcome),
         f.reason, f.remedy, f.owner, f"{f.source.document} ({STANDINGS[f.source.standing]})",
         str(next((e.place for e in f.evidence if e.place), case.deck.place)))
        for case in pipeline.cases
        for f in case.open
    )  # fmt: skip
    about = "One row for each spend rule that is open, the most severe of each case first."
    return Table("Findings", about, columns, rows, frozen=2, printed=7, none="Nothing is open.")


def _due(pipeline: Pipeline) -> Table:
    columns = (
        Column("Due", 18), Column("How it stands", 20), Column("What", 40), *_CASE,
        Column("Who acts", 20), Column("Where the day comes from", 28),
        Column("Place in the deck", 34),
    )  # fmt: skip
    found = [(case, due) for case in pipeline.cases for due in case.due]
    found.sort(key=lambda each: each[1].pressing)
    rows: Iterator[Row] = (
        (due.day, _stands(due), due.what, *_case(case),
         due.who or None, due.basis, str(due.place) if due.place else None)
        for case, due in found
    )  # fmt: skip
    none = "No deck states or implies a day."
    return Table("Due dates", "Every day to keep, what is overdue first.", columns, rows, none=none)


def _years(pipeline: Pipeline) -> Table:
    years = [total.year for total in pipeline.by_year]
    amounts = (*years, "Total of the years", "Whole-life cost")
    columns = (*_CASE, Column("Needs", 22), *(Column(year, 17, right=True) for year in amounts))
    rows = []
    for case in pipeline.cases:
        by: dict[str, Decimal] = {}
        for line in case.years:
            if line.amount is not None:
                year = line.year if line.year in years else years[-1]
                by[year] = by.get(year, Decimal(0)) + line.amount
        total = sum(by.values(), Decimal(0)) if by else None
        cost = CASE_FIELDS["whole_life_cost"].get(case)
        money = [*map(by.get, years), total, cost if isinstance(cost, Decimal) else None]
        shown = [None if amount is None else Money(amount) for amount in money]
        rows.append((*_case(case), needs_in_words(case), *shown))
    return Table(
        "By year", "What each case's amounts come to in each financial year, with totals below.",
        columns, rows, frozen=2, none="No case was assessed.", below=_under(pipeline),
    )  # fmt: skip


def _under(pipeline: Pipeline) -> list[Row]:
    """The rows under the years: their totals, and what of them is approved."""
    years = pipeline.by_year
    if not years:
        return []
    totals = [year.total for year in years]
    parts: list[Row] = [
        (label, None, None, *(None if a is None else Money(a) for a in amounts), None, None)
        for label, amounts in (
            ("Approved", [year.approved for year in years]),
            ("Run out", [year.run_out for year in years]),
            ("Not approved", [year.not_approved for year in years]),
            ("Approval not said", [year.not_said for year in years]),
        )
    ]
    whole = Sum(sum((total for total in totals if total is not None), Decimal(0)))
    sums = [None if total is None else Sum(total) for total in totals]
    return [("Total", None, None, *sums, whole, None), *parts]


def _needs(pipeline: Pipeline) -> Table:
    columns = (
        Column("Needs", 34), Column("Cases", 10, right=True),
        Column("Whole-life cost", 20, right=True), Column("Cases without a cost", 16, right=True),
    )  # fmt: skip
    rows: Iterator[Row] = (
        (n.needs, n.cases,
         NOT_STATED if n.whole_life_cost is None else Money(n.whole_life_cost), n.without_cost)
        for n in pipeline.by_need
    )  # fmt: skip
    return Table("By need", "How many cases need the same, and what they cost.", columns, rows)


def _about(pipeline: Pipeline) -> Iterator[Row]:
    rules = f"Rulebook {pipeline.rulebook} {pipeline.rulebook_hash}; {days_read_at(pipeline)}."
    yield "Rules", rules
    for case in pipeline.cases[:1]:
        made = case.assessment.provenance
        yield "Engine", f"Version {made.engine_version}, by {' and '.join(made.evaluators)}."
    yield "What it does not tell", WHAT_THIS_DOES_NOT_TELL
    yield "Order", ORDER
    yield "Amounts", f"In pounds, as the decks state them. {RUN_OUT_MEANS}"
    for note in pipeline.notes:
        yield "To know", note
    for title, words in sorted({_threshold(case) for case in pipeline.cases if case.threshold}):
        yield f"Threshold that decided: {title}", words
    for case in pipeline.cases:
        yield f"Deck: {case.deck.name}", f"{case.assessment.title}: {needs_in_words(case)}"
    for failed in pipeline.not_assessed:
        yield f"Deck: {failed.deck}", Marked("could not be assessed", "not assessed")


def _threshold(case: SpendCase) -> tuple[str, str]:
    used = case.threshold
    assert used is not None
    since = f", since {show_type('date', used.since)}" if used.since else ""
    source = ", ".join(p for p in (used.source.document, used.source.clause) if p)
    link = f", {used.source.link}" if used.source.link else ""
    return used.title, f"{used.value}{since}. {source} ({STANDINGS[used.source.standing]}){link}"
