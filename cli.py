"""gatewise on the command line: parse, call, print, exit."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

import click

from commands.exit_codes import BROKEN_RULES, INTERNAL, NOT_ASSESSED
from commands.on_demand import CommandsOnDemand

# pydantic looks through every installed package for plugins, which takes longer than reading a deck
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

HELP = """Is this project ready? Check a pitch deck against the rules of its gate.

\b
  gatewise check deck.pptx
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

# each command, where it is, and what --help says of it
COMMANDS = {
    "check": ("commands.checking", "Assess decks: pass, recommend or escalate, and why."),
    "health": ("commands.checking", "Check reports between two gates: do they add up?"),
    "read": ("commands.reading", "Show what is understood of a file, and what is not."),
    "template": ("commands.template", "Make a deck to fill in for a gate."),
    "questions": ("commands.explaining", "List what a project is asked at a gate."),
    "needs": ("commands.explaining", "List the missing facts that would settle most."),
    "explain": ("commands.explaining", "Show how a rule came out on a deck, part by part."),
    "pipeline": ("commands.pipeline", "List a portfolio's spend: what each case needs."),
    "map": ("commands.mapping", "List, show or draft mappings of tables."),
    "rules": ("commands.rules", "List the rules, show one, or run their cases."),
    "schema": ("commands.schema", "Print the JSON Schema of a file or an answer."),
}


@click.group(
    cls=CommandsOnDemand,
    on_demand=COMMANDS,
    help=HELP,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="gatewise", message="%(prog)s %(version)s")
def main() -> None:
    """The command group."""


def run() -> None:
    """The entry point: what a person can put right ends with a sentence and its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # the same bytes on every machine
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        main(prog_name="gatewise")
    except Exception as error:
        # imported here: --help ends before this, and needs none of it
        from engine import EvaluatorsDisagree, PersonError, RuleError

        if isinstance(error, PersonError):
            click.echo(str(error), err=True)
            sys.exit(BROKEN_RULES if isinstance(error, RuleError) else NOT_ASSESSED)
        if isinstance(error, EvaluatorsDisagree):
            click.echo(f"Internal error: {error}", err=True)
        else:
            import traceback

            traceback.print_exc()
        sys.exit(INTERNAL)


if __name__ == "__main__":
    run()
