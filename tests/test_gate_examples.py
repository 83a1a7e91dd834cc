"""The decks of examples/gates: what each is for, and that every fact in a passing one counts."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from engine import (
    Assessment,
    DeckError,
    assess,
    choose_date,
    find_questions,
    load_rulebook,
    parse_deck,
    read_documents,
    shipped_rules,
)
from engine.model.document import Document

ROOT = Path(__file__).resolve().parent.parent
GATES = ROOT / "examples" / "gates"
RULEBOOK = load_rulebook(shipped_rules(), cases=False)
WORDS = RULEBOOK.vocabulary
OUTCOMES = ("pass", "recommend", "escalate")
# Which project it is, where it stands and when: no answer to a question that a rule asks.
WHO_AND_WHEN = {
    ("project", "title"),
    ("meta", "as_of"),
    ("organisation", "id"),
    ("gate", "requested"),
}
NAMES = {name: words.name_from for name, words in WORDS.lists.items()}

Path_ = tuple[str | int, ...]


def document(gate: str, outcome: str) -> Document:
    """A deck of examples/gates as plain data with its lines."""
    (read,) = read_documents(GATES / gate / f"{outcome}.yaml")
    return read


def assessed(read: Document) -> Assessment:
    """The deck's assessment on the day it names."""
    deck = parse_deck(read, WORDS)
    day, _ = choose_date(deck, None, date(2026, 6, 1))
    return assess(RULEBOOK, deck, day)


def outcome_of(read: Document) -> str:
    """The outcome, or that there is none."""
    try:
        return assessed(read).outcome
    except DeckError:
        return "not assessed"


# ---- one of each for every gate


@pytest.mark.parametrize("gate", sorted(RULEBOOK.gates))
def test_each_gate_has_a_deck_for_each_outcome(gate: str) -> None:
    if gate.startswith("assessment_"):
        pytest.skip("the older standards' panels: examples/service_assessments.py assesses 105")
    for outcome in OUTCOMES:
        found = assessed(document(gate, outcome))
        assert (found.gate, found.outcome) == (gate, outcome)


@pytest.mark.parametrize("gate", sorted(path.name for path in GATES.iterdir()))
def test_only_what_the_deck_says_first_keeps_it_from_passing(gate: str) -> None:
    passing = assessed(document(gate, "pass"))
    assert all(finding.outcome in (None, "pass") for finding in passing.findings)
    for outcome in OUTCOMES[1:]:
        found = assessed(document(gate, outcome))
        against = [f.rule for f in found.findings if f.outcome in ("recommend", "escalate")]
        assert 1 <= len(against) <= 2, against


# ---- every fact in a passing deck counts


def facts_in(data: Any, path: Path_ = ()) -> Iterator[Path_]:
    """The path of every fact, list and judgement's part that a deck states."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from facts_in(value, (*path, key))
        return
    yield path
    if isinstance(data, list) and path and ".".join(map(str, path)) in WORDS.lists:
        listed = ".".join(map(str, path))
        for n, item in enumerate(data):
            yield from ((*path, n, key) for key in item if key != NAMES[listed])


def without(read: Document, path: Path_) -> Document:
    """The document without what stands at the path."""
    data = deepcopy(read.data)
    part = data
    for key in path[:-1]:
        part = part[key]
    del part[path[-1]]
    return Document(read.source, data, read.lines)


def is_context(read: Document, path: Path_) -> bool:
    """Whether the deck says beside a fact that the answer does not hang on it here."""
    line = read.place(path).line
    assert line is not None
    _, marked, said = _lines(read.source)[line - 1].partition("# context")
    named = said.removeprefix(":").replace(",", " ").split()
    return bool(marked) and (not named or path[-1] in named)


@lru_cache(maxsize=32)
def _lines(source: str) -> list[str]:
    return Path(source).read_text(encoding="utf-8").splitlines()


REMOVED = [
    pytest.param(gate, path, id=f"{gate}-{'.'.join(map(str, path))}")
    for gate in sorted(path.name for path in GATES.iterdir())
    for path in facts_in(document(gate, "pass").data)
    if path not in WHO_AND_WHEN
]


@pytest.mark.parametrize(("gate", "path"), REMOVED)
def test_a_passing_deck_passes_no_longer_without_any_fact_it_needs(gate: str, path: Path_) -> None:
    read = document(gate, "pass")
    outcome = outcome_of(without(read, path))
    assert (outcome == "pass") is is_context(read, path), outcome


@pytest.mark.parametrize("gate", sorted(path.name for path in GATES.iterdir()))
def test_everything_in_a_passing_deck_was_asked_for(gate: str) -> None:
    read = document(gate, "pass")
    found = assessed(read)
    asked = find_questions(RULEBOOK, gate, found.as_of, read.data["organisation"]["id"])
    named = {
        (part.list.name if part.list else "", question.fact)
        for part in asked.parts
        for question in part.questions
    }
    deck = parse_deck(read, WORDS)
    stated = {("", WORDS.facts[fact].attests or fact) for fact in deck.values}
    stated -= {("", ".".join(map(str, path))) for path in WHO_AND_WHEN}
    stated |= {
        (name, fact)
        for name, items in deck.lists.items()
        for item in items
        for fact in item.values
        if fact != NAMES[name]
    }
    assert stated <= named, stated - named


@pytest.mark.parametrize("gate", sorted(path.name for path in GATES.iterdir()))
def test_a_deck_that_says_nothing_of_the_project_does_not_pass(gate: str) -> None:
    read = document(gate, "pass")
    bare: dict[str, Any] = {}
    for section, key in WHO_AND_WHEN:
        bare.setdefault(section, {})[key] = read.data[section][key]
    assert outcome_of(Document(read.source, bare, read.lines)) in ("recommend", "escalate")


# ---- two organisations, one deck


def at(organisation: str) -> Assessment:
    """The deck that passes from alpha to beta, without its approvals, at an organisation."""
    read = document("alpha_beta", "pass")
    data = deepcopy(read.data)
    data["organisation"]["id"] = organisation
    del data["spend"]["pipeline"]
    del data["spend"]["assurance"]
    return assessed(Document(read.source, data, read.lines))


def test_two_organisations_answer_the_same_deck_differently_and_say_why() -> None:
    england, council = at("homes_england"), at("generic_council")
    assert (england.outcome, council.outcome) == ("escalate", "pass")
    against = {f.rule for f in england.findings if f.outcome == "escalate"}
    assert against == {"SPEND-001", "SPEND-014"}
    here = {finding.rule: finding for finding in council.findings}
    for rule in against:
        assert here[rule].status == "not_applicable"
        assert here[rule].reason.startswith("Does not apply. ")
    regimes = {
        found.organisation: next(c for c in found.conclusions if c.fact == "spend.regime")
        for found in (england, council)
    }
    assert [regime.value for regime in regimes.values()] == [
        "pipeline and functional assurance",
        "outside central spend controls",
    ]
    assert "bind central government, not councils" in regimes[council.organisation].because
    titles = [exemption.title for exemption in council.not_bound_by]
    assert titles[0] == "Central digital and technology spend controls, and what replaced them"
    assert not set(titles) & {exemption.title for exemption in england.not_bound_by}
