"""The rules gate by gate, and owner by owner."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.rules import Gate, Rule
from engine.renderers.as_markdown import escape
from engine.renderers.rulebook.book import Book, consequence, points
from engine.showing import show_type


def gates_page(book: Book) -> Iterator[str]:
    """Each gate with what is asked there."""
    yield f"# Gates{book.of_whom}"
    yield ""
    yield (
        "What is asked at each gate. A rule with points is a key criterion and counts towards the "
        "gate's score; one without acts by itself."
    )
    if book.organisation is None:
        yield ""
        yield (
            "Some rules are asked only of organisations that have such a policy. They stand apart "
            "under each gate. `gatewise rules list --gate GATE --organisation ID` lists what one "
            "organisation asks."
        )
    yield ""
    yield from (f"- [{escape(gate.title)}](#{gate.id})" for gate in book.gates)
    for gate in book.gates:
        yield from _gate(book, gate)


def _gate(book: Book, gate: Gate) -> Iterator[str]:
    rules = book.asked_at(gate)
    yield ""
    yield f'<a id="{gate.id}"></a>'
    yield ""
    yield f"## {escape(gate.title)}"
    yield ""
    ladders = ", ".join(book.rulebook.ladders[name].title for name in gate.ladders)
    yield f"`{gate.id}`{f' on the ladder {escape(ladders)}' if ladders else ''}."
    yield f"Decided by the {escape(book.role(gate.decided_by))}."
    if gate.pass_mark is not None:
        most = sum(rule.points or 0 for rule in rules)
        yield (
            f"{_mark(book, gate)} At most {most} points. Below it the deck goes back to the "
            f"{escape(book.role(gate.returned_to))}."
        )
    yield ""
    yield from _table(book, rules)
    if some := book.asked_by_some(gate):
        yield ""
        yield "Asked only where an organisation's own file says so:"
        yield ""
        yield from _table(book, some)


def _mark(book: Book, gate: Gate) -> str:
    if isinstance(gate.pass_mark, str):
        title = book.thresholds[gate.pass_mark].title
        return f"Scored against the [{escape(title)}](thresholds.md)."
    return f"Scored against a pass mark of {gate.pass_mark}%."


def _table(book: Book, rules: list[Rule]) -> Iterator[str]:
    if not rules:
        yield "Nothing is asked."
        return
    yield "| Rule | Requirement | In force | Not met | Points | Owner |"
    yield "|---|---|---|---|---|---|"
    for rule in rules:
        owner = escape(book.role(rule.owner))
        cells = (escape(rule.title), _in_force(rule), consequence(rule), points(rule), owner)
        yield f"| {book.link(rule)} | {' | '.join(cells)} |"


def _in_force(rule: Rule) -> str:
    first, last = (day and show_type("date", day) for day in rule.in_force)
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"to {last}" if last else ""


def owners_page(book: Book) -> Iterator[str]:
    """Each role with the rules that it acts on, and those it hears of."""
    yield f"# Owners{book.of_whom}"
    yield ""
    yield "Which role acts on which rules, and which role hears of them when they escalate."
    roles = book.rulebook.vocabulary.roles
    for role in sorted(roles, key=lambda name: book.role(name).casefold()):
        owned = [rule for rule in book.rules if rule.owner == role]
        heard = [rule for rule in book.rules if rule.escalate_to == role and rule.owner != role]
        if not owned and not heard:
            continue
        yield ""
        yield f"## {escape(book.role(role))}"
        if owned:
            yield ""
            yield "Acts on:"
            yield ""
            yield from (f"- {book.link(rule)} {escape(rule.title)}" for rule in owned)
        if heard:
            yield ""
            yield "Hears of:"
            yield ""
            yield from (f"- {book.link(rule)} {escape(rule.title)}" for rule in heard)
