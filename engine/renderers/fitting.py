"""How much room text takes on a slide or sheet, estimated, because nothing here draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# widths in thousandths of the size, of Arial
_WIDTHS = {
    letter: width
    for width, letters in {
        222: "ijl'|‘’",
        278: " ftI.,:;!/\\[]",
        333: 'r-()`“”"',
        500: "ckssvxyzJ",
        556: "abdeghnopqu0123456789L?$£_#–",
        611: "FTZ+=<>~",
        667: "ABEKPSVXY&",
        722: "wCDHNRU",
        778: "GOQ",
        833: "mM",
        944: "W%",
    }.items()
    for letter in letters
}
_WIDE, _OTHER = 1000, 600
_BOLD = 1.07
_CAUTION = 1.04  # programs break lines a little differently


@dataclass(frozen=True, slots=True)
class Fit:
    """How large the text of a table is, and how much air is around it.

    Attributes:
        size: of the text, in points.
        air: points above and below the text of a cell.
    """

    size: int
    air: float

    @property
    def sides(self) -> float:
        """Points left and right of the text of a cell."""
        return self.size / 2

    def width_of(self, text: str, *, bold: bool = False) -> float:
        """Points that a line of this text takes."""
        thousandths = sum(_WIDTHS.get(c) or (_WIDE if ord(c) > 0x2E7F else _OTHER) for c in text)
        return thousandths * self.size / 1000 * (_BOLD if bold else 1) * _CAUTION

    def widest_word(self, text: str, *, bold: bool = False) -> float:
        """Points that a column needs so that no word of this text is broken."""
        words = (self.width_of(word, bold=bold) for word in text.split())
        return max(words, default=0.0) + 2 * self.sides

    def lines_of(self, text: str, width: float, *, bold: bool = False) -> int:
        """How many lines the text takes in a column of this many points."""
        room = max(width - 2 * self.sides, float(self.size))
        return sum(self._lines_of_paragraph(part, room, bold) for part in text.split("\n"))

    def _lines_of_paragraph(self, text: str, room: float, bold: bool) -> int:
        lines, used = 1, 0.0
        space = self.width_of(" ", bold=bold)
        for word in text.split(" "):
            width = self.width_of(word, bold=bold)
            if used and used + space + width > room:
                lines, used = lines + 1, 0.0
            if width > room:  # a word longer than a line is broken
                more, width = divmod(width, room)
                lines += int(more)
            used += width + (space if used else 0.0)
        return lines

    def height_of(self, lines: int) -> float:
        """Points that a row of so many lines takes."""
        return lines * 1.2 * self.size + 2 * self.air


LARGE, PLAIN, TIGHT = Fit(14, 3.0), Fit(12, 2.5), Fit(12, 0.75)


def pages_of(heights: Sequence[float], room: float) -> list[range]:
    """Rows that fit on a slide together, slide by slide; a row too high stands alone.

    They are spread evenly, so that none of several slides is nearly empty.
    """
    pages = _fill(heights, room)
    while room > 1 and len(fewer := _fill(heights, room - 10)) == len(pages):
        pages, room = fewer, room - 10
    return pages


def _fill(heights: Sequence[float], room: float) -> list[range]:
    pages, start, used = [], 0, 0.0
    for n, height in enumerate(heights):
        if n > start and used + height > room:
            pages.append(range(start, n))
            start, used = n, 0.0
        used += height
    return [*pages, range(start, len(heights))]
