"""PowerPoint presentations in, as pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.errors import shorten
from engine.extras import extra
from engine.model.pages import Address, Cell, Grid, Page, Pages
from engine.readers.office_kinds import Kind, refused
from engine.readers.package_notes import notes_of
from engine.readers.packages import Package, open_package, reading
from engine.readers.raised import raised
from engine.readers.unread import NOTES, STRUCK, drawn_in, is_hidden

_SAME_LINE = 180_000  # EMU, half a centimetre: shapes whose tops differ by less are side by side
_LONGEST_QUOTE = 40
OUR_MARKS = "gatewise finding"  # what --annotate put on the slides begins so, and is no answer
# placeholders that repeat on every slide: date, footer, header, slide number
_NOT_CONTENT = {"dt", "ftr", "hdr", "sldNum"}


def read_pages(content: bytes, source: str) -> Pages:
    """Read every slide of a presentation, hidden ones included; speaker notes are not read.

    Args:
        source: the file's name, for places.

    Raises:
        DeckError: it is no presentation, locked or damaged.
        ExtraMissing: the library for it is not installed.
    """
    package = open_package(content, source, Kind.PRESENTATION)
    assert package is not None, "only a workbook comes in another form"
    with extra("office", "PowerPoint files"):
        from pptx import Presentation  # noqa: PLC0415
        from pptx.exc import PythonPptxError  # noqa: PLC0415
    with reading(source, Kind.PRESENTATION, PythonPptxError):
        notes = notes_of(package, Kind.PRESENTATION)
        presentation = Presentation(package.repacked())
        size = (presentation.slide_width or 0, presentation.slide_height or 0)
        pages = tuple(
            _page(slide, index, size, _has_comments(package, slide))
            for index, slide in enumerate(presentation.slides)
        )
    if not pages:
        fix = "Give the presentation that holds the answers."
        raise refused(source, "the presentation has no slides", fix)
    return Pages(source, pages, tuple(notes))


def _has_comments(package: Package, slide: Any) -> bool:
    relations = package.relations(slide.part.partname.lstrip("/"))
    return any(relation.kind == "comments" for relation in relations)


def _page(slide: Any, index: int, size: tuple[int, int], has_comments: bool) -> Page:
    unread = list(drawn_in(slide.shapes.element))
    for ink in slide.shapes.element.xpath(".//p:contentPart"):
        ink.getparent().remove(ink)  # python-pptx takes it for a shape, and falls over it
    struck = _take_out_struck_text(slide.shapes.element)
    _mark_raised_figures(slide.shapes.element)
    title = slide.shapes.title
    tables: list[Any] = []
    texts: list[Cell] = []
    outside = [shape for shape in slide.shapes if _is_outside(shape, *size)]
    if outside:
        unread.append("something beside the slide, where nobody sees it")
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        notes = slide.notes_slide.notes_text_frame.text
        unread += [NOTES] if notes.strip() else []
    if has_comments:
        unread.append("comments")
    if struck:
        unread.append(STRUCK)
    inside = [shape for shape in slide.shapes if not _is_outside(shape, *size)]
    for shape in _in_reading_order(inside):
        if shape.has_text_frame:
            if title is None or shape.element is not title.element:
                texts += _paragraphs(shape, index)
        elif getattr(shape, "has_table", False):
            tables.append(shape)
    return Page(
        name=f"Slide {index + 1}",
        title="" if title is None else " ".join(title.text_frame.text.split()),
        grids=tuple(
            _grid(shape, index, f"table {n}" if len(tables) > 1 else "the table")
            for n, shape in enumerate(tables, 1)
        ),
        texts=tuple(texts),
        hidden=slide.element.get("show") in ("0", "false"),
        unread=tuple(unread),
    )


def _take_out_struck_text(tree: Any) -> bool:
    """Whether any text was struck through; it is withdrawn, and must not be read as an answer."""
    runs = tree.xpath(".//a:r[a:rPr[@strike='sngStrike' or @strike='dblStrike']]")
    for run in runs:
        run.getparent().remove(run)
    return bool(runs)


def _mark_raised_figures(tree: Any) -> None:
    """A footnote's figure must not become the last figure of an amount."""
    for properties in tree.xpath(".//a:r/a:rPr[@baseline]"):
        baseline = properties.get("baseline").removesuffix("%")
        if not baseline.startswith("-") and baseline.strip("0."):
            for text in properties.getparent().xpath("./a:t"):
                text.text = raised(text.text or "")


def _is_outside(shape: Any, width: int, height: int) -> bool:
    """Whether all of a shape lies beside its slide, where people park what they dropped."""
    left, top = shape.left or 0, shape.top or 0
    right, bottom = left + (shape.width or 0), top + (shape.height or 0)
    return width > 0 and (left >= width or top >= height or right < 0 or bottom < 0)


def _in_reading_order(shapes: Any) -> Iterator[Any]:
    """Shapes from top to bottom and left to right; those of a group together, in its place."""
    line_top: int | None = None
    lines: list[list[tuple[int, Any]]] = []
    placed = [(shape.top or 0, shape.left or 0, shape) for shape in shapes]
    for top, left, shape in sorted(placed, key=lambda each: each[:2]):
        if line_top is None or top - line_top >= _SAME_LINE:
            line_top = top
            lines.append([])
        lines[-1].append((left, shape))
    for line in lines:
        for _, shape in sorted(line, key=lambda each: each[0]):
            if is_hidden(shape.element) or _repeats(shape) or shape.name.startswith(OUR_MARKS):
                continue
            if hasattr(shape, "shapes"):
                yield from _in_reading_order(shape.shapes)
            else:
                yield shape


def _repeats(shape: Any) -> bool:
    """Whether it is a placeholder for what stands on every slide."""
    found = shape.element.xpath("./*/p:nvPr/p:ph/@type")
    return bool(found) and found[0] in _NOT_CONTENT


def _paragraphs(shape: Any, index: int) -> Iterator[Cell]:
    for number, paragraph in enumerate(shape.text_frame.paragraphs):
        text = _clean(paragraph.text)
        if text:
            address = Address(index, shape.shape_id, paragraph=number)
            yield Cell(text, f'text "{shorten(text, _LONGEST_QUOTE)}"', address)


def _grid(shape: Any, index: int, label: str) -> Grid:
    """A table's cells; one that others were merged into stands in their places too."""
    rows: list[list[Cell]] = []
    for number, row in enumerate(shape.table.rows):
        cells: list[Cell] = []
        for column, cell in enumerate(row.cells):
            element = cell._tc  # noqa: SLF001 - which way it is merged is told nowhere else
            if element.hMerge and column:
                cells.append(cells[-1])
            elif element.vMerge and number and column < len(rows[-1]):
                cells.append(rows[-1][column])
            else:
                address = Address(index, shape.shape_id, number, column)
                cells.append(Cell(_clean(cell.text) or None, "", address))
        rows.append(cells)
    width = max(map(len, rows), default=0)
    for number, cells in enumerate(rows):
        blank = (Address(index, shape.shape_id, number, n) for n in range(len(cells), width))
        cells += [Cell(None, "", address) for address in blank]
    return Grid(shape.name, label, tuple(map(tuple, rows)))


def _clean(text: str) -> str:
    """Text as people see it: a line break inside a paragraph is a new line."""
    return text.replace("\v", "\n").strip()
