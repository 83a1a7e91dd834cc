"""A file in, a first mapping for it out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.errors import DeckError, Place, Problem, printable
from engine.mapping.draft import draft_mapping, guess_each, guess_form
from engine.mapping.items import table_of_records
from engine.mapping.sheet_grid import fullest_sheet, grid_of_sheet
from engine.model.document import Document
from engine.model.mapping import TableForm
from engine.model.vocabulary import Vocabulary
from engine.readers.office import pages_of
from engine.readers.tables import (
    TABLE_ENDINGS,
    read_grid,
    read_records,
    read_table_file,
)


def draft_mapping_of_file(path: Path | str, vocabulary: Vocabulary) -> str:
    """The text of a mapping that suggests a fact for each column whose heading comes near one.

    Raises:
        DeckError: the file cannot be read, is no table, or no heading looks like a fact.
        ExtraMissing: the format needs a library that is not installed.
    """
    path = Path(path)
    source, ending = printable(str(path)), path.suffix.lower()
    of = [format_ for format_, endings in TABLE_ENDINGS.items() if ending in endings]
    if not of:
        endings = ", ".join(each for some in TABLE_ENDINGS.values() for each in some)
        fix = f"Use a file that ends in {endings}."
        raise DeckError([Problem(Place(source), "not a table's format", path.suffix, fix=fix)])
    form = TableForm(of[0])
    content = read_table_file(path, form.format)
    if form.format == "json":
        records = read_records(content, source, "")
        if len(records) == 1 and (each := _each(records[0])):
            form = replace(form, each=each)
            records = read_records(content, source, each)
        return draft_mapping(table_of_records(records, source), form, vocabulary)
    if form.format == "workbook":
        pages = pages_of(content, source, "from_xlsx")
        form = replace(form, sheet=fullest_sheet(pages))
        grid, _ = grid_of_sheet(pages, form.sheet)
    else:
        grid, _ = read_grid(content, source, form)
    form = guess_form(grid, form, vocabulary)
    return draft_mapping(grid.table(form), form, vocabulary)


def _each(record: Document) -> str:
    return "" if record.problems else guess_each(record.data)
