"""Rules, thresholds, conclusions, gates and organisations, and the rulebook that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from engine.errors import Place
from engine.model.conditions import (
    Comparison,
    Condition,
    FactName,
    Literally,
    OneOf,
    Period,
    all_of,
)
from engine.model.thresholds import Source, Threshold
from engine.model.vocabulary import Value, Vocabulary

Outcome = Literal["pass", "recommend", "escalate"]
Severity: tuple[Outcome, ...] = ("pass", "recommend", "escalate")
Status = Literal["met", "not_met", "unknown", "not_applicable"]
RuleStatus = Literal["draft", "trial", "active", "retired"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A hole in a text that a fact, a threshold or a role fills, or the items that decided.

    Attributes:
        name: of the fact, threshold or role; "" for the items.
    """

    kind: Literal["fact", "threshold", "role", "items"]
    name: str


Text = tuple[str | Slot, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A worked example beside a rule or conclusion.

    Attributes:
        facts: what the deck would say, as written.
        expect: a status, an outcome, or for a conclusion the value ("unknown" for none).
    """

    name: str
    facts: Mapping[str, object]
    expect: str
    as_of: date | None
    gate: str | None
    organisation: str | None
    place: Place


@dataclass(frozen=True, eq=False)
class Rule:
    """One requirement with its consequence; see rules/README.md for what each part means."""

    id: str
    ruleset: str
    title: str
    status: RuleStatus
    place: Place
    owner: str
    escalate_to: str
    points: int | None
    gates: tuple[str, ...]
    in_force: tuple[date | None, date | None]
    applies_when: Condition
    require: Condition
    otherwise: Outcome
    if_unknown: Outcome
    reason: Text
    reason_unknown: Text
    remedy: Text
    rationale: str
    source: Source
    replaced_by: str | None = None
    cases: tuple[Case, ...] = ()

    @cached_property
    def applies(self) -> Condition:
        """When the rule is in force at all: at its gates, between its days, and applies_when."""
        gate, as_of = FactName("assessment.gate"), FactName("assessment.as_of")
        first, last = self.in_force
        parts: list[Condition] = []
        if self.gates:
            parts.append(Comparison(gate, "one_of", OneOf(self.gates)))
        if first is not None:
            parts.append(Comparison(as_of, "on_or_after", Literally(first)))
        if last is not None:
            parts.append(Comparison(as_of, "on_or_before", Literally(last)))
        return all_of((*parts, self.applies_when))


@dataclass(frozen=True, slots=True)
class Row:
    """A value that a conclusion gives when its condition holds, and why."""

    when: Condition
    value: Value
    because: str
    place: Place


@dataclass(frozen=True)
class Conclusion:
    """Ordered rows that work out one fact: the first that holds gives the value."""

    fact: str
    ruleset: str
    title: str
    rows: tuple[Row, ...]
    source: Source
    place: Place
    answer: bool = False
    cases: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class RatingSpec:
    """A rating to show side by side: the names of the facts that hold it.

    Attributes:
        stated: what the report says.
        worked_out: what the data add up to, or "".
        last_period: what the report before this one said, or "".
        set_by: who set what is stated, or "".
    """

    title: str
    stated: str
    worked_out: str = ""
    last_period: str = ""
    set_by: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """A stage gate: where it leads, who decides, and the mark that a deck must reach.

    Attributes:
        pass_mark: a percentage, a threshold's name, or None where the gate is not scored.
        returned_to: the role that a deck below the pass mark goes back to.
    """

    id: str
    title: str
    into_phase: str
    decided_by: str
    returned_to: str
    pass_mark: Decimal | str | None
    ladders: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Ladder:
    """Gates, by their ids, in the order in which a project passes them."""

    title: str
    gates: tuple[str, ...]


@dataclass(frozen=True)
class RuleSet:
    """One titled file of rules."""

    id: str
    title: str
    description: str
    place: Place
    cases_as_of: date | None
    rules: tuple[Rule, ...]
    conclusions: tuple[Conclusion, ...]
    ratings: tuple[RatingSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class NotBound:
    """Something that does not bind an organisation, and why."""

    title: str
    because: str
    source: Source


@dataclass(frozen=True)
class Organisation:
    """Who uses which rulesets, with their own facts, numbers and names.

    Attributes:
        facts: true of every deck of theirs; a deck that says otherwise is an error.
        defaults: true of a deck of theirs that does not say otherwise.
        fact_places: where each of both stands.
        points: what key criteria are worth here, by rule id.
    """

    id: str
    title: str
    description: str
    place: Place
    rulesets: tuple[str, ...]
    gates: tuple[str, ...]
    facts: Mapping[str, Value] = field(default_factory=dict)
    defaults: Mapping[str, Value] = field(default_factory=dict)
    fact_places: Mapping[str, Place] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    thresholds: Mapping[str, Threshold] = field(default_factory=dict)
    points: Mapping[str, int] = field(default_factory=dict)
    not_bound_by: tuple[NotBound, ...] = ()


@dataclass(frozen=True)
class Selection:
    """The rules and conclusions that are evaluated together, and the numbers they use."""

    rules: tuple[Rule, ...]
    conclusions: tuple[Conclusion, ...]
    thresholds: Mapping[str, Threshold]
    ratings: tuple[RatingSpec, ...] = ()

    def asked_at(self, gate: str) -> Selection:
        """The same with only the rules that are asked at a gate."""
        asked = tuple(rule for rule in self.rules if not rule.gates or gate in rule.gates)
        return replace(self, rules=asked)

    def thresholds_on(self, as_of: date, gate: str | None) -> dict[str, Value | Period]:
        """The value of every threshold that has one on that day at that gate."""
        in_force = ((name, each.on(as_of, gate)) for name, each in self.thresholds.items())
        return {name: dated.value for name, dated in in_force if dated and dated.value is not None}


@dataclass(frozen=True, eq=False)
class Rulebook:
    """All that a rules folder says, checked.

    Attributes:
        title: the folder's own title.
        hash: of every file's bytes, to name this exact rulebook in an answer.
        conclusions: in an order in which each comes after those it uses.
    """

    title: str
    hash: str
    vocabulary: Vocabulary
    rulesets: Mapping[str, RuleSet]
    thresholds: Mapping[str, Threshold]
    conclusions: tuple[Conclusion, ...]
    gates: Mapping[str, Gate]
    ladders: Mapping[str, Ladder]
    organisations: Mapping[str, Organisation]

    def selected_by(self, organisation: Organisation | None) -> Selection:
        """What is in force for an organisation; for none, every ruleset as it stands."""
        names = organisation.rulesets if organisation else tuple(self.rulesets)
        own = organisation.thresholds if organisation else {}
        points = organisation.points if organisation else {}
        return Selection(
            rules=tuple(
                replace(rule, points=points[rule.id]) if rule.id in points else rule
                for name in names
                for rule in self.rulesets[name].rules
                if rule.status in ("active", "trial")
            ),
            conclusions=tuple(c for c in self.conclusions if c.ruleset in names),
            thresholds={**self.thresholds, **own},
            ratings=tuple(rating for name in names for rating in self.rulesets[name].ratings),
        )

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule of every ruleset, in the files' order."""
        return tuple(rule for ruleset in self.rulesets.values() for rule in ruleset.rules)
