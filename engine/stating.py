"""What a condition asks, in words, without any deck."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.model.conditions import (
    AllOf,
    Amount,
    AnyOf,
    Comparison,
    Condition,
    FactName,
    Factor,
    FromFact,
    FromPeriod,
    FromThreshold,
    ListStated,
    Literally,
    Not,
    OneOf,
    Period,
    Quantified,
    Right,
)
from engine.model.thresholds import Threshold
from engine.model.vocabulary import FactSpec, Value, Vocabulary
from engine.operators import OPERATORS
from engine.showing import join_words, show_period, show_threshold, show_value


@dataclass(frozen=True, slots=True)
class Statement:
    """One part of a condition in words; ``parts`` are what it is made of."""

    text: str
    parts: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Stating:
    """Puts conditions in words; thresholds stand by their titles, in square brackets.

    Attributes:
        known: what thresholds are worth where that is known; these stand by their values.
    """

    vocabulary: Vocabulary
    thresholds: Mapping[str, Threshold]
    known: Mapping[str, Value | Period] = field(default_factory=dict)

    def state(self, condition: Condition, listed: str | None = None) -> Statement:
        """The condition in words.

        Args:
            listed: the list whose items the condition is asked of.
        """
        match condition:
            case Comparison():
                return Statement(self._comparison(condition, listed))
            case ListStated(name, stated):
                title = self.vocabulary.lists[name].title
                return Statement(f"{title}: the list is {'' if stated else 'not '}stated")
            case AllOf(parts):
                return self._several("all of", parts, listed)
            case AnyOf(parts):
                return self._several("any of", parts, listed)
            case Not(part):
                return Statement("not", (self.state(part, listed),))
            case Quantified():
                return self._quantified(condition)

    def _several(self, lead: str, parts: tuple[Condition, ...], listed: str | None) -> Statement:
        said = tuple(
            self.state(part, listed)
            for part in parts
            if not (self._is_attestation(part) or _goes_without_saying(part, parts))
        )
        if not said:
            return Statement("always" if lead == "all of" else "never")
        return said[0] if len(said) == 1 else Statement(lead, said)

    def _is_attestation(self, part: Condition) -> bool:
        """Who judged and when goes with every judgement, and is said with it."""
        if not isinstance(part, Comparison):
            return False
        spec = self.vocabulary.facts.get(part.fact.name)
        return spec is not None and bool(spec.attests)

    def _quantified(self, condition: Quantified) -> Statement:
        words = self.vocabulary.lists[condition.list]
        where = self.state(condition.where, condition.list)
        limits = "" if condition.where == AllOf(()) else f" for which {_in_line(where)}"
        lead = {"every": "every", "some": "at least one", "none": "no"}[condition.kind]
        satisfies = self.state(condition.satisfies, condition.list)
        return Statement(f"{lead} {words.item}{limits}", (satisfies,))

    def _comparison(self, comparison: Comparison, listed: str | None) -> str:
        spec = self._spec(comparison.fact, listed)
        operator = OPERATORS[comparison.operator]
        words = f"{spec.label} {operator.words}"
        if operator.takes != "nothing":
            right = self.right_side(comparison.right, spec, listed)
            if isinstance(comparison.right, OneOf):
                words = words.replace(" one of", "").replace(" none of", " neither")
            words = f"{words} {right}"
        return f"{words} (judged, with the role and the day)" if spec.attested else words

    def _spec(self, fact: FactName, listed: str | None) -> FactSpec:
        if fact.of_item and listed is not None:
            return self.vocabulary.lists[listed].known[fact.name]
        return self.vocabulary.facts[fact.name]

    def right_side(self, right: Right, spec: FactSpec, listed: str | None = None) -> str:
        """What a fact is compared with, in words."""
        match right:
            case Literally(value):
                return show_value(spec, value)
            case OneOf(values):
                return join_words([show_value(spec, value) for value in values], "or")
            case FromThreshold() | FromFact():
                return self._named(right, listed, spec)
            case Period() | FromPeriod():
                return self._period(right)
            case None:
                return ""

    def _named(
        self, right: FromThreshold | FromFact, listed: str | None, spec: FactSpec | None = None
    ) -> str:
        """The name of a threshold or fact; ``spec`` is what an amount beside it is shown as."""
        if isinstance(right, FromThreshold):
            day = "" if right.on is None else f" as on the {self._spec(right.on, listed).label}"
            words = f"{self._threshold(right.name, dated=bool(day))}{day}"
            return words + self._times(right.times, listed)
        own = self._spec(right.fact, listed)
        words = f"the {own.label}{self._times(right.times, listed)}"
        if isinstance(right.plus, Amount):
            return words + self._increased(right.plus, listed, spec or own)
        return words + ("" if right.plus is None else self._moved(right.plus))

    def _increased(self, amount: Amount, listed: str | None, spec: FactSpec) -> str:
        return f"{' less ' if amount.back else ' plus '}{self.right_side(amount.by, spec, listed)}"

    def _times(self, factor: Factor | None, listed: str | None) -> str:
        if factor is None:
            return ""
        if isinstance(factor.by, Literally):
            return f" times {factor.by.value}"
        return f" times {self._named(factor.by, listed)}"

    def _moved(self, period: Period | FromPeriod) -> str:
        back = period.back if isinstance(period, FromPeriod) else period.amount < 0
        length = (
            self._period(period)
            if isinstance(period, FromPeriod)
            else show_period(Period(abs(period.amount), period.unit))
        )
        return f"{' less ' if back else ' plus '}{length}"

    def _period(self, period: Period | FromPeriod) -> str:
        if isinstance(period, FromPeriod):
            return self._threshold(period.name)
        return show_period(period)

    def _threshold(self, name: str, *, dated: bool = False) -> str:
        """A threshold by its value, or by its title where that is not known or not of this day."""
        value = None if dated else self.known.get(name)
        title = self.thresholds[name].title
        if value is None:
            return f"the {title[:1].lower()}{title[1:]}" if self.known else f"[{title}]"
        return show_threshold(self.thresholds[name], value)


def _goes_without_saying(part: Condition, parts: tuple[Condition, ...]) -> bool:
    """Whether it asks that a fact be stated, and another part beside it asks what it is."""
    return (
        isinstance(part, Comparison)
        and part.operator == "present"
        and any(
            isinstance(other, Comparison) and other.fact == part.fact and other is not part
            for other in parts
        )
    )


def lines_of(statement: Statement, indent: int = 0) -> Iterator[tuple[int, str]]:
    """A statement line by line, each with its depth."""
    yield indent, statement.text
    for part in statement.parts:
        yield from lines_of(part, indent + 1)


def _in_line(statement: Statement) -> str:
    if not statement.parts:
        return statement.text
    if statement.text == "not":
        return f"not ({_in_line(statement.parts[0])})"
    if statement.text in ("all of", "any of"):
        last = "and" if statement.text == "all of" else "or"
        return join_words([_in_line(part) for part in statement.parts], last)
    return f"{statement.text}: {join_words([_in_line(part) for part in statement.parts])}"
