"""What every page of the rulebook needs: the rules chosen, their numbers, words and links."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from engine.model.conditions import thresholds_in
from engine.model.rules import Gate, Organisation, Rule, Rulebook, RuleSet, Slot, Text
from engine.model.thresholds import Threshold
from engine.questions import never_asked
from engine.renderers.as_markdown import escape
from engine.renderers.rules_as_text import thresholds_of
from engine.showing import show_threshold
from engine.stating import Stating


class Book:
    """The rules of an organisation, or all of them."""

    def __init__(self, rulebook: Rulebook, organisation: Organisation | None) -> None:
        self.rulebook = rulebook
        self.organisation = organisation
        self.selection = rulebook.selected_by(organisation)
        self.rules = self.selection.rules
        names = organisation.rulesets if organisation else tuple(rulebook.rulesets)
        self.rulesets: list[RuleSet] = [rulebook.rulesets[name] for name in names]
        self.stating = Stating(rulebook.vocabulary, self.thresholds)

    @property
    def of_whom(self) -> str:
        """For titles: whose rulebook it is."""
        return f" of {self.organisation.title}" if self.organisation else ""

    @cached_property
    def thresholds(self) -> dict[str, Threshold]:
        """Every threshold, the organisation's own in place of the others."""
        return dict(self.selection.thresholds)

    @cached_property
    def gates(self) -> list[Gate]:
        """The gates, ladder by ladder, and then those on none."""
        run = self.organisation.gates if self.organisation else tuple(self.rulebook.gates)
        chosen = [gate for id_, gate in self.rulebook.gates.items() if id_ in run]
        return sorted(chosen, key=lambda gate: not gate.ladders)

    @cached_property
    def uses(self) -> dict[str, list[Rule]]:
        """The rules that use each threshold."""
        uses: dict[str, list[Rule]] = {name: [] for name in self.thresholds}
        for rule in self.rules:
            for name in thresholds_of(rule):
                uses[name].append(rule)
        return uses

    @cached_property
    def concluding(self) -> dict[str, set[str]]:
        """The thresholds that each conclusion compares with."""
        return {
            conclusion.fact: {n for row in conclusion.rows for n in thresholds_in(row.when)}
            for conclusion in self.selection.conclusions
        }

    def asked_at(self, gate: Gate) -> list[Rule]:
        """The rules that are asked at a gate."""
        own = self.organisation.id if self.organisation else None
        out = never_asked(self.rulebook, gate.id, own)
        asked = (rule for rule in self.rules if not rule.gates or gate.id in rule.gates)
        return [rule for rule in asked if rule.id not in out]

    def asked_by_some(self, gate: Gate) -> list[Rule]:
        """The other rules of a gate: only an organisation that states so asks them there."""
        if self.organisation is not None:
            return []
        out = never_asked(self.rulebook, gate.id, None)
        there = (rule for rule in self.rules if not rule.gates or gate.id in rule.gates)
        return [rule for rule in there if rule.id in out]

    def role(self, name: str) -> str:
        """What a role is called here."""
        own = self.organisation.roles if self.organisation else {}
        return own.get(name) or self.rulebook.vocabulary.roles[name]

    def link(self, rule: Rule) -> str:
        """The rule's id, leading to the rule."""
        return f"[{rule.id}](rules/{rule.ruleset}.md#{rule.id.lower()})"

    def links(self, rules: Iterable[Rule]) -> str:
        """Several rules' ids."""
        return ", ".join(self.link(rule) for rule in rules)

    def number(self, name: str) -> str:
        """A threshold's title with its latest value, leading to its history."""
        threshold = self.thresholds[name]
        latest = threshold.values[-1]
        value = "by gate" if latest.by_gate else "ended"
        if latest.value is not None:
            value = show_threshold(threshold, latest.value)
        return f"[{escape(threshold.title)}](../thresholds.md#{anchor(name)}): {escape(value)}"

    def text(self, text: Text) -> str:
        """A reason or remedy with its holes named in square brackets."""
        words = "".join(part if isinstance(part, str) else self._slot(part) for part in text)
        return escape(words)

    def _slot(self, slot: Slot) -> str:
        if slot.kind == "role":
            return self.role(slot.name)
        if slot.kind == "items":
            return "[the items that decided]"
        if slot.kind == "threshold":
            return f"[{self.thresholds[slot.name].title}]"
        return f"[{self.rulebook.vocabulary.facts[slot.name].label}]"


def anchor(threshold: str) -> str:
    """Where a threshold stands on its page."""
    return threshold.replace(".", "-").replace("_", "-")


def consequence(rule: Rule) -> str:
    """What follows when a rule is not met, and what when it cannot be decided."""
    return f"{rule.otherwise}; if unknown {rule.if_unknown}"


def points(rule: Rule) -> str:
    """What a rule can earn towards a gate's score, or nothing."""
    return str(rule.points) if rule.points else ""
