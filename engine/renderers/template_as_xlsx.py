"""A template as a workbook: a sheet for each section and list, with lists to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from engine.errors import shorten
from engine.extras import extra
from engine.model.vocabulary import FactType
from engine.renderers import guidance
from engine.renderers.fitting import Fit
from engine.renderers.sheet_answers import (
    Choices,
    format_of,
    help_while_typing,
    show_fractions,
    write_answer,
)
from engine.template import Answer, FactsPart, ListPart, Slot, Template

with extra("office", "Excel files"):
    from xlsxwriter.format import Format
    from xlsxwriter.utility import xl_col_to_name
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_INK, _NAVY, _GREY, _PALE, _RULE = "#1F2937", "#17324D", "#4B5563", "#F1F5F9", "#B6C2CF"
_FIRST_SHEET = "How to use this"
_HEADINGS = (
    ("Name", 18), ("What", 34), ("Answer", 46), ("Question", 48),
    ("How to answer", 70), ("Asked by", 26),
)  # fmt: skip
_ANSWERS = 2  # the column of the answers
_WIDTHS = {"text": 34, "choice": 22, "choices": 26, "references": 18, "date": 18, "money": 16}
_WIDTH_OTHER = 13
_WIDTH_OF_HELP = 110
_A_PAGE = 150  # columns that can be read when a page is fitted to their width
_FIT = Fit(11, 1.5)
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
_HIGHEST = 409.0  # points, of a row in Excel
_FIXED_HEIGHT = re.compile(rb'(<row [^>]*) customHeight="1"')
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def template_as_xlsx(template: Template) -> bytes:
    """The template as an Excel workbook."""
    out = BytesIO()
    made = Workbook(out, {"in_memory": True})
    made.set_properties(
        {
            "title": shorten(f"{template.title or 'Pitch deck'}: {template.gate.title}", 200),
            "created": datetime.combine(template.as_of, time()),
        }
    )
    _Filling(made, template).fill()
    made.close()
    return _with_growing_rows(out.getvalue())


class _Filling:
    """Writes the sheets of one workbook."""

    def __init__(self, workbook: Workbook, template: Template) -> None:
        self._book, self._template = workbook, template
        self._choices = Choices()
        self._styles: dict[tuple[tuple[str, object], ...], Format] = {}

    def fill(self) -> None:
        first = self._sheet(_FIRST_SHEET)
        names = list(_sheet_names(self._template.parts))
        for part, name in zip(self._template.parts, names, strict=True):
            if isinstance(part, FactsPart):
                self._facts(part, self._sheet(name))
            else:
                self._list(part, self._sheet(name))
        self._how_to_use(first, names)
        self._choices.write(self._book)

    def _style(self, **properties: object) -> Format:
        """A cell's format, each made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            plain = {"font_name": "Arial", "font_size": 11, "font_color": _INK, "valign": "top"}
            self._styles[key] = self._book.add_format({**plain, "text_wrap": True, **properties})
        return self._styles[key]

    def _answer_style(self, slot: Slot) -> Format:
        return self._style(
            num_format=format_of(slot.spec), align="left", border=1, border_color=_RULE
        )

    def _heading_style(self) -> Format:
        return self._style(bold=True, font_color="#FFFFFF", bg_color=_NAVY)

    def _sheet(self, name: str) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_header("&L&A")
        sheet.set_footer("&RPage &P of &N")
        sheet.hide_gridlines(2)
        return sheet

    # ---- the single facts of a section

    def _facts(self, part: FactsPart, sheet: Worksheet) -> None:
        widths = [width for _, width in _HEADINGS]
        for column, (words, width) in enumerate(_HEADINGS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, words, self._heading_style())
        line = {"bottom": 1, "bottom_color": _RULE}
        help_ = self._style(font_color=_GREY, **line)
        styles = (
            self._style(font_size=8, font_color=_GREY, **line),
            self._style(bold=True, bg_color=_PALE, **line),
            None,
            self._style(**line), help_,
            self._style(font_color=_GREY, text_wrap=False, **line),
        )  # fmt: skip
        for row, (slot, answer) in enumerate(zip(part.slots, part.answers, strict=True), 1):
            cells = self._row_of_fact(slot, answer)
            for column, (text, style) in enumerate(zip(cells, styles, strict=True)):
                if style is None:
                    write_answer(sheet, row, column, slot, answer, self._answer_style(slot))
                else:
                    sheet.write_string(row, column, text, style)
            sheet.set_row(row, _height(cells[1:5], widths[1:5]))
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
            show_fractions(self._book, sheet, type_, by_type.get(type_, []))

    # ---- lists

    def _list(self, part: ListPart, sheet: Worksheet) -> None:
        rows = max(_LEAST_ROWS, len(part.rows) + _MORE_ROWS)
        last = max(_LAST_ROW, rows + 2)
        widths = [_WIDTHS.get(slot.spec.type, _WIDTH_OTHER) for slot in part.slots]
        small = self._style(font_size=8, font_color=_GREY, text_wrap=False)
        letters = []
        for column, slot in enumerate(part.slots):
            sheet.set_column(column, column, widths[column])
            sheet.write_string(0, column, slot.name, small)
            sheet.write_string(1, column, slot.label, self._heading_style())
            sheet.write_comment(1, column, guidance.about(slot), {"x_scale": 3, "y_scale": 1.6})
            help_while_typing(sheet, (2, column, last, column), slot, self._choices, ask=True)
            letters.append((slot, f"{(c := xl_col_to_name(column))}3:{c}{last + 1}"))
        sheet.set_row(1, _height([slot.label for slot in part.slots], widths))
        blank = (None,) * len(part.slots)
        for row, answers in enumerate([*part.rows, *[blank] * (rows - len(part.rows))], 2):
            for column, (slot, answer) in enumerate(zip(part.slots, answers, strict=True)):
                write_answer(sheet, row, column, slot, answer, self._answer_style(slot))
            texts = [guidance.written(s.spec, a) for s, a in zip(part.slots, answers, strict=True)]
            sheet.set_row(row, _height(texts, widths))
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
        title = shorten(template.title or "Pitch deck", 150)
        style = self._style(bold=True, font_size=18, font_color=_NAVY)
        sheet.write_string(0, 0, title, style)
        sheet.set_row(0, 2 * _height([title], [_WIDTH_OF_HELP * 11 / 18]))
        sheet.write_string(1, 0, " · ".join(guidance.scene(template)), self._style())
        words = (guidance.rules_read(template), *_HOW_TO)
        for row, line in enumerate(words, 3):
            sheet.write_string(row, 0, line, self._style())
        below = len(words) + 4
        sheet.write_string(below, 0, "The sheets", self._style(bold=True, font_color=_NAVY))
        link = self._style(font_color="#0B5CAD", underline=1)
        for row, (part, name) in enumerate(zip(template.parts, names, strict=True), below + 1):
            target = name.replace("'", "''")
            sheet.write_url(row, 0, f"internal:'{target}'!A1", link, string=part.title)
        sheet.activate()


def _height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Points of a row in which all of this can be read."""
    points = [5.25 * width for width in widths]  # of a column so many digits wide
    lines = (_FIT.lines_of(text, w) for text, w in zip(texts, points, strict=True))
    return min(_FIT.height_of(max(lines)), _HIGHEST)


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
