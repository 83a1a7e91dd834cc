"""Texts on slides: paragraphs, the room they take, and how frames and cells hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from engine.errors import printable
from engine.extras import extra
from engine.renderers.slides.look import INK
from engine.renderers.text_size import height

with extra("office", "PowerPoint files"):
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls
    from pptx.slide import Slide


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


def capital(text: str) -> str:
    """The text with a capital first."""
    return text[:1].upper() + text[1:]


def one_line(text: str) -> str:
    """One line without control characters."""
    return " ".join(printable(text).split())


def fill_in(frame: Any, paragraphs: Paragraphs, *, align: str = "l", anchor: str = "t") -> None:
    """Write the paragraphs into a text frame that keeps its size and has no margins."""
    body = frame._txBody  # noqa: SLF001 (python-pptx writes far slower, and knows no links to slides)
    for old in body.findall("{*}p"):
        body.remove(old)
    properties = body.find("{*}bodyPr")
    for child in list(properties):
        properties.remove(child)  # it would grow with its text
    sides = dict.fromkeys(("lIns", "tIns", "rIns", "bIns"), "0")
    for name, value in {"wrap": "square", "anchor": anchor, **sides}.items():
        properties.set(name, value)
    for written in paragraphs_xml(paragraphs, frame.part, align):
        body.append(parse_xml(written))


def paragraphs_xml(paragraphs: Paragraphs, part: Any, align: str = "l") -> list[str]:
    """The paragraphs as a slide's part holds them: in British English, exactly so spaced."""
    return [_paragraph(words, part, align) for words in paragraphs]


def _paragraph(words: Words, part: Any, align: str) -> str:
    style = (
        f'lang="en-GB" sz="{round(words.size * 100)}" b="{int(words.bold)}"><a:solidFill>'
        f'<a:srgbClr val="{words.colour}"/></a:solidFill>'
    )
    link = ""
    if words.to is not None:
        leads = part.relate_to(words.to.part, RELATIONSHIP_TYPE.SLIDE)
        link = f'<a:hlinkClick r:id="{leads}" action="ppaction://hlinksldjump"/>'
    text = escape(printable(words.text).replace("\n", " "))
    run = f"<a:r><a:rPr {style}{link}</a:rPr><a:t>{text}</a:t></a:r>" if text else ""
    after = f'<a:spcAft><a:spcPts val="{round(words.after * 100)}"/></a:spcAft>'
    return (
        f'<a:p {nsdecls("a", "r")}><a:pPr marL="0" indent="0" algn="{align}">'
        f'<a:spcBef><a:spcPts val="0"/></a:spcBef>{after}<a:buNone/></a:pPr>'
        f"{run}<a:endParaRPr {style}</a:endParaRPr></a:p>"
    )
