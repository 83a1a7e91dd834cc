"""Which facts a column may mean, by its heading and by what its values look like."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.mapping.looks import MOSTLY, Look, fit
from engine.model.vocabulary import FactSpec

SURE_ENOUGH = 45  # per cent, to be written into a draft
_WORTH_NAMING = 30
_MOST_NAMED = 3
_WORD = re.compile(r"[a-z]+|\d+")
_FILLERS = frozenset(
    (
        "the", "a", "an", "of", "in", "on", "to", "for", "and", "or", "is", "are", "was", "be",
        "by", "with", "what", "which", "when", "how", "does", "do", "it", "this", "that", "if",
        "any", "there", "has", "have", "million", "m", "bn", "k", "pence", "thousand", "including",
    )
)  # fmt: skip
# words that tables use for each other
_SAME = {
    "finish": "end", "id": "reference", "number": "reference", "ref": "reference", "name": "title",
    "lead": "owner", "rag": "rating",
}  # fmt: skip
_NAMES_A_PROJECT = ("project.id", "project.title")  # each row of a table is a project
_UNDECIDED = 15  # per cent less where two facts are equally near
_LAST_YEARS = 0.8  # a fact of the report before is seldom meant


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A fact that a column may mean, and how surely, in per cent."""

    spec: FactSpec
    confidence: int


def names_of(spec: FactSpec) -> list[tuple[str, float]]:
    """All that a fact is called, each with how much it tells: the one place to add more."""
    tail = spec.name.rpartition(".")[2].replace("_", " ")
    whole = re.sub(r"[._]", " ", spec.name)
    often = _LAST_YEARS if spec.last_period else 1.05 if spec.name in _NAMES_A_PROJECT else 1.0
    names = [(spec.label, 1.0), (tail, 0.95), (whole, 0.9), (spec.question, 0.75)]
    names += [(other, 0.95) for other in spec.also_called]
    return [(name, weight * often) for name, weight in names]


class Suggestions:
    """All the facts that columns may mean, with their names looked up once."""

    def __init__(self, specs: Iterable[FactSpec]) -> None:
        self._specs = {spec.name: spec for spec in specs}
        self._names = [
            (spec, _words(name), weight)
            for spec in self._specs.values()
            for name, weight in names_of(spec)
        ]
        seen = Counter(word for _, words, _ in self._names for word in set(words))
        self._rarity = {
            word: math.log(1 + len(self._names) / times) for word, times in seen.items()
        }
        self._unknown = math.log(1 + len(self._names)) / 2  # it may be anything

    def of(self, look: Look) -> list[Suggestion]:
        """The facts that a column may mean, the likeliest first; a fact's own name is certain."""
        named = self._specs.get(look.heading.strip())
        others = [each for each in self._near(look) if each.spec is not named]
        return others if named is None else [Suggestion(named, 100), *others]

    def _near(self, look: Look) -> list[Suggestion]:
        headings = [_words(each) for each in _spoken(look.heading)]
        best: dict[str, tuple[FactSpec, float]] = {}
        for spec, name, weight in self._names:
            near = weight * max(self._alike(words, name) for words in headings)
            if near > best.get(spec.name, (spec, 0.0))[1]:
                best[spec.name] = spec, near
        found = []
        for spec, near in sorted(best.values(), key=lambda each: -each[1])[:40]:
            suits = fit(spec, look)
            if near * 100 < _WORTH_NAMING or suits < _needed(spec, near):
                continue
            confidence = round(100 * min(near * (0.7 + 0.3 * suits), 0.99))
            found.append(Suggestion(spec, confidence))
        found.sort(key=lambda each: -each.confidence)
        tied = [each for each in found if each.confidence > found[0].confidence - 3]
        if len(tied) < 2:
            return found
        return [
            replace(each, confidence=each.confidence - _UNDECIDED) if each in tied else each
            for each in found
        ]

    def _alike(self, one: Sequence[str], other: Sequence[str]) -> float:
        """How far two names are the same: their shared words, rare ones for more."""
        shared = set(one) & set(other)
        if not shared:
            return 0.0
        return 2 * self._weight(shared) / (self._weight(one) + self._weight(other))

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self._rarity.get(word, self._unknown) for word in set(words))


def assign(columns: Mapping[int, Sequence[Suggestion]]) -> dict[int, Suggestion]:
    """For each column at most one fact, and for each fact one column: the surest pairs first."""
    pairs = sorted(
        ((-each.confidence, number, each) for number, found in columns.items() for each in found),
        key=lambda pair: pair[:2],
    )
    chosen: dict[int, Suggestion] = {}
    taken: set[str] = set()
    for _, number, each in pairs:
        if each.confidence >= SURE_ENOUGH and number not in chosen and each.spec.name not in taken:
            chosen[number] = each
            taken.add(each.spec.name)
    return chosen


def others(found: Sequence[Suggestion], chosen: Suggestion | None) -> list[Suggestion]:
    """What else a column may mean, the likeliest first."""
    return [each for each in found if each is not chosen][:_MOST_NAMED]


def _needed(spec: FactSpec, alike: float) -> float:
    """How many of its values a fact must be able to hold: fewer where the name leaves no doubt."""
    if spec.type in ("choice", "choices"):
        return 0.0 if alike > 0.8 else 0.3
    return 0.5 if alike > 0.8 else MOSTLY


def _spoken(heading: str) -> list[str]:
    """A heading, without what stands in brackets, and of a path also its last part."""
    short = re.sub(r"\([^()]*\)", " ", heading)
    parts = [heading, short, heading.rpartition(".")[2]]
    return list(dict.fromkeys(part for part in parts if part.strip()))


def _words(name: str) -> list[str]:
    spaced = re.sub(r"([a-z])([A-Z])", r"\1 \2", name)  # wholeLifeCost
    words = [word for word in _WORD.findall(spaced.casefold()) if word not in _FILLERS]
    words = [word for word in words if not (word.isdecimal() and len(words) > 1)]
    return [_stem(word) for word in words]


def _stem(word: str) -> str:
    stem = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return _SAME.get(stem, stem)
