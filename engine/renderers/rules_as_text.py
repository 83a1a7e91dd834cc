"""The rulebook as text: a list of rules, or one rule whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.errors import Place, Problem, RuleError, nearest
from engine.evidence import thresholds_in
from engine.model.rules import Conclusion, Rule, Rulebook, Slot, Text
from engine.renderers.words import STANDINGS, source
from engine.renderers.wrap import as_lines, wrap
from engine.showing import show_threshold, show_type, show_value


def rules_as_text(rulebook: Rulebook, gate: str | None, organisation: str | None) -> str:
    """Ids and titles by ruleset, with what each rule is worth at a gate."""
    _check(gate, rulebook.gates, "gate")
    _check(organisation, rulebook.organisations, "organisation")
    names = (
        rulebook.organisations[organisation].rulesets if organisation else tuple(rulebook.rulesets)
    )
    lines: list[str] = []
    for name in names:
        ruleset = rulebook.rulesets[name]
        rules = [r for r in ruleset.rules if gate is None or not r.gates or gate in r.gates]
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
    return as_lines(lines[1:] or ["No rules."])


def rule_as_text(rulebook: Rulebook, name: str) -> str:
    """One rule or conclusion whole: what it asks, why, its numbers, cases and source."""
    rules = {rule.id: rule for rule in rulebook.rules}
    conclusions = {conclusion.fact: conclusion for conclusion in rulebook.conclusions}
    if name.upper() in rules:
        return as_lines(_rule(rulebook, rules[name.upper()]))
    if name in conclusions:
        return as_lines(_conclusion(rulebook, conclusions[name]))
    known = [*rules, *conclusions]
    fix = nearest(name.upper(), known) or nearest(name, known) or "See gatewise rules list."
    raise RuleError([Problem(Place(rulebook.title), f'no rule "{name}"', fix=fix)])


def _check(name: str | None, known: Mapping[str, object], what: str) -> None:
    if name is not None and name not in known:
        fix = nearest(name, known) or f"Use one of: {', '.join(known)}."
        raise RuleError([Problem(Place("rules"), f'no {what} "{name}"', fix=fix)])


def _rule(rulebook: Rulebook, rule: Rule) -> Iterator[str]:
    roles = rulebook.vocabulary.roles
    yield from wrap(f"{rule.id}  {rule.title}")
    yield from wrap(f"Stands at {rule.place}; {rule.status}")
    yield ""
    titles = [rulebook.gates[gate].title for gate in rule.gates]
    yield from wrap(f"Asked at: {', '.join(titles) if titles else 'every gate'}", "", "  ")
    first, last = rule.in_force
    if first or last:
        start = f"from {show_type('date', first)}" if first else "from the beginning"
        end = f"to {show_type('date', last)}" if last else "with no end"
        yield f"In force: {start} {end}"
    yield from wrap(f"Not met: {rule.otherwise}; not enough information: {rule.if_unknown}")
    if rule.points:
        yield f"Points: {rule.points}"
    yield from wrap(f"Owner: {roles[rule.owner]}; escalates to: {roles[rule.escalate_to]}")
    yield ""
    for title, text in (("Reason", rule.reason), ("Next", rule.remedy)):
        yield from wrap(f"{title}: {_text(rulebook, text)}", "", "  ")
    yield from wrap(f"Why the rule exists: {rule.rationale}", "", "  ")
    names = dict.fromkeys([*thresholds_in(rule.applies_when), *thresholds_in(rule.require)])
    for name in names:
        threshold = rulebook.thresholds[name]
        yield f"Number: {threshold.title}"
        for dated in threshold.values:
            since = f"from {show_type('date', dated.since)}" if dated.since else "always"
            value = "ended" if dated.value is None else show_threshold(threshold, dated.value)
            yield from wrap(f"{since}: {value} ({STANDINGS[dated.source.standing]})", "  ", "    ")
    yield from wrap(f"Source: {source(rule.source)}", "", "  ")
    if rule.source.link:
        yield f"  {rule.source.link}"
    yield f"Cases: {len(rule.cases)}"
    for case in rule.cases:
        yield from wrap(f"{case.name}: {case.expect.replace('_', ' ')}", "  ", "    ")


def _conclusion(rulebook: Rulebook, conclusion: Conclusion) -> Iterator[str]:
    spec = rulebook.vocabulary.facts[conclusion.fact]
    yield from wrap(f"{conclusion.fact}  {conclusion.title}")
    yield from wrap(f"Stands at {conclusion.place}; the first row that holds gives the value")
    yield ""
    for row in conclusion.rows:
        yield from wrap(f"{show_value(spec, row.value)}: {row.because}", "  ", "    ")
    yield ""
    yield from wrap(f"Source: {source(conclusion.source)}", "", "  ")


def _text(rulebook: Rulebook, text: Text) -> str:
    return "".join(part if isinstance(part, str) else _slot(rulebook, part) for part in text)


def _slot(rulebook: Rulebook, slot: Slot) -> str:
    if slot.kind == "role":
        return rulebook.vocabulary.roles[slot.name]
    if slot.kind == "threshold":
        return f"[{rulebook.thresholds[slot.name].title}]"
    return f"[{rulebook.vocabulary.facts[slot.name].label}]"
