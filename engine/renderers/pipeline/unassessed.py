"""What stands in a list's columns where there is no case to take it from."""

from __future__ import annotations

from collections.abc import Sequence

from engine.model.check_run import NotAssessed
from engine.model.pipeline import Cell, ReturnLine, SpendCase, SpendReturn
from engine.pipeline.columns import Column
from engine.pipeline.in_words import NOT_ASSESSED, nil_return_in_words


def cells_of_unassessed(failed: NotAssessed, columns: Sequence[Column[SpendCase]]) -> list[Cell]:
    """The row of a deck that could not be assessed: which deck, that it could not be, and why.

    Where the columns leave out what says so, the first column says it, so that no map can hide it.
    """
    why = "\n".join(str(problem).replace("\n", " ") for problem in failed.problems)
    known: dict[str, Cell] = {
        "project": failed.deck, "deck": failed.deck, "needs": NOT_ASSESSED, "state": NOT_ASSESSED,
        "why": why, "reasons": why, "place": str(failed.problems[0].place),
        "next_step": "Put right what keeps the deck from being read.",
    }  # fmt: skip
    cells = [known.get(column.field) for column in columns]
    says_so = {column.field for column in columns} & {"needs", "state"}
    if not says_so or failed.deck not in cells:
        cells[0] = f"{NOT_ASSESSED}: {failed.deck}"
    return cells


def nil_return(drawn: SpendReturn) -> str:
    """That no approval was found, and whether that makes it a nil return."""
    return nil_return_in_words(drawn)


def nil_return_cells(drawn: SpendReturn, columns: Sequence[Column[ReturnLine]]) -> list[Cell]:
    """The one row of a nil return: its words stand where the project's name would."""
    fields = [column.field for column in columns]
    at = fields.index("project") if "project" in fields else 0
    return [nil_return(drawn) if n == at else None for n in range(len(columns))]
