"""What holds for every rulebook and deck: missing facts decide nothing, and order never matters."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st
from strategies import (
    FACTS,
    JUDGED,
    MISSING,
    STATED_OF_ITEMS,
    Draw,
    Written,
    decks,
    prepare,
    read_facts,
    rulebooks,
    scenes,
)

from engine.conditions import NO_ITEM, Facts, compile_condition
from engine.evaluate import ReferenceEvaluator
from engine.evaluate_deck import Prepared
from engine.model.document import Document
from engine.model.evaluation import Evaluation
from engine.model.rules import Status
from engine.readers.from_json import parse_json, parse_json_lines
from engine.readers.from_yaml import parse_yaml

ASKED = tuple[date, str | None]  # the day and the gate
randoms = st.randoms(use_true_random=False)


def evaluate(prepared: Prepared, deck: Written | Document, scene: ASKED) -> Evaluation:
    """The reference evaluator's answer to one deck."""
    facts = read_facts(prepared, deck, scene)
    return ReferenceEvaluator(prepared.selection).evaluate(facts)


# ---- what is missing decides nothing


@st.composite
def thinned(draw: Draw) -> tuple[Written, Written]:
    """A deck, and the same deck with some facts of its own and of its items left out."""
    full = draw(decks())
    thin: Written = {}
    for name, stated in full.items():
        if not draw(st.booleans()):
            continue
        thin[name] = stated
        if name in STATED_OF_ITEMS:
            thin[name] = [
                {fact: value for fact, value in item.items() if draw(st.booleans())}
                for item in stated
            ]
    return thin, full


MAY_BECOME: Mapping[Status, set[Status]] = {
    "unknown": {"unknown", "met", "not_met", "not_applicable"},
    "not_met": {"not_met"},
    "met": {"met", "not_applicable"},
    "not_applicable": {"not_applicable"},
}


@given(rulebooks(presence=False), thinned(), scenes)
def test_a_missing_fact_supplied_overturns_nothing_decided(
    written: Written, pair: tuple[Written, Written], scene: ASKED
) -> None:
    prepared, (thin, full) = prepare(written), pair
    before, after = evaluate(prepared, thin, scene), evaluate(prepared, full, scene)
    for rule, status in before.statuses.items():
        assert after.statuses[rule] in MAY_BECOME[status]
    for fact, value in before.conclusions.items():
        assert value is None or after.conclusions[fact] == value


@given(rulebooks(presence=False), thinned(), scenes)
def test_a_decided_condition_stays_as_it_is(
    written: Written, pair: tuple[Written, Written], scene: ASKED
) -> None:
    prepared = prepare(written)
    before, after = (_with_conclusions(prepared, deck, scene) for deck in pair)
    for rule in prepared.selection.rules:
        for condition in (rule.applies, rule.require):
            test = compile_condition(condition)
            truth = test(before, NO_ITEM)
            assert truth is None or test(after, NO_ITEM) is truth


def _with_conclusions(prepared: Prepared, deck: Written, scene: ASKED) -> Facts:
    facts = read_facts(prepared, deck, scene)
    found = ReferenceEvaluator(prepared.selection).evaluate(facts).conclusions
    drawn = {fact: value for fact, value in found.items() if value is not None}
    return replace(facts, values={**facts.values, **drawn})


@given(rulebooks(presence=False), thinned(), scenes)
def test_leaving_a_fact_out_meets_no_rule(
    written: Written, pair: tuple[Written, Written], scene: ASKED
) -> None:
    prepared, (thin, full) = prepare(written), pair
    met = {r for r, s in evaluate(prepared, thin, scene).statuses.items() if s == "met"}
    failing = {
        r
        for r, s in evaluate(prepared, full, scene).statuses.items()
        if s in ("not_met", "unknown")
    }
    assert not met & failing


@given(rulebooks(presence=False, only_stated=True), scenes)
def test_a_deck_that_says_nothing_meets_nothing(written: Written, scene: ASKED) -> None:
    assert "met" not in evaluate(prepare(written), {}, scene).statuses.values()


# ---- order


@given(rulebooks(), decks(), scenes, randoms)
def test_order_does_not_matter(
    written: Written, deck: Written, scene: ASKED, random: Random
) -> None:
    expected = evaluate(prepare(written), deck, scene)
    assert evaluate(prepare(_reordered_rules(written, random)), deck, scene) == expected
    assert evaluate(prepare(written), _reordered(deck, random), scene) == expected


def _reordered(written: Any, random: Random) -> Any:
    """The same with its mappings' keys and its lists' entries in another order, at every level."""
    if isinstance(written, dict):
        keys = random.sample(list(written), len(written))
        return {key: _reordered(written[key], random) for key in keys}
    if isinstance(written, list):
        return [_reordered(part, random) for part in random.sample(written, len(written))]
    return written


def _reordered_rules(written: Written, random: Random) -> Written:
    """The same rules; the rows of conclusions and the dates of thresholds keep their order."""
    ruleset, words = written["ruleset"], written["vocabulary"]
    conclusions = {
        fact: {**ruleset["conclusions"][fact], "rows": rows}
        for fact in random.sample(list(ruleset["conclusions"]), len(ruleset["conclusions"]))
        for rows in [[_reordered(row, random) for row in ruleset["conclusions"][fact]["rows"]]]
    }
    rules = {"rules": _reordered(ruleset["rules"], random), "conclusions": conclusions}
    measures = {"measures": _reordered(words["measures"], random)}
    groups = {"groups": _reordered(words["groups"], random)}
    return {"vocabulary": {**words, **measures, **groups}, "ruleset": {**ruleset, **rules}}


# ---- one deck, however it is written


class _Plain(yaml.SafeDumper):
    """Writes every scalar as a person would, without quotes wherever YAML allows that."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  (as yaml declares it)


def _as_text(dumper: yaml.SafeDumper, value: object) -> yaml.ScalarNode:
    if isinstance(value, bool):
        return dumper.represent_str(str(value).lower())
    return dumper.represent_str("null" if value is None else str(value))


for _type in (bool, int, Decimal, type(None)):
    _Plain.add_representer(_type, _as_text)


def _nested(deck: Written) -> Written:
    nested: Written = {}
    for name, value in deck.items():
        *sections, last = (f"{name}.answer" if name in JUDGED else name).split(".")
        inside = nested
        for section in sections:
            inside = inside.setdefault(section, {})
        inside[last] = value
    return nested


def _half_nested(deck: Written) -> Written:
    """Dotted keys first, then the rest in their sections."""
    dotted = dict(list(deck.items())[: len(deck) // 2])
    rest = {name: value for name, value in deck.items() if name not in dotted}
    return {**dotted, **_nested(rest)}


def _yaml(deck: Written) -> Document:
    text = yaml.dump(deck, Dumper=_Plain, allow_unicode=True, sort_keys=False)
    return parse_yaml(text, "deck.yaml")[0]


def _json(deck: Written) -> Document:
    return parse_json(json.dumps(deck, default=float, indent=1), "deck.json")[0]


def _json_line(deck: Written) -> Document:
    return parse_json_lines(json.dumps(deck, default=float), "decks.jsonl")[0]


FORMS: Mapping[str, Callable[[Written], Written | Document]] = {
    "nested": _nested,
    "half nested": _half_nested,
    "YAML": _yaml,
    "nested YAML": lambda deck: _yaml(_nested(deck)),
    "JSON": _json,
    "nested JSON": lambda deck: _json(_nested(deck)),
    "JSON Lines": lambda deck: _json_line(_nested(deck)),
}


@given(rulebooks(), decks(), scenes)
def test_every_way_to_write_a_deck_gives_the_same(
    written: Written, deck: Written, scene: ASKED
) -> None:
    prepared = prepare(written)
    known, expected = read_facts(prepared, deck, scene), evaluate(prepared, deck, scene)
    for name, form in FORMS.items():
        assert read_facts(prepared, form(deck), scene) == known, name
        assert evaluate(prepared, form(deck), scene) == expected, name


WAYS_TO_SAY_NOTHING = [*MISSING, " ", "tbc", "TBD", "N/A", "unknown", "not known", "?", "–"]


@given(rulebooks(), decks(), scenes, randoms)
def test_every_way_to_say_nothing_is_the_same(
    written: Written, deck: Written, scene: ASKED, random: Random
) -> None:
    prepared = prepare(written)
    deck = _without_missing(deck)
    filled = _filled(deck, [*FACTS, *STATED_OF_ITEMS], random)
    for name in STATED_OF_ITEMS:
        if name in deck:
            filled[name] = [_filled(item, [*STATED_OF_ITEMS[name]], random) for item in deck[name]]
    assert read_facts(prepared, filled, scene) == read_facts(prepared, deck, scene)
    assert evaluate(prepared, filled, scene) == evaluate(prepared, deck, scene)


def _without_missing(deck: Written) -> Written:
    return {
        name: [_without_missing(item) for item in value] if name in STATED_OF_ITEMS else value
        for name, value in deck.items()
        if value != "TBC"
    }


def _filled(stated: Written, names: list[str], random: Random) -> Written:
    """What is stated, and everything else said to be missing in one way or another."""
    return {name: stated.get(name, random.choice(WAYS_TO_SAY_NOTHING)) for name in names}


@given(rulebooks(), st.sampled_from(WAYS_TO_SAY_NOTHING), scenes)
def test_a_whole_section_or_list_may_be_said_to_be_missing(
    written: Written, nothing: object, scene: ASKED
) -> None:
    prepared, deck = prepare(written), dict.fromkeys(("project", "plan", "things"), nothing)
    assert evaluate(prepared, deck, scene) == evaluate(prepared, {}, scene)
