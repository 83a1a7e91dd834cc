"""What the values of a column look like, and whether a fact could hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from engine.days import NotUnderstood
from engine.errors import nearest
from engine.mapping.contents import read_content
from engine.model.mapping import DateForm, MissingWords, Reading
from engine.model.vocabulary import NUMERIC, FactSpec
from engine.parse.date_forms import parse_date_form, read_date
from engine.parse.mapping_readings import UNITS
from engine.values import is_missing, parse_value

_DATE_FORMS = tuple(
    parse_date_form(form)
    for form in (
        "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "yyyy-mm-ddThh:mm:ss", "yyyy-mm-ddThh:mm:ssZ",
        "d/m/yyyy", "d/m/yyyy hh:mm", "d/m/yyyy hh:mm:ss", "d/m/yy", "d.m.yyyy", "d.m.yy",
        "d-m-yyyy", "d mmmm yyyy", "d mmm yyyy", "d-mmm-yyyy", "d-mmm-yy", "m/d/yyyy",
        "m/d/yyyy hh:mm:ss",
    )
)  # fmt: skip
_UNIT_WORDS = (
    ("£bn", re.compile(r"£\s?(?:bn|billion)\b|\bbillions?\b", re.IGNORECASE)),
    ("£m", re.compile(r"£\s?(?:m|mn|million)\b|\bmillions?\b", re.IGNORECASE)),
    ("£k", re.compile(r"£\s?(?:k|000s?|thousand)\b|\bthousands?\b|['’]000", re.IGNORECASE)),
    ("p", re.compile(r"\bpence\b", re.IGNORECASE)),
)
_MOST_CHOICES = 30
MOSTLY = 0.7  # of a column's values: what it takes to look like a type


@dataclass(frozen=True)
class Look:
    """A column's values, without those that say nothing.

    Attributes:
        values: in the table's order, several times where they are.
    """

    heading: str
    values: tuple[Any, ...]

    @cached_property
    def distinct(self) -> tuple[str, ...]:
        """The different values as text, the commonest first."""
        texts = [str(value) for value in self.values]
        return tuple(sorted(dict.fromkeys(texts), key=lambda text: -texts.count(text)))[:200]

    @cached_property
    def dates(self) -> tuple[DateForm, ...]:
        """The ways in which the dates of the column are written; none where it holds no dates."""
        texts = [value for value in self.values if isinstance(value, str)]
        for form in _DATE_FORMS:
            if texts and _share(texts, lambda text, form=form: read_date(text, (form,))) == 1:
                return (form,)
        found: dict[str, DateForm] = {}
        for text in texts:
            for form in _DATE_FORMS[:-2]:  # month before day only where a whole column is so
                with suppress(NotUnderstood):
                    read_date(text, (form,))
                    found[form.written] = form
                    break
        return tuple(found.values())

    def unit(self, spec: FactSpec) -> str:
        """The unit that the heading names, or ""."""
        if spec.type == "money":
            return next((unit for unit, words in _UNIT_WORDS if words.search(self.heading)), "")
        return ""


def look_at(heading: str, values: Iterable[Any]) -> Look:
    """A column's values as they look."""
    return Look(heading, tuple(value for value in values if not is_missing(value)))


def reading_of(spec: FactSpec, look: Look) -> Reading:
    """How the column would be read as the fact."""
    unit = look.unit(spec)
    numeric = spec.type in UNITS
    places = 4 if spec.type in ("number", "percentage") else 2 if spec.type == "money" else None
    factor = UNITS[spec.type][unit] if unit else Decimal(1)
    most = (places or 0) + factor.adjusted()  # £m with six decimals is whole pounds
    decimals = numeric and any(_decimals(value) > most for value in look.values)
    return Reading(
        spec=spec,
        name=spec.name,
        values={},
        factor=factor if unit or decimals else None,
        unit=unit,
        places=places if decimals else None,
        dates=look.dates if spec.type == "date" else (),
        missing=MissingWords(),
        split="",
    )


def fit(spec: FactSpec, look: Look) -> float:
    """How many of the values the fact could hold: 0 to 1; 1 where there are none."""
    if not look.values:
        return 1
    if spec.type in ("choice", "choices"):
        known = sum(1 for said in look.distinct if choice_of(spec, said))
        return known / len(look.distinct) if len(look.distinct) <= _MOST_CHOICES else 0
    if any(isinstance(value, list | dict) for value in look.values):
        return 0
    if spec.type == "text":
        return 0.5 if _looks_numeric(look) else 1
    if spec.type == "date" and not look.dates and not _real_dates(look.values):
        return 0
    if spec.type in NUMERIC and _real_dates(look.values):
        return 0
    how = reading_of(spec, look)
    return _share(look.values, lambda value: read_content(value, how))


def choice_of(spec: FactSpec, said: str) -> str:
    """The value of a choice that some words mean, or nearly say; else ""."""
    with suppress(NotUnderstood):
        return str(parse_value(spec, said)) if spec.type == "choice" else said
    folded = " ".join(re.split(r"[\W_]+", said.casefold())).strip()
    for value, label in spec.values.items():
        for name in (value, label):
            if " ".join(re.split(r"[\W_]+", name.casefold())).strip() == folded:
                return value
    near = nearest(folded.replace(" ", "_"), spec.values)
    return near.removeprefix("Did you mean ").removesuffix("?")


def strangers(spec: FactSpec, look: Look) -> list[str]:
    """The texts in a column of numbers, days or yes and no that are none, the commonest first."""
    if spec.type in ("text", "choice", "choices", "references"):
        return []
    how = reading_of(spec, look)
    return [said for said in look.distinct if not _reads(how, said)]


def _reads(how: Reading, said: str) -> bool:
    try:
        read_content(said, how)
    except NotUnderstood:
        return False
    return True


def _share(values: Sequence[Any], read: Any) -> float:
    good = 0
    for value in values:
        with suppress(NotUnderstood):
            read(value)
            good += 1
    return good / len(values)


def _looks_numeric(look: Look) -> bool:
    numbers = [
        value
        for value in look.values
        if isinstance(value, int | Decimal | date) or re.fullmatch(r"[£\d.,%\s-]+", str(value))
    ]
    return len(numbers) > MOSTLY * len(look.values)


def _real_dates(values: Sequence[Any]) -> bool:
    return sum(isinstance(value, date) for value in values) > MOSTLY * len(values)


def _decimals(value: Any) -> int:
    _, _, tail = str(value).strip().rstrip("%").partition(".")
    return len(tail) if tail.isdecimal() else 0
