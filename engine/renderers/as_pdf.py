"""A run as a tagged PDF (PDF/UA-1) with pages for a board, set by typst."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from importlib.resources import files
from typing import Any

from engine.extras import extra
from engine.model.check_run import CheckRun, Show
from engine.renderers.blocks import COLOURS, Paragraph, Report, Table, is_short, line
from engine.renderers.report import AUTHOR, LANGUAGE, report_of

with extra("pdf", "PDF files"):
    import typst

_NOT_SHOWN = "\ufffd"
_NOTE = (
    f"{_NOT_SHOWN} stands for a letter that the fonts at hand lack. The HTML, Word and CSV forms "
    "hold it."
)
_ONE_LETTER = b'#set document(title: "x")\n#sys.inputs.report'


def as_pdf(run: CheckRun, show: Show = "findings") -> bytes:
    """The report as PDF, the same bytes each time.

    The template is fixed; what it shows is data, and is never read as markup.
    """
    report = report_of(run, show)
    template = files("engine.renderers").joinpath("board_pack.typ").read_bytes()
    try:
        return _compile(template, _data(report))
    except typst.TypstError:
        # PDF/UA allows no letter without a shape. The machine's own fonts may have it; what they
        # lack too is shown to be missing. Another mistake would be raised again here.
        lacking = {letter for letter in set(_data(report)) if not _has_shape(letter)}
        if lacking:
            *others, last = report.parts
            note = Paragraph(line(_NOTE), quiet=True)
            noted = replace(last, blocks=(*last.blocks, note))
            report = replace(report, parts=(*others, noted))
        shown = _data(report).translate({ord(letter): _NOT_SHOWN for letter in lacking})
        return _compile(template, shown, machine_fonts=True)


def _compile(template: bytes, data: str, *, machine_fonts: bool = False) -> bytes:
    compiler = typst.Compiler(
        input=template, ignore_system_fonts=not machine_fonts, sys_inputs={"report": data}
    )
    content = compiler.compile(format="pdf", pdf_standards="ua-1")
    assert isinstance(content, bytes)
    return content


def _has_shape(letter: str) -> bool:
    if letter.isascii():
        return True
    try:
        _compile(_ONE_LETTER, letter, machine_fonts=True)
    except typst.TypstError:
        return False
    return True


def _data(report: Report) -> str:
    language, region = LANGUAGE.split("-")
    colours = {tone: {"ink": ink, "tint": tint} for tone, (ink, tint) in COLOURS.items()}
    more = {"language": language, "region": region, "author": AUTHOR, "colours": colours}
    return json.dumps(_plain(report) | more, ensure_ascii=False, default=str)


def _plain(value: Any) -> Any:
    """A block with its kind, for a reader that knows no Python."""
    if is_dataclass(value):
        own = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
        own |= {"short": is_short(value)} if isinstance(value, Table) else {}
        return {"kind": type(value).__name__} | own
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value
