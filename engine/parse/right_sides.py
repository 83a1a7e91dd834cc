"""What conditions compare facts with: values, thresholds, other facts, periods, factors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from engine.days import NotUnderstood, parse_period
from engine.errors import Problems, nearest, shorten
from engine.model.conditions import (
    Amount,
    FactName,
    Factor,
    FromFact,
    FromPeriod,
    FromThreshold,
    Literally,
    OneOf,
    Period,
    Right,
)
from engine.model.document import Document, Path
from engine.model.vocabulary import NUMERIC, FactSpec, ThresholdType, Vocabulary
from engine.operators import Operator
from engine.values import is_missing, parse_value

_LARGEST_FACTOR = 100


@dataclass(frozen=True, slots=True)
class ThresholdKind:
    """What a threshold is; a state is a value of the choice ``state_of``."""

    type: ThresholdType
    state_of: str = ""


@dataclass(frozen=True)
class RightParser:
    """Parses the right-hand sides of one file's comparisons.

    Attributes:
        thresholds: the kind of every threshold that may be named.
        find_fact: a fact by the name that the rule gives it, or None where there is none.
    """

    document: Document
    problems: Problems
    vocabulary: Vocabulary
    thresholds: Mapping[str, ThresholdKind]
    find_fact: Callable[[Any, Path], tuple[FactName, FactSpec] | None]

    def parse(self, operator: Operator, spec: FactSpec, written: Any, path: Path) -> Right:
        """What the fact is compared with; problems are noted, and stand as None in the tree."""
        match operator.takes:
            case "nothing":
                if written is not True:
                    self._wrong(path, "this operator takes true", written, expected="true")
                return None
            case "period":
                return self._period_right(written, path)
            case "values":
                if not isinstance(written, list) or not written:
                    self._wrong(path, "a list of values is needed", written)
                    return OneOf(())
                found = [self._literal(spec, v, (*path, n)) for n, v in enumerate(written)]
                return OneOf(tuple(v.value for v in found if v is not None))
            case "value":
                if isinstance(written, Mapping):
                    return self._reference(operator, spec, written, path)
                return self._literal(spec, written, path)

    def _literal(self, spec: FactSpec, written: Any, path: Path) -> Literally | None:
        one = replace(spec, type="choice") if spec.type == "choices" else spec
        try:
            if is_missing(written):
                raise NotUnderstood("a value (missing is asked with absent: true)")
            return Literally(parse_value(one, written))
        except NotUnderstood as error:
            self._wrong(
                path, f"not a value of {spec.name}", written, expected=error.expected, fix=error.fix
            )
            return None

    def _reference(
        self, operator: Operator, spec: FactSpec, written: Mapping[str, Any], path: Path
    ) -> Right:
        kinds = {"threshold", "fact"} & set(written)
        allowed = kinds | {"times"} | ({"plus", "minus"} if "fact" in kinds else {"on"})
        if len(kinds) != 1 or not set(written) <= allowed or {"plus", "minus"} <= set(written):
            self._wrong(
                path,
                "not a right-hand side",
                dict(written),
                expected="a value, {threshold: name} or {fact: name}, with times, plus or minus",
            )
            return None
        times = self._times(written, path)
        if "threshold" in written:
            right = self._threshold(spec, str(written["threshold"]), times, (*path, "threshold"))
            if right is None or "on" not in written:
                return right
            return replace(right, on=self._day(written["on"], (*path, "on")))
        return self._other_fact(operator, spec, written, times, path)

    def _day(self, name: object, path: Path) -> FactName | None:
        """The date whose value of a threshold counts."""
        found = self.find_fact(str(name), path)
        if found is not None and found[1].type != "date":
            self._wrong(path, "a threshold has its value on a date", found[1].name)
        return None if found is None else found[0]

    def _threshold_named(self, name: str, path: Path) -> ThresholdKind | None:
        kind = self.thresholds.get(name)
        if kind is None:
            fix = nearest(str(name), self.thresholds)
            self._wrong(path, f'unknown threshold "{name}"', fix=fix or "Declare it.")
        return kind

    def _threshold(
        self, spec: FactSpec, name: str, times: Factor | None, path: Path
    ) -> FromThreshold | None:
        kind = self._threshold_named(name, path)
        if kind is None:
            return None
        if kind.type == "choice":
            known = self.vocabulary.facts.get(kind.state_of)
            suits = known is not None and [*known.values] == [*spec.values]
        else:
            suits = spec.comparable_as == ("number" if kind.type == "integer" else kind.type)
        if not suits:
            what = f"a state of {kind.state_of}" if kind.state_of else kind.type
            self._wrong(path, f"{name} is {what}, and {spec.name} is {spec.type}")
            return None
        if times is not None and kind.type not in NUMERIC:
            self._wrong(path, "only a number can be multiplied", name)
        return FromThreshold(name, times)

    def _other_fact(
        self,
        operator: Operator,
        spec: FactSpec,
        written: Mapping[str, Any],
        times: Factor | None,
        path: Path,
    ) -> FromFact | None:
        found = self.find_fact(str(written["fact"]), (*path, "fact"))
        if found is None:
            return None
        name, other = found
        wanted = "text" if spec.type == "choices" else spec.comparable_as
        by_rank = operator.by_rank and spec.type == "choice"
        if other.comparable_as != wanted or (by_rank and [*other.values] != [*spec.values]):
            self._wrong(path, f"{other.name} ({other.type}) cannot be compared with {spec.name}")
            return None
        if times is not None and other.type not in NUMERIC:
            self._wrong(path, "only a number can be multiplied", other.name)
        plus: Period | FromPeriod | Amount | None = None
        for key, back in (("plus", False), ("minus", True)):
            if key not in written:
                continue
            if other.type == "date":
                plus = self._period_right(written[key], (*path, key), back=back)
            elif other.type in NUMERIC:
                plus = self._amount(operator, other, written[key], (*path, key), back=back)
            else:
                self._wrong(path, "only a date or a number can be moved", other.name)
        return FromFact(name, times, plus)

    def _amount(
        self, operator: Operator, spec: FactSpec, written: Any, path: Path, *, back: bool
    ) -> Amount | None:
        """An amount in the unit of the fact that it moves."""
        by = self.parse(operator, spec, written, path)
        return None if by is None else Amount(by, back)  # type: ignore[arg-type]

    def _times(self, written: Mapping[str, Any], path: Path) -> Factor | None:
        if "times" not in written:
            return None
        factor = written["times"]
        if isinstance(factor, Mapping):
            return self._named_factor(factor, (*path, "times"))
        plain = isinstance(factor, int | Decimal) and not isinstance(factor, bool)
        number = Decimal(factor) if plain else None
        if number is None or not 0 <= number <= _LARGEST_FACTOR or number != round(number, 4):
            self._wrong(
                (*path, "times"),
                "times needs a number",
                factor,
                expected=f"0 to {_LARGEST_FACTOR} with at most 4 decimal places, "
                "{threshold: name} or {fact: name}",
            )
            return None
        return Factor(Literally(number))

    def _named_factor(self, written: Mapping[str, Any], path: Path) -> Factor | None:
        """A threshold or a fact to multiply by; 80% is four fifths."""
        if set(written) == {"threshold"}:
            name = str(written["threshold"])
            kind = self._threshold_named(name, (*path, "threshold"))
            if kind is None:
                return None
            if kind.type in ("number", "integer", "percentage"):
                return Factor(FromThreshold(name), percent=kind.type == "percentage")
        elif set(written) == {"fact"}:
            found = self.find_fact(str(written["fact"]), (*path, "fact"))
            if found is None:
                return None
            if found[1].type in ("number", "integer", "percentage"):
                return Factor(FromFact(found[0]), percent=found[1].type == "percentage")
        expected = "{threshold: name} or {fact: name} of a number, an integer or a percentage"
        self._wrong(path, "not a factor", dict(written), expected=expected)
        return None

    def _period_right(
        self, written: Any, path: Path, *, back: bool = False
    ) -> Period | FromPeriod | None:
        if not isinstance(written, Mapping):
            period = self._period(written, path)
            return Period(-period.amount, period.unit) if back else period
        if set(written) != {"threshold"}:
            expected = "a period, or {threshold: name}"
            self._wrong(path, "not a period", dict(written), expected=expected)
            return None
        name = str(written["threshold"])
        kind = self._threshold_named(name, (*path, "threshold"))
        if kind is not None and kind.type != "period":
            self._wrong((*path, "threshold"), f"{name} is {kind.type}, and a period is needed")
        return FromPeriod(name, back)

    def _period(self, written: Any, path: Path) -> Period:
        try:
            return parse_period(written)
        except NotUnderstood as error:
            self._wrong(path, "not a period", written, expected=error.expected)
            return Period(0, "days")

    def _wrong(
        self, path: Path, message: str, found: Any = "", *, expected: str = "", fix: str = ""
    ) -> None:
        place = self.document.place(path)
        self.problems.add(place, message, found=shorten(found), expected=expected, fix=fix)
