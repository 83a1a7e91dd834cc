"""The look of slides: 16:9, its own colours, a band above and a line of help below."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from engine.extras import extra

with extra("office", "PowerPoint files"):
    import pptx
    from pptx.enum.shapes import PP_PLACEHOLDER
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.oxml import parse_xml
    from pptx.presentation import Presentation
    from pptx.slide import Slide
    from pptx.util import Pt

INK, NAVY, TEAL, GREY, PALE, RULE, WHITE = (
    "1F2937", "17324D", "0B6B6B", "4B5563", "F1F5F9", "B6C2CF", "FFFFFF",
)  # fmt: skip
WIDTH, HEIGHT = 960, 540  # points
LEFT, TITLE_TOP, TITLE_HEIGHT = 42, 20, 42
TABLE_TOP, TABLE_WIDTH = 68, WIDTH - 2 * LEFT
TABLE_ROOM = 438.0  # points from the table's top to the line of help
_HELP_TOP = 512

_NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_THEME = {
    "dk2": NAVY, "lt2": PALE, "accent1": NAVY, "accent2": TEAL, "accent3": "8A5A00",
    "accent4": "6B3FA0", "accent5": "9B2C2C", "accent6": "4B5563", "hlink": "0B5CAD",
    "folHlink": "6B3FA0",
}  # fmt: skip
_PAGE_FURNITURE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def new_presentation(title: str, day: date, help_line: str) -> Presentation:
    """An empty presentation in this look, with a layout for the title and one for tables.

    Args:
        day: stands as the day it was made, so that the same input gives the same file.
        help_line: stands below every table.
    """
    made = pptx.Presentation()
    made.slide_width, made.slide_height = Pt(WIDTH), Pt(HEIGHT)
    _drop_parts(made, RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.PRINTER_SETTINGS)
    for layout in list(made.slide_layouts):
        if layout.name not in ("Title Slide", "Title Only"):
            made.slide_layouts.remove(layout)
    for page in (made.slide_master, *made.slide_layouts):
        for shape in list(page.placeholders):
            if shape.placeholder_format.type in _PAGE_FURNITURE:
                shape.element.getparent().remove(shape.element)
    _lay_out_master(made, help_line)
    _lay_out_title(made)
    properties = made.core_properties
    properties.title, properties.language, properties.comments = title, "en-GB", ""
    properties.author = properties.last_modified_by = ""
    properties.created = properties.modified = datetime.combine(day, time())
    return made


def _drop_parts(made: Presentation, thumbnail: str, printer: str) -> None:
    """A picture of another presentation and somebody's printer are not ours."""
    for owner, kind in ((made.part.package, thumbnail), (made.part, printer)):
        for relation in list(made.part.package.iter_rels()):
            if relation.reltype == kind:
                owner.drop_rel(relation.rId)


def _lay_out_master(made: Presentation, help_line: str) -> None:

    master = made.slide_master
    for shape in master.placeholders:
        top, height = (TITLE_TOP, TITLE_HEIGHT)
        if shape.placeholder_format.type != PP_PLACEHOLDER.TITLE:
            top, height = TABLE_TOP, int(TABLE_ROOM)
        _move(shape, LEFT, top, TABLE_WIDTH, height)
        shape.element.find(".//{*}bodyPr").set("lIns", "0")  # in line with the table
    style = master.element.find(".//{*}titleStyle/{*}lvl1pPr")
    style.set("algn", "l")
    size = style.find("{*}defRPr")
    size.set("sz", "2400")
    size.set("b", "1")
    size.find(".//{*}schemeClr").set("val", "tx2")
    tree = master.shapes.element
    tree.insert(2, parse_xml(_box(101, "Band", 0, 0, WIDTH, 8, fill=NAVY)))
    tree.append(parse_xml(_box(102, "Help", LEFT, _HELP_TOP, 780, 22, text=help_line)))
    tree.append(parse_xml(_box(103, "Number", WIDTH - LEFT - 80, _HELP_TOP, 80, 22, number=True)))


def _lay_out_title(made: Presentation) -> None:
    """The layout of the title slide: a broad band, and the lines below it."""

    layout = made.slide_layouts.get_by_name("Title Slide")
    assert layout is not None
    layout.element.set("showMasterSp", "0")
    layout.shapes.element.insert(2, parse_xml(_box(101, "Band", 0, 0, WIDTH, 300, fill=NAVY)))
    for shape in list(layout.placeholders):
        is_title = shape.placeholder_format.type == PP_PLACEHOLDER.CENTER_TITLE
        top, height = (80, 200) if is_title else (324, 150)
        _move(shape, LEFT + 18, top, TABLE_WIDTH - 36, height)
        body = shape.element.find(".//{*}bodyPr")
        body.set("anchor", "b" if is_title else "t")
        style = shape.element.find(".//{*}lstStyle")
        for child in list(style):
            style.remove(child)
        colour = "bg1" if is_title else "tx1"
        size, bold = ("3600", "1") if is_title else ("2000", "0")
        style.append(
            parse_xml(
                f'<a:lvl1pPr {_NAMESPACES} marL="0" indent="0" algn="l"><a:buNone/><a:defRPr '
                f'sz="{size}" b="{bold}"><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
                "</a:defRPr></a:lvl1pPr>"
            )
        )


def _move(shape: Any, left: int, top: int, width: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = Pt(left), Pt(top), Pt(width), Pt(height)


def _box(
    id_: int, name: str, left: int, top: int, width: int, height: int,
    *, fill: str = "", text: str = "", number: bool = False,
) -> str:  # fmt: skip
    """A box that every slide shows and that is no part of it: it is never read as an answer."""
    filling = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else "<a:noFill/>"
    style = f'lang="en-GB" sz="1200"><a:solidFill><a:srgbClr val="{GREY}"/></a:solidFill>'
    run = f"<a:r><a:rPr {style}</a:rPr><a:t>{escape(text)}</a:t></a:r>" if text else ""
    if number:
        field = uuid5(NAMESPACE_URL, "number")
        run = f'<a:fld id="{{{field}}}" type="slidenum"><a:rPr {style}</a:rPr><a:t>1</a:t></a:fld>'
    return (
        f'<p:sp {_NAMESPACES}><p:nvSpPr><p:cNvPr id="{id_}" name="{name}"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{Pt(left)}" '
        f'y="{Pt(top)}"/><a:ext cx="{Pt(width)}" cy="{Pt(height)}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{filling}<a:ln><a:noFill/></a:ln></p:spPr>'
        '<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>'
        f'<a:lstStyle/><a:p><a:pPr algn="{"r" if number else "l"}"/>{run}</a:p></p:txBody></p:sp>'
    )


def group_slides(made: Presentation, groups: list[tuple[str, list[Slide]]]) -> None:
    """Name the sections that PowerPoint shows beside the slides."""

    named = ""
    for n, (name, slides) in enumerate(groups):
        id_ = str(uuid5(NAMESPACE_URL, f"{n} {name}")).upper()
        ids = "".join(f'<p14:sldId id="{slide.slide_id}"/>' for slide in slides)
        named += f'<p14:section name={quoteattr(name)} id="{{{id_}}}">'
        named += f"<p14:sldIdLst>{ids}</p14:sldIdLst></p14:section>"
    made.element.append(
        parse_xml(
            f'<p:extLst {_NAMESPACES}><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">'
            '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
            f"{named}</p14:sectionLst></p:ext></p:extLst>"
        )
    )


def bytes_of(made: Presentation) -> bytes:
    """The file: in this look's colours, in British English, the same for the same slides."""
    saved, out = BytesIO(), BytesIO()
    made.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, _adapted(name, old.read(name)))
    return out.getvalue()


def _adapted(name: str, content: bytes) -> bytes:
    """What python-pptx begins every file with, made ours; nothing of a deck stands in these."""
    if name.startswith("ppt/theme/"):
        text = content.decode()
        for part, colour in _THEME.items():
            replaced = rf'<a:{part}><a:srgbClr val="{colour}"/></a:{part}>'
            text = re.sub(rf"<a:{part}>.*?</a:{part}>", replaced, text, flags=re.DOTALL)
        text = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', r"\1Arial", text)
        return text.encode()
    if name == "docProps/app.xml":
        return content.replace(b"On-screen Show (4:3)", b"Widescreen")
    if name.startswith(("ppt/slideMasters/", "ppt/slideLayouts/", "ppt/notesMasters/")):
        return content.replace(b'lang="en-US"', b'lang="en-GB"')
    return content
