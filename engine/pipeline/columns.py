"""Column maps: which columns a list has, in which order, and what each is called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from engine.errors import Problems, RuleError, nearest
from engine.model.document import Document, Path
from engine.model.pipeline import Cell, ReturnLine, SpendCase
from engine.model.vocabulary import FactSpec, Vocabulary
from engine.parse.check_shape import check_shape
from engine.pipeline.fields import CASE_FIELDS, RETURN_FIELDS, Field, Get, Kind, ThingT
from engine.pipeline.in_words import stated

_KINDS: Mapping[str, Kind] = {
    "money": "money", "date": "date", "number": "number", "integer": "number",
    "percentage": "number",
}  # fmt: skip
_YEAR = re.compile(r"20\d\d/\d\d")


@dataclass(frozen=True, slots=True)
class Column(Generic[ThingT]):
    """One column.

    Attributes:
        field: the name of what it holds; "" for a constant, an amount of a year, or a fact.
    """

    heading: str
    kind: Kind
    width: int
    get: Get[ThingT]
    field: str = ""


class _ColumnShape(BaseModel):
    """What one heading holds: a field's or fact's name alone, or a mapping with one key."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    field: str | None = None
    always: str | None = None
    year: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _name_alone(cls, written: Any) -> Any:
        if isinstance(written, str):
            return {"field": written}
        if not isinstance(written, dict):
            raise PydanticCustomError("column", "must be a field's name, or always: or year:")
        return written


class _MapShape(BaseModel):
    """A column map: under columns, each heading with what it holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: dict[str, _ColumnShape]


def columns_of(document: Document | None, vocabulary: Vocabulary) -> tuple[Column[SpendCase], ...]:
    """The columns that a map gives a pipeline: fields, any fact of a deck, years, constants.

    Args:
        document: the map; the usual columns where there is none.

    Raises:
        RuleError: holds every problem of the map, with its line.
    """
    if document is None:
        return tuple(_of_field(f.heading, f) for f in CASE_FIELDS.values() if f.usual)
    facts = {
        name: spec
        for name, spec in vocabulary.facts.items()
        if name not in vocabulary.built_in and "." in name
    }
    return _Parser(document, CASE_FIELDS, facts).parse()


def return_columns_of(document: Document | None) -> tuple[Column[ReturnLine], ...]:
    """The columns that a map gives a transparency return: fields and constants.

    Args:
        document: the map; the columns that departments publish where there is none.

    Raises:
        RuleError: as ``columns_of``.
    """
    if document is None:
        return tuple(_of_field(f.heading, f) for f in RETURN_FIELDS.values() if f.usual)
    return _Parser(document, RETURN_FIELDS, {}).parse()


def _of_field(heading: str, field: Field[ThingT]) -> Column[ThingT]:
    return Column(heading, field.kind, field.width, field.get, field.name)


class _Parser(Generic[ThingT]):
    def __init__(
        self,
        document: Document,
        fields: Mapping[str, Field[ThingT]],
        facts: Mapping[str, FactSpec],
    ) -> None:
        self._document = document
        self._fields: Mapping[str, Field[ThingT]] = fields
        self._facts = facts
        self._problems = Problems()

    def parse(self) -> tuple[Column[ThingT], ...]:
        shape = check_shape(_MapShape, self._document, self._problems)
        columns: Sequence[Column[ThingT] | None] = ()
        if shape is not None:
            if not shape.columns:
                fix = "Write a heading, a colon and a field's name."
                self._problems.add(self._document.place(), "the map has no columns", fix=fix)
            columns = [self._column(heading, each) for heading, each in shape.columns.items()]
        self._problems.raise_if_any(RuleError)
        return tuple(column for column in columns if column is not None)

    def _column(self, heading: str, shape: _ColumnShape) -> Column[ThingT] | None:
        path: Path = ("columns", heading)
        given = [each for each in (shape.field, shape.always, shape.year) if each is not None]
        if len(given) != 1:
            fix = "Give one of field, always and year."
            message = f'"{heading}" must hold one thing'
            self._problems.add(self._document.place(path), message, found=", ".join(given), fix=fix)
            return None
        if shape.always is not None:
            constant = shape.always
            return Column(heading, "text", _fit(heading, constant), lambda thing: constant)
        if shape.year is not None:
            return self._of_year(heading, shape.year, path)
        return self._named(heading, given[0], path)

    def _named(self, heading: str, name: str, path: Path) -> Column[ThingT] | None:
        if name in self._fields:
            return _of_field(heading, self._fields[name])
        if name in self._facts:
            kind = _KINDS.get(self._facts[name].type, "text")
            return Column(heading, kind, 16 if kind != "text" else 30, _fact(name))
        fix = nearest(name, [*self._fields, *self._facts])
        fix = fix or "gatewise pipeline --fields lists them."
        self._problems.add(self._document.place(path), f'unknown field "{name}"', fix=fix)
        return None

    def _of_year(self, heading: str, year: str, path: Path) -> Column[ThingT] | None:
        if not self._facts:
            message = "a return has no amounts by year"
            self._problems.add(self._document.place(path), message, fix="Take it out.")
            return None
        follows = _YEAR.fullmatch(year) and int(year[5:]) == (int(year[:4]) + 1) % 100
        if not follows:
            expected = "a financial year such as 2026/27"
            place = self._document.place((*path, "year"))
            self._problems.add(place, "not a financial year", found=year, expected=expected)
            return None
        return Column(heading, "money", 14, _year(year))


def _fit(heading: str, constant: str) -> int:
    return min(max(len(heading), len(constant), 10) + 2, 40)


def _fact(name: str) -> Any:
    return lambda case: stated(case, name)


def _year(year: str) -> Any:
    def amount(case: SpendCase) -> Cell:
        lines = [line.amount for line in case.years if line.year == year]
        known = [amount for amount in lines if amount is not None]
        return sum(known, Decimal(0)) if known and len(known) == len(lines) else None

    return amount
