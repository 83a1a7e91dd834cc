"""What the forms of a reading share: values in words, and the vocabulary's order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.days import NotUnderstood
from engine.errors import shorten
from engine.model.pages import Content
from engine.model.understood import Found, Understood
from engine.model.vocabulary import FactSpec, ListSpec, Value, Vocabulary
from engine.showing import show_type, show_value
from engine.values import is_missing, parse_value

NO_VALUES = "none"  # what a list of nothing is told as


@dataclass
class ListRead:
    """A list with what was found of each item, by its position."""

    spec: ListSpec
    items: dict[int, list[Found]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class SectionRead:
    """A section with what was found of it."""

    id: str
    title: str
    facts: list[Found] = field(default_factory=list)
    lists: list[ListRead] = field(default_factory=list)


def spec_of(found: Found, vocabulary: Vocabulary) -> FactSpec:
    """The fact that a value was taken for."""
    if found.item is None:  # an item's fact may be called like a fact of the deck
        return vocabulary.facts[found.fact]
    name, _, key = found.fact.rpartition(".")
    return vocabulary.lists[name].facts[key]


def by_section(
    understood: Understood, vocabulary: Vocabulary, *, used: bool | None = True
) -> Iterator[SectionRead]:
    """What was found, in the vocabulary's order; used, not used, or (None) all of it."""
    chosen = [each for each in understood.found if used is None or each.used == used]
    facts: dict[str, list[Found]] = defaultdict(list)
    lists: dict[str, ListRead] = {}
    for each in chosen:
        name = each.fact.rpartition(".")[0]
        if each.item is None:
            facts[each.fact].append(each)
        else:
            read = lists.setdefault(name, ListRead(vocabulary.lists[name]))
            read.items[each.item].append(each)
    for name, written in (understood.document.data or {}).items():
        if used is not False and name in vocabulary.lists and isinstance(written, list):
            lists.setdefault(name, ListRead(vocabulary.lists[name]))
    for id_, title in vocabulary.sections.items():
        section = SectionRead(id_, title)
        for spec in vocabulary.facts.values():
            if spec.section == id_:
                section.facts += facts.get(spec.name, [])
        section.lists = [
            lists[name]
            for name, listed in vocabulary.lists.items()
            if listed.section == id_ and name in lists
        ]
        if section.facts or section.lists:
            yield section


def value_of(spec: FactSpec, content: Content) -> Value | None:
    """The value, or None where the content does not read as the fact's type."""
    if is_missing(content):
        return None
    written: object = content
    if spec.type in ("choices", "references"):
        parts = [part.strip() for part in str(content).split(";")]
        written = [] if parts == [NO_VALUES] else parts
    try:
        return parse_value(spec, written)
    except NotUnderstood:
        return None


def expected_of(spec: FactSpec, content: Content) -> str:
    """What would be accepted, of content that does not read."""
    try:
        parse_value(spec, content)
    except NotUnderstood as error:
        return error.expected
    return ""


def in_words(spec: FactSpec, content: Content, limit: int = 300) -> str:
    """The value as it was understood, or as it stands where it was not."""
    value = value_of(spec, content)
    if value is not None:
        return shorten(show_value(spec, value), limit)
    if content is None:
        return ""
    return f'"{shorten(show_type("text", content), limit)}"'
