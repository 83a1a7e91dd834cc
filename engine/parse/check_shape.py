"""Checks plain data against a shape, and says what is wrong in the file's own words."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from engine.errors import Problems, nearest
from engine.model.document import Document, Path
from engine.values import quote_the_amount

ShapeT = TypeVar("ShapeT", bound=BaseModel)


def check_shape(shape: type[ShapeT], document: Document, problems: Problems) -> ShapeT | None:
    """The document as the shape, or None after noting every problem with its line."""
    if document.data is None:
        problems.add(document.place(), "the file is empty", fix="Write it by rules/README.md.")
        return None
    try:
        return shape.model_validate(document.data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _explain(detail, shape, document, problems)
        return None


def _explain(
    detail: ErrorDetails, shape: type[BaseModel], document: Document, problems: Problems
) -> None:
    path = _path_in(document.data, detail["loc"])
    place = document.place(path)
    name = str(path[-1]) if path else "the file"
    value = detail["input"]
    found = "" if isinstance(value, dict | list) else value
    match detail["type"]:
        case "extra_forbidden":
            known = _keys_at(shape, detail["loc"][:-1])
            one_of = f"Use one of: {', '.join(known)}." if known else ""
            fix = quote_the_amount(name) or nearest(name, known) or one_of
            problems.add(place, f'unknown key "{name}"', fix=fix)
        case "missing":
            missing = str(detail["loc"][-1])
            around = document.place(path)
            problems.add(around, f'"{missing}" is missing', fix=f"Add {missing}.")
        case "literal_error":
            expected = str(detail["ctx"]["expected"]).replace("'", "").replace("True", "true")
            problems.add(
                place, f'"{name}" is not one of its values', found=found, expected=expected
            )
        case "dict_type" | "model_type" | "model_attributes_type":
            problems.add(place, f'"{name}" must be a mapping', found=found or "a list")
        case "list_type":
            problems.add(place, f'"{name}" must be a list', found=found or "a mapping")
        case "date_from_datetime_parsing" | "date_parsing" | "date_type":
            problems.add(
                place, f'"{name}" is not a date', found=found, expected="a date such as 2026-04-01"
            )
        case "string_pattern_mismatch":
            problems.add(place, f'"{name}" is not in its form', found=found, expected=_form(detail))
        case "int_parsing" | "int_type" | "int_from_float":
            problems.add(place, f'"{name}" is not a whole number', found=found)
        case "greater_than_equal":
            expected = f"{detail['ctx']['ge']} or more"
            problems.add(place, f'"{name}" is too small', found=found, expected=expected)
        case "less_than_equal":
            expected = f"{detail['ctx']['le']} or less"
            problems.add(place, f'"{name}" is too large', found=found, expected=expected)
        case "string_type":
            problems.add(place, f'"{name}" must be text', found=found, fix="Put it in quotes.")
        case "bool_type" | "bool_parsing":
            problems.add(place, f'"{name}" must be true or false', found=found)
        case "too_short" | "string_too_short":
            problems.add(place, f'"{name}" is empty', fix="Fill it in, or take the key out.")
        case _:
            problems.add(
                place, f'"{name}": {detail["msg"][:1].lower()}{detail["msg"][1:]}', found=found
            )


def _form(detail: ErrorDetails) -> str:
    pattern = str(detail["ctx"]["pattern"])
    if "http" in pattern:
        return "an address that begins with https://"
    if "{3}" in pattern:
        return "capitals, a hyphen and three digits: SPEND-012"
    return "capitals: SPEND"


def _path_in(data: Any, loc: tuple[str | int, ...]) -> Path:
    """The part of an error's location that is a path in the data (not a model's name)."""
    path: list[str | int] = []
    for step in loc:
        if isinstance(data, dict) and step in data:
            data = data[step]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            continue
        path.append(step)
    return tuple(path)


def _keys_at(shape: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """The keys that are allowed at a location, found by walking the shape's own schema."""
    schema = shape.model_json_schema(by_alias=True)
    definitions = schema.get("$defs", {})

    def resolve(node: dict[str, Any]) -> dict[str, Any]:
        for option in node.get("anyOf", []):
            if "$ref" in option or option.get("type") in ("object", "array"):
                node = option
                break
        if "$ref" in node:
            return resolve(definitions[node["$ref"].rsplit("/", 1)[-1]])
        return node

    node = resolve(schema)
    for step in loc:
        if isinstance(step, int):
            node = resolve(node.get("items", {}))
        elif step in node.get("properties", {}):
            node = resolve(node["properties"][step])
        else:
            extra = node.get("additionalProperties")
            node = resolve(extra) if isinstance(extra, dict) else {}
    return list(node.get("properties", {}))
