"""A transparency return as a workbook: the return, what is not included, and where from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.model.pipeline import ReturnLine, SpendReturn
from engine.pipeline.columns import Column as Listed
from engine.pipeline.in_words import HNG_REFERENCE, RETURN_DOES_NOT_TELL
from engine.renderers.pipeline.tables import about_table, table_columns, table_row
from engine.renderers.pipeline.unassessed import nil_return, nil_return_cells
from engine.renderers.workbooks.book import Book
from engine.renderers.workbooks.cells import Row
from engine.renderers.workbooks.tables import Column, Table


def return_as_xlsx(drawn: SpendReturn, columns: Sequence[Listed[ReturnLine]]) -> bytes:
    """A row for each approval given in the period, or one that says that there is none."""
    book = Book("Spend control return", drawn.span.words, day=drawn.span.last)
    lines = [[column.get(line) for column in columns] for line in drawn.lines]
    rows = [table_row(line, columns) for line in lines or [nil_return_cells(drawn, columns)]]
    about = "One row for each approval given in the period."
    book.add(Table("Return", about, table_columns(columns), rows))
    book.add(_not_included(drawn))
    book.add(about_table(_about(drawn)))
    return book.content()


def _not_included(drawn: SpendReturn) -> Table:
    columns = (
        Column("Project", 38), Column("Deck", 36), Column("Place", 36),
        Column("Why it is not included", 66),
    )  # fmt: skip
    rows: list[Row] = [
        (each.project, each.deck, str(each.place), each.why) for each in drawn.left_out
    ]
    rows += [
        (None, failed.deck, str(problem.place), f"Could not assess the deck: {problem.message}")
        for failed in drawn.not_assessed
        for problem in failed.problems
    ]
    about = "What is recorded and cannot be included, to be settled first."
    return Table("Not included", about, columns, rows, none="Everything recorded is included.")


def _about(drawn: SpendReturn) -> Iterator[Row]:
    yield "Period", f"Approvals given from {drawn.span.words}, both days included."
    if not drawn.lines:
        yield "Nil return" if drawn.nil else "No approval found", nil_return(drawn)
    yield "HNG reference", HNG_REFERENCE
    yield "Basis", "Which control asked for the approval, by the rules of the day it was given."
    yield "What it does not tell", RETURN_DOES_NOT_TELL
    for note in drawn.notes:
        yield "To know", note
    yield "Rules", f"Rulebook {drawn.rulebook} {drawn.rulebook_hash}."
