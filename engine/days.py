"""Days and periods as people write them: UK order, months, quarters; never a guess."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date

from engine.model.conditions import Period
from engine.showing import MONTHS

_MONTH_NUMBERS = {name.casefold(): n for n, name in enumerate(MONTHS, 1)} | {
    name[:3].casefold(): n for n, name in enumerate(MONTHS, 1)
}
_MONTH_NUMBERS["sept"] = 9
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[/.-](1[3-9]|2\d|3[01])[/.-]\d{4}")
_PERIOD = re.compile(r"([-+]?\d{1,5})\s*(day|week|month|year)s?", re.IGNORECASE)


class NotUnderstood(ValueError):
    """A value that does not fit its type; says what does, and perhaps a nearest value."""

    def __init__(self, expected: str, fix: str = "") -> None:
        super().__init__(expected)
        self.expected = expected
        self.fix = fix


def parse_day(written: str) -> date:
    """Read a date in any of the forms that decks may use.

    Raises:
        NotUnderstood: it is none of them.
    """
    return read_day(written)


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


def read_day(written: object) -> date:
    """Read a date that may be one already.

    Raises:
        NotUnderstood: it is no date; the message says what is accepted.
    """
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
