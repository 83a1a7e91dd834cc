"""Files in: one module for each format, and the front doors for decks and rules."""

from engine.readers.column_maps import read_column_map
from engine.readers.decks import (
    DECK_FORMATS,
    OFFICE_FORMATS,
    read_documents,
    read_pages,
    read_standard_input,
)
from engine.readers.drafts import draft_mapping_of_file
from engine.readers.mappings import (
    find_mapping,
    load_mapping,
    mapping_names,
    parse_mapping_text,
    shipped_mappings,
)
from engine.readers.rules import load_rulebook, shipped_rules, without_cases

__all__ = [
    "DECK_FORMATS",
    "OFFICE_FORMATS",
    "draft_mapping_of_file",
    "find_mapping",
    "load_mapping",
    "load_rulebook",
    "mapping_names",
    "parse_mapping_text",
    "read_column_map",
    "read_documents",
    "read_pages",
    "read_standard_input",
    "shipped_mappings",
    "shipped_rules",
    "without_cases",
]
