"""Drawing on a slide: titles, texts, tables and bars, measured in points from the top left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from engine.extras import extra
from engine.renderers.slides.look import NAVY, TRACK, WHITE
from engine.renderers.slides.tables import Row, Table, add_table, headings
from engine.renderers.slides.texts import Paragraphs, Words, fill_in, one_line, paragraphs_height

with extra("office", "PowerPoint files"):
    from pptx.dml.color import RGBColor
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.presentation import Presentation
    from pptx.slide import Slide, SlideLayout
    from pptx.util import Pt


class Page:
    """One slide that is drawn on."""

    def __init__(self, show: Presentation, layout: SlideLayout | None = None) -> None:
        self.slide: Slide = show.slides.add_slide(layout or show.slide_layouts[-1])

    def title(self, left: float, top: float, wide: float, words: Words) -> float:
        """The slide's title; gives the height it takes."""
        shape = self.slide.shapes.title
        if shape is None:  # somebody's own layouts may have none
            return self.text(left, top, wide, [words], name="Title")
        return _fill_shape(shape, left, top, wide, [words])

    def text(
        self, left: float, top: float, wide: float, paragraphs: Paragraphs, *, name: str
    ) -> float:
        """A text without a frame; gives the height it takes."""
        shape = self.slide.shapes.add_textbox(Pt(0), Pt(0), Pt(0), Pt(0))
        shape.name = name
        return _fill_shape(shape, left, top, wide, paragraphs)

    def band(
        self, left: float, top: float, wide: float, high: float, fill: str,
        paragraphs: Paragraphs, *, name: str,
    ) -> None:  # fmt: skip
        """A filled rectangle with text in the middle of its height."""
        shape = rectangle(self.slide.shapes, left, top, wide, high, fill)
        shape.name = name
        fill_in(shape.text_frame, paragraphs, anchor="ctr")
        shape.text_frame.margin_left = shape.text_frame.margin_right = Pt(12)

    def table(
        self, left: float, top: float, widths: Sequence[float], heading: Sequence[str],
        rows: Sequence[Row], *, name: str, about: str,
    ) -> float:  # fmt: skip
        """A table with a row of headings; gives the height it takes."""
        table = Table(name, about, widths, [headings(heading), *rows])
        return add_table(self.slide, left, top, table)

    def bar(
        self, left: float, top: float, wide: float, share: float, mark: float, *, about: str
    ) -> float:
        """How far a score reaches, and the mark that it must reach; gives the height it takes."""
        group = self.slide.shapes.add_group_shape()
        group.name = "Score bar"
        describe(group, about)
        high = 14.0
        rectangle(group.shapes, left, top + 3, wide, high, TRACK)
        if share > 0:
            rectangle(group.shapes, left, top + 3, wide * min(share, 1), high, NAVY)
        at = left + wide * min(mark, 1)
        rectangle(group.shapes, min(at, left + wide) - 2, top - 1, 4, high + 8, WHITE)
        rectangle(group.shapes, min(at, left + wide) - 1, top - 1, 2, high + 8, "000000")
        return high + 8

    def notes(self, lines: Iterable[str]) -> None:
        """What is not shown: the whole text."""
        frame = self.slide.notes_slide.notes_text_frame
        assert frame is not None
        # one string would be taken apart again at its line breaks
        frame.text = "\n".join(one_line(line) for line in lines)


def describe(shape: Any, about: str) -> None:
    """Say what a shape shows, for those who do not see it."""
    next(shape.element.iter("{*}cNvPr")).set("descr", one_line(about))


def rectangle(shapes: Any, left: float, top: float, wide: float, high: float, fill: str) -> Any:
    """A filled rectangle without a line."""
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(left), Pt(top), Pt(wide), Pt(high))
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(fill)
    shape.line.fill.background()
    # the theme's own style for shapes has shadows
    for style in shape.element.findall("{*}style"):
        shape.element.remove(style)
    return shape


def rgb(code: str) -> Any:
    """A colour as python-pptx has it."""
    make: Any = RGBColor  # python-pptx gives its parts no types
    return make.from_string(code)


def _fill_shape(shape: Any, left: float, top: float, wide: float, paragraphs: Paragraphs) -> float:
    high = paragraphs_height(paragraphs, wide)
    shape.left, shape.top, shape.width, shape.height = Pt(left), Pt(top), Pt(wide), Pt(high)
    fill_in(shape.text_frame, paragraphs)
    return high
