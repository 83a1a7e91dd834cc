"""gatewise read: decks, forms of output, exit codes, and the deck that it writes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import load_rulebook, parse_deck, read_documents, shipped_rules
from engine.errors import printable
from engine.model.deck import Deck
from engine.readers.from_yaml import parse_yaml
from engine.renderers.reading_as_deck import as_yaml
from engine.values import is_missing

Gatewise = Callable[..., Any]
ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted(str(file.relative_to(ROOT)) for file in ROOT.glob("examples/**/*.yaml"))
REPAIRS = "examples/repairs-service/deck.yaml"
WORDS = load_rulebook(shipped_rules(), cases=False).vocabulary


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def stated(deck: Deck) -> object:
    items = {name: [item.values for item in items] for name, items in deck.lists.items()}
    return deck.values, items


def parse(file: Path | str) -> list[Deck]:
    return [parse_deck(document, WORDS) for document in read_documents(file)]


def test_a_deck_in_yaml_is_told_with_its_lines(gatewise: Gatewise) -> None:
    ran = gatewise("read", REPAIRS)
    assert (ran.code, ran.err) == (0, "")
    lines = Path(REPAIRS).read_text(encoding="utf-8").splitlines()
    number = 1 + next(n for n, line in enumerate(lines) if "whole_life_cost:" in line)
    assert f"[line {number}]" in next(s for s in ran.out.splitlines() if "Whole-life cost" in s)
    assert [line for line in ran.out.splitlines() if len(line) > 80] == []
    assert "To confirm" not in ran.out


@pytest.mark.parametrize(
    "name", sorted(str(f.relative_to(ROOT)) for f in ROOT.glob("examples/**/*.yaml"))
)
def test_every_example_can_be_written_anew(name: str, gatewise: Gatewise, tmp_path: Path) -> None:
    copy, decks = tmp_path / "copy.yaml", len(parse(name))
    ran = gatewise("read", name, "-o", copy)
    if decks > 1:  # what a person confirms is one deck
        assert (ran.code, copy.exists()) == (2, False)
        assert f"{name} holds {decks} decks, and -o writes one." in ran.err
        return
    assert ran.code == 0
    assert [stated(each) for each in parse(copy)] == [stated(each) for each in parse(name)]


def test_json_holds_every_value(gatewise: Gatewise) -> None:
    (told,) = json.loads(gatewise("read", REPAIRS, "--format", "json").out)["readings"]
    (deck,) = parse(REPAIRS)
    count = len(deck.values) + sum(len(i.values) for items in deck.lists.values() for i in items)
    assert len(told["values"]) == count
    cost = next(each for each in told["values"] if each["fact"] == "finance.whole_life_cost")
    assert cost["used"]
    assert cost["confidence"] == 100
    assert cost["value"].startswith("£")


def test_several_decks_are_told_one_after_the_other(gatewise: Gatewise, tmp_path: Path) -> None:
    portfolio = "examples/portfolio/portfolio.jsonl"
    ran = gatewise("read", portfolio, "--format", "json")
    assert len(json.loads(ran.out)["readings"]) == len(read_documents(portfolio))
    ran = gatewise("read", portfolio, "-o", tmp_path / "deck.yaml")
    assert ran.code == 2
    assert "-o writes one" in ran.err


def test_standard_input_is_read_too(gatewise: Gatewise) -> None:
    ran = gatewise("read", "-", stdin="finance: {capital: £2m}\n")
    assert ran.code == 0
    assert "Capital cost: £2,000,000 [line 1]" in ran.out


def test_what_cannot_be_read_ends_with_3(gatewise: Gatewise, tmp_path: Path) -> None:
    for name, content in {
        "deck.yaml": b"finance: {capital: lots}\n",
        "deck.pptx": b"not a presentation",
        "deck.txt": b"finance: {}",
    }.items():
        (tmp_path / name).write_bytes(content)
        ran = gatewise("read", tmp_path / name)
        assert (ran.code, ran.out) == (3, "")
        assert name in ran.err
    assert gatewise("read", tmp_path / "missing.xlsx").code == 3


def test_the_file_itself_is_not_written_over(gatewise: Gatewise, tmp_path: Path) -> None:
    deck = tmp_path / "deck.yaml"
    deck.write_text("finance: {capital: £2m}\n", encoding="utf-8")
    assert gatewise("read", deck, "-o", deck).code == 2
    assert deck.read_text(encoding="utf-8") == "finance: {capital: £2m}\n"


def test_a_template_with_mistakes_is_told_and_not_refused(
    gatewise: Gatewise, tmp_path: Path
) -> None:
    pptx = pytest.importorskip("pptx")
    deck = pptx.Presentation()
    for answer in ("£2m", "£3m"):
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        frame = slide.shapes.add_table(3, 2, 0, 0, 900_000, 900_000)
        frame.name = "gatewise facts finance"
        for r, row in enumerate(
            (("What", "Answer"), ("Capital cost", answer), ("Outturn", "lots"))
        ):
            for c, text in enumerate(row):
                frame.table.cell(r, c).text = text
    file, copy = tmp_path / "deck.pptx", tmp_path / "copy.yaml"
    deck.save(str(file))
    ran = gatewise("read", file, "-o", copy)
    assert ran.code == 0
    told = " ".join(ran.out.split())
    assert "Capital cost has two answers" in told
    assert 'Outturn: "lots" [Slide 1, financial case table]' in told
    assert gatewise("check", file, "--gate", "alpha_beta").code == 3
    assert parse(copy)[0].values == {"finance.capital": 200_000_000}


@given(st.text(min_size=1))
def test_any_text_reads_back(text: str) -> None:
    spec = WORDS.facts["project.summary"]
    written = printable(text).strip()
    if is_missing(written):
        assert as_yaml(spec, text) in (None, '""')
        return
    line = f"project:\n  summary: {as_yaml(spec, text)}  # Slide 1\n"
    (document,) = parse_yaml(line, "deck.yaml")
    assert parse_deck(document, WORDS).values == {"project.summary": written}
