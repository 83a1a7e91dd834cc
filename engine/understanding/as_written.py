"""A deck that was written as one (YAML, JSON), in the form that office documents are told in."""

from __future__ import annotations

from dataclasses import replace

from engine.errors import Place
from engine.model.deck import Deck
from engine.model.document import Document, Path
from engine.model.pages import Address, Content
from engine.model.understood import Found, Understood
from engine.model.vocabulary import FactSpec, Value, Vocabulary
from engine.showing import canonical


def understood_as_written(document: Document, deck: Deck, vocabulary: Vocabulary) -> Understood:
    """What a deck says, each value with its line, by the deck that was parsed from it."""
    found = [
        _found(name, vocabulary.facts[name], None, value, deck.places[name])
        for name, value in deck.values.items()
    ]
    spots: dict[Path, str] = {}
    for name, items in deck.lists.items():
        spec = vocabulary.lists[name]
        for n, item in enumerate(items):
            spots[name, n] = _spot(item.place)
            found += [
                _found(f"{name}.{key}", spec.facts[key], n, value, item.places[key])
                for key, value in item.values.items()
            ]
    data = {each.fact: each.content for each in found if each.item is None}
    lists: dict[str, list[dict[str, Content]]] = {
        name: [{} for _ in items] for name, items in deck.lists.items()
    }
    for each in found:
        if each.item is not None:
            name, _, key = each.fact.rpartition(".")
            lists[name][each.item][key] = each.content
    flat = replace(document, data={**data, **lists}, spots=spots)
    return Understood(flat, tuple(found), (), {})


def _found(name: str, spec: FactSpec, item: int | None, value: Value, place: Place) -> Found:
    text = "; ".join(sorted(value)) if isinstance(value, frozenset) else canonical(spec, value)
    spot = _spot(place)
    return Found(name, item, text or "none", spot, Address(0), 100, "as written", used=True)


def _spot(place: Place) -> str:
    line = "" if place.line is None else f"line {place.line}"
    return ", ".join(part for part in (place.where, line) if part)
