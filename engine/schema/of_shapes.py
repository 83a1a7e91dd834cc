"""The shapes of ``engine.parse.shapes`` as tidy schemas, ready for the vocabulary's own parts."""

from __future__ import annotations

from typing import Any

from engine.parse.shapes import Shape
from engine.schema.definitions import YES_NO, Schema, one_of

_NO_DEFAULT: tuple[Any, ...] = ({}, [], "", None, False, {"from": None, "to": None})
_PINS_A_TEXT = frozenset({"pattern", "format", "enum", "const"})


def shape_schema(shape: type[Shape]) -> tuple[Schema, Schema]:
    """A shape's schema and its definitions by name, without the names of Python's classes."""
    written = shape.model_json_schema(by_alias=True)
    definitions = written.pop("$defs", {})
    return _tidy(written), {_name(name): _tidy(each) for name, each in definitions.items()}


def _name(shape: str) -> str:
    return shape.removesuffix("Shape")


def _tidy(schema: Schema) -> Schema:
    """The same without invented titles and empty defaults, and as lenient as the reader."""
    tidy: Schema = {}
    for key, value in schema.items():
        if _says_nothing(key, value, schema):
            continue
        match key:
            case "allOf" if len(value) == 1:
                tidy.update(_tidy(value[0]))
            case "$ref":
                tidy[key] = f"#/$defs/{_name(value.rsplit('/', 1)[-1])}"
            case "properties":
                tidy[key] = {name: _yes_no(_tidy(each)) for name, each in value.items()}
            case "anyOf":
                tidy.update(_any_of([_tidy(each) for each in value]))
            case _:
                tidy[key] = _tidy(value) if isinstance(value, dict) else value
    if tidy.get("type") == "string" and not _PINS_A_TEXT & set(tidy):
        tidy["type"] = ["string", "number"]  # a clause may be 4, and a title 2030
    return tidy


def _says_nothing(key: str, value: Any, schema: Schema) -> bool:
    """Whether a keyword is a class's name, an empty default, or said by another keyword."""
    # before 2.10 pydantic wrote enum beside const, and a reference with a default as allOf
    return (
        key == "title"
        or (key == "default" and value in _NO_DEFAULT)
        or (key == "enum" and "const" in schema)
    )


def _yes_no(schema: Schema) -> Schema:
    """A setting that is true or false, which the reader also takes as yes or no."""
    return one_of(YES_NO) if schema.get("type") == "boolean" else schema


def _any_of(options: list[Schema]) -> Schema:
    """Several schemas, with those that are no more than a type taken together."""
    types: set[str] = set()
    others: list[Schema] = []
    for option in options:
        if set(option) == {"type"}:
            types |= {option["type"]} if isinstance(option["type"], str) else set(option["type"])
        else:
            others.append(option)
    plain: Schema = {"type": sorted(types) if len(types) > 1 else "".join(types)}
    if not types:
        return {"anyOf": others}
    return {"anyOf": [*others, plain]} if others else plain
