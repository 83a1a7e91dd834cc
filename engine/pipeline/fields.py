"""The fields that a column may hold: of a case on the pipeline, and of a line of a return."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from engine.model.assessment import ThresholdUsed
from engine.model.pipeline import Approval, Cell, Due, ReturnLine, SpendCase
from engine.pipeline.in_words import (
    STANDINGS,
    approval_in_words,
    days_in_words,
    due_in_words,
    finding_in_words,
    needs_in_words,
    next_step,
    part_in_words,
    project_in_words,
    state_in_words,
    stated,
    status_in_words,
    who_acts,
    why,
    year_in_words,
)
from engine.pipeline.spend_cases import PARTS

Kind = Literal["text", "money", "date", "number"]
ThingT = TypeVar("ThingT", SpendCase, ReturnLine)
Get = Callable[[ThingT], Cell]


@dataclass(frozen=True, slots=True)
class Field(Generic[ThingT]):
    """What a column may hold.

    Attributes:
        heading: what the column is called where a column map does not name it.
        width: of the column, in characters.
        usual: it stands in the default columns.
    """

    name: str
    heading: str
    kind: Kind
    width: int
    get: Get[ThingT]
    usual: bool = True


def _fact(name: str) -> Get[SpendCase]:
    return lambda case: stated(case, name)


def _of_approval(get: Callable[[Approval], Cell]) -> Get[SpendCase]:
    return lambda case: None if case.approval is None else get(case.approval) or None


def _of_threshold(get: Callable[[ThresholdUsed], Cell]) -> Get[SpendCase]:
    return lambda case: None if case.threshold is None else get(case.threshold)


def _of_next(get: Callable[[Due], Cell]) -> Get[SpendCase]:
    return lambda case: None if case.next_due is None else get(case.next_due)


def _part(name: str) -> Get[SpendCase]:
    return lambda case: next((part_in_words(p) for p in case.parts if p.fact == name), None)


def _approval_status(case: SpendCase) -> str:
    if case.approval is not None:
        return status_in_words(case.approval)
    return "none recorded" if "spend.approvals" in case.deck.lists else "not stated"


def _organisation(case: SpendCase) -> Cell:
    return stated(case, "organisation.name") or case.assessment.organisation


def _place(case: SpendCase) -> str:
    """Where the first open finding looks; else where the deck speaks of its spend."""
    places = [e.place for finding in case.open for e in finding.evidence if e.place is not None]
    places += [p for fact, p in case.deck.places.items() if fact.startswith("spend.")]
    return str(places[0] if places else case.deck.place)


def _regime(case: SpendCase) -> str | None:
    return None if case.regime is None else part_in_words(case.regime)


def _years_total(case: SpendCase) -> Cell:
    return stated(case, "spend.by_year_total")


def _joined(parts: Callable[[SpendCase], list[str]]) -> Get[SpendCase]:
    return lambda case: "\n".join(parts(case)) or None


_APPROVAL, _TREASURY, _ASSURANCE, _ENTRY = PARTS
_OF_CASES: tuple[Field[SpendCase], ...] = (
    Field("reference", "Reference", "text", 12, _fact("project.id")),
    Field("project", "Project", "text", 34, project_in_words),
    Field("organisation", "Organisation", "text", 22, _organisation),
    Field("department", "Department", "text", 24, _fact("organisation.department"), False),
    Field("phase", "Phase", "text", 14, _fact("project.current_phase"), False),
    Field("gate", "Gate", "text", 18, lambda case: case.assessment.gate_title, False),
    Field("type", "Type of spend", "text", 24, _fact("spend.type")),
    Field("needs", "Needs", "text", 16, needs_in_words),
    Field("state", "State", "text", 16, state_in_words),
    Field("next_step", "Next step", "text", 44, next_step),
    Field("who", "Who acts", "text", 20, who_acts),
    Field("next_due", "Next due", "date", 13, _of_next(lambda due: due.day)),
    Field("next_due_what", "What is due", "text", 26, _of_next(lambda due: due.what)),
    Field("next_due_state", "How it stands", "text", 15, _of_next(days_in_words)),
    Field("why", "Why it needs that", "text", 60, why),
    Field("reasons", "What is open", "text", 90,
          _joined(lambda case: [*map(finding_in_words, case.open)])),
    Field("open", "Open findings", "number", 9, lambda case: len(case.open), False),
    Field("regime", "Regime", "text", 24,
          _regime),
    Field("threshold", "Threshold", "text", 24, _of_threshold(lambda t: t.title)),
    Field("threshold_value", "Threshold value", "text", 12, _of_threshold(lambda t: t.value)),
    Field("threshold_since", "Threshold since", "date", 13, _of_threshold(lambda t: t.since)),
    Field("threshold_source", "Threshold source", "text", 30,
          _of_threshold(lambda t: t.source.document)),
    Field("threshold_standing", "Standing of the source", "text", 16,
          _of_threshold(lambda t: STANDINGS[t.source.standing])),
    Field("central_approval", "Central approval needed", "text", 12, _part(_APPROVAL)),
    Field("treasury", "HM Treasury needed", "text", 12, _part(_TREASURY)),
    Field("assurance", "Functional assurance needed", "text", 12, _part(_ASSURANCE)),
    Field("pipeline_entry", "Pipeline entry needed", "text", 12, _part(_ENTRY)),
    Field("whole_life_cost", "Whole-life cost", "money", 14, _fact("finance.whole_life_cost")),
    Field("this_commitment", "This commitment (next phase)", "money", 14,
          _fact("finance.next_phase_cost")),
    Field("annual_cost", "Annual cost", "money", 14, _fact("finance.annual_cost"), False),
    Field("by_year", "Amounts by financial year", "text", 30,
          _joined(lambda case: [*map(year_in_words, case.years)])),
    Field("by_year_total", "Total of the years", "money", 14, _years_total, False),
    Field("approval_status", "Approval", "text", 16, _approval_status),
    Field("approval_reference", "Approval reference", "text", 16,
          _of_approval(lambda a: a.reference)),
    Field("approval_date", "Approval given", "date", 13, _of_approval(lambda a: a.given)),
    Field("approval_amount", "Amount approved", "money", 14, _of_approval(lambda a: a.amount)),
    Field("approval_expires", "Approval expires", "date", 13,
          _of_approval(lambda a: a.expires)),
    Field("approval_conditions", "Conditions", "text", 30,
          _of_approval(lambda a: a.conditions)),
    Field("approval_body", "Approved by", "text", 20, _of_approval(lambda a: a.body), False),
    Field("approvals", "All approvals", "text", 40,
          _joined(lambda case: [*map(approval_in_words, case.approvals)]), False),
    Field("approved_total", "Total approved", "money", 14,
          _fact("spend.approved_total"), False),
    Field("assurance_status", "Functional assurance", "text", 16,
          _fact("spend.assurance.status")),
    Field("assurance_date", "Assured on", "date", 13, _fact("spend.assurance.date"), False),
    Field("treasury_consent", "HM Treasury consent", "text", 14,
          _fact("spend.consent.status"), False),
    Field("pipeline_logged", "On the pipeline", "text", 10, _fact("spend.pipeline.logged")),
    Field("pipeline_reference", "Pipeline reference", "text", 16,
          _fact("spend.pipeline.reference")),
    Field("pipeline_updated", "Pipeline entry updated", "date", 13,
          _fact("spend.pipeline.last_updated"), False),
    Field("standards_rating", "Seven standards", "text", 12, _fact("spend.assurance_rating")),
    Field("risk_rating", "Risk and importance", "text", 12, _fact("spend.rif_rating")),
    Field("due", "All that is due", "text", 44,
          _joined(lambda case: [*map(due_in_words, case.due)]), False),
    Field("rules_read_at", "Rules read at", "date", 13, lambda case: case.assessment.as_of),
    Field("deck", "Deck", "text", 26, lambda case: case.deck.name, False),
    Field("place", "Place in the deck", "text", 30, _place),
)  # fmt: skip
_OF_RETURNS: tuple[Field[ReturnLine], ...] = (
    Field("department", "Department", "text", 26, lambda line: line.department),
    Field("organisation", "Organisation name", "text", 24, lambda line: line.organisation),
    Field("reference", "HNG reference", "text", 18, lambda line: line.reference),
    Field("project", "Project name", "text", 36, lambda line: line.project),
    Field("basis", "Basis for expenditure approval", "text", 48, lambda line: line.basis),
    Field("amount", "Total value approved (£)", "money", 16, lambda line: line.amount),
    Field("date", "Date of approval", "date", 16, lambda line: line.given),
    Field("project_reference", "Project reference", "text", 16,
          lambda line: line.project_reference, False),
    Field("status", "Approval status", "text", 20, lambda line: line.status, False),
    Field("body", "Approved by", "text", 22, lambda line: line.body, False),
    Field("conditions", "Conditions", "text", 30, lambda line: line.conditions, False),
    Field("deck", "Deck", "text", 26, lambda line: line.deck, False),
    Field("place", "Place in the deck", "text", 26, lambda line: str(line.place), False),
)  # fmt: skip
CASE_FIELDS: Mapping[str, Field[SpendCase]] = {field.name: field for field in _OF_CASES}
RETURN_FIELDS: Mapping[str, Field[ReturnLine]] = {field.name: field for field in _OF_RETURNS}
