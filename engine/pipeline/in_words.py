"""What a case needs, why and by when, in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from engine.model.assessment import Concluded, Finding
from engine.model.pipeline import Approval, Cell, Due, SpendCase, YearAmount
from engine.model.rules import Outcome
from engine.model.thresholds import Standing
from engine.model.vocabulary import Value
from engine.pipeline.spend_cases import pounds
from engine.showing import show_type, show_value

CANNOT_TELL, NOT_ASKED, NOT_ASSESSED = "cannot be told", "not asked", "could not assess"
STANDINGS: Mapping[Standing, str] = {
    "published": "published",
    "organisation": "an organisation's own policy",
    "default": "proposed by this tool",
    "second_hand": "reported second-hand",
}
STATES: Mapping[Outcome | None, str] = {
    "escalate": "escalated",
    "recommend": "recommendations",
    "pass": "in order",
    None: "nothing asked at this gate",
}
WHAT_THIS_DOES_NOT_TELL = (
    "This list holds what the decks state and what the rules make of it. It does not show spend "
    "that has no deck, it approves nothing, and a blank amount is one that is not stated, never "
    "nil. The columns of the centre's own pipeline template are not public, so these are not them."
)
RETURN_DOES_NOT_TELL = (
    "This return holds the approvals that the decks record with a day and an amount. It does not "
    "show approvals that no deck records, nor HM Treasury's consents, which decks state without "
    "an amount. What a deck says of its cost may have changed since the approval."
)


def needs_in_words(case: SpendCase) -> str:
    """What the spend needs; that it cannot be told is never that it needs nothing."""
    if case.needs is None:
        return NOT_ASKED
    return case.needs.value or CANNOT_TELL


def part_in_words(part: Concluded) -> str:
    """Whether this kind of need is there: yes, no, or that it cannot be told."""
    return part.value or CANNOT_TELL


def why(case: SpendCase) -> str:
    """Why the case needs what it needs, and what cannot be told."""
    if case.needs is None:
        name = case.assessment.organisation or "the organisation"
        return f"The rules in force for {name} ask nothing about spend controls."
    needed = [part.because for part in case.parts if part.raw == "yes"]
    unclear = [
        f"{part.title}: {CANNOT_TELL}. {part.because}" for part in case.parts if not part.raw
    ]
    if not needed and (case.needs.value is not None or not unclear):
        needed = [case.needs.because]
    return " ".join(dict.fromkeys([*needed, *unclear]))


def finding_in_words(finding: Finding) -> str:
    """An open finding in one line."""
    unclear = ", not enough information" if finding.status == "unknown" else ""
    return f"{finding.rule} ({finding.outcome}{unclear}): {finding.reason}"


def pounds_in_words(amount: object) -> str:
    """Pounds, with pence only where there are some."""
    return f"£{amount:,.2f}".removesuffix(".00") if isinstance(amount, Decimal) else "not stated"


def days_in_words(due: Due) -> str:
    """How a day stands: "overdue by 12 days", "in 40 days", "done"."""
    days = "1 day" if abs(due.days) == 1 else f"{abs(due.days)} days"
    if due.state in ("done", "missed"):
        return "done" if due.state == "done" else "done too late"
    if due.state == "ahead":
        return f"in {days}" if due.days else "today"
    return f"overdue by {days}" if due.state == "overdue" else f"passed {days} ago"


def due_in_words(due: Due) -> str:
    """A day with what it is for and how it stands."""
    return f"{show_type('date', due.day)}: {due.what} ({days_in_words(due)})"


def approval_in_words(approval: Approval) -> str:
    """An approval in one line, without what the deck leaves out."""
    parts = [
        approval.status or "status not stated",
        approval.reference,
        "" if approval.amount is None else pounds_in_words(approval.amount),
        f"given {show_type('date', approval.given)}" if approval.given else "",
        f"expires {show_type('date', approval.expires)}" if approval.expires else "",
        f"for {approval.phases}" if approval.phases else "",
        f"by {approval.body}" if approval.body else "",
        f"conditions: {approval.conditions}" if approval.conditions else "",
    ]
    return ", ".join(part for part in parts if part)


def year_in_words(line: YearAmount) -> str:
    """An amount of one year in one line."""
    amount = "amount not stated" if line.amount is None else pounds_in_words(line.amount)
    approved = {True: "approved", False: "not approved", None: ""}[line.approved]
    more = ", ".join(word for word in (line.kind, approved) if word)
    return f"{line.year or 'year not stated'} {amount}" + (f" ({more})" if more else "")


def stated(case: SpendCase, name: str) -> Cell:
    """A fact of the deck as a cell: pounds, a day or a number as such, all else in words."""
    value: Value | None = case.values.get(name)
    if value is None:
        return None
    spec = case.vocabulary.facts[name]
    if spec.type == "money":
        return pounds(value)
    if spec.type in ("date", "number", "integer", "percentage"):
        return value  # type: ignore[return-value]
    return show_value(spec, value)
