"""YAML text in, as plain data with lines; strict where YAML guesses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NoReturn

import yaml

from engine.errors import DeckError, PersonError, Place, Problems
from engine.model.document import Document, Path

MOST_LEVELS = 40
MOST_PARTS = 200_000  # values in one file, aliases counted each time they are used

_PARSER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,30})")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,30})\.[0-9]{1,30}")
_WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_SCALAR_TAGS = {None, "!", "tag:yaml.org,2002:str"}


def parse_yaml(text: str, source: str, error: type[PersonError] = DeckError) -> list[Document]:
    """Read every document of a YAML text.

    Only ``true``, ``false``, ``null`` and plain numbers have meanings of their own: ``no``,
    ``1:30``, ``010`` and dates stay text for the vocabulary to read.

    Args:
        source: the file's name, for places.
        error: what to raise: RuleError for rules, DeckError for decks.

    Raises:
        PersonError: of the class ``error``: the text is not YAML, or holds duplicate keys, tags,
            endless aliases, too many values or too many levels.
    """
    return _Composer(source, error).compose(text)


class _Composer:
    """Builds plain data from YAML events, so that no depth or alias can exhaust the machine."""

    def __init__(self, source: str, error: type[PersonError]) -> None:
        self._source = source
        self._error = error
        self._problems = Problems()

    def compose(self, text: str) -> list[Document]:
        documents = []
        try:
            self._events: Iterator[Any] = iter(yaml.parse(text, Loader=_PARSER))
            for event in self._events:
                if isinstance(event, yaml.DocumentStartEvent):
                    self._parts = 0
                    self._anchors: dict[str, tuple[Any, int]] = {}
                    self._lines: dict[Path, int] = {}
                    data = self._value(next(self._events), ())
                    documents.append(Document(self._source, data, self._lines))
        except yaml.YAMLError as error:
            self._not_yaml(error, text)
        self._problems.raise_if_any(self._error)
        return documents

    def _value(self, event: Any, path: Path) -> Any:
        line = event.start_mark.line + 1
        self._lines.setdefault(path, line)
        parts_before = self._parts
        self._parts += 1
        if self._parts > MOST_PARTS:
            self._stop(line, f"more than {MOST_PARTS:,} values", "Split it into several files.")
        if isinstance(event, yaml.ScalarEvent):
            value: Any = self._scalar(event, line)
        elif isinstance(event, yaml.AliasEvent):
            return self._alias(event, line)
        elif len(path) >= MOST_LEVELS:
            self._stop(line, f"more than {MOST_LEVELS} levels, one inside another", "Flatten it.")
        elif isinstance(event, yaml.MappingStartEvent):
            self._refuse_tag(event, line)
            value = self._mapping(path)
        else:
            self._refuse_tag(event, line)
            value = self._sequence(path)
        if event.anchor is not None:
            self._anchors[event.anchor] = value, self._parts - parts_before
        return value

    def _mapping(self, path: Path) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent):
                self._stop(line, "a key that is not plain text", "Write a name before the colon.")
            key = event.value
            place = (*path, key)
            if key in mapping:
                self._problems.add(
                    Place(self._source, line),
                    f'"{key}" is given twice',
                    found=f"first on line {self._lines[place]}",
                    fix="Keep one of the two.",
                )
            elif key == "<<":
                self._stop(line, 'a merge key "<<"', "Write the values out.")
            self._lines.setdefault(place, line)
            mapping[key] = self._value(next(self._events), place)
        return mapping

    def _sequence(self, path: Path) -> list[Any]:
        sequence: list[Any] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            sequence.append(self._value(event, (*path, len(sequence))))
        return sequence

    def _scalar(self, event: Any, line: int) -> Any:
        self._refuse_tag(event, line)
        text = event.value
        if event.style or event.tag is not None:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if text[0] in "-+0123456789":
            if _INTEGER.fullmatch(text):
                return int(text)
            if _DECIMAL.fullmatch(text):
                return Decimal(text)
        return text

    def _alias(self, event: Any, line: int) -> Any:
        if event.anchor not in self._anchors:
            self._stop(line, f'"*{event.anchor}" stands for nothing above it', "Write the value.")
        value, parts = self._anchors[event.anchor]
        self._parts += parts
        if self._parts > MOST_PARTS:
            self._stop(
                line,
                f"aliases that grow to more than {MOST_PARTS:,} values",
                "Write the values out.",
            )
        return value

    def _refuse_tag(self, event: Any, line: int) -> None:
        allowed = _SCALAR_TAGS if isinstance(event, yaml.ScalarEvent) else {None, "!"}
        if event.tag not in allowed:
            self._stop(line, f'a tag "{event.tag}"', "Remove the tag.")

    def _stop(self, line: int, message: str, fix: str) -> NoReturn:
        self._problems.add(Place(self._source, line), message, fix=fix)
        self._problems.raise_as(self._error)

    def _not_yaml(self, error: yaml.YAMLError, text: str) -> None:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + 1 if mark else None
        lines = text.splitlines()
        written = lines[line - 1] if line and line <= len(lines) else ""
        place = Place(self._source, line)
        if "\t" in written[: len(written) - len(written.lstrip()) + 1]:
            self._problems.add(
                place,
                "a tab where YAML wants spaces",
                fix="Indent with spaces, two for each level.",
            )
        else:
            reason = getattr(error, "problem", None) or "a character that YAML does not allow"
            self._problems.add(
                place,
                f"not YAML: {reason}",
                found=written.strip(),
                fix="Check the indentation, the colons and the quotes on this line and above it.",
            )
        self._problems.raise_as(self._error)
