"""Presentations as files: an empty one to draw in, and the same bytes for the same slides."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from engine.extras import extra
from engine.renderers.slides.look import (
    BAND,
    EDGE,
    HEAD,
    HIGH,
    NAVY,
    QUIET,
    ROOM,
    THEME,
    WIDE,
)

with extra("office", "PowerPoint files"):
    import pptx
    from pptx.enum.shapes import PP_PLACEHOLDER
    from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from pptx.opc.package import XmlPart
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls
    from pptx.presentation import Presentation
    from pptx.slide import Slide
    from pptx.util import Pt

TITLE_SIZE = 24  # of a slide's own, where it is not said otherwise
_TITLE_SLIDE, _TITLE_ONLY = "Title Slide", "Title Only"
_TITLE_HIGH = 300.0  # the band of a title slide
TITLE_SLIDE_ROOM = ROOM - 36  # the width that its texts have
_LINE_TOP, _LINE_HIGH = 512.0, 22.0  # the line of help below all
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_PAGE_FURNITURE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)


def new_presentation(title: str, day: date | None, help_line: str = "") -> Presentation:
    """An empty wide presentation, with a layout for a title slide and, last, one for all others.

    Args:
        day: stands as the day it was made, so that the same input gives the same file.
        help_line: stands at the foot of every slide.
    """
    show = pptx.Presentation()
    show.slide_width, show.slide_height = Pt(WIDE), Pt(HIGH)
    _drop_parts(show)
    for layout in list(show.slide_layouts):
        if layout.name not in (_TITLE_SLIDE, _TITLE_ONLY):
            show.slide_layouts.remove(layout)
    for page in (show.slide_master, *show.slide_layouts):
        for shape in list(page.placeholders):
            if shape.placeholder_format.type in _PAGE_FURNITURE:
                shape.element.getparent().remove(shape.element)
    _lay_out_master(show, help_line)
    _lay_out_title(show)
    about = show.core_properties
    about.title, about.language, about.comments = title, "en-GB", ""
    about.author = about.last_modified_by = ""
    about.created = about.modified = datetime.combine(day or date(2000, 1, 1), time())
    about.revision = 1
    return show


def _drop_parts(show: Presentation) -> None:
    """A picture of another presentation and somebody's printer are not ours."""
    package: Any = show.part.package
    unwanted = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.PRINTER_SETTINGS)
    for owner, kind in zip((package, show.part), unwanted, strict=True):
        for relation in list(package.iter_rels()):
            if relation.reltype == kind:
                owner.drop_rel(relation.rId)


def _lay_out_master(show: Presentation, help_line: str) -> None:
    master = show.slide_master
    for shape in master.placeholders:
        top, high = (HEAD - 2, 42.0)
        if shape.placeholder_format.type != PP_PLACEHOLDER.TITLE:
            top, high = 68.0, 438.0
        _place(shape, EDGE, top, ROOM, high)
        shape.element.find(".//{*}bodyPr").set("lIns", "0")  # in line with what stands below
    style = master.element.find(".//{*}titleStyle/{*}lvl1pPr")
    style.set("algn", "l")
    size = style.find("{*}defRPr")
    size.set("sz", str(TITLE_SIZE * 100))
    size.set("b", "1")
    size.find(".//{*}schemeClr").set("val", "tx2")
    tree = master.shapes.element
    tree.insert(2, parse_xml(_box(101, "Band", 0, 0, WIDE, BAND, fill=NAVY)))
    tree.append(parse_xml(_box(102, "Help", EDGE, _LINE_TOP, 780, _LINE_HIGH, text=help_line)))
    number = _box(103, "Number", WIDE - EDGE - 80, _LINE_TOP, 80, _LINE_HIGH, number=True)
    tree.append(parse_xml(number))


def _lay_out_title(show: Presentation) -> None:
    """The layout of the title slide: a broad band, and the lines below it."""
    layout = show.slide_layouts.get_by_name(_TITLE_SLIDE)
    assert layout is not None
    layout.element.set("showMasterSp", "0")
    tree = layout.shapes.element
    tree.insert(2, parse_xml(_box(101, "Band", 0, 0, WIDE, _TITLE_HIGH, fill=NAVY)))
    for shape in list(layout.placeholders):
        is_title = shape.placeholder_format.type == PP_PLACEHOLDER.CENTER_TITLE
        top, high = (60, _TITLE_HIGH - 80) if is_title else (_TITLE_HIGH + 24, 150)
        _place(shape, EDGE + 18, top, TITLE_SLIDE_ROOM, high)
        shape.element.find(".//{*}bodyPr").set("anchor", "b" if is_title else "t")
        style = shape.element.find(".//{*}lstStyle")
        for child in list(style):
            style.remove(child)
        size, bold, colour = ("3600", "1", "bg1") if is_title else ("2000", "0", "tx1")
        style.append(
            parse_xml(
                f'<a:lvl1pPr {nsdecls("a")} marL="0" indent="0" algn="l"><a:buNone/><a:defRPr '
                f'sz="{size}" b="{bold}"><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
                "</a:defRPr></a:lvl1pPr>"
            )
        )


def _place(shape: Any, left: float, top: float, wide: float, high: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Pt(left), Pt(top), Pt(wide), Pt(high)


def _box(
    id_: int, name: str, left: float, top: float, wide: float, high: float,
    *, fill: str = "", text: str = "", number: bool = False,
) -> str:  # fmt: skip
    """A box that every slide shows and that is no part of it: it is never read as an answer."""
    filling = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else "<a:noFill/>"
    style = f'lang="en-GB" sz="1200"><a:solidFill><a:srgbClr val="{QUIET}"/></a:solidFill>'
    run = f"<a:r><a:rPr {style}</a:rPr><a:t>{escape(text)}</a:t></a:r>" if text else ""
    if number:
        field = uuid5(NAMESPACE_URL, "number")
        run = f'<a:fld id="{{{field}}}" type="slidenum"><a:rPr {style}</a:rPr><a:t>1</a:t></a:fld>'
    return (
        f'<p:sp {nsdecls("a", "p")}><p:nvSpPr><p:cNvPr id="{id_}" name="{name}"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{Pt(left)}" '
        f'y="{Pt(top)}"/><a:ext cx="{Pt(wide)}" cy="{Pt(high)}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{filling}<a:ln><a:noFill/></a:ln></p:spPr>'
        '<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>'
        f'<a:lstStyle/><a:p><a:pPr algn="{"r" if number else "l"}"/>{run}</a:p></p:txBody></p:sp>'
    )


def group_slides(show: Presentation, groups: Iterable[tuple[str, list[Slide]]]) -> None:
    """Name the sections that PowerPoint shows beside the slides."""
    named = ""
    for n, (name, slides) in enumerate(groups):
        id_ = str(uuid5(NAMESPACE_URL, f"{n} {name}")).upper()
        ids = "".join(f'<p14:sldId id="{slide.slide_id}"/>' for slide in slides)
        named += f'<p14:section name={quoteattr(name)} id="{{{id_}}}">'
        named += f"<p14:sldIdLst>{ids}</p14:sldIdLst></p14:section>"
    show.element.append(
        parse_xml(
            f'<p:extLst {nsdecls("p")}><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">'
            '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
            f"{named}</p14:sectionLst></p:ext></p:extLst>"
        )
    )


def saved(show: Presentation) -> bytes:
    """A presentation of ours as a file: in its own colours, and in British English."""
    for part in show.part.package.iter_parts():
        if isinstance(part, XmlPart):
            if part.content_type == CONTENT_TYPE.OFC_THEME:  # that of notes
                part._element = parse_xml(_theme(part.blob))  # noqa: SLF001 (none shows its own)
            else:
                _say_language(part._element)  # noqa: SLF001
        elif part.content_type == CONTENT_TYPE.OFC_THEME:
            part.blob = _theme(part.blob)
        elif part.content_type == CONTENT_TYPE.OFC_EXTENDED_PROPERTIES:
            part.blob = part.blob.replace(b"On-screen Show (4:3)", b"Widescreen")
    return as_file(show)


def as_file(show: Presentation) -> bytes:
    """Anybody's presentation as a file; its members have one time, not that of the clock."""
    content, packed = BytesIO(), BytesIO()
    show.save(content)
    with (
        zipfile.ZipFile(content) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _FIXED_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return packed.getvalue()


def _say_language(element: Any) -> None:
    """Say of each text which language it is in, so that its spelling is checked as such."""
    for run in element.iter("{*}r", "{*}fld"):
        if hasattr(run, "get_or_add_rPr"):
            run.get_or_add_rPr().set("lang", "en-GB")
    for other in element.xpath("//*[@lang='en-US']"):
        other.set("lang", "en-GB")


def _theme(content: bytes) -> bytes:
    text = content.decode()
    for part, colour in THEME.items():
        replaced = rf'<a:{part}><a:srgbClr val="{colour}"/></a:{part}>'
        text = re.sub(rf"<a:{part}>.*?</a:{part}>", replaced, text, flags=re.DOTALL)
    return re.sub(
        r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', r"\1Arial", text
    ).encode()
