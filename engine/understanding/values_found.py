"""What stands beside a label, read as the fact's type: never surer than its words allow."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from engine.days import NotUnderstood
from engine.model.pages import Cell, Content
from engine.model.vocabulary import FactSpec
from engine.showing import show_type
from engine.understanding import certainty
from engine.understanding.certainty import Ground
from engine.understanding.labels import asks_for_a_role, role_of
from engine.understanding.words import Label, normal
from engine.values import is_missing, parse_value

_FIRST_YEAR, _LAST_YEAR = 1995, 2100
# text that asks to be replaced: [insert date], <name>, £xxx, dd/mm/yyyy
_PLACEHOLDER = re.compile(
    r"[\[<{].*[\]>}]|£?\s*[x#]+(?:[,.][x#]+)*\s*[km%]?|dd?/mm?/yy+|\.{2,}|_+"
    r"|(?:please |click to |click here to )?(?:insert|enter|add|type)\b.{0,60}",
    re.IGNORECASE | re.DOTALL,
)
_MISSING_BESIDES = frozenset(
    {
        "not applicable", "nil return", "pending", "awaited", "awaiting", "blank", "ditto",
        "n/k", "nk", "n.k", "not yet known", "not yet agreed", "not yet confirmed",
        "not yet decided", "not yet available", "not available", "not stated", "not provided",
        "tba", "tbs", "to be added", "to be advised", "to be completed", "??", "???", "--", "…",
        "asap",
    }
)  # fmt: skip
_NOTHING = frozenset({"nil", "none", "zero"})
# what a form says of its own answers: "list what the project will deliver", "max 200 words"
_GUIDANCE = re.compile(
    r"\byour (?:project|programme|organisation|team|service|answer)\b|\bdelete as appropriate\b"
    r"|\b(?:max(?:imum)?|no more than|at most|up to|in) (?:of )?\d+ words\b|\be\.g\. "
    r"|^(?:please\b|(?:describe|explain|list|state|outline|summari[sz]e|specify|set out|provide"
    r"|give|say|note|include|identify)\b.{0,20}"
    r"\b(?:what|how|why|which|who|where|any|the (?:project|proposal|name)|here|below)\b)",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"(?P<value>.*\S)\s*[¹²³⁰⁴-⁹*†‡]+", re.DOTALL)
_IN_BRACKETS = re.compile(r"\(\s*[-−]?\s*(£[^()]*)\)")
_MEASURED = ("money", "number", "integer", "percentage", "date")
_POINTS_ELSEWHERE = re.compile(
    r"(?:see|refer to|as (?:per|above|below|set out)|please see|attached|as attached|link)\b",
    re.IGNORECASE,
)
_SHORT_DATES = re.compile(
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{2})"
    r"|(?:(?P<day2>\d{1,2})(?:st|nd|rd|th)?[ -])?(?P<name>[A-Za-z]{3,9})[ '’-]+(?P<year2>\d{2})"
)
_A_QUARTER = re.compile(r"q[1-4] \d{4}", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(r"[-−(]?\s*(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s*\)?")
_WITH_TIME = re.compile(r"([\d,.]+)\s*(day|week|month|year|hour)s?", re.IGNORECASE)
_WITH_NOUN = re.compile(r"([\d,.]+) ([a-z]+)", re.IGNORECASE)  # "12 people"
_TIME = re.compile(r"\b(day|week|month|year|hour)s?\b")
_IN_POST = frozenset({"in post", "filled", "appointed", "named", "yes"})
_NOT_IN_POST = frozenset(
    {"vacant", "vacancy", "none", "not appointed", "to be appointed", "unfilled"}
)
# words that make "Head of Finance" a role and no person
_ROLE_WORDS = re.compile(
    r"\b(?:owner|manager|lead|head|director|officer|board|team|sponsor|sro|pm|pmo|analyst"
    r"|architect|partner|chair|chief|service|services|finance|digital|ict?|it|legal|supplier"
    r"|panel|authority|user|users|group|committee|procurement|hr|security|data|delivery|project"
    r"|programme|product|technical|business|operations|commercial|policy|contractor|vendor"
    r"|department|council|engineer|developer|designer|researcher|coordinator|administrator"
    r"|secretary|adviser|advisor|specialist|cio|cto|cfo|coo|ceo|dpo|siro|all)\b",
    re.IGNORECASE,
)
_LETTERS = {"r": "red", "a": "amber", "g": "green", "ar": "amber/red", "ra": "amber/red",
    "ag": "amber/green", "ga": "amber/green"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of a value.

    Attributes:
        written: as the deck states it, so that it is understood there as here; None where it
            does not read as the fact's type.
        limit: what makes it less sure, or None.
        expected: what would have been accepted, where it does not read.
        shown: the value may be shown to people; a person's name may not.
    """

    written: Any
    limit: Ground | None = None
    expected: str = ""
    shown: bool = True


def may_be_shown(spec: FactSpec, reading: Reading) -> bool:
    """Whether people may see what stands there: beside a role, only what reads as an answer."""
    return reading.shown and (reading.written is not None or spec.section != "roles")


def stands_for_nothing(content: Content) -> bool:
    """Whether nobody has answered: a blank, TBC, a text that asks to be replaced."""
    if is_missing(content):
        return True
    if not isinstance(content, str):
        return False
    text = content.strip()
    return text.casefold().rstrip(".") in _MISSING_BESIDES or bool(_PLACEHOLDER.fullmatch(text))


def read_as(spec: FactSpec, content: Content, label: Label, scale_afar: Decimal | None) -> Reading:
    """Read what stands on somebody's own page as the fact's type.

    Args:
        content: not missing.
        label: the words beside it or above it, with their unit.
        scale_afar: the unit in the table's or page's title, or None.
    """
    if spec.type in _MEASURED and isinstance(content, str):
        if match := _FOOTNOTE.fullmatch(content):
            reading = read_as(spec, match["value"], label, scale_afar)
            return replace(reading, limit=_weaker(reading.limit, certainty.FOOTNOTE))
        if spec.type != "date" and content.strip().casefold() in _NOTHING:
            return _try(spec, 0, certainty.NOTHING)
    if role_of(spec):
        return _in_post(spec, content)
    if spec.type == "money":
        return _money(spec, content, label, scale_afar)
    if spec.type == "date":
        return _date(spec, content)
    if spec.type in ("number", "integer", "percentage"):
        return _number(spec, content, label)
    if spec.type in ("choice", "yes_no", "choices"):
        return _choice(spec, content)
    return _text(spec, content)


def as_seen(
    spec: FactSpec, cell: Cell, label: Label, scale_afar: Decimal | None
) -> tuple[Content, Ground | None]:
    """What people see in a cell, as far as it counts for the fact, and what that leaves open."""
    text = isinstance(cell.seen, str)
    if cell.seen is None or spec.type != ("date" if isinstance(cell.content, date) else "money"):
        return cell.content, None
    scale = label.scale if label.scale is not None else scale_afar
    if text or scale not in (None, Decimal(1)):
        return cell.seen, None
    return cell.content, certainty.CUT_SHORT


def _weaker(limit: Ground | None, other: Ground) -> Ground:
    return other if limit is None else limit.weaker(other)


def _try(spec: FactSpec, written: Any, limit: Ground | None = None) -> Reading:
    try:
        parse_value(spec, written)
    except NotUnderstood as error:
        return Reading(None, limit, error.expected)
    return Reading(written, limit)


def _text(spec: FactSpec, content: Content) -> Reading:
    if isinstance(content, date):
        content = show_type("date", content)
    if isinstance(content, str) and _POINTS_ELSEWHERE.match(content):
        return _try(spec, content, certainty.POINTS_ELSEWHERE)
    if asks_for_a_role(spec) and not _ROLE_WORDS.search(str(content)):
        return Reading(None, certainty.MAYBE_A_PERSON, "the role, and not the person", shown=False)
    if isinstance(content, str) and content.strip().casefold() in _NOTHING:
        return _try(spec, content, certainty.NOTHING)
    if isinstance(content, str) and _GUIDANCE.search(content):
        return _try(spec, content, certainty.GUIDANCE)
    if spec.name in ("organisation.id", "gate.requested"):  # they choose rules, and are ids
        return _try(spec, content, certainty.DECIDES_THE_RULES)
    if spec.type == "references" and isinstance(content, str):
        return _try(spec, [part.strip() for part in re.split(r"[;,]", content) if part.strip()])
    return _try(spec, content)


def _in_post(spec: FactSpec, content: Content) -> Reading:
    """Whether a role is filled: a name beside it says so, and is never shown."""
    if isinstance(content, bool):
        return Reading(content)
    text = str(content).strip().casefold()
    if text in ("yes", "no", "y", "n"):
        return _try(spec, text)
    if text in _IN_POST:
        return Reading(True, certainty.PERSON)
    if any(text.startswith(word) for word in _NOT_IN_POST):
        return Reading(False, certainty.VACANT)
    return Reading(True, certainty.PERSON, shown=False)


def _money(spec: FactSpec, content: Content, label: Label, afar: Decimal | None) -> Reading:
    if isinstance(content, bool | date):
        return _try(spec, content)
    if isinstance(content, str) and (match := _IN_BRACKETS.fullmatch(content.strip())):
        content = f"-{match[1].strip()}"  # an accountant's minus
    if isinstance(content, str) and not _PLAIN_NUMBER.fullmatch(content.strip()):
        reading = _try(spec, content)
        own = re.search(r"[a-z]", content, re.IGNORECASE)
        scale = label.scale if label.scale is not None else afar
        if reading.written is not None and not own and scale not in (None, Decimal(1)):
            # "£500" below "£k": one of the two units is wrong
            return Reading(reading.written, certainty.OTHER_UNIT)
        return reading
    if label.percent or label.time:
        return _try(spec, content, certainty.OTHER_UNIT)
    scale = label.scale if label.scale is not None else afar
    if scale is None:
        return _try(spec, content, certainty.NO_UNIT)
    limit = certainty.UNIT_FROM_AFAR if label.scale is None else None
    number = str(content).strip().replace(",", "").replace("−", "-")
    if number.startswith("("):  # an accountant's minus
        number = f"-{number.strip('() ')}"
    return _scaled(spec, Decimal(number), scale, limit)


def _scaled(spec: FactSpec, number: Decimal, scale: Decimal, limit: Ground | None) -> Reading:
    """The amount with its unit in its words, so that people see what it was read from."""
    unit = {Decimal(1000): "k", Decimal(10**6): "m", Decimal(10**9): "bn"}.get(scale)
    if unit is None:
        return _try(spec, round(number, 2), limit)  # formulas leave fractions of pennies
    reading = _try(spec, f"{'-' if number < 0 else ''}£{abs(number):f}{unit}", limit)
    return reading if reading.written is not None else _try(spec, round(number * scale, 2), limit)


def _date(spec: FactSpec, content: Content) -> Reading:
    if isinstance(content, date):
        odd = not _FIRST_YEAR <= content.year <= _LAST_YEAR
        return _try(spec, content, certainty.ODD_YEAR if odd else None)
    if not isinstance(content, str):
        return _try(spec, str(content))
    text = " ".join(content.split())
    if match := _SHORT_DATES.fullmatch(text):
        year = f"20{match['year'] or match['year2']}"
        if match["name"]:
            full = " ".join(filter(None, (match["day2"], match["name"], year)))
        else:
            full = f"{match['day']}/{match['month']}/{year}"
        return _try(spec, full, certainty.SHORT_YEAR)
    reading = _try(spec, text, certainty.QUARTER if _A_QUARTER.fullmatch(text) else None)
    if reading.written is not None:
        day = parse_value(spec, reading.written)
        if isinstance(day, date) and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            return Reading(reading.written, certainty.ODD_YEAR)
    return reading


def _number(spec: FactSpec, content: Content, label: Label) -> Reading:
    """A number whose unit is the fact's own, if it has any."""
    asked = _TIME.search(spec.label)
    given = label.time or next((m[1] for m in [_TIME.search(label.key)] if m), "")
    limit = None
    if isinstance(content, str) and (match := _WITH_TIME.fullmatch(content.strip())) and asked:
        content, given = match[1], match[2].lower()
    if isinstance(content, str) and (match := _WITH_NOUN.fullmatch(content.strip())):
        nouns = set(normal(f"{spec.label} {spec.question}").split())
        content = match[1] if normal(match[2]) in nouns else content
    if asked and given != asked[1]:
        limit = certainty.OTHER_UNIT if given else certainty.NO_UNIT
    elif label.percent and spec.type != "percentage":
        limit = certainty.OTHER_UNIT
    elif label.scale is not None or (label.time and not asked and spec.type == "integer"):
        limit = certainty.OTHER_UNIT
    if spec.type != "percentage" and isinstance(content, str) and content.endswith("%"):
        content, limit = content.removesuffix("%").strip(), certainty.PER_CENT_LEFT_OUT
    reading = _try(spec, content, limit)
    if spec.type == "percentage" and reading.written is not None and not limit:
        value = parse_value(spec, reading.written)
        shown = isinstance(content, str) and content.rstrip().endswith("%")
        if not shown and isinstance(value, Decimal) and 0 < abs(value) <= 1:
            return Reading(reading.written, certainty.MAYBE_A_FRACTION)
    return reading


def _choice(spec: FactSpec, content: Content) -> Reading:
    if not isinstance(content, str):
        return _try(spec, content)
    if spec.type == "choices":
        parts = re.split(r";", content) if ";" in content else content.split(",")
        known = [_one_of(spec, part) for part in parts if part.strip()]
        written = [id_ for id_ in known if id_]
        if len(written) < len(known):
            return _try(spec, content.split(";"))
        return Reading(written)
    if spec.type == "choice":
        letter = _LETTERS.get(re.sub(r"[\s/-]", "", content.casefold()), "")
        colours = {normal(words): id_ for id_, words in spec.values.items()}
        if letter and {"red", "amber", "green"} <= colours.keys() and normal(letter) in colours:
            return Reading(colours[normal(letter)], certainty.RATING_LETTER)
        if id_ := _one_of(spec, content):
            return Reading(id_)
    return _try(spec, content)


def _one_of(spec: FactSpec, words: str) -> str:
    """The id of the value with these words, whatever their case and hyphens; or ""."""
    key = normal(words)
    return next((id_ for id_, own in spec.values.items() if key in (normal(own), normal(id_))), "")


def not_readable(expected: str) -> Ground:
    """The label fits, and what stands beside it does not."""
    return Ground(certainty.NOT_READABLE, f"it is not {expected}")
