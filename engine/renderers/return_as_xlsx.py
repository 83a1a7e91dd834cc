"""A transparency return as a workbook: the return, what is not included, and where from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.model.pipeline import Cell, ReturnLine, SpendReturn
from engine.pipeline.columns import Column
from engine.pipeline.in_words import HNG_REFERENCE, RETURN_DOES_NOT_TELL
from engine.renderers.pipeline_sheets import Book, Heading
from engine.renderers.unassessed import nil_return, nil_return_cells


def return_as_xlsx(drawn: SpendReturn, columns: Sequence[Column[ReturnLine]]) -> bytes:
    """A row for each approval given in the period, or one that says that there is none."""
    book = Book("Spend control return", drawn.span.words)
    rows = [[column.get(line) for column in columns] for line in drawn.lines]
    book.table(
        "Return",
        [Heading(column.heading, column.width, column.kind) for column in columns],
        rows or [nil_return_cells(drawn, columns)],
    )
    headings = [Heading("Project", 40), Heading("Deck", 36), Heading("Place", 36),
                Heading("Why it is not included", 70)]  # fmt: skip
    left: list[list[Cell]] = [
        [each.project, each.deck, str(each.place), each.why] for each in drawn.left_out
    ]
    left += [
        [None, failed.deck, str(problem.place), f"Could not assess the deck: {problem.message}"]
        for failed in drawn.not_assessed
        for problem in failed.problems
    ]
    book.table("Not included", headings, left, none="Everything recorded is included.")
    book.text("About", _about(drawn))
    return book.content()


def _about(drawn: SpendReturn) -> Iterator[tuple[str, str]]:
    yield "Spend control return", ""
    yield "Period", f"Approvals given from {drawn.span.words}, both days included."
    if not drawn.lines:
        yield "Nil return" if drawn.nil else "No approval found", nil_return(drawn)
    yield "HNG reference", HNG_REFERENCE
    yield "Basis", "Which control asked for the approval, by the rules of the day it was given."
    yield "What it does not tell", RETURN_DOES_NOT_TELL
    for note in drawn.notes:
        yield "To know", note
    yield "Rules", f"Rulebook {drawn.rulebook} {drawn.rulebook_hash}."
