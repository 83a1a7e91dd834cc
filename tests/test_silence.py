"""Silence and contradiction never read as a pass, and what is asked reads as one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
REPAIRS = ROOT / "examples" / "repairs-service" / "deck.yaml"
GATE_PASS = ROOT / "examples" / "gates" / "alpha_beta" / "pass.yaml"
Gatewise = Callable[..., Any]


def assessed(gatewise: Gatewise, deck: str) -> dict[str, Any]:
    """The only assessment of a deck that is given as text."""
    ran = gatewise("check", "-", "--format", "json", stdin=deck)
    assert ran.code in (0, 1), ran.err
    (assessment,) = json.loads(ran.out)["assessments"]
    found: dict[str, Any] = assessment
    return found


def finding(assessment: dict[str, Any], rule: str) -> dict[str, Any]:
    """What came of one rule."""
    (found,) = [each for each in assessment["findings"] if each["rule"] == rule]
    return dict(found)


def test_no_digital_spend_in_a_deck_full_of_it_escalates(gatewise: Gatewise) -> None:
    deck = REPAIRS.read_text(encoding="utf-8")
    found = assessed(gatewise, deck.replace("type: digital_service", "type: none", 1))
    assert found["outcome"] == "escalate"
    contradiction = finding(found, "SPEND-039")
    assert contradiction["status"] == "not_met"
    assert {"service.is_service", "architecture.hosting"} <= {
        seen["fact"] for seen in contradiction["evidence"]
    }
    needs = next(each for each in found["conclusions"] if each["fact"] == "spend.needs")
    assert needs["value"] is None


def test_a_deck_that_names_no_gate_before_does_not_pass(gatewise: Gatewise) -> None:
    deck = GATE_PASS.read_text(encoding="utf-8")
    assert assessed(gatewise, deck)["outcome"] == "pass"
    found = assessed(gatewise, deck.replace("    gate: disc_alpha\n", "", 1))
    assert (found["outcome"], finding(found, "GATE-065")["status"]) == ("escalate", "unknown")


def test_what_the_deck_leaves_out_was_not_checked(gatewise: Gatewise) -> None:
    found = assessed(gatewise, GATE_PASS.read_text(encoding="utf-8"))
    products, tiers = finding(found, "REPORT-005"), finding(found, "PMO-011")
    assert products["not_checked"] is True
    assert products["reason"] == "Not checked: the deck does not state the products."
    assert tiers["not_checked"] is False  # that is the organisation's to say
    assert tiers["reason"].startswith("Does not apply. The organisation's own rules")
    for each in found["findings"]:
        assert each["status"] == "not_applicable" or not each["not_checked"]


@pytest.mark.parametrize(
    ("deck", "rule", "fact", "asked"),
    [
        (
            "gate: {requested: alpha_beta}",
            "GATE-008",
            "gate.previous.decision",
            "is approved, approved with conditions or deferred",
        ),
        (
            "gate: {requested: wf_build, previous: {gate: wf_init}}",
            "GATE-065",
            "gate.previous.gate",
            "is initiation to design or design to build",
        ),
        (
            "gate: {requested: alpha_beta}\ntcop: {secure: not_met}",
            "TECH-004",
            "tcop.secure",
            "is not “not met, not explained”",
        ),
        (
            "gate: {requested: alpha_beta}\nspend: {type: technology, committed: yes}",
            "SPEND-034",
            "spend.pipeline.logged_date",
            "is on or before the commitment date plus 14 days, and has come",
        ),
    ],
)
def test_what_is_asked_reads_as_a_sentence(
    gatewise: Gatewise, deck: str, rule: str, fact: str, asked: str
) -> None:
    found = assessed(gatewise, f"organisation: {{id: homes_england}}\n{deck}\n")
    seen = {each["fact"]: each["expected"] for each in finding(found, rule)["evidence"]}
    assert seen[fact] == asked
