"""Measures of items: facts worked out of each item of a list, checked against what they read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from engine.errors import Problems, nearest
from engine.model.document import Document, Path
from engine.model.vocabulary import (
    NUMERIC,
    FactSpec,
    FactType,
    ItemMeasureSpec,
    ListSpec,
    Relation,
    Vocabulary,
)
from engine.parse.conditions import ConditionParser
from engine.parse.right_sides import ThresholdKind
from engine.parse.shapes import ItemMeasureShape, ListShape

Function = Literal["days", "count", "sum", "min", "max", "some", "itself", "missing", "circular"]

_OVER_RELATED = ("count", "sum", "min", "max", "some")
_OF_REFERENCES = ("itself", "missing", "circular")
_FUNCTIONS = ("days", *_OVER_RELATED, *_OF_REFERENCES)
_ADDED = ("sum", "min", "max")


@dataclass(frozen=True)
class ItemMeasureParser:
    """Parses the measures of the items of one list."""

    list: str
    shape: ListShape
    document: Document
    problems: Problems

    def facts(self) -> dict[str, FactSpec]:
        """The facts that the measures give; the type of a sum is settled with its list."""
        return {name: self._fact(name, written) for name, written in self.shape.measures.items()}

    def _fact(self, name: str, written: ItemMeasureShape, type_: FactType = "integer") -> FactSpec:
        function = _function(written)
        if function in ("some", *_OF_REFERENCES):
            type_ = "yes_no"
        place = self.document.place(self._path(name))
        return FactSpec(name, type_, written.label, "", self.shape.section, place)

    def check_types(self, lists: Mapping[str, ListSpec]) -> dict[str, FactSpec]:
        """The facts with the types of what they add or compare."""
        facts = self.facts()
        for name, written in self.shape.measures.items():
            function = _function(written)
            if function in _ADDED:
                over = lists.get(getattr(written, function))
                spec = over.facts.get(written.of or "") if over else None
                allowed = NUMERIC if function == "sum" else NUMERIC | {"date"}
                if spec is None or spec.type not in allowed:
                    expected = "a fact of the items with type " + ", ".join(sorted(allowed))
                    where = self._path(name)
                    self._wrong(where, '"of" does not name what to measure', written.of, expected)
                else:
                    facts[name] = self._fact(name, written, spec.type)
        return facts

    def parse(
        self, vocabulary: Vocabulary, thresholds: Mapping[str, ThresholdKind]
    ) -> tuple[ItemMeasureSpec, ...]:
        """The measures, ready to be taken of each item."""
        return tuple(
            self._measure(name, written, vocabulary, thresholds)
            for name, written in self.shape.measures.items()
        )

    def _measure(
        self,
        name: str,
        written: ItemMeasureShape,
        vocabulary: Vocabulary,
        thresholds: Mapping[str, ThresholdKind],
    ) -> ItemMeasureSpec:
        own, path = vocabulary.lists[self.list], self._path(name)
        spec = own.worked_out[name]
        function = _function(written)
        given = [f for f in _FUNCTIONS if getattr(written, f) is not None]
        if len(given) != 1 or name in own.facts:
            one = f'"{name}" is declared twice' if name in own.facts else ""
            self._wrong(path, one or "a measure has exactly one of " + ", ".join(_FUNCTIONS))
        if function == "days":
            assert written.days is not None
            dates = (written.days.from_, written.days.to)
            for fact in dates:
                self._own(fact, own, path, ("date",))
            return ItemMeasureSpec(spec, function, dates)
        if function in _OF_REFERENCES:
            by = str(getattr(written, function))
            self._own(by, own, path, ("references",))
            return ItemMeasureSpec(spec, function, (by,), self._referred(self.list, by, own, path))
        over = str(getattr(written, function))
        relation = self._relation(over, written, own, vocabulary, path)
        where = None
        if written.where is not None and over in vocabulary.lists:
            items = vocabulary.lists[over].facts
            plain = {n: fact for n, fact in vocabulary.facts.items() if not fact.concluded}
            usable = Vocabulary(**{**vars(vocabulary), "facts": plain})
            parser = ConditionParser(self.document, self.problems, usable, thresholds, items)
            data = self.document.data["lists"][self.list]["measures"][name]["where"]
            where = parser.parse(data, (*path, "where"))
        reads = (relation.referred_by or relation.matching[1],)
        return ItemMeasureSpec(spec, function, reads, relation, written.of, where)

    def _relation(
        self,
        over: str,
        written: ItemMeasureShape,
        own: ListSpec,
        vocabulary: Vocabulary,
        path: Path,
    ) -> Relation:
        if over not in vocabulary.lists:
            fix = nearest(over, vocabulary.lists)
            self._wrong(path, f'unknown list "{over}"', fix=fix)
            return Relation(over)
        if (written.referred_by is None) == (written.matching is None):
            self._wrong(path, "related items are found by one of referred_by and matching")
            return Relation(over)
        if written.referred_by is not None:
            self._own(written.referred_by, own, path, ("references",))
            return self._referred(over, written.referred_by, vocabulary.lists[over], path)
        assert written.matching is not None
        ((theirs, ours),) = written.matching.items()
        other = self._own(theirs, vocabulary.lists[over], path)
        mine = self._own(ours, own, path)
        if other and mine and other.comparable_as != mine.comparable_as:
            self._wrong(path, f"{theirs} ({other.type}) cannot match {ours} ({mine.type})")
        return Relation(over, matching=(theirs, ours))

    def _referred(self, over: str, by: str, other: ListSpec, path: Path) -> Relation:
        if other.key is None:
            message = f'items of "{over}" cannot be referred to'
            self._wrong(path, message, fix="Give the list a key: the fact that names an item.")
        return Relation(over, referred_by=by)

    def _own(
        self, name: str, of: ListSpec, path: Path, types: tuple[FactType, ...] = ()
    ) -> FactSpec | None:
        """A stated fact of the list's items, of one of these types."""
        spec = of.facts.get(name)
        if spec is None:
            fix = nearest(name, of.facts)
            self._wrong(path, f'unknown fact "{name}" in "{of.name}"', fix=fix)
        elif types and spec.type not in types:
            self._wrong(path, f'"{name}" does not suit', spec.type, " or ".join(types))
        return spec

    def _path(self, name: str) -> Path:
        return ("lists", self.list, "measures", name)

    def _wrong(
        self, path: Path, message: str, found: object = "", expected: str = "", fix: str = ""
    ) -> None:
        place = self.document.place(path)
        self.problems.add(place, message, found=found, expected=expected, fix=fix)


def _function(written: ItemMeasureShape) -> Function:
    given = (f for f in _FUNCTIONS if getattr(written, f) is not None)
    return cast("Function", next(given, "itself"))
