"""A deck carried on to a later gate: what it says of the gate before is no longer so."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from engine.model.deck import Deck
from engine.model.rules import Gate, Rulebook

_REQUESTED, _PREVIOUS = "gate.requested", "gate.previous.gate"
_VERSION, _PREVIOUS_VERSION = "meta.deck_version", "meta.previous_deck_version"
_CONDITIONS = "gate.conditions"
_ASKED_ANEW = (
    "gate.previous.decision", "gate.previous.date", "gate.meeting_date", _VERSION,
    _PREVIOUS_VERSION,
)  # fmt: skip
_NOT_KNOWN = "Gates lie between that of the earlier deck and this one, so the previous gate is open"
_LEFT_OPEN = (
    "What was decided at it and when, the date of the next meeting and the version of the deck are "
    "left to be filled in. Of the conditions listed, those that are closed are left out."
)


def carry_on(deck: Deck, gate: Gate, rulebook: Rulebook, run: Collection[str]) -> tuple[Deck, str]:
    """The deck as far as it holds at a later gate, and what was done in words, or "".

    At the next gate, the gate that the deck asked for is the one before. What was decided there
    and when, the date of the new meeting and the new deck's version cannot be known from it. Where
    a gate lies between, nothing is known of that one. At the same gate or an earlier one, and
    beside the ladders, the deck stays as it is.

    Args:
        run: the ids of the gates that the organisation runs.
    """
    spec = rulebook.vocabulary.facts.get(_PREVIOUS)
    before = _asked_for(deck, rulebook.gates)
    steps = _steps(before, gate, rulebook, run) if before else 0
    if before is None or spec is None or steps < 1:
        return deck, ""
    values, places, lists = dict(deck.values), dict(deck.places), dict(deck.lists)
    for name in (_PREVIOUS, *_ASKED_ANEW):
        values.pop(name, None)
    is_known = steps == 1 and before.id in spec.values
    if is_known:
        values[_PREVIOUS] = before.id
        places[_PREVIOUS] = deck.places.get(_REQUESTED, deck.place)
        if _VERSION in deck.values:
            values[_PREVIOUS_VERSION] = deck.values[_VERSION]
            places[_PREVIOUS_VERSION] = deck.places.get(_VERSION, deck.place)
    conditions = lists.pop(_CONDITIONS, ())
    if still := tuple(item for item in conditions if item.values.get("status") != "closed"):
        lists[_CONDITIONS] = still
    before_it = f"The previous gate is now {before.title}" if is_known else _NOT_KNOWN
    return replace(deck, values=values, places=places, lists=lists), f"{before_it}. {_LEFT_OPEN}"


def _asked_for(deck: Deck, gates: Mapping[str, Gate]) -> Gate | None:
    """The gate that the deck went to, by its id or title."""
    name = str(deck.values.get(_REQUESTED, "")).strip()
    titled = (g for g in gates.values() if g.title.casefold() == name.casefold())
    return gates.get(name) or next(titled, None)


def _steps(before: Gate, gate: Gate, rulebook: Rulebook, run: Collection[str]) -> int:
    """How many gates one comes after another on the ladder that they share; 0 where it does not."""
    steps = [0]
    for name in gate.ladders:
        order = [each for each in rulebook.ladders[name].gates if each in run]
        if before.id in order and gate.id in order:
            steps.append(order.index(gate.id) - order.index(before.id))
    return min((n for n in steps if n > 0), default=0)
