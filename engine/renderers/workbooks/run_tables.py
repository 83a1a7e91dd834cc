"""The tables of a run: what each sheet holds, the most asked for first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from engine.model.check_run import CheckRun
from engine.renderers import words
from engine.renderers.workbooks import run_rows
from engine.renderers.workbooks.cells import Row
from engine.renderers.workbooks.tables import MOST_ROWS, Column, Table


def run_tables(run: CheckRun) -> Iterator[Table]:
    """The tables of a run; those that may be empty only where they hold something."""
    for name, about, columns, frozen, printed, rows in _SHEETS:
        found = rows(run)
        if name in _ONLY_WHERE_NEEDED:
            first = next(found, None)
            if first is None or (name == "Not applicable" and _not_listed(run)):
                continue
            found = chain((first,), found)
        yield Table(name, about, columns, found, frozen, printed)


def _not_listed(run: CheckRun) -> int:
    """How many rules do not apply, where they are more than a sheet can hold; else none."""
    count = sum(f.status == "not_applicable" for a in run.assessments for f in a.findings)
    return count if count > MOST_ROWS else 0


def rows_of_findings(run: CheckRun) -> int:
    """How many rows the sheets of findings have together."""
    return sum(len(assessment.findings) for assessment in run.assessments)


def _about(run: CheckRun) -> Iterator[Row]:
    yield "What this is", words.NOT_A_DECISION
    yield "The decks", f"{words.run_counts(run)}."
    yield from _HOW_TO_READ
    if count := _not_listed(run):
        rows = f"{count:,} rows, more than a sheet can hold: write json or csv for them."
        yield "Not applicable, left out", rows
    for made in dict.fromkeys(a.provenance for a in run.assessments):
        yield "Rulebook", f"{made.rulebook} {made.rulebook_hash}"
        yield "Engine", f"{made.engine_version}, evaluated by {' and '.join(made.evaluators)}"
        if made.note:
            yield "To know", made.note


_HOW_TO_READ = tuple({
    "Not assessed": "The deck could not be read, or no rule applied to it. That is not a pass. "
        "The sheet Findings says what to put right.",
    "Not enough information": "The deck does not state what the rule needs. What follows is under "
        "Outcome, and what is missing is on the sheet Evidence.",
    "On trial": "The rule is shown, and changes neither the outcome nor the score.",
    "Summary": "One row for each deck: the outcome, the score, and who it goes to.",
    "Findings": "One row for each rule in force on each deck, the most severe first. Filter by "
        "Outcome.",
    "Evidence": "One row for each fact that a finding rests on, and where it stands.",
    "Ratings": "What a report states, beside what its data add up to. Only where one states any.",
    "Worked out": "What the rules concluded from the deck, and why.",
    "Numbers": "Each threshold used, since when it holds, and what its source is worth.",
    "Notes": "How unusual values were read, what to know of the file, and what does not bind.",
    "Not applicable": "The rules that do not apply to the deck, and why.",
}.items())  # fmt: skip
_ONLY_WHERE_NEEDED = ("Ratings", "Notes", "Not applicable")
_Rows = Callable[[CheckRun], Iterator[Row]]
_OF_FINDINGS = (
    Column("Project", 26), Column("Outcome", 17), Column("Rule", 14), Column("Requirement", 34),
    Column("What was found", 46), Column("Next step", 42), Column("Who", 20),
    Column("Status", 16), Column("Points", 9, right=True), Column("Told when it escalates", 22),
    Column("Subject", 18), Column("Why the rule exists", 120), Column("Source", 90),
    Column("What the source is worth", 22), Column("Link", 60), Column("Gate", 18),
    Column("Rules as of", 18), Column("Deck", 40),
)  # fmt: skip
_SHEETS: tuple[tuple[str, str, tuple[Column, ...], int, int, _Rows], ...] = (
    ("Summary", "One row for each deck, with its outcome and who it goes to.", (
        Column("Project", 30), Column("Outcome", 17), Column("Score", 10, right=True),
        Column("Pass mark", 9), Column("Escalated", 13, right=True),
        Column("Recommended", 17, right=True), Column("Not enough information", 15, right=True),
        Column("Gate", 16), Column("Organisation", 18), Column("Rules as of", 18),
        Column("In full, and who it goes to", 42), Column("Passed", 10, right=True),
        Column("Not applicable", 13, right=True), Column("Points", 9, right=True),
        Column("Points to earn", 10, right=True), Column("Deck", 40),
    ), 2, 11, run_rows.summary),
    ("Findings", "One row for each rule in force on each deck, the most severe first.",
        _OF_FINDINGS, 3, 7, run_rows.findings),
    ("Evidence", "One row for each fact that a finding rests on, and where it stands.", (
        Column("Project", 26), Column("Rule", 14), Column("Outcome", 17), Column("Fact", 36),
        Column("Value", 28), Column("Asked", 24), Column("File", 28), Column("Line", 8, right=True),
        Column("Place", 22), Column("As a number or date", 18), Column("Write it as", 40),
        Column("Name of the fact", 40), Column("Deck", 40),
    ), 3, 9, run_rows.evidence),
    ("Ratings", "What each report states, beside what its data add up to.", (
        Column("Project", 34), Column("Rating", 18), Column("Stated", 16),
        Column("The data add up to", 18), Column("Last period", 16), Column("Direction", 14),
        Column("Set by", 26), Column("Deck", 40),
    ), 2, 7, run_rows.ratings),
    ("Worked out", "What the rules concluded from each deck, and why.", (
        Column("Project", 30), Column("What", 36), Column("Value", 26), Column("Why", 52),
        Column("It decided something", 13), Column("Source", 48), Column("Link", 60),
        Column("Deck", 40),
    ), 2, 6, run_rows.worked_out),
    ("Numbers", "Each threshold that a finding rests on, with its source.", (
        Column("Number", 42), Column("Value", 18), Column("Since", 18),
        Column("What the source is worth", 22), Column("Source", 52), Column("Organisation", 24),
        Column("Rules", 24), Column("Link", 60),
    ), 1, 7, run_rows.numbers),
    ("Notes", "How values were read, what to know of the files, and what does not bind.", (
        Column("Project", 34), Column("Kind", 24), Column("Note", 80), Column("Place", 44),
        Column("Deck", 40),
    ), 2, 4, run_rows.notes),
    ("Not applicable", "The rules that do not apply to each deck, and why.",
        _OF_FINDINGS, 3, 7, run_rows.not_applicable),
    ("About", "What this workbook is, and how to read it.", (
        Column("What", 30), Column("In words", 110),
    ), 1, 2, _about),
)  # fmt: skip
