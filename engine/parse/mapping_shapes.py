"""The shape of a mapping file, before it is given its meaning."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from engine.model.mapping import TableFormat
from engine.parse.shapes import Shape, Words, Written

Headings = Annotated[list[Words], Field(min_length=1)]


class MissingShape(Shape):
    """Words that mean "not stated"."""

    words: list[Words] = []
    begins_with: list[Words] = []


class OriginShape(Shape):
    """Which columns a value comes from: one of the four."""

    from_: Annotated[Words | None, Field(alias="from")] = None
    any_of: Headings | None = None
    first_of: Headings | None = None
    join: Headings | None = None
    with_: Annotated[str, Field(alias="with")] = " "
    nth: Annotated[int | None, Field(ge=1, le=1000)] = None
    optional: bool = False


class FactFromShape(OriginShape):
    """A fact: where it comes from and how it is read."""

    values: dict[str, Written] = {}
    unit: str | None = None
    round: Annotated[int | None, Field(ge=0, le=4)] = None
    dates: Headings | None = None
    missing: MissingShape = MissingShape()
    split: str = ""


class ListFromShape(Shape):
    """A list: out of a list in JSON (each, facts), or of groups of columns (items)."""

    each: Words | None = None
    optional: bool = False
    facts: dict[str, FactFromShape] = {}
    items: list[dict[str, FactFromShape]] = []


class LeaveOutShape(Shape):
    """Rows that are no projects."""

    from_: Annotated[Words | None, Field(alias="from")] = None
    is_: Annotated[list[Words], Field(alias="is")] = []
    begins_with: list[Words] = []
    blank: Literal[True] | None = None
    rows: list[Annotated[int, Field(ge=1)]] = []


class TableShape(Shape):
    """What the table is."""

    format: TableFormat
    encoding: Literal["utf-8", "utf-16", "cp1252"] | None = None
    delimiter: Literal[",", ";", "|", "tab"] | None = None
    sheet: int | str | None = None
    headings: Annotated[int, Field(ge=1, le=1000)] = 1
    projects: Literal["in rows", "in columns"] = "in rows"
    each: str = ""
    leave_out: list[LeaveOutShape] = []


class MappingShape(Shape):
    """A mapping file."""

    title: Words
    source: Words
    licence: str = ""
    description: str = ""
    table: TableShape
    named_by: OriginShape | None = None
    missing: MissingShape = MissingShape()
    dates: Headings | None = None
    set: dict[str, Any] = {}
    facts: dict[str, FactFromShape] = {}
    lists: dict[str, ListFromShape] = {}


def written_out(data: Any) -> Any:
    """The same with each short form (a fact and its heading, no more) as the long one."""
    if not isinstance(data, dict):
        return data
    lists = data.get("lists")
    long = {**data, "facts": _facts(data.get("facts", {}))}
    if isinstance(data.get("named_by"), str | int):
        long["named_by"] = {"from": data["named_by"]}
    if isinstance(lists, dict):
        long["lists"] = {name: _list(each) for name, each in lists.items()}
    return long


def _facts(written: Any) -> Any:
    if not isinstance(written, dict):
        return written
    return {
        name: {"from": each} if isinstance(each, str | int) and not isinstance(each, bool) else each
        for name, each in written.items()
    }


def _list(written: Any) -> Any:
    if not isinstance(written, dict):
        return written
    long = {key: _facts(value) if key == "facts" else value for key, value in written.items()}
    if isinstance(long.get("items"), list):
        long["items"] = [_facts(item) for item in long["items"]]
    return long
