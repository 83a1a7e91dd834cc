"""One cell of somebody's table, as a deck would state it."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from engine.days import NotUnderstood
from engine.errors import shorten
from engine.model.mapping import MissingWords, Reading
from engine.parse.date_forms import read_date
from engine.values import is_missing, parse_value

_AMOUNT = re.compile(
    r"([-+−]?)\s*£?\s*([-−]?)\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
)
_MOST_DIGITS = 40


class Withheld(Exception):
    """A cell whose words mean "not stated"; holds them."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def is_withheld(content: object, missing: MissingWords) -> bool:
    """Whether a cell says, in the mapping's own words, that it says nothing."""
    if not isinstance(content, str):
        return False
    text = " ".join(content.split()).casefold()
    return text in missing.words or text.startswith(missing.begins_with)


def read_content(content: Any, how: Reading) -> object:
    """What a deck states for this cell; None where the cell is blank, or says TBC and its like.

    Raises:
        NotUnderstood: it says something else than the fact may hold.
        Withheld: it says in words, or by a translation, that nothing is stated.
    """
    if is_withheld(content, how.missing):
        raise Withheld(shorten(content))
    value = _several(content, how) if how.spec.type in ("choices", "references") else (
        _translated(content, how)
    )  # fmt: skip
    if is_missing(value):
        return None
    if how.spec.type == "date" and isinstance(value, str) and how.dates:
        value = read_date(value, how.dates)
    if how.factor is not None:
        value = _multiplied(value, how)
    try:
        parse_value(how.spec, value)
    except NotUnderstood as error:
        if "decimal places" in error.expected and how.places is None:
            fix = f"Say in the mapping how to round it: {how.name}, round: 2."
            raise NotUnderstood(error.expected, fix) from None
        raise
    return value


def _translated(content: Any, how: Reading) -> object:
    if not how.values or is_missing(content):
        return content
    said = "yes" if content is True else "no" if content is False else str(content)
    key = " ".join(said.split()).casefold()
    if key not in how.values:
        raise NotUnderstood("one of the mapping's values", f"Add it to values of {how.name}.")
    value = how.values[key]
    if value is None:
        raise Withheld(shorten(content))
    return value


def _several(content: Any, how: Reading) -> list[object] | None:
    """The parts of a cell that holds several; the last separator may stand alone."""
    if is_missing(content):
        return None
    if isinstance(content, str):
        parts: list[Any] = content.split(how.split or (";" if ";" in content else ","))
    else:
        parts = content if isinstance(content, list) else [content]
    found = []
    for part in parts:
        try:
            value = _translated(part.strip() if isinstance(part, str) else part, how)
        except Withheld:
            continue
        if not is_missing(value):
            found.append(value)
    return found


def _multiplied(content: object, how: Reading) -> int | Decimal:
    """The number in the fact's own unit: exact, and rounded only where the mapping says so."""
    assert how.factor is not None
    number = _number(content, how) * how.factor
    if how.places is not None:
        number = number.quantize(Decimal(1).scaleb(-how.places), ROUND_HALF_UP)
    return int(number) if number == number.to_integral_value() else number.normalize()


def _number(content: object, how: Reading) -> Decimal:
    unit = f" in {how.unit}" if how.unit and how.unit not in ("£", "%") else ""
    expected = f"a plain number{unit}"
    if isinstance(content, str):
        text = content.strip()
        if how.spec.type == "percentage" and how.unit != "fraction":
            text = text.removesuffix("%").rstrip()
        found = _AMOUNT.fullmatch(text)
        if found is None or (found[1] and found[2]) or len(text) > _MOST_DIGITS:
            raise NotUnderstood(expected)
        if "£" in text and how.spec.type != "money":
            raise NotUnderstood(expected)
        number = Decimal(found[3].replace(",", ""))
        return -number if found[2] or found[1] in ("-", "−") else number
    if isinstance(content, bool | date) or not isinstance(content, int | Decimal):
        raise NotUnderstood(expected)
    if isinstance(content, Decimal) and not content.is_finite():
        raise NotUnderstood(expected)
    if len(str(content)) > _MOST_DIGITS:
        raise NotUnderstood(expected)
    return Decimal(content)
