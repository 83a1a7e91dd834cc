"""What every operator, combination and quantifier answers, row by row, by both evaluators."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from typing import Any, NamedTuple

import pytest
from strategies import (
    CONCLUDED,
    LISTS,
    Written,
    conclusion,
    fact_shape,
    prepare,
    read_facts,
    rule,
    rulebook,
)

from engine.conditions import NO_ITEM, all_hold, compile_condition, follows, opposite, some_hold
from engine.evaluate import ReferenceEvaluator
from engine.evaluate_rete import ReteEvaluator
from engine.operators import OPERATORS, Truth
from engine.tracing import trace

TODAY = date(2025, 3, 31)
TRUE, FALSE, UNKNOWN = True, False, None
STATUS = {TRUE: "met", FALSE: "not_met", UNKNOWN: "unknown"}


def by_reference(written: Written, deck: Written) -> Truth:
    """The truth of the one rule's requirement, by the compiled condition and by its trace."""
    prepared = prepare(written)
    facts = read_facts(prepared, deck, (TODAY, None))
    answer = ReferenceEvaluator(prepared.selection).evaluate(facts)
    drawn = {fact: value for fact, value in answer.conclusions.items() if value is not None}
    facts = replace(facts, values={**facts.values, **drawn})
    require = prepared.selection.rules[0].require
    truth = compile_condition(require)(facts, NO_ITEM)
    assert trace(require, facts).truth is truth
    assert answer.statuses == {"RND-001": STATUS[truth]}
    return truth


def by_durable_rules(written: Written, deck: Written) -> Truth:
    """The same by forward chaining."""
    prepared = prepare(written)
    facts = read_facts(prepared, deck, (TODAY, None))
    status = ReteEvaluator(prepared.selection).evaluate(facts).statuses["RND-001"]
    return next(truth for truth, word in STATUS.items() if word == status)


with_durable_rules = pytest.mark.skipif(
    find_spec("durable_rules_engine") is None, reason="durable_rules is not installed here"
)
both_evaluators = pytest.mark.parametrize(
    "truth_of", [by_reference, pytest.param(by_durable_rules, marks=with_durable_rules)]
)
EVALUATORS = [ReferenceEvaluator, pytest.param(ReteEvaluator, marks=with_durable_rules)]
TruthOf = Callable[[Written, Written], Truth]
Evaluator = type[ReferenceEvaluator] | type[ReteEvaluator]


# ---- operators


class Row(NamedTuple):
    """A fact of a type holds ``left``; compared with ``right`` it comes out as ``truth``."""

    key: str
    left: Any
    right: Any
    truth: Truth


MISSING = None
LIMIT = {"threshold": "limits.money"}  # £100 on the day
LIMIT_AND_A_TENTH = {"threshold": "limits.money", "times": Decimal("1.1")}
NO_LIMIT = {"threshold": "limits.number"}  # ended before the day
STATE = {"threshold": "limits.state"}  # medium
A_MONTH, NO_PERIOD = {"threshold": "limits.month"}, {"threshold": "limits.no_period"}
OTHER_MISSING = {"fact": "project.money2"}
OTHER_SIZE, OTHER_TEXT = {"fact": "project.ordered2"}, {"fact": "project.text2"}
PLUS_MISSING = {"fact": "project.number2", "plus": {"fact": "project.integer2"}}
# number2 is 1.5
ONE_MORE, ONE_LESS = ({"fact": "project.number2", way: 1} for way in ("plus", "minus"))
HALF_MORE_OF_IT = {
    "fact": "project.number2",
    "times": {"threshold": "limits.factor"},
    "plus": {"fact": "project.number2"},
}
BESIDE = {
    "project.ordered2": "medium",
    "project.text2": "x",
    "project.number2": "1.5",
}  # what every deck below states


def ranked(under: Truth, equal: Truth, over: Truth) -> list[Row]:
    """Rows for an operator that compares by more and less."""
    return [
        Row("money", Decimal("99.99"), 100, under),
        Row("money", "£100.00", 100, equal),
        Row("money", Decimal("100.01"), 100, over),
        Row("money", Decimal("109.99"), LIMIT_AND_A_TENTH, under),
        Row("money", 110, LIMIT_AND_A_TENTH, equal),
        Row("money", Decimal("100.01"), LIMIT, over),
        Row("number", Decimal("2.4999"), ONE_MORE, under),
        Row("number", Decimal("2.5"), ONE_MORE, equal),
        Row("number", Decimal("2.5001"), ONE_MORE, over),
        Row("number", Decimal("0.5"), ONE_LESS, equal),
        Row("number", Decimal("0.51"), ONE_LESS, over),
        Row("number", Decimal("3.75"), HALF_MORE_OF_IT, equal),
        Row("number", Decimal("3.7499"), HALF_MORE_OF_IT, under),
        Row(
            "number", 1, {"fact": "project.number2", "plus": {"fact": "project.integer2"}}, UNKNOWN
        ),
        Row("number", 1, {"fact": "project.integer2", "plus": 1}, UNKNOWN),
        Row("number", Decimal("0.9999"), 1, under),
        Row("number", Decimal("1.0000"), 1, equal),
        Row("number", Decimal("1.0001"), 1, over),
        Row("number", -2, -1, under),
        Row("integer", 0, 1, under),
        Row("integer", 1, 1, equal),
        Row("integer", 2, 1, over),
        Row("percentage", "69.9999%", 70, under),
        Row("percentage", "70%", 70, equal),
        Row("percentage", Decimal("70.0001"), 70, over),
        Row("ordered", "small", "medium", under),
        Row("ordered", "medium", "medium", equal),
        Row("ordered", "large", "medium", over),
        Row("ordered", "small", OTHER_SIZE, under),
        Row("ordered", "medium", OTHER_SIZE, equal),
        Row("ordered", "large", OTHER_SIZE, over),
        Row("ordered", "small", STATE, under),
        Row("ordered", "medium", STATE, equal),
        Row("ordered", "large", STATE, over),
        Row("money", MISSING, 100, UNKNOWN),
        Row("money", 100, OTHER_MISSING, UNKNOWN),
        Row("number", 1, NO_LIMIT, UNKNOWN),
        Row("ordered", MISSING, "small", UNKNOWN),
    ]


def dated(before: Truth, same: Truth, after: Truth) -> list[Row]:
    """Rows for an operator that compares days."""
    return [
        Row("date", "2025-03-30", "2025-03-31", before),
        Row("date", "31/03/2025", "2025-03-31", same),
        Row("date", "1 April 2025", "2025-03-31", after),
        Row("date", "2025-02-27", {"fact": "assessment.as_of", "minus": "1 month"}, before),
        Row("date", "2025-02-28", {"fact": "assessment.as_of", "minus": "1 month"}, same),
        Row("date", "2025-04-30", {"fact": "assessment.as_of", "plus": "1 month"}, same),
        Row("date", "2025-05-01", {"fact": "assessment.as_of", "plus": "1 month"}, after),
        Row("date", "2025-02-28", {"fact": "assessment.as_of", "minus": A_MONTH}, same),
        Row("date", "2025-05-01", {"fact": "assessment.as_of", "plus": A_MONTH}, after),
        Row("date", "2025-02-28", {"fact": "assessment.as_of", "minus": NO_PERIOD}, UNKNOWN),
        Row("date", MISSING, "2025-03-31", UNKNOWN),
        Row("date", "2025-03-31", {"fact": "project.date2"}, UNKNOWN),
    ]


def equal(same: Truth, different: Truth) -> list[Row]:
    """Rows for an operator that asks whether two values are one."""
    return [
        Row("money", "£100", 100, same),
        Row("money", 100, LIMIT, same),
        Row("money", Decimal("100.01"), 100, different),
        Row("number", Decimal("1.50"), Decimal("1.5"), same),
        Row("number", 1, Decimal("1.0001"), different),
        Row("integer", "1,200", 1200, same),
        Row("integer", 0, 1, different),
        Row("percentage", 70, "70%", same),
        Row("date", "Q1 2025", "2025-03-31", same),
        Row("date", "2025-03-30", "2025-03-31", different),
        Row("yes_no", "yes", True, same),
        Row("yes_no", False, True, different),
        Row("yes_no", False, False, same),
        Row("choice", "x", "x", same),
        Row("choice", "y", "x", different),
        Row("choice", "x", {"fact": "assessment.next_phase"}, UNKNOWN),
        Row("ordered", "small", "small", same),
        Row("ordered", "large", "small", different),
        Row("ordered", "medium", OTHER_SIZE, same),
        Row("choice", "x", OTHER_TEXT, same),
        Row("choice", "y", OTHER_TEXT, different),
        Row("text", "x", OTHER_TEXT, same),
        Row("text", "X", OTHER_TEXT, different),
        Row("text", "a word", "a word", same),
        Row("text", "A word", "a word", different),
        *(Row(key, MISSING, value, UNKNOWN) for key, value in ONE_OF_EACH.items()),
        Row("money", 100, OTHER_MISSING, UNKNOWN),
        Row("number", 1, NO_LIMIT, UNKNOWN),
    ]


def among(one: Truth, none: Truth) -> list[Row]:
    """Rows for an operator that takes several values."""
    return [
        Row("money", 100, [50, "£100"], one),
        Row("money", 100, [Decimal("99.99"), Decimal("100.01")], none),
        Row("number", Decimal("1.5"), [Decimal("1.5")], one),
        Row("integer", 2, [1, 3], none),
        Row("percentage", "50%", [0, 50, 100], one),
        Row("date", "2025-03-31", ["2025-03-30", "2025-03-31"], one),
        Row("date", "2025-04-01", ["2025-03-30", "2025-03-31"], none),
        Row("yes_no", True, [True, False], one),
        Row("yes_no", True, [False], none),
        Row("choice", "z", ["x", "z"], one),
        Row("choice", "z", ["x", "y"], none),
        Row("ordered", "medium", ["medium", "large"], one),
        Row("ordered", "small", ["medium", "large"], none),
        Row("text", "a word", ["a word", "12"], one),
        Row("text", "nobody names this", ["a word", "12"], none),
        *(Row(key, MISSING, [value], UNKNOWN) for key, value in ONE_OF_EACH.items()),
    ]


ONE_OF_EACH: dict[str, Any] = {
    "money": 100, "number": 1, "integer": 1, "percentage": 50, "date": "2025-03-31",
    "yes_no": True, "choice": "x", "ordered": "small", "text": "a word",
}  # fmt: skip
OF_EVERY_TYPE = {**ONE_OF_EACH, "choices": ["x"], "references": ["1", "2"]}

TABLE: dict[str, list[Row]] = {
    "is": equal(TRUE, FALSE),
    "is_not": equal(FALSE, TRUE),
    "one_of": among(TRUE, FALSE),
    "none_of": among(FALSE, TRUE),
    "over": ranked(FALSE, FALSE, TRUE),
    "at_least": ranked(FALSE, TRUE, TRUE),
    "under": ranked(TRUE, FALSE, FALSE),
    "at_most": ranked(TRUE, TRUE, FALSE),
    "before": dated(TRUE, FALSE, FALSE),
    "on_or_before": dated(TRUE, TRUE, FALSE),
    "after": dated(FALSE, FALSE, TRUE),
    "on_or_after": dated(FALSE, TRUE, TRUE),
    "older_than": [
        Row("date", "2025-02-27", "31 days", TRUE),
        Row("date", "2025-02-28", "31 days", FALSE),
        Row("date", "2025-02-27", "1 month", TRUE),
        Row("date", "2025-02-28", "1 month", FALSE),
        Row("date", "2025-03-30", "0 days", TRUE),
        Row("date", "2025-03-31", "0 days", FALSE),
        Row("date", "2026-01-01", "1 year", FALSE),
        Row("date", "2025-02-27", A_MONTH, TRUE),
        Row("date", "2025-02-28", A_MONTH, FALSE),
        Row("date", "2025-02-27", NO_PERIOD, UNKNOWN),
        Row("date", MISSING, "31 days", UNKNOWN),
    ],
    "within": [
        Row("date", "2025-02-27", "31 days", FALSE),
        Row("date", "2025-02-28", "31 days", TRUE),
        Row("date", "2024-03-30", "12 months", FALSE),
        Row("date", "2024-03-31", "12 months", TRUE),
        Row("date", "2025-03-31", "0 days", TRUE),
        Row("date", "2025-04-01", "12 months", FALSE),
        Row("date", "2025-02-27", A_MONTH, FALSE),
        Row("date", "2025-02-28", A_MONTH, TRUE),
        Row("date", "2025-02-28", NO_PERIOD, UNKNOWN),
        Row("date", MISSING, "12 months", UNKNOWN),
    ],
    "includes": [
        Row("choices", ["x", "y"], "x", TRUE),
        Row("choices", ["y"], "x", FALSE),
        Row("choices", [], "x", FALSE),
        Row("choices", ["z", "x"], OTHER_TEXT, TRUE),
        Row("choices", MISSING, "x", UNKNOWN),
        Row("choices", ["x"], {"fact": "project.choice2"}, UNKNOWN),
    ],
    "excludes": [
        Row("choices", ["x", "y"], "x", FALSE),
        Row("choices", ["y"], "x", TRUE),
        Row("choices", [], "x", TRUE),
        Row("choices", ["z", "x"], OTHER_TEXT, FALSE),
        Row("choices", MISSING, "x", UNKNOWN),
        Row("choices", [], {"fact": "project.choice2"}, UNKNOWN),
    ],
    "present": [
        *(Row(key, value, True, TRUE) for key, value in OF_EVERY_TYPE.items()),
        *(Row(key, MISSING, True, FALSE) for key in OF_EVERY_TYPE),
        Row("yes_no", False, True, TRUE),
        Row("money", 0, True, TRUE),
        Row("choices", [], True, TRUE),
        Row("text", "TBC", True, FALSE),
    ],
    "absent": [
        *(Row(key, value, True, FALSE) for key, value in OF_EVERY_TYPE.items()),
        *(Row(key, MISSING, True, TRUE) for key in OF_EVERY_TYPE),
        Row("yes_no", False, True, FALSE),
        Row("money", 0, True, FALSE),
        Row("choices", [], True, FALSE),
        Row("text", "TBC", True, TRUE),
    ],
    "known": [
        *(Row(key, value, True, TRUE) for key, value in OF_EVERY_TYPE.items()),
        *(Row(key, MISSING, True, UNKNOWN) for key in OF_EVERY_TYPE),
        Row("yes_no", False, True, TRUE),
        Row("choices", [], True, TRUE),
        Row("text", "TBC", True, UNKNOWN),
    ],
    "reached": [
        Row("date", "2025-03-30", True, TRUE),
        Row("date", "2025-03-31", True, TRUE),
        Row("date", "2025-04-01", True, UNKNOWN),
        Row("date", MISSING, True, UNKNOWN),
    ],
}
ROWS = [(operator, row) for operator, rows in TABLE.items() for row in rows]


def test_the_table_covers_every_operator() -> None:
    assert set(TABLE) == set(OPERATORS)


@pytest.mark.parametrize("operator", OPERATORS)
def test_the_table_covers_every_type_and_truth(operator: str) -> None:
    types = {fact_shape(row.key)["type"] for row in TABLE[operator]}
    assert types == OPERATORS[operator].types
    two = {
        "present": {TRUE, FALSE},
        "absent": {TRUE, FALSE},
        "known": {TRUE, UNKNOWN},
        "reached": {TRUE, UNKNOWN},
    }
    assert {row.truth for row in TABLE[operator]} == two.get(operator, {TRUE, FALSE, UNKNOWN})


def source() -> dict[str, str]:
    """A source that does not matter here."""
    return {"document": "Worked out for tests", "standing": "default"}


LIMITS = {
    "limits.money": {
        "title": "Limit", "unit": "money", "source": source(),
        "values": [{"value": 1}, {"from": TODAY.isoformat(), "value": 100}],
    },
    "limits.number": {
        "title": "Limit", "unit": "number", "source": source(),
        "values": [{"value": 1}, {"from": "2025-03-01", "ended": True}],
    },
    "limits.share": {
        "title": "Share", "unit": "percentage", "source": source(), "values": [{"value": "80%"}],
    },
    "limits.factor": {
        "title": "Factor", "unit": "number", "source": source(), "values": [{"value": "1.5"}],
    },
    "limits.month": {
        "title": "A month", "unit": "period", "source": source(), "values": [{"value": "1 month"}],
    },
    "limits.no_period": {
        "title": "Ended", "unit": "period", "source": source(),
        "values": [{"value": "1 day"}, {"from": "2025-03-01", "ended": True}],
    },
    "limits.state": {
        "title": "Medium", "state_of": "project.ordered", "source": source(),
        "values": [{"value": "medium"}],
    },
}  # fmt: skip


@both_evaluators
@pytest.mark.parametrize(("operator", "row"), ROWS)
def test_operator(truth_of: TruthOf, operator: str, row: Row) -> None:
    deck = {**BESIDE} if row.left is MISSING else {**BESIDE, f"project.{row.key}": row.left}
    asked = {f"project.{row.key}": {operator: row.right}}
    assert truth_of(rulebook([rule(1, asked)], thresholds=LIMITS), deck) is row.truth
    opposed = rulebook([rule(1, {"not": asked})], thresholds=LIMITS)
    assert truth_of(opposed, deck) is opposite(row.truth)


@both_evaluators
@pytest.mark.parametrize(("operator", "row"), ROWS)
def test_operator_on_the_fact_of_an_item(truth_of: TruthOf, operator: str, row: Row) -> None:
    item = {} if row.left is MISSING else {row.key: row.left}
    asked = {"some": {"in": "things", "satisfies": {row.key: {operator: row.right}}}}
    written = rulebook([rule(1, asked)], thresholds=LIMITS)
    assert truth_of(written, {**BESIDE, "things": [item]}) is row.truth


def test_items_have_facts_of_every_type() -> None:
    assert set(OF_EVERY_TYPE) <= set(LISTS["things"])


DRAWN = {key: fact for fact, key in CONCLUDED.items()}


@both_evaluators
@pytest.mark.parametrize(("operator", "row"), [(o, row) for o, row in ROWS if row.key in DRAWN])
def test_operator_on_a_conclusion(truth_of: TruthOf, operator: str, row: Row) -> None:
    """The same rows, with the value concluded (or not to be concluded) and not stated."""
    fact, value = DRAWN[row.key], ONE_OF_EACH[row.key] if row.left in (MISSING, "TBC") else row.left
    drawn = {fact: conclusion({"when": {"project.yes_no2": True}, "value": value})}
    written = rulebook([rule(1, {fact: {operator: row.right}})], drawn, thresholds=LIMITS)
    deck = {} if row.left in (MISSING, "TBC") else {"project.yes_no2": True}
    assert truth_of(written, {**BESIDE, **deck}) is row.truth


COMPARED = [(o, row) for o, row in ROWS if row.right in (OTHER_SIZE, OTHER_TEXT)]


@both_evaluators
@pytest.mark.parametrize(("operator", "row"), COMPARED)
def test_operator_with_a_conclusion_on_the_right(
    truth_of: TruthOf, operator: str, row: Row
) -> None:
    """The rows that compare with another fact, with that one concluded and not stated."""
    other = "drawn.size" if row.right == OTHER_SIZE else "drawn.word"
    value = BESIDE[row.right["fact"]]
    drawn = {other: conclusion({"when": {"project.yes_no2": True}, "value": value})}
    right = {operator: {"fact": other}}
    of_deck = {f"project.{row.key}": right}, {f"project.{row.key}": row.left}
    of_item = (
        {"some": {"in": "things", "satisfies": {row.key: right}}},
        {"things": [{row.key: row.left}]},
    )
    for asked, deck in (of_deck, of_item):
        written = rulebook([rule(1, asked)], drawn)
        assert truth_of(written, {**deck, "project.yes_no2": True}) is row.truth
        assert truth_of(written, deck) is UNKNOWN


MULTIPLIED = [  # money to the nearest penny, other numbers to four places, a half away from zero
    ("money", "£100", "1.1", "£110"), ("money", "£0.01", "0.5", "£0.01"),
    ("money", "£0.03", "0.5", "£0.02"), ("money", "£0.01", "0.4999", 0),
    ("money", "-£0.01", "0.5", "-£0.01"), ("money", "£1,000,000,000,000", "0", 0),
    ("number", "0.0001", "0.5", "0.0001"), ("number", "1", "0.3333", "0.3333"),
    ("number", "-2", "1.5", "-3"), ("percentage", "33.3333%", "0.5", "16.6667%"),
]  # fmt: skip


@both_evaluators
@pytest.mark.parametrize(("key", "value", "factor", "product"), MULTIPLIED)
def test_times(truth_of: TruthOf, key: str, value: str, factor: str, product: object) -> None:
    right = {"fact": f"project.{key}2", "times": Decimal(factor)}
    deck = {f"project.{key}2": value, f"project.{key}": product}
    for operator, truth in (("is", TRUE), ("over", FALSE), ("under", FALSE)):
        asked = {f"project.{key}": {operator: right}}
        assert truth_of(rulebook([rule(1, asked)]), deck) is truth


TIMES_NAMED = [  # a percentage divides by a hundred
    ("number", 4, {"threshold": "limits.factor"}, 6),
    ("number", 5, {"threshold": "limits.share"}, 4),
    ("integer", 4, {"fact": "project.number"}, 12),
    ("money", "£200", {"fact": "project.percentage"}, "£50"),
    ("money", "£0.02", {"fact": "project.percentage"}, "£0.01"),
    ("integer", 4, {"fact": "project.percentage2"}, None),
    ("number", 4, {"threshold": "limits.number"}, None),
]


@both_evaluators
@pytest.mark.parametrize(("key", "value", "factor", "product"), TIMES_NAMED)
def test_times_a_threshold_or_a_fact(
    truth_of: TruthOf, key: str, value: object, factor: Written, product: object
) -> None:
    right = {"fact": f"project.{key}2", "times": factor}
    deck = {f"project.{key}2": value, "project.number": 3, "project.percentage": 25}
    deck[f"project.{key}"] = value if product is None else product
    asked = {f"project.{key}": {"is": right}}
    wanted = UNKNOWN if product is None else TRUE
    assert truth_of(rulebook([rule(1, asked)], thresholds=LIMITS), deck) is wanted


ON_A_DAY = [  # £1 until 30 March 2025, £100 from the 31st on
    ("2025-03-30", "£1", TRUE), ("2025-03-30", "£100", FALSE), ("2025-03-31", "£100", TRUE),
    ("2025-03-31", "£1", FALSE), (MISSING, "£100", UNKNOWN),
]  # fmt: skip


@both_evaluators
@pytest.mark.parametrize(("day", "amount", "truth"), ON_A_DAY)
def test_a_threshold_as_it_stood_on_another_day(
    truth_of: TruthOf, day: object, amount: str, truth: Truth
) -> None:
    of_deck = {"project.money": {"is": {"threshold": "limits.money", "on": "project.date"}}}
    of_item = {"money": {"is": {"threshold": "limits.money", "on": "date"}}}
    item = {"money": amount} | ({} if day is MISSING else {"date": day})
    deck = {f"project.{name}": value for name, value in item.items()}
    walked = {"some": {"in": "things", "satisfies": of_item}}
    assert truth_of(rulebook([rule(1, of_deck)], thresholds=LIMITS), deck) is truth
    assert truth_of(rulebook([rule(1, walked)], thresholds=LIMITS), {"things": [item]}) is truth


BY_GATE = {
    "limits.state": {
        "title": "State", "state_of": "project.ordered", "source": source(),
        "values": [{"by_gate": {"first": "medium", "second": "large"}}],
    }
}  # fmt: skip


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize(
    ("gate", "status"), [("first", "met"), ("second", "not_met"), (None, "unknown")]
)
def test_a_threshold_may_differ_from_gate_to_gate(
    evaluator: Evaluator, gate: str | None, status: str
) -> None:
    asked = {"project.ordered": {"at_least": STATE}}
    prepared = prepare(rulebook([rule(1, asked)], thresholds=BY_GATE))
    facts = read_facts(prepared, {"project.ordered": "medium"}, (TODAY, gate))
    assert evaluator(prepared.selection).evaluate(facts).statuses == {"RND-001": status}


JUDGEMENTS = [  # the judgement, who made it, when, and whether it counts
    (True, "service owner", "2025-03-31", TRUE),
    (True, "service owner", "2025-04-01", UNKNOWN),  # a day that is still to come
    (True, "service owner", MISSING, UNKNOWN),
    (True, MISSING, "2025-03-31", UNKNOWN),
    (True, MISSING, "2025-04-01", UNKNOWN),
    (False, MISSING, MISSING, FALSE),  # a no needs no witness
    (MISSING, "service owner", "2025-03-31", UNKNOWN),
]


@both_evaluators
@pytest.mark.parametrize(("judged", "by", "on", "truth"), JUDGEMENTS)
def test_a_judgement_counts_with_who_made_it_and_when(
    truth_of: TruthOf, judged: object, by: object, on: object, truth: Truth
) -> None:
    bare = {"project.judged": judged, "project.judged.by": by, "project.judged.date": on}
    whole = {"project": {"judged": {"answer": judged, "by": by, "date": on}}}
    for deck in (bare, whole):
        assert truth_of(rulebook([rule(1, {"project.judged": True})]), deck) is truth
        stated = rulebook([rule(1, {"project.judged": {"present": True}})])
        assert truth_of(stated, deck) is (judged is not MISSING)


# ---- combinations

PARTS: dict[Truth, Written] = {
    TRUE: {"project.integer": 1},
    FALSE: {"project.integer": {"over": 1}},
    UNKNOWN: {"project.integer2": 1},
}
DECK = {"project.integer": 1}
ALL = [
    ([TRUE, TRUE], TRUE), ([TRUE, FALSE], FALSE), ([TRUE, UNKNOWN], UNKNOWN),
    ([FALSE, TRUE], FALSE), ([FALSE, FALSE], FALSE), ([FALSE, UNKNOWN], FALSE),
    ([UNKNOWN, TRUE], UNKNOWN), ([UNKNOWN, FALSE], FALSE), ([UNKNOWN, UNKNOWN], UNKNOWN),
    ([TRUE], TRUE), ([FALSE], FALSE), ([UNKNOWN], UNKNOWN), ([TRUE, UNKNOWN, FALSE], FALSE),
]  # fmt: skip
ANY = [
    ([TRUE, TRUE], TRUE), ([TRUE, FALSE], TRUE), ([TRUE, UNKNOWN], TRUE),
    ([FALSE, TRUE], TRUE), ([FALSE, FALSE], FALSE), ([FALSE, UNKNOWN], UNKNOWN),
    ([UNKNOWN, TRUE], TRUE), ([UNKNOWN, FALSE], UNKNOWN), ([UNKNOWN, UNKNOWN], UNKNOWN),
    ([TRUE], TRUE), ([FALSE], FALSE), ([UNKNOWN], UNKNOWN), ([FALSE, UNKNOWN, TRUE], TRUE),
]  # fmt: skip
NOT = [(TRUE, FALSE), (FALSE, TRUE), (UNKNOWN, UNKNOWN)]


@both_evaluators
@pytest.mark.parametrize(
    ("key", "parts", "truth"),
    [("all", *row) for row in ALL] + [("any", *row) for row in ANY],
)
def test_all_and_any(truth_of: TruthOf, key: str, parts: list[Truth], truth: Truth) -> None:
    asked = {key: [PARTS[part] for part in parts]}
    assert truth_of(rulebook([rule(1, asked)]), DECK) is truth
    combined = {"all": all_hold, "any": some_hold}[key](iter(parts))
    assert combined is truth


@both_evaluators
@pytest.mark.parametrize(("part", "truth"), NOT)
def test_not(truth_of: TruthOf, part: Truth, truth: Truth) -> None:
    assert truth_of(rulebook([rule(1, {"not": PARTS[part]})]), DECK) is truth
    assert opposite(part) is truth


def test_nothing_to_hold() -> None:
    assert all_hold(iter(())) is TRUE
    assert some_hold(iter(())) is FALSE


# applies_when, require -> the rule's status; the implication's truth
STATUSES = [
    (TRUE, TRUE, "met", TRUE), (TRUE, FALSE, "not_met", FALSE), (TRUE, UNKNOWN, "unknown", UNKNOWN),
    (FALSE, TRUE, "not_applicable", TRUE), (FALSE, FALSE, "not_applicable", TRUE),
    (FALSE, UNKNOWN, "not_applicable", TRUE), (UNKNOWN, TRUE, "met", TRUE),
    (UNKNOWN, FALSE, "unknown", UNKNOWN), (UNKNOWN, UNKNOWN, "unknown", UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize(("applies", "requires", "status", "truth"), STATUSES)
def test_status(
    evaluator: Evaluator, applies: Truth, requires: Truth, status: str, truth: Truth
) -> None:
    prepared = prepare(rulebook([rule(1, PARTS[requires], PARTS[applies])]))
    answer = evaluator(prepared.selection).evaluate(read_facts(prepared, DECK, (TODAY, None)))
    assert answer.statuses == {"RND-001": status}
    assert follows(applies, requires) is truth


ASKED_AT = [  # gates and in_force of the rule, the scene, and whether the rule is asked
    ({}, TODAY, "first", True), ({}, TODAY, None, True),
    ({"gates": ["second", "first"]}, TODAY, "first", True),
    ({"gates": ["second", "first"]}, TODAY, "second", True),
    ({"gates": ["second"]}, TODAY, "first", False),
    ({"in_force": {"from": "2025-03-31"}}, date(2025, 3, 30), None, False),
    ({"in_force": {"from": "2025-03-31"}}, date(2025, 3, 31), None, True),
    ({"in_force": {"to": "2025-03-31"}}, date(2025, 3, 31), None, True),
    ({"in_force": {"to": "2025-03-31"}}, date(2025, 4, 1), None, False),
    ({"in_force": {"from": "2025-03-31", "to": "2025-03-31"}}, TODAY, None, True),
    ({"in_force": {"from": "2025-03-31"}, "gates": ["first"]}, TODAY, "second", False),
]  # fmt: skip


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize(("limits", "as_of", "gate", "asked"), ASKED_AT)
def test_when_a_rule_is_asked(
    evaluator: Evaluator, limits: Written, as_of: date, gate: str | None, asked: bool
) -> None:
    for part, status in STATUS.items():
        prepared = prepare(rulebook([rule(1, PARTS[part], **limits)]))
        answer = evaluator(prepared.selection).evaluate(read_facts(prepared, DECK, (as_of, gate)))
        assert answer.statuses == {"RND-001": status if asked else "not_applicable"}


# ---- quantifiers

# an item for which "satisfies" (or, with "where", both) comes out so
ITEM: dict[Truth, Written] = {TRUE: {"integer": 1}, FALSE: {"integer": 0}, UNKNOWN: {}}
QUANTIFIED: list[tuple[list[Truth] | None, Truth, Truth, Truth]] = [  # items: every, some, none
    (None, UNKNOWN, UNKNOWN, UNKNOWN),  # the deck leaves the list out
    ([], TRUE, FALSE, TRUE),
    ([TRUE], TRUE, TRUE, FALSE),
    ([FALSE], FALSE, FALSE, TRUE),
    ([UNKNOWN], UNKNOWN, UNKNOWN, UNKNOWN),
    ([TRUE, TRUE], TRUE, TRUE, FALSE),
    ([TRUE, FALSE], FALSE, TRUE, FALSE),
    ([TRUE, UNKNOWN], UNKNOWN, TRUE, FALSE),
    ([FALSE, UNKNOWN], FALSE, UNKNOWN, UNKNOWN),
    ([FALSE, FALSE], FALSE, FALSE, TRUE),
    ([UNKNOWN, UNKNOWN], UNKNOWN, UNKNOWN, UNKNOWN),
    ([TRUE, FALSE, UNKNOWN], FALSE, TRUE, FALSE),
]
# one item, by what "where" and "satisfies" say of it
WHERE: list[tuple[Truth, Truth, Truth, Truth, Truth]] = [  # where, satisfies: every, some, none
    (TRUE, TRUE, TRUE, TRUE, FALSE),
    (TRUE, FALSE, FALSE, FALSE, TRUE),
    (TRUE, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    (FALSE, TRUE, TRUE, FALSE, TRUE),
    (FALSE, FALSE, TRUE, FALSE, TRUE),
    (FALSE, UNKNOWN, TRUE, FALSE, TRUE),
    (UNKNOWN, TRUE, TRUE, UNKNOWN, UNKNOWN),
    (UNKNOWN, FALSE, UNKNOWN, FALSE, TRUE),
    (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
]
KINDS = ("every", "some", "none")


def quantified() -> Iterator[tuple[str, Written, Written, Truth]]:
    """The kind, the quantifier without its kind, the deck, and the truth of each row above."""
    over: Written = {"in": "things", "satisfies": {"integer": 1}}
    for items, *truths in QUANTIFIED:
        deck: Written = {} if items is None else {"things": [ITEM[item] for item in items]}
        for kind, truth in zip(KINDS, truths, strict=True):
            yield kind, over, deck, truth
    limited: Written = {**over, "where": {"number": 1}}
    for where, satisfies, *truths in WHERE:
        number = {key.replace("integer", "number"): n for key, n in ITEM[where].items()}
        for kind, truth in zip(KINDS, truths, strict=True):
            yield kind, limited, {"things": [{**number, **ITEM[satisfies]}]}, truth


@both_evaluators
@pytest.mark.parametrize(("kind", "over", "deck", "truth"), list(quantified()))
def test_quantifier(
    truth_of: TruthOf, kind: str, over: Written, deck: Written, truth: Truth
) -> None:
    assert truth_of(rulebook([rule(1, {kind: over})]), deck) is truth
    assert truth_of(rulebook([rule(1, {"not": {kind: over}})]), deck) is opposite(truth)


GROUP: list[tuple[Truth, Truth, Truth, Truth, Truth]] = [  # two members: every, some, none
    (TRUE, TRUE, TRUE, TRUE, FALSE),
    (TRUE, FALSE, FALSE, TRUE, FALSE),
    (TRUE, UNKNOWN, UNKNOWN, TRUE, FALSE),
    (FALSE, FALSE, FALSE, FALSE, TRUE),
    (FALSE, UNKNOWN, FALSE, UNKNOWN, UNKNOWN),
    (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
]


@both_evaluators
@pytest.mark.parametrize(("first", "second", "every", "some", "none"), GROUP)
def test_quantifier_over_a_group(
    truth_of: TruthOf, first: Truth, second: Truth, every: Truth, some: Truth, none: Truth
) -> None:
    amounts = {TRUE: 1, FALSE: 0, UNKNOWN: None}
    deck = {"project.money": amounts[first], "project.money2": amounts[second]}
    for kind, truth in zip(KINDS, (every, some, none), strict=True):
        asked = {kind: {"in": "amounts", "satisfies": {"value": 1}}}
        assert truth_of(rulebook([rule(1, asked)]), deck) is truth


@both_evaluators
@pytest.mark.parametrize(("where", "satisfies", "every", "some", "none"), WHERE)
def test_quantifier_over_a_group_with_where(
    truth_of: TruthOf, where: Truth, satisfies: Truth, every: Truth, some: Truth, none: Truth
) -> None:
    amount = {TRUE: 10, FALSE: 1, UNKNOWN: None}[where]
    deck = {"project.money": amount, "project.money2": amount, **DECK}
    for kind, truth in zip(KINDS, (every, some, none), strict=True):
        over = {"in": "amounts", "where": {"value": 10}, "satisfies": PARTS[satisfies]}
        assert truth_of(rulebook([rule(1, {kind: over})]), deck) is truth


@both_evaluators
@pytest.mark.parametrize(
    ("deck", "present"), [({}, FALSE), ({"things": []}, TRUE), ({"things": [{"money": 1}]}, TRUE)]
)
def test_presence_of_a_list(truth_of: TruthOf, deck: Written, present: bool) -> None:
    assert truth_of(rulebook([rule(1, {"things": {"present": True}})]), deck) is present
    assert truth_of(rulebook([rule(1, {"things": {"absent": True}})]), deck) is not present


# ---- measures: missing while the list is, or while an item that they depend on is

MONEY = [{"money": 1, "yes_no": True}, {"money": 2, "yes_no": False}, {"money": 4, "yes_no": True}]
NO_MONEY = [{"money": 1, "yes_no": True}, {"yes_no": True}, {"money": 2, "yes_no": False}]
UNSAID = [{"money": 1, "yes_no": True}, {"money": 2}]
SUM, COUNT = {"sum": "things", "of": "money"}, {"count": "things"}
SHARE, LEAST = {"share": "things"}, {"min": "things", "of": "money"}
MOST = {"max": "things", "of": "money"}
MEASURED = [  # the measure, whether "where" limits it, the list, and its value
    (COUNT, False, None, None), (COUNT, False, [], 0), (COUNT, False, MONEY, 3),
    (COUNT, False, UNSAID, 2), (COUNT, True, MONEY, 2), (COUNT, True, UNSAID, None),
    (COUNT, True, [], 0),
    (SUM, False, None, None), (SUM, False, [], 0), (SUM, False, MONEY, 7),
    (SUM, False, NO_MONEY, None), (SUM, True, MONEY, 5), (SUM, True, NO_MONEY, None),
    (SUM, True, NO_MONEY[:1] + NO_MONEY[2:], 1), (SUM, True, UNSAID, None),
    (SUM, True, [{"yes_no": False}], 0),
    (LEAST, False, [], None), (LEAST, False, MONEY, 1), (LEAST, False, NO_MONEY, None),
    (MOST, False, [], None), (MOST, False, MONEY, 4), (MOST, True, UNSAID, None),
    (MOST, True, [{"money": 1, "yes_no": False}], None),
    (SHARE, True, None, None), (SHARE, True, [], None), (SHARE, True, MONEY, "66.6667%"),
    (SHARE, True, UNSAID, None), (SHARE, True, NO_MONEY[2:], 0),
]  # fmt: skip


@both_evaluators
@pytest.mark.parametrize(("measure", "limited", "things", "value"), MEASURED)
def test_measure(
    truth_of: TruthOf, measure: Written, limited: bool, things: object, value: object
) -> None:
    words = {"label": "measured", "section": "project", **measure}
    measures = {"measured.it": {**words, "where": {"yes_no": True}} if limited else words}
    asked = {"measured.it": {"present": True} if value is None else value}
    deck = {} if things is None else {"things": things}
    truth = truth_of(rulebook([rule(1, asked)], measures=measures), deck)
    assert truth is (value is not None)


# ---- conclusions: the first row that holds, once no row above could say something else

ROWS_OF_CONCLUSION = [
    ([(TRUE, "x")], "x"),
    ([(FALSE, "x")], None),
    ([(UNKNOWN, "x")], None),
    ([(TRUE, "x"), (TRUE, "y")], "x"),
    ([(FALSE, "x"), (TRUE, "y")], "y"),
    ([(UNKNOWN, "x"), (TRUE, "y")], None),
    ([(UNKNOWN, "x"), (TRUE, "x")], "x"),
    ([(UNKNOWN, "x"), (FALSE, "y"), (TRUE, "x")], "x"),
    ([(UNKNOWN, "x"), (UNKNOWN, "y"), (TRUE, "x")], None),
    ([(FALSE, "x"), (FALSE, "y"), (TRUE, "z")], "z"),
    ([(TRUE, "x"), (UNKNOWN, "y")], "x"),
]


CHAIN = {
    "drawn.go": conclusion({"when": {"project.yes_no": True}, "value": True}),
    "drawn.route": conclusion({"when": {"drawn.go": {"absent": True}}, "value": "x"}),
    "drawn.size": conclusion({"when": {"drawn.route": {"absent": True}}, "value": "small"}),
    "drawn.word": conclusion({"when": {"drawn.size": {"present": True}}, "value": "12"}),
}


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize(
    ("deck", "drawn"),
    [({}, (None, "x", None, None)), ({"project.yes_no": True}, (True, None, "small", "12"))],
)
def test_conclusions_from_what_could_not_be_concluded(
    evaluator: Evaluator, deck: Written, drawn: tuple[object, ...]
) -> None:
    rules = [rule(n, {fact: {"absent": True}}) for n, fact in enumerate(CHAIN, 1)]
    prepared = prepare(rulebook(rules, CHAIN))
    answer = evaluator(prepared.selection).evaluate(read_facts(prepared, deck, (TODAY, None)))
    assert answer.conclusions == dict(zip(CHAIN, drawn, strict=True))
    statuses = ["met" if value is None else "not_met" for value in drawn]
    assert list(answer.statuses.values()) == statuses


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize(("rows", "value"), ROWS_OF_CONCLUSION)
def test_conclusion(evaluator: Evaluator, rows: list[tuple[Truth, str]], value: str | None) -> None:
    drawn = conclusion(*({"when": PARTS[truth], "value": value} for truth, value in rows))
    prepared = prepare(rulebook([rule(1, PARTS[TRUE])], {"drawn.route": drawn}))
    answer = evaluator(prepared.selection).evaluate(read_facts(prepared, DECK, (TODAY, None)))
    assert answer.conclusions == {"drawn.route": value}
