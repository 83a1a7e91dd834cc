"""A deck as typed facts with the place each came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.errors import Place
from engine.model.document import Doubt, Note
from engine.model.vocabulary import Value


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its stated facts, and where each stands."""

    values: Mapping[str, Value]
    places: Mapping[str, Place]
    place: Place


@dataclass(frozen=True, slots=True)
class Reading:
    """A value that was written one way and understood as another, for people to confirm.

    Attributes:
        exact: false where the text names no day, so that the last one was taken.
    """

    fact: str
    written: str
    understood: str
    exact: bool
    place: Place


@dataclass(frozen=True)
class Deck:
    """A project's pitch deck as data; a fact or list that is not here is missing.

    Attributes:
        name: what to call it: the file's name, and the record's number where there are several.
        notes: what to know of its file that is no error.
        doubts: by fact, what its file may say of it and somebody must confirm first.
    """

    name: str
    place: Place
    values: Mapping[str, Value]
    places: Mapping[str, Place]
    lists: Mapping[str, tuple[Item, ...]]
    list_places: Mapping[str, Place]
    readings: tuple[Reading, ...] = ()
    notes: tuple[Note, ...] = ()
    doubts: Mapping[str, Doubt] = field(default_factory=dict)
