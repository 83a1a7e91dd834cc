"""Filled templates that went through LibreOffice's own formats and back are the same decks."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pptx")
pytest.importorskip("xlsxwriter")
pytest.importorskip("xlrd")

from shipped_decks import shipped

from engine import Deck, make_template, parse_deck, read_documents, render_template

Gatewise = Callable[..., Any]
OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
GATES = Path(__file__).resolve().parent.parent / "examples" / "gates"
TODAY = date(2026, 11, 23)
# the gate of each deck, its template's ending, and the endings that it goes through
WAYS = {
    "alpha_beta": (".pptx", ("odp", "pptx")),
    "health": (".xlsx", ("ods", "xlsx")),
    "wf_ready": (".xlsx", ("xls",)),
}


def said(deck: Deck) -> object:
    """What a deck says, without its places."""
    return deck.values, {name: [i.values for i in items] for name, items in deck.lists.items()}


def read(file: Path) -> Deck:
    (document,) = read_documents(file, shipped().vocabulary)
    return parse_deck(document, shipped().vocabulary)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("office")
    for gate, (ending, ways) in WAYS.items():
        template = make_template(shipped(), gate, TODAY, deck=read(GATES / gate / "recommend.yaml"))
        at = made / f"{gate}{ending}"
        at.write_bytes(render_template(template, ending))
        for n, way in enumerate(ways):
            at = _converted(at, way, made / f"step{n}", made)
        at.rename(made / f"{gate} back.{ways[-1]}")
    _converted(made / "alpha_beta.pptx", "ppt", made, made)
    return made


def _converted(file: Path, to: str, into: Path, home: Path) -> Path:
    assert OFFICE is not None
    command = [OFFICE, "--headless", f"-env:UserInstallation=file://{home}/profile"]
    command += ["--convert-to", to, "--outdir", str(into), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return into / f"{file.stem}.{to}"


@pytest.mark.parametrize("gate", WAYS)
def test_a_deck_comes_back_the_same(folder: Path, gate: str) -> None:
    before = read(GATES / gate / "recommend.yaml")
    after = read(folder / f"{gate} back.{WAYS[gate][1][-1]}")
    assert said(read(folder / f"{gate}{WAYS[gate][0]}")) == said(after)
    assert after.values.items() >= {"gate.requested": gate}.items()
    assert before.values["project.title"] == after.values["project.title"]


def test_an_old_presentation_is_refused_in_a_sentence(folder: Path, gatewise: Gatewise) -> None:
    ran = gatewise("read", folder / "alpha_beta.ppt")
    assert ran.code == 3
    assert "an old PowerPoint presentation (.ppt), which cannot be read" in ran.err
    assert "save it as PowerPoint Presentation (.pptx)" in ran.err
