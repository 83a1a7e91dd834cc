"""--annotate: a copy of a presentation with the findings on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.files import write

if TYPE_CHECKING:
    from engine import Assessment, Vocabulary


def check_annotate(decks: tuple[str, ...], file: Path) -> None:
    """What cannot be annotated is a usage error, before anything is read."""
    if len(decks) != 1:
        raise click.UsageError(f"--annotate takes one deck, and {len(decks)} were given.")
    if Path(decks[0]).suffix.lower() != ".pptx":
        raise click.UsageError(
            f"--annotate is for presentations that end in .pptx, and {decks[0]} is none. "
            "Use --output pptx=FILE for a page about it."
        )
    if file.suffix.lower() != ".pptx":
        raise click.UsageError(f"--annotate writes a presentation: end {file} in .pptx.")


def annotate(deck: str, assessment: Assessment, vocabulary: Vocabulary, file: Path) -> None:
    """Write the copy; the deck itself is only read."""
    from engine import read_pages, render_annotated, understand

    addresses = understand(read_pages(deck), vocabulary).addresses
    write(file, render_annotated(assessment, Path(deck).read_bytes(), addresses))
