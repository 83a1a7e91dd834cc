"""What was read in a file, as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from engine.model.understood import Found, Understood
from engine.model.vocabulary import Vocabulary
from engine.renderers.readings import in_words, spec_of, value_of
from engine.showing import canonical


def reading_as_json(found: Sequence[Understood], vocabulary: Vocabulary) -> str:
    """Every value with its place and confidence, what was left, and what to know of the file."""
    told = {"readings": [_reading(each, vocabulary) for each in found]}
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _reading(understood: Understood, vocabulary: Vocabulary) -> dict[str, Any]:
    document = understood.document
    return {
        "file": document.source,
        "where": document.where,
        "values": [_value(each, vocabulary) for each in understood.found],
        "left": [{"text": each.text, "place": each.spot} for each in understood.left],
        "problems": [
            {"message": each.message, "found": each.found, "place": each.place.where}
            for each in document.problems
        ],
        "notes": [{"text": each.text, "place": each.place.where} for each in document.notes],
    }


def _value(found: Found, vocabulary: Vocabulary) -> dict[str, Any]:
    spec = spec_of(found, vocabulary)
    value = value_of(spec, found.content)
    return {
        "fact": found.fact,
        "label": spec.label,
        "item": None if found.item is None else found.item + 1,
        "value": None if found.content is None else in_words(spec, found.content, 20_000),
        "raw": None if value is None else canonical(spec, value),
        "place": found.spot,
        "confidence": found.confidence,
        "because": found.because,
        "used": found.used,
    }
