"""One deck in its scene, evaluated by both evaluators, which must agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from engine.conditions import Facts
from engine.errors import DeckError, EvaluatorsDisagree, Place, Problem, RuleError
from engine.evaluate import ReferenceEvaluator
from engine.evaluate_rete import ReteEvaluator
from engine.evidence import Witness
from engine.facts import Measure, compile_measures, gather_facts
from engine.items import ItemMeasure, compile_item_measures
from engine.lookup import find_gate, find_organisation, is_named
from engine.model.deck import Deck
from engine.model.evaluation import Evaluation
from engine.model.rules import Gate, Organisation, Rulebook, Selection
from engine.model.vocabulary import Value
from engine.showing import show_value


@dataclass(frozen=True)
class Evaluated:
    """A deck with everything that the evaluators found.

    Attributes:
        facts: all that is known, the conclusions drawn included.
        evaluators: the names of those that answered, alike.
    """

    prepared: Prepared
    scene: Scene
    facts: Facts
    evaluation: Evaluation
    evaluators: tuple[str, ...]
    witness: Witness


def evaluate_deck(
    rulebook: Rulebook,
    deck: Deck,
    as_of: date,
    *,
    gate: str | None = None,
    organisation: str | None = None,
) -> Evaluated:
    """Evaluate one deck; the arguments and errors are those of ``assess``."""
    chosen = _choose_organisation(rulebook, deck, organisation)
    own = deck.values.get("organisation.id")
    of_another = chosen is not None and own is not None and not is_named(chosen, str(own))
    if of_another:
        deck = _without_its_organisation(deck)
    scene = Scene(deck, as_of, chosen, _choose_gate(rulebook, deck, gate, chosen), of_another)
    prepared = prepare(rulebook, chosen.id if chosen else None)
    facts = prepared.facts(scene)
    answer, evaluators = evaluate_by_all(prepared, facts)
    drawn = {fact: value for fact, value in answer.conclusions.items() if value is not None}
    known = replace(facts, values={**facts.values, **drawn})
    places = chosen.fact_places if chosen else {}
    thresholds = prepared.selection.thresholds
    concluding = {each.fact: each for each in prepared.selection.conclusions}
    witness = Witness(rulebook.vocabulary, deck, places, thresholds, known, concluding)
    return Evaluated(prepared, scene, known, answer, evaluators, witness)


def evaluate_by_all(prepared: Prepared, facts: Facts) -> tuple[Evaluation, tuple[str, ...]]:
    """The one answer of every evaluator that is installed, and their names.

    Raises:
        EvaluatorsDisagree: there is no one answer.
    """
    gate = facts.values.get("assessment.gate")
    reference, rete = prepared.reference, prepared.rete_at(None if gate is None else str(gate))
    answer = reference.evaluate(facts)
    if rete is None:
        return answer, (reference.name,)
    check_agreement(answer, rete.evaluate(facts))
    return answer, (reference.name, rete.name)


def check_agreement(reference: Evaluation, other: Evaluation) -> None:
    """Raise if two evaluators differ on any rule or conclusion.

    Raises:
        EvaluatorsDisagree: names every rule and conclusion with both answers.
    """
    if reference == other:
        return
    differences = [
        f"{name}: reference says {ours[name]}, durable_rules says {theirs.get(name)}"
        for ours, theirs in (
            (dict(reference.statuses), dict(other.statuses)),
            (dict(reference.conclusions), dict(other.conclusions)),
        )
        for name in ours
        if ours[name] != theirs.get(name)
    ]
    raise EvaluatorsDisagree("the evaluators disagree: " + "; ".join(differences))


@dataclass(frozen=True)
class Prepared:
    """A selection of rules, compiled once and used for every deck of the organisation."""

    rulebook: Rulebook
    organisation: Organisation | None

    @cached_property
    def selection(self) -> Selection:
        """The organisation's rules."""
        return self.rulebook.selected_by(self.organisation)

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure, ready to be taken."""
        return compile_measures(self.rulebook.vocabulary)

    @cached_property
    def of_items(self) -> tuple[ItemMeasure, ...]:
        """Every measure of items, ready to be taken."""
        return compile_item_measures(self.rulebook.vocabulary)

    def facts(self, scene: Scene) -> Facts:
        """Everything known of the scene's deck before any rule is read."""
        own = self.organisation
        fixed = {**own.defaults, **own.facts} if own else {}
        gate = scene.gate.id if scene.gate else None
        thresholds = self.selection.thresholds_on(scene.as_of, gate)
        known = Facts(scene.as_of, {}, {}, thresholds, self.selection.thresholds)
        return gather_facts(scene.deck, fixed, scene.facts(), self.measures, self.of_items, known)

    @cached_property
    def reference(self) -> ReferenceEvaluator:
        """The evaluator that is the specification."""
        return ReferenceEvaluator(self.selection)

    def rete_at(self, gate: str | None) -> ReteEvaluator | None:
        """The evaluator by forward chaining, or None where durable_rules is not installed.

        There is one for each gate, with what is asked there, which is quicker to compile than one
        with everything; that is what there is without a gate.
        """
        if gate not in self._rete:
            try:
                self._rete[gate] = ReteEvaluator(self.selection, gate)
            except ImportError:
                self._rete[gate] = None
        return self._rete[gate]

    @cached_property
    def _rete(self) -> dict[str | None, ReteEvaluator | None]:
        return {}

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """What each role is called here."""
        own = self.organisation.roles if self.organisation else {}
        return {**self.rulebook.vocabulary.roles, **own}


@lru_cache(maxsize=16)
def prepare(rulebook: Rulebook, organisation: str | None) -> Prepared:
    """What an organisation's decks are evaluated by; compiled when it is first used."""
    return Prepared(rulebook, rulebook.organisations[organisation] if organisation else None)


@dataclass(frozen=True)
class Scene:
    """A deck on a day, at a gate, in an organisation.

    Attributes:
        of_another: whether the organisation is another one than the deck names.
    """

    deck: Deck
    as_of: date
    organisation: Organisation | None
    gate: Gate | None
    of_another: bool = False

    def facts(self) -> dict[str, Value]:
        """The built-in facts of an assessment."""
        own = self.deck.values.get("meta.as_of")
        told_on = max(own, self.as_of) if isinstance(own, date) else self.as_of
        facts: dict[str, Value] = {"assessment.as_of": self.as_of, "assessment.told_on": told_on}
        if self.organisation is not None:
            facts["assessment.organisation"] = self.organisation.id
        if self.gate is not None:
            facts["assessment.gate"] = self.gate.id
            if self.gate.into_phase:
                facts["assessment.next_phase"] = self.gate.into_phase
        return facts


def _without_its_organisation(deck: Deck) -> Deck:
    """The deck without what it says of its own organisation, for the rules of another one."""
    kept = {n: v for n, v in deck.values.items() if n.partition(".")[0] != "organisation"}
    return replace(deck, values=kept)


def _choose_organisation(rulebook: Rulebook, deck: Deck, given: str | None) -> Organisation | None:
    name = given if given is not None else deck.values.get("organisation.id")
    if name is None:
        return None
    place = deck.place if given is not None else deck.places["organisation.id"]
    with _said_of(place):
        organisation = find_organisation(rulebook, str(name))
    contradictions = [
        Problem(
            deck.places[fact],
            f"the deck contradicts what holds for every deck of {organisation.title}",
            found=show_value(rulebook.vocabulary.facts[fact], deck.values[fact]),
            expected=f"{show_value(rulebook.vocabulary.facts[fact], value)}, from "
            f"{organisation.fact_places[fact]}",
            fix=f"Take {fact} out, or correct it.",
        )
        for fact, value in organisation.facts.items()
        if fact in deck.values and deck.values[fact] != value
    ]
    if contradictions:
        raise DeckError(contradictions)
    return organisation


def _choose_gate(
    rulebook: Rulebook, deck: Deck, given: str | None, organisation: Organisation | None
) -> Gate | None:
    if not rulebook.gates and given is None:
        return None
    name = given if given is not None else deck.values.get("gate.requested")
    place = deck.places.get("gate.requested", deck.place) if given is None else deck.place
    if name is None:
        run = organisation.gates if organisation else tuple(rulebook.gates)
        fix = f"State gate.requested, or give --gate. The gates are: {', '.join(run)}."
        raise DeckError([Problem(place, "the deck names no gate", fix=fix)])
    with _said_of(place):
        return find_gate(rulebook, str(name), organisation)


@contextmanager
def _said_of(place: Place) -> Iterator[None]:
    """A name that the rules lack is the deck's mistake, at its place."""
    try:
        yield
    except RuleError as error:
        raise DeckError([replace(problem, place=place) for problem in error.problems]) from None
