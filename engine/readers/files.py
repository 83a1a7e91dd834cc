"""A file's bytes and text, within bounds that are checked before anything is parsed."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import BinaryIO

from engine.errors import DeckError, PersonError, Place, Problem, printable
from engine.readers.office_kinds import ending_for

LARGEST_FILE = 10 * 1024 * 1024  # bytes
LARGEST_OFFICE_FILE = 50 * 1024 * 1024  # most of it pictures


def read_file(path: Path, error: type[PersonError], largest: int | None = None) -> bytes:
    """The bytes of a file, or why it cannot be read."""
    largest = largest or LARGEST_FILE
    source = printable(str(path))
    try:
        found = path.stat()
        if stat.S_ISFIFO(found.st_mode) or stat.S_ISSOCK(found.st_mode):
            fix = "Give a file, or - for what comes on standard input."
            raise error([Problem(Place(source), "a pipe where a file is needed", fix=fix)])
        _check_size(found.st_size, source, error, largest)
        with path.open("rb") as file:
            content = file.read(largest + 1)  # a file may grow, or hide its size
    except (OSError, ValueError) as reason:  # ValueError: a name that no file can have
        words = (getattr(reason, "strerror", None) or "it cannot be opened").lower()
        fix = "Check the name and that you may read it."
        raise error([Problem(Place(source), f"cannot be read: {words}", fix=fix)]) from None
    _check_size(len(content), source, error, largest)
    return content


def read_stream(stream: BinaryIO, source: str) -> bytes:
    """The bytes of a deck that comes on a stream."""
    content = stream.read(LARGEST_FILE + 1)
    _check_size(len(content), source, DeckError, LARGEST_FILE)
    return content


def _check_size(size: int, source: str, error: type[PersonError], largest: int) -> None:
    if size > largest:
        limit = f"at most {largest // 1024**2} MB"
        problem = Problem(Place(source), "the file is too large", f"{size:,} bytes", limit)
        raise error([problem])


def decode(content: bytes, source: str, error: type[PersonError]) -> str:
    """The text of a file in UTF-8, or why it is none."""

    def stop(message: str, fix: str, line: int | None = None) -> PersonError:
        return error([Problem(Place(source, line), message, fix=fix)])

    if not content.strip():
        raise stop("the file is empty", "Write something in it, or leave it out.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise stop("the text is in UTF-16", "Save it as UTF-8.")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        ending = ending_for(content)
        rename = f"Rename it so that it ends in {ending}."
        fix = rename if ending else "Give the deck as YAML, JSON, .pptx or .xlsx."
        raise stop("an office document, not text", fix)
    if b"\0" in content:
        raise stop("not a text file", "Give a text file in UTF-8.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        line = content.count(b"\n", 0, reason.start) + 1
        raise stop("the text is not in UTF-8", "Save it as UTF-8.", line) from None
