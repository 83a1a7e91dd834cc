"""Lists of spend as tables of a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from engine.model import pipeline as model
from engine.model.check_run import NotAssessed
from engine.pipeline.columns import Column as Listed
from engine.pipeline.fields import ThingT
from engine.pipeline.in_words import NOT_ASSESSED
from engine.renderers.workbooks.cells import Marked, Money, Row
from engine.renderers.workbooks.tables import Column, Table

_WIDE = 20  # characters that a heading may have on a line


def table_columns(columns: Sequence[Listed[ThingT]]) -> list[Column]:
    """The columns of a list as those of a table."""
    return [
        Column(c.heading, max(c.width, min(len(c.heading), _WIDE)), c.kind in ("money", "number"))
        for c in columns
    ]


def table_row(cells: Iterable[model.Cell], columns: Sequence[Listed[ThingT]]) -> Row:
    """The cells of a list as a row of a table."""
    return tuple(
        Money(cell) if c.kind == "money" and isinstance(cell, Decimal) else cell
        for cell, c in zip(cells, columns, strict=True)
    )


def unassessed_row(cells: Iterable[model.Cell]) -> Row:
    """The row of a deck that could not be assessed, with a mark on what says so."""
    return tuple(
        Marked(cell, "not assessed")
        if isinstance(cell, str) and cell.partition(":")[0] == NOT_ASSESSED
        else cell
        for cell in cells
    )


def not_assessed_table(failed: Iterable[NotAssessed]) -> Table:
    """A row for each problem of each deck that could not be assessed."""
    columns = (
        Column("Deck", 34), Column("Place", 34), Column("What is wrong", 46), Column("Found", 22),
        Column("Expected", 30), Column("What to do", 38),
    )  # fmt: skip
    rows = (
        (each.deck, str(p.place), p.message, p.found or None, p.expected or None, p.fix or None)
        for each in failed
        for p in each.problems
    )
    about = "What keeps decks from being assessed, and what to do."
    return Table("Not assessed", about, columns, rows, frozen=1, none="Every deck was assessed.")


def about_table(rows: Iterable[Row]) -> Table:
    """What the workbook is and rests on."""
    columns = (Column("What", 44), Column("In words", 110))
    return Table("About", "What this workbook is, and how to read it.", columns, rows, frozen=1)
