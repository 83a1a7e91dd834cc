"""The shipped rulebook: its cases, its sources, and what every organisation can rely on."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from engine import load_rulebook, shipped_rules
from engine.cases import run_case
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


@pytest.mark.parametrize("rule", ACTIVE, ids=name)
def test_rule_has_cases_for_what_it_can_say(rule: Rule) -> None:
    expected = {case.expect for case in rule.cases}
    not_met = {"not_met", rule.otherwise}
    assert expected & not_met, "no case shows it failing"
    assert expected & {"met", "pass"}, "no case shows it met"


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


def test_every_gate_of_a_ladder_has_rules_or_none_is_asked_at_it(rulebook: Rulebook) -> None:
    """A first rulebook covers these gates; the others ask only what is asked at every gate."""
    asked = Counter(gate for rule in ACTIVE for gate in rule.gates)
    for gate in ("triage", "pre_project", "disc_alpha", "alpha_beta", "close"):
        assert asked[gate] >= 2, gate


def test_every_conclusion_has_cases(rulebook: Rulebook) -> None:
    for conclusion in rulebook.conclusions:
        expected = {case.expect for case in conclusion.cases}
        assert len(expected) > 1, conclusion.fact
