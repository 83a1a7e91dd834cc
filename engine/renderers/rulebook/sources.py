"""Where everything comes from."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.thresholds import Source, Standing
from engine.renderers.as_markdown import escape
from engine.renderers.rulebook.book import Book
from engine.renderers.words import STANDINGS, source

_ORDER: tuple[Standing, ...] = ("published", "organisation", "second_hand", "default")


def cite(where: Source) -> str:
    """A source in one line, leading to its page where it has one."""
    words = escape(source(where))
    return f"[{words}](<{where.link}>)" if where.link else words


def sources_page(book: Book) -> Iterator[str]:
    """Every document by its standing, with the rules and numbers that rest on it."""
    rules: dict[Source, list[str]] = {}
    numbers: dict[Source, list[str]] = {}
    for rule in book.rules:
        rules.setdefault(rule.source, []).append(book.link(rule))
    for threshold in book.thresholds.values():
        for dated in threshold.values:
            known = numbers.setdefault(dated.source, [])
            if threshold.title not in known:
                known.append(threshold.title)
    for conclusion in book.selection.conclusions:
        rules.setdefault(conclusion.source, []).append(escape(conclusion.title))
    yield f"# Sources{book.of_whom}"
    yield ""
    yield "Every document that a rule or a number rests on, and what its standing is."
    found = dict.fromkeys([*rules, *numbers])
    for standing in _ORDER:
        here = sorted(
            (each for each in found if each.standing == standing),
            key=lambda each: (each.document.casefold(), each.clause, each.date),
        )
        if here:
            words = STANDINGS[standing]
            yield ""
            yield f"## {words[:1].upper()}{words[1:]}"
            yield ""
        for each in here:
            yield f"- {cite(each)}"
            if each in rules:
                yield f"  - Rules: {', '.join(rules[each])}"
            if each in numbers:
                yield f"  - Numbers: {escape('; '.join(numbers[each]))}"
