"""Files made from the template, and full names wherever they stand: read as they are."""

from __future__ import annotations

import re
from dataclasses import replace

from engine.continuing import Part, item_in
from engine.model.pages import Cell, Grid, Page, Pages
from engine.model.vocabulary import FactSpec, ListSpec
from engine.understanding import certainty
from engine.understanding.answers import Answer, Findings, ItemFound, ListFound, Spots
from engine.understanding.labels import Labels
from engine.understanding.on_template import (
    Column,
    PartColumn,
    as_written,
    asked,
    first_line,
    put_together,
    text,
    with_part,
)
from engine.understanding.words import normal
from engine.values import is_missing

_SHAPE = re.compile(r"gatewise (facts|list|cards) (\S+?)(?: \d+)?")
OWN_SHEETS = frozenset({"How to use this", "Choices"})  # of the template, that ask for nothing
_NONE = "none"


def slides_of_template(pages: Pages) -> set[str]:
    """The names of the slides with tables of the template, and of the cover before them."""
    names = [
        page.name for page in pages.pages if any(_SHAPE.fullmatch(grid.name) for grid in page.grids)
    ]
    return {pages.pages[0].name, *names} if names else set()


def read_template(page: Page, grid: Grid, labels: Labels, found: Findings) -> set[int]:
    """Read a table of the template, or the rows of one that hold full names; the rows read."""
    match = _SHAPE.fullmatch(grid.name)
    reader = _Reader(page, grid, labels, found)
    if match is not None and grid.rows and not reader.spots.is_sheet:
        kind, name = match[1], match[2]
        if kind == "facts" and name in labels.vocabulary.sections:
            reader.facts(name)
            return set(range(len(grid.rows)))
        if kind != "facts" and name in labels.vocabulary.lists:
            reader.items(labels.vocabulary.lists[name], turned=kind == "cards")
            return set(range(len(grid.rows)))
    return reader.full_names()


class _Reader:
    def __init__(self, page: Page, grid: Grid, labels: Labels, found: Findings) -> None:
        self.spots = Spots(page, grid, found)
        self._grid = grid
        self._labels = labels
        self._found = found

    # ---- slides

    def facts(self, section: str) -> None:
        """A table of single facts: label, answer."""
        title = self._labels.vocabulary.sections[section]
        known = {
            normal(spec.label): spec
            for spec in self._labels.stated.values()
            if spec.section == section
        }
        for n, row in enumerate(self._grid.rows[1:], 1):
            spec, part = asked(row[0], known)
            if spec is not None and len(row) > 1:
                spot = self.spots.cell(n, 1, spec.label, title=title)
                if part is None:
                    self._note(spec, row[1], spot)
                elif not self._is_unknown(row[1]) and text(row[1]):
                    self._note_part(spec, row[1], spot, part)

    def _note_part(self, spec: FactSpec, cell: Cell, spot: str, part: Part) -> None:
        """Put a part of an answer to the part before it, or note it alone where there is none."""
        answers = self._found.answers
        later = self._answer(spec.name, spec, cell, spot, part.number)
        for n in reversed(range(len(answers))):
            if answers[n].fact == spec.name and answers[n].on_template:
                more = with_part(answers[n], later, part)
                answers[n : n + 1] = [more] if more else [answers[n], later]
                return
        answers.append(later)

    def items(self, spec: ListSpec, turned: bool) -> None:
        """A table of items, one a row, or one a column where it is turned round."""
        rows = tuple(zip(*self._grid.rows, strict=True)) if turned else self._grid.rows
        known = {normal(fact.label): fact for fact in spec.facts.values()}
        heads = [(n, *asked(cell, known)) for n, cell in enumerate(rows[0])]
        columns = [(n, fact) for n, fact, part in heads if fact is not None and part is None]
        parts = [
            (n, fact, part) for n, fact, part in heads if fact is not None and part is not None
        ]
        items = []
        for n, row in enumerate(rows[1:], 1):
            number, goes_on = item_in(first_line(row[0].content)) if turned else ("", False)
            words = f"{spec.item} {number or n}" if turned else f"row {n}"
            spot = f"{self.spots.table(spec.title)}, {words}"
            cells, loose = put_together(row, columns, parts)
            if goes_on:
                self._go_on(spec, columns, loose, spot, words, cells)
            else:
                items.append((spot, cells, {c: f"{spot}, {fact.label}" for c, fact in columns}))
        self._list(spec, columns, items, self._grid.name)

    def _go_on(
        self, spec: ListSpec, columns: list[Column], loose: list[PartColumn], spot: str,
        words: str, row: tuple[Cell, ...],
    ) -> None:  # fmt: skip
        """Put the answers of an item that goes on to those it has from the slide before."""
        answers = [
            (self._answer(f"{spec.name}.{f.name}", f, row[c], f"{spot}, {f.label}", n), part)
            for c, f, n, part in [
                *((c, fact, 1, None) for c, fact in columns),
                *((c, fact, part.number, part) for c, fact, part in loose),
            ]
            if not self._is_unknown(row[c]) and text(row[c])
        ]
        if not answers:
            return
        table, at = self._begun(spec, words)
        item = table.items[at] if table else ItemFound(spot, row[0].address, ())
        held = {answer.fact: answer for answer in item.answers}
        again = []
        for answer, part in answers:
            before = held.get(answer.fact)
            whole = with_part(before, answer, part) if before and part else None
            if before is None or whole is not None:
                held[answer.fact] = whole or answer
            else:
                again.append(answer)
        item = replace(item, answers=tuple(held.values()))
        if table is not None:
            items = (*table.items[:at], item, *table.items[at + 1 :])
            self._found.lists[self._found.lists.index(table)] = replace(table, items=items)
        rest = again if table else item.answers
        if rest:  # a copy of a slide, or one whose item began nowhere
            alone = ItemFound(spot, row[0].address, tuple(rest), item.name)
            name = table.table if table else self._grid.name
            self._found.lists.append(
                ListFound(spec, spot, row[0].address, (alone,), certainty.TEMPLATE, name, True)
            )

    def _begun(self, spec: ListSpec, words: str) -> tuple[ListFound | None, int]:
        """The table and the place in it of the item that is so numbered, the last one first."""
        for table in reversed(self._found.lists):
            if table.spec is spec and table.on_template:
                for n, item in enumerate(table.items):
                    if item.spot.endswith(f", {words}"):
                        return table, n
        return None, 0

    # ---- sheets, and full names wherever they stand

    def full_names(self) -> set[int]:
        """Read the rows with full names that stand on the template, below its headings.

        Where most rows have such names, none of the others holds answers. A full name elsewhere
        is a label like others, and the surest.
        """
        done: set[int] = set()
        rows = self._grid.rows
        n = 0
        while n < len(rows):
            if columns := self._names_of_items(rows[n]):
                end = self._sheet_of_items(n, columns)
                done |= set(range(n, end))
                n = end
                continue
            for column, cell in enumerate(rows[n]):
                spec = self._labels.stated.get(text(cell))
                if spec is not None and (place := self._answer_beside(n, column)) is not None:
                    done.add(n)
                    self._note(spec, rows[n][place], self.spots.cell(n, place, spec.label))
            n += 1
        if done:
            self._found.template_pages.add(self.spots.page.name)
        filled = sum(any(text(cell) for cell in row) for row in rows)
        return set(range(len(rows))) if len(done) >= filled / 2 else done

    def _names_of_items(self, row: tuple[Cell, ...]) -> tuple[ListSpec, list[Column]] | None:
        """The facts that the full names in this row stand for, if they are of one list."""
        named = [(n, self._labels.item_facts.get(text(cell))) for n, cell in enumerate(row)]
        known = [(n, each[0], each[1]) for n, each in named if each is not None]
        if not known or len({spec.name for _, spec, _ in known}) > 1:
            return None
        spec = known[0][1]
        return spec, [(n, spec.facts[key]) for n, _, key in known]

    def _sheet_of_items(self, names: int, head: tuple[ListSpec, list[Column]]) -> int:
        """Read the items below a row of full names and its headings; the row after them."""
        spec, columns = head
        rows = self._grid.rows
        known = {c: {normal(fact.label), normal(fact.question)} for c, fact in columns}
        n = names + 1
        if n < len(rows) and any(normal(text(rows[n][c])) in known[c] for c, _ in columns):
            n += 1
        items = []
        while n < len(rows) and self._names_of_items(rows[n]) is None:
            spots = {c: self.spots.cell(n, c, f"row {n}", fact.label, title=spec.title)
                     for c, fact in columns}  # fmt: skip
            items.append((self.spots.row(n, f"row {n}", spec.title), rows[n], spots))
            n += 1
        self._list(spec, columns, items, spec.name)
        return n

    def _answer_beside(self, row: int, column: int) -> int | None:
        """The column that is headed as that of the answers, in the nearest row above."""
        for above in reversed(self._grid.rows[:row]):
            heads = [normal(text(cell)) for cell in above]
            if "answer" in heads and heads.index("answer") != column:
                return heads.index("answer")
        return None

    # ---- both

    def _list(
        self,
        spec: ListSpec,
        columns: list[Column],
        rows: list[tuple[str, tuple[Cell, ...], dict[int, str]]],
        table: str,
    ) -> None:
        if not columns:
            return
        filled = [(spot, row, spots) for spot, row, spots in rows
                  if any(text(row[c]) or row[c].problem for c, _ in columns)]  # fmt: skip
        items = []
        says_none = len(filled) == 1 and self._says_none(filled[0][1], columns)
        for spot, row, spots in [] if says_none else filled:
            answers = tuple(
                self._answer(f"{spec.name}.{fact.name}", fact, row[c], spots[c])
                for c, fact in columns
                if not self._is_unknown(row[c]) and text(row[c])
            )
            named = next((str(a.written) for a in answers if a.spec.name == spec.name_from), "")
            items.append(ItemFound(spot, row[columns[0][0]].address, answers, named))
        if items or says_none:
            address = self._grid.rows[0][0].address
            spot = self.spots.table(spec.title)
            self._found.lists.append(
                ListFound(spec, spot, address, tuple(items), certainty.TEMPLATE, table, True)
            )

    def _says_none(self, row: tuple[Cell, ...], columns: list[Column]) -> bool:
        """Whether the list is said to be empty: None in its first cell, and nothing else."""
        texts = [text(row[c]) for c, _ in columns]
        return texts[0].casefold() == _NONE and not any(texts[1:])

    def _note(self, spec: FactSpec, cell: Cell, spot: str) -> None:
        if not self._is_unknown(cell) and not is_missing(cell.content):
            self._found.answers.append(self._answer(spec.name, spec, cell, spot))

    def _answer(self, fact: str, spec: FactSpec, cell: Cell, spot: str, parts: int = 1) -> Answer:
        written = as_written(spec, cell.content)
        return Answer(
            fact, spec, written, spot, cell.address, certainty.TEMPLATE, cell.content,
            on_template=True, parts=parts,
        )  # fmt: skip

    def _is_unknown(self, cell: Cell) -> bool:
        """Whether the cell's content cannot be known, which is noted."""
        if cell.problem:
            where = cell.spot or self.spots.grid.label
            self._found.unknown_cells.append((self.spots.page.name, where, cell.problem))
        return bool(cell.problem)
