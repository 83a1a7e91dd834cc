"""The house rules that no linter knows."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import engine

ROOT = Path(__file__).resolve().parent.parent


def imports_of(path: Path) -> list[tuple[str, tuple[str, ...]]]:
    """Every import in a file: the module, and the names taken from it."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found.append((node.module or "", tuple(alias.name for alias in node.names)))
        elif isinstance(node, ast.Import):
            found += [(alias.name, ()) for alias in node.names]
    return found


def test_the_command_line_uses_only_the_public_api() -> None:
    for path in (ROOT / "cli.py", *ROOT.glob("commands/*.py")):
        for module, names in imports_of(path):
            if module.split(".")[0] == "engine":
                assert module == "engine", f"{path.name} reaches into {module}"
                assert set(names) <= set(engine.__all__), set(names) - set(engine.__all__)


def test_every_public_name_is_there_and_in_order() -> None:
    assert sorted(engine.__all__, key=lambda n: (not n.isupper(), n[0].islower(), n)) == (
        engine.__all__
    )
    for name in engine.__all__:
        assert getattr(import_module("engine"), name) is not None


def test_no_public_name_is_also_a_module() -> None:
    """Importing such a module would put it in the place of the function."""
    modules = {path.stem for path in (ROOT / "engine").iterdir()}
    assert not modules & set(engine.__all__)


def test_help_imports_neither_the_engine_nor_pydantic() -> None:
    heavy = "('pydantic', 'yaml', 'engine.assessing')"
    code = f"import sys, cli; print(sorted(m for m in sys.modules if m in {heavy}))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_modules_keep_their_size() -> None:
    for path in [ROOT / "cli.py", *ROOT.glob("commands/*.py"), *ROOT.glob("engine/**/*.py")]:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= 330, f"{path.relative_to(ROOT)} has {lines} lines: a room to look at"
