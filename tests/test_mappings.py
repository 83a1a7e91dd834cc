"""Tables through the front door: what a mapping reads, and what it says of what it cannot read."""

# ruff: noqa: E501, ISC004 - a table of messages reads best when its rows are not broken up

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from engine import (
    all_schemas,
    load_mapping,
    load_rulebook,
    mapping_names,
    parse_deck,
    read_documents,
    shipped_mappings,
    shipped_rules,
)
from engine.mapping.draft import draft_mapping
from engine.model.mapping import TableForm
from engine.model.table import Column, Row, Table
from engine.readers.from_yaml import parse_yaml
from engine.readers.mappings import parse_mapping_text

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "mappings.md").read_text(encoding="utf-8")
RULEBOOK = load_rulebook(shipped_rules(), cases=False)
WORDS = RULEBOOK.vocabulary
Gatewise = Callable[..., Ran]

HEAD = "title: Requests\nsource: Our own list\n"
CSV = HEAD + "table: {format: csv}\n"
SIMPLE = (
    CSV + "facts: {project.title: Name, finance.whole_life_cost: Cost, project.start_date: Start}\n"
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def table(content: str | bytes, mapping: str = SIMPLE, name: str = "t.csv") -> list[Any]:
    """The documents of a table, in the folder of the test."""
    raw = content.encode() if isinstance(content, str) else content
    Path(name).write_bytes(raw)
    return read_documents(name, WORDS, parse_mapping_text(mapping, "m.yaml", WORDS))


def stated(documents: list[Any]) -> list[dict[str, Any]]:
    return [dict(parse_deck(each, WORDS).values) for each in documents]


def problems(documents: list[Any]) -> list[str]:
    return [str(problem) for each in documents for problem in each.problems]


def wrong(gatewise: Gatewise, content: str | bytes, mapping: str, name: str = "t.csv") -> str:
    """What check says of a table that it cannot read at all, or of its mapping."""
    Path(name).write_bytes(content.encode() if isinstance(content, str) else content)
    Path("m.yaml").write_text(mapping, encoding="utf-8")
    ran = gatewise("check", name, "--map", "m.yaml", "--gate", "triage")
    assert ran.code == 3, ran.err
    return ran.err


# ---- the page's own example, through the command line


def example(language: str, number: int = 0) -> str:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[number]


def test_the_worked_example_of_the_page(gatewise: Gatewise, here: Path) -> None:
    (here / "requests.csv").write_text(example("csv"), encoding="utf-8")
    (here / "requests.yaml").write_text(example("yaml"), encoding="utf-8")
    ran = gatewise(
        "check", "requests.csv", "--map", "requests.yaml", "--fail-on", "never", "--format", "json"
    )
    assert (ran.code, ran.err) == (0, "")
    found = json.loads(ran.out)["assessments"]
    assert [each["title"] for each in found] == [
        "Repairs portal",
        "Phone menu wording",
        "Data room",
    ]
    assert [note["text"] for note in found[0]["notes"]] == ["Left out, as the mapping says: row 5."]
    (note,) = found[2]["notes"]
    assert note["text"] == '"withheld (commercial)" is read as not stated (whole-life cost).'
    assert note["place"]["where"] == 'row 4, Data room, column "Cost (£k)"'
    mapping = load_mapping("requests.yaml", WORDS)
    first, second, third = stated(read_documents("requests.csv", WORDS, mapping))
    assert first["finance.whole_life_cost"] == 120_000_000  # pence
    assert first["project.request.kind"] == "new_product"
    assert "finance.whole_life_cost" not in second | third


@pytest.mark.parametrize("number", [1, 2])
def test_the_lists_of_the_page_load(number: int) -> None:
    text = example("yaml", number)
    form = "json" if "each" in text else "csv"
    mapping = parse_mapping_text(f"{HEAD}table: {{format: {form}}}\n{text}", "m.yaml", WORDS)
    assert mapping.lists[0].name == "benefits"


def test_a_table_without_a_mapping(gatewise: Gatewise, here: Path) -> None:
    (here / "t.csv").write_text("Name\nx\n")
    ran = gatewise("check", "t.csv")
    assert (ran.code, ran.err) == (
        3,
        "t.csv: a table needs a mapping, which says what its columns mean\n"
        "  fix: Give one with --map; gatewise map new t.csv drafts it.\n",
    )


@pytest.mark.parametrize("command", ["check", "health", "needs", "explain"])
def test_each_command_answers_for_each_project_and_tells_of_the_broken_one(
    gatewise: Gatewise, here: Path, command: str
) -> None:
    (here / "t.csv").write_text("Name,Cost,Start\nOne,1,\nTwo,lots,\nThree,3,\n")
    (here / "m.yaml").write_text(SIMPLE + "set: {gate.requested: triage}\n")
    more = ["GATE-001"] if command == "explain" else []
    ran = gatewise(command, "t.csv", *more, "--map", "m.yaml")
    assert ran.code == 3
    assert "row 2, One" in ran.out + ran.err
    assert "row 4, Three" in ran.out
    assert ran.err == (
        't.csv (row 3, Two, column "Cost"): "finance.whole_life_cost" (whole-life cost) cannot be read\n'
        "  found: lots    expected: an amount such as 500000, £500,000, £500k or £1.24 million\n"
    )


def test_a_table_from_standard_input_and_evidence_with_its_cell(
    gatewise: Gatewise, here: Path
) -> None:
    (here / "m.yaml").write_text(
        CSV + "set: {gate.requested: annual_return, organisation.id: major_projects}\n"
        "facts: {project.title: Name, returns.start: Start, returns.end: End}\n"
    )
    sheet = "Name,Start,End\nOne,2028-01-01,2027-01-01\n"
    ran = gatewise("check", "-", "--map", "m.yaml", "--format", "json", stdin=sheet)
    assert ran.code == 1
    finding = next(
        each
        for each in json.loads(ran.out)["assessments"][0]["findings"]
        if each["rule"] == "RETURN-004"
    )
    places = [each["place"]["where"] for each in finding["evidence"]]
    assert places == ['row 2, One, column "End"']


def test_a_deck_in_yaml_is_read_beside_tables(gatewise: Gatewise, here: Path) -> None:
    (here / "t.csv").write_text("Name,Cost,Start\nOne,1,\n")
    (here / "deck.yaml").write_text("project: {title: Two}\n")
    (here / "m.yaml").write_text(SIMPLE)
    ran = gatewise("check", "t.csv", "deck.yaml", "--map", "m.yaml", "--gate", "triage")
    assert "\nDeck: t.csv, row 2, One\n" in ran.out
    assert "\nDeck: deck.yaml\n" in ran.out


def test_an_answer_does_not_replace_the_mapping(gatewise: Gatewise, here: Path) -> None:
    (here / "m.yaml").write_text(SIMPLE)
    ran = gatewise("check", "t.csv", "--map", "m.yaml", "--output", "json=m.yaml")
    assert (ran.code, "would replace m.yaml, which is the mapping." in ran.err) == (2, True)
    assert (here / "m.yaml").read_text() == SIMPLE


def test_last_years_table_by_the_same_mapping(gatewise: Gatewise, here: Path) -> None:
    (here / "now.csv").write_text("Name,Cost,Start\nOne,1,\n")
    (here / "then.csv").write_text("Name,Cost,Start\nOther,1,\n")
    (here / "m.yaml").write_text(SIMPLE)
    ran = gatewise("health", "now.csv", "--previous", "then.csv", "--map", "m.yaml")
    assert "now.csv, row 2, One: no deck of the period before is of this project." in ran.err


def test_last_years_table_of_another_layout(gatewise: Gatewise, here: Path) -> None:
    (here / "now.csv").write_text("Name,Cost,Start\nOne,1,\nTwo,1,\n")
    (here / "then.csv").write_text("Project,Money\nOne,1\n")
    (here / "m.yaml").write_text(SIMPLE)
    (here / "old.yaml").write_text(
        CSV + "facts: {project.title: Project, finance.whole_life_cost: Money}\n"
    )
    maps = ("--map", "m.yaml", "--previous-map", "old.yaml")
    ran = gatewise("health", "now.csv", "--previous", "then.csv", *maps)
    missing = "no deck of the period before is of this project."
    assert f"now.csv, row 3, Two: {missing}" in ran.err
    assert "One: no deck" not in ran.err
    ran = gatewise("health", "now.csv", *maps)
    assert (ran.code, "--previous, which is missing" in ran.err) == (2, True)
    for option in ("--map", "--previous-map"):
        ran = gatewise("health", "now.csv", "--previous", "then.csv", option, "nowhere")
        assert (ran.code, "nowhere" in ran.err) == (2, True)


@pytest.mark.parametrize("order", [1, -1])
def test_headings_that_are_names_of_facts_are_taken_for_these(
    gatewise: Gatewise, here: Path, order: int
) -> None:
    names = ["organisation.id", "project.id", "project.title", "spend.pipeline.reference"][::order]
    (here / "t.csv").write_text(f"{','.join(names)}\n{','.join('abcd')}\n")
    drafted = gatewise("map", "new", "t.csv").out
    for name in names:
        assert f"\n  {name}: {name}\n" in drafted


def test_a_table_is_told_as_it_was_understood(gatewise: Gatewise, here: Path) -> None:
    (here / "t.csv").write_text("Name,Cost,Start\nOne,£500k,\nTwo,TBC,\n")
    (here / "m.yaml").write_text(SIMPLE)
    ran = gatewise("read", "t.csv", "--map", "m.yaml")
    assert (ran.code, ran.err) == (0, "")
    assert 'Whole-life cost: £500,000 [row 2, One, column "Cost"]' in ran.out
    assert ran.out.count("Whole-life cost") == 1
    ran = gatewise("read", "t.csv", "--map", "m.yaml", "-o", "m.yaml")
    assert (ran.code, "would replace m.yaml, which is the mapping." in ran.err) == (2, True)


# ---- CSV of every kind


ENCODINGS = {
    "utf-8": ("utf-8", 0),
    "with a mark": ("utf-8-sig", 0),
    "Windows": ("cp1252", 1),
    "UTF-16": ("utf-16", 0),
}


@pytest.mark.parametrize(("encoding", "notes"), ENCODINGS.values(), ids=ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.usefixtures("here")
def test_every_encoding_and_separator(encoding: str, notes: int, delimiter: str, end: str) -> None:
    rows = [["Name", "Cost", "Start"], ['"Café – ""A""; one, two | three"', "£500", "31/03/2028"]]
    found = table(end.join(delimiter.join(row) for row in rows).encode(encoding))
    (deck,) = stated(found)
    assert deck["project.title"] == 'Café – "A"; one, two | three'
    assert deck["finance.whole_life_cost"] == 50_000
    assert len(found[0].notes) == notes


@pytest.mark.usefixtures("here")
def test_a_line_break_inside_a_cell_and_rows_counted_as_a_spreadsheet_does() -> None:
    found = table('Name,"Cost","Start"\n"One\nline",1,\n\nTwo,x,\n')
    assert stated(found[:1])[0]["project.title"] == "One\nline"
    assert found[0].where == "row 2, One line"
    assert found[1].problems[0].place.where == 'row 4, Two, column "Cost"'


@pytest.mark.usefixtures("here")
def test_a_byte_that_means_nothing_is_shown_and_noted() -> None:
    found = table(b"Name,Cost,Start\nCaf\xe9 Quantum\x9d,1,\n")
    assert stated(found)[0]["project.title"] == "Café Quantum\ufffd"
    assert [note.text for note in found[0].notes] == [
        "The file is not in UTF-8, so it was read as Windows-1252.",
        "1 byte means nothing in Windows-1252, shown as \ufffd.",
        'A character in the column "Name" could not be read, and stands as \ufffd.',
    ]


@pytest.mark.usefixtures("here")
def test_a_little_damage_does_not_change_the_encoding() -> None:
    found = table("Name,Cost,Start\nCafés – “one”,1,\n".encode() + b"\xff,2,\n")
    assert stated(found)[0]["project.title"] == "Cafés – “one”"
    assert found[0].notes[0].text == "The file is in UTF-8 with 1 damaged place, shown as \ufffd."


@pytest.mark.usefixtures("here")
def test_a_short_row_is_noted_and_a_long_one_refused() -> None:
    found = table("Name,Cost,Start\nOne\nTwo, or more,2,2028-01-01\nThree,3,2028-01-01,\n")
    assert found[0].notes[0].text == (
        "The row has 1 cell for 3 headings; the others count as blank."
    )
    assert str(found[1].problems[0]) == (
        "t.csv (row 3): the row has 4 cells for 3 headings, so they may have moved\n"
        "  fix: Put a cell that holds the separator or a quote in quotes."
    )
    assert stated(found[2:])[0]["project.title"] == "Three"


@pytest.mark.usefixtures("here")
def test_text_that_begins_like_a_formula_is_text() -> None:
    texts = ["=SUM(A1)", "+44", "-", "@x", "=cmd|' /C calc'!A0"]
    body = "".join(f"{text},1,\n" for text in texts)
    titles = [deck.get("project.title") for deck in stated(table("Name,Cost,Start\n" + body))]
    assert titles == ["=SUM(A1)", "+44", None, "@x", "=cmd|' /C calc'!A0"]  # a dash says nothing


@pytest.mark.usefixtures("here")
def test_projects_in_columns() -> None:
    mapping = HEAD + (
        "table: {format: csv, projects: in columns, headings: 2}\n"
        "facts: {project.title: Name, finance.whole_life_cost: Cost}\n"
    )
    found = table("a,Name,One,Two\nb,Cost,1,lots\n", mapping)
    assert stated(found[:1]) == [{"project.title": "One", "finance.whole_life_cost": 100}]
    assert found[0].place(("project.title",)).where == 'column C, One, row "Name"'
    assert found[1].problems[0].place.where == 'column D, Two, row "Cost"'


BROKEN_TABLES = {
    "empty": ("", "t.csv: the file is empty\n  fix: Export the table again.\n"),
    "only headings": ("Name,Cost,Start\n", "t.csv: the table has headings and no project below them\n"
                      "  fix: Check table in the mapping.\n"),
    "no headings": (",,\nx,y,z\n", "t.csv: row 1 holds no headings\n"
                    "  fix: Say in the mapping, under table, which row holds them: headings: 2.\n"),
    "column gone": ("name,Costs,Start\nx,1,\n",
                    'm.yaml:4: t.csv has no column "Name"\n'
                    '  expected: "name", "Costs", "Start"\n  fix: Did you mean name?\n'
                    'm.yaml:4: t.csv has no column "Cost"\n'
                    '  expected: "name", "Costs", "Start"\n  fix: Did you mean Costs?\n'),
    "heading twice": ("Name,Cost,Start,Cost\nx,1,,\n",
                      'm.yaml:4: the heading "Cost" stands over 2 columns\n'
                      "  found: column B and column D\n"
                      "  fix: Say which with nth: 1, or give each a heading of its own.\n"),
    "quote open": ('Name,Cost,Start\n"x,1,\ny,2,\n', "t.csv (row 2): a quote that is never closed\n"
                   "  fix: Close the quote, or take it out.\n"),
    "after a quote": ('Name,Cost,Start\n"x" y,1,\n', "t.csv:2 (row 2): text after a quote that ends a cell\n"
                      "  fix: Write a quote inside of quotes twice, or choose the separator with delimiter.\n"),
    "long cell": (f'Name,Cost,Start\n"{"x" * 140_000}",1,\n',
                  "t.csv:2 (row 2): a cell of more than 131,072 characters\n"
                  "  fix: Close the quote that begins it.\n"),
    "office": (b"PK\x03\x04rest", "t.csv: an office document, not a CSV file\n"
               "  fix: Say format: workbook in the mapping, or save it as CSV.\n"),
    "no text": (b"Name\0Cost", "t.csv: not a text file\n"
                "  fix: Save it as CSV in UTF-8, or say encoding: utf-16 in the mapping.\n"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "said"), BROKEN_TABLES.values(), ids=BROKEN_TABLES)
@pytest.mark.usefixtures("here")
def test_a_table_that_cannot_be_read(gatewise: Gatewise, content: str | bytes, said: str) -> None:
    assert wrong(gatewise, content, SIMPLE) == said


OTHERS = {
    "ending": ("t.xlsx", b"x", SIMPLE, 't.xlsx: the mapping "Requests" is for a CSV file\n'
               "  found: .xlsx\n  fix: Give a file that ends in .csv or .tsv or .txt.\n"),
    "encoding": ("t.csv", b"Name\n\xe9\n", CSV.replace("csv}", "csv, encoding: utf-8}")
                 + "facts: {project.title: Name}\n", "t.csv:2: the text is not in UTF-8\n"
                 "  fix: Say another encoding in the mapping, or leave it out.\n"),
    "all left out": ("t.csv", b"Name\nTotal\n", HEAD + "table:\n  format: csv\n  leave_out:\n"
                     "    - {from: Name, is: [total]}\nfacts: {project.title: Name}\n",
                     "t.csv: the mapping leaves every row out\n  fix: Check table in the mapping.\n"),
    "both of any_of": ("t.csv", b"A,B\n1,2\n", CSV + "facts:\n  project.title: {any_of: [A, B]}\n",
                       "m.yaml:5: the table has more than one column of any_of\n"
                       '  found: "A" and "B"\n  fix: Name one of them with from, or use first_of.\n'),
    "none of any_of": ("t.csv", b"A\n1\n", CSV + "facts:\n  project.title: {any_of: [X1, X2]}\n",
                       'm.yaml:5: t.csv has no column "X1" or "X2"\n  expected: "A"\n'
                       "  fix: Correct the heading, or say optional: true.\n"),
    "nth": ("t.csv", b"A,A\n1,2\n", CSV + "facts:\n  project.title: {from: A, nth: 3}\n",
            'm.yaml:5: there is no "A" number 3\n  found: 2 of them\n'),
    "no list": ("t.json", b'{"all": {"projects": [{}], "n": 1}}',
                HEAD + "table: {format: json, each: all.project}\nfacts: {project.title: n}\n",
                't.json:1: there is no list at "all.project"\n  fix: Did you mean all.projects?\n'),
    "no path": ("t.json", b'[{"name": "x"}]', HEAD + "table: {format: json}\nfacts: {project.title: nam}\n",
                'm.yaml:4: t.json has no path "nam"\n  expected: "name"\n  fix: Did you mean name?\n'),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "mapping", "said"), OTHERS.values(), ids=OTHERS)
@pytest.mark.usefixtures("here")
def test_a_table_that_does_not_suit_its_mapping(
    gatewise: Gatewise, name: str, content: bytes, mapping: str, said: str
) -> None:
    assert wrong(gatewise, content, mapping, name) == said


# ---- what cells say


CELLS = {
    "pounds": ("finance.whole_life_cost: A", "£1.2m", 120_000_000),
    "thousands of pounds": ("finance.whole_life_cost: {from: A, unit: £k}", "1,234.5", 123_450_000),
    "millions, exactly": ("finance.whole_life_cost: {from: A, unit: £m}", "0.12345678", 12_345_678),
    "a sign and a pound": ("returns.budget: {from: A, unit: £m}", "-£1.10", -110_000_000),
    "pence": ("finance.whole_life_cost: {from: A, unit: p}", "1050", 1_050),
    "rounded where it says so": ("finance.whole_life_cost: {from: A, unit: £k, round: 0}", "1.0005", 100_100),
    "per cent": ("returns.variance: {from: A, unit: '%'}", "-23%", Decimal(-23)),
    "a fraction": ("returns.variance: {from: A, unit: fraction}", "-0.235", Decimal("-23.5")),
    "rounded per cent": ("returns.variance: {from: A, round: 2}", "6.692692606", Decimal("6.69")),
    "thousands": ("project.team_size: {from: A, unit: thousand}", "1.2", 1_200),
    "a date in its form": ("project.start_date: {from: A, dates: [dd.mm.yy]}", "01.04.28", "2028-04-01"),
    "month first": ("project.start_date: {from: A, dates: [mm/dd/yyyy]}", "04/01/2028", "2028-04-01"),
    "a month's name": ("project.start_date: {from: A, dates: [d mmm yyyy]}", "1 Sept 2028", "2028-09-01"),
    "a time is left": ("project.start_date: {from: A, dates: ['yyyy-mm-ddThh:mm:ssZ']}",
                       "2028-04-01T14:22:05.123Z", "2028-04-01"),
    "translated": ("project.tier: {from: A, values: {Top  tier: gold}}", "top tier", "gold"),
    "translated to nothing": ("project.tier: {from: A, values: {Top: gold, Reset: null}}", "Reset", None),
    "withheld": ("finance.whole_life_cost: {from: A, missing: {begins_with: [Exempt]}}", "exempt under", None),
    "TBC": ("finance.whole_life_cost: A", "tbc", None),
    "several": ("project.tags: {from: A, values: {Id: identity, DNS: domain}}", "Id;DNS;",
                frozenset({"identity", "domain"})),
    "split": ("project.tags: {from: A, split: /}", "identity / domain", frozenset({"identity", "domain"})),
}  # fmt: skip


@pytest.mark.parametrize(("fact", "said", "value"), CELLS.values(), ids=CELLS)
@pytest.mark.usefixtures("here")
def test_a_cell_as_a_fact(fact: str, said: str, value: object) -> None:
    found = table(f'A,B\n"{said}",x\n', f"{CSV}facts:\n  {fact}\n  project.title: B\n")
    (deck,) = stated(found)
    name = fact.partition(":")[0]
    read = deck.get(name)
    assert (str(read) if "date" in name else read) == value


UNREAD = {
    "a unit twice": ("finance.whole_life_cost: {from: A, unit: £m}", "£1.2m", "a plain number in £m", ""),
    "words": ("finance.whole_life_cost: {from: A, unit: £k}", "lots", "a plain number in £k", ""),
    "infinity": ("returns.variance: {from: A, round: 2}", "inf", "a plain number", ""),
    "decimals": ("returns.variance: A", "6.692692606",
                 "a percentage such as 70 or 70%, with at most 4 decimal places",
                 "Say in the mapping how to round it: returns.variance, round: 2."),
    "too large": ("finance.whole_life_cost: {from: A, unit: £bn}", "99999",
                  "an amount such as 500000, £500,000, £500k or £1.24 million, no larger than 1,000,000,000,000", ""),
    "another date": ("project.start_date: {from: A, dates: [dd/mm/yyyy, yyyy-mm-dd]}", "04/13/28",
                     "a date written as dd/mm/yyyy or yyyy-mm-dd", ""),
    "no such day": ("project.start_date: {from: A, dates: [dd/mm/yyyy]}", "31/02/2028",
                    "a day that exists, written as dd/mm/yyyy", ""),
    "no such month": ("project.start_date: {from: A, dates: [d mmmm yyyy]}", "1 Mar 2028",
                      "a day that exists, written as d mmmm yyyy", ""),
    "not translated": ("project.tier: {from: A, values: {Top: gold}}", "gold", "one of the mapping's values",
                       "Add it to values of project.tier."),
    "no choice": ("project.tier: A", "goldd", "one of: bronze, silver, gold", "Did you mean gold?"),
    "one of several": ("project.tags: {from: A, values: {Id: identity}}", "Id; X",
                       "one of the mapping's values", "Add it to values of project.tags."),
    "yes or no": ("project.request.needs_budget: A", "maybe", "yes or no", ""),
}  # fmt: skip


@pytest.mark.parametrize(("fact", "said", "expected", "fix"), UNREAD.values(), ids=UNREAD)
@pytest.mark.usefixtures("here")
def test_a_cell_that_is_not_understood_is_a_problem_of_its_project(
    fact: str, said: str, expected: str, fix: str
) -> None:
    found = table(f'A,B\n"{said}",One\n,Two\n', f"{CSV}facts:\n  {fact}\n  project.title: B\n")
    name = fact.partition(":")[0]
    spec = WORDS.facts[name]
    (text,) = problems(found)
    assert text == (
        f't.csv (row 2, One, column "A"): "{name}" ({spec.label}) cannot be read\n'
        f"  found: {said}    expected: {expected}" + (f"\n  fix: {fix}" if fix else "")
    )
    assert [deck["project.title"] for deck in stated(found[1:])] == ["Two"]


@pytest.mark.usefixtures("here")
def test_columns_together() -> None:
    mapping = CSV + (
        "named_by: Id\nmissing: {words: [withheld]}\nfacts:\n"
        "  project.title: {join: [A, B], with: ' / '}\n"
        "  project.tier: {first_of: [T1, T2]}\n"
        "  project.id: {from: X, nth: 2}\n"
        "  project.parent: {from: Gone, optional: true}\n"
        "  project.score: {any_of: [Score, Score 2024]}\n"
    )
    found = table(
        "Id,A,B,T1,T2,X,X,Score 2024\n"
        "P1,one,two,withheld,gold,a,b,7\nP2,one,,silver,gold,a,b,\nP3,withheld,,withheld,,,,\n",
        mapping,
    )
    assert stated(found) == [
        {"project.title": "one / two", "project.tier": "gold", "project.id": "b",
         "project.score": Decimal(7)},
        {"project.title": "one", "project.tier": "silver", "project.id": "b"},
        {},
    ]  # fmt: skip
    assert [note.text for each in found for note in each.notes] == [
        '"withheld" is read as not stated (project title, project tier).'
    ]
    assert found[0].where == "row 2, P1"


@pytest.mark.usefixtures("here")
def test_groups_of_columns_are_items() -> None:
    mapping = CSV + (
        "facts: {project.title: Name}\nlists:\n  benefits:\n    items:\n"
        "      - {description: B1, measure: O1}\n      - {description: B2, measure: O2}\n"
    )
    found = table("Name,B1,O1,B2,O2\nOne,,,Faster,lead\nTwo,,,,\n", mapping)
    first, second = (parse_deck(each, WORDS) for each in found)
    (item,) = first.lists["benefits"]
    assert item.values == {"description": "Faster", "measure": "lead"}
    assert item.places["description"].where == 'row 2, One, column "B2"'
    assert "benefits" not in second.lists


@pytest.mark.usefixtures("here")
def test_rows_left_out_are_told() -> None:
    mapping = HEAD + (
        "table:\n  format: csv\n  headings: 2\n  leave_out:\n    - {from: Name, begins_with: [Sum of]}\n"
        "    - {from: Name, blank: true}\n    - {rows: [3]}\nfacts: {project.title: Name, project.id: Id}\n"
    )
    found = table("A list\nName,Id\ntext,text\nOne,1\n,2\nSum of all,\n", mapping)
    assert [deck["project.title"] for deck in stated(found)] == ["One"]
    assert found[0].notes[0].text == "Left out, as the mapping says: row 3, row 5, row 6."


# ---- JSON


JSON_MAPPING = HEAD + (
    "table: {format: json, each: portfolio.projects}\nfacts:\n  project.title: title\n"
    "  finance.whole_life_cost: {from: budget.whole_life_cost, unit: £m}\n"
    "  project.tags: tags\n"
    "lists:\n  benefits:\n    each: case.benefits\n    optional: true\n"
    "    facts: {description: what, measure: owner.role}\n"
)


@pytest.mark.usefixtures("here")
def test_json_nested_and_with_lists() -> None:
    data = {
        "portfolio": {
            "projects": [
                {"title": "One", "budget": {"whole_life_cost": 1.1}, "tags": ["identity"],
                 "case": {"benefits": [{"what": "Faster", "owner": {"role": "lead"}}, {"what": None}]}},
                {"title": "Two", "budget": None, "case": {"benefits": []}},
                {"title": "Three", "budget": {"whole_life_cost": True}, "case": {"benefits": "many"}},
                "four",
            ]
        }
    }  # fmt: skip
    found = table(json.dumps(data, indent=1), JSON_MAPPING, "t.json")
    one, two = (parse_deck(each, WORDS) for each in found[:2])
    assert one.values["finance.whole_life_cost"] == 110_000_000
    assert one.values["project.tags"] == {"identity"}
    assert [item.values for item in one.lists["benefits"]] == [
        {"description": "Faster", "measure": "lead"}, {},
    ]  # fmt: skip
    assert two.lists["benefits"] == ()
    assert one.places["finance.whole_life_cost"].line == 7
    assert str(one.places["finance.whole_life_cost"]) == (
        't.json:7 (record 1, One, path "budget.whole_life_cost")'
    )
    assert [text.partition("\n")[0] for text in problems(found)] == [
        't.json:36 (record 3, Three, path "budget.whole_life_cost"): "finance.whole_life_cost" '
        "(whole-life cost) cannot be read",
        't.json:39 (record 3, Three, path "case.benefits"): "benefits" is no list in this record',
        "t.json:42 (record 4): a record must be a mapping of names and values",
    ]


@pytest.mark.usefixtures("here")
def test_json_lines_with_a_broken_one() -> None:
    mapping = HEAD + "table: {format: json}\nfacts: {project.title: name}\n"
    found = table('{"name": "One"}\n{"name": \n{"name": "Three"}\n', mapping, "t.jsonl")
    assert [bool(each.problems) for each in found] == [False, True, False]
    assert found[1].problems[0].message.startswith("not JSON")


def test_a_list_on_standard_input_may_be_spread_over_lines(gatewise: Gatewise) -> None:
    text = '[\n{"project": {"title": "One"}},\n{"project": {"title": "Two"}}\n]\n'
    ran = gatewise("check", "-", "--gate", "triage", stdin=text)
    assert ran.err == ""
    assert "Check of 2 decks" in ran.out


# ---- workbooks


def workbook(sheets: dict[str, list[list[object]]], first: tuple[int, int] = (0, 0)) -> bytes:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False}) as book:
        percent = book.add_format({"num_format": "0%"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    style = percent if isinstance(cell, float) and cell < 1 else None
                    sheet.write(number + first[0], column + first[1], cell, style)
    return stream.getvalue()


XLSX = HEAD + (
    "table: {format: workbook, sheet: Returns, headings: 3}\nfacts:\n  project.title: Name\n"
    "  returns.budget: {from: Budget, unit: £m}\n  returns.variance: Variance\n"
)


@pytest.mark.usefixtures("here")
def test_a_workbook() -> None:
    rows: list[list[object]] = [
        ["A title"], [], ["Name", "Budget", "Variance"], ["=1+1", 1.5, 0.44], ["Two", "lots", ""],
    ]  # fmt: skip
    found = table(workbook({"Notes": [["x"]], "Returns": rows}), XLSX, "t.xlsx")
    assert stated(found[:1]) == [
        {"project.title": "=1+1", "returns.budget": 150_000_000, "returns.variance": Decimal(44)}
    ]
    assert found[0].place(("returns.budget",)).where == "Sheet Returns, row 4, =1+1, cell B4"
    assert found[1].problems[0].place.where == "Sheet Returns, row 5, Two, cell B5"


@pytest.mark.usefixtures("here")
def test_a_workbook_that_does_not_begin_at_its_first_cell() -> None:
    rows: list[list[object]] = [["Name", "One"], ["Budget", 2], ["Variance", 0.1]]
    mapping = XLSX.replace("sheet: Returns, headings: 3", "headings: 3, projects: in columns")
    found = table(workbook({"S": rows}, (4, 2)), mapping, "t.xlsx")
    assert found[0].where == "Sheet S, column D, One"
    assert found[0].place(("returns.budget",)).where == "Sheet S, column D, One, cell D6"


SHEETS = {
    "which": ("format: workbook", "t.xlsx: the workbook has several sheets\n  found: Return, Other\n"
              "  fix: Say in the mapping, under table, which one: sheet and its name.\n"),
    "name": ("format: workbook, sheet: Returns", 't.xlsx: there is no sheet "Returns"\n'
             "  fix: Did you mean Return?\n"),
    "position": ("format: workbook, sheet: 3", "t.xlsx: there is no sheet 3\n  found: 2 sheets\n"
                 "  fix: Use one of: Return, Other.\n"),
    "empty": ("format: workbook, sheet: 2", "t.xlsx (Sheet Other): the sheet is empty\n"
              "  fix: Name another sheet in the mapping, under table.\n"),
}  # fmt: skip


@pytest.mark.parametrize(("form", "said"), SHEETS.values(), ids=SHEETS)
@pytest.mark.usefixtures("here")
def test_a_sheet_that_is_not_there(gatewise: Gatewise, form: str, said: str) -> None:
    content = workbook({"Return": [["Name"], ["x"]], "Other": []})
    mapping = f"{HEAD}table: {{{form}}}\nfacts: {{project.title: Name}}\n"
    assert wrong(gatewise, content, mapping, "t.xlsx") == said


# ---- mapping files that are wrong


WRONG = {
    "empty": ("", "m.yaml:1: the mapping is empty\n  fix: Write it by docs/mappings.md.\n"),
    "a list": ("- x\n", "m.yaml:1: a mapping file must hold keys such as title, table and facts\n"
               "  fix: Write it by docs/mappings.md.\n"),
    "two": (f"{SIMPLE}---\nx: 1\n", "m.yaml:6 (record 2): the file goes on after a line ---\n"
            "  fix: Write each mapping in a file of its own.\n"),
    "key": (f"{SIMPLE}fact: 1\n", 'm.yaml:5: unknown key "fact"\n  fix: Did you mean facts?\n'),
    "no source": ("title: x\ntable: {format: csv}\nfacts: {project.title: A}\n",
                  'm.yaml:1: "source" is missing\n  fix: Add source.\n'),
    "format": (HEAD + "table: {format: xlsx}\nfacts: {project.title: A}\n",
               'm.yaml:3: "format" is not one of its values\n'
               "  found: xlsx    expected: csv, json or workbook\n"),
    "nothing": (CSV, "m.yaml:1: the mapping maps nothing\n  fix: Write at least one fact under facts.\n"),
    "fact": (f"{CSV}facts: {{project.titel: A}}\n",
             'm.yaml:4: unknown fact "project.titel"\n  fix: Did you mean project.title?\n'),
    "worked out": (f"{CSV}facts: {{spend.regime: A}}\n",
                   'm.yaml:4: "spend.regime" is worked out by the rules\n  fix: Take it out.\n'),
    "list as fact": (f"{CSV}facts: {{benefits: A}}\n", 'm.yaml:4: "benefits" is a list\n  fix: Put it under lists.\n'),
    "no column": (f"{CSV}facts: {{project.title: {{optional: true}}}}\n",
                  'm.yaml:4: "project.title" says of no column where it comes from\n'
                  "  fix: Give exactly one of from, any_of, first_of and join.\n"),
    "two columns": (f"{CSV}facts: {{project.title: {{from: A, join: [B]}}}}\n",
                    'm.yaml:4: "project.title" says of its column more than once where it comes from\n'
                    "  fix: Give exactly one of from, any_of, first_of and join.\n"),
    "joined number": (f"{CSV}facts: {{project.score: {{join: [A, B]}}}}\n",
                      'm.yaml:4: "project.score" is no text, so columns cannot be joined to it\n'
                      "  fix: Take one column, or first_of.\n"),
    "unit": (f"{CSV}facts: {{finance.whole_life_cost: {{from: A, unit: $m}}}}\n",
             'm.yaml:4: "finance.whole_life_cost" has no such unit\n'
             "  found: $m    expected: p, £, £k, £000, £m, £million, £bn\n"),
    "unit of a date": (f"{CSV}facts: {{project.start_date: {{from: A, unit: £}}}}\n",
                       'm.yaml:4: "project.start_date" has no such unit\n'
                       "  found: £    expected: no unit for a fact of type date\n"),
    "round": (f"{CSV}facts: {{project.title: {{from: A, round: 1}}}}\n",
              'm.yaml:4: "project.title" is no number to round\n  fix: Take it out.\n'),
    "dates of text": (f"{CSV}facts: {{project.title: {{from: A, dates: [dd/mm/yyyy]}}}}\n",
                      'm.yaml:4: "project.title" is no date\n  fix: Take dates out.\n'),
    "split of text": (f"{CSV}facts: {{project.title: {{from: A, split: /}}}}\n",
                      'm.yaml:4: "project.title" holds one value\n  fix: Take split out.\n'),
    "nth of two": (f"{CSV}facts: {{project.title: {{join: [A, B], nth: 2}}}}\n",
                   'm.yaml:4: "nth" goes with from alone\n  fix: Take it out.\n'),
    "date form": (f"{CSV}dates: [day/month]\nfacts: {{project.title: A}}\n",
                  "m.yaml:4: not a way to write a date\n  found: day/month    expected: dd/mm/yyyy, d/m/yyyy, "
                  "yyyy-mm-dd, dd.mm.yy, d mmmm yyyy or yyyy-mm-dd hh:mm:ss\n"),
    "day or month": (f"{CSV}dates: [d/m/yyyy, mm/dd/yyyy]\nfacts: {{project.title: A}}\n",
                     "m.yaml:4: two of the dates read the same text as different days\n"
                     "  found: d/m/yyyy and mm/dd/yyyy\n  fix: Keep the one that the table uses.\n"),
    "translation": (f"{CSV}facts: {{project.tier: {{from: A, values: {{Top: goldd}}}}}}\n",
                    'm.yaml:4: "Top" of "project.tier" is translated wrongly\n'
                    "  found: goldd    expected: one of: bronze, silver, gold\n  fix: Did you mean gold?\n"),
    "twice": (f"{CSV}facts: {{project.tier: {{from: A, values: {{Top: gold, top: gold}}}}}}\n",
              'm.yaml:4: "top" is translated twice\n  fix: Keep one of the two.\n'),
    "constant": (f"{CSV}set: {{project.start_date: soon}}\nfacts: {{project.title: A}}\n",
                 'm.yaml:4: "project.start_date" (start date) cannot be read\n  found: soon    expected: a date '
                 "such as 2028-03-31, 31/03/2028, 31 March 2028, March 2028 or Q4 2027\n"),
    "unknown constant": (f"{CSV}set: {{gate.request: x}}\nfacts: {{project.title: A}}\n",
                         'm.yaml:4: unknown fact "gate.request"\n  fix: Did you mean gate.requested?\n'),
    "set and mapped": (f"{CSV}set: {{project.id: x}}\nfacts: {{project.id: A}}\n",
                       'm.yaml:5: "project.id" also stands under set\n  fix: Keep one of the two.\n'),
    "leave out": (HEAD + "table: {format: csv, leave_out: [{from: A}]}\nfacts: {project.title: A}\n",
                  "m.yaml:3: this does not say which rows to leave out\n"
                  "  fix: Give from with is, begins_with or blank: true; or rows with their numbers.\n"),
    "of another format": (HEAD + "table: {format: json, sheet: A}\nfacts: {project.title: A}\n",
                          'm.yaml:3: "sheet" says nothing of a json file\n  fix: Take it out.\n'),
    "unknown list": (f"{CSV}lists: {{benefit: {{items: [{{description: A}}]}}}}\n",
                     'm.yaml:4: unknown list "benefit"\n  fix: Did you mean benefits?\n'),
    "item's fact": (f"{CSV}lists: {{benefits: {{items: [{{descriptio: A}}]}}}}\n",
                    'm.yaml:4: unknown fact "descriptio" in "benefits"\n  fix: Did you mean description?\n'),
    "list of what": (f"{CSV}lists: {{benefits: {{facts: {{description: A}}}}}}\n",
                     "m.yaml:4: this does not say where the items are\n"
                     "  fix: Give each and facts (a list in JSON), or items (groups of columns).\n"),
    "each in CSV": (f"{CSV}lists: {{benefits: {{each: A, facts: {{description: B}}}}}}\n",
                    'm.yaml:4: "each" says nothing of a csv file\n'
                    "  fix: Give items, one for each group of columns.\n"),
}  # fmt: skip


@pytest.mark.parametrize(("mapping", "said"), WRONG.values(), ids=WRONG)
@pytest.mark.usefixtures("here")
def test_a_mapping_that_is_wrong(gatewise: Gatewise, mapping: str, said: str) -> None:
    if not mapping:
        said = "m.yaml: the file is empty\n  fix: Write something in it, or leave it out.\n"
    assert wrong(gatewise, "A\nx\n", mapping) == said


def test_an_empty_yaml_document_is_an_empty_mapping(gatewise: Gatewise, here: Path) -> None:
    assert wrong(gatewise, "A\nx\n", "# nothing yet\n") == WRONG["empty"][1]


# ---- gatewise map


def test_list_and_show(gatewise: Gatewise) -> None:
    listed = gatewise("map", "list")
    assert [line.split()[0] for line in listed.out.splitlines()] == mapping_names()
    for name in mapping_names():
        shown = gatewise("map", "show", name)
        assert shown.out == (shipped_mappings() / f"{name}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [("map", "show"), ("check", "x.csv", "--map")])
def test_a_name_that_is_none(gatewise: Gatewise, command: tuple[str, ...]) -> None:
    ran = gatewise(*command, "gmpp_2023")
    assert ran.code == 2
    assert "gmpp_2023: there is no such mapping" in ran.err
    assert "fix: Did you mean gmpp_202" in ran.err


DRAFTED = (
    "Ref;Project name;Whole life cost (£m);Start date;Tier;Kind of request;Colour of socks\n"
    "1;One;1.5;03/04/2028;Gold;bug fix;red\n2;Two;withheld;25/04/2028;Platinum;new product;blue\n"
)


def test_a_draft_says_what_it_took_and_what_it_left(gatewise: Gatewise, here: Path) -> None:
    (here / "t.csv").write_text(DRAFTED, encoding="utf-8")
    assert gatewise("map", "new", "t.csv", "-o", "m.yaml").code == 0
    text = (here / "m.yaml").read_text(encoding="utf-8")
    assert "  project.title: Project name\n" in text
    assert "    from: Whole life cost (£m)\n    unit: £m\n" in text
    assert "dates: [d/m/yyyy]\n" in text
    assert "#   words: [withheld]\n" in text
    assert "    values:\n      Gold: gold\n" in text
    assert "one of: bronze, silver, gold; or null\n    #   Platinum:\n" in text
    assert "#   Colour of socks, such as red" in text
    assert re.search(r"# \d+% sure; or ", text)
    assert load_mapping("m.yaml", WORDS).facts
    again = gatewise("map", "new", "t.csv", "-o", "m.yaml")
    assert (again.code, "m.yaml is there already" in again.err) == (2, True)


def test_a_draft_answers_once_its_gaps_are_filled(gatewise: Gatewise, here: Path) -> None:
    (here / "t.csv").write_text(DRAFTED, encoding="utf-8")
    text = gatewise("map", "new", "t.csv").out
    text = text.replace("# missing:\n#   words:", "missing:\n  words:")
    text = text.replace("      Gold: gold\n", "      Gold: gold\n      Platinum: gold\n")
    (here / "m.yaml").write_text(text, encoding="utf-8")
    ran = gatewise("check", "t.csv", "--map", "m.yaml", "--gate", "triage", "--fail-on", "never")
    assert (ran.code, ran.err) == (0, "")
    assert "Check of 2 decks" in ran.out


def test_a_draft_finds_columns_and_a_list_in_json(gatewise: Gatewise, here: Path) -> None:
    (here / "c.csv").write_text(
        "Project name,One,Two\nStart date,2028-01-01,2028-02-01\nTier,Gold,Silver\n"
    )
    assert "projects: in columns\n" in gatewise("map", "new", "c.csv").out
    projects = [{"projectName": "One", "benefits": [{"description": "Faster", "owner role": "x"}]}]
    (here / "t.json").write_text(json.dumps({"made": "today", "rows": projects}))
    text = gatewise("map", "new", "t.json").out
    assert "  each: rows\n" in text
    assert "  project.title: projectName\n" in text
    assert "lists:\n  benefits:\n    each: benefits\n    facts:\n" in text
    mapping = parse_mapping_text(text, "m.yaml", WORDS)
    (found,) = read_documents("t.json", WORDS, mapping)
    assert parse_deck(found, WORDS).lists["benefits"][0].values["description"] == "Faster"


def test_a_draft_takes_the_fullest_sheet(gatewise: Gatewise, here: Path) -> None:
    rows: list[list[object]] = [["Exported by hand"], [], ["Project name", "Tier"], ["One", "Gold"]]
    (here / "t.xlsx").write_bytes(workbook({"Notes": [["x"]], "All of them": rows}))
    text = gatewise("map", "new", "t.xlsx").out
    assert "  sheet: All of them\n  headings: 3\n" in text


NO_DRAFT = {
    "t.csv": ("Xyzzy\n1\n", "t.csv: no heading looks like a fact\n  fix: Check where the headings stand, or "
              "write the mapping by docs/mappings.md.\n"),
    "t.txt": ("", "t.txt: the file is empty\n  fix: Export the table again.\n"),
    "t.pdf": ("x", "t.pdf: not a table's format\n  found: .pdf\n  fix: Use a file that ends in .csv, .tsv, .txt, "
              ".json, .jsonl, .xlsx, .xlsm, .xls.\n"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "said"), [(k, *v) for k, v in NO_DRAFT.items()])
def test_a_file_that_no_draft_can_be_made_of(
    gatewise: Gatewise, here: Path, name: str, content: str, said: str
) -> None:
    (here / name).write_text(content)
    ran = gatewise("map", "new", name)
    assert (ran.code, ran.err) == (3, said)


HEADINGS = st.one_of(
    st.sampled_from([spec.label for spec in WORDS.stated()]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)
CONTENTS = st.one_of(
    st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(["1,200", "£3m", "31/03/2028", "03.04.28", "Yes", "Gold", "Amber/Red", "null"]),
    st.decimals(allow_nan=False, allow_infinity=False), st.dates(), st.booleans(),
)  # fmt: skip


@given(st.data(), st.lists(HEADINGS, min_size=1, max_size=4))
def test_whatever_is_in_a_table_its_draft_loads(data: st.DataObject, headings: list[str]) -> None:
    columns = tuple(
        Column(" ".join(each.split()), "column") for each in (*headings, "Project title")
    )
    contents = st.tuples(*[CONTENTS for _ in columns])
    rows = data.draw(st.lists(contents, max_size=4))
    found = Table("t.csv", "column", columns, tuple(Row("row", 1, each) for each in rows))
    text = draft_mapping(found, TableForm("csv"), WORDS)
    assert parse_mapping_text(text, "m.yaml", WORDS).facts


# ---- shipped mappings and the schema


def test_the_request_form_becomes_a_deck_at_triage(gatewise: Gatewise, here: Path) -> None:
    headings = {
        "ID": "7", "Completion time": "01/06/2026 09:15:00", "What is the request called?": "Repairs portal",
        "What kind of work is it?": "New product or service, built or bought",
        "Does it need a budget and project management?": "Yes", "Will it take more than one month?": "Not sure",
        "Must it go through spend control or a service assessment?": "Yes",
        "Does it need organisational approval because of its budget and people?": "Yes",
        "Estimated whole-life cost (£)": "£250,000", "Triage outcome": "Digital Portfolio",
        "Tell us about the request": "Tenants cannot …",
    }  # fmt: skip
    rows = [";".join(headings), ";".join(headings.values())]
    (here / "form.csv").write_text("\n".join(rows), encoding="utf-8-sig")
    mapping = load_mapping("homes_england_request", WORDS)
    (deck,) = stated(read_documents("form.csv", WORDS, mapping))
    assert str(deck["project.request.received_date"]) == "2026-06-01"
    assert deck["finance.whole_life_cost"] == 25_000_000
    assert "project.request.over_a_month" not in deck
    assert not any("Tenants" in str(value) for value in deck.values())
    ran = gatewise("check", "form.csv", "--map", "homes_england_request", "--as-of", "2026-06-02")
    assert "a project in the digital portfolio" in " ".join(ran.out.split())


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return float(value) if isinstance(value, Decimal) else value


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    found = all_schemas(RULEBOOK)["mapping.schema.json"]
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


@pytest.mark.parametrize("name", mapping_names())
def test_the_schema_accepts_what_is_shipped(schema: Draft202012Validator, name: str) -> None:
    text = (shipped_mappings() / f"{name}.yaml").read_text(encoding="utf-8")
    assert not list(schema.iter_errors(plain(parse_yaml(text, name)[0].data)))


NOT_OF_A_SCHEMA = {  # what takes more than one place of the file, or the type of a fact
    "empty", "two", "set and mapped", "joined number", "unit", "unit of a date", "round", "dates of text",
    "split of text", "constant", "nth of two", "date form", "day or month", "translation", "twice", "leave out",
    "of another format", "list of what", "each in CSV",
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in WRONG if name not in NOT_OF_A_SCHEMA])
def test_the_schema_refuses_what_it_can_see(schema: Draft202012Validator, name: str) -> None:
    (document,) = parse_yaml(WRONG[name][0], "m.yaml")
    assert list(schema.iter_errors(plain(document.data)))


@pytest.mark.usefixtures("here")
def test_a_draft_knows_what_strangers_call_a_fact(gatewise: Gatewise) -> None:
    Path("list.csv").write_text("Project name,Capex,WLC\nBus lanes,£1m,£2m\nParking,£3m,£4m\n")
    ran = gatewise("map", "new", "list.csv")
    assert ran.code == 0
    lines = [line.strip() for line in ran.out.splitlines()]
    assert "finance.capital: Capex" in lines
    assert "finance.whole_life_cost: WLC" in lines
    assert "project.title: Project name" in lines
