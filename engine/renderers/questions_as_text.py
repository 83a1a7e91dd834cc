"""The questions of a gate as text, in the deck's order."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.vocabulary import FactSpec
from engine.questions import Part, Question, Questions
from engine.renderers.wrap import as_lines, wrap
from engine.showing import join_words, show_type, show_value

_ANSWERS = {
    "money": "an amount, £640k or £1.24 million",
    "number": "a number",
    "integer": "a whole number",
    "percentage": "a percentage, 70%",
    "date": "a date, 2026-05-12 or 12/05/2026",
    "yes_no": "yes or no",
    "text": "a text",
    "references": "a list of names, [1, 2]; [] for none",
}
_JUDGED = "{answer: …, by: the role, date: the day}"


def questions_as_text(found: Questions) -> str:
    """Each question with the answers it takes, its name in the deck, and the rules that ask it."""
    return as_lines(_lines(found))


def _lines(found: Questions) -> Iterator[str]:
    title = found.organisation.title if found.organisation else "every ruleset"
    day = show_type("date", found.as_of)
    yield from wrap(f"{found.gate.title} · {title} · rules as of {day}")
    count = sum(len(part.questions) + bool(part.list) for part in found.parts)
    yield from wrap(
        f"{len(found.rules)} rules may ask {count} questions. What an answer rules out is not "
        "asked further: leave such questions open."
    )
    yield from _beginning(found)
    number = 0
    for part in found.parts:
        yield ""
        yield from wrap(part.title if part.list is None else f"{part.title} (a list)")
        if part.list is not None:
            number += 1
            yield from _list(part, number)
        for question in part.questions:
            number += 1
            yield from _question(question, number, part)
    yield from _rules(found)


def _beginning(found: Questions) -> Iterator[str]:
    """How a deck for this gate begins, and how the names below are written into it."""
    organisation = found.organisation.id if found.organisation else "its id"
    yield ""
    yield "A deck begins so:"
    yield from (
        "    project: {title: What it is called}",
        f"    organisation: {{id: {organisation}}}",
        f"    gate: {{requested: {found.gate.id}}}",
        f"    meta: {{as_of: {found.as_of}}}",
    )
    yield from wrap(
        "A name below with dots is nested: finance.whole_life_cost stands under finance: as "
        "whole_life_cost. In a list, each item begins with a hyphen. TBC and a blank count as not "
        "answered."
    )


def _rules(found: Questions) -> Iterator[str]:
    yield ""
    yield "The rules that ask"
    for rule in found.rules:
        yield from wrap(f"{rule.id}  {rule.title}", "  ", " " * 14)


def _list(part: Part, number: int) -> Iterator[str]:
    assert part.list is not None
    yield from _numbered(number, f"List each {part.list.item}. If there are none, say so: [].")
    named = [part.list.name_from] if part.list.name_from else []
    facts = dict.fromkeys([*named, *(question.fact for question in part.questions)])
    item = ", ".join(f"{fact}: …" for fact in facts)
    yield from wrap(f"{part.list.name}: a list, each item - {{{item}}}", "     ", "       ")
    yield from wrap(f"Asked by {', '.join(part.rules)}", "     ", "       ")


def _question(question: Question, number: int, part: Part) -> Iterator[str]:
    of_each = f"For each {part.list.item}: " if part.list else ""
    yield from _numbered(number, f"{of_each}{question.spec.question}")
    yield from wrap(f"{question.fact}: {_answer(question.spec)}", "     ", "       ")
    if question.taken_as is not None:
        taken = show_value(question.spec, question.taken_as)
        yield from wrap(f"Taken as {taken} unless the deck says otherwise", "     ", "       ")
    yield from wrap(f"Asked by {', '.join(question.rules)}", "     ", "       ")


def _numbered(number: int, text: str) -> Iterator[str]:
    yield from wrap(text, f"{number:>3}. ", "     ")


def _answer(spec: FactSpec) -> str:
    if spec.type in ("choice", "choices"):
        ids = join_words(list(spec.values), "or")
        answer = f"one of {ids}" if spec.type == "choice" else f"any of {ids}"
    else:
        answer = _ANSWERS[spec.type]
    return f"{answer}; write {_JUDGED}" if spec.attested else answer
