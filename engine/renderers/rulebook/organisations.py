"""Who uses which rules, with their own numbers and names, and what does not bind them."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.rules import Organisation
from engine.renderers.as_markdown import escape
from engine.renderers.rulebook.book import Book
from engine.renderers.rulebook.sources import cite
from engine.showing import show_value


def organisations_page(book: Book) -> Iterator[str]:
    """Each organisation's file in words."""
    yield "# Organisations"
    yield ""
    yield "What each organisation's own file says."
    organisations = book.rulebook.organisations.values()
    for each in [book.organisation] if book.organisation else organisations:
        yield from _organisation(book, each)


def _organisation(book: Book, own: Organisation) -> Iterator[str]:
    rulebook, words = book.rulebook, book.rulebook.vocabulary
    yield ""
    yield f"## {escape(own.title)}"
    yield ""
    yield f"`{own.id}`. {escape(own.description)}".rstrip()
    yield ""
    yield f"- Rulesets: {', '.join(escape(rulebook.rulesets[n].title) for n in own.rulesets)}"
    yield f"- Gates: {', '.join(escape(rulebook.gates[n].title) for n in own.gates)}"
    for title, facts in (
        ("Holds for every deck", own.facts),
        ("Unless a deck differs", own.defaults),
    ):
        said = [
            f"{words.facts[n].label}: {show_value(words.facts[n], v)}" for n, v in facts.items()
        ]
        if said:
            yield f"- {title}: {escape('; '.join(said))}"
    named = [f"{words.roles[role]}: {name}" for role, name in own.roles.items()]
    if named:
        yield f"- Names: {escape('; '.join(named))}"
    for threshold in own.thresholds.values():
        yield f"- Own number: {escape(threshold.title)}"
    if own.not_bound_by:
        yield ""
        yield "What does not bind it:"
        yield ""
        for each in own.not_bound_by:
            yield f"- {escape(each.title)}: {escape(each.because)} {cite(each.source)}"
