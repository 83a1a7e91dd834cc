"""Files that are broken on purpose, by hand and by chance: a sentence each, in bounded time."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pptx")
pytest.importorskip("xlsxwriter")
pytest.importorskip("xlrd")

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from misleading_strangers import FORMATS, RAID_LOG
from strangers import HIGHLIGHT_REPORT, Stranger

from engine import (
    DeckError,
    load_rulebook,
    parse_deck,
    read_documents,
    read_pages,
    shipped_rules,
    understand,
)
from engine.model.document import MOST_DOCUMENTS
from engine.model.vocabulary import Vocabulary
from engine.readers.from_csv import MOST_CELLS, MOST_COLUMNS, read_csv
from engine.readers.from_xlsx import read_pages as read_workbook
from engine.readers.mappings import parse_mapping_text

Gatewise = Callable[..., Any]
WHOLE = (HIGHLIGHT_REPORT, RAID_LOG, FORMATS)


@cache
def vocabulary() -> Vocabulary:
    return load_rulebook(shipped_rules(), cases=False).vocabulary


def parts_of(stranger: Stranger) -> tuple[tuple[str, bytes], ...]:
    return _parts(stranger.build)


@cache
def _parts(build: Callable[[], bytes]) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(io.BytesIO(build())) as archive:
        return tuple((name, archive.read(name)) for name in archive.namelist())


def zipped(parts: Iterator[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return stream.getvalue()


def with_part(stranger: Stranger, of: str, old: bytes, new: bytes) -> bytes:
    """The file with something exchanged in one of its parts."""
    assert any(old in content for name, content in parts_of(stranger) if name == of)
    return zipped(
        (name, content.replace(old, new) if name == of else content)
        for name, content in parts_of(stranger)
    )


# ---- by chance

PIECES = st.sampled_from(
    [b"", b"-1", b"0", b"1e999", b"NaN", b"99999999999999999999", b"A0", b"XFD1048577", b"_xD800_",
     b"_x0000_", b"\xd9\xa3", b"&#x202E;", b"<", b">", b"\xff", b"\0", b"/>", b'"', b"2026-13-45"]
)  # fmt: skip
HITS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), PIECES), max_size=4)
MEANT = ("slides/", "sheet", "styles", "shared", "workbook.xml", "presentation.xml", "Content")


def struck(parts: tuple[tuple[str, bytes], ...], hits: list[tuple[int, int, bytes]]) -> bytes:
    """The file with pieces put in place of what stood somewhere in its XML."""
    kept = dict(parts)
    names = [name for name in kept if any(word in name for word in MEANT)]
    for which, where, piece in hits:
        name = names[which % len(names)]
        content = kept[name]
        # from one quote or bracket to the next, so that most of it still parses
        start = content.find(b'"', where % max(len(content), 1))
        end = content.find(b'"', start + 1)
        kept[name] = content[: start + 1] + piece + content[end:] if 0 <= start < end else piece
    return zipped(iter(kept.items()))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(WHOLE), HITS, st.integers(0, 40))
@example(HIGHLIGHT_REPORT, [], 1)
def test_whatever_is_broken_is_told_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory,
    stranger: Stranger,
    hits: list[tuple[int, int, bytes]],
    cut: int,
) -> None:
    content = struck(parts_of(stranger), hits)
    if cut > 35:
        content = content[: len(content) * (cut - 35) // 6]
    file = tmp_path_factory.getbasetemp() / f"struck{Path(stranger.name).suffix}"
    file.write_bytes(content)
    said = ""
    try:
        found = understand(read_pages(file), vocabulary())
        said = repr(found)
        parse_deck(found.document, vocabulary())
    except DeckError as error:
        said += str(error)
    assert said.encode()  # nothing in it that cannot be written


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["", ",", ";"]), st.sampled_from(["", "cp1252"]))
@example(b"a,b\n\xff\xfe\0\0", "", "")
def test_any_bytes_are_csv_or_told(content: bytes, delimiter: str, encoding: str) -> None:
    rows: list[list[str]] = []
    fixes = [""]
    try:
        rows = read_csv(content, "x.csv", encoding, delimiter).rows
    except DeckError as error:
        fixes = [problem.fix for problem in error.problems]
    assert bool(rows) != all(fixes)
    assert not any("\0" in cell for row in rows for cell in row)


# ---- by hand


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("ppt/slides/_rels/slide2.xml.rels", b' Type="', b' Kind="'),
        ("[Content_Types].xml", b'/slide2.xml" ContentType="', b'/slide2.xml" Kind="'),
        ("ppt/slides/slide2.xml", b"<a:graphic>", b"<a:graph>"),
        ("ppt/slides/slide3.xml", b"<p:cNvPr id=", b"<p:cNvPr no="),
    ],
)
def test_a_presentation_that_its_library_refuses(
    tmp_path: Path, gatewise: Gatewise, part: str, old: bytes, new: bytes
) -> None:
    file = tmp_path / "deck.pptx"
    content = with_part(HIGHLIGHT_REPORT, part, old, new)
    if b"graph>" in new:
        content = zipped(
            (name, body.replace(old, new).replace(b"</a:graphic>", b"</a:graph>"))
            for name, body in parts_of(HIGHLIGHT_REPORT)
        )
    file.write_bytes(content)
    ran = gatewise("read", file)
    assert ran.code == 3
    assert "the file is damaged" in ran.err
    assert "Open it in PowerPoint" in ran.err


def test_half_a_character_is_shown_as_damage() -> None:
    content = with_part(RAID_LOG, "xl/sharedStrings.xml", b"Cleanse it", b"_xD800_ _xD83D__xDE00_")
    page = read_workbook(content, "deck.xlsx").pages[0]
    texts = [cell.content for row in page.grids[0].rows for cell in row]
    assert "\ufffd \U0001f600" in texts


def circular_workbook() -> bytes:
    """An .xls whose short sectors follow each other for ever."""

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le") + b"\0\0"
        head = text.ljust(64, b"\0") + struct.pack("<HBBiii", len(text), kind, 1, -1, -1, child)
        return head + bytes(36) + struct.pack("<iII", start, size, 0)

    def sector(*numbers: int) -> bytes:
        return struct.pack("<128i", *numbers, *[-1] * (128 - len(numbers)))

    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9i", 0, 1, 1, 0, 4096, 2, 1, -2, 0) + struct.pack(
        "<109i", 0, *[-1] * 108
    )
    folder = entry("Root Entry", 5, 1, 3, 512) + entry("Workbook", 2, -1, 0, 256)
    return header + sector(-3, -2, -2, -2) + folder.ljust(512, b"\0") + sector(1, 0) + bytes(512)


def test_an_old_workbook_that_runs_in_a_circle_comes_to_an_end(
    tmp_path: Path, gatewise: Gatewise
) -> None:
    file = tmp_path / "deck.xls"
    file.write_bytes(circular_workbook())
    ran = gatewise("read", file)
    assert ran.code == 3
    assert "the file is damaged" in ran.err


def test_a_pipe_is_no_file(tmp_path: Path, gatewise: Gatewise) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes with names")
    os.mkfifo(tmp_path / "deck.yaml")
    ran = gatewise("read", tmp_path / "deck.yaml")
    assert (ran.code, "a pipe where a file is needed" in ran.err) == (3, True)


@pytest.mark.parametrize("number", ["1e99999999", "-1e99999999", "1e-99999999"])
@pytest.mark.parametrize("fact", ["finance.whole_life_cost", "project.team_size", "project.score"])
def test_numbers_beyond_all_bounds(
    tmp_path: Path, gatewise: Gatewise, number: str, fact: str
) -> None:
    file = tmp_path / "deck.json"
    file.write_text(f'{{"{fact}": {number}}}')
    ran = gatewise("read", file)
    assert (ran.code, "cannot be read" in ran.err) == (3, True)


# ---- bounds of tables


def problem_of(content: bytes) -> str:
    with pytest.raises(DeckError) as caught:
        read_csv(content, "x.csv")
    (problem,) = caught.value.problems
    assert problem.fix
    return problem.message


def test_a_table_has_bounds() -> None:
    wide = b",".join([b"a"] * (MOST_COLUMNS + 1))
    assert problem_of(wide) == "a row of more than 16,384 cells"
    assert problem_of(b"a,b\n" * (MOST_CELLS // 2 + 1)) == "the table has more than 500,000 cells"
    # short rows count as long as the longest: they are filled up
    assert problem_of(b"a\n" * 40_000 + b"," * 15 + b"a\n") == (
        "the table has more than 500,000 cells"
    )


def test_blank_rows_at_the_end_take_no_room() -> None:
    found = read_csv(b"a,b\n\n1,2\n" + b",\n" * 600_000, "x.csv")
    assert found.rows == [["a", "b"], [], ["1", "2"]]


def test_a_file_holds_so_many_decks_and_no_more(tmp_path: Path) -> None:
    file = tmp_path / "decks.jsonl"
    file.write_text("{}\n" * (MOST_DOCUMENTS + 1))
    with pytest.raises(DeckError, match="more than 10,000 decks in one file"):
        read_documents(file)
    table = tmp_path / "decks.csv"
    table.write_text("Name\n" + "a\n" * (MOST_DOCUMENTS + 1))
    mapping = parse_mapping_text(
        "title: x\nsource: x\ntable: {format: csv}\nfacts: {project.title: Name}\n",
        "m.yaml",
        vocabulary(),
    )
    with pytest.raises(DeckError, match="more than 10,000 decks in one file"):
        read_documents(table, mapping=mapping)
