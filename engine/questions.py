"""The questions that a project is asked at a gate, in the deck's order, and which rules ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from engine.conditions import NO_ITEM, Facts, compile_condition
from engine.evaluate_deck import Scene, prepare
from engine.lookup import find_gate, find_organisation
from engine.model.conditions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    FactName,
    ListStated,
    Not,
    Quantified,
    facts_beside,
)
from engine.model.deck import Deck
from engine.model.rules import Gate, Organisation, Rule, Rulebook
from engine.model.vocabulary import FactSpec, ListSpec, Value, Vocabulary
from engine.operators import Truth


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and the rules that ask it.

    Attributes:
        fact: its name in decks; an item's own name where the question is asked of each item.
        taken_as: what the organisation's file says unless the deck says otherwise, or None.
    """

    fact: str
    spec: FactSpec
    rules: tuple[str, ...]
    taken_as: Value | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """The questions of one section of the deck, or those asked of each item of a list."""

    title: str
    list: ListSpec | None
    questions: tuple[Question, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """Everything that is asked at a gate, in the deck's order."""

    gate: Gate
    organisation: Organisation | None
    as_of: date
    rules: tuple[Rule, ...]
    parts: tuple[Part, ...]


def find_questions(
    rulebook: Rulebook, gate: str, as_of: date, organisation: str | None = None
) -> Questions:
    """The questions that can matter at a gate on a day.

    A rule that the organisation's own facts rule out asks nothing, and neither does the part of a
    condition that they already decide.

    Raises:
        RuleError: there is no such organisation, or no such gate at it.
    """
    own = find_organisation(rulebook, organisation) if organisation is not None else None
    chosen = find_gate(rulebook, gate, own)
    return _Search(rulebook, chosen, own, as_of).questions()


def never_asked(rulebook: Rulebook, gate: str, organisation: str | None = None) -> frozenset[str]:
    """The ids of the rules that an organisation's own facts rule out on every day.

    Each rule is looked at on the last day on which it is in force, or far ahead.

    Raises:
        RuleError: as ``find_questions``.
    """
    own = find_organisation(rulebook, organisation) if organisation is not None else None
    chosen = find_gate(rulebook, gate, own)
    rules = rulebook.selected_by(own).rules
    days = {rule.in_force[1] or _FAR_AHEAD for rule in rules}
    searches = {day: _Search(rulebook, chosen, own, day) for day in days}
    return frozenset(
        rule.id
        for rule in rules
        if searches[rule.in_force[1] or _FAR_AHEAD].truth(rule.applies_when) is False
    )


_FAR_AHEAD = date(2100, 1, 1)


class _Search:
    def __init__(
        self, rulebook: Rulebook, gate: Gate, organisation: Organisation | None, as_of: date
    ) -> None:
        self._words: Vocabulary = rulebook.vocabulary
        self._gate = gate
        self._organisation = organisation
        self._as_of = as_of
        self._prepared = prepare(rulebook, organisation.id if organisation else None)
        self._policy = {
            fact
            for each in rulebook.organisations.values()
            for fact in (*each.facts, *each.defaults)
        }
        self._rows = {c.fact: c.rows for c in self._prepared.selection.conclusions}
        self._facts = self._known()
        self._deck: dict[str, dict[str, None]] = {}
        self._items: dict[tuple[str, str], dict[str, None]] = {}

    def questions(self) -> Questions:
        asking = [rule for rule in self._prepared.selection.rules if self._is_asked(rule)]
        for rule in asking:
            self._read(rule.applies_when, rule.id, None)
            self._read(rule.require, rule.id, None)
        return Questions(
            self._gate, self._organisation, self._as_of, tuple(asking), tuple(self._parts())
        )

    def _known(self) -> Facts:
        """What is known before the deck says anything, the conclusions from it included."""
        prepared, nothing = self._prepared, Deck("", self._gate.place, {}, {}, {}, {})
        scene = Scene(nothing, self._as_of, self._organisation, self._gate)
        facts = prepared.facts(scene)
        drawn = prepared.reference.evaluate(facts).conclusions
        values = {fact: value for fact, value in drawn.items() if value is not None}
        return replace(facts, values={**facts.values, **values})

    def truth(self, condition: Condition) -> Truth:
        """Whether it is decided before the deck says anything."""
        return compile_condition(self._open(condition))(self._facts, NO_ITEM)

    def _open(self, condition: Condition) -> Condition:
        """The condition with every question whether the deck states something left open."""
        match condition:
            case Comparison(fact, "present" | "absent"):
                decided = fact.name in self._policy and not fact.of_item
                return condition if decided else _OPEN
            case ListStated():
                return _OPEN
            case AllOf(parts):
                return AllOf(tuple(map(self._open, parts)))
            case AnyOf(parts):
                return AnyOf(tuple(map(self._open, parts)))
            case Not(part):
                return Not(self._open(part))
            case _:
                return condition

    def _is_asked(self, rule: Rule) -> bool:
        return rule.status == "active" and self.truth(rule.applies) is not False

    def _read(self, condition: Condition, rule: str, listed: str | None) -> None:
        """Note the facts that can still matter to a condition."""
        if listed is None and self.truth(condition) is not None:
            return
        match condition:
            case Comparison(fact, _, right):
                for name in (fact, *facts_beside(right)):
                    self._note(name, rule, listed)
            case ListStated(name):
                self._deck.setdefault(name, {})[rule] = None
            case AllOf(parts) | AnyOf(parts):
                for part in parts:
                    self._read(part, rule, listed)
            case Not(part):
                self._read(part, rule, listed)
            case Quantified(_, name, where, satisfies):
                self._deck.setdefault(name, {})[rule] = None
                self._read(where, rule, name)
                self._read(satisfies, rule, name)

    def _note(self, fact: FactName, rule: str, listed: str | None) -> None:
        name = fact.name
        if fact.of_item and listed is not None and name in self._words.lists[listed].worked_out:
            self._worked_out(name, rule, listed)
        elif fact.of_item and listed is not None:
            self._items.setdefault((listed, name), {})[rule] = None
        elif name in self._words.measures:
            self._measured(name, rule)
        elif name in self._rows:
            if name not in self._facts.values:
                for row in self._rows[name]:
                    self._read(row.when, rule, None)
        elif name not in self._words.built_in and not self._words.facts[name].concluded:
            judgement = self._words.facts[name].attests
            self._deck.setdefault(judgement or name, {})[rule] = None

    def _worked_out(self, name: str, rule: str, listed: str) -> None:
        """What a measure of an item is worked out from: its own facts and the related items'."""
        measure = next(m for m in self._words.item_measures[listed] if m.spec.name == name)
        for read in measure.reads:
            self._items.setdefault((listed, read), {})[rule] = None
        if measure.relation is None:
            return
        over, relation = measure.relation.over, measure.relation
        self._deck.setdefault(over, {})[rule] = None
        theirs = [relation.matching[0] or self._words.lists[over].key, measure.of]
        for read in filter(None, theirs):
            self._items.setdefault((over, read), {})[rule] = None
        if measure.where is not None:
            self._read(measure.where, rule, over)

    def _measured(self, name: str, rule: str) -> None:
        measure = self._words.measures[name]
        group = self._words.groups.get(measure.over)
        if group is not None:
            for member in group.members:
                self._deck.setdefault(member, {})[rule] = None
            return
        self._deck.setdefault(measure.over, {})[rule] = None
        if measure.of is not None:
            self._note(FactName(measure.of, of_item=True), rule, measure.over)
        if measure.where not in (None, ALWAYS):
            assert measure.where is not None
            self._read(measure.where, rule, measure.over)

    def _parts(self) -> Iterator[Part]:
        """Each section's own questions, then those of its lists."""
        fixed = self._organisation.facts if self._organisation else {}
        for section, title in self._words.sections.items():
            own = [
                self._question(spec, spec.name)
                for spec in self._words.stated()
                if spec.section == section and spec.name in self._deck and spec.name not in fixed
            ]
            if own:
                yield Part(title, None, tuple(own), ())
            for name, words in self._words.lists.items():
                if words.section == section and name in self._deck:
                    items = tuple(
                        Question(key, spec, tuple(self._items[name, key]))
                        for key, spec in words.facts.items()
                        if (name, key) in self._items
                    )
                    yield Part(words.title, words, items, tuple(self._deck[name]))

    def _question(self, spec: FactSpec, name: str) -> Question:
        defaults: Mapping[str, Value] = self._organisation.defaults if self._organisation else {}
        return Question(name, spec, tuple(self._deck[name]), defaults.get(name))


_OPEN = Comparison(FactName("assessment.nothing"), "known")  # unknown, whatever is known
