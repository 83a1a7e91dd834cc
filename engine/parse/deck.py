"""A document into a deck: every value read as its fact's type, with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from engine.days import NotUnderstood
from engine.errors import DeckError, Place, Problems, nearest, shorten
from engine.model.deck import Deck, Item, Reading
from engine.model.document import Document, Path
from engine.model.vocabulary import (
    ANSWER,
    ATTESTED_BY,
    ATTESTED_ON,
    FactSpec,
    ListSpec,
    Value,
    Vocabulary,
)
from engine.showing import show_value
from engine.values import is_missing, parse_value, quote_the_amount

_SAYS_ITS_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2} [A-Za-z]+ \d{4}")
_NAMES_NO_DAY = re.compile(r"[A-Za-z]")  # "March 2028", "Q4 2027"
_PLAIN_AMOUNT = re.compile(r"[-£\d,.\s]+")
_NONE = ("none", "no", "nil", "nothing", "0")
_MOST_NAMED = 20  # names offered where none is near


def parse_deck(document: Document, vocabulary: Vocabulary) -> Deck:
    """Read a deck; what it leaves out is missing, which is not an error.

    Args:
        document: facts nested by the dots in their names, or with dotted names as keys.

    Raises:
        DeckError: holds every unknown fact and every value that does not fit, in line order.
    """
    return _Parser(document, vocabulary).parse()


class _Parser:
    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self._document = document
        self._vocabulary = vocabulary
        self._stated = vocabulary.stated_by_name
        self._problems = Problems()
        self._values: dict[str, Value] = {}
        self._places: dict[str, Place] = {}
        self._lists: dict[str, tuple[Item, ...]] = {}
        self._list_places: dict[str, Place] = {}
        self._readings: list[Reading] = []

    # looked at only where a key is no fact's own name, for they take longer than reading a deck

    @cached_property
    def _folders(self) -> set[str]:
        names = _folders([*self._stated, *self._vocabulary.lists])
        return names | set(self._vocabulary.sections)

    @cached_property
    def _worked_out(self) -> set[str]:
        return self._vocabulary.facts.keys() | _folders(self._vocabulary.facts)

    def parse(self) -> Deck:
        data = self._document.data
        if self._document.problems:
            raise DeckError(self._document.problems)
        if not isinstance(data, Mapping):
            what = "the deck is empty" if data is None else "a deck must be a mapping of sections"
            fix = "Begin with project: and its title."
            if isinstance(data, list):
                fix = "Put each deck in a document of its own, with a line --- between them."
            self._wrong((), what, "" if data is None else data, fix=fix)
        else:
            self._walk(data, "", ())
        self._problems.raise_if_any(DeckError)
        where = f", {self._document.where}" if self._document.where else ""
        return Deck(
            name=f"{self._document.source}{where}",
            place=self._document.place(),
            values=self._values,
            places=self._places,
            lists=self._lists,
            list_places=self._list_places,
            readings=tuple(self._readings),
            notes=self._document.notes,
            doubts=self._document.doubts,
        )

    def _walk(self, mapping: Mapping[str, Any], prefix: str, path: Path) -> None:
        for key, written in mapping.items():
            name, at = f"{prefix}{key}", (*path, key)
            if name in self._vocabulary.lists:
                self._list(self._vocabulary.lists[name], written, at)
            elif (
                name in self._stated
                and self._stated[name].attested
                and isinstance(written, Mapping)
            ):
                self._attested(self._stated[name], written, at)
            elif name in self._stated:
                self._fact(self._stated[name], written, at)
            elif name in self._folders:
                self._folder(name, written, at)
            else:
                self._unknown(name, at)

    def _attested(self, spec: FactSpec, written: Mapping[str, Any], path: Path) -> None:
        """A judgement with its answer, the role that made it and the day."""
        for key, value in written.items():
            if key == ANSWER:
                self._fact(spec, value, (*path, key))
            elif key in (ATTESTED_BY, ATTESTED_ON):
                self._fact(self._stated[f"{spec.name}.{key}"], value, (*path, key))
            else:
                known = (ANSWER, ATTESTED_BY, ATTESTED_ON)
                fix = nearest(str(key), known) or f"Use one of: {', '.join(known)}."
                self._wrong((*path, key), f'unknown key "{key}" of a judgement', fix=fix)

    def _folder(self, name: str, written: Any, path: Path) -> None:
        if isinstance(written, Mapping):
            self._walk(written, f"{name}.", path)
        elif not is_missing(written):
            fix = "Write its facts below it, each with a colon and a space"
            names = (*self._stated, *self._vocabulary.lists)
            first = next((each for each in names if each.startswith(f"{name}.")), None)
            if first is not None:
                fix += f", such as {name}: {{{first.removeprefix(f'{name}.')}: ...}}"
            if isinstance(written, list):
                fix = "It is no list: take the hyphens or brackets out."
            self._wrong(path, f'"{name}" holds several facts', written, "a mapping of them", fix)

    def _unknown(self, name: str, path: Path) -> None:
        if name in self._worked_out:
            self._wrong(path, f'"{name}" is worked out by the rules', fix="Take it out.")
            return
        self._wrong(path, f'unknown fact "{name}"', fix=self._nearest(name))

    def _nearest(self, name: str) -> str:
        """A fix: the nearest known name, or what the section holds if that is little."""
        if self._problems.more_than_listed:  # it would not be shown, and takes long to seek
            return ""
        folders = [f for f in self._folders if not name.startswith(f"{f}.")]
        stated = [*self._stated, *self._vocabulary.lists]
        if near := quote_the_amount(name) or nearest(name, [*folders, *stated]):
            return near
        section = name.rpartition(".")[0]
        known = stated if section else self._vocabulary.sections
        beside = [each for each in known if each.rpartition(".")[0] == section]
        if 0 < len(beside) <= _MOST_NAMED:
            return f"Use one of: {', '.join(beside)}."
        return "Take it out, or correct its name."

    def _fact(self, spec: FactSpec, written: Any, path: Path) -> None:
        if spec.name in self._places:
            found = f"first at {self._places[spec.name]}"
            self._wrong(path, f'"{spec.name}" is given twice', found, fix="Keep one of the two.")
            return
        value = self._value(spec, spec.name, written, path)
        if value is not None:
            self._values[spec.name] = value
            self._places[spec.name] = self._document.place(path)

    def _value(self, spec: FactSpec, name: str, written: Any, path: Path) -> Value | None:
        if is_missing(written):
            return None
        try:
            value = parse_value(spec, written)
        except NotUnderstood as error:
            self._wrong(
                path,
                f'"{name}" ({spec.label}) cannot be read',
                written,
                expected=error.expected,
                fix=error.fix,
            )
            return None
        if isinstance(written, str) and _needs_echo(spec, written):
            understood, place = show_value(spec, value), self._document.place(path)
            exact = spec.type != "date" or not _NAMES_NO_DAY.match(written.strip())
            self._readings.append(Reading(spec.label, shorten(written), understood, exact, place))
        return value

    def _list(self, spec: ListSpec, written: Any, path: Path) -> None:
        if spec.name in self._lists:
            self._wrong(path, f'the list "{spec.name}" is given twice', fix="Keep one of the two.")
        if is_missing(written):
            return
        if not isinstance(written, list):
            none = written is False or str(written).strip().casefold() in _NONE
            fix = "Write [] where there are none." if none else ""
            self._wrong(path, f'"{spec.name}" is a list', written, "a list of items", fix)
            return
        items = [self._item(spec, item, (*path, n)) for n, item in enumerate(written)]
        self._lists[spec.name] = tuple(items)
        self._list_places[spec.name] = self._document.place(path)

    def _item(self, spec: ListSpec, written: Any, path: Path) -> Item:
        values: dict[str, Value] = {}
        places: dict[str, Place] = {}
        if not isinstance(written, Mapping):
            self._wrong(
                path,
                f'item {int(path[-1]) + 1} of "{spec.name}" holds no facts',
                "" if written is None else written,
                expected=", ".join(spec.facts),
                fix="Fill it in, or take it out.",
            )
            return Item(values, places, self._document.place(path))
        for key, value in written.items():
            at = (*path, key)
            if key in spec.worked_out:
                message = f'"{key}" of "{spec.name}" is worked out by the rules'
                self._wrong(at, message, fix="Take it out.")
                continue
            if key not in spec.facts:
                shown = not self._problems.more_than_listed
                near = quote_the_amount(key) or (nearest(key, spec.facts) if shown else "")
                fix = near or f"Use one of: {', '.join(spec.facts)}."
                self._wrong(at, f'unknown fact "{key}" in "{spec.name}"', fix=fix)
                continue
            read = self._value(spec.facts[key], f"{spec.name}.{key}", value, at)
            if read is not None:
                values[key] = read
                places[key] = self._document.place(at)
        return Item(values, places, self._document.place(path))

    def _wrong(
        self, path: Path, message: str, found: object = "", expected: str = "", fix: str = ""
    ) -> None:
        place = self._document.place(path)
        self._problems.add(place, message, found=found, expected=expected, fix=fix)


def _folders(names: Iterable[str]) -> set[str]:
    """What stands before a dot of these names."""
    return {name[:n] for name in names for n, letter in enumerate(name) if letter == "."}


def _needs_echo(spec: FactSpec, written: str) -> bool:
    """Whether a reader could have understood the text differently."""
    if spec.type == "date":
        return not _SAYS_ITS_DAY.fullmatch(written.strip())
    return spec.type == "money" and not _PLAIN_AMOUNT.fullmatch(written)
