"""A run as plain text, 80 columns wide, for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby, zip_longest

from engine.model.assessment import Assessment, Finding
from engine.model.check_run import CheckRun, NotAssessed, Show
from engine.renderers import words
from engine.renderers.summary import about, one_gate, summary_rows, summary_title
from engine.renderers.wrap import WIDTH, as_lines, wrap

_SCORE, _FINDINGS, _GOES_TO = 6, 17, 22
_DECK = WIDTH - _SCORE - _FINDINGS - _GOES_TO - 4


def as_text(run: CheckRun, show: Show = "findings") -> str:
    """Every assessment in full sentences, most pressing first; several begin with a summary."""
    decks = run.most_pressing_first
    if show == "summary":
        return as_lines(_summary(run))
    blocks = ["\n".join(_summary(run))] if len(decks) > 1 else []
    for deck in decks:
        if isinstance(deck, NotAssessed):
            said = f"{words.COULD_NOT_ASSESS} {deck.deck}"
            blocks.append("\n".join([said, *map(str, deck.problems)]))
        else:
            blocks.append(_assessment(deck, show == "all"))
    if len(decks) > 1:
        counts = f"{len(decks)} decks: {words.run_counts(run)}."
        blocks.append("\n".join(wrap(f"{counts} --show summary gives the summary alone.")))
    return as_lines("\n\n".join(blocks).split("\n"))


def _assessment(assessment: Assessment, show_all: bool) -> str:
    lines = [*wrap(assessment.title), *wrap(words.scene(assessment))]
    lines += [*wrap(f"Deck: {assessment.deck}"), ""]
    lines += wrap(assessment.headline.upper() if assessment.outcome else assessment.headline)
    if score := words.score(assessment):
        lines += wrap(f"Score: {score}")
        lines += wrap(words.score_scope(assessment))
    for goes_to in assessment.goes_to:
        lines += wrap(words.goes_to(goes_to), "", "  ")
    lines += ["", words.RATINGS] if assessment.ratings else []
    for rating in assessment.ratings:
        lines += wrap(words.rating(rating), "  ", "    ")
    for title, findings in words.sections(assessment, show_all):
        lines += ["", f"{title} ({len(findings)})"]
        for finding in findings:
            lines += ["", *_finding(finding, assessment.organisation)]
    lines += _conclusions(assessment, show_all)
    lines += _not_bound(assessment)
    lines += _readings(assessment, show_all)
    lines += ["", words.ABOUT_THE_FILE] if assessment.notes else []
    for note in assessment.notes:
        lines += wrap(words.note(note), "  ", "    ")
    lines += ["", *_footer(assessment, show_all)]
    return "\n".join(lines)


def _finding(finding: Finding, organisation: str | None) -> Iterator[str]:
    status = "  [not enough information]" if finding.status == "unknown" else ""
    yield from wrap(f"{finding.rule}  {finding.title}{status}", "  ", "    ")
    if finding.status == "not_applicable":
        yield from wrap(finding.reason, "    ")
        return
    if finding.status != "met":
        yield from wrap(finding.reason, "    ")
        yield from wrap(f"Next: {finding.remedy}", "    ", "      ")
        yield from wrap(f"Who: {finding.owner}", "    ", "      ")
    for n, found in enumerate(finding.evidence[:6]):
        lead = "Seen: " if n == 0 else "      "
        yield from wrap(words.evidence(found), f"    {lead}", "            ")
    if len(finding.evidence) > 6:
        yield f"          and {len(finding.evidence) - 6} more"
    if finding.status != "met":
        for number in words.numbers(finding, organisation):
            yield from wrap(f"Number: {number}", "    ", "      ")
        source = words.source(finding.source, organisation)
        yield from wrap(f"Source: {source}", "    ", "      ")
        if finding.source.link:
            yield f"      {finding.source.link}"


def _conclusions(assessment: Assessment, show_all: bool) -> list[str]:
    shown = words.conclusions(assessment, show_all)
    lines = ["", words.WORKED_OUT] if shown else []
    for drawn in shown:
        lines += wrap(words.conclusion(drawn), "  ", "    ")
    return lines


def _not_bound(assessment: Assessment) -> list[str]:
    shown = words.not_bound(assessment)
    lines = ["", *wrap(words.not_bound_title(assessment))] if shown else []
    for each in shown:
        lines += wrap(each, "  ", "    ")
    return lines


def _readings(assessment: Assessment, show_all: bool) -> list[str]:
    shown = [reading for reading in assessment.readings if show_all or not reading.exact]
    lines = ["", words.READ_AS] if shown else []
    for reading in shown:
        text = f'{reading.fact}: "{reading.written}" as {reading.understood} [{reading.place}]'
        lines += wrap(text, "  ", "    ")
    return lines


def _footer(assessment: Assessment, show_all: bool) -> Iterator[str]:
    if not show_all and assessment.findings:
        yield from wrap(words.quiet_counts(assessment))
    yield from wrap(words.made(assessment))
    yield from wrap(words.NOT_A_DECISION)


def _summary(run: CheckRun) -> Iterator[str]:
    """A table of the decks under their outcomes."""
    rows = summary_rows(run)
    yield summary_title(run)
    yield ""
    for said in about(run):
        yield from wrap(said)
    yield ""
    yield from _row("", "Deck", "Score", "Findings", "Goes to")
    yield "-" * WIDTH
    gate = one_gate(run)
    for number, (outcome, found) in enumerate(groupby(rows, lambda row: row.outcome)):
        group = tuple(found)
        yield from ([""] if number else [])
        yield from wrap(f"{outcome} ({len(group)})")
        for row in group:
            name = f"{row.name}, {row.gate}" if row.gate and not gate else row.name
            yield from _row("  ", name, row.score, row.findings, row.goes_to)


def _row(indent: str, deck: str, score: str, findings: str, goes_to: str) -> Iterator[str]:
    """A row in columns, each cell in as many lines as it needs."""
    cells = ((f"{indent}{deck}", _DECK), (findings, _FINDINGS), (goes_to, _GOES_TO))
    named, counted, to = (
        textwrap.wrap(
            text, width, subsequent_indent=indent if n == 0 else "", break_on_hyphens=False
        )
        for n, (text, width) in enumerate(cells)
    )
    for n, (name, count, who) in enumerate(zip_longest(named, counted, to, fillvalue="")):
        shown = score if n == 0 else ""
        yield f"{name:<{_DECK}} {shown:>{_SCORE}}  {count:<{_FINDINGS}} {who}".rstrip()
