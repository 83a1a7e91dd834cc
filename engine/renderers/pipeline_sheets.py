"""A workbook of tables to send on: frozen headings, filters, real days and pounds."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine.errors import printable
from engine.extras import extra
from engine.model.pipeline import Cell
from engine.pipeline.fields import Kind

_LONGEST = 32_000  # characters that a cell may hold, with room to spare
_LINE, _HIGHEST = 13, 409  # points
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - the same bytes at every run
_FILLS = {
    "escalated": "#F8D7D4", "overdue": "#F8D7D4", "could not assess": "#F8D7D4",
    "recommendation": "#FDF0CC", "passed": "#FDF0CC", "in order": "#DCEFDC",
    "cannot be told": "#E3E3E8", "at least": "#E3E3E8", "not asked at": "#FDF0CC",
    "what it needs is not": "#FDF0CC", "the approval has run out": "#FDF0CC",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a sheet."""

    text: str
    width: int
    kind: Kind = "text"


class Book:
    """Builds a workbook, sheet by sheet."""

    def __init__(self, title: str, subject: str) -> None:
        with extra("office", "Excel files"):
            import xlsxwriter  # noqa: PLC0415
        self._file = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._file,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        self._book.set_properties({"title": title, "subject": subject, "created": _CREATED})
        self._title, self._subject = title, subject
        self._formats: dict[tuple[str, ...], Any] = {}

    def content(self) -> bytes:
        """The finished file."""
        self._book.close()
        return self._file.getvalue()

    def table(
        self,
        name: str,
        headings: Sequence[Heading],
        rows: Sequence[Sequence[Cell]],
        *,
        frozen: int = 0,
        printed: int | None = None,
        none: str = "",
        below: Sequence[tuple[str, Mapping[int, Decimal]]] = (),
    ) -> None:
        """A sheet with one table.

        Args:
            frozen: how many columns stay when one scrolls sideways.
            printed: how many columns go on paper; all where None.
            none: what the sheet says where there are no rows.
            below: rows of amounts under the table, by column; the first is of sums, each of what
                the filter shows.
        """
        sheet = self._sheet(name)
        for n, heading in enumerate(headings):
            sheet.set_column(n, n, heading.width)
            sheet.write_string(0, n, _plain(heading.text), self._format("heading"))
        sheet.set_row(0, _height([(h.text, h.width) for h in headings], bold=True))
        for row, cells in enumerate(rows, 1):
            for n, (cell, heading) in enumerate(zip(cells, headings, strict=True)):
                self._write(sheet, row, n, cell, heading.kind)
            texts = zip(cells, headings, strict=True)
            sheet.set_row(row, _height([(c, h.width) for c, h in texts if isinstance(c, str)]))
        if none and not rows:
            sheet.write_string(1, 0, none, self._format("bare"))
        under, last = max(len(rows), 1), max(len(headings) - 1, 0)
        for n, (label, amounts) in enumerate(below, under + 1):
            style = "total" if n == under + 1 else "cell"
            sheet.write_string(n, 0, label, self._format("label"))
            for column, value in amounts.items():
                self._amount(sheet, n, column, value, style, under)
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, under, last)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, under + len(below), last if printed is None else printed - 1)

    def _amount(
        self, sheet: Any, row: int, column: int, value: Decimal, style: str, under: int
    ) -> None:
        number = self._format(style, "pence" if value != int(value) else "money")
        if style == "total":
            letter = _letter(column)
            formula = f"=SUBTOTAL(109,{letter}2:{letter}{under + 1})"
            sheet.write_formula(row, column, formula, number, float(value))
        else:
            sheet.write_number(row, column, float(value), number)

    def text(self, name: str, lines: Iterable[tuple[str, str]]) -> None:
        """A sheet to read: a label and a text in each row; a label alone is a heading."""
        sheet = self._sheet(name)
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 1, 96)
        for row, (label, text) in enumerate(lines):
            style = "label" if text else "title"
            sheet.write_string(row, 0, _plain(label), self._format(style))
            sheet.set_row(row, _height([(label, 44), (text, 96)]) + (0 if text else 8))
            if text:
                sheet.write_string(row, 1, _plain(text), self._format("cell"))

    def _sheet(self, name: str) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_header(f"&L{self._title}: {name}&R{self._subject}")
        sheet.set_footer("&RPage &P of &N")
        sheet.hide_gridlines(2)
        return sheet

    def _write(self, sheet: Any, row: int, column: int, cell: Cell, kind: Kind) -> None:
        if cell is None:
            sheet.write_blank(row, column, None, self._format("cell", kind))
        elif isinstance(cell, bool):
            sheet.write_string(row, column, "yes" if cell else "no", self._format("cell"))
        elif isinstance(cell, date):
            sheet.write_datetime(row, column, cell, self._format("cell", "date"))
        elif isinstance(cell, Decimal | int):
            pence = kind == "money" and cell != int(cell)
            number = "pence" if pence else kind
            sheet.write_number(row, column, float(cell), self._format("cell", number))
        else:
            text = _plain(cell)
            fill = next((f for word, f in _FILLS.items() if text.startswith(word)), "")
            sheet.write_string(row, column, text, self._format("cell", "text", fill))

    def _format(self, style: str, kind: str = "text", fill: str = "") -> Any:
        key = (style, kind, fill)
        if key not in self._formats:
            self._formats[key] = self._book.add_format(_properties(style, kind, fill))
        return self._formats[key]


def _properties(style: str, kind: str, fill: str) -> dict[str, Any]:
    properties: dict[str, Any] = {"valign": "top", "font_name": "Arial", "font_size": 10}
    if style != "bare":
        properties["text_wrap"] = True
    if style in ("heading", "cell", "total"):
        properties |= {"border": 1, "border_color": "#C8CCD0"}
    if style == "heading":
        properties |= {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1D3D5C"}
    if style in ("total", "label"):
        properties["bold"] = True
    if style == "title":
        properties |= {"bold": True, "font_size": 13, "text_wrap": False}
    numbers = {"money": "£#,##0", "pence": "£#,##0.00", "date": "d mmm yyyy", "number": "#,##0.##"}
    if kind in numbers:
        side = {"align": "left", "indent": 1} if kind == "date" else {"align": "right"}
        properties |= {"num_format": numbers[kind], **side}
    return properties | ({"bg_color": fill} if fill else {})


def _height(texts: Iterable[tuple[str, int]], *, bold: bool = False) -> float:
    """How high a row must be for its texts to be read, in points; no program works it out."""
    lines = [
        sum(
            len(textwrap.wrap(part, max(int(width * (1 if bold else 1.15)) - 1, 4))) or 1
            for part in text.split("\n")
        )
        for text, width in texts
    ]
    return min(_LINE * max(lines, default=1) + 3, _HIGHEST)


def _plain(text: str) -> str:
    return printable(text)[:_LONGEST]


def _letter(column: int) -> str:
    """The letters of a column, from 0."""
    above, here = divmod(column, 26)
    return (_letter(above - 1) if above else "") + chr(ord("A") + here)
