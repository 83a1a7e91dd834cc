"""Every workbook that is written: that Excel opens it without a repair, and how large it may be."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("xlsxwriter")

from excel_rules import broken_rules, formulas

from engine import CheckRun, render_file
from engine.renderers.workbooks import book, run_tables, tables
from engine.renderers.workbooks.cells import Link, Money
from engine.renderers.workbooks.tables import Column, Table

ROOT = Path(__file__).resolve().parent.parent
REPAIRS, PORTFOLIO = "examples/repairs-service/deck.yaml", "examples/pipeline/portfolio.yaml"
GATES = (
    ("triage", "homes_england"), ("alpha_beta", None), ("close", "generic_council"),
    ("wf_build", "maldon"), ("health", "rochford"),
)  # fmt: skip
Gatewise = Callable[..., Any]

# what people write, and what a program could stumble over
AWKWARD = {
    "project": {
        "id": "=1+1", "title": "+44 R&D [2026]: 'a/b'?*\\ & more & more\n\t@x " + "\U0001f4a1" * 60,
        "summary": "A very long text. " * 1_000,
    },
    "organisation": {"id": "generic_central", "name": "-Department \x07\ufffe"},
    "gate": {"requested": "alpha_beta"},
    "finance": {"whole_life_cost": 12_345_678_901.25},
    "spend": {"type": "digital_service", "approvals": []},
    "risks": [{"title": "\U0001f4a1" * 9_000, "owner": "@cmd|' /C calc'!A0"}],
}  # fmt: skip
COLUMNS = {
    "columns": {
        "Cost": "whole_life_cost", "cost": "project", "COST 2": "reference", "": "needs",
        "=SUM(A1)": "state", "Two\nlines": "why", "two lines": "next_due", "x" * 300: "place",
        "Straße": "who", "_x0041_": "who", "STRASSE": "who", "Always": {"always": "+1"},
        "\U0001f4a1" * 200: {"year": "2026/27"},
    }
}  # fmt: skip


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def made(gatewise: Gatewise, tmp_path: Path) -> Callable[..., bytes]:
    """The workbook that a command writes; awkward.json and columns.yaml can be given to it."""
    (tmp_path / "awkward.json").write_text(json.dumps(AWKWARD), encoding="utf-8")
    (tmp_path / "columns.yaml").write_text(json.dumps(COLUMNS, ensure_ascii=False), "utf-8")

    def run(*arguments: str) -> bytes:
        file = tmp_path / "made.xlsx"
        given = [
            str(tmp_path / a) if a in ("awkward.json", "columns.yaml") else a for a in arguments
        ]
        if given[0] == "template":
            given += ["-o", str(file)]
        else:
            given += ["--output", f"xlsx={file}"]
        ran = gatewise(*given)
        assert "Traceback" not in ran.err
        assert file.exists(), ran.err
        return file.read_bytes()

    return run


KINDS: dict[str, tuple[str, ...]] = {
    "check": ("check", REPAIRS, "examples/rochford/ict.yaml", "tests/bad/deck.yaml"),
    "check of nothing": ("check", "tests/bad/deck.yaml"),
    "check of what is awkward": ("check", "awkward.json", "--as-of", "2026-10-05"),
    "pipeline": ("pipeline", PORTFOLIO, "tests/bad/deck.yaml", "--as-of", "2026-10-05"),
    "pipeline of nothing": ("pipeline", "tests/bad/deck.yaml"),
    "pipeline by columns": ("pipeline", PORTFOLIO, "--columns", "docs/pipeline-columns.yaml"),
    "pipeline by awkward columns": (
        "pipeline", "awkward.json", PORTFOLIO, "--columns", "columns.yaml",
    ),
    "return": ("pipeline", PORTFOLIO, "--return", "July to September 2026"),
    "nil return": ("pipeline", PORTFOLIO, "--return", "January to March 2021"),
    "template from what is awkward": (
        "template", "workbook", "--gate", "health", "--from", "awkward.json",
    ),
    "template from a deck": ("template", "workbook", "--gate", "alpha_beta", "--from", REPAIRS),
    **{
        f"template of {gate}": (
            "template", "workbook", "--gate", gate,
            *(("--organisation", organisation) if organisation else ()),
        )
        for gate, organisation in GATES
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_workbook_we_write_keeps_the_rules_of_excel(
    made: Callable[..., bytes], kind: str
) -> None:
    content = made(*KINDS[kind])
    assert broken_rules(content) == []
    assert all(formula.startswith("SUBTOTAL(109,") for formula in formulas(content))


def test_rules_of_excel_that_are_broken_are_seen(made: Callable[..., bytes]) -> None:
    content = made(*KINDS["template from a deck"])
    for part, was, becomes, said in (
        ("xl/workbook.xml", 'name="The project"', 'name="The: project"', "no name for a sheet"),
        ("xl/workbook.xml", 'name="Roles"', 'name="RISKS"', "names of sheets"),
        ("xl/worksheets/sheet3.xml", 'prompt="', f'prompt="{"x" * 256}', "says too much"),
        ("xl/worksheets/sheet3.xml", '<row r="2"', '<row r="1"', "row 1"),
    ):
        assert said in "\n".join(broken_rules(_changed(content, part, was, becomes)))
    content = made(*KINDS["pipeline"])
    for part, was, becomes, said in (
        ("xl/tables/table1.xml", 'name="Reference"', 'name="Project"', "of one name"),
        ("xl/tables/table1.xml", 'name="table_Pipeline"', 'name="A1"', "no name for a table"),
        ("xl/tables/table2.xml", 'id="2"', 'id="1"', "two tables have id 1"),
        ("xl/worksheets/sheet1.xml", 's="1"', 's="9999"', "cell A"),
    ):
        assert said in "\n".join(broken_rules(_changed(content, part, was, becomes)))


def _changed(content: bytes, part: str, was: str, becomes: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                assert was.encode() in text
                text = text.replace(was.encode(), becomes.encode(), 1)
            new.writestr(name, text)
    return out.getvalue()


# ---- what is large


def test_an_answer_longer_than_a_cell_is_said(gatewise: Gatewise, tmp_path: Path) -> None:
    deck, out = tmp_path / "awkward.json", tmp_path / "made.xlsx"
    said = {"project": {"summary": "\U0001f4a1" * 20_000}}  # of which Excel counts each for two
    deck.write_text(json.dumps(said), encoding="utf-8")
    ran = gatewise("template", "workbook", "--gate", "alpha_beta", "--from", deck, "-o", out)
    assert (ran.code, out.exists()) == (3, False)
    assert "project.summary: a cell of Excel can hold 32,767 characters" in ran.err


def test_a_large_run_is_written_row_by_row_and_says_the_same(
    made: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    calamine = pytest.importorskip("python_calamine")
    given = ("check", REPAIRS, "tests/bad/deck.yaml", "--as-of", "2026-11-23")

    def cells(content: bytes) -> dict[str, list[list[Any]]]:
        opened = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {n: opened.get_sheet_by_name(n).to_python() for n in opened.sheet_names}

    small = made(*given)
    monkeypatch.setattr(book, "_MANY_ROWS", 1)
    large = made(*given)
    assert b"tablePart" in b"".join(_sheets(small))
    assert b"tablePart" not in b"".join(_sheets(large))
    assert all(b"<autoFilter ref=" in sheet for sheet in _sheets(large))
    assert cells(large) == cells(small)
    assert broken_rules(large) == []
    assert made(*given) == large


def _sheets(content: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return [packed.read(n) for n in packed.namelist() if n.startswith("xl/worksheets/sheet")]


def test_more_rows_than_a_sheet_holds_are_said_and_what_does_not_apply_is_left_out(
    gatewise: Gatewise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "made.xlsx"
    arguments = ("check", REPAIRS, "--as-of", "2026-11-23", "--output", f"xlsx={out}")
    monkeypatch.setattr(run_tables, "MOST_ROWS", 150)
    assert gatewise(*arguments).code == 1
    with zipfile.ZipFile(out) as packed:
        texts = packed.read("xl/sharedStrings.xml").decode()
        assert 'name="Not applicable"' not in packed.read("xl/workbook.xml").decode()
    assert re.search(
        r">\d{3} rows, more than a sheet can hold: write json or csv for them.<", texts
    )
    out.unlink()
    monkeypatch.setattr(tables, "MOST_ROWS", 20)
    (waiting := tmp_path / "waiting").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(waiting))
    for many in (1_000, 1):
        monkeypatch.setattr(book, "_MANY_ROWS", many)
        ran = gatewise(*arguments)
        assert (ran.code, out.exists()) == (3, False)
        assert "the sheet Findings would have more than the 20 rows that Excel can hold" in ran.err
    assert list(waiting.iterdir()) == []


def test_a_sheet_holds_so_many_links_and_the_others_are_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tables, "_MOST_LINKS", 2)
    made = book.Book("Links")
    rows = [(Link(f"https://example.org/{n}"),) for n in range(4)]
    made.add(Table("Links", "Links.", (Column("Link", 30),), [*rows, (Link("javascript:x"),)]))
    (sheet,) = _sheets(made.content())
    assert sheet.count(b"<hyperlink ") == 2


def test_numbers_are_never_too_wide_for_their_column() -> None:
    made = book.Book("Money")
    rows = [(Money(amount),) for amount in (Decimal(1), Decimal("12345678901.25"))]
    made.add(Table("Money", "Money.", (Column("£", 5, right=True),), rows))
    (sheet,) = _sheets(made.content())
    assert re.search(rb'<col min="1" max="1" width="2[01]\.', sheet)


def test_a_run_without_decks_is_a_workbook() -> None:
    assert broken_rules(render_file(CheckRun.of([]), "xlsx")) == []
