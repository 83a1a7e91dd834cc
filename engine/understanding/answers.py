"""Values that were taken for facts, one by one and in lists, before it is settled which count."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from engine.model.pages import Address, Content, Grid, Page
from engine.model.understood import Left
from engine.model.vocabulary import FactSpec, ListSpec
from engine.understanding.certainty import Ground


@dataclass(frozen=True, slots=True)
class Answer:
    """A value and the fact that it is taken for.

    Attributes:
        fact: its full name.
        written: as the deck states it; None where it does not read as the fact's type.
        ground: how it was found, and what makes it less sure.
        expected: what would have been accepted, where it does not read.
        shown: what stands there, or None where people must not see it.
        on_template: it counts as it stands, even where it cannot be read.
        parts: how many parts of a long answer it is made of so far.
    """

    fact: str
    spec: FactSpec
    written: Any
    spot: str
    address: Address
    ground: Ground
    shown: Content
    expected: str = ""
    on_template: bool = False
    parts: int = 1


@dataclass(frozen=True, slots=True)
class ItemFound:
    """One item of a list: what it is called, and its values."""

    spot: str
    address: Address
    answers: tuple[Answer, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class ListFound:
    """A table that holds items of a list.

    Attributes:
        table: what tells this table from a copy of it: two with the same words are copies.
        on_template: it counts as it stands.
    """

    spec: ListSpec
    spot: str
    address: Address
    items: tuple[ItemFound, ...]
    ground: Ground
    table: str = ""
    on_template: bool = False


@dataclass
class Findings:
    """What has been found so far, in the file's order."""

    answers: list[Answer] = field(default_factory=list)
    lists: list[ListFound] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    unknown_cells: list[tuple[str, str, str]] = field(default_factory=list)  # page, cell, why
    template_pages: set[str] = field(default_factory=set)  # by their names; their comments are ours
    taken: dict[str, Address] = field(default_factory=dict)  # words for places, by what has them

    def own_words(self, spot: str, address: Address) -> str:
        """The words for a place, with a number where another place has the same already."""
        words, n = spot, 1
        while self.taken.setdefault(words, address) != address:
            n += 1
            words = f"{spot} ({n})"
        return words


@dataclass(frozen=True, slots=True)
class Spots:
    """What people call the places on a page."""

    page: Page
    grid: Grid
    found: Findings

    @property
    def is_sheet(self) -> bool:
        """Whether cells have names of their own, and tables none."""
        return not self.grid.label

    def table(self, title: str = "") -> str:
        """The table, by the list or section in it or by its place on the page."""
        if self.is_sheet:
            return self.page.name
        words = f"{lower_first(title)} table" if title else self.grid.label
        corner = self.grid.rows[0][0].address
        return self.found.own_words(f"{self.page.name}, {words}", corner)

    def cell(self, row: int, column: int, *words: str, title: str = "") -> str:
        """A cell: by its own name on a sheet, by words on a slide."""
        if self.is_sheet:
            return f"{self.page.name}, {self.grid.rows[row][column].spot}"
        return ", ".join((self.table(title), *(word for word in words if word)))

    def row(self, row: int, words: str, title: str) -> str:
        """A row: by its number on a sheet, by words on a slide."""
        if self.is_sheet:
            number = max(cell.address.row for cell in self.grid.rows[row])  # merged ones are above
            return f"{self.page.name}, row {number + 1}"
        return f"{self.table(title)}, {words}"


def lower_first(text: str) -> str:
    """Without an initial capital, unless the first word is all capitals."""
    first = text.split(" ", maxsplit=1)[0]
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]
