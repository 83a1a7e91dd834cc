"""What a case needs, why and by when, in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from engine.model.assessment import Concluded, Finding
from engine.model.pipeline import Approval, Cell, Due, SpendCase, SpendReturn, YearAmount
from engine.model.rules import Outcome
from engine.model.thresholds import Standing
from engine.model.vocabulary import Value
from engine.pipeline.need import at_least, is_needed, undecided
from engine.pipeline.spend_cases import NO_NEED, pounds
from engine.showing import show_type, show_value

CANNOT_TELL, NOT_ASKED, NOT_ASSESSED = "cannot be told", "not asked", "could not assess"
NOT_STATED, NONE_STATED, IN_ORDER = "not stated", "none stated", "in order"
RUN_OUT = "the approval has run out"
STANDINGS: Mapping[Standing, str] = {
    "published": "published",
    "organisation": "an organisation's own policy",
    "default": "proposed by this tool",
    "second_hand": "reported second-hand",
}
_STATES: Mapping[Outcome, str] = {
    "escalate": "escalated",
    "recommend": "recommendations",
    "pass": IN_ORDER,
}
RUN_OUT_MEANS = (
    "Run out: the deck calls it approved, and its last approval ends before the year begins. Years "
    "run from 1 April to 31 March."
)
ORDER = (
    "What escalates comes first; then what is open or undecided, then what is outside these "
    "controls and so not checked, then what is in order. Within each, what is overdue or passed "
    "unsettled, the earliest first; then what is due soonest. See Due dates for every day."
)
HNG_REFERENCE = (
    "HNG reference is what departments head the column of the approval's reference in the returns "
    "that they publish, without saying what the letters stand for."
)
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
    """What the spend needs; what cannot be told is never left out, nor taken for nothing."""
    if case.needs is None:
        return NOT_ASKED
    known, open_ = at_least(case), _and(undecided(case))
    if not known:
        return CANNOT_TELL
    if not open_:
        return known if case.needs.value is not None else f"at least {known}"
    least = known if case.needs.raw in NO_NEED else f"at least {known}"
    return f"{least}; {open_} {CANNOT_TELL}"


def state_in_words(case: SpendCase) -> str:
    """How the case stands at this gate; only what was asked and met is in order."""
    said = _standing(case)
    if not case.approval_run_out:
        return said
    return RUN_OUT if said == _STATES["pass"] else f"{said}; {RUN_OUT}"


def _standing(case: SpendCase) -> str:
    if case.outcome in ("escalate", "recommend"):
        return _STATES[case.outcome]
    if case.needs is not None and case.needs.raw == "not_bound":
        return "the organisation's own approval applies, not checked"
    if case.outcome is None:
        if is_needed(case) is False:
            return "no rule of these is asked at this gate"
        return "not asked at this gate yet" if case.later else "not asked at this or a later gate"
    return "what it needs is not settled" if undecided(case) else _STATES[case.outcome]


def next_step(case: SpendCase) -> str | None:
    """What to do next: of this gate, else of the first gate that asks."""
    if case.open:
        return case.open[0].remedy
    if case.later is not None:
        lead = f"Before the gate {case.later.gate}"
        return f"{lead}: {case.later.open[0].remedy}" if case.later.open else None
    if case.outcome is None and is_needed(case) is not False:
        return "No rule of these asks for it at a later gate. Settle who sees to it, and by when."
    if case.approval_run_out:
        return "Renew the approval before more is committed."
    if case.needs is not None and case.needs.raw == "not_bound":
        return "Check the organisation's own rules on approval, which are not among these."
    return None


def who_acts(case: SpendCase) -> str | None:
    """Who takes the next step."""
    first = [*case.open, *(case.later.open if case.later else ())]
    return first[0].owner if first else None


def later_in_words(case: SpendCase) -> list[str]:
    """What the first gate that asks would find in the deck as it stands, the gravest alone."""
    if case.later is None:
        return []
    worst = [f for f in case.later.open if f.outcome == case.later.open[0].outcome]
    return [
        f"The gate {case.later.gate} asks, of the deck as it stands: {finding_in_words(finding)}"
        for finding in worst
    ]


def project_in_words(case: SpendCase) -> str:
    """The project's name, with file and record where others could be taken for it."""
    title = case.assessment.title
    return f"{title} ({case.told_apart})" if case.told_apart else title


def _and(names: tuple[str, ...]) -> str:
    *first, last = names or ("",)
    return f"{', '.join(first)} and {last}" if first else last


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
    return f"£{amount:,.2f}".removesuffix(".00") if isinstance(amount, Decimal) else NOT_STATED


def days_in_words(due: Due) -> str:
    """How a day stands: "overdue by 12 days", "passed 3 days ago, not settled", "done"."""
    days = "1 day" if abs(due.days) == 1 else f"{abs(due.days)} days"
    if due.state in ("done", "missed"):
        return "done" if due.state == "done" else "done too late"
    if due.state == "ahead":
        return f"in {days}" if due.days else "today"
    if due.state == "overdue":
        return f"overdue by {days}"
    return f"passed {days} ago" + (", not settled" if due.state == "unsettled" else "")


def due_in_words(due: Due) -> str:
    """A day with what it is for and how it stands."""
    return f"{show_type('date', due.day)}: {due.what} ({days_in_words(due)})"


def status_in_words(approval: Approval) -> str:
    """An approval's status, and that it has run out where it has."""
    status = approval.status or "status not stated"
    if not approval.run_out or approval.expires is None:
        return status
    return f"{status}, run out on {show_type('date', approval.expires)}"


def approval_in_words(approval: Approval) -> str:
    """An approval in one line, without what the deck leaves out."""
    parts = [
        status_in_words(approval),
        approval.reference,
        "" if approval.amount is None else pounds_in_words(approval.amount),
        f"given {show_type('date', approval.given)}" if approval.given else "",
        ""
        if approval.run_out or not approval.expires
        else f"expires {show_type('date', approval.expires)}",
        f"for {approval.phases}" if approval.phases else "",
        f"by {approval.body}" if approval.body else "",
        f"conditions: {approval.conditions}" if approval.conditions else "",
    ]
    return ", ".join(part for part in parts if part)


def year_in_words(line: YearAmount) -> str:
    """An amount of one year in one line."""
    amount = "amount not stated" if line.amount is None else pounds_in_words(line.amount)
    approved = {True: "approved", False: "not approved", None: ""}[line.approved]
    if line.not_covered_since:
        approved += f", but the approval ends on {show_type('date', line.not_covered_since)}"
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


def nil_return_in_words(drawn: SpendReturn) -> str:
    """That no approval was found, and whether that makes it a nil return."""
    if drawn.nil:
        return f"Nil return: no approval is recorded as given from {drawn.span.words}."
    things = "1 thing is" if drawn.unsettled == 1 else f"{drawn.unsettled} things are"
    return f"No approval found from {drawn.span.words}; not a nil return until {things} settled."
