"""Conditions as written (mappings) into condition trees, checked against the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from engine.conditions import OPERATORS, Operator
from engine.errors import Problems, nearest, shorten
from engine.model.conditions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    FactName,
    FromFact,
    FromThreshold,
    ListStated,
    Literally,
    Not,
    OneOf,
    Period,
    Quantified,
    Right,
    all_of,
)
from engine.model.document import Document, Path
from engine.model.vocabulary import NUMERIC, FactSpec, FactType, Vocabulary
from engine.values import (
    NotUnderstood,
    is_missing,
    parse_period,
    parse_value,
    quote_the_amount,
)

COMBINATIONS = ("all", "any", "not", "every", "some", "none")
_LARGEST_FACTOR = 100


@dataclass(frozen=True)
class ConditionParser:
    """Parses the conditions of one file.

    Attributes:
        thresholds: the type of every threshold that may be named.
        items: the facts of the list's items while inside a quantifier, else None.
        group_value: inside a quantifier over a group, the member that ``value`` stands for.
    """

    document: Document
    problems: Problems
    vocabulary: Vocabulary
    thresholds: Mapping[str, FactType]
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
        inside = replace(self, items=self.vocabulary.lists[name].facts)
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
        right = self._right(operator, spec, written, path)
        return Comparison(name, operator_name, right, scale)

    def _right(self, operator: Operator, spec: FactSpec, written: Any, path: Path) -> Right:
        match operator.takes:
            case "nothing":
                if written is not True:
                    self._wrong(path, "this operator takes true", written, expected="true")
                return None
            case "period":
                return self._period(written, path)
            case "values":
                if not isinstance(written, list) or not written:
                    self._wrong(path, "a list of values is needed", written)
                    return OneOf(())
                found = [self._literal(spec, v, (*path, n)) for n, v in enumerate(written)]
                return OneOf(tuple(v.value for v in found if v is not None))
            case "value":
                if isinstance(written, Mapping):
                    return self._reference(operator, spec, written, path)
                return self._literal(spec, written, path)

    def _literal(self, spec: FactSpec, written: Any, path: Path) -> Literally | None:
        one = replace(spec, type="choice") if spec.type == "choices" else spec
        try:
            if is_missing(written):
                raise NotUnderstood("a value (missing is asked with absent: true)")
            return Literally(parse_value(one, written))
        except NotUnderstood as error:
            self._wrong(
                path, f"not a value of {spec.name}", written, expected=error.expected, fix=error.fix
            )
            return None

    def _reference(
        self, operator: Operator, spec: FactSpec, written: Mapping[str, Any], path: Path
    ) -> Right:
        kinds = {"threshold", "fact"} & set(written)
        allowed = kinds | {"times"} | ({"plus", "minus"} if "fact" in kinds else set())
        if len(kinds) != 1 or not set(written) <= allowed or {"plus", "minus"} <= set(written):
            self._wrong(
                path,
                "not a right-hand side",
                dict(written),
                expected="a value, {threshold: name} or {fact: name}, with times, plus or minus",
            )
            return None
        times = self._times(written, path)
        if "threshold" in written:
            return self._threshold(spec, str(written["threshold"]), times, (*path, "threshold"))
        return self._other_fact(operator, spec, written, times, path)

    def _threshold(
        self, spec: FactSpec, name: str, times: Decimal | None, path: Path
    ) -> FromThreshold | None:
        type_ = self.thresholds.get(name)
        if type_ is None:
            fix = nearest(str(name), self.thresholds)
            self._wrong(path, f'unknown threshold "{name}"', fix=fix or "Declare it.")
            return None
        kind = "number" if type_ in ("number", "integer") else type_
        if kind != spec.comparable_as:
            self._wrong(path, f"{name} is {type_}, and {spec.name} is {spec.type}")
            return None
        return FromThreshold(name, times)

    def _other_fact(
        self,
        operator: Operator,
        spec: FactSpec,
        written: Mapping[str, Any],
        times: Decimal | None,
        path: Path,
    ) -> FromFact | None:
        found = self._fact(str(written["fact"]), (*path, "fact"))
        if found is None:
            return None
        name, other = found
        wanted = "text" if spec.type == "choices" else spec.comparable_as
        by_rank = operator.by_rank and spec.type == "choice"
        if other.comparable_as != wanted or (by_rank and [*other.values] != [*spec.values]):
            self._wrong(path, f"{other.name} ({other.type}) cannot be compared with {spec.name}")
            return None
        if times is not None and other.type not in NUMERIC:
            self._wrong(path, "only a number can be multiplied", other.name)
        plus: Period | None = None
        for key, sign in (("plus", 1), ("minus", -1)):
            if key in written:
                period = self._period(written[key], (*path, key))
                plus = Period(sign * period.amount, period.unit)
                if other.type != "date":
                    self._wrong(path, "only a date can be moved by a period", other.name)
        return FromFact(name, times, plus)

    def _times(self, written: Mapping[str, Any], path: Path) -> Decimal | None:
        if "times" not in written:
            return None
        factor = written["times"]
        plain = isinstance(factor, int | Decimal) and not isinstance(factor, bool)
        number = Decimal(factor) if plain else None
        if number is None or not 0 <= number <= _LARGEST_FACTOR or number != round(number, 4):
            self._wrong(
                (*path, "times"),
                "times needs a number",
                factor,
                expected=f"0 to {_LARGEST_FACTOR}, with at most 4 decimal places",
            )
            return None
        return number

    def _period(self, written: Any, path: Path) -> Period:
        try:
            return parse_period(written)
        except NotUnderstood as error:
            self._wrong(path, "not a period", written, expected=error.expected)
            return Period(0, "days")

    def _wrong(
        self, path: Path, message: str, found: Any = "", *, expected: str = "", fix: str = ""
    ) -> None:
        place = self.document.place(path)
        self.problems.add(place, message, found=shorten(found), expected=expected, fix=fix)
