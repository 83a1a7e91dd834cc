"""Column maps in."""

from __future__ import annotations

from pathlib import Path

from engine.errors import Place, Problem, RuleError, printable
from engine.model.document import Document
from engine.readers.files import decode, read_file
from engine.readers.from_yaml import parse_yaml


def read_column_map(path: Path) -> Document:
    """Read the YAML file that says which columns a list has.

    Raises:
        RuleError: the file cannot be read, or is not one YAML document.
    """
    source = printable(str(path))
    found = parse_yaml(decode(read_file(path, RuleError), source, RuleError), source, RuleError)
    if len(found) != 1:
        fix = "Write columns: and, under it, each heading with what it holds."
        raise RuleError([Problem(Place(source), "the file is not one column map", fix=fix)])
    return found[0]
