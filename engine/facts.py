"""A deck's facts and lists, its organisation's facts and the measures, as one flat view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from engine.conditions import Facts, ItemValues, Test, compile_condition
from engine.items import ItemMeasure, work_out
from engine.model.deck import Deck
from engine.model.vocabulary import MeasureSpec, Value, Vocabulary
from engine.operators import Truth


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure ready to be taken."""

    spec: MeasureSpec
    where: Test | None
    members: tuple[str, ...]  # of the group it walks; empty for a list


def compile_measures(vocabulary: Vocabulary) -> tuple[Measure, ...]:
    """Every measure of the vocabulary, ready to be taken from many decks."""
    return tuple(
        Measure(
            spec,
            None if spec.where is None else compile_condition(spec.where),
            vocabulary.groups[spec.over].members if spec.over in vocabulary.groups else (),
        )
        for spec in vocabulary.measures.values()
    )


def gather_facts(
    deck: Deck,
    organisation_facts: Mapping[str, Value],
    scene: Mapping[str, Value],
    measures: tuple[Measure, ...],
    of_items: tuple[ItemMeasure, ...],
    known: Facts,
) -> Facts:
    """Everything known of a deck on a day.

    Args:
        organisation_facts: what is true of every deck of the organisation.
        scene: the built-in assessment facts.
        measures, of_items: what is worked out of the lists, and of their items before.
        known: what does not depend on the deck: the day and the thresholds.
    """
    values: dict[str, Value] = {**organisation_facts, **deck.values, **scene}
    items = {name: tuple(item.values for item in items) for name, items in deck.lists.items()}
    facts = replace(known, values=values, items=items)
    facts = replace(facts, items=work_out(of_items, items, facts))
    for measure in measures:
        value = take(measure, facts)
        if value is not None:
            values[measure.spec.spec.name] = value
    return facts


def take(measure: Measure, facts: Facts) -> Value | None:
    """The measure's value, or None while the list or anything that it depends on is missing."""
    if measure.members:
        walked: tuple[ItemValues, ...] = tuple(
            {"value": facts.values[name]} if name in facts.values else {}
            for name in measure.members
        )
    elif measure.spec.over in facts.items:
        walked = facts.items[measure.spec.over]
    else:
        return None
    truths = [_counts(measure, facts, item) for item in walked]
    if None in truths:
        return None
    chosen = [item for item, truth in zip(walked, truths, strict=True) if truth]
    match measure.spec.function:
        case "count":
            return len(chosen)
        case "share":
            return _share(len(chosen), len(walked))
        case "most_alike":
            return _most_alike([item.get(measure.spec.of or "") for item in chosen])
        case _:
            return _amount(measure.spec, [item.get(measure.spec.of or "value") for item in chosen])


def _counts(measure: Measure, facts: Facts, item: ItemValues) -> Truth:
    return True if measure.where is None else measure.where(facts, item)


def _share(part: int, whole: int) -> Decimal | None:
    if whole == 0:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def _most_alike(values: list[Value | None]) -> int | None:
    """How many have the commonest value; none of them may be missing."""
    return None if None in values else max(Counter(values).values(), default=0)


def _amount(spec: MeasureSpec, amounts: list[Value | None]) -> Value | None:
    if None in amounts or (not amounts and spec.function != "sum"):
        return None
    known: list[Any] = [amount for amount in amounts if amount is not None]
    combine: Any = {"sum": sum, "min": min, "max": max}[spec.function]
    amount: Value = combine(known)
    return amount
