"""A sheet's cells, by whichever format they came, into a page with one grid."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from engine.model.pages import Address, Cell, Content, Grid, Page
from engine.readers.office_kinds import refused

MOST_CELLS = 500_000  # of a workbook, blank ones between others included
_LONG = 1_000  # rows from which a sheet is told to be long
_RANGES = 5  # hidden rows or columns are listed as at most so many ranges
_TOO_MUCH = "Give a workbook that holds the answers alone, or split it."

_ERRORS = {
    "#DIV/0!": "a formula that divides by nothing (#DIV/0!)",
    "#N/A": "a value that is not available (#N/A)",
    "#NAME?": "a formula with a name that Excel does not know (#NAME?)",
    "#NULL!": "a formula with ranges that do not meet (#NULL!)",
    "#NUM!": "a formula with a number that cannot be (#NUM!)",
    "#REF!": "a formula that refers to a cell that is gone (#REF!)",
    "#VALUE!": "a formula with a value of the wrong kind (#VALUE!)",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What was read in one cell."""

    content: Content
    problem: str = ""
    seen: Content = None


@dataclass(slots=True)
class Sheet:
    """A sheet as it is read.

    Attributes:
        cells: by row and column, from 0; those that hold something.
        merged: first row, first column, last row, last column of each.
        hidden_rows, hidden_columns: from 0.
        filtered: a filter hides rows.
        cut: where a day also held a time of day, which was left out.
    """

    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], Entry] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    cut: list[tuple[int, int]] = field(default_factory=list)
    unread: tuple[str, ...] = ()


class Collector:
    """Turns one sheet after the other into pages, and counts their cells."""

    def __init__(self, source: str) -> None:
        self.pages: list[Page] = []
        self.notes: list[str] = []
        self._source = source
        self._left = MOST_CELLS

    def room_for(self, cells: int, sheet: str) -> None:
        """Stop where a workbook holds more cells than are read."""
        if cells > self._left:
            message = f"more than {MOST_CELLS:,} cells are filled in or lie between"
            raise refused(self._source, message, _TOO_MUCH, f"sheet {sheet}")

    def add(self, sheet: Sheet) -> None:
        """Make a page of a sheet, and note what a person should know of it."""
        grids: tuple[Grid, ...] = ()
        if sheet.cells:
            rows = _with_gaps({row for row, _ in sheet.cells})
            columns = _with_gaps({column for _, column in sheet.cells})
            self.room_for(len(rows) * len(columns), sheet.name)
            self._left -= len(rows) * len(columns)
            grids = (self._grid(sheet, rows, columns),)
            self.notes += _notes(sheet, len({row for row, _ in sheet.cells}))
        page = Page(f"Sheet {sheet.name}", sheet.name, grids, (), sheet.hidden, sheet.unread)
        self.pages.append(page)

    def _grid(self, sheet: Sheet, rows: list[int], columns: list[int]) -> Grid:
        origins = _origins(sheet, rows, columns)
        page, blank = len(self.pages), Entry(None)

        def cell(row: int, column: int) -> Cell:
            at = origins.get((row, column), (row, column))
            entry = sheet.cells.get(at, blank)
            address = Address(page, 0, at[0], at[1])
            spot = f"cell {name_of_cell(*at)}"
            hidden = at[1] in sheet.hidden_columns
            hidden |= at[0] in sheet.hidden_rows and not sheet.filtered
            return Cell(entry.content, spot, address, entry.problem, entry.seen, hidden)

        return Grid(
            sheet.name, "", tuple(tuple(cell(row, column) for column in columns) for row in rows)
        )


def _with_gaps(used: set[int]) -> list[int]:
    """The rows or columns of a grid: those in use, and one for each blank stretch between."""
    kept = sorted(used)
    gaps = {after - 1 for before, after in pairwise(kept) if after > before + 1}
    return sorted(used | gaps)


def _origins(
    sheet: Sheet, rows: list[int], columns: list[int]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each place that a merged cell covers, the place where it stands."""
    origins: dict[tuple[int, int], tuple[int, int]] = {}
    budget = len(rows) * len(columns)  # ranges do not overlap in a sound file
    for top, left, bottom, right in sheet.merged:
        if (top, left) in sheet.cells:
            covered_rows = rows[bisect_left(rows, top) : bisect_right(rows, bottom)]
            covered_columns = columns[bisect_left(columns, left) : bisect_right(columns, right)]
            budget -= len(covered_rows) * len(covered_columns)
            if budget < 0:
                raise ValueError("merged cells that overlap")
            for row in covered_rows:
                for column in covered_columns:
                    origins[row, column] = top, left
    return origins


def _notes(sheet: Sheet, rows: int) -> list[str]:
    notes = []
    used = {row for row, _ in sheet.cells}, {column for _, column in sheet.cells}
    if rows > _LONG:
        notes.append(f"Sheet {sheet.name} is long: {rows:,} rows were read.")
    hidden = sorted(sheet.hidden_rows & used[0])
    if hidden:
        which = "rows that a filter hides" if sheet.filtered else "hidden rows"
        ranges = _ranges(hidden, lambda row: str(row + 1))
        notes.append(f"Sheet {sheet.name} has {which} ({ranges}); they were read too.")
    hidden = sorted(sheet.hidden_columns & used[1])
    if hidden:
        ranges = _ranges(hidden, name_of_column)
        notes.append(f"Sheet {sheet.name} has hidden columns ({ranges}); they were read too.")
    if sheet.cut:
        first, several = f"cell {name_of_cell(*min(sheet.cut))}", len(sheet.cut) > 1
        where = f"{first} and {len(sheet.cut) - 1:,} more" if several else first
        notes.append(f"Sheet {sheet.name}, {where}: a time of day beside the day was left out.")
    return notes


def _ranges(places: list[int], name: Callable[[int], str]) -> str:
    """Rows or columns in few words: "5 to 9, 12"."""
    ranges: list[list[int]] = []
    for place in places:
        if ranges and ranges[-1][-1] == place - 1:
            ranges[-1][-1:] = [place] if len(ranges[-1]) > 1 else [ranges[-1][0], place]
        else:
            ranges.append([place])
    words = [" to ".join(name(place) for place in each) for each in ranges[:_RANGES]]
    return ", ".join(words) + (" and others" if len(ranges) > _RANGES else "")


def error_in_words(written: str) -> str:
    """What one of Excel's error values means."""
    return _ERRORS.get(written, f"an error in a formula ({written[:20]})")


def name_of_cell(row: int, column: int) -> str:
    """The name that people call a cell by: "C7"."""
    return f"{name_of_column(column)}{row + 1}"


@lru_cache(maxsize=1_000)
def name_of_column(column: int) -> str:
    """A column's letters: A, Z, AA."""
    letters, number = "", column + 1
    while number:
        number, last = divmod(number - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters
