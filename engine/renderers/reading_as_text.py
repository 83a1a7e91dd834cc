"""What was read in a file, as text: understood, to confirm, left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from engine.errors import shorten
from engine.model.understood import Found, Understood
from engine.model.vocabulary import Vocabulary
from engine.renderers.readings import (
    ListRead,
    by_section,
    expected_of,
    in_words,
    spec_of,
    value_of,
)
from engine.renderers.wrap import as_lines, wrap
from engine.showing import join_words

_MOST_LEFT_ON_A_PAGE = 6
_LONGEST_LEFT = 60
_MOST_ALIKE = 4


def reading_as_text(found: Sequence[Understood], vocabulary: Vocabulary) -> str:
    """Section by section what was understood, then what somebody must look at."""
    return "\n".join(as_lines(_Text(each, vocabulary).lines()) for each in found)


class _Text:
    def __init__(self, understood: Understood, vocabulary: Vocabulary) -> None:
        self._understood = understood
        self._vocabulary = vocabulary
        self._broken = [each for each in understood.found if each.used and self._is_broken(each)]
        self._open = [each for each in understood.found if not each.used]

    def _is_broken(self, found: Found) -> bool:
        """Whether a value counts and cannot be read: on the template alone."""
        spec = spec_of(found, self._vocabulary)
        return value_of(spec, found.content) is None and bool(expected_of(spec, found.content))

    def lines(self) -> Iterator[str]:
        document = self._understood.document
        yield from wrap(", ".join(filter(None, (document.source, document.where))))
        yield from self._summary()
        yield from self._to_correct()
        yield from self._sections()
        yield from self._to_confirm()
        yield from self._left()
        # the check's answer points here: that need not be told here
        notes = [note.text for note in document.notes if "gatewise read" not in note.text]
        if notes:
            yield from ("", "About the file")
        for text in notes:
            yield from wrap(text, "  ", "    ")

    def _summary(self) -> Iterator[str]:
        used = sum(each.used for each in self._understood.found) - len(self._broken)
        parts = [f"{_count(used, 'value')} understood"]
        if self._broken or self._understood.document.problems:
            count = len(self._broken) + len(self._understood.document.problems)
            parts.append(f"{count} to correct")
        if self._open:
            parts.append(f"{len({(e.address, e.item) for e in self._open})} to confirm")
        if self._understood.left:
            parts.append(f"{_count(len(self._understood.left), 'part')} left aside")
        yield from wrap(" · ".join(parts))

    # ---- what counts

    def _sections(self) -> Iterator[str]:
        for section in by_section(self._understood, self._vocabulary):
            yield ""
            yield from wrap(section.title)
            for found in section.facts:
                if found not in self._broken:
                    yield from self._fact(found)
            for each in section.lists:
                yield from self._list(each, section.title)

    def _fact(self, found: Found) -> Iterator[str]:
        spec = spec_of(found, self._vocabulary)
        value = in_words(spec, found.content)
        text = f"{_upper_first(spec.label)}: {value}{_sure(found)} [{self._spot(found)}]"
        yield from wrap(text, "  ", "    ")

    def _list(self, read: ListRead, above: str) -> Iterator[str]:
        if not read.items:
            yield from wrap(f"{read.spec.title}: none", "  ")
            return
        pad = "  "
        if read.spec.title != above:
            yield from wrap(f"{read.spec.title} ({len(read.items)})", "  ")
            pad = "    "
        for n, found in sorted(read.items.items()):
            kept = [each for each in found if each not in self._broken]
            yield from self._item(read, n, kept, pad)

    def _item(self, read: ListRead, n: int, found: list[Found], pad: str) -> Iterator[str]:
        named = f"{read.spec.name}.{read.spec.name_from}"
        name = next((self._words(each) for each in found if each.fact == named), read.spec.item)
        least = min(found, key=lambda each: each.confidence, default=None)
        where = self._understood.document.spots.get((read.spec.name, n))
        spot = where or (found[0].spot if found else "")
        first = f"{pad}{n + 1}. "
        yield from wrap(f"{_upper_first(name)}{_sure(least)} [{spot}]", first, " " * len(first))
        rest = [
            f"{spec_of(each, self._vocabulary).label}: {self._words(each)}"
            for each in found
            if each.fact != named
        ]
        if rest:
            yield from wrap(" · ".join(rest), f"{pad}   ", f"{pad}     ")

    def _words(self, found: Found) -> str:
        return in_words(spec_of(found, self._vocabulary), found.content, 120)

    def _spot(self, found: Found) -> str:
        """The place, without the label that stands before it anyway."""
        return found.spot.removesuffix(f", {spec_of(found, self._vocabulary).label}")

    # ---- what somebody must look at

    def _to_correct(self) -> Iterator[str]:
        problems = self._understood.document.problems
        if not self._broken and not problems:
            return
        yield from ("", "To correct in the file: a check cannot read it as it is")
        for problem in problems:
            text = f"{_upper_first(problem.message)}: {problem.found} [{problem.place.where}]"
            yield from wrap(text, "  ", "    ")
        for found in self._broken:
            spec = spec_of(found, self._vocabulary)
            words = in_words(spec, found.content, 60)
            yield from wrap(
                f"{_upper_first(spec.label)}: {words} [{self._spot(found)}]", "  ", "    "
            )
            yield from wrap(f"Needed: {expected_of(spec, found.content)}", "      ")

    def _to_confirm(self) -> Iterator[str]:
        if not self._open:
            return
        yield from ("", "To confirm: not used until somebody does")
        alike: dict[tuple[str, str], list[Found]] = defaultdict(list)
        for found in self._open:
            readable = value_of(spec_of(found, self._vocabulary), found.content) is not None
            alone = "" if found.item is not None else found.spot
            alike[found.fact, f"{readable}{found.because}{alone}"].append(found)
        for several in alike.values():
            yield from self._alike(several)
        name = self._understood.document.source
        yield from wrap(
            f"gatewise read {name} -o deck.yaml writes these as lines that begin with #. Take the "
            "# away from what is right, and check deck.yaml.",
            "  ",
        )

    def _alike(self, several: list[Found]) -> Iterator[str]:
        """Values of one fact with one reason, together."""
        first = several[0]
        spec = spec_of(first, self._vocabulary)
        title = _upper_first(spec.label)
        if first.item is not None:
            listed = self._vocabulary.lists[first.fact.rpartition(".")[0]]
            title = f"{listed.title}, {spec.label}"
        values = [
            f"{in_words(spec, each.content, 60) or 'not shown'} [{self._spot(each)}]"
            for each in several[:_MOST_ALIKE]
        ]
        more = len(several) - len(values)
        values += [f"and {more} more"] if more else []
        yield from wrap(f"{title} ({first.confidence}%): {'; '.join(values)}", "  ", "    ")
        yield from wrap(
            f"Found {first.because}{'' if first.because.endswith('?') else '.'}", "      "
        )

    def _left(self) -> Iterator[str]:
        if self._understood.left:
            yield from ("", "Left aside: nothing was made of these")
        by_place: dict[str, list[str]] = defaultdict(list)
        for left in self._understood.left:
            by_place[left.spot].append(shorten(left.text, _LONGEST_LEFT))
        for spot, texts in by_place.items():
            shown = texts[:_MOST_LEFT_ON_A_PAGE]
            more = len(texts) - len(shown)
            shown += [f"and {more} more"] if more else []
            yield from wrap(f"{spot}: {' · '.join(shown)}", "  ", "    ")
        if silent := self._silent_pages():
            yield ""
            yield from wrap(f"Nothing was understood on {join_words(silent, 'or')}.")

    def _silent_pages(self) -> list[str]:
        """The pages on which nothing was found, by name."""
        names: dict[int, str] = {}
        for name, address in self._understood.addresses.items():  # pages come first
            names.setdefault(address.page, name)
        spoken = {each.address.page for each in self._understood.found}
        return [name for page, name in names.items() if page not in spoken]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _sure(found: Found | None) -> str:
    return "" if found is None or found.confidence == 100 else f" ({found.confidence}%)"


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
