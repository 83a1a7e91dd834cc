"""Both evaluators give the same answers: on random, shipped and very large rulebooks and decks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import (
    Written,
    conclusion,
    decks,
    prepare,
    read_facts,
    rule,
    rulebook,
    rulebooks,
    scenes,
)

from engine.evaluate import ReferenceEvaluator
from engine.evaluate_deck import Prepared, Scene
from engine.evaluate_rete import ReteEvaluator
from engine.model.deck import Deck
from engine.model.document import Document
from engine.model.rules import Case, Rulebook
from engine.operators import OPERATORS
from engine.parse.deck import parse_deck
from engine.readers import DECK_FORMATS, load_rulebook, read_documents, shipped_rules
from engine.tracing import trace, trace_held

pytest.importorskip("durable_rules_engine", reason="durable_rules is not installed here")

EXAMPLES = Path(__file__).parents[1] / "examples"
DAYS = [date(2021, 6, 15), date(2025, 2, 10), date(2026, 3, 31), date(2026, 4, 1)]


def evaluators(prepared: Prepared) -> tuple[ReferenceEvaluator, ReteEvaluator]:
    """Both evaluators, new."""
    return ReferenceEvaluator(prepared.selection), ReteEvaluator(prepared.selection)


# ---- random rulebooks

LANGUAGE = set(OPERATORS) | {
    "all", "any", "not", "every", "some", "none", "where", "fact", "threshold", "times", "plus",
    "minus", "on", "by_gate", "state_of",
}  # fmt: skip


def words_in(written: object) -> Iterator[str]:
    """The keys of a written thing, at every level."""
    if isinstance(written, dict):
        yield from written
        written = list(written.values())
    if isinstance(written, list):
        for part in written:
            yield from words_in(part)


def test_random_rulebooks() -> None:
    """The rulebooks use the whole language between them, and come out every way."""
    words: set[str] = set()
    statuses: set[str] = set()

    @settings(max_examples=6 * settings().max_examples)
    @given(
        rulebooks(),
        st.lists(decks(), min_size=1, max_size=4),
        st.lists(scenes, min_size=1, max_size=2),
    )
    def agree(
        written: Written, some_decks: list[Written], some_scenes: list[tuple[date, str | None]]
    ) -> None:
        prepared = prepare(written)
        reference, rete = evaluators(prepared)
        known = [read_facts(prepared, deck, scene) for scene in some_scenes for deck in some_decks]
        expected = [reference.evaluate(facts) for facts in known]
        assert [rete.evaluate(facts) for facts in known] == expected
        # the one engine has now seen every deck, and still answers each as if it were the first
        assert [rete.evaluate(facts) for facts in reversed(known)] == expected[::-1]
        for_gate = ReteEvaluator(prepared.selection, some_scenes[0][1])
        assert for_gate.evaluate(known[0]) == expected[0]
        words.update(words_in(written["ruleset"]))
        statuses.update(*(found.statuses.values() for found in expected))

    agree()
    assert words >= LANGUAGE
    assert statuses == {"met", "not_met", "unknown", "not_applicable"}


@given(rulebooks(), decks(), scenes)
def test_traces_come_out_as_the_evaluators_do(
    written: Written, deck: Written, scene: tuple[date, str | None]
) -> None:
    """Reasons and evidence are written from traces, which work the conditions out once more."""
    prepared = prepare(written)
    facts = read_facts(prepared, deck, scene)
    found = ReferenceEvaluator(prepared.selection).evaluate(facts)
    drawn = {fact: value for fact, value in found.conclusions.items() if value is not None}
    facts = replace(facts, values={**facts.values, **drawn})
    for asked in prepared.selection.rules:
        applies, require = trace(asked.applies, facts), trace(asked.require, facts)
        if applies.truth is False:
            expected = "not_applicable"
        elif require.truth is True:
            expected = "met"
        else:
            both_known = applies.truth is True and require.truth is False
            expected = "not_met" if both_known else "unknown"
        assert found.statuses[asked.id] == expected
        if require.truth:
            assert trace_held(asked.require, facts).truth is True


def test_nothing_is_carried_over_from_deck_to_deck() -> None:
    drawn = {"drawn.go": conclusion({"when": {"project.yes_no": True}, "value": True})}
    prepared = prepare(
        rulebook(
            [
                rule(1, {"drawn.go": True}),
                rule(2, {"some": {"in": "things", "satisfies": {"money": {"over": 100}}}}),
                rule(3, {"project.text": "a word"}),
                rule(4, {"drawn.go": {"absent": True}}),
            ],
            drawn,
        )
    )
    full = {"project.yes_no": True, "things": [{"money": 101}], "project.text": "a word"}
    rete = ReteEvaluator(prepared.selection)
    answers = [
        list(rete.evaluate(read_facts(prepared, deck, (DAYS[0], None))).statuses.values())
        for deck in (full, {}, full, {"project.yes_no": False}, {})
    ]
    met, unknown = ["met", "met", "met", "not_met"], ["unknown"] * 3 + ["met"]
    assert answers == [met, unknown, met, unknown, unknown]


# ---- the shipped rulebook


@cache
def shipped() -> Rulebook:
    """The rulebook in rules/, read once."""
    return load_rulebook(shipped_rules())


@cache
def ready(organisation: str | None) -> Prepared:
    """The shipped rulebook as an organisation uses it."""
    rules = shipped()
    return Prepared(rules, rules.organisations[organisation] if organisation else None)


def assert_agreement(
    deck: Deck, as_of: date, gate: str | None, organisation: str | None, compiled_for: str | None
) -> None:
    """Both evaluators say the same of every rule and conclusion of the shipped rulebook."""
    prepared = ready(organisation)
    chosen = shipped().gates[gate] if gate else None
    facts = prepared.facts(Scene(deck, as_of, prepared.organisation, chosen))
    rete = prepared.rete_at(compiled_for)
    assert rete is not None
    assert rete.evaluate(facts) == prepared.reference.evaluate(facts)


def cases() -> Iterator[Case]:
    """Every case of the shipped rulebook."""
    for asked in shipped().rules:
        yield from asked.cases
    for drawn in shipped().conclusions:
        yield from drawn.cases


def test_shipped_cases() -> None:
    seen = 0
    for case in cases():
        assert case.as_of is not None
        deck = parse_deck(Document(case.name, case.facts, {}), shipped().vocabulary)
        assert_agreement(deck, case.as_of, case.gate, case.organisation, None)
        seen += 1
    assert seen > 500


def example_decks() -> list[Path]:
    """The files in examples/ that hold decks."""
    return sorted(path for path in EXAMPLES.rglob("*") if path.suffix in DECK_FORMATS)


def test_there_are_examples() -> None:
    assert len(example_decks()) >= 5


@pytest.mark.parametrize(
    "path", example_decks(), ids=lambda path: path.parent.name + "/" + path.name
)
def test_shipped_examples_at_every_gate(path: Path) -> None:
    for document in read_documents(path):
        deck = parse_deck(document, shipped().vocabulary)
        named = deck.values.get("organisation.id")
        own = str(named) if named else None
        for as_of in DAYS:
            assert_agreement(deck, as_of, None, None, None)
        for n, gate in enumerate(shipped().gates):
            for as_of in (DAYS[n % 4], DAYS[(n + 2) % 4]):
                assert_agreement(deck, as_of, gate, own, compiled_for=gate)
                assert_agreement(deck, as_of, gate, own, compiled_for=None)


# ---- large shapes, where durable_rules has limits: 64 matches for one fact, 14 choices in one
# pattern, 252 properties of one message, 511 tests beneath one node

ROUTE = {
    "drawn.go": conclusion(
        {"when": {"project.yes_no": True}, "value": True}, {"otherwise": True, "value": False}
    )
}
MANY_THINGS = [{"money": n, "number": n % 5, "integer": n % 3, "yes_no": True} for n in range(300)]
HARD = {
    "all": [
        {
            "any": [
                {"money": {"at_least": n}},
                {"number": {"at_least": n}},
                {"integer": n},
                {"yes_no": True},
            ]
        }
        for n in range(12)
    ]
}
NUMBER = "project.integer"
EITHER = [{"any": [{NUMBER: n}, {"project.integer2": n + 1}]} for n in range(40)]
PAIRS = [{"all": [{NUMBER: n}, {"project.integer2": n + 1}]} for n in range(40)]
SOME = [{"some": {"in": "things", "satisfies": {"money": n}}} for n in range(30)]
FACTORS = [
    {"project.money": {"at_most": {"fact": "project.money2", "times": Decimal(n) / 10}}}
    for n in range(10, 310)
]

LARGE: dict[str, tuple[list[Written], dict[str, Any], list[str]]] = {
    "every one of 300 items": (
        [{"every": {"in": "things", "satisfies": {"money": {"at_least": 0}, "drawn.go": True}}}],
        {"things": MANY_THINGS, "project.yes_no": True},
        ["met"],
    ),
    "one of 300 items": (
        [
            {"some": {"in": "things", "where": {"money": 299}, "satisfies": {"drawn.go": True}}},
            {"none": {"in": "things", "where": {"money": 299}, "satisfies": {"drawn.go": True}}},
        ],
        {"things": MANY_THINGS, "project.yes_no": True},
        ["met", "not_met"],
    ),
    "300 items with many alternatives each": (
        [
            {"every": {"in": "things", "satisfies": HARD}},
            {"some": {"in": "things", "where": HARD, "satisfies": {"not": HARD}}},
        ],
        {"things": MANY_THINGS},
        ["met", "not_met"],
    ),
    "200 rules on one conclusion": (
        [{"drawn.go": n % 2 == 0, NUMBER: {"over": n}} for n in range(200)],
        {"project.yes_no": True, NUMBER: 1000},
        ["met", "not_met"] * 100,
    ),
    "200 rules on whether it is drawn": (
        [
            {"drawn.go": {"present" if n % 2 else "absent": True}, NUMBER: {"over": n}}
            for n in range(200)
        ],
        {NUMBER: 1000},
        ["met", "not_met"] * 100,
    ),
    "200 rules on one fact": (
        [{NUMBER: {"at_least": n}} for n in range(200)],
        {NUMBER: 99},
        ["met"] * 100 + ["not_met"] * 100,
    ),
    "40 alternatives": (
        [{"any": PAIRS}, {"not": {"any": PAIRS}}, {"all": EITHER}, {"not": {"all": EITHER}}],
        {NUMBER: 39, "project.integer2": 40},
        ["met", "not_met", "not_met", "met"],
    ),
    "40 alternatives, one of the facts missing": (
        [{"any": PAIRS}, {"all": EITHER[-1:]}, {"all": EITHER}],
        {NUMBER: 39},
        ["unknown", "met", "unknown"],
    ),
    "30 quantifiers": (
        [{"all": SOME}, {"any": SOME}, {"all": [{"not": part} for part in SOME]}],
        {"things": MANY_THINGS[:29]},
        ["not_met", "met", "not_met"],
    ),
    "30 quantifiers, all true": ([{"all": SOME}], {"things": MANY_THINGS}, ["met"]),
    "600 quantifiers": (
        [{"some": {"in": "things", "satisfies": {"money": n}}} for n in range(600)],
        {"things": [{"money": 599}]},
        ["not_met"] * 599 + ["met"],
    ),
    "one of 1,000 values": (
        [
            {NUMBER: list(range(1000))},
            {NUMBER: {"none_of": list(range(1000))}},
            {NUMBER: list(range(999))},
        ],
        {NUMBER: 999},
        ["met", "not_met", "not_met"],
    ),
    "40 rules that name 100 values each": (
        [{NUMBER: list(range(100 * n, 100 * n + 100))} for n in range(40)],
        {NUMBER: 3999},
        ["not_met"] * 39 + ["met"],
    ),
    "30 facts that may each be one of several": (
        [{"all": [{NUMBER: [1, n, n + 1]} for n in range(2, 32)]}],
        {NUMBER: 1},
        ["met"],
    ),
    "300 comparisons of two facts": (
        [{"all": FACTORS, "any": [{"not": part} for part in FACTORS]}, {"all": FACTORS}],
        {"project.money": 100, "project.money2": 100},
        ["not_met", "met"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_large_shapes(name: str) -> None:
    requirements, deck, expected = LARGE[name]
    rules = [rule(number, require) for number, require in enumerate(requirements, 1)]
    prepared = prepare(rulebook(rules, ROUTE))
    reference, rete = evaluators(prepared)
    facts = read_facts(prepared, deck, (DAYS[0], None))
    assert list(rete.evaluate(facts).statuses.values()) == expected
    assert list(reference.evaluate(facts).statuses.values()) == expected


def test_sums_of_the_largest_amounts_differ_by_a_penny() -> None:
    measures = {
        f"measured.{fact}": {"label": fact, "section": "project", "sum": "things", "of": fact}
        for fact in ("money", "money2")
    }
    other = {"fact": "measured.money2"}
    operators = ("is", "is_not", "over", "under", "at_least", "at_most")
    rules = [rule(n, {"measured.money": {name: other}}) for n, name in enumerate(operators, 1)]
    prepared = prepare(rulebook(rules, measures=measures))
    reference, rete = evaluators(prepared)
    largest = [{"money": 10**12, "money2": 10**12} for _ in range(400)]
    for first, expected in (
        (10**12, ["met", "not_met", "not_met", "not_met", "met", "met"]),
        ("£999,999,999,999.99", ["not_met", "met", "not_met", "met", "not_met", "met"]),
    ):
        things = [{**largest[0], "money": first}, *largest[1:]]
        facts = read_facts(prepared, {"things": things}, (DAYS[0], None))
        assert list(rete.evaluate(facts).statuses.values()) == expected
        assert list(reference.evaluate(facts).statuses.values()) == expected
