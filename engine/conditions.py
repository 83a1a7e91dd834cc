"""Is a condition true, false or unknown for these facts, and which facts decided it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from engine.days import move
from engine.model.conditions import (
    AllOf,
    Amount,
    AnyOf,
    Comparison,
    Condition,
    Factor,
    FromFact,
    FromPeriod,
    FromThreshold,
    ListStated,
    Literally,
    Not,
    OneOf,
    Period,
    Quantified,
    Right,
)
from engine.model.thresholds import Threshold
from engine.model.vocabulary import Value
from engine.operators import OPERATORS, Truth

ItemValues = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known on a day: a fact, list or threshold that is not here is missing.

    Attributes:
        as_of: the date that the rules are read at.
        values: every known fact by name, measures included.
        items: every stated list by name, each item with the facts it states.
        thresholds: every threshold that has a value on that day and at that gate.
        dated: every threshold with all its values, for rules that ask for another day's.
    """

    as_of: date
    values: Mapping[str, Value]
    items: Mapping[str, tuple[ItemValues, ...]]
    thresholds: Mapping[str, Value | Period]
    dated: Mapping[str, Threshold] = field(default_factory=dict)

    @property
    def told_on(self) -> date:
        """The day that the deck tells of: its own, or the rules' if that is later."""
        day = self.values["assessment.told_on"]
        assert isinstance(day, date), "it is always there"
        return day


def all_hold(truths: Iterator[Truth]) -> Truth:
    """False if any part is false, else unknown if any is, else true."""
    result: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def some_hold(truths: Iterator[Truth]) -> Truth:
    """True if any part is true, else unknown if any is, else false."""
    result: Truth = False
    for truth in truths:
        if truth:
            return True
        if truth is None:
            result = None
    return result


def opposite(truth: Truth) -> Truth:
    """True and false change places; unknown stays."""
    return None if truth is None else not truth


def follows(condition: Truth, consequence: Truth) -> Truth:
    """Whether a consequence follows wherever the condition holds."""
    return some_hold(iter((opposite(condition), consequence)))


Test = Callable[[Facts, ItemValues], Truth]
_BEYOND_ALL = Decimal(10**16)  # more than any amount that can be written, as pence
NO_ITEM: ItemValues = {}


def compile_condition(condition: Condition) -> Test:
    """A function from facts (and, inside a quantifier, an item) to true, false or unknown."""
    match condition:
        case Comparison():
            return _compile_comparison(condition)
        case ListStated(name, stated):
            return lambda facts, _: (name in facts.items) is stated
        case AllOf(parts):
            return _compile_all(tuple(compile_condition(part) for part in parts))
        case AnyOf(parts):
            tests = tuple(compile_condition(part) for part in parts)
            return lambda facts, item: some_hold(test(facts, item) for test in tests)
        case Not(part):
            inner = compile_condition(part)
            return lambda facts, item: opposite(inner(facts, item))
        case Quantified():
            return _compile_quantified(condition)


def _compile_all(tests: tuple[Test, ...]) -> Test:
    def test(facts: Facts, item: ItemValues) -> Truth:
        # all_hold written out: nearly every rule begins with one, and a generator costs more
        result: Truth = True
        for part in tests:
            truth = part(facts, item)
            if truth is False:
                return False
            if truth is None:
                result = None
        return result

    return test


def _compile_quantified(condition: Quantified) -> Test:
    name, kind = condition.list, condition.kind
    where, satisfies = compile_condition(condition.where), compile_condition(condition.satisfies)

    def test(facts: Facts, _: ItemValues) -> Truth:
        items = facts.items.get(name)
        if items is None:
            return None
        if kind == "every":
            return all_hold(follows(where(facts, i), satisfies(facts, i)) for i in items)
        found = some_hold(all_hold(iter((where(facts, i), satisfies(facts, i)))) for i in items)
        return found if kind == "some" else opposite(found)

    return test


def _compile_comparison(comparison: Comparison) -> Test:
    operator = OPERATORS[comparison.operator]
    name, of_item, holds = comparison.fact.name, comparison.fact.of_item, operator.holds
    right = comparison.right

    def test(facts: Facts, item: ItemValues) -> Truth:
        left = (item if of_item else facts.values).get(name)
        return compare(comparison, left, right_value(right, facts, item), facts)

    if of_item or comparison.scale or not isinstance(right, Literally | OneOf):
        return test
    fixed = right.value if isinstance(right, Literally) else frozenset(right.values)

    def deck_fact_with_literal(facts: Facts, _: ItemValues) -> Truth:
        # what compare does, for the plainest and commonest comparison
        left = facts.values.get(name)
        return None if left is None else holds(left, fixed, facts.as_of)

    return deck_fact_with_literal


def compare(comparison: Comparison, left: Any, right: Any, facts: Facts) -> Truth:
    """Whether a comparison holds between two values; unknown where one that it needs is None."""
    operator, as_of = OPERATORS[comparison.operator], facts.as_of
    if operator.takes == "nothing":
        # what a deck of today says has come, even where the rules of an earlier day are read
        return operator.holds(left, None, facts.told_on)
    if left is None or right is None:
        return None
    if comparison.scale:
        rank = comparison.scale.index
        return operator.holds(rank(left), rank(right), as_of)
    return operator.holds(left, right, as_of)


def right_value(right: Right, facts: Facts, item: ItemValues = NO_ITEM) -> Any:
    """What the right-hand side of a comparison stands for on this day, or None if missing."""
    if isinstance(right, Literally):
        return right.value
    if isinstance(right, OneOf):
        return right.values
    if isinstance(right, FromThreshold):
        value = _threshold_value(right, facts, item)
        return value if right.times is None else _multiplied(value, right.times, facts, item)
    if isinstance(right, FromFact):
        fact = right.fact
        value = (item if fact.of_item else facts.values).get(fact.name)
        if isinstance(right.plus, Period | FromPeriod):
            return _moved(value, right.plus, facts, 1) if isinstance(value, date) else None
        if right.times is not None:
            value = _multiplied(value, right.times, facts, item)
        return value if right.plus is None else _increased(value, right.plus, facts, item)
    return None if right is None else _moved(facts.as_of, right, facts, -1)


def _threshold_value(right: FromThreshold, facts: Facts, item: ItemValues) -> Any:
    if right.on is None:
        return facts.thresholds.get(right.name)
    day = (item if right.on.of_item else facts.values).get(right.on.name)
    gate = facts.values.get("assessment.gate")
    threshold = facts.dated.get(right.name)
    if not isinstance(day, date) or threshold is None:
        return None
    dated = threshold.on(day, None if gate is None else str(gate))
    return None if dated is None else dated.value


def period_of(right: Period | FromPeriod, facts: Facts) -> Period | None:
    """A period as written or as its threshold gives it, or None where that has no value."""
    if isinstance(right, Period):
        return right
    period = facts.thresholds.get(right.name)
    if not isinstance(period, Period):
        return None
    return Period(-period.amount, period.unit) if right.back else period


def _moved(day: date, right: Period | FromPeriod, facts: Facts, sign: int) -> date | None:
    period = period_of(right, facts)
    return None if period is None else move(day, period, sign)


def _multiplied(value: Any, factor: Factor, facts: Facts, item: ItemValues) -> Value | None:
    """The value times a factor: money to the nearest penny, numbers to four decimal places."""
    times = right_value(factor.by, facts, item)
    if value is None or times is None:
        return None
    assert isinstance(value, int | Decimal), "the parser lets only numbers be multiplied"
    product: Decimal = value * Decimal(times) / (100 if factor.percent else 1)
    product = _bounded(product)
    if isinstance(value, int):
        return int(product.to_integral_value(ROUND_HALF_UP))
    return product.quantize(Decimal("0.0001"), ROUND_HALF_UP)


def _increased(value: Any, amount: Amount, facts: Facts, item: ItemValues) -> Value | None:
    """The value and an amount of its own unit, added or taken off."""
    by = right_value(amount.by, facts, item)
    if value is None or by is None:
        return None
    moved: Value = _bounded(value - by if amount.back else value + by)
    return moved


def _bounded(number: int | Decimal) -> Any:
    """No further from nought than what is beyond all amounts that can be written."""
    return max(min(number, _BEYOND_ALL), -_BEYOND_ALL)
