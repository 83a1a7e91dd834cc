"""gatewise map: list the mappings that come along, show one, or draft one for a table."""

from __future__ import annotations

import click


@click.group("map")
def map_group() -> None:
    """Mappings, which say what the columns of a table mean: list, show, draft one."""


@map_group.command("list")
def map_list() -> None:
    """List the mappings that come with this tool, by the name to give to --map."""
