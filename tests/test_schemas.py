"""The published schemas: fresh, right about the shipped files, and no stricter than the reader."""

from __future__ import annotations

import json
import runpy
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from strategies import (
    JUDGED,
    LITERALS,
    STATED_OF_ITEMS,
    decks,
    fact_shape,
    prepare,
    rule,
    rulebooks,
    vocabulary,
)

from engine import (
    CheckRun,
    DeckError,
    NotAssessed,
    Rulebook,
    RuleError,
    all_schemas,
    assess,
    load_rulebook,
    parse_deck,
    read_documents,
    render,
)
from engine.model.document import Document
from engine.operators import OPERATORS
from engine.parse.rulebook import FolderDocuments, parse_rulebook
from engine.readers.from_yaml import parse_yaml
from engine.schema import rules_schema, vocabulary_schema
from engine.values import MISSING_WORDS

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "rules"
SCHEMAS = {path.name: json.loads(path.read_text()) for path in ROOT.glob("schemas/*.json")}
RULE_FILES = sorted(path.relative_to(RULES).as_posix() for path in RULES.rglob("*.yaml"))
DECK_FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.yaml", "*.json", "*.jsonl")
    for path in ROOT.glob(f"examples/**/{pattern}")
)
Written = dict[str, Any]


def accepts(schema: Written, data: object) -> bool:
    return Draft202012Validator(schema).is_valid(data)


def problems(schema: Written, data: object) -> list[str]:
    found = Draft202012Validator(schema).iter_errors(data)
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


# ---- the shipped files


def test_the_generated_files_are_fresh() -> None:
    fresh = runpy.run_path(str(ROOT / "docs" / "generate.py"))["schema_files"]()
    shipped = {f"schemas/{path.name}": path.read_text() for path in ROOT.glob("schemas/*")}
    assert sorted(fresh) == sorted(shipped)
    stale = [name for name in fresh if fresh[name] != shipped[name]]
    assert stale == [], "run make docs"


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_is_a_schema(name: str) -> None:
    schema = SCHEMAS[name]
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(schema)
    wanted = {ref.removeprefix("#/$defs/") for ref in _references(schema)}
    assert wanted == set(schema["$defs"]), "every definition is there, and is used"


def _references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for part in node.values():
            yield from _references(part)
    elif isinstance(node, list):
        for part in node:
            yield from _references(part)


@pytest.mark.parametrize("name", RULE_FILES)
def test_a_shipped_rules_file_is_valid(name: str) -> None:
    folder, _, file = name.rpartition("/")
    kind = "organisation" if folder else "facts" if file == "facts.yaml" else "rules"
    [document] = parse_yaml((RULES / name).read_text(), name, RuleError)
    assert problems(SCHEMAS[f"{kind}.schema.json"], document.data) == []


@pytest.mark.parametrize("name", DECK_FILES)
def test_an_example_deck_is_valid(name: str) -> None:
    documents = read_documents(ROOT / name)
    assert documents
    for document in documents:
        assert problems(SCHEMAS["deck.schema.json"], document.data) == []


# ---- a small rulebook, to compare the schemas with the reader


def small_vocabulary() -> Written:
    """The words of the random rulebooks, and facts with bounds and labels of their own."""
    words = vocabulary()
    words["sections"]["project"]["facts"] |= {
        "positive": {**fact_shape("money"), "minimum": 0, "maximum": "£1m"},
        "share.done": {**fact_shape("percentage"), "minimum": 0, "maximum": Decimal("99.5")},
        "kind": {**fact_shape("choice"), "values": {
            "digital_service": "Service (digital)", "yes": "of course", "none": "no", "2013": "old",
        }},
        "kinds": {**fact_shape("choices"), "values": {
            "in_house": "in-house", "bought": "Bought", "2024": "as in 2024",
        }},
    }  # fmt: skip
    words["sections"]["gate"] = {"title": "Gate", "facts": {"requested": fact_shape("text")}}
    words["sections"]["organisation"] = {"title": "Us", "facts": {"id": fact_shape("text")}}
    words["measures"] = {"measured.all": {"label": "all", "section": "project", "count": "things"}}
    return words


def small_ruleset() -> Written:
    source = {"document": "Worked out for tests", "standing": "default", "clause": 4}
    dated = {"values": [{"value": 100}], "source": source}
    return {
        "title": "Small",
        "prefix": "RND",
        "ladders": {"agile": {"title": "Agile", "gates": ["first"]}},
        "gates": {"first": {"title": "First", "pass_mark": "70%", "decided_by": "board"}},
        "thresholds": {
            f"limits.{unit}": {"title": unit, "unit": unit, **dated}
            for unit in ("money", "number", "percentage")
        },
        "conclusions": {
            "drawn.go": {
                "title": "Go",
                "source": source,
                "rows": [{"otherwise": True, "value": "yes", "because": "So."}],
            }
        },
        "rules": [rule(1, {"project.text": "x"})],
    }


def parse(ruleset: Written | None = None, **changed: Written) -> Rulebook:
    """The small rulebook, with one of its files changed."""
    organisations = {"us": changed.get("organisation", {"title": "Us"})}
    return parse_rulebook(
        FolderDocuments(
            "small",
            Document("facts.yaml", changed.get("facts") or small_vocabulary(), {}),
            {"small": Document("small.yaml", ruleset or small_ruleset(), {})},
            {id_: Document(f"{id_}.yaml", each, {}) for id_, each in organisations.items()},
            {},
        )
    )


SMALL = parse()
OF_SMALL = all_schemas(SMALL)


def loads(ruleset: Written | None = None, **changed: Written) -> bool:
    try:
        parse(ruleset, **changed)
    except RuleError:
        return False
    return True


def reads(deck: object, rulebook: Rulebook = SMALL) -> bool:
    try:
        parse_deck(Document("deck.yaml", deck, {}), rulebook.vocabulary)
    except DeckError:
        return False
    return True


# ---- rulesets


def with_rule(**parts: Any) -> Written:
    return {**small_ruleset(), "rules": [{**rule(1, {"project.text": "x"}), **parts}]}


def with_condition(condition: Written) -> Written:
    return with_rule(require=condition, applies_when=condition)


RIGHT_CONDITIONS: list[Written] = [
    {"project.text": "x", "project.money": {"over": "£5k", "at_most": 10**6}},
    {"project.money": {"over": {"threshold": "limits.money", "times": Decimal("1.1")}}},
    {"project.integer": {"under": {"threshold": "limits.number"}}},
    {"project.money": [1, 2], "project.yes_no": "no", "project.yes_no2": False},
    {"project.date": {"older_than": "31 days", "within": "12 Months"}},
    {"project.date": {"after": {"fact": "project.date2", "plus": "3 months"}}},
    {"project.date": {"before": {"fact": "assessment.as_of", "minus": "1 year"}}},
    {"project.choices": {"includes": "x", "excludes": {"fact": "project.text"}}},
    {"project.choice": {"is_not": {"fact": "project.choice2"}, "none_of": ["x", "y"]}},
    {"project.ordered": {"at_least": "medium"}, "project.ordered2": {"under": "large"}},
    {"project.kind": ["yes", True, 2013]},
    {"things": {"absent": True}, "plan.steps": {"present": True}},
    {"assessment.gate": "first", "drawn.go": True, "measured.all": {"over": 2}},
    {"all": [{"any": [{"not": {"project.text": "x"}}]}, {"project.number": 3}]},
    {"every": {"in": "things", "where": {"money": {"over": 3}}, "satisfies": {"yes_no": True}}},
    {"some": {"in": "things", "satisfies": {"any": [{"text": "x"}, {"project.text": "x"}]}}},
    {"none": {"in": "things", "satisfies": {"money": {"over": {"fact": "money2"}}}}},
    {"every": {"in": "answers", "satisfies": {"value": True}}},
    {
        "some": {
            "in": "amounts",
            "where": {"value": {"over": 1}},
            "satisfies": {"project.number": 2},
        }
    },
]
WRONG_CONDITIONS: list[Written] = [
    {"project.txt": "x"},
    {"all": [{"project.txt": "x"}]},
    {"any": []},
    {"not": {"project.money": {"over": 1, "past": 2}}},
    {"money": 3},  # an item's fact outside a quantifier
    {"value": True},
    {"project.text": {"over": "x"}},
    {"project.choice": {"at_least": "x"}},  # its values have no order
    {"project.choices": "x"},
    {"project.choices": {"is": "x"}},
    {"project.date": {"includes": "2026-01-01"}},
    {"project.date": {"older_than": "a while"}},
    {"project.date": {"after": {"fact": "project.date2", "plus": "1 day", "minus": "1 day"}}},
    {"project.money": {}},
    {"project.money": []},
    {"project.money": None},
    {"project.money": True},
    {"project.money": {"present": False}},
    {"project.money": {"one_of": 3}},
    {"project.money": {"over": {"threshold": "limits.monny"}}},
    {"project.money": {"over": {"threshold": "limits.percentage"}}},
    {"project.money": {"over": {"fact": "project.number"}}},
    {"project.money": {"over": {"fact": "project.money2", "plus": "3 months"}}},
    {"project.money": {"over": {"fact": "project.money2", "times": 101}}},
    {"project.money": {"over": {"fact": "project.money2", "threshold": "limits.money"}}},
    {"project.text": {"is": {"fact": "project.text2", "times": 2}}},
    {"project.choice": "nowhere"},
    {"project.ordered": {"at_least": "huge"}},
    {"project.yes_no": "perhaps"},
    {"things": {"present": True, "absent": True}},
    {"things": {"over": 3}},
    {"every": {"in": "things"}},
    {"every": {"in": "thing", "satisfies": {"text": "x"}}},
    {"every": {"in": "things", "satisfies": {"txt": "x"}}},
    {"every": {"in": "things", "satisfies": {"all": [{"project.txt": "x"}]}}},
    {"every": {"in": "plan.steps", "satisfies": {"text": "x"}}},  # another list's fact
    {"every": {"in": "things", "where": {"value": True}, "satisfies": {"text": "x"}}},
    {"every": {"in": "answers", "satisfies": {"value": "perhaps"}}},
    {"every": {"in": "things", "satisfies": {"some": {"in": "things", "satisfies": {}}}}},
]  # fmt: skip


@pytest.mark.parametrize("condition", RIGHT_CONDITIONS, ids=str)
def test_a_right_condition_is_valid(condition: Written) -> None:
    assert loads(with_condition(condition))
    assert problems(OF_SMALL["rules.schema.json"], with_condition(condition)) == []


@pytest.mark.parametrize("condition", WRONG_CONDITIONS, ids=str)
def test_a_wrong_condition_is_not_valid(condition: Written) -> None:
    assert not loads(with_condition(condition))
    for part in ("require", "applies_when"):
        assert not accepts(OF_SMALL["rules.schema.json"], with_rule(**{part: condition}))
    row = {"when": condition, "value": True, "because": "So."}
    assert not accepts(OF_SMALL["rules.schema.json"], changed(small_ruleset(), row, *FIRST_ROW))


FIRST_ROW = ("conclusions", "drawn.go", "rows", 0)


def changed(written: Written, value: object, *path: str | int) -> Written:
    """A copy with another value at the path."""
    copy: Any = deepcopy(written)
    inner = copy
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return copy  # type: ignore[no-any-return]


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("key", [*LITERALS])
def test_an_operator_is_offered_where_it_suits(key: str, operator: str) -> None:
    value = LITERALS[key][0]
    takes = {"value": value, "values": [value], "period": "2 days", "nothing": True}
    ruleset = with_condition({f"project.{key}": {operator: takes[OPERATORS[operator].takes]}})
    assert accepts(OF_SMALL["rules.schema.json"], ruleset) == loads(ruleset)


@pytest.mark.parametrize("part", [
    {"owner": "nobody"},
    {"escalate_to": "nobody"},
    {"gates": ["second"]},
    {"otherwise": "pass"},
    {"status": "sleeping"},
    {"points": 0},
    {"id": "RND-1"},
    {"require": {}},
    {"requires": {"project.text": "x"}},
    {"reason": ""},
    {"cases": [{"name": "x", "facts": {}, "expect": "met", "gate": "second"}]},
    {"in_force": {"since": "2026-01-01"}},
    {"source": {"document": "x", "standing": "rumoured"}},
    {"source": {"document": "x", "standing": "default", "link": "page 4"}},
], ids=str)  # fmt: skip
def test_a_wrong_part_of_a_rule_is_not_valid(part: Written) -> None:
    assert not loads(with_rule(**part))
    assert not accepts(OF_SMALL["rules.schema.json"], with_rule(**part))


@pytest.mark.parametrize(("path", "value"), [
    (("gates", "first", "decided_by"), "nobody"),
    (("gates", "first", "pass_mark"), {"threshold": "limits.money"}),
    (("ladders", "agile", "gates"), ["second"]),
    (("thresholds", "limits.money", "unit"), "pounds"),
    (("thresholds", "limits.money", "values"), []),
    (("conclusions", "project.yes_no"), small_ruleset()["conclusions"]["drawn.go"]),
    (("conclusions", "drawn.go", "rows", 0, "value"), "perhaps"),
    (("conclusions", "drawn.go", "rows", 0, "otherwise"), False),
    (("prefix",), "small"),
], ids=str)  # fmt: skip
def test_a_wrong_part_of_a_ruleset_is_not_valid(path: tuple[str | int, ...], value: object) -> None:
    wrong = changed(small_ruleset(), value, *path)
    assert not loads(wrong)
    assert not accepts(OF_SMALL["rules.schema.json"], wrong)


@pytest.mark.parametrize(("facts", "valid"), [
    ({"project.money": 3, "things": [], "project": {"text": "x"}, "plan": {"steps": []}}, True),
    ({"project.share": {"done": 3}, "project.share.done": "TBC"}, True),
    ({"project.monny": 3}, False),
    ({"projct": {"text": "x"}}, False),
    ({"measured.all": 3}, False),
], ids=str)  # fmt: skip
def test_a_case_names_facts_that_a_deck_may_state(facts: Written, valid: bool) -> None:
    case = {"name": "x", "facts": facts, "expect": "met", "as_of": "2026-01-01"}
    assert accepts(OF_SMALL["rules.schema.json"], with_rule(cases=[case])) is valid


@given(rulebooks())
def test_a_ruleset_and_vocabulary_that_load_are_valid(written: Written) -> None:
    rulebook = prepare(written).rulebook
    assert problems(rules_schema(rulebook), written["ruleset"]) == []
    assert problems(vocabulary_schema(), written["vocabulary"]) == []


# ---- facts.yaml and organisations


@pytest.mark.parametrize(("path", "value"), [
    (("sections", "project", "facts", "money", "type"), "pounds"),
    (("sections", "project", "facts", "money", "values"), ["x"]),
    (("sections", "project", "facts", "money", "ordered"), True),
    (("sections", "project", "facts", "money", "concluded"), True),
    (("sections", "project", "facts", "text", "minimum"), 3),
    (("sections", "project", "facts", "choice", "values"), None),
    (("sections", "project", "facts", "Choice"), fact_shape("text")),
    (("sections", "project", "facts", "text", "question"), ""),
    (("sections", "my.project"), {"title": "x"}),
    (("lists", "things", "facts", "a.b"), fact_shape("text")),
    (("lists", "things", "facts"), {}),
    (("groups", "answers", "facts"), []),
    (("measures", "measured.all"), {"label": "x", "section": "project"}),
    (("measures", "measured.all", "share"), "things"),
    (("measures", "measured.all", "where"), {"text": {"past": "x"}}),
    (("measures", "measured.all", "where"), {"all": [{"text": {}}]}),
    (("rolls",), {"board": "board"}),
], ids=str)  # fmt: skip
def test_a_wrong_vocabulary_is_not_valid(path: tuple[str, ...], value: object) -> None:
    wrong = changed(small_vocabulary(), value, *path)
    assert not loads(facts=wrong)
    assert not accepts(OF_SMALL["facts.schema.json"], wrong)


def test_a_right_vocabulary_is_valid() -> None:
    path = ("sections", "project", "facts", "ordered", "ordered")
    for right in (small_vocabulary(), changed(small_vocabulary(), "yes", *path)):
        assert loads(facts=right)
        assert problems(OF_SMALL["facts.schema.json"], right) == []


def organisation(**parts: Any) -> Written:
    source = {"document": "x", "standing": "organisation"}
    threshold = {"title": "x", "unit": "money", "values": [{"value": "£3"}], "source": source}
    return {
        "title": "Us",
        "rulesets": ["small"],
        "gates": ["first"],
        "facts": {"project.kind": "Of Course", "project.share.done": 3},
        "defaults": {"project.money": "£3k", "project.date": "TBC"},
        "roles": {"board": "our board"},
        "thresholds": {"limits.money": threshold},
        **parts,
    }


def test_a_right_organisation_is_valid() -> None:
    assert loads(organisation=organisation())
    assert problems(OF_SMALL["organisation.schema.json"], organisation()) == []


@pytest.mark.parametrize("part", [
    {"rulesets": ["large"]},
    {"gates": ["second"]},
    {"facts": {"project.txt": "x"}},
    {"facts": {"project": {"text": "x"}}},
    {"facts": {"drawn.go": True}},
    {"defaults": {"project.choice": "nowhere"}},
    {"defaults": {"project.yes_no": "perhaps"}},
    {"roles": {"bored": "our board"}},
    {"thresholds": {"limits.monny": organisation()["thresholds"]["limits.money"]}},
    {"boards": []},
], ids=str)  # fmt: skip
def test_a_wrong_organisation_is_not_valid(part: Written) -> None:
    assert not loads(organisation=organisation(**part))
    assert not accepts(OF_SMALL["organisation.schema.json"], organisation(**part))


# ---- decks

RIGHT_DECKS: list[Written] = [
    {},
    {"project": None, "plan": "TBC", "things": "n/a", "gate": {"requested": "First"}},
    {"project": {"money": "£1.24 million", "money2": 500000, "positive": 0, "number": "1,200"}},
    {"project": {"date": "31/03/2028", "date2": "Q4 2027/28", "percentage": "70%", "integer": 3}},
    {"project": {"yes_no": "YES", "yes_no2": False, "choice": " X ", "ordered": "Medium"}},
    {"project": {"kind": "service (DIGITAL)", "kinds": "In-house, bought", "choices": ["x", None]}},
    {"project": {"kind": 2013, "kinds": ["IN_HOUSE", "tbc"], "choices": []}},
    {"project": {"kinds": 2024}},
    {"project": {"kind": True, "text": True, "text2": 2026, "share": {"done": "unknown"}}},
    {"things": [{"money": "£3", "choice": "y"}, {}], "plan": {"steps": [{"date": "TBD"}]}},
    {"organisation": {"id": "another body"}, "gate": {"requested": "another rulebook's gate"}},
]
WRONG_DECKS: list[object] = [
    [],
    "a deck",
    {"projects": {}},
    {"project": {"txt": "x"}},
    {"project": ["text"]},
    {"project": "a fine project"},
    {"project": {"text": ["x"]}},
    {"project": {"text": {"is": "x"}}},
    {"project": {"money": True}},
    {"project": {"positive": -1}},
    {"project": {"positive": Decimal("1000000.01")}},
    {"project": {"share": {"done": 99.6}}},
    {"project": {"share": 3}},
    {"project": {"integer": Decimal("1.5")}},
    {"project": {"date": 2028}},
    {"project": {"yes_no": "perhaps"}},
    {"project": {"yes_no": 1}},
    {"project": {"choice": "nowhere"}},
    {"project": {"choice": ["x"]}},
    {"project": {"kind": False, "kinds": ["in house, rented"]}},
    {"project": {"kind": 2015}},
    {"project": {"choices": ["x", "nowhere"]}},
    {"drawn": {"go": True}},
    {"measured": {"all": 3}},
    {"things": {"text": "x"}},
    {"things": ["x"]},
    {"things": [None]},
    {"things": [{"txt": "x"}]},
    {"things": [{"choice": "nowhere"}]},
]


@pytest.mark.parametrize("deck", RIGHT_DECKS, ids=str)
def test_a_right_deck_is_valid(deck: Written) -> None:
    assert reads(deck)
    assert problems(OF_SMALL["deck.schema.json"], deck) == []


@pytest.mark.parametrize("deck", WRONG_DECKS, ids=str)
def test_a_wrong_deck_is_not_valid(deck: object) -> None:
    assert not reads(deck)
    assert not accepts(OF_SMALL["deck.schema.json"], deck)


def nested(deck: Mapping[str, Any]) -> Written:
    """The deck with its dotted keys written as sections."""
    tree: Written = {}
    for name, value in deck.items():
        *sections, last = (f"{name}.answer" if name in JUDGED else name).split(".")
        inner = tree
        for section in sections:
            inner = inner.setdefault(section, {})
        inner[last] = value
    return tree


@given(decks())
def test_a_deck_that_can_be_read_is_valid(deck: Written) -> None:
    assert reads(nested(deck))
    assert problems(OF_SMALL["deck.schema.json"], nested(deck)) == []


_WORDS = st.sampled_from(sorted({
    *MISSING_WORDS, "yes", "y", "no", "n", "true", "false", "digital_service", "Service (digital)",
    "digital service", "of course", "none", "2013", "in_house", "in-house", "bought, in-house",
    "x", "x,y", "x, tbc", "medium", "£500k", "-£3", "1.24 million", "1,200", "70%", "2028-03-31",
    "31 March 2028", "Q4 2027/28", "march 2028", "500000", "0.5", "12 months",
}))  # fmt: skip
_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3000, 3000),
    st.decimals(-100, 100, places=2),
    st.builds(
        lambda word, case, before, after: before + case(word) + after,
        _WORDS,
        st.sampled_from([str, str.upper, str.title, str.swapcase, str.casefold]),
        st.sampled_from(["", " ", "\t", "\n ", "\u00a0"]),
        st.sampled_from(["", " ", "\t", " \n", "\u00a0"]),
    ),
)
_STATED = sorted(spec.name for spec in SMALL.vocabulary.stated())
_OF_ITEMS = [(name, fact) for name, facts in STATED_OF_ITEMS.items() for fact in facts]


@given(
    st.sampled_from([*_STATED, *STATED_OF_ITEMS, "project", "plan"]),
    _SCALARS | st.lists(_SCALARS, max_size=3),
    st.sampled_from(_OF_ITEMS),
)
def test_a_value_that_can_be_read_is_valid(
    name: str, value: object, of_item: tuple[str, str]
) -> None:
    list_, fact = of_item
    for deck in (nested({name: value}), nested({list_: [{fact: value}]})):
        if reads(deck):
            assert problems(OF_SMALL["deck.schema.json"], deck) == []


# ---- what a check answers


def closed(schema: Written) -> Written:
    """The schema without its leave to add keys, which is for later versions."""
    whole = deepcopy(schema)
    for each in (whole, *whole["$defs"].values(), whole["properties"]["summary"]):
        each["additionalProperties"] = False
    return whole


@pytest.fixture(scope="module")
def answer() -> Written:
    """What ``--format json`` writes for every example deck, and for one that cannot be read."""
    rulebook = load_rulebook(RULES)
    runs = []
    for name in DECK_FILES:
        for document in read_documents(ROOT / name):
            deck = parse_deck(document, rulebook.vocabulary)
            try:
                runs.append(assess(rulebook, deck, date(2026, 3, 31)))
            except DeckError:
                runs.append(
                    assess(rulebook, deck, date(2026, 3, 31), gate=next(iter(rulebook.gates)))
                )
    with pytest.raises(DeckError) as caught:
        parse_deck(Document("wrong.yaml", {"projct": 3}, {}), rulebook.vocabulary)
    failed = NotAssessed("wrong.yaml", caught.value.problems)
    return json.loads(render(CheckRun.of(runs, [failed]), "json"))  # type: ignore[no-any-return]


def test_what_a_check_answers_is_valid(answer: Written) -> None:
    assert len(answer["assessments"]) >= len(DECK_FILES)
    assert any(each["findings"] for each in answer["assessments"])
    assert problems(closed(SCHEMAS["assessment.schema.json"]), answer) == []


@pytest.fixture(scope="module")
def one(answer: Written) -> Written:
    """The same with one deck: what is wrong in it is looked for many times."""
    return {**answer, "assessments": answer["assessments"][:1]}


def test_the_summary_counts_every_deck_once(answer: Written) -> None:
    assert sum(answer["summary"].values()) == len(answer["assessments"]) + 1
    assert answer["summary"]["not_assessed"] >= 1


@pytest.mark.parametrize(("path", "value"), [
    (("schema",), "another/check"),
    (("version",), "2.0"),
    (("summary",), {}),
    (("summary", "pass"), "3"),
    (("summary", "escalate"), -1),
    (("assessments", 0, "outcome"), "fail"),
    (("assessments", 0, "as_of"), 20260331),
    (("assessments", 0, "findings", 0, "status"), "perhaps"),
    (("assessments", 0, "findings", 0, "evidence"), None),
    (("not_assessed", 0, "problems", 0, "place"), "wrong.yaml:3"),
], ids=str)  # fmt: skip
def test_a_wrong_answer_is_not_valid(
    one: Written, path: tuple[str | int, ...], value: object
) -> None:
    assert accepts(SCHEMAS["assessment.schema.json"], one)
    assert not accepts(SCHEMAS["assessment.schema.json"], changed(one, value, *path))


@pytest.mark.parametrize("key", ["schema", "version", "assessments", "not_assessed", "summary"])
def test_a_part_of_the_answer_is_never_left_out(one: Written, key: str) -> None:
    rest = {name: part for name, part in one.items() if name != key}
    assert not accepts(SCHEMAS["assessment.schema.json"], rest)


def test_a_later_version_may_add_keys(one: Written) -> None:
    later = {**one, "version": "1.7", "machine": "spare"}
    assert problems(SCHEMAS["assessment.schema.json"], later) == []
