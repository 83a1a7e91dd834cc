"""Sheets with one table: headings that stay, a filter, and a set-up to print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.errors import DeckError, Place, Problem
from engine.extras import extra
from engine.renderers.workbooks import look
from engine.renderers.workbooks.cells import (
    Cell,
    Link,
    Marked,
    Row,
    cell_text,
    cut_text,
    text_of,
    width_of,
    write_cell,
)
from engine.renderers.workbooks.look import Formats, row_height

with extra("office", "Excel files"):
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_575  # below the headings
_MOST_LINKS = 65_000  # of a sheet
_LONGEST_HEADING = 255
_ESCAPE = re.compile(r"_(x[0-9A-Fa-f]{4}_)")  # which Excel takes for another letter
_WIDEST = 120  # characters, of a column


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        width: in characters of the standard letter.
        right: it holds numbers, and its heading stands above them.
    """

    heading: str
    width: int
    right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet with one table.

    Attributes:
        about: what the table holds, for those who do not see it.
        frozen: how many columns stay when the others are moved.
        printed: how many columns are printed; all where None.
        none: what stands in place of rows where there are none.
        below: rows under the table.
    """

    name: str
    about: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    frozen: int = 0
    printed: int | None = None
    none: str = ""
    below: Sequence[Row] = ()

    @property
    def width(self) -> int:
        """Of what is printed, in characters."""
        return sum(column.width for column in self.columns[: self.printed])


def write_table(sheet: Worksheet, table: Table, formats: Formats, *, as_table: bool = True) -> None:
    """Write the table on a sheet that is set up to be printed.

    Args:
        as_table: make it one of Excel's tables; else it is rows with a filter.

    Raises:
        DeckError: a sheet cannot hold so many rows.
    """
    headings = _headings(table)
    styles = [look.style(look.HEADING, *_SIDES[c.right]) for c in table.columns]
    for n, heading in enumerate(headings):
        sheet.write_string(0, n, heading, formats(styles[n]))
    # the button of the filter takes some of the heading's room
    texts = [(h, max(c.width - 3, 5)) for h, c in zip(headings, table.columns, strict=True)]
    sheet.set_row(0, row_height(texts, bold=True) + 6)
    widths = [column.width for column in table.columns]
    last = max(1, _write_rows(sheet, table, widths, formats))
    for n, width in enumerate(widths):
        sheet.set_column(n, n, width)
    across = len(headings) - 1
    if as_table:
        marked = zip(headings, styles, strict=True)
        columns = [{"header": text, "header_format": formats(style)} for text, style in marked]
        options = {
            "name": f"table_{table.name.replace(' ', '_')}", "title": table.name,
            "description": table.about, "style": "Table Style Light 1", "columns": columns,
        }  # fmt: skip
        sheet.add_table(0, 0, last, across, options)
    else:
        sheet.autofilter(0, 0, last, across)
    sheet.freeze_panes(1, table.frozen)
    sheet.repeat_rows(0)
    printed = len(headings) if table.printed is None else table.printed
    sheet.print_area(0, 0, last + len(table.below), printed - 1)


_SIDES = {False: (), True: (look.style(align="right", indent=1),)}


def _write_rows(sheet: Worksheet, table: Table, widths: list[int], formats: Formats) -> int:
    """Write the rows, widen columns of numbers to them, and count all but those below the table."""
    count = links = 0
    for n, (row, below) in enumerate(_all_rows(table), 1):
        if n > MOST_ROWS:
            raise _too_many(table.name)
        columns = zip(row, table.columns, strict=True)
        sheet.set_row(n, row_height((text_of(cell), _room(cell, c)) for cell, c in columns))
        for column, cell in enumerate(row):
            widths[column] = min(max(widths[column], width_of(cell)), _WIDEST)
            links += isinstance(cell, Link)
            many = isinstance(cell, Link) and links > _MOST_LINKS
            write_cell(sheet, n, column, text_of(cell) if many else cell, formats)
        count += not below
    return count


def _room(cell: Cell, column: Column) -> float:
    """The column's width for plain letters: bold ones are wider, and numbers are not broken."""
    if width_of(cell):
        return _WIDEST
    return column.width * (0.92 if isinstance(cell, Marked) else 1)


def _all_rows(table: Table) -> Iterator[tuple[Row, bool]]:
    """The rows, or the one that says that there are none; then those below the table."""
    some = False
    for row in table.rows:
        some = True
        yield row, False
    if not some:
        # where it can be read whole
        widest = max(range(len(table.columns)), key=lambda n: table.columns[n].width)
        yield tuple(table.none if n == widest else None for n in range(len(table.columns))), False
    yield from ((row, True) for row in table.below)


def _too_many(name: str) -> DeckError:
    """That the sheet of this name cannot hold its rows."""
    message = f"the sheet {name} would have more than the {MOST_ROWS:,} rows that Excel can hold"
    fix = "Give fewer decks at a time, or write json or csv."
    return DeckError([Problem(Place("gatewise"), message, fix=fix)])


def _headings(table: Table) -> list[str]:
    """The headings as a table must have them: one line each, none empty, no two the same."""
    given: list[str] = []
    taken: set[str] = set()
    for n, column in enumerate(table.columns, 1):
        text = " ".join(cell_text(column.heading).split()) or f"Column {n}"
        text = _ESCAPE.sub(r"_ \1", text)
        heading, number = cut_text(text, _LONGEST_HEADING), 1
        while heading.casefold() in taken or heading.lower() in taken:
            number += 1
            end = f" {number}"
            heading = cut_text(text, _LONGEST_HEADING - len(end)) + end
        taken |= {heading.casefold(), heading.lower()}
        given.append(heading)
    return given
