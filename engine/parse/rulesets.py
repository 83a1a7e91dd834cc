"""One ruleset file into thresholds, gates, conclusions and rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.days import NotUnderstood
from engine.errors import Place, Problems, nearest
from engine.model.conditions import ALWAYS, Condition, asks_items
from engine.model.document import Document, Path
from engine.model.rules import Case, Conclusion, Gate, RatingSpec, Row, Rule, RuleSet, Text
from engine.model.thresholds import Source
from engine.model.vocabulary import Value, Vocabulary
from engine.parse.conditions import ConditionParser
from engine.parse.right_sides import ThresholdKind
from engine.parse.shapes import (
    CaseShape,
    ConclusionShape,
    GateShape,
    LadderShape,
    NamedThresholdShape,
    RatingShape,
    RowShape,
    RuleSetShape,
    RuleShape,
    SourceShape,
)
from engine.parse.text import parse_text
from engine.values import parse_type, parse_value


def parse_source(shape: SourceShape) -> Source:
    """A source as written."""
    return Source(shape.document, shape.standing, shape.clause, shape.link, shape.date)


def parse_gates(
    gates: Mapping[str, GateShape],
    ladders: Mapping[str, LadderShape],
    document: Document,
    problems: Problems,
) -> dict[str, Gate]:
    """The gates of one file; a pass mark by name is checked once all thresholds are known."""
    return {
        id_: Gate(
            id_,
            gate.title,
            gate.into_phase,
            gate.decided_by,
            gate.returned_to or gate.decided_by,
            _pass_mark(gate, document.place(("gates", id_, "pass_mark")), problems),
            tuple(name for name, ladder in ladders.items() if id_ in ladder.gates),
            document.place(("gates", id_)),
        )
        for id_, gate in gates.items()
    }


def _pass_mark(gate: GateShape, place: Place, problems: Problems) -> Decimal | str | None:
    written = gate.pass_mark
    if written is None or isinstance(written, NamedThresholdShape):
        return written.threshold if written else None
    try:
        mark = Decimal(str(parse_type("percentage", written)))
    except NotUnderstood:
        mark = Decimal(-1)
    if not 0 <= mark <= 100:
        expected = "0% to 100%, or {threshold: name}"
        problems.add(place, "not a pass mark", found=written, expected=expected)
    return mark


@dataclass(frozen=True)
class RuleSetParser:
    """Parses one ruleset file against everything that the folder declares."""

    id: str
    shape: RuleSetShape
    document: Document
    vocabulary: Vocabulary
    thresholds: Mapping[str, ThresholdKind]
    gates: Mapping[str, Gate]
    problems: Problems

    def parse(self) -> RuleSet:
        """The ruleset, with every problem noted."""
        return RuleSet(
            self.id,
            self.shape.title,
            self.shape.description,
            self.document.place(),
            self.shape.cases_as_of,
            tuple(self._rule(rule, ("rules", n)) for n, rule in enumerate(self.shape.rules)),
            tuple(
                self._conclusion(fact, written, ("conclusions", fact))
                for fact, written in self.shape.conclusions.items()
            ),
            tuple(self._rating(name, written) for name, written in self.shape.ratings.items()),
        )

    def _rating(self, name: str, written: RatingShape) -> RatingSpec:
        facts = {
            key: getattr(written, key) for key in ("stated", "worked_out", "last_period", "set_by")
        }
        for key, fact in facts.items():
            if fact is not None:
                self._known(fact, self.vocabulary.facts, "fact", ("ratings", name, key))
        named = {key: fact or "" for key, fact in facts.items()}
        scales = {
            tuple(self.vocabulary.facts[fact].values)
            for key, fact in named.items()
            if key != "set_by" and fact in self.vocabulary.facts
        }
        if len(scales) > 1:
            self._wrong(("ratings", name), "the facts of a rating must have the same values")
        return RatingSpec(written.title, **named)

    def _rule(self, written: RuleShape, path: Path) -> Rule:
        prefix, own = self.shape.prefix, written.id.split("-")[0]
        if own != prefix:
            fix = f"Write {prefix} before the hyphen." if prefix else f"Add prefix: {own} above."
            message = "the id does not begin with the ruleset's prefix"
            self._wrong((*path, "id"), message, written.id, fix=fix)
        for n, gate in enumerate(written.gates):
            self._known(gate, self.gates, "gate", (*path, "gates", n))
        self._known(written.owner, self.vocabulary.roles, "role", (*path, "owner"))
        if written.escalate_to is not None:
            self._known(written.escalate_to, self.vocabulary.roles, "role", (*path, "escalate_to"))
        if written.replaced_by is not None and written.status != "retired":
            self._wrong((*path, "replaced_by"), "only a retired rule is replaced by another")
        in_force = written.in_force.from_, written.in_force.to
        if None not in in_force and in_force[0] > in_force[1]:  # type: ignore[operator]
            self._wrong((*path, "in_force"), "the rule ends before it begins")
        require = self._condition(written.require, (*path, "require"))
        return Rule(
            id=written.id,
            ruleset=self.id,
            title=written.title,
            status=written.status,
            place=self.document.place(path),
            owner=written.owner,
            escalate_to=written.escalate_to or written.owner,
            points=written.points,
            gates=tuple(written.gates),
            in_force=in_force,
            applies_when=self._condition(written.applies_when, (*path, "applies_when")),
            require=require,
            otherwise=written.otherwise,
            if_unknown=written.if_unknown,
            reason=self._text(written.reason, (*path, "reason"), of_items=asks_items(require)),
            reason_unknown=self._text(written.reason_unknown, (*path, "reason_unknown")),
            remedy=self._text(written.remedy, (*path, "remedy")),
            rationale=written.rationale,
            source=parse_source(written.source),
            replaced_by=written.replaced_by,
            cases=self._cases(written.cases, path),
        )

    def _conclusion(self, fact: str, written: ConclusionShape, path: Path) -> Conclusion:
        spec = self.vocabulary.facts.get(fact)
        if spec is None or not spec.concluded:
            concluded = [name for name, s in self.vocabulary.facts.items() if s.concluded]
            fix = nearest(fact, concluded) or "Declare it in facts.yaml with concluded: true."
            self._wrong(path, f'"{fact}" is not declared as a concluded fact', fix=fix)
        rows = tuple(
            row
            for n, shape in enumerate(written.rows)
            if (row := self._row(fact, shape, (*path, "rows", n), n == len(written.rows) - 1))
        )
        return Conclusion(
            fact, self.id, written.title, rows, parse_source(written.source),
            self.document.place(path), written.answer, self._cases(written.cases, path),
        )  # fmt: skip

    def _row(self, fact: str, written: RowShape, path: Path, last: bool) -> Row | None:
        spec = self.vocabulary.facts.get(fact)
        if (written.when is None) == (written.otherwise is None):
            self._wrong(path, "a row has either when or otherwise: true")
        if written.otherwise and not last:
            self._wrong(path, "the row with otherwise must be the last one")
        if spec is None:
            return None
        value: Value = ""
        try:
            value = parse_value(spec, written.value)
        except NotUnderstood as error:
            self._wrong(
                (*path, "value"), f"not a value of {fact}", written.value, error.expected, error.fix
            )
        when = self._condition(written.when or {}, (*path, "when"))
        return Row(when, value, written.because, self.document.place(path))

    def _cases(self, written: list[CaseShape], path: Path) -> tuple[Case, ...]:
        cases = []
        for n, case in enumerate(written):
            at = (*path, "cases", n)
            if case.gate is not None:
                self._known(case.gate, self.gates, "gate", (*at, "gate"))
            as_of = case.as_of or self.shape.cases_as_of
            expect = {True: "yes", False: "no"}.get(case.expect, str(case.expect))  # type: ignore[call-overload]
            place = self.document.place(at)
            cases.append(
                Case(case.name, case.facts, expect, as_of, case.gate, case.organisation, place)
            )
            if as_of is None:
                self._wrong(at, "the case has no as_of", fix="Add as_of, or cases_as_of above.")
        return tuple(cases)

    def _condition(self, written: Mapping[str, Any], path: Path) -> Condition:
        if not written:
            return ALWAYS
        parser = ConditionParser(self.document, self.problems, self.vocabulary, self.thresholds)
        return parser.parse(written, path)

    def _text(self, written: str, path: Path, *, of_items: bool = False) -> Text:
        return parse_text(
            written, self.document, path, self.vocabulary, self.thresholds, self.problems,
            of_items=of_items,
        )  # fmt: skip

    def _known(self, name: str, known: Mapping[str, object], what: str, path: Path) -> None:
        if name not in known:
            fix = nearest(name, known) or f"Use one of: {', '.join(known)}."
            self._wrong(path, f'unknown {what} "{name}"', fix=fix)

    def _wrong(
        self, path: Path, message: str, found: object = "", expected: str = "", fix: str = ""
    ) -> None:
        place = self.document.place(path)
        self.problems.add(place, message, found=found, expected=expected, fix=fix)
