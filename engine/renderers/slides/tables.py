"""Tables on slides: a row of headings, and rows whose heights are known before they are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.extras import extra
from engine.renderers.slides.look import NAVY, PAD, RULE, WHITE
from engine.renderers.slides.texts import (
    Paragraphs,
    Words,
    one_line,
    paragraphs_height,
    paragraphs_xml,
)

with extra("office", "PowerPoint files"):
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls
    from pptx.slide import Slide
    from pptx.util import Emu, Pt

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # a table's: no fill and no lines

Row = Sequence[Paragraphs]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands on a slide.

    Attributes:
        name: of the shape.
        about: what people hear who do not see it.
        widths: of the columns, in points.
        rows: that of the headings first.
        air: above and below the text of a cell, in points.
        labels: the ground of its first column where it is a form: then each cell has a frame.
        least: how high each row is at least; none where each is as high as its text.
    """

    name: str
    about: str
    widths: Sequence[float]
    rows: Sequence[Row]
    air: float = PAD
    labels: str = ""
    least: Sequence[float] = ()

    @property
    def heights(self) -> list[float]:
        """The height of each row."""
        texts = (row_height(row, self.widths, self.air) for row in self.rows)
        least = self.least or [0] * len(self.rows)
        return [max(*each) for each in zip(texts, least, strict=True)]

    @property
    def height(self) -> float:
        """How high it stands."""
        return sum(self.heights)


def headings(texts: Sequence[str], size: float = 12) -> Row:
    """A row of headings."""
    return [[Words(text, size, bold=True, colour=WHITE)] for text in texts]


def row_height(cells: Row, widths: Sequence[float], air: float = PAD) -> float:
    """How high a row is, with the room around its text."""
    rooms = [width - 2 * PAD for width in widths]
    tallest = max(paragraphs_height(c, room) for c, room in zip(cells, rooms, strict=True))
    return tallest + 2 * air


def rows_that_fit(
    rows: Sequence[Row], widths: Sequence[float], room: float, line: float = 0
) -> int:
    """How many of the rows fit, the line that counts the others included; at least one."""
    used = 0.0
    for n, row in enumerate(rows):
        used += row_height(row, widths)
        if used + (line if n < len(rows) - 1 else 0) > room:
            return max(1, n)
    return len(rows)


def spread(heights: Sequence[float], room: float) -> list[range]:
    """Rows that fit on a slide together, slide by slide; a row too high stands alone.

    They are spread evenly, so that none of several slides is nearly empty.
    """
    slides = _fill(heights, room)
    while room > 1 and len(fewer := _fill(heights, room - 10)) == len(slides):
        slides, room = fewer, room - 10
    return slides


def _fill(heights: Sequence[float], room: float) -> list[range]:
    slides, start, used = [], 0, 0.0
    for n, height in enumerate(heights):
        if n > start and used + height > room:
            slides.append(range(start, n))
            start, used = n, 0.0
        used += height
    return [*slides, range(start, len(heights))]


def add_table(slide: Slide, left: float, top: float, table: Table) -> float:
    """Put a table on a slide; gives the height it takes."""
    wide, high = sum(map(Pt, table.widths)), sum(map(Pt, table.heights))
    frame = slide.shapes.add_table(1, 1, Pt(left), Pt(top), Emu(wide), Emu(high))
    frame.name = table.name
    next(frame.element.iter("{*}cNvPr")).set("descr", one_line(table.about))
    columns = "".join(f'<a:gridCol w="{Pt(width)}"/>' for width in table.widths)
    # python-pptx fills cells one by one, which takes far longer
    filled = parse_xml(
        f'<a:tbl {nsdecls("a", "r")}><a:tblPr firstRow="1"><a:tableStyleId>{_NO_STYLE}'
        f"</a:tableStyleId></a:tblPr><a:tblGrid>{columns}</a:tblGrid>"
        f"{''.join(_rows(table, slide))}</a:tbl>"
    )
    empty = frame.element.find(".//{*}tbl")
    empty.getparent().replace(empty, filled)
    return table.height


def _rows(table: Table, slide: Slide) -> Iterator[str]:
    for n, (row, high) in enumerate(zip(table.rows, table.heights, strict=True)):
        grounds = [table.labels, *[""] * (len(row) - 1)] if n else [NAVY] * len(row)
        edges = ("L", "R", "T", "B") if table.labels else ("B",)
        cells = "".join(
            _cell("".join(paragraphs_xml(cell, slide.part)), table.air, ground, edges)
            for cell, ground in zip(row, grounds, strict=True)
        )
        yield f'<a:tr h="{Pt(high)}">{cells}</a:tr>'


def _cell(paragraphs: str, air: float, ground: str, edges: Sequence[str]) -> str:
    colour = f'<a:solidFill><a:srgbClr val="{RULE}"/></a:solidFill>'
    lines = "".join(f'<a:ln{edge} w="9525">{colour}</a:ln{edge}>' for edge in edges)
    fill = f'<a:solidFill><a:srgbClr val="{ground}"/></a:solidFill>' if ground else "<a:noFill/>"
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}</a:txBody>"
        f'<a:tcPr marL="{Pt(PAD)}" marR="{Pt(PAD)}" marT="{Pt(air)}" marB="{Pt(air)}" anchor="t">'
        f"{lines}{fill}</a:tcPr></a:tc>"
    )
