"""The rulebook's numbers: their history, and those that no source gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.model.thresholds import Threshold
from engine.renderers.as_markdown import escape
from engine.renderers.rulebook.book import Book, anchor
from engine.renderers.rulebook.sources import cite
from engine.showing import show_threshold, show_type


def thresholds_page(book: Book) -> Iterator[str]:
    """Every threshold with all its values, days and sources."""
    yield f"# Thresholds{book.of_whom}"
    yield ""
    yield "Every number, period and state that rules compare with, in date order."
    for name, threshold in book.thresholds.items():
        yield ""
        yield f'<a id="{anchor(name)}"></a>'
        yield ""
        yield f"## {escape(threshold.title)}"
        yield ""
        yield f"`{name}`, used by {_used_by(book, name)}."
        yield ""
        yield "| From | Value | Source |"
        yield "|---|---|---|"
        for dated in threshold.values:
            since = show_type("date", dated.since) if dated.since else "always"
            if not dated.by_gate:
                value = "ended" if dated.value is None else show_threshold(threshold, dated.value)
                yield f"| {since} | {escape(value)} | {cite(dated.source)} |"
            for gate, value_there in dated.by_gate.items():
                value = (
                    f"{book.rulebook.gates[gate].title}: {show_threshold(threshold, value_there)}"
                )
                yield f"| {since} | {escape(value)} | {cite(dated.source)} |"


def _used_by(book: Book, name: str) -> str:
    gates = [gate.title for gate in book.gates if gate.pass_mark == name]
    users = [book.links(book.uses[name])] if book.uses[name] else []
    if gates:
        users.append("the score of " + (gates[0] if len(gates) == 1 else f"{len(gates)} gates"))
    concluding = [
        c.title for c in book.selection.conclusions if name in book.concluding.get(c.fact, ())
    ]
    return " and ".join([*users, *map(escape, concluding)]) or "nothing yet"


def proposed_page(book: Book) -> Iterator[str]:
    """The numbers that this tool proposes because no source gives one."""
    yield "# Numbers this tool proposes"
    yield ""
    yield (
        "No source gives these numbers. Each is a proposal of this tool, and every finding that "
        "rests on one says so. To settle them in one sitting, fill in the empty column. Then write "
        "numbers, periods and states, with their own source, under `thresholds` in the "
        "organisation's file below `rules/organisations/`, and points under `points`. "
        "`rules/README.md` shows how. A requirement that an organisation does not want is left "
        "out with its ruleset, or ruled out by a fact of the organisation."
    )
    proposed = {n: t for n, t in book.thresholds.items() if "default" in t.standings}
    yield from _numbers(book, {n: t for n, t in proposed.items() if not t.values[-1].by_gate})
    yield from _states(book, {n: t for n, t in proposed.items() if t.values[-1].by_gate})
    yield from _points(book)
    yield from _requirements(book)


def _numbers(book: Book, proposed: Mapping[str, Threshold]) -> Iterator[str]:
    yield from ("", "## Numbers and periods", "")
    yield "| Number | Proposed | Settled as | Name | Used by |"
    yield "|---|---|---|---|---|"
    for name, threshold in proposed.items():
        value = threshold.values[-1].value
        shown = "ended" if value is None else escape(show_threshold(threshold, value))
        yield f"| {escape(threshold.title)} | {shown} | | `{name}` | {_used_by(book, name)} |"


def _states(book: Book, proposed: Mapping[str, Threshold]) -> Iterator[str]:
    yield from ("", "## Which state at which gate", "")
    yield "What must exist grows from gate to gate. The ladder is read from the phase guidance."
    for name, threshold in proposed.items():
        yield from ("", f"### {escape(threshold.title)}", "")
        yield f"`{name}`, used by {_used_by(book, name)}."
        yield f"From least to most: {escape(', '.join(threshold.labels.values()))}."
        yield from ("", "| Gate | Proposed | Settled as |", "|---|---|---|")
        for gate, value in threshold.values[-1].by_gate.items():
            title = escape(book.rulebook.gates[gate].title)
            yield f"| {title} | {escape(show_threshold(threshold, value))} | |"


def _points(book: Book) -> Iterator[str]:
    yield from ("", "## Points", "")
    yield (
        "How much each key criterion counts towards the score of its gates. No source gives "
        "weights. An organisation has its own under `points` in its file: `{SAFE-001: 2}`. "
        "Where every rule of a ruleset has one point, the ruleset is named once."
    )
    yield from ("", "| Rule | Requirement | Proposed | Settled as |", "|---|---|---|---|")
    for ruleset in book.rulesets:
        scored = [rule for rule in book.rules if rule.ruleset == ruleset.id and rule.points]
        if scored and {rule.points for rule in scored} == {1}:
            title = f"{escape(ruleset.title)}, each of {len(scored)} rules"
            yield f"| {scored[0].id} to {scored[-1].id} | {title} | 1 | |"
            continue
        for rule in scored:
            yield f"| {book.link(rule)} | {escape(rule.title)} | {rule.points} | |"


def _requirements(book: Book) -> Iterator[str]:
    proposed = [rule for rule in book.rules if rule.source.standing == "default"]
    if not proposed:
        return
    yield from ("", "## Requirements", "")
    yield "Whole rules that no source asks for."
    yield from ("", "| Rule | Requirement | Why | Keep? |", "|---|---|---|---|")
    for rule in proposed:
        yield f"| {book.link(rule)} | {escape(rule.title)} | {escape(rule.rationale)} | |"
