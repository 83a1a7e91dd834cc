"""What the pages of a board pack say: one for each deck, and a summary before several."""

from __future__ import annotations

from dataclasses import replace

from engine.model.assessment import Assessment, Finding
from engine.model.check_run import NotAssessed
from engine.renderers import words
from engine.renderers.board.side import draw_side
from engine.renderers.slides.look import (
    EDGE,
    FOOT,
    HEAD,
    HIGH,
    NAVY,
    OUTCOMES,
    PAD,
    QUIET,
    ROOM,
    WHITE,
)
from engine.renderers.slides.page import Page
from engine.renderers.slides.tables import Row, headings, row_height, rows_that_fit
from engine.renderers.slides.texts import Words, capital, paragraphs_height
from engine.renderers.text_size import LINE, cut

LEFT, GAP = 616.0, 22.0  # the first column, and what parts it from the second
_FOOT_ROOM = ROOM - 90  # beside the number of the slide
_MOST_LINES = 5  # of a cell, before its text is cut


class Layout:
    """The head and the foot of a page, and the room between them.

    Attributes:
        top, bottom: where the room begins and ends, in points.
    """

    def __init__(self, title: str, scene: str, foot: str) -> None:
        self.title = title
        wide = ROOM
        self._heading = Words(cut(title, 24, wide, 2, bold=True), 24, bold=True, colour=NAVY)
        self._scene = [Words(cut(scene, 14, wide, 2), 14, colour=QUIET)]
        self._foot = [Words(cut(foot, 10, _FOOT_ROOM, 3), 10, colour=QUIET)]
        self._scene_top = HEAD + paragraphs_height([self._heading], wide) + 3
        self._foot_top = HIGH - FOOT - paragraphs_height(self._foot, _FOOT_ROOM)
        self.top = self._scene_top + paragraphs_height(self._scene, wide) + 10
        self.bottom = self._foot_top - 8

    def begin(self, page: Page) -> None:
        """Draw the head, first in reading order."""
        page.title(EDGE, HEAD, ROOM, self._heading)
        page.text(EDGE, self._scene_top, ROOM, self._scene, name="Scene")

    def finish(self, page: Page) -> None:
        """Draw the foot, last in reading order."""
        page.text(EDGE, self._foot_top, _FOOT_ROOM, self._foot, name="About this check")


def draw_assessment(page: Page, layout: Layout, a: Assessment) -> None:
    """The outcome, the reasons and next steps on the left; what else a board asks on the right."""
    verdict = a.headline if a.assessed else "Not assessed. This is not a pass."
    said = cut(verdict, 20, LEFT - 24, 2, bold=True)
    heading = [Words(said, 20, bold=True, colour=WHITE)]
    high = paragraphs_height(heading, LEFT - 24) + 16
    top = layout.top
    page.band(EDGE, top, LEFT, high, OUTCOMES[a.outcome], heading, name="Outcome")
    _draw_left(page, layout, a, top + high + 10)
    draw_side(page, a, EDGE + LEFT + GAP, top, layout.bottom)


def _draw_left(page: Page, layout: Layout, a: Assessment, top: float) -> None:
    acted_on = [f for f in a.findings if not f.trial and f.outcome in ("escalate", "recommend")]
    if not a.assessed:
        text = [Words(cut(a.headline, 14, LEFT, 8), 14)]
        page.text(EDGE, top, LEFT, text, name="Why it was not assessed")
    elif acted_on:
        _draw_reasons(page, layout, acted_on, top)
    elif a.outcome == "pass":
        _draw_met(page, layout, a, top)
    else:
        _draw_answers(page, layout, a, top)


def _draw_reasons(page: Page, layout: Layout, findings: list[Finding], top: float) -> None:
    widths = (104.0, 254.0, 166.0, 92.0)
    rooms = [width - 2 * PAD for width in widths]
    rows: list[Row] = []
    for f in findings:
        outcome = words.OUTCOMES[f.outcome or "recommend"]
        rows.append([
            [
                Words(outcome, bold=True, colour=OUTCOMES[f.outcome]),
                Words(f.rule, 10, colour=QUIET),
            ],
            [Words(cut(words.reason(f), 12, rooms[1], _MOST_LINES))],
            [Words(cut(f.remedy, 12, rooms[2], _MOST_LINES))],
            [Words(cut(capital(f.owner), 12, rooms[3], 3))],
        ])  # fmt: skip
    heading = ("Outcome", "What was found", "Next step", "Who")
    shown, below = _draw_table(page, layout, top, widths, heading, rows, "Reasons and next steps")
    left = findings[shown:]
    _draw_more(page, below, [
        (sum(f.outcome == "escalate" for f in left), "escalated"),
        (sum(f.outcome == "recommend" for f in left), "recommended"),
    ])  # fmt: skip


def _draw_met(page: Page, layout: Layout, a: Assessment, top: float) -> None:
    """A pass: what it rests on, the requirements that earn most first."""
    met = sorted(a.with_status("met"), key=lambda f: -(f.points or 0))
    said = "Nothing is to be put right. These requirements are met, among others:"
    top += page.text(EDGE, top, LEFT, [Words(said, 14)], name="What was found") + 8
    widths = (396.0, 150.0, 70.0)
    rows: list[Row] = [
        [
            [Words(cut(f.title, 12, widths[0] - 2 * PAD, 2))],
            [Words(cut(capital(f.owner), 12, widths[1] - 2 * PAD, 2))],
            [Words(str(f.points or ""))],
        ]
        for f in met
    ]
    heading = ("Requirement met", "Who answers for it", "Points")
    shown, below = _draw_table(
        page, layout, top, widths, heading, rows, "Requirements that are met"
    )
    _draw_more(page, below, [(len(met) - shown, "met")])


def _draw_answers(page: Page, layout: Layout, a: Assessment, top: float) -> None:
    """What a rulebook concludes that has no rules."""
    widths, heading = (236.0, 160.0, 220.0), ("What", "Answer", "Why")
    rows: list[Row] = [
        [
            [Words(cut(text or "not known", 12, width - 2 * PAD, _MOST_LINES))]
            for text, width in zip((c.title, c.value, c.because), widths, strict=True)
        ]
        for c in words.conclusions(a, show_all=False)
    ]
    shown, below = _draw_table(page, layout, top, widths, heading, rows, "Answers")
    _draw_more(page, below, [(len(rows) - shown, "worked out")])


def _draw_table(
    page: Page, layout: Layout, top: float, widths: tuple[float, ...], heading: tuple[str, ...],
    rows: list[Row], name: str,
) -> tuple[int, float]:  # fmt: skip
    """As many rows as fit, with room for a line below them; gives how many, and where they end."""
    line = 12 * LINE + 6
    room = layout.bottom - top - row_height(headings(heading), widths)
    shown = rows_that_fit(rows, widths, room, line)
    about = f"{name}: {shown} of {len(rows)} rows. Columns: {', '.join(heading)}."
    high = page.table(EDGE, top, widths, heading, rows[:shown], name=name, about=about)
    return shown, top + high


def _draw_more(page: Page, top: float, counts: list[tuple[int, str]]) -> None:
    more = [f"{count} more {what}" for count, what in counts if count]
    if more:
        said = [Words(f"and {' and '.join(more)}, in the notes of this slide", 12, bold=True)]
        page.text(EDGE, top + 5, LEFT, said, name="What is not shown")


def draw_not_assessed(page: Page, layout: Layout, failed: NotAssessed) -> None:
    """A deck that could not be assessed: what somebody must put right first."""
    heading = [Words("Not assessed. This is not a pass.", 20, bold=True, colour=WHITE)]
    page.band(EDGE, layout.top, ROOM, 40, OUTCOMES[None], heading, name="Outcome")
    widths = (270.0, 368.0, 250.0)
    rooms = [width - 2 * PAD for width in widths]
    rows: list[Row] = []
    for problem in failed.problems:
        what = words.problem(replace(problem, fix=""))
        cells = zip((str(problem.place), what, problem.fix), rooms, strict=True)
        rows.append([[Words(cut(text, 12, room, _MOST_LINES))] for text, room in cells])
    heading_row = ("Where", "What is wrong", "How to put it right")
    shown, below = _draw_table(page, layout, layout.top + 50, widths, heading_row, rows, "Problems")
    _draw_more(page, below, [(len(rows) - shown, "to put right")])
