"""What JSON of any shape holds, by its paths: "budget.whole_life_cost"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.errors import DeckError, Problem, nearest, shorten
from engine.model.document import Document, Path
from engine.model.mapping import Origin
from engine.model.table import Column, Row, Table
from engine.values import is_missing


def table_of_records(documents: list[Document], source: str) -> Table:
    """Records as a table with a column for each path; a broken record keeps its problems."""
    flat = [flattened(each.data) for each in documents]
    paths = list(dict.fromkeys(path for values in flat for path in values))
    rows = [
        Row(
            where=document.where or "the record",
            number=number,
            contents=tuple(values[path][1] if path in values else None for path in paths),
            lines={
                n: document.lines[values[path][0]]
                for n, path in enumerate(paths)
                if path in values and values[path][0] in document.lines
            },
            refused=document.problems or tuple(_no_record(document)),
        )
        for number, (document, values) in enumerate(zip(documents, flat, strict=True), 1)
    ]
    return Table(source, "path", tuple(Column(path, path) for path in paths), tuple(rows))


def records_at(document: Document, each: str) -> list[Document]:
    """The records in the list at a path.

    Raises:
        DeckError: there is no list.
    """
    found = flattened(document.data)
    if each not in found or not isinstance(found[each][1], list):
        lists = [path for path, (_, value) in found.items() if isinstance(value, list)]
        use = f"Use one of: {', '.join(lists)}." if lists else "Leave each out."
        message = f'there is no list at "{each}"'
        raise DeckError([Problem(document.place(), message, fix=nearest(each, lists) or use)])
    above, records = found[each]
    lines: list[dict[Path, int]] = [{} for _ in records]
    for path, line in document.lines.items():
        if path[: len(above)] == above and len(path) > len(above):
            lines[int(path[len(above)])][path[len(above) + 1 :]] = line
    return [
        Document(document.source, data, lines[n], f"record {n + 1}")
        for n, data in enumerate(records)
    ]


def flattened(data: Any) -> dict[str, tuple[Path, Any]]:
    """Every value of nested mappings by its path in words; lists stay whole.

    A path that is given twice, once with dots in a key and once nested, keeps its first value.
    """
    found: dict[str, tuple[Path, Any]] = {}
    for path, value in _values(data, ()):
        found.setdefault(".".join(" ".join(str(key).split()) for key in path), (path, value))
    return found


def below(item: Any, origin: Origin) -> Any:
    """What an item of a list holds for a fact; the item itself where the path is a dot."""
    values = flattened(item)
    for name in origin.names:
        value = item if name == "." else values.get(name, ((), None))[1]
        if not is_missing(value):
            return value
    return None


def _values(data: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(data, Mapping) and data:
        for key, value in data.items():
            yield from _values(value, (*path, key))
    elif path:
        yield path, None if isinstance(data, Mapping) else data


def _no_record(document: Document) -> Iterator[Problem]:
    if not isinstance(document.data, Mapping):
        message = "a record must be a mapping of names and values"
        yield Problem(document.place(), message, shorten(document.data))
