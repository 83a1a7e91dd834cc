"""What people write, as typed values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from engine.days import NotUnderstood, parse_period, read_day
from engine.errors import nearest, printable
from engine.model.conditions import Period
from engine.model.vocabulary import FactSpec, FactType, ThresholdType, Value
from engine.showing import show_value

MISSING_WORDS = frozenset(
    {
        "",
        "-",
        "–",
        "—",
        "?",
        "tbc",
        "tbd",
        "n/a",
        "na",
        "n.a.",
        "unknown",
        "not known",
        "to be confirmed",
        "to be agreed",
        "to be decided",
        "to be determined",
        "to follow",
        "none given",
    }
)
LARGEST = 10**12  # pounds or units: a thousand billion, and within what the engine can hold
LONGEST_TEXT = 20_000  # characters

_TO_BE_CONFIRMED = re.compile(r"tb[cd]\b")  # "TBC with members"

_MULTIPLES = {
    "": 1, "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6,
    "bn": 10**9, "b": 10**9, "billion": 10**9,
}  # fmt: skip
_AMOUNT = re.compile(
    r"(?:(?P<sign>[-−])\s*£?|£\s*(?P<sign2>[-−])|£?)\s*"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s*(?P<multiple>[a-z]*)",
    re.IGNORECASE,
)
_YES = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
_MAYBE_THOUSANDS = re.compile(r"\.\d{3,}$")  # 640.000 is 640 here and 640,000 elsewhere
_THOUSANDS = re.compile(r"\d{3}(\.\d+)?")


def is_missing(written: object) -> bool:
    """Whether this stands for "not answered": null, a blank, TBC and their like."""
    if not isinstance(written, str):
        return written is None
    words = written.strip().casefold()
    return words in MISSING_WORDS or _TO_BE_CONFIRMED.match(words) is not None


def parse_value(spec: FactSpec, written: object) -> Value:
    """Read a value that is not missing as the fact's type.

    Raises:
        NotUnderstood: it does not fit; the message says what is accepted.
    """
    value = _PARSERS[spec.type](spec, written)
    _check_bounds(spec, value)
    return value


def parse_type(type_: ThresholdType, written: object) -> Value | Period:
    """Read a value that belongs to no fact (a threshold's) as the type.

    Raises:
        NotUnderstood: it does not fit; the message says what is accepted.
    """
    if type_ == "period":
        return parse_period(written)
    assert type_ != "choice", "a state belongs to a fact"
    return _PARSERS[type_](None, written)


def quote_the_amount(key: str) -> str:
    """A fix for a key that is half an amount: between braces YAML ends a value at a comma."""
    is_half = _THOUSANDS.fullmatch(key.rpartition(".")[2])
    return "Put an amount that holds a comma in quotes." if is_half else ""


def _check_bounds(spec: FactSpec, value: Value) -> None:
    comparable: Any = value
    if spec.minimum is not None and comparable < spec.minimum:
        raise NotUnderstood(f"{show_value(spec, spec.minimum)} or more")
    if spec.maximum is not None and comparable > spec.maximum:
        raise NotUnderstood(f"{show_value(spec, spec.maximum)} or less")


def _number(written: object, accepted: str, places: int) -> Decimal:
    if isinstance(written, str):
        match = _AMOUNT.fullmatch(written.strip())
        if match is None or "£" in written or match["multiple"].lower() not in _MULTIPLES:
            raise NotUnderstood(accepted)
        number = _amount(match)
    else:
        number = _plain_number(written, accepted)
    return _bounded(number, accepted, places)


def _plain_number(written: object, accepted: str) -> Decimal:
    if isinstance(written, bool) or not isinstance(written, int | Decimal | float):
        raise NotUnderstood(accepted)
    try:
        number = Decimal(str(written))
    except InvalidOperation as error:
        raise NotUnderstood(accepted) from error
    if not number.is_finite():
        raise NotUnderstood(accepted)
    return number


def _amount(match: re.Match[str]) -> Decimal:
    number = Decimal(match["number"].replace(",", ""))
    number *= _MULTIPLES[match["multiple"].lower()]
    return -number if match["sign"] or match["sign2"] else number


def _bounded(number: Decimal, accepted: str, places: int) -> Decimal:
    if number.copy_abs() > LARGEST:  # abs() would overflow before it could be told
        raise NotUnderstood(f"{accepted}, no larger than {LARGEST:,}")
    if number != round(number, places):
        most = f", with at most {places} decimal places" if places else ""
        raise NotUnderstood(accepted + most)
    return round(number, places).normalize() + 0


def _money(spec: FactSpec | None, written: object) -> int:
    accepted = "an amount such as 500000, £500,000, £500k or £1.24 million"
    if isinstance(written, str):
        match = _AMOUNT.fullmatch(written.strip())
        if match is None or match["multiple"].lower() not in _MULTIPLES:
            raise NotUnderstood(accepted)
        number = _amount(match)
    else:
        number = _plain_number(written, accepted)
    if _MAYBE_THOUSANDS.search(str(written).strip()):
        raise NotUnderstood(f"{accepted}, with at most 2 decimal places")
    return int(_bounded(number, accepted, 2) * 100)


def _integer(spec: FactSpec | None, written: object) -> int:
    accepted = "a whole number such as 12 or 1,200"
    if _MAYBE_THOUSANDS.search(str(written).strip()):
        raise NotUnderstood(accepted)
    return int(_number(written, accepted, 0))


def _percentage(spec: FactSpec | None, written: object) -> Decimal:
    accepted = "a percentage such as 70 or 70%"
    if isinstance(written, str):
        written = written.strip().removesuffix("%").rstrip()
    return _number(written, accepted, 4)


def _yes_no(spec: FactSpec | None, written: object) -> bool:
    if isinstance(written, bool):
        return written
    if isinstance(written, str) and written.strip().casefold() in _YES:
        return _YES[written.strip().casefold()]
    raise NotUnderstood("yes or no")


def _text(spec: FactSpec | None, written: object) -> str:
    if isinstance(written, bool):
        written = "yes" if written else "no"
    if not isinstance(written, str | int | Decimal):
        raise NotUnderstood("text")
    text = printable(str(written)).strip()
    if len(text) > LONGEST_TEXT:
        raise NotUnderstood(f"text of at most {LONGEST_TEXT:,} characters")
    return text


def _choice(spec: FactSpec | None, written: object) -> str:
    assert spec is not None, "thresholds are never choices"
    if isinstance(written, bool):
        written = "yes" if written else "no"
    if not isinstance(written, str | int):
        raise NotUnderstood("one of: " + ", ".join(spec.values))
    word = str(written).strip()
    chosen = _choice_names(tuple(spec.values.items())).get(word.casefold())
    if chosen is None:
        raise NotUnderstood("one of: " + ", ".join(spec.values), nearest(word, spec.values))
    return chosen


@cache
def _choice_names(values: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    names = {label.casefold(): value for value, label in values}
    return names | {value.casefold(): value for value, _ in values}


def _choices(spec: FactSpec | None, written: object) -> frozenset[str]:
    parts = written if isinstance(written, list) else str(written).split(",")
    return frozenset(_choice(spec, part) for part in parts if not is_missing(part))


def _references(spec: FactSpec | None, written: object) -> frozenset[str]:
    """The names of other items: a list, or one text with commas."""
    parts = written if isinstance(written, list) else str(written).split(",")
    return frozenset(_text(spec, part) for part in parts if not is_missing(part))


_PARSERS: Mapping[FactType, Callable[[FactSpec | None, object], Value]] = {
    "money": _money,
    "number": lambda spec, written: _number(written, "a number such as 12 or 0.5", 4),
    "integer": _integer,
    "percentage": _percentage,
    "date": lambda spec, written: read_day(written),
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "text": _text,
    "references": _references,
}
