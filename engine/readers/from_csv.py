"""CSV in, as rows of text: whatever the encoding, the separator and the line breaks in cells."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from engine.errors import DeckError, Place, Problem
from engine.showing import show_count

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
LOST = "\ufffd"  # stands for a byte that means nothing
MOST_CELLS = 500_000  # in rows as long as the longest; a workbook may have as many
MOST_COLUMNS = 16_384  # as in Excel
_TRIED = 50  # rows by which the separator is found
_LONGEST_CELL = 131_072  # the csv module's own limit
_ODD = dict.fromkeys((129, 141, 143, 144, 157), LOST)  # unused in Windows-1252


@dataclass(frozen=True, slots=True)
class CsvRows:
    """The rows of a CSV file.

    Attributes:
        rows: each with the cells that it has; a blank line is a row without cells.
        remarks: what to know of how it was read, a sentence each.
    """

    rows: list[list[str]]
    remarks: tuple[str, ...]


def read_csv(content: bytes, source: str, encoding: str = "", delimiter: str = "") -> CsvRows:
    """Read a CSV file.

    Args:
        encoding: utf-8, utf-16 or cp1252; where it is "", the bytes tell.
        delimiter: where it is "", the rows tell.

    Raises:
        DeckError: the file is empty, no text, not in that encoding, or has a quote out of place.
    """
    text, remarks = _decoded(content, source, encoding)
    delimiter = delimiter or _find_delimiter(text)
    rows: list[list[str]] = []
    blank = widest = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if not any(map(str.strip, row)):
                blank += 1  # nothing is kept of those at the end: there may be a million
                continue
            widest = max(widest, len(row))
            _check_room(len(rows) + blank + 1, widest, source)
            rows += [[] for _ in range(blank)]
            rows.append(row)
            blank = 0
    except csv.Error as error:
        raise DeckError([_torn(str(error), len(rows) + blank, reader.line_num, source)]) from None
    if not rows:
        raise DeckError([_nothing_in(source)])
    return CsvRows(rows, remarks)


def _nothing_in(source: str) -> Problem:
    return Problem(Place(source), "the file is empty", fix="Export the table again.")


def _check_room(rows: int, columns: int, source: str) -> None:
    """Stop where a table is larger than is read."""
    fix = "Give the rows and columns that hold projects alone, or split the file."
    if columns > MOST_COLUMNS:
        message = f"a row of more than {MOST_COLUMNS:,} cells"
        raise DeckError([Problem(Place(source, None, f"row {rows}"), message, fix=fix)])
    if rows * columns > MOST_CELLS:
        message = f"the table has more than {MOST_CELLS:,} cells"
        found = f"{columns:,} columns, and row {rows:,} is not the last"
        raise DeckError([Problem(Place(source), message, found, fix=fix)])


def _torn(reason: str, before: int, line: int, source: str) -> Problem:
    row = f"row {before + 1}"
    if "field larger" in reason:
        message = f"a cell of more than {_LONGEST_CELL:,} characters"
        return Problem(Place(source, line, row), message, fix="Close the quote that begins it.")
    if "end of data" in reason:
        message = "a quote that is never closed"
        return Problem(Place(source, None, row), message, fix="Close the quote, or take it out.")
    if "expected after" in reason:
        message = "text after a quote that ends a cell"
        fix = "Write a quote inside of quotes twice, or choose the separator with delimiter."
        return Problem(Place(source, line, row), message, fix=fix)
    return Problem(Place(source, line, row), f"not CSV: {reason}", fix="Save the file as CSV anew.")


def _decoded(content: bytes, source: str, encoding: str) -> tuple[str, tuple[str, ...]]:
    """The text, and what to know of how it was read."""
    if not content.strip():
        raise DeckError([_nothing_in(source)])
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        fix = "Say format: workbook in the mapping, or save it as CSV."
        raise DeckError([Problem(Place(source), "an office document, not a CSV file", fix=fix)])
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or encoding == "utf-16":
        text = _strictly(content, source, "utf-16")
        if "\0" not in text:
            return text, ()
    if b"\0" in content:
        fix = "Save it as CSV in UTF-8, or say encoding: utf-16 in the mapping."
        raise DeckError([Problem(Place(source), "not a text file", fix=fix)])
    if encoding == "utf-8":
        return _strictly(content, source, "utf-8-sig"), ()
    if encoding == "cp1252":
        text = _windows(content)
        return text, ((_lost(text),) if LOST in text else ())
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return _neither(content)


def _strictly(content: bytes, source: str, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as reason:
        name = encoding.removesuffix("-sig").upper()
        line = content.count(b"\n", 0, reason.start) + 1 if name == "UTF-8" else None
        fix = "Say another encoding in the mapping, or leave it out."
        problem = Problem(Place(source, line), f"the text is not in {name}", fix=fix)
        raise DeckError([problem]) from None


def _neither(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Text that is not UTF-8: of Windows, or UTF-8 with damage."""
    text = content.decode("utf-8-sig", errors="replace")
    damage = text.count(LOST)
    if sum(not character.isascii() for character in text) > 2 * damage:
        damaged = show_count(damage, "damaged place")
        return text, (f"The file is in UTF-8 with {damaged}, shown as {LOST}.",)
    text = _windows(content)
    remark = "The file is not in UTF-8, so it was read as Windows-1252."
    return text, ((remark, _lost(text)) if LOST in text else (remark,))


def _lost(text: str) -> str:
    count = text.count(LOST)
    many = f"{count:,} bytes mean" if count > 1 else "1 byte means"
    return f"{many} nothing in Windows-1252, shown as {LOST}."


def _windows(content: bytes) -> str:
    # Latin-1 keeps each byte, so that the five that Windows-1252 does not use can be told apart
    kept = content.decode("latin-1").translate(_ODD)
    return "".join(
        part if part == LOST else part.encode("latin-1").decode("cp1252")
        for part in _around_lost(kept)
    )


def _around_lost(text: str) -> list[str]:
    parts = [part for piece in text.split(LOST) for part in (piece, LOST)]
    return parts[:-1]


def _find_delimiter(text: str) -> str:
    """The separator by which most rows have the same, and the largest, number of cells."""
    best, most = ",", 0.0
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            widths = Counter(len(row) for row in islice(reader, _TRIED) if row)
        except csv.Error:
            continue
        if not widths:
            continue
        width, times = widths.most_common(1)[0]
        score = (width - 1) * times / sum(widths.values())
        if score > most:
            best, most = delimiter, score
    return best
