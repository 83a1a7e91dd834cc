"""A rules folder in: the vocabulary, the rulesets and the organisations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from engine.errors import Place, Problem, RuleError, nearest
from engine.model.document import Document
from engine.model.rules import Rulebook
from engine.parse.rulebook import FolderDocuments, parse_rulebook
from engine.readers.files import decode, read_file
from engine.readers.from_yaml import parse_yaml

_CASES = re.compile(
    r"(?m)^( +)cases: *\n(?=\1 *- (?:\{ *)?name:)(?:(?:\1[ -].*| *(?:#.*)?)(?:\n|\Z))+"
)


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
            raw = read_file(path, RuleError)
            content[name.as_posix()] = raw
            found = _parse_rules(decode(raw, source, RuleError), source, cases)
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
