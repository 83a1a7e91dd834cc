"""The shipped mappings of published returns, against the same returns as others read them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine import load_mapping, load_rulebook, parse_deck, read_documents, shipped_rules

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "gmpp"
FILES = {2016: "uk_2016.csv", 2020: "gmpp_2019_20.csv", 2024: "gmpp_2023_24.csv"}
RETURNS = {2016: 143, 2020: 125, 2024: 227}
FIGURES = ("budget", "forecast", "variance", "cost", "start", "end", "rating")
PENCE = ("budget", "forecast", "cost")

pytestmark = pytest.mark.skipif(
    not all((DATA / "raw" / name).is_file() for name in FILES.values()),
    reason="the published returns are not on this machine",
)


@dataclass(frozen=True)
class Difference:
    """One figure that the two read differently.

    Attributes:
        ours, theirs: None for "not stated".
        because: which is right, and why.
    """

    year: int
    title: str
    figure: str
    ours: object
    theirs: object
    because: str


KNOWN = [
    Difference(
        2024,
        "Lifelong Learning Entitlement",
        "variance",
        None,
        "Infinity",
        "the file says inf, which no percentage can be: it came of a division by a budget of zero; "
        "decks.jsonl keeps it as infinity, and we read it as not stated",
    ),
]
# decks.jsonl writes departments and ids in capitals throughout; the files do not
CAPITALS = {2016: {"department": 16}, 2020: {"id": 5, "department": 13}, 2024: {}}


@cache
def words() -> Any:
    return load_rulebook(shipped_rules(), cases=False).vocabulary


@cache
def ours(year: int) -> tuple[Any, ...]:
    mapping = load_mapping(f"gmpp_{year}", words())
    return tuple(read_documents(DATA / "raw" / FILES[year], words(), mapping))


@cache
def theirs(year: int) -> dict[str, dict[str, Any]]:
    """Their records of a year, by the project's id, or its title and department."""
    with (DATA / "decks.jsonl").open(encoding="utf-8") as lines:
        records = [json.loads(x, parse_float=Decimal, parse_constant=str) for x in lines]
    found = {
        key(each["project"]["id"], each["project"]["title"], each["project"]["organisation"]): each
        for each in records
        if each["deck_id"].startswith(f"GMPP-{year}-")
    }
    assert len(found) == RETURNS[year]
    return found


def key(project: str | None, title: str, department: str) -> str:
    return (project or f"{' '.join(title.split())} of {department}").casefold()


def pairs(year: int) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The values of each of our decks beside their record."""
    decks = [parse_deck(each, words()).values for each in ours(year)]
    names = ("project.id", "project.title", "organisation.name")
    return [(deck, theirs(year)[key(*(deck.get(name) for name in names))]) for deck in decks]


def our_figure(deck: dict[str, Any], figure: str) -> object:
    value = deck.get(f"returns.{figure}")
    if value is None:
        return None
    if figure in PENCE:
        return Decimal(value) / 100
    return str(value) if figure in ("start", "end") else value


def their_figure(record: dict[str, Any], figure: str) -> object:
    budget, rag = record["budget"], record["rag"]
    if figure == "rating":
        rating = rag["independent"] or rag["sro"]
        return rating and rating.casefold().replace("/", "_")
    if figure in ("start", "end"):
        return record["dates"][figure]
    name = {
        "budget": "fy_baseline", "forecast": "fy_forecast", "cost": "whole_life_cost",
        "variance": "variance_pct_published",
    }[figure]  # fmt: skip
    value = budget[name]
    return round(value, 4) if isinstance(value, Decimal) else value


@pytest.mark.parametrize("year", FILES)
def test_every_project_of_the_file_is_read_and_found_again(year: int) -> None:
    assert not [each for each in ours(year) if each.problems]
    found = [id(record) for _, record in pairs(year)]
    assert len(set(found)) == len(found) == RETURNS[year]


@pytest.mark.parametrize("year", FILES)
def test_every_figure_agrees_but_those_with_a_reason(year: int) -> None:
    different = [
        (year, deck["project.title"], figure, our_figure(deck, figure), their_figure(them, figure))
        for deck, them in pairs(year)
        for figure in FIGURES
        if our_figure(deck, figure) != their_figure(them, figure)
    ]
    excused = [(e.year, e.title, e.figure, e.ours, e.theirs) for e in KNOWN if e.year == year]
    assert sorted(different, key=str) == sorted(excused, key=str)


@pytest.mark.parametrize(("year", "stated"), [(2016, 898), (2020, 826), (2024, 1392)])
def test_how_much_there_was_to_compare(year: int, stated: int) -> None:
    found = [our_figure(deck, figure) for deck, _ in pairs(year) for figure in FIGURES]
    assert sum(each is not None for each in found) == stated


@pytest.mark.parametrize("year", FILES)
def test_names_differ_in_capitals_only(year: int) -> None:
    counts: dict[str, int] = {}
    for deck, them in pairs(year):
        for part, fact in (("id", "project.id"), ("department", "organisation.name")):
            other = them["project"]["organisation" if part == "department" else part]
            if deck.get(fact) != other:
                assert deck[fact].casefold() == other.casefold()
                counts[part] = counts.get(part, 0) + 1
    assert counts == CAPITALS[year]


def test_what_is_withheld_is_told_with_its_place() -> None:
    """And the one byte that no encoding knows."""
    notes = [note for each in ours(2020) for note in each.notes]
    withheld = [note for note in notes if note.text.startswith('"Exempt under')]
    assert len(withheld) == 14
    assert all("not stated" in note.text and 'row "' in note.place.where for note in withheld)
    odd = [note for note in notes if "could not be read, and stands as" in note.text]
    assert [note.place.where for note in odd] == [
        "column DP, Prison Technology Transformation Programme (PTTP)"
    ]


def test_the_command_answers_for_each_project(gatewise: Any) -> None:
    file = DATA / "raw" / FILES[2016]
    ran = gatewise("check", file, "--map", "gmpp_2016", "--fail-on", "never", "--format", "json")
    answer = json.loads(ran.out)
    assert ran.code == 0, ran.err
    assert len(answer["assessments"]) == RETURNS[2016]
    assert {each["as_of"] for each in answer["assessments"]} == {"2015-09-30"}
    assert {each["organisation"] for each in answer["assessments"]} == {
        "Projects of the Government Major Projects Portfolio"
    }
