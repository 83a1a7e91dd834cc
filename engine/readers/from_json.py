"""JSON text in, as plain data with lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn, Protocol

from engine.errors import DeckError, Place, Problem
from engine.model.document import MOST_DOCUMENTS, Document, Path, too_many_documents
from engine.readers.from_yaml import MOST_LEVELS, MOST_PARTS

MOST_PARTS_OF_A_LIST = 5 * MOST_PARTS  # a list holds several decks
# a string that is never closed runs to the end: tried again from each quote, it would take ages
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)
_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")


def parse_json(text: str, source: str, most: int = MOST_PARTS) -> list[Document]:
    """Read one JSON document, or a list of decks as several.

    Args:
        most: the values that one document may hold.

    Raises:
        DeckError: it is not JSON, gives a key twice, or holds NaN, infinity, too many values or
            too many levels.
    """
    data, lines = _parse(text, source, 1, most)
    if isinstance(data, list):
        below: list[dict[Path, int]] = [{} for _ in data]
        for path, line in lines.items():
            if path:
                below[int(path[0])][path[1:]] = line
        return [Document(source, deck, below[n], f"record {n + 1}") for n, deck in enumerate(data)]
    return [Document(source, data, lines)]


def parse_json_lines(text: str, source: str) -> list[Document]:
    """Read JSON Lines: one deck on each line that is not blank.

    A line that cannot be read becomes a document that holds its problems, so that one broken
    line does not keep the other decks from being assessed.
    """
    documents: list[Document] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"record {len(documents) + 1}"
        if len(documents) == MOST_DOCUMENTS:
            raise DeckError([too_many_documents(Place(source, number, where))])
        try:
            data, lines = _parse(line, source, number)
            documents.append(Document(source, data, lines, where))
        except DeckError as error:
            place = Place(source, number, where)
            problems = tuple(replace(problem, place=place) for problem in error.problems)
            documents.append(Document(source, None, {(): number}, where, problems))
    return documents


def is_json_lines(text: str) -> bool:
    """Whether this is JSON Lines, although a line of it may be broken."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    first, rest = lines[0], lines[1:]
    whole = first.startswith("{") and first.endswith("}")
    torn = not first.startswith("[") and first != "{"
    return bool(rest) and (whole or (torn and rest[0].startswith("{")))


def _parse(
    text: str, source: str, first_line: int, most: int = MOST_PARTS
) -> tuple[Any, dict[Path, int]]:
    def stop(line: int, message: str, fix: str, found: str = "") -> NoReturn:
        raise DeckError([Problem(Place(source, line), message, found, fix=fix)])

    def not_a_number(word: str) -> NoReturn:
        lines = (line for token, line in _tokens(text, first_line) if token.startswith(word))
        line = next(lines, first_line)
        stop(line, f"{word} is not a number", "Write the number, or null where it is not known.")

    def decimal(digits: str) -> Decimal:
        try:
            return Decimal(digits)
        except InvalidOperation:  # an exponent beyond all bounds
            not_a_number(digits)

    _check_extent(text, first_line, stop, most)
    try:
        data = json.loads(
            text,
            object_pairs_hook=_Pairs,
            parse_float=decimal,
            parse_int=_integer,
            parse_constant=not_a_number,
        )
    except json.JSONDecodeError as error:
        reason = _REASONS.get(error.msg, error.msg[:1].lower() + error.msg[1:])
        stop(
            first_line + error.lineno - 1,
            f"not JSON: {reason} (column {error.colno})",
            "Check the commas, the quotes and the brackets on this line and above it.",
        )
    lines: dict[Path, int] = {}
    tokens = _tokens(text, first_line)
    plain = _locate(data, next(tokens), tokens, (), lines, stop)
    return plain, lines


_REASONS = {
    "Expecting value": "a value is missing",
    "Illegal trailing comma before end of object": "a comma too many",
    "Illegal trailing comma before end of array": "a comma too many",
    "Extra data": "something stands after the end",
    "Expecting property name enclosed in double quotes": "expecting a name in double quotes",
    "Invalid control character at": "a line break or control character inside quotes",
    "Invalid \\escape": "a backslash that means nothing here",
    "Invalid \\uXXXX escape": "a \\u without its four digits",
    "Unterminated string starting at": "a quote that is never closed",
}


class Stop(Protocol):
    """A function that ends the reading."""

    def __call__(self, line: int, message: str, fix: str, found: str = "") -> NoReturn:
        """Raise the one problem that was met on a line."""


class _Pairs(list[tuple[str, Any]]):
    """An object's keys and values as they stand, twice-given keys included."""


def _integer(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= 30 else Decimal(digits)


def _check_extent(text: str, first_line: int, stop: Stop, most: int) -> None:
    """Refuse what is too deep or too much before anything is built of it."""
    most = MOST_PARTS_OF_A_LIST if text.lstrip().startswith("[") else most
    depth = parts = 0
    for token, line in _tokens(text, first_line):
        depth += (token in "[{") - (token in "]}")
        parts += (token not in ",]}:") - (token == ":")  # a colon follows a key, which is no value
        if depth > MOST_LEVELS:
            stop(line, f"more than {MOST_LEVELS} levels, one inside another", "Flatten it.")
        if parts > most:
            stop(line, f"more than {most:,} values", "Split it into several files.")


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
    stop: Stop,
) -> Any:
    """Walk the parsed data beside its tokens, to learn the line of each part."""
    lines.setdefault(path, first[1])
    if isinstance(data, _Pairs):
        mapping: dict[str, Any] = {}
        for key, value in data:
            line = _skip_to_value(tokens)
            _check_characters(key, line, stop)
            next(tokens)  # the colon
            if key in mapping:
                earlier = f"first on line {lines[*path, key]}"
                stop(line, f'"{key}" is given twice', "Keep one of the two.", earlier)
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
    if isinstance(data, str):
        _check_characters(data, first[1], stop)
    return data


def _check_characters(text: str, line: int, stop: Stop) -> None:
    """Half of a pair of surrogates can be neither shown nor written to a file."""
    if not text.isascii() and (half := _HALF_A_CHARACTER.search(text)):
        found = f"\\u{ord(half[0]):04x}"
        stop(line, "half of a character", "Write the character itself.", found)


def _skip_to_value(tokens: Iterator[tuple[str, int]]) -> int:
    token, line = next(tokens)
    return next(tokens)[1] if token == "," else line
