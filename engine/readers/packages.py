"""The zip archive that an office file is: what is checked before a parser sees any of it."""

from __future__ import annotations

import posixpath
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from xml.etree import ElementTree as ET
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from engine.errors import DeckError
from engine.readers.office_kinds import (
    Kind,
    damaged,
    declared_otherwise,
    is_zip,
    locked,
    not_of_kind,
    refused,
)

MOST_MEMBERS = 10_000
LARGEST_XML = 64 * 1024**2  # bytes of all XML together, unpacked: all that is ever unpacked
LARGEST_TOTAL = 1024**3  # bytes that all members say they unpack to, pictures and films included
HIGHEST_RATIO = 250  # of an XML part; a sheet of equal cells reaches about 100
# tags in all XML together: what a parser builds grows with them; python-pptx keeps it all at once
MOST_TAGS = {Kind.PRESENTATION: 1_500_000, Kind.WORKBOOK: 4_000_000}
_SMALL = 1024**2  # bytes below which no ratio matters
_CHUNK = 64 * 1024

# what parsers are known to raise on broken parts: lxml's errors are SyntaxErrors
_WHAT_PARSERS_RAISE: tuple[type[Exception], ...] = (
    ArithmeticError, AssertionError, AttributeError, BadZipFile, EOFError, LookupError,
    NotImplementedError, OSError, RecursionError, struct.error, SyntaxError, TypeError, ValueError,
    expat.ExpatError, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part of a package says of another.

    Attributes:
        kind: the last word of its type: "worksheet", "image", "hyperlink".
        target: a part's name; of an external one, whatever it points to.
    """

    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Package:
    """A package whose XML was unpacked within bounds and checked; nothing else of it was.

    Attributes:
        parts: the bytes of each XML part, by name ("ppt/presentation.xml").
        packed: the names of the others: pictures, films, macros, embedded files.
        main: the name of the part that all begins with.
    """

    parts: Mapping[str, bytes]
    packed: tuple[str, ...]
    main: str

    def part(self, name: str) -> bytes:
        """An XML part; names differ in case between programs."""
        return self.parts[name] if name in self.parts else self.parts[self._by_lower[name.lower()]]

    @cached_property
    def _by_lower(self) -> dict[str, str]:
        return {name.lower(): name for name in self.parts}

    def relations(self, part: str) -> list[Relation]:
        """What a part refers to, in the order of its list; "" for the package itself."""
        folder, name = posixpath.split(part)
        try:
            content = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        except KeyError:
            return []
        return list(_relations(content, folder))

    def repacked(self) -> BytesIO:
        """The package as a zip of its checked parts; what was not unpacked is empty in it.

        A library that opens this one cannot meet anything that was not checked.
        """
        file = BytesIO()
        with ZipFile(file, "w", ZIP_STORED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
            for name in self.packed:
                archive.writestr(name, b"")
        file.seek(0)
        return file


@contextmanager
def reading(source: str, kind: Kind, *also: type[Exception]) -> Iterator[None]:
    """Parse inside of this: what a parser raises on broken parts becomes a sentence.

    Args:
        also: the errors that the parser in use has of its own.

    Raises:
        DeckError: the file is damaged, in the parser's words.
    """
    try:
        yield
    except DeckError:
        raise
    except (*_WHAT_PARSERS_RAISE, *also) as error:
        raise damaged(source, kind, error) from error


def open_package(content: bytes, source: str, kind: Kind) -> Package | None:
    """Check a file and unpack its XML; None is an Excel 97-2003 workbook.

    Raises:
        DeckError: it is something else, locked, damaged, or made to exhaust the machine.
    """
    if not is_zip(content, source, kind):
        return None
    with reading(source, kind):
        # each entry of the list of members becomes an object: count before any is made
        if content.count(b"PK\x01\x02") > 2 * MOST_MEMBERS:
            raise _too_many(source, kind)
        with ZipFile(BytesIO(content)) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            _check_members(members, source, kind)
            what = _declared(archive, members, source, kind)
            if what is not None:
                raise what
            return _unpack(archive, members, source, kind)


def _too_many(source: str, kind: Kind) -> DeckError:
    fix = f"Save it anew in {kind.program}, or split it."
    return refused(source, f"more than {MOST_MEMBERS:,} parts are packed in the file", fix)


def _check_members(members: list[ZipInfo], source: str, kind: Kind) -> None:
    """Refuse by the list of members alone what no office program writes."""
    if len(members) > MOST_MEMBERS:
        raise _too_many(source, kind)
    if any(member.flag_bits & 1 for member in members):
        raise locked(source, kind)
    anew = f"Open it in {kind.program} and save it under a new name."
    seen: set[str] = set()
    for member in members:
        name = member.filename
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise refused(source, "a part of the file has a path for a name", anew, name)
        if name.lower() in seen:
            raise refused(source, "a part stands in the file twice", anew, name)
        seen.add(name.lower())
        if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise refused(source, "packed in a way that office programs do not use", anew, name)
    _check_sizes(members, source)


def _check_sizes(members: list[ZipInfo], source: str) -> None:
    """Refuse what would unpack to too much.

    The sizes here are those that the file declares. One that lies low gains nothing: zipfile
    unpacks no more of a member than it declares, and members that are no XML are not unpacked.
    """
    fix = "Do not trust this file: ask the sender how it was made."
    xml = [member for member in members if _is_xml(member.filename)]
    total, of_xml = (sum(member.file_size for member in group) for group in (members, xml))
    for member in xml:
        if member.file_size > _SMALL and member.file_size > HIGHEST_RATIO * member.compress_size:
            ratio = member.file_size // max(member.compress_size, 1)
            message = f"a part unpacks to {ratio:,} times its size, as a zip bomb does"
            raise refused(source, message, fix, member.filename)
    if total > LARGEST_TOTAL:
        message = f"the file unpacks to {total // 1024**2:,} MB, as a zip bomb does"
        raise refused(source, message, fix)
    if of_xml > LARGEST_XML:
        largest = max(xml, key=lambda member: member.file_size).filename
        message = (
            f"the text and tables in the file unpack to {of_xml // 1024**2:,} MB; at most "
            f"{LARGEST_XML // 1024**2} MB are read"
        )
        fix = "Split it, or clear formats from rows and columns that hold nothing."
        raise refused(source, message, fix, f"most of it is in {largest}")


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _declared(
    archive: ZipFile, members: list[ZipInfo], source: str, kind: Kind
) -> DeckError | None:
    """Why this is not a package of the kind, by what it says of itself."""
    names = {member.filename.lower(): member for member in members}
    if "mimetype" in names and names["mimetype"].file_size < 200:
        declared = archive.read(names["mimetype"]).decode("ascii", "replace")
    elif "[content_types].xml" not in names or "_rels/.rels" not in names:
        fix = f"Give the file that {kind.program} saved."
        return not_of_kind(source, kind, "a zip archive of other files", fix)
    else:
        types, rels = (
            _checked(archive, names[each], source, kind)
            for each in ("[content_types].xml", "_rels/.rels")
        )
        main = _main_part(rels)
        declared = _content_type(types, main)
        if b"purl.oclc.org/ooxml" in rels and kind is Kind.PRESENTATION:
            fix = "Open it in PowerPoint and save it as PowerPoint Presentation (.pptx)."
            return refused(source, "saved as Strict Open XML, which cannot be read", fix)
    return declared_otherwise(declared, source, kind)


def _main_part(rels: bytes) -> str:
    found = (each.target for each in _relations(rels, "") if each.kind == "officeDocument")
    try:
        return next(found)
    except StopIteration:
        raise KeyError("it does not say which part it begins with") from None


def _content_type(types: bytes, part: str) -> str:
    """The content type that [Content_Types].xml gives a part; "" where it gives none."""
    default = ""
    for element in ET.fromstring(types):  # noqa: S314 - checked before
        if element.get("PartName", "").lower() == f"/{part}".lower():
            return element.get("ContentType", "")
        if part.lower().endswith(f".{element.get('Extension', '/').lower()}"):
            default = element.get("ContentType", "")
    return default


def _relations(content: bytes, folder: str) -> Iterator[Relation]:
    for element in ET.fromstring(content):  # noqa: S314 - checked before
        target = element.get("Target", "")
        external = element.get("TargetMode", "").lower() == "external"
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        kind = element.get("Type", "").rpartition("/")[2]
        yield Relation(element.get("Id", ""), kind, target, external)


def _unpack(archive: ZipFile, members: list[ZipInfo], source: str, kind: Kind) -> Package:
    parts: dict[str, bytes] = {}
    tags = 0
    for member in members:
        if _is_xml(member.filename):
            content = _checked(archive, member, source, kind)
            tags += content.count(b"<")
            if tags > MOST_TAGS[kind]:
                fix = "Split it, or clear formats from rows and columns that hold nothing."
                raise refused(source, "there is more in the file than can be read", fix)
            parts[member.filename] = content
    packed = tuple(member.filename for member in members if member.filename not in parts)
    package = Package(parts, packed, "")
    return Package(parts, packed, _main_part(package.part("_rels/.rels")))


def _checked(archive: ZipFile, member: ZipInfo, source: str, kind: Kind) -> bytes:
    """One XML part, unpacked piece by piece while a parser looks for what it must not hold."""

    def refuse_doctype(*_: object) -> None:
        message = "a part of the file declares XML entities, as attacks on parsers do"
        fix = "Do not trust this file: ask the sender how it was made."
        raise refused(source, message, fix, member.filename)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_doctype
    pieces = []
    try:
        with archive.open(member) as file:
            while piece := file.read(_CHUNK):
                parser.Parse(piece, False)
                pieces.append(piece)
        parser.Parse(b"", True)
    except (expat.ExpatError, zlib.error, EOFError, BadZipFile) as error:
        raise damaged(source, kind, f"{member.filename}: {error}") from error
    return b"".join(pieces)
