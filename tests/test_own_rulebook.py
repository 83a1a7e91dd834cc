"""Somebody else's rulebook, and somebody's own rule in ours: data alone, with no Python."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import engine.evaluate_deck
from engine.evaluate_rete import ReteEvaluator
from engine.readers.from_yaml import parse_yaml

ROOT = Path(__file__).resolve().parent.parent
GRANTS = ROOT / "tests" / "rulebooks" / "grants"
TRIAGE = ROOT / "tests" / "rulebooks" / "triage"
GUIDE = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")

BID = """\
applicant: {name: Fen Club, kind: club}
bid: {amount: £12k, start: 1 July 2026, maturity: costed}
outputs:
  - {title: Shed, cost: £2k, due: Q4 2026}
checks: {accounts: yes, bank: yes}
"""
GIVEN = ("--rules", GRANTS, "--gate", "award", "--as-of", "2026-06-01")

HAS_RETE = find_spec("durable_rules_engine") is not None
INSTALLED = ["reference", "durable_rules"] if HAS_RETE else ["reference"]

Gatewise = Callable[..., Any]


def first(ran: Any) -> dict[str, Any]:
    """The first assessment of a run in JSON."""
    assessment: dict[str, Any] = json.loads(ran.out)["assessments"][0]
    return assessment


def statuses(ran: Any) -> dict[str, str]:
    """The status of every rule."""
    return {finding["rule"]: finding["status"] for finding in first(ran)["findings"]}


# ---- a rulebook about something else altogether


def test_a_rulebook_has_its_own_words_gates_and_boards(gatewise: Gatewise) -> None:
    ran = gatewise("check", "-", *GIVEN, "--organisation", "north", stdin=BID)
    assert "Award · North Fund · rules as of 1 June 2026 (as given)" in ran.out
    assert "Score: 2 of 4 points, 50%. The pass mark is 60%." in ran.out
    assert (
        "The bid is for £12,000, over the £10,000 limit for small bids. The applicant is a club "
        "without a constitution." in " ".join(ran.out.split())
    )
    assert "Ask the applicant to bid through a registered charity, or ask the North panel" in (
        " ".join(ran.out.split())
    )
    assert 'due date: "Q4 2026" as 31 December 2026 [standard input:4]' in ran.out
    assert "The size of the bid: large. It is over the limit for small bids." in ran.out
    for word in ("Homes England", "digital", "SPEND-", "GATE-"):
        assert word not in ran.out
    assert (ran.code, ran.err) == (1, "")


@pytest.mark.parametrize(
    ("amount", "day", "organisation", "size"),
    [
        ("£10,000", "2026-06-01", "north", "small"),
        ("£10,000.01", "2026-06-01", "north", "large"),
        ("£10,000", "2026-03-31", "north", "large"),  # £5,000 until then
        ("£5,000", "2020-04-01", "north", "small"),
        ("£2,000", "2026-06-01", "south", "small"),
        ("£2,001", "2026-06-01", "south", "large"),
    ],
)
def test_thresholds_have_their_days_and_their_organisations(
    gatewise: Gatewise, amount: str, day: str, organisation: str, size: str
) -> None:
    deck = f'applicant: {{kind: charity}}\nbid: {{amount: "{amount}"}}\n'
    options = ("--organisation", organisation, "--as-of", day, "--format", "json")
    ran = gatewise("check", "-", *GIVEN, *options, stdin=deck)
    (drawn,) = first(ran)["conclusions"]
    assert drawn["raw"] == size


def test_a_threshold_before_its_first_day_leaves_the_rule_undecided(gatewise: Gatewise) -> None:
    ran = gatewise("check", "-", *GIVEN, "--as-of", "2019-01-01", "--format", "json", stdin=BID)
    assert statuses(ran)["AWARD-001"] == "unknown"
    assert first(ran)["outcome"] == "escalate"


def test_organisations_differ_in_their_facts_gates_and_names(gatewise: Gatewise) -> None:
    deck = "bid: {amount: £3k}\n"
    north, south = (
        gatewise("check", "-", *GIVEN, "--organisation", name, "--format", "json", stdin=deck)
        for name in ("north", "south")
    )
    assert statuses(north)["AWARD-001"] == "not_applicable"
    assert statuses(south)["AWARD-001"] == "met"  # over £2,000, and assumed to be a charity
    owners = {first(ran)["findings"][0]["owner"] for ran in (north, south)}
    assert owners == {"grants officer", "South officer"}
    refused = gatewise(
        "check", "-", *GIVEN, "--organisation", "south", "--gate", "sift", stdin=deck
    )
    assert 'no gate "sift" at South Fund\n  expected: award\n' in refused.err
    contradicting = gatewise(
        "check", "-", *GIVEN, "--organisation", "north", stdin="checks: {bank: no}\n"
    )
    assert contradicting.err == (
        "standard input:1: the deck contradicts what holds for every deck of North Fund\n"
        f"  found: no    expected: yes, from {GRANTS}/organisations/north.yaml:3\n"
        "  fix: Take checks.bank out, or correct it.\n"
    )


def test_the_rulebook_without_an_organisation_is_all_of_it(gatewise: Gatewise) -> None:
    ran = gatewise("check", "-", *GIVEN, "--format", "json", stdin=BID)
    assert first(ran)["organisation"] is None
    assert statuses(ran) == {"AWARD-001": "not_met", "AWARD-002": "met", "AWARD-003": "met"}


def test_the_rulebooks_name_and_its_hash_say_which_one_answered(
    gatewise: Gatewise, tmp_path: Path
) -> None:
    copy = tmp_path / "grants"
    shutil.copytree(GRANTS, copy)

    def answered() -> tuple[str, str]:
        ran = gatewise("check", "-", *GIVEN, "--rules", copy, "--format", "json", stdin=BID)
        made = first(ran)["provenance"]
        return made["rulebook"], made["rulebook_hash"]

    before = answered()
    assert before[0] == "grants"
    assert answered() == before
    with (copy / "award.yaml").open("a") as file:
        file.write("# a comment\n")
    assert answered() != before


# ---- a rulebook of conclusions alone: which route?


@pytest.mark.parametrize(
    ("facts", "route", "because"),
    [
        ("personal: no", "publish it openly", "Nothing personal is in it."),
        ("personal: no, abroad: yes", "publish it openly", "Nothing personal is in it."),
        ("personal: yes, abroad: no", "sign a sharing agreement",
         "Personal data is shared under an agreement."),
        ("personal: yes, abroad: yes", "ask the data board",
         "Personal data would leave the country."),
    ],
)  # fmt: skip
def test_a_triage_answers_with_the_route(
    gatewise: Gatewise, facts: str, route: str, because: str
) -> None:
    deck = f"request: {{title: Bus times, {facts}}}\n"
    ran = gatewise("check", "-", "--rules", TRIAGE, stdin=deck)
    assert f"\nRoute: {route}\n" in ran.out
    assert f"Route: {route}. {because}" in " ".join(ran.out.split())
    assert (ran.code, ran.err) == (0, "")
    in_json = json.loads(
        gatewise("check", "-", "--rules", TRIAGE, "--format", "json", stdin=deck).out
    )
    assert in_json["summary"] == {"pass": 0, "recommend": 0, "escalate": 0, "not_assessed": 0}
    (assessment,) = in_json["assessments"]
    assert (assessment["assessed"], assessment["outcome"]) == (True, None)
    assert assessment["conclusions"][0]["answer"] is True


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ("title: Bus times", "personal data and recipient abroad"),
        ("personal: yes", "recipient abroad"),
        ("personal: TBC, abroad: no", "personal data"),
    ],
)
def test_a_triage_that_lacks_the_deciding_fact_says_so_and_never_guesses(
    gatewise: Gatewise, facts: str, missing: str
) -> None:
    ran = gatewise("check", "-", "--rules", TRIAGE, stdin=f"request: {{{facts}}}\n")
    words = " ".join(ran.out.split())
    assert (
        f"Could not assess. Not enough information: the deck does not state the {missing}" in words
    )
    for route in ("publish", "agreement", "board."):
        assert f"Route: {route}" not in words
    assert ran.code == 3


def test_a_triage_explains_its_rows(gatewise: Gatewise) -> None:
    ran = gatewise(
        "explain", "-", "request.route", "--rules", TRIAGE, stdin="request: {personal: yes}\n"
    )
    assert "Result: unknown\n" in ran.out
    assert "recipient abroad is yes | found: not stated" in ran.out
    assert ran.code == 0


def test_a_triage_asks_for_what_its_answer_waits_for(gatewise: Gatewise) -> None:
    ran = gatewise("needs", "-", "--rules", TRIAGE, stdin="request: {title: Bus times}\n")
    assert "Fact: request.personal (personal data)" in ran.out
    assert ran.code == 0


def test_a_triage_needs_no_gate_and_no_organisation(gatewise: Gatewise) -> None:
    ran = gatewise("rules", "test", "--rules", TRIAGE)
    assert (ran.code, ran.out) == (0, "4 of 4 cases come out as expected.\n")
    assert "Route\n" in gatewise("rules", "show", "request.route", "--rules", TRIAGE).out


# ---- our rulebook, with a rule of one's own

OWN_FACTS = """
  garden:
    title: Garden
    facts:
      plants: {type: integer, label: number of plants, question: How many?, minimum: 0}
lists:
"""
OWN_RULES = """\
title: Gardens
prefix: GARDEN
cases_as_of: 2026-06-01
thresholds:
  garden.plants:
    title: Plants for a project
    unit: integer
    values: [{value: 3}]
    source: {document: Garden policy, standing: organisation}
rules:
  - id: GARDEN-001
    title: Every project has its plants
    gates: [alpha_beta]
    owner: delivery_manager
    escalate_to: board
    require: {garden.plants: {at_least: {threshold: garden.plants}}}
    otherwise: escalate
    if_unknown: recommend
    reason: There are {garden.plants} plants. A project needs {threshold:garden.plants}.
    remedy: Buy more plants, and tell the {role:board}.
    rationale: People think better among plants.
    source: {document: Garden policy, clause: Section 1, standing: organisation}
    cases:
      - {name: at the number, gate: alpha_beta, facts: {garden.plants: 3}, expect: met}
      - {name: one too few, gate: alpha_beta, facts: {garden.plants: 2}, expect: not_met}
      - {name: nobody counted, gate: alpha_beta, facts: {}, expect: recommend}
      - {name: at another gate, gate: triage, facts: {garden.plants: 0}, expect: not_applicable}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The shipped rules with one more fact and one more ruleset, and nothing else."""
    folder = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", folder)
    facts = folder / "facts.yaml"
    text = facts.read_text(encoding="utf-8")
    assert text.count("\nlists:\n") == 1
    facts.write_text(text.replace("\nlists:\n", OWN_FACTS), encoding="utf-8")
    (folder / "gardens.yaml").write_text(OWN_RULES, encoding="utf-8")
    england = folder / "organisations" / "homes_england.yaml"
    text = england.read_text(encoding="utf-8")
    added = re.sub(r"^rulesets:\n", "rulesets:\n  - gardens\n", text, flags=re.MULTILINE)
    assert added != text
    england.write_text(added, encoding="utf-8")
    return folder


def test_a_rule_of_ones_own_takes_effect_and_its_cases_run(
    gatewise: Gatewise, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    listed = gatewise("rules", "list", "--rules", own).out
    assert "GARDEN-001  Every project has its plants [escalate]" in listed
    deck = (ROOT / "examples/repairs-service/deck.yaml").read_text(encoding="utf-8")
    decks = "---\n".join(f"{deck}\ngarden: {{plants: {plants}}}\n" for plants in ("2", "3", "TBC"))
    ran = gatewise("check", "-", "--rules", own, "--format", "json", stdin=decks)
    found = [
        next(finding for finding in assessment["findings"] if finding["rule"] == "GARDEN-001")
        for assessment in json.loads(ran.out)["assessments"]
    ]
    assert [each["status"] for each in found] == ["not_met", "met", "unknown"]
    assert [each["outcome"] for each in found] == ["escalate", "pass", "recommend"]
    assert found[0]["reason"] == "There are 2 plants. A project needs 3."
    assert found[0]["remedy"] == "Buy more plants, and tell the Digital Portfolio Board."
    assert first(ran)["provenance"]["evaluators"] == INSTALLED
    council = gatewise("check", "examples/council-appraisal/pass.yaml", "--rules", own)
    assert "GARDEN-001" not in council.out


def test_the_cases_of_ones_own_rule_run_beside_the_others(gatewise: Gatewise, own: Path) -> None:
    rules = own / "gardens.yaml"
    rules.write_text(OWN_RULES.replace("garden.plants: 3}, expect", "garden.plants: 2}, expect"))
    ran = gatewise("rules", "test", "--rules", own)
    line = OWN_RULES[: OWN_RULES.index("- {name: at the number")].count("\n") + 1
    assert ran.err == (
        f'{rules}:{line}: GARDEN-001, case "at the number"\n  found: not_met    expected: met\n'
    )
    right, every = map(int, re.findall(r"\d+", ran.out))
    assert right == every - 1
    assert every > 100
    assert ran.code == 4


def test_a_rule_on_trial_is_shown_and_changes_nothing(gatewise: Gatewise, own: Path) -> None:
    rules = own / "gardens.yaml"
    rules.write_text(OWN_RULES.replace("    owner:", "    status: trial\n    owner:"))
    deck = ROOT / "examples/repairs-service/deck.yaml"
    copy = own / "answer.txt"
    in_json = first(
        gatewise("check", deck, "--rules", own, "--format=json", f"--output=text={copy}")
    )
    assert "On trial, with no effect (1)" in copy.read_text(encoding="utf-8")
    shipped = first(gatewise("check", deck, "--format", "json"))
    for key in ("outcome", "score", "goes_to", "headline"):
        assert in_json[key] == shipped[key]


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_a_rule_that_is_not_active_is_not_asked(gatewise: Gatewise, own: Path, status: str) -> None:
    rules = own / "gardens.yaml"
    rules.write_text(OWN_RULES.replace("    owner:", f"    status: {status}\n    owner:"))
    deck = ROOT / "examples/repairs-service/deck.yaml"
    ran = gatewise("check", deck, "--rules", own, "--show", "all")
    assert "GARDEN-001" not in ran.out


def test_every_example_in_the_guide_is_yaml_as_the_reader_takes_it() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    assert len(blocks) >= 6
    inline = re.findall(r"^\| `([a-z_.]+: [^`]*)` \|", GUIDE, re.MULTILINE)
    assert len(inline) >= 3
    for text in (*blocks, *(piece.replace("…", "x") for piece in inline)):
        (document,) = parse_yaml(text, "README.md")
        keys = [str(step) for path in document.lines for step in path[-1:]]
        halves = [key for key in keys if re.fullmatch(r"\d{3}", key)]
        assert halves == [], "an amount that holds a comma stands in braces without quotes"


# ---- without durable_rules


def test_the_reference_answers_alone_and_says_so(
    gatewise: Gatewise, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = (*GIVEN, "--organisation", "north")  # else there is a note on that
    both = gatewise("check", "-", *given, "--format", "json", stdin=BID)
    assert first(both)["provenance"]["evaluators"] == INSTALLED
    assert (first(both)["provenance"]["note"] == "") is HAS_RETE

    def not_installed(*_: Any) -> None:
        raise ImportError("No module named 'durable_rules_engine'")

    monkeypatch.setattr(ReteEvaluator, "__init__", not_installed)
    engine.evaluate_deck.prepare.cache_clear()
    alone = gatewise("check", "-", *given, "--format", "json", stdin=BID)
    note = "durable_rules is not installed, so the reference evaluator answered alone."
    assert first(alone)["provenance"]["evaluators"] == ["reference"]
    assert first(alone)["provenance"]["note"] == note
    assert statuses(alone) == statuses(both)
    for form in ("text", "markdown"):
        ran = gatewise("check", "-", *given, "--format", form, stdin=BID)
        assert note in " ".join(ran.out.replace("\\", "").split())
        assert (ran.code, ran.err) == (1, "")
    engine.evaluate_deck.prepare.cache_clear()
