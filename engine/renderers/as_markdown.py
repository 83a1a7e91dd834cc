"""A run as Markdown, for a page, a ticket or a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.model.assessment import Assessment, Finding
from engine.model.check_run import CheckRun
from engine.renderers import words

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def as_markdown(run: CheckRun, show_all: bool = False) -> str:
    """Every assessment under its own heading; text from decks stays text."""
    lines: list[str] = []
    if len(run.assessments) + len(run.not_assessed) > 1:
        lines += [*_summary(run), ""]
    for assessment in run.assessments:
        lines += [*_assessment(assessment, show_all), ""]
    for failed in run.not_assessed:
        lines += [f"# Could not assess {_text(failed.deck)}", "", "```text"]
        lines += [
            line.replace("```", "'''") for p in failed.problems for line in str(p).split("\n")
        ]
        lines += ["```", ""]
    return "\n".join(lines)


def _summary(run: CheckRun) -> Iterator[str]:
    yield "# Summary"
    yield ""
    yield "| Outcome | Project | Gate | Deck |"
    yield "|---|---|---|---|"
    for found in run.assessments:
        gate = _text(found.gate_title or "")
        yield f"| {_text(found.headline)} | {_text(found.title)} | {gate} | {_text(found.deck)} |"
    for failed in run.not_assessed:
        yield f"| Could not assess | | | {_text(failed.deck)} |"


def _assessment(assessment: Assessment, show_all: bool) -> Iterator[str]:
    yield f"# {_text(assessment.title)}"
    yield ""
    yield f"{_text(words.scene(assessment))}"
    yield ""
    yield f"**{_text(assessment.headline)}.**" + (
        f" {words.score(assessment)}" if assessment.score else ""
    )
    if assessment.goes_to:
        yield ""
        for goes_to in assessment.goes_to:
            yield f"- Goes to the {_text(goes_to.who)}: {_text(goes_to.purpose)}."
    for title, findings in words.sections(assessment, show_all):
        yield ""
        yield f"## {title} ({len(findings)})"
        for finding in findings:
            yield from _finding(finding)
    if conclusions := words.conclusions(assessment, show_all):
        yield from ("", "## Worked out from the deck", "")
        for drawn in conclusions:
            yield f"- {_text(words.conclusion(drawn))}"
    if not_bound := words.not_bound(assessment):
        yield from ("", f"## What does not bind {_text(assessment.organisation or '')}", "")
        for each in not_bound:
            yield f"- {_text(each)}"
    if readings := [r for r in assessment.readings if show_all or not r.exact]:
        yield from ("", "## Read as", "")
        for read in readings:
            written, place = _text(read.written), _text(str(read.place))
            yield f"- {_text(read.fact)}: “{written}” as {_text(read.understood)} ({place})"
    made = assessment.provenance
    yield from ("", "---", "")
    yield (
        f"Rulebook {_text(made.rulebook)} `{made.rulebook_hash}`, engine {made.engine_version}, "
        f"evaluated by {_text(' and '.join(made.evaluators))}. {made.note}".rstrip()
    )
    yield ""
    yield words.NOT_A_DECISION


def _finding(finding: Finding) -> Iterator[str]:
    status = " (not enough information)" if finding.status == "unknown" else ""
    yield ""
    yield f"### {finding.rule}: {_text(finding.title)}{status}"
    yield ""
    yield _text(finding.reason)
    if finding.status == "not_applicable":
        return
    if finding.status != "met":
        yield ""
        yield f"**Next:** {_text(finding.remedy)} **Who:** {_text(finding.owner)}."
    if finding.evidence:
        yield from ("", "| Fact | Value | Asked | Where |", "|---|---|---|---|")
        for found in finding.evidence:
            value = "not stated" if found.value is None else found.value
            cells = (found.label, value, found.expected, str(found.place or ""))
            yield f"| {' | '.join(map(_text, cells))} |"
    if finding.status != "met":
        yield ""
        for number in words.numbers(finding):
            yield f"- Number: {_text(number)}"
        link = finding.source.link
        title = _text(words.source(finding.source))
        yield f"- Source: [{title}](<{link}>)" if link else f"- Source: {title}"


def _text(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
