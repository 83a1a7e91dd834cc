"""The one table of operators: how sentences say each, which facts it suits and when it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from engine.model.vocabulary import NUMERIC, FactSpec, FactType, type_names

Truth = bool | None  # None is unknown


@dataclass(frozen=True, slots=True)
class Operator:
    """One comparison.

    Attributes:
        words: how sentences say it.
        types: the facts it suits.
        takes: what its right-hand side is: one value, several, a period, or nothing.
        holds: left, right and a date to true or false; only one that takes nothing may answer
            unknown. The right-hand side of an operator that takes a period is the day that lies
            that long before the date.
        by_rank: a choice must be an ordered one, and is compared by its rank.
    """

    words: str
    types: frozenset[FactType]
    takes: Literal["value", "values", "period", "nothing"]
    holds: Callable[[Any, Any, date], Truth]
    by_rank: bool = False

    def suits(self, spec: FactSpec) -> bool:
        """Whether the fact may be compared by this operator."""
        ranked = spec.type != "choice" or spec.ordered
        return spec.type in self.types and (ranked or not self.by_rank)


_ANY: frozenset[FactType] = frozenset(type_names)
_ONE_VALUE: frozenset[FactType] = _ANY - {"choices", "references"}
_RANKED: frozenset[FactType] = NUMERIC | {"choice"}
_DATE: frozenset[FactType] = frozenset({"date"})
_SET: frozenset[FactType] = frozenset({"choices"})

OPERATORS: Mapping[str, Operator] = {
    "is": Operator("is", _ONE_VALUE, "value", lambda left, right, _: left == right),
    "is_not": Operator("is not", _ONE_VALUE, "value", lambda left, right, _: left != right),
    "one_of": Operator("is one of", _ONE_VALUE, "values", lambda left, right, _: left in right),
    "none_of": Operator(
        "is none of", _ONE_VALUE, "values", lambda left, right, _: left not in right
    ),
    "over": Operator("is over", _RANKED, "value", lambda left, right, _: left > right, True),
    "at_least": Operator(
        "is at least", _RANKED, "value", lambda left, right, _: left >= right, True
    ),
    "under": Operator("is under", _RANKED, "value", lambda left, right, _: left < right, True),
    "at_most": Operator("is at most", _RANKED, "value", lambda left, right, _: left <= right, True),
    "before": Operator("is before", _DATE, "value", lambda left, right, _: left < right),
    "on_or_before": Operator(
        "is on or before", _DATE, "value", lambda left, right, _: left <= right
    ),
    "after": Operator("is after", _DATE, "value", lambda left, right, _: left > right),
    "on_or_after": Operator("is on or after", _DATE, "value", lambda left, right, _: left >= right),
    "older_than": Operator(
        "is older than", _DATE, "period", lambda left, earliest, _: left < earliest
    ),
    "within": Operator(
        "is within the last",
        _DATE,
        "period",
        lambda left, earliest, as_of: earliest <= left <= as_of,
    ),
    "includes": Operator("includes", _SET, "value", lambda left, right, _: right in left),
    "excludes": Operator(
        "does not include", _SET, "value", lambda left, right, _: right not in left
    ),
    "present": Operator("is stated", _ANY, "nothing", lambda left, *_: left is not None),
    "absent": Operator("is not stated", _ANY, "nothing", lambda left, *_: left is None),
    "known": Operator(
        "is stated", _ANY, "nothing", lambda left, *_: None if left is None else True
    ),
    "reached": Operator(
        "has come",
        _DATE,
        "nothing",
        lambda left, _, told_on: None if left is None or left > told_on else True,
    ),
}

# What is asked of a fact where the comparison must not hold; the others have no plain opposite.
OPPOSITES: dict[str, str] = {
    "is": "is_not", "one_of": "none_of", "over": "at_most", "under": "at_least",
    "before": "on_or_after", "after": "on_or_before", "includes": "excludes", "present": "absent",
}  # fmt: skip
OPPOSITES |= {opposite: operator for operator, opposite in OPPOSITES.items()}
OPPOSITES["known"] = "absent"
