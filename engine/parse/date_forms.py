"""Ways to write a date, as mapping files name them: "dd/mm/yyyy"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from engine.days import NotUnderstood
from engine.model.mapping import DateForm
from engine.showing import MONTHS

_PART = re.compile(r"yyyy|yy|mmmm|mmm|hh:mm:ss|hh:mm|mm|m|dd|d|[a-z]+|.", re.DOTALL)
_PATTERNS = {
    "yyyy": r"(?P<year>\d{4})",
    "yy": r"(?P<year>\d{2})",
    "mmmm": r"(?P<month>[a-z]+)",
    "mmm": r"(?P<month>[a-z]{3,4})\.?",
    "mm": r"(?P<month>\d{2})",
    "m": r"(?P<month>\d{1,2})",
    "dd": r"(?P<day>\d{2})",
    "d": r"(?P<day>\d{1,2})",
    "hh:mm:ss": r"\d{1,2}:\d{2}:\d{2}(?:\.\d+)?",
    "hh:mm": r"\d{1,2}:\d{2}",
}
_KINDS = {"yyyy": "Y", "yy": "#", "mmmm": "M", "mmm": "M", "mm": "#", "m": "#", "dd": "#", "d": "#"}
_MONTH_NUMBERS = {name[:3].casefold(): number for number, name in enumerate(MONTHS, 1)}
EXAMPLES = "dd/mm/yyyy, d/m/yyyy, yyyy-mm-dd, dd.mm.yy, d mmmm yyyy or yyyy-mm-dd hh:mm:ss"


def parse_date_form(written: str) -> DateForm:
    """A way to write a date: year, month and day once each; a time of day is read and left.

    Raises:
        NotUnderstood: it is none.
    """
    parts = _PART.findall(" ".join(written.split()))
    named = [_PATTERNS[part] for part in parts if part in _PATTERNS]
    groups = sorted(re.findall(r"\?P<(\w+)>", "".join(named)))
    strange = [part for part in parts if part not in _PATTERNS and re.fullmatch("[a-z]+", part)]
    if groups != ["day", "month", "year"] or strange:
        raise NotUnderstood(EXAMPLES)
    pattern = "".join(_PATTERNS.get(part) or re.escape(part.casefold()) for part in parts)
    return DateForm(written, re.compile(pattern))


def find_ambiguous(forms: Sequence[DateForm]) -> tuple[DateForm, DateForm] | None:
    """Two forms that would read the same text as different days, if there are any."""
    seen: dict[str, tuple[DateForm, str]] = {}
    for form in forms:
        parts = list(_PART.findall(" ".join(form.written.split())))
        skeleton = "".join(_KINDS.get(part, part) for part in parts)
        order = "".join(part[0] for part in parts if part in _KINDS)
        other, its_order = seen.setdefault(skeleton, (form, order))
        if its_order != order:
            return other, form
    return None


def read_date(text: str, forms: Sequence[DateForm]) -> date:
    """The day that a text says in one of the forms; "yy" is of this century.

    Raises:
        NotUnderstood: it says none.
    """
    plain = " ".join(text.split()).casefold()
    expected = "a date written as " + " or ".join(form.written for form in forms)
    for form in forms:
        found = form.pattern.fullmatch(plain)
        if found is None:
            continue
        year, month = found["year"], found["month"]
        number = int(month) if month.isdecimal() else _month(month, form)
        try:
            return date(int(year) + (2000 if len(year) == 2 else 0), number, int(found["day"]))
        except ValueError:
            raise NotUnderstood(f"a day that exists, written as {form.written}") from None
    raise NotUnderstood(expected)


def _month(name: str, form: DateForm) -> int:
    """The number of a month by its name, or 0; a whole name where the form asks for one."""
    number = _MONTH_NUMBERS.get(name[:3], 0)
    whole = MONTHS[number - 1].casefold() if number else ""
    short = {whole[:3], "sept"} if number == 9 else {whole[:3]}
    allowed = {whole} if "mmmm" in form.written else short
    return number if name in allowed else 0
