"""The vocabulary: facts, lists, groups, measures and roles, with their types and questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from engine.errors import Place
from engine.model.conditions import Condition

FactType = Literal[
    "money", "number", "integer", "percentage", "date", "yes_no", "choice", "choices", "text",
    "references",
]  # fmt: skip
# Money is whole pence; number and percentage are Decimal with at most 4 places; a choice is
# the value's id, choices a frozen set of ids, references a frozen set of the names of other
# items. A missing fact has no value at all.
type_names: tuple[FactType, ...] = FactType.__args__  # type: ignore[attr-defined]
ThresholdType = Literal["money", "number", "integer", "percentage", "period", "choice"]
Value = int | Decimal | date | bool | str | frozenset[str]

NUMERIC: frozenset[FactType] = frozenset({"money", "number", "integer", "percentage"})


@dataclass(frozen=True)
class FactSpec:
    """What one fact means.

    Attributes:
        name: as rules and decks write it: "finance.whole_life_cost"; an item's fact has no dot.
        type: how its values are read, compared and shown.
        label: a short noun phrase that sentences use.
        question: what a person is asked.
        section: the id of the deck's section it belongs to.
        values: for choice and choices: id to plain words, in the order given.
        ordered: whether the values are listed from least to most.
        minimum, maximum: bounds in the type's own unit, or None.
        concluded: worked out by a conclusion, never stated in a deck.
        attested: a judgement, which counts only with the role that made it and the day.
        attests: for that role or day, the judgement's name.
        last_period: the fact whose value in the report of the period before this one is, or "".
        also_called: what people write in its place on decks of their own.
        place: where the vocabulary declares it.
    """

    name: str
    type: FactType
    label: str
    question: str
    section: str
    place: Place
    values: Mapping[str, str] = field(default_factory=dict)
    ordered: bool = False
    minimum: Value | None = None
    maximum: Value | None = None
    concluded: bool = False
    attested: bool = False
    attests: str = ""
    last_period: str = ""
    also_called: tuple[str, ...] = ()

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """Position of each value of an ordered choice, least first."""
        return {value: rank for rank, value in enumerate(self.values)}

    @property
    def comparable_as(self) -> str:
        """Facts with the same answer here may be compared with each other."""
        if self.type in ("number", "integer"):
            return "number"
        if self.type in ("choice", "text"):
            return "text"
        return self.type


# Added to an attested fact's name: the role that judged, and the day; decks may write the
# judgement itself beside them as its answer.
ATTESTED_BY, ATTESTED_ON, ANSWER = "by", "date", "answer"


@dataclass(frozen=True)
class ListSpec:
    """A list in the deck: what it is called, and the facts of its items.

    Attributes:
        facts: what an item states.
        worked_out: what is worked out of each item, by its measures.
        name_from: the item's fact that names it in sentences.
        key: the item's fact by which other items refer to it.
        also_called: what people head it with on decks of their own.
    """

    name: str
    title: str
    item: str
    section: str
    place: Place
    facts: Mapping[str, FactSpec]
    worked_out: Mapping[str, FactSpec] = field(default_factory=dict)
    name_from: str | None = None
    key: str | None = None
    also_called: tuple[str, ...] = ()

    @cached_property
    def known(self) -> Mapping[str, FactSpec]:
        """Everything that can be asked of an item."""
        return {**self.facts, **self.worked_out}


@dataclass(frozen=True)
class GroupSpec:
    """Facts of one type that quantifiers and measures may walk."""

    name: str
    title: str
    item: str
    place: Place
    members: tuple[str, ...]


@dataclass(frozen=True)
class MeasureSpec:
    """A fact worked out from a list or group.

    Attributes:
        spec: the fact that it gives.
        function: count, sum, min, max, share (a percentage of the items) or most_alike (how many
            items have the commonest value).
        over: the list's or group's name.
        of: the item's fact that is added or compared; None for count and share.
        where: which items count; None means all of them.
    """

    spec: FactSpec
    function: Literal["count", "sum", "min", "max", "share", "most_alike"]
    over: str
    of: str | None
    where: Condition | None


@dataclass(frozen=True)
class Relation:
    """Which items of a list are related to an item.

    Attributes:
        over: the list that they are in.
        referred_by: the item's references to them, or "" where they are found by ``matching``.
        matching: the other item's fact, and the item's own that has the same value.
    """

    over: str
    referred_by: str = ""
    matching: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class ItemMeasureSpec:
    """A fact of an item that is worked out from its own facts or from related items.

    Attributes:
        spec: the fact that it gives.
        function: days (from one date to another); count, sum, min, max of the related items, or
            some (whether there is one); itself, missing and circular of the item's references:
            whether one leads to the item itself, to nothing, or back to it over others.
        reads: the item's own facts that it is worked out from.
        relation: where the related items are; None for days.
        of: the related item's fact that is added or compared.
        where: which related items count; None means all of them.
    """

    spec: FactSpec
    function: Literal["days", "count", "sum", "min", "max", "some", "itself", "missing", "circular"]
    reads: tuple[str, ...]
    relation: Relation | None = None
    of: str | None = None
    where: Condition | None = None


@dataclass(frozen=True)
class Vocabulary:
    """Everything a deck may say and a rule may ask.

    Attributes:
        sections: id to title, in the deck's order.
        facts: by name, measures and built-in facts included.
        lists, groups, measures: by name.
        item_measures: of each list that has any.
        roles: id to the plain words for it.
        section_names: what people head a section with on decks of their own, where anything.
        built_in: facts that every assessment brings itself.
    """

    sections: Mapping[str, str]
    facts: Mapping[str, FactSpec]
    lists: Mapping[str, ListSpec]
    groups: Mapping[str, GroupSpec]
    measures: Mapping[str, MeasureSpec]
    roles: Mapping[str, str]
    built_in: frozenset[str] = frozenset()
    item_measures: Mapping[str, tuple[ItemMeasureSpec, ...]] = field(default_factory=dict)
    section_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def stated(self) -> Iterator[FactSpec]:
        """The facts that a deck may state itself."""
        for name, spec in self.facts.items():
            if not (spec.concluded or name in self.measures or name in self.built_in):
                yield spec

    @cached_property
    def stated_by_name(self) -> Mapping[str, FactSpec]:
        """The facts that a deck may state itself, by name."""
        return {spec.name: spec for spec in self.stated()}
