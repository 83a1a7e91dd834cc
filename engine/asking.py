"""What is asked of one fact, in words, where several conditions meet on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from engine.model.vocabulary import FactSpec
from engine.operators import OPERATORS
from engine.showing import join_words, show_choice, show_value
from engine.tracing import Path

STATED = OPERATORS["present"].words
_NOT_STATED = OPERATORS["absent"].words
# Of two bounds on one side, the one that is kept where both must hold; the other where either may.
_HIGHER, _LOWER = ("at_least", "over", "after", "on_or_after"), (
    "at_most", "under", "before", "on_or_before",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """One comparison that a fact did not pass, and where it stands in the whole condition.

    Attributes:
        right: what it is compared with; None where that is missing.
        values: the choices that a comparison with values allows or rules out, else ().
        text: the comparison in words, or "" where it only says of what something is asked.
    """

    spec: FactSpec
    operator: str
    right: Any
    values: tuple[Any, ...]
    text: str
    path: Path


def several_in_words(asked: Sequence[Asked]) -> str:
    """Everything that is asked of a fact: what must hold together, and what is enough alone."""
    parts = [each for each in asked if each.text and each.operator not in _SILENT]
    if not parts:
        return next((each.text for each in asked if each.text), "")
    texts = _at(parts, 0)
    return texts if isinstance(texts, str) else _text_of(texts)


_SILENT = ("present", "known", "absent")  # go without saying where something else is asked too


def _at(asked: Sequence[Asked], depth: int) -> Asked | str:
    """The conditions from this depth of the whole condition down, as one or in words."""
    if len(asked) == 1:
        return asked[0]
    if all(len(each.path) <= depth for each in asked):
        return _joined(list(asked), ways=False)
    keyed = sorted(asked, key=lambda each: each.path[depth : depth + 1])
    branches = [list(found) for _, found in groupby(keyed, lambda e: e.path[depth : depth + 1])]
    if len(branches) == 1:
        return _at(asked, depth + 1)
    ways = any(each.path[depth][0] for each in asked if len(each.path) > depth)
    return _joined([_at(branch, depth + 1) for branch in branches], ways=ways)


def _joined(parts: Sequence[Asked | str], *, ways: bool) -> Asked | str:
    """Parts that must all hold, or (where they are ways) of which one is enough."""
    kept: list[Asked | str] = []
    for part in parts:
        for n, other in enumerate(kept):
            if isinstance(part, Asked) and isinstance(other, Asked):
                one = _as_one(other, part, ways)
                if one is not None:
                    kept[n] = one
                    break
            elif part == other:
                break
        else:
            kept.append(part)
    if len(kept) == 1:
        return kept[0]
    words = list(dict.fromkeys(_text_of(part) for part in kept))
    inside = any(" or " in word or " and " in word for word in words)
    between = "or" if ways else "and"
    if len(words) == 2:
        return f"{words[0]}{',' if inside else ''} {between} {words[1]}"
    return join_words(words, between)


def _text_of(part: Asked | str) -> str:
    return part if isinstance(part, str) else part.text


def _as_one(first: Asked, second: Asked, ways: bool) -> Asked | None:
    """Two comparisons as one that says the same, or None where they are two."""
    if first.text == second.text:
        return first
    allow, rule_out = ("is", "one_of"), ("is_not", "none_of")
    same = allow if ways else rule_out
    if first.operator in same and second.operator in same and first.values and second.values:
        values = tuple(dict.fromkeys((*first.values, *second.values)))
        operator = same[len(values) > 1]
        text = values_in_words(first.spec, operator, values)
        return Asked(first.spec, operator, None, values, text, first.path)
    if first.operator != second.operator or first.right is None or second.right is None:
        return None
    if first.operator not in (*_HIGHER, *_LOWER):
        return None
    rank = _rank(first.spec)
    first_is_higher = rank(first.right) >= rank(second.right)
    keep_higher = (first.operator in _HIGHER) is not ways
    return first if first_is_higher is keep_higher else second


def _rank(spec: FactSpec) -> Any:
    """What orders the values of a fact."""
    return spec.ranks.__getitem__ if spec.type == "choice" else lambda value: value


def values_in_words(spec: FactSpec, operator: str, values: Sequence[Any]) -> str:
    """That a fact is one of these values, or is none of them."""
    if operator in ("is", "one_of"):
        return f"is {join_words([shown(spec, value) for value in values], 'or')}"
    if len(values) == 1 and isinstance(values[0], bool):
        return f"is {show_value(spec, not values[0])}"
    words = [shown(spec, value) for value in values]
    return f"is not {words[0]}" if len(words) == 1 else f"is neither {join_words(words, 'nor')}"


def shown(spec: FactSpec, value: Any) -> str:
    """A value inside a sentence: a choice's label in quotation marks where it would be misread."""
    return show_choice(spec, value) if spec.type == "choice" else show_value(spec, value)
