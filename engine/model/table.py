"""Somebody else's table: columns with headings, and a row for each project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.errors import Problem


@dataclass(frozen=True, slots=True)
class Column:
    """One column: in JSON, one path.

    Attributes:
        heading: white space normalised; "" where it has none. In JSON the keys, joined by dots.
        spot: what people call it: "column C".
    """

    heading: str
    spot: str


@dataclass(frozen=True, slots=True)
class Row:
    """What the table says of one project, one content for each column.

    Attributes:
        where: what people call it: "row 12", "Sheet Returns, row 12", "record 3".
        number: of the row or column in its file, from 1.
        contents: text, numbers, days, yes or no, None where blank; in JSON also lists.
        spots: what people call each cell, by the column's position, where it is not the heading.
        lines: of each cell, by the column's position, where lines mean something.
        problems: why a cell cannot be read, by the column's position.
        remarks: what to know of the row that is no error, a sentence each.
        refused: why nothing of the row can be relied on.
    """

    where: str
    number: int
    contents: tuple[Any, ...]
    spots: tuple[str, ...] = ()
    lines: Mapping[int, int] = field(default_factory=dict)
    problems: Mapping[int, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    refused: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A whole table.

    Attributes:
        source: the file's name as it was given.
        kind: what its columns are called in sentences: column, row or path.
        rows: in the file's order, without those that are wholly blank.
        remarks: what to know of the file that is no error, a sentence each.
    """

    source: str
    kind: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    remarks: tuple[str, ...] = ()
