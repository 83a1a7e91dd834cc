"""The rulebook as text: a list of rules, or one rule whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.lookup import find_gate, find_organisation, find_rule
from engine.model.conditions import ALWAYS, Condition, thresholds_in
from engine.model.rules import Conclusion, Organisation, Rule, Rulebook, Slot, Text
from engine.model.thresholds import Source, Threshold
from engine.questions import find_questions
from engine.renderers.words import STANDINGS, source
from engine.renderers.wrap import as_lines, wrap
from engine.showing import show_threshold, show_type, show_value
from engine.stating import Stating, lines_of


def rules_as_text(
    rulebook: Rulebook, gate: str | None, organisation: str | None, as_of: date
) -> str:
    """Ids and titles by ruleset, with what each rule is worth.

    At a gate these are the rules that can be asked there on the day, as for its questions.
    """
    own = find_organisation(rulebook, organisation) if organisation is not None else None
    asked = None
    if gate is not None:
        gate = find_gate(rulebook, gate, own).id
        asked = {rule.id for rule in find_questions(rulebook, gate, as_of, organisation).rules}
    names = own.rulesets if own else tuple(rulebook.rulesets)
    weighed = {rule.id: rule for rule in rulebook.selected_by(own).rules}
    lines: list[str] = []
    for name in names:
        ruleset = rulebook.rulesets[name]
        rules = [rule for rule in ruleset.rules if asked is None or rule.id in asked]
        rules = [weighed.get(rule.id, rule) for rule in rules]
        if rules:
            lines += ["", *wrap(f"{ruleset.title} ({len(rules)})")]
        for rule in rules:
            weight = (
                f"{rule.points} point{'s' if rule.points > 1 else ''}"
                if rule.points
                else rule.otherwise
            )
            status = "" if rule.status == "active" else f", {rule.status}"
            lines += wrap(f"{rule.id}  {rule.title} [{weight}{status}]", "  ", " " * 13)
    if lines and own:
        lines += _what_does_not_bind(own)
    elif gate is not None and own is None and rulebook.organisations:
        lines += ["", *wrap(_OF_ORGANISATIONS)]
    return as_lines(lines[1:] or ["No rules."])


_OF_ORGANISATIONS = (
    "Organisations have rules of their own, which are not listed here. Add --organisation ID to "
    "see those of one."
)


def _what_does_not_bind(organisation: Organisation) -> Iterator[str]:
    if organisation.not_bound_by:
        yield ""
        yield from wrap(f"What does not bind {organisation.title}")
    for each in organisation.not_bound_by:
        yield from wrap(f"{each.title}: {each.because}", "  ", "    ")


def rule_as_text(rulebook: Rulebook, name: str, organisation: str | None) -> str:
    """One rule or conclusion whole: what it asks, why, its numbers, cases and source."""
    own = find_organisation(rulebook, organisation) if organisation is not None else None
    found, book = find_rule(rulebook, name), _Book(rulebook, own)
    return as_lines(book.rule(found) if isinstance(found, Rule) else book.conclusion(found))


class _Book:
    """Rules as an organisation reads them: its own numbers, and what its roles are called."""

    def __init__(self, rulebook: Rulebook, organisation: Organisation | None) -> None:
        self._rulebook = rulebook
        selection = rulebook.selected_by(organisation)
        self._thresholds = selection.thresholds
        own = organisation.roles if organisation else {}
        self._roles = {**rulebook.vocabulary.roles, **own}
        self._stating = Stating(rulebook.vocabulary, self._thresholds)

    def rule(self, rule: Rule) -> Iterator[str]:
        """A rule from its title to its cases."""
        yield from wrap(f"{rule.id}  {rule.title}")
        yield from wrap(f"Stands at {rule.place}; {rule.status}")
        if rule.replaced_by:
            yield f"Replaced by {rule.replaced_by}"
        yield ""
        titles = [self._rulebook.gates[gate].title for gate in rule.gates]
        yield from wrap(f"Asked at: {', '.join(titles) if titles else 'every gate'}", "", "  ")
        first, last = rule.in_force
        if first or last:
            start = f"from {show_type('date', first)}" if first else "from the beginning"
            end = f"to {show_type('date', last)}" if last else "with no end"
            yield f"In force: {start} {end}"
        if rule.applies_when != ALWAYS:
            yield from self._condition("Applies when", rule.applies_when)
        yield from self._condition("Requires", rule.require)
        yield from wrap(f"Not met: {rule.otherwise}; not enough information: {rule.if_unknown}")
        if rule.points:
            yield f"Points: {rule.points}"
        who = f"Owner: {self._roles[rule.owner]}"
        if rule.escalate_to != rule.owner:
            who = f"{who}; escalates to: {self._roles[rule.escalate_to]}"
        yield from wrap(who)
        yield ""
        texts = (
            ("Reason", rule.reason),
            ("When unknown", rule.reason_unknown),
            ("Next", rule.remedy),
        )
        for title, text in texts:
            if text:
                yield from wrap(f"{title}: {self._text(text)}", "", "  ")
        yield from wrap(f"Why the rule exists: {rule.rationale}", "", "  ")
        for name in thresholds_of(rule):
            yield from self._number(self._thresholds[name])
        yield from self._source(rule.source)
        yield f"Cases: {len(rule.cases)}"
        for case in rule.cases:
            yield from wrap(f"{case.name}: {case.expect.replace('_', ' ')}", "  ", "    ")

    def conclusion(self, conclusion: Conclusion) -> Iterator[str]:
        """A conclusion with its rows."""
        spec = self._rulebook.vocabulary.facts[conclusion.fact]
        yield from wrap(f"{conclusion.fact}  {conclusion.title}")
        yield from wrap(f"Stands at {conclusion.place}; the first row that holds gives the value")
        for row in conclusion.rows:
            yield ""
            yield from wrap(f"{show_value(spec, row.value)}: {row.because}", "", "  ")
            yield from self._condition("  When", row.when)
        yield ""
        for name in dict.fromkeys(n for row in conclusion.rows for n in thresholds_in(row.when)):
            yield from self._number(self._thresholds[name])
        yield from self._source(conclusion.source)

    def _condition(self, lead: str, condition: Condition) -> Iterator[str]:
        indent = len(lead) - len(lead.lstrip())
        statement = self._stating.state(condition)
        first = f"{lead}: {statement.text}"
        yield from wrap(first.strip(), " " * indent, " " * (indent + 2))
        for part in statement.parts:
            for depth, text in lines_of(part, 1):
                lead_in = " " * (indent + 2 * depth)
                yield from wrap(text, f"{lead_in}- ", f"{lead_in}  ")

    def _number(self, threshold: Threshold) -> Iterator[str]:
        yield from wrap(f"Number: {threshold.title}", "", "  ")
        for line in dated_lines(self._rulebook, threshold):
            yield from wrap(line, "  ", "    ")

    def _source(self, where: Source) -> Iterator[str]:
        yield from wrap(f"Source: {source(where)}", "", "  ")
        if where.link:
            yield f"  {where.link}"

    def _text(self, text: Text) -> str:
        return "".join(part if isinstance(part, str) else self._slot(part) for part in text)

    def _slot(self, slot: Slot) -> str:
        if slot.kind == "role":
            return self._roles[slot.name]
        if slot.kind == "items":
            return "[the items that decided]"
        if slot.kind == "threshold":
            return f"[{self._thresholds[slot.name].title}]"
        return f"[{self._rulebook.vocabulary.facts[slot.name].label}]"


def thresholds_of(rule: Rule) -> list[str]:
    """The thresholds that a rule compares with or names, in the rule's order."""
    texts = (*rule.reason, *rule.reason_unknown, *rule.remedy)
    named = [part.name for part in texts if isinstance(part, Slot) and part.kind == "threshold"]
    compared = [*thresholds_in(rule.applies_when), *thresholds_in(rule.require)]
    return list(dict.fromkeys([*compared, *named]))


def dated_lines(rulebook: Rulebook, threshold: Threshold) -> Iterator[str]:
    """A threshold's values in date order, gate by gate where they differ, with their standing."""
    for dated in threshold.values:
        since = f"from {show_type('date', dated.since)}" if dated.since else "always"
        standing = STANDINGS[dated.source.standing]
        if dated.by_gate:
            yield f"{since}, by gate ({standing}):"
            for gate, value in dated.by_gate.items():
                yield f"  {rulebook.gates[gate].title}: {show_threshold(threshold, value)}"
        else:
            value = "ended" if dated.value is None else show_threshold(threshold, dated.value)
            yield f"{since}: {value} ({standing})"
