"""Every value as an integer, because durable_rules compares nothing else reliably."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from engine.conditions import Facts, ItemValues, right_value
from engine.model.conditions import FactName, Right

_SCALE = 10_000  # numbers have at most four decimal places
_FINE = 2**62  # up to here values keep four decimal places, beyond it whole units, as pence are
_MOST = 2**63 - 1  # of 64 bits


@dataclass(frozen=True, slots=True)
class Field:
    """A property of the messages: what it holds of a deck or an item.

    Attributes:
        holds: the fact's value; whether it is stated; whether a list is stated; whether a set of
            choices has a member; or the right-hand side of a comparison.
        scale: where an ordered choice is held by its rank.
    """

    holds: Literal["fact", "stated", "list_stated", "member", "right"]
    fact: FactName
    right: Right = None
    scale: tuple[str, ...] = ()


@dataclass
class Encoder:
    """Encodes values; equal values, and only those, become equal integers.

    Attributes:
        interned: the texts that the rules name.
        met: other texts, numbered after them as they come.
    """

    interned: Mapping[str, int]
    met: dict[str, int] = field(default_factory=dict)

    def value(self, wanted: Field, facts: Facts, item: ItemValues) -> int | None:
        """What a message holds in a field, or None where it is missing."""
        left: Any = (item if wanted.fact.of_item else facts.values).get(wanted.fact.name)
        match wanted.holds:
            case "fact":
                return None if left is None else self.encode(left, wanted.scale)
            case "stated":
                return int(left is not None)
            case "list_stated":
                return int(wanted.fact.name in facts.items)
            case "member":
                member = right_value(wanted.right, facts, item)
                return None if left is None or member is None else int(member in left)
            case "right":
                other = right_value(wanted.right, facts, item)
                return None if other is None else self.encode(other, wanted.scale)

    def encode(self, value: Any, scale: tuple[str, ...] = ()) -> int:
        """One value as an integer."""
        if isinstance(value, bool):
            return int(value)
        if isinstance(value, int | Decimal):
            return _scaled(value)
        if isinstance(value, date):
            return value.toordinal()
        if scale:
            return scale.index(value)
        return self._number(value)

    def _number(self, text: str) -> int:
        known = self.interned.get(text)
        if known is not None:
            return known
        return self.met.setdefault(text, len(self.interned) + len(self.met))


def _scaled(value: int | Decimal) -> int:
    scaled = int(value * _SCALE)
    if abs(scaled) > _FINE:  # a sum, of a list of the largest amounts that can be written
        whole = min(_FINE + abs(int(value)) - _FINE // _SCALE, _MOST)
        scaled = whole if value > 0 else -whole
    return scaled
