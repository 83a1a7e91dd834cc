"""What proves a condition true, and what proves it false: formulas without negation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.model.conditions import (
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
    Quantified,
)
from engine.model.vocabulary import Value
from engine.operators import OPERATORS
from engine.rete.encode import Field


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison inside a message: a field, a durable_rules operator, and the other side.

    Attributes:
        right: a literal value, several (any for "$in", all for "$notin"), or another field.
        range_end: for "$between" and "$outside", the second field of the range.
    """

    field: Field
    operator: str
    right: Value | tuple[Value, ...] | Field
    range_end: Field | None = None


@dataclass(frozen=True, slots=True)
class Signalled:
    """A fact that the network itself asserts: a conclusion's value, or a part that was proved."""

    signal: int
    value: int
    per_item: bool = False


@dataclass(frozen=True, slots=True)
class Both:
    """All parts are proved."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Some part is proved."""

    parts: tuple[Formula, ...]


Formula = Test | Signalled | Both | Either
PROVED = Both(())
NEVER = Either(())
_MOST_VALUES = 200  # of one "$in", so that durable_rules can hold it

_SYMBOLS = {
    "is": "$eq", "is_not": "$neq", "over": "$gt", "at_least": "$gte", "under": "$lt",
    "at_most": "$lte", "before": "$lt", "on_or_before": "$lte", "after": "$gt",
    "on_or_after": "$gte", "older_than": "$lt", "one_of": "$in", "none_of": "$notin",
    "within": "$between",
}  # fmt: skip
_OPPOSITES = {
    "$eq": "$neq", "$gt": "$lte", "$lt": "$gte", "$in": "$notin", "$between": "$outside",
}  # fmt: skip
_OPPOSITES |= {opposite: symbol for symbol, opposite in _OPPOSITES.items()}


@dataclass(frozen=True)
class FormulaBuilder:
    """Builds formulas for one selection.

    Attributes:
        possible: for each concluded fact, its signal and the values that its rows can give.
        quantifier: gives the signal of a quantifier over a list.
        drawn: gives the signal that says whether a conclusion could be drawn at all.
    """

    possible: Mapping[str, tuple[int, tuple[Value, ...]]]
    quantifier: Callable[[Quantified], int]
    drawn: Callable[[str], int]

    def proves(self, condition: Condition, truth: bool) -> Formula:
        """What must be proved for the condition to come out as ``truth``."""
        match condition:
            case Comparison():
                return self._comparison(condition, truth)
            case ListStated(name, stated):
                field = Field("list_stated", FactName(name))
                return Test(field, "$eq", stated if truth else not stated)
            case AllOf(parts):
                return _combine((self.proves(part, truth) for part in parts), truth)
            case AnyOf(parts):
                return _combine((self.proves(part, truth) for part in parts), not truth)
            case Not(part):
                return self.proves(part, not truth)
            case Quantified(kind):
                return Signalled(self.quantifier(condition), int(truth is (kind != "none")))

    def _comparison(self, comparison: Comparison, truth: bool) -> Formula:
        """A concluded fact gives way to each value that it can have, beside the proof of it."""
        left, right = comparison.fact, comparison.right
        if comparison.operator in ("present", "absent") and left.name in self.possible:
            stated = (comparison.operator == "present") is truth
            return Signalled(self.drawn(left.name), int(stated))
        for fact in (left, right.fact if isinstance(right, FromFact) else None):
            if fact is not None and not fact.of_item and fact.name in self.possible:
                signal, values = self.possible[fact.name]
                return either(
                    both((Signalled(signal, code), proof))
                    for code, value in enumerate(values)
                    if (proof := self._with_value(comparison, fact, value, truth)) is not NEVER
                )
        return self._plain(comparison, truth)

    def _with_value(
        self, comparison: Comparison, fact: FactName, value: Value, truth: bool
    ) -> Formula:
        right = comparison.right
        if comparison.operator == "known":
            return PROVED if truth else NEVER
        if comparison.fact != fact:
            literal = Comparison(
                comparison.fact, comparison.operator, Literally(value), comparison.scale
            )
            return self._comparison(literal, truth)
        if isinstance(right, Literally | OneOf):
            other: Any = right.value if isinstance(right, Literally) else right.values
            rank = comparison.scale.index if comparison.scale else (lambda v: v)
            holds = OPERATORS[comparison.operator].holds(
                rank(value), rank(other) if comparison.scale else other, date.min
            )
            return PROVED if holds is truth else NEVER
        mirrored = _MIRRORED[comparison.operator]
        if isinstance(right, FromThreshold):
            other_side = Field("right", FactName(""), right, comparison.scale)
            symbol = _SYMBOLS[mirrored]
            return Test(other_side, symbol if truth else _OPPOSITES[symbol], value)
        assert isinstance(right, FromFact), "a concluded fact is no date"
        return self._comparison(
            Comparison(right.fact, mirrored, Literally(value), comparison.scale), truth
        )

    def _plain(self, comparison: Comparison, truth: bool) -> Formula:
        fact, operator, right = comparison.fact, comparison.operator, comparison.right
        if operator in ("present", "absent"):
            return Test(Field("stated", fact), "$eq", (operator == "present") is truth)
        if operator == "known":
            return Test(Field("stated", fact), "$eq", right=True) if truth else NEVER
        if operator == "reached":
            told_on = Field("fact", FactName("assessment.told_on"))
            return Test(Field("fact", fact), "$lte", told_on) if truth else NEVER
        if operator in ("includes", "excludes"):
            member = Field("member", fact, right)
            return Test(member, "$eq", (operator == "includes") is truth)
        field = Field("fact", fact, scale=comparison.scale)
        symbol = _SYMBOLS[operator] if truth else _OPPOSITES[_SYMBOLS[operator]]
        if isinstance(right, Literally):
            return Test(field, symbol, right.value)
        if isinstance(right, OneOf):
            if symbol == "$notin":
                return Test(field, symbol, right.values)
            starts = range(0, len(right.values), _MOST_VALUES)
            return either(Test(field, "$in", right.values[n : n + _MOST_VALUES]) for n in starts)
        other = Field("right", FactName(""), right, comparison.scale)
        if symbol in ("$between", "$outside"):
            today = Field("fact", FactName("assessment.as_of"))
            return Test(field, symbol, other, today)
        return Test(field, symbol, other)


_MIRRORED = {
    "is": "is", "is_not": "is_not", "over": "under", "under": "over", "at_least": "at_most",
    "at_most": "at_least",
}  # fmt: skip


def _combine(parts: Iterable[Formula], all_needed: bool) -> Formula:
    return both(parts) if all_needed else either(parts)


def both(parts: Iterable[Formula]) -> Formula:
    """All of the parts, flattened; nothing to prove is proved."""
    flat: list[Formula] = []
    for part in parts:
        if part is NEVER:
            return NEVER
        flat.extend(part.parts if isinstance(part, Both) else (part,))
    if not flat:
        return PROVED
    return flat[0] if len(flat) == 1 else Both(tuple(flat))


def either(parts: Iterable[Formula]) -> Formula:
    """Some of the parts, flattened; with no part it is never proved."""
    flat: list[Formula] = []
    for part in parts:
        if part is PROVED:
            return PROVED
        flat.extend(part.parts if isinstance(part, Either) else (part,))
    if not flat:
        return NEVER
    return flat[0] if len(flat) == 1 else Either(tuple(flat))
