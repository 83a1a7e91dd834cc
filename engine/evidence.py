"""Which facts decided a condition, each with its value, what was expected of it and its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.asking import Asked, several_in_words, shown, values_in_words
from engine.conditions import Facts, period_of
from engine.errors import Place
from engine.model.assessment import Evidence
from engine.model.conditions import (
    Comparison,
    FromPeriod,
    FromThreshold,
    ListStated,
    OneOf,
    Period,
    Quantified,
    facts_beside,
)
from engine.model.deck import Deck
from engine.model.rules import Conclusion
from engine.model.thresholds import Threshold
from engine.model.vocabulary import FactSpec, Value, Vocabulary
from engine.operators import OPERATORS, OPPOSITES
from engine.showing import canonical, show_period, show_value
from engine.stating import Stating
from engine.tracing import Deciding, Trace, deciding, deciding_parts, trace


@dataclass(frozen=True, slots=True)
class Witness:
    """Tells where the facts of one deck stand, and what they are called."""

    vocabulary: Vocabulary
    deck: Deck
    organisation_places: Mapping[str, Place]
    thresholds: Mapping[str, Threshold]
    facts: Facts
    conclusions: Mapping[str, Conclusion] = field(default_factory=dict)

    def evidence(self, traced: Trace) -> tuple[Evidence, ...]:
        """The facts that made the condition come out as it did, each once, in the rule's order."""
        return self._gathered(deciding_parts(traced))

    def deciders(self, traced: Trace) -> tuple[Evidence, ...]:
        """The same without what is asked of them, which nobody is told of what is not asked."""
        found: dict[str, Evidence] = {}
        for leaf in deciding(traced):
            for each in self.of_leaf(leaf, Deciding(leaf, scope=True)):
                found.setdefault(each.label, each)
        return tuple(found.values())

    def evidence_of_rule(self, requires: Trace, applies: Trace) -> tuple[Evidence, ...]:
        """The facts that made a rule come out as not met or unknown."""
        unknown = None in (requires.truth, applies.truth)
        deciders: list[Deciding] = []
        if not unknown or requires.truth is None:
            deciders += deciding_parts(requires)
        if not unknown or applies.truth is None:
            deciders += deciding_parts(applies, Deciding(applies, negated=True, scope=True))
        return self._gathered(iter(deciders))

    def _gathered(self, deciders: Iterator[Deciding]) -> tuple[Evidence, ...]:
        seen: dict[str, tuple[Evidence, list[Asked]]] = {}
        for decider in _that_can_be_met(tuple(deciders)):
            for found in self.of_leaf(decider.leaf, decider):
                _, asked = seen.setdefault(found.label, (found, []))
                asked.append(self._asked(found, decider))
        told = [_asked_in_words(known, asked) for known, asked in seen.values()]
        lacking = {e.label: e for found in told for e in self._lacking(found.fact, found.value)}
        return (*told, *(e for label, e in lacking.items() if label not in seen))

    def _lacking(
        self, fact: str, value: str | None, above: frozenset[str] = frozenset()
    ) -> Iterator[Evidence]:
        """What the deck leaves out that a fact is worked out from."""
        if value is not None or fact in above:
            return
        measure, conclusion = self.vocabulary.measures.get(fact), self.conclusions.get(fact)
        over = measure.over if measure is not None else ""
        if over in self.vocabulary.lists and over not in self.facts.items:
            yield self._list_left_out(over)
        if conclusion is None:
            return
        for row in conclusion.rows:
            traced = trace(row.when, self.facts)
            if traced.truth is not None:
                continue
            for leaf in deciding(traced):
                for found in self.of_leaf(leaf):
                    if found.write and found.value is None:
                        yield replace(found, expected="is stated")
                    yield from self._lacking(found.fact, found.value, above | {fact})

    def _asked(self, found: Evidence, part: Deciding) -> Asked:
        """What one comparison asks, so that it can be told together with others."""
        condition = part.leaf.condition
        whole = isinstance(condition, Comparison) and found.expected not in ("", "is stated")
        if not isinstance(condition, Comparison) or not whole:
            # a list, or a fact on the right-hand side: that it be stated is all that is asked
            spec = next(iter(self.vocabulary.facts.values()))
            return Asked(spec, "present", None, (), found.expected, part.path)
        operator = condition.operator
        if part.negated and operator in OPPOSITES:
            operator = OPPOSITES[operator]
        elif part.negated:
            operator = f"not {operator}"
        spec = self.spec(condition.fact.name, condition.fact.of_item, part.leaf.list)
        right: Any = part.leaf.right
        values: tuple[Any, ...] = ()
        if isinstance(condition.right, OneOf):
            right, values = None, condition.right.values
        elif right is not None:
            values = (right,)
        return Asked(spec, operator, right, values, found.expected, part.path)

    def of_leaf(self, leaf: Trace, part: Deciding | None = None) -> Iterator[Evidence]:
        """What one comparison, or one question about a list, rests on."""
        condition = leaf.condition
        part = part or Deciding(leaf)
        if isinstance(condition, Comparison):
            if self._witnesses_nothing(condition):
                return
            if condition.fact.name not in _SCENE or condition.fact.of_item:
                yield self._compared(condition, leaf, part)
            if leaf.left is not None and leaf.right is None:
                yield from self._missing_beside(condition, leaf)
        elif isinstance(condition, ListStated | Quantified):
            yield self._list(condition, leaf)

    def _witnesses_nothing(self, condition: Comparison) -> bool:
        """Whether it asks who judged, or when, where there is no judgement to begin with."""
        spec = self.vocabulary.facts.get(condition.fact.name)
        return (
            spec is not None
            and not condition.fact.of_item
            and bool(spec.attests)
            and spec.attests not in self.facts.values
        )

    def spec(self, name: str, of_item: bool, list_name: str | None) -> FactSpec:
        """What a fact in a condition means."""
        if of_item and list_name is not None:
            return self.vocabulary.lists[list_name].known[name]
        return self.vocabulary.facts[name]

    def expected(
        self,
        condition: Comparison,
        spec: FactSpec,
        right: Any,
        listed: str | None,
        *,
        negated: bool = False,
    ) -> str:
        """The comparison in words: "is over £100,000"; ``listed`` is the list it is asked of."""
        if negated:
            if condition.operator not in OPPOSITES:
                asked = self.expected(condition, spec, right, listed)
                return f"not: {asked}"
            condition = replace(condition, operator=OPPOSITES[condition.operator])
        operator = OPERATORS[condition.operator]
        if operator.takes == "nothing":
            return operator.words
        if isinstance(condition.right, Period | FromPeriod):
            period = period_of(condition.right, self.facts)
            if period is not None:
                return f"{operator.words} {show_period(period)}"
        if isinstance(condition.right, OneOf):
            return values_in_words(spec, condition.operator, condition.right.values)
        if right is None:
            named = condition.right
            if isinstance(named, FromThreshold | FromPeriod) and self._has_ended(named.name):
                title = self.thresholds[named.name].title
                return f"{operator.words} a threshold that has no value on that day ({title})"
            stating = Stating(self.vocabulary, self.thresholds, self.facts.thresholds)
            # what is missing on the right-hand side is told as a fact of its own
            return f"{operator.words} {stating.right_side(named, spec, listed)}"
        if condition.operator in ("is", "is_not"):
            return values_in_words(spec, condition.operator, (right,))
        return f"{operator.words} {shown(spec, right)}"

    def _has_ended(self, threshold: str) -> bool:
        return threshold not in self.facts.thresholds

    def _compared(self, condition: Comparison, leaf: Trace, part: Deciding) -> Evidence:
        fact = condition.fact
        spec = self.spec(fact.name, fact.of_item, leaf.list)
        expected = ""  # what only says of which decks or items it is asked, is not asked itself
        if not part.scope:
            expected = self.expected(condition, spec, leaf.right, leaf.list, negated=part.negated)
        if fact.of_item and leaf.list is not None and leaf.item is not None:
            return self._of_item(spec, leaf.list, leaf.item, leaf.left, expected)
        return self._of_deck(spec, leaf.left, expected)

    def _missing_beside(self, condition: Comparison, leaf: Trace) -> Iterator[Evidence]:
        """The facts on the right-hand side that the deck leaves out."""
        for fact in facts_beside(condition.right):
            spec = self.spec(fact.name, fact.of_item, leaf.list)
            if fact.of_item and leaf.list is not None and leaf.item is not None:
                if fact.name not in self.deck.lists[leaf.list][leaf.item].values:
                    yield self._of_item(spec, leaf.list, leaf.item, None, "is stated")
            elif fact.name not in self.facts.values:
                yield self._of_deck(spec, None, "is stated")

    def _of_deck(self, spec: FactSpec, value: Value | None, expected: str) -> Evidence:
        place = self.deck.places.get(spec.name) or self.organisation_places.get(spec.name)
        if spec.name in self.vocabulary.measures:
            place = self.deck.list_places.get(self.vocabulary.measures[spec.name].over)
        if value is not None:
            return _evidence(spec.name, spec.label, spec, value, expected, place)
        worked_out = spec.concluded or spec.name in self.vocabulary.measures
        write = "" if worked_out else spec.name
        fill_in = self._fill_in(spec.label, spec.section) if write else ""
        missing = Evidence(spec.name, spec.label, None, None, expected, place, write, "", fill_in)
        doubt = self.deck.doubts.get(spec.name)
        if doubt is None:
            return missing
        written = f'"{doubt.written}"' if doubt.written else "something that is not shown"
        perhaps = f"{written}, {doubt.confidence}% sure"
        return replace(missing, place=doubt.place, perhaps=perhaps)

    def _fill_in(self, label: str, section: str) -> str:
        """Where people fill something in on slides, pages and sheets; "" for decks as data."""
        if self.deck.place.source.endswith((".yaml", ".yml", ".json", ".jsonl", "standard input")):
            return ""
        title = self.vocabulary.sections.get(section)
        return f"“{label}”{f' under {title}' if title else ''}"

    def _of_item(
        self, spec: FactSpec, list_name: str, number: int, value: Value | None, expected: str
    ) -> Evidence:
        item, name = self.deck.lists[list_name][number], self.item_name(list_name, number)
        label = f"{spec.label} of {name}"
        place = item.places.get(spec.name, item.place)
        fact = f"{list_name}.{spec.name}"
        if value is not None:
            return _evidence(fact, label, spec, value, expected, place, name)
        can_state = spec.name in self.vocabulary.lists[list_name].facts
        write = spec.name if can_state else ""
        title = self.vocabulary.lists[list_name].title
        fill_in = self._fill_in(spec.label, "") if write else ""
        fill_in += f" in the table {title}" if fill_in else ""
        return Evidence(fact, label, None, None, expected, place, write, name, fill_in)

    def item_name(self, list_name: str, number: int) -> str:
        """What to call an item: "benefit 2 (Faster repairs)"."""
        words = self.vocabulary.lists[list_name]
        name = f"{words.item} {number + 1}"
        if words.name_from is None:
            return name
        named = self.deck.lists[list_name][number].values.get(words.name_from)
        if named is None:
            return name
        return f"{name} ({show_value(words.facts[words.name_from], named)[:60]})"

    def _list(self, condition: ListStated | Quantified, leaf: Trace) -> Evidence:
        items = self.facts.items.get(condition.list)
        if items is None:
            return self._list_left_out(condition.list)
        title, place = self._title(condition.list), self.deck.list_places.get(condition.list)
        return Evidence(
            condition.list, title, f"{len(items)} in the list", str(len(items)), "", place
        )

    def _title(self, list_name: str) -> str:
        title = self.vocabulary.lists[list_name].title
        return title[:1].lower() + title[1:]

    def _list_left_out(self, name: str) -> Evidence:
        words = self.vocabulary.lists[name]
        fill_in = self._fill_in(words.title, words.section)
        place = self.deck.list_places.get(name)
        title = self._title(name)
        return Evidence(name, title, None, None, "is stated", place, name, fill_in=fill_in)


_SCENE = frozenset({"assessment.as_of", "assessment.gate", "assessment.organisation"})


def _asked_in_words(found: Evidence, asked: list[Asked]) -> Evidence:
    """The fact with all that is asked of it in one sentence."""
    expected = several_in_words(asked) or found.expected
    return found if expected == found.expected else replace(found, expected=expected)


def _evidence(
    name: str,
    label: str,
    spec: FactSpec,
    value: Value,
    expected: str,
    place: Place | None,
    item: str = "",
) -> Evidence:
    shown, raw = show_value(spec, value), canonical(spec, value)
    return Evidence(name, label, shown, raw, expected, place, item=item)


def _that_can_be_met(deciders: tuple[Deciding, ...]) -> tuple[Deciding, ...]:
    """Without the ways that are not open at this gate or on this day, where another one is."""
    closed = set()
    for part in deciders:
        leaf = part.leaf.condition
        scene = isinstance(leaf, Comparison) and not leaf.fact.of_item and leaf.fact.name in _SCENE
        ways = [depth for depth, (way, _) in enumerate(part.path, 1) if way]
        if scene and ways and not part.scope and part.leaf.truth is part.negated:
            closed.add(part.path[: ways[-1]])
    left = tuple(
        part
        for part in deciders
        if not any(part.path[: len(branch)] == branch for branch in closed)
    )
    return left or deciders
