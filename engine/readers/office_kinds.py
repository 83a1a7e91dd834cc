"""What an office file really is, by its content and not by its name, and what to do about it."""

from __future__ import annotations

import re
from enum import Enum
from io import BytesIO
from pathlib import PurePath

from engine.errors import DeckError, Place, Problem, shorten
from engine.extras import extra

_ZIP = b"PK\x03\x04"
_NO_MEMBERS = b"PK\x05\x06"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_SAID = 120  # characters of a parser's own words


class Kind(Enum):
    """The two kinds of document that are read: what it is, its program, its ending."""

    PRESENTATION = ("a PowerPoint presentation", "PowerPoint", ".pptx")
    WORKBOOK = ("an Excel workbook", "Excel", ".xlsx")

    def __init__(self, words: str, program: str, ending: str) -> None:
        self.words, self.program, self.ending = words, program, ending


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_MAIN_TYPES = {
    f"{_OPEN_XML}presentationml.presentation.main+xml": Kind.PRESENTATION,
    "application/vnd.ms-powerpoint.presentation.macroenabled.main+xml": Kind.PRESENTATION,
    f"{_OPEN_XML}spreadsheetml.sheet.main+xml": Kind.WORKBOOK,
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": Kind.WORKBOOK,
}
# the beginnings of other content types, the longer first; what the file is and the way out
_SAVE = "Open it in {} and save it as {}."
_DECK_FIX = "Give the presentation as .pptx or the workbook as .xlsx."
_OTHER_TYPES = (
    (f"{_OPEN_XML}presentationml.slideshow", "a PowerPoint show (.ppsx)", Kind.PRESENTATION),
    (f"{_OPEN_XML}presentationml.template", "a PowerPoint template (.potx)", Kind.PRESENTATION),
    ("application/vnd.ms-powerpoint", "a PowerPoint show or template", Kind.PRESENTATION),
    (f"{_OPEN_XML}spreadsheetml.template", "an Excel template (.xltx)", Kind.WORKBOOK),
    ("application/vnd.ms-excel.sheet.binary", "a binary workbook (.xlsb)", Kind.WORKBOOK),
    ("application/vnd.ms-excel", "an Excel template or add-in", Kind.WORKBOOK),
    (f"{_OPEN_XML}wordprocessingml", "a Word document (.docx)", None),
    ("application/vnd.ms-word", "a Word document (.docm)", None),
    ("application/vnd.oasis.opendocument.presentation", "an OpenDocument presentation (.odp)",
     Kind.PRESENTATION),
    ("application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)",
     Kind.WORKBOOK),
    ("application/vnd.oasis.opendocument.text", "an OpenDocument text (.odt)", None),
)  # fmt: skip
# the streams by which an OLE container is known: what it is, whose it is, how to go on
_OLE_STREAMS = (
    (("PowerPoint Document", "PP97_DUALSTORAGE"), "an old PowerPoint presentation (.ppt)",
     "Open it in PowerPoint and save it as PowerPoint Presentation (.pptx)."),
    (("WordDocument",), "a Word document (.doc)",
     "Give the presentation as .pptx or the workbook as .xlsx."),
)  # fmt: skip
# how other files begin
_OTHERS = (
    (rb"%PDF", "a PDF", "Give the presentation or workbook that the PDF was made from."),
    (rb"\{\\rtf", "text in Rich Text Format", "Give the presentation or workbook itself."),
    (rb"\s*<(?i:!doctype html|html|head|body|table|meta)", "a web page",
     "Open it in Excel or PowerPoint and save it as .xlsx or .pptx."),
    (rb"\s*<\?xml", "an XML file", "Open it in Excel or PowerPoint and save it as .xlsx or .pptx."),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|BM|II\*\0|MM\0\*", "a picture",
     "Give the presentation or workbook itself."),
)  # fmt: skip
# endings that text would have where it is a deck
_TEXT_FIX = "Where it is a deck as text, rename it so that it ends in .yaml or .json."


def is_zip(content: bytes, source: str, kind: Kind) -> bool:
    """Whether the content is a zip archive (True) or an Excel 97-2003 workbook (False).

    Raises:
        DeckError: it is neither, or a workbook where a presentation is asked.
    """
    if not content.strip(b"\0 \t\r\n"):
        raise refused(source, "the file is empty", "Give the file that was meant.")
    if content.startswith((_ZIP, _NO_MEMBERS)):
        return True
    if content.startswith(_OLE):
        _look_into_ole(content, source, kind)
        return False
    for begins, what, fix in _OTHERS:
        if re.match(begins, content.removeprefix(b"\xef\xbb\xbf")):
            raise not_of_kind(source, kind, what, fix)
    if _is_text(content):
        raise not_of_kind(source, kind, "text", _TEXT_FIX)
    fix = f"Open it in {kind.program} and save it as {kind.ending}."
    raise not_of_kind(source, kind, "a file of unknown form", fix)


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = content[:4096]
    return not re.search(rb"[\0-\x08\x0e-\x1a\x7f]", sample)


def _look_into_ole(content: bytes, source: str, kind: Kind) -> None:
    """Let an Excel 97-2003 workbook pass, and refuse what else comes in such a container."""
    with extra("office", "Office files"):
        import olefile  # noqa: PLC0415
    try:
        with olefile.OleFileIO(BytesIO(content)) as container:
            streams = {"/".join(path) for path in container.listdir()}
    except (OSError, ValueError, IndexError, TypeError, OverflowError) as error:
        raise damaged(source, kind, error) from error
    top = {name.partition("/")[0].lower() for name in streams}
    if "encryptedpackage" in top or "\x09drmcontent" in top:
        labelled = any("DRM" in name.upper() for name in streams)
        raise locked(source, kind, label=labelled)
    for names, what, fix in _OLE_STREAMS:
        if any(name.lower() in top for name in names):
            raise not_of_kind(source, kind, what, fix)
    if not {"workbook", "book"} & top:
        fix = f"Open it in {kind.program} and save it as {kind.ending}."
        raise not_of_kind(source, kind, "an old office file of unknown form", fix)
    if kind is not Kind.WORKBOOK:
        what = "an old Excel workbook (.xls)"
        raise not_of_kind(source, kind, what, "Rename it so that it ends in .xls.")


def declared_otherwise(declared: str, source: str, kind: Kind) -> DeckError | None:
    """The error of a package that declares itself to be of another kind.

    Args:
        declared: the content type of its main part.
    """
    found = _MAIN_TYPES.get(declared.lower())
    if found is kind:
        return None
    if found is not None:
        return not_of_kind(
            source, kind, found.words, f"Rename it so that it ends in {found.ending}."
        )
    for begins, what, meant in _OTHER_TYPES:
        if declared.lower().startswith(begins):
            fix = _SAVE.format(meant.program, meant.ending) if meant else _DECK_FIX
            return not_of_kind(source, kind, what, fix)
    return not_of_kind(source, kind, "a package of unknown kind", _DECK_FIX)


def refused(source: str, message: str, fix: str, found: str = "") -> DeckError:
    """The error of one sentence about a whole file."""
    return DeckError([Problem(Place(source), message, found, fix=fix)])


def not_of_kind(source: str, kind: Kind, what: str, fix: str) -> DeckError:
    """The error of a file that is something else than its ending says."""
    ending = PurePath(source).suffix or "its ending"
    message = f"not {kind.words}, although its name ends in {ending}: it is {what}"
    if what.endswith(f"({ending.lower()})"):
        message = f"{what}, which cannot be read"
    return refused(source, message, fix)


def locked(source: str, kind: Kind, *, label: bool = False) -> DeckError:
    """The error of a file that only opens with a password or a right."""
    by, what = ("a sensitivity label", "protection") if label else ("a password", "password")
    fix = f"Open it in {kind.program}, take the {what} off (File, Info, Protect) and save it."
    return refused(source, f"the file is locked by {by}", fix)


def damaged(source: str, kind: Kind, error: object) -> DeckError:
    """The error of a file that is broken, with what the parser said, in short."""
    if isinstance(error, KeyError) and error.args:
        key = str(error.args[0])
        error = key if " " in key else f"{key} is missing"
    said = shorten(error, _SAID) or type(error).__name__
    fix = (
        f"Open it in {kind.program}, let it be repaired and save it under a new name; "
        "or ask for the file again."
    )
    return refused(source, "the file is damaged", fix, said)


def ending_for(content: bytes) -> str:
    """The ending that a presentation or workbook should have; "" for another file.

    It is told by names that stand in the file's own list of parts, and nothing is unpacked.
    """
    if content.startswith(_ZIP):
        parts = ((b"ppt/presentation.xml", ".pptx"), (b"xl/workbook.xml", ".xlsx"))
        return next((ending for part, ending in parts if part in content), "")
    if content.startswith(_OLE):
        streams = (("PowerPoint Document", ".ppt"), ("Workbook", ".xls"))
        names = ((name.encode("utf-16-le"), ending) for name, ending in streams)
        return next((ending for name, ending in names if name in content), "")
    return ""
