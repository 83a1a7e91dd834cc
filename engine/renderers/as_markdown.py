"""A run as Markdown, for a page, a ticket or a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.model.assessment import Assessment, Finding
from engine.model.check_run import CheckRun, NotAssessed, Show
from engine.renderers import words
from engine.renderers.summary import about, summary_rows, summary_title
from engine.writing import capitalised

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def as_markdown(run: CheckRun, show: Show = "findings") -> str:
    """Every assessment under its own heading, most pressing first; text from decks stays text."""
    decks = run.most_pressing_first
    lines: list[str] = []
    if len(decks) > 1 or show == "summary":
        lines += [*_summary(run), ""]
    for deck in decks if show != "summary" else ():
        if isinstance(deck, NotAssessed):
            lines += _not_assessed(deck)
        else:
            lines += [*_assessment(deck, show == "all"), ""]
    return "\n".join(lines)


def _not_assessed(failed: NotAssessed) -> Iterator[str]:
    yield from (f"# {words.COULD_NOT_ASSESS} {escape(failed.title)}", "", "```text")
    for problem in failed.problems:
        yield from (line.replace("```", "'''") for line in str(problem).split("\n"))
    yield from ("```", "")


def _summary(run: CheckRun) -> Iterator[str]:
    yield f"# {summary_title(run)}"
    for said in about(run):
        yield from ("", escape(said))
    yield from (
        "",
        "| Deck | Outcome | Gate | Score | Goes to | Findings |",
        "|---|---|---|---|---|---|",
    )
    for row in summary_rows(run):
        to = capitalised(row.goes_to)
        cells = (row.name, row.outcome, row.gate, row.score, to, row.findings)
        yield f"| {' | '.join(map(escape, cells))} |"


def _assessment(assessment: Assessment, show_all: bool) -> Iterator[str]:
    yield f"# {escape(assessment.title)}"
    yield ""
    yield f"{escape(words.scene(assessment))}"
    yield ""
    yield f"Deck: {escape(assessment.deck)}"
    yield ""
    yield f"**{escape(assessment.headline)}.**" + (
        f" {words.score(assessment)} {words.score_scope(assessment)}" if assessment.score else ""
    )
    if assessment.goes_to:
        yield ""
        for goes_to in assessment.goes_to:
            yield f"- {escape(words.goes_to(goes_to))}"
    if assessment.ratings:
        yield from ("", f"## {words.RATINGS}", "")
        yield f"| {' | '.join(words.RATING_COLUMNS)} |"
        yield "|---|---|---|---|---|---|"
    for rated in assessment.ratings:
        yield f"| {' | '.join(map(escape, words.rating_cells(rated)))} |"
    for title, findings in words.sections(assessment, show_all):
        yield ""
        yield f"## {title} ({len(findings)})"
        for finding in findings:
            yield from _finding(finding, assessment.organisation)
    if conclusions := words.conclusions(assessment, show_all):
        yield from ("", f"## {words.WORKED_OUT}", "")
        for drawn in conclusions:
            yield f"- {escape(words.conclusion(drawn))}"
    if not_bound := words.not_bound(assessment):
        yield from ("", f"## {escape(words.not_bound_title(assessment))}", "")
        for each in not_bound:
            yield f"- {escape(each)}"
    if readings := [r for r in assessment.readings if show_all or not r.exact]:
        yield from ("", f"## {words.READ_AS}", "")
        for read in readings:
            written, place = escape(read.written), escape(str(read.place))
            yield f"- {escape(read.fact)}: “{written}” as {escape(read.understood)} ({place})"
    if assessment.notes:
        yield from ("", f"## {words.ABOUT_THE_FILE}", "")
        for note in assessment.notes:
            yield f"- {escape(words.note(note))}"
    if not show_all and (said := words.does_not_apply(assessment)):
        yield from ("", f"{said}; --show all lists them.")
    made = assessment.provenance
    yield from ("", "---", "")
    yield (
        f"Rulebook {escape(made.rulebook)} `{made.rulebook_hash}`, engine {made.engine_version}, "
        f"evaluated by {escape(' and '.join(made.evaluators))}. {made.note}".rstrip()
    )
    yield ""
    yield words.NOT_A_DECISION


def _finding(finding: Finding, organisation: str | None) -> Iterator[str]:
    status = " (not enough information)" if finding.status == "unknown" else ""
    yield ""
    yield f"### {finding.rule}: {escape(finding.title)}{status}"
    yield ""
    yield escape(finding.reason)
    if finding.status == "not_applicable":
        return
    if finding.status != "met":
        yield ""
        yield f"**Next:** {escape(finding.remedy)} **Who:** {escape(finding.owner)}."
    if finding.evidence:
        yield from ("", "| Fact | Value | Asked | Where |", "|---|---|---|---|")
        for found in finding.evidence:
            value = words.value(found, to_do=False)
            cells = (found.label, value, found.expected, str(found.place or ""))
            yield f"| {' | '.join(map(escape, cells))} |"
    if finding.status != "met":
        yield ""
        for number in words.numbers(finding, organisation):
            yield f"- Number: {escape(number)}"
        link = finding.source.link
        title = escape(words.source(finding.source, organisation))
        yield f"- Source: [{title}](<{link}>)" if link else f"- Source: {title}"


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
