"""gatewise on the command line: parse, call, print, exit."""

from __future__ import annotations

import os
import sys
from datetime import date
from io import TextIOWrapper
from pathlib import Path

import click

from commands.checking import Answer, Asked, check_decks
from commands.exit_codes import BROKEN_RULES, INTERNAL, NOT_ASSESSED
from commands.files import check_names, each_deck, load, load_map, readable
from commands.mapping import map_group
from commands.options import (
    answer_options,
    as_of_option,
    deck_date_option,
    map_option,
    organisation_option,
    rules_option,
    scene_options,
)
from commands.pipeline import pipeline
from commands.reading import read as read_command
from commands.rules import names_given, rules
from commands.template import template

# pydantic looks through every installed package for plugins, which takes longer than reading a deck
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

HELP = """Is this project ready? Check a pitch deck against the rules of its gate.

\b
  gatewise check deck.yaml
  gatewise check decks/*.yaml --as-of 2026-06-01 --output json=answers.json

\b
Exit codes:
  0  nothing at or above --fail-on
  1  something is
  2  the command was not understood
  3  a deck could not be read or assessed
  4  the rules are broken
  5  internal error (the evaluators disagree, or a defect)
"""


@click.group(help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gatewise", message="%(prog)s %(version)s")
def main() -> None:
    """The command group."""


@main.command()
@click.argument("decks", nargs=-1, required=True, metavar="DECK…")
@map_option
@scene_options
@answer_options
def check(
    decks: tuple[str, ...],
    mapping: str | None,
    gate: str | None,
    as_of: date | None,
    organisation: str | None,
    rules: Path | None,
    fail_on: str,
    form: str,
    outputs: tuple[tuple[str, Path], ...],
    annotate: Path | None,
    show: str | None,
) -> None:
    """Assess decks: pass, recommend or escalate, each with its reasons.

    DECK is a YAML, JSON or JSON Lines file, a table with --map, or - for standard input.
    """
    asked = Asked(gate, as_of, organisation, rules, date.today(), mapping=mapping)
    sys.exit(check_decks(decks, asked, Answer(form, outputs, show == "all", fail_on, annotate)))


@main.command()
@click.argument("decks", nargs=-1, required=True, metavar="DECK…")
@click.option(
    "--previous",
    metavar="DECK",
    help="The decks of the period before: what moved since is asked too.",
)
@map_option
@deck_date_option
@organisation_option
@rules_option
@answer_options
def health(
    decks: tuple[str, ...],
    previous: str | None,
    mapping: str | None,
    as_of: date | None,
    organisation: str | None,
    rules: Path | None,
    fail_on: str,
    form: str,
    outputs: tuple[tuple[str, Path], ...],
    annotate: Path | None,
    show: str | None,
) -> None:
    """Check reports between two gates: do they add up, and do their ratings fit the data?

    DECK is a YAML, JSON or JSON Lines file, a table with --map, or - for standard input.
    """
    asked = Asked("health", as_of, organisation, rules, date.today(), previous, mapping)
    sys.exit(check_decks(decks, asked, Answer(form, outputs, show == "all", fail_on, annotate)))


@main.command()
@click.argument("deck")
@map_option
@scene_options
def needs(
    deck: str,
    mapping: str | None,
    gate: str | None,
    as_of: date | None,
    organisation: str | None,
    rules: Path | None,
) -> None:
    """List the missing facts that would settle most, the most decisive first."""
    from engine import choose_date, find_needs, render_needs

    rulebook = load(rules)
    check_names(rulebook, gate, organisation)
    columns = load_map(mapping, rulebook.vocabulary)
    for read in each_deck(readable(deck, rulebook.vocabulary, columns), rulebook.vocabulary):
        day, _ = choose_date(read, as_of, date.today())
        found = find_needs(rulebook, read, day, gate=gate, organisation=organisation)
        click.echo(render_needs(read.name, found), nl=False)


@main.command()
@click.argument("deck")
@click.argument("rule")
@map_option
@scene_options
def explain(
    deck: str,
    rule: str,
    mapping: str | None,
    gate: str | None,
    as_of: date | None,
    organisation: str | None,
    rules: Path | None,
) -> None:
    """Show how RULE came out on DECK, part by part.

    RULE is a rule's id, or the fact that a conclusion works out (spend.regime).
    """
    from engine import choose_date, render_explanation
    from engine import explain as explain_rule

    rulebook = load(rules)
    check_names(rulebook, gate, organisation, rule)
    columns = load_map(mapping, rulebook.vocabulary)
    documents = readable(deck, rulebook.vocabulary, columns)
    for read in each_deck(documents, rulebook.vocabulary):
        day, _ = choose_date(read, as_of, date.today())
        found = explain_rule(rulebook, read, day, rule, gate=gate, organisation=organisation)
        if len(documents) > 1:
            click.echo(f"{read.name}:")
        click.echo(render_explanation(found), nl=False)


main.add_command(read_command)
main.add_command(pipeline)
main.add_command(rules)
main.add_command(template)
main.add_command(map_group)


@main.command()
@click.option("--gate", metavar="GATE", required=True, help="The gate that the deck goes to.")
@click.option("--organisation", metavar="ID", help="Whose gate it is; else every ruleset asks.")
@as_of_option
@rules_option
def questions(gate: str, organisation: str | None, as_of: date | None, rules: Path | None) -> None:
    """List what a project is asked at a gate, in the deck's order, and which rules ask it."""
    from engine import find_questions, render_questions

    rulebook = load(rules)
    with names_given():
        found = find_questions(rulebook, gate, as_of or date.today(), organisation)
    click.echo(render_questions(found), nl=False)


@main.command()
@click.argument(
    "what", type=click.Choice(["rules", "facts", "organisation", "deck", "mapping", "assessment"])
)
@rules_option
def schema(what: str, rules: Path | None) -> None:
    """Print a JSON Schema: for rules, decks and the other files, or for the JSON output."""
    import json

    from engine import all_schemas

    found = all_schemas(load(rules))[f"{what}.schema.json"]
    click.echo(json.dumps(found, indent=2, ensure_ascii=False))


def run() -> None:
    """The entry point: what a person can put right ends with a sentence and its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # the same bytes on every machine
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        main(prog_name="gatewise")
    except Exception as error:
        # imported here: --help ends before this, and needs none of it
        from engine import DeckError, EvaluatorsDisagree, PersonError

        if isinstance(error, PersonError):
            click.echo(str(error), err=True)
            sys.exit(NOT_ASSESSED if isinstance(error, DeckError) else BROKEN_RULES)
        if isinstance(error, EvaluatorsDisagree):
            click.echo(f"Internal error: {error}", err=True)
        else:
            import traceback

            traceback.print_exc()
        sys.exit(INTERNAL)


if __name__ == "__main__":
    run()
