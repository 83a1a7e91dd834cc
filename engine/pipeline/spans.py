"""The period of a transparency return: written so that nobody can take it for another."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from engine.days import NotUnderstood, parse_day
from engine.model.pipeline import DaySpan
from engine.showing import MONTHS, show_type

_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)\s*(?:\.\.|to)\s*(\d{4}-\d\d-\d\d)")
_MONTHS = re.compile(r"([a-z]+) to ([a-z]+) (\d{4})", re.IGNORECASE)
_OF_YEAR = re.compile(r"q([1-4]) (\d{4})/(\d\d)", re.IGNORECASE)
_EITHER = re.compile(r"(?:(\d{4})[- ]?q([1-4])|q([1-4])[- ]?(\d{4}))", re.IGNORECASE)
_ACCEPTED = '"July to September 2026", 2026-07-01..2026-09-30 or "Q2 2026/27"'
_NUMBERS = {name[:3].casefold(): n for n, name in enumerate(MONTHS, 1)}


def parse_span(written: str) -> DaySpan:
    """Read the days that a return covers.

    Raises:
        NotUnderstood: it is no period, or could be more than one.
    """
    text = " ".join(written.split())
    if match := _DAYS.fullmatch(text):
        return _span(parse_day(match[1]), parse_day(match[2]))
    if (match := _MONTHS.fullmatch(text)) and _month(match[1]) and _month(match[2]):
        return _of_months(int(match[3]), _month(match[1]), _month(match[2]))
    if match := _OF_YEAR.fullmatch(text):
        return _of_financial_year(int(match[1]), int(match[2]), int(match[3]))
    if match := _EITHER.fullmatch(text):
        year, quarter = int(match[1] or match[4]), int(match[2] or match[3])
        raise NotUnderstood(
            f"clear: it may mean {_calendar(year, quarter)}, or {_financial(year, quarter)} in the "
            "financial year. Write the months"
        )
    raise NotUnderstood(f"a period such as {_ACCEPTED}")


def _month(word: str) -> int:
    """The month's number, from its name or a short form of it; 0 where it is none."""
    number = _NUMBERS.get(word[:3].casefold(), 0)
    return number if number and MONTHS[number - 1].casefold().startswith(word.casefold()) else 0


def _of_months(year: int, first: int, last: int) -> DaySpan:
    if last < first:
        raise NotUnderstood("within one year, the earlier month first")
    return _span(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _of_financial_year(quarter: int, first: int, second: int) -> DaySpan:
    if second != (first + 1) % 100:
        raise NotUnderstood("a financial year, such as 2026/27")
    year, month = (first + 1, 1) if quarter == 4 else (first, 1 + 3 * quarter)
    return _of_months(year, month, month + 2)


def _calendar(year: int, quarter: int) -> str:
    return f"{MONTHS[3 * quarter - 3]} to {MONTHS[3 * quarter - 1]} {year}"


def _financial(year: int, quarter: int) -> str:
    span = _of_financial_year(quarter, year, (year + 1) % 100)
    return f"{MONTHS[span.first.month - 1]} to {MONTHS[span.last.month - 1]} {span.first.year}"


def _span(first: date, last: date) -> DaySpan:
    if last < first:
        raise NotUnderstood("the earlier day first")
    return DaySpan(first, last, f"{show_type('date', first)} to {show_type('date', last)}")
