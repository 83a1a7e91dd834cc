"""Which random examples the tests try, and the command line as tests call it."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import cli
import engine

_MANY = os.environ.get("GATEWISE_EXAMPLES")
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]

settings.register_profile(
    "ci", max_examples=60, derandomize=True, deadline=None, suppress_health_check=_SLOW
)
settings.register_profile(  # GATEWISE_EXAMPLES=5000: other ones each time, and this many
    "search",
    max_examples=int(_MANY or 60),
    deadline=None,
    print_blob=True,
    suppress_health_check=_SLOW,
)
settings.load_profile("search" if _MANY else "ci")


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


_load = engine.load_rulebook


@lru_cache(maxsize=2)
def _shipped(cases: bool) -> engine.Rulebook:
    return _load(engine.shipped_rules(), cases=cases)


@pytest.fixture
def gatewise(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """The command line in this process; the shipped rules, which do not change, are read once."""

    def load_once(folder: Path, *, cases: bool = True) -> engine.Rulebook:
        return _shipped(cases) if folder == engine.shipped_rules() else _load(folder, cases=cases)

    monkeypatch.setattr(engine, "load_rulebook", load_once)

    def run(*arguments: object, stdin: str | bytes = b"") -> Ran:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["gatewise", *map(str, arguments)])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            with pytest.raises(SystemExit) as stop:
                cli.run()
        code = stop.value.code
        assert isinstance(code, int)
        texts = []
        for stream in (out, err):
            stream.flush()
            assert isinstance(stream.buffer, io.BytesIO)
            texts.append(stream.buffer.getvalue().decode())
        return Ran(code, *texts)

    return run


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make a library one that is not installed, also for what has imported it already."""

    def forget(library: str) -> None:
        for name in list(sys.modules):
            if name.split(".")[0] == library or name.startswith("engine.renderers."):
                monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, library, None)

    return forget
