"""A deck that goes through a template and is read again is the very same deck."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("pptx")
pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")

from hypothesis import example, given, settings
from office_templates import assert_all_fits, stated_by
from shipped_decks import AWKWARD_TEXTS, shipped, shipped_decks

from engine import (
    Deck,
    DeckError,
    assess,
    choose_date,
    make_template,
    parse_deck,
    read_documents,
    render_template,
)
from engine.model.document import Document

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
TODAY = date(2026, 11, 23)
FEW = settings(max_examples=int(os.environ.get("GATEWISE_EXAMPLES", "12")))  # each takes long
DECKS = sorted(str(file.relative_to(EXAMPLES)) for file in EXAMPLES.glob("**/*.yaml"))


def decks_of(name: str) -> Iterator[Deck]:
    for document in read_documents(EXAMPLES / name):
        yield parse_deck(document, shipped().vocabulary)


def through(deck: Deck, gate: str, ending: str, folder: Path) -> Deck:
    """The deck, written as a template and read back."""
    file = folder / f"deck{ending}"
    content = render_template(make_template(shipped(), gate, TODAY, deck=deck), ending)
    file.write_bytes(content)
    if ending == ".pptx":
        assert_all_fits(content)
    (document,) = read_documents(file, shipped().vocabulary)
    return parse_deck(document, shipped().vocabulary)


def answer(deck: Deck, gate: str) -> object:
    """What an assessment says, without the places, which differ."""
    day, _ = choose_date(deck, None, TODAY)
    try:
        found = assess(shipped(), deck, day, gate=gate)
    except DeckError as error:  # the same deck could not be assessed before
        return [problem.message for problem in error.problems]
    findings = [(f.rule, f.status, f.outcome, f.reason) for f in found.findings]
    return found.outcome, found.headline, found.score, findings


def check(deck: Deck, gate: str, ending: str, folder: Path) -> None:
    back = through(deck, gate, ending, folder)
    values, lists = stated_by(deck)
    values.setdefault("gate.requested", gate)
    assert stated_by(back) == (values, lists)
    assert answer(back, gate) == answer(deck, gate)


def gate_of(deck: Deck) -> str:
    """The gate that it asks for; those that name none go through the largest."""
    return str(deck.values.get("gate.requested", "alpha_beta"))


@pytest.mark.parametrize("ending", [".pptx", ".xlsx"])
@pytest.mark.parametrize("name", DECKS)
def test_every_example_comes_back(name: str, ending: str, tmp_path: Path) -> None:
    for deck in decks_of(name):
        check(deck, gate_of(deck), ending, tmp_path)


AWKWARD = Document(
    "deck.yaml",
    {
        "gate.requested": "alpha_beta",
        "project.title": "None",
        "project.summary": "\n\n".join(AWKWARD_TEXTS),
        "objectives": [{"title": text, "measure": text} for text in AWKWARD_TEXTS],
        "lessons": [{"lesson": text} for text in ("None", "=1", "a\nb")],
        "documents": [{}, {}],
        "risks": [],
        "alignment": [{"priority": "None"}],
        "milestones": [{"depends_on": []}, {"depends_on": ["None"]}, {"depends_on": ["a, b"]}],
    },
    {},
)


@pytest.mark.parametrize("ending", [".pptx", ".xlsx"])
def test_awkward_texts_come_back(ending: str, tmp_path: Path) -> None:
    check(parse_deck(AWKWARD, shipped().vocabulary), "alpha_beta", ending, tmp_path)


BARE = parse_deck(Document("deck.yaml", {"gate.requested": "triage"}, {}), shipped().vocabulary)


@FEW
@example(("triage", BARE))
@given(shipped_decks())
def test_any_deck_comes_back_from_slides(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[str, Deck]
) -> None:
    gate, deck = drawn
    check(deck, gate, ".pptx", tmp_path_factory.mktemp("deck"))


@FEW
@example(("triage", BARE))
@given(shipped_decks())
def test_any_deck_comes_back_from_a_workbook(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[str, Deck]
) -> None:
    gate, deck = drawn
    check(deck, gate, ".xlsx", tmp_path_factory.mktemp("deck"))
