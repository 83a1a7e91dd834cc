"""gatewise schema: the shape of each file, for editors and for programs that read the answers."""

from __future__ import annotations

import json
from pathlib import Path

import click

from commands.files import load
from commands.options import rules_option

_WHAT = (
    "rules", "facts", "organisation", "deck", "mapping", "assessment", "pipeline", "return",
)  # fmt: skip


@click.command()
@click.argument("what", type=click.Choice(_WHAT))
@rules_option
def schema(what: str, rules: Path | None) -> None:
    """Print a JSON Schema: of rules, decks and other files, or of what is written as JSON.

    assessment is what check and health write, pipeline and return what pipeline writes.
    """
    from engine import all_schemas

    found = all_schemas(load(rules))[f"{what}.schema.json"]
    click.echo(json.dumps(found, indent=2, ensure_ascii=False))
