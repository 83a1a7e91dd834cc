"""Which missing facts would settle what, the most decisive first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from engine.conditions import right_value
from engine.days import move
from engine.evaluate_deck import Evaluated, evaluate_deck
from engine.model.conditions import (
    AnyOf,
    Comparison,
    FactName,
    Not,
    OneOf,
    Period,
    facts_beside,
)
from engine.model.deck import Deck
from engine.model.rules import Rulebook
from engine.model.vocabulary import ATTESTED_BY, ATTESTED_ON, FactSpec, Value
from engine.tracing import Trace, deciding, trace

_DAY = Period(1, "days")


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that the deck leaves out: its own, an item's, or a whole list.

    Attributes:
        attestation: the judgement is there, and who made it or when is not.
    """

    name: str
    list: str | None = None
    item: int | None = None
    attestation: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """A missing fact and what it would settle.

    Attributes:
        fact: its name; label: what sentences call it, with the item it belongs to.
        question: what to ask a person.
        settles: the undecided rules, and answers of a triage, that some answer to this question
            alone would decide.
        always: those of them that every answer tried would decide.
        waits: the undecided rules that read it, settled by it alone or not.
        escalating: how many of ``settles`` escalate while they are undecided.
    """

    fact: str
    label: str
    question: str
    section: str
    settles: tuple[str, ...]
    always: tuple[str, ...]
    waits: tuple[str, ...]
    escalating: int


def find_needs(
    rulebook: Rulebook,
    deck: Deck,
    as_of: date,
    *,
    gate: str | None = None,
    organisation: str | None = None,
) -> tuple[Need, ...]:
    """The missing facts that undecided rules wait for, the most decisive first.

    Each fact is tried with the answers that matter: every choice, yes and no, and the values at
    and beside those that the rules compare it with.

    Raises:
        DeckError: as ``assess``.
    """
    evaluated = evaluate_deck(rulebook, deck, as_of, gate=gate, organisation=organisation)
    return _Search(rulebook, evaluated).needs()


class _Search:
    def __init__(self, rulebook: Rulebook, evaluated: Evaluated) -> None:
        self._words = rulebook.vocabulary
        self._evaluated = evaluated
        self._rules = {
            rule.id: rule
            for rule in evaluated.prepared.selection.rules
            if evaluated.evaluation.statuses[rule.id] == "unknown" and rule.status == "active"
        }
        conclusions = evaluated.prepared.selection.conclusions
        self._rows = {conclusion.fact: conclusion.rows for conclusion in conclusions}
        self._answers_sought = [
            conclusion.fact
            for conclusion in conclusions
            if conclusion.answer and evaluated.evaluation.conclusions[conclusion.fact] is None
        ]

    def needs(self) -> tuple[Need, ...]:
        waits: dict[Missing, list[str]] = {}
        for rule in self._rules.values():
            traced = trace(AnyOf((Not(rule.applies), rule.require)), self._evaluated.facts)
            for missing in self._missing(traced, set()):
                waits.setdefault(missing, []).append(rule.id)
        for fact in self._answers_sought:
            for missing in self._behind(fact, set()):
                waits.setdefault(missing, []).append(fact)
        needs = [self._need(missing, rules) for missing, rules in waits.items()]
        return tuple(
            sorted(
                needs,
                key=lambda n: (-n.escalating, -len(n.settles), -len(n.waits), n.fact, n.label),
            )
        )

    def _missing(self, traced: Trace, seen: set[str]) -> Iterator[Missing]:
        """The missing facts behind an undecided condition, through conclusions and measures."""
        for leaf in deciding(traced):
            if leaf.truth is not None:
                continue
            condition = leaf.condition
            if not isinstance(condition, Comparison):
                yield Missing(leaf.list or "")
                continue
            facts = [condition.fact] if leaf.left is None else []
            if leaf.right is None:
                facts += [f for f in facts_beside(condition.right) if not self._has(f, leaf)]
            for fact in facts:
                if fact.of_item and leaf.list is not None and leaf.item is not None:
                    yield from self._of_item(fact.name, leaf.list, leaf.item)
                else:
                    yield from self._behind(fact.name, seen)

    def _of_item(self, name: str, listed: str, item: int) -> Iterator[Missing]:
        """What an item leaves out: the fact itself, or what it would be worked out from."""
        if name not in self._words.lists[listed].worked_out:
            yield Missing(name, listed, item)
            return
        measure = next(m for m in self._words.item_measures[listed] if m.spec.name == name)
        items = self._evaluated.facts.items
        yield from (Missing(n, listed, item) for n in measure.reads if n not in items[listed][item])
        if measure.relation is not None and measure.relation.over not in items:
            yield Missing(measure.relation.over)

    def _has(self, fact: FactName, leaf: Trace) -> bool:
        if fact.of_item and leaf.list is not None and leaf.item is not None:
            return fact.name in self._evaluated.facts.items[leaf.list][leaf.item]
        return fact.name in self._evaluated.facts.values

    def _behind(self, name: str, seen: set[str]) -> Iterator[Missing]:
        if name in seen:
            return
        seen.add(name)
        if name in self._rows:
            for row in self._rows[name]:
                yield from self._missing(trace(row.when, self._evaluated.facts), seen)
        elif name in self._words.measures:
            over = self._words.measures[name].over
            if over in self._words.lists and over not in self._evaluated.facts.items:
                yield Missing(over)
        elif name not in self._words.built_in:
            judgement = self._words.facts[name].attests
            if not judgement:
                yield Missing(name)
            elif judgement in self._evaluated.facts.values:
                yield Missing(judgement, attestation=True)
            else:
                yield from self._behind(judgement, seen)

    def _need(self, missing: Missing, waits: list[str]) -> Need:
        settled = [self._settled(missing, answer) for answer in self._answers(missing)]
        undecided = [*self._rules, *self._answers_sought]
        settles = tuple(name for name in undecided if any(name in s for s in settled))
        always = tuple(name for name in settles if all(name in s for s in settled))
        label, question, section = self._words_for(missing)
        return Need(
            fact=missing.name if missing.list is None else f"{missing.list}.{missing.name}",
            label=label,
            question=question,
            section=section,
            settles=settles,
            always=always,
            waits=tuple(dict.fromkeys(waits)),
            escalating=sum(
                name in self._rules and self._rules[name].if_unknown == "escalate"
                for name in settles
            ),
        )

    def _words_for(self, missing: Missing) -> tuple[str, str, str]:
        if missing.list is not None and missing.item is not None:
            spec = self._words.lists[missing.list].facts[missing.name]
            item = self._evaluated.witness.item_name(missing.list, missing.item)
            return f"{spec.label} of {item}", spec.question, spec.section
        if missing.name in self._words.lists:
            words = self._words.lists[missing.name]
            return (
                words.title,
                f"Which {words.title.lower()} are there? If none, say so.",
                words.section,
            )
        spec = self._words.facts[missing.name]
        if missing.attestation:
            question = f"Which role judged this, and on which day? {spec.question}"
            return f"who judged the {spec.label}, and when", question, spec.section
        return spec.label, spec.question, spec.section

    def _answers(self, missing: Missing) -> list[Value | None]:
        """Values worth trying; for a whole list, the one answer that there is none."""
        if missing.list is None and missing.name in self._words.lists:
            return [None]
        if missing.attestation:
            return [self._evaluated.facts.values[missing.name]]
        spec = (
            self._words.facts[missing.name]
            if missing.list is None
            else self._words.lists[missing.list].facts[missing.name]
        )
        return list(dict.fromkeys(_worth_trying(spec, self._compared_with(missing))))

    def _compared_with(self, missing: Missing) -> set[Value]:
        values: set[Value] = set()
        for condition in self._conditions():
            for comparison in _comparisons(condition):
                fact = comparison.fact
                if fact.name == missing.name and fact.of_item == (missing.list is not None):
                    right = right_value(comparison.right, self._evaluated.facts)
                    values.update(right if isinstance(comparison.right, OneOf) else
                                  [right] if right is not None else [])  # fmt: skip
        return values

    def _conditions(self) -> Iterator[Any]:
        for rule in self._rules.values():
            yield from (rule.applies_when, rule.require)
        for rows in self._rows.values():
            yield from (row.when for row in rows)

    def _settled(self, missing: Missing, answer: Value | None) -> set[str]:
        """The undecided rules, and answers of a triage, that this answer decides."""
        scene, prepared = self._evaluated.scene, self._evaluated.prepared
        supplied = replace(scene, deck=self._supply(scene.deck, missing, answer))
        found = prepared.reference.evaluate(prepared.facts(supplied))
        answered = {fact for fact in self._answers_sought if found.conclusions[fact] is not None}
        return answered | {rule for rule in self._rules if found.statuses[rule] != "unknown"}

    def _supply(self, deck: Deck, missing: Missing, answer: Value | None) -> Deck:
        """The deck with the answer; a judgement is answered with who made it, and when."""
        if answer is None:
            return replace(deck, lists={**deck.lists, missing.name: ()})
        if missing.list is not None and missing.item is not None:
            items = list(deck.lists[missing.list])
            item = items[missing.item]
            items[missing.item] = replace(item, values={**item.values, missing.name: answer})
            return replace(deck, lists={**deck.lists, missing.list: tuple(items)})
        supplied = {missing.name: answer}
        if self._words.facts[missing.name].attested:
            by, on = (f"{missing.name}.{key}" for key in (ATTESTED_BY, ATTESTED_ON))
            supplied = {by: "a role", on: self._evaluated.scene.as_of, **supplied}
        return replace(deck, values={**deck.values, **supplied})


def _worth_trying(spec: FactSpec, compared: Iterable[Value]) -> Iterator[Value]:
    match spec.type:
        case "yes_no":
            yield from (True, False)
        case "choice":
            yield from spec.values
        case "choices":
            yield frozenset(spec.values)
            yield from (frozenset({value}) for value in spec.values)
        case "text":
            yield from ("an answer", *(v for v in compared if isinstance(v, str)))
        case "date":
            days = [v for v in compared if isinstance(v, date)] or [date(2000, 1, 1)]
            for day in days:
                yield from (move(day, _DAY, -1), day, move(day, _DAY))
        case _:
            numbers = [v for v in compared if isinstance(v, int | Decimal)] or [0]
            for number in numbers:
                yield from (number - 1, number, number + 1)


def _comparisons(condition: Any) -> Iterator[Comparison]:
    if isinstance(condition, Comparison):
        yield condition
        return
    for name in ("parts", "part", "where", "satisfies"):
        below = getattr(condition, name, ())
        for part in below if isinstance(below, tuple) else (below,):
            yield from _comparisons(part)
