"""Rows of cells into a table: a project in each row or in each column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from engine.errors import DeckError, Place, Problem
from engine.model.mapping import TableForm
from engine.model.pages import Cell
from engine.model.table import Column, Row, Table
from engine.showing import show_count

LOST = "\ufffd"  # stands for a byte that means nothing
_LONGEST_HEADING = 60


class Grid:
    """Rows of cells, before anybody says which of them are headings."""

    def __init__(
        self,
        rows: Sequence[Sequence[Any]],
        source: str,
        *,
        page: str = "",
        first: tuple[int, int] = (1, 1),
        cells: Sequence[Sequence[Cell]] = (),
    ) -> None:
        """Take the rows, which need not be equally long.

        Args:
            page: what people call the sheet: "Sheet Returns", or "".
            first: the numbers of the first row and column in the file.
            cells: of a workbook, the cells themselves, as long as the rows.
        """
        self._source, self._page, self.first, self._cells = source, page, first, cells
        self._lengths = [len(row) for row in rows]
        width = max(self._lengths, default=0)
        self.rows: list[list[Any]] = [
            [*map(_stripped, row), *[None] * (width - len(row))] for row in rows
        ]

    def table(self, form: TableForm, remarks: Sequence[str] = ()) -> Table:
        """The table below its headings, or beside them.

        Raises:
            DeckError: there are no headings where they should be.
        """
        across = form.across
        lines = [*map(list, zip(*self.rows, strict=True))] if across else self.rows
        kind, other = ("column", "row") if across else ("row", "column")
        first_line, first_cell = self.first[::-1] if across else self.first
        at = form.headings - first_line
        if not 0 <= at < len(lines) or not any(each is not None for each in lines[at]):
            message = f"{kind} {_named(form.headings, kind)} holds no headings"
            fix = f"Say in the mapping, under table, which {kind} holds them: headings: 2."
            raise DeckError([Problem(Place(self._source, None, self._page), message, fix=fix)])
        columns = tuple(
            Column(_heading(each), f"{other} {_named(number + first_cell, other)}")
            for number, each in enumerate(lines[at])
        )
        rows = [
            self._row(number, line, columns, at, across)
            for number, line in enumerate(lines)
            if number > at and any(each is not None for each in line)
        ]
        return Table(self._source, other, columns, tuple(rows), tuple(remarks))

    def _row(
        self, number: int, line: list[Any], columns: Sequence[Column], at: int, across: bool
    ) -> Row:
        kind = "column" if across else "row"
        counted = number + self.first[1 if across else 0]
        where = ", ".join(filter(None, (self._page, f"{kind} {_named(counted, kind)}")))
        cells: Sequence[Cell] = ()
        if self._cells:
            cells = [row[number] for row in self._cells] if across else self._cells[number]
        told = {} if across or self._cells else self._of_length(number, columns, at, where)
        return Row(
            where=where,
            number=counted,
            contents=tuple(line),
            spots=tuple(cell.spot for cell in cells),
            problems={n: cell.problem for n, cell in enumerate(cells) if cell.problem},
            remarks=(*_lost(line, columns, across), *told.get("remarks", ())),
            refused=tuple(told.get("refused", ())),
        )

    def _of_length(
        self, number: int, columns: Sequence[Column], at: int, where: str
    ) -> dict[str, list[Any]]:
        """What a row that is shorter or longer than its headings means."""
        length, wide = self._lengths[number], self._lengths[at]
        needed = max((n for n, each in enumerate(columns) if each.heading), default=-1) + 1
        if length < needed:
            cells, headings = show_count(length, "cell"), show_count(needed, "heading")
            return {"remarks": [f"The row has {cells} for {headings}; the others count as blank."]}
        if any(each is not None for each in self.rows[number][wide:]):
            cells, headings = show_count(length, "cell"), show_count(wide, "heading")
            message = f"the row has {cells} for {headings}, so they may have moved"
            fix = "Put a cell that holds the separator or a quote in quotes."
            return {"refused": [Problem(Place(self._source, None, where), message, fix=fix)]}
        return {}


def _lost(line: Sequence[Any], columns: Sequence[Column], across: bool) -> Iterator[str]:
    kind = "row" if across else "column"
    for column, each in zip(columns, line, strict=True):
        if isinstance(each, str) and LOST in each:
            heading = f'"{column.heading[:_LONGEST_HEADING]}"' if column.heading else column.spot
            yield f"A character in the {kind} {heading} could not be read, and stands as {LOST}."


def _stripped(content: Any) -> Any:
    return (content.strip() or None) if isinstance(content, str) else content


def _heading(content: Any) -> str:
    return "" if content is None else " ".join(str(content).split())


def _named(number: int, kind: str) -> str:
    """A row's number, or a column's letters: 1 is A, 28 is AB."""
    if kind == "row":
        return str(number)
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
