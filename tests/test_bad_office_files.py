"""Office files that are locked, damaged, something else or an attack: a sentence for each."""

from __future__ import annotations

import io
import os
import random
import re
import struct
import subprocess
import sys
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pptx")
pytest.importorskip("xlsxwriter")
pytest.importorskip("olefile")
pytest.importorskip("xlrd")

import xlsxwriter
from conftest import Ran, Without
from office_files import ole, presentation, replaced, rich_presentation

from engine import DeckError, ExtraMissing
from engine.readers import from_pptx, from_xlsx, packages
from engine.readers.office_kinds import Kind

ROOT = Path(__file__).resolve().parent.parent
DISTRUST = "  fix: Do not trust this file: ask the sender how it was made.\n"
SLIDE = "ppt/slides/slide1.xml"
TYPES = "[Content_Types].xml"

Gatewise = Callable[..., Any]
Check = Callable[..., Any]


def workbook() -> bytes:
    """A small workbook."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        made = book.add_worksheet("Data")
        made.write_row(0, 0, ["text", 1.5, True])
        made.merge_range("A2:B3", "merged")
        made.write_number(3, 0, 0.44, book.add_format({"num_format": "0%"}))
    return file.getvalue()


@pytest.fixture
def refused(
    gatewise: Gatewise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[bytes, str, str], None]:
    """Check a file on the command line, and that these are the only words that come of it."""
    monkeypatch.chdir(tmp_path)

    def check(content: bytes, name: str, says: str) -> None:
        Path(name).write_bytes(content)
        ran = gatewise("check", name, "--as-of", "2026-11-23")
        assert ran.err == f"{name}: {says}"
        assert (ran.code, ran.out) == (3, "")

    return check


Refused = Callable[[bytes, str, str], None]

# ---- something else than the name says


@pytest.mark.parametrize("name", ["bad.pptx", "bad.xlsx", "bad.xls", "bad.ppt"])
@pytest.mark.parametrize("content", [b"", b" \n", b"\0" * 1000])
def test_an_empty_file(refused: Refused, name: str, content: bytes) -> None:
    refused(content, name, "the file is empty\n  fix: Give the file that was meant.\n")


@pytest.mark.parametrize(
    ("content", "what", "fix"),
    [
        (b"%PDF-1.7 ...", "a PDF", "Give the presentation or workbook that the PDF was made from."),
        (b"project:\n  title: x\n", "text",
         "Where it is a deck as text, rename it so that it ends in .yaml or .json."),
        ("title,Repairs £\n".encode("utf-16"), "text",
         "Where it is a deck as text, rename it so that it ends in .yaml or .json."),
        (b"\r\n<HTML><table><tr><td>1</td></tr></table>", "a web page",
         "Open it in Excel or PowerPoint and save it as .xlsx or .pptx."),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "an XML file",
         "Open it in Excel or PowerPoint and save it as .xlsx or .pptx."),
        (b"{\\rtf1 x}", "text in Rich Text Format", "Give the presentation or workbook itself."),
        (b"\x89PNG\r\n\x1a\n", "a picture", "Give the presentation or workbook itself."),
        (b"\x07\0\1\2", "a file of unknown form", "Open it in PowerPoint and save it as .pptx."),
    ],
)  # fmt: skip
def test_another_file_under_the_name_of_a_presentation(
    refused: Refused, content: bytes, what: str, fix: str
) -> None:
    says = "not a PowerPoint presentation, although its name ends in .pptx: it is"
    refused(content, "bad.pptx", f"{says} {what}\n  fix: {fix}\n")


def test_a_web_page_under_the_name_of_a_workbook(refused: Refused) -> None:
    refused(
        b"<table><tr><td>1",
        "export.xls",
        "not an Excel workbook, although its name ends in .xls: it is a web page\n"
        "  fix: Open it in Excel or PowerPoint and save it as .xlsx or .pptx.\n",
    )


def test_a_workbook_under_the_name_of_a_presentation(refused: Refused) -> None:
    refused(
        workbook(),
        "bad.pptx",
        "not a PowerPoint presentation, although its name ends in .pptx: it is an Excel workbook\n"
        "  fix: Rename it so that it ends in .xlsx.\n",
    )


def test_a_presentation_under_the_name_of_a_workbook(refused: Refused) -> None:
    refused(
        presentation(),
        "bad.xlsx",
        "not an Excel workbook, although its name ends in .xlsx: it is a PowerPoint presentation\n"
        "  fix: Rename it so that it ends in .pptx.\n",
    )


def declared_as(content_type: str) -> bytes:
    """A presentation whose main part is said to be of another type."""
    old = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    return replaced(
        presentation(), {TYPES: lambda xml: xml.replace(old.encode(), content_type.encode())}
    )


@pytest.mark.parametrize(
    ("content_type", "what", "fix"),
    [
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
         "a Word document (.docx)", "Give the presentation as .pptx or the workbook as .xlsx."),
        ("application/vnd.ms-word.document.macroEnabled.main+xml",
         "a Word document (.docm)", "Give the presentation as .pptx or the workbook as .xlsx."),
        ("application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
         "a PowerPoint show (.ppsx)", "Open it in PowerPoint and save it as .pptx."),
        ("application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
         "a PowerPoint template (.potx)", "Open it in PowerPoint and save it as .pptx."),
        ("application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
         "a PowerPoint show or template", "Open it in PowerPoint and save it as .pptx."),
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main",
         "a binary workbook (.xlsb)", "Open it in Excel and save it as .xlsx."),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
         "an Excel template (.xltx)", "Open it in Excel and save it as .xlsx."),
        ("application/vnd.ms-visio.drawing.main+xml",
         "a package of unknown kind", "Give the presentation as .pptx or the workbook as .xlsx."),
    ],
)  # fmt: skip
def test_a_package_of_another_kind(
    refused: Refused, content_type: str, what: str, fix: str
) -> None:
    says = "not a PowerPoint presentation, although its name ends in .pptx: it is"
    refused(declared_as(content_type), "bad.pptx", f"{says} {what}\n  fix: {fix}\n")


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("kind", "what", "fix"),
    [
        ("presentation", "an OpenDocument presentation (.odp)",
         "Open it in PowerPoint and save it as .pptx."),
        ("spreadsheet", "an OpenDocument spreadsheet (.ods)",
         "Open it in Excel and save it as .xlsx."),
        ("text", "an OpenDocument text (.odt)",
         "Give the presentation as .pptx or the workbook as .xlsx."),
    ],
)  # fmt: skip
def test_an_opendocument_file(refused: Refused, kind: str, what: str, fix: str) -> None:
    content = zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode()})
    says = "not an Excel workbook, although its name ends in .xlsx: it is"
    refused(content, "bad.xlsx", f"{says} {what}\n  fix: {fix}\n")


@pytest.mark.parametrize("members", [{}, {"a.txt": b"x"}])
def test_a_zip_archive_of_other_files(refused: Refused, members: dict[str, bytes]) -> None:
    refused(
        zipped(members),
        "bad.pptx",
        "not a PowerPoint presentation, although its name ends in .pptx: it is a zip archive of "
        "other files\n  fix: Give the file that PowerPoint saved.\n",
    )


def test_strict_open_xml(refused: Refused) -> None:
    ordinary = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    strict = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    refused(
        replaced(presentation(), {"_rels/.rels": lambda xml: xml.replace(ordinary, strict)}),
        "bad.pptx",
        "saved as Strict Open XML, which cannot be read\n"
        "  fix: Open it in PowerPoint and save it as PowerPoint Presentation (.pptx).\n",
    )


@pytest.mark.parametrize("name", ["deck.yaml", "deck.json", "deck.jsonl"])
def test_an_office_file_under_the_name_of_a_text(refused: Refused, name: str) -> None:
    for content, fix in (
        (presentation(), "Rename it so that it ends in .pptx."),
        (workbook(), "Rename it so that it ends in .xlsx."),
        (ole({"Workbook": b"x"}), "Rename it so that it ends in .xls."),
        (zipped({"word/document.xml": b"<a/>"}), "Give the deck as YAML, JSON, .pptx or .xlsx."),
        (b"%PDF-1.7", "Give the deck as YAML, JSON, .pptx or .xlsx."),
    ):
        refused(content, name, f"an office document, not text\n  fix: {fix}\n")


# ---- old and locked files


def test_an_old_presentation(refused: Refused) -> None:
    content = ole({"PowerPoint Document": b"x", "Current User": b"y"})
    fix = "  fix: Open it in PowerPoint and save it as PowerPoint Presentation (.pptx).\n"
    refused(
        content, "old.ppt", f"an old PowerPoint presentation (.ppt), which cannot be read\n{fix}"
    )
    refused(
        content,
        "old.pptx",
        "not a PowerPoint presentation, although its name ends in .pptx: it is an old PowerPoint "
        f"presentation (.ppt)\n{fix}",
    )


def test_an_old_word_document(refused: Refused) -> None:
    refused(
        ole({"WordDocument": b"x", "1Table": b"y"}),
        "old.pptx",
        "not a PowerPoint presentation, although its name ends in .pptx: it is a Word document "
        "(.doc)\n  fix: Give the presentation as .pptx or the workbook as .xlsx.\n",
    )


def test_an_old_workbook_under_the_name_of_a_presentation(refused: Refused) -> None:
    refused(
        ole({"Workbook": b"x"}),
        "old.pptx",
        "not a PowerPoint presentation, although its name ends in .pptx: it is an old Excel "
        "workbook (.xls)\n  fix: Rename it so that it ends in .xls.\n",
    )


def test_an_old_file_of_unknown_form(refused: Refused) -> None:
    refused(
        ole({"__properties_version1.0": b"x"}),
        "mail.xls",
        "not an Excel workbook, although its name ends in .xls: it is an old office file of "
        "unknown form\n  fix: Open it in Excel and save it as .xlsx.\n",
    )


@pytest.mark.parametrize(
    ("name", "program"), [("locked.pptx", "PowerPoint"), ("locked.xlsx", "Excel")]
)
def test_a_file_with_a_password(refused: Refused, name: str, program: str) -> None:
    refused(
        ole({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"x" * 5000}),
        name,
        "the file is locked by a password\n"
        f"  fix: Open it in {program}, take the password off (File, Info, Protect) and save it.\n",
    )


def test_a_file_with_a_protecting_label(refused: Refused) -> None:
    refused(
        ole({"DRMEncryptedDataSpace": b"x", "EncryptedPackage": b"x"}),
        "locked.pptx",
        "the file is locked by a sensitivity label\n"
        "  fix: Open it in PowerPoint, take the protection off (File, Info, Protect) and save "
        "it.\n",
    )


def biff(*records: tuple[int, bytes]) -> bytes:
    """An Excel 97-2003 workbook of these records."""
    begin = (0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    body = b"".join(struct.pack("<HH", kind, len(part)) + part for kind, part in (begin, *records))
    return ole({"Workbook": body})


def test_an_old_workbook_with_a_password(refused: Refused) -> None:
    refused(
        biff((0x2F, struct.pack("<HHH", 1, 1, 1) + b"\0" * 48)),
        "locked.xls",
        "the file is locked by a password\n"
        "  fix: Open it in Excel, take the password off (File, Info, Protect) and save it.\n",
    )


def test_a_zip_with_a_password(refused: Refused) -> None:
    content = bytearray(presentation())
    start = content.index(b"PK\x01\x02")
    content[start + 8] |= 1  # the flag of the first member in the list of members
    refused(
        bytes(content),
        "locked.pptx",
        "the file is locked by a password\n"
        "  fix: Open it in PowerPoint, take the password off (File, Info, Protect) and save it.\n",
    )


# ---- damaged files


def damaged(said: str, program: str = "PowerPoint") -> str:
    """The words about a damaged file."""
    return (
        f"the file is damaged\n  found: {said}\n"
        f"  fix: Open it in {program}, let it be repaired and save it under a new name; or ask for "
        "the file again.\n"
    )


@pytest.fixture
def damage(
    gatewise: Gatewise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[bytes, str, str], None]:
    """As ``refused``, of a damaged file; what a library says of it may change with the library."""
    monkeypatch.chdir(tmp_path)

    def check(content: bytes, name: str, mentions: str) -> None:
        Path(name).write_bytes(content)
        ran = gatewise("check", name, "--as-of", "2026-11-23")
        said = ran.err.split("\n")[1].removeprefix("  found: ")
        assert mentions in said
        assert ran.err == f"{name}: {damaged(said, 'PowerPoint' if 'ppt' in name else 'Excel')}"
        assert (ran.code, ran.out) == (3, "")

    return check


def test_a_file_that_was_cut_short(damage: Refused) -> None:
    content = presentation()
    for length in (4, 100, len(content) // 2, len(content) - 5):
        damage(content[:length], "bad.pptx", "not a zip file")


def test_a_part_whose_bytes_were_changed(damage: Refused) -> None:
    content = bytearray(presentation())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = archive.getinfo(SLIDE).header_offset + 30 + len(SLIDE)
    content[start + 20 : start + 24] = b"\xff\0\xff\0"
    damage(bytes(content), "bad.pptx", f"{SLIDE}: ")


def test_a_part_that_is_no_xml(damage: Refused) -> None:
    content = replaced(presentation(), {SLIDE: b"<p:sld>\n<oops"})
    damage(content, "bad.pptx", f"{SLIDE}: unclosed token: line 2")


def test_a_part_that_is_another_xml(damage: Refused) -> None:
    damage(replaced(presentation(), {SLIDE: b"<other/>"}), "bad.pptx", "has no attribute")


def test_a_part_that_is_gone(damage: Refused) -> None:
    damage(replaced(presentation(), {SLIDE: None}), "bad.pptx", "rId7")
    content = replaced(workbook(), {"xl/worksheets/sheet1.xml": None})
    damage(content, "bad.xlsx", "xl/worksheets/sheet1.xml is missing")


def test_a_package_without_a_beginning(damage: Refused) -> None:
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    nothing = f'<Relationships xmlns="{relations}"/>'.encode()
    content = replaced(presentation(), {"_rels/.rels": nothing})
    damage(content, "bad.pptx", "it does not say which part it begins with")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b'r="A1"', b'r="1A"', "1A is not the name of a cell"),
        (b"<v>0</v>", b"<v>77</v>", "index out of range"),
        (b"<v>0</v>", b"<v>-1</v>", "-1 is no position"),
        (b"<v>0</v>", b"<v>x</v>", "'x'"),
        (b's="1"', b's="99"', "index out of range"),
        (b'ref="A2:B3"', b'ref="A2:9"', "9 is not the name of a cell"),
    ],
)
def test_a_sheet_that_contradicts_itself(
    damage: Refused, old: bytes, new: bytes, said: str
) -> None:
    damage(with_sheet(lambda xml: xml.replace(old, new, 1)), "bad.xlsx", said)


def with_sheet(change: Callable[[bytes], bytes]) -> bytes:
    """The small workbook with its sheet changed."""
    return replaced(workbook(), {"xl/worksheets/sheet1.xml": change})


def test_merged_cells_without_end(damage: Refused) -> None:
    ranges = b'<mergeCell ref="A1:XFD1048576"/>' * 1_000 + b"</mergeCells>"
    content = with_sheet(lambda xml: xml.replace(b"</mergeCells>", ranges))
    damage(content, "bad.xlsx", "merged cells that overlap")


def test_hidden_columns_without_end(damage: Refused) -> None:
    columns = b"<cols>" + b'<col min="1" max="16384" hidden="1"/>' * 20_000 + b"</cols><sheetData>"
    content = with_sheet(lambda xml: xml.replace(b"<sheetData>", columns))
    damage(content, "bad.xlsx", "columns that overlap")


def test_an_old_workbook_that_is_damaged(damage: Refused) -> None:
    damage(biff((0x85, b"\0")), "bad.xls", "unpack requires a buffer")


def test_a_container_that_is_damaged(damage: Refused) -> None:
    damage(ole({"Workbook": b"x"})[:100], "bad.xls", "OLE2")
    damage(ole({"Workbook": b"x"})[:100], "bad.pptx", "OLE2")


# ---- attacks


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">',
        "<!DOCTYPE a>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", [SLIDE, TYPES, "_rels/.rels", "customXml/item1.xml"])
def test_entity_declarations(refused: Refused, doctype: str, encoding: str, part: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}<a>&b;</a>'.encode(encoding)
    refused(
        replaced(presentation(), {part: xml}),
        "bad.pptx",
        "a part of the file declares XML entities, as attacks on parsers do\n"
        f"  found: {part}\n{DISTRUST}",
    )


def pack(members: list[tuple[str, bytes, int, int, int]]) -> bytes:
    """A zip of names with raw content, its method, and the size and checksum it declares."""
    body: list[bytes] = []
    listing: list[bytes] = []
    at = 0
    for name, raw, method, size, checksum in members:
        about = struct.pack(
            "<HHHHHIIIHH", 20, 0, method, 0, 33, checksum, len(raw), size, len(name), 0
        )
        end = struct.pack("<HHHII", 0, 0, 0, 0, at)
        listing += [b"PK\x01\x02\x14\0", about, end, name.encode()]
        body += [b"PK\x03\x04", about, name.encode(), raw]
        at += 30 + len(name) + len(raw)
    count, parts = len(members), b"".join(listing)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(parts), at, 0)
    return b"".join([*body, parts, b"PK\x05\x06", end])


def blanks(megabytes: int) -> bytes:
    """So many blanks, compressed: one and the same block, again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * 1024**2) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * megabytes + packer.flush()


def with_member(name: str, raw: bytes, size: int, checksum: int = 0) -> bytes:
    """A presentation with one member packed by hand."""
    members = []
    with zipfile.ZipFile(io.BytesIO(presentation())) as archive:
        for info in archive.infolist():
            if info.filename != name:
                part = archive.read(info)
                members.append((info.filename, part, 0, len(part), zlib.crc32(part)))
    return pack([*members, (name, raw, 8, size, checksum)])


FILM, TWO_GB = "ppt/media/film.mp4", 2048


@pytest.mark.parametrize(
    ("name", "declared", "checksum", "says"),
    [
        (FILM, 2 * 1024**3, 0, "the file unpacks to 2,048 MB, as a zip bomb does"),
        (SLIDE, 2 * 1024**3, 0, "a part unpacks to 1,010 times its size, as a zip bomb does"),
        (SLIDE, 1_000, 0, f"found: {SLIDE}: Bad CRC-32 for file '{SLIDE}'"),
        (SLIDE, 1_000, zlib.crc32(b" " * 1_000), f"found: {SLIDE}: no element found: line 1"),
        (FILM, 1_000, zlib.crc32(b" " * 1_000), "1 slide"),  # which is never unpacked
        ("mimetype", 100, zlib.crc32(b" " * 100), "it is a package of unknown kind"),
    ],
    ids=["film", "slide", "slide that lies", "slide that lies well", "film that lies well", "type"],
)
def test_a_bomb_takes_neither_memory_nor_time(
    tmp_path: Path, name: str, declared: int, checksum: int, says: str
) -> None:
    """What a person would notice: 2 GB unpacked would show in the peak of memory."""
    content = with_member(name, blanks(TWO_GB), declared, checksum)
    assert len(content) < 3 * 1024**2
    (tmp_path / "bomb.pptx").write_bytes(content)
    code = """
import resource, sys, time
from engine import DeckError, ExtraMissing
from engine.readers import read_pages
import olefile, pptx
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
try:
    print(len(read_pages(sys.argv[1]).pages), "slide")
except DeckError as error:
    print(error)
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print((after - before) // 1024, time.process_time() - start)
"""
    ran = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "bomb.pptx"],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    said, figures = ran.stdout.rsplit("\n", 2)[:2]
    megabytes, seconds = figures.split()
    assert says in said
    assert int(megabytes) < 40
    assert float(seconds) < 5


def test_a_film_that_lies_would_fill_the_memory_of_a_trusting_library() -> None:
    """Why libraries only get a package packed anew: reading a member whole unpacks all of it."""
    raw, prefix = blanks(20), b" " * 1_000
    content = pack([(FILM, raw, 8, len(prefix), zlib.crc32(prefix))])
    tracemalloc.start()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.read(FILM) == prefix
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak > 15 * 1024**2


def test_more_xml_than_is_read(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "LARGEST_XML", 1024**2)
    notes = b"<a>" + random.Random(1).randbytes(600_000).hex().encode() + b"</a>"
    refused(
        replaced(presentation(), {"ppt/notes.xml": notes}),
        "bad.pptx",
        "the text and tables in the file unpack to 1 MB; at most 1 MB are read\n"
        "  found: most of it is in ppt/notes.xml\n"
        "  fix: Split it, or clear formats from rows and columns that hold nothing.\n",
    )


def test_more_tags_than_are_read(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(packages.MOST_TAGS, Kind.PRESENTATION, 5_000)
    refused(
        replaced(presentation(), {"ppt/notes.xml": b"<a>" + b"<b/>" * 5_000 + b"</a>"}),
        "bad.pptx",
        "there is more in the file than can be read\n"
        "  fix: Split it, or clear formats from rows and columns that hold nothing.\n",
    )


@pytest.mark.parametrize("number", [10_001, 30_000])
def test_very_many_members(refused: Refused, number: int) -> None:
    refused(
        pack([(f"{n}", b"", 0, 0, 0) for n in range(number)]),
        "bad.pptx",
        "more than 10,000 parts are packed in the file\n"
        "  fix: Save it anew in PowerPoint, or split it.\n",
    )


ANEW = "  fix: Open it in PowerPoint and save it under a new name.\n"


@pytest.mark.parametrize("twice", [SLIDE, SLIDE.upper()])
def test_a_part_that_stands_there_twice(refused: Refused, twice: str) -> None:
    content = with_member("x", b"", 0)
    members = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for info in archive.infolist()[:-1]:
            part = archive.read(info)
            members.append((info.filename, part, 0, len(part), zlib.crc32(part)))
    refused(
        pack([*members, (twice, b"<other/>", 0, 8, zlib.crc32(b"<other/>"))]),
        "bad.pptx",
        f"a part stands in the file twice\n  found: {twice}\n{ANEW}",
    )


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "ppt\\slides\\slide1.xml"])
def test_a_path_for_a_name(refused: Refused, name: str) -> None:
    refused(
        replaced(presentation(), {name: b"x"}),
        "bad.pptx",
        f"a part of the file has a path for a name\n  found: {name}\n{ANEW}",
    )


def test_a_way_of_packing_that_needs_much_memory(refused: Refused) -> None:
    file = io.BytesIO(presentation())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("ppt/more.xml", b"<a/>")
    refused(
        file.getvalue(),
        "bad.pptx",
        f"packed in a way that office programs do not use\n  found: ppt/more.xml\n{ANEW}",
    )


def test_parts_that_refer_to_each_other_without_end(refused: Refused) -> None:
    """A chain of parts, longer than python-pptx can follow."""
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide"
    parts: dict[str, Any] = {}
    for n in range(1_500):
        target = f"{n + 1}.xml" if n < 1_499 else "0.xml"
        parts[f"ppt/chain/{n}.xml"] = b"<a/>"
        parts[f"ppt/chain/_rels/{n}.xml.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{rel}" Target="{target}"/></Relationships>'
        ).encode()
    end, first = b"</Relationships>", f'<Relationship Id="r" Type="{rel}" Target="../chain/0.xml"/>'
    parts["ppt/slides/_rels/slide1.xml.rels"] = lambda xml: xml.replace(end, first.encode() + end)
    says = "the file is damaged\n  found: maximum recursion depth exceeded"
    with pytest.raises(DeckError, match=says):
        from_pptx.read_pages(replaced(presentation(), parts), "bad.pptx")


def test_very_deep_nesting(refused: Refused) -> None:
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    with pytest.raises(DeckError, match="the file is damaged"):
        from_pptx.read_pages(replaced(presentation(), {SLIDE: deep}), "bad.pptx")
    rows = b"<worksheet><sheetData><row>" + deep + b"</row></sheetData></worksheet>"
    found = from_xlsx.read_pages(replaced(workbook(), {"xl/worksheets/sheet1.xml": rows}), "x.xlsx")
    assert found.pages[0].grids == ()


# ---- whatever else may happen to a file


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """The file with a few bytes changed, or a piece cut out or doubled."""
    match chance.randrange(4):
        case 0:
            at, length = chance.randrange(len(content)), chance.randrange(1, 200)
            return content[:at] + content[at + length :]
        case 1:
            at = chance.randrange(len(content))
            return content[:at] + content[at : at + 50] + content[at:]
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 6)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def spoilt_inside(content: bytes, chance: random.Random) -> bytes:
    """The package with one XML part spoilt or gone, and all checksums right."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        name = chance.choice(names)
        part = archive.read(name)
    if chance.randrange(6) == 0:
        return replaced(content, {name: None})
    tokens = re.split(rb"(<[^>]*>|\"[^\"]*\")", part)
    at = chance.randrange(len(tokens))
    match chance.randrange(3):
        case 0:
            tokens[at] = b""
        case 1:
            tokens[at] = chance.choice(tokens)
        case 2:
            tokens[at] = chance.choice(
                [b'"-1"', b'""', b'"99999999999"', b'"x"', b"<a:p/>", b"<v/>"]
            )
    return replaced(content, {name: b"".join(tokens)})


@pytest.mark.parametrize("spoil", [spoilt, spoilt_inside])
@pytest.mark.parametrize("kind", ["pptx", "xlsx"])
def test_a_spoilt_file_is_read_or_refused_in_a_sentence(
    kind: str, spoil: Callable[[bytes, random.Random], bytes]
) -> None:
    read = from_pptx.read_pages if kind == "pptx" else from_xlsx.read_pages
    content = rich_presentation() if kind == "pptx" else workbook()
    number = int(os.environ.get("GATEWISE_EXAMPLES", "60"))
    seed = 0 if number == 60 else random.randrange(10**9)
    outcomes = set()
    for n in range(number):
        chance = random.Random(seed + n)
        try:
            read(spoil(content, chance), f"bad.{kind}")
            outcomes.add("read")
        except DeckError as error:
            (problem,) = error.problems
            assert problem.fix, problem
            outcomes.add("refused")
    assert outcomes == {"read", "refused"}


# ---- libraries that are not installed


@pytest.mark.parametrize(
    ("library", "content", "name", "what"),
    [
        ("pptx", presentation(), "deck.pptx", "PowerPoint files"),
        ("olefile", ole({"Workbook": b"x"}), "deck.xls", "Office files of older kinds"),
        ("xlrd", ole({"Workbook": b"x"}), "deck.xls", "Excel 97-2003 workbooks"),
    ],
)
def test_a_library_that_is_not_installed(
    library: str, content: bytes, name: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    read = from_pptx.read_pages if "ppt" in name else from_xlsx.read_pages
    says = f"{what} need the library {library}, which is not installed"
    with pytest.raises(ExtraMissing, match=says):
        read(content, name)


def test_a_deck_whose_library_is_missing_is_not_assessed_and_the_others_are(
    gatewise: Callable[..., Ran], tmp_path: Path, without: Without
) -> None:
    slides = tmp_path / "deck.pptx"
    slides.write_bytes(presentation())
    other = tmp_path / "deck.yaml"
    other.write_text("gate: {requested: triage}\nproject: {id: P1, title: One}\n", encoding="utf-8")
    without("pptx")
    ran = gatewise("check", slides, other, "--fail-on", "never")
    assert ran.code == 3
    sentence = f"{slides}: PowerPoint files need the library pptx, which is not installed"
    assert sentence in ran.err
    assert "pip install 'gatewise[office]'" in ran.err
    assert "One" in ran.out
    assert gatewise("read", slides).code == 3


def test_a_workbook_needs_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("pptx", "olefile", "xlrd", "lxml"):
        monkeypatch.setitem(sys.modules, library, None)
    assert from_xlsx.read_pages(workbook(), "deck.xlsx").pages[0].title == "Data"
