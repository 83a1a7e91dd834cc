"""Typed values as people read them, and as machines do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from engine.model.conditions import Period
from engine.model.thresholds import Threshold
from engine.model.vocabulary import FactSpec, FactType, ThresholdType, Value

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def show_value(spec: FactSpec, value: Value) -> str:
    """The value in plain words: £1,240,000; 21 November 2026; 50%; yes; the choice's label."""
    if isinstance(value, str) and spec.type == "choice":
        return spec.values.get(value, value)
    if isinstance(value, frozenset) and spec.type == "references":
        return join_words(sorted(value, key=_natural)) if value else "none"
    if isinstance(value, frozenset):
        labels = [label for id_, label in spec.values.items() if id_ in value]
        return join_words(labels) if labels else "none of them"
    return show_type(spec.type, value)


def show_choice(spec: FactSpec, value: Value) -> str:
    """A choice's label inside a sentence, in quotation marks where it would be misread."""
    label = show_value(spec, value)
    misread = label.startswith(("not ", "no ", "nothing ")) or any(w in label for w in _TORN)
    return f"“{label}”" if misread else label


_TORN = (", ", " or ", " and ", " nor ")  # in a label, these read as the sentence's own


def _natural(name: str) -> tuple[int, str]:
    """Milestone 2 comes before milestone 10."""
    return (int(name), "") if name.isdecimal() else (-1, name)


def show_type(type_: FactType | ThresholdType, value: Value) -> str:
    """A value that belongs to no fact (a threshold's) in plain words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    if type_ == "money" and isinstance(value, int):
        pounds, pence = divmod(abs(value), 100)
        return f"{'-' if value < 0 else ''}£{pounds:,}" + (f".{pence:02d}" if pence else "")
    if isinstance(value, Decimal | int):
        # normalize drops the zeros that a multiplication or a share leaves: 0.5000
        return f"{Decimal(value).normalize():,f}" + ("%" if type_ == "percentage" else "")
    return str(value)


def show_threshold(threshold: Threshold, value: Value | Period) -> str:
    """A threshold's value in plain words, a state by the words for it."""
    if isinstance(value, Period):
        return show_period(value)
    if threshold.type == "choice":
        return threshold.labels.get(str(value), str(value))
    return show_type(threshold.type, value)


def show_period(period: Period) -> str:
    """A period in plain words: "1 month", "31 days"."""
    unit = period.unit if abs(period.amount) != 1 else period.unit[:-1]
    return f"{period.amount} {unit}"


def show_count(number: int, noun: str) -> str:
    """A number of things in plain words: "1 cell", "1,200 cells"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def join_words(words: list[str], last: str = "and") -> str:
    """Words in a sentence: "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def canonical(spec: FactSpec, value: Value) -> str:
    """The value for machines: pounds and pence, an ISO date, a choice's id, yes or no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if spec.type == "money" and isinstance(value, int):
        return f"{Decimal(value) / 100:.2f}"
    if isinstance(value, frozenset):
        return ",".join(sorted(value))
    return value.isoformat() if isinstance(value, date) else f"{value}"
