"""--annotate: a copy of a deck's slides with marks where findings point, and a list behind them."""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pptx = pytest.importorskip("pptx")

from conftest import Without  # noqa: E402
from office_files import add_table, add_text, presentation  # noqa: E402 (they need python-pptx)

from engine import load_rulebook, shipped_rules  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
DAY = ("--as-of", "2026-11-23")
ALWAYS = ("--fail-on", "never")

Gatewise = Callable[..., Any]


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    """Four slides: single facts, a list of risks, a table that fills its slide, and text."""
    words = load_rulebook(shipped_rules(), cases=False).vocabulary

    def facts(slide: Any, section: str, answers: dict[str, str], top: float = 2) -> None:
        rows = [["What", "Answer"], *([words.facts[f].label, v] for f, v in answers.items())]
        add_table(slide, f"gatewise facts {section}", rows, top)

    def fill(made: Any) -> None:
        first, second, third, fourth = made.slides
        facts(first, "project", {"project.title": "Repairs online"})
        facts(first, "gate", {"gate.requested": "Alpha to beta"}, 3.5)
        add_text(first, "a note", 0.1, 2.9)
        risks = words.lists["risks"].facts
        names = ("title", "residual_score", "next_review")
        heading = [risks[name].label for name in names]
        rows = [heading, ["Data is lost", "20", "1 May 2026"], ["Nobody comes", "16", "TBC"]]
        add_table(second, "gatewise list risks", rows)
        facts(third, "spend_controls", {
            "spend.type": "digital service for people outside central government",
            "spend.pipeline.logged": "No",
        })  # fmt: skip
        wide = third.shapes[-1]
        wide.left, wide.width = 0, made.slide_width  # no room on either side
        facts(third, "organisation", {"organisation.id": "homes_england"}, 5)
        add_text(fourth, "Whole-life cost: £640,000", 1, 2)

    file = tmp_path / "deck.pptx"
    file.write_bytes(presentation(fill, slides=4))
    return file


def annotated(gatewise: Gatewise, deck: Path, *more: str) -> Any:
    """The copy, opened."""
    file = deck.with_name("annotated.pptx")
    ran = gatewise("check", deck, *DAY, *ALWAYS, "--annotate", file, *more)
    assert (ran.code, ran.err) == (0, "")
    return pptx.Presentation(file)


def acted_on(gatewise: Gatewise, deck: Path) -> list[dict[str, Any]]:
    """The findings that ask for something, in the answer's order."""
    ran = gatewise("check", deck, *DAY, *ALWAYS, "--format", "json")
    (assessment,) = json.loads(ran.out)["assessments"]
    return [f for f in assessment["findings"] if f["outcome"] in ("recommend", "escalate")]


def marks(show: Any) -> Iterator[tuple[int, Any, list[int]]]:
    """Each mark with the number of its slide, and the numbers on it."""
    for n, slide in enumerate(show.slides, 1):
        for shape in slide.shapes:
            name, _, numbers = shape.name.partition("gatewise finding ")
            if not name and numbers:
                yield n, shape, [int(number) for number in numbers.split(", ")]


def rows_of_the_list(show: Any) -> list[list[str]]:
    """The rows of all slides behind the deck's own."""
    return [
        [cell.text for cell in row.cells]
        for slide in list(show.slides)[4:]
        for shape in slide.shapes
        if shape.has_table
        for row in list(shape.table.rows)[1:]
    ]


def test_each_place_that_a_finding_points_at_has_a_mark(gatewise: Gatewise, deck: Path) -> None:
    findings = acted_on(gatewise, deck)
    show = annotated(gatewise, deck)
    found = list(marks(show))
    assert {slide for slide, _, _ in found} >= {2, 3}
    on = {number: {s for s, _, numbers in found if number in numbers} for number in range(1, 999)}
    for n, finding in enumerate(findings, 1):
        places = [e["place"] for e in finding["evidence"] if e["expected"] and e["place"]]
        slides = {
            int(place["where"].split(",")[0].removeprefix("Slide "))
            for place in places
            if place["source"] == str(deck)
        }
        assert on[n] >= slides, finding["rule"]
    for _, shape, numbers in found:
        about = shape._element.xpath(".//p:cNvPr")[0].get("descr")
        for number in numbers:
            assert f"Finding {number}. " in about
            assert findings[number - 1]["reason"] in about
        text = " ".join(shape.text_frame.text.replace("\n", " ").split())
        assert text.replace(",", "").split() == [str(number) for number in numbers]


def test_findings_on_one_row_share_a_mark(gatewise: Gatewise, deck: Path) -> None:
    found = [
        (slide, shape.top, numbers) for slide, shape, numbers in marks(annotated(gatewise, deck))
    ]
    risks = [numbers for slide, _, numbers in found if slide == 2]
    assert any(len(numbers) > 1 for numbers in risks)
    tops = [top for slide, top, _ in found if slide == 2]
    assert len(tops) == len(set(tops))


def test_a_mark_covers_nothing_and_stays_on_its_slide(gatewise: Gatewise, deck: Path) -> None:
    show = annotated(gatewise, deck)
    for number, mark, _ in marks(show):
        assert 0 <= mark.left <= mark.left + mark.width <= show.slide_width + 2
        assert 0 <= mark.top <= mark.top + mark.height <= show.slide_height
        for shape in show.slides[number - 1].shapes:
            if shape.shape_id != mark.shape_id:
                apart = (
                    shape.left + shape.width <= mark.left + 2
                    or mark.left + mark.width <= shape.left + 2
                    or shape.top + shape.height <= mark.top + 2
                    or mark.top + mark.height <= shape.top + 2
                )
                assert apart, (number, mark.name, shape.name)


def test_the_list_behind_holds_every_finding_and_leads_to_its_place(
    gatewise: Gatewise, deck: Path
) -> None:
    findings = acted_on(gatewise, deck)
    show = annotated(gatewise, deck)
    rows = rows_of_the_list(show)
    assert [row[0] for row in rows] == [str(n) for n in range(1, len(findings) + 1)]
    for row, finding in zip(rows, findings, strict=True):
        assert finding["rule"] in row[1]
        assert " ".join(finding["remedy"].split())[:20] in " ".join(row[3].split())
    # one that points at no place says what is missing
    nowhere = [f for f in findings if not any(e["place"] for e in f["evidence"])]
    assert nowhere
    for finding in nowhere:
        assert rows[findings.index(finding)][5].startswith("Not stated: ")
    own = [slide.part for slide in show.slides][:4]
    behind = list(show.slides)[4:]
    links = [(s, link) for s in behind for link in s._element.xpath(".//a:tc//a:hlinkClick")]
    assert links
    assert all(slide.part.related_part(link.rId) in own for slide, link in links)
    for _, mark, _ in marks(show):
        assert mark.click_action.target_slide in behind
    for slide in behind:
        assert slide.shapes.title.text_frame.text.startswith("Findings of the check")
        for shape in slide.shapes:
            assert shape.top + shape.height <= show.slide_height


def test_the_deck_itself_is_only_read_and_its_slides_stay_as_they_are(
    gatewise: Gatewise, deck: Path
) -> None:
    before = deck.read_bytes()
    show = annotated(gatewise, deck)
    assert deck.read_bytes() == before
    for slide, copy in zip(pptx.Presentation(deck).slides, show.slides, strict=False):
        old = [(s.name, s.left, s.top, s.width, s.height) for s in slide.shapes]
        assert [(s.name, s.left, s.top, s.width, s.height) for s in copy.shapes][: len(old)] == old


def test_the_copy_is_assessed_like_the_deck_and_is_the_same_each_time(
    gatewise: Gatewise, deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    annotated(gatewise, deck)
    copy = deck.with_name("annotated.pptx")
    first = copy.read_bytes()
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 1, 2, 3, 4, 6, 0, 2, 0))
    annotated(gatewise, deck)
    assert copy.read_bytes() == first
    renamed = json.dumps(acted_on(gatewise, copy)).replace("annotated.pptx", "deck.pptx")
    assert json.loads(renamed) == acted_on(gatewise, deck)


@pytest.mark.parametrize("link", [os.symlink, os.link, None])
def test_the_deck_is_never_written_over(
    gatewise: Gatewise, deck: Path, link: Callable[[Path, Path], None] | None
) -> None:
    before, other = deck.read_bytes(), deck
    if link is not None:
        other = deck.with_name("other.pptx")
        link(deck, other)
    ran = gatewise("check", deck, *DAY, "--annotate", other)
    assert ran.code == 2
    assert f"--annotate would replace {other}, which is the deck itself." in ran.err
    assert deck.read_bytes() == before


def test_what_cannot_be_annotated_is_said(gatewise: Gatewise, deck: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out.pptx")
    passing = str(ROOT / "examples/council-appraisal/pass.yaml")
    for arguments, says in (
        ((passing, "--annotate", out), "--annotate is for presentations that end in .pptx"),
        ((deck, deck, "--annotate", out), "--annotate takes one deck, and 2 were given."),
        (("-", "--annotate", out), "--annotate is for presentations that end in .pptx"),
        ((deck, "--annotate", tmp_path / "out.pdf"), "out.pdf in .pptx."),
        ((deck, "--annotate", out, "--output", f"json={out}"), "which is another output"),
    ):
        ran = gatewise("check", *arguments, *DAY)
        assert ran.code == 2
        assert says in " ".join(ran.err.split())
        assert not Path(out).exists()


def test_a_deck_that_is_not_assessed_has_no_copy(gatewise: Gatewise, tmp_path: Path) -> None:
    broken, out = tmp_path / "broken.pptx", tmp_path / "out.pptx"
    broken.write_bytes(b"no presentation")
    ran = gatewise("check", broken, *DAY, "--annotate", out)
    assert ran.code == 3
    assert f"{out} is not written: the deck is not assessed." in ran.err
    assert not out.exists()


def test_ink_groups_and_pictures_are_no_hindrance(gatewise: Gatewise, deck: Path) -> None:
    show = pptx.Presentation(deck)
    slide = show.slides[1]
    group = slide.shapes.add_group_shape()
    add_text(group, "in a group", 1, 6)
    ink = slide.shapes._spTree.makeelement(
        "{http://schemas.openxmlformats.org/presentationml/2006/main}contentPart", {}
    )
    slide.shapes._spTree.append(ink)
    file = deck.with_name("ink.pptx")
    show.save(file)
    shutil.move(file, deck)
    out = deck.with_name("annotated.pptx")
    assert gatewise("check", deck, *DAY, *ALWAYS, "--annotate", out).code == 0
    packed = io.BytesIO(out.read_bytes())
    assert b"gatewise finding" in pptx.Presentation(packed).slides[1].part.blob


def test_a_missing_library_is_a_sentence(gatewise: Gatewise, deck: Path, without: Without) -> None:
    without("pptx")
    ran = gatewise("check", deck, "--annotate", deck.with_name("out.pptx"))
    assert ran.code == 2
    assert "pip install 'gatewise[office]'" in ran.err


def test_what_the_slides_may_say_is_told_beside_what_is_missing_and_marked(
    gatewise: Gatewise, tmp_path: Path
) -> None:
    """A deck that nobody wrote on the template: its own words are not denied, and not believed."""

    def fill(made: Any) -> None:
        add_text(made.slides[0], "Spend type: digital service", 1, 3)

    file, out = tmp_path / "own.pptx", tmp_path / "out.pptx"
    file.write_bytes(presentation(fill))
    scene = ("--gate", "alpha_beta", "--organisation", "homes_england", *DAY, *ALWAYS)
    ran = gatewise("check", file, *scene, "--format", "json", "--annotate", out)
    (assessment,) = json.loads(ran.out)["assessments"]
    (finding,) = [f for f in assessment["findings"] if f["rule"] == "SPEND-010"]
    (seen,) = [each for each in finding["evidence"] if each["fact"] == "spend.type"]
    assert (finding["status"], seen["value"]) == ("not_met", None)
    assert seen["perhaps"].startswith('"digital service')
    assert seen["place"]["where"].startswith("Slide 1, ")
    assert "The file may say it, for somebody to confirm first: type of spend" in finding["reason"]
    text = " ".join(gatewise("check", file, *scene).out.split())
    assert "not used until somebody confirms it" in text
    marks = [shape.name for shape in pptx.Presentation(str(out)).slides[0].shapes]
    assert any(name.startswith("gatewise finding") for name in marks)
