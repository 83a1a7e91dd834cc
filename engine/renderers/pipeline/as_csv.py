"""A pipeline or a return as CSV: for spreadsheets, so with a mark that it is UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from engine.errors import printable
from engine.model.check_run import NotAssessed
from engine.model.pipeline import Cell, Pipeline, ReturnLine, SpendCase, SpendReturn
from engine.pipeline.columns import Column
from engine.renderers.pipeline.unassessed import cells_of_unassessed, nil_return_cells

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def pipeline_as_csv(pipeline: Pipeline, columns: Sequence[Column[SpendCase]]) -> str:
    """A row for each line, those that could not be assessed included."""
    return _csv(
        columns,
        (
            cells_of_unassessed(line, columns)
            if isinstance(line, NotAssessed)
            else [column.get(line) for column in columns]
            for line in pipeline.lines
        ),
    )


def return_as_csv(drawn: SpendReturn, columns: Sequence[Column[ReturnLine]]) -> str:
    """A row for each approval, or one that says that there is none."""
    rows = [[column.get(line) for column in columns] for line in drawn.lines]
    return _csv(columns, rows or [nil_return_cells(drawn, columns)])


def _csv(
    columns: Sequence[Column[SpendCase] | Column[ReturnLine]], rows: Iterable[list[Cell]]
) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_safe(column.heading) for column in columns])
    for row in rows:
        writer.writerow([_written(cell) for cell in row])
    return "\ufeff" + text.getvalue()


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal | int):
        return f"{cell}"
    return _safe(cell)


def _safe(text: str) -> str:
    """Text on one line; a spreadsheet would take what begins like a formula for one."""
    marked = text.startswith(_FORMULA)
    line = " | ".join(part.strip() for part in printable(text).split("\n") if part.strip())
    return f"'{line}" if marked or line.startswith(_FORMULA) else line
