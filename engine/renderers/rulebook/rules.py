"""One ruleset whole: its conclusions and its rules."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.conditions import ALWAYS, Condition
from engine.model.rules import Conclusion, Rule, RuleSet
from engine.renderers.as_markdown import escape
from engine.renderers.rulebook.book import Book
from engine.renderers.rulebook.sources import cite
from engine.renderers.rules_as_text import thresholds_of
from engine.showing import show_type, show_value
from engine.stating import lines_of


def ruleset_page(book: Book, ruleset: RuleSet) -> Iterator[str]:
    """Every rule of a ruleset, from what it asks to where it comes from."""
    yield f"# {escape(ruleset.title)}"
    if ruleset.description:
        yield ""
        yield escape(ruleset.description)
    for conclusion in ruleset.conclusions:
        yield from _conclusion(book, conclusion)
    for rule in ruleset.rules:
        if rule.status != "draft":
            yield from _rule(book, rule)


def _rule(book: Book, rule: Rule) -> Iterator[str]:
    yield ""
    yield f'<a id="{rule.id.lower()}"></a>'
    yield ""
    yield f"## {rule.id}: {escape(rule.title)}"
    yield ""
    if rule.status != "active":
        instead = f", replaced by {rule.replaced_by}" if rule.replaced_by else ""
        yield f"Status: {rule.status}{instead}. "
    yield f"{_when(book, rule)} {_consequence(book, rule)}"
    yield ""
    if rule.applies_when != ALWAYS:
        yield from _condition(book, "Applies when", rule.applies_when)
    yield from _condition(book, "Requires", rule.require)
    yield ""
    yield f"- Reason: {book.text(rule.reason)}"
    if rule.reason_unknown:
        yield f"- When unknown: {book.text(rule.reason_unknown)}"
    yield f"- Next: {book.text(rule.remedy)}"
    yield f"- Why: {escape(rule.rationale)}"
    names = thresholds_of(rule)
    if names:
        yield f"- Numbers: {'; '.join(book.number(name) for name in names)}"
    yield f"- Source: {cite(rule.source)}"


def _when(book: Book, rule: Rule) -> str:
    titles = [escape(book.rulebook.gates[gate].title) for gate in rule.gates]
    asked = f"Asked at: {', '.join(titles)}." if titles else "Asked at every gate."
    first, last = rule.in_force
    start = f" from {show_type('date', first)}" if first else ""
    end = f" to {show_type('date', last)}" if last else ""
    return f"{asked} In force{start}{end}." if start or end else asked


def _consequence(book: Book, rule: Rule) -> str:
    earned = f" Worth {rule.points} point{'s' if rule.points > 1 else ''}." if rule.points else ""
    owner, told = (escape(book.role(name)) for name in (rule.owner, rule.escalate_to))
    heard = f" The {told} hears of it." if told != owner else ""
    return (
        f"Not met: {rule.otherwise}; not enough information: {rule.if_unknown}.{earned} "
        f"The {owner} acts.{heard}"
    )


def _condition(book: Book, lead: str, condition: Condition) -> Iterator[str]:
    statement = book.stating.state(condition)
    yield f"- {lead}: {escape(statement.text)}"
    for part in statement.parts:
        for depth, text in lines_of(part, 1):
            yield f"{'  ' * depth}- {escape(text)}"


def _conclusion(book: Book, conclusion: Conclusion) -> Iterator[str]:
    spec = book.rulebook.vocabulary.facts[conclusion.fact]
    yield ""
    yield f"## {escape(conclusion.title)}"
    yield ""
    yield f"Works out `{conclusion.fact}`: the first row that holds gives the value."
    yield ""
    for row in conclusion.rows:
        yield f"- **{escape(show_value(spec, row.value))}**: {escape(row.because)}"
        for depth, text in lines_of(book.stating.state(row.when), 1):
            yield f"{'  ' * depth}- {'when ' if depth == 1 else ''}{escape(text)}"
    yield f"- Source: {cite(conclusion.source)}"
