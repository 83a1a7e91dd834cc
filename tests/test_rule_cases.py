"""The cases beside each rule pin it down: whatever one changes in a rule, some case notices.

Each rule is changed in one place at a time: a boundary moved, a part taken out, a missing answer
counted as yes or as no, a day or a gate shifted. A change that no case notices is a case that
nobody wrote. What holds for one member of a group holds for all of them, so a group is changed as
one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine import load_rulebook, shipped_rules
from engine.conditions import NO_ITEM, Facts, compile_condition, follows, right_value
from engine.evaluate import ReferenceEvaluator
from engine.evaluate_deck import Scene, prepare
from engine.model.conditions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    FactName,
    FromFact,
    FromPeriod,
    FromThreshold,
    ListStated,
    Literally,
    Not,
    Period,
    Quantified,
    Right,
)
from engine.model.document import Document
from engine.model.rules import Case, Rule, Selection
from engine.parse.deck import parse_deck

RULEBOOK = load_rulebook(shipped_rules())
WORDS = RULEBOOK.vocabulary
ACTIVE = [rule for rule in RULEBOOK.rules if rule.status in ("active", "trial")]
GROUP_OF = {member: group.name for group in WORDS.groups.values() for member in group.members}

NEVER = AnyOf(())
BESIDE = {
    "over": "at_least", "at_least": "over", "under": "at_most", "at_most": "under",
    "before": "on_or_before", "on_or_before": "before", "after": "on_or_after",
    "on_or_after": "after",
}  # fmt: skip
SCENE = ("assessment.gate", "assessment.as_of", "assessment.next_phase", "assessment.organisation")
TODAY = FactName("assessment.as_of")

# Changes that no deck can tell from the rule as it stands, or outcomes that it cannot have.
OTHER = "the other alternative asks it too and stays unknown"
ITEM = "the item stays unknown either way"
ASKED_WHERE_STATED = "only items that state it are asked"
SAME: dict[tuple[str, str], str] = {
    ("COMM-002", "require: contracts: kind missing counts as no (is)"): OTHER,
    ("COMM-003", "require: contracts: kind missing counts as no (is)"): OTHER,
    (
        "COMM-004",
        "applies_when: contracts.goods_and_services missing counts as yes (at_least)",
    ): "the largest is missing with the sum",
    (
        "COMM-004",
        "applies_when: contracts.goods_and_services missing counts as yes (over)",
    ): "it is compared with the threshold beside",
    (
        "COMM-004",
        "applies_when: contracts.largest missing counts as yes (under)",
    ): "the sum is missing with the largest",
    (
        "COMM-004",
        "require: contracts where kind missing counts as yes (one_of)",
    ): "the sum is missing too, so it is unknown anyway",
    (
        "COMM-008",
        "require: contracts where commenced_date missing counts as yes (on_or_after)",
    ): OTHER,
    ("COMM-008", "require: contracts where kind missing counts as no (is)"): OTHER,
    ("COMM-011", "require: contracts: kind missing counts as no (is)"): OTHER,
    ("COMM-011", "require: contracts: kind missing counts as no (one_of)"): OTHER,
    ("FEAS-003", "require: feasibility.legal_requirements missing counts as no (is)"): OTHER,
    (
        "FEAS-009",
        "require: feasibility.purchase_needed missing counts as no (is)",
    ): "it is asked for beside",
    (
        "FEAS-009",
        "require: feasibility.purchase_needed missing counts as yes (is)",
    ): "it is asked for beside",
    ("FEAS-010", "require: feasibility.suggestion missing counts as no (one_of)"): OTHER,
    (
        "FIN-003",
        "require: finance.next_phase_cost missing counts as yes (over)",
    ): "it is compared beside",
    ("FIN-012", "unknown"): "what is present is known",
    (
        "FIN-009",
        "require: finance.discovery_alpha_forecast missing counts as yes (at_most)",
    ): "each of its parts is asked for beside",
    ("GATE-002", "require: project.suggested_route missing counts as no (is)"): OTHER,
    ("IMPROVE-001", "not_met"): "every pathway is allowed, only the judgement is asked for",
    ("MGMT-002", "require: assurance.rpa missing counts as yes (under)"): OTHER,
    ("MGMT-004", "require: assurance.last_health_check missing counts as no (within)"): OTHER,
    ("MGMT-010", "require: benefits: status missing counts as no (is)"): OTHER,
    ("MGMT-012", "require: resources.lines: required missing counts as yes (over)"): ITEM,
    ("PMO-001", "require: project.work_type missing counts as no (is)"): OTHER,
    (
        "PMO-007",
        "require: prioritisation.scores: points missing counts as yes (is)",
    ): "their sum is missing too",
    ("PMO-011", "unknown"): "what is present is known",
    ("PMO-012", "unknown"): "what is present is known",
    (
        "REPORT-006",
        "require: milestones.count missing counts as no (at_most)",
    ): "every count is missing with the list",
    (
        "REPORT-006",
        "require: milestones.count missing counts as yes (at_most)",
    ): "every count is missing with the list",
    ("REPORT-006", "require: milestones.on_one_day missing counts as no (under)"): OTHER,
    (
        "REPORT-006",
        "require: milestones.on_one_day missing counts as yes (under)",
    ): "the other requirement asks it too and stays unknown",
    (
        "REPORT-006",
        "require: milestones: forecast_date missing counts as no (is_not)",
    ): "the most on one day is missing with a date",
    (
        "REPORT-006",
        "require: milestones: forecast_date missing counts as yes (is_not)",
    ): "the most on one day is missing with a date",
    (
        "REPORT-006",
        "require: some of milestones becomes every",
    ): "it only decides where all lie on one day",
    ("REPORT-008", "require: status.products_total missing counts as no (is)"): OTHER,
    ("REPORT-013", "require: status.quotes: amount missing counts as no (at_least)"): OTHER,
    ("REPORT-013", "require: status.quotes: amount missing counts as no (at_most)"): OTHER,
    (
        "REPORT-022",
        "require: milestones.count missing counts as no (is)",
    ): "the list is missing too",
    (
        "REPORT-022",
        "require: milestones.count missing counts as yes (is)",
    ): "the list is missing too",
    (
        "REPORT-022",
        "require: milestones: depends_on_itself missing counts as yes (is)",
    ): "whether it is in a circle stays unknown too",
    (
        "REPORT-022",
        "require: milestones: depends_on_missing missing counts as yes (is)",
    ): "whether it is in a circle stays unknown too",
    (
        "REPORT-029",
        "require: milestones where slip_days missing counts as yes (over)",
    ): "the other question on the days stays unknown",
    (
        "REPORT-036",
        "require: status.counts: headed_as missing counts as no (is)",
    ): ASKED_WHERE_STATED,
    (
        "REPORT-036",
        "require: status.counts: headed_as missing counts as yes (is)",
    ): ASKED_WHERE_STATED,
    ("REPORT-034", "unknown"): "what is present is known",
    (
        "RETURN-001",
        "require: returns.budget missing counts as no (at_least)",
    ): "without a budget there is nothing to measure from, so it is unknown anyway",
    (
        "RETURN-001",
        "require: returns.budget missing counts as no (at_most)",
    ): "without a budget there is nothing to measure from, so it is unknown anyway",
    ("RETURN-002", "require: returns.forecast missing counts as no (over)"): OTHER,
    ("RETURN-002", "require: returns.forecast missing counts as no (under)"): OTHER,
    (
        "RETURN-006",
        "require: returns.cost missing counts as no (at_least)",
    ): "without both costs there is nothing to compare, so it is unknown anyway",
    (
        "RETURN-006",
        "require: returns.cost missing counts as yes (at_least)",
    ): "without both costs there is nothing to compare, so it is unknown anyway",
    (
        "RETURN-006",
        "require: returns.cost missing counts as no (at_most)",
    ): "without both costs there is nothing to compare, so it is unknown anyway",
    (
        "RETURN-006",
        "require: returns.cost missing counts as yes (at_most)",
    ): "without both costs there is nothing to compare, so it is unknown anyway",
    ("RISK-002", "require: risks where status missing counts as no (is_not)"): ITEM,
    ("RISK-002", "require: risks where status missing counts as yes (is_not)"): ITEM,
    ("RISK-003", "require: risks where status missing counts as no (is_not)"): ITEM,
    ("RISK-003", "require: risks where status missing counts as yes (is_not)"): ITEM,
    ("RISK-004", "require: risks where status missing counts as no (is_not)"): ITEM,
    ("RISK-004", "require: risks where status missing counts as yes (is_not)"): ITEM,
    ("RISK-005", "require: risks where residual_score missing counts as yes (at_least)"): ITEM,
    ("RISK-005", "require: risks where status missing counts as no (is_not)"): ITEM,
    ("RISK-005", "require: risks where status missing counts as yes (is_not)"): ITEM,
    ("RISK-006", "require: risks where status missing counts as no (is_not)"): ITEM,
    ("RISK-006", "require: risks where status missing counts as yes (is_not)"): ITEM,
    ("SAFE-017", "require: ai.atrs_status missing counts as no (at_least)"): OTHER,
    (
        "SPEND-036",
        "applies_when: spend.committed missing counts as yes (is)",
    ): "without a planned date what is required is unknown anyway",
    (
        "SPEND-041",
        "require: spend.approvals: expires missing counts as yes (on_or_after)",
    ): "the other comparison with it stays unknown",
    ("SAFE-018", "require: ai.atrs_status missing counts as no (at_least)"): OTHER,
    (
        "SAFE-023",
        "applies_when: organisation.kind missing counts as yes (one_of)",
    ): "what is known leaves no room for not met",
    (
        "SERVICE-003",
        "applies_when: service.assessments where phase missing counts as yes (is)",
    ): "the latest date is missing too",
    ("SERVICE-003", "asked at every gate"): "applies_when names the gates itself",
    (
        "SERVICE-005",
        "require: service.assessment_actions: phase missing counts as no (is)",
    ): "the other question on the phase stays unknown",
    (
        "SPEND-009",
        "applies_when: spend.regime missing counts as yes (is)",
    ): "without a regime no approval is needed for certain",
    ("SPEND-025", "applies_when: spend.regime missing counts as no (is)"): OTHER,
    (
        "SPEND-025",
        "applies_when: spend.related_largest missing counts as yes (at_most)",
    ): "the sum is missing with the largest",
    (
        "SPEND-025",
        "applies_when: spend.related_total missing counts as yes (over)",
    ): "the largest is missing with the sum",
    (
        "SPEND-026",
        "applies_when: spend.related_largest missing counts as yes (at_most)",
    ): "the sum is missing with the largest",
    (
        "SPEND-026",
        "applies_when: spend.related_total missing counts as yes (over)",
    ): "the largest is missing with the sum",
    (
        "SPEND-031",
        "applies_when: spend.regime missing counts as yes (is)",
    ): "without a regime no approval is needed for certain",
    (
        "SPEND-036",
        "applies_when: spend.regime missing counts as yes (one_of)",
    ): "without a regime no approval is needed for certain",
    (
        "SPEND-034",
        "applies_when: spend.committed missing counts as yes (is)",
    ): "the date is missing too, so it is unknown anyway",
    ("STRAT-003", "unknown"): "what is present is known",
}

STATUSES = ("met", "not_met", "unknown", "not_applicable")

Change = tuple[str, Condition]


# ---- one place changed


def changes(condition: Condition) -> Iterator[Change]:
    """The condition with one place changed, and what was changed."""
    match condition:
        case Comparison():
            yield from _of_leaf(condition)
        case ListStated(name, stated):
            yield f"{name} is taken as stated", ALWAYS if stated else NEVER
            yield f"{name} is taken as not stated", NEVER if stated else ALWAYS
        case AllOf(parts) | AnyOf(parts):
            if _is_group(parts):
                yield from _of_group(condition)
                return
            for n, part in enumerate(parts):
                others = (*parts[:n], *parts[n + 1 :])
                for what, changed in changes(part):
                    if isinstance(condition, AllOf) and _told_beside(part, what, others):
                        continue
                    yield what, replace(condition, parts=(*parts[:n], changed, *parts[n + 1 :]))
        case Not(part):
            for what, changed in changes(part):
                yield what, Not(changed)
        case Quantified():
            yield from _of_quantifier(condition)


def _told_beside(part: Condition, what: str, others: tuple[Condition, ...]) -> bool:
    """Whether what is missing is asked of beside as well, so that counting it changes nothing."""
    if not isinstance(part, Comparison):
        return False
    beside = {o.operator for o in others if isinstance(o, Comparison) and o.fact == part.fact}
    counted = what.partition(" counts as ")[2][:3]
    return ("present" in beside and bool(counted)) or (bool(beside) and counted == "yes")


def _of_quantifier(condition: Quantified) -> Iterator[Change]:
    name, other = condition.list, "some" if condition.kind == "every" else "every"
    yield f"{condition.kind} of {name} becomes {other}", replace(condition, kind=other)  # type: ignore[arg-type]
    if condition.where != ALWAYS:
        for what, changed in changes(condition.where):
            yield f"{name} where {what}", replace(condition, where=changed)
    for what, changed in changes(condition.satisfies):
        yield f"{name}: {what}", replace(condition, satisfies=changed)


def _of_leaf(leaf: Comparison) -> Iterator[Change]:
    name = leaf.fact.name
    if name in WORDS.facts and WORDS.facts[name].attests:
        return  # who judged, and when: the engine's own part of a judgement
    said = f"{name} {leaf.operator}"
    yield f"{said} always", ALWAYS
    yield f"{said} never", NEVER
    if leaf.operator in BESIDE:
        yield f"{said} its boundary", replace(leaf, operator=BESIDE[leaf.operator])
    if leaf.operator in ("older_than", "within"):
        yield from _of_period(leaf)
    if leaf.operator not in ("present", "absent", "known", "reached") and name not in SCENE:
        missing = Comparison(leaf.fact, "absent")
        yield f"{name} missing counts as yes ({leaf.operator})", AnyOf((missing, leaf))
        yield f"{name} missing counts as no ({leaf.operator})", AllOf((Not(missing), leaf))


def _of_period(leaf: Comparison) -> Iterator[Change]:
    right = leaf.right
    assert isinstance(right, Period | FromPeriod)
    back = (
        Period(-right.amount, right.unit)
        if isinstance(right, Period)
        else FromPeriod(right.name, back=True)
    )
    earliest = FromFact(TODAY, plus=back)
    if leaf.operator == "older_than":
        yield f"{leaf.fact.name} first day", replace(leaf, operator="on_or_before", right=earliest)
        return
    not_ahead = replace(leaf, operator="on_or_before", right=FromFact(TODAY))
    after = replace(leaf, operator="after", right=earliest)
    yield f"{leaf.fact.name} first day", AllOf((after, not_ahead))
    yield f"{leaf.fact.name} in the future", replace(leaf, operator="on_or_after", right=earliest)


def _facts_of(condition: Condition) -> Iterator[str]:
    if isinstance(condition, Comparison):
        yield condition.fact.name
    for name in ("parts", "part"):
        below = getattr(condition, name, ())
        for part in below if isinstance(below, tuple) else (below,):
            yield from _facts_of(part)


def all_facts(condition: Condition) -> set[str]:
    """The names of the facts that a condition compares."""
    return {leaf.fact.name for _, leaf in leaves(condition)}


def _is_group(parts: tuple[Condition, ...]) -> bool:
    """Whether these parts are a quantifier over a group, written out."""
    names = [name for part in parts for name in _facts_of(part)]
    groups = {GROUP_OF.get(WORDS.facts[n].attests or n) if n in WORDS.facts else n for n in names}
    judged = {WORDS.facts[n].attests or n for n in names if n in WORDS.facts}
    return len(judged) > 1 and len(parts) > 2 and len(groups) == 1 and None not in groups


def _of_group(condition: AllOf | AnyOf) -> Iterator[Change]:
    """Every member changed alike."""
    for several in zip(*(list(changes(part)) for part in _plain_parts(condition)), strict=True):
        changed = tuple(part for _, part in several)
        what = f"the group of {several[0][0]}"
        yield what, AllOf(changed) if isinstance(condition, AllOf) else AnyOf(changed)
    for n in (0, len(condition.parts) - 1):
        without = (*condition.parts[:n], *condition.parts[n + 1 :])
        yield f"the group without member {n + 1}", replace(condition, parts=without)


def _plain_parts(condition: AllOf | AnyOf) -> Iterator[Condition]:
    """The parts, a judgement's without who made it and when."""
    for part in condition.parts:
        if isinstance(part, Comparison) and WORDS.facts[part.fact.name].attests:
            continue
        yield part


def variants(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """The rule with one place changed."""
    twice = all_facts(rule.applies_when) & all_facts(rule.require)
    for what, applies in changes(rule.applies_when):
        if what.split(" missing counts")[0] not in twice:  # else the other part stays unknown
            yield f"applies_when: {what}", replace(rule, applies_when=applies)
    for what, require in changes(rule.require):
        if what.split(" missing counts")[0] not in twice:
            yield f"require: {what}", replace(rule, require=require)
    first, last = (None, None) if _has_its_days_from_a_conclusion(rule) else rule.in_force
    day = timedelta(days=1)
    if first is not None:
        yield "in_force from a day earlier", replace(rule, in_force=(first - day, last))
        yield "in_force from a day later", replace(rule, in_force=(first + day, last))
    if last is not None:
        yield "in_force to a day earlier", replace(rule, in_force=(first, last - day))
        yield "in_force to a day later", replace(rule, in_force=(first, last + day))
    if rule.gates:
        yield "asked at every gate", replace(rule, gates=())


def _has_its_days_from_a_conclusion(rule: Rule) -> bool:
    """Whether it asks for something that is worked out from the day, in cases of its own."""
    dated = {
        c.fact for c in RULEBOOK.conclusions for row in c.rows if TODAY.name in all_facts(row.when)
    }
    return not dated.isdisjoint(all_facts(rule.applies_when))


# ---- what the cases say of it


_known: dict[int, Facts] = {}


def facts_of(case: Case) -> Facts:
    """Everything known in a case, its conclusions included."""
    if id(case) not in _known:
        _known[id(case)] = _read(case)
    return _known[id(case)]


def _read(case: Case) -> Facts:
    assert case.as_of is not None
    document = Document(case.place.source, case.facts, {(): case.place.line or 1})
    prepared = prepare(RULEBOOK, case.organisation)
    gate = RULEBOOK.gates[case.gate] if case.gate else None
    deck = parse_deck(document, WORDS)
    facts = prepared.facts(Scene(deck, case.as_of, prepared.organisation, gate))
    selection = prepared.selection
    concluding = Selection((), selection.conclusions, selection.thresholds)
    found = ReferenceEvaluator(concluding).evaluate(facts).conclusions
    drawn = {fact: value for fact, value in found.items() if value is not None}
    return replace(facts, values={**facts.values, **drawn})


def status(applies: Any, require: Any, facts: Facts) -> object:
    """The rule's status, as the reference evaluator gives it."""
    in_force = applies(facts, NO_ITEM)
    return "NA" if in_force is False else follows(in_force, require(facts, NO_ITEM))


def statuses(rule: Rule) -> list[object]:
    """The rule's status in each of its cases."""
    applies, require = compile_condition(rule.applies), compile_condition(rule.require)
    return [status(applies, require, facts_of(case)) for case in rule.cases]


def name(rule: Rule) -> str:
    return rule.id


@pytest.mark.parametrize("rule", ACTIVE, ids=name)
def test_no_change_of_the_rule_goes_unnoticed(rule: Rule) -> None:
    as_it_stands = statuses(rule)
    unnoticed = {what for what, changed in variants(rule) if statuses(changed) == as_it_stands}
    excused = {what for id_, what in SAME if id_ == rule.id and what not in STATUSES}
    assert unnoticed <= excused, f"{rule.id}: no case notices " + "; ".join(unnoticed - excused)
    assert excused <= unnoticed, f"{rule.id}: needs no excuse for " + "; ".join(excused - unnoticed)


# ---- at and beside every number


def leaves(condition: Condition) -> Iterator[tuple[str | None, Comparison]]:
    """Every comparison, with the list that it is asked of."""
    if isinstance(condition, Comparison):
        yield None, condition
    elif isinstance(condition, Quantified):
        for part in (condition.where, condition.satisfies):
            yield from ((condition.list, leaf) for _, leaf in leaves(part))
    for key in ("parts", "part"):
        below = getattr(condition, key, ())
        for part in below if isinstance(below, tuple) else (below,):
            yield from leaves(part)


def _uses_a_number(right: Right) -> bool:
    if isinstance(right, Literally):
        return not isinstance(right.value, bool | str | date) and right.value not in (0, 1)
    if isinstance(right, FromFact):
        return right.plus is not None or right.times is not None
    return isinstance(right, FromThreshold | FromPeriod | Period)


def _distance(left: Any, right: Any) -> Any:
    if isinstance(left, date):
        return (left - right).days
    return Decimal(left) - Decimal(right) if not isinstance(left, bool | str) else None


def _small(leaf: Comparison, listed: str | None) -> int:
    """What counts as just beside a number: £1, a whole one, a day."""
    measure = WORDS.measures.get(leaf.fact.name)
    if measure is not None and measure.function == "share":
        return 6  # one of 18 at least
    facts = WORDS.lists[listed].known if listed and leaf.fact.of_item else WORDS.facts
    return 100 if facts[leaf.fact.name].type == "money" else 1


NUMBERED = [
    pytest.param(rule, listed, leaf, id=f"{rule.id}-{leaf.fact.name}-{leaf.operator}")
    for rule in ACTIVE
    for listed, leaf in (*leaves(rule.applies_when), *leaves(rule.require))
    if _uses_a_number(leaf.right) and not leaf.scale and leaf.operator not in ("is", "is_not")
]


@pytest.mark.parametrize(("rule", "listed", "leaf"), NUMBERED)
def test_a_case_lies_at_each_number_and_one_on_either_side(
    rule: Rule, listed: str | None, leaf: Comparison
) -> None:
    small, sides = _small(leaf, listed), set()
    for case in rule.cases:
        facts = facts_of(case)
        for item in facts.items.get(listed, ()) if listed else (NO_ITEM,):
            left = (item if leaf.fact.of_item else facts.values).get(leaf.fact.name)
            right = right_value(leaf.right, facts, item)
            if left is None or right is None:
                continue
            distance = _distance(left, right)
            if distance is not None and abs(distance) <= small:
                sides.add((distance > 0) - (distance < 0))
    wanted = {-1, 0, 1}
    missing = {-1: "just under", 0: "at it", 1: "just over"}
    assert sides >= wanted or (rule.id, f"{leaf.fact.name} {leaf.operator}") in SAME, [
        missing[side] for side in sorted(wanted - sides)
    ]


# ---- every status


def possible(condition: Condition) -> set[bool | None]:
    """How a condition can come out, whatever the deck says."""
    match condition:
        case Comparison(_, operator):
            if operator in ("present", "absent") or condition.fact.name in SCENE[:2]:
                return {True, False}
            return {True, None} if operator in ("known", "reached") else {True, False, None}
        case ListStated():
            return {True, False}
        case Quantified():
            return {True, False, None}
        case Not(part):
            return {None if truth is None else not truth for truth in possible(part)}
        case AllOf(parts) | AnyOf(parts):
            each = [possible(part) for part in parts]
            decides = isinstance(condition, AnyOf)
            found: set[bool | None] = set()
            if any(decides in some for some in each):
                found.add(decides)
            if all((not decides) in some for some in each):
                found.add(not decides)
            if any(None in some for some in each):
                found.add(None)
            return found


@pytest.mark.parametrize("rule", ACTIVE, ids=name)
def test_a_case_shows_each_status_that_the_rule_can_have(rule: Rule) -> None:
    applies, require = possible(rule.applies_when), possible(rule.require)
    wanted = {"met", "not_met"} if False in require else {"met"}
    if None in applies or None in require:
        wanted.add("unknown")
    if False in applies or rule.gates:
        wanted.add("not_applicable")
    consequences = {True: "met", False: "not_met", None: "unknown", "NA": "not_applicable"}
    shown = {consequences[status] for status in statuses(rule)}  # type: ignore[index]
    unreachable = {word for word in STATUSES if (rule.id, word) in SAME}
    assert shown >= wanted - unreachable, f"no case is {', '.join(sorted(wanted - shown))}"
    assert not shown & unreachable, f"a case is {', '.join(sorted(shown & unreachable))}"


def test_what_is_excused_is_of_a_rule() -> None:
    assert {rule for rule, _ in SAME} <= {rule.id for rule in ACTIVE}
