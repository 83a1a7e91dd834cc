"""The fields of a column map as a page to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.pipeline.fields import CASE_FIELDS, RETURN_FIELDS, Field, ThingT


def fields_in_words() -> str:
    """Every field with its usual heading; what stands in the usual columns has a star."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "A column map names, under columns:, each heading and what it holds:"
    yield ""
    yield "  columns:"
    yield "    Our reference: reference          # a field of the list below"
    yield "    Summary: project.summary          # any single fact of a deck"
    yield "    Cost in 2026/27: {year: 2026/27}  # what falls in one financial year"
    yield "    Department: {always: Our name}    # the same text in every row"
    yield ""
    yield "Fields of the pipeline (* in the usual columns)"
    yield from _fields(CASE_FIELDS)
    yield ""
    yield "Fields of a return, with --return (* in the usual columns)"
    yield from _fields(RETURN_FIELDS)


def _fields(fields: Mapping[str, Field[ThingT]]) -> Iterator[str]:
    for name, field in fields.items():
        yield f"  {'*' if field.usual else ' '} {name:<22}{field.heading}"
