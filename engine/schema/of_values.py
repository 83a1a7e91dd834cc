"""Facts as decks write them: everything that ``engine.values`` reads, as schemas."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from engine.model.vocabulary import NUMERIC, FactSpec, FactType, Value
from engine.schema.definitions import (
    YES_NO,
    Definitions,
    Schema,
    described,
    mapping_of,
    one_of,
    one_of_choices,
)
from engine.values import MISSING_WORDS

# Texts stay unchecked where the reader takes many forms: a schema may allow more than the
# reader does, but must never refuse what the reader accepts.
_OPEN: dict[FactType, Schema] = {
    "money": {"type": ["number", "string", "null"]},
    "number": {"type": ["number", "string", "null"]},
    "integer": {"type": ["number", "string", "null"], "multipleOf": 1},
    "percentage": {"type": ["number", "string", "null"]},
    "date": {"type": ["string", "null"]},
    "text": {"type": ["string", "number", "boolean", "null"]},
    "references": {"type": ["array", "string", "number", "boolean", "null"]},
}
_YES_NO_WORDS = ("yes", "y", "true", "no", "n", "false")
_SYNTAX = frozenset(r"\^$.*+?()[]{}|/")


def value_of(spec: FactSpec, definitions: Definitions, owner: str = "") -> Schema:
    """What a deck may write for a fact, with the fact's label and question.

    Args:
        spec: the fact.
        definitions: where what it shares with other facts is collected.
        owner: the list that it belongs to, if it is an item's.
    """
    name = definitions.name_of_type(spec, owner)
    schema = definitions.refer(name, lambda: _build(spec, definitions))
    for key, bound in (("minimum", spec.minimum), ("maximum", spec.maximum)):
        if bound is not None and spec.type in NUMERIC:
            schema[key] = _plain_bound(spec.type, bound)
    return described(schema, spec.label, spec.question)


def missing(definitions: Definitions) -> Schema:
    """Null and the words that stand for "not answered"."""
    return definitions.refer(
        "missing", lambda: {"type": ["null", "string"], "pattern": missing_words()}
    )


def mapping_or_missing(properties: Schema, definitions: Definitions) -> Schema:
    """A mapping of these keys only, or a word for missing in its place."""
    built = definitions.refer(
        "section",
        lambda: {"type": ["object", "null", "string"], "pattern": missing_words()},
    )
    schema = mapping_of(properties)
    del schema["type"]
    return {**built, **schema}


def list_or_missing(item: Schema, definitions: Definitions) -> Schema:
    """A list of items, or a word for missing in its place."""
    built = definitions.refer(
        "list", lambda: {"type": ["array", "null", "string"], "pattern": missing_words()}
    )
    return {**built, "items": item}


def any_case(words: Iterable[str]) -> str:
    """A pattern for these words in capitals or small letters, with blanks around them."""
    return rf"^\s*{any_case_of(words)}\s*$"


def missing_words() -> str:
    """A pattern for what stands for "not answered"."""
    return rf"^\s*(?:{any_case_of(MISSING_WORDS)}\s*$|[Tt][Bb][CcDd](?![A-Za-z0-9_]))"


def any_case_of(words: Iterable[str]) -> str:
    """The part of a pattern that is one of these words in capitals or small letters."""
    parts = {"".join(_any_case(character) for character in word) for word in words}
    return f"(?:{'|'.join(sorted(parts))})"


def _any_case(character: str) -> str:
    lower, upper = character.lower(), character.upper()
    if lower != upper:
        # a letter whose capital is several letters cannot stand in a class
        return f"[{upper}{lower}]" if len(upper) == 1 else f"(?:{upper}|{lower})"
    if character in "_ ":
        return "[_ ]"  # labels often differ from their ids in this alone, and then are one pattern
    return f"\\{character}" if character in _SYNTAX else character


def _build(spec: FactSpec, definitions: Definitions) -> Schema:
    if spec.type in _OPEN:
        return dict(_OPEN[spec.type])
    if spec.type == "yes_no":
        text = {"type": "string", "pattern": any_case(_YES_NO_WORDS)}
        return {"anyOf": [one_of(YES_NO), text, missing(definitions)]}
    text = {"type": "string", "pattern": any_case([*spec.values, *spec.values.values()])}
    choice = {"anyOf": [one_of_choices(spec), text, missing(definitions)]}
    if spec.type == "choice":
        return choice
    several = {"type": ["array", "string", "null"], "items": choice}
    return {"anyOf": [several, one_of_choices(spec)]}


def _plain_bound(type_: FactType, bound: Value) -> int | float:
    assert not isinstance(bound, date | str | frozenset), "numbers have numbers for bounds"
    number = Decimal(bound) / 100 if type_ == "money" else Decimal(bound)
    return int(number) if number == int(number) else float(number)
