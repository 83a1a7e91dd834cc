"""Decks with a mistake in them: each is refused by place, with what is wrong and what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
START = "organisation: {id: homes_england}\ngate: {requested: alpha_beta}\n"  # the mistake is on 3
GATES = (
    "triage, pre_project, into_discovery, disc_alpha, alpha_beta, pub_beta, beta_live, wf_init, "
    "wf_design, wf_build, wf_ready, close, health"
)
MONEY = "an amount such as 500000, £500,000, £500k or £1.24 million"
DATE = "2028-03-31, 31/03/2028, 31 March 2028, March 2028 or Q4 2027"
BENEFIT = (
    "description, type, objective, measure, unit, baseline, baseline_date, target, target_date, "
    "annual_value, actual, owner, owner_filled, status, last_review, next_review"
)

Gatewise = Callable[..., Any]


@pytest.fixture
def check(
    gatewise: Gatewise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """Check one deck's text, called deck.yaml (or by another name)."""
    monkeypatch.chdir(tmp_path)

    def run(text: str, *options: str, name: str = "deck.yaml") -> Any:
        Path(name).write_text(text, encoding="utf-8")
        return gatewise("check", name, "--as-of", "2026-11-23", *options)

    return run


def findings(ran: Any) -> dict[str, Any]:
    """The first assessment's findings by rule."""
    assessment = json.loads(ran.out)["assessments"][0]
    return {finding["rule"]: finding for finding in assessment["findings"]}


def refused(ran: Any, says: str) -> None:
    """Nothing was assessed, and the words are these and no others."""
    assert ran.err == says.strip("\n") + "\n"
    assert (ran.code, ran.out) == (3, "")


WRONG = {
    # ---- names
    "unknown section": ("projcet: {title: x}", """
deck.yaml:3: unknown fact "projcet"
  fix: Did you mean project?
"""),
    "unknown fact": ("project: {titel: x}", """
deck.yaml:3: unknown fact "project.titel"
  fix: Did you mean project.title?
"""),
    "unknown fact by its dotted name": ("project.titel: x", """
deck.yaml:3: unknown fact "project.titel"
  fix: Did you mean project.title?
"""),
    "fact of another section": ("project: {whole_life_cost: £5k}", """
deck.yaml:3: unknown fact "project.whole_life_cost"
  fix: Did you mean finance.whole_life_cost?
"""),
    "fact without its section": ("whole_life_cost: £5k", """
deck.yaml:3: unknown fact "whole_life_cost"
  fix: Did you mean finance.whole_life_cost?
"""),
    "unknown fact of a small section": ("roles: {sponsor: {zzz: yes}}", """
deck.yaml:3: unknown fact "roles.sponsor.zzz"
  fix: Use one of: roles.sponsor.filled.
"""),
    "like no fact": ("zzzqqq: x", """
deck.yaml:3: unknown fact "zzzqqq"
  fix: Take it out, or correct its name.
"""),
    "unknown fact of an item": ("benefits:\n  - {descripton: x}", """
deck.yaml:4: unknown fact "descripton" in "benefits"
  fix: Did you mean description?
"""),
    "item's fact that is like no other": ("benefits:\n  - {zzqq: x}", f"""
deck.yaml:4: unknown fact "zzqq" in "benefits"
  fix: Use one of: {BENEFIT}.
"""),
    "conclusion": ("spend: {regime: co_v5}", """
deck.yaml:3: "spend.regime" is worked out by the rules
  fix: Take it out.
"""),
    "measure": ("benefits.count: 3", """
deck.yaml:3: "benefits.count" is worked out by the rules
  fix: Take it out.
"""),
    "scene": ("assessment: {as_of: 2026-01-01}", """
deck.yaml:3: "assessment" is worked out by the rules
  fix: Take it out.
"""),
    "twice, in two ways": ("project: {title: x}\nproject.title: y", """
deck.yaml:4: "project.title" is given twice
  found: first at deck.yaml:3
  fix: Keep one of the two.
"""),
    "list twice": ("spend:\n  approvals: []\nspend.approvals: []", """
deck.yaml:5: the list "spend.approvals" is given twice
  fix: Keep one of the two.
"""),
    # ---- shapes
    "list for a section": ("project: [a, b]", """
deck.yaml:3: "project" holds several facts
  found: a list of 2    expected: a mapping of them
  fix: It is no list: take the hyphens or brackets out.
"""),
    "no space after the colon": ("project:\n  title:x", """
deck.yaml:3: "project" holds several facts
  found: title:x    expected: a mapping of them
  fix: Write its facts below it, each with a colon and a space, such as project: {id: ...}
"""),
    "mapping for a list": ("benefits: {description: x}", """
deck.yaml:3: "benefits" is a list
  found: a mapping of description    expected: a list of items
"""),
    "text for a list": ("benefits: none", """
deck.yaml:3: "benefits" is a list
  found: none    expected: a list of items
  fix: Write [] where there are none.
"""),
    "item of null": ("benefits:\n  -\n  - {description: x}", f"""
deck.yaml:4: item 1 of "benefits" holds no facts
  expected: {BENEFIT}
  fix: Fill it in, or take it out.
"""),
    "item of text": ("benefits:\n  - {description: x}\n  - faster", f"""
deck.yaml:5: item 2 of "benefits" holds no facts
  found: faster    expected: {BENEFIT}
  fix: Fill it in, or take it out.
"""),
    "mapping for a fact": ("finance: {whole_life_cost: {low: 1, high: 2}}", f"""
deck.yaml:3: "finance.whole_life_cost" (whole-life cost) cannot be read
  found: a mapping of low, high    expected: {MONEY}
"""),
    "list for text": ("project: {title: [a, b]}", """
deck.yaml:3: "project.title" (project title) cannot be read
  found: a list of 2    expected: text
"""),
    # ---- values
    "no such day": ("meta: {last_updated: 2026-02-30}", f"""
deck.yaml:3: "meta.last_updated" (date of the last update) cannot be read
  found: 2026-02-30    expected: a day that exists, such as {DATE}
"""),
    "month first": ("meta: {last_updated: 11/23/2026}", f"""
deck.yaml:3: "meta.last_updated" (date of the last update) cannot be read
  found: 11/23/2026    expected: a day that exists, such as {DATE}
  fix: Write the day before the month.
"""),
    "year of two digits": ("meta: {last_updated: 23/11/26}", f"""
deck.yaml:3: "meta.last_updated" (date of the last update) cannot be read
  found: 23/11/26    expected: a date such as {DATE}
"""),
    "day in words": ("meta: {last_updated: next Tuesday}", f"""
deck.yaml:3: "meta.last_updated" (date of the last update) cannot be read
  found: next Tuesday    expected: a date such as {DATE}
"""),
    "amount in words": ("finance: {whole_life_cost: about half a million}", f"""
deck.yaml:3: "finance.whole_life_cost" (whole-life cost) cannot be read
  found: about half a million    expected: {MONEY}
"""),
    "range": ("finance: {whole_life_cost: £500k to £600k}", f"""
deck.yaml:3: "finance.whole_life_cost" (whole-life cost) cannot be read
  found: £500k to £600k    expected: {MONEY}
"""),
    "other currency": ("finance: {whole_life_cost: €500k}", f"""
deck.yaml:3: "finance.whole_life_cost" (whole-life cost) cannot be read
  found: €500k    expected: {MONEY}
"""),
    "negative amount": ("finance: {whole_life_cost: -£5k}", """
deck.yaml:3: "finance.whole_life_cost" (whole-life cost) cannot be read
  found: -£5k    expected: £0 or more
"""),
    "part of a penny": ("finance: {whole_life_cost: £1.234}", f"""
deck.yaml:3: "finance.whole_life_cost" (whole-life cost) cannot be read
  found: £1.234    expected: {MONEY}, with at most 2 decimal places
"""),
    "too much": ("finance: {whole_life_cost: £1000000000001}", f"""
deck.yaml:3: "finance.whole_life_cost" (whole-life cost) cannot be read
  found: £1000000000001    expected: {MONEY}, no larger than 1,000,000,000,000
"""),
    "beyond all numbers": ("finance: {whole_life_cost: " + "9" * 4000 + "}", f"""
deck.yaml:3: "finance.whole_life_cost" (whole-life cost) cannot be read
  found: {"9" * 79}…    expected: {MONEY}, no larger than 1,000,000,000,000
"""),
    "not a number": ("finance: {whole_life_cost: .nan}", f"""
deck.yaml:3: "finance.whole_life_cost" (whole-life cost) cannot be read
  found: .nan    expected: {MONEY}
"""),
    "infinity": ("finance: {whole_life_cost: .inf}", f"""
deck.yaml:3: "finance.whole_life_cost" (whole-life cost) cannot be read
  found: .inf    expected: {MONEY}
"""),
    "exponent": ("finance: {whole_life_cost: 1e400}", f"""
deck.yaml:3: "finance.whole_life_cost" (whole-life cost) cannot be read
  found: 1e400    expected: {MONEY}
"""),
    "yes for an amount": ("finance: {whole_life_cost: true}", f"""
deck.yaml:3: "finance.whole_life_cost" (whole-life cost) cannot be read
  found: true    expected: {MONEY}
"""),
    "comma in braces": ("finance: {whole_life_cost: £1,240,000}", """
deck.yaml:3: unknown fact "finance.240"
  fix: Put an amount that holds a comma in quotes.
deck.yaml:3: unknown fact "finance.000"
  fix: Put an amount that holds a comma in quotes.
"""),
    "comma in an item's braces": ("funding:\n  - {amount: 5,000}", """
deck.yaml:4: unknown fact "000" in "funding"
  fix: Put an amount that holds a comma in quotes.
"""),
    "part of a person": ("project: {team_size: 9.5}", """
deck.yaml:3: "project.team_size" (team size) cannot be read
  found: 9.5    expected: a whole number such as 12 or 1,200
"""),
    "number in words": ("project: {team_size: nine}", """
deck.yaml:3: "project.team_size" (team size) cannot be read
  found: nine    expected: a whole number such as 12 or 1,200
"""),
    "below the least": ("project: {team_size: -1}", """
deck.yaml:3: "project.team_size" (team size) cannot be read
  found: -1    expected: 0 or more
"""),
    "percentage over the most": ("roles: {service_owner: {allocation: 101%}}", """
deck.yaml:3: "roles.service_owner.allocation" (service owner's time) cannot be read
  found: 101%    expected: 100% or less
"""),
    "neither yes nor no": ("roles: {sponsor: {filled: maybe}}", """
deck.yaml:3: "roles.sponsor.filled" (sponsor in post) cannot be read
  found: maybe    expected: yes or no
"""),
    "unknown choice": ("project: {methodology: agil}", """
deck.yaml:3: "project.methodology" (delivery method) cannot be read
  found: agil    expected: one of: agile, waterfall, hybrid
  fix: Did you mean agile?
"""),
    "very long text": ("project: {title: " + "x" * 20_001 + "}", f"""
deck.yaml:3: "project.title" (project title) cannot be read
  found: {"x" * 79}…    expected: text of at most 20,000 characters
"""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "says"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_refused_by_its_place(check: Any, text: str, says: str) -> None:
    refused(check(f"{START}{text}\n"), says)


def test_every_problem_of_a_deck_is_listed_in_line_order(
    gatewise: Gatewise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(HERE)
    ran = gatewise("check", "bad/deck.yaml")
    refused(ran, (HERE / "bad" / "deck.txt").read_text(encoding="utf-8"))
    lines = [int(line.split(":")[1]) for line in ran.err.splitlines() if line.startswith("bad/")]
    assert lines == sorted(lines)
    assert len(lines) == 13


def test_of_very_many_problems_the_first_are_listed_and_the_rest_counted(check: Any) -> None:
    ran = check(START + "".join(f"zz{n:04}: 1\n" for n in range(2000)))
    problems = [line for line in ran.err.splitlines() if line.startswith("deck.yaml")]
    assert problems[0] == 'deck.yaml:3: unknown fact "zz0000"'
    assert problems[99] == 'deck.yaml:102: unknown fact "zz0099"'
    assert problems[100:] == ["deck.yaml: and 1,900 more problems"]
    assert ran.code == 3


# ---- the gate and the organisation


def test_a_deck_without_a_gate_is_told_the_gates(check: Any) -> None:
    refused(
        check("organisation: {id: homes_england}\n"),
        f"""
deck.yaml:1: the deck names no gate
  fix: State gate.requested, or give --gate. The gates are: {GATES}.
""",
    )


def test_an_unknown_gate_is_told_the_nearest(check: Any) -> None:
    refused(
        check("organisation: {id: homes_england}\ngate: {requested: alfa_beta}\n"),
        f"""
deck.yaml:2: no gate "alfa_beta"
  expected: {GATES}
  fix: Did you mean alpha_beta?
""",
    )


def test_a_gate_that_the_organisation_does_not_run_is_refused_with_those_it_runs(
    check: Any,
) -> None:
    refused(
        check("organisation: {id: service_assessment_panels}\ngate: {requested: alpha_beta}\n"),
        """
deck.yaml:2: no gate "alpha_beta" at Service assessment panels of the two older standards
  expected: assessment_alpha, assessment_beta, assessment_live
""",
    )


def test_a_gate_may_be_given_by_its_title(check: Any) -> None:
    ran = check("organisation: {id: homes_england}\ngate: {requested: Alpha to beta}\n")
    assert "Alpha to beta · Homes England" in ran.out


def test_an_unknown_organisation_is_told_the_nearest(check: Any) -> None:
    refused(
        check("organisation: {id: homes_englnd}\ngate: {requested: alpha_beta}\n"),
        """
deck.yaml:1: no rules for the organisation "homes_englnd"
  fix: Did you mean homes_england?
""",
    )


def test_an_organisation_that_is_like_no_other_is_told_all(check: Any) -> None:
    refused(
        check("organisation: {id: zzz}\ngate: {requested: alpha_beta}\n"),
        """
deck.yaml:1: no rules for the organisation "zzz"
  fix: Use one of: generic_central, generic_council, homes_england, major_projects, maldon, """
        "rochford, service_assessment_panels, somerset.\n",
    )


def test_a_deck_may_not_contradict_what_holds_for_its_organisation(check: Any) -> None:
    refused(
        check("organisation:\n  id: maldon\n  kind: ndpb\ngate: {requested: pre_project}\n"),
        """
deck.yaml:3: the deck contradicts what holds for every deck of Maldon District Council
  found: non-departmental public body    expected: district council, from """
        """rules/organisations/maldon.yaml:23
  fix: Take organisation.kind out, or correct it.
""",
    )


def test_a_deck_may_differ_from_what_its_organisation_only_assumes(check: Any) -> None:
    deck = "organisation: {id: generic_council, kind: unitary_council}\ngate: {requested: triage}\n"
    ran = check(deck, "--format", "json", "--fail-on", "never")
    assert (ran.code, ran.err) == (0, "")
    regime = next(
        drawn
        for drawn in json.loads(ran.out)["assessments"][0]["conclusions"]
        if drawn["fact"] == "spend.regime"
    )
    assert regime["evidence"][0]["value"] == "unitary council"


# ---- what is not a mistake


@pytest.mark.parametrize(
    "written",
    ["", "null", "~", "TBC", "tbd", "N/A", '"-"', "–", "unknown", "not known", '"?"', '""', "'  '"],
)
def test_whatever_stands_for_missing_is_the_same_as_leaving_it_out(
    check: Any, written: str
) -> None:
    absent = check(START, "--format", "json")
    stated = check(f"{START}finance:\n  whole_life_cost: {written}\n", "--format", "json")
    assert stated.out == absent.out
    assert (stated.code, stated.err) == (1, "")


@pytest.mark.parametrize(
    "section", ["finance: TBC", "finance:", "finance: {}", "benefits: TBC", "benefits:"]
)
def test_a_section_or_list_may_be_missing_too(check: Any, section: str) -> None:
    absent = check(START, "--format", "json")
    assert check(f"{START}{section}\n", "--format", "json").out == absent.out


def test_an_empty_list_is_known_to_be_empty(check: Any) -> None:
    def evidence(text: str) -> tuple[str, str]:
        finding = findings(check(START + text, "--format", "json"))["STRAT-004"]
        return finding["status"], finding["evidence"][0]["value"]

    assert evidence("objectives: []\n") == ("not_met", "0")
    assert evidence("objectives: TBC\n") == ("unknown", None)


@pytest.mark.parametrize("written", ["no", "No", "NO", "n", "false", '"no"'])
def test_no_means_no(check: Any, written: str) -> None:
    deck = f"{START}spend: {{type: digital_service, pipeline: {{logged: {written}}}}}\n"
    finding = findings(check(deck, "--format", "json"))["SPEND-001"]
    assert finding["status"] == "not_met"
    assert finding["evidence"][0]["value"] == "no"


@pytest.mark.parametrize("title", ["no", "1:30", "010", "2026-02-30", "0x1F", "1_000", "Yes", "on"])
def test_a_title_stays_as_it_was_written(check: Any, title: str) -> None:
    assert check(f"{START}project: {{title: {title}}}\n").out.splitlines()[0] == title


def test_numbers_with_a_leading_nought_are_not_octal(check: Any) -> None:
    ran = check(START + "finance: {whole_life_cost: 010}\n", "--format", "json")
    assert findings(ran)["FIN-001"]["evidence"][0]["value"] == "£10"


def test_choices_may_be_given_in_their_plain_words(check: Any) -> None:
    by_id = check(f"{START}spend: {{type: digital_service}}\n", "--format", "json")
    words = "Digital service for people outside central government"
    by_words = check(f"{START}spend: {{type: {words}}}\n", "--format", "json")
    assert by_id.out == by_words.out
    assert '"digital_service"' in by_id.out


# ---- hostile text


ESCAPES = "red\x1b[31m bell\x07 c1\x9b2J bidi\u202e zero\u200b"


def printable(text: str) -> bool:
    return all(character.isprintable() or character == "\n" for character in text)


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_control_characters_of_a_deck_are_not_printed(check: Any, form: str) -> None:
    text = json.dumps(ESCAPES)
    deck = f"{START}project: {{title: {text}}}\nbenefits: [{{description: {text}}}]\n"
    ran = check(deck, "--format", form, "--show", "all")
    assert "red" in ran.out
    assert "\x1b" not in ran.out
    assert printable(ran.out)
    assert (ran.code, ran.err) == (1, "")


@pytest.mark.parametrize(
    "deck",
    [
        f"{json.dumps(ESCAPES)}: 1\n",
        f"project: {{methodology: {json.dumps(ESCAPES)}}}\n",
        f"benefits: [{{{json.dumps(ESCAPES)}: 1}}]\n",
        f"organisation: {{id: {json.dumps(ESCAPES)}}}\ngate: {{requested: triage}}\n",
        f"gate: {{requested: {json.dumps(ESCAPES)}}}\n",
    ],
)
def test_control_characters_are_not_printed_in_problems(check: Any, deck: str) -> None:
    ran = check(deck)
    assert ran.code == 3
    assert "red" in ran.err
    assert printable(ran.err)


def test_a_name_with_a_line_break_cannot_forge_a_line(check: Any) -> None:
    ran = check('"a\\ndeck.yaml:1: all is well": 1\n')
    assert ran.err == (
        'deck.yaml:1: unknown fact "a deck.yaml:1: all is well"\n'
        "  fix: Take it out, or correct its name.\n"
    )


def test_a_very_long_name_is_cut_short(check: Any) -> None:
    ran = check(f'{{"{"x" * 100_000}": 1}}', name="deck.json")
    assert ran.code == 3
    assert len(ran.err) < 400


def test_markdown_from_a_deck_stays_text(check: Any) -> None:
    title = "# A | <script>alert(1)</script> [x](javascript:y) `z` *b*"
    ran = check(f"{START}project: {{title: {json.dumps(title)}}}\n", "--format", "markdown")
    heading = ran.out.splitlines()[0]
    assert heading == (r"# \# A \| \<script\>alert(1)\</script\> \[x\](javascript:y) \`z\` \*b\*")


def test_text_of_a_deck_is_never_a_template(check: Any) -> None:
    title = "{finance.whole_life_cost} {0} {{x}} %s {role:board}"
    ran = check(f"{START}project: {{title: {json.dumps(title)}}}\n")
    assert ran.out.splitlines()[0] == title
