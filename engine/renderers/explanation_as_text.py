"""A rule on a deck as a tree of text."""

from __future__ import annotations

from collections.abc import Iterator

from engine.explaining import Explanation, Part
from engine.renderers.wrap import as_lines, wrap

_MARKS = {True: "true", False: "false", None: "unknown"}


def explanation_as_text(explanation: Explanation) -> str:
    """Each part with its truth first, indented by its depth."""
    lines = [
        *wrap(f"{explanation.name}  {explanation.title}"),
        *wrap(f"Result: {explanation.result}"),
        "",
    ]
    for part in explanation.parts:
        lines += _part(part, 0)
    return as_lines(lines)


def _part(part: Part, depth: int) -> Iterator[str]:
    indent = "  " * depth
    found = f" | found: {part.found}" if part.found else ""
    place = f" [{part.place}]" if part.place else ""
    yield from wrap(
        f"{_MARKS[part.truth]:<8}{indent}{part.text}{found}{place}", "", " " * 10 + indent
    )
    for below in part.parts:
        yield from _part(below, depth + 1)
