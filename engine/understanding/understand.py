"""Pages into a deck: which fact each value answers, and how surely."""

from __future__ import annotations

from engine.model.pages import Grid, Page, Pages
from engine.model.understood import Left, Understood
from engine.model.vocabulary import Vocabulary
from engine.understanding.answers import Findings, Spots
from engine.understanding.forms import Form
from engine.understanding.heads import find_heads, find_turned
from engine.understanding.labels import Labels
from engine.understanding.left import in_words
from engine.understanding.lists import Part, parts_of, read_part
from engine.understanding.notes import unread_on
from engine.understanding.rows import Row, distinct
from engine.understanding.settling import settle
from engine.understanding.surroundings import Surroundings
from engine.understanding.templates import OWN_SHEETS, read_template, slides_of_template
from engine.understanding.texts import Texts
from engine.understanding.whole_file import weigh_by_the_whole


def understand(pages: Pages, vocabulary: Vocabulary) -> Understood:
    """Find the facts of the vocabulary in an office document.

    What stands on the template, or beside a fact's full name, counts as it stands. The rest is
    found by headings and labels, each value with a confidence; what is less sure than
    ``CERTAIN_ENOUGH`` is listed and not used.
    """
    labels = Labels(vocabulary)
    found = Findings(template_pages=slides_of_template(pages))
    for page in pages.pages:
        around = Surroundings(page, labels)
        grids = () if page.title in OWN_SHEETS and not page.texts else page.grids
        for grid in grids:
            rest = _rest_of(grid, read_template(page, grid, labels, found))
            if rest is not None:
                _read_table(page, rest, labels, around, found)
        Texts(page, around, labels, found).read()
        found.left += [Left(what, page.name) for what in unread_on(page, found)]
    weigh_by_the_whole(pages, found)
    return settle(pages, found, vocabulary)


def _rest_of(grid: Grid, read: set[int]) -> Grid | None:
    """The table without the rows that were read, or None where nothing is left."""
    rows = tuple(row for n, row in enumerate(grid.rows) if n not in read)
    return Grid(grid.name, grid.label, rows) if rows else None


def _read_table(
    page: Page, grid: Grid, labels: Labels, around: Surroundings, found: Findings
) -> None:
    """Read a table on somebody's own page: lists first, labels and values in the rest."""
    rows, spots = grid.rows, Spots(page, grid, found)
    before = len(found.answers), len(found.lists)
    heads = find_heads(rows, around, labels)
    turned = find_turned(rows, around, labels)
    most = max((len(head.columns) for head in heads), default=0)
    if turned is not None and len(turned.columns) > most:
        view = tuple(zip(*rows, strict=True))
        read_part(Part(turned, range(1, len(view))), view, spots, around, found, turned=True)
    else:
        for part in parts_of(heads, len(rows)):
            read_part(part, rows, spots, around, found)
        above = heads[0].row if heads else len(rows)
        Form(rows, range(above), spots, around, labels).read(found)
    if (len(found.answers), len(found.lists)) == before and any(distinct(row) for row in rows):
        found.left.append(Left(_table_in_words(rows), spots.table()))


def _table_in_words(rows: tuple[Row, ...]) -> str:
    filled = [row for row in rows if distinct(row)]
    heading = next((row for row in filled if len(distinct(row)) > 1), filled[0])
    count = "1 row" if len(filled) == 1 else f"{len(filled)} rows"
    return f"a table of {count}: {in_words(distinct(heading))}"
