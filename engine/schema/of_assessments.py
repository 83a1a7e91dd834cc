"""The schema of what a check answers in JSON."""

from __future__ import annotations

from engine import errors
from engine.model import assessment, check_run, deck, rules
from engine.model import document as documents
from engine.model.assessment import SCHEMA_VERSION
from engine.model.check_run import CheckRun, summary_keys
from engine.schema.definitions import Schema, document
from engine.schema.of_dataclasses import dataclass_schema


def assessment_schema() -> Schema:
    """The schema of the document that ``--format json`` writes.

    It lets keys pass that it does not know, so that those who read version 1.0 can read 1.1.
    """
    modules = (assessment, check_run, deck, documents, errors, rules)
    body, parts = dataclass_schema(CheckRun, *modules)
    version, summary = body["properties"]["version"], body["properties"]["summary"]
    version["pattern"] = rf"^{SCHEMA_VERSION.split('.')[0]}\."
    body["properties"]["summary"] = {
        "type": "object",
        "description": summary["description"],
        "properties": {key: {"type": "integer", "minimum": 0} for key in summary_keys},
        "required": list(summary_keys),
    }
    return document("The answer of gatewise check", body, parts)
