"""The few errors a person can act on, each with a place, what is wrong and a fix."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NoReturn


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file and a line, or a slide, table and row.

    Attributes:
        source: the file's name as it was given, or "standard input".
        line: counted from 1; None where lines mean nothing.
        where: the place inside the file in words ("record 3", "Slide 5, row 2"), or "".
    """

    source: str
    line: int | None = None
    where: str = ""

    def __str__(self) -> str:
        text = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{text} ({self.where})" if self.where else text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that somebody must put right.

    Attributes:
        place: where it stands.
        message: what is wrong, in the file's own words.
        found: the text or value that was met, or "".
        expected: what is allowed there, or "".
        fix: one imperative sentence, or "".
    """

    place: Place
    message: str
    found: str = ""
    expected: str = ""
    fix: str = ""

    def __str__(self) -> str:
        lines = [f"{self.place}: {self.message}"]
        detail = []
        if self.found:
            detail.append(f"found: {self.found}")
        if self.expected:
            detail.append(f"expected: {self.expected}")
        if detail:
            lines.append("  " + "    ".join(detail))
        if self.fix:
            lines.append(f"  fix: {self.fix}")
        return "\n".join(lines)


class PersonError(Exception):
    """Something that a person can put right; holds every problem that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class RuleError(PersonError):
    """The rules are broken: for whoever writes them."""


class DeckError(PersonError):
    """A deck could not be read or assessed: for whoever supplied the facts."""


class EvaluatorsDisagree(RuntimeError):
    """Two evaluators gave different answers: a bug, and never an outcome."""


@dataclass
class Problems:
    """Collects every problem of a file before any is raised."""

    found: list[Problem] = field(default_factory=list)

    def add(
        self,
        place: Place,
        message: str,
        *,
        found: object = "",
        expected: str = "",
        fix: str = "",
    ) -> None:
        """Note one problem; the work goes on so that the others are found too."""
        self.found.append(Problem(place, message, shorten(found), expected, fix))

    def raise_as(self, error: type[PersonError]) -> NoReturn:
        """Raise all that was found, by file and in line order."""
        raise error(sorted(set(self.found), key=_order))

    def raise_if_any(self, error: type[PersonError]) -> None:
        """Raise all that was found, if anything was."""
        if self.found:
            self.raise_as(error)


def _order(problem: Problem) -> tuple[str, int, str, str]:
    return (
        problem.place.source,
        problem.place.line or 0,
        problem.place.where,
        problem.message,
    )


def shorten(value: object, limit: int = 80) -> str:
    """A value as one printable line of at most ``limit`` characters."""
    text = value if isinstance(value, str) else str(value)
    text = printable(" ".join(text.split()))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def printable(text: str) -> str:
    """The text without control characters, which could repaint a terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)


def nearest(name: str, known: Iterable[str]) -> str:
    """A fix that offers the nearest known name, or "" where none is near."""
    options = list(known)
    close = difflib.get_close_matches(name, options, n=1, cutoff=0.6)
    if not close:
        tail = name.rsplit(".", 1)[-1]
        by_tail = {option.rsplit(".", 1)[-1]: option for option in options}
        close = [by_tail[t] for t in difflib.get_close_matches(tail, by_tail, n=1, cutoff=0.75)]
    return f"Did you mean {close[0]}?" if close else ""
