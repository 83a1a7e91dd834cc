"""The worked examples beside rules and conclusions, run through every evaluator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.errors import DeckError, Problem, nearest
from engine.evaluate_deck import Scene, evaluate_by_all, prepare
from engine.model.document import Document
from engine.model.rules import Case, Conclusion, Rule, Rulebook
from engine.parse.deck import parse_deck
from engine.showing import canonical
from engine.values import is_missing


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What one case expects and what came of it.

    Attributes:
        name: the rule's id, or the fact that the conclusion works out.
        problem: None where both agree.
        came_out: the rule's status, or the conclusion's value; "" where it could not be run.
    """

    name: str
    case: Case
    problem: Problem | None
    came_out: str = ""


_EXPECTABLE = ("met", "not_met", "unknown", "not_applicable", "pass", "recommend", "escalate")


def run_cases(rulebook: Rulebook) -> Iterator[CaseResult]:
    """Run every case of every rule (drafts aside) and of every conclusion.

    Raises:
        EvaluatorsDisagree: the evaluators gave different answers to a case.
    """
    for rule in rulebook.rules:
        if rule.status in ("active", "trial"):
            if not rule.cases:
                yield _without_case(rule)
            for case in rule.cases:
                yield run_case(rulebook, rule, case)
    for conclusion in rulebook.conclusions:
        for case in conclusion.cases:
            yield run_case(rulebook, conclusion, case)


def _without_case(rule: Rule) -> CaseResult:
    fix = "Write at least one case beside it."
    wrong = Problem(rule.place, f"{rule.id} has no case", fix=fix)
    return CaseResult(rule.id, Case("", {}, "", None, None, None, rule.place), wrong)


def run_case(rulebook: Rulebook, thing: Rule | Conclusion, case: Case) -> CaseResult:
    """Run one case of a rule or conclusion."""
    name = thing.id if isinstance(thing, Rule) else thing.fact
    if case.organisation is not None and case.organisation not in rulebook.organisations:
        fix = nearest(case.organisation, rulebook.organisations)
        wrong = Problem(case.place, f'unknown organisation "{case.organisation}"', fix=fix)
        return CaseResult(name, case, wrong)
    assert case.as_of is not None, "the parser gives every case a date"
    try:
        document = Document(case.place.source, case.facts, {(): case.place.line or 1})
        deck = parse_deck(document, rulebook.vocabulary)
    except DeckError as error:
        return CaseResult(name, case, error.problems[0])
    prepared = prepare(rulebook, case.organisation)
    gate = rulebook.gates[case.gate] if case.gate else None
    scene = Scene(deck, case.as_of, prepared.organisation, gate)
    answer, _ = evaluate_by_all(prepared, prepared.facts(scene))
    given = answer.statuses if isinstance(thing, Rule) else answer.conclusions
    if name not in given:
        wrong = Problem(case.place, f"{name} is not among the organisation's rulesets")
        return CaseResult(name, case, wrong)
    got = _got(rulebook, thing, given[name])
    if case.expect in got:
        return CaseResult(name, case, None, got[0])
    fix = ""
    if isinstance(thing, Rule) and case.expect not in _EXPECTABLE:
        fix = f"Expect one of: {', '.join(_EXPECTABLE)}."
    elif isinstance(thing, Rule) and thing.gates and gate is None:
        fix = f"Name a gate of the rule: gate: {thing.gates[0]}."
    what = f'{name}, case "{case.name}"'
    wrong = Problem(case.place, what, found=got[0], expected=case.expect, fix=fix)
    return CaseResult(name, case, wrong, got[0])


def _got(rulebook: Rulebook, thing: Rule | Conclusion, answer: object) -> tuple[str, ...]:
    """The words that a case may expect of this answer."""
    if isinstance(thing, Conclusion):
        if answer is None or is_missing(answer):
            return ("unknown",)
        return (canonical(rulebook.vocabulary.facts[thing.fact], answer),)  # type: ignore[arg-type]
    consequences = {"met": "pass", "not_met": thing.otherwise, "unknown": thing.if_unknown}
    status = str(answer)
    return (status, consequences[status]) if status in consequences else (status,)
