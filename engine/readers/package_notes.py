"""What to know of an office package as a whole: macros, links, embedded files."""

from __future__ import annotations

from engine.readers.office_kinds import Kind
from engine.readers.packages import Package, Relation

MACROS = "It holds macros, which were not run."
_EMBEDDED = "It holds other files inside, which were not opened."
_OTHER_BOOKS = (
    "It takes values from other workbooks, which were not opened: they are as they were last saved."
)
_QUERIES = "It takes data from elsewhere, which was not fetched: it is as it was last saved."
_LINKED = "It links to pictures, sounds, films or data in other files, which were not opened."


def notes_of(package: Package, kind: Kind) -> list[str]:
    """The sentences, each where it is true."""
    names = [name.lower() for name in (*package.parts, *package.packed)]
    relations = [
        (part, each)
        for rels in package.parts
        if rels.lower().endswith(".rels")
        for part in [_owner(rels)]
        for each in package.relations(part)
    ]
    of_workbooks = kind is Kind.WORKBOOK
    external = [each for _, each in relations if each.external and each.kind != "hyperlink"]
    told = {
        MACROS: any("vbaproject" in name or "macrosheets/" in name for name in names),
        _OTHER_BOOKS: of_workbooks and any("externallinks/" in name for name in names),
        _QUERIES: any(name.endswith("xl/connections.xml") for name in names),
        _LINKED: any(not each.kind.startswith("externalLink") for each in external),
        _EMBEDDED: any(_is_embedded_file(part, each) for part, each in relations),
    }
    return [note for note, holds in told.items() if holds]


def _owner(rels: str) -> str:
    """The part that a list of relations belongs to."""
    folder, _, name = rels.rpartition("/")
    return f"{folder.removesuffix('_rels')}{name[: -len('.rels')]}"


def _is_embedded_file(part: str, relation: Relation) -> bool:
    """A chart keeps its numbers in a workbook of its own, which nobody put there by hand."""
    inside = not relation.external and "embeddings/" in relation.target.lower()
    return inside and "/charts/" not in f"/{part.lower()}"
