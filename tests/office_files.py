"""Office files that the tests read, made afresh."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

# the smallest picture there is
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def add_table(slide: Any, name: str, rows: list[list[str]], top: float = 2) -> Any:
    """A table with these cells, and this name for its shape."""
    frame = slide.shapes.add_table(
        len(rows), len(rows[0]), Inches(1), Inches(top), Inches(6), Inches(0.3 * len(rows))
    )
    frame.name = name
    for n, row in enumerate(rows):
        for m, text in enumerate(row):
            frame.table.cell(n, m).text = text
    return frame


def add_text(slide: Any, text: str, left: float, top: float) -> Any:
    """A box with a text."""
    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(0.5))
    box.text_frame.text = text
    return box


def presentation(fill: Callable[[Any], None] | None = None, slides: int = 1) -> bytes:
    """A presentation of slides with a title only, which ``fill`` goes over."""
    made = Presentation()
    for n in range(slides):
        slide = made.slides.add_slide(made.slide_layouts[5])
        slide.shapes.title.text = f"Title {n + 1}"
    if fill is not None:
        fill(made)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def rich_presentation() -> bytes:
    """One slide with a bit of everything, a hidden one, and one with two tables."""

    def fill(made: Any) -> None:
        first, second, third = made.slides
        notes = first.notes_slide.notes_text_frame
        notes.text = "Start date: 9 September 2099"
        add_table(first, "gatewise facts project", [["What", "Answer"], ["Title", "Repairs"]])
        add_text(first, "Start date: 1 May\vEnd date: 2 June\n\nOwner: the director", 1, 5)
        add_text(first, "on the right", 5, 4)
        add_text(first, "on the left", 1, 4.1)
        first.shapes.add_picture(io.BytesIO(PIXEL), 0, 0, Inches(1), Inches(1))
        data = CategoryChartData()
        data.categories = ["a"]
        data.add_series("s", (1,))
        for left in (1, 4):
            first.shapes.add_chart(
                XL_CHART_TYPE.PIE, Inches(left), Inches(5), Inches(2), Inches(2), data
            )
        second.element.set("show", "0")
        add_table(third, "below", [["c", "d"]], top=5)
        merged = add_table(third, "above", [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]])
        merged.table.cell(0, 0).merge(merged.table.cell(1, 1))

    return presentation(fill, slides=3)


def replaced(content: bytes, parts: dict[str, bytes | Callable[[bytes], bytes] | None]) -> bytes:
    """A package with parts replaced, changed by a function, added, or (None) left out."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in dict.fromkeys([*old.namelist(), *parts]):
            part = parts.get(name, old.read(name) if name in old.namelist() else None)
            if callable(part):
                part = part(old.read(name))
            if part is not None:
                new.writestr(name, part)
    return file.getvalue()


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE container (what .ppt, .xls and locked files are) with these streams."""
    end, free, fat_sector, chunk = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 512
    names = list(streams)
    sectors: list[bytes] = []  # of the streams; the FAT and the directory stand before them
    directory_sectors = (len(names) + 1 + 3) // 4
    fat = [fat_sector, *range(2, directory_sectors + 1), end]
    entries = [_entry("Root Entry", 5, 1 if names else free, end, 0)]
    for n, name in enumerate(names, 1):
        # below 4,096 bytes a stream would have to be kept in another way
        content = streams[name].ljust(4096, b"\0")
        content += b"\0" * (-len(content) % chunk)
        start = 1 + directory_sectors + len(sectors)
        count = len(content) // chunk
        entries.append(
            _entry(name, 2, free, start, len(content), right=n + 1 if n < len(names) else free)
        )
        sectors += [content[i : i + chunk] for i in range(0, len(content), chunk)]
        fat += [*range(start + 1, start + count), end]
    assert len(fat) <= chunk // 4, "one sector of the table is enough for a test"
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, 1, 0, 4096, end, 0, end, 0,
    )  # fmt: skip
    header += struct.pack("<109I", 0, *[free] * 108)
    table = struct.pack("<128I", *fat, *[free] * (128 - len(fat)))
    directory = b"".join(entries).ljust(directory_sectors * chunk, b"\0")
    return header + table + directory + b"".join(sectors)


def _entry(
    name: str, kind: int, child: int, start: int, size: int, right: int = 2**32 - 1
) -> bytes:
    encoded = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIQ", encoded, len(encoded) + 2, kind, 1, 0xFFFFFFFF, right, child, start, size
    )
