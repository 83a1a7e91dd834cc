"""The schema of what a check answers in JSON, from the answer's own types and their docstrings."""

from __future__ import annotations

import re
from dataclasses import is_dataclass
from inspect import getdoc

from pydantic import TypeAdapter

from engine import errors
from engine.model import assessment, check_run, deck, rules
from engine.model import document as documents
from engine.model.assessment import SCHEMA_VERSION
from engine.model.check_run import CheckRun, summary_keys
from engine.schema.definitions import Schema, document

_ATTRIBUTE = re.compile(r"^    (?=\w)", re.MULTILINE)
_PARTS = {
    name: part
    for module in (assessment, check_run, deck, documents, errors, rules)
    for name, part in vars(module).items()
    if is_dataclass(part)
}


def assessment_schema() -> Schema:
    """The schema of the document that ``--format json`` writes.

    It lets keys pass that it does not know, so that those who read version 1.0 can read 1.1.
    """
    written = TypeAdapter(CheckRun).json_schema(mode="serialization")
    parts = {name: _in_words(name, each) for name, each in written["$defs"].items()}
    body = _in_words("CheckRun", written)
    version, summary = body["properties"]["version"], body["properties"]["summary"]
    version["pattern"] = rf"^{SCHEMA_VERSION.split('.')[0]}\."
    body["properties"]["summary"] = {
        "type": "object",
        "description": summary["description"],
        "properties": {key: {"type": "integer", "minimum": 0} for key in summary_keys},
        "required": list(summary_keys),
    }
    return document("The answer of gatewise check", body, parts)


def _in_words(name: str, schema: Schema) -> Schema:
    """A dataclass's schema with its docstring shared out among its properties."""
    about, _, attributes = (getdoc(_PARTS[name]) or "").partition("\n\nAttributes:\n")
    words: dict[str, str] = {}
    for entry in _ATTRIBUTE.split(attributes):
        names, _, text = entry.partition(": ")
        words |= dict.fromkeys(names.split(", "), " ".join(text.split()).replace("None", "null"))
    properties: Schema = {}
    for key, each in schema["properties"].items():
        dropped = {"title", "default"} | ({"enum"} if "const" in each else set())
        plain = {k: v for k, v in each.items() if k not in dropped}
        properties[key] = {**plain, **({"description": words[key]} if key in words else {})}
    return {
        "type": "object",
        "description": about,
        "properties": properties,
        "required": list(schema["properties"]),
    }
