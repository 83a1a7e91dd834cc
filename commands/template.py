"""gatewise template: a deck to fill in for a gate, as slides or as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.files import keep_apart, load, readable, refuse_early, write
from commands.options import IsoDate, rules_option
from commands.rules import names_given

if TYPE_CHECKING:
    from engine import Deck, Vocabulary


@click.group()
def template() -> None:
    """Make a deck to fill in for a gate, as slides or as a workbook.

    It holds the questions that are asked at the gate. With --from it also holds what an earlier
    deck states, and so carries a project from one gate to the next: the earlier deck's gate
    becomes the previous gate, and what was decided there is left to be filled in.
    """


def _options(ending: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """What both forms take."""
    options = (
        click.option("--gate", metavar="GATE", required=True, help="The gate the deck goes to."),
        click.option(
            "--organisation", metavar="ID", help="Whose gate it is; else the earlier deck's own."
        ),
        click.option(
            "--as-of",
            type=IsoDate(),
            metavar="DATE",
            help="The date of the deck; else the earlier deck's own, else it is left open.",
        ),
        click.option(
            "--from", "source", metavar="DECK", help="An earlier deck whose answers it takes over."
        ),
        rules_option,
        click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path, dir_okay=False),
            required=True,
            metavar="FILE",
            help=f"The file to write; it ends in {ending}.",
        ),
    )

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return add


@template.command()
@_options(".pptx")
def deck(**given: Any) -> None:
    """Write a PowerPoint file, with guidance in its notes.

    Each section and list has a slide, or several where it does not fit on one.
    """
    _make(".pptx", **given)


@template.command()
@_options(".xlsx")
def workbook(**given: Any) -> None:
    """Write an Excel workbook, with choices to pick from.

    Each section and list has a sheet.
    """
    _make(".xlsx", **given)


def _make(
    ending: str,
    gate: str,
    organisation: str | None,
    as_of: date | None,
    source: str | None,
    rules: Path | None,
    output: Path,
) -> None:
    from engine import make_template, render_template

    if output.suffix.lower() != ending:
        raise click.UsageError(f"--output {output} must end in {ending}.")
    keep_apart((("", output),), (source,) if source else ())
    refuse_early(((ending.removeprefix("."), output),))
    rulebook = load(rules)
    earlier = _read(source, rulebook.vocabulary) if source else None
    with names_given():
        made = make_template(
            rulebook, gate, date.today(), as_of=as_of, organisation=organisation, deck=earlier
        )
    write(output, render_template(made, ending))
    click.echo(f"{output} is made for the gate {made.gate.title}.")
    if made.carried:
        click.echo(made.carried)


def _read(name: str, vocabulary: Vocabulary) -> Deck:
    """The one deck of a file; what is to know of it is said."""
    from engine import parse_deck

    found = readable(name, vocabulary)
    if len(found) != 1:
        raise click.UsageError(f"--from {name} holds {len(found)} decks; give a file of one.")
    read = parse_deck(found[0], vocabulary)
    for note in read.notes:
        click.echo(f"{note.place}: {note.text}", err=True)
    return read
