"""The shipped rulebook: its cases, its sources, and what every organisation can rely on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from engine import load_rulebook, shipped_rules
from engine.cases import run_case
from engine.model.conditions import (
    Comparison,
    FromFact,
    FromThreshold,
    Literally,
    Period,
    Right,
    thresholds_in,
)
from engine.model.rules import Case, Conclusion, Rule, Rulebook, Slot

RULEBOOK = load_rulebook(shipped_rules())
ACTIVE = [rule for rule in RULEBOOK.rules if rule.status in ("active", "trial")]
WITH_CASES: list[Rule | Conclusion] = [*ACTIVE, *RULEBOOK.conclusions]
CASES = [(thing, case) for thing in WITH_CASES for case in thing.cases]


def name(value: object) -> str:
    """A readable id for a rule, a conclusion or a case."""
    return (
        value.name if isinstance(value, Case) else getattr(value, "id", getattr(value, "fact", ""))
    )


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return RULEBOOK


@pytest.mark.parametrize(("thing", "case"), CASES, ids=name)
def test_case_comes_out_as_expected(
    thing: Rule | Conclusion, case: Case, rulebook: Rulebook
) -> None:
    result = run_case(rulebook, thing, case)
    assert result.problem is None, str(result.problem)


def test_numbers_are_sourced(rulebook: Rulebook) -> None:
    for threshold in rulebook.thresholds.values():
        for dated in threshold.values:
            assert dated.source.document, threshold.name


def test_texts_keep_to_the_words_people_are_promised(rulebook: Rulebook) -> None:
    """No rule ids or fact names inside reasons, and none of the words the style leaves out."""
    banned = {
        "please",
        "sorry",
        "valid",
        "invalid",
        "forbidden",
        "illegal",
        "e.g.",
        "etc",
        "ensure",
    }
    facts = [fact for fact in rulebook.vocabulary.facts if "." in fact]
    for rule in ACTIVE:
        for text in (rule.reason, rule.reason_unknown, rule.remedy):
            words = " ".join(part for part in text if not isinstance(part, Slot))
            plain = words.lower().replace(",", " ").replace(".", " ").split()
            assert not banned & set(plain), f"{rule.id}: {banned & set(plain)}"
            assert not any(other.id in words for other in ACTIVE), rule.id
            assert not any(fact in words for fact in facts), rule.id


LONGEST_SENTENCE = 25  # words, a filled hole counting as one


@pytest.mark.parametrize("rule", ACTIVE, ids=name)
def test_sentences_are_short(rule: Rule) -> None:
    texts = [rule.reason, rule.reason_unknown, rule.remedy, (rule.rationale,), (rule.title,)]
    for text in texts:
        plain = "".join(part if isinstance(part, str) else "X" for part in text)
        for sentence in re.split(r"(?<=[.:?])\s+", plain):
            assert len(sentence.split()) <= LONGEST_SENTENCE, f"{rule.id}: {sentence}"


def comparisons(condition: Any) -> Iterator[Comparison]:
    """Every comparison of a condition."""
    if isinstance(condition, Comparison):
        yield condition
    for key in ("parts", "part", "where", "satisfies"):
        below = getattr(condition, key, ())
        for part in below if isinstance(below, tuple) else (below,):
            yield from comparisons(part)


def literals(right: Right) -> Iterator[object]:
    """The numbers and periods that a right-hand side spells out."""
    match right:
        case Literally(value) if not isinstance(value, bool | str | date):
            yield value
        case Period():
            yield right
        case FromFact() | FromThreshold():
            if isinstance(right, FromFact) and isinstance(right.plus, Period):
                yield right.plus
            if right.times is not None:
                yield from literals(right.times.by)


@pytest.mark.parametrize("rule", ACTIVE, ids=name)
def test_numbers_stand_in_thresholds_where_they_have_a_source(rule: Rule) -> None:
    for comparison in (*comparisons(rule.applies_when), *comparisons(rule.require)):
        assert set(literals(comparison.right)) <= {0, 1}, comparison.fact.name


@pytest.mark.parametrize("rule", ACTIVE, ids=name)
def test_a_threshold_has_a_value_at_every_gate_that_asks_for_it(rule: Rule) -> None:
    for threshold in (*thresholds_in(rule.applies_when), *thresholds_in(rule.require)):
        for dated in RULEBOOK.thresholds[threshold].values:
            if dated.by_gate:
                assert rule.gates
                assert set(rule.gates) <= set(dated.by_gate), threshold


def test_every_gate_asks_something_of_its_own(rulebook: Rulebook) -> None:
    asked = Counter(gate for rule in ACTIVE for gate in rule.gates)
    assert {gate for gate in rulebook.gates if not asked[gate]} == set()


@pytest.mark.parametrize("organisation", RULEBOOK.organisations)
def test_what_an_organisation_is_told_fits_it(organisation: str) -> None:
    own = RULEBOOK.organisations[organisation]
    assert own.rulesets
    assert own.gates
    kind = own.facts.get("organisation.kind", own.defaults.get("organisation.kind"))
    if kind in ("district_council", "unitary_council"):
        assert any("spend controls" in each.title for each in own.not_bound_by)
    for each in own.not_bound_by:
        assert each.source.document


def test_every_conclusion_has_cases(rulebook: Rulebook) -> None:
    for conclusion in rulebook.conclusions:
        expected = {case.expect for case in conclusion.cases}
        assert len(expected) > 1, conclusion.fact
