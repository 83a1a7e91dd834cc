"""The look of every workbook: its colours, its formats, and how high a row must be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from engine.extras import extra
from engine.model.rules import Outcome
from engine.renderers.text_size import height

with extra("office", "Excel files"):
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

Mark = Outcome | Literal["not assessed"] | None  # None: nothing to act on, in grey
Style = tuple[tuple[str, Any], ...]


def style(*parts: Style, **properties: Any) -> Style:
    """Properties by XlsxWriter's names, after those of other styles; the last ones hold."""
    return (*(each for part in parts for each in part), *properties.items())


INK, NAVY, GREY, PALE, LINE, BLUE = (
    "#1F2937", "#17324D", "#4B5563", "#F1F5F9", "#C5CDD6", "#0B4A8F",
)  # fmt: skip
FONT = style(font_name="Arial", font_size=10)
PLAIN = style(FONT, font_color=INK, valign="top", text_wrap=True)
CELL = style(PLAIN, border=1, border_color=LINE)
HEADING = style(PLAIN, bold=True, bg_color=NAVY, font_color="#FFFFFF", valign="vcenter")
TITLE = style(PLAIN, bold=True, font_size=18, font_color=NAVY)
LINK = style(CELL, font_color=BLUE, underline=1)
DATE = style(CELL, num_format="d mmmm yyyy", align="left")
NUMBER = style(CELL, align="right", indent=1, num_format="#,##0.0###", text_wrap=False)
WHOLE = style(NUMBER, num_format="#,##0")
SHARE = style(NUMBER, num_format="0.0%")
POUNDS = style(NUMBER, num_format="£#,##0")
PENCE = style(NUMBER, num_format="£#,##0.00")
# dark on light: the words say it, and the colour is read in greyscale too
MARKS: Mapping[Mark, Style] = {
    "escalate": style(CELL, font_color="#7A1712", bg_color="#FBE4E1", bold=True),
    "not assessed": style(CELL, font_color="#FFFFFF", bg_color=GREY, bold=True),
    "recommend": style(CELL, font_color="#6B4400", bg_color="#FDF0D5"),
    "pass": style(CELL, font_color="#0B5132", bg_color="#E3F2E8"),
    None: style(CELL, font_color="#383F43", bg_color="#ECEDEE"),
}
POINTS_OF_A_CHARACTER = 5.25  # in which the widths of columns are counted
_HIGHEST_ROW, _LOWEST_ROW = 409.0, 16.0  # points; the first is Excel's


class Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[Style, Format] = {}

    def __call__(self, asked: Style) -> Format:
        """The format of a style."""
        if asked not in self._made:
            self._made[asked] = self._book.add_format(dict(asked))
        return self._made[asked]


def row_height(texts: Iterable[tuple[str, float]], *, size: int = 10, bold: bool = False) -> float:
    """Points in which each text can be read in its column: not every program works it out.

    Args:
        texts: each with the width of its column in characters of the standard letter.
    """
    points = ((text, POINTS_OF_A_CHARACTER * width - 2.25) for text, width in texts if text)
    heights = [height(text, size, room, bold=bold) + 4 for text, room in points]
    return min(_HIGHEST_ROW, max([_LOWEST_ROW, *heights]))
