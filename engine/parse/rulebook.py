"""All the documents of a rules folder into one rulebook, with every problem at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

from engine.errors import Problems, RuleError, nearest
from engine.model.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    ListStated,
    Not,
    Quantified,
    facts_beside,
)
from engine.model.document import Document
from engine.model.rules import Conclusion, Gate, Ladder, Organisation, Rulebook, RuleSet
from engine.model.thresholds import Threshold
from engine.model.vocabulary import Vocabulary
from engine.parse.check_shape import check_shape
from engine.parse.organisations import OrganisationParser
from engine.parse.rulesets import RuleSetParser, parse_gates
from engine.parse.shapes import OrganisationShape, RuleSetShape, VocabularyShape
from engine.parse.thresholds import ThresholdParser, kind_of
from engine.parse.vocabulary import parse_vocabulary

ThingT = TypeVar("ThingT")


@dataclass(frozen=True)
class FolderDocuments:
    """The files of a rules folder, read but not yet understood.

    Attributes:
        rulesets, organisations: by the file's name without its ending.
        content: every file's bytes by its path in the folder, for the rulebook's hash.
    """

    title: str
    vocabulary: Document
    rulesets: Mapping[str, Document]
    organisations: Mapping[str, Document]
    content: Mapping[str, bytes]


def parse_rulebook(folder: FolderDocuments) -> Rulebook:
    """Give a rules folder its meaning.

    Raises:
        RuleError: holds every problem of every file, by file and line.
    """
    return _Parser(folder).parse()


class _Parser:
    def __init__(self, folder: FolderDocuments) -> None:
        self._folder = folder
        self._problems = Problems()

    def parse(self) -> Rulebook:
        shapes = {
            id_: (document, shape)
            for id_, document in self._folder.rulesets.items()
            if (shape := check_shape(RuleSetShape, document, self._problems)) is not None
        }
        words = check_shape(VocabularyShape, self._folder.vocabulary, self._problems)
        organisation_shapes = {
            id_: own
            for id_, document in self._folder.organisations.items()
            if (own := check_shape(OrganisationShape, document, self._problems)) is not None
        }
        # a file out of shape leaves holes, so what others say of its names is left unsaid
        if words is None or self._problems.found:
            self._problems.raise_as(RuleError)
        gates = self._gates(shapes)
        kinds = {
            name: kind_of(written)
            for _, shape in shapes.values()
            for name, written in shape.thresholds.items()
        }
        vocabulary = parse_vocabulary(words, self._folder.vocabulary, gates, kinds, self._problems)
        thresholds = self._thresholds(shapes, vocabulary, gates)
        rulesets = {
            id_: RuleSetParser(
                id_, shape, document, vocabulary, kinds, gates, self._problems
            ).parse()
            for id_, (document, shape) in shapes.items()
        }
        self._check_gates(gates, vocabulary, thresholds)
        self._check_ids(rulesets)
        conclusions = self._in_order(rulesets)
        parser = OrganisationParser(vocabulary, rulesets, gates, self._problems)
        organisations = {
            id_: parser.parse(id_, shape, self._folder.organisations[id_])
            for id_, shape in organisation_shapes.items()
        }
        self._check_selections(organisations, rulesets, vocabulary, thresholds)
        self._problems.raise_if_any(RuleError)
        ladders = {
            name: Ladder(ladder.title, tuple(ladder.gates))
            for _, shape in shapes.values()
            for name, ladder in shape.ladders.items()
        }
        return Rulebook(
            title=self._folder.title,
            hash=_hash(self._folder.content),
            vocabulary=vocabulary,
            rulesets=rulesets,
            thresholds=thresholds,
            conclusions=conclusions,
            gates=gates,
            ladders=ladders,
            organisations=organisations,
        )

    def _gates(self, shapes: Mapping[str, tuple[Document, RuleSetShape]]) -> dict[str, Gate]:
        gates: dict[str, Gate] = {}
        for document, shape in shapes.values():
            own = parse_gates(shape.gates, shape.ladders, document, self._problems)
            self._merge(gates, own, "gate")
        for document, shape in shapes.values():
            for name, ladder in shape.ladders.items():
                for n, gate in enumerate(ladder.gates):
                    if gate not in gates:
                        place = document.place(("ladders", name, "gates", n))
                        self._problems.add(
                            place, f'unknown gate "{gate}"', fix=nearest(gate, gates)
                        )
        return gates

    def _thresholds(
        self,
        shapes: Mapping[str, tuple[Document, RuleSetShape]],
        vocabulary: Vocabulary,
        gates: Mapping[str, Gate],
    ) -> dict[str, Threshold]:
        thresholds: dict[str, Threshold] = {}
        for document, shape in shapes.values():
            parser = ThresholdParser(document, vocabulary, gates, self._problems)
            own = {
                name: parser.parse(name, written, ("thresholds", name))
                for name, written in shape.thresholds.items()
            }
            self._merge(thresholds, own, "threshold")
        return thresholds

    def _merge(self, into: dict[str, ThingT], own: Mapping[str, ThingT], what: str) -> None:
        for name, thing in own.items():
            if name in into:
                first, place = into[name].place, thing.place  # type: ignore[attr-defined]
                self._problems.add(
                    place, f'the {what} "{name}" is declared twice', found=f"first at {first}"
                )
            into[name] = thing

    def _check_gates(
        self, gates: Mapping[str, Gate], words: Vocabulary, thresholds: Mapping[str, Threshold]
    ) -> None:
        for gate in gates.values():
            for role in dict.fromkeys((gate.decided_by, gate.returned_to)):
                if role not in words.roles:
                    fix = nearest(role, words.roles)
                    self._problems.add(gate.place, f'unknown role "{role}"', fix=fix)
            mark = gate.pass_mark
            if isinstance(mark, str) and (
                mark not in thresholds or thresholds[mark].type != "percentage"
            ):
                fix = nearest(mark, thresholds)
                self._problems.add(gate.place, f'no percentage threshold "{mark}"', fix=fix)

    def _check_ids(self, rulesets: Mapping[str, RuleSet]) -> None:
        seen: dict[str, object] = {}
        for ruleset in rulesets.values():
            for rule in ruleset.rules:
                if rule.id in seen:
                    self._problems.add(
                        rule.place,
                        f"the rule {rule.id} is given twice",
                        found=f"first at {seen[rule.id]}",
                    )
                seen[rule.id] = rule.place
        for ruleset in rulesets.values():
            for rule in ruleset.rules:
                if rule.replaced_by is not None and rule.replaced_by not in seen:
                    fix = nearest(rule.replaced_by, seen)
                    self._problems.add(rule.place, f'no rule "{rule.replaced_by}"', fix=fix)

    def _in_order(self, rulesets: Mapping[str, RuleSet]) -> tuple[Conclusion, ...]:
        """Every conclusion after those that it uses."""
        by_fact: dict[str, Conclusion] = {}
        for ruleset in rulesets.values():
            self._merge(by_fact, {c.fact: c for c in ruleset.conclusions}, "conclusion")
        uses = {
            fact: [name for row in c.rows for name in facts_read(row.when) if name in by_fact]
            for fact, c in by_fact.items()
        }
        try:
            return tuple(by_fact[fact] for fact in TopologicalSorter(uses).static_order())
        except CycleError as error:
            circle = list(error.args[1])
            self._problems.add(
                by_fact[circle[0]].place,
                "these conclusions wait for each other",
                found=" <- ".join(circle),
                fix="Take one of them out of the circle.",
            )
            return ()

    def _check_selections(
        self,
        organisations: Mapping[str, Organisation],
        rulesets: Mapping[str, RuleSet],
        words: Vocabulary,
        thresholds: Mapping[str, Threshold],
    ) -> None:
        """An organisation's rulesets work out every conclusion that they read."""
        drawn_anywhere = {c.fact for ruleset in rulesets.values() for c in ruleset.conclusions}
        for organisation in organisations.values():
            for name, own in organisation.thresholds.items():
                if name not in thresholds:
                    fix = nearest(name, thresholds)
                    self._problems.add(own.place, f'no such threshold to set: "{name}"', fix=fix)
                elif not own.is_like(thresholds[name]):
                    declared = thresholds[name]
                    kind = f"a state of {declared.state_of}" if declared.state_of else declared.type
                    self._problems.add(own.place, f'"{name}" is {kind} at {declared.place}')
            chosen = [rulesets[id_] for id_ in organisation.rulesets]
            drawn = {c.fact for ruleset in chosen for c in ruleset.conclusions}
            for ruleset in chosen:
                for fact in sorted(_facts_of(ruleset)):
                    spec = words.facts.get(fact)
                    if spec is None or not spec.concluded or fact in drawn:
                        continue
                    if fact not in drawn_anywhere:
                        message = f'"{fact}" is concluded, and no conclusion works it out'
                        self._problems.add(spec.place, message, fix="Write one in a ruleset.")
                    else:
                        self._problems.add(
                            organisation.place,
                            f'{ruleset.id} reads "{fact}", and none of its rulesets works it out',
                            fix="Add the ruleset that does.",
                        )


def _facts_of(ruleset: RuleSet) -> set[str]:
    facts = {
        name
        for rule in ruleset.rules
        for condition in (rule.applies_when, rule.require)
        for name in facts_read(condition)
    }
    rows = (row for conclusion in ruleset.conclusions for row in conclusion.rows)
    return facts | {name for row in rows for name in facts_read(row.when)}


def facts_read(condition: Condition) -> Iterator[str]:
    """The deck's facts and lists that a condition reads, item facts aside."""
    match condition:
        case Comparison(fact, _, right):
            if not fact.of_item:
                yield fact.name
            yield from (beside.name for beside in facts_beside(right) if not beside.of_item)
        case ListStated(name):
            yield name
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from facts_read(part)
        case Not(part):
            yield from facts_read(part)
        case Quantified(_, name, where, satisfies):
            yield name
            yield from facts_read(where)
            yield from facts_read(satisfies)


def _hash(content: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(content):
        digest.update(name.encode() + b"\0" + hashlib.sha256(content[name]).digest())
    return digest.hexdigest()[:16]
