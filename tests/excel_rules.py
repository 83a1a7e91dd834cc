"""What Excel refuses or repairs in a workbook, looked for in the XML of the file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from posixpath import dirname, join, normpath
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
_NAME_OF_TABLE = re.compile(r"[A-Za-z_\\][\w.\\]*")
_LIKE_A_CELL = re.compile(r"(?i)[a-z]{1,3}\d+|r\d*|c\d*|r\d+c\d+")
_REFERENCE = re.compile(r"(?:'(?:[^']|'')*'|[^,'])+")
Area = tuple[int, int, int, int]


def broken_rules(content: bytes) -> list[str]:
    """Every rule of Excel's that the workbook breaks, with its place; none where it is sound."""
    return list(_Workbook(content).broken())


def formulas(content: bytes) -> list[str]:
    """The formulas of a workbook's cells."""
    return [f.text or "" for _, xml in _Workbook(content).sheets() for f in xml.iter(f"{_MAIN}f")]


class _Workbook:
    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = packed.namelist()
            assert len(names) == len(set(names))
            self.parts = {name: packed.read(name) for name in names}
        self.xml = {n: ET.fromstring(c) for n, c in self.parts.items() if not n.endswith(".vml")}
        book = self.xml["xl/workbook.xml"]
        self.names = [s.get("name", "") for s in book.iter(f"{_MAIN}sheet")]
        shared = self.xml.get("xl/sharedStrings.xml")
        entries = [] if shared is None else shared.iter(f"{_MAIN}si")
        self.strings = [_text(entry) for entry in entries]
        styles = self.xml["xl/styles.xml"].find(f"{_MAIN}cellXfs")
        assert styles is not None
        self.formats = len(styles)

    def sheets(self) -> Iterator[tuple[str, Element]]:
        for n, name in enumerate(self.names, 1):
            yield name, self.xml[f"xl/worksheets/sheet{n}.xml"]

    def broken(self) -> Iterator[str]:
        if self.formats > 64_000:
            yield f"{self.formats} formats"
        yield from self._names()
        yield from self._defined()
        taken: set[str] = set()
        for n, (name, xml) in enumerate(self.sheets(), 1):
            links = self._links(f"xl/worksheets/sheet{n}.xml")
            cells = dict(self._cells(xml))
            for said in (
                *_bad_cells(xml, self.formats, len(self.strings)),
                *(f"{c} has a text too long" for c, t in cells.items() if _units(t) > 32_767),
                *_bad_checks(xml, self),
                *self._tables(xml, links, cells, taken),
                *self._hyperlinks(xml, links),
                *_bad_page(xml),
            ):
                yield f"{name}: {said}"

    def _names(self) -> Iterator[str]:
        for name in self.names:
            if not 0 < _units(name) <= 31 or re.search(r"[\[\]:*?/\\]|^'|'$", name):
                yield f"no name for a sheet: {name!r}"
        known = {name.casefold() for name in self.names}
        if len(known) < len(self.names) or "history" in known:
            yield f"names of sheets: {self.names}"

    def _defined(self) -> Iterator[str]:
        seen = set()
        for each in self.xml["xl/workbook.xml"].iter(f"{_MAIN}definedName"):
            name, sheet = each.get("name", ""), each.get("localSheetId", "")
            if (name, sheet) in seen or not re.fullmatch(r"(_xlnm\.)?[A-Za-z_][\w.]*", name):
                yield f"defined name {name} of sheet {sheet}"
            seen.add((name, sheet))
            for part in _REFERENCE.findall(each.text or ""):
                if _sheet_of(part) not in self.names:
                    yield f"defined name {name} leads to {part}"

    def _links(self, part: str) -> dict[str, tuple[str, bool]]:
        folder, _, file = part.rpartition("/")
        rels = self.xml.get(f"{folder}/_rels/{file}.rels")
        found = {}
        for each in [] if rels is None else rels:
            outside = each.get("TargetMode") == "External"
            target = each.get("Target", "")
            found[each.get("Id", "")] = (
                target if outside else normpath(join(dirname(part), target)),
                outside,
            )
        return found

    def _cells(self, xml: Element) -> Iterator[tuple[str, str]]:
        """The texts of cells by their places."""
        for cell in xml.iter(f"{_MAIN}c"):
            if cell.get("t") == "s":
                yield cell.get("r", ""), self.strings[int(cell.findtext(f"{_MAIN}v", "0"))]
            elif cell.get("t") == "inlineStr":
                yield cell.get("r", ""), _text(cell)

    def _tables(
        self,
        xml: Element,
        links: dict[str, tuple[str, bool]],
        cells: dict[str, str],
        taken: set[str],
    ) -> Iterator[str]:
        areas = [_area(m.get("ref", "")) for m in xml.iter(f"{_MAIN}mergeCell")]
        for part in xml.iter(f"{_MAIN}tablePart"):
            table = self.xml[links[part.get(_LINK, "")][0]]
            name, ref = table.get("name", ""), table.get("ref", "")
            if not _NAME_OF_TABLE.fullmatch(name) or _LIKE_A_CELL.fullmatch(name):
                yield f"no name for a table: {name}"
            for unique in (name.casefold(), f"id {table.get('id')}"):
                if unique in taken:
                    yield f"two tables have {unique}"
                taken.add(unique)
            if table.get("displayName") != name:
                yield f"table {name} is displayed as {table.get('displayName')}"
            top, left, bottom, right = area = _area(ref)
            areas.append(area)
            if bottom <= top:
                yield f"table {name} has no row"
            heads = [c.get("name", "") for c in table.iter(f"{_MAIN}tableColumn")]
            shown = [cells.get(f"{_letters(n)}{top}") for n in range(left, right + 1)]
            if [_unescaped(head) for head in heads] != shown:
                yield f"table {name} has the columns {heads} over {shown}"
            if len({head.casefold() for head in heads}) < len(heads):
                yield f"table {name} has two columns of one name: {heads}"
            if any(not h or _units(h) > 255 or re.search(r"[\n\r\t]|_x000", h) for h in heads):
                yield f"table {name} has columns without a name of one line: {heads}"
            own = table.find(f"{_MAIN}autoFilter")
            if own is None or own.get("ref") != ref or xml.find(f"{_MAIN}autoFilter") is not None:
                yield f"table {name} has no filter of its own"
        if any(_meet(a, b) for n, a in enumerate(areas) for b in areas[:n]):
            yield f"merged cells and tables overlap: {areas}"

    def _hyperlinks(self, xml: Element, links: dict[str, tuple[str, bool]]) -> Iterator[str]:
        found = list(xml.iter(f"{_MAIN}hyperlink"))
        if len(found) > 65_530:
            yield f"{len(found)} links"
        for each in found:
            if (id_ := each.get(_LINK)) is not None:
                if id_ not in links or len(links[id_][0]) > 2_079 or not links[id_][1]:
                    yield f"the link {id_} leads nowhere"
            elif _sheet_of(each.get("location", "")) not in self.names:
                yield f"the link to {each.get('location')} leads nowhere"
        for target, outside in links.values():
            if not outside and target not in self.parts:
                yield f"{target} is missing"


def _bad_cells(xml: Element, formats: int, strings: int) -> Iterator[str]:
    last_row = 0
    for row in xml.iter(f"{_MAIN}row"):
        n, last = int(row.get("r", "0")), 0
        if not last_row < n <= 1_048_576 or float(row.get("ht", "1")) > 409.5:
            yield f"row {n}, {row.get('ht')} points high"
        last_row = n
        for cell in row.iter(f"{_MAIN}c"):
            place = cell.get("r", "")
            top, left, *_ = _area(place)
            if top != n or not last < left <= 16_384 or int(cell.get("s", "0")) >= formats:
                yield f"cell {place}"
            last = left
            value = cell.findtext(f"{_MAIN}v")
            if cell.get("t") == "s" and not 0 <= int(value or "-1") < strings:
                yield f"{place} has no text"
            elif cell.get("t") is None and not re.fullmatch(r"[-\d.eE+]*", value or ""):
                yield f"{place} has the number {value}"
    for column in xml.iter(f"{_MAIN}col"):
        if float(column.get("width", "0")) > 255:
            yield f"column {column.get('min')} is too wide"


def _bad_checks(xml: Element, book: _Workbook) -> Iterator[str]:
    areas: list[Area] = []
    for check in xml.iter(f"{_MAIN}dataValidation"):
        where = check.get("sqref", "")
        for most, texts in {
            255: [check.get("prompt"), check.get("error"), check.findtext(f"{_MAIN}formula1")],
            32: [check.get("promptTitle"), check.get("errorTitle")],
        }.items():
            # the quotes around a list are not counted
            if any(_units(_unescaped(text or "").strip('"')) > most for text in texts):
                yield f"the check of {where} says too much"
        source = check.findtext(f"{_MAIN}formula1", "")
        if check.get("type") == "list" and not re.fullmatch(r'"[^"]+"', source):
            area = _area(source.rpartition("!")[2])
            other = dict(book.sheets()).get(_sheet_of(source))
            texts_there = {} if other is None else dict(book._cells(other))
            for n in range(area[0], area[2] + 1):
                if not texts_there.get(f"{_letters(area[1])}{n}"):
                    yield f"the check of {where} offers nothing at {source}"
        areas += [_area(part) for part in where.split()]
    if any(_meet(a, b) for n, a in enumerate(areas) for b in areas[:n]):
        yield "two checks of one cell"


def _bad_page(xml: Element) -> Iterator[str]:
    for each in ("oddHeader", "oddFooter"):
        text = xml.findtext(f".//{_MAIN}{each}", "")
        if _units(text) > 255 or re.search(r"(?<!&)(&&)*&(?![&LCRPNA\d\"])", text):
            yield f"{each} is {text!r}"


def _text(entry: Element) -> str:
    return _unescaped("".join(part.text or "" for part in entry.iter(f"{_MAIN}t")))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _sheet_of(reference: str) -> str:
    return reference.rpartition("!")[0].removeprefix("=").strip("'").replace("''", "'")


def _area(ref: str) -> Area:
    first, _, last = ref.partition(":")
    ends = [_CELL.fullmatch(end) for end in (first, last or first)]
    (top, left), (bottom, right) = ((int(m[2]), _column(m[1])) for m in ends if m is not None)
    return top, left, bottom, right


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _letters(column: int) -> str:
    above, here = divmod(column - 1, 26)
    return (_letters(above) if above else "") + chr(ord("A") + here)


def _meet(a: Area, b: Area) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]
