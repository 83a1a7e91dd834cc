"""A deck that was written as one (YAML, JSON), in the form that office documents are told in."""

from __future__ import annotations

from collections.abc import Mapping

from engine.errors import Place
from engine.model.deck import Deck
from engine.model.document import Document
from engine.model.pages import Address
from engine.model.understood import Found, Understood
from engine.model.vocabulary import FactSpec, Value, Vocabulary
from engine.showing import canonical


def understood_as_written(document: Document, deck: Deck, vocabulary: Vocabulary) -> Understood:
    """What a deck says, each value with its line, by the deck that was parsed from it."""
    found = [
        _found(name, vocabulary.facts[name], None, value, deck.places)
        for name, value in deck.values.items()
    ]
    for name, items in deck.lists.items():
        spec = vocabulary.lists[name]
        for n, item in enumerate(items):
            found += [
                _found(f"{name}.{key}", spec.facts[key], n, value, item.places, key)
                for key, value in item.values.items()
            ]
    return Understood(document, tuple(found), (), {})


def _found(
    name: str,
    spec: FactSpec,
    item: int | None,
    value: Value,
    places: Mapping[str, Place],
    key: str = "",
) -> Found:
    place = places[key or name]
    line = "" if place.line is None else f"line {place.line}"
    spot = ", ".join(part for part in (place.where, line) if part)
    text = "; ".join(sorted(value)) if isinstance(value, frozenset) else canonical(spec, value)
    return Found(name, item, text or "none", spot, Address(0), 100, "as written", used=True)
