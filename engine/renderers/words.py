"""Words that the readable forms share."""

from __future__ import annotations

from collections.abc import Mapping

from engine.errors import Place, Problem
from engine.model.assessment import (
    AsOfFrom,
    Assessment,
    Concluded,
    Evidence,
    Finding,
    GoesTo,
    Rating,
)
from engine.model.check_run import CheckRun
from engine.model.document import Note
from engine.model.rules import Outcome, Status
from engine.model.thresholds import Source, Standing
from engine.showing import show_type

AS_OF_FROM: Mapping[AsOfFrom, str] = {
    "given": "as given",
    "deck": "the deck's own date",
    "today": "today, because the deck has no date of its own",
}
STANDINGS: Mapping[Standing, str] = {
    "published": "published",
    "organisation": "an organisation's policy, taken up by these rules",
    "default": "proposed by this tool: no source gives it",
    "second_hand": "reported second-hand",
}
OUTCOMES: Mapping[Outcome, str] = {
    "escalate": "Escalated",
    "recommend": "Recommended",
    "pass": "Passed",
}
# of a deck: the board hears of recommendations, so that is not a pass
VERDICTS: Mapping[Outcome, str] = {
    "escalate": "Escalated",
    "recommend": "With recommendations",
    "pass": "Passed",
}
STATUSES: Mapping[Status, str] = {
    "met": "Met",
    "not_met": "Not met",
    "unknown": "Not enough information",
    "not_applicable": "Not applicable",
}
NOT_CHECKED = "Not checked"
_OWN = "the organisation's own policy"
COULD_NOT_ASSESS, NOT_ASSESSED = "Could not assess", "Not assessed"
RATINGS = "Ratings"
RATING_COLUMNS = (
    "Rating", "Stated", "The data add up to", "Last period", "Direction", "Set by",
)  # fmt: skip
WORKED_OUT = "Worked out from the deck"
READ_AS = "Read as"
ABOUT_THE_FILE = "About the file"
NOT_A_DECISION = (
    "This is a check of the deck against the rules. It does not replace a decision by "
    "the board or by whoever approves the spend."
)


def verdict(assessment: Assessment) -> str:
    """The outcome in a word or three, without what the score adds to it."""
    if assessment.outcome is None:
        return "Answered" if assessment.assessed else NOT_ASSESSED
    return VERDICTS[assessment.outcome]


def scene(assessment: Assessment) -> str:
    """Gate, organisation and date in one line."""
    parts = [assessment.gate_title, assessment.organisation]
    day = show_type("date", assessment.as_of)
    parts.append(f"rules as of {day} ({AS_OF_FROM[assessment.as_of_from]})")
    return " · ".join(part for part in parts if part)


def score(assessment: Assessment) -> str:
    """The score against the pass mark, or ""."""
    result = assessment.score
    if result is None:
        return ""
    standing = result.pass_mark_source and f" ({STANDINGS[result.pass_mark_source.standing]})"
    return (
        f"{result.earned} of {result.applicable} points, {result.percent}. "
        f"The {result.pass_mark_title.lower()} is {result.pass_mark}{standing or ''}."
    )


def score_scope(assessment: Assessment) -> str:
    """What the score leaves out, or "" where there is none."""
    if assessment.score is None:
        return ""
    asked = [f for f in assessment.findings if f.outcome is not None and not f.trial]
    scored = sum(f.points is not None for f in asked)
    carry = "carries" if scored == 1 else "carry"
    escalates = assessment.outcome == "escalate"
    more = "an escalation stands whatever the score" if escalates else "the others add nothing"
    return f"Of the {len(asked)} rules asked, {scored} {carry} points; {more}."


def goes_to(found: GoesTo) -> str:
    """Who the deck goes to, and what for."""
    return f"Goes to the {found.who}: {found.purpose}."


def rating_cells(found: Rating) -> tuple[str, ...]:
    """A rating under RATING_COLUMNS; "" where a part is not known."""
    cells = (
        found.title, found.stated, found.worked_out, found.last_period, found.direction,
        found.set_by,
    )  # fmt: skip
    return tuple(cell or "" for cell in cells)


def rating(found: Rating) -> str:
    """What is stated, what the data add up to, and how it was."""
    parts = [f"{found.title}: {found.stated}"]
    if found.worked_out is not None:
        parts.append(f"the data add up to {found.worked_out}")
    if found.last_period is not None:
        parts.append(f"last period {found.last_period}, so {found.direction}")
    set_by = f" (set by {found.set_by})" if found.set_by else ""
    return "; ".join(parts) + set_by


def source(where: Source, organisation: str | None = None) -> str:
    """Document, clause, date and standing in one line, without the link.

    Args:
        organisation: whose deck it is, so that its own policy is told from another's.
    """
    return f"{document(where)} ({standing(where, organisation)})"


def standing(where: Source, organisation: str | None = None) -> str:
    """What the source is worth; a policy is a deck's own where its document names the owner."""
    if where.standing == "organisation" and organisation and organisation in where.document:
        return _OWN
    return STANDINGS[where.standing]


def document(where: Source) -> str:
    """Document, clause and date in one line."""
    return ", ".join(part for part in (where.document, where.clause, where.date) if part)


def value(found: Evidence, *, to_do: bool = True) -> str:
    """A fact's value, or that it is missing; ``to_do``: and what to write or fill in."""
    if found.value is not None:
        return found.value
    if found.perhaps:
        return f"perhaps {found.perhaps}, not used until somebody confirms it"
    fill_in = f", fill in {found.fill_in}" if found.fill_in else ""
    write = f", write {found.write}" if found.write else ""
    return f"not stated{(fill_in or write) if to_do else ''}"


def evidence(found: Evidence) -> str:
    """One fact with its value, what the rule asks, and its place."""
    return seen(found) + (f" [{found.place}]" if found.place else "")


def seen(found: Evidence) -> str:
    """One fact with its value and what the rule asks."""
    asked = f" (asked: {found.expected})" if found.expected not in ("", "is stated") else ""
    return f"{found.label}: {value(found)}{asked}"


def spot(place: Place | None, deck: str) -> str:
    """The place, without the file's name where that is the deck's own; "" for none."""
    if place is None:
        return ""
    if not f"{deck}, ".startswith(f"{place.source}, "):
        return str(place)
    record = deck.removeprefix(place.source).removeprefix(", ")
    inside = place.where.removeprefix(record).removeprefix(", ")
    at = "" if place.line is None else f"line {place.line}"
    return ", ".join(filter(None, (at, inside))) or str(place)


def numbers(finding: Finding, organisation: str | None = None) -> list[str]:
    """Each threshold of a finding with its value, the day it began and its standing."""
    return [
        f"{used.title}: {used.value}"
        + (f" since {show_type('date', used.since)}" if used.since else "")
        + f" ({standing(used.source, organisation)})"
        for used in finding.thresholds
    ]


def outcome(finding: Finding) -> str:
    """What a finding comes to; "" where the rule does not apply."""
    if finding.outcome is None:
        return ""
    effect = ", on trial with no effect" if finding.trial else ""
    return f"{OUTCOMES[finding.outcome]}{effect}"


def counts(assessment: Assessment) -> str:
    """How many findings there are of each kind, those on trial left out of what counts."""
    numbers = {"escalate": 0, "recommend": 0, "pass": 0}
    for finding in assessment.findings:
        if finding.outcome and not finding.trial:
            numbers[finding.outcome] += 1
    recommendations = "recommendation" if numbers["recommend"] == 1 else "recommendations"
    return (
        f"{numbers['escalate']} escalated, {numbers['recommend']} {recommendations}, "
        f"{numbers['pass']} passed."
    )


def does_not_apply(assessment: Assessment) -> str:
    """How many rules ask nothing of this deck, and how many could not be asked; or ""."""
    count = len(assessment.with_status("not_applicable")) - len(assessment.not_checked)
    said = f"{count} {'rule does' if count == 1 else 'rules do'} not apply to this deck"
    return ", and ".join(filter(None, (said if count else "", not_checked(assessment))))


def not_checked(assessment: Assessment) -> str:
    """How many rules could not be asked, or ""; silence is not a pass."""
    count = len(assessment.not_checked)
    if not count:
        return ""
    rules, they = ("rule was", "it is") if count == 1 else ("rules were", "they are")
    return f"{count} {rules} not checked, because the deck does not state what {they} about"


def sections(assessment: Assessment, show_all: bool) -> list[tuple[str, list[Finding]]]:
    """The findings under their headings, most severe first; the quiet ones only on request."""
    counted = [f for f in assessment.findings if not f.trial]
    groups = [
        ("Escalated", [f for f in counted if f.outcome == "escalate"]),
        ("Recommendations", [f for f in counted if f.outcome == "recommend"]),
        ("On trial, with no effect", [
            f for f in assessment.findings if f.trial and f.outcome in ("escalate", "recommend")
        ]),
    ]  # fmt: skip
    if show_all:
        groups += [
            ("Passed", [f for f in assessment.findings if f.outcome == "pass"]),
            (NOT_CHECKED, list(assessment.not_checked)),
            (
                "Not applicable",
                [f for f in assessment.findings if f.outcome is None and not f.not_checked],
            ),
        ]
    return [(title, found) for title, found in groups if found]


def consequence(finding: Finding) -> str:
    """What follows from a finding, in words; one on trial says that nothing does."""
    if finding.outcome is None:
        return NOT_CHECKED if finding.not_checked else STATUSES[finding.status]
    trial = "On trial, with no effect: " if finding.trial else ""
    return f"{trial}{OUTCOMES[finding.outcome].lower() if trial else OUTCOMES[finding.outcome]}"


def reason(finding: Finding) -> str:
    """Why this outcome here; where the deck says too little, that comes first."""
    unknown = finding.status == "unknown" and "not enough information" not in finding.reason.lower()
    return f"Not enough information. {finding.reason}" if unknown else finding.reason


def problem(found: Problem) -> str:
    """What somebody must put right, in one line and without its place."""
    seen = f" Found: {found.found}." if found.found else ""
    expected = f" Expected: {found.expected}." if found.expected else ""
    return f"{found.message}.{seen}{expected} {found.fix}".strip()


def conclusions(assessment: Assessment, show_all: bool) -> list[Concluded]:
    """The conclusions that decided something here, or all of them."""
    return [c for c in assessment.conclusions if show_all or c.decisive or c.answer]


def conclusion(drawn: Concluded) -> str:
    """What was worked out and why, or what is missing."""
    value = "" if drawn.value is None else f"{drawn.value}. "
    return f"{drawn.title}: {value}{drawn.because}"


def not_bound_title(assessment: Assessment) -> str:
    """The heading over what does not bind the organisation."""
    return f"What does not bind {assessment.organisation}"


def not_bound(assessment: Assessment) -> list[str]:
    """What does not bind the organisation, why, and where that comes from."""
    return [
        f"{each.title}: {each.because} Source: {source(each.source, assessment.organisation)}."
        for each in assessment.not_bound_by
    ]


def run_counts(run: CheckRun) -> str:
    """How many decks have each outcome, most pressing first."""
    found = run.summary
    return (
        f"{found['escalate']} escalated, {found['not_assessed']} not assessed, "
        f"{found['recommend']} with recommendations, {found['pass']} passed"
    )


def note(found: Note) -> str:
    """What to know of the deck's file, and where."""
    return f"{found.text} [{found.place}]"


def made(assessment: Assessment) -> str:
    """What it takes to give the same answer again, and what to know of how it was reached."""
    how = assessment.provenance
    return (
        f"Rulebook {how.rulebook} {how.rulebook_hash}, engine {how.engine_version}, "
        f"evaluated by {' and '.join(how.evaluators)}. {how.note}".rstrip()
    )


def quiet_counts(assessment: Assessment) -> str:
    """How many findings the short form leaves out."""
    passed = len(assessment.with_status("met"))
    met = f"{passed} {'requirement is' if passed == 1 else 'requirements are'} met"
    said = "; ".join(filter(None, (met, does_not_apply(assessment))))
    return f"{said}. --show all lists them."
