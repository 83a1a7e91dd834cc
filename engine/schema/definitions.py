"""The shared parts of a schema, each written once and referred to by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from engine.model.vocabulary import FactSpec

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
YES_NO: tuple[bool | str, ...] = (True, False, "yes", "no")


class Definitions:
    """Collects definitions in the order of their first use."""

    def __init__(self) -> None:
        self.found: dict[str, Schema] = {}
        self._sets: dict[tuple[bool, tuple[tuple[str, str], ...]], str] = {}

    def refer(self, name: str, build: Callable[[], Schema]) -> Schema:
        """A reference to a definition, which is built when it is first referred to."""
        if name not in self.found:
            self.found[name] = {}  # holds its place, so that a definition may refer to itself
            self.found[name] = build()
        return {"$ref": f"#/$defs/{name}"}

    def name_of_type(self, spec: FactSpec, owner: str = "") -> str:
        """The type's name; a choice's has the first fact with the same values for a surname.

        Args:
            spec: the fact.
            owner: the list that it belongs to, if it is an item's.
        """
        if spec.type not in ("choice", "choices"):
            return spec.type
        first = f"{owner}.{spec.name}" if owner else spec.name
        surname = self._sets.setdefault((spec.ordered, tuple(spec.values.items())), first)
        return f"{spec.type}.{surname}"


def one_of(values: Iterable[Any], labels: Iterable[str] = ()) -> Schema:
    """These values and no others; editors show the labels beside them."""
    schema: Schema = {"enum": list(values)}
    if not schema["enum"]:
        return {"not": {}}  # some validators refuse a list of no values
    words = list(labels)
    if any(word != str(value) for word, value in zip(words, schema["enum"], strict=False)):
        schema["enumDescriptions"] = words
    return schema


def one_of_choices(spec: FactSpec) -> Schema:
    """A choice's ids, also as the yes, no and whole numbers that YAML makes of some of them."""
    plain: dict[str, bool | int] = {"yes": True, "no": False}
    ids: list[Any] = list(spec.values)
    names = {name.casefold() for pair in spec.values.items() for name in pair}
    ids += [value for word, value in plain.items() if word in names]
    ids += sorted(int(name) for name in names if name.isdecimal() and str(int(name)) == name)
    return one_of(ids, [spec.values.get(str(value), str(value)) for value in ids])


def described(schema: Schema, title: str, description: str = "") -> Schema:
    """The schema with the words that an editor shows for it."""
    words = {"title": title, "description": description}
    return {**schema, **{key: text for key, text in words.items() if text}}


def mapping_of(properties: Schema, **more: Any) -> Schema:
    """A mapping that allows only these keys."""
    return {"type": "object", "properties": properties, "additionalProperties": False, **more}


def document(title: str, body: Schema, definitions: Schema) -> Schema:
    """A whole schema: its dialect and title, its body, and its definitions by name."""
    defs = {name: definitions[name] for name in sorted(definitions)}
    return {"$schema": DIALECT, "title": title, **body, "$defs": defs}
