"""One rule on one deck as a tree: each part with its truth, its value and what was expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.errors import DeckError, Place, Problem, nearest
from engine.evaluate_deck import evaluate_deck
from engine.evidence import Witness
from engine.model.conditions import AllOf, AnyOf, Comparison, ListStated, Not, Quantified
from engine.model.deck import Deck
from engine.model.rules import Conclusion, Rule, Rulebook
from engine.operators import Truth
from engine.showing import show_value
from engine.tracing import Trace, trace


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a condition, and how it came out.

    Attributes:
        text: what the part asks, in words.
        truth: None is unknown.
        found: the value it met, in words, or "" where it has parts of its own.
    """

    text: str
    truth: Truth
    found: str
    place: Place | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule's or conclusion's whole condition on a deck, part by part."""

    name: str
    title: str
    result: str
    parts: tuple[Part, ...]


def explain(
    rulebook: Rulebook,
    deck: Deck,
    as_of: date,
    name: str,
    *,
    gate: str | None = None,
    organisation: str | None = None,
) -> Explanation:
    """Explain a rule by its id, or a conclusion by the fact that it works out.

    Raises:
        DeckError: as ``assess``, and where no rule or conclusion in force has that name.
    """
    evaluated = evaluate_deck(rulebook, deck, as_of, gate=gate, organisation=organisation)
    selection, facts, witness = evaluated.prepared.selection, evaluated.facts, evaluated.witness
    things: dict[str, Rule | Conclusion] = {rule.id: rule for rule in selection.rules}
    things |= {conclusion.fact: conclusion for conclusion in selection.conclusions}
    thing = things.get(name) or things.get(name.upper())
    if thing is None:
        fix = nearest(name, things) or "See gatewise rules list."
        raise DeckError([Problem(deck.place, f'no rule "{name}" is in force here', fix=fix)])
    if isinstance(thing, Rule):
        applies = _part(trace(thing.applies, facts), witness, "Applies when")
        require = _part(trace(thing.require, facts), witness, "Requires")
        status = evaluated.evaluation.statuses[thing.id].replace("_", " ")
        return Explanation(thing.id, thing.title, status, (applies, require))
    value = evaluated.evaluation.conclusions[thing.fact]
    spec = rulebook.vocabulary.facts[thing.fact]
    rows = tuple(
        _part(trace(row.when, facts), witness, f"{show_value(spec, row.value)} when")
        for row in thing.rows
    )
    result = "unknown" if value is None else show_value(spec, value)
    return Explanation(thing.fact, thing.title, result, rows)


def _part(traced: Trace, witness: Witness, lead: str = "") -> Part:
    condition = traced.condition
    match condition:
        case Comparison() | ListStated():
            return _leaf(traced, witness, lead)
        case AllOf(parts):
            text = "all of" if parts else "always"
        case AnyOf():
            text = "any of"
        case Not():
            text = "not"
        case Quantified(kind, name):
            words = witness.vocabulary.lists[name]
            text = f"{kind} {words.item} in {words.title.lower()}"
    below = tuple(_part(part, witness) for part in traced.parts)
    found, place = "", None
    if isinstance(condition, Quantified):
        below = tuple(
            Part(witness.item_name(condition.list, n), part.truth, part.found, part.place,
                 part.parts or (part,))
            for n, part in enumerate(below)
        )  # fmt: skip
        place = witness.deck.list_places.get(condition.list)
        found = "" if below else "none in the list" if place else "not stated"
    return Part(f"{lead} {text}".strip(), traced.truth, found, place, below)


def _leaf(traced: Trace, witness: Witness, lead: str) -> Part:
    condition = traced.condition
    found = next(witness.of_leaf(traced), None)
    if found is None:  # a fact of the scene itself, which is not evidence
        assert isinstance(condition, Comparison)
        spec = witness.vocabulary.facts[condition.fact.name]
        expected = witness.expected(condition, spec, traced.right, traced.list)
        value = None if traced.left is None else show_value(spec, traced.left)
        text, place = f"{spec.label} {expected}", None
    else:
        text, value, place = f"{found.label} {found.expected}".strip(), found.value, found.place
    return Part(f"{lead} {text}".strip(), traced.truth, value or "not stated", place, ())
