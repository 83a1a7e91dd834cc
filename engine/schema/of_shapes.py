"""The shapes of ``engine.parse.shapes`` as tidy schemas, ready for the vocabulary's own parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.schema.definitions import YES_NO, Schema

if TYPE_CHECKING:
    from engine.parse.shapes import Shape

_EMPTY: tuple[Any, ...] = ({}, [], "", None, False)


def shape_schema(shape: type[Shape]) -> tuple[Schema, Schema]:
    """A shape's schema and its definitions by name, in the words of the file's author."""
    written = shape.model_json_schema(by_alias=True)
    definitions = {
        _name(name): _tidy(definition) for name, definition in written.pop("$defs", {}).items()
    }
    return _tidy(written), definitions


def _name(shape: str) -> str:
    return shape.removesuffix("Shape")


def _tidy(schema: Schema) -> Schema:
    """The same without invented titles and empty defaults, and as lenient as the reader."""
    tidy: Schema = {}
    for key, value in schema.items():
        if key == "title" or (key == "default" and value in _EMPTY):
            continue
        if key == "$ref":
            tidy[key] = f"#/$defs/{_name(value.rsplit('/', 1)[-1])}"
        elif key == "properties":
            tidy[key] = {name: _tidy(each) for name, each in value.items()}
        elif key == "anyOf":
            tidy.update(_any_of([_tidy(each) for each in value]))
        else:
            tidy[key] = _tidy(value) if isinstance(value, dict) and key != "default" else value
    if tidy.get("type") == "string" and not {"pattern", "format", "enum", "const"} & set(tidy):
        tidy["type"] = ["string", "number"]  # a clause may be 4, and a title 2030
    if tidy.get("type") == "boolean" and "const" not in tidy:
        del tidy["type"]
        tidy["enum"] = list(YES_NO)
    return tidy


def _any_of(options: list[Schema]) -> Schema:
    """Several schemas as one where each is no more than a type."""
    plain = [option for option in options if set(option) <= {"type"} or option == _YES_OR_NO]
    if len(plain) < len(options) and not _is_written(options):
        return {"anyOf": options}
    types: list[str] = []
    for option in plain:
        named = option.get("type", "boolean")
        types += [named] if isinstance(named, str) else named
    return {"type": sorted(set(types))}


_YES_OR_NO: Schema = {"enum": list(YES_NO)}


def _is_written(options: list[Schema]) -> bool:
    """Whether these are the forms of any plain value, whose texts need no form of their own."""
    return {"type": ["string", "number"]} in options and all(
        option.get("type") in ("string", "number", "integer", "null", ["string", "number"])
        or option == _YES_OR_NO
        for option in options
    )
