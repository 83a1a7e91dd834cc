"""The published JSON Schemas (draft 2020-12), from the models and the vocabulary."""

from __future__ import annotations

from engine.model.rules import Rulebook
from engine.schema.definitions import Schema
from engine.schema.of_assessments import assessment_schema
from engine.schema.of_decks import deck_schema
from engine.schema.of_mappings import mapping_schema
from engine.schema.of_pipelines import pipeline_schema, return_schema
from engine.schema.of_rules import organisation_schema, rules_schema, vocabulary_schema

__all__ = [
    "all_schemas",
    "assessment_schema",
    "deck_schema",
    "mapping_schema",
    "organisation_schema",
    "pipeline_schema",
    "return_schema",
    "rules_schema",
    "vocabulary_schema",
]


def all_schemas(rulebook: Rulebook) -> dict[str, Schema]:
    """Every published schema by its file's name.

    Args:
        rulebook: its facts, thresholds, gates, roles and organisations are the known ones.
    """
    deck = deck_schema(rulebook.vocabulary, rulebook.gates, rulebook.organisations)
    return {
        "rules.schema.json": rules_schema(rulebook),
        "facts.schema.json": vocabulary_schema(),
        "organisation.schema.json": organisation_schema(rulebook),
        "deck.schema.json": deck,
        "mapping.schema.json": mapping_schema(rulebook.vocabulary),
        "assessment.schema.json": assessment_schema(),
        "pipeline.schema.json": pipeline_schema(),
        "return.schema.json": return_schema(),
    }
