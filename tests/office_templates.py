"""Templates as files, read the plain way: what stands in which table or sheet, and nothing else."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

from engine.model.deck import Deck
from engine.model.vocabulary import FactSpec, ListSpec, Value, Vocabulary
from engine.values import is_missing, parse_value

PART = re.compile(r"(.*) \(part \d+(, .*)?\)")  # of an answer that goes on; it has a label before
LINE_OF_HELP, POINT = 512, 12_700  # points from the top; units of slides
JOINTS = {
    None: " ",
    ", within a word": "",
    ", on a new line": "\n",
    ", after a blank line": "\n\n",
}
SHAPE = re.compile(r"gatewise (facts|list|cards) (\S+?)( \d+)?")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

Stated = tuple[dict[str, Value], dict[str, list[dict[str, Value]]]]


@dataclass(frozen=True)
class Table:
    """A table of a slide: its name, its description, its words row by row."""

    name: str
    description: str
    rows: list[list[str]]
    slide: int


def stated_by(deck: Deck) -> Stated:
    """A deck's values, and those of its items."""
    lists = {name: [dict(i.values) for i in items] for name, items in deck.lists.items()}
    return dict(deck.values), lists


# ---- slides


def presentation(content: bytes) -> Any:
    from pptx import Presentation

    return Presentation(BytesIO(content))


def tables_of(content: bytes) -> list[Table]:
    """Every table, in order."""
    found = []
    for number, slide in enumerate(presentation(content).slides, 1):
        for shape in slide.shapes:
            if shape.has_table:
                rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
                described = shape.element.find(".//{*}cNvPr").get("descr")
                found.append(Table(shape.name, described, rows, number))
    return found


def assert_all_fits(content: bytes) -> None:
    """On each slide all tables stand below each other, above the line of help."""
    shown = presentation(content)
    for slide in list(shown.slides)[1:]:
        lowest = slide.shapes.title.top + slide.shapes.title.height
        for shape in slide.shapes:
            if shape.has_table:
                assert shape.top >= lowest, slide.shapes.title.text
                assert shape.left + sum(c.width for c in shape.table.columns) < shown.slide_width
                assert shape.height == sum(row.height for row in shape.table.rows)
                lowest = shape.top + shape.height
        assert lowest <= LINE_OF_HELP * POINT, slide.shapes.title.text


def names_on_slides(content: bytes, words: Vocabulary) -> list[str]:
    """The full name of each fact that has room, once for each table it stands in."""
    names = []
    for table in tables_of(content):
        match = SHAPE.fullmatch(table.name)
        assert match, table.name
        kind, name = match[1], match[2]
        rows = turned(table.rows) if kind == "cards" else table.rows
        if kind == "facts":
            assert rows[0][1:] == ["Answer"]
            known = labels_of(s for s in words.stated() if s.section == name)
            labels = [row[0].split("\n")[0] for row in rows[1:]]
            names += [known[each.casefold()].name for each in labels if not PART.fullmatch(each)]
        else:
            known = labels_of(words.lists[name].facts.values())
            start = 1 if kind == "cards" else 0
            names += [f"{name}.{known[label.casefold()].name}" for label in rows[0][start:]]
    return names


def read_slides(content: bytes, words: Vocabulary) -> Stated:
    """What the tables state."""
    answers: dict[str, str] = {}
    lists: dict[str, list[dict[str, Value]]] = {}
    stated = {spec.name: spec for spec in words.stated()}
    for table in tables_of(content):
        match = SHAPE.fullmatch(table.name)
        assert match
        kind, name = match[1], match[2]
        if kind == "facts":
            known = labels_of(s for s in words.stated() if s.section == name)
            for label, answer in table.rows[1:]:
                asked = label.split("\n")[0]
                if part := PART.fullmatch(asked):
                    answers[known[part[1].casefold()].name] += JOINTS[part[2]] + answer
                else:
                    answers[known[asked.casefold()].name] = answer
            continue
        rows = turned(table.rows)[0:] if kind == "cards" else table.rows
        spec_of = labels_of(words.lists[name].facts.values())
        specs = [spec_of.get(label.casefold()) for label in rows[0]]
        read_items(lists, words.lists[name], specs, rows[1:])
    values = {
        name: parse_value(stated[name], parts_of(stated[name], answer))
        for name, answer in answers.items()
        if not is_missing(answer)
    }
    return values, lists


def turned(rows: list[list[str]]) -> list[list[str]]:
    """Columns as rows."""
    return [list(column) for column in zip(*rows, strict=True)]


# ---- workbooks


def sheets_of(content: bytes) -> dict[str, list[list[Any]]]:
    """Each sheet's cells: text, numbers and days as the file holds them, "" where blank."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


def names_in_sheets(content: bytes) -> list[str]:
    """The full name of each fact that has room."""
    names = []
    for rows in sheets_of(content).values():
        if rows and rows[0][:3] == ["Name", "What", "Answer"]:
            names += [row[0] for row in rows[1:]]
        elif rows and "." in str(rows[0][0]):
            names += rows[0]
    return names


def read_sheets(content: bytes, words: Vocabulary) -> Stated:
    """What the sheets state."""
    stated = {spec.name: spec for spec in words.stated()}
    of_items = {
        f"{spec.name}.{name}": (spec, fact)
        for spec in words.lists.values()
        for name, fact in spec.facts.items()
    }
    values: dict[str, Value] = {}
    lists: dict[str, list[dict[str, Value]]] = {}
    for rows in sheets_of(content).values():
        if rows and rows[0][:3] == ["Name", "What", "Answer"]:
            for name, _, answer, *_ in rows[1:]:
                spec = stated[name]
                if not is_missing(written := as_seen(spec, answer)):
                    values[name] = parse_value(spec, parts_of(spec, written))
        elif rows and rows[0][0] in of_items:
            known = [of_items[name] for name in rows[0]]
            specs = [fact for _, fact in known]
            seen = [[as_seen(s, c) for s, c in zip(specs, row, strict=True)] for row in rows[2:]]
            read_items(lists, known[0][0], specs, seen)
    return values, lists


def as_seen(spec: FactSpec, cell: Any) -> Any:
    """A cell's content as people see it: 0.44 that is shown as a percentage is 44."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, float):
        return round(cell * 100, 10) if spec.type == "percentage" else cell
    assert isinstance(cell, str | int | date)
    return cell


def part(content: bytes, name: str) -> ET.Element:
    """One part of the file, as XML."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return ET.fromstring(archive.read(name))


def sheet_parts(content: bytes) -> dict[str, ET.Element]:
    """The XML of each sheet, by the sheet's name."""
    book = part(content, "xl/workbook.xml")
    names = [sheet.get("name") or "" for sheet in book.iter(f"{_MAIN}sheet")]
    return {n: part(content, f"xl/worksheets/sheet{i}.xml") for i, n in enumerate(names, 1)}


def validations(content: bytes) -> Iterator[tuple[str, dict[str, str], str]]:
    """Of each sheet's checks while typing: the sheet, what they are, and what they compare with."""
    for sheet, xml in sheet_parts(content).items():
        for check in xml.iter(f"{_MAIN}dataValidation"):
            yield sheet, dict(check.attrib), check.findtext(f"{_MAIN}formula1", "")


# ---- both


def labels_of(specs: Any) -> dict[str, FactSpec]:
    """By label, without regard to capitals."""
    return {spec.label.casefold(): spec for spec in specs}


def parts_of(spec: FactSpec, written: Any) -> Any:
    """Several values as the list that they are."""
    if spec.type not in ("choices", "references"):
        return written
    if str(written).casefold() == "none":
        return []
    return [p.strip() for p in str(written).split(";" if ";" in str(written) else ",") if p.strip()]


def read_items(
    lists: dict[str, list[dict[str, Value]]],
    words: ListSpec,
    specs: list[FactSpec | None],
    rows: list[list[Any]],
) -> None:
    """Add the items of a table's rows to their list."""
    columns = [(n, spec) for n, spec in enumerate(specs) if spec is not None]
    filled = [[(spec, row[n]) for n, spec in columns] for row in rows if any(row)]
    filled = [row for row in filled if any(answer != "" for _, answer in row)]
    for row in filled:
        first, *rest = [answer for _, answer in row]
        if str(first).casefold() == "none" and not any(rest) and len(filled) == 1:
            assert words.name not in lists
            lists[words.name] = []
            return
        lists.setdefault(words.name, []).append(
            {
                spec.name: parse_value(spec, parts_of(spec, answer))
                for spec, answer in row
                if not is_missing(answer)
            }
        )
