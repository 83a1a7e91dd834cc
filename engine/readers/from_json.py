"""JSON text in, as plain data with lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NoReturn

from engine.errors import DeckError, Place, Problem
from engine.model.document import Document, Path
from engine.readers.from_yaml import MOST_LEVELS

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+')


def parse_json(text: str, source: str) -> list[Document]:
    """Read one JSON document, or a list of decks as several.

    Raises:
        DeckError: it is not JSON, gives a key twice, or holds NaN, infinity or too many levels.
    """
    data, lines = _parse(text, source, 1, "")
    if isinstance(data, list):
        below: list[dict[Path, int]] = [{} for _ in data]
        for path, line in lines.items():
            if path:
                below[int(path[0])][path[1:]] = line
        return [Document(source, deck, below[n], f"record {n + 1}") for n, deck in enumerate(data)]
    return [Document(source, data, lines)]


def parse_json_lines(text: str, source: str) -> list[Document]:
    """Read JSON Lines: one deck on each line that is not blank.

    Raises:
        DeckError: as ``parse_json``, for every line that cannot be read.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"record {len(documents) + 1}"
        try:
            data, lines = _parse(line, source, number, "")
            documents.append(Document(source, data, lines, where))
        except DeckError as error:
            problems.extend(error.problems)
    if problems:
        raise DeckError(problems)
    return documents


def _parse(text: str, source: str, first_line: int, where: str) -> tuple[Any, dict[Path, int]]:
    def stop(line: int | None, message: str, fix: str) -> NoReturn:
        raise DeckError([Problem(Place(source, line, where), message, fix=fix)])

    _check_depth(text, lambda line: stop(
        first_line + line, f"more than {MOST_LEVELS} levels, one inside another", "Flatten it."
    ))  # fmt: skip
    try:
        data = json.loads(
            text,
            object_pairs_hook=_Pairs,
            parse_float=Decimal,
            parse_int=_integer,
            parse_constant=lambda word: stop(
                next(line for token, line in _tokens(text, first_line) if token == word),
                f"{word} is not a number",
                "Write the number, or null where it is not known.",
            ),
        )
    except json.JSONDecodeError as error:
        stop(
            first_line + error.lineno - 1,
            f"not JSON: {error.msg[:1].lower()}{error.msg[1:]} (column {error.colno})",
            "Check the commas, the quotes and the brackets on this line and above it.",
        )
    lines: dict[Path, int] = {}
    tokens = _tokens(text, first_line)
    plain = _locate(data, next(tokens), tokens, (), lines, stop)
    return plain, lines


class _Pairs(list[tuple[str, Any]]):
    """An object's keys and values as they stand, twice-given keys included."""


def _integer(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= 30 else Decimal(digits)


def _check_depth(text: str, stop: Any) -> None:
    depth = 0
    for token, line in _tokens(text, 0):
        depth += (token in "[{") - (token in "]}")
        if depth > MOST_LEVELS:
            stop(line)


def _tokens(text: str, first_line: int) -> Iterator[tuple[str, int]]:
    line, position = first_line, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", position, match.start())
        position = match.start()
        yield match[0], line


def _locate(
    data: Any,
    first: tuple[str, int],
    tokens: Iterator[tuple[str, int]],
    path: Path,
    lines: dict[Path, int],
    stop: Any,
) -> Any:
    """Walk the parsed data beside its tokens, to learn the line of each part."""
    lines.setdefault(path, first[1])
    if isinstance(data, _Pairs):
        mapping: dict[str, Any] = {}
        for key, value in data:
            line = _skip_to_value(tokens)
            next(tokens)  # the colon
            if key in mapping:
                stop(line, f'"{key}" is given twice', "Keep one of the two.")
            lines[(*path, key)] = line
            mapping[key] = _locate(value, next(tokens), tokens, (*path, key), lines, stop)
        next(tokens)  # the closing brace
        return mapping
    if isinstance(data, list):
        sequence: list[Any] = []
        for value in data:
            token = next(tokens)
            token = next(tokens) if token[0] == "," else token
            at = (*path, len(sequence))
            sequence.append(_locate(value, token, tokens, at, lines, stop))
        next(tokens)  # the closing bracket
        return sequence
    return data


def _skip_to_value(tokens: Iterator[tuple[str, int]]) -> int:
    token, line = next(tokens)
    return next(tokens)[1] if token == "," else line
