"""Office documents in: what a file's bytes hold, by the module that knows its format."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from engine.errors import DeckError, ExtraMissing, Place
from engine.model.pages import Pages


def pages_of(content: bytes, source: str, module: str) -> Pages:
    """What the bytes of an office document hold.

    Args:
        module: whose ``read_pages`` opens it, imported when used.

    Raises:
        DeckError: it is not what its ending says, or it cannot be read, or not without a library
            that is not installed: other files may need none.
    """
    try:
        pages: Pages = import_module(f"engine.readers.{module}").read_pages(content, source)
    except ExtraMissing as error:
        raise DeckError(replace(each, place=Place(source)) for each in error.problems) from None
    return pages
