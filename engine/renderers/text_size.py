"""How much room a text takes on a page, near enough to lay it out: the widths are Arial's."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

LINE = 1.2  # a line's height over the size of its letters
_MARGIN = 1.03  # other programs' letters and rounding take a little more
_BOLD = 1.09
# thousandths of the letter's size: the characters that are so wide
_WIDTHS = {
    191: "'", 222: "ijl’‘", 260: "|", 278: " !,./:;I[\\]ft·", 333: "()-r`“”", 355: '"',
    389: "*", 469: "^", 500: "Jckvsxyz", 556: "#$0123456789?L_abdeghnopqu£–•", 584: "+<=>~",
    611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm", 889: "%", 944: "W",
    1000: "—…", 1015: "@",
}  # fmt: skip
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line, in the unit of the size."""
    thousandths = sum(_WIDTH_OF.get(letter) or _other(letter) for letter in text)
    return thousandths / 1000 * size * _MARGIN * (_BOLD if bold else 1)


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The lines that the text breaks into where it has so much room; a long word is broken."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width(longer, size, bold=bold) <= room:
            lines[-1] = longer
            continue
        pieces = list(_pieces(word, size, room, bold))
        lines[-1:] = [lines[-1], *pieces] if lines[-1] else pieces
    return lines


def height(text: str, size: float, room: float, *, bold: bool = False) -> float:
    """The height of the text's paragraphs, in the unit of the size."""
    lines = sum(len(wrapped(part, size, room, bold=bold)) for part in text.split("\n"))
    return lines * size * LINE


def cut(text: str, size: float, room: float, most: int, *, bold: bool = False) -> str:
    """The text in at most so many lines: where it has more, its last words become "…"."""
    lines = wrapped(text, size, room, bold=bold)
    if len(lines) <= most:
        return " ".join(text.split())
    kept = " ".join(lines[:most])
    while kept and len(wrapped(f"{kept}…", size, room, bold=bold)) > most:
        shorter = kept.rpartition(" ")[0]
        kept = shorter or kept[:-1]
    return f"{kept.rstrip(' ,;:.')}…"


def _pieces(word: str, size: float, room: float, bold: bool) -> Iterator[str]:
    """The word, or the parts of it that each fill a line."""
    while word:
        length = len(word)
        while length > 1 and width(word[:length], size, bold=bold) > room:
            # a very long word is halved before it is measured letter by letter
            length = length - 1 if length < 100 else length // 2
        yield word[:length]
        word = word[length:]


def _other(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 1000 if unicodedata.east_asian_width(letter) in "WF" else 722
