"""Drawing on slides: titles, texts, tables and bars, measured in points from the top left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.errors import printable
from engine.renderers.text_size import LINE, height

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide, SlideLayout

WIDE, HIGH = 960.0, 540.0  # a slide of 16 to 9, in points
INK, QUIET, DARK, WHITE = "1C2733", "4A545C", "2B3B4B", "FFFFFF"
PALE, EDGE = "EEF1F3", "B8C0C6"
PAD = 5.0  # between a cell's edge and its text
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # a table's: no fill and no lines


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph.

    Attributes:
        size: of its letters, in points.
        after: room below it, in points.
        to: the slide to which it leads, or None.
    """

    text: str
    size: float = 12
    bold: bool = False
    colour: str = INK
    after: float = 0
    to: Slide | None = None


Paragraphs = Sequence[Words]


def paragraphs_height(paragraphs: Paragraphs, room: float) -> float:
    """How high the paragraphs stand where they have so much width."""
    return sum(height(p.text, p.size, room, bold=p.bold) + p.after for p in paragraphs)


def row_height(cells: Sequence[Paragraphs], widths: Sequence[float]) -> float:
    """How high a table's row is, with the room around its text."""
    rooms = [width - 2 * PAD for width in widths]
    tallest = max(paragraphs_height(c, room) for c, room in zip(cells, rooms, strict=True))
    return tallest + 2 * PAD


class Page:
    """One slide that is drawn on."""

    def __init__(self, show: Presentation, layout: SlideLayout | None = None) -> None:
        self._slides = show.slides
        self.slide = show.slides.add_slide(layout or show.slide_layouts[0])

    def title(self, left: float, top: float, wide: float, words: Words) -> float:
        """The slide's title; gives the height it takes."""
        shape = self.slide.shapes.title
        if shape is None:  # somebody's own layouts may have none
            return self.text(left, top, wide, [words], name="Title")
        high = paragraphs_height([words], wide)
        _place(shape, left, top, wide, high)
        fill_in(shape.text_frame, [words])
        return high

    def text(
        self, left: float, top: float, wide: float, paragraphs: Paragraphs, *, name: str
    ) -> float:
        """A text without a frame; gives the height it takes."""
        high = paragraphs_height(paragraphs, wide)
        shape = self.slide.shapes.add_textbox(0, 0, 0, 0)
        shape.name = name
        _place(shape, left, top, wide, high)
        fill_in(shape.text_frame, paragraphs)
        return high

    def band(
        self, left: float, top: float, wide: float, high: float, fill: str,
        paragraphs: Paragraphs, *, name: str,
    ) -> None:  # fmt: skip
        """A filled rectangle with text in the middle of its height."""
        from pptx.enum.text import MSO_ANCHOR
        from pptx.util import Pt

        shape = rectangle(self.slide.shapes, left, top, wide, high, fill)
        shape.name = name
        frame = shape.text_frame
        fill_in(frame, paragraphs)
        frame.margin_left = frame.margin_right = Pt(12)
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE

    def table(
        self, left: float, top: float, widths: Sequence[float], heading: Sequence[str],
        rows: Sequence[Sequence[Paragraphs]], *, name: str, about: str,
    ) -> float:  # fmt: skip
        """A table with a row of headings; gives the height it takes."""
        from pptx.util import Pt

        cells = [[[Words(text, bold=True, colour=WHITE)] for text in heading], *rows]
        heights = [row_height(row, widths) for row in cells]
        frame = self.slide.shapes.add_table(len(cells), len(widths), 0, 0, 0, 0)
        _place(frame, left, top, sum(widths), sum(heights))
        frame.name = name
        describe(frame, about)
        table: Any = frame.table
        table.horz_banding = False
        for style in frame.element.iter("{*}tableStyleId"):
            style.text = _NO_STYLE
        for n, wide in enumerate(widths):
            table.columns[n].width = Pt(wide)
        for n, (row, high) in enumerate(zip(cells, heights, strict=True)):
            table.rows[n].height = Pt(high)
            for m, paragraphs in enumerate(row):
                _fill_cell(table.cell(n, m), paragraphs, heading=n == 0)
        return sum(heights)

    def bar(
        self, left: float, top: float, wide: float, share: float, mark: float, *, about: str
    ) -> float:
        """How far a score reaches, and the mark that it must reach; gives the height it takes."""
        group = self.slide.shapes.add_group_shape()
        group.name = "Score bar"
        describe(group, about)
        high = 14.0
        rectangle(group.shapes, left, top + 3, wide, high, "D5DBE0")
        if share > 0:
            rectangle(group.shapes, left, top + 3, wide * min(share, 1), high, DARK)
        at = left + wide * min(mark, 1)
        rectangle(group.shapes, min(at, left + wide) - 2, top - 1, 4, high + 8, WHITE)
        rectangle(group.shapes, min(at, left + wide) - 1, top - 1, 2, high + 8, "000000")
        return high + 8

    def number(self) -> None:
        """The slide's number at the foot."""
        from pptx.enum.text import PP_ALIGN
        from pptx.oxml import parse_xml
        from pptx.oxml.ns import nsdecls

        shape = self.slide.shapes.add_textbox(0, 0, 0, 0)
        shape.name = "Slide number"
        _place(shape, WIDE - 76, HIGH - 30, 40, 10 * LINE)
        fill_in(shape.text_frame, [Words("")])
        paragraph = shape.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT
        shown = self._slides.index(self.slide) + 1
        field = (
            f'<a:fld {nsdecls("a")} id="{{6F1B0C5E-6A57-4B44-9A43-0D6C0F5B2C11}}" type="slidenum">'
            f'<a:rPr lang="en-GB" sz="1000"><a:solidFill><a:srgbClr val="{QUIET}"/></a:solidFill>'
            f"</a:rPr><a:t>{shown}</a:t></a:fld>"
        )
        end = paragraph._p.find("{*}endParaRPr")  # noqa: SLF001 (python-pptx makes no fields)
        if end is not None:
            paragraph._p.remove(end)  # noqa: SLF001
        paragraph._p.append(parse_xml(field))  # noqa: SLF001

    def notes(self, lines: Iterator[str]) -> None:
        """What is not shown: the whole text."""
        frame = self.slide.notes_slide.notes_text_frame
        assert frame is not None
        # one string would be taken apart again at its line breaks
        frame.text = "\n".join(one_line(line) for line in lines)


def describe(shape: Any, about: str) -> None:
    """Say what a shape shows, for those who do not see it."""
    next(shape.element.iter("{*}cNvPr")).set("descr", one_line(about))


def capital(text: str) -> str:
    """The text with a capital first."""
    return text[:1].upper() + text[1:]


def one_line(text: str) -> str:
    """One line without control characters."""
    return " ".join(printable(text).split())


def rectangle(shapes: Any, left: float, top: float, wide: float, high: float, fill: str) -> Any:
    """A filled rectangle without a line."""
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Pt

    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(left), Pt(top), Pt(wide), Pt(high))
    shape.fill.solid()
    shape.fill.fore_color.rgb = _colour(fill)
    shape.line.fill.background()
    # the theme's own style for shapes has shadows
    for style in shape.element.findall("{*}style"):
        shape.element.remove(style)
    return shape


def _colour(code: str) -> Any:
    from pptx.dml.color import RGBColor

    make: Any = RGBColor  # python-pptx gives its parts no types
    return make.from_string(code)


def _place(shape: Any, left: float, top: float, wide: float, high: float) -> None:
    from pptx.util import Pt

    shape.left, shape.top, shape.width, shape.height = Pt(left), Pt(top), Pt(wide), Pt(high)


def fill_in(frame: Any, paragraphs: Paragraphs) -> None:
    """Write the paragraphs into an empty text frame that keeps its size."""
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for n, words in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_before, paragraph.space_after = Pt(0), Pt(words.after)
        _add_run(paragraph, words)


def _add_run(paragraph: Any, words: Words) -> None:
    from pptx.opc.constants import RELATIONSHIP_TYPE as KIND
    from pptx.util import Pt

    if not words.text:
        return
    run = paragraph.add_run()
    run.text = one_line(words.text)
    run.font.size, run.font.bold = Pt(words.size), words.bold
    run.font.color.rgb = _colour(words.colour)
    if words.to is not None:
        leads = paragraph.part.relate_to(words.to.part, KIND.SLIDE)
        link = run.font._element.add_hlinkClick(leads)  # noqa: SLF001 (it links texts to no slides)
        link.set("action", "ppaction://hlinksldjump")


def _fill_cell(cell: Any, paragraphs: Paragraphs, *, heading: bool) -> None:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls
    from pptx.util import Pt

    fill_in(cell.text_frame, paragraphs)
    cell.margin_left = cell.margin_right = cell.margin_top = cell.margin_bottom = Pt(PAD)
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 (python-pptx draws no lines of cells)
    if not heading:
        fill = f'<a:solidFill><a:srgbClr val="{EDGE}"/></a:solidFill>'
        line = f'<a:lnB {nsdecls("a")} w="9525">{fill}</a:lnB>'
        properties.insert(0, parse_xml(line))
    else:
        cell.fill.solid()
        cell.fill.fore_color.rgb = _colour(DARK)
