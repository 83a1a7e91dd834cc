"""What a command reads and writes: rulebooks, decks, answers."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from engine import Deck, DeckMapping, Document, NotAssessed, Problem, Rulebook, Vocabulary


def load(folder: Path | None, *, cases: bool = False) -> Rulebook:
    """The rulebook of a folder, or the shipped one."""
    from engine import load_rulebook, shipped_rules

    return load_rulebook(folder or shipped_rules(), cases=cases)


def check_names(
    rulebook: Rulebook, gate: str | None, organisation: str | None, rule: str | None = None
) -> None:
    """What the command line names and the rules lack is a usage error."""
    from engine import RuleError, find_gate, find_organisation, find_rule

    try:
        if rule is not None:
            find_rule(rulebook, rule)
        own = None if organisation is None else find_organisation(rulebook, organisation)
        if gate is not None:
            find_gate(rulebook, gate, own)
    except RuleError as error:
        raise click.UsageError(str(error)) from None


def load_map(name: str | None, vocabulary: Vocabulary) -> DeckMapping | None:
    """The mapping of that name or path; one that there is not is a usage error."""
    from engine import DeckError, find_mapping, load_mapping

    if name is None:
        return None
    try:
        find_mapping(name)
    except DeckError as error:
        raise click.UsageError(str(error)) from None
    return load_mapping(name, vocabulary)


def documents(
    names: tuple[str, ...], vocabulary: Vocabulary, mapping: DeckMapping | None = None
) -> Iterator[Document | NotAssessed]:
    """Each deck of each file, and in its place each file that could not be read."""
    from engine import DeckError, NotAssessed

    for name in names:
        try:
            yield from readable(name, vocabulary, mapping)
        except DeckError as error:
            yield NotAssessed(error.problems[0].place.source, error.problems)


def readable(
    name: str, vocabulary: Vocabulary, mapping: DeckMapping | None = None
) -> list[Document]:
    """The decks of one file, or of standard input; of a table by its mapping."""
    from engine import read_documents, read_standard_input

    if name == "-":
        return read_standard_input(sys.stdin.buffer, mapping)
    return read_documents(name, vocabulary, mapping)


def each_deck(documents: list[Document], vocabulary: Vocabulary) -> Iterator[Deck]:
    """The decks one by one; those that cannot be read end it, after all others."""
    from engine import DeckError, parse_deck

    problems: list[Problem] = []
    for document in documents:
        try:
            yield parse_deck(document, vocabulary)
        except DeckError as error:
            problems.extend(error.problems)
    if problems:
        raise DeckError(problems)


def name_of(document: Document) -> str:
    """What to call a deck that could not be assessed."""
    return ", ".join(part for part in (document.source, document.where) if part)


def keep_apart(
    outputs: tuple[tuple[str, Path], ...], decks: tuple[str, ...], mappings: Iterable[str] = ()
) -> None:
    """An output that would replace a deck, its mapping or another output is a usage error."""
    given = [Path(deck) for deck in decks if deck != "-"]
    taken = {_real(deck): "the deck itself" for deck in given}
    taken |= {_real(Path(mapping)): "the mapping" for mapping in mappings}
    for form, file in outputs:
        real = _real(file)
        if any(_is_same_file(file, deck) for deck in given):
            taken[real] = "the deck itself"
        if real in taken:
            option = form if form.startswith("--") else "--output"
            raise click.UsageError(f"{option} would replace {file}, which is {taken[real]}.")
        taken[real] = "another output"


def _is_same_file(file: Path, deck: Path) -> bool:
    """Whether both names are of one file, although neither leads to the other."""
    try:
        return file.samefile(deck)
    except (OSError, ValueError):
        return False


def _real(file: Path) -> Path:
    """Where a name leads; one that no file can have leads nowhere else."""
    try:
        return file.resolve()
    except (OSError, ValueError):
        return file


def refuse_early(outputs: tuple[tuple[str, Path], ...]) -> None:
    """What could not be written at the end is a usage error before anything is assessed."""
    from engine import ExtraMissing, prepare_form

    for form, file in outputs:
        try:
            prepare_form(form)
        except ExtraMissing as error:
            raise click.UsageError(str(error)) from None
        with _writing(file):
            there = file.exists()
            if there and not (file.is_file() or file.is_dir()):
                continue  # a pipe would take the opening below for the end of the text
            file.open("ab").close()
            if not there:
                file.resolve().unlink()


def write(file: Path, content: bytes) -> None:
    """Write a file, or say why it cannot be written."""
    with _writing(file):
        file.write_bytes(content)


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        words = (getattr(error, "strerror", None) or "it cannot be opened").lower()
        raise click.UsageError(f"{file} cannot be written: {words}") from None
