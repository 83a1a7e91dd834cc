"""Mapping files in: those that come with this tool, and anybody's own."""

from __future__ import annotations

from pathlib import Path

from engine.errors import DeckError, Place, Problem, nearest, printable
from engine.model.document import Document
from engine.model.mapping import DeckMapping
from engine.model.vocabulary import Vocabulary
from engine.parse.mapping import parse_mapping
from engine.readers.files import decode, read_file
from engine.readers.from_yaml import parse_yaml


def shipped_mappings() -> Path:
    """The folder of mappings that comes with this tool."""
    return Path(__file__).resolve().parents[2] / "mappings"


def mapping_names() -> list[str]:
    """The names of the shipped mappings, in order."""
    return sorted(path.stem for path in shipped_mappings().glob("[!.]*.yaml"))


def find_mapping(name: str) -> Path:
    """The file of a mapping: of a shipped one by its name, else a path.

    Raises:
        DeckError: there is none.
    """
    if name in mapping_names():
        return shipped_mappings() / f"{name}.yaml"
    path = Path(name)
    if path.suffix.lower() in (".yaml", ".yml") or path.is_file():
        return path
    known = ", ".join(mapping_names())
    fix = nearest(name, mapping_names()) or "Give the path of a mapping file, or one of these."
    problem = Problem(Place(printable(name)), "there is no such mapping", expected=known, fix=fix)
    raise DeckError([problem])


def load_mapping(name: str, vocabulary: Vocabulary) -> DeckMapping:
    """Read a mapping, shipped or of a path, by the vocabulary that it maps to.

    Raises:
        DeckError: there is none, or it holds problems: every one of them.
    """
    path = find_mapping(name)
    shipped = path.parent == shipped_mappings()
    source = f"mappings/{path.name}" if shipped else printable(str(path))
    return parse_mapping_text(
        decode(read_file(path, DeckError), source, DeckError), source, vocabulary
    )


def parse_mapping_text(text: str, source: str, vocabulary: Vocabulary) -> DeckMapping:
    """A mapping file's text as a mapping.

    Raises:
        DeckError: it holds problems: every one of them.
    """
    documents = parse_yaml(text, source)
    for extra in documents[1:]:
        fix = "Write each mapping in a file of its own."
        raise DeckError([Problem(extra.place(), "the file goes on after a line ---", fix=fix)])
    document = documents[0] if documents else Document(source, None, {(): 1})
    return parse_mapping(document, vocabulary)
