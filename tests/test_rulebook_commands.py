"""What a project lead and a rule's owner read: the questions of a gate, a rule whole, the book."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
GRANTS = ROOT / "tests" / "rulebooks" / "grants"
DAY = ("--as-of", "2026-06-01")

Gatewise = Callable[..., Any]


def in_one_line(text: str) -> str:
    return " ".join(text.split())


# ---- the questions of a gate


def asked(out: str) -> list[str]:
    """The names of the facts that are asked for, in order."""
    return re.findall(r"^     ([a-z_]+\.[a-z_.]+): ", out, re.MULTILINE)


def test_questions_are_those_of_the_gate_with_the_rules_that_ask(gatewise: Gatewise) -> None:
    ran = gatewise("questions", "--gate", "triage", "--organisation", "homes_england", *DAY)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Triage of a request · Homes England · rules as of 1 June 2026\n")
    assert "3 rules may ask 8 questions." in ran.out
    assert (
        "3. Where did triage send the request? project.request.triage_outcome: one of "
        "digital_portfolio, transformation_programme, service_team, bau or rejected "
        "Asked by GATE-001, GATE-002"
    ) in in_one_line(ran.out)
    assert "\nThe rules that ask\n  GATE-001  Triage has given the request a route\n" in ran.out


def test_questions_come_in_the_order_of_a_deck(gatewise: Gatewise) -> None:
    out = gatewise("questions", "--gate", "alpha_beta", *DAY).out
    schema = json.loads(gatewise("schema", "deck").out)
    facts = asked(out)
    assert len(facts) == len(set(facts)) > 100
    sections = list(dict.fromkeys(fact.split(".")[0] for fact in facts))
    order = [name for name in schema["properties"] if name in sections]
    assert [name for name in sections if name in order] == order


def test_a_question_is_not_asked_where_the_organisation_answers_it(gatewise: Gatewise) -> None:
    anywhere = asked(gatewise("questions", "--gate", "alpha_beta", *DAY).out)
    england = asked(
        gatewise("questions", "--gate", "alpha_beta", "--organisation", "homes_england", *DAY).out
    )
    council = asked(
        gatewise("questions", "--gate", "alpha_beta", "--organisation", "generic_council", *DAY).out
    )
    assert "organisation.kind" in anywhere
    assert "organisation.kind" not in england
    assert "spend.assurance.status" in england
    assert not [fact for fact in council if fact.startswith("spend.assurance")]
    assert len(council) < len(england) < len(anywhere)


def test_a_judgement_is_asked_for_with_who_and_when(gatewise: Gatewise) -> None:
    out = in_one_line(gatewise("questions", "--gate", "alpha_beta", *DAY).out)
    assert "economic.real_choice: yes or no; write {answer: …, by: the role, date: the day}" in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("questions",), "Missing option '--gate'"),
        (("questions", "--gate", "alfa_beta"), "fix: Did you mean alpha_beta?"),
        (("questions", "--gate", "triage", "--organisation", "maldn"), "Did you mean maldon?"),
        (
            ("questions", "--gate", "alpha_beta", "--organisation", "rochford"),
            'no gate "alpha_beta" at Rochford District Council',
        ),
        (("rules", "show", "SPEND-001", "--organisation", "zzz"), "Use one of: generic_central,"),
        (("rules", "book", "x", "--organisation", "zzz"), "Use one of: generic_central,"),
        (("rules", "book"), "Missing argument 'FOLDER'"),
        (("rules", "book", "README.md"), "'README.md' is a file"),
    ],
)
def test_what_is_not_understood_ends_with_2(
    gatewise: Gatewise, arguments: tuple[str, ...], says: str
) -> None:
    ran = gatewise(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert says in in_one_line(ran.err)


def test_questions_of_a_rulebook_of_ones_own(gatewise: Gatewise) -> None:
    ran = gatewise("questions", "--gate", "award", "--rules", GRANTS, *DAY)
    assert ran.code == 0
    assert {"applicant.kind", "bid.amount"} <= set(asked(ran.out))


# ---- a rule whole


def test_show_puts_the_condition_in_words(gatewise: Gatewise) -> None:
    out = gatewise("rules", "show", "PMO-008").out
    assert (
        "Applies when: use of a project waiting list is yes\n"
        "Requires: any of\n"
        "  - project tier is the tier that the score gives\n"
        "  - all of\n"
        "    - project tier is stated\n"
        "    - reason for another tier than the score gives is stated\n"
    ) in out


def test_show_gives_a_number_its_history_and_an_organisations_own(gatewise: Gatewise) -> None:
    central = in_one_line(gatewise("rules", "show", "COMM-002").out)
    assert central.index("£139,688") < central.index("£135,018")


def test_list_says_what_does_not_bind_an_organisation(gatewise: Gatewise) -> None:
    out = gatewise("rules", "list", "--gate", "pre_project", "--organisation", "maldon").out
    assert "What does not bind Maldon District Council\n  Central digital and technology" in out
    assert "What does not bind" not in gatewise("rules", "list", "--gate", "pre_project").out


# ---- the book


def test_the_book_has_a_page_for_each_way_in(gatewise: Gatewise, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    ran = gatewise("rules", "book", folder, "--organisation", "maldon")
    pages = {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")}
    assert ran.out == f"{len(pages)} pages written to {folder}; begin with README.md.\n"
    assert pages >= {
        "README.md", "by-gate.md", "by-owner.md", "thresholds.md", "sources.md",
        "numbers-this-tool-proposes.md", "organisations.md", "rules/gates.md",
    }  # fmt: skip
    assert "Maldon District Council" in (folder / "README.md").read_text(encoding="utf-8")
    assert "CLT Governance Board" in (folder / "by-gate.md").read_text(encoding="utf-8")


def test_every_link_in_the_book_leads_somewhere() -> None:
    book = ROOT / "docs" / "rulebook"
    for page in book.rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        for target, anchor in re.findall(r"\]\((?!<?https?:)([^)#]*)(?:#([^)]*))?\)", text):
            file = (page.parent / target).resolve() if target else page
            assert file.is_file(), (page, target)
            if anchor:
                assert anchor in anchors(file), (page, target, anchor)


def anchors(file: Path) -> set[str]:
    """What a heading of a Markdown page may be linked by, as code hosts make it."""
    headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)">', file.read_text(encoding="utf-8")))


def test_every_number_without_a_source_is_on_one_page() -> None:
    text = (ROOT / "docs/rulebook/numbers-this-tool-proposes.md").read_text(encoding="utf-8")
    proposed = [
        threshold
        for threshold in _thresholds()
        if any(dated.source.standing == "default" for dated in threshold.values)
    ]
    assert len(proposed) > 20
    for threshold in proposed:
        assert threshold.name in text


def _thresholds() -> list[Any]:
    from engine import load_rulebook, shipped_rules

    return list(load_rulebook(shipped_rules(), cases=False).thresholds.values())


# ---- a judgement in a deck


DECK = """\
meta: {as_of: 2026-06-01}
organisation: {id: homes_england}
gate: {requested: into_discovery}
evidence.discovery.goal_clear: GOAL
"""


@pytest.mark.parametrize(
    ("goal", "status", "says"),
    [
        ("{answer: yes, by: service owner, date: 2026-05-12}", "met", ""),
        ("{answer: yes, by: service owner, date: 2026-06-01}", "met", ""),
        ("{answer: yes, by: service owner, date: 2026-06-02}", "unknown", "has come"),
        ("{answer: yes, by: service owner}", "unknown", "day of the judgement on goal"),
        ("{answer: yes, date: 2026-05-12}", "unknown", "role that judged goal"),
        ("yes", "unknown", "role that judged goal"),
        ("{answer: no}", "not_met", ""),
        ("no", "not_met", ""),
    ],
)
def test_a_judgement_counts_only_with_who_and_when(
    gatewise: Gatewise, goal: str, status: str, says: str
) -> None:
    ran = gatewise("check", "-", "--format", "json", stdin=DECK.replace("GOAL", goal))
    (found,) = (
        finding
        for finding in json.loads(ran.out)["assessments"][0]["findings"]
        if finding["rule"] == "GATE-045"
    )
    assert found["status"] == status
    assert says in json.dumps(found["evidence"])


def test_a_judgement_of_the_decks_day_counts_under_older_rules(gatewise: Gatewise) -> None:
    deck = DECK.replace("GOAL", "{answer: yes, by: service owner, date: 2026-05-12}")
    ran = gatewise("check", "-", "--as-of", "2021-06-15", "--format", "json", stdin=deck)
    statuses = {f["rule"]: f["status"] for f in json.loads(ran.out)["assessments"][0]["findings"]}
    assert statuses["GATE-045"] == "met"


def test_an_answer_that_is_no_judgement_is_told_the_form(gatewise: Gatewise) -> None:
    ran = gatewise("check", "-", stdin=DECK.replace("GOAL", "{answer: yes, who: me}"))
    assert ran.code == 3
    assert "standard input:4" in ran.err


# ---- what does not bind


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_an_answer_says_what_does_not_bind_the_organisation(gatewise: Gatewise, form: str) -> None:
    deck = ROOT / "examples" / "gates" / "pre_project" / "pass.yaml"
    out = in_one_line(gatewise("check", deck, "--format", form).out)
    assert "Central digital and technology spend controls, and what replaced them" in out
    assert "No council seeks an approval from the centre, at any amount." in out


def test_it_is_not_clear_that_a_rule_applies(gatewise: Gatewise) -> None:
    deck = "organisation: {id: homes_england}\ngate: {requested: into_discovery}\n"
    out = in_one_line(gatewise("check", "-", *DAY, stdin=deck).out)
    assert (
        "It is not clear whether this applies. Not enough information: the deck does not state "
        "the type of spend."
    ) in out


# ---- what a fresh reader asked for


def test_questions_tell_how_a_deck_begins_and_lists_are_written(gatewise: Gatewise) -> None:
    out = gatewise("questions", "--gate", "wf_design", "--organisation", "maldon", *DAY).out
    assert "    gate: {requested: wf_design}\n" in out
    assert "    organisation: {id: maldon}\n" in out
    assert "risks: a list, each item - {title: …, " in in_one_line(out)


def test_rules_list_of_a_gate_names_what_its_questions_name(gatewise: Gatewise) -> None:
    scene = ("--gate", "wf_design", "--organisation", "generic_council", *DAY)
    listed = re.findall(r"^  ([A-Z]+-\d+)  ", gatewise("rules", "list", *scene).out, re.MULTILINE)
    questions = gatewise("questions", *scene).out
    asking = re.findall(
        r"^  ([A-Z]+-\d+)  ", questions[questions.index("The rules that") :], re.MULTILINE
    )
    assert listed == asking
    assert "SPEND-001" not in listed


def test_the_book_of_a_council_leaves_out_what_its_own_facts_rule_out(
    gatewise: Gatewise, tmp_path: Path
) -> None:
    assert gatewise("rules", "book", str(tmp_path), "--organisation", "maldon").code == 0
    page = (tmp_path / "by-gate.md").read_text()
    design = page[page.index("## Initiation to design") :]
    design = design[: design.index("\n## ", 4)]
    assert "SPEND-001" not in design
    assert "STRAT-004" in design


def test_the_book_does_not_write_over_what_it_did_not_write(
    gatewise: Gatewise, tmp_path: Path
) -> None:
    (tmp_path / "README.md").write_text("My own notes\n")
    ran = gatewise("rules", "book", str(tmp_path))
    assert (ran.code, (tmp_path / "README.md").read_text()) == (2, "My own notes\n")
    (tmp_path / "README.md").unlink()
    assert gatewise("rules", "book", str(tmp_path)).code == 0
    assert gatewise("rules", "book", str(tmp_path)).code == 0  # its own pages it may renew


def test_an_organisation_may_weigh_key_criteria_in_its_own_way(
    gatewise: Gatewise, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    own = tmp_path / "rules" / "organisations" / "maldon.yaml"
    own.write_text(own.read_text() + "points: {RISK-001: 9}\n")
    scene = ("--gate", "wf_design", "--organisation", "maldon", *DAY)
    listed = gatewise("rules", "list", *scene, "--rules", str(tmp_path / "rules")).out
    assert "RISK-001  Risks are recorded [9 points]" in listed
    own.write_text(own.read_text().replace("RISK-001: 9", "RISK-002: 9"))
    ran = gatewise("rules", "list", *scene, "--rules", str(tmp_path / "rules"))
    assert ran.code == 4
    assert "RISK-002 has no points, so it cannot have others" in ran.err
