"""Reports as files: what stands in them, that text stays text, and that anybody can read them."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import Without
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from engine import CheckRun, NotAssessed, render, render_file
from engine.errors import Place, Problem
from engine.model.document import Note
from engine.renderers.blocks import COLOURS, plain
from tests.test_examples import GOLDEN, UPDATE

docx = pytest.importorskip("docx")
lxml = pytest.importorskip("lxml.etree", exc_type=ImportError)
pytest.importorskip("typst")

W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
VAL, TR = f"{{{W['w']}}}val", f"{{{W['w']}}}tr"

ROOT = Path(__file__).resolve().parent.parent
REPAIRS, DAY = "examples/repairs-service/deck.yaml", "2026-11-23"
PASSING = "examples/council-appraisal/pass.yaml"
RECOMMENDING = "examples/council-appraisal/recommend.yaml"
BROKEN = "tests/bad/deck.yaml"
FORMS = ("html", "docx", "pdf", "csv")
POPPLER = pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler's pdftotext")

# the recording's name: the command that is recorded
RECORDED: dict[str, tuple[str, ...]] = {
    "repairs-service": ("check", REPAIRS, "--as-of", DAY),
    "rochford-ict": ("health", "examples/rochford/ict.yaml"),
    "several": ("check", PASSING, RECOMMENDING, "nowhere.yaml"),
}

Gatewise = Callable[..., Any]


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def written(gatewise: Gatewise, tmp_path: Path) -> Callable[..., dict[str, bytes]]:
    """Every form of an answer, as the command line writes it."""

    def write(*command: str) -> dict[str, bytes]:
        files = {form: tmp_path / f"answer.{form}" for form in FORMS}
        ran = gatewise(*command, *(f"--output={form}={file}" for form, file in files.items()))
        assert ran.code in (0, 1, 3)
        return {form: file.read_bytes() for form, file in files.items()}

    return write


@pytest.fixture(scope="module")
def assessed() -> engine.Assessment:
    """A small assessment with findings, evidence, links and a score."""
    rulebook = engine.load_rulebook(engine.shipped_rules(), cases=False)
    (document,) = engine.read_documents(str(ROOT / RECOMMENDING), rulebook.vocabulary)
    deck = engine.parse_deck(document, rulebook.vocabulary)
    return engine.assess(rulebook, deck, date(2026, 12, 2))


# ---- what each form says, as text


class Page(HTMLParser):
    """A page's elements and texts; it must be well nested."""

    VOID = ("meta", "col", "wbr")
    TEXTS = ("title", "h1", "h2", "h3", "h4", "p", "th", "td", "li", "dt", "dd")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)
            if tag in self.TEXTS:
                self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if any(tag in self.TEXTS for tag in self._open):
            self.texts[-1] += data

    def of(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag in tags]


def word_text(content: bytes) -> str:
    """A Word document's paragraphs, each with its style, and its tables' rows, in order."""
    body = lxml.fromstring(part_of(content, "word/document.xml").encode())
    lines = []
    for block in body.iterfind("w:body/*", W):
        if block.tag.endswith("}tbl"):
            rows = [[said(cell) for cell in row.iterfind("w:tc", W)] for row in block.iter(TR)]
            lines += [f"| {' | '.join(row)} |" for row in rows]
        elif text := said(block):
            style = block.find("w:pPr/w:pStyle", W)
            lines.append(f"[{'Normal' if style is None else style.get(VAL)}] {text}")
    return "\n".join(lines) + "\n"


def said(element: Any) -> str:
    parts = element.xpath(".//w:t | .//w:tab[parent::w:r]", namespaces=W)
    return "".join("\t" if part.tag.endswith("}tab") else part.text or "" for part in parts)


def part_of(content: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def pdf_tree(content: bytes) -> str:
    """A PDF's tagged text in reading order: what a screen reader says, whatever page it is on."""
    command = ["pdfinfo", "-struct-text", "-"]
    printed = subprocess.run(command, input=content, capture_output=True, check=True).stdout
    lines: list[str] = []
    for each in printed.decode().splitlines():
        part = each.strip()
        if part.startswith('"'):
            lines[-1] += part[1:-1]
        elif (tag := re.match(r"[A-Z]\w*", part)) and tag[0] not in ("Span", "Link"):
            lines.append(f"[{tag[0]}] ")
    return "\n".join(line.rstrip() for line in lines if not line.endswith("] ")) + "\n"


def pdf_text(content: bytes) -> str:
    command = ["pdftotext", "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def lasting(text: str) -> str:
    """The text without what changes with every edit of a rule, every release and every machine."""
    text = re.sub(
        r"gatewise [\w.]+, rulebook rules \w{16}", "gatewise VERSION, rulebook HASH", text
    )
    made = r"Rulebook rules \w{16}, engine [\w.]+,\s+evaluated by [\w ]+\.(?: Not checked[^<\n]*)?"
    return re.sub(made, "Rulebook HASH, engine VERSION, evaluated by EVALUATORS.", text)


def compare(name: str, found: str) -> None:
    """The text is the one that was recorded; or record it."""
    file = GOLDEN / "board-packs" / name
    if UPDATE:
        file.parent.mkdir(exist_ok=True)
        file.write_text(found, encoding="utf-8", newline="\n")
    assert found == file.read_text(encoding="utf-8"), (
        "GATEWISE_UPDATE_GOLDENS=1 python -m pytest tests/test_board_packs.py records it anew"
    )


@pytest.mark.parametrize("name", RECORDED)
def test_the_page_and_the_word_document_are_the_recorded_ones(written: Any, name: str) -> None:
    found = written(*RECORDED[name])
    compare(f"{name}.docx.txt", lasting(word_text(found["docx"])))
    if name != "rochford-ict":  # the longest: once is enough
        compare(f"{name}.html", lasting(found["html"].decode()))


@POPPLER
@pytest.mark.parametrize("name", ["repairs-service", "several"])
def test_what_the_pdf_reads_out_is_what_was_recorded(written: Any, name: str) -> None:
    compare(f"{name}.pdf.txt", lasting(pdf_tree(written(*RECORDED[name])["pdf"])))


@pytest.mark.parametrize("name", RECORDED)
def test_the_rows_that_ask_for_something_are_the_recorded_ones(written: Any, name: str) -> None:
    """What passed or does not apply is left out of the recording, which would be long."""
    kept = io.StringIO()
    rows = rows_of(written(*RECORDED[name])["csv"])
    writer = csv.DictWriter(kept, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for row in rows if row["Status"] not in ("Met", "Not applicable"))
    compare(f"{name}.csv", kept.getvalue())


def test_every_recording_is_compared() -> None:
    names = {f"{name}.{kind}" for name in RECORDED for kind in ("docx.txt", "csv")}
    names |= {f"{name}.{kind}" for name in ("repairs-service", "several")
              for kind in ("html", "pdf.txt")}  # fmt: skip
    assert {path.name for path in (GOLDEN / "board-packs").iterdir()} == names


# ---- the same content in each form


def texts_of(files: dict[str, bytes]) -> dict[str, str]:
    """Each form's text in one line, without the signs that part cells."""
    texts = {
        "html": " ".join(Page(files["html"].decode()).texts),
        "docx": word_text(files["docx"]).replace("\t", " "),
    }
    return {form: " ".join(text.split()) for form, text in texts.items()}


def test_what_a_finding_asks_stands_in_each_form(written: Any, gatewise: Gatewise) -> None:
    files = written("check", REPAIRS, "--as-of", DAY)
    texts = texts_of(files)
    texts["csv"] = files["csv"].decode("utf-8-sig")
    for said in (
        "Report a repair on land and buildings we hold",
        "Escalated",
        "The spend is not on the pipeline. The organisation puts all its digital and technology",
        "Put the spend on the pipeline with the Digital Spend Assurance Lead",
        "Homes England Digital PMO page, GDS Spend Control Pipeline",
        "not stated, write organisation.delegated_limit",
    ):
        for form, text in texts.items():
            assert said in text, (form, said)
    for form in ("html", "docx"):
        assert "What does not bind Homes England" in texts[form]
        assert "70 passed" in texts[form]
        assert "It does not replace a decision by the board" in texts[form]


def test_what_passed_is_a_short_table_and_only_on_request(gatewise: Gatewise) -> None:
    full = gatewise("check", PASSING, "--format", "html", "--show", "all").out
    short = gatewise("check", PASSING, "--format", "html").out
    assert "Passed (32)" in full
    assert "Passed (32)" not in short
    assert "The score adds up" in full
    assert "The requirement is met." not in full  # 32 times the same sentence helps nobody
    answer = json.loads(gatewise("check", PASSING, "--format", "json").out)["assessments"][0]
    idle = sum(f["status"] == "not_applicable" and not f["not_checked"] for f in answer["findings"])
    silent = sum(f["not_checked"] for f in answer["findings"])
    assert idle > 100
    assert silent > 1
    said = (
        f"{idle} rules do not apply to this deck, and {silent} rules were not checked, because the "
        "deck does not state what they are about; the JSON and CSV forms say why."
    )
    for page in (full, short):
        assert said in page


def test_a_deck_that_cannot_be_read_never_looks_like_a_pass(written: Any) -> None:
    files = written("check", PASSING, BROKEN, "nowhere.yaml")
    for form, text in texts_of(files).items():
        assert "0 escalated, 2 not assessed, 0 with recommendations, 1 passed." in text, form
        assert "They have no outcome, and this is no pass." in text, form
        assert "Not assessed (2)" in text, form
        assert "Could not assess nowhere.yaml" in text, form
    failed = [row for row in rows_of(files["csv"]) if row["Deck outcome"] == "Not assessed"]
    assert {row["Deck"] for row in failed} == {BROKEN, "nowhere.yaml"}
    assert all(row["Reason"] and row["Places"] and not row["Rule"] for row in failed)


def test_one_deck_that_cannot_be_read_is_a_report_too(written: Any) -> None:
    files = written("check", "nowhere.yaml")
    for text in texts_of(files).values():
        assert "Could not assess nowhere.yaml" in text
        assert "Passed" not in text
    assert [row["Deck outcome"] for row in rows_of(files["csv"])] == ["Not assessed"]


def test_a_rulebook_that_only_concludes_gives_its_answer(
    written: Any, assessed: engine.Assessment
) -> None:
    concludes = replace(assessed, outcome=None, findings=(), score=None, headline="Tier: gold")
    run = CheckRun.of([concludes])
    assert "Tier: gold" in Page(render(run, "html")).texts
    assert "[Outcomeothertitle] Tier: gold" in word_text(render_file(run, "docx"))
    (row,) = rows_of(render_file(run, "csv"))
    assert (row["Deck outcome"], row["Rule"]) == ("Tier: gold", "")
    nothing = replace(concludes, assessed=False, headline="Could not assess. No rule applied.")
    for text in (render(CheckRun.of([nothing]), "html"),):
        assert "Could not assess. No rule applied." in text
        assert "passed" not in text


def test_a_very_long_list_of_what_was_seen_is_cut_and_said_to_be(
    assessed: engine.Assessment,
) -> None:
    finding = next(f for f in assessed.findings if f.evidence and f.outcome == "recommend")
    seen = replace(finding.evidence[0], label="seen once")
    many = replace(assessed, findings=(replace(finding, evidence=(seen,) * 50),))
    page = render(CheckRun.of([many]), "html")
    assert page.count("seen once") == 20
    assert "And 30 more, which the JSON and CSV forms list." in page
    few = replace(assessed, findings=(replace(finding, evidence=(seen,) * 20),))
    assert "more, which" not in render(CheckRun.of([few]), "html")
    (row,) = rows_of(render_file(CheckRun.of([many]), "csv"))
    assert row["What was seen"].count("seen once") == 50


def test_a_place_in_the_deck_needs_no_file_name_and_another_does() -> None:
    from engine.renderers.words import spot

    assert spot(Place("a.yaml", 7), "a.yaml") == "line 7"
    assert spot(Place("a.jsonl", 2, "record 2"), "a.jsonl, record 2") == "line 2"
    slide = "Slide 5, benefits table, row 2, baseline"
    assert spot(Place("a.pptx", None, slide), "a.pptx") == slide
    assert spot(Place("rules/a.yaml", 7), "a.yaml") == "rules/a.yaml:7"
    assert spot(Place("a.y", 7), "a.yaml") == "a.y:7"
    assert spot(Place("a.yaml"), "a.yaml") == "a.yaml"
    assert spot(None, "a.yaml") == ""


# ---- several decks


def test_the_most_pressing_decks_come_first_in_each_form(written: Any, gatewise: Gatewise) -> None:
    decks = (PASSING, RECOMMENDING, "nowhere.yaml", REPAIRS)
    texts = texts_of(written("check", *decks, "--as-of", DAY))
    for form in ("text", "markdown"):
        texts[form] = gatewise("check", *decks, "--as-of", DAY, "--format", form).out
    failed = "Could not assess nowhere.yaml"
    after = {  # what stands in each deck's own part alone
        "html": ("2 escalated, 1 recommendation,", failed, "3 recommendations, "),
        "docx": ("2 escalated, 1 recommendation,", failed, "3 recommendations, "),
        "text": ("\nESCALATED", failed, "3 RECOMMENDATIONS", "\nPASSED"),
        "markdown": ("**Escalated.**", failed, "3 recommendations.", "**Passed.**"),
    }
    for form, text in texts.items():
        places = [text.index(said) for said in after[form]]
        assert places == sorted(places), form
        outcomes = [text.index(said) for said in ("Escalated", "Not assessed", "With recomm")]
        assert outcomes == sorted(outcomes), form
        assert outcomes[-1] < places[0], form  # the summary is before them all
    answer = json.loads(gatewise("check", *decks, "--as-of", DAY, "--format", "json").out)
    assert [each["deck"] for each in answer["assessments"]] == [PASSING, RECOMMENDING, REPAIRS]
    rows = dict.fromkeys(row["Deck"] for row in rows_of(written("check", *decks)["csv"]))
    assert list(rows) == [PASSING, RECOMMENDING, REPAIRS, "nowhere.yaml"]


@pytest.mark.parametrize("decks", [(REPAIRS,), (REPAIRS, PASSING, RECOMMENDING, "nowhere.yaml")])
def test_the_summary_can_stand_alone(written: Any, gatewise: Gatewise, decks: tuple[str]) -> None:
    command = ("check", *decks, "--as-of", DAY, "--show", "summary")
    files = written(*command)
    texts = texts_of(files)
    texts |= {form: gatewise(*command, "--format", form).out for form in ("text", "markdown")}
    for form, said in texts.items():
        text = " ".join(said.split())
        assert "2 escalated, 1 " in text, form
        assert "SPEND-001" not in text, form
        assert text.count("Report a repair on land and ") == 1, form
        assert ("1 problem" in text) is (len(decks) > 1), form
    page = Page(files["html"].decode())
    # no row leads to a part that is not there
    assert [a["href"] for a in page.of("a")] == ["#main"]
    assert len(page.of("tr")) == len(decks) + 1
    if shutil.which("pdftotext"):
        assert "SPEND-001" not in pdf_text(files["pdf"])
    assert len(rows_of(files["csv"])) > 100  # a form for machines holds everything


def test_decks_of_one_title_are_told_apart_by_their_files(gatewise: Gatewise) -> None:
    ran = gatewise(
        "check", PASSING, RECOMMENDING, REPAIRS, "--format", "markdown", "--show", "summary"
    )
    cells = [line.split(" | ")[0] for line in ran.out.splitlines() if line.startswith("| ")][1:]
    assert cells == [
        "| Report a repair on land and buildings we hold",
        "| Garden waste subscriptions, renew and pay online (recommend.yaml)",
        "| Garden waste subscriptions, renew and pay online (pass.yaml)",
    ]


def test_each_row_of_the_summary_leads_to_its_deck(written: Any) -> None:
    files = written("check", PASSING, BROKEN, "nowhere.yaml", RECOMMENDING)
    page = Page(files["html"].decode())
    targets = [str(a["href"])[1:] for a in page.of("a") if str(a["href"]).startswith("#part")]
    assert targets == ["part-2-1", "part-2-1", "part-3-1", "part-4-1"]  # two share their pages
    headings = {attributes["id"] for tag, attributes in page.elements if tag == "h2"}
    assert set(targets) <= headings
    word = lxml.fromstring(part_of(files["docx"], "word/document.xml").encode())
    anchors = word.xpath("//w:hyperlink/@w:anchor", namespaces=W)
    assert anchors == ["part2", "part2", "part3", "part4"]
    assert set(anchors) <= set(word.xpath("//w:bookmarkStart/@w:name", namespaces=W))
    assert b"part-1" in inflated(files["pdf"]) or b"/GoTo" in inflated(files["pdf"])


def test_a_deck_without_a_title_is_called_by_its_file_without_folders(
    written: Any, tmp_path: Path
) -> None:
    deck = tmp_path / "far" / "away.yaml"
    deck.parent.mkdir()
    deck.write_text("gate: {requested: alpha_beta}\n")
    files = written("check", str(deck))
    page = Page(files["html"].decode())
    assert page.texts[0] == "away.yaml"
    assert page.texts.count("away.yaml") == 2  # the page's title and its heading
    document = docx.Document(io.BytesIO(files["docx"]))
    assert document.core_properties.title == "away.yaml"
    assert document.sections[0].header.paragraphs[0].text == "away.yaml · Alpha to beta"


def test_what_the_score_leaves_out_is_said_beside_it(gatewise: Gatewise) -> None:
    for form in ("text", "markdown", "html"):
        text = " ".join(gatewise("check", REPAIRS, "--as-of", DAY, "--format", form).out.split())
        assert "37 carry points; an escalation stands whatever the score." in text, form


def test_a_policy_is_the_organisations_own_only_where_its_source_says_so(written: Any) -> None:
    own, taken_up = (
        "(the organisation's own policy)",
        "(an organisation's policy, taken up by these",
    )
    ours = texts_of(written("check", REPAIRS, "--as-of", DAY))["docx"]
    assert f"Homes England Digital PMO page, GDS Spend Control Pipeline {own}" in ours
    council = texts_of(written("check", "examples/council-appraisal/escalate.yaml"))["docx"]
    assert f"Homes England Digital PMO page, Pitch Deck Process {taken_up}" in council
    assert f"Maldon District Council, Section 3, prioritisation matrix, 2024 {own}" in council


# ---- the page


def test_the_page_needs_nothing_else(gatewise: Gatewise) -> None:
    page = gatewise("check", REPAIRS, PASSING, "nowhere.yaml", "--format", "html").out
    found = Page(page)
    assert not found.of("script", "link", "img", "iframe", "object", "base")
    assert not re.search(r"url\(|@import|\ssrc=|\son\w+=", page)
    assert found.of("html")[0]["lang"] == "en-GB"
    assert len(found.of("title", "main", "h1")) == 3


@pytest.mark.parametrize("decks", [(REPAIRS,), (REPAIRS, PASSING, "nowhere.yaml"), ("no.yaml",)])
def test_the_page_can_be_walked_by_headings_links_and_tables(
    gatewise: Gatewise, decks: tuple[str, ...]
) -> None:
    found = Page(gatewise("check", *decks, "--format", "html", "--show", "all").out)
    levels = [int(tag[1]) for tag, _ in found.elements if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    inside = [a["href"] for a in found.of("a") if str(a["href"]).startswith("#")]
    assert inside[0] == "#main"
    assert {str(link)[1:] for link in inside} <= set(ids)
    assert len(inside) > (len(decks) if len(decks) > 1 else 0)
    assert {cell["scope"] for cell in found.of("th")} == {"col", "row"}
    assert len(found.of("table")) == len(found.of("caption")) == len(found.of("thead")) > 0


def luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_colour_has_contrast_enough() -> None:
    assert contrast("ffffff", "000000") == pytest.approx(21)
    for ink, tint in COLOURS.values():
        assert contrast(ink, tint) > 7
        assert contrast(ink, "ffffff") > 7
        assert contrast("16181d", tint) > 7
    for ink in ("16181d", "4a4f58", "0b4a8f"):  # text, quiet text, links
        for ground in ("ffffff", "eceef1"):
            assert contrast(ink, ground) > 4.5
    css = (ROOT / "engine/renderers/page.css").read_text()
    typ = (ROOT / "engine/renderers/board_pack.typ").read_text()
    known = {"16181d", "4a4f58", "0b4a8f", "eceef1", "fff", "b4b9c1", "6b717b"}
    assert set(re.findall(r"#([0-9a-f]{3,6})\b", css)) == known
    assert set(re.findall(r'"#([0-9a-f]{6})"', typ)) <= known


# ---- the Word document


def test_the_word_document_has_real_headings_tables_fields_and_properties(written: Any) -> None:
    content = written("check", REPAIRS, "--as-of", DAY)["docx"]
    document = docx.Document(io.BytesIO(content))
    about = document.core_properties
    assert (about.title, about.author) == (
        "Report a repair on land and buildings we hold",
        "gatewise",
    )
    assert (about.language, about.comments, about.last_modified_by) == ("en-GB", "", "gatewise")
    assert about.created.date() == about.modified.date() == date(2026, 11, 23)
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[0] == "Title"
    assert {"Heading 1", "Heading 2", "List Bullet", "Pair"} <= set(styles)
    assert len(document.tables) == 4
    for table in document.tables:
        first, *others = table._tbl.tr_lst
        assert first.xpath("w:trPr/w:tblHeader")
        assert first.xpath(".//w:keepNext")
        assert not any(row.xpath("w:trPr/w:tblHeader") for row in others)
        assert all(row.xpath("w:trPr/w:cantSplit") for row in table._tbl.tr_lst)
        assert table._tbl.xpath("w:tblPr/w:tblCaption/@w:val")
    (section,) = document.sections
    header = section.header.paragraphs[0].text
    assert header == "Report a repair on land and buildings we hold · Alpha to beta"
    footer = section.footer.paragraphs[0]
    assert re.fullmatch(r"gatewise .*\tPage 1 of 1", footer.text)
    assert [i.text.strip() for i in footer._p.iter(docx.oxml.ns.qn("w:instrText"))] == [
        "PAGE", "NUMPAGES",
    ]  # fmt: skip
    assert 'w:lang w:val="en-GB"' in part_of(content, "word/styles.xml")


def test_each_deck_of_several_begins_on_a_page_with_its_own_header(written: Any) -> None:
    content = written("check", PASSING, RECOMMENDING, "nowhere.yaml")["docx"]
    document = docx.Document(io.BytesIO(content))
    headers = [section.header.paragraphs[0].text for section in document.sections]
    assert headers[0] == "Check of 3 decks"
    assert headers[1] == "Could not assess nowhere.yaml"
    assert headers[2].startswith("Garden waste subscriptions")
    assert {section.start_type for section in document.sections[1:]} == {2}  # a new page


def test_sources_with_a_web_address_are_links_in_word(written: Any) -> None:
    content = written("check", PASSING)["docx"]
    document = docx.Document(io.BytesIO(content))
    links = [link for paragraph in document.paragraphs for link in paragraph.hyperlinks]
    assert len(links) >= 3
    assert all(link.address.startswith("https://") and link.text for link in links)


# ---- the PDF


def inflated(content: bytes) -> bytes:
    """A PDF with what its streams hold laid open."""
    parts = [content]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            parts.append(zlib.decompress(stream))
        except zlib.error:  # it was not compressed
            parts.append(stream)
    return b"\n".join(parts)


def test_the_pdf_is_tagged_and_says_what_it_is(written: Any) -> None:
    content = written("check", REPAIRS, "--as-of", DAY)["pdf"]
    whole = inflated(content)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in whole
    assert b"Report a repair on land and buildings we hold</rdf:li>" in whole
    assert re.search(rb"/MarkInfo\s*<<[^>]*/Marked true", whole)
    assert re.search(rb"/DisplayDocTitle true", whole)
    assert re.search(rb"/Lang\s*\(en-GB\)", whole)
    for tag in (b"/H1", b"/H2", b"/H3", b"/Table", b"/THead", b"/TH", b"/TD", b"/L", b"/LBody"):
        assert re.search(rb"/S\s*" + tag + rb"\b", whole), tag
    assert b"CreationDate" not in whole  # it would change from run to run


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="needs poppler's pdfinfo")
def test_poppler_finds_the_pdf_tagged_and_headed(written: Any, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(written("check", REPAIRS, "--as-of", DAY)["pdf"])

    def info(*options: str) -> str:
        done = subprocess.run(["pdfinfo", *options, file], capture_output=True, check=True)
        return done.stdout.decode()

    assert re.search(r"Tagged: +yes", info())
    assert re.search(r"Title: +Report a repair on land", info())
    tree = info("-struct")
    assert 'H1 "Report a repair on land and buildings we hold"' in tree
    assert 'H3 "SPEND-001: All digital and technology spend is on the pipeline"' in tree
    assert "/Scope /Column" in tree


# ---- CSV


def test_the_file_begins_as_excel_expects_and_what_is_printed_does_not(
    written: Any, gatewise: Gatewise
) -> None:
    content = written("check", REPAIRS, "--as-of", DAY)["csv"]
    printed = gatewise("check", REPAIRS, "--as-of", DAY, "--format", "csv").out
    assert content.startswith(b"\xef\xbb\xbfDeck,Project,")
    assert printed.startswith("Deck,Project,")
    assert content.decode("utf-8-sig") == printed
    assert "£640,000" in printed


def test_every_finding_has_a_row_with_its_words(written: Any, gatewise: Gatewise) -> None:
    import json

    rows = rows_of(written("check", REPAIRS, RECOMMENDING, "--as-of", DAY)["csv"])
    ran = gatewise("check", REPAIRS, RECOMMENDING, "--as-of", DAY, "--format", "json")
    found = [(a, f) for a in json.loads(ran.out)["assessments"] for f in a["findings"]]
    assert len(rows) == len(found) > 400
    words = {"escalate": "Escalated", "recommend": "Recommended", "pass": "Passed", None: ""}
    for row, (assessment, finding) in zip(rows, found, strict=True):
        assert row["Rule"] == finding["rule"]
        assert row["Rule outcome"] == words[finding["outcome"]]
        assert row["Project"] == assessment["title"]
        assert row["As of"] == DAY
        assert row["Reason"]
        assert row["Standing"]
        assert bool(row["Next"]) is (finding["status"] in ("not_met", "unknown"))


@pytest.mark.parametrize("text", ["=1+1", "+44", "-5", "@SUM(A1)", "\t=1+1", "\r=1", " =1", "-"])
def test_what_looks_like_a_formula_stays_text(assessed: engine.Assessment, text: str) -> None:
    content = render_file(CheckRun.of([replace(assessed, title=text)]), "csv")
    assert {row["Project"] for row in rows_of(content)} == {f"'{text.strip()}"}
    plain_text = render_file(CheckRun.of([replace(assessed, title="a=1 -2")]), "csv")
    assert {row["Project"] for row in rows_of(plain_text)} == {"a=1 -2"}


def test_a_cell_is_never_longer_than_excel_holds(assessed: engine.Assessment) -> None:
    rows = rows_of(render_file(CheckRun.of([replace(assessed, title="x" * 40_000)]), "csv"))
    assert {len(row["Project"]) for row in rows} == {32_000}
    assert rows[0]["Project"].endswith("…")


# ---- text stays text

NASTY = [
    "<script>alert(1)</script>",
    "</style></title><b>&amp;&lt;",
    '"><img src=x onerror=alert(1)>',
    "#strong[x] *b* _i_ $x^2$ @ref <label> \\ `code` // comment /* more */",
    '#eval("1") #import "x" \\u{41} "quote" ]]}})',
    "</w:t></w:r><w:br/> & ]]> <!-- -->",
    "{{x}} {0} %s ${y}",
    "control \x00\x01\x0b\x1b[31m\x7f\x85\ufffe\uffff end",
    "bidi \u202e mark \u200b zero",
    "a\nb\r\nc\td   e",
    "word" * 200,
    "x/y.z_" * 60,
    "日本語 🎉 ❤️ e\u0301 ŵ ≥ – “q”",
]


def stuffed(assessment: engine.Assessment, text: str) -> CheckRun:
    """A run whose deck says this wherever a deck can say something."""
    finding = next(f for f in assessment.findings if f.evidence and f.outcome == "recommend")
    seen = replace(finding.evidence[0], label=text, value=text, place=Place(text, 1, text))
    source = replace(finding.source, document=text, link=f"https://a.example/{text}")
    one = replace(finding, reason=text, remedy=text, evidence=(seen,), source=source)
    deck = replace(
        assessment, title=text, deck=text, organisation=text, headline=text, findings=(one,),
        notes=(Note(text, Place(text)),),
    )  # fmt: skip
    failed = NotAssessed(text, (Problem(Place(text), text, text, text, text),))
    return CheckRun.of([deck], [failed])


@settings(max_examples=30)
@given(st.one_of(st.sampled_from(NASTY), st.text(min_size=1, max_size=40)))
def test_text_of_a_deck_stays_text_in_html_csv_and_word(
    assessed: engine.Assessment, text: str
) -> None:
    run, harmless = stuffed(assessed, text), stuffed(assessed, "harmless text")
    shown = plain(text)
    page, other = Page(render(run, "html")), Page(render(harmless, "html"))

    def shape(found: Page) -> list[str]:  # a link may be none, and long words may break
        return [tag for tag, _ in found.elements if tag not in ("a", "wbr", "col", "td", "th")]

    if shown:  # a column without any text is left out
        assert shape(page) == shape(other)
        assert page.texts.count(shown) >= 2
        word = word_text(render_file(run, "docx"))
        assert word.count(shown) >= 4
        assert len(word.splitlines()) == len(word_text(render_file(harmless, "docx")).splitlines())
    else:
        render_file(run, "docx")
    rows = rows_of(render_file(run, "csv"))
    assert len(rows) == 2
    for row in rows:
        assert row["Deck"].removeprefix("'") == shown.removeprefix("'")
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


@settings(max_examples=25)
@given(st.one_of(st.sampled_from(NASTY), st.text(min_size=1, max_size=30)))
def test_text_of_a_deck_never_breaks_the_pdf(assessed: engine.Assessment, text: str) -> None:
    content = render_file(stuffed(assessed, text), "pdf")
    assert content.startswith(b"%PDF-1.7")


@POPPLER
@pytest.mark.parametrize("text", NASTY[:7])
def test_text_of_a_deck_stays_text_in_the_pdf(assessed: engine.Assessment, text: str) -> None:
    found = pdf_text(render_file(stuffed(assessed, text), "pdf"))
    assert "".join(text.split()) in "".join(found.split())


@POPPLER
def test_text_longer_than_a_page_goes_on_on_the_next(assessed: engine.Assessment) -> None:
    run = stuffed(assessed, " ".join(f"word{n}" for n in range(2_000)))
    in_word = word_text(render_file(run, "docx")).count("word1999")
    assert pdf_text(render_file(run, "pdf")).count("word1999") == in_word > 8


@POPPLER
def test_a_letter_without_a_shape_is_said_to_be_missing(assessed: engine.Assessment) -> None:
    run = CheckRun.of([replace(assessed, title="Project \U00013000 one")])
    found = pdf_text(render_file(run, "pdf"))
    noted = "\ufffd stands for a letter that the fonts at hand lack" in " ".join(found.split())
    assert ("Project \ufffd one" in found) is noted
    assert ("Project \U00013000 one" in found) is not noted  # a machine may have a font for it
    run = CheckRun.of([replace(assessed, title="Project ŵ Ελληνικά one")])
    found = pdf_text(render_file(run, "pdf"))
    assert "Project ŵ Ελληνικά one" in found
    assert "fonts at hand" not in found


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc", "//x"])
def test_a_link_leads_to_the_web_or_nowhere(assessed: engine.Assessment, link: str) -> None:
    finding = next(f for f in assessed.findings if f.outcome == "recommend")
    unsafe = replace(finding, source=replace(finding.source, link=link))
    run = CheckRun.of([replace(assessed, findings=(unsafe,), not_bound_by=())])
    outside = [a["href"] for a in Page(render(run, "html")).of("a") if a["href"][0] != "#"]
    assert outside == []
    relations = part_of(render_file(run, "docx"), "word/_rels/document.xml.rels")
    assert "hyperlink" not in relations


# ---- the same bytes


@pytest.mark.parametrize("form", FORMS)
def test_the_same_run_gives_the_same_bytes(assessed: engine.Assessment, form: str) -> None:
    run = CheckRun.of([assessed], [NotAssessed("a", (Problem(Place("a"), "b"),))])
    assert render_file(run, form, show="all") == render_file(run, form, show="all")


def test_the_word_document_does_not_say_when_it_was_written(assessed: engine.Assessment) -> None:
    content = render_file(CheckRun.of([assessed]), "docx")
    entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert entries[0].filename == "[Content_Types].xml"
    about = part_of(content, "docProps/core.xml")
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", about)) == {"2026-12-02T00:00:00Z"}


# ---- refused before anything is assessed


@pytest.mark.parametrize(
    ("form", "library", "sentence"),
    [
        ("docx", "docx", "Word files need the library docx"),
        ("pdf", "typst", "PDF files need the library typst"),
    ],
)
def test_a_missing_library_is_said_before_the_decks_are_read(
    gatewise: Gatewise, without: Without, tmp_path: Path, form: str, library: str, sentence: str
) -> None:
    without(library)
    file = tmp_path / "answer"
    ran = gatewise("check", "nowhere.yaml", "--output", f"{form}={file}")
    said = " ".join(ran.err.split())
    assert (ran.code, ran.out) == (2, "")
    assert sentence in said
    assert f"pip install 'gatewise[{'office' if form == 'docx' else form}]'" in said
    assert "nowhere.yaml" not in said
    assert not file.exists()


def test_a_file_that_cannot_be_written_is_said_before_the_decks_are_read(
    gatewise: Gatewise, tmp_path: Path
) -> None:
    kept, new = tmp_path / "kept.html", tmp_path / "new.html"
    kept.write_text("the last report")
    ran = gatewise(
        "check", "nowhere.yaml", "--output", f"html={kept}", "--output", f"csv={new}",
        "--output", f"pdf={tmp_path / 'no' / 'a.pdf'}",
    )  # fmt: skip
    assert (ran.code, ran.out) == (2, "")
    assert "a.pdf cannot be written: no such file" in " ".join(ran.err.split())
    assert "nowhere.yaml" not in ran.err
    assert kept.read_text() == "the last report"
    assert not new.exists()


def test_a_link_to_a_file_that_is_not_there_yet_stays_a_link(
    gatewise: Gatewise, tmp_path: Path
) -> None:
    link, target = tmp_path / "link.csv", tmp_path / "target.csv"
    link.symlink_to(target)
    ran = gatewise("check", PASSING, "--output", f"csv={link}")
    assert ran.code == 0
    assert link.is_symlink()
    assert target.read_bytes().startswith(b"\xef\xbb\xbfDeck,")


def test_a_form_that_is_no_text_cannot_be_printed(gatewise: Gatewise) -> None:
    ran = gatewise("check", PASSING, "--format", "docx")
    assert ran.code == 2
    assert "'docx' is not one of" in ran.err
