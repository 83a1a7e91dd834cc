"""Typed values as people write them into a deck, so that the very same value is read back."""

from __future__ import annotations

from datetime import date

from engine.days import NotUnderstood
from engine.model.vocabulary import FactSpec, Value
from engine.showing import show_type, show_value
from engine.values import is_missing, parse_value

NONE = "None"  # of a list, or of a fact that may hold several values: stated, and holds none
TO_BE_CONFIRMED = "TBC"

_LIKE_NONE = ("none", "no", "nil", "nothing", "0", "none of them")

_ACCEPTED = {
    "money": "an amount: £1,240,000, £640k or £1.24 million",
    "number": "a number: 12 or 0.5",
    "integer": "a whole number: 12 or 1,200",
    "percentage": "a percentage: 44%",
    "date": "a day: 31 March 2028 or 31/03/2028; March 2028 and Q4 2027 stand for their last day",
    "yes_no": "Yes or No",
    "text": "words",
    "references": "names, with a semicolon between two",
}


def write_value(spec: FactSpec, value: Value) -> str:
    """The value as a cell may hold it, for people and for ``parse_value``.

    A name that holds a semicolon cannot be written among several: see ``separable``.
    """
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, frozenset):
        return _write_several(spec, value)
    if spec.type == "choice":
        return _write_choice(spec, str(value))
    if isinstance(value, date) and value.year < 1000:  # "1 January 800" would be no year
        return value.isoformat()
    return show_type(spec.type, value)


def capitalised(words: str) -> str:
    """With a capital in front."""
    return words[:1].upper() + words[1:]


def how_to_write(spec: FactSpec) -> str:
    """What may be written, as part of a sentence: "an amount: £1,240,000; £0 or more"."""
    if spec.type in ("choice", "choices"):
        labels = "; ".join(_write_choice(spec, value) for value in spec.values)
        return (
            f"one of: {labels}" if spec.type == "choice" else f"any of, with a semicolon: {labels}"
        )
    bounds = []
    if spec.minimum is not None:
        bounds.append(f"{show_value(spec, spec.minimum)} or more")
    if spec.maximum is not None:
        bounds.append(f"{show_value(spec, spec.maximum)} or less")
    return "; ".join([_ACCEPTED[spec.type], *bounds])


def separable(value: Value) -> bool:
    """Whether no name in it holds the semicolon that stands between two names."""
    return not (isinstance(value, frozenset) and any(";" in name for name in value))


def reads_as_none(written: str) -> bool:
    """Whether this, alone, says that a list or a fact of several values holds none."""
    return written.strip().casefold() in _LIKE_NONE


def _write_choice(spec: FactSpec, value: str) -> str:
    """The words for it, or its id where the words could be taken for something else."""
    words = spec.values[value]
    for written in (capitalised(words), words):
        if ";" not in written and not is_missing(written) and _reads_as(spec, written, value):
            return written
    return value


def _reads_as(spec: FactSpec, written: str, value: str) -> bool:
    several = spec.type == "choices"
    try:
        read = parse_value(spec, [written] if several else written)
    except NotUnderstood:  # a letter whose capital is another word's
        return False
    return read == (frozenset({value}) if several else value)


def _write_several(spec: FactSpec, values: frozenset[str]) -> str:
    if not values:
        return NONE
    if spec.type == "references":
        parts = sorted(values, key=lambda name: (not name.isdecimal(), len(name), name))
    else:
        parts = [_write_choice(spec, value) for value in spec.values if value in values]
    text = "; ".join(parts)
    # a semicolon at the end says that this is one name, comma and all, and not that there is none
    return f"{text};" if len(parts) == 1 and ("," in text or reads_as_none(text)) else text
