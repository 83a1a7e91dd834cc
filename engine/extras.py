"""Libraries that only some people need: asked for when they are used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from engine.errors import ExtraMissing, Place, Problem


@contextmanager
def extra(name: str, what_for: str) -> Iterator[None]:
    """Import inside of this: what is not installed is a sentence that says how to install it.

    Args:
        name: the extra in pyproject.toml.
        what_for: what a person wanted: "PowerPoint files".

    Raises:
        ExtraMissing: an import inside failed because a library is not there.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        fix = f"Install it: pip install 'gatewise[{name}]'."
        library = (error.name or "").partition(".")[0]
        message = f"{what_for} need the library {library}, which is not installed"
        raise ExtraMissing([Problem(Place("gatewise"), message, fix=fix)]) from None
