"""What an office document holds before anybody says what it means: pages, tables and text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Content = str | int | Decimal | date | bool | None


@dataclass(frozen=True, slots=True)
class Address:
    """Where a cell or text stands for a program that opens the file again.

    Attributes:
        page: the slide's or sheet's position, from 0.
        shape: the shape's id on its slide, or 0 on a sheet.
        row, column: from 0; both 0 for text outside of tables.
        paragraph: of text outside of tables, from 0.
    """

    page: int
    shape: int = 0
    row: int = 0
    column: int = 0
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table or sheet, or one paragraph of text.

    Attributes:
        content: text, stripped; a number, day or yes/no where the file holds one as such; None
            where it is blank. A percentage is the number that people see (44% is 44).
        spot: what people call the place on its page: "cell C7"; "" where the row and the heading
            are what they see.
        address: the place for programs; of a merged cell, wherever it stands in a grid, the place
            of its first cell, which holds the text.
        problem: why the content cannot be known ("a formula that was never worked out"), or "";
            ``content`` is then None.
        seen: what the cell's format makes of a number, where that says more or else: "£1,500",
            "March 2027", 1240 of 1,240,000 that is shown in thousands; else None.
        hidden: its row or column is hidden, and by no filter.
    """

    content: Content
    spot: str
    address: Address
    problem: str = ""
    seen: Content = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on a slide, or the used part of a sheet.

    Attributes:
        name: the shape's name, or the sheet's.
        label: what people call it on its page: "table 2"; "" for a sheet.
        rows: each of the same length; a merged cell stands in each place it covers. On a sheet,
            one blank row or column stands for all that lie between others, so that a cell's
            position here is not its place on the sheet: its address is.
    """

    name: str
    label: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One slide or sheet.

    Attributes:
        name: what people call it: "Slide 5", "Sheet Finance".
        title: of the slide; a sheet's own name.
        grids: its tables, in reading order.
        texts: its text outside of tables, a cell for each paragraph, in reading order, without
            the title.
        hidden: it is not shown; it is read all the same, and said to be hidden.
        unread: what is on it that nothing was read from: "a picture", "a SmartArt diagram".
    """

    name: str
    title: str
    grids: tuple[Grid, ...]
    texts: tuple[Cell, ...] = ()
    hidden: bool = False
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pages:
    """A whole office document.

    Attributes:
        source: the file's name as it was given.
        notes: what to know of the file as a whole, a sentence each: "It holds macros, which were
            not run."
    """

    source: str
    pages: tuple[Page, ...]
    notes: tuple[str, ...] = ()
