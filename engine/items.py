"""What is worked out of each item of a list: days between its dates, and its related items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.conditions import Facts, ItemValues, Test, all_hold, compile_condition, some_hold
from engine.model.vocabulary import ItemMeasureSpec, Relation, Value, Vocabulary
from engine.operators import Truth

Items = tuple[ItemValues, ...]


@dataclass(frozen=True, slots=True)
class ItemMeasure:
    """A measure ready to be taken of each item of a list.

    Attributes:
        key: the fact by which the related items are referred to.
    """

    list: str
    spec: ItemMeasureSpec
    where: Test | None
    key: str


def compile_item_measures(vocabulary: Vocabulary) -> tuple[ItemMeasure, ...]:
    """Every measure of items of the vocabulary, ready to be taken from many decks."""
    return tuple(
        ItemMeasure(
            name,
            spec,
            None if spec.where is None else compile_condition(spec.where),
            (spec.relation and vocabulary.lists[spec.relation.over].key) or "",
        )
        for name, specs in vocabulary.item_measures.items()
        for spec in specs
    )


def work_out(
    measures: tuple[ItemMeasure, ...], items: Mapping[str, Items], facts: Facts
) -> dict[str, Items]:
    """The lists with what is worked out of their items; what cannot be is missing.

    Args:
        items: every stated list, as the deck states it.
        facts: what else is known, for the measures' conditions.
    """
    worked_out = {name: tuple(dict(item) for item in each) for name, each in items.items()}
    for measure in measures:
        stated = items.get(measure.list)
        if stated is None:
            continue
        taken = _take(measure, stated, items, facts)
        for item, value in zip(worked_out[measure.list], taken, strict=True):
            if value is not None:
                item[measure.spec.spec.name] = value
    return {**items, **worked_out}


def _take(
    measure: ItemMeasure, stated: Items, items: Mapping[str, Items], facts: Facts
) -> Iterator[Value | None]:
    """The measure's value for each item."""
    spec = measure.spec
    if spec.relation is None:
        return (_days(item, *spec.reads) for item in stated)
    if spec.function in ("itself", "missing", "circular"):
        references = _References(stated, spec.relation.referred_by, measure.key)
        ask: Callable[[int], Truth] = getattr(references, spec.function)
        return (ask(n) for n in range(len(stated)))
    others = items.get(spec.relation.over)
    if others is None:
        return (None for _ in stated)
    return _over_related(measure, spec.relation, stated, others, facts)


def _days(item: ItemValues, start: str, end: str) -> int | None:
    first, last = item.get(start), item.get(end)
    if not isinstance(first, date) or not isinstance(last, date):
        return None
    return (last - first).days


# ---- related items


def _over_related(
    measure: ItemMeasure, relation: Relation, stated: Items, others: Items, facts: Facts
) -> Iterator[Value | None]:
    counts = [True if measure.where is None else measure.where(facts, o) for o in others]
    find = (
        _Referred(others, relation.referred_by, measure.key)
        if relation.referred_by
        else _Matching(others, *relation.matching)
    )
    for item in stated:
        related = find(item)
        if related is None:
            yield None
            continue
        truths = {n: all_hold(iter((truth, counts[n]))) for n, truth in related.items() if n >= 0}
        unresolved = [None] if -1 in related else []
        if measure.spec.function == "some":
            yield some_hold(iter([*truths.values(), *unresolved]))
        elif None in truths.values() or unresolved:
            yield None
        else:
            yield _combined(measure.spec, [others[n] for n, truth in truths.items() if truth])


def _combined(spec: ItemMeasureSpec, chosen: list[ItemValues]) -> Value | None:
    if spec.function == "count":
        return len(chosen)
    amounts: list[Any] = [item.get(spec.of or "") for item in chosen]
    if None in amounts or (not amounts and spec.function != "sum"):
        return None
    combine: Any = {"sum": sum, "min": min, "max": max}[spec.function]
    value: Value = combine(amounts)
    return value


class _Matching:
    """Items whose fact has the same value as the item's own; unknown where theirs is missing."""

    def __init__(self, others: Items, theirs: str, ours: str) -> None:
        self._ours = ours
        self._theirs = [other.get(theirs) for other in others]

    def __call__(self, item: ItemValues) -> dict[int, Truth] | None:
        own = item.get(self._ours)
        if own is None:
            return None
        return {
            n: None if theirs is None else True
            for n, theirs in enumerate(self._theirs)
            if theirs is None or theirs == own
        }


class _Referred:
    """Items that the item refers to; position -1 stands for those that are not in the list.

    An item without a name may be meant as well.
    """

    def __init__(self, others: Items, by: str, key: str) -> None:
        self._by = by
        self._positions = _positions(others, key)
        self._nameless: dict[int, Truth] = {n: None for n, o in enumerate(others) if key not in o}

    def __call__(self, item: ItemValues) -> dict[int, Truth] | None:
        names = item.get(self._by)
        if not isinstance(names, frozenset):
            return None
        found: dict[int, Truth] = dict(self._nameless) if names else {}
        for name in names:
            for position in self._positions.get(name, (-1,)):
                found[position] = True
        return found


def _positions(items: Items, key: str) -> dict[Value, list[int]]:
    """Where each name stands; the same name may stand twice."""
    positions: dict[Value, list[int]] = {}
    for n, item in enumerate(items):
        if key in item:
            positions.setdefault(item[key], []).append(n)
    return positions


# ---- references as a graph


class _References:
    """The references between the items of one list."""

    def __init__(self, items: Items, by: str, key: str) -> None:
        self._positions = _positions(items, key)
        self._own = [item.get(key) for item in items]
        self._names: list[frozenset[str] | None] = [_names(item.get(by)) for item in items]
        onward = [self._led_to(n) for n in range(len(items))]
        back: list[list[int]] = [[] for _ in items]
        for n, others in enumerate(onward):
            for other in others:
                back[other].append(n)
        self._ring = _rings(onward, back)
        self._size = Counter(self._ring)
        silent = [n for n, names in enumerate(self._names) if names is None]
        self._leads_to_silence = set(_reached(silent, back))

    def _led_to(self, n: int) -> list[int]:
        names = self._names[n] or ()
        return [p for name in names for p in self._positions.get(name, ()) if p != n]

    def itself(self, n: int) -> Truth:
        """Whether the item refers to itself."""
        names, own = self._names[n], self._own[n]
        if names is None or (names and own is None):
            return None
        return own in names

    def missing(self, n: int) -> Truth:
        """Whether the item refers to something that is not in the list."""
        names = self._names[n]
        if names is None:
            return None
        if all(name in self._positions for name in names):
            return False
        return None if None in self._own else True  # it may mean an item that has no name

    def circular(self, n: int) -> Truth:
        """Whether the item's references lead back to it over at least one other."""
        if self._size[self._ring[n]] > 1:
            return True
        closed = None not in self._own and n not in self._leads_to_silence
        return False if closed else None


def _names(value: Value | None) -> frozenset[str] | None:
    return value if isinstance(value, frozenset) else None


def _reached(starts: Iterable[int], edges: list[list[int]]) -> Iterator[int]:
    """Every position that is led to from the starts, themselves included, each once."""
    seen: set[int] = set()
    waiting = list(starts)
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            yield here
            waiting.extend(edges[here])


def _rings(onward: list[list[int]], back: list[list[int]]) -> list[int]:
    """For each position a number that it shares with those it leads to and is led to from.

    Kosaraju's algorithm: last finished going onward, first gathered going back.
    """
    finished: list[int] = []
    seen: set[int] = set()
    for start in range(len(onward)):
        path = [(start, iter(onward[start]))] if start not in seen else []
        seen.add(start)
        while path:
            here, others = path[-1]
            other = next((each for each in others if each not in seen), None)
            if other is None:
                finished.append(here)
                path.pop()
            else:
                seen.add(other)
                path.append((other, iter(onward[other])))
    ring = [-1] * len(onward)
    for start in reversed(finished):
        waiting = [start] if ring[start] < 0 else []
        while waiting:
            here = waiting.pop()
            if ring[here] < 0:
                ring[here] = start
                waiting.extend(other for other in back[here] if ring[other] < 0)
    return ring
