"""The vocabulary file into facts, lists, groups and roles, checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from engine.days import NotUnderstood
from engine.errors import Problems, nearest
from engine.model.document import Document, Path
from engine.model.rules import Gate
from engine.model.vocabulary import (
    ATTESTED_BY,
    ATTESTED_ON,
    NUMERIC,
    FactSpec,
    FactType,
    GroupSpec,
    ListSpec,
    Value,
    Vocabulary,
)
from engine.parse.item_measures import ItemMeasureParser
from engine.parse.measures import MeasureParser
from engine.parse.right_sides import ThresholdKind
from engine.parse.shapes import FactShape, VocabularyShape
from engine.values import is_missing, parse_value

_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")


def parse_vocabulary(
    shape: VocabularyShape,
    document: Document,
    gates: Mapping[str, Gate],
    thresholds: Mapping[str, ThresholdKind],
    problems: Problems,
) -> Vocabulary:
    """Give the vocabulary file its meaning; every problem is noted with its line."""
    return _Parser(shape, document, problems).parse(gates, thresholds)


class _Parser:
    def __init__(self, shape: VocabularyShape, document: Document, problems: Problems) -> None:
        self._shape = shape
        self._document = document
        self._problems = problems

    def parse(
        self, gates: Mapping[str, Gate], thresholds: Mapping[str, ThresholdKind]
    ) -> Vocabulary:
        built_in = self._built_in(gates)
        facts = dict(built_in)
        for section, written in self._shape.sections.items():
            self._check_name(section, ("sections", section), dots=False)
            for key, fact in written.facts.items():
                path: Path = ("sections", section, "facts", key)
                self._check_name(key, path)
                spec = self._fact(f"{section}.{key}", fact, section, path)
                facts[spec.name] = spec
                facts |= {each.name: each for each in _attestation(spec)}
        lists = self._lists()
        for spec, known in self._with_last_period(facts, lists):
            self._check_last_period(spec, known)
        groups = self._groups(facts)
        self._check_overlaps({**facts, **lists})
        parser = MeasureParser(self._shape.measures, self._document, self._problems)
        for name, measure in self._shape.measures.items():
            if name in facts:
                self._wrong(("measures", name), f'"{name}" is declared twice')
            self._check_name(name, ("measures", name))
            facts[name] = parser.fact_of(name, measure, facts, lists, groups)
        vocabulary = Vocabulary(
            sections={id_: section.title for id_, section in self._shape.sections.items()},
            facts=facts,
            lists=lists,
            groups=groups,
            measures={},
            roles=self._shape.roles,
            built_in=frozenset(built_in),
            section_names={
                id_: tuple(section.also_called) for id_, section in self._shape.sections.items()
            },
        )
        measures = {
            name: parser.parse(name, written, vocabulary, thresholds)
            for name, written in self._shape.measures.items()
        }
        of_items = {
            name: self._of_items(name).parse(vocabulary, thresholds)
            for name, written in self._shape.lists.items()
            if written.measures
        }
        return Vocabulary(**{**vars(vocabulary), "measures": measures, "item_measures": of_items})

    def _with_last_period(
        self, facts: Mapping[str, FactSpec], lists: Mapping[str, ListSpec]
    ) -> Iterator[tuple[FactSpec, Mapping[str, FactSpec]]]:
        """Each fact that stands for another of the period before, with those it may stand for."""
        for known in (facts, *(each.facts for each in lists.values())):
            yield from ((spec, known) for spec in known.values() if spec.last_period)

    def _check_last_period(self, spec: FactSpec, known: Mapping[str, FactSpec]) -> None:
        other = known.get(spec.last_period)
        if other is None:
            fix = nearest(spec.last_period, known)
            self._problems.add(spec.place, f'unknown fact "{spec.last_period}"', fix=fix)
        elif (other.type, [*other.values]) != (spec.type, [*spec.values]):
            message = f"{spec.name} cannot be {other.name} of the period before"
            self._problems.add(spec.place, message, found=spec.type, expected=other.type)

    def _of_items(self, name: str) -> ItemMeasureParser:
        return ItemMeasureParser(name, self._shape.lists[name], self._document, self._problems)

    def _built_in(self, gates: Mapping[str, Gate]) -> dict[str, FactSpec]:
        place = self._document.place()

        def fact(name: str, type_: FactType, label: str, **more: Any) -> FactSpec:
            return FactSpec(f"assessment.{name}", type_, label, "", "assessment", place, **more)

        titles = {id_: gate.title for id_, gate in gates.items()}
        specs = (
            fact("as_of", "date", "date of the assessment"),
            fact("told_on", "date", "day that the deck tells of"),
            fact("gate", "choice" if titles else "text", "gate", values=titles),
            fact("organisation", "text", "organisation"),
            fact("next_phase", "text", "phase that the gate leads into"),
        )
        return {spec.name: spec for spec in specs}

    def _fact(self, name: str, written: FactShape, section: str, path: Path) -> FactSpec:
        values = written.values or {}
        if isinstance(values, list):
            if len(set(values)) < len(values):
                self._wrong(path, f'"{name}" lists a value twice', fix="Keep one of the two.")
            values = {value: value.replace("_", " ") for value in values}
        labels = [label.casefold() for label in values.values()]
        if len(set(labels)) < len(labels):
            self._wrong(path, f'two values of "{name}" have the same words')
        if (written.type in ("choice", "choices")) != bool(values):
            wrong = "needs values" if not values else f"is {written.type}, and takes no values"
            self._wrong(path, f'"{name}" {wrong}', fix="Give values to choices only.")
        for value in values:
            if is_missing(value):
                self._wrong(path, f'"{value}" means missing, so it cannot be a value')
        if written.ordered and written.type != "choice":
            self._wrong(path, f'"{name}" is ordered, and only a choice can be')
        if written.attested and (written.type not in ("choice", "yes_no") or written.concluded):
            self._wrong(path, "only a choice or yes_no fact that a deck states can be attested")
        if written.concluded and written.type not in ("choice", "yes_no", "text"):
            self._wrong(path, "only a choice, yes_no or text fact can be concluded", written.type)
        spec = FactSpec(
            name,
            written.type,
            written.label,
            written.question,
            section,
            self._document.place(path),
            values=values,
            ordered=written.ordered,
            concluded=written.concluded,
            attested=written.attested,
            last_period=written.last_period or "",
            also_called=tuple(written.also_called),
        )
        least, most = (self._bound(spec, written, key, path) for key in ("minimum", "maximum"))
        if least is not None and most is not None and least > most:  # type: ignore[operator]
            self._wrong((*path, "minimum"), "the minimum lies above the maximum", written.minimum)
        return FactSpec(**{**vars(spec), "minimum": least, "maximum": most})

    def _bound(self, spec: FactSpec, written: FactShape, key: str, path: Path) -> Value | None:
        bound = getattr(written, key)
        if bound is None:
            return None
        if spec.type not in NUMERIC | {"date"}:
            self._wrong(path, f'{key} does not suit "{spec.name}"', spec.type)
            return None
        try:
            return parse_value(spec, bound)
        except NotUnderstood as error:
            self._wrong((*path, key), f"{key} is not a {spec.type}", bound, error.expected)
            return None

    def _lists(self) -> dict[str, ListSpec]:
        lists = {}
        for name, written in self._shape.lists.items():
            path: Path = ("lists", name)
            self._check_name(name, path)
            self._check_section(written.section, path)
            facts = {}
            for key, fact in written.facts.items():
                below: Path = (*path, "facts", key)
                self._check_name(key, below, dots=False)
                facts[key] = self._fact(key, fact, written.section, below)
                if fact.attested:
                    self._wrong(below, "an item's fact cannot be attested", key)
            for role in ("name_from", "key"):
                named = getattr(written, role)
                if named is not None and named not in facts:
                    self._wrong((*path, role), f'no fact "{named}"', fix=nearest(named, facts))
            lists[name] = ListSpec(
                name, written.title, written.item, written.section, self._document.place(path),
                facts, self._of_items(name).facts(), written.name_from, written.key,
                tuple(written.also_called),
            )  # fmt: skip
        return {
            name: replace(spec, worked_out=self._of_items(name).check_types(lists))
            for name, spec in lists.items()
        }

    def _groups(self, facts: Mapping[str, FactSpec]) -> dict[str, GroupSpec]:
        groups = {}
        for name, written in self._shape.groups.items():
            path: Path = ("groups", name)
            self._check_section(written.section, path)
            for n, member in enumerate(written.facts):
                if member not in facts:
                    fix = nearest(member, facts)
                    self._wrong((*path, "facts", n), f'unknown fact "{member}"', fix=fix)
            known = [facts[member] for member in written.facts if member in facts]
            if len({(spec.type, tuple(spec.values)) for spec in known}) > 1:
                self._wrong(path, "the facts of a group must be of one type, with the same values")
            groups[name] = GroupSpec(
                name, written.title, written.item, self._document.place(path),
                tuple(spec.name for spec in known),
            )  # fmt: skip
        return groups

    def _check_name(self, name: str, path: Path, *, dots: bool = True) -> None:
        if not _NAME.fullmatch(name) or (not dots and "." in name):
            expected = "small letters, digits and underscores" + (", with dots" if dots else "")
            self._wrong(path, f'"{name}" cannot be a name', "", expected)

    def _check_section(self, section: str, path: Path) -> None:
        if section not in self._shape.sections:
            fix = nearest(section, self._shape.sections)
            self._wrong((*path, "section"), f'unknown section "{section}"', fix=fix)

    def _check_overlaps(self, known: Mapping[str, FactSpec | ListSpec]) -> None:
        """A deck nests by the dots, so no fact may stand where another has its folder."""
        for name, spec in known.items():
            parts = name.split(".")
            for length in range(1, len(parts)):
                above = ".".join(parts[:length])
                if above in known and above != getattr(spec, "attests", ""):
                    message = f'"{name}" stands inside "{above}", which is a fact or list'
                    self._problems.add(spec.place, message, fix="Rename one of the two.")

    def _wrong(
        self, path: Path, message: str, found: object = "", expected: str = "", fix: str = ""
    ) -> None:
        place = self._document.place(path)
        self._problems.add(place, message, found=found, expected=expected, fix=fix)


def _attestation(judgement: FactSpec) -> Iterator[FactSpec]:
    """What makes a judgement count: the role that made it, and the day."""
    if not judgement.attested:
        return
    parts: tuple[tuple[str, FactType, str, str], ...] = (
        (ATTESTED_BY, "text", "role that judged", "Which role judged this?"),
        (ATTESTED_ON, "date", "day of the judgement on", "On which day was it judged?"),
    )
    for key, type_, label, question in parts:
        yield FactSpec(
            f"{judgement.name}.{key}", type_, f"{label} {judgement.label}", question,
            judgement.section, judgement.place, attests=judgement.name,
        )  # fmt: skip
