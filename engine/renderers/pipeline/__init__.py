"""A pipeline or a return in any of the forms that it has."""

from __future__ import annotations

from collections.abc import Sequence

from engine.model.pipeline import Pipeline, ReturnLine, SpendCase, SpendReturn
from engine.pipeline.columns import Column
from engine.renderers.pipeline.as_csv import pipeline_as_csv, return_as_csv
from engine.renderers.pipeline.as_json import pipeline_as_json, return_as_json
from engine.renderers.pipeline.as_text import pipeline_as_text
from engine.renderers.pipeline.return_as_text import return_as_text


def pipeline_in(pipeline: Pipeline, form: str, columns: Sequence[Column[SpendCase]]) -> bytes:
    """A pipeline as text, csv, json or xlsx; the columns are those of csv and xlsx.

    Raises:
        ExtraMissing: the library for Excel files is not installed.
    """
    match form:
        case "xlsx":
            from engine.renderers.pipeline.as_xlsx import pipeline_as_xlsx  # noqa: PLC0415

            return pipeline_as_xlsx(pipeline, columns)
        case "csv":
            return pipeline_as_csv(pipeline, columns).encode()
        case "json":
            return pipeline_as_json(pipeline).encode()
    return pipeline_as_text(pipeline).encode()


def return_in(drawn: SpendReturn, form: str, columns: Sequence[Column[ReturnLine]]) -> bytes:
    """A return as text, csv, json or xlsx.

    Raises:
        ExtraMissing: as ``pipeline_in``.
    """
    match form:
        case "xlsx":
            from engine.renderers.pipeline.return_as_xlsx import return_as_xlsx  # noqa: PLC0415

            return return_as_xlsx(drawn, columns)
        case "csv":
            return return_as_csv(drawn, columns).encode()
        case "json":
            return return_as_json(drawn).encode()
    return return_as_text(drawn).encode()
