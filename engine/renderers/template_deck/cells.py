"""Letters of a template's tables, and long answers in parts that fit on a slide each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.continuing import Part
from engine.renderers.slides.look import PAD, PALE, QUIET
from engine.renderers.slides.splitting import split
from engine.renderers.slides.tables import Row, Table
from engine.renderers.slides.texts import Paragraphs, Words
from engine.renderers.text_size import LINE

TABLE_TOP, TABLE_ROOM = 66.0, 440.0  # where the first table begins, and down to the line of help


@dataclass(frozen=True, slots=True)
class Fit:
    """How large the text of a table is, and how much air is above and below that of a cell."""

    size: int
    air: float

    def cell(self, text: str, *, bold: bool = False, help_: str = "") -> Paragraphs:
        """A cell's lines, and help below them in grey."""
        cell = [Words(line, self.size, bold=bold) for line in text.split("\n")]
        return [*cell, Words(help_, self.size, colour=QUIET)] if help_ else cell

    def least(self, lines: int) -> float:
        """The height of a row that has room for so many lines."""
        return lines * self.size * LINE + 2 * self.air

    def table(
        self, name: str, about: str, widths: Sequence[float], rows: Sequence[Row],
        least: Sequence[float] = (), *, labels: str = PALE,
    ) -> Table:  # fmt: skip
        """A table of such cells as a form; its first column holds labels."""
        return Table(name, about, widths, rows, self.air, labels, least)


LARGE, PLAIN, TIGHT = Fit(14, 3.0), Fit(12, 2.5), Fit(12, 0.75)


def parts_of(label: str, text: str, room: float) -> Iterator[tuple[str, str]]:
    """An answer, or what of it goes on a slide each, with the label of each part."""
    most = TABLE_ROOM - PLAIN.least(1) - 2 * PLAIN.air - 1
    for n, (joint, piece) in enumerate(split(text, PLAIN.size, room - 2 * PAD, most), 1):
        yield (label if n == 1 else Part(n, joint).label(label)), piece
