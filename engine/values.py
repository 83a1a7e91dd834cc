"""What people write, as typed values."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from engine.errors import nearest, printable
from engine.model.conditions import Period
from engine.model.vocabulary import FactSpec, FactType, ThresholdType, Value
from engine.showing import MONTHS, show_value

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
        "none given",
    }
)
LARGEST = 10**12  # pounds or units: a thousand billion, and within what the engine can hold
LONGEST_TEXT = 20_000  # characters

_MONTH_NUMBERS = {name.casefold(): n for n, name in enumerate(MONTHS, 1)} | {
    name[:3].casefold(): n for n, name in enumerate(MONTHS, 1)
}
_MONTH_NUMBERS["sept"] = 9
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
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[/.-](1[3-9]|2\d|3[01])[/.-]\d{4}")
_PERIOD = re.compile(r"([-+]?\d{1,5})\s*(day|week|month|year)s?", re.IGNORECASE)


class NotUnderstood(ValueError):
    """A value that does not fit its type; says what does, and perhaps a nearest value."""

    def __init__(self, expected: str, fix: str = "") -> None:
        super().__init__(expected)
        self.expected = expected
        self.fix = fix


def is_missing(written: object) -> bool:
    """Whether this stands for "not answered": null, a blank, TBC and their like."""
    return written is None or (
        isinstance(written, str) and written.strip().casefold() in MISSING_WORDS
    )


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


def parse_day(written: str) -> date:
    """Read a date in any of the forms that decks may use.

    Raises:
        NotUnderstood: it is none of them.
    """
    return _date(None, written)


def parse_period(written: object) -> Period:
    """Read "31 days", "2 weeks", "3 months" or "1 year".

    Raises:
        NotUnderstood: it is none of these.
    """
    match = _PERIOD.fullmatch(written.strip()) if isinstance(written, str) else None
    if match is None:
        raise NotUnderstood('a period such as "5 days", "3 months" or "2 years"')
    return Period(int(match[1]), match[2].lower() + "s")  # type: ignore[arg-type]


def move(day: date, period: Period, sign: int = 1) -> date:
    """The day that lies a period later (or earlier); a month's end stays a month's end."""
    amount = sign * period.amount
    if period.unit in ("days", "weeks"):
        days = amount if period.unit == "days" else 7 * amount
        ordinal = min(max(day.toordinal() + days, 1), date.max.toordinal())
        return date.fromordinal(ordinal)
    months = day.year * 12 + day.month - 1 + (amount if period.unit == "months" else 12 * amount)
    year, month = divmod(months, 12)
    if year < 1 or year > date.max.year:
        return date.min if year < 1 else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


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
    if abs(number) > LARGEST:
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


def _date(spec: FactSpec | None, written: object) -> date:
    examples = "2028-03-31, 31/03/2028, 31 March 2028, March 2028 or Q4 2027"
    accepted = f"a date such as {examples}"
    if isinstance(written, date):
        return written
    if not isinstance(written, str):
        raise NotUnderstood(accepted)
    text = " ".join(written.replace(",", " ").split()).casefold()
    for pattern, build in _DATE_FORMS:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        try:
            return build(match)
        except (ValueError, KeyError) as error:
            fix = "Write the day before the month." if _MONTH_FIRST.match(text) else ""
            raise NotUnderstood(f"a day that exists, such as {examples}", fix) from error
    raise NotUnderstood(accepted)


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _financial_quarter(match: re.Match[str]) -> date:
    quarter, first = int(match[1]), int(match[2])
    if int(match[3]) % 100 != (first + 1) % 100:
        raise ValueError("the two years do not follow each other")
    return _last_of_month(*((first + 1, 3) if quarter == 4 else (first, 3 + 3 * quarter)))


_DATE_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], date]], ...] = (
    (
        re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ]00:00(?::00)?)?"),
        lambda m: date(int(m[1]), int(m[2]), int(m[3])),
    ),
    (
        re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})"),
        lambda m: date(int(m[4]), int(m[3]), int(m[1])),
    ),
    (
        re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]+)\.? (\d{4})"),
        lambda m: date(int(m[3]), _MONTH_NUMBERS[m[2]], int(m[1])),
    ),
    (
        re.compile(r"([a-z]+)\.? (\d{4})"),
        lambda m: _last_of_month(int(m[2]), _MONTH_NUMBERS[m[1]]),
    ),
    (
        re.compile(r"q([1-4]) (\d{4})"),
        lambda m: _last_of_month(int(m[2]), 3 * int(m[1])),
    ),
    (re.compile(r"q([1-4]) (\d{4})[/-](\d{2}|\d{4})"), _financial_quarter),
)

_PARSERS: Mapping[FactType, Callable[[FactSpec | None, object], Value]] = {
    "money": _money,
    "number": lambda spec, written: _number(written, "a number such as 12 or 0.5", 4),
    "integer": _integer,
    "percentage": _percentage,
    "date": _date,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "text": _text,
}
