"""Rows of a table, merged cells and all."""

from __future__ import annotations

from engine.model.pages import Cell

Row = tuple[Cell, ...]


def distinct(row: Row) -> list[str]:
    """The different contents of a row, in order."""
    texts = (str(cell.content).strip() for cell in row if cell.content is not None)
    return list(dict.fromkeys(text for text in texts if text))


def is_banner(row: Row) -> bool:
    """Whether one merged cell stands in the row, and nothing else."""
    filled = [cell for cell in row if cell.content is not None]
    return len(filled) > 1 and len({cell.address for cell in filled}) == 1


def is_merged(row: Row, column: int) -> bool:
    """Whether a cell is one that began at its left."""
    return row[column].address == row[column - 1].address
