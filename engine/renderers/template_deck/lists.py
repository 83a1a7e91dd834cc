"""The tables of a list: each item as a row, or as a column where it has much to say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.continuing import heading_of_item
from engine.renderers import guidance
from engine.renderers.slides.look import PAD, ROOM, WHITE
from engine.renderers.slides.tables import Row, Table, headings, row_height, spread
from engine.renderers.template_deck.cells import (
    LARGE,
    PLAIN,
    TABLE_ROOM,
    TIGHT,
    Fit,
    parts_of,
)
from engine.renderers.text_size import width
from engine.template import Answer, ListPart, Slot
from engine.writing import TO_BE_CONFIRMED, capitalised, reads_as_none

_LABELS_ON_CARDS = 270.0
_CARDS = (3, 2, 1)  # items side by side, where each is a column
_MOST_BLANK_ROWS = 8
_MORE_ROWS = 3  # blank ones below a list's items
_NARROWEST = {
    "text": 130.0, "choice": 100.0, "choices": 110.0, "references": 90.0, "date": 100.0,
    "money": 90.0,
}  # fmt: skip
_NARROWEST_OTHER = 74.0


def list_tables(part: ListPart) -> list[Table]:
    """The fewest slides on which all fits, with the largest text for so many."""
    tried = [_tables(part, fit) for fit in (LARGE, PLAIN)]
    whole = [tables for tables in tried if tables]
    return min(whole, key=len) if whole else _tables(part, TIGHT) or list(_on_several(part))


def _tables(part: ListPart, fit: Fit) -> list[Table]:
    """Tables that fit on a slide each: items as rows or else as columns; none where none do."""
    widths = _widths_side_by_side(part, fit)
    if widths is not None and fit is not TIGHT:
        rows = [_cells(part.slots, row, fit) for row in part.rows]
        if all(row_height(row, widths, fit.air) < TABLE_ROOM / 2 for row in rows):
            return list(_as_rows(part, widths, rows, fit))
    for beside in _CARDS:
        tables = list(_as_cards(part, beside, fit))
        if all(table.height <= TABLE_ROOM for table in tables):
            return tables
    return []


def _cells(slots: Sequence[Slot], row: Sequence[Answer], fit: Fit) -> Row:
    return [fit.cell(guidance.written(s.spec, a)) for s, a in zip(slots, row, strict=True)]


def _widths_side_by_side(part: ListPart, fit: Fit) -> Sequence[float] | None:
    """Columns in which each heading and answer can be read, or None where there are too many."""

    def widest_word(text: str, *, bold: bool = False) -> float:
        words = (width(word, fit.size, bold=bold) for word in text.split())
        return max(words, default=0) + 2 * PAD + 1

    least = [
        max(
            _NARROWEST.get(slot.spec.type, _NARROWEST_OTHER) * fit.size / 12,
            widest_word(slot.label, bold=True),
            *(min(widest_word(guidance.written(slot.spec, row[n])), 200) for row in part.rows),
        )
        for n, slot in enumerate(part.slots)
    ]
    spare = ROOM - sum(least)
    if spare < 0:
        return None
    shares = [3 if slot.spec.type == "text" else 1 for slot in part.slots]
    return [wide + spare * share / sum(shares) for wide, share in zip(least, shares, strict=True)]


def _as_rows(
    part: ListPart, widths: Sequence[float], rows: Sequence[Row], fit: Fit
) -> Iterator[Table]:
    heading = headings([slot.label for slot in part.slots], fit.size)
    room = TABLE_ROOM - row_height(heading, widths, fit.air)
    blank, high = _cells(part.slots, [None] * len(part.slots), fit), fit.least(2)
    heights = [row_height(row, widths, fit.air) for row in rows]
    slides = spread(heights, room)
    for number, chosen in enumerate(slides, 1):
        shown, more = [rows[n] for n in chosen], 0
        if number == len(slides):
            left = room - sum(heights[n] for n in chosen)
            more = min(_MORE_ROWS if rows else _MOST_BLANK_ROWS, int(left / high))
        yield fit.table(
            f"gatewise list {part.list.name}",
            f"A table: each row is one {part.list.item}.",
            widths,
            [heading, *shown, *[blank] * more],
            [0] * (1 + len(shown)) + [high] * more,
            labels=WHITE,
        )


def _as_cards(part: ListPart, beside: int, fit: Fit) -> Iterator[Table]:
    """Each item as a column."""
    for start in range(0, max(len(part.rows), 1), beside):
        taken = part.rows[start : start + beside]
        columns = [*taken, *[[None] * len(part.slots)] * (beside - len(taken))]
        rows = [
            (slot.label, *(guidance.written(slot.spec, answer) for answer in answers))
            for slot, answers in zip(part.slots, zip(*columns, strict=True), strict=True)
        ]
        yield _card(part, rows, fit, range(start + 1, start + beside + 1))


def _card(
    part: ListPart, rows: Sequence[Sequence[str]], fit: Fit, numbers: range, *,
    goes_on: bool = False,
) -> Table:  # fmt: skip
    item = capitalised(part.list.item)
    named = [heading_of_item(item, number, goes_on=goes_on) for number in numbers]
    answers = (ROOM - _LABELS_ON_CARDS) / len(numbers)
    cells = [[fit.cell(label, bold=True), *map(fit.cell, texts)] for label, *texts in rows]
    return fit.table(
        f"gatewise cards {part.list.name}",
        f"A table: each column after the first is one {part.list.item}.",
        [_LABELS_ON_CARDS, *[answers] * len(numbers)],
        [headings(["What", *named], fit.size), *cells],
    )


def _on_several(part: ListPart) -> Iterator[Table]:
    """Each item as a column that goes on over as many slides as it needs."""
    for number, answers in enumerate(part.rows, 1):
        rows = [
            parted
            for slot, answer in zip(part.slots, answers, strict=True)
            for parted in parts_of(
                slot.label, guidance.written(slot.spec, answer), ROOM - _LABELS_ON_CARDS
            )
        ]
        numbers = range(number, number + 1)
        heading, *heights = _card(part, rows, PLAIN, numbers, goes_on=True).heights
        for n, chosen in enumerate(spread(heights, TABLE_ROOM - heading)):
            shown = [rows[k] for k in chosen]
            first, *others = [text for _, text in shown]
            if n == 0 and reads_as_none(first) and others and not any(others):
                shown[1] = (shown[1][0], TO_BE_CONFIRMED)  # so that it is no list without items
            yield _card(part, shown, PLAIN, numbers, goes_on=n > 0)
