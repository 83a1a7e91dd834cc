"""Heading rows of lists, in tables on people's own pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from engine.model.vocabulary import FactSpec, ListSpec
from engine.understanding import certainty
from engine.understanding.certainty import Ground
from engine.understanding.labels import Labels
from engine.understanding.rows import Row, distinct, is_merged
from engine.understanding.surroundings import Surroundings
from engine.understanding.words import Label, normal

_CLOSED = re.compile(r"\b(?:closed|completed|achieved)\b", re.IGNORECASE)
# of several dates that a list keeps, these headings do not say which
_VAGUE = frozenset({"date", "target date", "end date", "finish date", "completion date"})
# of a list's title, that any list may be called
_SAYS_NOTHING = frozenset({"plan", "key", "log", "register", "record", "list", "and", "to"})
_MOST_HEADINGS_LOOKED_AT = 60  # columns


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
    texts = [cell.content for cell in rows[n] if isinstance(cell.content, str)]
    for spec in labels.lists_with(texts, 0 if groups else 2):
        columns, unread = _columns(rows, n, spec, groups, labels)
        if len(columns) < 2:
            continue
        by_title = labels.list_is_spoken_of(spec.name, titles)
        own = _has_its_own_name(rows[n], spec, columns, labels)
        ground = _ground(spec, columns, unread, by_title, own).weaker(_of_closed(titles))
        head = Head(n, spec, columns, ground, titles, unread)
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
    if own_name and _is_plain(spec) and len(columns) >= 3 and len(columns) >= len(unread):
        return certainty.LIST_BY_HEADINGS
    return certainty.LIST_BY_FEW_HEADINGS


def _is_plain(spec: ListSpec) -> bool:
    """Whether its items' name says all that its title does.

    Any table of actions has the headings of "actions from service assessments".
    """
    own = set(normal(spec.item).split()) | _SAYS_NOTHING
    return any(set(normal(each).split()) <= own for each in (spec.title, *spec.also_called))


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


def _of_closed(titles: tuple[str, ...]) -> Ground | None:
    """A sheet of closed risks is not the list of risks, and its items do not say so."""
    if any(_CLOSED.search(title) for title in titles):
        return Ground(certainty.SPEAKS_OF_OTHERS, 'its title says "closed"')
    return None


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
    rows: tuple[Row, ...], n: int, spec: ListSpec, groups: dict[int, str], labels: Labels
) -> tuple[dict[int, tuple[FactSpec, Label, Ground | None]], tuple[str, ...]]:
    """The facts below these headings; two headings for one fact make both unsure."""
    found: dict[int, tuple[FactSpec, Label, Ground | None]] = {}
    unread = []
    row = rows[n]
    for c, cell in enumerate(row[:_MOST_HEADINGS_LOOKED_AT]):
        if not isinstance(cell.content, str) or (c and is_merged(row, c)):
            continue
        meant = _meaning(cell.content, groups.get(c, ""), spec, labels)
        if meant is None:
            unread.append(cell.content)
        else:
            fact, label, limit = meant
            if _spans_several(rows, n, c):
                spans = certainty.SPANS_COLUMNS
                limit = spans if limit is None else limit.weaker(spans)
            found[c] = fact, label, limit
    often = Counter(fact.name for fact, *_ in found.values())
    for c, (fact, label, limit) in found.items():
        if often[fact.name] > 1:
            twice = Ground(certainty.TWO_FACTS, "two columns have headings for it")
            found[c] = (fact, label, twice if limit is None else limit.weaker(twice))
    return found, tuple(unread)


def _spans_several(rows: tuple[Row, ...], n: int, c: int) -> bool:
    """Whether a heading is merged over columns that hold different things below it."""
    covered = [d for d, cell in enumerate(rows[n]) if cell.address == rows[n][c].address]
    return any(
        row[d].content is not None and row[d].address != row[c].address
        for row in rows[n + 1 :]
        for d in covered
        if d != c
    )


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
    if label.key in _VAGUE and label.key != normal(spec.facts[fact].label):
        limit = certainty.VAGUE_DATE if limit is None else limit.weaker(certainty.VAGUE_DATE)
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
