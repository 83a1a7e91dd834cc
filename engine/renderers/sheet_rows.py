"""What each sheet of a workbook holds: its columns, and its rows of plain cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from engine.model.assessment import Assessment, Finding
from engine.model.check_run import CheckRun
from engine.model.thresholds import Source
from engine.renderers import words
from engine.renderers.sheets import Cell, Link, Marked, Row, Share, Sheet


def sheets(run: CheckRun) -> Iterator[Sheet]:
    """The sheets of a run, the most asked for first."""
    for name, about, columns, frozen, printed, rows in _SHEETS:
        found = tuple(rows(run))
        if found or name not in _ONLY_WHERE_NEEDED:
            yield Sheet(name, about, columns, frozen, printed, found)


def _summary(run: CheckRun) -> Iterator[Row]:
    for a in run.assessments:
        score = a.score
        counted = [f for f in a.findings if not f.trial]
        to = [f"To the {each.who}: {each.purpose}." for each in a.goes_to]
        yield (
            a.title,
            Marked(words.verdict(a), a.outcome),
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
    for failed in run.not_assessed:
        why = " ".join(words.problem(problem) for problem in failed.problems[:3])
        more = len(failed.problems) - 3
        if more > 0:
            why += f" And {more} more, on the sheet Findings."
        blank: Row = (None,) * 4
        unknown: Row = (None,) * 8
        yield (failed.deck, Marked("Not assessed", None), *unknown, why, *blank, failed.deck)


def _findings(run: CheckRun) -> Iterator[Row]:
    for failed in run.not_assessed:
        for problem in failed.problems:
            seen = f" Found: {problem.found}." if problem.found else ""
            asked = f" Expected: {problem.expected}." if problem.expected else ""
            yield (
                failed.deck, Marked("Not assessed", None), None, "The deck can be assessed",
                f"{problem.message}.{seen}{asked} [{problem.place}]", problem.fix, None,
                "Not assessed", *((None,) * 9), failed.deck,
            )  # fmt: skip
    for a in run.assessments:
        if not a.assessed:
            yield (
                a.title, Marked("Not assessed", None), None, "The deck can be assessed",
                a.headline, None, None, "Not assessed", *((None,) * 7), a.gate_title, a.as_of,
                a.deck,
            )  # fmt: skip
        for finding in a.findings:
            yield _finding(a, finding)


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
        words.STANDINGS[source.standing],
        _link(source),
        a.gate_title,
        a.as_of,
        a.deck,
    )


def _evidence(run: CheckRun) -> Iterator[Row]:
    for a in run.assessments:
        for finding in a.findings:
            for seen in finding.evidence:
                place = seen.place
                yield (
                    a.title,
                    finding.rule,
                    Marked(words.consequence(finding), None if finding.trial else finding.outcome),
                    seen.label,
                    "not stated" if seen.value is None else seen.value,
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
        return date.fromisoformat(raw) >= date(1900, 3, 1) and len(raw) == len("2026-11-23")
    except ValueError:
        return False


def _ratings(run: CheckRun) -> Iterator[Row]:
    for a in run.assessments:
        for each in a.ratings:
            yield (
                a.title, each.title, each.stated, each.worked_out, each.last_period,
                each.direction, each.set_by, a.deck,
            )  # fmt: skip


def _worked_out(run: CheckRun) -> Iterator[Row]:
    for a in run.assessments:
        for drawn in a.conclusions:
            yield (
                a.title,
                drawn.title,
                drawn.value if drawn.value is not None else "not known",
                drawn.because,
                "yes" if drawn.decisive or drawn.answer else "no",
                words.source(drawn.source),
                _link(drawn.source),
                a.deck,
            )


def _numbers(run: CheckRun) -> Iterator[Row]:
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


def _notes(run: CheckRun) -> Iterator[Row]:
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


def _about(run: CheckRun) -> Iterator[Row]:
    yield "What this is", words.NOT_A_DECISION
    yield "The decks", f"{words.run_counts(run)}."
    yield from _HOW_TO_READ
    for made in dict.fromkeys(a.provenance for a in run.assessments):
        yield "Rulebook", f"{made.rulebook} {made.rulebook_hash}"
        yield "Engine", f"{made.engine_version}, evaluated by {' and '.join(made.evaluators)}"
        if made.note:
            yield "To know", made.note


_HOW_TO_READ = tuple({
    "Not assessed": "The deck could not be read, or no rule applied to it. That is not a pass. "
        "The sheet Findings says what to put right.",
    "Not enough information": "The deck does not state what the rule needs. What follows is under "
        "Outcome, and what is missing is on the sheet Evidence.",
    "On trial": "The rule is shown, and changes neither the outcome nor the score.",
    "Summary": "One row for each deck: the outcome, the score, and who it goes to.",
    "Findings": "One row for each rule on each deck, the most severe first. Filter by Outcome.",
    "Evidence": "One row for each fact that a finding rests on, and where it stands.",
    "Ratings": "What a report states, beside what its data add up to. Only where one states any.",
    "Worked out": "What the rules concluded from the deck, and why.",
    "Numbers": "Each threshold used, since when it holds, and what its source is worth.",
    "Notes": "How unusual values were read, what to know of the file, and what does not bind.",
}.items())  # fmt: skip
_ONLY_WHERE_NEEDED = ("Ratings", "Notes")
_Rows = Callable[[CheckRun], Iterator[Row]]
_SHEETS: tuple[tuple[str, str, tuple[tuple[str, int], ...], int, int, _Rows], ...] = (
    ("Summary", "One row for each deck, with its outcome and who it goes to.", (
        ("Project", 30), ("Outcome", 17), ("Score", 8), ("Pass mark", 8), ("Escalated", 11),
        ("Recommended", 14), ("Not enough information", 13), ("Gate", 18), ("Organisation", 20),
        ("Rules as of", 17), ("In full, and who it goes to", 56), ("Passed", 9),
        ("Not applicable", 11), ("Points", 8), ("Points to earn", 8), ("Deck", 40),
    ), 2, 11, _summary),
    ("Findings", "One row for each rule on each deck, the most severe first.", (
        ("Project", 26), ("Outcome", 17), ("Rule", 13), ("Requirement", 34),
        ("What was found", 48), ("Next step", 44), ("Who", 20), ("Status", 16), ("Points", 8),
        ("Told when it escalates", 22), ("Subject", 18), ("Why the rule exists", 90),
        ("Source", 70), ("What the source is worth", 20), ("Link", 40), ("Gate", 18),
        ("Rules as of", 17), ("Deck", 40),
    ), 3, 7, _findings),
    ("Evidence", "One row for each fact that a finding rests on, and where it stands.", (
        ("Project", 26), ("Rule", 13), ("Outcome", 17), ("Fact", 42), ("Value", 30),
        ("Asked", 28), ("File", 34), ("Line", 7), ("Place", 28), ("As a number or date", 18),
        ("Write it as", 30), ("Name of the fact", 34), ("Deck", 40),
    ), 3, 9, _evidence),
    ("Ratings", "What each report states, beside what its data add up to.", (
        ("Project", 34), ("Rating", 18), ("Stated", 16), ("The data add up to", 18),
        ("Last period", 16), ("Direction", 14), ("Set by", 26), ("Deck", 40),
    ), 2, 7, _ratings),
    ("Worked out", "What the rules concluded from each deck, and why.", (
        ("Project", 34), ("What", 40), ("Value", 30), ("Why", 60), ("It decided something", 12),
        ("Source", 50), ("Link", 40), ("Deck", 40),
    ), 2, 6, _worked_out),
    ("Numbers", "Each threshold that a finding rests on, with its source.", (
        ("Number", 50), ("Value", 18), ("Since", 17), ("What the source is worth", 22),
        ("Source", 60), ("Organisation", 26), ("Rules", 24), ("Link", 40),
    ), 1, 7, _numbers),
    ("Notes", "How values were read, what to know of the files, and what does not bind.", (
        ("Project", 34), ("Kind", 24), ("Note", 80), ("Place", 44), ("Deck", 40),
    ), 2, 5, _notes),
    ("About", "What this workbook is, and how to read it.", (
        ("What", 26), ("In words", 110),
    ), 1, 2, _about),
)  # fmt: skip
