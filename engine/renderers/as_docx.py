"""A run as a Word document for a board."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any

from engine.extras import extra
from engine.model.check_run import CheckRun
from engine.renderers.blocks import (
    Block,
    Bullets,
    Callout,
    Heading,
    Line,
    Pairs,
    Paragraph,
    Report,
    Run,
    Table,
)
from engine.renderers.report import LANGUAGE, report_of
from engine.renderers.word_styles import (
    AFTER_TABLE,
    TABLE,
    TABLE_TEXT,
    WIDTH,
    element,
    set_page,
    set_styles,
)

with extra("office", "Word files"):
    from docx import Document
    from docx.enum.section import WD_SECTION
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Emu, Pt

_ZIPPED_ON = (1980, 1, 1, 0, 0, 0)


def as_docx(run: CheckRun, show_all: bool = False) -> bytes:
    """The report as a Word document, the same bytes each time."""
    report = report_of(run, show_all)
    document = Document()
    _describe(document, report)
    set_styles(document)
    for number, part in enumerate(report.parts):
        section = document.sections[0]
        if number:
            section = document.add_section(WD_SECTION.NEW_PAGE)
        set_page(section, part.header, report.footer)
        for place, block in enumerate(part.blocks):
            following = part.blocks[place + 1 : place + 2]
            stays = bool(following) and isinstance(following[0], Pairs | Table)
            _write(document, block, stays)
    out = io.BytesIO()
    document.save(out)
    return _same_bytes(out.getvalue())


def _same_bytes(content: bytes) -> bytes:
    """The same archive without the time at which it was written."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, _ZIPPED_ON)
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, given.read(name))
    return out.getvalue()


def _describe(document: Any, report: Report) -> None:
    about = document.core_properties
    about.title, about.language = report.title, LANGUAGE
    about.author = about.comments = about.last_modified_by = about.keywords = ""
    if report.day is not None:
        about.created = about.modified = datetime.combine(report.day, time(), tzinfo=UTC)


def _write(document: Any, block: Block, stays: bool) -> None:
    """Write a block; one that stays is kept on the page of what follows it."""
    match block:
        case Heading(0, text):
            document.add_paragraph(text, "Title")
        case Heading(level, text):
            document.add_paragraph(text, f"Heading {level}")
        case Paragraph(content, quiet):
            paragraph = _add(document, content, "Quiet" if quiet else "Normal")
            paragraph.paragraph_format.keep_with_next = stays or None
        case Bullets(lines):
            for each in lines:
                _add(document, each, "List Bullet")
        case Pairs(rows):
            for number, (name, content) in enumerate(rows, 1):
                paragraph = document.add_paragraph(style="Pair")
                paragraph.add_run(name).bold = True
                paragraph.add_run("\t")
                _fill(paragraph, content)
                paragraph.paragraph_format.keep_with_next = stays or number < len(rows) or None
        case Callout(tone, title, lines):
            paragraph = _add(document, title, f"Outcome {tone} title")
            for each in lines:
                paragraph.paragraph_format.keep_with_next = True
                paragraph = _add(document, each, f"Outcome {tone}")
            paragraph.paragraph_format.space_after = Pt(14)
        case Table():
            _table(document, block)


def _add(document: Any, content: Line, style: str) -> Any:
    paragraph = document.add_paragraph(style=style)
    _fill(paragraph, content)
    return paragraph


def _fill(paragraph: Any, content: Line) -> None:
    for number, run in enumerate(content):
        if number:
            paragraph.add_run(" ")
        if run.link:
            _link(paragraph, run)
        else:
            paragraph.add_run(run.text).bold = run.bold or None


def _link(paragraph: Any, run: Run) -> None:
    target = paragraph.part.relate_to(run.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), target)
    shown = paragraph.add_run(run.text, "Hyperlink")
    shown.bold = run.bold or None
    link.append(shown._r)
    paragraph._p.append(link)


def _table(document: Any, table: Table) -> None:
    made = document.add_table(rows=1, cols=len(table.columns), style=TABLE)
    made.autofit = False
    properties = made._tbl.tblPr
    properties.append(element("w:tblCaption", val=table.title))
    total = sum(column.share for column in table.columns)
    widths = [Emu(WIDTH * column.share // total) for column in table.columns]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    head = made.rows[0]
    _row(head, [(Run(column.title),) for column in table.columns], widths)
    head._tr.get_or_add_trPr().append(element("w:tblHeader"))
    for cell in head.cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    for row in table.rows:
        _row(made.add_row(), row, widths)
    document.add_paragraph(style=AFTER_TABLE)


def _row(made: Any, cells: Iterable[Line], widths: list[Emu]) -> None:
    made._tr.get_or_add_trPr().append(element("w:cantSplit"))
    for cell, content, width in zip(made.cells, cells, widths, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.style = TABLE_TEXT
        _fill(paragraph, content)
