"""gatewise pipeline: a portfolio's spend as one list, or the return of approvals given."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.exit_codes import NOT_ASSESSED, OK
from commands.files import (
    check_names,
    documents,
    keep_apart,
    load,
    load_map,
    name_of,
    refuse_early,
    write,
)
from commands.options import map_option, scene_options

if TYPE_CHECKING:
    from engine import Assessment, DeckMapping, Document, NotAssessed, Rulebook


class _PipelineFile(click.ParamType):  # type: ignore[type-arg]
    """FORMAT=FILE, of the forms that a list has."""

    name = "format=file"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, Path]:
        """The form and the file, or a usage error."""
        from engine import PIPELINE_FORMS

        if isinstance(value, tuple):
            return value
        form, equals, file = str(value).partition("=")
        if not equals or not file or form not in PIPELINE_FORMS:
            forms = ", ".join(PIPELINE_FORMS)
            self.fail(f'"{value}" is not FORMAT=FILE with one of the forms {forms}', param, ctx)
        return form, Path(file)


class _Span(click.ParamType):  # type: ignore[type-arg]
    """A period that cannot be taken for another."""

    name = "period"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """The days, or a usage error that says what is accepted."""
        from engine import parse_span

        try:
            return parse_span(value) if isinstance(value, str) else value
        except ValueError as error:
            self.fail(f'"{value}" is not {error}', param, ctx)


def _print_fields(ctx: click.Context, param: Any, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from engine import fields_in_words

        click.echo(fields_in_words(), nl=False)
        ctx.exit()


@click.command()
@click.argument("decks", nargs=-1, required=True, metavar="DECK…")
@map_option
@scene_options
@click.option(
    "--columns",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A YAML file that chooses, orders and names the columns of csv and xlsx files.",
)
@click.option(
    "--fields",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_fields,
    help="List the fields that --columns may name, and exit.",
)
@click.option(
    "--return",
    "span",
    type=_Span(),
    metavar="PERIOD",
    help='In place of the list, the return of approvals given in a period: "July to September '
    '2026", 2026-07-01..2026-09-30, or "Q2 2026/27" of the financial year.',
)
@click.option(
    "--output",
    "outputs",
    type=_PipelineFile(),
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write xlsx, csv or json to a file, in place of the text; may be repeated.",
)
def pipeline(
    decks: tuple[str, ...],
    mapping: str | None,
    gate: str | None,
    as_of: date | None,
    organisation: str | None,
    rules: Path | None,
    columns: Path | None,
    span: Any,
    outputs: tuple[tuple[str, Path], ...],
) -> None:
    """List a portfolio's spend: what each case needs, why, by when, and who acts.

    With --return, draw up the transparency return of the approvals given in a period.

    DECK is a presentation (.pptx), a workbook (.xlsx, .xls), YAML, JSON or JSON Lines, a table
    with --map, or - for standard input.
    """
    if columns is not None and not {"csv", "xlsx"} & {form for form, _ in outputs}:
        raise click.UsageError("--columns shapes csv and xlsx files. Add --output csv=FILE.")
    keep_apart(
        outputs, (*decks, *([str(columns)] if columns else [])), [mapping] if mapping else []
    )
    refuse_early(outputs)
    rulebook = load(rules)
    check_names(rulebook, gate, organisation)
    asked = _Asked(rulebook, gate, as_of, organisation, load_map(mapping, rulebook.vocabulary))
    given = (
        _listed(asked, decks, columns) if span is None else _returned(asked, decks, columns, span)
    )
    for form, file in outputs:
        write(file, given.render(form))
    if outputs:
        files = ", ".join(str(file) for _, file in outputs)
        click.echo(f"{given.said}, written to {files}.")
    else:
        click.echo(given.render("text").decode(), nl=False)
    problems = [str(problem) for entry in given.failed for problem in entry.problems]
    for line in (*given.left_out, *problems) if outputs else ():  # the text holds them itself
        click.echo(line, err=True)
    sys.exit(NOT_ASSESSED if given.failed else OK)


@dataclass(frozen=True)
class _Asked:
    """The scene in which the decks are read."""

    rulebook: Rulebook
    gate: str | None
    as_of: date | None
    organisation: str | None
    mapping: DeckMapping | None

    def cases(self, decks: tuple[str, ...]) -> tuple[list[Any], list[NotAssessed]]:
        """The decks' lines, and in their own list the decks that could not be assessed."""
        from engine import DeckError, NotAssessed

        done, failed = [], []
        for document in documents(decks, self.rulebook.vocabulary, self.mapping):
            if isinstance(document, NotAssessed):
                failed.append(document)
                continue
            try:
                done.append(self._case(document))
            except DeckError as error:
                failed.append(NotAssessed(name_of(document), error.problems))
        return done, failed

    def _case(self, document: Document) -> Any:
        from engine import choose_date, find_case, parse_deck

        deck = parse_deck(document, self.rulebook.vocabulary)
        day, day_from = choose_date(deck, self.as_of, date.today())
        return find_case(
            self.rulebook, deck, day,
            gate=self.gate, organisation=self.organisation, as_of_from=day_from,
        )  # fmt: skip

    def assessed_on(self, case: Any, day: date) -> Assessment:
        """A case's deck by the rules of another day."""
        from engine import assess

        return assess(self.rulebook, case.deck, day, gate=self.gate, organisation=self.organisation)


@dataclass(frozen=True)
class _Given:
    """What is printed and written.

    Attributes:
        said: what it is, in a few words.
        left_out: a sentence for each thing that the files do not show.
    """

    render: Callable[[str], bytes]
    said: str
    failed: list[NotAssessed]
    left_out: list[str]


def _listed(asked: _Asked, decks: tuple[str, ...], columns: Path | None) -> _Given:
    from engine import check_rules_for_pipeline, columns_of, list_pipeline, render_pipeline

    check_rules_for_pipeline(asked.rulebook)
    with _as_usage():
        chosen = columns_of(_read(columns), asked.rulebook.vocabulary)
    cases, failed = asked.cases(decks)
    listed = list_pipeline(asked.rulebook, cases, failed)
    said = "1 case" if len(cases) == 1 else f"{len(cases)} cases"
    return _Given(lambda form: render_pipeline(listed, form, chosen), said, failed, [])


def _returned(asked: _Asked, decks: tuple[str, ...], columns: Path | None, span: Any) -> _Given:
    from engine import (
        check_rules_for_pipeline,
        draw_up_return,
        render_return,
        return_columns_of,
    )

    check_rules_for_pipeline(asked.rulebook)
    with _as_usage():
        chosen = return_columns_of(_read(columns))
    cases, failed = asked.cases(decks)
    drawn = draw_up_return(asked.rulebook, cases, span, asked.assessed_on, failed)
    count = len(drawn.lines)
    none = "Nil return" if drawn.nil else "No approval found; not a nil return"
    said = none if not count else "1 approval" if count == 1 else f"{count} approvals"
    left = [f"Not included: {each.place}: {each.project}: {each.why}" for each in drawn.left_out]
    return _Given(
        lambda form: render_return(drawn, form, chosen),
        f"{said}, {span.words}",
        failed,
        [*left, *drawn.notes],
    )


def _read(columns: Path | None) -> Document | None:
    from engine import read_column_map

    return None if columns is None else read_column_map(columns)


@contextmanager
def _as_usage() -> Iterator[None]:
    """A broken column map is the command's mistake, not the rulebook's."""
    from engine import RuleError

    try:
        yield
    except RuleError as error:
        raise click.UsageError(str(error)) from None
