"""JUnit, SARIF, workbooks and board pages: what they say, that they open, and that they are valid.

The recorded answers stand in tests/golden_outputs, those of office files as the texts in them.
``GATEWISE_UPDATE_GOLDENS=1 python -m pytest tests/test_output_files.py`` records them anew.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from conftest import Without
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from engine import (
    ENGINE_VERSION,
    CheckRun,
    DeckError,
    Document,
    NotAssessed,
    assess,
    load_rulebook,
    parse_deck,
    render,
    render_file,
)
from engine.errors import printable
from engine.renderers.text_size import cut, width, wrapped

pptx = pytest.importorskip("pptx")
calamine = pytest.importorskip("python_calamine")
pytest.importorskip("xlsxwriter")

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden_outputs"
_WITHOUT_RETE = "durable_rules is not installed, so the reference evaluator answered alone."
UPDATE = bool(os.environ.get("GATEWISE_UPDATE_GOLDENS"))
GRANTS = ROOT / "tests" / "rulebooks" / "grants"
TRIAGE = ROOT / "tests" / "rulebooks" / "triage"
SCHEMAS = Path(sys.prefix) / "share" / "gatewise-schemas"
REPAIRS = "examples/repairs-service/deck.yaml"
PASSING = "examples/council-appraisal/pass.yaml"
HEALTH = ("examples/rochford/ict.yaml", "examples/somerset/programme.yaml")
DAY = ("--as-of", "2026-11-23")
FILES = ("pptx", "xlsx", "junit", "sarif")

Gatewise = Callable[..., Any]

BIDS = """\
applicant: {name: Fen Club, kind: club}
bid: {amount: £12k, start: 1 July 2026, maturity: costed}
outputs:
  - {title: Shed, cost: £2k, due: Q4 2026}
checks: {accounts: yes, bank: yes}
---
applicant: {name: '=cmd|"/c calc"!A1', kind: charity}
bid: {amount: £5k}
---
applicant: {nam: Mistyped}
"""


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def written(gatewise: Gatewise, tmp_path: Path) -> Callable[..., dict[str, bytes]]:
    """What a command writes in each of the four forms."""

    def run(*arguments: object, stdin: str = "") -> dict[str, bytes]:
        files = {form: tmp_path / f"answer.{form}" for form in FILES}
        outputs = [part for form, file in files.items() for part in ("--output", f"{form}={file}")]
        ran = gatewise(*arguments, "--fail-on", "never", *outputs, stdin=stdin)
        assert ran.code in (0, 3), ran.err
        return {form: file.read_bytes() for form, file in files.items()}

    return run


def lasting(text: str) -> str:
    """The text without what changes with every edit of a rule, release and machine."""
    text = re.sub(rf"(?m)^.*(name=\"note\"|To know).*{_WITHOUT_RETE}.*\n", "", text)
    text = text.replace(f" {_WITHOUT_RETE}", "")
    text = re.sub(r"evaluated by reference( and durable_rules)?", "evaluated by EVALUATORS", text)
    text = re.sub(rf"\b{re.escape(ENGINE_VERSION)}\b", "VERSION", text)
    return re.sub(r"\b[0-9a-f]{16}\b", "HASH", text)


def compare(name: str, found: str) -> None:
    """The text is the one that was recorded; or record it."""
    file, found = GOLDEN / name, lasting(found)
    if UPDATE:
        file.write_text(found, encoding="utf-8", newline="\n")
    assert found == file.read_text(encoding="utf-8"), "see the top of this file"


def slides(content: bytes) -> Iterator[str]:
    """The text on each slide, shape by shape in reading order, without the notes."""
    for n, slide in enumerate(pptx.Presentation(io.BytesIO(content)).slides, 1):
        yield f"Slide {n}"
        for shape in slide.shapes:
            about = shape._element.xpath(".//p:cNvPr")[0].get("descr")
            yield f"  [{shape.name}]" + (f" {about}" if about else "")
            if shape.has_table:
                for row in shape.table.rows:
                    yield "    " + " | ".join(cell.text.replace("\n", " / ") for cell in row.cells)
            elif shape.has_text_frame:
                yield from (f"    {line}" for line in shape.text_frame.text.split("\n"))


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    """The cells of each sheet."""
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def as_lines(found: dict[str, list[list[Any]]]) -> Iterator[str]:
    """Sheet by sheet, a line for each row."""
    for name, rows in found.items():
        yield f"Sheet {name}"
        yield from ("\t".join(str(c).replace("\n", " / ") for c in row) for row in rows)


def table(rows: list[list[Any]]) -> list[dict[str, Any]]:
    """The rows of a sheet by its headings."""
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def decks_of_every_kind(tmp_path: Path) -> tuple[str, ...]:
    """One that passes, one that escalates, one that cannot be read, and one of a very long name."""
    title = "A programme to bring together, replace and retire separate systems, " * 4
    long = tmp_path / "long.yaml"
    long.write_text(f"project: {{title: '{title}'}}\ngate: {{requested: alpha_beta}}\n")
    return PASSING, REPAIRS, "tests/bad/deck.yaml", str(long)


# ---- word for word


def test_the_answers_for_builds_are_the_recorded_ones(
    written: Callable[..., dict[str, bytes]], gatewise: Gatewise
) -> None:
    given = ("--rules", GRANTS, "--gate", "award", "--as-of", "2026-06-01")
    made = written("check", "-", *given, "--organisation", "north", stdin=BIDS)
    compare("grants-junit.xml", made["junit"].decode())
    compare("grants-sarif.json", made["sarif"].decode())
    printed = gatewise("check", REPAIRS, "tests/bad/deck.txt", *DAY, "--format", "sarif")
    compare("repairs-sarif.json", printed.out)


def test_the_workbook_is_the_recorded_one(written: Callable[..., dict[str, bytes]]) -> None:
    given = ("--rules", GRANTS, "--gate", "award", "--as-of", "2026-06-01")
    made = written("check", "-", *given, "--organisation", "north", stdin=BIDS)
    compare("grants-xlsx.tsv", "\n".join(as_lines(sheets(made["xlsx"]))) + "\n")


def test_the_board_pages_are_the_recorded_ones(written: Callable[..., dict[str, bytes]]) -> None:
    for name, arguments in {
        "repairs": ("check", REPAIRS, *DAY),
        "pass": ("check", PASSING),
        "health": ("health", *HEALTH),
        "several": ("check", PASSING, REPAIRS, "tests/bad/deck.yaml", *DAY),
    }.items():
        compare(f"{name}-pptx.txt", "\n".join(slides(written(*arguments)["pptx"])) + "\n")


def test_every_recording_is_of_a_test() -> None:
    names = {"grants-junit.xml", "grants-sarif.json", "repairs-sarif.json", "grants-xlsx.tsv"}
    names |= {f"{name}-pptx.txt" for name in ("repairs", "pass", "health", "several")}
    assert {file.name for file in GOLDEN.iterdir()} == names


def test_the_same_decks_give_the_same_bytes(
    written: Callable[..., dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = written("check", PASSING, "tests/bad/deck.yaml", *DAY)
    # another day on the clock of the machine
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 1, 2, 3, 4, 6, 0, 2, 0))
    assert written("check", PASSING, "tests/bad/deck.yaml", *DAY) == first


# ---- what is not assessed or not known never looks like a pass


def test_a_deck_that_cannot_be_read_is_in_every_form_and_is_no_pass(
    written: Callable[..., dict[str, bytes]],
) -> None:
    made = written("check", PASSING, "tests/bad/deck.yaml", *DAY)
    suite = ET.fromstring(made["junit"]).find("testsuite[@name='tests/bad/deck.yaml']")
    assert suite is not None
    assert (suite.get("tests"), suite.get("errors"), suite.get("failures")) == ("1", "1", "0")
    run = json.loads(made["sarif"])["runs"][0]
    (invocation,) = run["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 3)
    assert len(invocation["toolExecutionNotifications"]) > 10
    assert {"uri": "tests/bad/deck.yaml"} in [each["location"] for each in run["artifacts"]]
    book = sheets(made["xlsx"])
    assert [row["Outcome"] for row in table(book["Summary"])] == ["Not assessed", "Passed"]
    wrong = [row for row in table(book["Findings"]) if row["Project"] == "tests/bad/deck.yaml"]
    assert {row["Outcome"] for row in wrong} == {"Not assessed"}
    text = re.split(r"(?m)^Slide ", "\n".join(slides(made["pptx"])))
    assert "deck.yaml | Not assessed" in text[1]
    assert "Not assessed. This is not a pass." in text[2]
    assert "Passed" not in text[2]


def test_a_deck_to_which_no_rule_applies_is_no_pass(
    written: Callable[..., dict[str, bytes]],
) -> None:
    made = written("check", "-", "--rules", TRIAGE, "--as-of", "2026-06-01", stdin="request: {}\n")
    assert ET.fromstring(made["junit"]).find("testsuite/testcase/error") is not None
    (invocation,) = json.loads(made["sarif"])["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert table(sheets(made["xlsx"])["Summary"])[0]["Outcome"] == "Not assessed"
    assert "Not assessed. This is not a pass." in "\n".join(slides(made["pptx"]))


def test_each_rule_is_a_case_and_only_what_is_met_passes(
    written: Callable[..., dict[str, bytes]], gatewise: Gatewise
) -> None:
    ran = gatewise("check", REPAIRS, *DAY, "--format", "json")
    (assessment,) = json.loads(ran.out)["assessments"]
    (suite,) = ET.fromstring(written("check", REPAIRS, *DAY)["junit"])
    cases = {case.get("name", "").split()[0]: case for case in suite.iter("testcase")}
    for finding in assessment["findings"]:
        case = cases[finding["rule"]]
        kinds = [part.tag for part in case if part.tag != "system-out"]
        if finding["status"] == "met":
            assert kinds == []
        elif finding["status"] == "not_applicable":
            assert kinds == ["skipped"]
        else:
            assert kinds == ["failure"]
            failure = case.find("failure")
            assert failure is not None
            assert failure.get("type") == finding["outcome"]
    unknown = next(f for f in assessment["findings"] if f["status"] == "unknown")
    failure = cases[unknown["rule"]].find("failure")
    assert failure is not None
    assert "ot enough information" in failure.get("message", "")


def test_a_score_below_the_mark_is_a_failure_of_its_own(
    written: Callable[..., dict[str, bytes]],
) -> None:
    made = written("check", "examples/gaps/deck.yaml")
    case = ET.fromstring(made["junit"]).find("testsuite/testcase")
    assert case is not None
    assert case.get("name") == "The score reaches the key-criteria threshold"
    assert case.find("failure[@type='escalate']") is not None
    results = json.loads(made["sarif"])["runs"][0]["results"]
    mark = next(result for result in results if result["ruleId"] == "pass-mark")
    assert (mark["kind"], mark["level"]) == ("fail", "error")


def test_sarif_gives_the_line_of_what_was_found_and_a_level_by_outcome(
    written: Callable[..., dict[str, bytes]], gatewise: Gatewise
) -> None:
    run = json.loads(written("check", REPAIRS, *DAY)["sarif"])["runs"][0]
    lines = (ROOT / REPAIRS).read_text(encoding="utf-8").splitlines()
    by_rule = {result["ruleId"]: result for result in run["results"]}
    place = by_rule["SPEND-001"]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == REPAIRS
    assert "logged: no" in lines[place["region"]["startLine"] - 1]
    kinds = {(r["properties"]["outcome"], r["kind"], r["level"]) for r in run["results"][1:]}
    assert kinds == {
        ("escalate", "fail", "error"),
        ("recommend", "fail", "warning"),
        ("pass", "pass", "none"),
        (None, "notApplicable", "none"),
    }
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    # printed without --show all, only what asks for something
    short = json.loads(gatewise("check", REPAIRS, *DAY, "--format", "sarif").out)["runs"][0]
    assert {r["level"] for r in short["results"]} == {"error", "warning"}
    assert len(short["results"]) == 3


def test_a_place_without_a_line_is_told_in_words(gatewise: Gatewise) -> None:
    ran = gatewise(
        "check", "-", *DAY, "--gate", "alpha_beta", "--format", "sarif", stdin="project: {title: x}"
    )
    for result in json.loads(ran.out)["runs"][0]["results"]:
        (location,) = result["locations"]
        assert "physicalLocation" not in location
        assert location["logicalLocations"][0]["fullyQualifiedName"] == "standard input"


# ---- by the published schemas


@pytest.mark.skipif(
    not (SCHEMAS / "junit-10.xsd").is_file(), reason=".ci/fetch-schemas has not been run"
)
def test_junit_is_valid_by_the_schema_of_jenkins(
    written: Callable[..., dict[str, bytes]], tmp_path: Path
) -> None:
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS / "junit-10.xsd")))
    made = written("check", *decks_of_every_kind(tmp_path), *DAY)
    schema.assertValid(etree.fromstring(made["junit"]))


@pytest.mark.skipif(
    not (SCHEMAS / "sarif-2.1.0.json").is_file(), reason=".ci/fetch-schemas has not been run"
)
def test_sarif_is_valid_by_its_schema(
    written: Callable[..., dict[str, bytes]], tmp_path: Path
) -> None:
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    made = written("check", *decks_of_every_kind(tmp_path), *DAY)
    Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER).validate(
        json.loads(made["sarif"])
    )


# ---- the workbook


def test_the_workbook_holds_every_finding_with_typed_cells(
    written: Callable[..., dict[str, bytes]], gatewise: Gatewise
) -> None:
    (assessment,) = json.loads(gatewise("check", REPAIRS, *DAY, "--format", "json").out)[
        "assessments"
    ]
    book = sheets(written("check", REPAIRS, *DAY)["xlsx"])
    findings, others = table(book["Findings"]), table(book["Not applicable"])
    for rows, in_force in ((findings, True), (others, False)):
        assert [row["Rule"] for row in rows] == [
            f["rule"]
            for f in assessment["findings"]
            if (f["status"] != "not_applicable") is in_force
        ]
    assert {row["Rules as of"] for row in findings} == {date(2026, 11, 23)}
    evidence = table(book["Evidence"])
    assert len(evidence) == sum(len(f["evidence"]) for f in assessment["findings"])
    cost = next(row for row in evidence if row["Name of the fact"] == "finance.whole_life_cost")
    assert (cost["Value"], cost["As a number or date"]) == ("£640,000", 640_000)
    assert isinstance(cost["Line"], float)
    days = [row for row in evidence if isinstance(row["As a number or date"], date)]
    assert days
    (summary,) = table(book["Summary"])
    assert (summary["Score"], summary["Outcome"]) == (1, "Escalated")
    numbers = table(book["Numbers"])
    assert {"published", "proposed by this tool: no source gives it"} <= {
        row["What the source is worth"] for row in numbers
    }


def test_tables_can_be_filtered_printed_and_read_aloud(
    written: Callable[..., dict[str, bytes]],
) -> None:
    with zipfile.ZipFile(io.BytesIO(written("health", *HEALTH)["xlsx"])) as packed:
        files = {name: packed.read(name).decode() for name in packed.namelist()}
    every = [text for name, text in files.items() if re.search(r"worksheets/sheet\d+\.xml", name)]
    assert len(every) == 9
    for text in every:
        assert "<f>" not in text
        assert 'state="frozen"' in text
        assert 'orientation="landscape"' in text
        assert 'fitToHeight="0"' in text
        assert "<mergeCells" not in text
    tables = [text for name, text in files.items() if "xl/tables/" in name]
    assert len(tables) == 9
    assert all("<autoFilter" in text and "altTextSummary" in text for text in tables)


# ---- the board pages


def test_board_pages_can_be_read_aloud_and_keep_to_the_slide(
    written: Callable[..., dict[str, bytes]], tmp_path: Path
) -> None:
    decks = decks_of_every_kind(tmp_path)
    for content in (
        written("check", *decks, *DAY)["pptx"],
        written("health", *HEALTH)["pptx"],
        written("check", "examples/portfolio/portfolio.jsonl")["pptx"],
    ):
        show = pptx.Presentation(io.BytesIO(content))
        assert show.core_properties.language == "en-GB"
        for slide in show.slides:
            assert slide.shapes.title is not None
            assert slide.shapes.title.text_frame.text
            assert slide.shapes[0].shape_id == slide.shapes.title.shape_id
            for run in slide._element.xpath(".//a:rPr"):
                assert run.get("lang") == "en-GB"
            for shape in slide.shapes:
                assert 0 <= shape.left <= shape.left + shape.width <= show.slide_width
                assert 0 <= shape.top <= shape.top + shape.height <= show.slide_height
                about = shape._element.xpath(".//p:cNvPr")[0].get("descr")
                assert about or shape.has_text_frame, shape.name
            by_name = {shape.name: shape for shape in slide.shapes}
            foot = by_name["About this check"]
            for name in ("Reasons and next steps", "Requirements met", "Problems", "Decks"):
                if name in by_name:
                    table = by_name[name]
                    assert table.top + table.height <= foot.top
                    assert table.height == sum(row.height for row in table.table.rows)
            for size in slide._element.xpath(".//a:tbl//a:rPr/@sz"):
                assert int(size) >= 1000


def test_what_is_cut_on_a_board_page_is_whole_in_its_notes(
    written: Callable[..., dict[str, bytes]], gatewise: Gatewise, tmp_path: Path
) -> None:
    decks = decks_of_every_kind(tmp_path)
    assessments = json.loads(gatewise("check", *decks, *DAY, "--format", "json").out)["assessments"]
    show = pptx.Presentation(io.BytesIO(written("check", *decks, *DAY)["pptx"]))
    texts = [slide.notes_slide.notes_text_frame.text for slide in list(show.slides)[1:]]
    for assessment in assessments:
        title = " ".join(assessment["title"].split())
        (notes,) = [text for text in texts if text.startswith(f"{title}\n")]
        for finding in assessment["findings"]:
            assert f"{finding['rule']}: " in notes
            if finding["outcome"] in ("recommend", "escalate"):
                assert finding["reason"] in notes
                assert finding["remedy"] in notes


def test_the_rows_of_a_summary_lead_to_the_pages(
    written: Callable[..., dict[str, bytes]],
) -> None:
    content = written("check", "examples/portfolio/portfolio.jsonl")["pptx"]
    show = pptx.Presentation(io.BytesIO(content))
    first, *own = show.slides
    links = first._element.xpath(".//a:hlinkClick")
    assert len(links) == 12  # the title and the page of each of six
    for link, n in zip(links[::2], range(6), strict=True):
        leads = first.part.related_part(link.rId)
        assert leads is own[n].part


def test_a_long_summary_is_continued(gatewise: Gatewise, tmp_path: Path) -> None:
    deck = "project: {title: 'Number %d of a great many projects'}\ngate: {requested: triage}\n"
    many = "---\n".join(deck % n for n in range(30))
    file = tmp_path / "board.pptx"
    assert gatewise("check", "-", *DAY, "--output", f"pptx={file}", stdin=many).code == 1
    show = pptx.Presentation(file)
    summaries = len(show.slides) - 30
    assert summaries > 1
    shown = [
        row.cells[0].text
        for slide in list(show.slides)[:summaries]
        for shape in slide.shapes
        if shape.has_table
        for row in list(shape.table.rows)[1:]
    ]
    assert shown == [f"Number {n} of a great many projects" for n in range(30)]


# ---- text from decks stays text


def answer_to(name: str, title: str) -> CheckRun:
    """A run over a bid in which these stand, and the same as the name of a file."""
    words = _GRANTS.vocabulary
    data = {
        "applicant": {"name": name, "kind": "club"},
        "project": {"title": name},
        "outputs": [{"title": title, "cost": "£2k"}],
    }
    failed: list[NotAssessed] = []
    done = []
    for source in ("bid.yaml", name or "x"):
        document = Document(source, data, {(): 1})
        try:
            deck = parse_deck(document, words)
            done.append(assess(_GRANTS, deck, date(2026, 6, 1), gate="award", organisation="north"))
        except DeckError as error:
            failed.append(NotAssessed(source, error.problems))
    return CheckRun.of(done, failed)


_GRANTS = load_rulebook(GRANTS)
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=20)
@given(ANYTHING, ANYTHING)
@example("=1+1", '+HYPERLINK("http://x")')
@example("<b>&amp;</b>]]><![CDATA[", "{0} [a](b) \\")
@example("\x00\x01\x1b[31m\x7f\u2028\ufffe", "@SUM(A1)\t\r\n-1")
@example("שלום עולם مرحبا", "\u202eevil\u202c")
@example("x" * 5000, "long word " * 2000)
@example("_x0041_", "'quoted")
def test_nothing_that_a_deck_says_breaks_a_file(name: str, title: str) -> None:
    run = answer_to(name, title)
    shown = " ".join(printable(name).split())
    files = {form: render_file(run, form, show="all") for form in FILES}
    root = ET.fromstring(files["junit"])
    assert len(root.findall("testsuite")) == 2
    log = json.loads(files["sarif"])
    assert log["runs"][0]["results"] or log["runs"][0]["invocations"]
    book = sheets(files["xlsx"])
    assert len(table(book["Summary"])) == 2
    cells = [cell for rows in book.values() for row in rows for cell in row]
    texts = list(slides(files["pptx"]))
    assert len([text for text in texts if text.startswith("Slide ")]) == 3
    with zipfile.ZipFile(io.BytesIO(files["xlsx"])) as packed:
        parts = [packed.read(part).decode() for part in packed.namelist() if "sheet" in part]
    assert not any("<f>" in part for part in parts)
    if shown and run.assessments and len(shown) < 40:
        decks = {assessment.deck for assessment in run.assessments}
        assert " ".join(printable(name or "x").split()) in {
            " ".join(printable(deck).split()) for deck in decks
        }
        assert shown in cells
        assert f"    {shown}" in texts


# ---- the room that texts take


@given(ANYTHING, st.integers(1, 4), st.integers(40, 300))
def test_a_text_that_is_cut_fits_and_one_that_fits_is_not_cut(
    text: str, most: int, room: int
) -> None:
    whole = " ".join(text.split())
    shown = cut(text, 12, room, most)
    assert len(wrapped(shown, 12, room)) <= most
    assert (shown == whole) is (len(wrapped(whole, 12, room)) <= most) or whole.endswith("…")
    assert all(width(line, 12) <= room for line in wrapped(text, 12, room) if len(line) > 1)


def test_a_text_is_cut_at_a_word() -> None:
    assert cut("one two three four five six", 12, 60, 2) == "one two three…"


# ---- without the libraries


@pytest.mark.parametrize(("form", "library"), [("pptx", "pptx"), ("xlsx", "xlsxwriter")])
def test_a_missing_library_is_a_sentence(
    gatewise: Gatewise, without: Without, tmp_path: Path, form: str, library: str
) -> None:
    without(library)
    ran = gatewise("check", PASSING, "--output", f"{form}={tmp_path / 'answer'}")
    assert ran.code == 2
    assert f"need the library {library}, which is not installed" in ran.err
    assert "pip install 'gatewise[office]'" in ran.err
    assert "Traceback" not in ran.err
    assert not (tmp_path / "answer").exists()


def test_forms_for_people_cannot_be_printed(gatewise: Gatewise) -> None:
    for form in ("pptx", "xlsx"):
        assert gatewise("check", PASSING, "--format", form).code == 2
    assert render(CheckRun.of([]), "junit").startswith("<?xml")
