"""A run as PowerPoint slides for a board pack: one page for each deck, a summary before several."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.assessment import Assessment, Finding
from engine.model.check_run import CheckRun, NotAssessed, Show
from engine.renderers import words
from engine.renderers.board.pages import Layout, draw_assessment, draw_not_assessed
from engine.renderers.board.summary import Summary
from engine.renderers.slides.page import Page
from engine.renderers.slides.presentations import new_presentation, saved
from engine.showing import show_type


def as_pptx(run: CheckRun, shown: Show = "findings") -> bytes:
    """The slides; whole texts and every finding are in the notes, whatever ``shown`` says.

    Raises:
        ExtraMissing: python-pptx is not installed.
    """
    decks = len(run.assessments) + len(run.not_assessed)
    day = max((a.as_of for a in run.assessments), default=None)
    only = run.assessments[0].title if decks == 1 and run.assessments else f"{decks} decks"
    show = new_presentation(f"Check of {only}", day)
    # a summary's rows lead to the pages after it, so all pages are there before any is drawn
    summary = Summary(run, _rulebooks(run)) if decks > 1 else None
    first = [Page(show) for _ in range(summary.pages if summary else 0)]
    own = [Page(show) for _ in range(decks)]
    if summary:
        summary.draw(first, own)
    for page, deck in zip(own, run.most_pressing_first, strict=True):
        if isinstance(deck, NotAssessed):
            layout = Layout(deck.title, "The deck could not be assessed", words.NOT_A_DECISION)
            layout.begin(page)
            draw_not_assessed(page, layout, deck)
        else:
            layout = Layout(deck.title, words.scene(deck), _foot(deck))
            layout.begin(page)
            draw_assessment(page, layout, deck)
        layout.finish(page)
        page.notes(_problems(deck) if isinstance(deck, NotAssessed) else _notes(deck))
    return saved(show)


def _foot(a: Assessment) -> str:
    made = a.provenance
    day = show_type("date", a.as_of)
    rulebook = f"Rulebook {made.rulebook} {made.rulebook_hash}, read as of {day}"
    unchecked = words.not_checked(a)
    parts = [f"{unchecked}." if unchecked else "", words.NOT_A_DECISION, rulebook]
    said = " ".join(filter(None, parts))
    return f"{said}, engine {made.engine_version}. {made.note}".rstrip()


def _rulebooks(run: CheckRun) -> str:
    made = dict.fromkeys(
        (a.provenance.rulebook, a.provenance.rulebook_hash) for a in run.assessments
    )
    named = "".join(f" Rulebook {name} {hashed}." for name, hashed in made)
    return f"{words.NOT_A_DECISION}{named} The day that it is read at stands on each page."


def _notes(a: Assessment) -> Iterator[str]:
    """The whole answer in words, for whoever presents the page."""
    yield a.title
    yield words.scene(a)
    yield f"{a.headline.rstrip('.')}."
    if a.score:
        yield f"Score: {words.score(a)}"
    for each in a.goes_to:
        yield f"Goes to the {each.who}: {each.purpose}."
    for rated in a.ratings:
        yield f"Rating. {words.rating(rated)}."
    for title, findings in words.sections(a, show_all=False):
        yield ""
        yield f"{title} ({len(findings)})"
        for finding in findings:
            yield from _finding(finding, a.organisation)
    for title, status in (("Passed", "met"), ("Not applicable", "not_applicable")):
        found = [f for f in a.findings if f.status == status]
        if found:
            yield ""
            yield f"{title} ({len(found)})"
            yield from (f"{f.rule}: {f.title}." for f in found)
    if shown := words.conclusions(a, show_all=False):
        yield ""
        yield "Worked out from the deck"
        yield from map(words.conclusion, shown)


def _finding(finding: Finding, organisation: str | None) -> Iterator[str]:
    yield ""
    yield f"{finding.rule}: {finding.title}."
    yield words.reason(finding)
    yield f"Next: {finding.remedy} Who: {finding.owner}."
    yield f"Source: {words.source(finding.source, organisation)}."


def _problems(failed: NotAssessed) -> Iterator[str]:
    yield f"Could not assess {failed.deck}. This is not a pass."
    for problem in failed.problems:
        yield f"{problem.place}: {words.problem(problem)}"
