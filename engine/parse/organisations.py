"""One organisation's file: its rulesets, gates, facts, names and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.days import NotUnderstood
from engine.errors import Problems, nearest
from engine.model.document import Document
from engine.model.rules import Gate, NotBound, Organisation, RuleSet
from engine.model.thresholds import Threshold
from engine.model.vocabulary import Value, Vocabulary
from engine.parse.rulesets import parse_source
from engine.parse.shapes import OrganisationShape
from engine.parse.thresholds import ThresholdParser
from engine.values import is_missing, parse_value


@dataclass(frozen=True)
class OrganisationParser:
    """Parses organisations against what the folder declares."""

    vocabulary: Vocabulary
    rulesets: Mapping[str, RuleSet]
    gates: Mapping[str, Gate]
    problems: Problems

    def parse(self, id_: str, shape: OrganisationShape, document: Document) -> Organisation:
        """The organisation, with every problem noted."""
        self._check_names(shape, document)
        return Organisation(
            id_,
            shape.title,
            shape.description,
            document.place(),
            tuple(n for n in _chosen(shape.rulesets, self.rulesets) if n in self.rulesets),
            tuple(_chosen(shape.gates, self.gates)),
            self._facts("facts", shape.facts, document),
            self._facts("defaults", shape.defaults, document),
            {
                name: document.place((key, name))
                for key, names in (("facts", shape.facts), ("defaults", shape.defaults))
                for name in names
            },
            shape.roles,
            self._thresholds(shape, document),
            self._points(shape, document),
            tuple(
                NotBound(each.title, each.because, parse_source(each.source))
                for each in shape.not_bound_by
            ),
        )

    def _thresholds(self, shape: OrganisationShape, document: Document) -> dict[str, Threshold]:
        parser = ThresholdParser(document, self.vocabulary, self.gates, self.problems)
        return {
            name: parser.parse(name, written, ("thresholds", name))
            for name, written in shape.thresholds.items()
        }

    def _points(self, shape: OrganisationShape, document: Document) -> dict[str, int]:
        """The weights of key criteria; a rule that is none stays none."""
        scored = {r.id for each in self.rulesets.values() for r in each.rules if r.points}
        for rule in shape.points:
            if rule not in scored:
                message = f"{rule} has no points, so it cannot have others"
                fix = nearest(rule, scored)
                self.problems.add(document.place(("points", rule)), message, fix=fix)
        return dict(shape.points)

    def _check_names(self, shape: OrganisationShape, document: Document) -> None:
        known: tuple[tuple[str, list[str], Mapping[str, object], str], ...] = (
            ("rulesets", shape.rulesets or [], self.rulesets, "ruleset"),
            ("gates", shape.gates or [], self.gates, "gate"),
        )
        for key, names, options, what in known:
            for n, name in enumerate(names):
                if name not in options:
                    fix = nearest(name, options) or f"Use one of: {', '.join(options)}."
                    self.problems.add(document.place((key, n)), f'unknown {what} "{name}"', fix=fix)
        for role in shape.roles:
            if role not in self.vocabulary.roles:
                fix = nearest(role, self.vocabulary.roles)
                place = document.place(("roles", role))
                self.problems.add(place, f'unknown role "{role}"', fix=fix)

    def _facts(self, key: str, given: Mapping[str, object], document: Document) -> dict[str, Value]:
        stated = {spec.name: spec for spec in self.vocabulary.stated()}
        facts: dict[str, Value] = {}
        for name, written in given.items():
            place = document.place((key, name))
            if name in self.vocabulary.facts and name not in stated:
                message = f'"{name}" is worked out by the rules'
                self.problems.add(place, message, fix="Take it out.")
            elif name not in stated:
                self.problems.add(place, f'unknown fact "{name}"', fix=nearest(name, stated))
            elif not is_missing(written):
                try:
                    facts[name] = parse_value(stated[name], written)
                except NotUnderstood as error:
                    self.problems.add(
                        place, f"not a value of {name}", found=written, expected=error.expected
                    )
        return facts


def _chosen(named: list[str] | None, known: Mapping[str, object]) -> list[str]:
    """What an organisation names, or all that there is where it names nothing."""
    return list(known) if named is None else named
