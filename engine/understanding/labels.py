"""Which facts a label on somebody's slide may mean, and how surely."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from engine.model.pages import Content
from engine.model.vocabulary import FactSpec, ListSpec, Vocabulary
from engine.understanding import certainty
from engine.understanding.certainty import Ground
from engine.understanding.words import Label, normal, take_apart

_LONGEST_LABEL = 120  # characters; a question may be long
_NEAR = 0.88  # of difflib's ratio
# words that are part of too many labels to point at any
_SAYS_LITTLE = frozenset(
    {
        "total", "score", "date", "number", "status", "type", "kind", "name", "reason", "share",
        "state", "plan", "review", "open", "time", "level", "project", "owner", "start", "end",
        "answer", "yes", "no", "and", "to", "for", "in", "on", "with", "by", "last", "next",
        "first",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """A fact that a label may mean, how surely, and what makes it less sure."""

    spec: FactSpec
    ground: Ground
    limit: Ground | None = None

    @property
    def is_exact(self) -> bool:
        """Whether these are words for the fact, and not nearly or in part."""
        return self.ground not in (certainty.NEARLY, certainty.PART_OF_LABEL)


class Labels:
    """The vocabulary by the words that may stand for it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.stated = {spec.name: spec for spec in vocabulary.stated()}
        self.item_facts = {
            f"{spec.name}.{key}": (spec, key)
            for spec in vocabulary.lists.values()
            for key in spec.facts
        }
        self._by_key: dict[str, list[tuple[FactSpec, Ground]]] = defaultdict(list)
        for spec in self.stated.values():
            for key, ground in _keys_of(spec, vocabulary):
                known = [each for each, _ in self._by_key[key]]
                if spec not in known:
                    self._by_key[key].append((spec, ground))
        self._by_word: dict[str, list[str]] = defaultdict(list)
        for key in self._by_key:
            for word in key.split():
                self._by_word[word].append(key)
        self._near: dict[str, list[str]] = {}
        self._own = {normal(spec.label) for spec in self.stated.values()}
        self.headings = {name: _headings_of(spec) for name, spec in vocabulary.lists.items()}
        self._lists_by_heading: dict[str, list[str]] = defaultdict(list)
        for name, headings in self.headings.items():
            for key in headings:
                self._lists_by_heading[key].append(name)
        self._titles_of_lists = {
            name: {normal(words) for words in (spec.title, *spec.also_called)}
            for name, spec in vocabulary.lists.items()
        }
        self._titles_of_sections = {
            id_: {normal(words) for words in (title, id_, *vocabulary.section_names.get(id_, ()))}
            for id_, title in vocabulary.sections.items()
        }
        for each in vocabulary.lists.values():
            self._titles_of_sections[each.section] |= self._titles_of_lists[each.name]

    def facts(self, text: str) -> list[Match]:
        """The deck's facts that a label may mean, by exact words, else by near ones, else in part.

        Grounds are those without any context.
        """
        if len(text) > _LONGEST_LABEL:
            return []
        name = text.strip().rstrip(":").strip()
        if name in self.stated:
            return [Match(self.stated[name], certainty.FULL_NAME)]
        label = take_apart(text)
        if not label.key:
            return []
        exact = [Match(*each) for each in self._by_key.get(label.key, ())]
        exact = [self._qualified(match, label) for match in exact]
        if any(match.ground is not certainty.OTHER_NAME for match in exact):
            return exact
        near = self._specs(self._nearly(label.key))
        ground = certainty.NEARLY if near else certainty.PART_OF_LABEL
        known = [match.spec for match in exact]
        others = [spec for spec in near or self._specs(self._parts(label)) if spec not in known]
        return exact + [Match(spec, ground) for spec in others]

    def exact(self, text: str) -> list[FactSpec]:
        """The deck's facts for which these are the very words."""
        if len(text) > _LONGEST_LABEL:
            return []
        return [spec for spec, _ in self._by_key.get(take_apart(text).key, ())]

    def is_label(self, content: Content) -> bool:
        """Whether these are the very words for a fact of the deck, or its full name."""
        return isinstance(content, str) and (
            content.strip() in self.stated or bool(self.exact(content))
        )

    def are_of_one_fact(self, name: Content, content: Content) -> bool:
        """Whether this is the full name of a fact, and that its label or question."""
        spec = self.stated.get(str(name).strip())
        return spec is not None and isinstance(content, str) and spec in self.exact(content)

    def _qualified(self, match: Match, label: Label) -> Match:
        """A name in brackets is another name for the same; anything else says more."""
        known = {key for key, _ in _keys_of(match.spec, self.vocabulary)}
        known |= {"year"} if {"annual", "year"} & set(label.key.split()) else set()
        if all(normal(each) in known for each in label.qualifiers):
            return match
        return Match(match.spec, match.ground, certainty.QUALIFIED)

    def _specs(self, keys: Iterable[str]) -> list[FactSpec]:
        found = {spec.name: spec for key in keys for spec, _ in self._by_key[key]}
        return list(found.values())

    def _nearly(self, key: str) -> list[str]:
        if key in self._near:
            return self._near[key]
        words = key.split()
        if len(words) > 12 or len(key) < 5:
            return []
        beside = {each for word in words for each in self._by_word.get(word, ())}
        if len(words) == 1:
            beside |= {k for k in self._by_key if k[0] == key[0] and abs(len(k) - len(key)) < 3}
        beside.discard(key)
        self._near[key] = difflib.get_close_matches(key, beside, n=3, cutoff=_NEAR)
        return self._near[key]

    def _parts(self, label: Label) -> list[str]:
        """Labels that hold all of these words and one or two more; only where they are few."""
        words = set(label.key.split())
        if label.qualifiers or not words - _SAYS_LITTLE:
            return []
        holds = [set(self._by_word.get(word, ())) for word in words]
        found = {key for key in set.intersection(*holds) & self._own if key.split()[-1] in words}
        close = sorted(key for key in found if len(key.split()) <= len(words) + 1)
        return close if len(self._specs(close)) <= 3 else []

    # ---- what surrounds a label

    def section_is_spoken_of(self, section: str, titles: Iterable[str]) -> bool:
        """Whether one of these titles names the section, or a list in it."""
        return any(_names(title, self._titles_of_sections.get(section, ())) for title in titles)

    def list_is_spoken_of(self, name: str, titles: Iterable[str]) -> bool:
        """Whether one of these titles names the list."""
        return any(_names(title, self._titles_of_lists[name]) for title in titles)

    def lists_named(self, title: str) -> list[ListSpec]:
        """The lists of which this is the title, word for word."""
        key = normal(title)
        return [
            self.vocabulary.lists[name]
            for name, titles in self._titles_of_lists.items()
            if key in titles
        ]

    def lists_with(self, headings: Iterable[str], least: int) -> list[ListSpec]:
        """The lists of whose headings at least so many are among these."""
        often: Counter[str] = Counter()
        for heading in headings:
            if len(heading) <= _LONGEST_LABEL:
                often.update(self._lists_by_heading.get(take_apart(heading).key, ()))
        lists = self.vocabulary.lists.items()
        return [spec for name, spec in lists if often[name] >= least]

    def list_heading(self, name: str, text: str) -> tuple[str, Label] | None:
        """The fact of a list's items that a heading means, with the heading taken apart."""
        if len(text) > _LONGEST_LABEL:
            return None
        label = take_apart(text)
        fact = self.headings[name].get(label.key)
        return None if fact is None else (fact, label)


def _names(title: str, known: Iterable[str]) -> bool:
    words = set(normal(title).split())
    return any(set(key.split()) <= words for key in known)


def _keys_of(spec: FactSpec, vocabulary: Vocabulary) -> list[tuple[str, Ground]]:
    """The words for a fact, the surest first."""
    label = normal(spec.label)
    one_word = " " not in label
    keys = [(label, certainty.SHORT_LABEL if one_word else certainty.LABEL)]
    if len(spec.question.split()) > 3 and not spec.attests:
        keys.append((normal(spec.question), certainty.QUESTION))
    others = [*spec.also_called]
    if (role := role_of(spec)) and role in vocabulary.roles:
        others.append(vocabulary.roles[role])
    last = spec.name.rpartition(".")[2].replace("_", " ")
    if " " in last:
        others.append(last)
    keys += [(normal(each), certainty.OTHER_NAME) for each in others]
    return keys


def role_of(spec: FactSpec) -> str:
    """The role whose being filled this fact states, or ""."""
    section, _, rest = spec.name.partition(".")
    is_filled = section == "roles" and spec.type == "yes_no" and rest.endswith(".filled")
    return rest.removesuffix(".filled") if is_filled else ""


def asks_for_a_role(spec: FactSpec) -> bool:
    """Whether a role is the answer, so that a person's name may stand there."""
    return spec.type == "text" and " role " in f" {spec.question.casefold()} "


def _headings_of(spec: ListSpec) -> dict[str, str]:
    """The normal words of a heading to the item's fact; words for two of them mean neither."""
    found: dict[str, str] = {}
    twice: set[str] = set()

    def note(words: str, fact: str) -> None:
        key = normal(words)
        if found.setdefault(key, fact) != fact:
            twice.add(key)

    for key, fact in spec.facts.items():
        note(fact.label, key)
    for key, fact in spec.facts.items():
        for words in (*fact.also_called, key.replace("_", " ")):
            if normal(words) not in found:
                note(words, key)
        if len(fact.question.split()) > 3:
            note(fact.question, key)
    if spec.name_from:
        for words in (spec.item, spec.title):
            found.setdefault(normal(words), spec.name_from)
    return {key: fact for key, fact in found.items() if key not in twice}
