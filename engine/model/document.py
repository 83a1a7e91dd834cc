"""A text file as plain data, with the line on which each part of it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.errors import Place, Problem

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """Plain data (mappings, lists, text, numbers, yes and no, null) and its lines.

    Attributes:
        source: the file's name as it was given.
        data: mappings keep the file's order; numbers are int or Decimal.
        lines: from the path of keys and positions to the line, counted from 1.
        where: words for the place inside the file, where it holds several documents.
        problems: why this one of several could not be read; ``data`` is then None.
    """

    source: str
    data: Any
    lines: Mapping[Path, int]
    where: str = ""
    problems: tuple[Problem, ...] = ()

    def place(self, path: Path = ()) -> Place:
        """Where the part at this path stands, or the nearest part around it."""
        for length in range(len(path), -1, -1):
            line = self.lines.get(path[:length])
            if line is not None:
                return Place(self.source, line, self.where)
        return Place(self.source, None, self.where)
