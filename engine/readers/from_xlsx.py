"""Excel workbooks in, as pages: .xlsx and .xlsm here, .xls by way of from_xls."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from io import BytesIO
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from engine.model.pages import Pages
from engine.readers.from_xls import read_old_workbook
from engine.readers.number_formats import BUILT_IN, Shown, as_shown
from engine.readers.office_kinds import Kind
from engine.readers.package_notes import notes_of
from engine.readers.packages import Package, open_package, reading
from engine.readers.sheets import Collector, Entry, Sheet, error_in_words
from engine.readers.unread import drawn_on_sheet, in_words, local_name

NEVER_WORKED_OUT = "a formula that was never worked out: open the workbook in Excel and save it"
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
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
        workbook = _Workbook(package)
        for sheet in workbook.sheets(collector):
            collector.add(sheet)
    return Pages(source, tuple(collector.pages), tuple(collector.notes))


@dataclass
class _Workbook:
    """A package, and what all of its sheets share."""

    package: Package

    def __post_init__(self) -> None:
        self._root = ET.fromstring(self.package.part(self.package.main))  # noqa: S314
        self._relations = self.package.relations(self.package.main)
        properties = _find(self._root, "workbookPr")
        self.from_1904 = properties is not None and _is_on(properties.get("date1904"))
        calculation = _find(self._root, "calcPr")
        # a program that cannot calculate wrote it, and Excel has not saved it since
        self.to_be_worked_out = calculation is not None and _is_on(
            calculation.get("fullCalcOnLoad")
        )

    def sheets(self, collector: Collector) -> Iterator[Sheet]:
        """Each sheet in the order of its tabs."""
        by_id = {each.id: each for each in self._relations}
        tabs = _find(self._root, "sheets")
        for tab in () if tabs is None else tabs:
            relation = by_id[_attribute(tab, "id")]
            sheet = Sheet(tab.get("name", "").strip(), tab.get("state", "visible") != "visible")
            if relation.kind == "worksheet":
                _SheetReader(self, sheet, collector).read(relation.target)
            else:
                sheet.unread = in_words(
                    [_SHEETS_WITHOUT_CELLS.get(relation.kind, "sheet of another kind")]
                )
            yield sheet

    def _shared(self, kind: str) -> bytes | None:
        part = next((each.target for each in self._relations if each.kind == kind), None)
        return None if part is None else self.package.part(part)

    @cached_property
    def texts(self) -> Sequence[str | None]:
        """The texts that cells refer to by number."""
        content = self._shared("sharedStrings")
        return [] if content is None else [_text(item) for item in _each(content, "si")]

    @cached_property
    def formats(self) -> Sequence[str]:
        """The format of each style that cells refer to by number."""
        content = self._shared("styles")
        if content is None:
            return []
        root = ET.fromstring(content)  # noqa: S314 - checked
        own = {
            int(each.get("numFmtId", "")): each.get("formatCode", "")
            for each in _children(_find(root, "numFmts"))
        }
        codes = {**BUILT_IN, **own}
        return [
            codes.get(int(each.get("numFmtId", "0")), "General")
            for each in _children(_find(root, "cellXfs"))
        ]


class _SheetReader:
    """Reads one worksheet's part into a sheet."""

    def __init__(self, workbook: _Workbook, sheet: Sheet, collector: Collector) -> None:
        self._workbook, self._sheet, self._collector = workbook, sheet, collector
        self._row = -1
        self._columns = 0

    def read(self, part: str) -> None:
        """Read the part with this name, and what its relations say is drawn on the sheet."""
        package = self._workbook.package
        for element in _each(package.part(part), "row", "col", "mergeCell", "filterColumn"):
            match local_name(element):
                case "row":
                    self._read_row(element)
                case "col":
                    self._read_column(element)
                case "mergeCell":
                    self._sheet.merged.append(_range(element.get("ref", "")))
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
                comments = _each(package.part(relation.target), "comment")
                things += ["comment" for _ in comments]
            elif relation.kind == "ctrlProp":
                things.append("form control")
        self._sheet.unread = (*drawn, *in_words(things))

    def _read_row(self, element: Element) -> None:
        self._row = int(element.get("r", self._row + 2)) - 1
        column = -1
        for cell in element:
            name = cell.get("r")
            at = (self._row, column + 1) if name is None else _place(name)
            column = at[1]
            entry = self._entry(cell, at)
            if entry is not None:
                self._sheet.cells[at] = entry
        if _is_on(element.get("hidden")):
            self._sheet.hidden_rows.add(self._row)
        self._collector.room_for(len(self._sheet.cells), self._sheet.name)

    def _read_column(self, element: Element) -> None:
        if _is_on(element.get("hidden")):
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
            content = None if inline is None else _text(inline)
            return None if content is None else Entry(content)
        if not written:
            return None
        match kind:
            case "s":
                content = self._workbook.texts[_index(written)]
                return None if content is None else Entry(content)
            case "str":
                content = _clean(written)
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
        return Entry(shown.content, shown.problem)

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
        code = formats[_index(style)] if style and formats else "General"
        return as_shown(written, code, from_1904=self._workbook.from_1904)


def _each(content: bytes, *names: str) -> Iterator[Element]:
    """Each element of these names in a part, which is forgotten after it was looked at."""
    for _, element in ET.iterparse(BytesIO(content)):  # noqa: S314 - checked
        if local_name(element) in names:
            yield element
            element.clear()


def _find(root: Element, name: str) -> Element | None:
    return next((each for each in root if local_name(each) == name), None)


def _children(element: Element | None) -> Sequence[Element]:
    return [] if element is None else list(element)


def _attribute(element: Element, name: str) -> str:
    """An attribute with a namespace, of which there are two in use."""
    for key, value in element.items():
        if key.endswith("}" + name):
            return value
    raise KeyError(f"no {name} of {local_name(element)}")


def _index(written: str) -> int:
    """A position in a list, which must not count from its end."""
    index = int(written)
    if index < 0:
        raise IndexError(f"{written} is no position")
    return index


def _is_on(value: str | None) -> bool:
    return value in ("1", "true", "on")


def _text(item: Element) -> str | None:
    """A text with its differently formatted runs together, without guides to pronouncing it."""
    pieces: list[str] = []
    for each in item:
        match local_name(each):
            case "t":
                pieces.append(each.text or "")
            case "r":
                pieces += [run.text or "" for run in each if local_name(run) == "t"]
    return _clean("".join(pieces))


def _clean(text: str) -> str | None:
    """The text as people see it; None where it is blank."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip() or None


def _iso_day(written: str) -> Shown:
    day, _, time = written.strip().partition("T")
    try:
        return Shown(date.fromisoformat(day), cut=bool(time.strip("0:.Z")))
    except ValueError:
        return Shown(None, f"a day that cannot be read ({written[:20]})")


def _range(name: str) -> tuple[int, int, int, int]:
    first, _, last = name.partition(":")
    return (*_place(first), *_place(last or first))


def _place(name: str) -> tuple[int, int]:
    """Row and column, from 0, of "C7"."""
    match = _CELL.fullmatch(name)
    if match is None:
        raise ValueError(f"{name} is not the name of a cell")
    return int(match[2]) - 1, _column(match[1])


@lru_cache(maxsize=1_000)
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return column - 1
