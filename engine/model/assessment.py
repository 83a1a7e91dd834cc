"""The answer: every finding on a deck, the outcome, the score and the provenance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from engine.errors import Place
from engine.model.deck import Reading
from engine.model.document import Note
from engine.model.rules import NotBound, Outcome, Status
from engine.model.thresholds import Source

SCHEMA_VERSION = "1.3"  # of the JSON form; the first number rises when a reader could break

AsOfFrom = Literal["given", "deck", "today"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact that decided a finding.

    Attributes:
        fact: its name in the vocabulary; an item's fact as "benefits.baseline".
        label: what sentences call it, with the item it belongs to.
        value: in plain words, or None where the deck does not state it.
        raw: for machines: pounds, ISO dates, choice ids; None where missing.
        expected: what the rule asked of it, in plain words.
        place: where it stands or may stand, or None where it is missing or was worked out.
        write: what is missing and a deck may state, by the name to write; else "".
        fill_in: the same by what people call it, where the deck is one of slides, pages or sheets;
            else "".
        item: the item of a list that it belongs to, "benefit 2 (Faster repairs)", or "".
        perhaps: what the file may say where the value is None, to be confirmed by somebody first:
            '"digital service", 50% sure'; else "".
    """

    fact: str
    label: str
    value: str | None
    raw: str | None
    expected: str
    place: Place | None
    write: str = ""
    item: str = ""
    fill_in: str = ""
    perhaps: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating side by side: stated, worked out, and in the period before.

    Attributes:
        title: what is rated.
        stated, worked_out, last_period: in plain words, or None where not known.
        direction: against the period before: better, worse or the same; None where not known.
        set_by: who set what is stated, or None.
    """

    title: str
    stated: str | None
    worked_out: str | None
    last_period: str | None
    direction: str | None
    set_by: str | None


@dataclass(frozen=True, slots=True)
class ThresholdUsed:
    """A number that a finding rests on, and what that number is worth."""

    name: str
    title: str
    value: str
    since: date | None
    source: Source


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's status and consequence on this deck.

    Attributes:
        outcome: None where the rule does not apply.
        trial: shown, and changes nothing.
        owner: who acts on it; escalate_to: who hears of it when it escalates.
        points: what it can earn towards the gate's score, or None.
        not_checked: it does not apply only because the deck leaves out what decides whether it
            does; its status is not applicable.
    """

    rule: str
    ruleset: str
    title: str
    status: Status
    outcome: Outcome | None
    trial: bool
    reason: str
    remedy: str
    owner: str
    escalate_to: str
    points: int | None
    evidence: tuple[Evidence, ...]
    thresholds: tuple[ThresholdUsed, ...]
    source: Source
    rationale: str
    not_checked: bool = False


@dataclass(frozen=True, slots=True)
class Concluded:
    """A fact that the rules worked out, and why.

    Attributes:
        value: in plain words, or None where the deck says too little.
        because: the row's own words, or what is missing.
        answer: it is the answer of a rulebook that has no rules.
        decisive: it decided the status of some rule that was in force at this gate.
    """

    fact: str
    title: str
    value: str | None
    raw: str | None
    because: str
    answer: bool
    decisive: bool
    evidence: tuple[Evidence, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Score:
    """Points earned over points applicable at the gate, in per cent, against the pass mark.

    Attributes:
        pass_mark_title: what the mark is called, such as "Key-criteria threshold".
    """

    earned: int
    applicable: int
    percent: str
    pass_mark_title: str
    pass_mark: str
    reached: bool
    pass_mark_source: Source | None


@dataclass(frozen=True, slots=True)
class GoesTo:
    """A role or board that the deck goes to, and what for."""

    who: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Enough to give the same answer again."""

    rulebook: str
    rulebook_hash: str
    engine_version: str
    evaluators: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """All findings on a deck, most severe first, and what follows from them.

    Attributes:
        outcome: None where the deck could not be assessed, or where the rulebook only concludes.
        assessed: false where no rule applied and no answer was reached: never a pass.
        headline: the outcome in one line.
        ratings: those that the deck states, beside what is worked out of it.
        readings: values that were written one way and understood as another.
        notes: what to know of the deck's file: what was found in it and not used, or not read.
        not_bound_by: what does not bind the organisation, and why.
    """

    deck: str
    title: str
    organisation: str | None
    gate: str | None
    gate_title: str | None
    as_of: date
    as_of_from: AsOfFrom
    outcome: Outcome | None
    assessed: bool
    headline: str
    goes_to: tuple[GoesTo, ...]
    score: Score | None
    ratings: tuple[Rating, ...]
    findings: tuple[Finding, ...]
    conclusions: tuple[Concluded, ...]
    readings: tuple[Reading, ...]
    notes: tuple[Note, ...]
    not_bound_by: tuple[NotBound, ...]
    provenance: Provenance

    @property
    def not_checked(self) -> tuple[Finding, ...]:
        """The rules that were not checked: the deck leaves out what they are about."""
        return tuple(finding for finding in self.findings if finding.not_checked)

    def with_status(self, *statuses: Status) -> tuple[Finding, ...]:
        """The findings of these statuses, in order."""
        return tuple(finding for finding in self.findings if finding.status in statuses)
