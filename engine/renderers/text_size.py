"""How much room a text takes on a page, near enough to lay it out: the widths are Arial's."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

LINE = 1.2  # a line's height over the size of its letters
_MARGIN = 1.015  # other programs' letters and rounding take a little more
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
    space = width(" ", size, bold=bold)
    lines, used = [""], 0.0
    for word in text.split():
        wide = width(word, size, bold=bold)
        if lines[-1] and used + space + wide <= room:
            lines[-1], used = f"{lines[-1]} {word}", used + space + wide
            continue
        pieces = list(_pieces(word, size, room, bold)) if wide > room else [word]
        lines[-1:] = [lines[-1], *pieces] if lines[-1] else pieces
        used = width(pieces[-1], size, bold=bold)
    return lines


def height(text: str, size: float, room: float, *, bold: bool = False) -> float:
    """The height of the text's paragraphs, in the unit of the size."""
    measure = _remembered if len(text) < _SHORT else _height
    return measure(text, size, room, bold)


def _height(text: str, size: float, room: float, bold: bool) -> float:
    lines = sum(len(wrapped(part, size, room, bold=bold)) for part in text.split("\n"))
    return lines * size * LINE


_SHORT = 400  # letters: many rows say the same short texts, and long ones would fill the memory
_remembered = lru_cache(maxsize=8192)(_height)


def cut(text: str, size: float, room: float, most: int, *, bold: bool = False) -> str:
    """The text in at most so many lines: where it has more, its last words become "…"."""
    text = " ".join(text.split())

    def fits(kept: str) -> bool:
        return len(wrapped(kept, size, room, bold=bold)) <= most

    if fits(text):
        return text
    words = text.split()
    whole = greatest(len(words), lambda n: fits(_ended(" ".join(words[:n]))))
    if whole:
        return _ended(" ".join(words[:whole]))
    # not even the first word fits
    return _ended(text[: greatest(len(words[0]), lambda n: fits(_ended(text[:n])))])


def _ended(text: str) -> str:
    return f"{text.rstrip(' ,;:.')}…"


def greatest(limit: int, holds: Callable[[int], bool]) -> int:
    """The greatest number up to the limit of which it holds, where it holds of all below too."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low


def _pieces(word: str, size: float, room: float, bold: bool) -> Iterator[str]:
    """The word, or the parts of it that each fill a line."""
    while word:
        length = _fitting(word, size, room, bold)
        yield word[:length]
        word = word[length:]


def _fitting(word: str, size: float, room: float, bold: bool) -> int:
    """How many letters fit on a line; at least one."""
    limit = min(len(word), int(20 * room / size) + 1)
    return max(1, greatest(limit, lambda n: width(word[:n], size, bold=bold) <= room))


def _other(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 1000 if unicodedata.east_asian_width(letter) in "WF" else 722
