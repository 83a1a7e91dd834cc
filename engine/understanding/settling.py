"""Which of the answers count: the deck, with what is not certain enough kept apart."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from engine.days import NotUnderstood
from engine.errors import Place, Problem, shorten
from engine.model.document import Document, Doubt, Note, Path
from engine.model.pages import Address, Content, Pages
from engine.model.understood import Found, Understood
from engine.model.vocabulary import FactSpec, Value, Vocabulary
from engine.showing import canonical, show_type, show_value
from engine.understanding import certainty
from engine.understanding.answers import Answer, Findings, ItemFound, ListFound
from engine.understanding.certainty import Ground
from engine.understanding.notes import notes_on
from engine.understanding.words import normal
from engine.values import is_missing, parse_value


def settle(pages: Pages, findings: Findings, vocabulary: Vocabulary) -> Understood:
    """Put together the deck of what is certain enough, and list everything that was found."""
    return _Settling(pages, findings, vocabulary).settle()


@dataclass
class _Settling:
    pages: Pages
    findings: Findings
    vocabulary: Vocabulary
    data: dict[str, Any] = field(default_factory=dict)
    spots: dict[Path, str] = field(default_factory=dict)
    addresses: dict[str, Address] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    unsure: dict[str, list[ItemFound]] = field(default_factory=lambda: defaultdict(list))
    position: dict[str, int] = field(default_factory=dict)

    def settle(self) -> Understood:
        for n, page in enumerate(self.pages.pages):
            self.addresses[page.name] = Address(n)
        self._facts()
        self._lists()
        order = {spot: n for n, spot in enumerate(self.addresses)}
        notes = notes_on(self.pages, self.findings, self.found, self.twice)
        document = Document(
            self.pages.source,
            None if self.problems else self.data,
            {},
            problems=tuple(self.problems),
            spots=self.spots,
            notes=tuple(Note(text, Place(self.pages.source, None, where)) for text, where in notes),
            doubts=self._doubts(),
        )
        found = sorted(self.found, key=lambda each: (each.address.page, order.get(each.spot, 0)))
        return Understood(document, tuple(found), tuple(self.findings.left), self.addresses)

    def _doubts(self) -> dict[str, Doubt]:
        """Of each fact that has no answer, the surest one that is not used."""
        doubts: dict[str, Doubt] = {}
        for each in sorted(self.found, key=lambda found: -found.confidence):
            if not each.used and each.item is None and each.fact not in self.data:
                written = _in_words(self.vocabulary.facts[each.fact], each.content)
                place = Place(self.pages.source, None, each.spot)
                doubts.setdefault(each.fact, Doubt(written, each.confidence, place))
        return doubts

    # ---- facts of the deck

    def _facts(self) -> None:
        by_fact: dict[str, list[Answer]] = defaultdict(list)
        for answer in self.findings.answers:
            by_fact[answer.fact].append(answer)
        for answers in by_fact.values():
            on_template = [each for each in answers if each.on_template]
            if on_template:
                self._of_template(on_template)
            self._of_strangers([each for each in answers if not each.on_template], on_template)

    def _of_template(self, answers: list[Answer]) -> None:
        first, *others = answers
        self._use(first)
        for other in others:
            if _same(first, other):
                self.twice.append(first.spot)
            else:
                self._two_answers(first, other)

    def _two_answers(self, first: Answer, other: Answer, item: int | None = None) -> None:
        message = f"{first.spec.label} has two answers"
        found = (
            f'"{shorten(other.written, 40)}" here, "{shorten(first.written, 40)}" on {first.spot}'
        )
        place = Place(self.pages.source, None, other.spot)
        self.problems.append(Problem(place, message, found, fix="Keep one of the two."))
        self._list(_limited(other, f"{first.spot} gives another answer"), item)

    def _of_strangers(self, answers: list[Answer], settled: list[Answer]) -> None:
        sure = [each for each in answers if each.ground.is_enough]
        if settled:
            rest = [each for each in answers if not _same(each, settled[0])]
            for each in rest:
                self._list(_limited(each, f"{settled[0].spot} gives another answer"))
        elif sure and all(_same(sure[0], other) for other in sure[1:]):
            best = max(sure, key=lambda each: each.ground.percent)
            self._use(best)
            for each in answers:
                if each not in sure and not _same(each, best):
                    self._list(each)
        else:
            for each in sure:
                other = next(other for other in sure if not _same(each, other))
                self._list(_limited(each, f"{other.spot} gives another answer"))
            for each in answers:
                if each not in sure:
                    self._list(each)

    def _use(self, answer: Answer) -> None:
        self.data[answer.fact] = answer.written
        self._stands((answer.fact,), answer.spot, answer.address)
        self.found.append(_found(answer, None, used=True))

    def _list(self, answer: Answer, item: int | None = None) -> None:
        self.addresses.setdefault(answer.spot, answer.address)
        self.found.append(_found(answer, item, used=False))

    def _stands(self, path: Path, spot: str, address: Address) -> None:
        self.spots[path] = spot
        self.addresses.setdefault(spot, address)

    # ---- lists

    def _lists(self) -> None:
        by_list: dict[str, list[ListFound]] = defaultdict(list)
        for each in self.findings.lists:
            by_list[each.spec.name].append(each)
        for name, tables in by_list.items():
            certain = [each for each in tables if each.on_template]
            used = certain or [each for each in tables if each.ground.is_enough]
            if used:
                self.data[name] = []
                self._stands((name,), used[0].spot, used[0].address)
            seen: dict[tuple[str, str], tuple[ListFound, ItemFound]] = {}
            for table in used:
                self._items(table, seen)
            for n, item in enumerate(self.unsure[name], len(self.data.get(name, []))):
                for answer in item.answers:
                    self._list(_at_most(answer, certainty.NOT_READABLE), n)
            for table in tables:
                if table not in used:
                    self._only_listed(table, bool(certain))

    def _items(
        self, table: ListFound, seen: dict[tuple[str, str], tuple[ListFound, ItemFound]]
    ) -> None:
        """Add a table's items; what another table has already counts once."""
        name = table.spec.name
        for item in table.items:
            key = (table.table, normal(item.name))
            earlier = seen.get(key) if item.name else None
            if earlier is not None and earlier[0] is not table:
                self._again(table, earlier[1], item)
                continue
            certain = [a for a in item.answers if a.on_template or a.ground.is_enough]
            named = table.spec.name_from
            names = [a for a in item.answers if a.spec.name == named]
            if not table.on_template and not any(a in certain for a in names):
                self.unsure[name].append(item)  # an item without a sure name is none
                continue
            seen.setdefault(key, (table, item))
            n = self.position[item.spot] = len(self.data[name])
            self.data[name].append({a.spec.name: a.written for a in certain})
            self._stands((name, n), item.spot, item.address)
            for answer in item.answers:
                if answer in certain:
                    self._stands((name, n, answer.spec.name), answer.spot, answer.address)
                    self.found.append(_found(answer, n, used=True))
                else:
                    self._list(answer, n)

    def _again(self, table: ListFound, earlier: ItemFound, item: ItemFound) -> None:
        """An item of the same name in a copy of the table, or in another table."""
        before = {a.spec.name: a for a in earlier.answers}
        for answer in item.answers:
            other = before.get(answer.spec.name)
            if table.on_template:
                if other is None or not _same(other, answer):
                    self._two_answers(other or answer, answer, self.position[earlier.spot])
            elif other is None or not _same(other, answer):
                limited = _limited(answer, f"{earlier.spot} has the same name")
                self._list(limited, self.position[earlier.spot])
        if table.on_template:
            self.twice.append(item.spot)

    def _only_listed(self, table: ListFound, on_template: bool) -> None:
        limit = certainty.ON_TEMPLATE_ALREADY if on_template else None
        first = len(self.data.get(table.spec.name, []))
        for n, item in enumerate(table.items, first):
            for answer in item.answers:
                self._list(replace(answer, ground=answer.ground.weaker(limit)), n)


def _limited(answer: Answer, words: str) -> Answer:
    limit = Ground(certainty.TWO_ANSWERS, words)
    return replace(answer, ground=answer.ground.weaker(limit))


def _at_most(answer: Answer, percent: int) -> Answer:
    if not answer.ground.is_enough:
        return answer
    limit = Ground(percent, "its item has no name that is sure")
    return replace(answer, ground=answer.ground.weaker(limit))


def _found(answer: Answer, item: int | None, *, used: bool) -> Found:
    content: Content = answer.shown if answer.written is None else _as_content(answer.written)
    return Found(
        answer.fact, item, content, answer.spot, answer.address, answer.ground.percent,
        answer.ground.because, used,
    )  # fmt: skip


def _as_content(written: Any) -> Content:
    if isinstance(written, list):
        return "; ".join(str(each) for each in written) or "none"
    content: Content = written
    return content


def _in_words(spec: FactSpec, content: Content) -> str:
    """What was found, in a line; "" where it is not shown."""
    if content is None:
        return ""
    try:
        shown = show_value(spec, parse_value(spec, content))
    except NotUnderstood:
        shown = show_type("text", content)
    return shorten(shown, 60)


def _same(one: Answer, other: Answer) -> bool:
    """Whether two answers say the same, however it is written."""
    return _value(one.spec, one.written) == _value(other.spec, other.written)


def _value(spec: FactSpec, written: Any) -> object:
    if written is None or is_missing(written):
        return None
    try:
        value: Value = parse_value(spec, written)
    except NotUnderstood:
        return str(written).strip()
    shown = canonical(spec, value)
    return normal(shown) if spec.type == "text" else shown
