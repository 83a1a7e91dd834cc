"""The schemas of a rules folder's files: rulesets, the vocabulary and organisations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.model.rules import Rulebook
from engine.model.vocabulary import NUMERIC, Vocabulary
from engine.operators import OPERATORS
from engine.parse.shapes import OrganisationShape, RuleSetShape, VocabularyShape
from engine.schema.definitions import Definitions, Schema, described, document, mapping_of, one_of
from engine.schema.of_conditions import Conditions
from engine.schema.of_shapes import shape_schema
from engine.schema.of_values import value_of

_FUNCTIONS = ("count", "sum", "min", "max", "share", "most_alike")
_ITEM_FUNCTIONS = (
    "days", "count", "sum", "min", "max", "some", "itself", "missing", "circular",
)  # fmt: skip


def rules_schema(rulebook: Rulebook) -> Schema:
    """The schema of a ruleset's file, with the vocabulary's facts and what may be asked of them."""
    body, shapes = shape_schema(RuleSetShape)
    vocabulary = rulebook.vocabulary
    definitions = Definitions()
    types = {name: threshold.type for name, threshold in rulebook.thresholds.items()}
    conditions = Conditions(vocabulary, types, definitions)
    condition = conditions.condition()
    roles = definitions.refer("role", lambda: _ids(vocabulary.roles))
    gates = {id_: gate.title for id_, gate in rulebook.gates.items()}
    gate = definitions.refer("gate", lambda: _ids(gates))

    rule, case = shapes["Rule"]["properties"], shapes["Case"]["properties"]
    rule |= {"applies_when": condition, "require": {**condition, "minProperties": 1}}
    rule |= {"owner": roles, "escalate_to": _or_null(roles)}
    rule["gates"]["items"] = shapes["Ladder"]["properties"]["gates"]["items"] = gate
    shapes["Row"]["properties"]["when"] = _or_null(condition)
    shapes["Gate"]["properties"] |= {"decided_by": roles, "returned_to": _or_null(roles)}
    choices = [name for name, spec in vocabulary.facts.items() if spec.type == "choice"]
    shapes["Threshold"]["properties"]["state_of"] = _or_null(one_of(choices))
    shapes["DatedValue"]["properties"]["by_gate"] = _or_null(_by_gate(gates))
    percentages = [name for name, type_ in types.items() if type_ == "percentage"]
    shapes["NamedThreshold"]["properties"]["threshold"] = one_of(percentages)
    organisations = {id_: each.title for id_, each in rulebook.organisations.items()}
    case |= {"gate": _or_null(gate), "organisation": _or_null(_ids(organisations))}
    case["facts"] = definitions.refer("case_facts", lambda: _case_facts(vocabulary))
    body["properties"]["conclusions"] = _conclusions(vocabulary, conditions)
    return document("A ruleset of gatewise", body, {**shapes, **definitions.found})


def vocabulary_schema() -> Schema:
    """The schema of facts.yaml, which declares the names that the other schemas know."""
    body, shapes = shape_schema(VocabularyShape)
    name = r"^[a-z][a-z0-9_]*"
    dotted: Schema = {"pattern": rf"{name}(\.[a-z0-9_]+)*$"}
    undotted: Schema = {"pattern": f"{name}$"}
    for key in ("lists", "measures"):
        body["properties"][key]["propertyNames"] = dotted
    body["properties"]["sections"]["propertyNames"] = undotted
    shapes["Section"]["properties"]["facts"]["propertyNames"] = dotted
    shapes["List"]["properties"]["facts"]["propertyNames"] = undotted
    shapes["Fact"]["allOf"] = _suiting_the_type()
    condition = {"$ref": "#/$defs/condition"}
    for shape, functions in (("Measure", _FUNCTIONS), ("ItemMeasure", _ITEM_FUNCTIONS)):
        shapes[shape]["oneOf"] = [
            {"required": [function], "properties": {function: {"not": {"type": "null"}}}}
            for function in functions
        ]
        shapes[shape]["properties"]["where"] = _or_null(condition)
    shapes["List"]["properties"]["measures"]["propertyNames"] = undotted
    shapes["condition"] = _any_condition()
    return document("The vocabulary of gatewise", body, shapes)


def organisation_schema(rulebook: Rulebook) -> Schema:
    """The schema of an organisation's file."""
    body, shapes = shape_schema(OrganisationShape)
    definitions = Definitions()
    facts = {spec.name: value_of(spec, definitions) for spec in rulebook.vocabulary.stated()}
    stated = definitions.refer("facts", lambda: mapping_of(facts))
    gates = {id_: gate.title for id_, gate in rulebook.gates.items()}
    rulesets = {id_: ruleset.title for id_, ruleset in rulebook.rulesets.items()}
    roles = {
        role: described({"type": ["string", "number"]}, words)
        for role, words in rulebook.vocabulary.roles.items()
    }
    thresholds = {
        name: described({"$ref": "#/$defs/Threshold"}, threshold.title)
        for name, threshold in rulebook.thresholds.items()
    }
    body["properties"] |= {
        "facts": stated,
        "defaults": stated,
        "roles": mapping_of(roles),
        "thresholds": mapping_of(thresholds),
        "gates": _or_null({"type": "array", "items": _ids(gates)}),
        "rulesets": _or_null({"type": "array", "items": _ids(rulesets)}),
    }
    shapes["DatedValue"]["properties"]["by_gate"] = _or_null(_by_gate(gates))
    return document("An organisation of gatewise", body, {**shapes, **definitions.found})


def _by_gate(gates: Mapping[str, str]) -> Schema:
    """A threshold's value at each gate."""
    value: Schema = {"type": ["string", "number", "boolean"]}
    return mapping_of({gate: described(value, title) for gate, title in gates.items()})


def _ids(titles: Mapping[str, str]) -> Schema:
    return one_of(titles, titles.values())


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _conclusions(vocabulary: Vocabulary, conditions: Conditions) -> Schema:
    """Each concluded fact by name, with rows whose values are of its type."""
    properties: Schema = {}
    for name, spec in vocabulary.facts.items():
        if spec.concluded:
            row = {"properties": {"value": conditions.literal(spec)}}
            conclusion = {"$ref": "#/$defs/Conclusion", "properties": {"rows": {"items": row}}}
            properties[name] = described(conclusion, spec.label, spec.question)
    return mapping_of(properties)


def _case_facts(vocabulary: Vocabulary) -> Schema:
    """A case's facts by their whole names; below a section's name they may be nested."""
    names: Schema = {spec.name: {"title": spec.label} for spec in vocabulary.stated()}
    lists: Schema = {
        name: {"title": each.title, "type": ["array", "null", "string"]}
        for name, each in vocabulary.lists.items()
    }
    folders = {
        ".".join(name.split(".")[:length])
        for name in [*names, *lists]
        for length in range(1, name.count(".") + 1)
    }
    nested: Schema = {
        name: {"type": ["object", "null", "string"]}
        for name in sorted(folders - set(lists) - set(names))
    }
    return mapping_of({**names, **lists, **nested})


def _suiting_the_type() -> list[Schema]:
    """Which of a fact's keys suit which of its types."""

    def only(types: Iterable[str], key: str, otherwise: Schema) -> Schema:
        suited = {"properties": {"type": {"enum": sorted(types)}}}
        return {"if": suited, "else": {"properties": {key: otherwise}}}

    choices = {"properties": {"type": {"enum": ["choice", "choices"]}}, "required": ["type"]}
    absent, given, no = {"type": "null"}, {"not": {"type": "null"}}, one_of((False, "no"))
    bounded = [*NUMERIC, "date"]
    return [
        {"if": choices, "then": {"required": ["values"], "properties": {"values": given}}},
        only(("choice", "choices"), "values", absent),
        only(("choice",), "ordered", no),
        only(("choice", "yes_no", "text"), "concluded", no),
        only(bounded, "minimum", absent),
        only(bounded, "maximum", absent),
    ]


def _any_condition() -> Schema:
    """A condition whose facts are declared in the very file that holds it."""
    several = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/condition"}}
    operators: Schema = {name: {} for name in OPERATORS}
    plain: Schema = {"type": ["string", "number", "boolean"]}
    values = {"type": "array", "minItems": 1, "items": plain}
    about: Schema = {"anyOf": [plain, values, mapping_of(operators, minProperties=1)]}
    return {
        "type": "object",
        "properties": {"all": several, "any": several, "not": {"$ref": "#/$defs/condition"}},
        "additionalProperties": about,
    }
