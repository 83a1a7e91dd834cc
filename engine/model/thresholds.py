"""Thresholds: named numbers, periods and states with dated values and their sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from engine.errors import Place
from engine.model.conditions import Period
from engine.model.vocabulary import ThresholdType, Value

Standing = Literal["published", "organisation", "default", "second_hand"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number or requirement comes from, and what that source is worth."""

    document: str
    standing: Standing
    clause: str = ""
    link: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class ThresholdValue:
    """A threshold's value from a day on.

    Attributes:
        value: None where there is none from then on, or where it differs from gate to gate.
        by_gate: the value at each gate that has one, where it differs.
    """

    since: date | None
    value: Value | Period | None
    source: Source
    by_gate: Mapping[str, Value | Period] = field(default_factory=dict)


@dataclass(frozen=True)
class Threshold:
    """A named number, period or state with dated values and their sources, in date order.

    Attributes:
        state_of: for a state, the choice that it is a value of.
        labels: the plain words for each state.
    """

    name: str
    title: str
    type: ThresholdType
    values: tuple[ThresholdValue, ...]
    place: Place
    state_of: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)

    def on(self, as_of: date, gate: str | None = None) -> ThresholdValue | None:
        """The value in force on a day at a gate, or None where there is none."""
        chosen = None
        for dated in self.values:
            if dated.since is None or dated.since <= as_of:
                chosen = dated
        if chosen is not None and chosen.by_gate:
            chosen = replace(chosen, value=chosen.by_gate.get(gate or ""))
        return None if chosen is None or chosen.value is None else chosen

    def is_like(self, other: Threshold) -> bool:
        """Whether an organisation may put this one in the other's place."""
        return (self.type, self.state_of) == (other.type, other.state_of)

    @property
    def standings(self) -> frozenset[Standing]:
        """What the sources of its values are worth."""
        return frozenset(dated.source.standing for dated in self.values)
