"""Tables on slides: headings, labels and answers, with a name and a description of the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from engine.extras import extra
from engine.renderers.fitting import Fit
from engine.renderers.slides.look import (
    GREY,
    INK,
    LEFT,
    NAVY,
    PALE,
    RULE,
    TABLE_TOP,
    WHITE,
)

with extra("office", "PowerPoint files"):
    from pptx.oxml import parse_xml
    from pptx.slide import Slide
    from pptx.util import Pt

_NAMESPACE = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell: its paragraphs, and whether it is a heading, a label or an answer.

    Attributes:
        help: a paragraph below, in grey.
        reserve: the lines that there should be room for at least.
    """

    text: str
    kind: str = "answer"
    help: str = ""
    reserve: int = 1

    def lines(self, width: float, fit: Fit) -> int:
        """How many lines it takes in a column of this many points."""
        lines = fit.lines_of(self.text, width, bold=self.kind != "answer")
        if self.help:
            lines += fit.lines_of(self.help, width)
        return max(lines, self.reserve)


Row = Sequence[TableCell]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands on a slide; its first row is its heading.

    Attributes:
        name: the shape's, by which the table is known when it is read.
        description: what people hear who cannot see it.
        widths: of the columns, in points.
    """

    name: str
    description: str
    widths: Sequence[float]
    rows: Sequence[Row]
    fit: Fit

    @property
    def heights(self) -> list[float]:
        """Points of each row."""
        return [height_of_row(row, self.widths, self.fit) for row in self.rows]


def height_of_row(row: Row, widths: Sequence[float], fit: Fit) -> float:
    """Points that the row takes in columns of these widths."""
    return fit.height_of(max(c.lines(w, fit) for c, w in zip(row, widths, strict=True)))


def add_table(slide: Slide, table: Table) -> None:
    """Put a table on a slide."""
    heights, widths = table.heights, table.widths
    frame = slide.shapes.add_table(1, 1, Pt(LEFT), Pt(TABLE_TOP), Pt(sum(widths)), Pt(sum(heights)))
    frame.name = table.name
    frame.element.find(".//{*}cNvPr").set("descr", table.description)
    columns = "".join(f'<a:gridCol w="{Pt(width)}"/>' for width in widths)
    body = "".join(
        f'<a:tr h="{Pt(height)}">{"".join(_cell(c, table.fit) for c in row)}</a:tr>'
        for row, height in zip(table.rows, heights, strict=True)
    )
    filled = parse_xml(
        f'<a:tbl {_NAMESPACE}><a:tblPr firstRow="1"><a:tableStyleId>{_PLAIN_STYLE}'
        f"</a:tableStyleId></a:tblPr><a:tblGrid>{columns}</a:tblGrid>{body}</a:tbl>"
    )
    empty = frame.element.find(".//{*}tbl")
    empty.getparent().replace(empty, filled)


def _cell(cell: TableCell, fit: Fit) -> str:
    colour, fill = {
        "heading": (WHITE, NAVY),
        "label": (INK, PALE),
        "answer": (INK, WHITE),
    }[cell.kind]
    paragraphs = "".join(
        _paragraph(text, colour, fit, bold=cell.kind != "answer") for text in cell.text.split("\n")
    )
    if cell.help:
        paragraphs += _paragraph(cell.help, GREY, fit, bold=False)
    sides, air = Pt(fit.sides), Pt(fit.air)
    line = f'<a:solidFill><a:srgbClr val="{RULE}"/></a:solidFill>'
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}</a:txBody>"
        f'<a:tcPr marL="{sides}" marR="{sides}" marT="{air}" marB="{air}" anchor="t">'
        f'<a:lnL w="6350">{line}</a:lnL><a:lnR w="6350">{line}</a:lnR>'
        f'<a:lnT w="6350">{line}</a:lnT><a:lnB w="6350">{line}</a:lnB>'
        f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill></a:tcPr></a:tc>'
    )


def _paragraph(text: str, colour: str, fit: Fit, *, bold: bool) -> str:
    style = (
        f'lang="en-GB" sz="{fit.size * 100}" b="{int(bold)}"><a:solidFill>'
        f'<a:srgbClr val="{colour}"/></a:solidFill>'
    )
    run = f"<a:r><a:rPr {style}</a:rPr><a:t>{escape(text)}</a:t></a:r>" if text else ""
    return f"<a:p>{run}<a:endParaRPr {style}</a:endParaRPr></a:p>"
