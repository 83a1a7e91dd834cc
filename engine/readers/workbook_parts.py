"""A workbook's own part, and what all of its sheets share: texts, formats, tabs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from engine.readers.number_formats import BUILT_IN
from engine.readers.packages import Package, Relation
from engine.readers.workbook_xml import (
    attribute_of,
    children_of,
    each_of,
    find,
    is_on,
    is_struck,
    text_of,
)


@dataclass
class Workbook:
    """A package, and what all of its sheets share."""

    package: Package

    def __post_init__(self) -> None:
        self._root = ET.fromstring(self.package.part(self.package.main))  # noqa: S314
        self._relations = self.package.relations(self.package.main)
        properties = find(self._root, "workbookPr")
        self.from_1904 = properties is not None and is_on(properties.get("date1904"))
        calculation = find(self._root, "calcPr")
        # a program that cannot calculate wrote it, and Excel has not saved it since
        self.to_be_worked_out = calculation is not None and is_on(calculation.get("fullCalcOnLoad"))

    def tabs(self) -> Iterator[tuple[Element, Relation]]:
        """Each sheet's entry in the order of its tabs, and where its part is."""
        by_id = {each.id: each for each in self._relations}
        for tab in children_of(find(self._root, "sheets")):
            yield tab, by_id[attribute_of(tab, "id")]

    def _shared(self, kind: str) -> bytes | None:
        part = next((each.target for each in self._relations if each.kind == kind), None)
        return None if part is None else self.package.part(part)

    @cached_property
    def texts(self) -> Sequence[str | None]:
        """The texts that cells refer to by number."""
        content = self._shared("sharedStrings")
        return [] if content is None else [text_of(item) for item in each_of(content, "si")]

    @cached_property
    def struck(self) -> frozenset[str]:
        """The styles, by the number that cells refer to, whose text is struck through."""
        content = self._shared("styles")
        root = None if content is None else ET.fromstring(content)  # noqa: S314 - checked
        fonts = [] if root is None else children_of(find(root, "fonts"))
        marked = {str(n) for n, font in enumerate(fonts) if is_struck(font)}
        styles = [] if root is None else children_of(find(root, "cellXfs"))
        return frozenset(str(n) for n, each in enumerate(styles) if each.get("fontId") in marked)

    @cached_property
    def formats(self) -> Sequence[str]:
        """The format of each style that cells refer to by number."""
        content = self._shared("styles")
        if content is None:
            return []
        root = ET.fromstring(content)  # noqa: S314 - checked
        own = {
            int(each.get("numFmtId", "")): each.get("formatCode", "")
            for each in children_of(find(root, "numFmts"))
        }
        codes = {**BUILT_IN, **own}
        return [
            codes.get(int(each.get("numFmtId", "0")), "General")
            for each in children_of(find(root, "cellXfs"))
        ]
