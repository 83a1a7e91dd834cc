"""The reference evaluator: a status for every rule; the specification the others must match."""

from __future__ import annotations

from dataclasses import replace

from engine.conditions import NO_ITEM, Facts, Test, compile_condition, follows
from engine.model.evaluation import Evaluation
from engine.model.rules import Selection, Status
from engine.model.vocabulary import Value
from engine.operators import Truth


class ReferenceEvaluator:
    """Evaluates one selection of rules, deck after deck."""

    name = "reference"

    def __init__(self, selection: Selection) -> None:
        self._conclusions = [
            (conclusion.fact, [(compile_condition(row.when), row.value) for row in conclusion.rows])
            for conclusion in selection.conclusions
        ]
        self._rules = [
            (rule.id, compile_condition(rule.applies), compile_condition(rule.require))
            for rule in selection.rules
        ]

    def evaluate(self, facts: Facts) -> Evaluation:
        """Draw the conclusions, each after those it uses, then decide every rule."""
        facts = replace(facts, values=dict(facts.values))
        conclusions = {}
        for fact, rows in self._conclusions:
            conclusions[fact] = value = _first_that_holds(rows, facts)
            if value is not None:
                facts.values[fact] = value  # type: ignore[index]
        statuses = {
            rule_id: _status(applies, require, facts) for rule_id, applies, require in self._rules
        }
        return Evaluation(statuses, conclusions)


def _first_that_holds(rows: list[tuple[Test, Value]], facts: Facts) -> Value | None:
    """The value of the first row that holds, if no unknown row above could give another."""
    possible = set()
    for when, value in rows:
        truth = when(facts, NO_ITEM)
        if truth is not False:
            possible.add(value)
        if truth:
            return value if len(possible) == 1 else None
    return None


def _status(applies: Test, require: Test, facts: Facts) -> Status:
    in_force = applies(facts, NO_ITEM)
    if in_force is False:
        return "not_applicable"
    return _STATUS_OF[follows(in_force, require(facts, NO_ITEM))]


_STATUS_OF: dict[Truth, Status] = {True: "met", False: "not_met", None: "unknown"}
