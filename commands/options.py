"""Options that several commands take, and what they accept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from engine import FILE_RENDERERS, RENDERERS


class IsoDate(click.ParamType):  # type: ignore[type-arg]
    """A day written as 2026-06-01 or in one of the forms that decks may use."""

    name = "date"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        """The day, or a usage error that says what is accepted."""
        from engine import parse_day

        try:
            return parse_day(value)
        except ValueError as error:
            self.fail(f'"{value}" is not {error}', param, ctx)


class OutputFile(click.ParamType):  # type: ignore[type-arg]
    """FORMAT=FILE."""

    name = "format=file"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, Path]:
        """The form and the file, or a usage error."""
        if isinstance(value, tuple):
            return value
        form, equals, file = str(value).partition("=")
        if not equals or not file or form not in (*RENDERERS, *FILE_RENDERERS):
            forms = ", ".join((*RENDERERS, *FILE_RENDERERS))
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


def map_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--map, for decks that are tables of another shape."""
    return click.option(
        "--map",
        "mapping",
        metavar="MAPPING",
        help="What the columns of a table mean: a mapping file, or a name of gatewise map list.",
    )(command)


def as_of_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--as-of, where there is no deck that could state a date."""
    words = "The date to read the rules at; else today."
    return click.option("--as-of", type=IsoDate(), metavar="DATE", help=words)(command)


def scene_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gate, date, organisation and rules: the scene of an assessment."""
    options = (
        click.option("--gate", metavar="GATE", help="The gate, in place of the deck's own."),
        deck_date_option,
        organisation_option,
        rules_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


def deck_date_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--as-of, where a deck may state its own date."""
    words = "The date to read the rules at; else the deck's own date, else today."
    return click.option("--as-of", type=IsoDate(), metavar="DATE", help=words)(command)


def organisation_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--organisation, for decks that may name their own."""
    words = "Whose rules to use, in place of the deck's own organisation."
    return click.option("--organisation", metavar="ID", help=words)(command)


def answer_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """How an answer is given: its exit code, its form, its files."""
    options = (
        click.option(
            "--fail-on",
            type=click.Choice(["recommend", "escalate", "never"]),
            default="escalate",
            show_default=True,
            help="The mildest outcome that ends with exit code 1.",
        ),
        click.option(
            "--format",
            "form",
            type=click.Choice(list(RENDERERS)),
            default="text",
            show_default=True,
            help="The form of what is printed.",
        ),
        click.option(
            "--output",
            "outputs",
            type=OutputFile(),
            multiple=True,
            metavar="FORMAT=FILE",
            help=f"Also write a file: {', '.join((*RENDERERS, *FILE_RENDERERS))}. May be repeated.",
        ),
        click.option(
            "--annotate",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="Also write a copy of the deck, one .pptx file, with the findings on its slides.",
        ),
        click.option(
            "--show",
            type=click.Choice(["summary", "findings", "all"]),
            help="A row for each deck, the findings, or also what passed or does not apply; else "
            "the findings where printed, and all in files.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command
