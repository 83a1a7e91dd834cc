"""A file as plain data, with the place in which each part of it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.errors import Place, Problem

MOST_DOCUMENTS = 10_000  # in one file: each is assessed by itself
Path = tuple[str | int, ...]


def without_folder(name: str) -> str:
    """A deck's name, or a file's, without the folders before it: "deck.yaml, record 2"."""
    file, comma, more = name.partition(", ")
    return (re.split(r"[\\/]", file)[-1] or file) + comma + more


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know of a file that is no error: what was not read, or only perhaps.

    Attributes:
        text: one sentence.
    """

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a file may say of a fact, and not surely enough to be used.

    Attributes:
        written: as it stands there, in one line; "" where it is not shown, such as a name.
        confidence: per cent.
    """

    written: str
    confidence: int
    place: Place


@dataclass(frozen=True)
class Document:
    """Plain data (mappings, lists, text, numbers, yes and no, null) and where it stands.

    Attributes:
        source: the file's name as it was given.
        data: mappings keep the file's order; numbers are int or Decimal, days may be dates.
        lines: from the path of keys and positions to the line, counted from 1.
        where: words for the place inside the file, where it holds several documents.
        problems: why this one of several could not be read; ``data`` is then None.
        spots: where lines mean nothing, from the path to words: "Slide 5, benefits table, row 2".
        notes: what to know of the file that is no error.
        doubts: by fact of the deck, what the file may say of it; for each the surest.
    """

    source: str
    data: Any
    lines: Mapping[Path, int]
    where: str = ""
    problems: tuple[Problem, ...] = ()
    spots: Mapping[Path, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    doubts: Mapping[str, Doubt] = field(default_factory=dict)

    def place(self, path: Path = ()) -> Place:
        """Where the part at this path stands, or the nearest part around it."""
        for length in range(len(path), -1, -1):
            step = path[:length]
            line, spot = self.lines.get(step), self.spots.get(step, "")
            if line is not None or spot:
                return Place(self.source, line, ", ".join(filter(None, (self.where, spot))))
        return Place(self.source, None, self.where)


def too_many_documents(place: Place) -> Problem:
    """What is wrong with a file that holds more decks than are read at once."""
    message = f"more than {MOST_DOCUMENTS:,} decks in one file"
    return Problem(place, message, fix="Split the file.")
