"""YAML text in, as plain data with lines; strict where YAML guesses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, NoReturn

import yaml

from engine.errors import DeckError, PersonError, Place, Problems
from engine.model.document import Document, Path

MOST_LEVELS = 40
MOST_PARTS = 200_000  # values in one file, aliases counted each time they are used
_LONG_TEXT = 1_000  # characters that count as one more value

_PARSER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,30})")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,30})\.[0-9]{1,30}")
_WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_SCALAR_TAGS = {None, "!", "tag:yaml.org,2002:str"}
_IN_QUOTES = "Put the text in quotes."
# what the parser says, in its two makes; what that means to a writer; and what to do
_REASONS = (
    ("mapping values are not", "a colon where YAML expects none",
     "Put text that holds a colon in quotes, and line each key up with those beside it."),
    ("start any token", "text that begins with a mark of YAML's own", _IN_QUOTES),
    ("alphabetic or numeric", "text that begins with a mark of YAML's own", _IN_QUOTES),
    ("node content", "text that begins with a mark of YAML's own", _IN_QUOTES),
    ("line break", "text that begins with a mark of YAML's own", _IN_QUOTES),
    ("chomping", "text that begins with a mark of YAML's own", _IN_QUOTES),
    ("sequence entries", "a hyphen where YAML expects none",
     "Put the hyphen in quotes, or begin the list on a line of its own."),
    ("end of stream", "a quote that is never closed", "Close the quote."),
    ("',' or", "a bracket that is not closed where it should be",
     "Close the bracket, and put text that holds a comma, colon or bracket in quotes."),
    ("could not find expected ':'", "a line without a colon",
     "Write a key, a colon and a space, or put text of several lines in quotes."),
    ("escape", "a backslash that YAML cannot read", "Use single quotes in place of double ones."),
    ("expected key", "something that does not line up with what is above it",
     "Line up what belongs together, and put text that holds quotes in quotes of the other kind."),
    ("block end", "something that does not line up with what is above it",
     "Line up what belongs together, and put text that holds quotes in quotes of the other kind."),
    ("'-' indicator", "a list with something else among its items",
     "Begin each item with a hyphen, and line up what belongs together."),
)  # fmt: skip
_BEGAN_BEFORE = ("end of stream", "',' or", "could not find expected ':'")


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
                    self._parts = self._deepest = 0
                    self._anchors: dict[str, tuple[Any, int, int]] = {}
                    self._unused: dict[str, int] = {}
                    self._lines: dict[Path, int] = {}
                    data = self._value(next(self._events), ())
                    self._refuse_unused_anchors()
                    documents.append(Document(self._source, data, self._lines))
        except yaml.YAMLError as error:
            self._not_yaml(error, text)
        self._problems.raise_if_any(self._error)
        if len(documents) < 2:
            return documents
        return [replace(each, where=f"record {n}") for n, each in enumerate(documents, 1)]

    def _value(self, event: Any, path: Path) -> Any:
        line = event.start_mark.line + 1
        self._lines.setdefault(path, line)
        parts_before, deepest_before = self._parts, self._deepest
        self._deepest = len(path)
        self._parts += 1
        if isinstance(event, yaml.ScalarEvent):
            self._parts += len(event.value) // _LONG_TEXT
        if self._parts > MOST_PARTS:
            self._stop(line, f"more than {MOST_PARTS:,} values", "Split it into several files.")
        if isinstance(event, yaml.ScalarEvent):
            value: Any = self._scalar(event, line)
        elif isinstance(event, yaml.AliasEvent):
            value = self._alias(event, line, path)
            self._deepest = max(self._deepest, deepest_before)
            return value
        elif len(path) >= MOST_LEVELS:
            self._too_deep(line)
        elif isinstance(event, yaml.MappingStartEvent):
            self._refuse_tag(event, line)
            value = self._mapping(path)
        else:
            self._refuse_tag(event, line)
            value = self._sequence(path)
        if event.anchor is not None:
            below = self._deepest - len(path)
            self._anchors[event.anchor] = value, self._parts - parts_before, below
            self._unused[event.anchor] = line
        self._deepest = max(self._deepest, deepest_before)
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

    def _alias(self, event: Any, line: int, path: Path) -> Any:
        if event.anchor not in self._anchors:
            fix = "Put text that begins with * in quotes."
            self._stop(line, f'"*{event.anchor}" stands for nothing above it', fix)
        value, parts, below = self._anchors[event.anchor]
        self._unused.pop(event.anchor, None)
        self._deepest = len(path) + below
        if self._deepest > MOST_LEVELS:
            self._too_deep(line)
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
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            fix = "Remove the tag, or put text that begins with ! in quotes."
            self._stop(line, f'a tag "{tag}"', fix)

    def _refuse_unused_anchors(self) -> None:
        """In a deck, text that begins with & would lose its first word in silence."""
        for anchor, line in self._unused.items() if self._error is DeckError else ():
            self._problems.add(
                Place(self._source, line),
                f'"&{anchor}" names a value that nothing uses',
                fix="Put text that begins with & in quotes, or take the name out.",
            )

    def _too_deep(self, line: int) -> NoReturn:
        self._stop(line, f"more than {MOST_LEVELS} levels, one inside another", "Flatten it.")

    def _stop(self, line: int, message: str, fix: str) -> NoReturn:
        self._problems.add(Place(self._source, line), message, fix=fix)
        self._problems.raise_as(self._error)

    def _not_yaml(self, error: yaml.YAMLError, text: str) -> NoReturn:
        if isinstance(error, yaml.reader.ReaderError):
            self._strange_character(text)
        reason = str(getattr(error, "problem", None) or "it cannot be read")
        mark = getattr(error, "problem_mark", None)
        if any(words in reason for words in _BEGAN_BEFORE):
            mark = getattr(error, "context_mark", None) or mark
        line = mark.line + 1 if mark else None
        if "nesting depth" in reason:  # newer parsers have a limit of their own
            self._too_deep(line or 1)
        lines = text.splitlines()
        written = lines[line - 1] if line and line <= len(lines) else ""
        message, fix = next(
            ((means, fix) for words, means, fix in _REASONS if words in reason),
            (reason, "Check the indentation, the colons and the quotes, here and above."),
        )
        if "\t" in written[: len(written) - len(written.lstrip("\t -")) + 1]:
            message = "a tab where YAML wants spaces"
            fix = "Indent with spaces, two for each level."
        place = Place(self._source, line)
        self._problems.add(place, f"not YAML: {message}", found=written.strip(), fix=fix)
        self._problems.raise_as(self._error)

    def _strange_character(self, text: str) -> NoReturn:
        """YAML allows no control characters, and does not say on which line it met one."""
        match = yaml.reader.Reader.NON_PRINTABLE.search(text)
        line = text.count("\n", 0, match.start()) + 1 if match else None
        found = f"character {ord(match[0]):#04x}" if match else ""
        message = "not YAML: a control character"
        self._problems.add(Place(self._source, line), message, found=found, fix="Take it out.")
        self._problems.raise_as(self._error)
