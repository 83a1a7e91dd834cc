"""Labels in tables with their value beside or below them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.model.pages import Cell, Content
from engine.model.understood import Left
from engine.model.vocabulary import FactSpec
from engine.understanding import certainty
from engine.understanding.answers import Answer, Findings, Spots
from engine.understanding.certainty import Ground
from engine.understanding.labels import Labels, Match
from engine.understanding.layout import Layout, is_answer_heading, is_total
from engine.understanding.left import in_words, speaks_of_people
from engine.understanding.rows import Row, distinct
from engine.understanding.surroundings import Surroundings
from engine.understanding.values_found import (
    Reading,
    as_seen,
    may_be_shown,
    not_readable,
    read_as,
    stands_for_nothing,
)
from engine.understanding.words import take_apart

_FREE = ("text", "references")  # any words will read as these


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the value of a label stands, what it reads as, and what makes that less sure."""

    row: int
    column: int
    content: Content
    reading: Reading
    limit: Ground | None

    def narrowed(self, limit: Ground | None) -> Placed:
        """The same, no surer than this."""
        both = limit if self.limit is None else self.limit.weaker(limit)
        return replace(self, limit=both)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A fact with the value that a label leads to."""

    match: Match
    placed: Placed
    ground: Ground


class Form:
    """Some rows of one table, read as labels and values."""

    def __init__(
        self, rows: tuple[Row, ...], span: range, spots: Spots, around: Surroundings,
        labels: Labels,
    ) -> None:  # fmt: skip
        self._rows = rows
        self._span = span
        self._spots = spots
        self._around = around
        self._labels = labels
        self._layout = Layout(rows, span, labels)
        self.used: set[tuple[int, int]] = set()

    def read(self, found: Findings) -> None:
        """Read the values beside and below labels into what was found."""
        for r in self._span:
            for c, cell in enumerate(self._rows[r]):
                if (
                    not isinstance(cell.content, str)
                    or self._layout.is_copy(r, c)
                    or (r, c) in self.used
                ):
                    continue
                matches = self._labels.facts(cell.content)
                best = self._best(r, c, matches) if matches else []
                for weighed in best:
                    self._note(r, c, weighed, found)
        if self.used:
            self._leave(found)

    def _leave(self, found: Findings) -> None:
        """Note what is left of a table that was understood in part, its headings apart."""
        people = speaks_of_people(text for r in self._span for text in distinct(self._rows[r]))
        used = {self._rows[r][c].address for r, c in self.used}
        for r in self._span:
            row = self._rows[r]
            rest = [
                c for c, cell in enumerate(row)
                if cell.address not in used and not self._layout.is_copy(r, c)
                and not stands_for_nothing(cell.content)
            ]  # fmt: skip
            labelled = all(self._labels.is_label(row[c].content) for c in rest)
            if labelled or self._layout.is_of_headings(r):  # else its answer is missing
                continue
            begins = next((n for n in range(rest[0]) if row[n].content is not None), rest[0])
            texts = distinct(tuple(row[c] for c in dict.fromkeys((begins, *rest))))
            found.left.append(
                Left(in_words(texts, names_near=people), self._spots.row(r, f"row {r + 1}", ""))
            )

    # ---- which fact, and which cell

    def _best(self, r: int, c: int, matches: list[Match]) -> list[Weighed]:
        """The facts that fit best; several where they fit equally well."""
        weighed = (self._weigh(r, c, match) for match in matches)
        return best_of([each for each in weighed if each is not None])

    def _weigh(self, r: int, c: int, match: Match) -> Weighed | None:
        titles = self._titles(r)
        placed = self._place(r, c, match, titles)
        if placed is None:
            return None
        texts = [str(x.content) for n, x in enumerate(self._rows[r]) if n not in (c, placed.column)]
        ground = self._around.ground(match, titles, texts if placed.row == r else ())
        ground = ground.weaker(placed.limit).weaker(placed.reading.limit)
        used = self._rows[r][c], self._rows[placed.row][placed.column]
        if match.ground is not certainty.FULL_NAME and any(cell.hidden for cell in used):
            ground = ground.weaker(certainty.HIDDEN_CELL)
        if placed.reading.written is None and placed.reading.shown:
            ground = ground.weaker(not_readable(placed.reading.expected))
        return Weighed(match, placed, ground)

    def _place(self, r: int, c: int, match: Match, titles: list[str]) -> Placed | None:
        beside, below = list(self._layout.beside(r, c)), self._layout.below(r, c)
        spec, content = match.spec, self._rows[r][c].content
        if match.ground in (certainty.NEARLY, certainty.PART_OF_LABEL) and spec.type in _FREE:
            return None  # any words would read
        label = str(content)
        heads = {n: self._layout.heading(r, c, n) for n in beside}
        titles = [*titles, self._layout.heading(r, c, c)]  # a unit may stand in the corner
        answers = [n for n in beside if is_answer_heading(heads[n])]
        named = answers if len(answers) == 1 else [n for n in beside if is_total(heads[n])]
        first = next(iter(named or beside), None)
        right: Placed | None = None
        if first is not None and (
            reading := self._read(spec, r, first, label, heads[first], titles)
        ):
            right = Placed(r, first, self._rows[r][first].content, reading, None)
        under: Placed | None = None
        if below is not None and (reading := self._read(spec, below, c, label, "", titles)):
            under = Placed(
                below, c, self._rows[below][c].content, reading, self._below_limit(below, c)
            )
        across, down = self._layout.is_across(c), self._layout.is_down(r, c)
        if first is not None and right is None and not down:
            return None  # TBC stands beside it
        placed = _choose(spec, right, under, across, down)
        if placed is not None and placed is right:
            others = [n for n in beside if n != first and n not in answers[1:]]
            return self._right_limit(spec, placed, label, heads, others, titles)
        return placed

    def _read(
        self, spec: FactSpec, r: int, c: int, label: str, heading: str, titles: list[str]
    ) -> Reading | None:
        """What a cell reads as, with the unit of its label or else of its heading."""
        cell = self._rows[r][c]
        if stands_for_nothing(cell.content):
            return None
        own, above = take_apart(label), take_apart(heading)
        unit = above if own.scale is None and above.scale is not None else own
        afar = self._around.unit(titles)
        content, limit = as_seen(spec, cell, unit, afar)
        if own.scale is not None and above.scale is not None and own.scale != above.scale:
            afar, limit = None, certainty.OTHER_UNIT
        reading = read_as(spec, content, unit, afar)
        if limit is not None and reading.limit is not None:
            limit = reading.limit.weaker(limit)
        return reading if limit is None else replace(reading, limit=limit)

    def _right_limit(
        self,
        spec: FactSpec,
        placed: Placed,
        label: str,
        heads: dict[int, str],
        others: list[int],
        titles: list[str],
    ) -> Placed:
        """What the heading above the value, and other values beside it, make of it."""
        heading = heads[placed.column]
        limit: Ground | None = None
        if heading and not is_answer_heading(heading):
            limit = certainty.OTHER_COLUMN
        if not is_answer_heading(heading) and spec.type not in _FREE:
            for n in others:
                reading = self._read(spec, placed.row, n, label, heads[n], titles)
                if reading is not None and reading.written is not None:
                    limit = certainty.SEVERAL_BESIDE
        if limit is certainty.SEVERAL_BESIDE and is_total(heading):
            limit = certainty.TOTAL
        return placed.narrowed(limit)

    def _below_limit(self, r: int, c: int) -> Ground | None:
        """Whether further values stand below the first, as in a table of several projects."""
        if r + 1 not in self._span:
            return None
        content = self._rows[r + 1][c].content
        if content is None or stands_for_nothing(content) or self._layout.is_same(r + 1, c, r, c):
            return None
        if any(self._labels.is_label(cell.content) for cell in self._rows[r + 1]):
            return None
        return certainty.SEVERAL_BESIDE

    def _titles(self, r: int) -> list[str]:
        banner = self._layout.banner(r, self.used)
        return [*self._around.titles, *([banner] if banner else [])]

    # ---- what was found

    def _note(self, r: int, c: int, weighed: Weighed, found: Findings) -> None:
        placed, spec = weighed.placed, weighed.match.spec
        cell: Cell = self._rows[placed.row][placed.column]
        self.used |= {(r, c), (placed.row, placed.column)}
        spot = self._spots.cell(placed.row, placed.column, spec.label)
        shown = cell.content if may_be_shown(spec, placed.reading) else None
        found.answers.append(
            Answer(
                spec.name,
                spec,
                placed.reading.written,
                spot,
                cell.address,
                weighed.ground,
                shown,
                placed.reading.expected,
            )
        )


def best_of(weighed: list[Weighed]) -> list[Weighed]:
    """The facts that fit best; several, which name each other, where they fit equally well."""
    readable = [each for each in weighed if _reads(each.placed.reading)]
    kept = readable or [each for each in weighed if _is_sure_of_its_words(each.match)]
    top = max((each.ground.percent for each in kept), default=0)
    best = [each for each in kept if each.ground.percent == top]
    return best if len(best) < 2 else [_tied(each, best) for each in best]


def _choose(
    spec: FactSpec, right: Placed | None, under: Placed | None, across: bool, down: bool
) -> Placed | None:
    """The cell that holds the value, by what reads and by how the labels stand."""
    if spec.type not in _FREE:
        reads = [each for each in (right, under) if each is not None and _reads(each.reading)]
        if len(reads) == 1:
            return reads[0]
        if not reads:
            return under if down and not across else right
    if across == down:
        either = right or under
        return either and either.narrowed(certainty.RIGHT_OR_BELOW)
    return right if across else under


def _reads(reading: Reading) -> bool:
    return reading.written is not None or not reading.shown


def _is_sure_of_its_words(match: Match) -> bool:
    """Whether these are the fact's own words, so that what stands beside is meant as its value."""
    return match.ground in (
        certainty.LABEL, certainty.SHORT_LABEL, certainty.QUESTION, certainty.FULL_NAME
    )  # fmt: skip


def _tied(weighed: Weighed, best: list[Weighed]) -> Weighed:
    """Several facts that fit equally well are all below the line, and name each other."""
    others = [e.match.spec.label for e in best if e.match.spec != weighed.match.spec]
    words = f"{' and '.join(others)} fits equally well"
    limit = Ground(certainty.TWO_FACTS, words)
    return Weighed(weighed.match, weighed.placed, weighed.ground.weaker(limit))
