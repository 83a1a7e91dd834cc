"""The few errors a person can act on, each with a place, what is wrong and a fix."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import NoReturn

MOST_LISTED = 100  # problems of one file or folder
_LONGEST_MESSAGE = 300  # characters, and of a name that is looked for among the known ones
_LONGEST_NAME = 100


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
        lines = [f"{self.place}: {_cut(self.message, _LONGEST_MESSAGE)}"]
        detail = []
        if self.found:
            detail.append(f"found: {self.found}")
        if self.expected:
            detail.append(f"expected: {self.expected}")
        if detail:
            lines.append("  " + "    ".join(detail))
        if self.fix:
            lines.append(f"  fix: {self.fix}")
        # a name in a file may hold line breaks and worse, and must not forge a line of its own
        return "\n".join(printable(line).replace("\n", " ") for line in lines)


class PersonError(Exception):
    """Something that a person can put right; holds every problem that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class RuleError(PersonError):
    """The rules are broken: for whoever writes them."""


class DeckError(PersonError):
    """A deck could not be read or assessed: for whoever supplied the facts."""


class ExtraMissing(PersonError):
    """A library that only some need is not installed: for whoever installed the tool."""


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

    @property
    def more_than_listed(self) -> bool:
        """Whether the next one will only be counted."""
        return len(self.found) > MOST_LISTED

    def raise_as(self, error: type[PersonError]) -> NoReturn:
        """Raise all that was found, by file and in line order; of very many, the first."""
        ordered = sorted(dict.fromkeys(self.found), key=_order)
        rest = len(ordered) - MOST_LISTED
        if rest > 0:
            place = Place(ordered[MOST_LISTED].place.source)
            fix = "Put these right first."
            ordered[MOST_LISTED:] = [Problem(place, f"and {rest:,} more problems", fix=fix)]
        raise error(ordered)

    def raise_if_any(self, error: type[PersonError]) -> None:
        """Raise all that was found, if anything was."""
        if self.found:
            self.raise_as(error)


def _order(problem: Problem) -> tuple[str, int]:
    return problem.place.source, problem.place.line or 0


def shorten(value: object, limit: int = 80) -> str:
    """A value as one printable line of at most ``limit`` characters."""
    # cut before anything walks the whole of it: an alias can repeat a long text very often
    text = _in_words(value)[: 4 * limit]
    return _cut(printable(" ".join(text.split())), limit)


def _in_words(value: object) -> str:
    """What was met, as its file would write it; of a list or mapping only what it is."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Mapping():
            keys = ", ".join(str(key) for key in islice(value, 5))
            return f"a mapping of {keys}" if value else "an empty mapping"
        case list():
            return f"a list of {len(value)}" if value else "an empty list"
    return str(value)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def printable(text: str) -> str:
    """The text without control characters, which could repaint a terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)


def nearest(name: str, known: Iterable[str]) -> str:
    """A fix that offers the nearest known name, or "" where none is near.

    A name with dots is looked for in its own section first, then elsewhere.
    """
    if len(name) > _LONGEST_NAME:
        return ""
    options = list(known)
    section, _, tail = name.rpartition(".")
    beside = {o.rpartition(".")[2]: o for o in options if o.rpartition(".")[0] == section}
    close = (
        _closest(tail, beside, 0.6)
        or _closest(name, {o: o for o in options}, 0.8)
        or _closest(tail, {o.rpartition(".")[2]: o for o in reversed(options)}, 0.75)
    )
    return f"Did you mean {close}?" if close else ""


def _closest(name: str, options: Mapping[str, str], cutoff: float) -> str:
    """The option whose key is nearest; of equally near ones, the first."""
    close = difflib.get_close_matches(name, options, n=20, cutoff=cutoff)
    if not close:
        return ""
    matcher = difflib.SequenceMatcher(b=name)
    ratios = {}
    for key in options:
        if key in close:
            matcher.set_seq1(key)
            ratios[key] = matcher.ratio()
    return options[max(ratios, key=ratios.__getitem__)]
