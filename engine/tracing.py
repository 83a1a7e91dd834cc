"""How a condition came out, part by part, and which comparisons decided it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from engine.conditions import (
    NO_ITEM,
    Facts,
    ItemValues,
    all_hold,
    compare,
    opposite,
    right_value,
    some_hold,
)
from engine.model.conditions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    ListStated,
    Not,
    Quantified,
)
from engine.operators import Truth


@dataclass(frozen=True, slots=True)
class Trace:
    """How one part of a condition came out, for explanations and evidence.

    Attributes:
        left, right: the two sides of a comparison as they were met; None where missing.
        item: the position of the list's item that this part was asked of.
        parts: the parts below, a quantifier's item by item.
    """

    condition: Condition
    truth: Truth
    left: Any = None
    right: Any = None
    list: str | None = None
    item: int | None = None
    parts: tuple[Trace, ...] = ()


def trace(
    condition: Condition,
    facts: Facts,
    item: ItemValues = NO_ITEM,
    at: tuple[str | None, int | None] = (None, None),
) -> Trace:
    """Evaluate a condition and keep how each part came out; ``at`` is the list and position."""
    if isinstance(condition, Comparison):
        fact = condition.fact
        left = (item if fact.of_item else facts.values).get(fact.name)
        right = right_value(condition.right, facts, item)
        truth = compare(condition, left, right, facts)
        return Trace(condition, truth, left, right, *at)
    if isinstance(condition, AllOf | AnyOf):
        below = tuple([trace(part, facts, item, at) for part in condition.parts])
        combine = all_hold if isinstance(condition, AllOf) else some_hold
        truth = combine(part.truth for part in below)
        return Trace(condition, truth, None, None, *at, below)
    if isinstance(condition, Not):
        inner = trace(condition.part, facts, item, at)
        return Trace(condition, opposite(inner.truth), None, None, *at, (inner,))
    if isinstance(condition, ListStated):
        stated = (condition.list in facts.items) is condition.stated
        return Trace(condition, stated, list=condition.list)
    return _trace_quantified(condition, facts)


def trace_held(condition: Condition, facts: Facts) -> Trace:
    """The trace of a condition that is known to hold, without the items that all satisfy it."""
    if isinstance(condition, AllOf):
        below = tuple([trace_held(part, facts) for part in condition.parts])
        return Trace(condition, True, parts=below)
    if isinstance(condition, Quantified) and condition.kind in ("every", "none"):
        return Trace(condition, True, list=condition.list)
    return trace(condition, facts)


def _trace_quantified(condition: Quantified, facts: Facts) -> Trace:
    name, kind, where, satisfies = (
        condition.list, condition.kind, condition.where, condition.satisfies,
    )  # fmt: skip
    # every: where -> satisfies; some and none: where and satisfies
    each = AnyOf((Not(where), satisfies)) if kind == "every" else AllOf((where, satisfies))
    items = facts.items.get(name)
    if items is None:
        return Trace(condition, None, list=name)
    below = tuple(trace(each, facts, values, (name, n)) for n, values in enumerate(items))
    truth = (all_hold if kind == "every" else some_hold)(part.truth for part in below)
    return Trace(condition, opposite(truth) if kind == "none" else truth, list=name, parts=below)


def if_stated(traced: Trace, settled: Collection[str] = ()) -> Truth:
    """How it would come out if what the deck leaves out might still be stated: true, false or open.

    Args:
        settled: the facts on which silence is an answer.
    """
    condition = traced.condition
    if isinstance(condition, Comparison):
        name, asks = condition.fact, condition.operator in ("present", "absent")
        silent = traced.left is None and (name.of_item or name.name not in settled)
        return None if asks and silent else traced.truth
    if isinstance(condition, ListStated):
        return traced.truth if traced.truth is condition.stated else None
    below = (if_stated(part, settled) for part in traced.parts)
    if isinstance(condition, Not):
        return opposite(next(below))
    if isinstance(condition, Quantified):
        if not traced.parts:
            return traced.truth
        found = (all_hold if condition.kind == "every" else some_hold)(below)
        return opposite(found) if condition.kind == "none" else found
    return (all_hold if isinstance(condition, AllOf) else some_hold)(below)


def left_open(traced: Trace, settled: Collection[str] = ()) -> Iterator[Trace]:
    """What is missing and keeps a condition open, as ``if_stated`` sees it."""
    if if_stated(traced, settled) is not None:
        return
    if traced.parts:
        for part in traced.parts:
            yield from left_open(part, settled)
    else:
        yield traced


Path = tuple[tuple[bool, int], ...]


@dataclass(frozen=True, slots=True)
class Deciding:
    """A comparison (or list) that made a condition come out as it did, and its part in it.

    Attributes:
        negated: whether it must not hold for the condition to hold.
        scope: whether it only says of which decks or items something is asked.
        path: the branches that lead to it from the whole condition, each with whether it is one
            of several ways of which one is enough.
    """

    leaf: Trace
    negated: bool = False
    scope: bool = False
    path: Path = ()

    def below(self, part: Trace, ways: bool, branch: int) -> Deciding:
        """The same for one of several parts."""
        return Deciding(part, self.negated, self.scope, (*self.path, (ways, branch)))


def deciding(traced: Trace) -> Iterator[Trace]:
    """The comparisons (and missing lists) that made the condition come out as it did."""
    return (found.leaf for found in deciding_parts(traced))


def deciding_parts(traced: Trace, at: Deciding | None = None) -> Iterator[Deciding]:
    """The same with the part that each plays; ``at`` is the part of the whole condition."""
    condition = traced.condition
    at = at or Deciding(traced)
    if isinstance(condition, Comparison | ListStated) or (
        isinstance(condition, Quantified) and not traced.parts
    ):
        yield at if at.leaf is traced else replace(at, leaf=traced)
    elif isinstance(condition, Not):
        yield from deciding_parts(traced.parts[0], replace(at, negated=not at.negated))
    elif isinstance(condition, Quantified):
        yield from _deciding_items(condition, traced, at)
    else:
        ways = isinstance(condition, AnyOf) is not at.negated
        for n, part in enumerate(traced.parts):
            if part.truth is traced.truth:
                yield from deciding_parts(part, at.below(part, ways, n))


def _deciding_items(condition: Quantified, traced: Trace, at: Deciding) -> Iterator[Deciding]:
    """Of each item that decided, its scope and what was asked of it."""
    none = condition.kind == "none"
    wanted = opposite(traced.truth) if none else traced.truth
    at = replace(at, negated=at.negated is not none)
    ways = (condition.kind == "every") is at.negated
    for n, item in enumerate(traced.parts):
        if item.truth is wanted:
            where, satisfies = item.parts
            below = at.below(item, ways, n)
            if where.truth is wanted and condition.where != ALWAYS:
                yield from deciding_parts(where, replace(below, scope=True))
            if satisfies.truth is wanted:
                yield from deciding_parts(satisfies, below)
