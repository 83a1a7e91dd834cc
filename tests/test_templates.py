"""Templates of decks: what they hold, how they look to a program, and what a deck puts in them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from io import BytesIO
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pptx")
pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")

from hypothesis import given
from hypothesis import strategies as st
from office_templates import (
    SHAPE,
    assert_all_fits,
    names_in_sheets,
    names_on_slides,
    parts_of,
    presentation,
    read_sheets,
    read_slides,
    sheet_parts,
    sheets_of,
    stated_by,
    tables_of,
    validations,
)
from shipped_decks import shipped_values

from engine import (
    Deck,
    Rulebook,
    find_questions,
    load_rulebook,
    make_template,
    parse_deck,
    read_documents,
    render_template,
    shipped_rules,
)
from engine.model.document import Document
from engine.model.vocabulary import FactSpec, ListSpec, Value, Vocabulary
from engine.template import FactsPart, Mark, Template
from engine.values import parse_value
from engine.writing import write_value

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 23)
REPAIRS = "repairs-service/deck.yaml"
Gatewise = Callable[..., Any]


@cache
def rulebook() -> Rulebook:
    return load_rulebook(shipped_rules(), cases=False)


def words() -> Vocabulary:
    return rulebook().vocabulary


def every_gate() -> Iterator[tuple[str, str | None]]:
    """Each gate with no organisation, and at each that runs it."""
    yield from ((gate, None) for gate in rulebook().gates)
    for organisation in rulebook().organisations.values():
        yield from ((gate, organisation.id) for gate in organisation.gates)


def one_of_each() -> list[tuple[str, str | None]]:
    """Each gate once, at one organisation after the other."""
    by_gate: dict[str, list[str | None]] = {}
    for gate, organisation in every_gate():
        by_gate.setdefault(gate, []).append(organisation)
    turn = cycle(range(7))
    return [(gate, at[next(turn) % len(at)]) for gate, at in by_gate.items()]


@cache
def deck_of(name: str) -> Deck:
    return parse_deck(read_documents(ROOT / "examples" / name)[0], words())


def written(data: dict[str, Any]) -> Deck:
    return parse_deck(Document("deck.yaml", data, {}), words())


@cache
def filled(name: str, gate: str, ending: str) -> bytes:
    return render_template(make_template(rulebook(), gate, DAY, deck=deck_of(name)), ending)


@cache
def blank(gate: str, organisation: str | None, ending: str) -> bytes:
    made = make_template(rulebook(), gate, DAY, organisation=organisation, as_of=DAY)
    return render_template(made, ending)


# ---- what is asked


def asked_at(gate: str, organisation: str | None) -> Counter[str]:
    """The names of what is asked: facts, items' facts, and lists of which no fact is asked."""
    names: Counter[str] = Counter()
    for part in find_questions(rulebook(), gate, DAY, organisation).parts:
        prefix = f"{part.list.name}." if part.list else ""
        names.update(f"{prefix}{question.fact}" for question in part.questions)
    return names


def names_of(made: Template) -> list[str]:
    return [slot.name for part in made.parts for slot in part.slots]


def test_every_gate_of_every_organisation_has_each_question_once() -> None:
    for gate, organisation in every_gate():
        made = make_template(rulebook(), gate, DAY, organisation=organisation)
        names = Counter(names_of(made))
        assert set(names.values()) == {1}, (gate, organisation)
        assert asked_at(gate, organisation) <= names
        lists = {part.list.name for part in made.parts if not isinstance(part, FactsPart)}
        found = find_questions(rulebook(), gate, DAY, organisation)
        assert lists == {part.list.name for part in found.parts if part.list}
        for scene in ("project.title", "organisation.id", "gate.requested", "meta.as_of"):
            assert scene in names


@pytest.mark.parametrize(("gate", "organisation"), one_of_each())
def test_both_files_hold_all_of_a_template(gate: str, organisation: str | None) -> None:
    made = make_template(rulebook(), gate, DAY, organisation=organisation)
    names = names_of(made)
    assert names_on_slides(render_template(made, ".pptx"), words()) == names
    assert names_in_sheets(render_template(made, ".xlsx")) == names


def test_a_judgement_is_followed_by_who_made_it_and_when() -> None:
    names = names_of(make_template(rulebook(), "alpha_beta", DAY))
    at = names.index("economic.real_choice")
    judged = ["economic.real_choice", "economic.real_choice.by", "economic.real_choice.date"]
    assert names[at : at + 3] == judged


def title_of(gate: str) -> str:
    """What people call a gate, as a template does."""
    return rulebook().gates[gate].title


def test_options_say_where_the_deck_goes() -> None:
    for read, ending in ((read_slides, ".pptx"), (read_sheets, ".xlsx")):
        values, lists = read(blank("alpha_beta", "homes_england", ending), words())
        assert values == {
            "meta.as_of": DAY, "organisation.id": "Homes England",
            "gate.requested": "Alpha to beta",
        }  # fmt: skip
        assert lists == {}


def test_without_options_the_scene_is_left_open() -> None:
    made = make_template(rulebook(), "triage", DAY)
    assert read_slides(render_template(made, ".pptx"), words()) == (
        {"gate.requested": "Triage of a request"},
        {},
    )


def test_another_organisation_takes_over_nothing_of_the_first() -> None:
    deck = written({"organisation": {"id": "maldon", "name": "X"}, "project": {"title": "T"}})
    made = make_template(rulebook(), "wf_init", DAY, organisation="somerset", deck=deck)
    values, _ = read_slides(render_template(made, ".pptx"), words())
    assert values["organisation.id"] == "New Somerset Council programme"
    assert "organisation.name" not in values
    assert values["project.title"] == "T"


# ---- what a deck puts in

CARRIED = [
    (REPAIRS, "alpha_beta"),
    (REPAIRS, "triage"),  # which asks nearly nothing
    ("somerset/programme.yaml", "wf_build"),
    ("gates/health/recommend.yaml", "health"),
    ("gates/annual_return/pass.yaml", "annual_return"),
    ("gates/improvement_start/escalate.yaml", "improvement_start"),
]


@pytest.mark.parametrize(("name", "gate"), CARRIED)
def test_a_deck_comes_through_whole(name: str, gate: str) -> None:
    values, lists = stated_by(deck_of(name))
    if values.get("gate.requested") != gate:
        values["gate.requested"] = title_of(gate)
    assert read_slides(filled(name, gate, ".pptx"), words()) == (values, lists)
    assert read_sheets(filled(name, gate, ".xlsx"), words()) == (values, lists)


# ---- on to a later gate


def carried(gatewise: Gatewise, tmp_path: Path, deck: dict[str, Any], gate: str) -> Any:
    """What the template holds of an earlier deck, and what the command says of it."""
    earlier, file = tmp_path / "earlier.json", tmp_path / "deck.pptx"
    earlier.write_text(json.dumps(deck), "utf-8")
    ran = gatewise("template", "deck", "--gate", gate, "--from", earlier, "-o", file)
    assert (ran.code, ran.err) == (0, "")
    values, lists = read_slides(file.read_bytes(), words())
    notes = presentation(file.read_bytes()).slides[0].notes_slide.notes_text_frame.text
    said = ran.out.partition("\n")[2].strip()
    assert said in notes
    return values, lists, said


EARLIER = {
    "meta": {"deck_version": 4, "previous_deck_version": 3},
    "organisation": {"id": "homes_england"},
    "project": {"title": "T"},
    "gate": {
        "requested": "Alpha to beta",
        "meeting_date": "2026-12-08",
        "previous": {"gate": "disc_alpha", "decision": "approved", "date": "2026-06-30"},
        "conditions": [
            {"text": "Name an owner", "status": "closed"},
            {"text": "Test at peak", "status": "open"},
        ],
    },
}


def test_at_the_next_gate_the_earlier_one_is_the_previous_gate(
    gatewise: Gatewise, tmp_path: Path
) -> None:
    values, lists, said = carried(gatewise, tmp_path, EARLIER, "pub_beta")
    assert values == {
        "meta.previous_deck_version": 4,
        "organisation.id": "homes_england",
        "project.title": "T",
        "gate.requested": title_of("pub_beta"),
        "gate.previous.gate": "alpha_beta",
    }
    assert lists == {"gate.conditions": [{"text": "Test at peak", "status": "open"}]}
    assert said.startswith(
        "The previous gate is now Alpha to beta. What was decided at it and when"
    )
    assert "are left to be filled in" in said


def test_with_a_gate_between_the_previous_gate_is_asked(gatewise: Gatewise, tmp_path: Path) -> None:
    values, _, said = carried(gatewise, tmp_path, EARLIER, "beta_live")
    assert set(values) == {"organisation.id", "project.title", "gate.requested"}
    assert said.startswith("Gates lie between that of the earlier deck and this one")


@pytest.mark.parametrize("gate", ["alpha_beta", "disc_alpha", "wf_ready", "health"])
def test_at_no_later_gate_the_deck_stays_as_it_is(
    gatewise: Gatewise, tmp_path: Path, gate: str
) -> None:
    stated, items = stated_by(written(EARLIER))
    values, lists, said = carried(gatewise, tmp_path, EARLIER, gate)
    assert (values, lists, said) == ({**stated, "gate.requested": title_of(gate)}, items, "")


def test_an_organisations_own_gates_are_the_steps(gatewise: Gatewise, tmp_path: Path) -> None:
    deck = {"organisation": {"id": "somerset"}, "gate": {"requested": "pre_project"}}
    values, _, _ = carried(gatewise, tmp_path, deck, "wf_init")
    assert values["gate.previous.gate"] == "pre_project"
    values, _, _ = carried(gatewise, tmp_path, deck, "wf_design")
    assert "gate.previous.gate" not in values


AWKWARD = {
    "project": {
        "title": "=1+1; a, b",
        "summary": "one\ntwo;\n\n three  four <b> & \"c\" _x0041_ ]]>",
        "methodology_rationale": "+44",
        "portfolio_justification": "12",
        "start_date": "1850-01-02",
        "finish_date_baseline": "0800-02-03",
        "score": "999999999999.9999",
        "tags": ["crypt_key", "domain"],
    },
    "finance": {"whole_life_cost": "£1,240,000.05", "remaining": "-£0.01",
                "share_spent": "33.3333"},
    "service": {"channels": []},
    "benefits": [{}, {"description": "None"}, {"description": "@x"}],
    "objectives": [{"title": "None"}],
    "risks": [],
    "lessons": [{}],
    "funding": [{"source": "A", "phases": []}, {"source": "B", "phases": ["alpha", "live"]}],
    "milestones": [{"title": "A", "id": "x, y", "depends_on": ["x, y"]},
                   {"depends_on": ["None"]}, {"depends_on": []}, {"depends_on": ["2", "10", "b"]}],
}  # fmt: skip


@pytest.mark.parametrize("gate", ["alpha_beta", "triage"])
def test_awkward_values_come_through(gate: str) -> None:
    deck = written(AWKWARD)
    values, lists = stated_by(deck)
    values["gate.requested"] = title_of(gate)
    made = make_template(rulebook(), gate, DAY, deck=deck)
    assert read_slides(render_template(made, ".pptx"), words()) == (values, lists)
    assert read_sheets(render_template(made, ".xlsx"), words()) == (values, lists)


def test_nothing_in_a_workbook_is_a_formula() -> None:
    made = make_template(rulebook(), "alpha_beta", DAY, deck=written(AWKWARD))
    for xml in sheet_parts(render_template(made, ".xlsx")).values():
        assert next(xml.iter("{*}f"), None) is None
    rows = sheets_of(render_template(made, ".xlsx"))["The project"]
    assert "=1+1; a, b" in [row[2] for row in rows]


def test_an_empty_list_says_none_and_an_item_that_says_nothing_tbc() -> None:
    made = make_template(rulebook(), "alpha_beta", DAY, deck=written(AWKWARD))
    rows = {p.list.name: p.rows for p in made.parts if not isinstance(p, FactsPart)}
    assert rows["risks"][0][0] is Mark.NONE
    assert rows["lessons"][0][0] is Mark.TO_BE_CONFIRMED
    tables = {table.name: table.rows for table in tables_of(render_template(made, ".pptx"))}
    assert tables["gatewise cards risks"][1][1] == "None"
    assert tables["gatewise list lessons"][1][0] == "TBC"


@given(st.data())
def test_every_value_reads_back_from_what_is_written(data: st.DataObject) -> None:
    specs = [
        *words().stated(),
        *(f for each in words().lists.values() for f in each.facts.values()),
    ]
    spec = data.draw(st.sampled_from(specs))
    value = data.draw(shipped_values(spec))
    assert parse_value(spec, parts_of(spec, write_value(spec, value))) == value


def test_a_label_that_could_be_misread_gives_way_to_the_id() -> None:
    def spec(type_: Any, values: dict[str, str]) -> FactSpec:
        return FactSpec("a.b", type_, "b", "?", "a", rulebook().gates["triage"].place, values)

    one = spec("choice", {"x": "semi; colon", "y": "TBC", "z": "y", "none": "no, nothing"})
    assert [write_value(one, v) for v in one.values] == ["x", "y", "z", "No, nothing"]
    many = spec("choices", {"x": "a, b", "none": "none", "y": "c"})
    several: list[Value] = [
        frozenset(),
        frozenset({"x"}),
        frozenset({"none"}),
        frozenset({"x", "y"}),
    ]
    assert [write_value(many, v) for v in several] == ["None", "A, b;", "None;", "A, b; C"]
    for value in several:
        assert parse_value(many, parts_of(many, write_value(many, value))) == value


# ---- slides


def test_tables_have_stable_names_numbered_over_slides() -> None:
    names = [table.name for table in tables_of(filled(REPAIRS, "alpha_beta", ".pptx"))]
    assert all(SHAPE.fullmatch(name) for name in names)
    assert len(set(names)) == len(names)
    assert {"gatewise facts finance", "gatewise facts finance 2"} <= set(names)
    for name in names:
        first, _, number = name.rpartition(" ")
        if number.isdecimal():
            assert names[names.index(name) - 1] in (first, f"{first} {int(number) - 1}")


def test_cards_go_on_counting() -> None:
    deck = written({"milestones": [{"title": f"M{n}"} for n in range(1, 8)]})
    made = make_template(rulebook(), "alpha_beta", DAY, deck=deck)
    cards = [t for t in tables_of(render_template(made, ".pptx")) if "cards milest" in t.name]
    heads = [head for table in cards for head in table.rows[0][1:]]
    assert heads == [f"Milestone {n}" for n in range(1, len(heads) + 1)]
    titles = [title for table in cards for title in table.rows[1][1:] if title]
    assert titles == [f"M{n}" for n in range(1, 8)]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda: filled(REPAIRS, "alpha_beta", ".pptx"), id="filled"),
        pytest.param(lambda: blank("alpha_beta", "homes_england", ".pptx"), id="blank"),
    ],
)
def test_slides_are_ones_that_everybody_can_read(content: Callable[[], bytes]) -> None:
    shown = presentation(content())
    assert round(shown.slide_width / shown.slide_height, 3) == round(16 / 9, 3)
    titles = [slide.shapes.title.text for slide in shown.slides]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    for slide in list(shown.slides)[1:]:
        first, *tables = slide.shapes  # in reading order
        assert first == slide.shapes.title
        for table, title in zip(tables, first.text.split(" · "), strict=True):
            assert table.element.find(".//{*}cNvPr").get("descr").startswith(title)
            assert table.table.first_row
            if len(tables) > 1:  # each says what it is of
                assert table.table.cell(0, 0).text == title
        for run in slide.element.iter("{*}rPr", "{*}endParaRPr"):
            assert run.get("lang") == "en-GB"
            assert run.get("sz") is None or int(run.get("sz")) >= 1200
        assert slide.has_notes_slide
    assert_all_fits(content())


def test_the_title_slide_says_what_and_where() -> None:
    title, *rest = presentation(filled(REPAIRS, "alpha_beta", ".pptx")).slides[0].placeholders
    assert title.text == "Report a repair on land and buildings we hold"
    assert rest[0].text == "Alpha to beta\nHomes England\n23 November 2026"


def test_notes_say_how_to_answer() -> None:
    slides = presentation(blank("alpha_beta", "homes_england", ".pptx")).slides
    notes = {slide.shapes.title.text: slide.notes_slide.notes_text_frame.text for slide in slides}
    finance = "\n".join(note for title, note in notes.items() if title.startswith("Financial"))
    assert "Whole-life cost (finance.whole_life_cost): What will the work cost over" in finance
    assert "An amount: £1,240,000, £640k or £1.24 million; £0 or more." in finance
    assert re.search(r"finance\.whole_life_cost.*Asked by .*[A-Z]+-\d{3}", finance)
    assert "write TBC" in finance
    assert "write None in its first answer" in notes["Options"]
    assert "One of: Business as usual; " in notes["Options"]


def test_a_long_answer_has_a_slide_and_stays_whole() -> None:
    text = "A sentence that is said again and again. " * 60
    deck = written({"strategic": {"problem_statement": text, "scope_in": "x"}})
    made = make_template(rulebook(), "alpha_beta", DAY, deck=deck)
    content = render_template(made, ".pptx")
    values, _ = read_slides(content, words())
    assert values["strategic.problem_statement"] == text.strip()
    names = [t.name for t in tables_of(content) if "strategic" in t.name]
    assert len(names) > 1


# ---- workbooks


def columns_of(content: bytes) -> Iterator[tuple[str, FactSpec, str]]:
    """The sheet and cell of each first answer, and what it answers."""
    stated = {spec.name: spec for spec in words().stated()}
    for sheet, rows in sheets_of(content).items():
        if rows and rows[0][0] == "Name":
            yield from ((sheet, stated[row[0]], f"C{n}") for n, row in enumerate(rows[1:], 2))
        elif rows and "." in str(rows[0][0]):
            for n, name in enumerate(rows[0]):
                listed, _, fact = name.rpartition(".")
                letter = chr(ord("A") + n)
                yield sheet, words().lists[listed].facts[fact], f"{letter}3:{letter}501"


def test_cells_offer_the_choices_and_never_refuse() -> None:
    content = filled(REPAIRS, "alpha_beta", ".xlsx")
    checks = {}
    for sheet, about, compared in validations(content):
        assert about.get("errorStyle") == "warning" or about.get("type") is None
        assert about["showInputMessage"] == "1"
        assert about["prompt"]
        assert about["promptTitle"]
        checks[sheet, about["sqref"]] = (about.get("type"), compared)
    long_choices = {
        n: [row[n] for row in sheets_of(content)["Choices"] if row[n]] for n in range(12)
        if n < len(sheets_of(content)["Choices"][0])
    }  # fmt: skip
    for sheet, spec, cells in columns_of(content):
        type_, compared = checks.pop((sheet, cells))
        if spec.type == "yes_no":
            assert (type_, compared) == ("list", '"Yes,No"')
        elif spec.type == "choice":
            assert type_ == "list"
            if compared.startswith('"'):
                offered = compared.strip('"').split(",")
            else:
                match = re.fullmatch(r"Choices!\$([A-Z])\$1:\$\1\$(\d+)", compared)
                assert match
                offered = long_choices[ord(match[1]) - ord("A")]
                assert len(offered) == int(match[2])
            assert [parse_value(spec, word) for word in offered] == list(spec.values)
        else:
            expected = {"date": "date", "integer": "whole"}
            decimal = ("money", "number", "percentage")
            assert type_ == expected.get(spec.type, "decimal" if spec.type in decimal else None)
    assert not checks


def test_sheets_are_ready_to_print_and_to_scroll() -> None:
    content = filled(REPAIRS, "alpha_beta", ".xlsx")
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    names = list(sheet_parts(content))
    assert names[0] == "How to use this"
    assert names[-1] == "Choices"
    assert all(len(name) <= 31 for name in names)
    for name, xml in sheet_parts(content).items():
        assert xml.find(f"{main}sheetProtection") is None
        if name in ("How to use this", "Choices"):
            continue
        pane = xml.find(f".//{main}pane")
        assert pane is not None
        assert pane.get("state") == "frozen"
        setup = xml.find(f"{main}pageSetup")
        assert setup is not None
        assert setup.get("orientation") == "landscape"
        assert setup.get("fitToHeight") == "0"
        assert xml.find(f".//{main}row[@customHeight]") is None  # rows grow with what is typed


# ---- the files


@pytest.mark.parametrize("ending", [".pptx", ".xlsx"])
def test_the_same_deck_gives_the_same_bytes_by_nobody(ending: str) -> None:
    made = make_template(rulebook(), "triage", DAY, deck=deck_of(REPAIRS))
    once, again = (render_template(made, ending) for _ in range(2))
    assert once == again
    with zipfile.ZipFile(BytesIO(once)) as archive:
        times = {entry.date_time for entry in archive.infolist()}
        core = archive.read("docProps/core.xml").decode()
        assert "docProps/thumbnail.jpeg" not in archive.namelist()
    assert times == {(1980, 1, 1, 0, 0, 0)}
    assert "Report a repair on land and buildings we hold: Triage of a request" in core
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2026-11-23T00:00:00Z"}
    for field in ("dc:creator", "cp:lastModifiedBy"):
        assert not re.search(rf"<{field}>[^<]", core)


OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
def test_templates_survive_libreoffice(tmp_path: Path) -> None:
    assert OFFICE is not None
    values, lists = stated_by(deck_of(REPAIRS))
    (tmp_path / "out").mkdir()
    for ending in (".pptx", ".xlsx"):
        (tmp_path / f"deck{ending}").write_bytes(filled(REPAIRS, "alpha_beta", ending))
        command = [OFFICE, "--headless", f"-env:UserInstallation=file://{tmp_path}/office"]
        command += ["--convert-to", ending[1:], "--outdir", str(tmp_path / "out")]
        command.append(str(tmp_path / f"deck{ending}"))
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    slides = (tmp_path / "out" / "deck.pptx").read_bytes()
    names = [table.name for table in tables_of(filled(REPAIRS, "alpha_beta", ".pptx"))]
    assert [table.name for table in tables_of(slides)] == names
    assert read_slides(slides, words()) == (values, lists)
    assert read_sheets((tmp_path / "out" / "deck.xlsx").read_bytes(), words()) == (values, lists)


# ---- the command


def test_the_commands_write_files(gatewise: Gatewise, tmp_path: Path) -> None:
    for command, name in (("deck", "deck.pptx"), ("workbook", "Deck.XLSX")):
        file = tmp_path / name
        given = ("--gate", "Triage of a request", "--organisation", "homes_england")
        ran = gatewise("template", command, *given, "--as-of", "2026-11-23", "-o", file)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out == f"{file} is made for the gate Triage of a request.\n"
        ending = file.suffix.lower()
        assert file.read_bytes() == blank("triage", "homes_england", ending)


REFUSED = [
    (("deck", "-o", "deck.xlsx"), "must end in .pptx"),
    (("workbook", "-o", "deck"), "must end in .xlsx"),
    (("deck",), "Missing option '-o'"),
    (("deck", "-o", "none/deck.pptx"), "cannot be written"),
    (("deck", "--gate", "trige", "-o", "a.pptx"), "Did you mean triage?"),
    (("deck", "--organisation", "x", "-o", "a.pptx"), 'no rules for the organisation "x"'),
    (("deck", "--organisation", "maldon", "--gate", "beta_live", "-o", "a.pptx"), "no gate"),
    (("deck", "--from", "two.yaml", "-o", "a.pptx"), "holds 2 decks"),
    (("deck", "--from", "deck.pptx", "-o", "deck.pptx"), "would replace deck.pptx"),
    (("deck", "--from", "other.yaml", "-o", "a.pptx"), 'no rules for the organisation "nobody"'),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_what_cannot_be_is_said(
    gatewise: Gatewise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...], said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("two.yaml").write_text("project: {title: a}\n---\nproject: {title: b}\n", "utf-8")
    Path("other.yaml").write_text("organisation: {id: nobody}\n", "utf-8")
    given = () if "--gate" in arguments else ("--gate", "triage")
    ran = gatewise("template", *arguments, *given)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert not Path("a.pptx").exists()


def test_a_name_that_separates_names_is_said(gatewise: Gatewise, tmp_path: Path) -> None:
    deck, out = tmp_path / "deck.yaml", tmp_path / "deck.pptx"
    deck.write_text("milestones:\n  - {title: A, depends_on: ['a; b']}\n", "utf-8")
    ran = gatewise("template", "deck", "--gate", "close", "--from", deck, "-o", out)
    assert (ran.code, out.exists()) == (3, False)
    assert "deck.yaml:2: milestones it depends on: a name holds a semicolon" in ran.err


def test_rules_of_ones_own_make_a_template(gatewise: Gatewise, tmp_path: Path) -> None:
    grants = ROOT / "tests" / "rulebooks" / "grants"
    own = load_rulebook(grants, cases=False)
    gate = "award"
    for command, ending in (("deck", ".pptx"), ("workbook", ".xlsx")):
        file = tmp_path / f"deck{ending}"
        given_ = ("--gate", gate, "--as-of", DAY, "--rules", grants)
        ran = gatewise("template", command, *given_, "-o", file)
        assert (ran.code, ran.err) == (0, "")
        names = names_of(make_template(own, gate, DAY))
        content = file.read_bytes()
        read = names_on_slides(content, own.vocabulary) if ending == ".pptx" else (
            names_in_sheets(content)
        )  # fmt: skip
        assert read == names


def test_a_list_with_one_fact_can_hold_an_item_that_is_called_none() -> None:
    spec = words().lists["alignment"]
    assert isinstance(spec, ListSpec)
    deck = written({"alignment": [{"priority": "none"}]})
    made = make_template(rulebook(), "triage", DAY, deck=deck)
    part = next(p for p in made.parts if not isinstance(p, FactsPart))
    assert part.rows == (("none", Mark.TO_BE_CONFIRMED),)
