"""A sheet of a workbook into a grid."""

from __future__ import annotations

from engine.errors import DeckError, Place, Problem, nearest
from engine.mapping.grid import Grid
from engine.model.pages import Page, Pages


def grid_of_sheet(pages: Pages, wanted: str | int | None) -> tuple[Grid, tuple[str, ...]]:
    """The cells of a sheet, and what to know of it, a sentence each.

    Args:
        wanted: the sheet's name, its position from 1, or None for the only one.

    Raises:
        DeckError: there is no such sheet, or it is empty.
    """
    page = _sheet(pages, wanted)
    if not page.grids or not page.grids[0].rows:
        fix = "Name another sheet in the mapping, under table."
        problem = Problem(Place(pages.source, None, page.name), "the sheet is empty", fix=fix)
        raise DeckError([problem])
    cells = page.grids[0].rows
    corner = cells[0][0].address
    hidden = (f"{page.name} is hidden, and was read all the same.",) if page.hidden else ()
    grid = Grid(
        [[cell.content for cell in row] for row in cells],
        pages.source,
        page=page.name,
        first=(corner.row + 1, corner.column + 1),
        cells=cells,
    )
    return grid, (*pages.notes, *hidden)


def _sheet(pages: Pages, wanted: str | int | None) -> Page:
    names = [page.title for page in pages.pages]
    place = Place(pages.source)
    if isinstance(wanted, int):
        if 1 <= wanted <= len(names):
            return pages.pages[wanted - 1]
        found = f"{len(names)} sheets"
        raise DeckError([Problem(place, f"there is no sheet {wanted}", found, fix=_use(names))])
    if wanted is None:
        if len(names) == 1:
            return pages.pages[0]
        message, found = "the workbook has several sheets", ", ".join(names)
        fix = "Say in the mapping, under table, which one: sheet and its name."
        raise DeckError([Problem(place, message, found, fix=fix)])
    for page in pages.pages:
        if page.title.strip().casefold() == wanted.strip().casefold():
            return page
    fix = nearest(wanted, names) or _use(names)
    raise DeckError([Problem(place, f'there is no sheet "{wanted}"', fix=fix)])


def _use(names: list[str]) -> str:
    return f"Use one of: {', '.join(names)}."


def fullest_sheet(pages: Pages) -> str | None:
    """The name of the sheet that holds most cells; None where there is only one."""
    sizes = {
        page.title: sum(
            cell.content is not None for g in page.grids for row in g.rows for cell in row
        )
        for page in pages.pages
    }
    return max(sizes, key=sizes.__getitem__) if len(sizes) > 1 else None
