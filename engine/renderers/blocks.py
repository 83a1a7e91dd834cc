"""What a report is made of, for forms that have headings, tables and pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from engine.errors import printable

Tone = Literal["escalate", "recommend", "pass", "other"]
# ink and tint of each tone's box; the words alone carry the meaning. Each ink has a contrast of
# more than 7 to its tint and to white.
COLOURS: Mapping[Tone, tuple[str, str]] = {
    "escalate": ("8a1c0e", "fbebe8"),
    "recommend": ("6b4200", "fff3d9"),
    "pass": ("00512b", "e6f4ec"),
    "other": ("383d44", "eff1f3"),
}


def plain(text: str) -> str:
    """The text in one line, without control characters, which some forms cannot hold."""
    return " ".join(printable(text).split())


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one kind, always safe to write into any form that escapes its own signs.

    Attributes:
        link: where it leads: http or https; else it leads nowhere, and is text.
        part: the number of the report's part that it leads to, or None.
    """

    text: str
    bold: bool = False
    link: str = ""
    part: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", plain(self.text))
        link = plain(self.link)
        safe = link.startswith(("https://", "http://")) and " " not in link
        object.__setattr__(self, "link", link if safe else "")


Line = tuple[Run, ...]  # its runs stand one space apart


def line(text: str, link: str = "") -> Line:
    """Text of one kind as a line."""
    return (Run(text, link=link),)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 0 is the report's own title."""

    level: int
    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", plain(self.text))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a quiet one is less prominent."""

    line: Line
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list whose order says nothing."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names, each with what it stands for: who acts, what comes next."""

    rows: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, and its share of the width."""

    title: str
    share: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading row.

    Attributes:
        title: what it shows, for those who do not see it.
        rows: each as long as ``columns``.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Line, ...], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", plain(self.title))


_SHORT = 1500  # letters of a table that is not parted at the foot of a page


def is_short(table: Table) -> bool:
    """Whether the table keeps together on one page."""
    return sum(len(run.text) for row in table.rows for cell in row for run in cell) <= _SHORT


@dataclass(frozen=True, slots=True)
class Callout:
    """The outcome in a box: in words, and in a colour that repeats them."""

    tone: Tone
    title: Line
    lines: tuple[Line, ...]


Block = Heading | Paragraph | Bullets | Pairs | Table | Callout


@dataclass(frozen=True, slots=True)
class Part:
    """What begins on a page of its own.

    Attributes:
        header: what stands at the head of each of its pages.
    """

    header: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole.

    Attributes:
        day: the day that it speaks of, or None where nothing could be assessed.
        footer: what stands at the foot of each page, beside its number.
    """

    title: str
    day: date | None
    footer: str
    parts: tuple[Part, ...]
