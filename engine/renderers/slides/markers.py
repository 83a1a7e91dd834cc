"""Small numbered marks on somebody's slides, beside what they speak of and on nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.extras import extra
from engine.model.pages import Address
from engine.renderers.slides.look import WHITE
from engine.renderers.slides.page import describe, rectangle
from engine.renderers.slides.texts import Words, fill_in
from engine.renderers.text_size import LINE, height, width

with extra("office", "PowerPoint files"):
    from pptx.shapes.shapetree import SlideShapeFactory
    from pptx.slide import Slide

POINT = 12_700  # the unit of slides in a point
SIZE, HIGH, PAD, GAP = 9.0, 15.0, 4.0, 2.0  # of a mark, in points
_BACKGROUND = 0.6  # a shape without words that covers more of its slide is what others lie on
_LETTERS = 18.0  # the size of a table's letters that does not say, in points
_NARROW = 0.9  # of Arial's width: many letters are narrower
_NEAR, _FAR = 3, 120  # how many steps of half a mark's height to look up and down

Box = tuple[float, float, float, float]  # left, top, right and bottom, in points


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark says.

    Attributes:
        label: the numbers of the findings: "3, 7".
        about: the same in words, for those who do not see it.
        colour: of its ground; its letters are white.
    """

    label: str
    about: str
    colour: str


class Marked:
    """A slide, with what stands on it and the marks that it was given."""

    def __init__(self, slide: Slide, wide: float, high: float) -> None:
        self._slide, self._wide, self._high = slide, wide, high
        self._shapes = list(_shapes(slide))
        # a picture behind everything has room for marks on it
        self._taken = [
            _box(shape)
            for shape in self._shapes
            if _has_words(shape) or _area(_box(shape)) < _BACKGROUND * wide * high
        ]
        self._marks: list[Box] = []

    def mark(self, address: Address, mark: Mark, leads_to: Slide) -> None:
        """Draw a mark beside the row or text at an address, or else as near as there is room."""
        line = self._line(address)
        numbers = mark.label.split(", ")
        # beside it in one line or in several, or else farther off
        ways = [(lines, _NEAR) for lines in (_lines(numbers, n) for n in (len(numbers), 2, 1))]
        for lines, steps in [*ways, (ways[0][0], _FAR)]:
            box = self._free(line, *_size(lines), steps)
            if box is not None:
                break
        else:
            wide, high = _size(lines)
            box = self._wide - wide, 0.0, self._wide, high
        self._marks.append(box)
        _draw(self._slide, box, mark, lines, leads_to)

    def _line(self, address: Address) -> Box:
        """The part of the slide that an address means: a table's row, a paragraph, or a corner."""
        for shape in self._shapes:
            if shape.shape_id == address.shape:
                return _row(shape, address)
            inside = shape.element.xpath(f".//p:cNvPr[@id='{address.shape}']")
            if address.shape and inside:  # in a group, whose parts have places of their own
                return _box(shape)
        return self._wide - HIGH, 0, self._wide, HIGH

    def _free(self, line: Box, wide: float, high: float, steps: int) -> Box | None:
        """The first place near a line where a mark covers nothing."""
        middle = min(max((line[1] + line[3] - high) / 2, 0), self._high - high)
        beside = (line[0] - GAP - wide, line[2] + GAP, 0.0, self._wide - wide)
        # a little higher or lower, and farther each time
        for step in range(steps):
            top = middle + (step + 1) // 2 * (HIGH / 2) * (1 if step % 2 else -1)
            for left in beside:
                box = (left, top, left + wide, top + high)
                if self._is_on_slide(box) and self._is_free(box):
                    return box
        return None

    def _is_on_slide(self, box: Box) -> bool:
        return box[0] >= 0 and box[1] >= 0 and box[2] <= self._wide + 0.1 and box[3] <= self._high

    def _is_free(self, box: Box) -> bool:
        return not any(_meet(box, other) for other in (*self._taken, *self._marks))


def _lines(numbers: list[str], most: int) -> list[str]:
    """The numbers in lines of so many."""
    return [", ".join(numbers[n : n + most]) for n in range(0, len(numbers), most)]


def _size(lines: list[str]) -> tuple[float, float]:
    """A mark's width and height."""
    wide = max(width(line, SIZE, bold=True) for line in lines) + 2 * PAD
    return max(HIGH, wide), HIGH + (len(lines) - 1) * SIZE * LINE


def _shapes(slide: Slide) -> Iterator[Any]:
    """The shapes that python-pptx knows; it falls over others, such as ink."""
    make: Any = SlideShapeFactory
    for tag in ("sp", "pic", "graphicFrame", "grpSp", "cxnSp"):
        for element in slide.shapes.element.findall(f"{{*}}{tag}"):
            yield make(element, slide.shapes)


def _box(shape: Any) -> Box:
    """A shape's place; one without any stands nowhere."""
    left, top = (shape.left or 0) / POINT, (shape.top or 0) / POINT
    high = (shape.height or 0) / POINT
    if getattr(shape, "has_table", False):
        high = max(high, sum(_heights(shape.table)))
    return left, top, left + (shape.width or 0) / POINT, top + high


def _row(shape: Any, address: Address) -> Box:
    left, top, right, bottom = _box(shape)
    if getattr(shape, "has_table", False):
        heights = _heights(shape.table)
        above = top + sum(heights[: address.row])
        return left, above, right, above + heights[min(address.row, len(heights) - 1)]
    if getattr(shape, "has_text_frame", False):
        lines = max(1, len(shape.text_frame.paragraphs))
        each = (bottom - top) / lines
        return left, top + address.paragraph * each, right, top + (address.paragraph + 1) * each
    return left, top, right, bottom


def _heights(table: Any) -> list[float]:
    """The height of each row: a row grows with its text, and not every program says how far."""
    widths = [column.width / POINT for column in table.columns]
    return [
        max(row.height / POINT, *(_needed(c, w) for c, w in zip(row.cells, widths, strict=False)))
        for row in table.rows
    ]


def _needed(cell: Any, wide: float) -> float:
    """The height of a cell's text, rather too little where its letters are narrow."""
    text = cell.text.replace("\v", "\n").strip()
    if not text or cell.is_merge_origin or cell.is_spanned:
        return 0
    room: float = wide - (cell.margin_left + cell.margin_right) / POINT
    needed: float = (cell.margin_top + cell.margin_bottom) / POINT
    for paragraph in cell.text_frame.paragraphs:
        sizes = [run.font.size.pt for run in paragraph.runs if run.font.size is not None]
        size = max(sizes, default=_LETTERS)
        needed += height(paragraph.text.replace("\v", "\n"), size, max(size, room / _NARROW))
    return needed


def _has_words(shape: Any) -> bool:
    if getattr(shape, "has_table", False):
        return True
    return bool(shape.has_text_frame and shape.text_frame.text.strip())


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _meet(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    )  # touching is no meeting


def _draw(slide: Slide, where: Box, mark: Mark, lines: list[str], leads_to: Slide) -> None:
    left, top, right, bottom = where
    shape = rectangle(slide.shapes, left, top, right - left, bottom - top, mark.colour)
    shape.name = f"gatewise finding {mark.label}"
    describe(shape, mark.about)
    said = [Words(line, SIZE, bold=True, colour=WHITE) for line in lines]
    fill_in(shape.text_frame, said, align="ctr", anchor="ctr")
    shape.text_frame.word_wrap = False
    shape.click_action.target_slide = leads_to
