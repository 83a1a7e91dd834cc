"""gatewise read: what is understood of a file, what waits for somebody, what is left."""

from __future__ import annotations

from pathlib import Path

import click

from commands.files import keep_apart, load, load_map, readable, write
from commands.options import map_option, rules_option


@click.command()
@click.argument("file", metavar="FILE")
@click.option(
    "-o",
    "--output",
    "output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also write a deck in YAML, with what is not certain as comments.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The form of what is printed.",
)
@map_option
@rules_option
def read(
    file: str, output: Path | None, form: str, mapping: str | None, rules: Path | None
) -> None:
    """Show what is understood of FILE, and what is not certain enough to be used.

    FILE is a presentation, a workbook, a deck in YAML or JSON, or a table with --map. Nothing is
    checked against the rules.
    """
    from engine import (
        OFFICE_FORMATS,
        parse_deck,
        read_pages,
        render_readings,
        understand,
        understood_as_written,
    )

    keep_apart((("yaml", output),) if output else (), (file,), [mapping] if mapping else [])
    vocabulary = load(rules).vocabulary
    columns = load_map(mapping, vocabulary)
    if columns is None and file != "-" and Path(file).suffix.lower() in OFFICE_FORMATS:
        found = [understand(read_pages(file), vocabulary)]
    else:
        found = [
            understood_as_written(document, parse_deck(document, vocabulary), vocabulary)
            for document in readable(file, vocabulary, columns)
        ]
    if output is not None:
        if len(found) > 1:
            raise click.UsageError(f"{file} holds {len(found)} decks, and -o writes one.")
        write(output, render_readings(found, vocabulary, "yaml").encode())
    click.echo(render_readings(found, vocabulary, form), nl=False)
