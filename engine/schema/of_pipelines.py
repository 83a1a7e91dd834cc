"""The schemas of a pipeline and of a return in JSON."""

from __future__ import annotations

from engine import errors
from engine.model import assessment, check_run, pipeline
from engine.model.assessment import Finding
from engine.model.check_run import NotAssessed
from engine.model.pipeline import (
    Approval,
    Due,
    LeftOut,
    NeedTotal,
    ReturnLine,
    YearAmount,
    YearTotal,
)
from engine.pipeline.fields import CASE_FIELDS, Field, Kind
from engine.pipeline.in_words import NOT_ASSESSED
from engine.schema.definitions import Schema, document
from engine.schema.of_dataclasses import MONEY, dataclass_schema

_MODULES = (pipeline, check_run, assessment, errors)
_KINDS: dict[Kind, Schema] = {
    "money": MONEY,
    "date": {"type": "string", "format": "date"},
    "number": {"type": "integer"},
    "text": {"type": "string"},
}
_TEXT, _YES_OR_NO = {"type": "string"}, {"type": "boolean"}
_OF_FINDINGS = ("rule", "status", "outcome", "reason", "remedy", "owner")


def pipeline_schema() -> Schema:
    """The schema of what ``gatewise pipeline --output json=FILE`` writes.

    As that of an answer, it lets keys pass that it does not know.
    """
    parts = _Parts()
    finding, _ = dataclass_schema(Finding, *_MODULES)
    parts.made["Finding"] = _object(
        {name: finding["properties"][name] for name in _OF_FINDINGS}, "An open finding."
    )
    case = {
        "assessed": {"const": True},
        **{name: _field(field) for name, field in CASE_FIELDS.items()},
        "later": {
            "type": ["string", "null"],
            "description": "Where no rule is asked at this gate: the later gate that asks first.",
        },
        "concluded": {
            "type": "object",
            "description": "What the rules conclude of the spend, by fact; null where they cannot.",
            "additionalProperties": {"type": ["string", "null"]},
        },
        "outcome": finding["properties"]["outcome"],
        "findings": _list({"$ref": "#/$defs/Finding"}),
        "approvals": parts.list_of(Approval),
        "years": parts.list_of(YearAmount),
        "due": parts.list_of(Due),
    }
    parts.made["SpendCase"] = _object(case, "A deck's line on the pipeline.")
    body = {
        **_head("gatewise/pipeline"),
        "lines": _list({"anyOf": [{"$ref": "#/$defs/SpendCase"}, parts.not_assessed()]}),
        "by_need": parts.list_of(NeedTotal),
        "by_year": parts.list_of(YearTotal),
        "notes": _list(_TEXT),
        "does_not_tell": _TEXT,
    }
    about = "A portfolio's spend as one list, the most urgent first."
    return document("What gatewise pipeline writes", _object(body, about), parts.made)


def return_schema() -> Schema:
    """The schema of what ``gatewise pipeline --return PERIOD --output json=FILE`` writes."""
    parts = _Parts()
    body = {
        **_head("gatewise/return"),
        "from": _KINDS["date"],
        "to": _KINDS["date"],
        "nil": {
            **_YES_OR_NO,
            "description": "No approval was given in the period, and nothing is unsettled.",
        },
        "unsettled": {
            "type": "integer",
            "description": "How many things could not be included and must be settled first.",
        },
        "lines": parts.list_of(ReturnLine),
        "left_out": parts.list_of(LeftOut),
        "not_assessed": _list(parts.not_assessed()),
        "notes": _list(_TEXT),
        "does_not_tell": _TEXT,
    }
    about = "The approvals given in a period, both of its days included."
    return document("What gatewise pipeline --return writes", _object(body, about), parts.made)


class _Parts:
    """Collects the definitions of what a document holds."""

    def __init__(self) -> None:
        self.made: dict[str, Schema] = {}

    def list_of(self, kind: type) -> Schema:
        self.made[kind.__name__], more = dataclass_schema(kind, *_MODULES)
        self.made |= more
        return _list({"$ref": f"#/$defs/{kind.__name__}"})

    def not_assessed(self) -> Schema:
        """A deck that could not be assessed, which is never one that needs nothing."""
        plain, more = dataclass_schema(NotAssessed, *_MODULES)
        needs = {"assessed": {"const": False}, "needs": {"const": NOT_ASSESSED}}
        self.made |= more
        self.made["NotAssessed"] = _object(
            {**needs, **plain["properties"]}, "A deck that could not be assessed."
        )
        return {"$ref": "#/$defs/NotAssessed"}


def _head(name: str) -> Schema:
    version = {"type": "string", "pattern": r"^1\."}
    return {
        "schema": {"const": name},
        "version": {**version, "description": "The first number rises when a reader could break."},
        "rulebook": _TEXT,
        "rulebook_hash": _TEXT,
    }


def _field(field: Field[pipeline.SpendCase]) -> Schema:
    kind = _KINDS[field.kind]
    return {"anyOf": [kind, {"type": "null"}], "description": field.heading}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _object(properties: Schema, about: str) -> Schema:
    return {
        "type": "object",
        "description": about,
        "properties": properties,
        "required": list(properties),
    }
