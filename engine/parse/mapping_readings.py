"""How the cells of a mapped column are read: units, translations, dates, words for missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from engine.days import NotUnderstood
from engine.errors import Problems
from engine.model.document import Document, Path
from engine.model.mapping import DateForm, MissingWords, Reading
from engine.model.vocabulary import FactSpec, FactType
from engine.parse.date_forms import find_ambiguous, parse_date_form
from engine.parse.mapping_shapes import FactFromShape, MappingShape, MissingShape
from engine.values import is_missing, parse_value

_THOUSANDS = {"thousand": Decimal(1000), "million": Decimal(10**6)}
UNITS: Mapping[FactType, Mapping[str, Decimal]] = {
    "money": {
        "p": Decimal("0.01"), "£": Decimal(1), "£k": Decimal(1000), "£000": Decimal(1000),
        "£m": Decimal(10**6), "£million": Decimal(10**6), "£bn": Decimal(10**9),
    },
    "number": _THOUSANDS,
    "integer": _THOUSANDS,
    "percentage": {"%": Decimal(1), "fraction": Decimal(100)},
}  # fmt: skip


class Readings:
    """Checks how each fact of a mapping file is read."""

    def __init__(self, document: Document, shape: MappingShape, problems: Problems) -> None:
        self._document, self._problems = document, problems
        self._missing = shape.missing
        self._dates = self._date_forms(shape.dates, ("dates",))

    def reading(self, spec: FactSpec, name: str, shape: FactFromShape, path: Path) -> Reading:
        """How a fact is read; a setting that does not suit its type is a problem."""
        units = UNITS.get(spec.type, {})
        if shape.unit is not None and shape.unit not in units:
            expected = ", ".join(units) or f"no unit for a fact of type {spec.type}"
            at = (*path, "unit")
            self._wrong(at, f'"{name}" has no such unit', shape.unit, expected=expected)
        if shape.round is not None and not units:
            self._wrong((*path, "round"), f'"{name}" is no number to round', fix="Take it out.")
        if shape.dates is not None and spec.type != "date":
            self._wrong((*path, "dates"), f'"{name}" is no date', fix="Take dates out.")
        if shape.split and spec.type not in ("choices", "references"):
            self._wrong((*path, "split"), f'"{name}" holds one value', fix="Take split out.")
        factor = units.get(shape.unit or "", Decimal(1) if shape.round is not None else None)
        forms = self._dates if shape.dates is None else (
            self._date_forms(shape.dates, (*path, "dates"))
        )  # fmt: skip
        return Reading(
            spec=spec,
            name=name,
            values=self._values(spec, name, shape.values, (*path, "values")),
            factor=factor,
            unit=shape.unit or "",
            places=shape.round,
            dates=forms if spec.type == "date" else (),
            missing=_both(self._missing, shape.missing),
            split=shape.split,
        )

    def _values(
        self, spec: FactSpec, name: str, written: Mapping[str, Any], path: Path
    ) -> dict[str, object]:
        values: dict[str, object] = {}
        for said, value in written.items():
            at, key = (*path, said), fold(said)
            if key in values:
                self._wrong(at, f'"{said}" is translated twice', fix="Keep one of the two.")
            values[key] = None if is_missing(value) else value
            self.check_value(spec, f'"{said}" of "{name}" is translated wrongly', value, at)
        return values

    def check_value(self, spec: FactSpec, message: str, value: object, path: Path) -> bool:
        """Whether a value suits the fact; else the problem with this message is noted."""
        if is_missing(value):
            return True
        try:
            parse_value(spec, value)
        except NotUnderstood as error:
            self._wrong(path, message, value, expected=error.expected, fix=error.fix)
            return False
        return True

    def _date_forms(self, written: Iterable[str] | None, path: Path) -> tuple[DateForm, ...]:
        forms = []
        for number, text in enumerate(written or ()):
            try:
                forms.append(parse_date_form(text))
            except NotUnderstood as error:
                at = (*path, number)
                self._wrong(at, "not a way to write a date", text, expected=error.expected)
        if both := find_ambiguous(forms):
            found = " and ".join(form.written for form in both)
            message = "two of the dates read the same text as different days"
            self._wrong(path, message, found, fix="Keep the one that the table uses.")
        return tuple(forms)

    def _wrong(
        self, path: Path, message: str, found: object = "", expected: str = "", fix: str = ""
    ) -> None:
        place = self._document.place(path)
        self._problems.add(place, message, found=found, expected=expected, fix=fix)


def _both(common: MissingShape, own: MissingShape) -> MissingWords:
    return MissingWords(
        folded([*common.words, *own.words]),
        tuple(sorted(folded([*common.begins_with, *own.begins_with]))),
    )


def folded(words: Iterable[str]) -> frozenset[str]:
    """The words as cells are compared with them."""
    return frozenset(fold(word) for word in words)


def fold(text: str) -> str:
    """A text without regard to capitals and white space."""
    return plain(text).casefold()


def plain(text: str) -> str:
    """A heading with its white space normalised."""
    return " ".join(text.split())
