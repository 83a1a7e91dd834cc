"""The XML of a workbook's parts: elements, texts, names of cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from engine.readers.raised import raised
from engine.readers.unread import local_name

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def each_of(content: bytes, *names: str) -> Iterator[Element]:
    """Each element of these names in a part, which is forgotten after it was looked at."""
    for _, element in ET.iterparse(BytesIO(content)):  # noqa: S314 - checked
        if local_name(element) in names:
            yield element
            element.clear()


def find(root: Element, name: str) -> Element | None:
    """The first child of this name."""
    return next((each for each in root if local_name(each) == name), None)


def children_of(element: Element | None) -> Sequence[Element]:
    """Its children; none of an element that is not there."""
    return [] if element is None else list(element)


def attribute_of(element: Element, name: str) -> str:
    """An attribute with a namespace, of which there are two in use."""
    for key, value in element.items():
        if key.endswith("}" + name):
            return value
    raise KeyError(f"no {name} of {local_name(element)}")


def index_of(written: str) -> int:
    """A position in a list, which must not count from its end."""
    index = int(written)
    if index < 0:
        raise IndexError(f"{written} is no position")
    return index


def is_on(value: str | None) -> bool:
    """Whether an attribute says yes."""
    return value in ("1", "true", "on")


def text_of(item: Element) -> str | None:
    """A text with its differently formatted runs together, without guides to pronouncing it."""
    pieces: list[str] = []
    for each in item:
        match local_name(each):
            case "t":
                pieces.append(each.text or "")
            case "r" if not is_struck(find(each, "rPr")):
                words = "".join(run.text or "" for run in each if local_name(run) == "t")
                pieces.append(raised(words) if _is_raised(find(each, "rPr")) else words)
    return clean("".join(pieces))


def clean(text: str) -> str | None:
    """The text as people see it; None where it is blank."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        # characters beyond 16 bits are escaped in two halves; half of one is none
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip() or None


def range_of(name: str) -> tuple[int, int, int, int]:
    """First row, first column, last row, last column, from 0, of "A1:C7"."""
    first, _, last = name.partition(":")
    return (*place_of(first), *place_of(last or first))


def place_of(name: str) -> tuple[int, int]:
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


def is_struck(font: Element | None) -> bool:
    """Whether a font strikes its text through."""
    mark = None if font is None else find(font, "strike")
    return mark is not None and mark.get("val", "1") in ("1", "true")


def _is_raised(font: Element | None) -> bool:
    mark = None if font is None else find(font, "vertAlign")
    return mark is not None and mark.get("val") == "superscript"
