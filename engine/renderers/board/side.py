"""The right-hand column of a board page: score, who it goes to, ratings, what was worked out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from engine.model.assessment import Assessment, Score
from engine.renderers import words
from engine.renderers.slides.look import NAVY, PAD, QUIET
from engine.renderers.slides.page import Page
from engine.renderers.slides.tables import Row, headings, row_height
from engine.renderers.slides.texts import Words, capital, paragraphs_height
from engine.renderers.text_size import cut

WIDE = 250.0
_BETWEEN = 13.0  # from one part to the next
_MOST_RATINGS, _MOST_LINES = 7, 6
_BAR = 26.0
_RATING_WIDTHS = (70.0, 54.0, 64.0, 62.0)
_RATING_HEADING = ("Rating", "Stated", "Data say", "Last period")


@dataclass(frozen=True, slots=True)
class _Part:
    """Texts under a heading.

    Attributes:
        name: of the shape.
    """

    name: str
    texts: list[Words]

    @property
    def height(self) -> float:
        return paragraphs_height(self.texts, WIDE) + _BETWEEN if self.texts else 0


def draw_side(page: Page, a: Assessment, left: float, top: float, bottom: float) -> None:
    """Draw the column; long texts are cut until all of it fits."""
    score = a.score
    if score is not None:
        texts = [*_score(score), Words(words.score_scope(a), 10, colour=QUIET)]
        top += page.text(left, top, WIDE, texts, name="Score") + 4
        about = words.score(a)
        top += page.bar(left, top, WIDE, *_shares(score), about=about) + _BETWEEN
    ratings = _ratings(a)
    ratings_high = sum(row_height(row, _RATING_WIDTHS) for row in ratings)
    goes_to, worked_out = _fitting(a, bottom - top - (ratings_high + _BETWEEN if ratings else 0))
    if goes_to.texts:
        top += page.text(left, top, WIDE, goes_to.texts, name=goes_to.name) + _BETWEEN
    if ratings:
        about = "Ratings that the report states, beside what its data add up to and the last period"
        top += _BETWEEN + page.table(
            left, top, _RATING_WIDTHS, _RATING_HEADING, ratings[1:], name="Ratings", about=about
        )
    if worked_out.texts:
        page.text(left, top, WIDE, worked_out.texts, name=worked_out.name)


def _fitting(a: Assessment, room: float) -> tuple[_Part, _Part]:
    """Who it goes to, and what was worked out, with as many lines of each as there is room for."""
    # rather fewer conclusions than all of them cut short
    for shown in range(len(_drawn(a)), -1, -1):
        for most in range(_MOST_LINES, 2 if shown > 1 else 0, -1):
            parts = _goes_to(a, most), _worked_out(a, max(most, 3), shown)
            if sum(part.height for part in parts) <= room:
                return parts
    return _few(a, room), _Part("", [])


def _heading(text: str) -> Words:
    return Words(text, 13, bold=True, colour=NAVY, after=2)


def _score(score: Score) -> list[Words]:
    mark = cut(f"The {score.pass_mark_title.lower()} is {score.pass_mark}", 12, WIDE, 2)
    standing = score.pass_mark_source and words.STANDINGS[score.pass_mark_source.standing]
    texts = [
        _heading("Score"),
        Words(f"{score.earned} of {score.applicable} points, {score.percent}", 14, bold=True),
        Words(mark),
    ]
    return (
        [*texts, Words(cut(f"({standing})", 10, WIDE, 2), 10, colour=QUIET)] if standing else texts
    )


def _shares(score: Score) -> tuple[float, float]:
    mark = Decimal(score.pass_mark.removesuffix("%")) / 100
    return score.earned / score.applicable if score.applicable else 0, float(mark)


def _goes_to(a: Assessment, most: int) -> _Part:
    texts = []
    for each in a.goes_to:
        texts.append(Words(cut(capital(each.who), 12, WIDE, 2, bold=True), bold=True))
        texts.append(Words(cut(capital(each.purpose), 12, WIDE, most), after=3))
    return _Part("Goes to", [_heading("Goes to"), *texts] if texts else [])


def _few(a: Assessment, room: float) -> _Part:
    """The first of those it goes to where not all fit, and how many more there are."""
    texts = _goes_to(a, 1).texts
    while len(texts) > 3:
        texts = texts[:-2]
        left = len(a.goes_to) - (len(texts) - 1) // 2
        part = _Part("Goes to", [*texts, Words(f"and {left} more", bold=True)])
        if part.height <= room:
            return part
    return _Part("Goes to", texts)


def _drawn(a: Assessment) -> list[str]:
    """What was worked out and is known, the position on spend controls first."""
    known = [c for c in words.conclusions(a, show_all=False) if c.value is not None]
    ordered = sorted(known, key=lambda c: not c.fact.startswith("spend."))
    return [words.conclusion(c) for c in ordered]


def _worked_out(a: Assessment, most: int, shown: int) -> _Part:
    every = _drawn(a)
    texts = [Words(cut(text, 12, WIDE, most), after=3) for text in every[:shown]]
    if texts and shown < len(every):
        texts.append(Words(f"and {len(every) - shown} more", bold=True))
    return _Part("Worked out", [_heading("Worked out from the deck"), *texts] if texts else [])


def _ratings(a: Assessment) -> list[Row]:
    """The rows of the table of ratings, that of its headings included."""
    if not a.ratings:
        return []
    rows: list[Row] = [headings(_RATING_HEADING)]
    for each in a.ratings[:_MOST_RATINGS]:
        before = each.last_period or "not known"
        moved = f"{before}, {each.direction}" if each.direction else before
        texts = (each.title, each.stated or "not known", each.worked_out or "not known", moved)
        rows.append([
            [Words(cut(text, 12, width - 2 * PAD, 3), bold=n == 1)]
            for n, (text, width) in enumerate(zip(texts, _RATING_WIDTHS, strict=True))
        ])  # fmt: skip
    more = len(a.ratings) - _MOST_RATINGS
    if more > 0:
        rows.append([[Words(f"and {more} more")], [Words("")], [Words("")], [Words("")]])
    return rows
