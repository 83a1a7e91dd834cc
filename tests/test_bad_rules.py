"""Rules folders with a mistake in them: refused by place, with exit code 4 and no answer."""

# ruff: noqa: E501, ISC004 - a table of messages reads best when its rows are not broken up

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GRANTS = Path(__file__).resolve().parent / "rulebooks" / "grants"
AWARD, FACTS = "award.yaml", "facts.yaml"
NORTH, SOUTH = "organisations/north.yaml", "organisations/south.yaml"
MONEY = "an amount such as 500000, £500,000, £500k or £1.24 million"
HOLES = "{a.fact}, {threshold:name} or {role:name}"
RIGHT = "a value, {threshold: name} or {fact: name}, with times, plus or minus"

# what is changed in which file, and what is then said; LINE is the changed line, FILE its file
Change = tuple[str, str, str, str]

NAMES: dict[str, Change] = {
    "fact": (AWARD, "{bid.size: large}", "{bid.sise: large}",
             'unknown fact "bid.sise"\n  fix: Did you mean bid.size?'),
    "fact like no other": (AWARD, "{bid.size: large}", "{zzz.yyy: large}",
                           'unknown fact "zzz.yyy"\n  fix: Declare it in facts.yaml.'),
    "item's fact outside its list": (AWARD, "{bid.size: large}", "{cost: 3}",
                                     'unknown fact "cost"\n  fix: Declare it in facts.yaml.'),
    "threshold": (AWARD, "{threshold: large_bid}", "{threshold: larg_bid}",
                  'unknown threshold "larg_bid"\n  fix: Did you mean large_bid?'),
    "role": (AWARD, "owner: officer", "owner: oficer",
             'unknown role "oficer"\n  fix: Did you mean officer?'),
    "role to escalate to": (AWARD, "escalate_to: panel", "escalate_to: pannel",
                            'unknown role "pannel"\n  fix: Did you mean panel?'),
    "role that decides": (AWARD, "decided_by: officer", "decided_by: oficer",
                          'unknown role "oficer"\n  fix: Did you mean officer?'),
    "gate": (AWARD, "gates: [award]", "gates: [awrad]",
             'unknown gate "awrad"\n  fix: Did you mean award?'),
    "gate of a ladder": (AWARD, "gates: [sift, award]", "gates: [sift, awrad]",
                         'unknown gate "awrad"\n  fix: Did you mean award?'),
    "list": (AWARD, "in: outputs", "in: output",
             'unknown list "output"\n  fix: Did you mean outputs?'),
    "choice": (AWARD, "[charity, council]", "[charity, counsil]",
               "not a value of applicant.kind\n  found: counsil    expected: one of: charity, club, "
               "council\n  fix: Did you mean council?"),
    "section": (FACTS, "section: bid\n    item", "section: bidd\n    item",
                'unknown section "bidd"\n  fix: Did you mean bid?'),
    "fact that names items": (FACTS, "name_from: title", "name_from: titel",
                              'no fact "titel"\n  fix: Did you mean title?'),
    "member of a group": (FACTS, "checks.accounts, checks.bank", "checks.accounts, checks.bnk",
                          'unknown fact "checks.bnk"\n  fix: Did you mean checks.bank?'),
    "list of a measure": (FACTS, "count: outputs", "count: output",
                          'unknown list "output"\n  fix: Did you mean outputs?'),
    "item's fact of a measure": (FACTS, "of: cost}", "of: cost, where: {csot: {over: 1}}}",
                                 'unknown fact "csot"\n  fix: Did you mean cost?'),
    "rule that replaces": (AWARD, "    points: 2", "    status: retired\n    replaced_by: AWARD-009",
                           'LINE 29: no rule "AWARD-009"\n  fix: Did you mean AWARD-001?'),
    "conclusion": (AWARD, "  bid.size:\n    title: The size", "  bid.sise:\n    title: The size",
                   '"bid.sise" is not declared as a concluded fact\n  fix: Did you mean bid.size?\n'
                   'rules/facts.yaml:26: "bid.size" is concluded, and no conclusion works it out\n'
                   "  fix: Write one in a ruleset."),
    "organisation's ruleset": (NORTH, "roles: {", "rulesets: [awards]\nroles: {",
                               'unknown ruleset "awards"\n  fix: Did you mean award?'),
    "organisation's gate": (SOUTH, "gates: [award]", "gates: [awrad]",
                            'unknown gate "awrad"\n  fix: Did you mean award?'),
    "organisation's role": (NORTH, "{panel: North panel}", "{pannel: North panel}",
                            'unknown role "pannel"\n  fix: Did you mean panel?'),
    "organisation's fact": (NORTH, "checks.bank", "checks.banc",
                            'unknown fact "checks.banc"\n  fix: Did you mean checks.bank?'),
    "organisation's threshold": (SOUTH, "  large_bid:", "  largebid:",
                                 'no such threshold to set: "largebid"\n  fix: Did you mean large_bid?'),
    "organisation's conclusion": (NORTH, "checks.bank: yes", "bid.size: small",
                                  '"bid.size" is worked out by the rules\n  fix: Take it out.'),
}  # fmt: skip

CONDITIONS: dict[str, Change] = {
    "operator": (AWARD, "{over: {threshold", "{overr: {threshold",
                 'unknown operator "overr"\n  expected: is, is_not, one_of, none_of, over, at_least, '
                 "under, at_most, present, absent, known\n  fix: Did you mean over?"),
    "sign": (AWARD, "{over: {threshold", '{">": {threshold',
             'unknown operator ">"\n  expected: is, is_not, one_of, none_of, over, at_least, under, '
             "at_most, present, absent, known"),
    "operator of dates on money": (AWARD, "{over: {threshold", "{before: {threshold",
                                   '"before" does not suit a money fact\n  expected: is, is_not, one_of, '
                                   "none_of, over, at_least, under, at_most, present, absent, known"),
    "operator of money on dates": (AWARD, "due: {after:", "due: {over:",
                                   '"over" does not suit a date fact\n  expected: is, is_not, one_of, '
                                   "none_of, before, on_or_before, after, on_or_after, older_than, within, "
                                   "present, absent, known, reached"),
    "order where there is none": (AWARD, "applicant.kind: [charity, council]",
                                  "applicant.kind: {at_least: charity}",
                                  '"at_least" does not suit a choice fact\n  expected: is, is_not, one_of, '
                                  "none_of, present, absent, known"),
    "is, of several choices": (AWARD, "applicant.kind: [charity, council]", "bid.themes: youth",
                               '"is" does not suit a choices fact\n  expected: includes, excludes, '
                               "present, absent, known"),
    "amount in braces": (AWARD, "{over: {threshold: large_bid}}", "{over: £10,000}",
                         'unknown operator "000"\n  expected: is, is_not, one_of, none_of, over, at_least, '
                         "under, at_most, present, absent, known\n"
                         "  fix: Put an amount that holds a comma in quotes."),
    "value of another type": (AWARD, "{over: {threshold: large_bid}}", "{over: lots}",
                              f"not a value of bid.amount\n  found: lots    expected: {MONEY}"),
    "null": (AWARD, "applicant.kind: [charity, council]", "applicant.kind: null",
             "not a value of applicant.kind\n  found: null    expected: a value (missing is asked with "
             "absent: true)"),
    "word for missing": (AWARD, "[charity, council]", "[charity, TBC]",
                         "not a value of applicant.kind\n  found: TBC    expected: a value (missing is "
                         "asked with absent: true)"),
    "present: false": (AWARD, "{present: true}", "{present: false}",
                       "this operator takes true\n  found: false    expected: true"),
    "list as a fact": (AWARD, "applicant.kind: [charity, council]", "outputs: 3",
                       '"outputs" is a list\n  found: 3    expected: {present: true} or {absent: true}\n'
                       "  fix: Use every, some or none, or a measure, to ask about its items."),
    "no operator": (AWARD, "{applicant.kind: [charity, council]}", "{applicant.kind: {}}",
                    "an empty comparison\n  fix: Write an operator and a value."),
    "no values": (AWARD, "[charity, council]", "[]",
                  "a list of values is needed\n  found: an empty list"),
    "mapping for all": (AWARD, "{applicant.kind: [charity, council]}", "{all: {applicant.kind: club}}",
                        '"all" needs a list of conditions\n  found: a mapping of applicant.kind'),
    "nothing for any": (AWARD, "{applicant.kind: [charity, council]}", "{any: []}",
                        '"any" needs a list of conditions\n  found: an empty list'),
    "list for not": (AWARD, "{applicant.kind: [charity, council]}", "{not: [applicant.kind]}",
                     "a condition must be a mapping\n  found: a list of 1\n  fix: Write fact: value."),
    "quantifier in a quantifier": (AWARD, "satisfies: {cost:", "satisfies: {none: {in: outputs, "
                                   "satisfies: {cost: 1}}, cost:",
                                   "quantifiers cannot be nested\n  found: none\n"
                                   "  fix: Use a measure instead."),
    "unknown right-hand side": (AWARD, "{threshold: large_bid}", "{treshold: large_bid}",
                                f"not a right-hand side\n  found: a mapping of treshold    expected: {RIGHT}"),
    "two right-hand sides": (AWARD, "{threshold: large_bid}", "{threshold: large_bid, fact: bid.amount}",
                             "not a right-hand side\n  found: a mapping of threshold, fact    "
                             f"expected: {RIGHT}"),
    "times of no number": (AWARD, "{threshold: large_bid}", "{threshold: large_bid, times: lots}",
                           "times needs a number\n  found: lots    expected: 0 to 100 with at most 4 "
                           "decimal places, {threshold: name} or {fact: name}"),
    "fact of another type": (AWARD, "{threshold: large_bid}", "{fact: bid.start}",
                             "bid.start (date) cannot be compared with bid.amount"),
    "times of an unknown threshold": (AWARD, "{threshold: large_bid}",
                                      "{fact: outputs.total, times: {threshold: large}}",
                                      'unknown threshold "large"\n  fix: Did you mean large_bid?'),
    "times of an amount": (AWARD, "{threshold: large_bid}", "{fact: outputs.total, times: {threshold: large_bid}}",
                           "not a factor\n  found: a mapping of threshold    expected: {threshold: name} or "
                           "{fact: name} of a number, an integer or a percentage"),
    "period from an amount": (AWARD, "{fact: bid.start}", "{fact: bid.start, plus: {threshold: large_bid}}",
                              "large_bid is money, and a period is needed"),
    "period from a fact": (AWARD, "{fact: bid.start}", "{fact: bid.start, plus: {fact: bid.match}}",
                           "not a period\n  found: a mapping of fact    expected: a period, or {threshold: name}"),
    "no period": (AWARD, "{fact: bid.start}", "{fact: bid.start, plus: soon}",
                  'not a period\n  found: soon    expected: a period such as "5 days", "3 months" or '
                  '"2 years"'),
}  # fmt: skip

RULES: dict[str, Change] = {
    "id twice": (AWARD, "id: AWARD-002", "id: AWARD-001",
                 "the rule AWARD-001 is given twice\n  found: first at FILE:29"),
    "id in its form": (AWARD, "id: AWARD-002", "id: AWARD-2",
                       '"id" is not in its form\n  found: AWARD-2    expected: capitals, a hyphen and '
                       "three digits: SPEND-012"),
    "id in capitals": (AWARD, "id: AWARD-002", "id: award-002",
                       '"id" is not in its form\n  found: award-002    expected: capitals, a hyphen and '
                       "three digits: SPEND-012"),
    "id of another ruleset": (AWARD, "id: AWARD-002", "id: GRANT-002",
                              "the id does not begin with the ruleset's prefix\n  found: GRANT-002\n"
                              "  fix: Write AWARD before the hyphen."),
    "prefix in its form": (AWARD, "prefix: AWARD", "prefix: Award",
                           '"prefix" is not in its form\n  found: Award    expected: capitals: SPEND'),
    "pass where the deck says nothing": (AWARD, "if_unknown: escalate", "if_unknown: pass",
                                         '"if_unknown" is not one of its values\n  found: pass    '
                                         "expected: recommend or escalate"),
    "pass where it is not met": (AWARD, "otherwise: escalate", "otherwise: pass",
                                 '"otherwise" is not one of its values\n  found: pass    '
                                 "expected: recommend or escalate"),
    "unknown status": (AWARD, "    points: 2", "    status: live",
                       '"status" is not one of its values\n  found: live    expected: draft, trial, '
                       "active or retired"),
    "no points": (AWARD, "    points: 2", "    points: 0",
                  '"points" is too small\n  found: 0    expected: 1 or more'),
    "too many points": (AWARD, "    points: 2", "    points: 1000",
                        '"points" is too large\n  found: 1000    expected: 100 or less'),
    "points in words": (AWARD, "    points: 2", "    points: two",
                        '"points" is not a whole number\n  found: two'),
    "title of yes": (AWARD, "title: Sift", "title: true",
                     '"title" must be text\n  found: true\n  fix: Put it in quotes.'),
    "ends before it begins": (AWARD, "    points: 2", "    in_force: {from: 2026-01-02, to: 2026-01-01}",
                              "the rule ends before it begins"),
    "no such day": (AWARD, "    points: 2", "    in_force: {from: 2026-02-30}",
                    '"from" is not a date\n  found: 2026-02-30    expected: a date such as 2026-04-01'),
    "unknown standing": (AWARD, "date: 2026-04-01, standing: organisation", "standing: hearsay",
                         '"standing" is not one of its values\n  found: hearsay    expected: published, '
                         "organisation, default or second_hand"),
    "link to a script": (AWARD, "https://example.org/grants", "javascript:alert(1)",
                         '"link" is not in its form\n  found: javascript:alert(1)    expected: an address '
                         "that begins with https://"),
    "nothing required": (AWARD, "require: {applicant.kind: [charity, council]}", "require: {}",
                         '"require" is empty\n  fix: Fill it in, or take the key out.'),
    "text required": (AWARD, "require: {applicant.kind: [charity, council]}", "require: always",
                      '"require" must be a mapping\n  found: always'),
    "key twice": (AWARD, "    points: 2", "    points: 2\n    points: 3",
                  'LINE 35: "points" is given twice\n  found: first on line 34\n  fix: Keep one of the two.'),
    "half of an amount": (AWARD, 'value: "£5,000"', "value: £5,000",
                          'unknown key "000"\n  fix: Put an amount that holds a comma in quotes.'),
}  # fmt: skip

TEXTS: dict[str, Change] = {
    "brace not closed": (AWARD, "{bid.maturity}.", "{bid.maturity.",
                         "a brace without its partner\n  found: A paper has not been seen, or the plan is "
                         f"only an {{bid.maturity.    expected: {HOLES}"),
    "brace not opened": (AWARD, "{bid.maturity}.", "bid.maturity}.",
                         "a brace without its partner\n  found: A paper has not been seen, or the plan is "
                         f"only an bid.maturity}}.    expected: {HOLES}"),
    "empty braces": (AWARD, "{bid.maturity}.", "{}.",
                     f"unknown fact in a text\n  found: {{}}    expected: {HOLES}"),
    "fact in a text": (AWARD, "{bid.maturity}.", "{bid.maturty}.",
                       f"unknown fact in a text\n  found: {{bid.maturty}}    expected: {HOLES}\n"
                       "  fix: Did you mean bid.maturity?"),
    "attribute in a text": (AWARD, "{bid.maturity}.", "{bid.start.__class__}.",
                            "unknown fact in a text\n  found: {bid.start.__class__}    "
                            f"expected: {HOLES}"),
    "kind of hole": (AWARD, "{bid.maturity}.", "{fact:bid.maturity}.",
                     f"unknown fact in a text\n  found: {{fact:bid.maturity}}    expected: {HOLES}"),
    "role in a text": (AWARD, "{role:officer}", "{role:oficer}",
                       f"unknown role in a text\n  found: {{role:oficer}}    expected: {HOLES}\n"
                       "  fix: Did you mean officer?"),
    "items where none decide": (AWARD, "{bid.maturity}.", "{items}.",
                                "no items decide here\n  found: {items}    "
                                f"expected: {HOLES}\n  fix: Use it in the reason of a rule whose "
                                "require asks items of a list."),
    "threshold in a text": (AWARD, "{threshold:large_bid} limit", "{threshold:large} limit",
                            f"unknown threshold in a text\n  found: {{threshold:large}}    "
                            f"expected: {HOLES}\n  fix: Did you mean large_bid?"),
}  # fmt: skip

OTHER = """thresholds:
  other: {title: x, %ssource: {document: x, standing: default}, values: [{value: 1}]}
"""
NUMBERS: dict[str, Change] = {
    "value in words": (AWARD, 'value: "£5,000"', "value: lots",
                       f'"large_bid" is money\n  found: lots    expected: {MONEY}'),
    "value and end": (AWARD, 'value: "£5,000"', "value: 5, ended: true",
                      "a threshold's value has one of value, by_gate and ended: true"),
    "neither value nor end": (AWARD, ', value: "£5,000"', "",
                              "a threshold's value has one of value, by_gate and ended: true"),
    "end that is none": (AWARD, 'value: "£5,000"', "ended: false",
                         '"ended" is not one of its values\n  found: false    expected: true'),
    "unit": (AWARD, "unit: money", "unit: pounds",
             '"unit" is not one of its values\n  found: pounds    expected: money, number, integer, '
             "percentage or period"),
    "neither unit nor state": (AWARD, "thresholds:\n", OTHER % "",
                               'LINE 10: "other" has either unit or state_of\n  fix: Add unit or state_of.'),
    "both unit and state": (AWARD, "thresholds:\n", OTHER % "unit: number, state_of: bid.size, ",
                            'LINE 10: "other" has either unit or state_of\n  fix: Keep one of the two.\n'
                            'rules/award.yaml:10: "other" is a state of bid.size\n  found: 1    expected: one of: small, large'),
    "state of no choice": (AWARD, "thresholds:\n", OTHER % "state_of: bid.maturty, ",
                           'LINE 10: no choice "bid.maturty"\n  fix: Did you mean bid.maturity?'),
    "value at no gate": (AWARD, 'value: "£5,000"', "by_gate: {awrad: 5}",
                         'unknown gate "awrad"\n  fix: Did you mean award?'),
    "value at a gate in words": (AWARD, 'value: "£5,000"', "by_gate: {award: lots}",
                                 f'"large_bid" is money\n  found: lots    expected: {MONEY}'),
    "role that a deck goes back to": (AWARD, "decided_by: panel, pass_mark", "decided_by: panel, returned_to: clerk, pass_mark",
                                      'unknown role "clerk"'),
    "pass mark in words": (AWARD, "pass_mark: 60%", "pass_mark: sixty",
                           "not a pass mark\n  found: sixty    expected: 0% to 100%, or {threshold: name}"),
    "pass mark beyond reach": (AWARD, "pass_mark: 60%", "pass_mark: 101%",
                               "not a pass mark\n  found: 101%    expected: 0% to 100%, or "
                               "{threshold: name}"),
    "pass mark that is no percentage": (AWARD, "pass_mark: 60%", "pass_mark: {threshold: large_bid}",
                                        'no percentage threshold "large_bid"\n'
                                        "  fix: Did you mean large_bid?"),
}  # fmt: skip

VOCABULARY: dict[str, Change] = {
    "type": (FACTS, "turnover: {type: money", "turnover: {type: pounds",
             '"type" is not one of its values\n  found: pounds    expected: money, number, integer, '
             "percentage, date, yes_no, choice, choices, text or references"),
    "label": (FACTS, "label: yearly turnover, ", "", '"label" is missing\n  fix: Add label.'),
    "values of a text": (FACTS, "name: {type: text,", "name: {type: text, values: [a],",
                         '"applicant.name" is text, and takes no values\n'
                         "  fix: Give values to choices only."),
    "no values": (FACTS, ", values: [youth, heritage, nature]", "",
                  '"bid.themes" needs values\n  fix: Give values to choices only.'),
    "value that means missing": (FACTS, "[youth, heritage, nature]", "[youth, tbc, nature]",
                                 '"tbc" means missing, so it cannot be a value'),
    "value twice": (FACTS, "[youth, heritage, nature]", "[youth, youth]",
                    '"bid.themes" lists a value twice\n  fix: Keep one of the two.'),
    "the same words twice": (FACTS, "[youth, heritage, nature]", "{a: Youth, b: youth}",
                             'two values of "bid.themes" have the same words'),
    "order of several choices": (FACTS, "[youth, heritage, nature]", "[youth], ordered: true",
                                 '"bid.themes" is ordered, and only a choice can be'),
    "concluded amount": (FACTS, "question: How much is asked for?, minimum: 0", "question: x, concluded: true",
                         "only a choice, yes_no or text fact can be concluded\n  found: money\n"
                         'rules/facts.yaml:16: "bid.amount" is concluded, and no conclusion works it out\n'
                         "  fix: Write one in a ruleset."),
    "attested text": (FACTS, "name: {type: text,", "name: {type: text, attested: true,",
                      "only a choice or yes_no fact that a deck states can be attested"),
    "attested item": (FACTS, "minimum: 0}\n      due:", "minimum: 0}\n"
                      "      done: {type: yes_no, label: done, question: Done?, attested: true}\n      due:",
                      "LINE 41: an item's fact cannot be attested\n  found: done"),
    "least text": (FACTS, "name: {type: text,", "name: {type: text, minimum: 3,",
                   'minimum does not suit "applicant.name"\n  found: text'),
    "least in words": (FACTS, "minimum: 0, maximum: 100", "minimum: x, maximum: 100",
                       "minimum is not a percentage\n  found: x    expected: a percentage such as 70 or 70%"),
    "least above most": (FACTS, "minimum: 0, maximum: 100", "minimum: 100, maximum: 0",
                         "the minimum lies above the maximum\n  found: 100"),
    "name in capitals": (FACTS, "      turnover: {type", "      Turnover: {type",
                         '"Turnover" cannot be a name\n  expected: small letters, digits and underscores, '
                         "with dots"),
    "fact inside another": (FACTS, "      accounts: {", "      bank.x: {type: text, label: x, question: x}\n"
                            "      accounts: {",
                            '"checks.bank.x" stands inside "checks.bank", which is a fact or list\n'
                            "  fix: Rename one of the two."),
    "fact declared twice": (FACTS, "  outputs.count:", "  applicant.turnover: {label: x, count: outputs}\n"
                            "  outputs.count:",
                            '"applicant.turnover" is declared twice'),
    "group of mixed types": (FACTS, "checks.accounts, checks.bank]", "checks.accounts, applicant.name]",
                             "the facts of a group must be of one type, with the same values"),
    "measure without a function": (FACTS, ", count: outputs}", "}",
                                   "a measure has exactly one of count, sum, min, max, share, most_alike"),
    "measure with two": (FACTS, ", count: outputs}", ", count: outputs, share: outputs}",
                         "a measure has exactly one of count, sum, min, max, share, most_alike"),
    "sum of text": (FACTS, "of: cost}", "of: title}",
                    '"of" does not name what to measure\n  found: title    expected: a fact of the items '
                    "with type integer, money, number, percentage"),
}  # fmt: skip

CONCLUSIONS: dict[str, Change] = {
    "circle": (AWARD, "{bid.amount: {over: {threshold: large_bid}}}, value: large",
               "{bid.size: small}, value: large", "LINE 18: these conclusions wait for each other\n"
               "  found: bid.size <- bid.size\n  fix: Take one of them out of the circle."),
    "unknown value": (AWARD, "value: large,", "value: huge,",
                      "not a value of bid.size\n  found: huge    expected: one of: small, large"),
    "row with both": (AWARD, "{otherwise: true, value: small", "{otherwise: true, when: {}, value: small",
                      "a row has either when or otherwise: true"),
    "row with neither": (AWARD, "{otherwise: true, value: small", "{value: small",
                         "a row has either when or otherwise: true"),
    "otherwise that is not last": (AWARD, "{when: {bid.amount: {over: {threshold: large_bid}}}, value: large",
                                   "{otherwise: true, value: large",
                                   "the row with otherwise must be the last one"),
    "row without its reason": (AWARD, ", because: It is within the limit for small bids.", "",
                               '"because" is missing\n  fix: Add because.'),
}  # fmt: skip

Broken = Callable[..., Any]


@pytest.fixture
def broken(gatewise: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Broken:
    """List the rules of a copy of the grants folder in which one thing was changed."""
    shutil.copytree(GRANTS, tmp_path / "rules")
    monkeypatch.chdir(tmp_path)

    def run(
        file: str, old: str | None, new: str, command: tuple[str, ...] = ("rules", "list")
    ) -> Any:
        path = Path("rules") / file
        text = path.read_text(encoding="utf-8")
        assert old is None or old in text
        path.write_text(new if old is None else text.replace(old, new, 1), encoding="utf-8")
        return gatewise(*command, "--rules", "rules")

    return run


def refused(ran: Any, says: str) -> None:
    """The rules are broken: no answer, and the words are these and no others."""
    assert ran.err == says + "\n"
    assert (ran.code, ran.out) == (4, "")


def test_the_folder_is_whole_before_anything_is_changed(gatewise: Callable[..., Any]) -> None:
    ran = gatewise("rules", "test", "--rules", GRANTS)
    assert (ran.code, ran.out, ran.err) == (0, "13 of 13 cases come out as expected.\n", "")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(change, id=f"{group}: {name}")
        for group, changes in {
            "name": NAMES,
            "condition": CONDITIONS,
            "rule": RULES,
            "text": TEXTS,
            "number": NUMBERS,
            "vocabulary": VOCABULARY,
            "conclusion": CONCLUSIONS,
        }.items()
        for name, change in changes.items()
    ],
)
def test_a_mistake_is_refused_by_its_place(broken: Broken, change: Change) -> None:
    file, old, new, says = change
    before = (GRANTS / file).read_text(encoding="utf-8")
    same = next((n for n, pair in enumerate(zip(old, new, strict=False)) if len(set(pair)) > 1), 0)
    line = before.count("\n", 0, before.index(old) + same) + 1
    if says.startswith("LINE "):  # what is wrong as a whole stands where it begins
        place, _, says = says.partition(": ")
        line = int(place.removeprefix("LINE "))
    refused(broken(file, old, new), f"rules/{file}:{line}: {says.replace('FILE', f'rules/{file}')}")


@pytest.mark.parametrize(
    "key",
    [
        "title",
        "owner",
        "require",
        "otherwise",
        "if_unknown",
        "reason",
        "remedy",
        "rationale",
        "source",
    ],
)
def test_a_rule_has_every_key_it_needs(broken: Broken, key: str) -> None:
    text = (GRANTS / AWARD).read_text(encoding="utf-8")
    rule = text[text.index("  - id: AWARD-001") : text.index("  - id: AWARD-002")]
    lines = [line for line in rule.splitlines(keepends=True) if not line.startswith(f"    {key}:")]
    assert len(lines) == rule.count("\n") - 1
    ran = broken(AWARD, rule, "".join(lines))
    refused(ran, f'rules/award.yaml:29: "{key}" is missing\n  fix: Add {key}.')


def test_a_rule_without_an_id(broken: Broken) -> None:
    ran = broken(AWARD, "  - id: AWARD-002\n    title", "  - title")
    refused(ran, 'rules/award.yaml:48: "id" is missing\n  fix: Add id.')


def test_a_misspelt_key_is_both_unknown_and_missing(broken: Broken) -> None:
    refused(
        broken(AWARD, "otherwise: escalate", "otherwize: escalate"),
        'rules/award.yaml:29: "otherwise" is missing\n  fix: Add otherwise.\n'
        'rules/award.yaml:37: unknown key "otherwize"\n  fix: Did you mean otherwise?',
    )


def test_a_ruleset_with_rules_needs_a_prefix(broken: Broken) -> None:
    ran = broken(AWARD, "prefix: AWARD\n", "")
    problem = (
        "the id does not begin with the ruleset's prefix\n  found: AWARD-00{}\n"
        "  fix: Add prefix: AWARD above."
    )
    lines = (28, 47, 65)
    says = [f"rules/award.yaml:{line}: {problem.format(n)}" for n, line in enumerate(lines, 1)]
    refused(ran, "\n".join(says))


def test_values_of_a_threshold_stand_in_date_order(broken: Broken) -> None:
    refused(
        broken(AWARD, "from: 2020-04-01", "from: 2027-04-01"),
        "rules/award.yaml:15: the values are not in date order\n  fix: Order them by from.",
    )


def test_every_value_of_a_threshold_has_a_source(broken: Broken) -> None:
    source = (
        "    source: {document: Grants policy, clause: Section 2, standing: organisation}\nconcl"
    )
    refused(
        broken(AWARD, source, "concl"),
        'rules/award.yaml:14: "large_bid" has a value without a source\n  fix: Add a source.\n'
        'rules/award.yaml:15: "large_bid" has a value without a source\n  fix: Add a source.',
    )


def test_an_organisation_has_what_its_rulesets_read(broken: Broken) -> None:
    Path("rules/other.yaml").write_text("title: Another\n", encoding="utf-8")
    text = Path("rules/award.yaml").read_text(encoding="utf-8")
    start, end = text.index("conclusions:"), text.index("rules:")
    Path("rules/sizes.yaml").write_text(
        "title: Sizes\ncases_as_of: 2026-06-01\n" + text[start:end], encoding="utf-8"
    )
    ran = broken(AWARD, text[start:end], "")
    assert (ran.code, ran.err) == (0, "")
    refused(
        broken(NORTH, "roles: {", "rulesets: [award]\nroles: {"),
        'rules/organisations/north.yaml:1: award reads "bid.size", and none of its rulesets works '
        "it out\n  fix: Add the ruleset that does.",
    )


def test_conclusions_in_a_circle_of_two(broken: Broken) -> None:
    facts = Path("rules/facts.yaml")
    other = "      other: {type: yes_no, label: x, question: x, concluded: true}\n  checks:"
    facts.write_text(facts.read_text(encoding="utf-8").replace("  checks:", other, 1), "utf-8")
    Path("rules/circle.yaml").write_text(
        "title: Circle\nconclusions:\n  bid.other:\n    title: x\n"
        "    source: {document: x, standing: default}\n"
        "    rows: [{when: {bid.size: large}, value: yes, because: x}]\n"
    )
    ran = broken(AWARD, "bid.amount: {over: {threshold: large_bid}}", "bid.other: yes")
    assert "these conclusions wait for each other\n  found: bid." in ran.err
    assert "bid.size" in ran.err
    assert "bid.other" in ran.err
    assert ran.code == 4


# ---- whole files


def test_every_problem_of_a_file_is_listed_in_line_order(broken: Broken) -> None:
    path = Path("rules") / AWARD
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("decided_by: panel", "decided_by: pannel"),
        ("{threshold: large_bid}", "{threshold: larg_bid}"),
        ("owner: officer\n    escalate_to", "owner: oficer\n    escalate_to"),
        ("[charity, council]", "[charity, counsil]"),
        ("in: outputs", "in: output"),
        ("{role:officer}", "{role:oficer}"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    ran = broken(AWARD, None, text)
    lines = [line.split(": ")[0] for line in ran.err.splitlines() if not line.startswith(" ")]
    assert lines == [f"rules/award.yaml:{n}" for n in (8, 22, 32, 36, 54, 77)]
    assert ran.code == 4


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "rules/award.yaml: the file is empty\n  fix: Write something in it, or leave it out."),
        ("# later\n", "rules/award.yaml:1: the file is empty\n  fix: Write it by rules/README.md."),
        ("- a\n", 'rules/award.yaml:1: "the file" must be a mapping\n  found: a list'),
        ("hello\n", 'rules/award.yaml:1: "the file" must be a mapping\n  found: hello'),
        ("title: x\n---\ntitle: y\n",
         "rules/award.yaml:3: the file goes on after a line ---\n  fix: Take the line --- out."),
        ("title: [x\n",
         "rules/award.yaml:1: not YAML: a bracket that is not closed where it should be\n"
         "  found: title: [x\n"
         "  fix: Close the bracket, and put text that holds a comma, colon or bracket in quotes."),
        ("title: x\ntitel: y\n",
         'rules/award.yaml:2: unknown key "titel"\n  fix: Did you mean title?'),
    ],
)  # fmt: skip
def test_a_file_that_is_broken_as_a_whole(broken: Broken, content: str, says: str) -> None:
    """What the other files say of its names is not their mistake, and is left unsaid."""
    refused(broken(AWARD, None, content), says)


def test_the_vocabulary_may_be_broken_too(broken: Broken) -> None:
    refused(
        broken(FACTS, None, "sections: []\n"),
        'rules/facts.yaml:1: "sections" must be a mapping\n  found: a list',
    )


def test_problems_of_several_files_are_listed_together(broken: Broken) -> None:
    north = Path("rules") / NORTH
    north.write_text("title: North\nroels: {}\n", encoding="utf-8")
    refused(
        broken(AWARD, "title: Sift", "titel: Sift"),
        'rules/award.yaml:7: "title" is missing\n  fix: Add title.\n'
        'rules/award.yaml:7: unknown key "titel"\n  fix: Did you mean title?\n'
        'rules/organisations/north.yaml:2: unknown key "roels"\n  fix: Did you mean roles?',
    )


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("more.yml", "this file is not read\n  fix: Call it more.yaml."),
        ("organisations/west.yml", "this file is not read\n  fix: Call it west.yaml."),
        ("More.YAML", "this file is not read\n  fix: Call it More.yaml."),
        ("organizations/west.yaml", "this folder is not read\n  fix: Did you mean organisations?"),
    ],
)
def test_a_file_that_would_have_no_effect_is_refused(broken: Broken, name: str, says: str) -> None:
    file = Path("rules") / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("title: Never read\n", encoding="utf-8")
    place = file.parent if "folder" in says else file
    refused(broken(AWARD, "title: Sift", "title: Sifting"), f"{place}: {says}")


def test_hidden_files_and_other_folders_are_nobodys_rules(broken: Broken) -> None:
    for name in ("._award.yaml", ".ci/test.yml", "docs/index.yaml", "notes.txt"):
        file = Path("rules") / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"\0")
    assert broken(AWARD, "title: Sift", "title: Sifting").err == ""


def test_a_folder_that_is_not_there(gatewise: Callable[..., Any]) -> None:
    ran = gatewise("check", "deck.yaml", "--rules", "nowhere")
    refused(
        ran,
        "nowhere: not a rules folder\n"
        "  fix: Give a folder that holds facts.yaml; rules/README.md says what goes in it.",
    )


@pytest.mark.parametrize(
    "command",
    [
        ("check", "deck.yaml"),
        ("needs", "deck.yaml"),
        ("explain", "deck.yaml", "AWARD-001"),
        ("rules", "list"),
        ("rules", "show", "AWARD-001"),
        ("rules", "test"),
        ("schema", "deck"),
    ],
)
def test_no_command_answers_by_broken_rules(broken: Broken, command: tuple[str, ...]) -> None:
    Path("deck.yaml").write_text("gate: {requested: award}\n", encoding="utf-8")
    refused(
        broken(AWARD, "owner: officer", "owner: oficer", command),
        'rules/award.yaml:32: unknown role "oficer"\n  fix: Did you mean officer?',
    )


# ---- cases

TEST = ("rules", "test")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('{bid.amount: "£10,001"}', '{bid.amont: "£10,001"}',
         '26: unknown fact "bid.amont"\n  fix: Did you mean bid.amount?'),
        ('{bid.amount: "£10,001"}', "{bid.amount: lots}",
         f'26: "bid.amount" (amount asked for) cannot be read\n  found: lots    expected: {MONEY}'),
        ('{bid.amount: "£10,001"}, expect: large', '{bid.amount: "£10,001"}, expect: small',
         '26: bid.size, case "over it"\n  found: large    expected: small'),
        ("gate: award, expect: met}", "gate: award, expect: not_met}",
         '45: AWARD-001, case "large bid by a charity"\n  found: met    expected: not_met'),
        ("gate: award, expect: not_met}", "organisation: nroth, gate: award, expect: not_met}",
         '44: unknown organisation "nroth"\n  fix: Did you mean north?'),
    ],
)  # fmt: skip
def test_a_case_that_comes_out_differently_is_named(
    broken: Broken, old: str, new: str, says: str
) -> None:
    ran = broken(AWARD, old, new, TEST)
    assert ran.err == f"rules/award.yaml:{says}\n"
    assert ran.out == "12 of 13 cases come out as expected.\n"
    assert ran.code == 4


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("gate: award, expect: not_met}", "gate: awrad, expect: not_met}",
         '44: unknown gate "awrad"\n  fix: Did you mean award?'),
        ('{name: over it, facts: {bid.amount: "£10,001"}', "{name: over it, facts: [a]",
         '26: "facts" must be a mapping\n  found: a list'),
        ("{name: over it,", "{",
         '26: "name" is missing\n  fix: Add name.'),
    ],
)  # fmt: skip
def test_a_case_that_cannot_be_read_is_refused(
    broken: Broken, old: str, new: str, says: str
) -> None:
    refused(broken(AWARD, old, new, TEST), f"rules/award.yaml:{says}")


def test_a_rule_without_a_case_is_refused(broken: Broken) -> None:
    text = (GRANTS / AWARD).read_text(encoding="utf-8")
    ran = broken(AWARD, None, text[: text.rindex("    cases:")], TEST)
    assert ran.code == 4
    assert ran.err.startswith("rules/award.yaml:66: ")
    assert "AWARD-003 has no case" in ran.err


def test_a_case_without_a_date_is_refused(broken: Broken) -> None:
    ran = broken(AWARD, "cases_as_of: 2026-06-01\n", "", TEST)
    assert ran.err.count("the case has no as_of\n  fix: Add as_of, or cases_as_of above.") == 13
    assert ran.err.startswith("rules/award.yaml:24: ")
    assert ran.code == 4


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("      - {name", "    - {name"),
        lambda text: text.replace(
            "facts: {}, expect: unknown}\n", "facts: {},\n expect: unknown}\n"
        ),
        lambda text: text + "# the end\n\n",
    ],
    ids=["no line end", "Windows", "hyphens under cases", "broken over lines", "comment"],
)
def test_how_cases_are_laid_out_makes_no_difference(
    broken: Broken, change: Callable[[str], str]
) -> None:
    text = (GRANTS / AWARD).read_text(encoding="utf-8")
    listed = broken(AWARD, None, change(text))
    tested = broken(AWARD, None, change(text), TEST)
    assert (listed.code, listed.err, tested.code, tested.err) == (0, "", 0, "")
    assert "AWARD-003" in listed.out
    assert tested.out == "13 of 13 cases come out as expected.\n"
