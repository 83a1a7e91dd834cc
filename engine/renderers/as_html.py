"""A run as one HTML page that needs nothing else: no network, no scripts; to read or to print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from importlib.resources import files

from engine.model.check_run import CheckRun, Show
from engine.renderers.blocks import (
    COLOURS,
    Block,
    Bullets,
    Callout,
    Heading,
    Line,
    Pairs,
    Paragraph,
    Part,
    Report,
    Run,
    Table,
)
from engine.renderers.report import LANGUAGE, report_of

_LONG = 16  # characters of a word that may not fit into a column
_BREAK = re.compile(r"[/._:](?=\w)|[^/._:]{24}(?=\w)")  # after which a long word may break


def as_html(run: CheckRun, show: Show = "findings") -> str:
    """The report as a page; text from decks is escaped, and never markup."""
    return "\n".join(_page(report_of(run, show))) + "\n"


def _page(report: Report) -> Iterator[str]:
    style = files("engine.renderers").joinpath("page.css").read_text(encoding="utf-8")
    yield "<!DOCTYPE html>"
    yield f'<html lang="{LANGUAGE}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(report.title)}</title>"
    yield "<style>"
    yield style.rstrip()
    for tone, (ink, tint) in COLOURS.items():
        yield f".{tone} {{ --ink: #{ink}; --tint: #{tint}; }}"
    yield "</style>"
    yield "</head>"
    yield "<body>"
    yield '<a class="skip" href="#main">Skip to the report</a>'
    first, *others = report.parts
    sections = [] if others else _sections(first)
    if sections:
        yield from _contents(sections)
    yield '<main id="main">'
    for number, part in enumerate(report.parts):
        yield from _part(part, number)
    yield "</main>"
    yield f"<footer><p>{escape(report.footer)}</p></footer>"
    yield "</body>"
    yield "</html>"


def _sections(part: Part) -> list[tuple[str, str]]:
    return [
        (_id(0, place), block.text)
        for place, block in enumerate(part.blocks)
        if isinstance(block, Heading) and block.level == 1
    ]


def _contents(links: list[tuple[str, str]]) -> Iterator[str]:
    yield '<nav aria-label="Contents">'
    yield "<ul>"
    yield from (f'<li><a href="#{id_}">{_breakable(name)}</a></li>' for id_, name in links)
    yield "</ul>"
    yield "</nav>"


def _id(part: int, block: int) -> str:
    return f"part-{part + 1}-{block + 1}"


def _part(part: Part, number: int) -> Iterator[str]:
    yield '<div class="part">'
    for place, block in enumerate(part.blocks):
        yield from _block(block, _id(number, place))
    yield "</div>"


def _block(block: Block, id_: str) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f'<h{level + 1} id="{id_}">{_breakable(text)}</h{level + 1}>'
        case Paragraph(line, quiet):
            kind = ' class="quiet"' if quiet else ""
            yield f"<p{kind}>{_line(line)}</p>"
        case Bullets(lines):
            yield "<ul>"
            yield from (f"<li>{_line(each)}</li>" for each in lines)
            yield "</ul>"
        case Pairs(rows):
            yield "<dl>"
            for name, line in rows:
                yield f"<div><dt>{escape(name)}</dt><dd>{_line(line)}</dd></div>"
            yield "</dl>"
        case Callout(tone, title, lines):
            yield f'<div class="outcome {tone}">'
            yield f'<p class="says">{_line(title)}</p>'
            yield from (f"<p>{_line(each)}</p>" for each in lines)
            yield "</div>"
        case Table():
            yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    label = escape(table.title)
    # a group and no region: a screen reader's list of a page's regions holds no forty tables
    yield f'<div class="wide" role="group" aria-label="{label}" tabindex="0">'
    yield "<table>"
    yield f"<caption>{label}</caption>"
    yield "<colgroup>"
    total = sum(column.share for column in table.columns)
    for column in table.columns:
        yield f'<col style="width: {100 * column.share / total:.1f}%">'
    yield "</colgroup>"
    yield "<thead>"
    cells = (f'<th scope="col">{escape(column.title)}</th>' for column in table.columns)
    yield f"<tr>{''.join(cells)}</tr>"
    yield "</thead>"
    yield "<tbody>"
    for first, *others in table.rows:
        cells = (f"<td>{_line(cell)}</td>" for cell in others)
        yield f'<tr><th scope="row">{_line(first)}</th>{"".join(cells)}</tr>'
    yield "</tbody>"
    yield "</table>"
    yield "</div>"


def _line(line: Line) -> str:
    return " ".join(map(_run, line))


def _run(run: Run) -> str:
    text = _breakable(run.text)
    if run.bold:
        text = f"<strong>{text}</strong>"
    if run.link:
        text = f'<a href="{escape(run.link)}">{text}</a>'
    if run.part is not None:
        text = f'<a href="#{_id(run.part, 0)}">{text}</a>'
    return text


def _breakable(text: str) -> str:
    """The text, where long names and paths may break, behind their signs, and copy as they are."""
    words = (
        _BREAK.sub(lambda found: f"{found[0]}\0", word) if len(word) > _LONG else word
        for word in text.split(" ")
    )
    return escape(" ".join(words)).replace("\0", "<wbr>")
