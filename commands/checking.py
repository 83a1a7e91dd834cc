"""gatewise check and health: assess decks and give the answer."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.annotating import annotate, check_annotate
from commands.exit_codes import FOUND, NOT_ASSESSED, OK
from commands.files import (
    check_names,
    documents,
    keep_apart,
    load,
    load_map,
    name_of,
    readable,
    refuse_early,
    write,
)
from commands.options import (
    answer_options,
    deck_date_option,
    map_option,
    organisation_option,
    rules_option,
    scene_options,
)

if TYPE_CHECKING:
    from engine import Assessment, DeckMapping, Document, Rulebook, Show

_WORST = {"recommend": ("recommend", "escalate"), "escalate": ("escalate",), "never": ()}


@click.command()
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
    show: Show | None,
) -> None:
    """Assess decks: pass, recommend or escalate, each with its reasons.

    DECK is a presentation (.pptx), a workbook (.xlsx, .xls), YAML, JSON or JSON Lines, a table
    with --map, or - for standard input.
    """
    asked = Asked(gate, as_of, organisation, rules, date.today(), mapping=mapping)
    sys.exit(check_decks(decks, asked, Answer(form, outputs, show, fail_on, annotate)))


@click.command()
@click.argument("decks", nargs=-1, required=True, metavar="DECK…")
@click.option(
    "--previous",
    metavar="DECK",
    help="The decks of the period before: what moved since is asked too.",
)
@map_option
@click.option(
    "--previous-map",
    metavar="MAPPING",
    help="What the columns of the table of the period before mean; else as --map says.",
)
@deck_date_option
@organisation_option
@rules_option
@answer_options
def health(
    decks: tuple[str, ...],
    previous: str | None,
    mapping: str | None,
    previous_map: str | None,
    as_of: date | None,
    organisation: str | None,
    rules: Path | None,
    fail_on: str,
    form: str,
    outputs: tuple[tuple[str, Path], ...],
    annotate: Path | None,
    show: Show | None,
) -> None:
    """Check reports between two gates: do they add up, and do their ratings fit the data?

    DECK is a presentation (.pptx), a workbook (.xlsx, .xls), YAML, JSON or JSON Lines, a table
    with --map, or - for standard input.
    """
    if previous_map and not previous:
        raise click.UsageError("--previous-map is for the decks of --previous, which is missing.")
    asked = Asked(
        "health", as_of, organisation, rules, date.today(), previous, mapping, previous_map
    )
    sys.exit(check_decks(decks, asked, Answer(form, outputs, show, fail_on, annotate)))


@dataclass(frozen=True)
class Asked:
    """What the decks are asked: the gate, the day, whose rules, and beside which earlier decks.

    Attributes:
        today: the day to read the rules at where nothing else names one.
        mapping: what the columns of decks that are tables mean.
        previous_map: the same of the earlier decks, where their columns mean something else.
    """

    gate: str | None
    as_of: date | None
    organisation: str | None
    rules: Path | None
    today: date
    previous: str | None = None
    mapping: str | None = None
    previous_map: str | None = None


@dataclass(frozen=True)
class Answer:
    """How the answer is given.

    Attributes:
        show: how much it holds; None for the findings where printed, and all in files.
        annotated: where a copy of the one deck goes with the findings on it.
    """

    form: str
    outputs: tuple[tuple[str, Path], ...]
    show: Show | None
    fail_on: str
    annotated: Path | None = None


def check_decks(decks: tuple[str, ...], asked: Asked, answer: Answer) -> int:
    """Assess each deck, print and write what was found, and give the exit code."""
    from engine import CheckRun, DeckError, NotAssessed, render, render_file

    read = (*decks, *([asked.previous] if asked.previous else []))
    annotated = [("--annotate", answer.annotated)] if answer.annotated else []
    if answer.annotated:
        check_annotate(decks, answer.annotated)
    mappings = [name for name in (asked.mapping, asked.previous_map) if name]
    keep_apart((*answer.outputs, *annotated), read, mappings)
    refuse_early((*answer.outputs, *(("pptx", file) for _, file in annotated)))
    rulebook = load(asked.rules)
    check_names(rulebook, asked.gate, asked.organisation)
    mapping = load_map(asked.mapping, rulebook.vocabulary)
    before = load_map(asked.previous_map, rulebook.vocabulary) or mapping
    assess_one = _Assessing(rulebook, asked, before)
    done, failed = [], []
    for found in documents(decks, rulebook.vocabulary, mapping):
        if isinstance(found, NotAssessed):
            failed.append(found)
            continue
        try:
            done.append(assess_one(found))
        except DeckError as error:
            failed.append(NotAssessed(name_of(found), error.problems))
    run = CheckRun.of(done, failed)
    for other, file in answer.outputs:
        write(file, render_file(run, other, show=answer.show or "all"))
    if answer.annotated and done:
        annotate(decks[0], done[0], rulebook.vocabulary, answer.annotated)
    elif answer.annotated:
        click.echo(f"{answer.annotated} is not written: the deck is not assessed.", err=True)
    if done or answer.form != "text":
        click.echo(render(run, answer.form, show=answer.show or "findings"), nl=False)
    for problem in (problem for entry in failed for problem in entry.problems):
        click.echo(str(problem), err=True)
    if run.summary["not_assessed"]:
        return NOT_ASSESSED
    return FOUND if any(a.outcome in _WORST[answer.fail_on] for a in done) else OK


class _Assessing:
    """Assesses one deck after the other, each beside the same project's earlier one."""

    def __init__(self, rulebook: Rulebook, asked: Asked, mapping: DeckMapping | None) -> None:
        from engine import parse_deck

        self._rulebook, self._asked = rulebook, asked
        words, previous = rulebook.vocabulary, asked.previous
        before = readable(previous, words, mapping) if previous else []
        self._before = [parse_deck(each, words) for each in before]

    def __call__(self, document: Document) -> Assessment:
        from engine import assess, choose_date, find_last_period, parse_deck, with_last_period

        words, asked = self._rulebook.vocabulary, self._asked
        deck = parse_deck(document, words)
        day, day_from = choose_date(deck, asked.as_of, asked.today)
        before = find_last_period(deck, self._before)
        if before is not None:
            deck = with_last_period(deck, before, words)
        elif self._before:
            click.echo(f"{deck.name}: no deck of the period before is of this project.", err=True)
        return assess(
            self._rulebook,
            deck,
            day,
            gate=asked.gate,
            organisation=asked.organisation,
            as_of_from=day_from,
        )
