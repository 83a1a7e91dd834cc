"""What was read in a file, as a deck in YAML: what waits for somebody stands there as comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date

from engine.errors import printable, shorten
from engine.model.pages import Content
from engine.model.understood import Found, Understood
from engine.model.vocabulary import FactSpec, Vocabulary
from engine.renderers.readings import ListRead, by_section, spec_of, value_of
from engine.showing import canonical, show_value
from engine.values import is_missing

# text that YAML reads as itself without quotes
_PLAIN = re.compile(r"[A-Za-z£](?:[A-Za-z0-9_£ ,.'’()/&%–-]*[A-Za-z0-9)%.£])?")
_WORDS = frozenset({"yes", "no", "y", "n", "true", "false", "on", "off", "null", "none"})
_LONGEST_PLACE = 90


def reading_as_deck(found: Sequence[Understood], vocabulary: Vocabulary) -> str:
    """The decks by sections, each value with its place; it reads back to the same values.

    A line that begins with # is a value that nobody has confirmed: without the # it counts.
    """
    decks = [
        "\n".join(printable(line).replace("\n", " ") for line in _Deck(each, vocabulary).lines())
        for each in found
    ]
    return "\n---\n".join(decks) + "\n"


class _Deck:
    def __init__(self, understood: Understood, vocabulary: Vocabulary) -> None:
        self._understood = understood
        self._vocabulary = vocabulary

    def lines(self) -> Iterator[str]:
        yield f"# Read from {shorten(self._understood.document.source, _LONGEST_PLACE)}."
        if any(not each.used for each in self._understood.found):
            yield "# Lines with a # before a name were not certain: take the # away where right."
        for section in by_section(self._understood, self._vocabulary, used=None):
            inside = [e for e in section.lists if e.spec.name.startswith(f"{section.id}.")]
            if section.facts or inside:
                yield ""
                yield f"{section.id}:"
            for found in section.facts:
                yield self._line(found, found.fact.removeprefix(f"{section.id}."), 2)
            for each in inside:
                yield from self._list(each, each.spec.name.removeprefix(f"{section.id}."), 2)
            for each in section.lists:
                if each not in inside:
                    yield ""
                    yield from self._list(each, each.spec.name, 0)

    def _list(self, read: ListRead, name: str, indent: int) -> Iterator[str]:
        stated = (self._understood.document.data or {}).get(read.spec.name)
        is_used = stated is not None or any(e.used for each in read.items.values() for e in each)
        pad = " " * indent
        if is_used and not any(e.used for each in read.items.values() for e in each):
            yield f"{pad}{name}: []" if not stated else f"{pad}{name}:"
        else:
            yield f"{pad}{'' if is_used else '#'}{name}:"
        count = len(stated) if isinstance(stated, list) else 0
        for n in sorted({*read.items, *range(count)}):
            yield from self._item(read, n, n < count or any(e.used for e in read.items[n]), indent)

    def _item(self, read: ListRead, n: int, used: bool, indent: int) -> Iterator[str]:
        """One item: the hyphen stands before its first line that counts."""
        pad, hyphen = " " * indent, "- "
        where = self._understood.document.spots.get((read.spec.name, n), "")
        if where:
            yield f"{pad}  # {where}"
        found = sorted(read.items.get(n, []), key=lambda each: not self._counts(each))
        if used and not any(self._counts(each) for each in found):
            yield f"{pad}  - {{}}"
        for each in found:
            pair = self._pair(each, each.fact.rpartition(".")[2], where)
            if not used:
                yield f"{pad}#  {hyphen}{pair}"
            else:
                yield f"{pad}  {hyphen}{pair}" if self._counts(each) else f"{pad}    #{pair}"
            hyphen = "  "

    def _counts(self, found: Found) -> bool:
        return found.used and self._text(found) is not None

    def _line(self, found: Found, name: str, indent: int) -> str:
        return f"{' ' * indent}{'' if self._counts(found) else '#'}{self._pair(found, name)}"

    def _pair(self, found: Found, name: str, inside: str = "") -> str:
        """Name, value and remark: the place, as far as that of the item does not tell it."""
        text = self._text(found)
        spot = found.spot
        if inside and found.used and spot.startswith(f"{inside}, "):
            spot = ""
        elif inside and spot.partition(", ")[0] == inside.partition(", ")[0]:
            spot = spot.rpartition(", ")[2]
        spot = shorten(spot, _LONGEST_PLACE)
        remark = spot if found.used else f"{found.confidence}%: {spot}, {found.because}"
        if text is None and found.content is not None:
            remark = f"{shorten(found.content, 60)} ({remark})"
        return f"{name}:{' ' + text if text else ''}{'  # ' + remark if remark else ''}"

    def _text(self, found: Found) -> str | None:
        """The value as YAML; None where it does not read as the fact's type."""
        spec = spec_of(found, self._vocabulary)
        return as_yaml(spec, found.content)


def as_yaml(spec: FactSpec, content: Content) -> str | None:
    """A value so that a deck with it reads to the same; None where it does not read at all."""
    value = value_of(spec, content)
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return f"[{', '.join(json.dumps(each, ensure_ascii=False) for each in sorted(value))}]"
    if isinstance(value, date):
        return value.isoformat()
    if spec.type == "money":
        return show_value(spec, value)
    text = canonical(spec, value)
    if spec.type in ("number", "integer", "percentage"):
        return text
    is_plain = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS and not is_missing(text)
    return text if is_plain else json.dumps(text, ensure_ascii=False)
