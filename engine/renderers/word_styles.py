"""What the pages, headings, boxes and tables of a Word report look like."""

from __future__ import annotations

from typing import Any

from engine.extras import extra
from engine.renderers.blocks import COLOURS
from engine.renderers.report import LANGUAGE

with extra("office", "Word files"):
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Cm, Pt, RGBColor

_FONT = "Arial"  # or what the reader's machine has in its place
WIDTH = Cm(17)  # of A4 between its margins
_NAMES = Cm(2.4)  # of the names before what they stand for
_INK, _QUIET, _RULE, _HEAD, _LINK = "16181D", "4A4F58", "B4B9C1", "ECEEF1", "0B4A8F"
_TABLE_STYLE = f"""
<w:style {nsdecls("w")}>
  <w:tblPr>
    <w:tblInd w:w="85" w:type="dxa"/>
    <w:tblBorders>
      <w:bottom w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="60" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>
      <w:bottom w:w="60" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/></w:rPr>
    <w:tblPr/>
    <w:tcPr>
      <w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{_QUIET}"/></w:tcBorders>
      <w:shd w:val="clear" w:color="auto" w:fill="{_HEAD}"/>
    </w:tcPr>
  </w:tblStylePr>
</w:style>
"""
TABLE, TABLE_TEXT, AFTER_TABLE = "Report Table", "Table Text", "After Table"


def set_page(section: Any, header: str, footer: str) -> None:
    """A4, with its own header, and at the foot the footer and the page's number."""
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2.2)
    section.header_distance = section.footer_distance = Cm(1.1)
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    section.header.paragraphs[0].text = header
    foot = section.footer.paragraphs[0]
    foot.text = f"{footer}\tPage "
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")


def _field(paragraph: Any, code: str) -> None:
    """What Word works out each time: a page's number."""
    for kind in ("begin", "", "separate", "1", "end"):
        run = paragraph.add_run()
        if kind == "1":
            run.text = kind
        elif kind:
            run._r.append(element("w:fldChar", fldCharType=kind))
        else:
            instruction = element("w:instrText")
            instruction.text = f" {code} "
            run._r.append(instruction)


def element(tag: str, **attributes: str) -> Any:
    """An element of Word's XML, for what python-docx has no words for."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def set_styles(document: Any) -> None:
    """Every style that the report uses; no text has a look of its own."""
    styles = document.styles
    _text_styles(styles)
    _page_styles(styles)
    _table_style(styles)
    for tone, (ink, tint) in COLOURS.items():
        style = _style(styles, f"Outcome {tone}")
        _box(style, ink, tint)
        says = _style(styles, f"Outcome {tone} title")
        says.base_style = style
        says.font.size, says.font.bold = Pt(15), True
        says.font.color.rgb = RGBColor.from_string(ink.upper())
        says.paragraph_format.keep_with_next = True


def _text_styles(styles: Any) -> None:
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    normal = styles["Normal"]
    _set_font(normal, 10.5, _INK)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.12
    for name, size, before in (
        ("Title", 22, 0), ("Heading 1", 16, 18), ("Heading 2", 13, 14), ("Heading 3", 11.5, 12),
    ):  # fmt: skip
        style = styles[name]
        _set_font(style, size, _INK)
        style.font.bold = True
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(5)
        style.paragraph_format.keep_with_next = True
        for border in style.element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)
    _set_font(_style(styles, "Quiet"), 10, _QUIET)
    pair = _style(styles, "Pair").paragraph_format
    pair.left_indent, pair.first_line_indent = _NAMES, -_NAMES
    pair.space_after = Pt(3)
    pair.tab_stops.add_tab_stop(_NAMES)
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = RGBColor.from_string(_LINK), True


def _page_styles(styles: Any) -> None:
    for name in ("Header", "Footer"):
        _set_font(styles[name], 8.5, _QUIET)
        stops = styles[name].paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _table_style(styles: Any) -> None:
    text = _style(styles, TABLE_TEXT)
    _set_font(text, 9.5, _INK)
    text.paragraph_format.space_after = Pt(0)
    after = _style(styles, AFTER_TABLE)  # what parts a table from the next
    _set_font(after, 6, _INK)
    after.paragraph_format.space_after = Pt(0)
    for unused in styles.element.xpath("w:style[@w:type='table'][not(@w:default)]"):
        styles.element.remove(unused)
    table = styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
    for part in parse_xml(_TABLE_STYLE):
        table.element.append(part)


def _style(styles: Any, name: str) -> Any:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    return style


def _set_font(style: Any, size: float, ink: str) -> None:
    style.font.size, style.font.name = Pt(size), _FONT
    style.font.color.rgb = RGBColor.from_string(ink)
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):  # a theme's font would win over the named one
        if name.lower().endswith("theme"):
            del fonts.attrib[name]
    for name in ("hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), _FONT)


def _box(style: Any, ink: str, tint: str) -> None:
    """A tinted box around the paragraphs of a style; those that follow each other share one."""
    form = style.paragraph_format
    form.left_indent, form.right_indent = Cm(0.4), Cm(0.2)
    form.space_after = Pt(3)
    properties = style.element.get_or_add_pPr()
    borders = element("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        width = "48" if side == "left" else "6"
        borders.append(element(f"w:{side}", val="single", sz=width, space="6", color=ink))
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )
    shade = element("w:shd", val="clear", color="auto", fill=tint)
    properties.insert_element_before(shade, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
