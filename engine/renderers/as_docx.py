"""A run as a Word document for a board."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time
from typing import Any

from engine.extras import extra
from engine.model.check_run import CheckRun, Show
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
    is_short,
)
from engine.renderers.report import AUTHOR, LANGUAGE, report_of
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

FIRST_ROWS = 3  # of a long table, which begin on one page
_ZIPPED_ON = (1980, 1, 1, 0, 0, 0)


def as_docx(run: CheckRun, show: Show = "findings") -> bytes:
    """The report as a Word document, the same bytes each time."""
    report = report_of(run, show)
    document = Document()
    _describe(document, report)
    set_styles(document)
    writing = _Writing(document)
    for number, part in enumerate(report.parts):
        section = document.sections[0]
        if number:
            section = document.add_section(WD_SECTION.NEW_PAGE)
        set_page(section, part.header, report.footer)
        for place, block in enumerate(part.blocks):
            if place == 0:
                writing.mark(number)
            following = part.blocks[place + 1 : place + 2]
            writing.block(block, stays=bool(following) and isinstance(following[0], Pairs | Table))
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
    about.author = about.last_modified_by = AUTHOR
    about.comments = about.keywords = ""
    if report.day is not None:
        about.created = about.modified = datetime.combine(report.day, time(), tzinfo=UTC)


def _bookmark(part: int) -> str:
    return f"part{part + 1}"


class _Writing:
    """Writes blocks at the end of a document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._next_part: int | None = None
        # python-docx looks through every style for each paragraph; this asks once
        self._styles = {style.name: style.style_id for style in document.styles}

    def mark(self, part: int) -> None:
        """Let links lead to the heading that is written next."""
        self._next_part = part

    def block(self, block: Block, *, stays: bool) -> None:
        """Write a block; one that stays is kept on the page of what follows it."""
        match block:
            case Heading(level, text):
                heading = self._add((Run(text),), f"Heading {level}" if level else "Title")
                self._bookmark(heading)
            case Paragraph(content, quiet):
                self._add(content, "Quiet" if quiet else "Normal", stays=stays)
            case Bullets(lines):
                for each in lines:
                    self._add(each, "List Bullet")
            case Pairs(rows):
                for number, (name, content) in enumerate(rows, 1):
                    lead = Run(name, bold=True)
                    last = number == len(rows)
                    paragraph = self._add(content, "Pair", lead, stays=stays or not last)
                    if last:
                        paragraph.paragraph_format.space_after = Pt(8)
            case Callout(tone, title, lines):
                paragraph = self._add(title, f"Outcome {tone} title", stays=bool(lines))
                for number, each in enumerate(lines, 1):
                    paragraph = self._add(each, f"Outcome {tone}", stays=number < len(lines))
                paragraph.paragraph_format.space_after = Pt(14)
            case Table():
                self._table(block)

    def _bookmark(self, heading: Any) -> None:
        part, self._next_part = self._next_part, None
        if part is not None:
            start = element("w:bookmarkStart", id=str(part), name=_bookmark(part))
            heading._p.insert_element_before(start, "w:r")
            heading._p.append(element("w:bookmarkEnd", id=str(part)))

    def _add(
        self, content: Line, style: str, lead: Run | None = None, *, stays: bool = False
    ) -> Any:
        paragraph = self._document.add_paragraph()
        if lead is not None:
            paragraph.add_run(lead.text).bold = lead.bold
            paragraph.add_run("\t")
        return self._fill(paragraph, content, style, stays=stays)

    def _fill(self, paragraph: Any, content: Line, style: str, *, stays: bool = False) -> Any:
        paragraph._p.style = self._styles[style]
        if stays:
            paragraph.paragraph_format.keep_with_next = True
        for number, run in enumerate(content):
            if number:
                paragraph.add_run(" ")
            shown = paragraph.add_run(run.text)
            if run.bold:
                shown.bold = True
            if run.link or run.part is not None:
                self._link(paragraph, shown, run)
        return paragraph

    def _link(self, paragraph: Any, shown: Any, run: Run) -> None:
        link = OxmlElement("w:hyperlink")
        if run.part is not None:
            link.set(qn("w:anchor"), _bookmark(run.part))
        else:
            kind = RELATIONSHIP_TYPE.HYPERLINK
            link.set(qn("r:id"), paragraph.part.relate_to(run.link, kind, is_external=True))
        shown._r.style = self._styles["Hyperlink"]
        link.append(shown._r)
        paragraph._p.append(link)

    def _table(self, table: Table) -> None:
        made = self._document.add_table(len(table.rows) + 1, len(table.columns))
        made._tbl.tblPr.style = self._styles[TABLE]
        made.autofit = False
        made._tbl.tblPr.append(element("w:tblCaption", val=table.title))
        total = sum(column.share for column in table.columns)
        widths = [Emu(WIDTH * column.share // total) for column in table.columns]
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        headings = tuple((Run(column.title),) for column in table.columns)
        # rows that stay with the next: all but the last of a short table, the first of a long one
        together = len(table.rows) if is_short(table) else FIRST_ROWS
        for number, (row, cells) in enumerate(zip(made.rows, (headings, *table.rows), strict=True)):
            marks = row._tr.get_or_add_trPr()
            marks.append(element("w:cantSplit"))
            if cells is headings:
                marks.append(element("w:tblHeader"))
            for cell, content, width in zip(row.cells, cells, widths, strict=True):
                cell.width = width
                self._fill(cell.paragraphs[0], content, TABLE_TEXT, stays=number < together)
        self._add((), AFTER_TABLE)
