"""gatewise map: list the mappings that come along, show one, or draft one for a table."""

from __future__ import annotations

from pathlib import Path

import click

from commands.files import load, write
from commands.options import rules_option


@click.group("map")
def map_group() -> None:
    """Mappings, which say what the columns of a table mean: list, show, draft one."""


@map_group.command("list")
@rules_option
def map_list(rules: Path | None) -> None:
    """List the mappings that come with this tool, by the name to give to --map."""
    from engine import load_mapping, mapping_names

    words = load(rules).vocabulary
    names = mapping_names()
    for name in names:
        click.echo(f"{name:{max(map(len, names))}}  {load_mapping(name, words).title}")


@map_group.command("show")
@click.argument("name")
def map_show(name: str) -> None:
    """Print a mapping file, as a start for one of your own.

    NAME is one of gatewise map list.
    """
    from engine import DeckError, find_mapping

    try:
        file = find_mapping(name)
        click.echo(file.read_text(encoding="utf-8"), nl=False)
    except DeckError as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        words = (error.strerror or "it cannot be opened").lower()
        raise click.UsageError(f"{file} cannot be read: {words}") from None


@map_group.command("new")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The mapping file to write; else it is printed.",
)
@rules_option
def map_new(file: Path, output: Path | None, rules: Path | None) -> None:
    """Draft a mapping for a table: suggest a fact for each column that comes near one.

    FILE is a CSV file, a workbook or JSON of any shape. Each suggestion says how sure it is, and
    what else the column may mean. Correct the draft before you rely on it.
    """
    from engine import draft_mapping_of_file

    text = draft_mapping_of_file(file, load(rules).vocabulary)
    if output is None:
        click.echo(text, nl=False)
        return
    if output.exists():
        raise click.UsageError(f"{output} is there already. Name another file, or remove it.")
    write(output, text.encode())
    click.echo(f"Drafted {output}. Read each line, then: gatewise check {file} --map {output}")
