"""A selection of rules as durable_rules patterns, with what each firing means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from engine.model.conditions import AllOf, AnyOf, Condition, Not, Quantified
from engine.model.rules import Selection
from engine.rete.blocks import Block, Blocks
from engine.rete.encode import Encoder, Field
from engine.rete.formulas import (
    Both,
    Either,
    Formula,
    FormulaBuilder,
    Signalled,
    Test,
)

Action = tuple[Any, ...]

# Limits of durable_rules 2.0.28, with room to spare: 64 matches for one fact, 16 patterns in one
# rule, 14 "$or" in one pattern, 4,096 rules in one ruleset, and 511 different tests beneath one
# node (with more it loops for ever): beneath the root stand the blocks and the groups of signals.
_USES_OF_SIGNAL = 40
_SIGNALS_IN_UNIT = 12
_TESTS_IN_UNIT = 12
SIGNALS_IN_GROUP = 256
_MOST_BENEATH_ROOT = 500
MOST_UNITS = 4_000
_LAST = 1_000  # the priority of the unit whose firing shows that the engine ran to its end
_MOST_ALTERNATIVES = 8  # of one formula written out; beyond that its parts become signals


@dataclass(frozen=True)
class ListQuantifier:
    """A quantifier over a list: "every" when all items must be proved, else one is enough."""

    list: str
    every: bool
    signal: int


@dataclass
class Network:
    """The compiled rulebook.

    Attributes:
        definition: durable_rules' own form of the ruleset.
        actions: by unit, all that its firing means: rules that ask the same share the unit.
        uses: how often each signal is waited for.
        drawn: for the conclusions whose presence is asked, the signal that says it, each after
            those that it may depend on.
    """

    definition: dict[str, Any] = field(default_factory=dict)
    actions: dict[str, list[Action]] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    quantifiers: list[ListQuantifier] = field(default_factory=list)
    interned: dict[str, int] = field(default_factory=dict)
    uses: dict[int, int] = field(default_factory=dict)
    drawn: dict[str, int] = field(default_factory=dict)

    def shards(self, signal: int) -> int:
        """How many copies of a signal are asserted, so that no copy has too many matches."""
        return -(-self.uses.get(signal, 0) // _USES_OF_SIGNAL)


def build_network(selection: Selection) -> Network:
    """Compile every conclusion and rule.

    Raises:
        ValueError: the rulebook needs more patterns than one durable_rules ruleset can hold.
    """
    return _Builder(selection).build()


class _Builder:
    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._network = Network()
        self._encoder = Encoder({})
        self._next_signal = 1
        self._quantifiers: dict[tuple[Any, ...], int] = {}
        self._parts: dict[tuple[Formula, str | None], Signalled] = {}
        self._units: dict[tuple[Any, ...], str] = {}
        self._blocks = Blocks(self._network.blocks)
        self._possible = {
            conclusion.fact: (
                self._new_signal(),
                tuple(dict.fromkeys(row.value for row in conclusion.rows)),
            )
            for conclusion in selection.conclusions
        }
        self._drawn: dict[str, int] = {}
        self._formulas = FormulaBuilder(self._possible, self._quantifier, self._drawn_signal)

    def build(self) -> Network:
        self._conclusions()
        for rule in self._selection.rules:
            applies, require = rule.applies, rule.require
            self._emit(self._proves(applies, False), ("rule", rule.id, "not_applicable"))
            self._emit(self._proves(require, True), ("rule", rule.id, "met"))
            fails = AllOf((applies, Not(require)))
            self._emit(self._proves(fails, True), ("rule", rule.id, "not_met"))
        self._add_unit({"m": {"z": 1}}, ("finished",), priority=_LAST)
        beneath_root = len(self._network.blocks) + self._next_signal // SIGNALS_IN_GROUP
        if len(self._network.actions) > MOST_UNITS or beneath_root > _MOST_BENEATH_ROOT:
            raise ValueError(f"the rules need more than {MOST_UNITS:,} patterns")
        self._network.interned = self._encoder.met
        self._network.drawn = {f: self._drawn[f] for f in self._possible if f in self._drawn}
        return self._network

    def _proves(self, condition: Condition, truth: bool) -> Formula:
        return self._formulas.proves(condition, truth)

    def _conclusions(self) -> None:
        """Row k gives its value once it holds and each row above fails or gives the same."""
        for conclusion in self._selection.conclusions:
            signal, values = self._possible[conclusion.fact]
            for k, row in enumerate(conclusion.rows):
                above = [r for r in conclusion.rows[:k] if r.value != row.value]
                chosen = AllOf((row.when, *(Not(r.when) for r in above)))
                code = values.index(row.value)
                action = ("conclude", conclusion.fact, signal, code, row.value)
                self._emit(self._proves(chosen, True), action)

    def _quantifier(self, quantified: Quantified) -> int:
        every = quantified.kind == "every"
        where, satisfies = quantified.where, quantified.satisfies
        key = every, quantified.list, where, satisfies
        if key not in self._quantifiers:
            number, signal = len(self._network.quantifiers), self._new_signal()
            self._quantifiers[key] = signal
            self._network.quantifiers.append(ListQuantifier(quantified.list, every, signal))
            each = AnyOf((Not(where), satisfies)) if every else AllOf((where, satisfies))
            for truth in (True, False):
                formula = self._proves(each, truth)
                self._emit(formula, ("item", number, truth), quantified.list)
        return self._quantifiers[key]

    def _drawn_signal(self, fact: str) -> int:
        return self._drawn.setdefault(fact, self._new_signal())

    def _emit(self, formula: Formula, action: Action, list_: str | None = None) -> None:
        """Add units that do the action once the formula is proved, for each item of a list."""
        for tests, signals in self._alternatives(formula, list_):
            self._add_patterns(tests, signals, action, list_)

    def _alternatives(
        self, formula: Formula, list_: str | None
    ) -> Iterator[tuple[list[Test], list[Signalled]]]:
        """The formula as ways to prove it, each a plain conjunction."""
        for way in self._ways(formula, list_):
            # one fact cannot fill two patterns of a unit, and a signal never has two values
            parts = list(dict.fromkeys(way))
            tests = [part for part in parts if isinstance(part, Test)]
            signals = [part for part in parts if isinstance(part, Signalled)]
            if len({signalled.signal for signalled in signals}) < len(signals):
                continue
            while len(tests) > _TESTS_IN_UNIT:
                some, tests = tests[:_TESTS_IN_UNIT], tests[_TESTS_IN_UNIT:]
                signals.append(self._as_signal(Both(tuple(some)), list_))
            while len(signals) > _SIGNALS_IN_UNIT:
                first, signals = signals[:_SIGNALS_IN_UNIT], signals[_SIGNALS_IN_UNIT:]
                signals.append(self._as_signal(Both(tuple(first)), list_))
            yield tests, signals

    def _ways(self, formula: Formula, list_: str | None) -> list[list[Formula]]:
        match formula:
            case Test() | Signalled():
                return [[formula]]
            case Either(parts):
                return [way for part in parts for way in self._ways(part, list_)]
            case Both(parts):
                ways = [self._ways(part, list_) for part in parts]
                size = 1
                for n, way in enumerate(ways):
                    if size * len(way) > _MOST_ALTERNATIVES and len(way) > 1:
                        ways[n] = [[self._as_signal(parts[n], list_)]]
                    else:
                        size *= len(way)
                return [[f for way in chosen for f in way] for chosen in product(*ways)]

    def _as_signal(self, formula: Formula, list_: str | None) -> Signalled:
        """A part of a formula that is proved once and waited for by name."""
        known = self._parts.get((formula, list_))
        if known is None:
            known = Signalled(self._new_signal(), 1, per_item=list_ is not None)
            self._parts[formula, list_] = known
            self._emit(formula, ("signal", known.signal, known.per_item), list_)
        return known

    def _add_patterns(
        self, tests: list[Test], signals: list[Signalled], action: Action, list_: str | None
    ) -> None:
        key = frozenset(tests), frozenset(signals), list_
        if key in self._units:
            self._network.actions[self._units[key]].append(action)
            return
        patterns: dict[str, Any] = {}
        if tests or list_ is not None or not signals:
            block = self._blocks.room_for(tests, list_)
            checks = [check for test in tests for check in self._checks(test)]
            patterns["m"] = {"$and": [{"b": block.number}, *(checks or [{"$gte": {"i": 0}}])]}
        for n, signalled in enumerate(signals):
            patterns[f"s{n}"] = {"$and": self._wait_for(signalled)}
        self._units[key] = self._add_unit(patterns, action)

    def _add_unit(self, patterns: dict[str, Any], action: Action, priority: int = 0) -> str:
        name = f"u{len(self._network.actions)}"
        self._network.actions[name] = [action]
        unit: dict[str, Any] = {"all": [{alias: test} for alias, test in patterns.items()]}
        if priority:
            unit["pri"] = priority
        self._network.definition[name] = unit
        return name

    def _checks(self, test: Test) -> Iterator[dict[str, Any]]:
        name, right = self._blocks.name(test.field), test.right
        if isinstance(right, Field):
            yield from self._field_checks(test, name, right)
            return
        if isinstance(right, tuple):
            codes = sorted({self._encoder.encode(value, test.field.scale) for value in right})
            if test.operator == "$notin":
                yield {"$ex": {name: 1}}
                yield from ({"$neq": {name: code}} for code in codes)
            else:
                equal = [{name: code} for code in codes]
                yield equal[0] if len(equal) == 1 else {"$or": equal}
            return
        code = self._encoder.encode(right, test.field.scale)
        if test.operator == "$neq":
            yield {"$ex": {name: 1}}
        yield {name: code} if test.operator == "$eq" else {test.operator: {name: code}}

    def _field_checks(self, test: Test, name: str, right: Field) -> Iterator[dict[str, Any]]:
        """Two fields of one message; a missing one would be compared with whatever lay there."""
        other = self._blocks.name(right)
        yield {"$ex": {name: 1}}
        yield {"$ex": {other: 1}}
        if test.range_end is None:
            yield {test.operator: {name: {"$m": other}}}
            return
        end = self._blocks.name(test.range_end)
        if test.operator == "$between":
            yield {"$gte": {name: {"$m": other}}}
            yield {"$lte": {name: {"$m": end}}}
        else:
            yield {"$or": [{"$lt": {name: {"$m": other}}}, {"$gt": {name: {"$m": end}}}]}

    def _wait_for(self, signalled: Signalled) -> list[dict[str, Any]]:
        uses = self._network.uses.get(signalled.signal, 0)
        self._network.uses[signalled.signal] = uses + 1
        checks: list[dict[str, Any]] = [
            {"g": signalled.signal // SIGNALS_IN_GROUP}, {"c": signalled.signal},
            {"k": uses // _USES_OF_SIGNAL}, {"v": signalled.value},
        ]  # fmt: skip
        if signalled.per_item:
            checks.append({"$eq": {"i": {"m": "i"}}})
        return checks

    def _new_signal(self) -> int:
        self._next_signal += 1
        return self._next_signal
