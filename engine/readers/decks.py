"""Decks in: one or several of a file or stream; the file's ending names the format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from engine.errors import DeckError, Place, Problem, printable
from engine.model.document import Document
from engine.model.mapping import DeckMapping
from engine.model.pages import Pages
from engine.model.vocabulary import Vocabulary
from engine.readers.files import LARGEST_OFFICE_FILE, decode, read_file, read_stream
from engine.readers.from_json import is_json_lines, parse_json, parse_json_lines
from engine.readers.from_yaml import parse_yaml
from engine.readers.office import pages_of
from engine.readers.tables import read_table_documents, read_table_stream
from engine.understanding import understand

DECK_FORMATS: Mapping[str, Callable[[str, str], list[Document]]] = {
    ".yaml": parse_yaml,
    ".yml": parse_yaml,
    ".json": parse_json,
    ".jsonl": parse_json_lines,
}
# the module whose read_pages() opens it, imported when used
OFFICE_FORMATS: Mapping[str, str] = {
    ".pptx": "from_pptx",
    ".pptm": "from_pptx",
    ".ppt": "from_pptx",  # which says how to save it anew
    ".xlsx": "from_xlsx",
    ".xlsm": "from_xlsx",
    ".xls": "from_xlsx",
}


def read_documents(
    path: Path | str, vocabulary: Vocabulary | None = None, mapping: DeckMapping | None = None
) -> list[Document]:
    """Read the decks of one file, as yet unchecked; the ending names the format.

    Args:
        vocabulary: needed for office documents alone, whose words it is looked up in.
        mapping: what a table's columns mean; a YAML file is a deck all the same.

    Raises:
        DeckError: the file cannot be read, or not without a library that is not installed, or is
            not what its ending says.
    """
    path = Path(path)
    source = printable(str(path))
    if mapping is not None and path.suffix.lower() not in (".yaml", ".yml"):
        _refuse_folder(path)
        return read_table_documents(path, mapping)
    parse = DECK_FORMATS.get(_format_of(path))
    if parse is not None:
        return _not_none(
            parse(decode(read_file(path, DeckError), source, DeckError), source), source
        )
    if vocabulary is None:
        raise TypeError("an office document is read by a vocabulary")
    return [understand(read_pages(path), vocabulary).document]


def read_pages(path: Path | str) -> Pages:
    """What an office document holds, before anything is made of it.

    Raises:
        DeckError: the file cannot be read, or not without a library that is not installed, or is
            not what its ending says.
    """
    path = Path(path)
    name = OFFICE_FORMATS.get(_format_of(path))
    if name is None:
        fix = f"Use a file that ends in {', '.join(OFFICE_FORMATS)}."
        raise DeckError([Problem(Place(printable(str(path))), "not an office document", fix=fix)])
    content = read_file(path, DeckError, LARGEST_OFFICE_FILE)
    return pages_of(content, printable(str(path)), name)


def _format_of(path: Path) -> str:
    """The file's ending, where it is one that can be read."""
    source, ending = printable(str(path)), path.suffix.lower()
    _refuse_folder(path)
    if ending in (".csv", ".tsv"):
        message = "a table needs a mapping, which says what its columns mean"
        fix = f"Give one with --map; gatewise map new {source} drafts it."
        raise DeckError([Problem(Place(source), message, fix=fix)])
    if ending not in DECK_FORMATS and ending not in OFFICE_FORMATS:
        fix = f"Use a file that ends in {', '.join([*DECK_FORMATS, *OFFICE_FORMATS])}."
        raise DeckError([Problem(Place(source), "not a deck's format", path.suffix, fix=fix)])
    return ending


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        source = printable(str(path))
        fix = f"Name the files in it: {source}/*.yaml."
        raise DeckError([Problem(Place(source), "a folder where a file is needed", fix=fix)])


def read_standard_input(stream: BinaryIO, mapping: DeckMapping | None = None) -> list[Document]:
    """Read the decks that come on a stream: JSON, JSON Lines or YAML, whichever it is.

    Args:
        mapping: what the columns of a table mean, where the stream is one.

    Raises:
        DeckError: as ``read_documents``.
    """
    if mapping is not None:
        return read_table_stream(stream, mapping)
    source = "standard input"
    text = decode(read_stream(stream, source), source, DeckError)
    if not text.lstrip().startswith(("{", "[")):
        return _not_none(parse_yaml(text, source), source)
    parse = parse_json_lines if is_json_lines(text) else parse_json
    return _not_none(parse(text, source), source)


def _not_none(documents: list[Document], source: str) -> list[Document]:
    if not documents:
        fix = "Begin with project: and its title."
        raise DeckError([Problem(Place(source), "the file holds no deck", fix=fix)])
    return documents
