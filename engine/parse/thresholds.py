"""Thresholds as written, dated and perhaps differing from gate to gate, into thresholds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.days import NotUnderstood
from engine.errors import Problems, nearest
from engine.model.conditions import Period
from engine.model.document import Document, Path
from engine.model.rules import Gate
from engine.model.thresholds import Threshold, ThresholdValue
from engine.model.vocabulary import FactSpec, Value, Vocabulary
from engine.parse.right_sides import ThresholdKind
from engine.parse.rulesets import parse_source
from engine.parse.shapes import DatedValueShape, ThresholdShape, Written
from engine.values import parse_type, parse_value


def kind_of(shape: ThresholdShape) -> ThresholdKind:
    """What a threshold may be compared with, known before the vocabulary is."""
    return ThresholdKind(shape.unit or "choice", shape.state_of or "")


@dataclass(frozen=True)
class ThresholdParser:
    """Parses the thresholds of one file against what the folder declares."""

    document: Document
    vocabulary: Vocabulary
    gates: Mapping[str, Gate]
    problems: Problems

    def parse(self, name: str, shape: ThresholdShape, path: Path) -> Threshold:
        """A threshold with its values in date order, each with its own source or the common one."""
        state = self._state(name, shape, path)
        values = tuple(self._values(name, shape, state, path))
        kind = kind_of(shape)
        return Threshold(
            name, shape.title, kind.type, values, self.document.place(path),
            kind.state_of, state.values if state else {},
        )  # fmt: skip

    def _state(self, name: str, shape: ThresholdShape, path: Path) -> FactSpec | None:
        """The choice that a state is a value of."""
        if (shape.unit is None) == (shape.state_of is None):
            fix = "Add unit or state_of." if shape.unit is None else "Keep one of the two."
            self._wrong(path, f'"{name}" has either unit or state_of', fix=fix)
        if shape.state_of is None:
            return None
        facts = self.vocabulary.facts
        choices = [fact for fact, spec in facts.items() if spec.type == "choice"]
        if shape.state_of not in choices:
            fix = nearest(shape.state_of, choices)
            self._wrong((*path, "state_of"), f'no choice "{shape.state_of}"', fix=fix)
            return None
        return facts[shape.state_of]

    def _values(
        self, name: str, shape: ThresholdShape, state: FactSpec | None, path: Path
    ) -> Iterator[ThresholdValue]:
        earlier = None
        for n, dated in enumerate(shape.values):
            at: Path = (*path, "values", n)
            source = dated.source or shape.source
            if source is None:
                self._wrong(at, f'"{name}" has a value without a source', fix="Add a source.")
                continue
            self._check_form(dated, at)
            if n and (dated.from_ is None or (earlier is not None and dated.from_ <= earlier)):
                self._wrong(at, "the values are not in date order", fix="Order them by from.")
            earlier = dated.from_
            value = None
            if dated.value is not None:
                value = self._value(name, shape, state, dated.value, at)
            by_gate = {
                gate: found
                for gate, written in (dated.by_gate or {}).items()
                if (found := self._value(name, shape, state, written, (*at, "by_gate", gate)))
                is not None
            }
            yield ThresholdValue(dated.from_, value, parse_source(source), by_gate)

    def _check_form(self, dated: DatedValueShape, at: Path) -> None:
        forms = (dated.value is not None, dated.by_gate is not None, bool(dated.ended))
        if sum(forms) != 1:
            self._wrong(at, "a threshold's value has one of value, by_gate and ended: true")
        for gate in dated.by_gate or {}:
            if gate not in self.gates:
                fix = nearest(gate, self.gates)
                self._wrong((*at, "by_gate", gate), f'unknown gate "{gate}"', fix=fix)

    def _value(
        self, name: str, shape: ThresholdShape, state: FactSpec | None, written: Written, at: Path
    ) -> Value | Period | None:
        try:
            if state is not None:
                return parse_value(state, written)
            return parse_type(shape.unit, written) if shape.unit is not None else None
        except NotUnderstood as error:
            what = f"a state of {shape.state_of}" if shape.state_of else str(shape.unit)
            self._wrong(at, f'"{name}" is {what}', written, error.expected)
            return None

    def _wrong(
        self, path: Path, message: str, found: object = "", expected: str = "", fix: str = ""
    ) -> None:
        place = self.document.place(path)
        self.problems.add(place, message, found=found, expected=expected, fix=fix)
