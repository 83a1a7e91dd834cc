"""How a table of labels and values is laid out: beside, below, headings, titles."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from engine.understanding.labels import Labels
from engine.understanding.rows import Row, distinct
from engine.understanding.words import take_apart

_MOST_BLOCKS = 20  # rows of headings looked at above a value, the nearest first
_FARTHEST = 3  # columns from a label to its value
# headings that say that the answer stands below them
_ANSWERS = frozenset(
    {
        "answer", "response", "value", "amount", "figure", "detail", "current", "current value",
        "now", "period", "month", "report", "rag", "rag status", "rating", "status", "date",
        "cost", "entry", "description", "information", "project information", "latest", "today",
    }
)  # fmt: skip
_PERIOD = re.compile(
    r"(?:fy ?|year |y|q|qtr |quarter )\d{1,4}(?: ?[/–-] ?\d{2,4})?"
    r"|(?:20)?\d\d ?[/–-] ?(?:20)?\d\d|20\d\d"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*[ -]?\d{0,4}",
    re.IGNORECASE,
)


class Layout:
    """Some rows of one table, as labels see them."""

    def __init__(self, rows: tuple[Row, ...], span: range, labels: Labels) -> None:
        self._rows = rows
        self._span = span
        self._labels = labels
        self._across: dict[int, bool] = {}

    def beside(self, r: int, c: int) -> Iterator[int]:
        """The filled cells at the right, up to the next label, each content once."""
        row = self._rows[r]
        seen = {row[c].address}
        distance = 0
        for n in range(c + 1, len(row)):
            content = row[n].content
            distance += content is None
            if self._labels.are_of_one_fact(row[c].content, content):
                continue
            if distance > _FARTHEST or (content is not None and self._labels.is_label(content)):
                return
            if content is not None and row[n].address not in seen:
                seen.add(row[n].address)
                yield n

    def below(self, r: int, c: int) -> int | None:
        """The row below with something else than a label in it."""
        n = r + 1
        while n in self._span and self.is_same(n, c, r, c):
            n += 1
        if n not in self._span:
            return None
        content = self._rows[n][c].content
        return None if content is None or self._labels.is_label(content) else n

    def is_across(self, c: int) -> bool:
        """Whether labels stand one right below the other, so that values stand beside them."""
        if c not in self._across:
            held = [self._labels.is_label(self._rows[n][c].content) for n in self._span]
            self._across[c] = any(
                held[n] and held[n - 1] and not self.is_same(at, c, at - 1, c)
                for n, at in enumerate(self._span)
                if n
            )
        return self._across[c]

    def is_down(self, r: int, c: int) -> bool:
        """Whether labels stand side by side or alone in their rows, so that values are below."""
        row = self._rows[r]
        beside = [
            n for n, cell in enumerate(row)
            if cell.content is not None and cell.address != row[c].address
        ]  # fmt: skip
        near = [n for n in beside if n > c][:1] + [n for n in beside if n < c][-1:]
        seen = near if self.is_across(c) else beside[:2]
        if any(self._labels.is_label(row[n].content) for n in seen):
            return True
        if not beside:
            spans = sum(cell.address == row[c].address for cell in row) > 1 or len(row) == 1
            return spans or self._alternates(r, c)
        return False

    def _alternates(self, r: int, c: int) -> bool:
        """Whether there are labels two rows above or below, and none in between."""
        return not self.is_across(c) and any(
            n in self._span and self._labels.is_label(self._rows[n][c].content)
            for n in (r - 2, r + 2)
        )

    def heading(self, r: int, c: int, n: int) -> str:
        """What stands at the head of a value's column, if the table has headings."""
        # a second block on a sheet has headings of its own
        near = self._blocks[: bisect_left(self._blocks, r)][-_MOST_BLOCKS:]
        for above in reversed(near):
            row = self._rows[above]
            if self._heads_block(row, c):
                content = row[n].content
                return "" if content is None else str(content)
        first = self._first_of_several
        for row in [] if first is None or first >= r else [self._rows[first]]:
            if self._labels.is_label(row[c].content) and not _heads_columns(row, c):
                return ""
            content = row[n].content
            return "" if content is None else str(content)
        return ""

    def _heads_block(self, row: Row, c: int) -> bool:
        """Whether nothing but units, periods or "answer" stand beside this column."""
        others = [str(cell.content) for cell in row[c + 1 :] if cell.content is not None]
        return bool(others) and all(map(_heads_a_column, others))

    @cached_property
    def _first_of_several(self) -> int | None:
        """The first row with several texts."""
        return next((r for r in self._span if len(distinct(self._rows[r])) > 1), None)

    @cached_property
    def _blocks(self) -> list[int]:
        """The rows that may head a block: the last text heads a column, and none is a label."""
        found = []
        for r in self._span:
            texts = distinct(self._rows[r])
            if len(texts) > 1 and _heads_a_column(texts[-1]):
                labelled = any(self._labels.is_label(cell.content) for cell in self._rows[r])
                found += [] if labelled else [r]
        return found

    def is_of_headings(self, r: int) -> bool:
        """Whether a row holds nothing but headings that say what stands below them."""
        row = self._rows[r]
        texts = [str(cell.content) for cell in row[1:] if cell.content is not None]
        return bool(texts) and all(map(_heads_a_column, texts))

    def banner(self, r: int, used: set[tuple[int, int]]) -> str:
        """The nearest text above that has a row to itself and is neither label nor value."""
        for n in reversed(self._alone[: bisect_left(self._alone, r)]):
            if (n, 0) not in used:
                return distinct(self._rows[n])[0]
        return ""

    @cached_property
    def _alone(self) -> list[int]:
        """The rows that hold one text, which is no label."""
        texts = [(r, distinct(self._rows[r])) for r in self._span]
        return [r for r, own in texts if len(own) == 1 and not self._labels.is_label(own[0])]

    def is_copy(self, r: int, c: int) -> bool:
        """Whether a merged cell stands here that began further left or above."""
        return (c > 0 and self.is_same(r, c, r, c - 1)) or (
            r > self._span.start and self.is_same(r, c, r - 1, c)
        )

    def is_same(self, r: int, c: int, other_r: int, other_c: int) -> bool:
        """Whether two places are of one merged cell."""
        return self._rows[r][c].address == self._rows[other_r][other_c].address


def _heads_columns(row: Row, c: int) -> bool:
    """Whether a label begins a row of headings: years, a total or "answer" beside it."""
    others = [str(cell.content) for cell in row[c + 1 :] if cell.content is not None]
    return len(others) > 1 and all(map(_heads_a_column, others))


def _heads_a_column(text: str) -> bool:
    return bool(_PERIOD.fullmatch(text)) or is_total(text) or is_answer_heading(text)


def is_total(heading: str) -> bool:
    """Whether a column is headed as the sum of others."""
    return take_apart(heading).key in ("total", "grand total")


def is_answer_heading(heading: str) -> bool:
    """Whether a column is headed as the one of the answers, if only by a unit."""
    label = take_apart(heading)
    return bool(heading) and not label.qualifiers and (not label.key or label.key in _ANSWERS)
