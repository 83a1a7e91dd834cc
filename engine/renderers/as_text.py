"""A run as plain text, 80 columns wide, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.assessment import Assessment, Finding
from engine.model.check_run import CheckRun
from engine.renderers import words
from engine.renderers.wrap import as_lines, wrap


def as_text(run: CheckRun, show_all: bool = False) -> str:
    """Every assessment in full sentences, and a summary where there are several."""
    blocks = [_assessment(assessment, show_all) for assessment in run.assessments]
    blocks += [
        "\n".join([f"{words.COULD_NOT_ASSESS} {failed.deck}", *map(str, failed.problems)])
        for failed in run.not_assessed
    ]
    if len(blocks) > 1:
        blocks.append(_summary(run))
    return as_lines("\n\n".join(blocks).split("\n"))


def _assessment(assessment: Assessment, show_all: bool) -> str:
    lines = [*wrap(assessment.title), *wrap(words.scene(assessment)), ""]
    lines += wrap(assessment.headline.upper() if assessment.outcome else assessment.headline)
    if score := words.score(assessment):
        lines += wrap(f"Score: {score}")
    for goes_to in assessment.goes_to:
        lines += wrap(words.goes_to(goes_to), "", "  ")
    lines += ["", words.RATINGS] if assessment.ratings else []
    for rating in assessment.ratings:
        lines += wrap(words.rating(rating), "  ", "    ")
    for title, findings in words.sections(assessment, show_all):
        lines += ["", f"{title} ({len(findings)})"]
        for finding in findings:
            lines += ["", *_finding(finding)]
    lines += _conclusions(assessment, show_all)
    lines += _not_bound(assessment)
    lines += _readings(assessment, show_all)
    lines += ["", words.ABOUT_THE_FILE] if assessment.notes else []
    for note in assessment.notes:
        lines += wrap(words.note(note), "  ", "    ")
    lines += ["", *_footer(assessment, show_all)]
    return "\n".join(lines)


def _finding(finding: Finding) -> Iterator[str]:
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
        for number in words.numbers(finding):
            yield from wrap(f"Number: {number}", "    ", "      ")
        yield from wrap(f"Source: {words.source(finding.source)}", "    ", "      ")
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


def _summary(run: CheckRun) -> str:
    lines = [f"Summary of {len(run.assessments) + len(run.not_assessed)} decks", ""]
    for assessment in run.assessments:
        score = f"{assessment.score.percent} of points" if assessment.score else ""
        to = ", ".join(each.who for each in assessment.goes_to)
        more = [assessment.gate_title or "", score, f"to the {to}" if to else ""]
        about = f"{assessment.title} ({assessment.deck}): {', '.join(filter(None, more))}"
        lines += wrap(f"{assessment.headline.split(':')[0]:<28} {about}", "  ", " " * 31)
    for failed in run.not_assessed:
        lines += wrap(f"{words.COULD_NOT_ASSESS:<28} {failed.deck}", "  ", " " * 31)
    lines += ["", f"  {words.totals(run)}"]
    return "\n".join(lines)
