"""Excel 97-2003 workbooks in, as pages."""

from __future__ import annotations

from io import BytesIO, StringIO
from typing import Any

from engine.extras import extra
from engine.model.pages import Pages
from engine.readers.number_formats import as_shown
from engine.readers.office_kinds import Kind, locked
from engine.readers.package_notes import MACROS
from engine.readers.packages import reading
from engine.readers.sheets import Collector, Entry, Sheet, error_in_words
from engine.readers.unread import in_words

_MACROS = "_VBA_PROJECT_CUR".encode("utf-16-le")  # the name of the folder that holds them
_ERRORS = {
    0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"
}  # fmt: skip


def read_old_workbook(content: bytes, source: str) -> Pages:
    """Read every sheet of a workbook of the old format, hidden ones included.

    Raises:
        DeckError: it is locked, damaged, or too large.
        ExtraMissing: the library for it is not installed.
    """
    with extra("office", "Excel 97-2003 workbooks"):
        import olefile  # noqa: PLC0415
        import xlrd  # noqa: PLC0415
    collector = Collector(source)
    errors = (xlrd.XLRDError, xlrd.compdoc.CompDocError, xlrd.formula.FormulaError)
    with reading(source, Kind.WORKBOOK, *errors):
        if _MACROS in content:
            collector.notes.append(MACROS)
        try:
            with olefile.OleFileIO(BytesIO(content)) as container:
                stream = _workbook_in(container, len(content))
            book = xlrd.open_workbook(
                file_contents=stream,
                logfile=StringIO(),
                formatting_info=True,  # without it no number's format is known
                on_demand=True,
                ragged_rows=True,  # or one cell far out fills the memory
            )
        except xlrd.XLRDError as error:
            if "encrypted" in str(error):
                raise locked(source, Kind.WORKBOOK) from error
            raise
        with book:
            for number in range(book.nsheets):
                collector.add(_read_sheet(book, number, collector))
                book.unload_sheet(number)
    return Pages(source, tuple(collector.pages), tuple(collector.notes))


def _workbook_in(container: Any, most: int) -> bytes:
    """The workbook's own bytes, without the container around them.

    xlrd would take them out itself, and never ends where the list of sectors runs in a circle.
    """
    name = next(each for each in ("Workbook", "Book") if container.exists(each))
    if container.get_size(name) > most:
        raise ValueError("the workbook in it claims to be larger than the file")
    found: bytes = container.openstream(name).read()
    return found


def _read_sheet(book: Any, number: int, collector: Collector) -> Sheet:
    read = book.sheet_by_index(number)
    sheet = Sheet(read.name.strip(), read.visibility != 0)
    looked_at = 0
    for row in range(read.nrows):
        looked_at += read.row_len(row)
        collector.room_for(looked_at // 10, sheet.name)  # blank ones before others cost little
        for column in range(read.row_len(row)):
            entry = _entry(book, read, row, column, sheet)
            if entry is not None:
                sheet.cells[row, column] = entry
        collector.room_for(len(sheet.cells), sheet.name)
    sheet.merged = [
        (top, left, bottom - 1, right - 1) for top, bottom, left, right in read.merged_cells
    ]
    sheet.hidden_rows = {row for row, info in read.rowinfo_map.items() if info.hidden}
    sheet.hidden_columns = {column for column, info in read.colinfo_map.items() if info.hidden}
    sheet.unread = in_words(["comment"] * len(read.cell_note_map))
    return sheet


def _entry(book: Any, read: Any, row: int, column: int, sheet: Sheet) -> Entry | None:
    value = read.cell_value(row, column)
    match read.cell_type(row, column):
        case 1:  # text
            text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
            return Entry(text) if text else None
        case 2 | 3:  # a number, or a number that xlrd takes for a day
            style = book.xf_list[read.cell_xf_index(row, column)]
            code = book.format_map[style.format_key].format_str
            shown = as_shown(repr(float(value)), code, from_1904=book.datemode == 1)
            if shown.cut:
                sheet.cut.append((row, column))
            return Entry(shown.content, shown.problem, shown.seen)
        case 4:
            return Entry(bool(value))
        case 5:
            return Entry(None, error_in_words(_ERRORS.get(value, "an unknown error")))
    return None
