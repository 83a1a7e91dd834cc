"""What a template of a deck holds: the facts asked at a gate, and what an earlier deck states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from engine.errors import DeckError, Place, Problem
from engine.lookup import is_named
from engine.model.deck import Deck, Item
from engine.model.rules import Gate, Organisation, Rulebook
from engine.model.vocabulary import FactSpec, ListSpec, Value, Vocabulary
from engine.next_gate import carry_on
from engine.questions import Part, Question, find_questions
from engine.writing import (
    NONE,
    TO_BE_CONFIRMED,
    capitalised,
    reads_as_none,
    separable,
    write_value,
)

# what places a deck: asked at every gate, whichever rules ask
_SCENE = (
    "meta.as_of", "organisation.id", "project.id", "project.title", "gate.requested",
    "gate.meeting_date",
)  # fmt: skip


class Mark(Enum):
    """What a cell may hold that is no value."""

    NONE = NONE
    TO_BE_CONFIRMED = TO_BE_CONFIRMED


Answer = Value | Mark | None


@dataclass(frozen=True, slots=True)
class Slot:
    """A fact that the template has room for.

    Attributes:
        name: as exact as it gets: "finance.whole_life_cost"; an item's fact "benefits.baseline".
        rules: the ids of those that ask it; none where it is there for another reason.
        taken_as: what the organisation's file says unless the deck says otherwise, or None.
    """

    name: str
    spec: FactSpec
    rules: tuple[str, ...] = ()
    taken_as: Value | None = None

    @property
    def label(self) -> str:
        """The fact's label as a heading."""
        return capitalised(self.spec.label)


@dataclass(frozen=True, slots=True)
class FactsPart:
    """The single facts of a section, with their answers."""

    section: str
    title: str
    slots: tuple[Slot, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class ListPart:
    """A list, with the answers of each item.

    Attributes:
        rows: an answer for each slot; no rows where the list is not stated.
    """

    section: str
    list: ListSpec
    slots: tuple[Slot, ...]
    rules: tuple[str, ...]
    rows: tuple[tuple[Answer, ...], ...]

    @property
    def title(self) -> str:
        """What the list is called."""
        return self.list.title


@dataclass(frozen=True, slots=True)
class Template:
    """A deck to be filled in for a gate.

    Attributes:
        title: the project's, or None.
        organisation: what it is called, or None.
        day: the deck's own date, or None.
        as_of: the date that the rules were read at.
        sections: their titles by id, of those that have parts.
        carried: what was done to an earlier deck's answers, in words, or "".
    """

    title: str | None
    gate: Gate
    organisation: str | None
    day: date | None
    as_of: date
    sections: Mapping[str, str]
    parts: tuple[FactsPart | ListPart, ...]
    carried: str = ""


def make_template(
    rulebook: Rulebook,
    gate: str,
    today: date,
    *,
    as_of: date | None = None,
    organisation: str | None = None,
    deck: Deck | None = None,
) -> Template:
    """A template with what is asked at the gate, and what a deck states that still holds there.

    Args:
        as_of: the date of the deck, at which the rules are read; else the deck's own, else today.
        organisation: its id; else the deck's own.

    Raises:
        RuleError: there is no such organisation, or no such gate at it.
        DeckError: something in the deck cannot be written into a table.
    """
    deck = deck or Deck("", Place(""), {}, {}, {}, {})
    own = deck.values.get("organisation.id")
    named = organisation if organisation is not None else own
    stated = deck.values.get("meta.as_of")
    day = as_of or (stated if isinstance(stated, date) else today)
    asked = find_questions(rulebook, gate, day, None if named is None else str(named))
    run = asked.organisation.gates if asked.organisation else rulebook.gates
    deck, carried = carry_on(deck, asked.gate, rulebook, run)
    values = _of_this_organisation(deck, asked.organisation)
    values |= _scene(values, asked.gate, asked.organisation, as_of)
    values = {n: v for n, v in values.items() if n in rulebook.vocabulary.facts}
    making = _Making(rulebook.vocabulary, replace(deck, values=values), asked.parts)
    parts = tuple(making.parts())
    title, own_day = values.get("project.title"), values.get("meta.as_of")
    return Template(
        title=None if title is None else str(title),
        gate=asked.gate,
        organisation=asked.organisation.title if asked.organisation else None,
        day=own_day if isinstance(own_day, date) else None,
        as_of=day,
        sections={part.section: making.title_of(part.section) for part in parts},
        parts=parts,
        carried=carried,
    )


def _of_this_organisation(deck: Deck, chosen: Organisation | None) -> dict[str, Value]:
    """What the deck states, without what it says of another organisation than the one chosen."""
    own = deck.values.get("organisation.id")
    if chosen is None or own is None or is_named(chosen, str(own)):
        return dict(deck.values)
    return {n: v for n, v in deck.values.items() if n.partition(".")[0] != "organisation"}


def _scene(
    values: Mapping[str, Value], gate: Gate, organisation: Organisation | None, as_of: date | None
) -> dict[str, Value]:
    """What the options say, so that the deck can be checked without them."""
    scene: dict[str, Value] = {}
    if not is_named(gate, str(values.get("gate.requested", ""))):
        scene["gate.requested"] = gate.title
    if organisation is not None and not is_named(organisation, str(values.get("organisation.id"))):
        scene["organisation.id"] = organisation.title
    if as_of is not None:
        scene["meta.as_of"] = as_of
    return scene


class _Making:
    """Puts the questions of a gate and the answers of a deck together."""

    def __init__(self, vocabulary: Vocabulary, deck: Deck, asked: tuple[Part, ...]) -> None:
        self._words, self._deck = vocabulary, deck
        self._asked = {q.fact: q for part in asked if part.list is None for q in part.questions}
        self._lists = {part.list.name: part for part in asked if part.list is not None}

    def title_of(self, section: str) -> str:
        return self._words.sections[section]

    def parts(self) -> Iterator[FactsPart | ListPart]:
        """Each section's own facts, then its lists."""
        for section, title in self._words.sections.items():
            slots = tuple(self._slots(section))
            if slots:
                answers = tuple(self._answer(slot) for slot in slots)
                yield FactsPart(section, title, slots, answers)
            for spec in self._words.lists.values():
                if spec.section == section and (
                    spec.name in self._lists or spec.name in self._deck.lists
                ):
                    yield self._list(spec)

    def _slots(self, section: str) -> Iterator[Slot]:
        """The facts that are asked or stated; with a judgement who made it and when."""
        included = {
            spec.attests or spec.name
            for spec in self._words.stated()
            if spec.name in self._asked or spec.name in self._deck.values or spec.name in _SCENE
        }
        for spec in self._words.stated():
            judgement = spec.attests or spec.name
            if spec.section == section and judgement in included:
                question = self._asked.get(judgement)
                rules = question.rules if question else ()
                taken_as = question.taken_as if question and not spec.attests else None
                yield Slot(spec.name, spec, rules, taken_as)

    def _answer(self, slot: Slot) -> Answer:
        value = self._deck.values.get(slot.name)
        place = self._deck.places.get(slot.name, self._deck.place)
        return None if value is None else _writable(slot.spec, value, place)

    def _list(self, spec: ListSpec) -> ListPart:
        part = self._lists.get(spec.name)
        questions = {q.fact: q for q in part.questions} if part else {}
        items = self._deck.lists.get(spec.name)
        slots = self._slots_of_item(spec, questions, items or ())
        rows = [_row(slots, item) for item in items or ()]
        if items == ():
            rows = [(Mark.NONE, *[None] * (len(slots) - 1))]
        return ListPart(spec.section, spec, slots, part.rules if part else (), tuple(rows))

    def _slots_of_item(
        self, spec: ListSpec, questions: Mapping[str, Question], items: tuple[Item, ...]
    ) -> tuple[Slot, ...]:
        """What names the item, then what is asked of it or stated, in the vocabulary's order."""
        stated = {name for item in items for name in item.values}
        kept = [n for n in spec.facts if n in questions or n in stated or n == spec.name_from]
        kept = kept or list(spec.facts)[:1]
        kept.sort(key=lambda name: name != spec.name_from)
        if len(kept) == 1 and any(_looks_empty(spec.facts[kept[0]], item) for item in items):
            kept += [name for name in spec.facts if name not in kept][:1]
        return tuple(
            Slot(
                f"{spec.name}.{name}",
                spec.facts[name],
                questions[name].rules if name in questions else (),
            )
            for name in kept
        )


def _row(slots: tuple[Slot, ...], item: Item) -> tuple[Answer, ...]:
    """An item's answers; one that states nothing is there all the same."""
    answers: list[Answer] = []
    for slot in slots:
        value = item.values.get(slot.spec.name)
        place = item.places.get(slot.spec.name, item.place)
        answers.append(None if value is None else _writable(slot.spec, value, place))
    if not item.values:
        answers[0] = Mark.TO_BE_CONFIRMED
    elif len(answers) > 1 and _looks_empty(slots[0].spec, item):
        answers[1] = Mark.TO_BE_CONFIRMED  # so that it is no list without items
    return tuple(answers)


def _looks_empty(first: FactSpec, item: Item) -> bool:
    """Whether its only answer would say that there are no items: a benefit that is called None."""
    if list(item.values) != [first.name]:
        return False
    return reads_as_none(write_value(first, item.values[first.name]))


def _writable(spec: FactSpec, value: Value, place: Place) -> Value:
    if separable(value):
        return value
    message = f"{spec.label}: a name holds a semicolon, which in tables stands between two names"
    raise DeckError([Problem(place, message, fix="Give the item a name without a semicolon.")])
