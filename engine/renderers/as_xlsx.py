"""A run as an Excel workbook: a table on each sheet, to filter, sort and print."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from engine.errors import DeckError, Place, Problem, printable
from engine.extras import extra
from engine.model.check_run import CheckRun, Show
from engine.renderers.sheet_rows import sheets
from engine.renderers.sheets import Cell, Link, Marked, Row, Share, Sheet
from engine.renderers.text_size import height

with extra("office", "Excel files"):
    import xlsxwriter

_LONGEST_CELL, _MOST_ROWS, _MOST_LINKS = 32_767, 1_048_576, 65_000  # what Excel can hold
_NO_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 (a workbook knows no zones)
_TEXT = {
    "font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True,
    "bottom": 1, "bottom_color": "#C9CED2",
}  # fmt: skip
_HIGHEST_ROW = 409.0  # points: what Excel can show
# dark on light: the words say it, and the colour is read in greyscale too
_COLOURS: Mapping[str | None, dict[str, Any]] = {
    "escalate": {"font_color": "#7A1712", "bg_color": "#FBE4E1", "bold": True},
    "recommend": {"font_color": "#6B4400", "bg_color": "#FDF0D5"},
    "pass": {"font_color": "#0B5132", "bg_color": "#E3F2E8"},
    None: {"font_color": "#383F43", "bg_color": "#ECEDEE"},
}
_FORMATS: dict[str, dict[str, Any]] = {
    "text": {},
    "heading": {"bold": True, "bg_color": "#2B3B4B", "font_color": "#FFFFFF"},
    "date": {"num_format": "d mmmm yyyy", "align": "left"},
    "whole": {"num_format": "#,##0", "align": "center"},
    "decimal": {"num_format": "#,##0.00", "align": "center"},
    "share": {"num_format": "0.0%", "align": "center"},
    "link": {"font_color": "#0B4A8F", "underline": 1},
    **{f"is {outcome}": colours for outcome, colours in _COLOURS.items()},
}


def as_xlsx(run: CheckRun, show: Show = "findings") -> bytes:
    """The whole run as a workbook; ``show`` changes nothing.

    Raises:
        DeckError: a sheet cannot hold so many decks.
    """
    content = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": "Arial", "font_size": 10},
    }
    book = xlsxwriter.Workbook(content, options)
    writing = _Writing(book)
    for sheet in sheets(run):
        writing.add(sheet)
    days = [assessment.as_of for assessment in run.assessments]
    made = datetime.combine(max(days), time()) if days else _NO_DAY
    subject = "The answer of gatewise, with its reasons and numbers"
    # the day the rules are read at, so that the same decks give the same file
    book.set_properties({"title": "Check of decks", "subject": subject, "created": made})
    book.close()
    return content.getvalue()


class _Writing:
    """Writes sheets into a workbook, with formats that are made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._formats = {
            name: book.add_format({**_TEXT, **more}) for name, more in _FORMATS.items()
        }

    def add(self, sheet: Sheet) -> None:
        if len(sheet.rows) >= _MOST_ROWS:
            message = f"{len(sheet.rows):,} rows do not fit on the sheet {sheet.name}"
            fix = "Check fewer decks at a time, or write json."
            raise DeckError([Problem(Place("gatewise"), message, fix=fix)])
        written = self._book.add_worksheet(sheet.name)
        self._set_up(written, sheet)
        headings = [
            {"header": title, "header_format": self._formats["heading"]}
            for title, _ in sheet.columns
        ]
        # a table has at least one row
        last = max(1, len(sheet.rows))
        table = {
            "name": f"table_{sheet.name.replace(' ', '_')}",
            "columns": headings,
            "style": "Table Style Light 1",
            "title": sheet.name,
            "description": sheet.about,
        }
        written.add_table(0, 0, last, len(sheet.columns) - 1, table)
        links = 0
        for n, row in enumerate(sheet.rows, 1):
            written.set_row(n, _height(row, sheet))
            links = self._write_row(written, n, row, links)

    def _set_up(self, written: Any, sheet: Sheet) -> None:
        for n, (_, width) in enumerate(sheet.columns):
            written.set_column(n, n, width, self._formats["text"])
        written.set_row(0, 30)
        written.freeze_panes(1, sheet.frozen)
        written.set_landscape()
        written.set_paper(9)  # A4
        written.fit_to_pages(1, 0)
        written.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        written.repeat_rows(0)
        written.print_area(0, 0, max(1, len(sheet.rows)), sheet.printed - 1)
        written.set_header("&L&A")
        written.set_footer("&LA check against the rules, not a decision&RPage &P of &N")

    def _write_row(self, written: Any, n: int, row: Row, links: int) -> int:
        """Write a row; and count the links, of which a sheet holds so many."""
        for column, cell in enumerate(row):
            if isinstance(cell, Link) and _is_address(cell.address) and links < _MOST_LINKS:
                links += 1
                written.write_url(n, column, cell.address, self._formats["link"])
            else:
                self._write(written, n, column, cell)
        return links

    def _write(self, written: Any, n: int, column: int, cell: Cell) -> None:
        formats = self._formats
        match cell:
            case None:
                written.write_blank(n, column, None, formats["text"])
            case str():
                written.write_string(n, column, _text(cell), formats["text"])
            case Marked():
                form = formats[f"is {cell.outcome}"]
                written.write_string(n, column, _text(cell.text), form)
            case Link():
                written.write_string(n, column, _text(cell.address), formats["text"])
            case Share():
                written.write_number(n, column, cell.value, formats["share"])
            case int() | Decimal():
                form = formats["whole" if cell == int(cell) else "decimal"]
                written.write_number(n, column, cell, form)
            case _:
                written.write_datetime(n, column, cell, formats["date"])


def _height(row: Row, sheet: Sheet) -> float:
    """The height in which the row's longest cell can be read: not every program works it out."""
    heights = [15.0]
    for cell, (_, width) in zip(row, sheet.columns, strict=True):
        text = cell.text if isinstance(cell, Marked) else cell
        text = text.address if isinstance(text, Link) else text
        if isinstance(text, str):
            room = (7 * width - 3) * 0.75  # characters of the standard letter, in points
            heights.append(height(text, 10, room, bold=isinstance(cell, Marked)) + 4)
    return min(_HIGHEST_ROW, max(heights))


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://")) and len(text) <= 2_000


def _text(text: str) -> str:
    """What a cell can hold: lines stay, other control characters do not."""
    lines = "\n".join(" ".join(printable(line).split()) for line in text.split("\n"))
    return lines if len(lines) <= _LONGEST_CELL else lines[: _LONGEST_CELL - 1] + "…"
