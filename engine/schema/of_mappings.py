"""The schema of a mapping file, which knows the vocabulary's facts."""

from __future__ import annotations

from collections.abc import Mapping

from engine.model.vocabulary import FactSpec, Vocabulary
from engine.parse.mapping_shapes import MappingShape
from engine.schema.definitions import Definitions, Schema, described, document, mapping_of
from engine.schema.of_shapes import shape_schema
from engine.schema.of_values import value_of

_TAKINGS = ("from", "any_of", "first_of", "join")
_HEADING: Schema = {"type": ["string", "number"]}


def mapping_schema(vocabulary: Vocabulary) -> Schema:
    """The schema of a mapping file: what a column may be taken for, and how it is read."""
    body, shapes = shape_schema(MappingShape)
    stated = list(vocabulary.stated())
    for shape in ("Origin", "FactFrom"):
        shapes[shape]["oneOf"] = [{"required": [taking]} for taking in _TAKINGS]
    definitions = Definitions()
    constants = {spec.name: value_of(spec, definitions) for spec in stated}
    body["properties"]["set"] = mapping_of(constants)
    body["properties"]["named_by"] = {"anyOf": [_HEADING, {"$ref": "#/$defs/Origin"}]}
    body["properties"]["facts"] = _facts({spec.name: spec for spec in stated})
    body["properties"]["lists"] = mapping_of(
        {name: described({"$ref": f"#/$defs/list.{name}"}, spec.title)
         for name, spec in vocabulary.lists.items()}
    )  # fmt: skip
    shapes["column"] = {"anyOf": [_HEADING, {"$ref": "#/$defs/FactFrom"}]}
    generic = shapes.pop("ListFrom")
    for name, spec in vocabulary.lists.items():
        facts = _facts(spec.facts)
        items: Schema = {"type": "array", "items": facts}
        own = {**generic["properties"], "facts": facts, "items": items}
        shapes[f"list.{name}"] = {**generic, "properties": own}
    body["anyOf"] = [{"required": ["facts"]}, {"required": ["lists"]}]
    return document("A mapping of gatewise", body, {**shapes, **definitions.found})


def _facts(specs: Mapping[str, FactSpec]) -> Schema:
    column: Schema = {"$ref": "#/$defs/column"}
    return mapping_of({name: described(column, spec.label) for name, spec in specs.items()})
