"""gatewise questions, needs, explain: what is asked, what is missing, how a rule came out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from commands.files import check_names, each_deck, load, load_map, readable
from commands.options import as_of_option, map_option, rules_option, scene_options
from commands.rules import names_given


@click.command()
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


@click.command()
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


@click.command()
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
