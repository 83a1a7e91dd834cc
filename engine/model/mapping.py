"""A mapping: what the columns of somebody else's table mean as facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from engine.errors import Place
from engine.model.vocabulary import FactSpec

TableFormat = Literal["csv", "json", "workbook"]
Taking = Literal["from", "any_of", "first_of", "join"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Which columns a value comes from.

    Attributes:
        names: headings, or paths in JSON.
        taking: from (the one column), any_of (the one of them that the table has), first_of (the
            first that says something) or join (all of them, as one text).
        nth: which of several columns with the same heading, from 1; 0 where there may be only one.
        glue: what stands between joined texts.
        optional: the table may have none of the columns.
    """

    names: tuple[str, ...]
    taking: Taking
    place: Place
    nth: int = 0
    glue: str = " "
    optional: bool = False


@dataclass(frozen=True, slots=True)
class DateForm:
    """A way to write a date, such as "dd/mm/yyyy".

    Attributes:
        pattern: with the groups year, month and day.
    """

    written: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class MissingWords:
    """Words that stand for "not stated": whole, or what begins with them; case folded."""

    words: frozenset[str] = frozenset()
    begins_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How the cells of a column are read as a fact.

    Attributes:
        name: of the fact, with its list's name before it.
        values: from what a cell says, case folded, to what the deck says; None for "not stated".
            An empty mapping translates nothing.
        factor: what a number is multiplied by, or None where cells are read as decks are.
        unit: as the mapping writes it, or "".
        places: decimal places to round to after multiplying, or None.
        dates: the only ways in which a day may be written; none for those of decks.
        split: what separates several choices in one cell, or "" for semicolons, else commas.
    """

    spec: FactSpec
    name: str
    values: Mapping[str, object]
    factor: Decimal | None
    unit: str
    places: int | None
    dates: tuple[DateForm, ...]
    missing: MissingWords
    split: str


@dataclass(frozen=True, slots=True)
class FactFrom:
    """A fact, where it comes from, and how it is read."""

    reading: Reading
    origin: Origin


@dataclass(frozen=True, slots=True)
class ListFrom:
    """A list of the deck, out of a list in JSON or of groups of columns.

    Attributes:
        each: the list's path, or None where each of ``items`` is taken out of its own columns.
        facts: of each item, by paths below the list's.
        items: the facts of the first item, of the second …
    """

    name: str
    each: Origin | None
    facts: tuple[FactFrom, ...]
    items: tuple[tuple[FactFrom, ...], ...]


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """Rows that are no projects.

    Attributes:
        origin: the column that tells, or None where ``rows`` does.
        words: a row whose cell says one of these, or begins so.
        blank: a row whose cell is blank.
        rows: by number, as the file counts them.
    """

    origin: Origin | None
    words: MissingWords = MissingWords()
    blank: bool = False
    rows: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class TableForm:
    """What the table is.

    Attributes:
        sheet: its name or position from 1; None for the only one.
        headings: the number of the row that holds them; of the column, where each column is a
            project.
        across: each column is a project.
        each: in JSON, the path of the list that holds the projects; "" where the file is it.
    """

    format: TableFormat
    encoding: str = ""
    delimiter: str = ""
    sheet: str | int | None = None
    headings: int = 1
    across: bool = False
    each: str = ""
    leave_out: tuple[LeaveOut, ...] = ()


@dataclass(frozen=True, slots=True)
class DeckMapping:
    """A whole mapping file.

    Attributes:
        named_by: the column that names a project in places, or None.
        constants: what each deck states besides.
    """

    title: str
    source: str
    licence: str
    description: str
    place: Place
    table: TableForm
    named_by: Origin | None
    facts: tuple[FactFrom, ...]
    lists: tuple[ListFrom, ...]
    constants: Mapping[str, object] = field(default_factory=dict)
