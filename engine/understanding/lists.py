"""Tables on people's own pages whose headings are those of a list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.errors import shorten
from engine.model.pages import Cell
from engine.model.understood import Left
from engine.model.vocabulary import FactSpec, ListSpec
from engine.understanding import certainty
from engine.understanding.answers import Answer, Findings, ItemFound, ListFound, Spots
from engine.understanding.certainty import Ground
from engine.understanding.labels import Label, Labels, normal
from engine.understanding.left import in_words
from engine.understanding.surroundings import Surroundings, doubt
from engine.understanding.values_found import read_as, stands_for_nothing

Row = tuple[Cell, ...]
_MOST_HEADINGS_LOOKED_AT = 60  # columns
_EXAMPLE = re.compile(r"(?:example|sample|e\.g\.)", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:grand |sub)?-?totals?\b|overall\b|sum\b|notes?:|source:|key:", re.IGNORECASE
)


@dataclass(frozen=True)
class Head:
    """A heading row of a list.

    Attributes:
        columns: the item's fact below each heading that means one, and what limits it.
        unread: headings that mean none.
    """

    row: int
    spec: ListSpec
    columns: dict[int, tuple[FactSpec, Label, Ground | None]]
    ground: Ground
    titles: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def name_column(self) -> int | None:
        """Where the items' names stand."""
        named = (c for c, (fact, *_) in self.columns.items() if fact.name == self.spec.name_from)
        return next(named, None)


@dataclass
class Part:
    """The rows that belong to one heading row."""

    head: Head
    rows: range
    items: list[ItemFound] = field(default_factory=list)


def find_heads(rows: tuple[Row, ...], around: Surroundings, labels: Labels) -> list[Head]:
    """Every row that heads a list, from the top."""
    heads: list[Head] = []
    titles = list(around.titles)
    for n, row in enumerate(rows):
        texts = distinct(row)
        if len(texts) == 1:
            titles = [*around.titles, texts[0]]
        if len(texts) < 2 or not all(isinstance(c.content, str) for c in row if c.content):
            continue
        head = _head(n, rows, labels, tuple(titles))
        if head is not None:
            heads.append(head)
    return heads


def _head(n: int, rows: tuple[Row, ...], labels: Labels, titles: tuple[str, ...]) -> Head | None:
    groups = _groups(rows, n)
    best: list[tuple[tuple[bool, bool, int], Head]] = []
    for name, spec in labels.vocabulary.lists.items():
        columns, unread = _columns(rows[n], spec, groups, labels)
        if len(columns) < 2:
            continue
        by_title = labels.list_is_spoken_of(name, titles)
        own = _has_its_own_name(rows[n], spec, columns, labels)
        head = Head(n, spec, columns, _ground(spec, columns, unread, by_title, own), titles, unread)
        best.append(((by_title, own, len(columns)), head))
    if not best:
        return None
    best.sort(key=lambda each: each[0], reverse=True)
    rank, head = best[0]
    if len(best) > 1 and best[1][0] == rank:
        other = best[1][1].spec.title
        words = f"the table may also hold {other}"
        tied = Ground(certainty.TWO_FACTS, words)
        head = Head(n, head.spec, head.columns, head.ground.weaker(tied), titles, head.unread)
    return None if not (rank[0] or rank[1]) else head


def _ground(
    spec: ListSpec,
    columns: dict[int, tuple[FactSpec, Label, Ground | None]],
    unread: tuple[str, ...],
    by_title: bool,
    own_name: bool,
) -> Ground:
    has_name = any(fact.name == spec.name_from for fact, *_ in columns.values())
    if by_title and has_name:
        return certainty.LIST_BY_TITLE
    if own_name and len(columns) >= 3 and len(columns) >= len(unread):
        return certainty.LIST_BY_HEADINGS
    return certainty.LIST_BY_FEW_HEADINGS


def find_turned(rows: tuple[Row, ...], around: Surroundings, labels: Labels) -> Head | None:
    """The first column, where it heads a list whose items stand side by side."""
    if not rows or len(rows[0]) < 3:
        return None
    turned = tuple(zip(*rows, strict=True))
    head = _head(0, turned, labels, around.titles)
    if head is None or len(head.columns) < 3:
        return None
    corner = rows[0][0].content
    name = head.spec.facts.get(head.spec.name_from or "")
    if head.name_column is None and name is not None and 0 not in head.columns:
        # names as headings, and nothing or the word "criterion" in the corner
        columns = {0: (name, Label(normal(str(corner or ""))), None), **head.columns}
        by_title = labels.list_is_spoken_of(head.spec.name, around.titles)
        ground = certainty.LIST_BY_TITLE if by_title else head.ground
        return Head(0, head.spec, columns, ground, head.titles, head.unread)
    return head


def _has_its_own_name(
    row: Row,
    spec: ListSpec,
    columns: dict[int, tuple[FactSpec, Label, Ground | None]],
    labels: Labels,
) -> bool:
    """Whether the heading of the items' names says what they are: "Risk", not "Description"."""
    own = {
        word
        for words in (spec.item, spec.title, *spec.also_called)
        for word in normal(words).split()
    }
    own -= {"plan", "key", "log", "register", "of", "and", "to"}
    return any(
        fact.name == spec.name_from and own & set(normal(str(row[c].content)).split())
        for c, (fact, *_) in columns.items()
    )


def _columns(
    row: Row, spec: ListSpec, groups: dict[int, str], labels: Labels
) -> tuple[dict[int, tuple[FactSpec, Label, Ground | None]], tuple[str, ...]]:
    """The facts below these headings; two headings for one fact make both unsure."""
    found: dict[int, tuple[FactSpec, Label, Ground | None]] = {}
    unread = []
    for c, cell in enumerate(row[:_MOST_HEADINGS_LOOKED_AT]):
        if not isinstance(cell.content, str) or (c and is_merged(row, c)):
            continue
        meant = _meaning(cell.content, groups.get(c, ""), spec, labels)
        if meant is None:
            unread.append(cell.content)
        else:
            found[c] = meant
    often = Counter(fact.name for fact, *_ in found.values())
    for c, (fact, label, limit) in found.items():
        if often[fact.name] > 1:
            twice = Ground(certainty.TWO_FACTS, "two columns have headings for it")
            found[c] = (fact, label, twice if limit is None else limit.weaker(twice))
    return found, tuple(unread)


def _meaning(
    text: str, group: str, spec: ListSpec, labels: Labels
) -> tuple[FactSpec, Label, Ground | None] | None:
    """The fact a heading means, together with a heading above it that spans several."""
    item_words = set(normal(spec.item).split())
    shorter = " ".join(word for word in group.split() if normal(word) not in item_words)
    for above in dict.fromkeys((group, shorter)) if group else ():
        whole = labels.list_heading(spec.name, f"{above} {text}")
        if whole is not None:
            return spec.facts[whole[0]], whole[1], _limit(whole[1])
    alone = labels.list_heading(spec.name, text)
    if alone is None:
        return None
    fact, label = alone
    limit = _limit(label)
    if group:
        wider = Ground(certainty.SPEAKS_OF_OTHERS, f'it stands below "{group}"')
        limit = wider if limit is None else limit.weaker(wider)
    return spec.facts[fact], label, limit


def _limit(label: Label) -> Ground | None:
    return certainty.QUALIFIED if label.qualifiers else None


def _groups(rows: tuple[Row, ...], n: int) -> dict[int, str]:
    """By column, the heading in the row above that spans this column and others, but not all."""
    if n == 0:
        return {}
    above = rows[n - 1]
    texts = distinct(above)
    filled = sum(cell.content is not None for cell in above)
    wide = sum(cell.content is not None for cell in rows[n])
    if not texts or (len(texts) == 1 and filled >= wide):
        return {}
    often = Counter(cell.address for cell in above if cell.content is not None)
    return {
        c: cell.content
        for c, cell in enumerate(above)
        if isinstance(cell.content, str) and often[cell.address] > 1
    }


# ---- the items


def read_part(
    part: Part, rows: tuple[Row, ...], spots: Spots, around: Surroundings, found: Findings,
    turned: bool = False,
) -> None:  # fmt: skip
    """Read the items below a heading row into what was found."""
    head = part.head
    name_column = head.name_column
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
            found.left.append(Left(in_words(texts), spot))
    if part.items:
        table = spots.table(head.spec.title)
        found.left += [Left(f'the column "{shorten(each, 40)}"', table) for each in head.unread]
        corner = rows[head.row][0]
        spot = spots.table(head.spec.title)
        found.lists.append(
            ListFound(head.spec, spot, corner.address, tuple(part.items), head.ground)
        )


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
        reading = read_as(fact, cell.content, label, afar)
        ground = line.head.ground.weaker(line.limit).weaker(narrow).weaker(reading.limit)
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


def not_readable(expected: str) -> Ground:
    """The label fits, and what stands beside it does not."""
    return Ground(certainty.NOT_READABLE, f"it is not {expected}")


def _own_words(spec: ListSpec) -> str:
    return " ".join((spec.title, spec.item, *spec.also_called))


# ---- cells


def distinct(row: Row) -> list[str]:
    """The different contents of a row, in order."""
    texts = (str(cell.content).strip() for cell in row if cell.content is not None)
    return list(dict.fromkeys(text for text in texts if text))


def is_banner(row: Row) -> bool:
    """Whether one merged cell stands in the row, and nothing else."""
    filled = [cell for cell in row if cell.content is not None]
    return len(filled) > 1 and len({cell.address for cell in filled}) == 1


def is_merged(row: Row, column: int) -> bool:
    """Whether a cell is one that began at its left."""
    return row[column].address == row[column - 1].address


def parts_of(heads: list[Head], count: int) -> Iterator[Part]:
    """Each heading row with the rows below it, up to the next one."""
    ends = [head.row for head in heads[1:]] + [count]
    for head, end in zip(heads, ends, strict=False):
        yield Part(head, range(head.row + 1, end))
