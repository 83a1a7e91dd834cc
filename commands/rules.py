"""gatewise rules: list the rules, show one, or run their cases."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from commands.exit_codes import BROKEN_RULES, OK
from commands.files import load
from commands.options import rules_option


@click.group()
def rules() -> None:
    """List the rules, show one, or run their cases."""


@rules.command("list")
@click.option("--gate", metavar="GATE", help="Only the rules asked at this gate.")
@click.option("--organisation", metavar="ID", help="Only the rules of this organisation.")
@rules_option
def rules_list(gate: str | None, organisation: str | None, rules: Path | None) -> None:
    """List rules with their titles, by ruleset."""
    from engine import render_rules

    rulebook = load(rules)
    with names_given():
        click.echo(render_rules(rulebook, gate, organisation), nl=False)


@rules.command("show")
@click.argument("rule")
@rules_option
def rules_show(rule: str, rules: Path | None) -> None:
    """Show one rule whole: what it asks, why, its numbers and its source."""
    from engine import render_rule

    rulebook = load(rules, cases=True)
    with names_given():
        click.echo(render_rule(rulebook, rule), nl=False)


@rules.command("test")
@rules_option
def rules_test(rules: Path | None) -> None:
    """Run the cases beside every rule and conclusion."""
    from engine import run_cases

    results = list(run_cases(load(rules, cases=True)))
    wrong = [result.problem for result in results if result.problem is not None]
    for problem in wrong:
        click.echo(str(problem), err=True)
    click.echo(f"{len(results) - len(wrong)} of {len(results)} cases come out as expected.")
    sys.exit(BROKEN_RULES if wrong else OK)


@contextmanager
def names_given() -> Iterator[None]:
    """Once the rules are loaded, a name that they lack is the command's mistake, not theirs."""
    from engine import RuleError

    try:
        yield
    except RuleError as error:
        raise click.UsageError(str(error)) from None
