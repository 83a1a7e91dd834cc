"""Answers that are too long for a slide, and slides that are never fuller than they can be."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

pptx = pytest.importorskip("pptx")

from hypothesis import given, settings  # noqa: E402 (they need python-pptx)
from hypothesis import strategies as st  # noqa: E402
from office_templates import LINE_OF_HELP, assert_all_fits, tables_of  # noqa: E402
from shipped_decks import long_texts, shipped  # noqa: E402

from engine import Deck, DeckError, make_template, parse_deck, read_documents, render_template  # noqa: E402
from engine.continuing import Part, part_in  # noqa: E402
from engine.model.document import Document  # noqa: E402
from engine.renderers import guidance  # noqa: E402
from engine.renderers.slides.splitting import split  # noqa: E402
from engine.renderers.text_size import LINE, wrapped  # noqa: E402

TODAY = date(2026, 11, 23)
SENTENCE = "Each report is typed again by hand, and nobody can say which of them are still open. "
HELP_WORDS = len(f"{guidance.UNKNOWN} {guidance.NONE_LISTED}".split())
OFFICE = shutil.which("soffice")


def slides_of(data: dict[str, Any]) -> bytes:
    deck = parse_deck(Document("deck.yaml", data, {}), shipped().vocabulary)
    return render_template(make_template(shipped(), "alpha_beta", TODAY, deck=deck), ".pptx")


def read(content: bytes, folder: Path) -> Deck:
    file = folder / "deck.pptx"
    file.write_bytes(content)
    (document,) = read_documents(file, shipped().vocabulary)
    return parse_deck(document, shipped().vocabulary)


# ---- pieces


@given(long_texts(), st.integers(60, 500), st.integers(2, 30))
@settings(max_examples=40, deadline=None)
def test_pieces_fit_and_are_the_text(text: str, room: int, lines: int) -> None:
    pieces = list(split(text, 12, room, lines * 12 * LINE + 1))
    assert "".join(joint + piece for joint, piece in pieces) == text
    whole = [piece for _, piece in pieces if piece == piece.strip()]
    assert whole == [piece for _, piece in pieces]  # nothing is lost where a cell is stripped
    for _, piece in pieces:
        shown = sum(len(wrapped(part, 12, room)) for part in piece.split("\n"))
        assert shown <= lines or " \n" in piece


@given(st.integers(2, 99), st.sampled_from(["", " "]) | st.integers(1, 9).map(lambda n: "\n" * n))
def test_a_label_says_which_part_it_is(number: int, joint: str) -> None:
    part = Part(number, joint)
    assert part_in(part.label("What is in scope (all)")) == ("What is in scope (all)", part)
    assert part_in("What is in scope (all)") == ("What is in scope (all)", None)


def test_pieces_end_with_sentences_where_they_can() -> None:
    pieces = [piece for _, piece in split((SENTENCE * 40).strip(), 12, 400, 200)]
    assert len(pieces) > 2
    assert all(piece.endswith(".") for piece in pieces)


# ---- slides


def long_deck() -> dict[str, Any]:
    """Long facts and items, the longest text that a deck may state among them."""
    return {
        "project": {"title": "A title of many words " * 20, "summary": (SENTENCE * 240)[:19_990]},
        "strategic": {
            "problem_statement": "\n\n".join([SENTENCE.strip() * 9, SENTENCE.strip()] * 9),
            "scope_in": "x" * 4000,
            "scope_out": "日本語の文章です。" * 300,
        },
        "risks": [
            {"title": "Short", "mitigation": (SENTENCE * 90).strip(), "status": "open"},
            {
                "title": "None",
                "mitigation": "None of it. " * 900 + "TBC",
                "owner": SENTENCE.strip(),
            },
        ],
        "objectives": [{"title": SENTENCE.strip() * 8, "measure": "one\ntwo"}, {"title": "b"}],
    }


def test_the_longest_answers_fit_and_come_back(tmp_path: Path) -> None:
    data = long_deck()
    content = slides_of(data)
    assert_all_fits(content)
    back = read(content, tmp_path)
    sent = parse_deck(Document("deck.yaml", data, {}), shipped().vocabulary)
    assert dict(back.values) == {**sent.values, "gate.requested": "Alpha to beta"}
    for name, items in sent.lists.items():
        assert [dict(i.values) for i in back.lists[name]] == [dict(i.values) for i in items]
    names = [table.name for table in tables_of(content)]
    assert "gatewise facts project 8" in names
    heads = {table.rows[0][1] for table in tables_of(content) if "cards risks" in table.name}
    assert heads == {"Risk 1", "Risk 1 (continued)", "Risk 2", "Risk 2 (continued)"}


def changed(content: bytes, change: Callable[[Any], None]) -> bytes:
    """The slides after somebody worked on them."""
    show, out = pptx.Presentation(BytesIO(content)), BytesIO()
    change(show)
    show.save(out)
    return out.getvalue()


def parts_on(show: Any, label: str) -> list[tuple[Any, Any]]:
    """The slide and the answer's cell of each part of an answer."""
    return [
        (slide, row.cells[1])
        for slide in show.slides
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
        if row.cells[0].text.split("\n")[0].startswith(label)
    ]


SUMMARY = {"project": {"summary": (SENTENCE * 60).strip()}}


def copied(show: Any, number: int) -> Any:
    """A copy of a slide's table on a slide behind all others."""
    slide, _ = parts_on(show, "Summary")[number]
    copy = show.slides.add_slide(slide.slide_layout)
    for shape in slide.shapes:
        if shape.has_table:
            copy.shapes._spTree.append(deepcopy(shape.element))
    return parts_on(show, "Summary")[-1][1]


def test_a_copy_of_a_part_counts_once(tmp_path: Path) -> None:
    content = changed(slides_of(SUMMARY), lambda show: copied(show, 1))
    assert read(content, tmp_path).values["project.summary"] == SUMMARY["project"]["summary"]


def test_a_part_that_was_written_twice_is_a_problem(tmp_path: Path) -> None:
    def change(show: Any) -> None:
        copied(show, 1).text = "Something else."

    with pytest.raises(DeckError) as caught:
        read(changed(slides_of(SUMMARY), change), tmp_path)
    assert "summary has two answers" in str(caught.value)


def test_parts_may_be_emptied_and_shortened(tmp_path: Path) -> None:
    def change(show: Any) -> None:
        first, second, third = (cell for _, cell in parts_on(show, "Summary"))
        first.text, second.text, third.text = "One.", "", "Three."

    back = read(changed(slides_of(SUMMARY), change), tmp_path)
    assert back.values["project.summary"] == "One. Three."


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler's pdftotext")
def test_all_of_it_can_be_seen_in_libreoffice(tmp_path: Path) -> None:
    """Every word of long answers stands above the line of help, and beside no edge."""
    assert OFFICE is not None
    data = long_deck()
    data["strategic"].pop("scope_out")  # of letters that not every machine has
    content = slides_of(data)
    file = tmp_path / "deck.pptx"
    file.write_bytes(content)
    command = [OFFICE, "--headless", f"-env:UserInstallation=file://{tmp_path}/office"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    printed = subprocess.run(
        ["pdftotext", "-bbox", str(tmp_path / "deck.pdf"), "-"], check=True, capture_output=True
    ).stdout.decode()
    pages = printed.split("<page ")[1:]
    assert len(pages) == len(pptx.Presentation(BytesIO(content)).slides)
    seen = 0
    for page in pages[1:]:
        high = float(re.search(r'height="([\d.]+)"', page)[1])  # type: ignore[index]
        wide = float(re.search(r'width="([\d.]+)"', page)[1])  # type: ignore[index]
        words = re.findall(r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)<', page)
        below = [word for *box, word in words if float(box[3]) > high * LINE_OF_HELP / 540]
        assert " ".join(below).startswith("Leave an answer blank"), below[:20]
        assert len(below) == HELP_WORDS + 1  # and the number of the slide
        assert all(float(x_max) < wide * (960 - 36) / 960 for _, _, x_max, _, _ in words[:-1])
        seen += sum(word == "typed" for *_, word in words)
    assert seen == str(data).count("typed")
