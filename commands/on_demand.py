"""A group whose commands are imported when they are asked for, so that --help needs none."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class CommandsOnDemand(click.Group):
    """A group that knows of each command its place and its line in --help.

    Args:
        on_demand: each command's name, the module that holds a command of that name, and what
            --help says of it.
    """

    def __init__(self, *args: Any, on_demand: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._on_demand = on_demand

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, without importing anything."""
        return list(self._on_demand)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None where there is none."""
        if cmd_name not in self._on_demand:
            return None
        module, _ = self._on_demand[cmd_name]
        found = vars(import_module(module)).values()
        named = (each for each in found if isinstance(each, click.Command))
        return next(each for each in named if each.name == cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What --help says of each."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in self._on_demand.items()])
