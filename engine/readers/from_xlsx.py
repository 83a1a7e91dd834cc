"""Excel workbooks in, as pages: .xlsx and .xlsm here, .xls by way of from_xls."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from engine.model.pages import Pages
from engine.readers.from_xls import read_old_workbook
from engine.readers.number_formats import Shown, as_shown
from engine.readers.office_kinds import Kind
from engine.readers.package_notes import notes_of
from engine.readers.packages import Relation, open_package, reading
from engine.readers.sheets import Collector, Entry, Sheet, error_in_words
from engine.readers.unread import STRUCK, drawn_on_sheet, in_words, local_name
from engine.readers.workbook_parts import Workbook
from engine.readers.workbook_xml import (
    clean,
    each_of,
    index_of,
    is_on,
    place_of,
    range_of,
    text_of,
)

NEVER_WORKED_OUT = "a formula that was never worked out: open the workbook in Excel and save it"
_MOST_COLUMNS = 16_384
_SHEETS_WITHOUT_CELLS = {"chartsheet": "chart", "dialogsheet": "form", "xlMacrosheet": "macro"}


def read_pages(content: bytes, source: str) -> Pages:
    """Read every sheet of a workbook, hidden ones included.

    The sheets' own XML is read here, because the reading libraries tell either no number formats
    (0.44 would not be known for 44%) or not whether a formula was ever worked out.

    Args:
        source: the file's name, for places.

    Raises:
        DeckError: it is no workbook, locked, damaged, or too large.
        ExtraMissing: a library for .xls is not installed.
    """
    package = open_package(content, source, Kind.WORKBOOK)
    if package is None:
        return read_old_workbook(content, source)
    collector = Collector(source)
    with reading(source, Kind.WORKBOOK):
        collector.notes += notes_of(package, Kind.WORKBOOK)
        workbook = Workbook(package)
        for tab, relation in workbook.tabs():
            collector.add(_sheet(workbook, tab, relation, collector))
    return Pages(source, tuple(collector.pages), tuple(collector.notes))


def _sheet(workbook: Workbook, tab: Element, relation: Relation, collector: Collector) -> Sheet:
    sheet = Sheet(tab.get("name", "").strip(), tab.get("state", "visible") != "visible")
    if relation.kind == "worksheet":
        _SheetReader(workbook, sheet, collector).read(relation.target)
    else:
        what = _SHEETS_WITHOUT_CELLS.get(relation.kind, "sheet of another kind")
        sheet.unread = in_words([what])
    return sheet


class _SheetReader:
    """Reads one worksheet's part into a sheet."""

    def __init__(self, workbook: Workbook, sheet: Sheet, collector: Collector) -> None:
        self._workbook, self._sheet, self._collector = workbook, sheet, collector
        self._row = -1
        self._struck = False
        self._columns = 0

    def read(self, part: str) -> None:
        """Read the part with this name, and what its relations say is drawn on the sheet."""
        package = self._workbook.package
        for element in each_of(package.part(part), "row", "col", "mergeCell", "filterColumn"):
            match local_name(element):
                case "row":
                    self._read_row(element)
                case "col":
                    self._read_column(element)
                case "mergeCell":
                    self._sheet.merged.append(range_of(element.get("ref", "")))
                case "filterColumn":
                    self._sheet.filtered = True
        things: list[str] = []
        drawn: tuple[str, ...] = ()
        for relation in package.relations(part):
            if relation.kind == "drawing" and not relation.external:
                drawn += drawn_on_sheet(ET.fromstring(package.part(relation.target)))  # noqa: S314
            elif relation.kind in ("oleObject", "package"):
                things.append("embedded object")
            elif relation.kind == "comments":
                comments = each_of(package.part(relation.target), "comment")
                things += ["comment" for _ in comments]
            elif relation.kind == "ctrlProp":
                things.append("form control")
        self._sheet.unread = (*drawn, *in_words(things), *[STRUCK] * self._struck)

    def _read_row(self, element: Element) -> None:
        self._row = int(element.get("r", self._row + 2)) - 1
        column = -1
        for cell in element:
            name = cell.get("r")
            at = (self._row, column + 1) if name is None else place_of(name)
            column = at[1]
            entry = self._entry(cell, at)
            if entry is not None and cell.get("s") in self._workbook.struck:
                self._struck = True  # it is withdrawn, and must not be read as an answer
            elif entry is not None:
                self._sheet.cells[at] = entry
        if is_on(element.get("hidden")):
            self._sheet.hidden_rows.add(self._row)
        self._collector.room_for(len(self._sheet.cells), self._sheet.name)

    def _read_column(self, element: Element) -> None:
        if is_on(element.get("hidden")):
            first, last = (int(element.get(each, "")) for each in ("min", "max"))
            columns = range(first - 1, min(last, _MOST_COLUMNS))
            self._columns += len(columns)
            if self._columns > _MOST_COLUMNS:
                raise ValueError("columns that overlap")
            self._sheet.hidden_columns.update(columns)

    def _entry(self, cell: Element, at: tuple[int, int]) -> Entry | None:
        """What a cell holds; None where it holds nothing, or a format alone."""
        written: str | None = None
        formula = False
        inline: Element | None = None
        for each in cell:
            match local_name(each):
                case "v":
                    written = each.text or ""
                case "f":
                    formula = True
                case "is":
                    inline = each
        kind = cell.get("t", "n")
        if formula and self._is_unknown(written, kind):
            return Entry(None, NEVER_WORKED_OUT)
        if kind == "inlineStr":
            content = None if inline is None else text_of(inline)
            return None if content is None else Entry(content)
        if not written:
            return None
        match kind:
            case "s":
                content = self._workbook.texts[index_of(written)]
                return None if content is None else Entry(content)
            case "str":
                content = clean(written)
                return None if content is None else Entry(content)
            case "b":
                return Entry(written.strip() in ("1", "true"))
            case "e":
                return Entry(None, error_in_words(written))
            case "d":
                shown = _iso_day(written)
            case _:
                shown = self._number(written, cell)
        if shown.cut:
            self._sheet.cut.append(at)
        return Entry(shown.content, shown.problem, shown.seen)

    def _is_unknown(self, written: str | None, kind: str) -> bool:
        """Whether a formula has no result.

        Programs that write workbooks and cannot calculate leave the result out, or leave it
        blank, or say 0.
        """
        if self._workbook.to_be_worked_out:
            return written in (None, "", "0")
        return written is None or (not written and kind != "str")

    def _number(self, written: str, cell: Element) -> Shown:
        style, formats = cell.get("s"), self._workbook.formats
        code = formats[index_of(style)] if style and formats else "General"
        return as_shown(written, code, from_1904=self._workbook.from_1904)


def _iso_day(written: str) -> Shown:
    day, _, time = written.strip().partition("T")
    try:
        return Shown(date.fromisoformat(day), cut=bool(time.strip("0:.Z")))
    except ValueError:
        return Shown(None, f"a day that cannot be read ({written[:20]})")
