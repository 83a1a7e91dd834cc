"""Conditions as written (mappings) into condition trees, checked against the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.errors import Problems, nearest, shorten
from engine.model.conditions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    FactName,
    ListStated,
    Not,
    Quantified,
    all_of,
)
from engine.model.document import Document, Path
from engine.model.vocabulary import (
    ATTESTED_BY,
    ATTESTED_ON,
    FactSpec,
    Vocabulary,
)
from engine.operators import OPERATORS
from engine.parse.right_sides import RightParser, ThresholdKind
from engine.values import quote_the_amount

COMBINATIONS = ("all", "any", "not", "every", "some", "none")


@dataclass(frozen=True)
class ConditionParser:
    """Parses the conditions of one file.

    Attributes:
        thresholds: the kind of every threshold that may be named.
        items: the facts of the list's items while inside a quantifier, else None.
        group_value: inside a quantifier over a group, the member that ``value`` stands for.
    """

    document: Document
    problems: Problems
    vocabulary: Vocabulary
    thresholds: Mapping[str, ThresholdKind]
    items: Mapping[str, FactSpec] | None = None
    group_value: str | None = None

    def parse(self, written: Any, path: Path) -> Condition:
        """The condition at a path; problems are noted, and stand as "always" in the tree."""
        if not isinstance(written, Mapping):
            self._wrong(path, "a condition must be a mapping", written, fix="Write fact: value.")
            return ALWAYS
        parts = [self._part(key, value, (*path, key)) for key, value in written.items()]
        return all_of(parts)

    def _part(self, key: str, written: Any, path: Path) -> Condition:
        if key in ("all", "any"):
            return self._combination(key, written, path)
        if key == "not":
            return Not(self.parse(written, path))
        if key in ("every", "some", "none"):
            return self._quantified(key, written, path)
        return self._about_fact(key, written, path)

    def _combination(self, key: str, written: Any, path: Path) -> Condition:
        if not isinstance(written, list) or not written:
            self._wrong(path, f'"{key}" needs a list of conditions', written)
            return ALWAYS
        parts = tuple(self.parse(part, (*path, n)) for n, part in enumerate(written))
        return AllOf(parts) if key == "all" else AnyOf(parts)

    def _quantified(self, kind: Any, written: Any, path: Path) -> Condition:
        keys = {"in", "where", "satisfies"}
        if self.items is not None or self.group_value is not None:
            self._wrong(path, "quantifiers cannot be nested", kind, fix="Use a measure instead.")
            return ALWAYS
        if not isinstance(written, Mapping) or not {"in", "satisfies"} <= set(written) <= keys:
            self._wrong(path, f'"{kind}" needs in and satisfies, and may have where', written)
            return ALWAYS
        name = str(written["in"])
        if name in self.vocabulary.groups:
            return self._over_group(kind, written, path)
        if name not in self.vocabulary.lists:
            known = [*self.vocabulary.lists, *self.vocabulary.groups]
            self._wrong((*path, "in"), f'unknown list "{name}"', fix=nearest(str(name), known))
            return ALWAYS
        inside = replace(self, items=self.vocabulary.lists[name].known)
        where, satisfies = inside._where(written, path)
        return Quantified(kind, name, where, satisfies)

    def _where(self, written: Mapping[str, Any], path: Path) -> tuple[Condition, Condition]:
        where = self.parse(written["where"], (*path, "where")) if "where" in written else ALWAYS
        return where, self.parse(written["satisfies"], (*path, "satisfies"))

    def _over_group(self, kind: str, written: Mapping[str, Any], path: Path) -> Condition:
        """A group has known members, so the quantifier is written out over them."""
        parts: list[Condition] = []
        for member in self.vocabulary.groups[str(written["in"])].members:
            where, satisfies = replace(self, group_value=member)._where(written, path)
            every: Condition = AnyOf((Not(where), satisfies)) if where != ALWAYS else satisfies
            some: Condition = AllOf((where, satisfies)) if where != ALWAYS else satisfies
            parts.append(every if kind == "every" else some)
        if kind == "every":
            return AllOf(tuple(parts))
        return AnyOf(tuple(parts)) if kind == "some" else Not(AnyOf(tuple(parts)))

    def _about_fact(self, key: Any, written: Any, path: Path) -> Condition:
        if key in self.vocabulary.lists:
            return self._about_list(key, written, path)
        fact = self._fact(key, path)
        if fact is None:
            return ALWAYS
        name, spec = fact
        if isinstance(written, Mapping):
            parts = [self._compare(name, spec, op, v, (*path, op)) for op, v in written.items()]
            if not parts:
                self._wrong(path, "an empty comparison", fix="Write an operator and a value.")
                return ALWAYS
            return all_of(parts)
        operator = "one_of" if isinstance(written, list) else "is"
        return self._compare(name, spec, operator, written, path)

    def _about_list(self, name: str, written: Any, path: Path) -> Condition:
        if written == {"present": True} or written == {"absent": True}:
            return ListStated(name, "present" in written)
        self._wrong(
            path,
            f'"{name}" is a list',
            written,
            expected="{present: true} or {absent: true}",
            fix="Use every, some or none, or a measure, to ask about its items.",
        )
        return ALWAYS

    def _fact(self, name: Any, path: Path) -> tuple[FactName, FactSpec] | None:
        if self.group_value is not None and name == "value":
            name = self.group_value
        if self.items is not None and name in self.items:
            return FactName(name, of_item=True), self.items[name]
        if name in self.vocabulary.facts:
            return FactName(name), self.vocabulary.facts[name]
        known = [*(self.items or ()), *self.vocabulary.facts, *self.vocabulary.lists]
        fix = nearest(str(name), [*known, *COMBINATIONS])
        self._wrong(path, f'unknown fact "{name}"', fix=fix or "Declare it in facts.yaml.")
        return None

    def _compare(
        self, name: FactName, spec: FactSpec, operator_name: Any, written: Any, path: Path
    ) -> Condition:
        operator = OPERATORS.get(str(operator_name))
        if operator is None or not operator.suits(spec):
            suited = [n for n, o in OPERATORS.items() if o.suits(spec)]
            what = f"a {spec.type} fact" if not spec.ordered else "an ordered choice"
            message = (
                f'unknown operator "{operator_name}"'
                if operator is None
                else f'"{operator_name}" does not suit {what}'
            )
            fix = quote_the_amount(str(operator_name)) or nearest(str(operator_name), suited)
            self._wrong(path, message, expected=", ".join(suited), fix=fix)
            return ALWAYS
        scale = tuple(spec.values) if operator.by_rank and spec.type == "choice" else ()
        right = RightParser(
            self.document, self.problems, self.vocabulary, self.thresholds, self._fact
        ).parse(operator, spec, written, path)
        comparison = Comparison(name, operator_name, right, scale)
        judged = spec.attested and operator.takes != "nothing"
        return all_of((comparison, *_attested(name))) if judged else comparison

    def _wrong(
        self, path: Path, message: str, found: Any = "", *, expected: str = "", fix: str = ""
    ) -> None:
        place = self.document.place(path)
        self.problems.add(place, message, found=shorten(found), expected=expected, fix=fix)


def _attested(name: FactName) -> tuple[Comparison, Comparison]:
    """Who judged is known, and the day of it has come."""
    return (
        Comparison(FactName(f"{name.name}.{ATTESTED_BY}"), "known"),
        Comparison(FactName(f"{name.name}.{ATTESTED_ON}"), "reached"),
    )
