"""The spend assurance lead's list and the return of approvals, through the command line.

The recorded lists stand in tests/golden_pipeline; GATEWISE_UPDATE_GOLDENS=1 records them anew.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import Without
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from engine import load_rulebook, parse_span, shipped_rules
from engine.showing import MONTHS

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden_pipeline"
UPDATE = bool(os.environ.get("GATEWISE_UPDATE_GOLDENS"))
REPAIRS = "examples/repairs-service/deck.yaml"
PORTFOLIO = "examples/pipeline/portfolio.yaml"
EXAMPLES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.yaml", "*.jsonl")
    for path in (ROOT / "examples").rglob(pattern)
)
# which rules ask for what the conclusion says is needed
ASKED_BY = {
    "spend.approval_needed": {"SPEND-002", "SPEND-003", "SPEND-004", "SPEND-005", "SPEND-006",
                              "SPEND-007", "SPEND-009"},
    "spend.treasury_needed": {"SPEND-017", "SPEND-019"},
    "spend.assurance_needed": {"SPEND-012", "SPEND-014", "SPEND-015", "SPEND-016", "SPEND-030",
                               "SPEND-031"},
    "spend.pipeline_entry_needed": {"SPEND-001", "SPEND-011", "SPEND-020"},
}  # fmt: skip

Gatewise = Callable[..., Any]


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def listed(gatewise: Gatewise, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """The JSON of a list or return."""

    def run(*arguments: str, code: int = 0, stdin: str = "") -> dict[str, Any]:
        file = tmp_path / "list.json"
        ran = gatewise("pipeline", *arguments, "--output", f"json={file}", stdin=stdin)
        assert ran.code == code, ran.err
        document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return document

    return run


def deck(**spend: Any) -> dict[str, Any]:
    """A deck of a department that is neither novel nor over its limit."""
    return {
        "organisation": {
            "id": "generic_central", "name": "A department", "delegated_limit": "£50m",
            "earned_autonomy": "yes",
        },
        "project": {"id": "P-1", "title": "Case handling"},
        "gate": {"requested": "alpha_beta"},
        "finance": {"whole_life_cost": "£2m"},
        "spend": {
            "type": "digital_service", "novel": "no", "contentious": "no", "repercussive": "no",
            **spend,
        },
    }  # fmt: skip


def approved(day: str, **more: str) -> dict[str, str]:
    return {
        "status": "approved", "date": day, "amount": "£1m", "reference": f"A-{day}", **more,
    }  # fmt: skip


def lines_of(*decks: dict[str, Any]) -> str:
    return "\n".join(map(json.dumps, decks))


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))


def parts_of(file: Path) -> dict[str, str]:
    """The XML inside a workbook, sheets by their names."""
    with zipfile.ZipFile(file) as book:
        xml = {name: book.read(name).decode() for name in book.namelist()}
    names = re.findall(r'<sheet name="([^"]+)"', xml["xl/workbook.xml"])
    sheets = {name: xml[f"xl/worksheets/sheet{n}.xml"] for n, name in enumerate(names, 1)}
    return {**sheets, "text": xml["xl/sharedStrings.xml"], "styles": xml["xl/styles.xml"]}


# ---- the list says what check says


def test_what_is_needed_agrees_with_what_check_finds(
    gatewise: Gatewise, listed: Callable[..., dict[str, Any]]
) -> None:
    found = listed(*EXAMPLES)["lines"]
    checked = json.loads(
        gatewise("check", *EXAMPLES, "--format", "json", "--fail-on", "never").out
    )["assessments"]
    assert sorted(line["deck"] for line in found) == sorted(each["deck"] for each in checked)
    by_deck = {each["deck"]: each for each in checked}
    answers = set()
    for line in found:
        assessment = by_deck[line["deck"]]
        spend = [f for f in assessment["findings"] if f["ruleset"] == "spend_controls"]
        problems = [f for f in spend if f["outcome"] in ("recommend", "escalate")]
        open_ = [(f["rule"], f["status"], f["outcome"], f["reason"], f["owner"]) for f in problems]
        assert open_ == [
            (f["rule"], f["status"], f["outcome"], f["reason"], f["owner"])
            for f in line["findings"]
        ]
        outcomes = {f["outcome"] for f in spend}
        worst = [o for o in ("escalate", "recommend", "pass") if o in outcomes]
        assert line["outcome"] == (worst[0] if worst else None)
        concluded = {c["fact"]: c["raw"] for c in assessment["conclusions"]}
        for fact, raw in line["concluded"].items():
            assert concluded[fact] == raw
        if not outcomes - {None}:
            continue  # at a gate that asks nothing of spend there is nothing to agree with
        for fact, rules in ASKED_BY.items():
            statuses = {f["status"] for f in spend if f["rule"] in rules}
            answers.add((fact, concluded.get(fact)))
            match concluded.get(fact):
                case "yes":
                    assert statuses & {"met", "not_met", "unknown"}, (line["deck"], fact)
                case "no":
                    assert statuses <= {"not_applicable"}, (line["deck"], fact)
                case None if spend:
                    assert statuses & {"unknown", "met"}, (line["deck"], fact)
    assert {answer for fact, answer in answers if fact in ASKED_BY} == {"yes", "no", None}


@pytest.mark.parametrize(
    ("day", "needs", "regime", "threshold", "since"),
    [
        ("2021-06-15", "central approval", "version 5", "£100,000", "2018-04-30"),
        ("2025-06-16", "central approval", "version 6", "£100,000", "2024-02-23"),
        (
            "2026-11-23",
            "at least functional assurance; HM Treasury cannot be told",
            "pipeline",
            "£100,000",
            None,
        ),
    ],
)
def test_one_deck_at_three_days_needs_three_things(
    listed: Callable[..., dict[str, Any]],
    day: str, needs: str, regime: str, threshold: str, since: str | None,
) -> None:  # fmt: skip
    (line,) = listed(REPAIRS, "--as-of", day)["lines"]
    assert (line["needs"], line["threshold_value"], line["threshold_since"]) == (
        needs, threshold, since,
    )  # fmt: skip
    assert regime in line["regime"]
    assert line["threshold_standing"] == (
        "an organisation's own policy" if day > "2026" else "published"
    )
    assert line["state"] == "escalated"
    assert line["whole_life_cost"] == "640000.00"
    assert line["rules_read_at"] == day


def test_a_council_is_outside_the_controls_which_is_not_nothing(
    listed: Callable[..., dict[str, Any]],
) -> None:
    (line,) = listed("examples/council-appraisal/pass.yaml")["lines"]
    assert line["needs"] == "outside central controls"
    assert "do not bind this organisation" in line["why"]
    assert line["central_approval"] == "no"


def test_without_its_cost_nobody_can_tell(listed: Callable[..., dict[str, Any]]) -> None:
    without = deck(approvals=[])
    del without["finance"]
    (line,) = listed("-", "--as-of", "2025-06-16", stdin=lines_of(without))["lines"]
    assert line["needs"] == "at least pipeline entry; central approval cannot be told"
    assert line["central_approval"] == "cannot be told"
    assert "does not state the whole-life cost" in line["why"]
    assert line["threshold_value"] == "£100,000"  # what it would be held against
    assert line["whole_life_cost"] is None


def test_what_hangs_on_the_treasury_alone_is_said_beside_what_is_known(
    listed: Callable[..., dict[str, Any]],
) -> None:
    case = deck()
    del case["organisation"]["delegated_limit"]
    (line,) = listed("-", "--as-of", "2026-06-01", stdin=lines_of(case))["lines"]
    assert (line["needs"], line["treasury"]) == (
        "at least functional assurance; HM Treasury cannot be told", "cannot be told",
    )  # fmt: skip
    assert "does not state the delegated limit" in line["why"]


def test_rules_that_ask_nothing_of_spend_are_not_nothing_needed(
    listed: Callable[..., dict[str, Any]],
) -> None:
    other = deck()
    other["organisation"] = {"id": "major_projects"}
    other["gate"] = {"requested": "annual_return"}
    (line,) = listed("-", "--as-of", "2026-06-01", stdin=lines_of(other))["lines"]
    assert line["needs"] == "not asked"
    assert "ask nothing about spend controls" in line["why"]


def test_every_threshold_that_is_named_exists() -> None:
    rulebook = load_rulebook(shipped_rules(), cases=False)
    (conclusion,) = (c for c in rulebook.conclusions if c.fact == "spend.threshold")
    named = {str(row.value) for row in conclusion.rows} - {"none"}
    assert named <= set(rulebook.thresholds)
    assert named == set(rulebook.vocabulary.facts["spend.threshold"].values) - {"none"}


# ---- order, days and totals


def test_what_escalates_comes_first_then_what_cannot_be_read_then_the_soonest(
    listed: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("project: {titel: A service}\n", encoding="utf-8")
    found = listed(PORTFOLIO, str(broken), "--as-of", "2026-10-05", code=3)
    assert [line.get("reference") for line in found["lines"]] == [
        "DP-0201", "DP-0207", None, "CL-19", "DP-0190", "PMO-26-040", "REQ-2290",
    ]  # fmt: skip
    failed = found["lines"][2]
    assert (failed["assessed"], failed["needs"]) == (False, "could not assess")
    assert failed["problems"][0]["message"] == 'unknown fact "project.titel"'
    assert found["by_need"][-1] == {
        "needs": "could not assess", "cases": 1, "whole_life_cost": None, "without_cost": 1,
    }  # fmt: skip
    days = [line["next_due"] for line in found["lines"][:2]]
    assert days == sorted(days)


def due_of(line: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {each["what"]: (each["day"], each["state"]) for each in line["due"]}


@pytest.mark.parametrize(
    ("as_of", "engaged", "state"),
    [
        ("2025-06-30", None, "ahead"),
        ("2025-07-01", None, "ahead"),
        ("2025-07-02", None, "overdue"),
        ("2025-07-02", "2025-07-01", "done"),
        ("2025-07-03", "2025-07-02", "missed"),
    ],
)
def test_the_centre_is_engaged_three_months_before_the_commitment(
    listed: Callable[..., dict[str, Any]], as_of: str, engaged: str | None, state: str
) -> None:
    case = deck(commitment_planned_date="2025-10-01", approvals=[])
    if engaged:
        case["spend"]["engaged_date"] = engaged
    (line,) = listed("-", "--as-of", as_of, stdin=lines_of(case))["lines"]
    what = "The centre is engaged in time before commitment"
    assert due_of(line)[what] == ("2025-07-01", state)
    (due,) = (each for each in line["due"] if each["what"] == what)
    assert due["basis"] == "SPEND-036, reported second-hand"
    if state == "overdue":
        assert (line["next_due"], line["next_due_state"]) == ("2025-07-01", "overdue by 1 day")


def test_spend_is_recorded_two_weeks_after_the_commitment_and_an_approval_runs_out(
    listed: Callable[..., dict[str, Any]],
) -> None:
    case = deck(
        committed="yes", committed_date="2026-05-01",
        approvals=[approved("2026-04-20", expires="2026-05-31")],
    )  # fmt: skip
    (line,) = listed("-", "--as-of", "2026-06-01", stdin=lines_of(case))["lines"]
    due = due_of(line)
    assert due["Spend is on the pipeline soon after commitment"] == ("2026-05-15", "overdue")
    assert due["Expiry of approval 1 (A-2026-04-20)"] == ("2026-05-31", "unsettled")
    assert line["next_due_state"] == "overdue by 17 days"


def test_years_are_added_up_by_what_is_approved(listed: Callable[..., dict[str, Any]]) -> None:
    years = [
        {"year": "2026/27", "amount": "£100", "approved": "yes"},
        {"year": "2026/27", "amount": "£20.50", "approved": "no"},
        {"year": "2027/28", "amount": "£3"},
        {"year": "2028/29"},
        {"amount": "£7"},
    ]
    found = listed("-", "--as-of", "2026-06-01", stdin=lines_of(deck(by_year=years), deck()))
    assert [list(year.values()) for year in found["by_year"]] == [
        ["2026/27", "120.50", "100.00", None, "20.50", None, 1],
        ["2027/28", "3.00", None, None, None, "3.00", 1],
        ["2028/29", None, None, None, None, None, 1],
        ["year not stated", "7.00", None, None, None, "7.00", 1],
    ]
    assert found["notes"] == [
        (
            "P-1 of A central government body stands in 2 decks (standard input, record 1; "
            "standard input, record 2). The totals count each of them."
        ),
        "P-1 calls £100 of 2026/27 approved, and records no approval that was given.",
        (
            "1 case states no amounts by year, so no year holds them. "
            "Their whole-life costs, where stated, come to £2,000,000."
        ),
        "1 line of a year has no amount, so the totals by year are too low.",
    ]


def test_years_over_the_whole_life_cost_are_found(listed: Callable[..., dict[str, Any]]) -> None:
    years = [{"year": "2026/27", "amount": "£2,000,002"}]
    (line,) = listed("-", "--as-of", "2026-06-01", stdin=lines_of(deck(by_year=years)))["lines"]
    (found,) = (f for f in line["findings"] if f["rule"] == "SPEND-038")
    assert found["reason"] == (
        "The years come to £2,000,002, more than the whole-life cost of £2,000,000."
    )


def of_homes_england(reference: str, gate: str = "alpha_beta", **more: Any) -> dict[str, Any]:
    """A deck of a body with levels of its own, which does not state its delegated limit."""
    return {
        "organisation": {"id": "homes_england"},
        "project": {"id": reference, "title": f"Project {reference}"},
        "gate": {"requested": gate},
        **more,
    }


def test_an_undecided_need_never_reads_nor_sorts_as_a_lower_one(
    gatewise: Gatewise, listed: Callable[..., dict[str, Any]]
) -> None:
    known = {
        "type": "technology", "novel": "no", "contentious": "no", "repercussive": "no",
        "committed": "no", "pipeline": {"logged": "yes", "logged_date": "2026-07-01"},
        "assurance": {"status": "assured"},
    }  # fmt: skip
    costs = {"A2": "£4,900,000", "A8": "£90,000,000", "A9": "£90,000,000"}
    cases = {
        name: of_homes_england(name, finance={"whole_life_cost": cost}, spend=dict(known))
        for name, cost in costs.items()
    }
    cases["A9"]["organisation"]["delegated_limit"] = "£100m"
    decks = lines_of(cases["A9"], cases["A2"], cases["A8"])
    found = listed("-", "--as-of", "2026-11-26", stdin=decks)
    needs = {line["reference"]: line["needs"] for line in found["lines"]}
    assert needs == {
        "A2": "at least pipeline entry; HM Treasury cannot be told",
        "A8": "at least functional assurance; HM Treasury cannot be told",
        "A9": "functional assurance",
    }
    assert list(needs)[-1] == "A9"
    assert [(each["needs"], each["whole_life_cost"]) for each in found["by_need"]] == [
        (needs["A8"], "90000000.00"), (needs["A2"], "4900000.00"), (needs["A9"], "90000000.00"),
    ]  # fmt: skip
    text = " ".join(gatewise("pipeline", "-", "--as-of", "2026-11-26", stdin=decks).out.split())
    assert f"Needs: {needs['A8']} (recommendations)" in text


def test_what_no_rule_has_checked_is_never_in_order(
    gatewise: Gatewise, listed: Callable[..., dict[str, Any]]
) -> None:
    service = {"type": "digital_service"}
    council = of_homes_england("council", spend=service)
    council["organisation"] = {"id": "maldon"}
    council["gate"] = {"requested": "pre_project"}
    early = of_homes_england(
        "early", "triage", finance={"whole_life_cost": "£4,900,000"}, spend=service
    )
    none = of_homes_england("none", "triage", spend={"type": "none"})
    unsaid = of_homes_england("unsaid", "triage")
    decks = lines_of(none, council, early, unsaid)
    lines = listed("-", "--as-of", "2026-11-26", stdin=decks)["lines"]
    states = {line["reference"]: line["state"] for line in lines}
    assert states == {
        "early": "not asked at this gate yet",
        "unsaid": "not asked at this gate yet",
        "council": "the organisation's own approval applies, not checked",
        "none": "no rule of these is asked at this gate",
    }
    assert list(states) == ["early", "unsaid", "council", "none"]
    early_line = lines[0]
    assert (early_line["later"], lines[2]["later"]) == ("Pre-project appraisal", None)
    assert early_line["next_step"].startswith("Before the gate Pre-project appraisal: Put the")
    assert early_line["who"] == "Digital Spend Assurance Lead"
    ran = gatewise("pipeline", "-", "--as-of", "2026-11-26", stdin=decks)
    text = " ".join(ran.out.split())
    assert "Later: The gate Pre-project appraisal asks, of the deck as it stands: SPEND-014" in text
    # what a later gate is said to find is what a check finds there
    there = gatewise(
        "check", "-", "--gate", "pre_project", "--as-of", "2026-11-26", "--format", "json",
        "--fail-on", "never", stdin=lines_of(early),
    )  # fmt: skip
    reasons = [
        f["reason"] for f in json.loads(there.out)["assessments"][0]["findings"]
        if f["ruleset"] == "spend_controls" and f["outcome"] == "escalate"
    ]  # fmt: skip
    assert len(reasons) > 1
    assert all(reason in text for reason in reasons)


def test_the_gates_of_the_rules_stand_in_the_order_of_their_ladders() -> None:
    gates = list(load_rulebook(shipped_rules(), cases=False).gates)
    ladders = [
        written.split(", ")
        for file in shipped_rules().glob("*.yaml")
        for written in re.findall(
            r"(?m)^  \w+: \{title: .*gates: \[(.+)\]\}$", file.read_text("utf-8")
        )
    ]
    assert len(ladders) >= 3
    for ladder in ladders:
        assert sorted(ladder, key=gates.index) == ladder


@pytest.mark.parametrize(
    ("expires", "more", "run_out", "ended"),
    [
        ("2026-09-30", [], True, True),
        ("2026-11-26", [], True, False),  # its last day
        ("2027-03-31", [], True, False),  # it holds today, and not in that year
        ("2027-04-01", [], False, False),
        ("2026-09-30", [{"expires": "2028-01-01"}], False, False),
        ("2026-09-30", [{}], False, False),
        ("2026-09-30", [{"expires": "2026-10-31"}], True, True),
        ("2026-09-30", [{"status": "rejected"}], True, True),
    ],
)
def test_an_approval_covers_no_year_that_begins_after_it_ends(
    listed: Callable[..., dict[str, Any]],
    expires: str, more: list[dict[str, str]], run_out: bool, ended: bool,
) -> None:  # fmt: skip
    approvals = [approved("2026-04-20", expires=expires)]
    approvals += [approved("2026-04-21", **each) for each in more]
    years = [{"year": "2027/28", "amount": "£1,150,000", "approved": "yes"}]
    case = lines_of(deck(by_year=years, approvals=approvals))
    found = listed("-", "--as-of", "2026-11-26", stdin=case)
    (line,), (year,) = found["lines"], found["by_year"]
    amounts = (None, "1150000.00") if run_out else ("1150000.00", None)
    assert (year["approved"], year["run_out"]) == amounts
    assert any("under run out" in note for note in found["notes"]) == run_out
    assert ("the approval has run out" in line["state"]) == ended
    assert ("run out on" in line["approval_status"]) == ended
    due = f"{line['next_due_what']} {line['next_due_state']}"
    assert (due.startswith("Expiry of approval") and due.endswith("ago, not settled")) == ended


def test_an_approval_that_ends_within_a_year_is_told(
    listed: Callable[..., dict[str, Any]],
) -> None:
    years = [{"year": "2026/27", "amount": "£900,000", "approved": "yes"}]
    for day, told in (("2026-04-01", True), ("2027-03-30", True), ("2027-03-31", False)):
        case = deck(by_year=years, approvals=[approved("2026-04-01", expires=day)])
        found = listed("-", "--as-of", "2026-04-01", stdin=lines_of(case))
        assert found["by_year"][0]["approved"] == "900000.00"
        assert ("within that year" in "".join(found["notes"])) == told


def test_what_passed_unsettled_comes_before_what_is_ahead(
    listed: Callable[..., dict[str, Any]],
) -> None:
    (line, *_) = listed(PORTFOLIO, "--as-of", "2026-11-26")["lines"]
    assert [line["reference"], line["next_due"], line["next_due_what"], line["next_due_state"]] == [
        "DP-0201", "2026-10-20", "Date of the gate meeting", "passed 37 days ago, not settled",
    ]  # fmt: skip
    assert [(due["day"], due["state"]) for due in line["due"]] == [
        ("2026-10-20", "unsettled"), ("2026-10-26", "unsettled"), ("2026-11-02", "unsettled"),
        ("2028-03-31", "ahead"),
    ]  # fmt: skip


def test_what_is_committed_is_not_waited_for(listed: Callable[..., dict[str, Any]]) -> None:
    case = deck(
        committed="yes", committed_date="2026-05-01", commitment_planned_date="2026-05-04",
        planned_start="2026-05-18", pipeline={"logged": "yes", "logged_date": "2026-05-02"},
    )  # fmt: skip
    case["gate"]["meeting_date"] = "2026-12-01"
    (line,) = listed("-", "--as-of", "2026-06-01", stdin=lines_of(case))["lines"]
    states = {each["day"]: each["state"] for each in line["due"]}
    assert states["2026-05-04"] == "done"
    assert states["2026-05-18"] == "passed"
    assert line["next_due"] == "2026-12-01"
    order = ["overdue", "unsettled", "ahead", "passed", "missed", "done"]
    shown = [order.index(each["state"]) for each in line["due"]]
    assert shown == sorted(shown)


def test_what_could_be_taken_for_another_says_its_file_and_record(
    gatewise: Gatewise, listed: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    pytest.importorskip("xlsxwriter")
    one, same, bare, alone = deck(), deck(), deck(), deck()
    same["project"]["id"] = "P-2"
    bare["project"] = {"title": "No reference"}
    alone["project"] = {"id": "P-3", "title": "Alone"}
    files = {form: tmp_path / f"list.{form}" for form in ("csv", "xlsx")}
    decks = lines_of(one, same, bare, alone)
    outputs = [f"--output={form}={file}" for form, file in files.items()]
    ran = gatewise("pipeline", "-", "--as-of", "2026-06-01", *outputs, stdin=decks)
    assert ran.code == 0
    names = {
        "Case handling (standard input, record 1)", "Case handling (standard input, record 2)",
        "No reference (standard input, record 3)", "Alone",
    }  # fmt: skip
    assert {row["Project"] for row in rows_of(files["csv"])} == names
    text = " ".join(gatewise("pipeline", "-", "--as-of", "2026-06-01", stdin=decks).out.split())
    for name in names:
        assert f">{name}</t>" in parts_of(files["xlsx"])["text"]
        assert name in text
    # machines have the deck beside the name
    lines = listed("-", "--as-of", "2026-06-01", stdin=decks)["lines"]
    assert {line["project"] for line in lines} == {"Case handling", "No reference", "Alone"}


# ---- forms


def recorded(name: str, text: str) -> None:
    text = re.sub(r"Rulebook (\w+) [0-9a-f]{16}", r"Rulebook \1 HASH", text)
    file = GOLDEN / name
    if UPDATE:
        file.write_bytes(text.encode())
    assert text == file.read_bytes().decode()


def test_the_list_as_text_is_the_recorded_one_and_80_wide(gatewise: Gatewise) -> None:
    ran = gatewise("pipeline", PORTFOLIO, "--as-of", "2026-10-05")
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    recorded("list.txt", ran.out)


@pytest.mark.parametrize("columns", [None, "docs/pipeline-columns.yaml"])
def test_the_list_as_csv_is_the_recorded_one(
    gatewise: Gatewise, tmp_path: Path, columns: str | None
) -> None:
    file = tmp_path / "list.csv"
    more = ("--columns", columns) if columns else ()
    ran = gatewise("pipeline", PORTFOLIO, "--as-of", "2026-10-05", *more, "--output", f"csv={file}")
    assert (ran.code, ran.out) == (0, f"6 cases, written to {file}.\n")
    recorded("lean.csv" if columns else "list.csv", file.read_bytes().decode("utf-8-sig"))


def test_the_workbook_is_one_to_send_on(gatewise: Gatewise, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    broken, files = tmp_path / "broken.yaml", [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    broken.write_text("project: {titel: A service}\n", encoding="utf-8")
    for file in files:
        ran = gatewise(
            "pipeline", PORTFOLIO, broken, "--as-of", "2026-10-05", "--output", f"xlsx={file}"
        )
        assert ran.code == 3
        assert 'unknown fact "project.titel"' in ran.err
    assert files[0].read_bytes() == files[1].read_bytes()
    parts = parts_of(files[0])
    assert list(parts)[:7] == [
        "Pipeline", "Findings", "Due dates", "By year", "By need", "Not assessed", "About",
    ]  # fmt: skip
    assert 'state="frozen"' in parts["Pipeline"]
    assert "<tablePart " in parts["Pipeline"]  # which has the filter
    assert 'orientation="landscape"' in parts["Pipeline"]
    assert re.search(r"<v>1480000</v>", parts["Pipeline"])
    day = (date(2026, 10, 20) - date(1899, 12, 30)).days  # a real date, as spreadsheets count
    assert f"<v>{day}</v>" in parts["Pipeline"]
    assert "£#,##0" in parts["styles"]
    assert "<f>SUBTOTAL(109,D2:D7)</f><v>1224500.5</v>" in parts["By year"]
    assert "Every deck was assessed" not in parts["text"]
    for said in ("could not assess", "unknown fact", "rules read at 5 October 2026"):
        assert said in parts["text"]


def test_no_sum_of_nothing_is_shown_as_nil(gatewise: Gatewise, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    years = [{"year": "2026/27"}, {"year": "2027/28", "amount": "£0", "approved": "yes"}]
    case = deck(type="none", by_year=years)
    del case["finance"]
    book = tmp_path / "list.xlsx"
    ran = gatewise(
        "pipeline", "-", "--as-of", "2026-06-01", "--output", f"xlsx={book}", stdin=lines_of(case)
    )
    assert ran.code == 0
    parts = parts_of(book)
    assert ">not stated</t>" in parts["text"]
    assert re.search(r'<c r="C2" s="\d+" t="s">', parts["By need"])  # words, no number
    text = gatewise("pipeline", "-", "--as-of", "2026-06-01", stdin=lines_of(case)).out
    assert re.search(r"2026/27 +none stated +none stated", text)
    assert re.search(r"2027/28 +£0 +£0 +none stated", text)  # nil that is stated is nil
    assert re.search(r"(?m)^  [a-z ;HMT]+ +1 +not stated +1$", text)


FORMULAS = ["=1+1", "+44", "-cut", "@home", "=HYPERLINK(0)"]


@pytest.mark.parametrize("title", FORMULAS)
def test_text_that_begins_like_a_formula_stays_text(
    gatewise: Gatewise, tmp_path: Path, title: str
) -> None:
    pytest.importorskip("xlsxwriter")
    case = deck(approvals=[approved("2026-07-01", reference=title)])
    case["project"]["title"] = title
    for more, sheet in (((), "Pipeline"), (("--return", "July to September 2026"), "Return")):
        book, plain = tmp_path / "list.xlsx", tmp_path / "list.csv"
        ran = gatewise(
            "pipeline", "-", "--as-of", "2026-10-05", *more,
            "--output", f"xlsx={book}", "--output", f"csv={plain}", stdin=lines_of(case),
        )  # fmt: skip
        assert ran.code == 0, ran.err
        parts = parts_of(book)
        assert "<f>" not in parts[sheet]
        assert f">{title}</t>" in parts["text"]
        for row in rows_of(plain):
            assert not [cell for cell in row.values() if cell.startswith(tuple("=+-@\t\r"))]
            assert f"'{title}" in row.values()


# ---- columns


def mapped(gatewise: Gatewise, tmp_path: Path, text: str, *more: str) -> Any:
    """What a column map gives, with stdin's deck."""
    file = tmp_path / "columns.yaml"
    file.write_text(text, encoding="utf-8")
    return gatewise(
        "pipeline", "-", "--as-of", "2026-06-01", "--columns", file, *more,
        "--output", f"csv={tmp_path / 'out.csv'}", stdin=lines_of(deck()),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "columns:\n  A: reference\n  B: projet\n",
            ':3: unknown field "projet"\n  fix: Did you mean project?',
        ),
        (
            "columns:\n  A: spend.tipe\n",
            ':2: unknown field "spend.tipe"\n  fix: Did you mean spend.type?',
        ),
        ("columns:\n  A: zebra\n", "fix: gatewise pipeline --fields lists them."),
        ("columns:\n  A: project\n  A: needs\n", ':3: "A" is given twice'),
        ("columns:\n  A: {year: 2026/28}\n", ":2: not a financial year"),
        ("columns:\n  A: {year: 2026/27, always: x}\n", ':2: "A" must hold one thing'),
        ("columns:\n  A: {alway: x}\n", 'unknown key "alway"\n  fix: Did you mean always?'),
        ("columns:\n  A: [needs]\n", ':2: "A": must be a field\'s name, or always: or year:'),
        ("columns: {}\n", "the map has no columns"),
        ("colums:\n  A: needs\n", 'unknown key "colums"\n  fix: Did you mean columns?'),
        ("columns:\n  A: needs\n---\ncolumns: {}\n", "the file is not one column map"),
        ("", "the file is empty"),
    ],
)  # fmt: skip
def test_a_column_map_with_a_mistake_says_where_and_what(
    gatewise: Gatewise, tmp_path: Path, text: str, said: str
) -> None:
    ran = mapped(gatewise, tmp_path, text)
    assert ran.code == 2
    assert said in ran.err
    assert not (tmp_path / "out.csv").exists()


def test_a_map_renames_and_orders_and_takes_constants_and_facts(
    gatewise: Gatewise, tmp_path: Path
) -> None:
    text = (
        "columns:\n  What: needs\n  Us: {always: Our name}\n  Limit: organisation.delegated_limit\n"
    )
    assert mapped(gatewise, tmp_path, text).code == 0
    assert rows_of(tmp_path / "out.csv") == [
        {"What": "functional assurance", "Us": "Our name", "Limit": "50000000.00"}
    ]


def test_headings_and_constants_that_begin_like_formulas_stay_text(
    gatewise: Gatewise, tmp_path: Path
) -> None:
    assert mapped(gatewise, tmp_path, 'columns:\n  "=A": {always: "\\tTab"}\n').code == 0
    assert rows_of(tmp_path / "out.csv") == [{"'=A": "'Tab"}]


def test_no_map_hides_that_a_deck_could_not_be_assessed(gatewise: Gatewise, tmp_path: Path) -> None:
    columns, broken = tmp_path / "columns.yaml", tmp_path / "broken.yaml"
    columns.write_text("columns:\n  Cost: whole_life_cost\n", encoding="utf-8")
    broken.write_text("project: {titel: A service}\n", encoding="utf-8")
    file = tmp_path / "out.csv"
    ran = gatewise("pipeline", broken, "--columns", columns, "--output", f"csv={file}")
    assert ran.code == 3
    assert rows_of(file) == [{"Cost": f"could not assess: {broken}"}]


def test_the_fields_are_listed_and_each_can_be_a_column(gatewise: Gatewise, tmp_path: Path) -> None:
    ran = gatewise("pipeline", "--fields")
    assert ran.code == 0
    of_list, of_return = ran.out.split("Fields of a return")
    for page, more in ((of_list, ()), (of_return, ("--return", "July to September 2026"))):
        names = re.findall(r"(?m)^  [* ] ([a-z_]+) {2,}\S", page)
        assert len(names) > 10
        text = "columns:\n" + "".join(f"  {name.upper()}: {name}\n" for name in names)
        assert mapped(gatewise, tmp_path, text, *more).code == 0
        assert list(rows_of(tmp_path / "out.csv")[0]) == [name.upper() for name in names]


# ---- the return


QUARTER = ("--return", "July to September 2026")


@pytest.mark.parametrize(
    ("day", "counted"),
    [("2026-06-30", False), ("2026-07-01", True), ("2026-09-30", True), ("2026-10-01", False)],
)
def test_the_first_and_the_last_day_of_the_quarter_count(
    listed: Callable[..., dict[str, Any]], day: str, counted: bool
) -> None:
    found = listed("-", *QUARTER, stdin=lines_of(deck(approvals=[approved(day)])))
    assert [line["given"] for line in found["lines"]] == ([day] if counted else [])
    assert (found["nil"], found["left_out"]) == (not counted, [])
    assert (found["from"], found["to"]) == ("2026-07-01", "2026-09-30")


def test_a_nil_return_says_so_in_every_form(gatewise: Gatewise, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    said = "Nil return: no approval is recorded as given from 1 July 2026 to 30 September 2026."
    case = lines_of(deck(approvals=[]))
    ran = gatewise("pipeline", "-", *QUARTER, stdin=case)
    assert said in " ".join(ran.out.split())
    book, plain = tmp_path / "nil.xlsx", tmp_path / "nil.csv"
    ran = gatewise(
        "pipeline", "-", *QUARTER, "--output", f"xlsx={book}", "--output", f"csv={plain}",
        stdin=case,
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Nil return, 1 July 2026 to 30 September 2026, written to")
    (row,) = rows_of(plain)
    assert list(row) == [
        "Department", "Organisation name", "HNG reference", "Project name",
        "Basis for expenditure approval", "Total value approved (£)", "Date of approval",
    ]  # fmt: skip
    assert [cell for cell in row.values() if cell] == [said]
    assert said in parts_of(book)["text"]
    assert "Everything recorded is included." in parts_of(book)["text"]


def test_what_cannot_be_included_is_said_and_never_dropped(
    gatewise: Gatewise, listed: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    def without(*keys: str, **more: str) -> dict[str, str]:
        kept = approved("2026-08-01", reference="R", **more)
        return {key: value for key, value in kept.items() if key not in keys}

    approvals = [
        without("amount"), without("date"), without("amount", "date"), without("status"),
        without(status="withdrawn"),
        # these are no approvals, or of another quarter
        without(status="rejected"), without(status="submitted"),
        {**approved("2026-01-05"), "amount": "TBC"},
    ]  # fmt: skip
    silent, council = deck(), deck()
    council["organisation"] = {"id": "generic_council"}
    decks = lines_of(deck(approvals=approvals), silent, council)
    found = listed("-", *QUARTER, stdin=decks)
    assert found["lines"] == []
    assert [each["why"] for each in found["left_out"]] == [
        "Approval R was given, and the deck states no amount.",
        "Approval R was given, and the deck states no date.",
        "Approval R was given, and the deck states no date and no amount.",
        "Approval R has no status, so it cannot be seen whether it was given.",
        "Approval R is recorded as withdrawn. Decide whether it was given in the period.",
        "The deck does not say whether there are approvals.",
    ]
    ran = gatewise("pipeline", "-", *QUARTER, "--output", f"csv={tmp_path / 'r.csv'}", stdin=decks)
    assert ran.err.count("Not included:") == 6
    (row,) = rows_of(tmp_path / "r.csv")
    assert row["Project name"] == (
        "No approval found from 1 July 2026 to 30 September 2026; not a nil return until "
        "6 things are settled."
    )
    assert (found["nil"], found["unsettled"]) == (False, 6)
    assert ran.out.startswith("No approval found; not a nil return, 1 July 2026 to")
    book = tmp_path / "r.xlsx"
    text = gatewise("pipeline", "-", *QUARTER, "--output", f"xlsx={book}", stdin=decks)
    assert text.code == 0
    text = gatewise("pipeline", "-", *QUARTER, stdin=decks)
    for said in (" ".join(text.out.split()), parts_of(book)["text"]):
        assert row["Project name"] in said
        assert "Nil return" not in said


def test_an_approval_beside_the_treasurys_consent_says_so(
    listed: Callable[..., dict[str, Any]],
) -> None:
    day = approved("2026-07-01", body="The board")
    novel = deck(approvals=[day])
    novel["spend"]["novel"] = "yes"
    unsaid = deck(approvals=[{**day, "reference": "B"}])
    del unsaid["organisation"]["delegated_limit"]
    found = listed("-", *QUARTER, stdin=lines_of(novel, unsaid))
    lead = "Approved by The board; no central control asks, "
    assert [line["basis"] for line in found["lines"]] == [
        (
            f"{lead}but HM Treasury's consent or approval is asked for. "
            "In force: pipeline and functional assurance."
        ),
        (
            f"{lead}and whether HM Treasury's consent is asked for cannot be told. "
            "In force: pipeline and functional assurance."
        ),
    ]


def test_the_basis_is_what_the_rules_of_its_day_asked_for(
    listed: Callable[..., dict[str, Any]],
) -> None:
    case = deck(approvals=[approved("2026-03-31"), approved("2026-04-01")])
    case["organisation"]["kind"] = "central_department"
    agency = deck(approvals=[approved("2026-03-30", status="expired", reference="X")])
    agency["organisation"]["kind"] = "executive_agency"
    found = listed("-", "--return", "2026-01-01..2026-12-31", stdin=lines_of(case, agency))
    assert {line["given"]: line["basis"] for line in found["lines"][1:]} == {
        "2026-03-31": (
            "Cabinet Office spend controls version 6: "
            "The public-facing service costs more than the version 6 threshold."
        ),
        "2026-04-01": (
            "Approved by the organisation; no central control asks. "
            "In force: pipeline and functional assurance."
        ),
    }
    assert [line["department"] for line in found["lines"]] == [
        "not stated", "A department", "A department",
    ]  # fmt: skip
    assert found["notes"] == ["Case handling: the deck does not state the department."]


def test_an_approval_in_two_decks_counts_once(listed: Callable[..., dict[str, Any]]) -> None:
    same = deck(approvals=[approved("2026-08-01")])
    found = listed("-", *QUARTER, stdin=lines_of(same, same))
    assert len(found["lines"]) == 1
    assert "and is counted once." in found["notes"][0]


def test_the_return_as_text_is_the_recorded_one(gatewise: Gatewise) -> None:
    ran = gatewise("pipeline", PORTFOLIO, "--as-of", "2026-10-05", *QUARTER)
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    recorded("return.txt", ran.out)


@given(st.integers(1990, 2100), st.integers(1, 12), st.integers(1, 12))
def test_months_are_a_period_from_the_first_day_to_the_last(year: int, a: int, b: int) -> None:
    first, last = sorted((a, b))
    span = parse_span(f"{MONTHS[first - 1]} to {MONTHS[last - 1]} {year}")
    assert span.first == date(year, first, 1)
    assert span.last == date(year, last, monthrange(year, last)[1])
    assert parse_span(f"{span.first}..{span.last}") == span


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("Q1 2026/27", "2026-04-01", "2026-06-30"),
        ("q3 2026/27", "2026-10-01", "2026-12-31"),
        ("Q4 2026/27", "2027-01-01", "2027-03-31"),
        ("Jul to Sept 2026", "2026-07-01", "2026-09-30"),
        ("2026-07-01 to 2026-07-01", "2026-07-01", "2026-07-01"),
    ],
)
def test_other_ways_to_write_a_period(written: str, first: str, last: str) -> None:
    span = parse_span(written)
    assert (span.first.isoformat(), span.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-Q3", "it may mean July to September 2026, or October to December 2026"),
        ("Q4 2026", "it may mean October to December 2026, or January to March 2027"),
        ("Q1 2026/28", "is not a financial year, such as 2026/27"),
        ("2026-07-01..2026-06-30", "is not the earlier day first"),
        ("September to July 2026", "the earlier month first"),
        ("2026-02-30..2026-03-31", "a day that exists"),
        ("Ju to Sep 2026", "is not a period such as"),
        ("the summer", "is not a period such as"),
    ],
)
def test_a_period_that_could_be_another_is_refused(
    gatewise: Gatewise, written: str, said: str
) -> None:
    ran = gatewise("pipeline", PORTFOLIO, "--return", written)
    assert ran.code == 2
    assert said in ran.err


# ---- what the command refuses


def test_the_command_says_what_it_cannot_do(gatewise: Gatewise, tmp_path: Path) -> None:
    for arguments, said in (
        (("--columns", "docs/pipeline-columns.yaml"), "--columns shapes csv and xlsx files."),
        (("--output", "docx=x.docx"), "with one of the forms xlsx, csv, json"),
        (("--output", f"csv={PORTFOLIO}"), "which is the deck itself"),
        (("--columns", "nowhere.yaml", "--output", f"csv={tmp_path / 'x'}"), "cannot be read"),
        (("--gate", "alpa_beta"), "alpha_beta"),
    ):
        ran = gatewise("pipeline", PORTFOLIO, *arguments)
        assert ran.code == 2
        assert said in " ".join(ran.err.split())
    ran = gatewise("pipeline", PORTFOLIO, "--rules", "tests/rulebooks/triage")
    assert ran.code == 4
    assert "these rules do not say what a spend needs" in ran.err


def test_without_the_library_a_sentence_says_what_to_install(
    gatewise: Gatewise, tmp_path: Path, without: Without
) -> None:
    without("xlsxwriter")
    ran = gatewise("pipeline", PORTFOLIO, "--output", f"xlsx={tmp_path / 'list.xlsx'}")
    assert ran.code == 2
    assert "pip install 'gatewise[office]'" in ran.err


def test_a_table_of_projects_is_listed_by_its_mapping(
    gatewise: Gatewise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.csv").write_text("Name,Cost,Kind\nOne,£6m,technology\nTwo,TBC,technology\n")
    Path("m.yaml").write_text(
        "title: Requests\nsource: Our own list\ntable: {format: csv}\n"
        "set: {organisation.id: homes_england, gate.requested: disc_alpha}\n"
        "facts: {project.title: Name, finance.whole_life_cost: Cost, spend.type: Kind}\n"
    )
    ran = gatewise("pipeline", "t.csv", "--map", "m.yaml", "--output", "json=list.json")
    assert (ran.code, ran.err) == (0, "")
    lines = {line["project"]: line for line in json.loads(Path("list.json").read_text())["lines"]}
    assert lines["One"]["whole_life_cost"] == "6000000.00"
    assert lines["Two"]["whole_life_cost"] is None
    assert lines["One"]["place"].startswith("t.csv (row 2, One")
    ran = gatewise("pipeline", "t.csv", "--map", "m.yaml", "--output", "json=m.yaml")
    assert (ran.code, "would replace m.yaml, which is the mapping." in ran.err) == (2, True)


# ---- published schemas


def problems_of(document: dict[str, Any], name: str) -> list[str]:
    """What is wrong by the published schema, which here lets no further keys pass."""
    schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    for each in (schema, *schema["$defs"].values()):
        each["additionalProperties"] = False
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(document)]


def test_the_list_in_json_is_valid(listed: Callable[..., dict[str, Any]]) -> None:
    every = listed(*EXAMPLES, "nowhere.yaml", code=3)
    assert {line["assessed"] for line in every["lines"]} == {True, False}
    assert problems_of(every, "pipeline") == []
    for wrong in (
        {**every, "schema": "gatewise/check"},
        {**every, "version": "2.0"},
        {**every, "lines": [{**every["lines"][0], "whole_life_cost": 12}]},
        {**every, "lines": [{**every["lines"][0], "next_due": "soon"}]},
        {**every, "lines": [{"assessed": False, "deck": "d", "needs": "nothing", "problems": []}]},
        {key: value for key, value in every.items() if key != "by_need"},
    ):
        assert problems_of(wrong, "pipeline") != []


@pytest.mark.parametrize("period", ["Q2 2026/27", "Q2 2001/02"])
def test_the_return_in_json_is_valid(listed: Callable[..., dict[str, Any]], period: str) -> None:
    drawn = listed(PORTFOLIO, "nowhere.yaml", "--return", period, code=3)
    # a deck that cannot be read may hold an approval
    assert (drawn["nil"], bool(drawn["lines"])) == (False, period == "Q2 2026/27")
    assert problems_of(drawn, "return") == []
    assert problems_of({**drawn, "nil": None}, "return") != []
