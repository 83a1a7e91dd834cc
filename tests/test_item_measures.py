"""What is worked out of each item of a list, row by row, and through both evaluators."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from strategies import Written, prepare, rule, rulebook

from engine import DeckError
from engine.conditions import Facts
from engine.evaluate_deck import Prepared, Scene, evaluate_by_all
from engine.model.document import Document
from engine.parse.deck import parse_deck
from engine.parse.rulebook import FolderDocuments, parse_rulebook

TODAY = date(2026, 6, 1)
WORDS = {"label": "label", "question": "What is it?"}
FACTS_YAML: Written = {
    "sections": {"plan": {"title": "Plan", "facts": {"limit": {"type": "money", **WORDS}}}},
    "lists": {
        "steps": {
            "title": "Steps", "section": "plan", "item": "step", "name_from": "id", "key": "id",
            "facts": {
                "id": {"type": "text", **WORDS},
                "product": {"type": "text", **WORDS},
                "after": {"type": "references", **WORDS},
                "planned": {"type": "date", **WORDS},
                "forecast": {"type": "date", **WORDS},
                "cost": {"type": "money", **WORDS},
                "done": {"type": "yes_no", **WORDS},
            },
            "measures": {
                "slip": {"label": "days of slip", "days": {"from": "planned", "to": "forecast"}},
                "itself": {"label": "l", "itself": "after"},
                "missing": {"label": "l", "missing": "after"},
                "circular": {"label": "l", "circular": "after"},
                "waits": {
                    "label": "l", "some": "steps", "referred_by": "after", "where": {"done": False},
                },
                "cost_before": {
                    "label": "l", "sum": "steps", "of": "cost", "referred_by": "after",
                },
                "ready": {"label": "l", "max": "steps", "of": "forecast", "referred_by": "after"},
            },
        },
        "products": {
            "title": "Products", "section": "plan", "item": "product",
            "facts": {"name": {"type": "text", **WORDS}},
            "measures": {
                "steps": {"label": "l", "count": "steps", "matching": {"product": "name"}},
                "dear": {
                    "label": "l", "count": "steps", "matching": {"product": "name"},
                    "where": {"cost": {"over": {"fact": "plan.limit"}}},
                },
                "first": {
                    "label": "l", "min": "steps", "of": "planned", "matching": {"product": "name"},
                },
            },
        },
    },
    "measures": {
        "plan.on_one_day": {
            "label": "l", "section": "plan", "most_alike": "steps", "of": "forecast",
        },
        "plan.slipped": {
            "label": "l", "section": "plan", "count": "steps", "where": {"slip": {"over": 0}},
        },
    },
    "roles": {"board": "board"},
}  # fmt: skip


def prepared() -> Prepared:
    """A rulebook of this vocabulary."""
    folder = FolderDocuments("plan", Document("facts.yaml", FACTS_YAML, {}), {}, {}, {})
    return Prepared(parse_rulebook(folder), None)


PREPARED = prepared()


def facts_of(deck: Written) -> Facts:
    """Everything known of a deck."""
    read = parse_deck(Document("deck.yaml", deck, {}), PREPARED.rulebook.vocabulary)
    return PREPARED.facts(Scene(read, TODAY, None, None))


def worked_out(measure: str, *steps: Written, **more: Any) -> list[Any]:
    """The measure of each step (or product, where some are given)."""
    facts = facts_of({"steps": list(steps), **more})
    return [
        item.get(measure) for item in facts.items["products" if "products" in more else "steps"]
    ]


def step(id_: object = None, **more: Any) -> Written:
    """A step as a deck writes it."""
    return {"id": id_, **more}


def test_days_from_one_date_to_another() -> None:
    days = [
        step(planned="2026-05-01", forecast="2026-05-31"),
        step(planned="2026-05-01", forecast="2026-05-01"),
        step(planned="2026-05-01", forecast="2026-04-30"),
        step(planned="2026-05-01"),
        step(forecast="2026-05-01"),
    ]
    assert worked_out("slip", *days) == [30, 0, -1, None, None]


@pytest.mark.parametrize(
    ("after", "itself", "missing"),
    [
        ([], False, False),
        ([1], True, False),
        ("1, 2", True, False),
        ([2], False, False),
        ([9], False, True),
        ([2, 9], False, True),
        (None, None, None),
    ],
)
def test_references_to_itself_and_to_nothing(after: Any, itself: Any, missing: Any) -> None:
    steps = [step(1, after=after), step(2, after=[])]
    assert worked_out("itself", *steps)[0] is itself
    assert worked_out("missing", *steps)[0] is missing


def test_a_reference_may_mean_an_item_that_has_no_name() -> None:
    steps = [step(1, after=[9]), step(after=[1])]
    assert worked_out("missing", *steps) == [None, False]
    assert worked_out("itself", *steps) == [False, None]
    assert worked_out("waits", step(1, after=[2]), step(2, done=True), step()) == [None, None, None]


def test_circles() -> None:
    ring = [step(1, after=[2]), step(2, after=[3]), step(3, after=[1])]
    assert worked_out("circular", *ring) == [True, True, True]
    leading_in = [*ring, step(4, after=[1]), step(5, after=[])]
    assert worked_out("circular", *leading_in) == [True, True, True, False, False]
    line = [step(1, after=[]), step(2, after=[1]), step(3, after=[2, 1])]
    assert worked_out("circular", *line) == [False, False, False]
    assert worked_out("circular", step(1, after=[1])) == [False]  # that is itself, and no circle
    silent = [step(1, after=[2]), step(2), step(3, after=[])]
    assert worked_out("circular", *silent) == [None, None, False]
    two = [step(1, after=[2]), step(2, after=[1]), step(3, after=[4]), step(4, after=[3])]
    assert worked_out("circular", *two) == [True] * 4


def test_a_long_line_is_followed_to_its_end() -> None:
    line = [step(n, after=[n + 1] if n < 5_000 else []) for n in range(5_001)]
    assert set(worked_out("circular", *line)) == {False}
    line[-1] = step(5_000, after=[0])
    assert set(worked_out("circular", *line)) == {True}


def test_whether_there_is_a_related_item() -> None:
    done, open_, unsaid = step(2, done=True), step(3, done=False), step(4)
    assert worked_out("waits", step(1, after=[2]), done)[0] is False
    assert worked_out("waits", step(1, after=[2, 3]), done, open_)[0] is True
    assert worked_out("waits", step(1, after=[3, 4]), open_, unsaid)[0] is True
    assert worked_out("waits", step(1, after=[2, 4]), done, unsaid)[0] is None
    assert worked_out("waits", step(1, after=[9]), done)[0] is None
    assert worked_out("waits", step(1, after=[]), done)[0] is False
    assert worked_out("waits", step(1), done)[0] is None


def test_amounts_of_related_items() -> None:
    cheap, dear, unsaid = step(2, cost=10), step(3, cost="£5k"), step(4)
    assert worked_out("cost_before", step(1, after=[2, 3]), cheap, dear)[0] == 501_000
    assert worked_out("cost_before", step(1, after=[]), cheap)[0] == 0
    assert worked_out("cost_before", step(1, after=[2, 4]), cheap, unsaid)[0] is None
    assert worked_out("cost_before", step(1, after=[2, 9]), cheap)[0] is None
    first, last = step(2, forecast="2026-05-01"), step(3, forecast="2026-07-01")
    assert worked_out("ready", step(1, after=[2, 3]), first, last)[0] == date(2026, 7, 1)
    assert worked_out("ready", step(1, after=[]), first)[0] is None


def test_items_of_another_list_with_the_same_value() -> None:
    products = [{"name": "Register"}, {"name": "Map"}, {}]
    steps = [
        step(1, product="Register", cost=10, planned="2026-05-01"),
        step(2, product="Register", cost=30, planned="2026-04-01"),
    ]
    asked = {"products": products, "plan": {"limit": 20}}
    assert worked_out("steps", *steps, **asked) == [2, 0, None]
    assert worked_out("dear", *steps, **asked) == [1, 0, None]
    assert worked_out("first", *steps, **asked) == [date(2026, 4, 1), None, None]
    assert worked_out("steps", *steps, step(3), **asked) == [None, None, None]
    assert worked_out("dear", *steps, step(3, cost=1), **asked) == [1, 0, None]
    assert [i.get("steps") for i in facts_of({"products": products}).items["products"]] == [
        None
    ] * 3


def test_measures_of_lists_use_what_is_worked_out_of_items() -> None:
    late = step(planned="2026-05-01", forecast="2026-05-31")
    on_time = step(planned="2026-05-31", forecast="2026-05-31")
    values = facts_of({"steps": [late, on_time, on_time]}).values
    assert (values["plan.slipped"], values["plan.on_one_day"]) == (1, 3)
    values = facts_of({"steps": [late, on_time, step()]}).values
    assert "plan.slipped" not in values
    assert "plan.on_one_day" not in values
    assert facts_of({"steps": []}).values["plan.on_one_day"] == 0


def test_a_deck_does_not_state_what_is_worked_out() -> None:
    with pytest.raises(DeckError) as error:
        facts_of({"steps": [step(1, slip=3)]})
    assert '"slip" of "steps" is worked out by the rules' in str(error.value)


def test_both_evaluators_ask_what_is_worked_out() -> None:
    asked = {"some": {"in": "things", "satisfies": {"circular": True, "spent": {"over": 5}}}}
    book = prepare(rulebook([rule(1, asked)]))
    ring = [
        {"text": "a", "references": "b", "money": 3},
        {"text": "b", "references": "a", "money": 6},
    ]
    read = parse_deck(Document("deck", {"things": ring}, {}), book.rulebook.vocabulary)
    answer, evaluators = evaluate_by_all(book, book.facts(Scene(read, TODAY, None, None)))
    assert answer.statuses == {"RND-001": "met"}
    assert evaluators[0] == "reference"
