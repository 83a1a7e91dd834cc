"""Texts with their holes filled, and the sentences that no rule author writes."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from engine.conditions import Facts
from engine.model.assessment import Evidence
from engine.model.rules import Rule, Text
from engine.model.thresholds import Threshold
from engine.model.vocabulary import Vocabulary
from engine.operators import OPERATORS
from engine.showing import join_words, show_threshold, show_type, show_value

_MOST_NAMED = 4  # missing facts named in one sentence
_MOST_ITEMS = 5  # items named in one sentence


def fill(
    text: Text,
    facts: Facts,
    vocabulary: Vocabulary,
    thresholds: Mapping[str, Threshold],
    roles: Mapping[str, str],
    evidence: tuple[Evidence, ...] = (),
) -> str:
    """The text with every hole filled; what is missing reads "not stated".

    Args:
        evidence: what decided, for the hole that names the items.
    """
    words = []
    for part in text:
        if isinstance(part, str):
            words.append(part)
        elif part.kind == "items":
            words.append(_items_in_words(evidence))
        elif part.kind == "role":
            words.append(roles[part.name])
        elif part.kind == "threshold":
            value = facts.thresholds.get(part.name)
            threshold = thresholds[part.name]
            words.append("ended" if value is None else show_threshold(threshold, value))
        else:
            stated = facts.values.get(part.name)
            spec = vocabulary.facts[part.name]
            words.append("not stated" if stated is None else show_value(spec, stated))
    filled = "".join(words)
    return filled[:1].upper() + filled[1:]


def to_confirm(evidence: tuple[Evidence, ...]) -> str:
    """What the file may say of what is missing, as a sentence to put behind a reason; or ""."""
    found = [each for each in evidence if each.perhaps and each.place is not None]
    if not found:
        return ""
    shown = [f"{e.label} {e.perhaps} [{e.place.where}]" for e in found[:_MOST_NAMED] if e.place]
    more = [f"{len(found) - _MOST_NAMED} more"] if len(found) > _MOST_NAMED else []
    return f" The file may say it, for somebody to confirm first: {'; '.join([*shown, *more])}."


def _items_in_words(evidence: tuple[Evidence, ...]) -> str:
    """Each item that decided, with what was met in it, and what was asked if it is one thing."""
    items: dict[str, list[str]] = {}
    for found in evidence:
        if found.item and found.value is not None and found.raw is not None:
            label = found.label.removesuffix(f" of {found.item}")
            one_thing = found.expected not in ("", "is stated") and " or " not in found.expected
            asked = f" (asked: {found.expected})" if one_thing else ""
            items.setdefault(found.item, []).append(f"{label} {found.value}{asked}")
    named = [f"{item}: {', '.join(met)}" for item, met in islice(items.items(), _MOST_ITEMS)]
    if len(items) > _MOST_ITEMS:
        named.append(f"and {len(items) - _MOST_ITEMS} more")
    return "; ".join(named) or "no item of the list"


def reason_unknown(evidence: tuple[Evidence, ...]) -> str:
    """What the deck leaves out, where the rule has no words of its own for that."""
    missing = [e for e in evidence if e.value is None]
    if not missing:
        return f"Not enough information{_what_else_is_missing(evidence)}."
    # what is worked out is not for a deck to state: what that lacks stands beside it
    to_state = [e for e in missing if e.write]
    if to_state:
        return f"Not enough information: the deck does not state {_named(to_state)}."
    return f"Not enough information: what the deck states does not settle {_named(missing)}."


def reason_contradicted(evidence: tuple[Evidence, ...]) -> str:
    """Why nothing can be concluded from a deck that states everything that is asked for."""
    stated = list(dict.fromkeys(f"{e.label}: {e.value}" for e in evidence if e.value is not None))
    return f"What the deck states does not fit together: {'; '.join(stated[:_MOST_NAMED])}."


def _named(missing: list[Evidence]) -> str:
    """The first few by what sentences call them, and how many more there are."""
    names = list(dict.fromkeys(e.label for e in missing))
    named, rest = names[:_MOST_NAMED], len(names) - _MOST_NAMED
    if rest > 0:
        named.append(f"{rest} more")
    article = "" if names[0].startswith(("how ", "what ", "who ", "why ")) else "the "
    return f"{article}{join_words(named)}"


def reason_unclear(evidence: tuple[Evidence, ...]) -> str:
    """What the deck leaves out, where it cannot be told whether the rule is asked of it."""
    return f"It is not clear whether this applies. {reason_unknown(evidence)}"


def _what_else_is_missing(evidence: tuple[Evidence, ...]) -> str:
    """Where everything is stated: a number that has ended, or a day that has not come."""
    for found in evidence:
        if "no value on that day" in found.expected:
            return f": the rule {found.expected}"
        if found.expected == OPERATORS["reached"].words:
            return f": the {found.label}, {found.value}, has not come"
    return ""


def reason_not_in_force(rule: Rule, gate: str | None, facts: Facts) -> str:
    """Why a rule is not asked at this gate or on this day, or "" where it is."""
    first, last = rule.in_force
    if rule.gates and gate is not None and gate not in rule.gates:
        return "Asked at other gates."
    if first is not None and facts.as_of < first:
        return f"In force from {show_type('date', first)}."
    if last is not None and facts.as_of > last:
        return f"No longer in force: it ended after {show_type('date', last)}."
    return ""


def reason_not_applicable(evidence: tuple[Evidence, ...]) -> str:
    """Why a rule that is in force is not asked of this deck."""
    for found in evidence:
        if found.value is not None:
            label = found.label[:1].upper() + found.label[1:]
            return f"Does not apply. {label}: {found.value}."
    for found in evidence:
        return f"Does not apply. The organisation's own rules do not speak of the {found.label}."
    return "Does not apply to this deck."


def reason_not_checked(missing: tuple[Evidence, ...]) -> str:
    """What the deck leaves out, where that decides whether a rule is asked of it at all."""
    return f"Not checked: the deck does not state {_named(list(missing))}."
