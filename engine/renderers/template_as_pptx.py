"""A template as a slide deck: a slide or more for each section and list, help in the notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from engine.errors import shorten
from engine.extras import extra
from engine.renderers import guidance
from engine.renderers.fitting import LARGE, PLAIN, TIGHT, Fit, pages_of
from engine.renderers.slides.look import (
    TABLE_ROOM,
    TABLE_WIDTH,
    bytes_of,
    group_slides,
    new_presentation,
)
from engine.renderers.slides.tables import Row, Table, TableCell, add_table, height_of_row
from engine.template import Answer, FactsPart, ListPart, Slot, Template
from engine.writing import capitalised

with extra("office", "PowerPoint files"):
    from pptx.enum.lang import MSO_LANGUAGE_ID
    from pptx.presentation import Presentation
    from pptx.slide import Slide
    from pptx.text.text import TextFrame

_LABELS = 400.0  # points: the column that says what is asked
_LABELS_ON_CARDS = 270.0
_CARDS = (3, 2, 1)  # items side by side, where each is a column
_MOST_BLANK_ROWS = 8
_MORE_ROWS = 3  # blank ones below a list's items
_NARROWEST = {
    "text": 130.0, "choice": 100.0, "choices": 110.0, "references": 90.0, "date": 100.0,
    "money": 90.0,
}  # fmt: skip
_NARROWEST_OTHER = 74.0
_TITLE_NOTE = (
    "This is a template. The answers are read from the tables on the next slides, and not from "
    "this one or from notes. Keep each table, the first row of it and its labels as they are; "
    "you may add rows to lists, copy a slide where there is more to list, and add slides of your "
    "own. What each answer may be stands in the notes below each slide."
)


@dataclass(frozen=True, slots=True)
class _Page:
    """A slide with a table; the table's name is as yet without its number."""

    table: Table
    notes: Sequence[str]

    @property
    def fits(self) -> bool:
        return sum(self.table.heights) <= TABLE_ROOM


def template_as_pptx(template: Template) -> bytes:
    """The template as a PowerPoint file."""
    title = f"{template.title or 'Pitch deck'}: {template.gate.title}"
    help_line = f"{guidance.UNKNOWN} {guidance.NONE_LISTED}"
    made = new_presentation(shorten(title, 200), template.as_of, help_line)
    first = _title_slide(made, template)
    groups: dict[str, list[Slide]] = {}
    for part in template.parts:
        group = groups.setdefault(template.sections[part.section], [])
        group += _slides_of(made, part)
    group_slides(made, [("Title", [first]), *groups.items()])
    return bytes_of(made)


def _title_slide(made: Presentation, template: Template) -> Slide:
    layout = made.slide_layouts.get_by_name("Title Slide")
    assert layout is not None
    slide: Slide = made.slides.add_slide(layout)
    title, lines = slide.placeholders
    _write(title.text_frame, [shorten(template.title, 150) if template.title else "Pitch deck"])
    _write(lines.text_frame, guidance.scene(template))
    _note(slide, [_TITLE_NOTE, guidance.rules_read(template)])
    return slide


def _slides_of(made: Presentation, part: FactsPart | ListPart) -> Iterator[Slide]:
    layout = made.slide_layouts.get_by_name("Title Only")
    assert layout is not None
    pages = _best_pages(part)
    for number, page in enumerate(pages, 1):
        slide = made.slides.add_slide(layout)
        assert slide.shapes.title is not None
        counted = f" ({number} of {len(pages)})" if len(pages) > 1 else ""
        _write(slide.shapes.title.text_frame, [f"{part.title}{counted}"])
        name = page.table.name if number == 1 else f"{page.table.name} {number}"
        description = f"{part.title}{counted}. {page.table.description}"
        add_table(slide, replace(page.table, name=name, description=description))
        _note(slide, page.notes)
        yield slide


def _best_pages(part: FactsPart | ListPart) -> list[_Page]:
    """The fewest slides on which all fits, with the largest text for so many."""
    make = _pages_of_facts if isinstance(part, FactsPart) else _pages_of_list
    tried = [list(make(part, fit)) for fit in (LARGE, PLAIN)]  # type: ignore[arg-type]
    whole = [pages for pages in tried if all(page.fits for page in pages)]
    return min(whole, key=len) if whole else list(make(part, TIGHT))  # type: ignore[arg-type]


def _pages_of_facts(part: FactsPart, fit: Fit) -> Iterator[_Page]:
    widths = (_LABELS, TABLE_WIDTH - _LABELS)
    heading = (TableCell("What", "heading"), TableCell("Answer", "heading"))
    rows = [
        (
            TableCell(slot.label, "label", help=slot.spec.question),
            TableCell(guidance.written(slot.spec, answer), reserve=_reserve(slot, answer)),
        )
        for slot, answer in zip(part.slots, part.answers, strict=True)
    ]
    room = TABLE_ROOM - height_of_row(heading, widths, fit)
    for chosen in pages_of([height_of_row(row, widths, fit) for row in rows], room):
        table = Table(
            f"gatewise facts {part.section}",
            "A table of two columns: what is asked, and the answer.",
            widths,
            [heading, *(rows[n] for n in chosen)],
            fit,
        )
        yield _Page(table, [guidance.UNKNOWN, *(guidance.about(part.slots[n]) for n in chosen)])


def _reserve(slot: Slot, answer: Answer) -> int:
    """Lines that an answer is likely to need."""
    is_words = slot.spec.type == "text" and not slot.spec.attests
    return 4 if is_words and slot.rules and answer is None else 1


def _pages_of_list(part: ListPart, fit: Fit) -> list[_Page]:
    widths = _widths_side_by_side(part, fit)
    if widths is not None:
        rows = [_cells(part.slots, row) for row in part.rows]
        if all(height_of_row(row, widths, fit) < TABLE_ROOM / 2 for row in rows):
            return list(_pages_of_rows(part, widths, fit))
    for beside in _CARDS:
        pages = list(_cards(part, beside, fit))
        if all(page.fits for page in pages):
            break
    return pages


def _cells(slots: Sequence[Slot], row: Sequence[Answer], reserve: int = 1) -> Row:
    return [
        TableCell(guidance.written(slot.spec, answer), reserve=reserve)
        for slot, answer in zip(slots, row, strict=True)
    ]


def _widths_side_by_side(part: ListPart, fit: Fit) -> Sequence[float] | None:
    """Columns in which each heading and answer can be read, or None where there are too many."""
    least = [
        max(
            _NARROWEST.get(slot.spec.type, _NARROWEST_OTHER) * fit.size / 12,
            fit.widest_word(slot.label, bold=True),
            *(min(fit.widest_word(guidance.written(slot.spec, row[n])), 200) for row in part.rows),
        )
        for n, slot in enumerate(part.slots)
    ]
    spare = TABLE_WIDTH - sum(least)
    if spare < 0:
        return None
    shares = [3 if slot.spec.type == "text" else 1 for slot in part.slots]
    return [width + spare * share / sum(shares) for width, share in zip(least, shares, strict=True)]


def _pages_of_rows(part: ListPart, widths: Sequence[float], fit: Fit) -> Iterator[_Page]:
    heading = [TableCell(slot.label, "heading") for slot in part.slots]
    room = TABLE_ROOM - height_of_row(heading, widths, fit)
    blank = _cells(part.slots, [None] * len(part.slots), reserve=2)
    rows = [_cells(part.slots, row) for row in part.rows]
    heights = [height_of_row(row, widths, fit) for row in rows]
    pages = pages_of(heights, room)
    for number, chosen in enumerate(pages, 1):
        shown = [rows[n] for n in chosen]
        if number == len(pages):
            left = room - sum(heights[n] for n in chosen)
            most = _MORE_ROWS if rows else _MOST_BLANK_ROWS
            shown += [blank] * min(most, int(left / height_of_row(blank, widths, fit)))
        table = Table(
            f"gatewise list {part.list.name}",
            f"A table: each row is one {part.list.item}.",
            widths,
            [heading, *shown],
            fit,
        )
        yield _Page(table, _notes(part))


def _cards(part: ListPart, beside: int, fit: Fit) -> Iterator[_Page]:
    """Each item as a column."""
    width = (TABLE_WIDTH - _LABELS_ON_CARDS) / beside
    item = capitalised(part.list.item)
    for start in range(0, max(len(part.rows), 1), beside):
        taken = part.rows[start : start + beside]
        columns = [*taken, *[[None] * len(part.slots)] * (beside - len(taken))]
        heading = [TableCell(f"{item} {start + n + 1}", "heading") for n in range(beside)]
        rows: list[Row] = [[TableCell("What", "heading"), *heading]]
        for slot, answers in zip(part.slots, zip(*columns, strict=True), strict=True):
            cells = [TableCell(guidance.written(slot.spec, answer)) for answer in answers]
            rows.append([TableCell(slot.label, "label"), *cells])
        table = Table(
            f"gatewise cards {part.list.name}",
            f"A table: each column after the first is one {part.list.item}.",
            [_LABELS_ON_CARDS, *[width] * beside],
            rows,
            fit,
        )
        yield _Page(table, _notes(part))


def _notes(part: ListPart) -> list[str]:
    more = "For more, add rows, or copy this slide."
    return [guidance.about_list(part), more, *map(guidance.about, part.slots)]


def _note(slide: Slide, paragraphs: Sequence[str]) -> None:
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None
    _write(frame, paragraphs)


def _write(frame: TextFrame, paragraphs: Sequence[str]) -> None:
    """Text in British English, so that its spelling is checked as such."""
    frame.text = "\n".join(paragraphs)
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
