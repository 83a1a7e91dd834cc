"""Writes the files that are generated from the rules and the code: run it by ``make docs``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from engine.readers import load_rulebook
from engine.schema import all_schemas

ROOT = Path(__file__).resolve().parent.parent
_WIDTH = 100


def write_schemas(folder: Path = ROOT / "schemas") -> list[Path]:
    """Write the JSON Schemas of the shipped rules, and say which files they are."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in all_schemas(load_rulebook(ROOT / "rules")).items():
        path = folder / name
        path.write_text(as_lines(schema) + "\n", encoding="utf-8")
        written.append(path)
    return written


def as_lines(value: Any, indent: int = 0, room: int = _WIDTH) -> str:
    """JSON in which whatever fits on a line stands on one: short files, and short changes."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) <= room - indent or not isinstance(value, dict | list) or not value:
        return line
    inner = " " * (indent + 1)
    if isinstance(value, list):
        parts = [as_lines(part, indent + 1) for part in value]
        return "[\n" + ",\n".join(inner + part for part in parts) + "\n" + " " * indent + "]"
    parts = []
    for key, part in value.items():
        start = json.dumps(key, ensure_ascii=False) + ": "
        parts.append(inner + start + as_lines(part, indent + 1, _WIDTH - len(start)))
    return "{\n" + ",\n".join(parts) + "\n" + " " * indent + "}"


if __name__ == "__main__":
    for path in write_schemas():
        print(path.relative_to(ROOT))
