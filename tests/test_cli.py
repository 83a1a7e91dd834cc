"""The command line: exit codes, options, forms of output, and the same bytes each time."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import cli
import engine.evaluate_deck
from engine import all_schemas, load_rulebook, shipped_rules

ROOT = Path(__file__).resolve().parent.parent
GRANTS = ROOT / "tests" / "rulebooks" / "grants"
REPAIRS = "examples/repairs-service/deck.yaml"
PASSING = "examples/council-appraisal/pass.yaml"
RECOMMENDING = "examples/council-appraisal/recommend.yaml"
PORTFOLIO = "examples/portfolio/portfolio.jsonl"
DAY = ("--as-of", "2026-11-23")

Gatewise = Callable[..., Any]


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def first(ran: Any) -> dict[str, Any]:
    """The first assessment of a run in JSON."""
    assessment: dict[str, Any] = json.loads(ran.out)["assessments"][0]
    return assessment


# ---- exit codes


@pytest.mark.parametrize(
    ("deck", "fail_on", "code"),
    [
        (PASSING, "recommend", 0),
        (PASSING, "escalate", 0),
        (RECOMMENDING, "never", 0),
        (RECOMMENDING, "escalate", 0),
        (RECOMMENDING, None, 0),
        (RECOMMENDING, "recommend", 1),
        (REPAIRS, "never", 0),
        (REPAIRS, "escalate", 1),
        (REPAIRS, None, 1),
        (REPAIRS, "recommend", 1),
    ],
)
def test_exit_0_or_1_by_the_mildest_outcome_that_fails(
    gatewise: Gatewise, deck: str, fail_on: str | None, code: int
) -> None:
    ran = gatewise("check", deck, *DAY, *(["--fail-on", fail_on] if fail_on else []))
    assert (ran.code, ran.err) == (code, "")


def test_one_deck_of_several_is_enough_to_fail(gatewise: Gatewise) -> None:
    assert gatewise("check", PASSING, REPAIRS, PASSING, *DAY).code == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Usage: gatewise [OPTIONS] COMMAND [ARGS]..."),
        (("chek",), "No such command 'chek'"),
        (("check",), "Missing argument"),
        (("check", PASSING, "--fail-on", "pass"), "'pass' is not one of"),
        (("check", PASSING, "--format", "xml"), "'xml' is not one of"),
        (("check", PASSING, "--show", "some"), "'some' is not"),
        (("check", PASSING, "--nonsense"), "No such option"),
        (("check", PASSING, "--as-of", "tomorrow"), '"tomorrow" is not a date such as 2028-03-31'),
        (("check", PASSING, "--as-of", "30/02/2026"), '"30/02/2026" is not a day that exists'),
        (("check", PASSING, "--output", "json"), '"json" is not FORMAT=FILE with one of the forms'),
        (("check", PASSING, "--output", "json="), '"json=" is not FORMAT=FILE'),
        (("check", PASSING, "--output", "odt=a"), '"odt=a" is not FORMAT=FILE'),
        (("check", PASSING, "--output", "json=no/a"), "no/a cannot be written: no such file"),
        (("check", PASSING, "--output", "json=docs"), "docs cannot be written: is a directory"),
        (("explain", PASSING), "Missing argument 'RULE'"),
        (("schema", "world"), "'world' is not one of"),
        (("rules",), "Usage: gatewise rules"),
        (("rules", "show", "SPEND-01"), "fix: Did you mean SPEND-001?"),
        (("rules", "show", "spend.regim"), "fix: Did you mean spend.regime?"),
        (("rules", "list", "--gate", "alfa_beta"), "fix: Did you mean alpha_beta?"),
        (("rules", "list", "--organisation", "zzz"), "fix: Use one of: generic_central,"),
    ],
)
def test_exit_2_where_the_command_is_not_understood(
    gatewise: Gatewise, arguments: tuple[str, ...], says: str
) -> None:
    ran = gatewise(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert "Traceback" not in ran.err


def test_exit_3_beats_1_and_the_other_decks_are_assessed(
    gatewise: Gatewise, tmp_path: Path
) -> None:
    (tmp_path / "bad.yaml").write_text("projcet: {title: x}\n")
    decks = (REPAIRS, tmp_path / "bad.yaml", "nowhere.yaml", PASSING)
    ran = gatewise("check", *decks, *DAY)
    assert ran.code == 3
    assert "1 escalated, 2 not assessed, 0 with recommendations, 1 passed" in ran.out
    assert ran.err == (
        f'{tmp_path / "bad.yaml"}:1: unknown fact "projcet"\n  fix: Did you mean project?\n'
        "nowhere.yaml: cannot be read: no such file or directory\n"
        "  fix: Check the name and that you may read it.\n"
    )
    run = json.loads(gatewise("check", *decks, *DAY, "--format", "json").out)
    assert run["summary"] == {"pass": 1, "recommend": 0, "escalate": 1, "not_assessed": 2}
    assert [failed["deck"] for failed in run["not_assessed"]] == [
        str(tmp_path / "bad.yaml"),
        "nowhere.yaml",
    ]


def test_exit_3_even_where_nothing_may_fail(gatewise: Gatewise) -> None:
    assert gatewise("check", "nowhere.yaml", "--fail-on", "never").code == 3


@pytest.mark.parametrize("command", [("needs",), ("explain",)])
def test_exit_3_of_the_other_commands_that_read_a_deck(
    gatewise: Gatewise, command: tuple[str, ...]
) -> None:
    rule = ("SPEND-001",) if command == ("explain",) else ()
    ran = gatewise(*command, "nowhere.yaml", *rule)
    assert ran.err.startswith("nowhere.yaml: cannot be read: no such file or directory\n")
    assert (ran.code, ran.out) == (3, "")


def test_exit_3_for_a_rule_that_is_not_in_force(gatewise: Gatewise) -> None:
    ran = gatewise("explain", PASSING, "STD-001", *DAY)
    assert 'no rule "STD-001" is in force here\n  fix: ' in ran.err
    assert (ran.code, ran.out) == (3, "")


def test_exit_3_where_no_rule_applies(gatewise: Gatewise, tmp_path: Path) -> None:
    """Nothing to hold against a deck is not the same as a deck that passes."""
    rules = tmp_path / "rules"
    rules.mkdir()
    for file in ("facts.yaml", "award.yaml"):
        text = (GRANTS / file).read_text(encoding="utf-8")
        (rules / file).write_text(text.replace("    points:", "    status: draft\n    points:"))
    deck = "bid: {amount: £5k}\n"
    ran = gatewise("check", "-", "--rules", rules, "--gate", "award", *DAY, stdin=deck)
    assert "Could not assess. No rule applies to this deck." in ran.out
    assert "PASSED" not in ran.out
    assert ran.code == 3


def test_exit_4_where_the_rules_are_broken(gatewise: Gatewise) -> None:
    ran = gatewise("check", PASSING, "--rules", "nowhere")
    assert ran.err.startswith("nowhere: not a rules folder\n  fix: ")
    assert (ran.code, ran.out) == (4, "")


def test_exit_5_where_the_evaluators_disagree_and_there_is_no_outcome(
    gatewise: Gatewise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = engine.evaluate_deck.prepare(load_rulebook(GRANTS), None)
    if prepared.rete_at(None) is None:
        pytest.skip("durable_rules is not installed")
    rete = type(prepared.rete_at(None))
    right = rete.evaluate

    def wrong(self: Any, facts: Any) -> Any:
        answer = right(self, facts)
        answer.statuses["SPEND-001"] = "met"  # type: ignore[index]
        return answer

    monkeypatch.setattr(rete, "evaluate", wrong)
    copy = tmp_path / "answers.json"
    ran = gatewise("check", REPAIRS, *DAY, "--output", f"json={copy}")
    assert ran.err == (
        "Internal error: the evaluators disagree: "
        "SPEND-001: reference says not_met, durable_rules says met\n"
    )
    assert (ran.code, ran.out) == (5, "")
    assert not copy.exists()


def test_exit_5_with_a_trace_for_a_defect(
    gatewise: Gatewise, monkeypatch: pytest.MonkeyPatch
) -> None:
    def defect(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("made for this test")

    monkeypatch.setattr(engine, "assess", defect)
    ran = gatewise("check", PASSING, *DAY)
    assert "Traceback" in ran.err
    assert ran.err.endswith("ZeroDivisionError: made for this test\n")
    assert (ran.code, ran.out) == (5, "")


# ---- the scene


@pytest.mark.parametrize(
    ("option", "text", "as_of", "as_of_from", "words"),
    [
        (DAY, "", "2026-11-23", "given", "23 November 2026 (as given)"),
        (("--as-of", "23/11/2026"), "", "2026-11-23", "given", "23 November 2026 (as given)"),
        ((), "meta: {as_of: 9 March 2025}\n", "2025-03-09", "deck", "9 March 2025 (the deck's own"),
        (
            DAY,
            "meta: {as_of: 9 March 2025}\n",
            "2026-11-23",
            "given",
            "23 November 2026 (as given)",
        ),
        ((), "", "2024-05-06", "today", "6 May 2024 (today, because the deck has no date of its"),
    ],
)
def test_the_date_is_the_given_one_else_the_decks_own_else_today(
    gatewise: Gatewise,
    monkeypatch: pytest.MonkeyPatch,
    option: tuple[str, ...],
    text: str,
    as_of: str,
    as_of_from: str,
    words: str,
) -> None:
    class Someday(date):
        @classmethod
        def today(cls) -> date:
            return date(2024, 5, 6)

    monkeypatch.setattr("commands.checking.date", Someday)
    deck = f"organisation: {{id: maldon}}\ngate: {{requested: triage}}\n{text}"
    in_json = first(gatewise("check", "-", *option, "--format", "json", stdin=deck))
    assert (in_json["as_of"], in_json["as_of_from"]) == (as_of, as_of_from)
    for form in ("text", "markdown"):
        out = gatewise("check", "-", *option, "--format", form, stdin=deck).out
        assert words in " ".join(out.replace("\\", "").split())


def test_the_gate_may_be_given_in_place_of_the_decks_own(gatewise: Gatewise) -> None:
    assert first(gatewise("check", REPAIRS, *DAY, "--format", "json"))["gate"] == "alpha_beta"
    given = gatewise("check", REPAIRS, *DAY, "--gate", "close", "--format", "json")
    assert first(given)["gate"] == "close"
    by_title = gatewise("check", REPAIRS, *DAY, "--gate", "alpha to beta", "--format", "json")
    assert first(by_title)["gate"] == "alpha_beta"


def test_an_unknown_gate_is_refused_with_the_nearest(gatewise: Gatewise) -> None:
    ran = gatewise("check", PASSING, *DAY, "--gate", "alfa_beta")
    assert 'no gate "alfa_beta"' in ran.err
    assert "fix: Did you mean alpha_beta?" in ran.err
    assert ran.out == ""
    assert ran.code == 2


def test_the_organisation_may_be_given_in_place_of_the_decks_own(gatewise: Gatewise) -> None:
    deck = "organisation: {id: homes_england}\ngate: {requested: triage}\n"
    ran = gatewise("check", "-", *DAY, "--organisation", "maldon", "--format", "json", stdin=deck)
    assert first(ran)["organisation"] == "Maldon District Council"
    ran = gatewise("check", "-", *DAY, "--organisation", "maldn", stdin=deck)
    assert "fix: Did you mean maldon?" in ran.err
    assert (ran.out, ran.code) == ("", 2)


def test_every_command_takes_a_scene_and_a_rules_folder(gatewise: Gatewise, tmp_path: Path) -> None:
    deck = tmp_path / "deck.yaml"
    deck.write_text("applicant: {kind: club}\nbid: {amount: £3k}\n")
    scene = ("--gate", "award", "--organisation", "south", *DAY, "--rules", GRANTS)
    assert "Award · South Fund" in gatewise("check", deck, *scene).out
    assert "AWARD-003" in gatewise("needs", deck, *scene).out
    explained = gatewise("explain", deck, "AWARD-001", *scene).out
    assert "Result: not met" in explained
    assert "AWARD-001" in gatewise("rules", "show", "AWARD-001", "--rules", GRANTS).out
    assert gatewise("rules", "list", "--rules", GRANTS).out.startswith("Award of grants (3)\n")
    assert gatewise("rules", "test", "--rules", GRANTS).out.startswith("13 of 13 cases")
    assert '"applicant"' in gatewise("schema", "deck", "--rules", GRANTS).out


# ---- output


def without_links_and_paths(text: str) -> str:
    return re.sub(r"(https?://|examples/|rules/)\S+", "", text)


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", REPAIRS, *DAY),
        ("check", REPAIRS, *DAY, "--show", "all"),
        ("check", "examples/gaps/deck.yaml", "--show", "all"),
        ("check", PORTFOLIO, "--show", "all"),
        ("needs", "examples/gaps/deck.yaml"),
        ("explain", REPAIRS, "SPEND-014", *DAY),
        ("explain", "examples/gaps/deck.yaml", "MGMT-011"),
        ("explain", REPAIRS, "spend.regime", *DAY),
        ("rules", "list"),
        ("rules", "show", "SPEND-014"),
        ("rules", "show", "spend.regime"),
        ("rules", "show", "PMO-008", "--organisation", "maldon"),
        ("rules", "list", "--gate", "pre_project", "--organisation", "maldon"),
        ("questions", "--gate", "alpha_beta"),
        ("questions", "--gate", "pre_project", "--organisation", "maldon"),
        ("--help",),
        ("check", "--help"),
        ("rules", "--help"),
    ],
    ids=" ".join,
)
def test_text_keeps_to_80_columns(gatewise: Gatewise, arguments: tuple[str, ...]) -> None:
    lines = gatewise(*arguments).out.splitlines()
    assert len(lines) > 5
    too_wide = [line for line in lines if len(without_links_and_paths(line)) > 80]
    assert too_wide == []


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html", "csv"])
def test_the_same_input_gives_the_same_bytes(gatewise: Gatewise, form: str) -> None:
    runs = {gatewise("check", REPAIRS, PASSING, *DAY, "--format", form).out for _ in range(2)}
    assert len(runs) == 1
    (out,) = runs
    assert out.endswith("\n")
    assert str(ROOT) not in out


def test_the_same_bytes_in_another_process_with_another_hash_seed() -> None:
    outs = set()
    for seed in ("1", "2"):
        ran = subprocess.run(
            [sys.executable, "cli.py", "check", REPAIRS, PORTFOLIO, *DAY, "--show", "all"],
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "ascii"},
            check=False,
        )
        assert (ran.returncode, ran.stderr) == (1, b"")
        outs.add(ran.stdout)
    assert len(outs) == 1
    assert "£640,000" in outs.pop().decode("utf-8")


def test_json_keeps_to_its_schema(gatewise: Gatewise) -> None:
    schema = all_schemas(load_rulebook(shipped_rules(), cases=False))["assessment.schema.json"]
    Draft202012Validator.check_schema(schema)
    decks = (REPAIRS, PASSING, RECOMMENDING, PORTFOLIO, "examples/gaps/deck.yaml", "nowhere.yaml")
    for rules in ((), ("--rules", GRANTS)):
        ran = gatewise("check", *decks, "--format", "json", *rules)
        Draft202012Validator(schema).validate(json.loads(ran.out))


def test_files_are_written_beside_what_is_printed(gatewise: Gatewise, tmp_path: Path) -> None:
    outputs = {form: tmp_path / f"answer.{form}" for form in ("text", "json", "markdown", "html")}
    options = [f"--output={form}={file}" for form, file in outputs.items()]
    ran = gatewise("check", REPAIRS, *DAY, *options)
    assert ran.out == gatewise("check", REPAIRS, *DAY).out
    for form, file in outputs.items():
        full = gatewise("check", REPAIRS, *DAY, "--format", form, "--show", "all")
        assert file.read_text(encoding="utf-8") == full.out


def test_two_files_of_one_form(gatewise: Gatewise, tmp_path: Path) -> None:
    files = [tmp_path / "a=b.json", tmp_path / "c.json"]
    gatewise("check", PASSING, *DAY, *(f"--output=json={file}" for file in files))
    assert files[0].read_bytes() == files[1].read_bytes() != b""


def test_an_output_never_replaces_a_deck_or_another_output(
    gatewise: Gatewise, tmp_path: Path
) -> None:
    deck = tmp_path / "deck.yaml"
    deck.write_bytes((ROOT / PASSING).read_bytes())
    ran = gatewise("check", str(deck), "--output", f"json={tmp_path / '.' / 'deck.yaml'}")
    assert ran.code == 2
    assert "which is the deck itself" in " ".join(ran.err.split())
    assert deck.read_bytes() == (ROOT / PASSING).read_bytes()
    one = f"{tmp_path / 'answer'}"
    ran = gatewise("check", PASSING, "--output", f"json={one}", "--output", f"text={one}")
    assert ran.code == 2
    assert "which is another output" in " ".join(ran.err.split())


def test_what_a_deck_says_of_another_organisation_is_left_aside(
    gatewise: Gatewise, tmp_path: Path
) -> None:
    deck = tmp_path / "deck.yaml"
    deck.write_text(
        "organisation: {id: generic_council, kind: district_council}\n"
        "gate: {requested: alpha_beta}\nspend: {type: digital_service}\n"
    )
    own = gatewise("check", str(deck), *DAY)
    assert (
        "outside central spend controls" in gatewise("check", str(deck), *DAY, "--show", "all").out
    )
    other = gatewise("check", str(deck), *DAY, "--organisation", "homes_england")
    assert "SPEND-001" in other.out
    assert "SPEND-001" not in own.out
    assert "was left aside" in " ".join(other.out.split())
    assert "was left aside" not in " ".join(own.out.split())


def test_what_is_missing_is_named_as_a_deck_writes_it(gatewise: Gatewise, tmp_path: Path) -> None:
    deck = tmp_path / "deck.yaml"
    deck.write_text(
        "organisation: {id: generic_council}\ngate: {requested: wf_design}\n"
        "equality: {analysis_status: TBC with the lead}\n"
    )
    out = " ".join(gatewise("check", str(deck), *DAY).out.split())
    assert "state of the equality analysis: not stated, write equality.analysis_status" in out
    assert "risks: not stated, write risks" in out


def test_what_only_tells_where_a_rule_applies_is_not_asked_for(gatewise: Gatewise) -> None:
    out = " ".join(gatewise("check", "examples/gaps/deck.yaml").out.split())
    # a risk that is overdue: the review is asked to lie ahead, and that it is open is not asked
    assert "31 October 2026 (asked: is on or after 16 November 2026)" in out
    assert "status of risk 1" not in out or "(asked: is not closed)" not in out


def test_a_deck_below_the_threshold_tells_the_board_and_does_not_go_to_it(
    gatewise: Gatewise,
) -> None:
    out = " ".join(gatewise("check", "examples/gaps/deck.yaml").out.split())
    assert "NOT READY FOR THE BOARD" in out
    assert "Goes to the Digital Portfolio Board: to be told, not to decide on the gate:" in out


def test_what_is_quiet_is_shown_on_request(gatewise: Gatewise) -> None:
    short, full = (gatewise("check", REPAIRS, *DAY, *more).out for more in ((), ("--show", "all")))
    assert "--show all lists them" in " ".join(short.split())
    assert "--show all lists" not in full
    assert "\nPassed (" in full
    assert "\nNot applicable (" in full
    assert "\nPassed (" not in short
    said = (
        r"(\d+) requirements are met; (\d+) rules do not apply.* and (\d+) rules were not checked"
    )
    quiet = re.search(said, short.replace("\n", " "))
    assert quiet is not None
    assert f"\nPassed ({quiet[1]})" in full
    assert f"\nNot applicable ({quiet[2]})" in full
    assert f"\nNot checked ({quiet[3]})" in full


def test_several_decks_begin_with_a_summary_and_one_does_not(gatewise: Gatewise) -> None:
    assert "Check of" not in gatewise("check", PASSING, *DAY).out
    out = gatewise("check", PASSING, RECOMMENDING, *DAY).out
    assert out.startswith("Check of 2 decks\n")
    assert "0 escalated, 0 not assessed, 1 with recommendations, 1 passed.\n" in out


def test_the_summary_tells_gate_score_and_where_each_deck_goes(gatewise: Gatewise) -> None:
    out = gatewise("check", PORTFOLIO).out
    summary = " ".join(out[: out.index("NOT READY")].split())
    assert "Discovery to alpha" in summary
    assert "82.4% 6 recommended Digital Portfolio" in summary


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_an_answer_says_that_it_is_not_a_decision(gatewise: Gatewise, form: str) -> None:
    out = " ".join(gatewise("check", PASSING, *DAY, "--format", form).out.split())
    assert "does not replace a decision by the board" in out


# ---- the other commands


def test_needs_puts_the_most_decisive_question_first(gatewise: Gatewise) -> None:
    out = gatewise("needs", "examples/gaps/deck.yaml").out
    counts = [int(n) for n in re.findall(r"(\d+) of them escalating", out)]
    assert counts == sorted(counts, reverse=True)
    assert "  1. What kind of spend is it?\n     Fact: spend.type (type of spend)\n" in out


def test_needs_says_when_nothing_is_missing(gatewise: Gatewise) -> None:
    ran = gatewise("needs", PASSING)
    assert (ran.code, ran.out) == (0, f"{PASSING}: no rule waits for a missing fact.\n")


def test_explain_shows_each_part_with_its_truth_and_place(gatewise: Gatewise) -> None:
    out = gatewise("explain", REPAIRS, "spend-014", *DAY).out
    assert out.startswith("SPEND-014  ")
    assert "Result: not met\n" in out
    line = next(n for n, text in enumerate(Path(REPAIRS).read_text().splitlines(), 1)
                if text.startswith("  whole_life_cost:"))  # fmt: skip
    assert f"found: £640,000 [{REPAIRS}:{line}]" in " ".join(out.split())
    assert {text.split()[0] for text in out.splitlines()[3:] if text[:1].strip()} <= {
        "true",
        "false",
        "unknown",
    }


def test_rules_list_keeps_to_a_gate_and_an_organisation(gatewise: Gatewise) -> None:
    every = gatewise("rules", "list").out
    council = gatewise("rules", "list", "--organisation", "maldon").out
    triage = gatewise("rules", "list", "--gate", "triage").out
    rules = re.compile(r"^  ([A-Z]+-\d{3})", re.MULTILINE)
    assert set(rules.findall(council)) < set(rules.findall(every))
    assert set(rules.findall(triage)) < set(rules.findall(every))
    assert "STD-" not in council


def test_rules_show_gives_the_whole_rule(gatewise: Gatewise) -> None:
    out = gatewise("rules", "show", "AWARD-001", "--rules", GRANTS).out
    for part in (
        "AWARD-001  A large bid comes from a body with a constitution\n",
        "Asked at: Award\n",
        "Not met: escalate; not enough information: escalate\n",
        "Points: 2\n",
        "Owner: grants officer; escalates to: grants panel\n",
        "Reason: The bid is for [amount asked for], over the [A large bid] limit",
        "Why the rule exists: A large grant needs somebody who answers for it.\n",
        "Source: Grants policy, Section 2, 2026-04-01 (",
        "  https://example.org/grants\n",
        "Cases: 4\n",
    ):
        assert part in out


@pytest.mark.parametrize("what", ["rules", "facts", "organisation", "deck", "assessment"])
def test_schema_prints_the_published_schema(gatewise: Gatewise, what: str) -> None:
    printed = json.loads(gatewise("schema", what).out)
    assert printed == json.loads(Path(f"schemas/{what}.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_needs_at_the_ends_of_the_calendar(gatewise: Gatewise, day: str) -> None:
    deck = "checks: {accounts: yes, bank: yes}\nbid: {maturity: costed}\n"
    ran = gatewise("needs", "-", "--rules", GRANTS, "--gate", "award", "--as-of", day, stdin=deck)
    assert (ran.code, ran.err) == (0, "")
    assert "Fact: bid.start (start of the work)" in ran.out


# ---- help and version


def test_help_begins_with_two_examples_and_gives_the_exit_codes(gatewise: Gatewise) -> None:
    ran = gatewise("--help")
    lines = [line.strip() for line in ran.out.splitlines()]
    examples = [line for line in lines if line.startswith("gatewise ")]
    assert len(examples) == 2
    assert lines.index(examples[0]) < lines.index("Exit codes:") < lines.index("Options:")
    assert [line[0] for line in lines[lines.index("Exit codes:") + 1 :][:6]] == list("012345")
    assert (ran.code, ran.err) == (0, "")


def test_the_examples_in_the_help_work(gatewise: Gatewise, tmp_path: Path) -> None:
    (tmp_path / "decks").mkdir()
    text = (ROOT / PASSING).read_text(encoding="utf-8")
    for name in ("deck.yaml", "decks/a.yaml", "decks/b.yaml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    os.chdir(tmp_path)
    made = gatewise(
        "template", "deck", "--gate=pre_project", "--from=deck.yaml", "--output=deck.pptx"
    )
    assert made.code == 0
    help_text = gatewise("--help").out
    for line in re.findall(r"^    gatewise (.*)$", help_text, re.MULTILINE):
        words = [
            name
            for word in line.split()
            for name in (sorted(map(str, Path().glob(word))) if "*" in word else [word])
        ]
        assert gatewise(*words).code == 0
    assert len(json.loads(Path("answers.json").read_text())["assessments"]) == 2


def test_help_of_every_command_names_every_option(gatewise: Gatewise) -> None:
    for name in ("check", "needs", "explain"):
        out = gatewise(name, "--help").out
        for option in ("--gate", "--as-of", "--organisation", "--rules"):
            assert option in out


def test_version(gatewise: Gatewise) -> None:
    declared = re.search(r'^version = "(.*)"$', Path("pyproject.toml").read_text(), re.MULTILINE)
    assert declared is not None
    assert gatewise("--version").out == f"gatewise {declared[1]}\n"
    assert declared[1] == engine.ENGINE_VERSION


# ---- the command as it is installed


def test_main_is_an_ordinary_click_command() -> None:
    ran = CliRunner().invoke(cli.main, ["check", PASSING, *DAY])
    assert ran.exit_code == 0
    assert "PASSED" in ran.output


def test_a_real_process_prints_answers_on_one_stream_and_problems_on_the_other() -> None:
    ran = subprocess.run(
        [sys.executable, "-X", "dev", "cli.py", "check", PASSING, "nowhere.yaml", "--format=json"],
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 3
    assert json.loads(ran.stdout)["summary"]["pass"] == 1
    assert ran.stderr.decode("utf-8").startswith("nowhere.yaml: cannot be read")


def test_a_pipe_that_closes_early_is_not_a_defect() -> None:
    with subprocess.Popen(
        [sys.executable, "cli.py", "rules", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
    assert process.returncode != 5


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_of_the_help_is_there(gatewise: Gatewise, name: str) -> None:
    listed = gatewise("--help").out
    line = next(line for line in listed.splitlines() if line.startswith(f"  {name} "))
    assert len(line) <= 80
    assert gatewise(name, "--help").out.startswith(f"Usage: gatewise {name} ")


def test_a_command_that_there_is_not(gatewise: Gatewise) -> None:
    ran = gatewise("chekc", PASSING)
    assert ran.code == 2
    assert "No such command 'chekc'" in ran.err


def test_help_needs_no_command_and_nothing_of_the_engine() -> None:
    code = (
        "import sys, cli\n"
        "sys.argv[1:] = ['--help']\n"
        "try: cli.run()\n"
        "except SystemExit: pass\n"
        "slow = {'yaml', 'pydantic', 'engine', 'commands.files'} & set(sys.modules)\n"
        "sys.exit(f'imported {slow}' if slow else 0)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")


# ---- health checks


REPORT = """
organisation: {id: generic_council}
project: {id: P1, title: A report}
meta: {as_of: 2026-06-01}
status: {period_end: 2026-05-31, rag: {overall: RAG, resources: amber}, under_resourced: N}
"""


def report(folder: Path, name: str, rag: str, short: int) -> str:
    """A report in a file."""
    file = folder / name
    file.write_text(REPORT.replace("RAG", rag).replace("N}", f"{short}}}"))
    return str(file)


def test_a_health_check_stands_beside_the_period_before(gatewise: Gatewise, tmp_path: Path) -> None:
    now, last = report(tmp_path, "now.yaml", "amber", 9), report(tmp_path, "last.yaml", "green", 2)
    alone = first(gatewise("health", now, "--format", "json"))
    assert (alone["gate"], alone["ratings"][0]["last_period"]) == ("health", None)
    ran = gatewise("health", now, "--previous", last)
    assert "Overall: amber; last period green, so worse" in " ".join(ran.out.split())
    markdown = gatewise("health", now, "--previous", last, "--format", "markdown").out
    assert "| Overall | amber |  | green | worse |  |" in markdown
    assert "Products short of people: 2 last period, 9 now." in " ".join(ran.out.split())


def test_a_report_of_another_project_is_no_period_before(
    gatewise: Gatewise, tmp_path: Path
) -> None:
    now, last = report(tmp_path, "now.yaml", "amber", 9), report(tmp_path, "last.yaml", "green", 2)
    other = Path(last)
    other.write_text(other.read_text().replace("P1", "P2"))
    ran = gatewise("health", now, "--previous", last)
    assert "last period green" not in ran.out
    # the reference names another project, and the title the same one
    other.write_text(other.read_text().replace("A report", "Another"))
    ran = gatewise("health", now, "--previous", last)
    assert "no deck of the period before is of this project" in ran.err
    ran = gatewise("health", now, "--previous", str(tmp_path / "none.yaml"))
    assert ran.code == 3
    assert "none.yaml" in ran.err


# ---- names


@pytest.mark.parametrize("name", ["homes_england", "Homes England", " homes england "])
@pytest.mark.parametrize("gate", ["disc_alpha", "Discovery to alpha", "discovery to Alpha "])
def test_gate_and_organisation_are_known_by_id_or_title(
    gatewise: Gatewise, name: str, gate: str
) -> None:
    deck = f"organisation: {{id: '{name}'}}\ngate: {{requested: '{gate}'}}\nproject: {{title: A}}\n"
    in_deck = first(gatewise("check", "-", "--format", "json", stdin=deck))
    scene = ("--gate", gate, "--organisation", name)
    given = first(gatewise("check", "-", *scene, "--format", "json", stdin=deck))
    assert (in_deck["gate"], in_deck["organisation"]) == ("disc_alpha", "Homes England")
    assert given["findings"] == in_deck["findings"]
