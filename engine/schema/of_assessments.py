"""The schema of what a check answers in JSON, from the answer's own types and their docstrings."""

from __future__ import annotations

import re

from pydantic import TypeAdapter

from engine.model.assessment import SCHEMA_VERSION
from engine.model.check_run import CheckRun, summary_keys
from engine.schema.definitions import Schema, document

_ATTRIBUTE = re.compile(r"^    (?=\w)", re.MULTILINE)


def assessment_schema() -> Schema:
    """The schema of the document that ``--format json`` writes.

    It lets keys pass that it does not know, so that those who read version 1.0 can read 1.1.
    """
    body = TypeAdapter(CheckRun).json_schema(mode="serialization")
    definitions = {name: _in_words(each) for name, each in body.pop("$defs").items()}
    body = _in_words(body)
    counts: Schema = {key: {"type": "integer", "minimum": 0} for key in summary_keys}
    body["properties"]["version"]["pattern"] = rf"^{SCHEMA_VERSION.split('.')[0]}\."
    body["properties"]["summary"] |= {"properties": counts, "required": list(summary_keys)}
    del body["properties"]["summary"]["additionalProperties"]
    del body["properties"]["summary"]["propertyNames"]
    return document("The answer of gatewise check", body, definitions)


def _in_words(schema: Schema) -> Schema:
    """A dataclass's schema with its docstring shared out among its properties."""
    summary, _, attributes = schema.get("description", "").partition("\n\nAttributes:\n")
    words: dict[str, str] = {}
    for entry in _ATTRIBUTE.split(attributes):
        names, _, text = entry.partition(": ")
        words |= dict.fromkeys(names.split(", "), " ".join(text.split()).replace("None", "null"))
    properties: Schema = {}
    for name, each in schema["properties"].items():
        plain = {key: value for key, value in each.items() if key != "title"}
        properties[name] = {**plain, **({"description": words[name]} if name in words else {})}
    plain = {key: value for key, value in schema.items() if key != "title"}
    return {**plain, "description": summary, "properties": properties}
