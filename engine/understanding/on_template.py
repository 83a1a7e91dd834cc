"""Labels and answers on the template, long answers in parts among them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.continuing import Part, part_in
from engine.model.pages import Cell, Content
from engine.model.vocabulary import FactSpec
from engine.understanding.answers import Answer
from engine.understanding.words import normal
from engine.values import is_missing

_NO_VALUES = ("none", "none of them")

Column = tuple[int, FactSpec]
PartColumn = tuple[int, FactSpec, Part]


def as_written(spec: FactSpec, content: Content) -> Any:
    """An answer on the template as a deck states it: several values as a list."""
    if spec.type in ("choices", "references") and not is_missing(content):
        text = str(content)
        if text.strip().casefold() in _NO_VALUES:
            return []
        parts = text.split(";") if ";" in text else text.split(",")
        return [part.strip() for part in parts if part.strip()]
    return content


def asked(cell: Cell, known: Mapping[str, FactSpec]) -> tuple[FactSpec | None, Part | None]:
    """The fact that a label on the template stands for, and which part of its answer is beside."""
    label = first_line(cell.content)
    spec = known.get(normal(label))
    if spec is not None:
        return spec, None
    of, part = part_in(label)
    return known.get(normal(of)), part


def with_part(before: Answer, later: Answer, part: Part) -> Answer | None:
    """The answer with one more part; as it was where it has that part, None where it cannot be."""
    if before.parts < part.number:
        shown = f"{before.shown}{part.joint}{later.shown}"
        written = as_written(before.spec, shown)
        return replace(before, shown=shown, written=written, parts=part.number)
    return before if str(later.shown) in str(before.shown) else None


def put_together(
    row: tuple[Cell, ...], columns: list[Column], parts: list[PartColumn]
) -> tuple[tuple[Cell, ...], list[PartColumn]]:
    """A row with the parts of its answers put together, and the parts that began elsewhere."""
    cells, loose = list(row), []
    at = {fact.name: n for n, fact in columns}
    for n, fact, part in parts:
        first = at.get(fact.name)
        if first is None:
            loose.append((n, fact, part))
        elif text(row[n]):
            joint = part.joint if text(cells[first]) else ""
            content = f"{text(cells[first])}{joint}{text(row[n])}"
            cells[first] = replace(cells[first], content=content)
    return tuple(cells), loose


def text(cell: Cell) -> str:
    """A cell's content as words, "" where it is blank."""
    return "" if cell.content is None else str(cell.content).strip()


def first_line(content: Content) -> str:
    """The first line of a label, below which a question may stand."""
    return re.split(r"[\n\v]", str(content or "").strip())[0].strip()
