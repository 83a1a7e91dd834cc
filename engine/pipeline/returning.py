"""The transparency return: the approvals given in a period, each with its basis on its day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from engine.model.assessment import Assessment, Concluded
from engine.model.check_run import NotAssessed
from engine.model.pipeline import (
    WERE_GIVEN,
    Approval,
    DaySpan,
    LeftOut,
    ReturnLine,
    SpendCase,
    SpendReturn,
)
from engine.model.rules import Rulebook
from engine.pipeline.in_words import CANNOT_TELL, NOT_STATED
from engine.pipeline.spend_cases import PARTS, REGIME
from engine.showing import show_value

_APPROVED, _TREASURY, *_ = PARTS


def draw_up_return(
    rulebook: Rulebook,
    cases: Iterable[SpendCase],
    span: DaySpan,
    assess_on: Callable[[SpendCase, date], Assessment],
    not_assessed: Iterable[NotAssessed] = (),
) -> SpendReturn:
    """The return of the approvals that were given in a period.

    Args:
        assess_on: the assessment of a case's deck by the rules of another day, which says which
            control asked for an approval on the day it was given.
    """
    lines: dict[tuple[object, ...], ReturnLine] = {}
    left_out: list[LeftOut] = []
    notes: list[str] = []
    for case in cases:
        for found in _of_case(case, span, assess_on):
            if isinstance(found, LeftOut):
                left_out.append(found)
                continue
            key = (found.organisation, found.project, found.reference, found.given, found.amount)
            if found.reference and key in lines:
                notes.append(
                    f"{found.reference} stands in {lines[key].deck} and in {found.deck}, "
                    "and is counted once."
                )
                continue
            lines[key if found.reference else (*key, found.place)] = found
    ordered = sorted(lines.values(), key=lambda line: (line.given, line.project, line.reference))
    notes += [
        f"{line.project}: the deck does not state the department." for line in ordered
        if line.department == NOT_STATED
    ]  # fmt: skip
    return SpendReturn(
        span=span,
        lines=tuple(ordered),
        left_out=tuple(left_out),
        not_assessed=tuple(not_assessed),
        notes=tuple(notes),
        rulebook=rulebook.title,
        rulebook_hash=rulebook.hash,
    )


def _of_case(
    case: SpendCase, span: DaySpan, assess_on: Callable[[SpendCase, date], Assessment]
) -> Iterator[ReturnLine | LeftOut]:
    if "spend.approvals" not in case.deck.lists and not _asks_for_none(case):
        why = "The deck does not say whether there are approvals."
        yield LeftOut(case.assessment.title, case.deck.name, case.deck.place, why)
    for approval in case.approvals:
        if reason := _why_not(approval, span):
            yield LeftOut(case.assessment.title, case.deck.name, approval.place, reason)
        elif approval.status_id in WERE_GIVEN and _within(approval.given, span):
            yield _line(case, approval, assess_on)


def _asks_for_none(case: SpendCase) -> bool:
    """Whether no approval could be there: there is no such spend, or no control that binds."""
    return case.needs is not None and case.needs.raw in ("nothing", "not_bound")


def _within(day: date | None, span: DaySpan) -> bool:
    return day is not None and span.first <= day <= span.last


def _why_not(approval: Approval, span: DaySpan) -> str:
    """Why an approval that may belong to the period cannot be included, or ""."""
    named = f"Approval {approval.reference}" if approval.reference else "An approval"
    if approval.given is not None and not _within(approval.given, span):
        return ""
    if not approval.status:
        return f"{named} has no status, so it cannot be seen whether it was given."
    if approval.status_id == "withdrawn":
        return f"{named} is recorded as withdrawn. Decide whether it was given in the period."
    if approval.status_id not in WERE_GIVEN:
        return ""
    missing = [
        label
        for label, value in (("date", approval.given), ("amount", approval.amount))
        if value is None
    ]
    return (
        f"{named} was given, and the deck states no {' and no '.join(missing)}." if missing else ""
    )


def _line(
    case: SpendCase, approval: Approval, assess_on: Callable[[SpendCase, date], Assessment]
) -> ReturnLine:
    assert approval.given is not None
    assert approval.amount is not None
    organisation = _text(case, "organisation.name") or case.assessment.organisation or NOT_STATED
    department = _text(case, "organisation.department")
    if not department and case.values.get("organisation.kind") == "central_department":
        department = organisation
    return ReturnLine(
        department=department or NOT_STATED,
        organisation=organisation,
        reference=approval.reference,
        project=case.assessment.title,
        basis=_basis(assess_on(case, approval.given), approval),
        amount=approval.amount,
        given=approval.given,
        project_reference=_text(case, "project.id"),
        status=approval.status,
        body=approval.body,
        conditions=approval.conditions,
        deck=case.deck.name,
        place=approval.place,
    )


def _text(case: SpendCase, name: str) -> str:
    if name not in case.values:
        return ""
    return show_value(case.vocabulary.facts[name], case.values[name])


def _basis(assessment: Assessment, approval: Approval) -> str:
    """Which control asked for the approval, by the rules of the day on which it was given."""
    concluded = {each.fact: each for each in assessment.conclusions}
    regime, asked = concluded.get(REGIME), concluded.get(_APPROVED)
    if asked is None or asked.raw is None:
        return f"{CANNOT_TELL}: {asked.because if asked else 'the rules ask nothing about it.'}"
    if asked.raw == "no":
        in_force = f" In force: {regime.value}." if regime and regime.value else ""
        who = approval.body or "the organisation"
        return f"Approved by {who}; no central control asks{_treasury(concluded)}.{in_force}"
    if regime is None or not regime.value:
        return asked.because
    return f"{regime.value[:1].upper()}{regime.value[1:]}: {asked.because}"


def _treasury(concluded: Mapping[str, Concluded]) -> str:
    """HM Treasury is no spend control, and asks beside them."""
    treasury = concluded.get(_TREASURY)
    if treasury is None or treasury.raw == "no":
        return ""
    return (
        f", and whether HM Treasury's consent is asked for {CANNOT_TELL}"
        if treasury.raw is None
        else ", but HM Treasury's consent or approval is asked for"
    )
