"""gatewise on the command line: parse, call, print, exit."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine import RENDERERS

# pydantic looks through every installed package for plugins, which takes longer than reading a deck
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

if TYPE_CHECKING:
    from engine import Document, NotAssessed, Rulebook

OK, FOUND, USAGE, NOT_ASSESSED, BROKEN_RULES, INTERNAL = range(6)

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


class IsoDate(click.ParamType[date]):
    """A day written as 2026-06-01 or in one of the forms that decks may use."""

    name = "date"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        """The day, or a usage error that says what is accepted."""
        from engine import parse_day

        try:
            return parse_day(value)
        except ValueError as error:
            self.fail(f'"{value}" is not {error}', param, ctx)


class OutputFile(click.ParamType[tuple[str, Path]]):
    """FORMAT=FILE."""

    name = "format=file"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, Path]:
        """The form and the file, or a usage error."""
        if isinstance(value, tuple):
            return value
        form, equals, file = str(value).partition("=")
        if not equals or not file or form not in RENDERERS:
            forms = ", ".join(RENDERERS)
            self.fail(f'"{value}" is not FORMAT=FILE with one of the forms {forms}', param, ctx)
        return form, Path(file)


def rules_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--rules, which every command takes."""
    return click.option(
        "--rules",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="A rules folder to use in place of the shipped one.",
    )(command)


def scene_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gate, date, organisation and rules: the scene of an assessment."""
    options = (
        click.option("--gate", metavar="GATE", help="The gate, in place of the deck's own."),
        click.option(
            "--as-of",
            type=IsoDate(),
            metavar="DATE",
            help="The date to read the rules at; else the deck's own date, else today.",
        ),
        click.option(
            "--organisation",
            metavar="ID",
            help="Whose rules to use, in place of the deck's own organisation.",
        ),
        rules_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gatewise", message="%(prog)s %(version)s")
def main() -> None:
    """The command group."""


@main.command()
@click.argument("decks", nargs=-1, required=True, metavar="DECK…")
@scene_options
@click.option(
    "--fail-on",
    type=click.Choice(["recommend", "escalate", "never"]),
    default="escalate",
    show_default=True,
    help="The mildest outcome that ends with exit code 1.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(RENDERERS)),
    default="text",
    show_default=True,
    help="The form of what is printed.",
)
@click.option(
    "--output",
    "outputs",
    type=OutputFile(),
    multiple=True,
    metavar="FORMAT=FILE",
    help="Also write a file; may be repeated.",
)
@click.option("--show", type=click.Choice(["all"]), help="Also what passed or does not apply.")
def check(
    decks: tuple[str, ...],
    gate: str | None,
    as_of: date | None,
    organisation: str | None,
    rules: Path | None,
    fail_on: str,
    form: str,
    outputs: tuple[tuple[str, Path], ...],
    show: str | None,
) -> None:
    """Assess decks: pass, recommend or escalate, each with its reasons.

    DECK is a YAML, JSON or JSON Lines file, or - for standard input.
    """
    from engine import CheckRun, DeckError, NotAssessed, assess, choose_date, parse_deck, render

    rulebook = load(rules)
    done, failed = [], []
    for found in documents(decks):
        if isinstance(found, NotAssessed):
            failed.append(found)
            continue
        try:
            deck = parse_deck(found, rulebook.vocabulary)
            day, day_from = choose_date(deck, as_of, date.today())
            done.append(
                assess(
                    rulebook, deck, day, gate=gate, organisation=organisation, as_of_from=day_from
                )
            )
        except DeckError as error:
            failed.append(NotAssessed(name_of(found), error.problems))
    run = CheckRun.of(done, failed)
    for other, file in outputs:
        write(file, render(run, other, show_all=True))
    if done or form != "text":
        click.echo(render(run, form, show_all=show == "all"), nl=False)
    for problem in (problem for entry in failed for problem in entry.problems):
        click.echo(str(problem), err=True)
    if run.summary["not_assessed"]:
        sys.exit(NOT_ASSESSED)
    worst = {"recommend": ("recommend", "escalate"), "escalate": ("escalate",), "never": ()}
    sys.exit(FOUND if any(a.outcome in worst[fail_on] for a in done) else OK)


@main.command()
@click.argument("deck")
@scene_options
def needs(
    deck: str,
    gate: str | None,
    as_of: date | None,
    organisation: str | None,
    rules: Path | None,
) -> None:
    """List the missing facts that would settle most, the most decisive first."""
    from engine import choose_date, find_needs, parse_deck, render_needs

    rulebook = load(rules)
    for document in readable(deck):
        read = parse_deck(document, rulebook.vocabulary)
        day, _ = choose_date(read, as_of, date.today())
        found = find_needs(rulebook, read, day, gate=gate, organisation=organisation)
        click.echo(render_needs(read.name, found), nl=False)


@main.command()
@click.argument("deck")
@click.argument("rule")
@scene_options
def explain(
    deck: str,
    rule: str,
    gate: str | None,
    as_of: date | None,
    organisation: str | None,
    rules: Path | None,
) -> None:
    """Show how RULE came out on DECK, part by part.

    RULE is a rule's id, or the fact that a conclusion works out (spend.regime).
    """
    from engine import choose_date, parse_deck, render_explanation
    from engine import explain as explain_rule

    rulebook = load(rules)
    for document in readable(deck):
        read = parse_deck(document, rulebook.vocabulary)
        day, _ = choose_date(read, as_of, date.today())
        found = explain_rule(rulebook, read, day, rule, gate=gate, organisation=organisation)
        click.echo(render_explanation(found), nl=False)


@main.group()
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


@main.command()
@click.argument("what", type=click.Choice(["rules", "facts", "organisation", "deck", "assessment"]))
@rules_option
def schema(what: str, rules: Path | None) -> None:
    """Print a JSON Schema: for rules, decks and the other files, or for the JSON output."""
    import json

    from engine import all_schemas

    found = all_schemas(load(rules))[f"{what}.schema.json"]
    click.echo(json.dumps(found, indent=2, ensure_ascii=False))


def load(folder: Path | None, *, cases: bool = False) -> Rulebook:
    """The rulebook of a folder, or the shipped one."""
    from engine import load_rulebook, shipped_rules

    return load_rulebook(folder or shipped_rules(), cases=cases)


def documents(names: tuple[str, ...]) -> Iterator[Document | NotAssessed]:
    """Each deck of each file, and in its place each file that could not be read."""
    from engine import DeckError, NotAssessed

    for name in names:
        try:
            yield from readable(name)
        except DeckError as error:
            yield NotAssessed(error.problems[0].place.source, error.problems)


def readable(name: str) -> list[Document]:
    """The decks of one file, or of standard input."""
    from engine import read_documents, read_standard_input

    return read_standard_input(sys.stdin.buffer) if name == "-" else read_documents(name)


@contextmanager
def names_given() -> Iterator[None]:
    """Once the rules are loaded, a name that they lack is the command's mistake, not theirs."""
    from engine import RuleError

    try:
        yield
    except RuleError as error:
        raise click.UsageError(str(error)) from None


def name_of(document: Document) -> str:
    """What to call a deck that could not be assessed."""
    return ", ".join(part for part in (document.source, document.where) if part)


def write(file: Path, text: str) -> None:
    """Write a file, or say why it cannot be written."""
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        words = (error.strerror or "it cannot be opened").lower()
        raise click.UsageError(f"{file} cannot be written: {words}") from None


def run() -> None:
    """The entry point: what a person can put right ends with a sentence and its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # the same bytes on every machine
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        main(standalone_mode=True)
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
