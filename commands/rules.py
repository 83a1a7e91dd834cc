"""gatewise rules: list the rules, show one, write them as a book, or run their cases."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from commands.exit_codes import BROKEN_RULES, OK
from commands.files import load, write
from commands.options import as_of_option, rules_option


@click.group()
def rules() -> None:
    """List the rules, show one, write them as a book, or run their cases."""


@rules.command("list")
@click.option("--gate", metavar="GATE", help="Only the rules asked at this gate.")
@click.option("--organisation", metavar="ID", help="Only the rules of this organisation.")
@as_of_option
@rules_option
def rules_list(
    gate: str | None, organisation: str | None, as_of: date | None, rules: Path | None
) -> None:
    """List rules with their titles, by ruleset.

    With --gate, only those that can be asked there on the day.
    """
    from engine import render_rules

    rulebook = load(rules)
    with names_given():
        click.echo(render_rules(rulebook, gate, organisation, as_of or date.today()), nl=False)


@rules.command("show")
@click.argument("rule")
@click.option("--organisation", metavar="ID", help="With this organisation's numbers and names.")
@rules_option
def rules_show(rule: str, organisation: str | None, rules: Path | None) -> None:
    """Show one rule whole: what it asks, why, its numbers and its source.

    RULE is a rule's id, or the fact that a conclusion works out (spend.regime).
    """
    from engine import render_rule

    rulebook = load(rules, cases=True)
    with names_given():
        click.echo(render_rule(rulebook, rule, organisation), nl=False)


@rules.command("book")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--organisation", metavar="ID", help="With this organisation's numbers and names.")
@rules_option
def rules_book(folder: Path, organisation: str | None, rules: Path | None) -> None:
    """Write the rulebook into FOLDER as pages of Markdown.

    By gate, by owner, rule by rule, with every number's history, every source, and on one page
    the numbers that no source gives.
    """
    from engine import render_rulebook

    rulebook = load(rules)
    with names_given():
        pages = render_rulebook(rulebook, organisation)
    try:
        for name in pages:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        words = (error.strerror or "it cannot be made").lower()
        raise click.UsageError(f"{folder} cannot be made: {words}") from None
    _keep_what_is_not_ours(folder / "README.md", pages["README.md"])
    for name, text in pages.items():
        write(folder / name, text.encode())
    click.echo(f"{len(pages)} pages written to {folder}; begin with README.md.")


def _keep_what_is_not_ours(file: Path, page: str) -> None:
    """A page that this command did not write is not written over."""
    ours = page.partition("\n")[0]
    if file.exists() and not file.read_bytes().startswith(ours.encode()):
        raise click.UsageError(f"{file} is not a page of the rulebook. Choose another folder.")


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
