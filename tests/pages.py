"""Pages written by hand, as a reader of office files would give them."""

from __future__ import annotations

from collections.abc import Sequence

from engine.model.pages import Address, Cell, Content, Grid, Page, Pages


def table(
    *rows: Sequence[Content],
    name: str = "",
    label: str = "the table",
    shape: int = 2,
    page: int = 0,
) -> Grid:
    """A table on a slide; short rows are filled up."""
    width = max(map(len, rows))
    return Grid(
        name,
        label,
        tuple(
            tuple(
                Cell(row[c] if c < len(row) else None, "", Address(page, shape, r, c))
                for c in range(width)
            )
            for r, row in enumerate(rows)
        ),
    )


def sheet(name: str, *rows: Sequence[Content], page: int = 0, hidden: bool = False) -> Page:
    """A sheet; a cell that begins with "!" has this as its problem."""
    width = max(map(len, rows))

    def cell(r: int, c: int, content: Content) -> Cell:
        spot, address = f"cell {chr(65 + c)}{r + 1}", Address(page, 0, r, c)
        if isinstance(content, str) and content.startswith("!"):
            return Cell(None, spot, address, content[1:])
        return Cell(content, spot, address)

    filled = tuple(
        tuple(cell(r, c, row[c] if c < len(row) else None) for c in range(width))
        for r, row in enumerate(rows)
    )
    return Page(f"Sheet {name}", name, (Grid(name, "", filled),), hidden=hidden)


def slide(
    number: int,
    title: str = "",
    *grids: Grid,
    boxes: Sequence[Sequence[str]] = (),
    hidden: bool = False,
    unread: tuple[str, ...] = (),
) -> Page:
    """A slide with its tables, and text boxes as lists of paragraphs."""
    texts = tuple(
        Cell(text, f'text "{text}"', Address(number - 1, 10 + b, paragraph=n))
        for b, box in enumerate(boxes)
        for n, text in enumerate(box)
    )
    return Page(f"Slide {number}", title, grids, texts, hidden, unread)


def pages(*them: Page, notes: tuple[str, ...] = ()) -> Pages:
    """A file of these."""
    return Pages("deck.pptx", them, notes)
