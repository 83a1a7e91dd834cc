"""Files in: one module for each format, and the two front doors for decks and rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from engine.errors import DeckError, PersonError, Place, Problem, RuleError, nearest, printable
from engine.model.document import Document
from engine.model.rules import Rulebook
from engine.parse.rulebook import FolderDocuments, parse_rulebook
from engine.readers.from_json import parse_json, parse_json_lines
from engine.readers.from_yaml import parse_yaml

LARGEST_FILE = 10 * 1024 * 1024  # bytes, checked before anything is parsed

_CASES = re.compile(
    r"(?m)^( +)cases: *\n(?=\1 *- (?:\{ *)?name:)(?:(?:\1[ -].*| *(?:#.*)?)(?:\n|\Z))+"
)

DECK_FORMATS: Mapping[str, Callable[[str, str], list[Document]]] = {
    ".yaml": parse_yaml,
    ".yml": parse_yaml,
    ".json": parse_json,
    ".jsonl": parse_json_lines,
}


def read_documents(path: Path | str) -> list[Document]:
    """Read the decks of one file, as yet unchecked; the ending names the format.

    Raises:
        DeckError: the file cannot be read, or is not what its ending says.
    """
    path = Path(path)
    source = printable(str(path))
    if path.is_dir():
        fix = f"Name the files in it: {source}/*.yaml."
        raise DeckError([Problem(Place(source), "a folder where a file is needed", fix=fix)])
    parse = DECK_FORMATS.get(path.suffix.lower())
    if parse is None:
        fix = f"Use a file that ends in {', '.join(DECK_FORMATS)}."
        raise DeckError([Problem(Place(source), "not a deck's format", path.suffix, fix=fix)])
    text = _decode(_read_file(path, DeckError), source, DeckError)
    return _not_none(parse(text, source), source)


def read_standard_input(stream: BinaryIO) -> list[Document]:
    """Read the decks that come on a stream: JSON, JSON Lines or YAML, whichever it is.

    Raises:
        DeckError: as ``read_documents``.
    """
    source = "standard input"
    content = stream.read(LARGEST_FILE + 1)
    _check_size(len(content), source, DeckError)
    text = _decode(content, source, DeckError)
    if not text.lstrip().startswith(("{", "[")):
        return _not_none(parse_yaml(text, source), source)
    parse = parse_json_lines if _is_one_a_line(text) else parse_json
    return _not_none(parse(text, source), source)


def _is_one_a_line(text: str) -> bool:
    """Whether this is JSON Lines, although a line of it may be broken."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    first, rest = lines[0], lines[1:]
    whole = first.startswith("{") and first.endswith("}")
    return bool(rest) and (whole or (first != "{" and rest[0].startswith("{")))


def shipped_rules() -> Path:
    """The rules folder that comes with this tool."""
    return Path(__file__).resolve().parents[2] / "rules"


def load_rulebook(folder: Path | str, *, cases: bool = True) -> Rulebook:
    """Read a rules folder: facts.yaml, the other rulesets beside it, and organisations/.

    Args:
        cases: whether to read the worked examples too, which are most of the text. Without them
            nothing else changes, the hash included.

    Places name its files from the folder's name on where it is the shipped one, else as given.

    Raises:
        RuleError: holds every problem of every file, by file and line.
    """
    folder = Path(folder)
    shown = folder.relative_to(folder.parent) if folder == shipped_rules() else folder
    if not (folder / "facts.yaml").is_file():
        fix = "Give a folder that holds facts.yaml; rules/README.md says what goes in it."
        raise RuleError([Problem(Place(str(folder)), "not a rules folder", fix=fix)])
    documents: dict[Path, Document] = {}
    content: dict[str, bytes] = {}
    problems = list(_left_unread(folder, shown))
    for path in sorted([*folder.glob("[!.]*.yaml"), *folder.glob("organisations/[!.]*.yaml")]):
        name = path.relative_to(folder)
        source = str(shown / name)
        try:
            raw = _read_file(path, RuleError)
            content[name.as_posix()] = raw
            found = _parse_rules(_decode(raw, source, RuleError), source, cases)
            documents[path] = found[0] if found else Document(source, None, {(): 1})
            problems += [
                Problem(
                    Place(source, extra.lines[()]),
                    "the file goes on after a line ---",
                    fix="Take the line --- out.",
                )
                for extra in found[1:2]
            ]
        except RuleError as error:
            problems.extend(error.problems)
    try:
        rulebook = parse_rulebook(_folder_documents(folder, documents, content))
    except RuleError as error:
        # a file that is not YAML leaves holes, so what others say of its names is left unsaid
        raise (RuleError(problems) if problems else error) from None
    if problems:
        raise RuleError(problems)
    return rulebook


def _left_unread(folder: Path, shown: Path) -> Iterator[Problem]:
    """What somebody must have meant to be read: a rule that has no effect is worse than none."""
    for path in sorted([*folder.glob("[!.]*"), *folder.glob("organisations/[!.]*")]):
        place = Place(str(shown / path.relative_to(folder)))
        if path.is_dir() and path.name != "organisations":
            if fix := nearest(path.name, ["organisations"]):
                yield Problem(place, "this folder is not read", fix=fix)
        elif path.suffix != ".yaml" and path.suffix.lower() in (".yaml", ".yml"):
            yield Problem(place, "this file is not read", fix=f"Call it {path.stem}.yaml.")


def _parse_rules(text: str, source: str, cases: bool) -> list[Document]:
    if not cases:
        try:
            return parse_yaml(without_cases(text), source, RuleError)
        except RuleError:
            pass  # blanking may have torn something apart: the whole text says what is wrong
    return parse_yaml(text, source, RuleError)


def without_cases(text: str) -> str:
    """A ruleset's text with every list of cases blanked out; the lines keep their numbers."""
    return _CASES.sub(lambda cases: "\n" * cases[0].count("\n"), text)


def _folder_documents(
    folder: Path, documents: Mapping[Path, Document], content: Mapping[str, bytes]
) -> FolderDocuments:
    facts = folder / "facts.yaml"
    return FolderDocuments(
        title=folder.resolve().name,
        vocabulary=documents.get(facts, Document(str(facts), {}, {})),
        rulesets={
            path.stem: document
            for path, document in documents.items()
            if path.parent == folder and path != facts
        },
        organisations={
            path.stem: document for path, document in documents.items() if path.parent != folder
        },
        content=content,
    )


def _read_file(path: Path, error: type[PersonError]) -> bytes:
    source = printable(str(path))
    try:
        _check_size(path.stat().st_size, source, error)
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)  # a file may grow, or hide its size
    except (OSError, ValueError) as reason:  # ValueError: a name that no file can have
        words = (getattr(reason, "strerror", None) or "it cannot be opened").lower()
        fix = "Check the name and that you may read it."
        raise error([Problem(Place(source), f"cannot be read: {words}", fix=fix)]) from None
    _check_size(len(content), source, error)
    return content


def _check_size(size: int, source: str, error: type[PersonError]) -> None:
    if size > LARGEST_FILE:
        limit = f"at most {LARGEST_FILE // 1024**2} MB"
        problem = Problem(Place(source), "the file is too large", f"{size:,} bytes", limit)
        raise error([problem])


def _decode(content: bytes, source: str, error: type[PersonError]) -> str:
    def stop(message: str, fix: str, line: int | None = None) -> PersonError:
        return error([Problem(Place(source, line), message, fix=fix)])

    if not content.strip():
        raise stop("the file is empty", "Write something in it, or leave it out.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise stop("the text is in UTF-16", "Save it as UTF-8.")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise stop("an office document, not text", "Give the deck as YAML or JSON.")
    if b"\0" in content:
        raise stop("not a text file", "Give a text file in UTF-8.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        line = content.count(b"\n", 0, reason.start) + 1
        raise stop("the text is not in UTF-8", "Save it as UTF-8.", line) from None


def _not_none(documents: list[Document], source: str) -> list[Document]:
    if not documents:
        fix = "Begin with project: and its title."
        raise DeckError([Problem(Place(source), "the file holds no deck", fix=fix)])
    return documents
