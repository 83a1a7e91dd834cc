"""Tables in: a CSV file, a workbook's sheet or JSON of any shape, by a mapping."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from engine.errors import DeckError, Place, Problem, printable
from engine.mapping import apply_mapping
from engine.mapping.grid import Grid
from engine.mapping.items import records_at, table_of_records
from engine.mapping.sheet_grid import grid_of_sheet
from engine.model.document import Document
from engine.model.mapping import DeckMapping, TableForm, TableFormat
from engine.model.table import Table
from engine.readers.files import LARGEST_OFFICE_FILE, decode, read_file, read_stream
from engine.readers.from_csv import read_csv
from engine.readers.from_json import (
    MOST_PARTS_OF_A_LIST,
    is_json_lines,
    parse_json,
    parse_json_lines,
)
from engine.readers.office import pages_of

TABLE_ENDINGS: Mapping[TableFormat, tuple[str, ...]] = {
    "csv": (".csv", ".tsv", ".txt"),
    "json": (".json", ".jsonl"),
    "workbook": (".xlsx", ".xlsm", ".xls"),
}
_KINDS = {"csv": "a CSV file", "json": "a JSON file", "workbook": "a workbook"}


def read_table_documents(path: Path, mapping: DeckMapping) -> list[Document]:
    """The decks that a mapping makes of a table.

    Raises:
        DeckError: the file cannot be read, is no table of the mapping's format, or lacks a column
            that the mapping needs.
        ExtraMissing: the format needs a library that is not installed.
    """
    source, form = printable(str(path)), mapping.table
    ending = path.suffix.lower()
    if ending not in TABLE_ENDINGS[form.format]:
        message = f'the mapping "{mapping.title}" is for {_KINDS[form.format]}'
        fix = f"Give a file that ends in {' or '.join(TABLE_ENDINGS[form.format])}."
        raise DeckError([Problem(Place(source), message, path.suffix, fix=fix)])
    return apply_mapping(read_table(read_table_file(path, form.format), source, form), mapping)


def read_table_stream(stream: BinaryIO, mapping: DeckMapping) -> list[Document]:
    """The same for what comes on a stream."""
    source = "standard input"
    return apply_mapping(read_table(read_stream(stream, source), source, mapping.table), mapping)


def read_table_file(path: Path, format_: TableFormat) -> bytes:
    """A table's bytes; a workbook may be larger than text."""
    return read_file(path, DeckError, LARGEST_OFFICE_FILE if format_ == "workbook" else None)


def read_table(content: bytes, source: str, form: TableForm) -> Table:
    """A file's bytes as a table.

    Raises:
        DeckError, ExtraMissing: as ``read_table_documents``.
    """
    if form.format == "json":
        return table_of_records(read_records(content, source, form.each), source)
    grid, remarks = read_grid(content, source, form)
    return grid.table(form, remarks)


def read_grid(content: bytes, source: str, form: TableForm) -> tuple[Grid, tuple[str, ...]]:
    """The cells of a CSV file or sheet, and what to know of how they were read."""
    if form.format == "workbook":
        return grid_of_sheet(pages_of(content, source, "from_xlsx"), form.sheet)
    found = read_csv(content, source, form.encoding, form.delimiter)
    return Grid(found.rows, source), found.remarks


def read_records(content: bytes, source: str, each: str) -> list[Document]:
    """The records of a JSON file: one a line, a list, or the list at a path."""
    text = decode(content, source, DeckError)
    if not each and is_json_lines(text):
        return parse_json_lines(text, source)
    documents = parse_json(text, source, MOST_PARTS_OF_A_LIST)
    return records_at(documents[0], each) if each and len(documents) == 1 else documents
