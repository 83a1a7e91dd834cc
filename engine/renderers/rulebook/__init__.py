"""The rulebook as a few Markdown pages: by gate, by owner, rule by rule, and its numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from engine.lookup import find_organisation
from engine.model.rules import Rulebook
from engine.renderers.rulebook.book import Book
from engine.renderers.rulebook.gates import gates_page, owners_page
from engine.renderers.rulebook.numbers import proposed_page, thresholds_page
from engine.renderers.rulebook.organisations import organisations_page
from engine.renderers.rulebook.rules import ruleset_page
from engine.renderers.rulebook.sources import sources_page

PAGES: Mapping[str, Callable[[Book], Iterator[str]]] = {
    "by-gate.md": gates_page,
    "by-owner.md": owners_page,
    "thresholds.md": thresholds_page,
    "numbers-this-tool-proposes.md": proposed_page,
    "sources.md": sources_page,
    "organisations.md": organisations_page,
}


def rulebook_pages(rulebook: Rulebook, organisation: str | None = None) -> dict[str, str]:
    """Every page by its file's name.

    Raises:
        RuleError: there is no such organisation.
    """
    own = None if organisation is None else find_organisation(rulebook, organisation)
    book = Book(rulebook, own)
    pages = {name: page(book) for name, page in PAGES.items()}
    pages |= {f"rules/{each.id}.md": ruleset_page(book, each) for each in book.rulesets}
    texts = {name: list(lines) for name, lines in pages.items()}
    titles = {name: lines[0].removeprefix("# ") for name, lines in texts.items()}
    texts["README.md"] = list(_index(book, titles))
    return {name: "\n".join(lines) + "\n" for name, lines in texts.items()}


def _index(book: Book, titles: Mapping[str, str]) -> Iterator[str]:
    yield f"# The rulebook{book.of_whom}"
    yield ""
    yield "Made from the rules themselves. A rule's id leads to the whole of it."
    yield ""
    yield f"{len(book.rules)} rules in {len(book.rulesets)} rulesets."
    yield ""
    for name, title in titles.items():
        yield f"- [{title}]({name})"
