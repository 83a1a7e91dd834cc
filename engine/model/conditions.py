"""Conditions as frozen trees: what a rule asks of the facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from engine.model.vocabulary import Value

Unit = Literal["days", "weeks", "months", "years"]


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time such as 3 months; negative means back in time."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class FactName:
    """A fact that a condition reads: the deck's own, or an item's when ``of_item``."""

    name: str
    of_item: bool = False


@dataclass(frozen=True, slots=True)
class Literally:
    """A value written in the rule."""

    value: Value


@dataclass(frozen=True, slots=True)
class OneOf:
    """Several values written in the rule, for one_of and none_of."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class FromThreshold:
    """A threshold's value at the assessment's gate, perhaps multiplied.

    Attributes:
        on: the date whose value counts; None is the assessment's own.
    """

    name: str
    times: Factor | None = None
    on: FactName | None = None


@dataclass(frozen=True, slots=True)
class FromFact:
    """Another fact's value, perhaps multiplied, and perhaps moved by a period or an amount."""

    fact: FactName
    times: Factor | None = None
    plus: Period | FromPeriod | Amount | None = None


@dataclass(frozen=True, slots=True)
class FromPeriod:
    """A threshold whose value is a period; ``back`` means back in time."""

    name: str
    back: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """What is added to a number, or taken off it when ``back``."""

    by: Literally | FromThreshold | FromFact
    back: bool = False


@dataclass(frozen=True, slots=True)
class Factor:
    """What a value is multiplied by; ``percent`` divides it by a hundred."""

    by: Literally | FromThreshold | FromFact
    percent: bool = False


Right = Literally | OneOf | FromThreshold | FromFact | Period | FromPeriod | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A fact, an operator of ``conditions.OPERATORS`` and what it is compared with.

    Attributes:
        scale: the values of an ordered choice from least to most, where they are compared by rank.
    """

    fact: FactName
    operator: str
    right: Right = None
    scale: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListStated:
    """Whether the deck states a list at all (``absent`` when not ``stated``)."""

    list: str
    stated: bool


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; with no parts it is true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part holds; with no parts it is false."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Quantified:
    """Every, some or none of a list's items, of those for which ``where`` holds, satisfy."""

    kind: Literal["every", "some", "none"]
    list: str
    where: Condition
    satisfies: Condition


def asks_items(condition: Condition) -> bool:
    """Whether a part of it asks something of the items of a list."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return any(map(asks_items, parts))
        case Not(part):
            return asks_items(part)
    return isinstance(condition, Quantified)


def facts_beside(right: Right) -> tuple[FactName, ...]:
    """The facts that a right-hand side reads."""
    if isinstance(right, FromFact):
        moved = right.plus.by if isinstance(right.plus, Amount) else None
        times = right.times.by if right.times else None
        return (right.fact, *facts_beside(times), *facts_beside(moved))
    if isinstance(right, FromThreshold):
        day = () if right.on is None else (right.on,)
        return (*day, *(facts_beside(right.times.by) if right.times else ()))
    return ()


Condition = Comparison | ListStated | AllOf | AnyOf | Not | Quantified

ALWAYS = AllOf(())


def all_of(parts: Iterable[Condition]) -> Condition:
    """All of the parts as one condition, without an "all of" inside an "all of"."""
    flat: list[Condition] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, AllOf) else (part,))
    return flat[0] if len(flat) == 1 else AllOf(tuple(flat))


def thresholds_in(condition: Condition) -> Iterator[str]:
    """The names of the thresholds that a condition compares with or calculates with."""
    match condition:
        case Comparison(_, _, right):
            yield from _thresholds_of(right)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from thresholds_in(part)
        case Not(part):
            yield from thresholds_in(part)
        case Quantified(_, _, where, satisfies):
            yield from thresholds_in(where)
            yield from thresholds_in(satisfies)


def _thresholds_of(right: Right) -> Iterator[str]:
    if isinstance(right, FromThreshold | FromPeriod):
        yield right.name
    if isinstance(right, FromFact) and isinstance(right.plus, FromPeriod):
        yield right.plus.name
    if isinstance(right, FromFact) and isinstance(right.plus, Amount):
        yield from _thresholds_of(right.plus.by)
    if isinstance(right, FromFact | FromThreshold) and right.times is not None:
        yield from _thresholds_of(right.times.by)
