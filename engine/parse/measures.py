"""Measures: facts worked out from a list or group, checked against what they walk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.errors import Problems, nearest
from engine.model.document import Document, Path
from engine.model.vocabulary import (
    NUMERIC,
    FactSpec,
    FactType,
    GroupSpec,
    ListSpec,
    MeasureSpec,
    Vocabulary,
)
from engine.parse.conditions import ConditionParser
from engine.parse.right_sides import ThresholdKind
from engine.parse.shapes import MeasureShape

_FUNCTIONS: tuple[Literal["count", "sum", "min", "max", "share", "most_alike"], ...] = (
    "count", "sum", "min", "max", "share", "most_alike",
)  # fmt: skip
_SHARE_OF: Mapping[str, FactType] = {"count": "integer", "share": "percentage"}


@dataclass(frozen=True)
class MeasureParser:
    """Parses the measures of the vocabulary file."""

    shapes: Mapping[str, MeasureShape]
    document: Document
    problems: Problems

    def fact_of(
        self,
        name: str,
        written: MeasureShape,
        facts: Mapping[str, FactSpec],
        lists: Mapping[str, ListSpec],
        groups: Mapping[str, GroupSpec],
    ) -> FactSpec:
        """The fact that a measure gives, after checking what it walks."""
        path: Path = ("measures", name)
        given = [f for f in _FUNCTIONS if getattr(written, f) is not None]
        type_: FactType = "integer"
        if len(given) != 1:
            self._wrong(path, "a measure has exactly one of " + ", ".join(_FUNCTIONS))
        else:
            over = getattr(written, given[0])
            if over not in lists and over not in groups:
                fix = nearest(over, [*lists, *groups])
                self._wrong((*path, given[0]), f'unknown list "{over}"', fix=fix)
            elif given[0] in _SHARE_OF:
                type_ = _SHARE_OF[given[0]]
            elif given[0] == "most_alike":
                self._check_of(written, over, lists, path)
            else:
                type_ = self._amount_type(written, over, facts, lists, groups, path)
            for member in groups[over].members if over in groups else ():
                if facts[member].concluded or facts[member].attested:
                    what = "concluded" if facts[member].concluded else "attested"
                    self._wrong(path, f'"{member}" is {what}, and a measure cannot wait for it')
        section = written.section or name.split(".", maxsplit=1)[0]
        return FactSpec(name, type_, written.label, "", section, self.document.place(path))

    def _check_of(
        self, written: MeasureShape, over: str, lists: Mapping[str, ListSpec], path: Path
    ) -> None:
        if over not in lists or written.of not in lists[over].known:
            self._wrong(path, '"of" does not name what to compare', written.of or "")

    def _amount_type(
        self,
        written: MeasureShape,
        over: str,
        facts: Mapping[str, FactSpec],
        lists: Mapping[str, ListSpec],
        groups: Mapping[str, GroupSpec],
        path: Path,
    ) -> FactType:
        if over in groups:
            spec = facts[groups[over].members[0]] if groups[over].members else None
        else:
            spec = lists[over].known.get(written.of or "")
        allowed = NUMERIC if written.sum is not None else NUMERIC | {"date"}
        if spec is None or spec.type not in allowed:
            expected = "a fact of the items with type " + ", ".join(sorted(allowed))
            self._wrong(path, '"of" does not name what to measure', written.of or "", expected)
            return "integer"
        return spec.type

    def parse(
        self,
        name: str,
        written: MeasureShape,
        vocabulary: Vocabulary,
        thresholds: Mapping[str, ThresholdKind],
    ) -> MeasureSpec:
        """The measure, ready to be taken."""
        function = next((f for f in _FUNCTIONS if getattr(written, f) is not None), _FUNCTIONS[0])
        over = getattr(written, function) or ""
        where = None
        if written.where is not None:
            path: Path = ("measures", name, "where")
            spec = vocabulary.lists.get(over)
            group = vocabulary.groups.get(over)
            items = spec.known if spec else {}
            if group and group.members:
                items = {"value": vocabulary.facts[group.members[0]]}
            # measures are taken first, so they cannot wait for each other or for a conclusion
            plain = {
                n: fact
                for n, fact in vocabulary.facts.items()
                if n not in self.shapes and not fact.concluded
            }
            usable = Vocabulary(**{**vars(vocabulary), "facts": plain})
            parser = ConditionParser(self.document, self.problems, usable, thresholds, items)
            where = parser.parse(self.document.data["measures"][name]["where"], path)
        return MeasureSpec(vocabulary.facts[name], function, over, written.of, where)

    def _wrong(
        self, path: Path, message: str, found: object = "", expected: str = "", fix: str = ""
    ) -> None:
        place = self.document.place(path)
        self.problems.add(place, message, found=found, expected=expected, fix=fix)
