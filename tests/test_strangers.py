"""Decks of people's own making: nothing wrong is used, enough is found, no name is shown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pptx")
pytest.importorskip("xlsxwriter")

from misleading_strangers import MISLEADERS, NOT_OURS, RAID_LOG, TWO_PROJECTS
from strangers import MISLEADING, NAMES, PICTURES, STRANGERS, Slides, Stranger, workbook

from engine import (
    DeckError,
    load_rulebook,
    parse_deck,
    read_documents,
    read_pages,
    shipped_rules,
    understand,
)
from engine.model.understood import CERTAIN_ENOUGH, Understood
from engine.model.vocabulary import FactSpec, Vocabulary
from engine.renderers.readings import value_of
from engine.showing import canonical
from engine.values import parse_value

Gatewise = Callable[..., Any]
ALL = (*STRANGERS, *MISLEADERS)
EVERY = pytest.mark.parametrize("stranger", ALL, ids=lambda each: each.name)


@cache
def vocabulary() -> Vocabulary:
    return load_rulebook(shipped_rules(), cases=False).vocabulary


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("strangers")
    for stranger in ALL:
        (made / stranger.name).write_bytes(stranger.build())
    return made


def read(folder: Path, stranger: Stranger) -> Understood:
    return understand(read_pages(folder / stranger.name), vocabulary())


def said(spec: FactSpec, written: object) -> str:
    return canonical(spec, parse_value(spec, written))


Key = tuple[str, str, str]  # list or "", the item's name, fact


def truth(stranger: Stranger) -> dict[Key, str]:
    """What a careful reader takes from the deck."""
    told: dict[Key, str] = {}
    for name, written in stranger.facts.items():
        told["", "", name] = said(vocabulary().facts[name], written)
    for name, items in stranger.lists.items():
        spec = vocabulary().lists[name]
        for item in items:
            told |= {
                (name, said(spec.facts[str(spec.name_from)], item[str(spec.name_from)]), key): said(
                    spec.facts[key], written
                )
                for key, written in item.items()
            }
    return told


def used(found: Understood) -> dict[Key, str]:
    """What a check would take from it."""
    deck = parse_deck(found.document, vocabulary())
    told: dict[Key, str] = {}
    for name, value in deck.values.items():
        told["", "", name] = canonical(vocabulary().facts[name], value)
    for name, items in deck.lists.items():
        spec = vocabulary().lists[name]
        for n, item in enumerate(items):
            named = str(item.values.get(str(spec.name_from), n))
            told |= {
                (name, named, key): canonical(spec.facts[key], value)
                for key, value in item.values.items()
            }
    return told


def listed(found: Understood) -> Iterator[tuple[str, str]]:
    """What somebody is asked to confirm."""
    for each in found.found:
        if not each.used:
            name, _, key = each.fact.rpartition(".")
            spec = vocabulary().facts.get(each.fact)
            if each.item is not None:
                spec = vocabulary().lists[name].facts[key]
            assert spec is not None
            value = value_of(spec, each.content)
            if value is not None:
                yield each.fact, canonical(spec, value)


@EVERY
def test_nothing_wrong_is_used(folder: Path, stranger: Stranger) -> None:
    right = truth(stranger)
    wrong = {key: value for key, value in used(read(folder, stranger)).items()
             if right.get(key) != value}  # fmt: skip
    assert wrong == {}


@EVERY
def test_a_useful_share_is_used_and_more_is_found(folder: Path, stranger: Stranger) -> None:
    right, found = truth(stranger), read(folder, stranger)
    taken = used(found)
    open_ = set(listed(found))
    kept = [key for key, value in right.items() if taken.get(key) == value]
    asked = [
        (list_, item, fact)
        for (list_, item, fact), value in right.items()
        if (f"{list_}.{fact}" if list_ else fact, value) in open_
    ]
    if right:
        assert 100 * len(kept) / len(right) >= stranger.used
        assert 100 * len({*kept, *asked}) / len(right) >= stranger.found


def test_the_shares_are_worth_having() -> None:
    """Most strangers give most of what they hold without a question."""
    plain = [each for each in STRANGERS if each not in (MISLEADING, PICTURES)]
    assert sum(each.used for each in plain) / len(plain) >= 80
    assert sum(each.found for each in plain) / len(plain) >= 95


@EVERY
def test_used_is_what_is_certain_enough(folder: Path, stranger: Stranger) -> None:
    for each in read(folder, stranger).found:
        assert each.used == (each.confidence >= CERTAIN_ENOUGH), each


@EVERY
def test_no_name_of_a_person_is_seen(
    folder: Path, stranger: Stranger, gatewise: Gatewise, tmp_path: Path
) -> None:
    deck = tmp_path / "deck.yaml"
    texts = [
        gatewise("read", folder / stranger.name, "-o", deck).out,
        gatewise("read", folder / stranger.name, "--format", "json").out,
        gatewise("check", folder / stranger.name, "--format", "json", "--gate", "alpha_beta").out,
        deck.read_text(encoding="utf-8"),
        repr(read(folder, stranger)),
    ]
    for text in texts:
        assert text
        for name in NAMES:
            assert not set(name.split()) & set(re.findall(r"\w+", text))


@EVERY
def test_every_place_has_an_address(folder: Path, stranger: Stranger) -> None:
    found = read(folder, stranger)
    for words in found.document.spots.values():
        assert words in found.addresses
    for each in found.found:
        assert found.addresses[each.spot].page == each.address.page
    assert set(dict.fromkeys(page.name for page in read_pages(folder / stranger.name).pages)) <= (
        found.addresses.keys()
    )


@EVERY
def test_the_deck_that_is_written_reads_back(
    folder: Path, stranger: Stranger, gatewise: Gatewise, tmp_path: Path
) -> None:
    deck = tmp_path / "deck.yaml"
    ran = gatewise("read", folder / stranger.name, "-o", deck)
    assert (ran.code, ran.err) == (0, "")
    found = read(folder, stranger)
    before = parse_deck(found.document, vocabulary())
    after = parse_deck(read_documents(deck)[0], vocabulary()) if before.values else before
    assert after.values == before.values
    assert {name: [item.values for item in items] for name, items in after.lists.items()} == {
        name: [item.values for item in items] for name, items in before.lists.items()
    }


@EVERY
def test_taking_the_hash_away_confirms_a_value(
    folder: Path, stranger: Stranger, gatewise: Gatewise, tmp_path: Path
) -> None:
    """Each line by itself, and as nothing but the one sign is taken out."""
    deck, confirmed = tmp_path / "deck.yaml", tmp_path / "confirmed.yaml"
    gatewise("read", folder / stranger.name, "-o", deck)
    lines = deck.read_text(encoding="utf-8").split("\n")
    known = len(used(read(folder, stranger)))
    for n, line in enumerate(lines):
        match = re.fullmatch(r"( *)#([a-z][a-z_.]*: [^#].*?)  # \d+%: .*", line)
        if match is None:
            continue
        changed = [*lines[:n], line.replace("#", "", 1), *lines[n + 1 :]]
        confirmed.write_text("\n".join(changed), encoding="utf-8")
        rival = f"{match[1]}{match[2].split(':')[0]}: "
        if len(match[1]) == 2 and any(other.startswith(rival) for other in lines):
            with pytest.raises(DeckError, match="is given twice"):  # the other must go first
                parse_deck(read_documents(confirmed)[0], vocabulary())
            continue
        parsed = parse_deck(read_documents(confirmed)[0], vocabulary())
        count = len(parsed.values) + sum(len(i.values) for v in parsed.lists.values() for i in v)
        assert count == known + 1, line


@EVERY
def test_the_page_is_80_columns_wide(
    folder: Path, stranger: Stranger, gatewise: Gatewise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    ran = gatewise("read", stranger.name)
    assert (ran.code, ran.err) == (0, "")
    assert [line for line in ran.out.split("\n") if len(line) > 80] == []


def test_a_deck_of_pictures_says_so(folder: Path, gatewise: Gatewise) -> None:
    ran = gatewise("check", folder / PICTURES.name, "--gate", "alpha_beta", "--format", "json")
    assert ran.code == 1, "nothing is stated, and that is no pass"
    (told,) = json.loads(ran.out)["assessments"]
    notes = [note["text"] for note in told["notes"]]
    assert "Nothing was read from pictures on slides 1 to 3." in notes
    assert "Nothing in it was understood as an answer with enough certainty." in notes


def test_what_is_struck_through_is_no_answer(tmp_path: Path) -> None:
    def costs(sheet: Any, book: Any) -> None:
        struck = book.add_format({"font_strikeout": True})
        sheet.write_column(0, 0, ["Capital cost (£k)", "Revenue cost (£k)"])
        sheet.write(0, 1, 500, struck)
        sheet.write(1, 1, 90)
        sheet.write_rich_string(2, 0, struck, "Not ", "Outturn (£k)")
        sheet.write(2, 1, 3)

    file = tmp_path / "costs.xlsx"
    file.write_bytes(workbook({"Finance": costs}))
    found = understand(read_pages(file), vocabulary())
    assert found.document.data == {"finance.revenue": "£90k", "finance.outturn": "£3k"}
    assert found.document.notes[0].text == (
        "Nothing was read from text that is struck through on sheet Finance."
    )


def test_several_projects_in_one_file_are_told(folder: Path) -> None:
    found = read(folder, TWO_PROJECTS)
    assert found.document.data == {}
    assert {each.because.rpartition("but ")[2] for each in found.found} == {
        'the file is of several projects: "Bus lanes" and "Cycle lanes"'
    }


def test_what_is_left_of_a_row_is_listed(folder: Path) -> None:
    left = {(each.spot, each.text) for each in read(folder, NOT_OURS).left}
    assert ("Slide 8, the table, row 3",
            "Is procurement required | Procurement route | Framework (TBC)") in left  # fmt: skip


def test_other_registers_are_not_taken_for_ours(folder: Path) -> None:
    """Every table of actions has the headings of "actions from service assessments"."""
    found = read(folder, RAID_LOG)
    assert set(found.document.data) == {"risks"}
    assert any(each.fact == "service.assessment_actions.action" for each in found.found)


def test_notes_that_nobody_read_are_told(tmp_path: Path) -> None:
    deck = Slides().slide("Costs").box("Whole-life cost: £1m")
    deck.note("Approved budget: £7m")
    file = tmp_path / "notes.pptx"
    file.write_bytes(deck.as_bytes())
    found = understand(read_pages(file), vocabulary())
    assert found.document.data == {"finance.whole_life_cost": "£1m"}
    assert found.document.notes[0].text == "Nothing was read from speaker notes on slide 1."
