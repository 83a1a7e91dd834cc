"""The rows of a run's tables, as plain cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from engine.model.assessment import Assessment, Finding
from engine.model.check_run import CheckRun, NotAssessed
from engine.model.thresholds import Source
from engine.renderers import words
from engine.renderers.workbooks.cells import FIRST_DAY, Cell, Link, Marked, Row, Share

NOT_ASSESSED = Marked("Not assessed", "not assessed")


def summary(run: CheckRun) -> Iterator[Row]:
    """A row for each deck, most pressing first."""
    for deck in run.most_pressing_first:
        yield _not_summed(deck) if isinstance(deck, NotAssessed) else _summed(deck)


def _summed(a: Assessment) -> Row:
    score = a.score
    counted = [f for f in a.findings if not f.trial]
    to = [f"To the {each.who}: {each.purpose}." for each in a.goes_to]
    return (
        a.title,
        Marked(words.verdict(a), a.outcome) if a.assessed else NOT_ASSESSED,
        # rounded down, as in the answer: a mark is not reached by rounding
        Share(1000 * score.earned // score.applicable / 1000) if score else None,
        score.pass_mark if score else None,
        *(sum(f.outcome == outcome for f in counted) for outcome in ("escalate", "recommend")),
        sum(f.status == "unknown" for f in counted),
        a.gate_title,
        a.organisation,
        a.as_of,
        "\n".join([f"{a.headline.rstrip('.')}.", *to]),
        sum(f.outcome == "pass" for f in counted),
        sum(f.outcome is None for f in counted),
        score.earned if score else None,
        score.applicable if score else None,
        a.deck,
    )


def _not_summed(failed: NotAssessed) -> Row:
    why = " ".join(words.problem(problem) for problem in failed.problems[:3])
    more = len(failed.problems) - 3
    if more > 0:
        why += f" And {more} more, on the sheet Findings."
    blank: Row = (None,) * 4
    unknown: Row = (None,) * 8
    return (failed.title, NOT_ASSESSED, *unknown, why, *blank, failed.deck)


def findings(run: CheckRun) -> Iterator[Row]:
    """A row for each rule in force on each deck, and for each problem of those not assessed."""
    for failed in run.not_assessed:
        for problem in failed.problems:
            seen = f" Found: {problem.found}." if problem.found else ""
            asked = f" Expected: {problem.expected}." if problem.expected else ""
            said = f"{problem.message}.{seen}{asked} [{problem.place}]"
            yield _not_assessed(failed.deck, said, problem.fix, (None, None, failed.deck))
    for a in run.assessments:
        if not a.assessed:
            yield _not_assessed(a.title, a.headline, None, (a.gate_title, a.as_of, a.deck))
        yield from (_finding(a, f) for f in a.findings if f.status != "not_applicable")


def _not_assessed(project: str, said: str, fix: str | None, rest: Row) -> Row:
    """The row of a deck or problem, as wide as that of a finding."""
    what = "The deck can be assessed"
    blank: Row = (None,) * 7
    row = (project, NOT_ASSESSED, None, what, said, fix, None, NOT_ASSESSED.text, *blank)
    return (*row, *rest)


def not_applicable(run: CheckRun) -> Iterator[Row]:
    """A row for each rule that does not apply to a deck."""
    for a in run.assessments:
        yield from (_finding(a, f) for f in a.findings if f.status == "not_applicable")


def _finding(a: Assessment, finding: Finding) -> Row:
    source = finding.source
    return (
        a.title,
        Marked(words.consequence(finding), None if finding.trial else finding.outcome),
        finding.rule,
        finding.title,
        words.reason(finding),
        finding.remedy or None,
        finding.owner,
        words.STATUSES[finding.status],
        finding.points,
        finding.escalate_to,
        finding.ruleset,
        finding.rationale,
        _document(source),
        words.standing(source, a.organisation),
        _link(source),
        a.gate_title,
        a.as_of,
        a.deck,
    )


def evidence(run: CheckRun) -> Iterator[Row]:
    """A row for each fact that a finding rests on."""
    for a in run.assessments:
        for finding in a.findings:
            for seen in finding.evidence:
                place = seen.place
                yield (
                    a.title,
                    finding.rule,
                    Marked(words.consequence(finding), None if finding.trial else finding.outcome),
                    seen.label,
                    words.value(seen, to_do=False),
                    seen.expected or None,
                    place.source if place else None,
                    place.line if place else None,
                    (place.where if place else "") or None,
                    _typed(seen.raw),
                    seen.write or None,
                    seen.fact,
                    a.deck,
                )


def _typed(raw: str | None) -> Cell:
    """The number or day that a value is; what only looks like a number to people stays text."""
    if raw is None:
        return None
    if re.fullmatch(r"-?(0|[1-9]\d{0,14})(\.\d{1,6})?", raw):
        return Decimal(raw)
    return date.fromisoformat(raw) if _is_day(raw) else None


def _is_day(raw: str) -> bool:
    """Whether this is a day that a sheet can hold as one: they begin in 1900."""
    try:
        return date.fromisoformat(raw) >= FIRST_DAY and len(raw) == len("2026-11-23")
    except ValueError:
        return False


def ratings(run: CheckRun) -> Iterator[Row]:
    """A row for each rating that a report states."""
    for a in run.assessments:
        for each in a.ratings:
            yield (
                a.title, each.title, each.stated, each.worked_out, each.last_period,
                each.direction, each.set_by, a.deck,
            )  # fmt: skip


def worked_out(run: CheckRun) -> Iterator[Row]:
    """A row for each conclusion."""
    for a in run.assessments:
        for drawn in a.conclusions:
            yield (
                a.title,
                drawn.title,
                drawn.value if drawn.value is not None else "not known",
                drawn.because,
                "yes" if drawn.decisive or drawn.answer else "no",
                words.source(drawn.source, a.organisation),
                _link(drawn.source),
                a.deck,
            )


def numbers(run: CheckRun) -> Iterator[Row]:
    """Each number once for all the decks and rules that rest on it."""
    used: dict[tuple[str | None, str, str, str], dict[str, None]] = {}
    rows: dict[tuple[str | None, str, str, str], Row] = {}
    links: dict[tuple[str | None, str, str, str], Link | None] = {}
    for a in run.assessments:
        for finding in a.findings:
            for number in finding.thresholds:
                since = number.since.isoformat() if number.since else ""
                key = (a.organisation, number.name, number.value, since)
                used.setdefault(key, {})[finding.rule] = None
                source = number.source
                rows[key] = (
                    number.title, number.value, number.since, words.STANDINGS[source.standing],
                    _document(source), a.organisation,
                )  # fmt: skip
                links[key] = _link(source)
    for key, row in rows.items():
        yield (*row, ", ".join(sorted(used[key])), links[key])


def notes(run: CheckRun) -> Iterator[Row]:
    """What to know of the files, how values were read, and what does not bind."""
    for a in run.assessments:
        for note in a.notes:
            yield a.title, "About the file", note.text, str(note.place), a.deck
        for read in a.readings:
            text = f'{read.fact}: "{read.written}" as {read.understood}'
            yield a.title, "Read as", text, str(read.place), a.deck
        for each in words.not_bound(a):
            yield a.title, f"Does not bind {a.organisation}", each, None, a.deck


def _document(source: Source) -> str:
    return ", ".join(part for part in (source.document, source.clause, source.date) if part)


def _link(source: Source) -> Link | None:
    return Link(source.link) if source.link else None
