"""Writes the files that are made from the rules and the code; with --check, says which are stale.

``make docs`` runs it, and ``make check`` runs it with --check.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from cli import main as main_command
from docs.tally import coverage_page
from docs.variants import variant_files
from engine import all_schemas, load_rulebook, render_rulebook

ROOT = Path(__file__).resolve().parent.parent
_WIDTH = 180  # a fact with its label and question stands on one line


def schema_files() -> dict[str, str]:
    """The JSON Schemas of the shipped rules, by their path from the project's folder."""
    schemas = all_schemas(load_rulebook(ROOT / "rules"))
    return {f"schemas/{name}": f"{as_lines(schema)}\n" for name, schema in schemas.items()}


def command_line_page() -> dict[str, str]:
    """The command line's own help, command by command, as one page."""
    lines = ["# Command line", "", "Made from the commands themselves; `make docs` refreshes it."]
    for name, command in _commands("gatewise", main_command):
        context = click.Context(command, info_name=name, terminal_width=90, max_content_width=90)
        lines += ["", f"## {name}", "", "```text", command.get_help(context), "```"]
    return {"docs/cli.md": "\n".join(lines) + "\n"}


def _commands(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None
            yield from _commands(f"{name} {below}", found)


def generated_files() -> dict[str, str]:
    """Every generated file by its path from the project's folder."""
    return {
        **schema_files(),
        **command_line_page(),
        **rulebook_pages(),
        **variant_files(),
        "docs/coverage.md": coverage_page(),
    }


def rulebook_pages() -> dict[str, str]:
    """The shipped rulebook as pages, by their path from the project's folder."""
    pages = render_rulebook(load_rulebook(ROOT / "rules", cases=False))
    return {f"docs/rulebook/{name}": text for name, text in pages.items()}


def write_schemas(root: Path = ROOT) -> None:
    """Write the JSON Schemas below a project's folder."""
    _write(schema_files(), root)


def as_lines(value: Any, indent: int = 0, room: int = _WIDTH) -> str:
    """JSON in which whatever fits on a line stands on one: short files, and short changes."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) <= room - indent or not isinstance(value, dict | list) or not value:
        return line
    inner, outer = "\n" + " " * (indent + 1), "\n" + " " * indent
    if isinstance(value, list):
        parts = [as_lines(part, indent + 1) for part in value]
        return f"[{inner}{f',{inner}'.join(parts)}{outer}]"
    parts = []
    for key, part in value.items():
        start = f"{json.dumps(key, ensure_ascii=False)}: "
        parts.append(start + as_lines(part, indent + 1, _WIDTH - len(start)))
    return f"{{{inner}{f',{inner}'.join(parts)}{outer}}}"


def _left_over(files: Mapping[str, str], root: Path) -> list[Path]:
    """Pages of the rulebook that no ruleset stands behind any more."""
    return [
        path
        for path in sorted((root / "docs" / "rulebook").rglob("*.md"))
        if path.relative_to(root).as_posix() not in files
    ]


def _write(files: Mapping[str, str], root: Path) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _stale(files: Mapping[str, str], root: Path) -> list[str]:
    return [
        name
        for name, text in files.items()
        if not (root / name).is_file() or (root / name).read_text(encoding="utf-8") != text
    ]


def main(arguments: list[str]) -> int:
    """Write every generated file, or with --check name those that are stale."""
    if "--check" not in arguments:
        _write(variant_files(), ROOT)  # the page on coverage reads them
    files = generated_files()
    if "--check" not in arguments:
        _write(files, ROOT)
        for path in _left_over(files, ROOT):
            path.unlink()
        return 0
    stale = _stale(files, ROOT)
    stale += [path.relative_to(ROOT).as_posix() for path in _left_over(files, ROOT)]
    for name in stale:
        print(f"{name} is stale: run make docs", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
