"""The schema of a deck: every fact and list in its section, nested by the dots in the names."""

from __future__ import annotations

from collections.abc import Mapping

from engine.model.rules import Gate, Organisation
from engine.model.vocabulary import ANSWER, ListSpec, Vocabulary
from engine.schema.definitions import Definitions, Schema, described, document, mapping_of, one_of
from engine.schema.of_values import list_or_missing, mapping_or_missing, value_of


def deck_schema(
    vocabulary: Vocabulary,
    gates: Mapping[str, Gate],
    organisations: Mapping[str, Organisation],
) -> Schema:
    """A schema that accepts every deck the reader does, dotted keys aside.

    Args:
        vocabulary: the facts and lists that a deck may state.
        gates: offered for gate.requested.
        organisations: offered for organisation.id.
    """
    definitions = Definitions()
    leaves = {spec.name: value_of(spec, definitions) for spec in vocabulary.stated()}
    for name, known in (("gate.requested", gates), ("organisation.id", organisations)):
        if known and name in leaves and vocabulary.facts[name].type == "text":
            leaves[name] = _with_suggestions(leaves[name], known)
    for name, spec in vocabulary.lists.items():
        leaves[name] = _list(spec, definitions)
    properties = _nest(leaves, definitions, vocabulary.sections)
    return document("A deck for gatewise", mapping_of(properties), definitions.found)


def _with_suggestions(schema: Schema, known: Mapping[str, Gate | Organisation]) -> Schema:
    """Offer these ids; other text stays allowed, as another rulebook may know it."""
    text = {"$ref": schema["$ref"]}
    words = {key: schema[key] for key in schema if key != "$ref"}
    return {"anyOf": [one_of(known, [each.title for each in known.values()]), text], **words}


def _list(spec: ListSpec, definitions: Definitions) -> Schema:
    facts = {
        name: value_of(fact, definitions, owner=spec.name) for name, fact in spec.facts.items()
    }
    item = mapping_of(facts, title=spec.item)
    return described(list_or_missing(item, definitions), spec.title)


def _nest(
    leaves: Mapping[str, Schema], definitions: Definitions, titles: Mapping[str, str]
) -> Schema:
    """The keys of one level: facts and lists as they are, the others as mappings of the rest."""
    levels: dict[str, dict[str, Schema]] = {section: {} for section in titles}
    for name, schema in leaves.items():
        first, _, rest = name.partition(".")
        levels.setdefault(first, {})[rest] = schema
    properties: Schema = {}
    for first, below in levels.items():
        if "" in below:
            properties[first] = _judged(below) if len(below) > 1 else below[""]
        else:
            nested = mapping_or_missing(_nest(below, definitions, {}), definitions)
            properties[first] = described(nested, titles.get(first, ""))
    return properties


def _judged(parts: Mapping[str, Schema]) -> Schema:
    """A judgement alone, or its answer with the role that made it and the day."""
    answer = parts[""]
    words: Schema = {key: answer[key] for key in ("title", "description") if key in answer}
    bare = {key: value for key, value in answer.items() if key not in words}
    keys = {ANSWER: bare, **{key: schema for key, schema in parts.items() if key}}
    return {"anyOf": [bare, mapping_of(keys)], **words}
