"""Words as they are compared, and labels taken apart: units and brackets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_NUMBERING = re.compile(
    r"^\s*(?:(?:q\.?)?\d+(?:\.\d+)*[.):]?\s+|[a-z][.)]\s+|[•▪◦*–-]\s*)", re.IGNORECASE
)
_FOOTNOTE = re.compile("[¹²³⁰⁴-⁹]+")  # before they are taken for plain figures
_SILENT = frozenset({"the", "a", "an", "of", "our", "your", "this", "is", "are"})
_TRAILING_UNIT = re.compile(
    r"(?:^|[\s,:]+)(?:in\s+)?(£\s*(?:['’]?000s?|k|m|bn|mn?|million|thousands?|billion)?|%)\s*$",
    re.IGNORECASE,
)
_SCALES: Mapping[str, Decimal] = {
    "": Decimal(1),
    "k": Decimal(1000), "000": Decimal(1000), "000s": Decimal(1000),
    "thousand": Decimal(1000), "thousands": Decimal(1000),
    "m": Decimal(10**6), "mn": Decimal(10**6), "million": Decimal(10**6),
    "millions": Decimal(10**6),
    "bn": Decimal(10**9), "billion": Decimal(10**9),
}  # fmt: skip
_MONEY_UNIT = re.compile(
    r"(?:in\s+)?£\s*['’]?\s*([a-z0]*)|(?:in\s+)?([a-z]+)\s+(?:of\s+)?£", re.IGNORECASE
)
_A_YEAR = re.compile(r"\s*(?:p\.?a\.?|per annum|per year|a year|/ ?year|/ ?yr)$", re.IGNORECASE)
_TIME_UNITS = frozenset({"day", "week", "month", "year", "hour"})
# in brackets beside a label, these do not change what is asked
_HARMLESS = re.compile(
    r"(?:dd?[/ -]mm+[/ -]yy+(?:yy)?|\d+\s*(?:-|–|to)\s*\d+|y(?:es)?\s*/\s*n(?:o)?|r/?a/?g(?:/?b)?"
    r"|fte|s|if known|if any|optional|mandatory|required|please \w+|number|score|date|h/m/l)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label taken apart.

    Attributes:
        key: its words as they are compared.
        scale: what an amount below or beside it is multiplied by, or None where no unit is given.
        percent: "%" stands in it.
        time: "month", "year" or the like stands in its brackets, or "".
        qualifiers: what else stands in brackets.
    """

    key: str
    scale: Decimal | None = None
    percent: bool = False
    time: str = ""
    qualifiers: tuple[str, ...] = ()


@lru_cache(maxsize=50_000)
def normal(text: str) -> str:
    """The words as they are compared: no case, punctuation, plurals, "of" and "the"."""
    text = _FOOTNOTE.sub("", text)
    text = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    text = re.sub(r"['’]s?\b", "", text)
    words = re.findall(r"[^\W_]+", text)
    kept = [word for word in words if word not in _SILENT] or words
    return " ".join(_singular(word) for word in kept)


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=50_000)
def take_apart(text: str) -> Label:
    """The label without its brackets and unit, and what these say."""
    text = _FOOTNOTE.sub("", " ".join(text.split()))
    text = _NUMBERING.sub("", text, count=1).rstrip(" :?*†‡")
    scale, percent, time = None, False, ""
    qualifiers: list[str] = []
    insides = [each.strip() for each in _BRACKETS.findall(text)]
    bare = _BRACKETS.sub(" ", text).strip(" :?")
    if match := _TRAILING_UNIT.search(bare):
        bare = bare[: match.start()]
        insides.append(match[1])
    for inside in insides:
        amount, a_year = _A_YEAR.subn("", inside)
        unit = scale_of(amount)
        if unit is not None:
            scale = unit
            qualifiers += ["a year"] * bool(a_year)
        elif inside in ("%", "per cent", "percent", "percentage"):
            percent = True
        elif normal(inside) in _TIME_UNITS:
            time = normal(inside)
        elif inside and not _HARMLESS.fullmatch(inside):
            qualifiers.append(inside)
    return Label(normal(bare), scale, percent, time, tuple(qualifiers))


def scale_of(unit: str) -> Decimal | None:
    """What "£", "£k", "£000" or "£ million" multiplies a number by; None of anything else."""
    match = _MONEY_UNIT.fullmatch(unit.strip())
    if match is None:
        return None
    return _SCALES.get((match[1] or match[2] or "").lower())
