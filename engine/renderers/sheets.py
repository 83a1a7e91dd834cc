"""Sheets and their cells, before they are written into a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from engine.model.rules import Outcome


@dataclass(frozen=True, slots=True)
class Link:
    """An address of a source, which may be clicked."""

    address: str


@dataclass(frozen=True, slots=True)
class Marked:
    """An outcome in words, with the colour that goes with it; None is grey."""

    text: str
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Share:
    """A share between 0 and 1 that is shown in per cent."""

    value: float


Cell = str | int | Decimal | date | Link | Marked | Share | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with one table.

    Attributes:
        about: what the table holds, for those who do not see it.
        columns: each heading with its width in characters.
        frozen: how many columns stay when the others are moved.
        printed: how many columns are printed.
    """

    name: str
    about: str
    columns: tuple[tuple[str, int], ...]
    frozen: int
    printed: int
    rows: tuple[Row, ...]
