"""Lines of at most 80 columns, safe to print."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from engine.errors import printable

WIDTH = 80


def wrap(text: str, first: str = "", rest: str | None = None) -> list[str]:
    """The text in lines, the first with one indent and the others with another."""
    lines = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [first.rstrip()]


def as_lines(lines: Iterable[str]) -> str:
    """The lines as one text without control characters, which could repaint a terminal."""
    return "\n".join(printable(part) for line in lines for part in line.split("\n")) + "\n"
