"""What the report of the period before says, beside what a deck says now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from engine.errors import Place
from engine.model.deck import Deck, Item
from engine.model.vocabulary import FactSpec, ListSpec, Value, Vocabulary


def with_last_period(deck: Deck, previous: Deck, vocabulary: Vocabulary) -> Deck:
    """The deck with what it leaves out of the period before, taken from that period's deck.

    What the deck itself says of the period before stays. Items of a list are found again by the
    fact that names them; one whose name stands twice is not.
    """
    values, places = _filled(deck.values, deck.places, previous.values, previous.places, [
        spec for spec in vocabulary.stated() if spec.last_period
    ])  # fmt: skip
    lists = {
        name: _items(items, previous.lists.get(name, ()), vocabulary.lists[name])
        for name, items in deck.lists.items()
    }
    return replace(deck, values=values, places=places, lists=lists)


def find_last_period(deck: Deck, earlier: Iterable[Deck]) -> Deck | None:
    """The earlier deck of the same project: by its reference, else by its title.

    Where that names several, or none, there is no telling which.
    """
    reference, title = (deck.values.get(name) for name in ("project.id", "project.title"))
    named = [(each, each.values.get("project.id")) for each in earlier]
    found = [each for each, other in named if reference is not None and other == reference]
    if not found:  # a title tells only where one of the two has no reference
        unnamed = [each for each, other in named if reference is None or other is None]
        found = [e for e in unnamed if title is not None and e.values.get("project.title") == title]
    return found[0] if len(found) == 1 else None


def _filled(
    values: Mapping[str, Value],
    places: Mapping[str, Place],
    before: Mapping[str, Value],
    before_places: Mapping[str, Place],
    wanted: list[FactSpec],
) -> tuple[dict[str, Value], dict[str, Place]]:
    found = [s for s in wanted if s.name not in values and s.last_period in before]
    return (
        {**values, **{spec.name: before[spec.last_period] for spec in found}},
        {**places, **{spec.name: before_places[spec.last_period] for spec in found}},
    )


def _items(items: tuple[Item, ...], before: tuple[Item, ...], spec: ListSpec) -> tuple[Item, ...]:
    wanted = [fact for fact in spec.facts.values() if fact.last_period]
    key = spec.key or spec.name_from
    if not wanted or key is None:
        return items
    known: dict[Value, Item | None] = {}
    for item in before:
        if key in item.values:
            name = item.values[key]
            known[name] = None if name in known else item
    return tuple(_item(item, known.get(item.values.get(key, "")), wanted) for item in items)


def _item(item: Item, before: Item | None, wanted: list[FactSpec]) -> Item:
    if before is None:
        return item
    values, places = _filled(item.values, item.places, before.values, before.places, wanted)
    return replace(item, values=values, places=places)
