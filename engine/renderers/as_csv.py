"""A run as CSV: a row for each finding of each deck, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from engine.errors import shorten
from engine.model.assessment import Assessment, Finding
from engine.model.check_run import CheckRun, NotAssessed, Show
from engine.renderers import words
from engine.renderers.blocks import plain

COLUMNS = (
    "Deck", "Project", "Organisation", "Gate", "As of", "Deck outcome", "Score", "Pass mark",
    "Goes to", "Rule", "Requirement", "Status", "Rule outcome", "Points", "Reason", "Next", "Who",
    "Escalates to", "What was seen", "Places", "Numbers", "Source", "Link", "Standing",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would work out
_LONGEST = 32_000  # characters; Excel holds 32,767 in a cell


def as_csv(run: CheckRun, show: Show = "findings") -> str:
    """Every finding, also what passed or does not apply, as in JSON; ``show`` changes nothing.

    A deck without findings has one row with its outcome, and one that could not be assessed a row
    for each problem.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in _rows(run):
        writer.writerow([_cell(row.get(column, "")) for column in COLUMNS])
    return out.getvalue()


def _rows(run: CheckRun) -> Iterator[dict[str, str]]:
    for assessment in run.assessments:
        about = _about(assessment)
        for finding in assessment.findings:
            yield about | _finding(finding, assessment.organisation)
        if not assessment.findings:
            yield about
    for failed in run.not_assessed:
        yield from _failed(failed)


def _about(assessment: Assessment) -> dict[str, str]:
    score = assessment.score
    return {
        "Deck": assessment.deck,
        "Project": assessment.title,
        "Organisation": assessment.organisation or "",
        "Gate": assessment.gate_title or "",
        "As of": assessment.as_of.isoformat(),
        "Deck outcome": words.verdict(assessment) if assessment.outcome else assessment.headline,
        "Score": score.percent if score else "",
        "Pass mark": score.pass_mark if score else "",
        "Goes to": "; ".join(f"{each.who}: {each.purpose}" for each in assessment.goes_to),
    }


def _finding(finding: Finding, organisation: str | None) -> dict[str, str]:
    places = dict.fromkeys(str(found.place) for found in finding.evidence if found.place)
    return {
        "Rule": finding.rule,
        "Requirement": finding.title,
        "Status": words.STATUSES[finding.status],
        "Rule outcome": words.outcome(finding),
        "Points": "" if finding.points is None else str(finding.points),
        "Reason": finding.reason,
        "Next": finding.remedy,
        "Who": finding.owner,
        "Escalates to": finding.escalate_to if finding.outcome == "escalate" else "",
        "What was seen": "; ".join(words.seen(found) for found in finding.evidence),
        "Places": "; ".join(places),
        "Numbers": "; ".join(words.numbers(finding, organisation)),
        "Source": words.document(finding.source),
        "Link": finding.source.link,
        "Standing": words.standing(finding.source, organisation),
    }


def _failed(failed: NotAssessed) -> Iterator[dict[str, str]]:
    about = {"Deck": failed.deck, "Deck outcome": words.NOT_ASSESSED}
    for problem in failed.problems:
        yield about | {
            "Reason": problem.message,
            "Next": problem.fix,
            "What was seen": problem.found,
            "Places": str(problem.place),
        }


def _cell(text: str) -> str:
    """Text that a spreadsheet shows and never works out: an apostrophe before what looks so."""
    shown = plain(text)
    shown = shown if len(shown) <= _LONGEST else shorten(shown, _LONGEST)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
