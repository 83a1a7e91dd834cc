"""A number in a workbook as people see it: a day, a percentage, a time, or the number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Context, Decimal, DecimalException
from functools import lru_cache

from engine.model.pages import Content
from engine.showing import MONTHS

# the formats that every workbook has by number, without saying so
BUILT_IN = {
    9: "0%", 10: "0.00%", 14: "d/m/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "d/m/yyyy h:mm",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    **dict.fromkeys([*range(27, 32), 36, *range(50, 55), 57, 58], "yyyy/m/d"),
    **dict.fromkeys([32, 33, 34, 35, 55, 56], "h:mm"),
}  # fmt: skip

_DIGITS = Context(prec=15)  # what Excel itself keeps; more is the noise of binary fractions
_LAST_DAY = 2_958_465  # 31 December 9999, where Excel's calendar ends
_DAY_BEFORE_1900 = date(1899, 12, 31)
_FIRST_OF_1904 = date(1904, 1, 1)

# text in quotes, one escaped character, a space as wide as one, a fill, something in brackets
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\](?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]'
    r"|General|AM/PM|A/P|(?P<mark>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_COMPARE = {
    "<": Decimal.__lt__, "<=": Decimal.__le__, ">": Decimal.__gt__, ">=": Decimal.__ge__,
    "=": Decimal.__eq__, "<>": Decimal.__ne__,
}  # fmt: skip
_CURRENCIES = ("£", "€", "$", "¥", "GBP", "EUR", "USD")
_UNITS = {"k", "m", "mn", "bn", "b", "thousand", "million", "billion"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a number is to those who look at it.

    Attributes:
        problem: why it is nothing that can be told, or "".
        cut: a time of day was left out of the day.
        seen: what its format makes of it where that says more or else: "£1,500", "March 2027",
            1240 of 1,240,000 that is shown in thousands.
    """

    content: Content
    problem: str = ""
    cut: bool = False
    seen: Content = None


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the parts of a format, between semicolons.

    Attributes:
        kind: "day", "month", "year", "time", "elapsed", "percent", "number" or "hidden".
        unit: a word for a scale after the digits: "m", "bn"; or "".
        thousands: how often the number is divided by a thousand to be shown.
        currency: "£", "$", "USD" or the like; or "".
        condition: an operator and a number, or None.
    """

    kind: str
    unit: str
    thousands: int
    currency: str
    condition: tuple[str, Decimal] | None


def as_shown(written: str, code: str, *, from_1904: bool) -> Shown:
    """What people see of a number.

    Args:
        written: the number as the file has it: "0.44000000000000006".
        code: its cell's format: "0%".
        from_1904: the workbook counts days from 1904, not 1900.
    """
    try:
        number = _DIGITS.create_decimal(written.strip())
    except DecimalException:
        return Shown(None, "a number that cannot be read")
    if not number.is_finite() or abs(number.adjusted()) > 300:
        return Shown(None, "a number that cannot be read")
    section = _section_for(number, code)
    match section.kind:
        case "hidden":
            return Shown(None, "a number that its format hides")
        case "day":
            return _day(number, from_1904=from_1904)
        case "month" | "year":
            return _part_of_day(_day(number, from_1904=from_1904), section.kind)
        case "time" | "elapsed":
            return Shown(_clock(number, section.kind))
        case "percent":
            return Shown(_plain(number.scaleb(2)))
    scaled = number.scaleb(-3 * section.thousands).normalize()
    if section.unit:
        foreign = "" if section.currency == "£" else section.currency
        return Shown(f"{foreign}{scaled:f}{section.unit}")
    if section.thousands:
        return Shown(_plain(number), seen=_plain(scaled))
    if section.currency:
        return Shown(_plain(number), seen=_amount(number, section.currency))
    return Shown(_plain(number))


def _amount(number: Decimal, currency: str) -> str:
    """An amount with its sign and currency; formulas leave fractions of pennies."""
    pence = round(abs(number), 2)
    sign = "-" if number < 0 else ""
    return f"{sign}{currency}{pence:,f}".removesuffix(".00")


def _plain(number: Decimal) -> int | Decimal:
    whole = number.to_integral_value()
    return int(whole) if whole == number else number.normalize()


def _day(number: Decimal, *, from_1904: bool) -> Shown:
    days = int(number.to_integral_value(ROUND_FLOOR))
    cut = number != days
    if from_1904 and 0 <= days <= _LAST_DAY - 1462:
        return Shown(_FIRST_OF_1904 + timedelta(days), cut=cut)
    # Excel counts a 29 February 1900 that never was: day 60
    if not from_1904 and 1 <= days <= _LAST_DAY and days != 60:
        return Shown(_DAY_BEFORE_1900 + timedelta(days if days < 60 else days - 1), cut=cut)
    return Shown(None, f"a number ({_plain(number)}) that is shown as a day and is none")


def _part_of_day(day: Shown, kind: str) -> Shown:
    """A month or year alone is seen; Excel keeps its first day where somebody typed no other."""
    if not isinstance(day.content, date) or day.content.day != 1:
        return day
    month = f"{MONTHS[day.content.month - 1]} " if kind == "month" else ""
    return Shown(day.content, cut=day.cut, seen=f"{month}{day.content.year}")


def _clock(number: Decimal, kind: str) -> str:
    """A time of day, or a span of time, as text: a deck has no such values."""
    seconds = int((number * 86_400).to_integral_value())
    if kind == "time":
        seconds %= 86_400
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    minutes, second = divmod(seconds, 60)
    text = f"{sign}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{second:02}" if second else text


def _section_for(number: Decimal, code: str) -> _Section:
    """The part of a format that is in force for a number."""
    sections = _sections(code)
    for section in sections:
        if section.condition is not None:
            operator, bound = section.condition
            if _COMPARE[operator](number, bound):
                return section
    if any(section.condition for section in sections):
        return next((s for s in sections if s.condition is None), sections[-1])
    if number < 0 and len(sections) > 1:
        return sections[1]
    if number == 0 and len(sections) > 2:
        return sections[2] if sections[2].kind != "number" else sections[0]
    return sections[0]


_HIDDEN = _Section("hidden", "", 0, "", None)


@lru_cache(maxsize=1_000)
def _sections(code: str) -> tuple[_Section, ...]:
    """The parts of a format; of more than three the last is for text."""
    parts: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code):
        if token["mark"] == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return tuple(_section(part) if part or len(parts) == 1 else _HIDDEN for part in parts[:3])


def _section(tokens: list[re.Match[str]]) -> _Section:
    marks = "".join((token["mark"] or " ").lower() for token in tokens)
    brackets = [token["bracket"] for token in tokens if token["bracket"] is not None]
    words = "".join(token["quoted"] or token["escaped"] or "" for token in tokens).strip("£$€ ")
    condition = next((found for each in brackets if (found := _CONDITION.fullmatch(each))), None)
    if any(re.fullmatch("h+|m+|s+", each, re.IGNORECASE) for each in brackets):
        kind = "elapsed"
    elif re.search("[yd]", marks) or ("m" in marks and not re.search("[hs]", marks)):
        kind = "day" if "d" in marks or "y" not in marks else "month" if "m" in marks else "year"
    elif re.search("[hs]", marks):
        kind = "time"
    else:
        kind = "percent" if "%" in marks else "number"
    scaled = re.search(r"[0#?](,+)(?![0#?,])", marks)
    return _Section(
        kind,
        words if words.lower() in _UNITS else "",
        len(scaled[1]) if scaled else 0,
        _currency(tokens, brackets),
        (condition[1], Decimal(condition[2])) if condition else None,
    )


def _currency(tokens: list[re.Match[str]], brackets: list[str]) -> str:
    """The currency that a format puts beside the digits: [$€-2], "£" or a bare sign."""
    named = [each[1:].partition("-")[0].strip() for each in brackets if each.startswith("$")]
    words = "".join(token["quoted"] or token["escaped"] or token["mark"] or "" for token in tokens)
    found = next((name for name in named if name), "") or next(
        (sign for sign in _CURRENCIES if sign in words), ""
    )
    return "£" if found == "GBP" else found
