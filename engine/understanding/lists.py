"""Tables on people's own pages whose headings are those of a list: their items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.errors import shorten
from engine.model.understood import Left
from engine.model.vocabulary import ListSpec
from engine.understanding import certainty
from engine.understanding.answers import Answer, Findings, ItemFound, ListFound, Spots
from engine.understanding.certainty import Ground
from engine.understanding.heads import Head
from engine.understanding.left import in_words, speaks_of_people
from engine.understanding.rows import Row, distinct, is_banner
from engine.understanding.surroundings import Surroundings, doubt
from engine.understanding.values_found import as_seen, not_readable, read_as, stands_for_nothing
from engine.understanding.words import normal

_EXAMPLE = re.compile(r"(?:example|sample|e\.g\.)", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:grand |sub)?[ -]?totals?\b|overall\b|sum\b|of which\b|notes?:|source:|key:",
    re.IGNORECASE,
)


@dataclass
class Part:
    """The rows that belong to one heading row."""

    head: Head
    rows: range
    items: list[ItemFound] = field(default_factory=list)


def read_part(
    part: Part, rows: tuple[Row, ...], spots: Spots, around: Surroundings, found: Findings,
    turned: bool = False,
) -> None:  # fmt: skip
    """Read the items below a heading row into what was found."""
    head = part.head
    name_column = head.name_column
    people = speaks_of_people(distinct(rows[head.row]))
    seen: set[str] = set()
    banner = ""
    for n in part.rows:
        row = rows[n]
        texts = distinct(row)
        filled = [c for c in head.columns if not stands_for_nothing(row[c].content)]
        name = "" if name_column is None else str(row[name_column].content or "").strip()
        if len(texts) == 1 and (is_banner(row) or not name):
            banner = texts[0]
            continue
        if filled and (name or name_column is None) and not _TOTAL.match(name):
            limit = _limit_of_item(name, seen, len(filled), len(head.columns))
            seen.add(normal(name))
            line = _Line(head, n, row, limit, (*head.titles, banner))
            part.items.append(_item(line, spots, around, found, turned))
        elif texts:
            spot = spots.row(n, f"row {n - head.row}", head.spec.title)
            found.left.append(Left(in_words(texts, names_near=people), spot))
    if part.items:
        table = spots.table(head.spec.title)
        found.left += [Left(f'the column "{shorten(each, 40)}"', table) for each in head.unread]
        corner = rows[head.row][0]
        spot = spots.table(head.spec.title)
        ground = head.ground.weaker(around.limit)
        found.lists.append(ListFound(head.spec, spot, corner.address, tuple(part.items), ground))


def _limit_of_item(name: str, seen: set[str], filled: int, columns: int) -> Ground | None:
    if _EXAMPLE.match(name):
        return Ground(certainty.SPEAKS_OF_OTHERS, "it is an example")
    if name and normal(name) in seen:
        return certainty.NAME_AGAIN
    if columns > 2 and filled == 1:
        return certainty.ONLY_A_NAME
    return None


@dataclass(frozen=True)
class _Line:
    """A row with its heading row, what limits all of it, and the titles above it."""

    head: Head
    n: int
    row: Row
    limit: Ground | None
    titles: tuple[str, ...]


def _item(
    line: _Line, spots: Spots, around: Surroundings, found: Findings, turned: bool
) -> ItemFound:
    spec, n, row = line.head.spec, line.n, line.row
    at = n - line.head.row
    words = f"{spec.item} {at}" if turned else f"row {at}"
    afar = around.unit(line.head.titles)
    answers = []
    for c, (fact, label, narrow) in line.head.columns.items():
        cell = row[c]
        if cell.problem:
            where = cell.spot or spots.grid.label
            found.unknown_cells.append((spots.page.name, where, cell.problem))
            continue
        if stands_for_nothing(cell.content):
            continue
        content, cut = as_seen(fact, cell, label, afar)
        reading = read_as(fact, content, label, afar)
        ground = (
            line.head.ground.weaker(around.limit)
            .weaker(line.limit)
            .weaker(narrow)
            .weaker(reading.limit)
            .weaker(cut)
            .weaker(certainty.HIDDEN_CELL if cell.hidden else None)
        )
        ground = ground.weaker(doubt(fact, line.titles, own_words=_own_words(spec)))
        if reading.written is None and reading.shown:
            ground = ground.weaker(not_readable(reading.expected))
        place = (c, n) if turned else (n, c)
        spot = spots.cell(*place, words, fact.label, title=spec.title)
        answers.append(
            Answer(
                f"{spec.name}.{fact.name}",
                fact,
                reading.written,
                spot,
                cell.address,
                ground,
                cell.content if reading.shown else None,
                reading.expected,
            )
        )
    column = line.head.name_column
    name = "" if column is None else str(row[column].content or "")
    if not turned:
        spot = spots.row(n, words, spec.title)
    elif spots.is_sheet:
        spot = f"{spots.page.name}, {row[0].spot}"
    else:
        spot = f"{spots.table(spec.title)}, {words}"
    return ItemFound(spot, row[0].address, tuple(answers), name)


def _own_words(spec: ListSpec) -> str:
    return " ".join((spec.title, spec.item, *spec.also_called))


def parts_of(heads: list[Head], count: int) -> Iterator[Part]:
    """Each heading row with the rows below it, up to the next one."""
    ends = [head.row for head in heads[1:]] + [count]
    for head, end in zip(heads, ends, strict=False):
        yield Part(head, range(head.row + 1, end))
