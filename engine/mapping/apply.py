"""A table and a mapping into decks: one document for each project, each with its own problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.days import NotUnderstood
from engine.errors import DeckError, Place, Problem, Problems, shorten
from engine.mapping.columns import Headings
from engine.mapping.contents import Withheld, is_withheld, read_content
from engine.mapping.items import below
from engine.model.document import MOST_DOCUMENTS, Document, Note, Path, too_many_documents
from engine.model.mapping import DeckMapping, FactFrom, LeaveOut, ListFrom
from engine.model.table import Row, Table
from engine.values import is_missing

_LONGEST_NAME = 60  # of a project, and of a heading, in a place
_MOST_ROWS_NAMED = 10


def apply_mapping(table: Table, mapping: DeckMapping) -> list[Document]:
    """Each project of the table as a deck.

    What a row says and the mapping does not know becomes that document's problem, so that one odd
    row does not keep the others from being assessed.

    Raises:
        DeckError: the table lacks a column that the mapping needs, or holds no project.
    """
    return _Applied(table, mapping).documents()


@dataclass(frozen=True, slots=True)
class _Bound:
    """A fact and the positions of its columns in this table."""

    fact: FactFrom
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _BoundList:
    name: str
    each: tuple[int, ...]
    of: ListFrom
    items: tuple[tuple[_Bound, ...], ...]


class _Applied:
    def __init__(self, table: Table, mapping: DeckMapping) -> None:
        self._table, self._mapping = table, mapping
        problems = Problems()
        self._headings = Headings(table.columns, table.kind, table.source, problems)
        named = [mapping.named_by] if mapping.named_by else []
        self._name = [self._headings.find(origin) for origin in named]
        self._facts = [self._bound(fact) for fact in mapping.facts]
        self._lists = [
            _BoundList(
                each.name,
                self._headings.find(each.each) if each.each else (),
                each,
                tuple(tuple(self._bound(fact) for fact in item) for item in each.items),
            )
            for each in mapping.lists
        ]
        self._left_out = [
            (rule, self._headings.find(rule.origin) if rule.origin else ())
            for rule in mapping.table.leave_out
        ]
        problems.raise_if_any(DeckError)

    def _bound(self, fact: FactFrom) -> _Bound:
        return _Bound(fact, self._headings.find(fact.origin))

    def documents(self) -> list[Document]:
        left_out: list[Row] = []
        documents: list[Document] = []
        for row in self._table.rows:
            if any(_leaves_out(row, rule, columns) for rule, columns in self._left_out):
                left_out.append(row)
            elif len(documents) == MOST_DOCUMENTS:
                raise DeckError([too_many_documents(Place(self._table.source, None, row.where))])
            else:
                documents.append(self._document(row))
        place = Place(self._table.source)
        if not documents:
            what = "the table has headings and no project below them"
            what = "the mapping leaves every row out" if left_out else what
            raise DeckError([Problem(place, what, fix="Check table in the mapping.")])
        remarks = [*self._table.remarks, *_of_rows_left_out(left_out)]
        first = documents[0]
        notes = (*(Note(text, place) for text in remarks), *first.notes)
        return [_with_notes(first, notes), *documents[1:]]

    def _document(self, row: Row) -> Document:
        name = self._name_of(row)
        where = f"{row.where}, {name}" if name else row.where
        if row.refused:
            return Document(self._table.source, None, {}, where, row.refused)
        building = _Building(self._table, row, where)
        for bound in self._facts:
            building.add_fact(bound, bound.fact.reading.name, (bound.fact.reading.name,))
        for each in self._lists:
            building.add_list(each)
        building.data.update(self._mapping.constants)
        return building.finished()

    def _name_of(self, row: Row) -> str:
        """The project's name, for places; "" where the row has none."""
        own = [bound.columns for bound in self._facts if bound.fact.reading.name == "project.title"]
        for columns in (*self._name, *own):
            for column in columns:
                if not is_missing(row.contents[column]):
                    return shorten(row.contents[column], _LONGEST_NAME)
        return ""


class _Building:
    """One row on its way to a deck."""

    def __init__(self, table: Table, row: Row, where: str) -> None:
        self._table, self._row, self._where = table, row, where
        self.data: dict[str, Any] = {}
        self._spots: dict[Path, str] = {}
        self._lines: dict[Path, int] = {}
        self._problems: list[Problem] = []
        self._withheld: dict[str, list[tuple[str, Place]]] = {}

    def finished(self) -> Document:
        place = Place(self._table.source, None, self._where)
        notes = [Note(text, place) for text in self._row.remarks]
        for words, of in self._withheld.items():
            facts = ", ".join(dict.fromkeys(label for label, _ in of))
            notes.append(Note(f'"{words}" is read as not stated ({facts}).', of[0][1]))
        return Document(
            source=self._table.source,
            data=None if self._problems else self.data,
            lines=self._lines,
            where=self._where,
            problems=tuple(self._problems),
            spots=self._spots,
            notes=tuple(notes),
        )

    def add_fact(
        self, bound: _Bound, key: str, path: Path, into: dict[str, Any] | None = None
    ) -> None:
        """Read a fact's columns into the deck, or into an item of it."""
        value, column = self._taken(bound)
        if value is not None and column is not None:
            (self.data if into is None else into)[key] = value
            self._stands(path, column)

    def add_list(self, bound: _BoundList) -> None:
        """Read a list; columns that hold no item at all leave it unstated."""
        items: list[dict[str, Any]] = []
        if bound.each:
            self._each(bound, bound.each[0])
            return
        for facts in bound.items:
            item: dict[str, Any] = {}
            for each in facts:
                key = each.fact.reading.spec.name
                self.add_fact(each, key, (bound.name, len(items), key), item)
            if item:
                items.append(item)
        if items:
            self.data[bound.name] = items

    def _each(self, bound: _BoundList, column: int) -> None:
        content = self._row.contents[column]
        if is_missing(content):
            return
        self._stands((bound.name,), column)
        if not isinstance(content, list):
            message = f'"{bound.name}" is no list in this record'
            self._problems.append(Problem(self._place(column), message, shorten(content)))
            return
        items: list[dict[str, Any]] = []
        for number, each in enumerate(content):
            place = self._place(column, f", item {number + 1}")
            item: dict[str, Any] = {}
            for fact in bound.of.facts:
                withheld: list[tuple[str, Place]] = []
                value = self._read(below(each, fact.origin), fact, place, withheld)
                for words, _ in withheld:
                    self._note(words, fact, place)
                if value is not None:
                    item[fact.reading.spec.name] = value
            items.append(item)
            self._spots[bound.name, number] = place.where.removeprefix(f"{self._where}, ")
        self.data[bound.name] = items

    def _taken(self, bound: _Bound) -> tuple[object, int | None]:
        """The value of a fact and the column that gave it."""
        fact = bound.fact
        said = [(column, self._content(fact, column)) for column in bound.columns]
        said = [(column, each) for column, each in said if not is_missing(each)]
        withheld: list[tuple[str, Place]] = []
        if fact.origin.taking == "join":
            missing = fact.reading.missing
            texts = [str(each) for _, each in said if not is_withheld(each, missing)]
            withheld = [(shorten(e), self._place(c)) for c, e in said if is_withheld(e, missing)]
            joined = fact.origin.glue.join(texts) or None
            said = [(column, joined) for column, _ in said[:1] if joined]
        for column, content in said:
            value = self._read(content, fact, self._place(column), withheld)
            if value is not None:
                return value, column
        for words, place in withheld:
            self._note(words, fact, place)
        return None, None

    def _content(self, fact: FactFrom, column: int) -> Any:
        if column in self._row.problems:
            message = f'"{fact.reading.name}" cannot be read: {self._row.problems[column]}'
            self._problems.append(Problem(self._place(column), message))
            return None
        return self._row.contents[column]

    def _read(
        self, content: Any, fact: FactFrom, place: Place, withheld: list[tuple[str, Place]]
    ) -> object:
        how = fact.reading
        try:
            return read_content(content, how)
        except Withheld as said:
            withheld.append((said.words, place))
        except NotUnderstood as error:
            message = f'"{how.name}" ({how.spec.label}) cannot be read'
            found = shorten(content)
            self._problems.append(Problem(place, message, found, error.expected, error.fix))
        return None

    def _note(self, words: str, fact: FactFrom, place: Place) -> None:
        self._withheld.setdefault(words, []).append((fact.reading.spec.label, place))

    def _stands(self, path: Path, column: int) -> None:
        self._spots[path] = self._spot(column)
        if column in self._row.lines:
            self._lines[path] = self._row.lines[column]

    def _spot(self, column: int) -> str:
        if self._row.spots:
            return self._row.spots[column]
        heading = shorten(self._table.columns[column].heading, _LONGEST_NAME)
        return f'{self._table.kind} "{heading}"'

    def _place(self, column: int, more: str = "") -> Place:
        line = self._row.lines.get(column)
        return Place(self._table.source, line, f"{self._where}, {self._spot(column)}{more}")


def _leaves_out(row: Row, rule: LeaveOut, columns: Sequence[int]) -> bool:
    if rule.origin is None:
        return row.number in rule.rows
    said = [row.contents[column] for column in columns]
    return any(is_withheld(each, rule.words) for each in said) or (
        rule.blank and all(each is None or not str(each).strip() for each in said)
    )


def _of_rows_left_out(rows: Sequence[Row]) -> Iterator[str]:
    if rows:
        named = ", ".join(row.where for row in rows[:_MOST_ROWS_NAMED])
        more = f" and {len(rows) - _MOST_ROWS_NAMED} more" if len(rows) > _MOST_ROWS_NAMED else ""
        yield f"Left out, as the mapping says: {named}{more}."


def _with_notes(document: Document, notes: tuple[Note, ...]) -> Document:
    return replace(document, notes=notes)
