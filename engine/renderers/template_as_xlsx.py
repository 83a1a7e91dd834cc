"""A template as a workbook: a sheet for each section and list, with lists to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from math import ceil
from zipfile import ZIP_DEFLATED, ZipFile

from engine.errors import shorten
from engine.extras import extra
from engine.model.vocabulary import FactType
from engine.renderers import guidance
from engine.renderers.text_size import width
from engine.renderers.workbooks import look
from engine.renderers.workbooks.answers import (
    Choices,
    format_of,
    help_while_typing,
    show_fractions,
    write_answer,
)
from engine.renderers.workbooks.book import Book
from engine.renderers.workbooks.look import row_height
from engine.template import Answer, FactsPart, ListPart, Slot, Template

with extra("office", "Excel files"):
    from xlsxwriter.format import Format
    from xlsxwriter.utility import xl_col_to_name
    from xlsxwriter.worksheet import Worksheet

_FIRST_SHEET = "How to use this"
_HEADINGS = (
    ("Name", 18), ("What", 34), ("Answer", 46), ("Question", 48),
    ("How to answer", 100), ("Asked by", 26),
)  # fmt: skip
_ANSWERS = 2  # the column of the answers
_WIDTHS = {"text": 34, "choice": 22, "choices": 26, "references": 18, "date": 18, "money": 16}
_WIDTH_OTHER = 13
_WIDTH_OF_HELP = 110
_HEADING_HEIGHT = 22
_SMALL = 8  # points, of names
_A_PAGE = 150  # columns that can be read when a page is fitted to their width
_LEAST_ROWS, _MORE_ROWS = 20, 10  # of a list: at all, and below its items
_LAST_ROW = 500  # of a list: as far as the drop-down lists reach
_LONGEST_NAME = 31  # of a sheet
_HOW_TO = (
    "Write in the column Answer of each sheet. On a sheet for a list, each row is one item.",
    f"{guidance.UNKNOWN} {guidance.NONE_LISTED}",
    "A cell that offers choices or expects a day or number warns of anything else, and takes it.",
    "Where several may be chosen, put a semicolon between two.",
    "Write an amount as 1240000 or £1.24 million. A percentage is what you see: 44%.",
    "Keep the names in small grey letters: by them each answer is known.",
    "You may add rows to lists, and sheets of your own.",
)
_FIXED_HEIGHT = re.compile(rb'(<row [^>]*) customHeight="1"')
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def template_as_xlsx(template: Template) -> bytes:
    """The template as an Excel workbook.

    Raises:
        DeckError: an answer is longer than a cell can hold.
    """
    gate, *where = guidance.scene(template)
    title = f"{template.title or 'Pitch deck'}: {gate}"
    book = Book(title, " · ".join(where), day=template.as_of)
    _Filling(book, template).fill()
    return _with_growing_rows(book.content())


class _Filling:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Book, template: Template) -> None:
        self._book, self._template = book, template
        self._choices = Choices()

    def fill(self) -> None:
        first = self._book.sheet(_FIRST_SHEET)
        names = list(_sheet_names(self._template.parts))
        for part, name in zip(self._template.parts, names, strict=True):
            if isinstance(part, FactsPart):
                self._facts(part, self._book.sheet(name))
            else:
                self._list(part, self._book.sheet(name))
        self._how_to_use(first, names)
        self._choices.write(self._book.file)

    def _format(self, like: look.Style = look.CELL, **properties: object) -> Format:
        return self._book.formats(look.style(like, **properties))

    def _answer_format(self, slot: Slot) -> Format:
        number, line = format_of(slot.spec), look.LINE
        return self._format(
            look.PLAIN, num_format=number, align="left", border=1, border_color=line
        )

    # ---- the single facts of a section

    def _facts(self, part: FactsPart, sheet: Worksheet) -> None:
        widths = [wide for _, wide in _HEADINGS]
        for column, (words, wide) in enumerate(_HEADINGS):
            sheet.set_column(column, column, wide)
            sheet.write_string(0, column, words, self._format(look.HEADING))
        sheet.set_row(0, _HEADING_HEIGHT)
        help_ = self._format(font_color=look.GREY)
        styles = (
            self._format(font_size=_SMALL, font_color=look.GREY),
            self._format(bold=True, bg_color=look.PALE),
            None,
            self._format(),
            help_,
            self._format(font_color=look.GREY, text_wrap=False),
        )
        for row, (slot, answer) in enumerate(zip(part.slots, part.answers, strict=True), 1):
            cells = self._row_of_fact(slot, answer)
            for column, (text, style) in enumerate(zip(cells, styles, strict=True)):
                if style is None:
                    write_answer(sheet, row, column, slot, answer, self._answer_format(slot))
                else:
                    sheet.write_string(row, column, text, style)
            texts = zip(cells[1:5], (widths[1] * 0.92, *widths[2:5]), strict=True)
            sheet.set_row(row, row_height(texts))
            place = (row, _ANSWERS, row, _ANSWERS)
            help_while_typing(sheet, place, slot, self._choices, ask=False)
        self._show_fractions(sheet, ((s, f"C{n}") for n, s in enumerate(part.slots, 2)))
        sheet.freeze_panes(1, 2)
        sheet.repeat_rows(0)
        sheet.print_area(0, 1, len(part.slots), 3)  # what, answer and question
        sheet.set_selection(1, _ANSWERS, 1, _ANSWERS)

    def _row_of_fact(self, slot: Slot, answer: Answer) -> tuple[str, ...]:
        how = [guidance.may_be_written(slot.spec), guidance.taken_as(slot)]
        return (
            slot.name,
            slot.label,
            guidance.written(slot.spec, answer),
            slot.spec.question,
            " ".join(filter(None, how)),
            guidance.asked_by(slot.rules),
        )

    def _show_fractions(self, sheet: Worksheet, cells: Iterable[tuple[Slot, str]]) -> None:
        by_type: dict[FactType, list[str]] = {}
        for slot, cell in cells:
            by_type.setdefault(slot.spec.type, []).append(cell)
        for type_ in ("money", "percentage", "number", "integer"):
            show_fractions(self._book.file, sheet, type_, by_type.get(type_, []))

    # ---- lists

    def _list(self, part: ListPart, sheet: Worksheet) -> None:
        rows = max(_LEAST_ROWS, len(part.rows) + _MORE_ROWS)
        last = max(_LAST_ROW, rows + 2)
        widths = [_width(slot) for slot in part.slots]
        small = self._format(look.PLAIN, font_size=_SMALL, font_color=look.GREY, text_wrap=False)
        letters = []
        for column, slot in enumerate(part.slots):
            sheet.set_column(column, column, widths[column])
            sheet.write_string(0, column, slot.name, small)
            sheet.write_string(1, column, slot.label, self._format(look.HEADING))
            sheet.write_comment(1, column, guidance.about(slot), {"x_scale": 3, "y_scale": 1.6})
            help_while_typing(sheet, (2, column, last, column), slot, self._choices, ask=True)
            letters.append((slot, f"{(c := xl_col_to_name(column))}3:{c}{last + 1}"))
        labels = [slot.label for slot in part.slots]
        sheet.set_row(1, row_height(zip(labels, widths, strict=True), bold=True) + 4)
        blank = (None,) * len(part.slots)
        for row, answers in enumerate([*part.rows, *[blank] * (rows - len(part.rows))], 2):
            for column, (slot, answer) in enumerate(zip(part.slots, answers, strict=True)):
                write_answer(sheet, row, column, slot, answer, self._answer_format(slot))
            texts = [guidance.written(s.spec, a) for s, a in zip(part.slots, answers, strict=True)]
            sheet.set_row(row, row_height(zip(texts, widths, strict=True)))
        self._show_fractions(sheet, letters)
        sheet.freeze_panes(2, 1)
        sheet.repeat_rows(1)
        sheet.repeat_columns(0)
        sheet.fit_to_pages(-(-sum(widths) // _A_PAGE), 0)
        sheet.print_area(0, 0, rows + 1, len(part.slots) - 1)
        sheet.set_selection(2, 0, 2, 0)

    # ---- the first sheet

    def _how_to_use(self, sheet: Worksheet, names: Sequence[str]) -> None:
        template = self._template
        sheet.set_column(0, 0, _WIDTH_OF_HELP)
        plain = self._format(look.PLAIN)
        title = shorten(template.title or "Pitch deck", 150)
        sheet.write_string(0, 0, title, self._format(look.TITLE))
        sheet.set_row(0, row_height([(title, _WIDTH_OF_HELP)], size=18, bold=True) + 6)
        sheet.write_string(1, 0, " · ".join(guidance.scene(template)), plain)
        words = (guidance.rules_read(template), *_HOW_TO)
        for row, line in enumerate(words, 3):
            sheet.write_string(row, 0, line, plain)
        below = len(words) + 4
        sheet.write_string(
            below, 0, "The sheets", self._format(look.PLAIN, bold=True, font_color=look.NAVY)
        )
        link = self._format(look.PLAIN, font_color=look.BLUE, underline=1)
        for row, (part, name) in enumerate(zip(template.parts, names, strict=True), below + 1):
            target = name.replace("'", "''")
            sheet.write_url(row, 0, f"internal:'{target}'!A1", link, string=part.title)
        sheet.set_portrait()
        sheet.fit_to_pages(1, 1)
        sheet.activate()


def _width(slot: Slot) -> int:
    """Characters of a list's column, in which its name in small letters can be read whole."""
    name = width(slot.name, _SMALL) / look.POINTS_OF_A_CHARACTER
    return max(_WIDTHS.get(slot.spec.type, _WIDTH_OTHER), ceil(name) + 1)


def _with_growing_rows(content: bytes) -> bytes:
    """Let rows grow with what is typed into them: their height is a first one, nobody's wish."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                part = _FIXED_HEIGHT.sub(rb"\1", part)
            new.writestr(entry, part)
    return out.getvalue()


def _sheet_names(parts: Iterable[FactsPart | ListPart]) -> Iterable[str]:
    """A name for each sheet: its title as far as a sheet may have it, and no other's."""
    taken = {_FIRST_SHEET.casefold(), "choices", "history"}
    for part in parts:
        title = _NOT_IN_NAMES.sub(" ", part.title).strip("' ") or part.section
        name, number = _cut(title, _LONGEST_NAME), 1
        while name.casefold() in taken:
            number += 1
            end = f" {number}"
            name = _cut(title, _LONGEST_NAME - len(end)) + end
        taken.add(name.casefold())
        yield name


def _cut(title: str, most: int) -> str:
    """The title's words as far as there is room."""
    if len(title) <= most:
        return title
    return (title[: most + 1].rpartition(" ")[0] or title[:most]).strip("' ,")
