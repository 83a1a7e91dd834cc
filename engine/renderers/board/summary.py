"""The first pages of a board pack of several decks: how many came out how, and each in a row."""

from __future__ import annotations

from collections.abc import Sequence

from engine.model.assessment import Assessment
from engine.model.check_run import CheckRun
from engine.renderers import words
from engine.renderers.board.pages import Layout
from engine.renderers.slides.look import EDGE, OUTCOMES, PAD, ROOM, WHITE
from engine.renderers.slides.page import Page
from engine.renderers.slides.tables import Row, headings, row_height, rows_that_fit, spread
from engine.renderers.slides.texts import Paragraphs, Words, capital
from engine.renderers.summary import SummaryRow, summary_rows
from engine.renderers.text_size import cut

_WIDTHS = (270.0, 140.0, 124.0, 120.0, 190.0, 44.0)
_HEADING = ("Project", "Outcome", "Gate", "Score", "Goes to", "Page")
_BAND, _BELOW = 58.0, 12.0  # the fields of counts, and the room below them

Rows = list[Row]


class Summary:
    """The pages of a summary, which are counted before any is drawn."""

    def __init__(self, run: CheckRun, foot: str) -> None:
        self._run, self._foot = run, foot
        decks = len(run.assessments) + len(run.not_assessed)
        self._layout = Layout(f"Check of {decks} decks", words.run_counts(run), foot)
        rows, top = self._rows(None), self._layout.top
        heading = row_height(headings(_HEADING), _WIDTHS)
        room = self._layout.bottom - top - heading
        first = rows_that_fit(rows, _WIDTHS, room - _BAND - _BELOW)
        rest = spread([row_height(row, _WIDTHS) for row in rows[first:]], room)
        self._counts = [first, *(len(each) for each in rest if each)]
        self.pages = len(self._counts)

    def draw(self, pages: Sequence[Page], own: Sequence[Page]) -> None:
        """Draw the pages; each row leads to the deck's own page."""
        rows = self._rows(own)
        for n, (page, count) in enumerate(zip(pages, self._counts, strict=True)):
            layout, top = self._layout, self._layout.top
            if n:
                title = f"{layout.title} ({n + 1} of {self.pages})"
                layout = Layout(title, words.run_counts(self._run), self._foot)
            layout.begin(page)
            if n == 0:
                self._draw_counts(page, top)
                top += _BAND + _BELOW
            about = f"{count} of {len(own)} decks. Columns: {', '.join(_HEADING)}."
            page.table(EDGE, top, _WIDTHS, _HEADING, rows[:count], name="Decks", about=about)
            rows = rows[count:]
            layout.finish(page)

    def _draw_counts(self, page: Page, top: float) -> None:
        found = self._run.summary
        counts = (
            ("Escalated", found["escalate"], OUTCOMES["escalate"]),
            (words.VERDICTS["recommend"], found["recommend"], OUTCOMES["recommend"]),
            ("Passed", found["pass"], OUTCOMES["pass"]),
            ("Not assessed", found["not_assessed"], OUTCOMES[None]),
        )
        wide = (ROOM - 3 * 12) / 4
        for n, (name, count, colour) in enumerate(counts):
            said = [Words(str(count), 22, bold=True, colour=WHITE), Words(name, 13, colour=WHITE)]
            left = EDGE + n * (wide + 12)
            page.band(left, top, wide, _BAND, colour, said, name=f"Count: {name}")

    def _rows(self, own: Sequence[Page] | None) -> Rows:
        """A row for each deck; its heights do not depend on where it leads."""
        return [
            _row(row, own[n] if own else None, (self.pages if own else 0) + n + 1)
            for n, row in enumerate(summary_rows(self._run))
        ]


def _row(shown: SummaryRow, own: Page | None, number: int) -> list[Paragraphs]:
    rooms = [width - 2 * PAD for width in _WIDTHS]
    deck, to = shown.deck, own.slide if own else None
    scored = deck.score if isinstance(deck, Assessment) else None
    score = f"{shown.score} (mark {scored.pass_mark})" if scored else ""
    outcome = deck.outcome if isinstance(deck, Assessment) else None
    row: list[Paragraphs] = [
        [Words(cut(shown.name, 12, rooms[0], 2), to=to)],
        [Words(shown.outcome, bold=True, colour=OUTCOMES[outcome])],
    ]
    others = (shown.gate, score, capital(shown.goes_to))
    row += [[Words(cut(t, 12, room, 2))] for t, room in zip(others, rooms[2:], strict=False)]
    return [*row, [Words(str(number), to=to)]]
