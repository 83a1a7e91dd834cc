"""The schemas of what is written in JSON, from dataclasses and their docstrings."""

from __future__ import annotations

import re
from dataclasses import is_dataclass
from inspect import getdoc
from types import ModuleType
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from engine.schema.definitions import Schema

_ATTRIBUTE = re.compile(r"^    (?=\w)", re.MULTILINE)
# money is written with its pence, because a JSON number may lose some of them
MONEY: Schema = {"type": "string", "pattern": r"^-?\d+\.\d\d$"}


class _AsWritten(GenerateJsonSchema):
    """Money as this tool writes it."""

    def decimal_schema(self, schema: Any) -> Schema:
        """The schema of an amount."""
        return dict(MONEY)


def dataclass_schema(written: type, *modules: ModuleType) -> tuple[Schema, dict[str, Schema]]:
    """The schema of a dataclass, and by name those of the dataclasses that it holds.

    Args:
        modules: where they are defined, itself included.
    """
    known = {
        name: part
        for module in modules
        for name, part in vars(module).items()
        if is_dataclass(part)
    }
    made = TypeAdapter(written).json_schema(mode="serialization", schema_generator=_AsWritten)
    parts = {name: _in_words(known[name], each) for name, each in made.get("$defs", {}).items()}
    return _in_words(written, made), parts


def _in_words(part: Any, schema: Schema) -> Schema:
    """A dataclass's schema with its docstring shared out among its properties."""
    words_of_it = (getdoc(part) or "").replace("None", "null")
    about, _, attributes = words_of_it.partition("\n\nAttributes:\n")
    words: dict[str, str] = {}
    for entry in _ATTRIBUTE.split(attributes):
        names, _, text = entry.partition(": ")
        words |= dict.fromkeys(names.split(", "), " ".join(text.split()))
    properties: Schema = {}
    for key, each in schema["properties"].items():
        dropped = {"title", "default"} | ({"enum"} if "const" in each else set())
        plain = {k: v for k, v in each.items() if k not in dropped}
        properties[key] = {**plain, **({"description": words[key]} if key in words else {})}
    return {
        "type": "object",
        "description": " ".join(about.split()),
        "properties": properties,
        "required": list(schema["properties"]),
    }
