"""Labels in text outside of tables, with their value behind, below or above them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from engine.errors import shorten
from engine.model.pages import Cell, Page
from engine.model.understood import Left
from engine.model.vocabulary import FactSpec
from engine.understanding import certainty
from engine.understanding.answers import Answer, Findings, ItemFound, ListFound
from engine.understanding.certainty import Ground
from engine.understanding.forms import Placed, Weighed, best_of
from engine.understanding.labels import Labels, Match
from engine.understanding.left import without_names
from engine.understanding.surroundings import Surroundings
from engine.understanding.values_found import (
    Reading,
    may_be_shown,
    not_readable,
    read_as,
    stands_for_nothing,
)
from engine.understanding.words import take_apart

_BEHIND = re.compile(
    r"^(?P<label>[^:\n]{2,100}?)\s*(?::\s+|\s+[–—-]\s+|\t+\s*|:\s*(?=£|\d))(?P<value>\S.*)$",
    re.DOTALL,
)
_LONGEST_SPOT = 40
_LONGEST_BULLET = 200
_NAMES_OF_THINGS = ("id", "title", "name", "reference", "parent", "requested", "by", "version")


@dataclass
class Texts:
    """The text of one page outside of its tables."""

    page: Page
    around: Surroundings
    labels: Labels
    found: Findings
    _used: set[int] = field(default_factory=set)

    def read(self) -> None:
        """Read what labels in the text lead to, and note what is left."""
        self._body_of_title()
        self._value_below_title()
        for n, cell in enumerate(self.page.texts):
            if n in self._used or not isinstance(cell.content, str):
                continue
            self._behind(n, cell) or self._around(n, cell)
        self._bullets()
        self._leave()

    def _leave(self) -> None:
        title = _BEHIND.match(self.page.title)
        if title and self.labels.exact(title["label"]) and not stands_for_nothing(title["value"]):
            self.found.left.append(Left(without_names(self.page.title), self.page.name))
        texts = [str(cell.content or "") for cell in self.page.texts]
        for n, text in enumerate(texts):
            if n not in self._used and text:
                beside = texts[max(n - 1, 0) : n + 2]
                self.found.left.append(Left(without_names(text, beside), self.page.name))

    # ---- a label with its value behind it

    def _behind(self, n: int, cell: Cell) -> bool:
        match = _BEHIND.match(str(cell.content))
        if match is None:
            return False
        label, value = match["label"], match["value"].strip()
        matches = self.labels.facts(label)
        if not matches:
            return False
        if stands_for_nothing(value):
            self._used.add(n)
            return True
        weighed = [each for m in matches if (each := self._weigh(n, m, label, value, None))]
        return self._note(n, n, best_of(weighed), cell)

    # ---- a label, and its value in the next paragraph or the one before

    def _around(self, n: int, cell: Cell) -> bool:
        label = str(cell.content)
        matches = [m for m in self.labels.facts(label) if m.is_exact]
        if not matches:
            return False
        texts = self.page.texts
        weighed: list[Weighed] = []
        at = n
        for match in matches:
            if match.spec.type == "text" and not _names_a_thing(match.spec):
                each = self._following(n, match, label)
                if each:
                    weighed.append(each)
                    at = n + 1
                continue
            neighbour = self._neighbour(n, match, label)
            if neighbour is None:
                continue
            step, value, limit = neighbour
            each = self._weigh(n, match, label, value, limit)
            if each:
                weighed.append(each)
                at = n + step
        best = best_of(weighed)
        return bool(best) and self._note(n, at, best, texts[at])

    def _neighbour(self, n: int, match: Match, label: str) -> tuple[int, str, Ground | None] | None:
        """The paragraph before or after that reads as the fact's type: in the same box first."""
        texts = self.page.texts
        options = [
            (step, value) for step in (1, -1) if (value := self._reads(n, step, match, label))
        ]
        here = texts[n].address.shape
        in_box = [each for each in options if texts[n + each[0]].address.shape == here]
        options = in_box or options
        if not options:
            return None
        step, value = options[0]
        limit = None if in_box else certainty.OTHER_BOX
        if len(options) > 1:
            limit = certainty.ABOVE_OR_BELOW
        elif step < 0:
            limit = certainty.VALUE_ABOVE
        return step, value, limit

    def _reads(self, n: int, step: int, match: Match, label: str) -> str:
        """A neighbouring paragraph, if it is free and reads as the fact's type; else ""."""
        at, texts = n + step, self.page.texts
        if not 0 <= at < len(texts) or at in self._used:
            return ""
        value = texts[at].content
        if not isinstance(value, str) or stands_for_nothing(value) or self._is_label(value):
            return ""
        unit = self.around.unit(self.around.titles)
        reading = read_as(match.spec, value, take_apart(label), unit)
        return value if reading.written is not None or not reading.shown else ""

    def _is_label(self, text: str) -> bool:
        match = _BEHIND.match(text)
        return self.labels.is_label(text) or bool(match and self.labels.exact(match["label"]))

    # ---- longer text below its heading

    def _following(self, n: int, match: Match, label: str) -> Weighed | None:
        """What stands below a heading in the same box, up to the next label."""
        texts = self.page.texts
        lines: list[str] = []
        for at in range(n + 1, len(texts)):
            content = texts[at].content
            other_box = texts[at].address.shape != texts[n].address.shape
            if not isinstance(content, str) or self._is_label(content) or (other_box and lines):
                break
            lines.append(content)
        if not lines or all(stands_for_nothing(line) for line in lines):
            return None
        far = texts[n + 1].address.shape != texts[n].address.shape
        each = self._weigh(n, match, label, "\n".join(lines), certainty.OTHER_BOX if far else None)
        if each is not None:
            self._used |= set(range(n + 1, n + 1 + len(lines)))
        return each

    def _body_of_title(self) -> None:
        """A page whose title is the label of a text: all of its text is the value."""
        matches = [
            m for m in self.labels.facts(self.page.title)
            if m.is_exact and m.spec.type == "text" and not _names_a_thing(m.spec)
        ]  # fmt: skip
        lines = [(n, str(c.content)) for n, c in enumerate(self.page.texts) if c.content]
        if not matches or not lines or any(self._is_label(line) for _, line in lines):
            return
        value = "\n".join(line for _, line in lines)
        if stands_for_nothing(value):
            return
        first = lines[0][0]
        weighed = [e for m in matches if (e := self._weigh(first, m, self.page.title, value, None))]
        if self._note(first, first, best_of(weighed), self.page.texts[first]):
            self._used |= {n for n, _ in lines}

    def _value_below_title(self) -> None:
        """A page whose title is the label of a figure: the one paragraph that reads as one."""
        for match in self.labels.facts(self.page.title):
            if not match.is_exact or match.spec.type in ("text", "references"):
                continue
            read = [
                (n, cell) for n, cell in enumerate(self.page.texts)
                if n not in self._used and self._reads_as_one(cell, match)
            ]  # fmt: skip
            if len(read) == 1:
                (n, cell), limit = read[0], certainty.BELOW_TITLE
                each = self._weigh(n, match, self.page.title, str(cell.content), limit)
                self._note(n, n, best_of([each] if each else []), cell)

    def _reads_as_one(self, cell: Cell, match: Match) -> bool:
        content = cell.content
        if not isinstance(content, str) or stands_for_nothing(content) or self._is_label(content):
            return False
        unit = self.around.unit(self.around.titles)
        return read_as(match.spec, content, take_apart(self.page.title), unit).written is not None

    # ---- bullets below the title of a list

    def _bullets(self) -> None:
        named = self.labels.lists_named(self.page.title) if not self.page.grids else []
        spec = named[0] if len(named) == 1 else None
        if spec is None or spec.name_from is None:
            return
        fact = spec.facts[spec.name_from]
        items = []
        for n, cell in enumerate(self.page.texts):
            text = cell.content
            if n in self._used or not isinstance(text, str) or len(text) > _LONGEST_BULLET:
                continue
            reading = read_as(fact, text, take_apart(""), None)
            if reading.written is None or stands_for_nothing(text):
                continue
            self._used.add(n)
            spot = self._spot(text, cell)
            answer = Answer(
                f"{spec.name}.{fact.name}", fact, reading.written, spot, cell.address,
                certainty.BULLET, text,
            )  # fmt: skip
            items.append(ItemFound(spot, cell.address, (answer,), text))
        if items:
            spot = f"{self.page.name}, {spec.title}"
            self.found.lists.append(
                ListFound(spec, spot, items[0].address, tuple(items), certainty.BULLET)
            )

    # ---- weighing and noting

    def _weigh(
        self, n: int, match: Match, label: str, value: str, limit: Ground | None
    ) -> Weighed | None:
        spec = match.spec
        if not match.is_exact and spec.type in ("text", "references"):
            return None
        reading: Reading = read_as(
            spec, value, take_apart(label), self.around.unit(self.around.titles)
        )
        titles = [*self.around.titles, *self._headings_above(n)]
        ground = self.around.ground(match, titles).weaker(limit).weaker(reading.limit)
        if reading.written is None and reading.shown:
            ground = ground.weaker(not_readable(reading.expected))
        return Weighed(match, Placed(n, 0, value, reading, None), ground)

    def _headings_above(self, n: int) -> list[str]:
        """The first paragraph of the box, and the nearest one above that ends with a colon."""
        texts = self.page.texts
        box = [at for at in range(n) if texts[at].address.shape == texts[n].address.shape]
        heads = [box[0]] if box else []
        heads += [at for at in reversed(box) if str(texts[at].content).rstrip().endswith(":")][:1]
        return [str(texts[at].content) for at in heads]

    def _note(self, n: int, at: int, best: list[Weighed], cell: Cell) -> bool:
        for weighed in best:
            reading, spec = weighed.placed.reading, weighed.match.spec
            text = self.page.texts[n]
            spot = self._spot(
                _whole(text) if may_be_shown(spec, reading) else _label_only(text), cell
            )
            self.found.answers.append(
                Answer(
                    spec.name,
                    spec,
                    reading.written,
                    spot,
                    cell.address,
                    weighed.ground,
                    weighed.placed.content if may_be_shown(spec, reading) else None,
                    reading.expected,
                )
            )
        if best:
            self._used |= {n, at}
        return bool(best)

    def _spot(self, text: str, cell: Cell) -> str:
        spot = f'{self.page.name}, text "{shorten(text, _LONGEST_SPOT)}"'
        return self.found.own_words(spot, cell.address)


def _names_a_thing(spec: FactSpec) -> bool:
    """Whether a few words are the answer, and no longer text."""
    return spec.name.rpartition(".")[2] in _NAMES_OF_THINGS


def _label_only(cell: Cell) -> str:
    match = _BEHIND.match(str(cell.content))
    return match["label"] if match else str(cell.content)


def _whole(cell: Cell) -> str:
    return " ".join(str(cell.content).split())
