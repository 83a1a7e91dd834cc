"""What stands on each slide after the first; small sections share one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from engine.renderers import guidance
from engine.renderers.slides.look import ROOM
from engine.renderers.slides.presentations import TITLE_SIZE
from engine.renderers.slides.tables import Row, Table, headings, spread
from engine.renderers.template_deck.cells import LARGE, PLAIN, TABLE_ROOM, Fit, parts_of
from engine.renderers.template_deck.lists import list_tables
from engine.renderers.text_size import cut, width
from engine.template import FactsPart, ListPart, Slot, Template

BETWEEN = 16.0  # two tables
_LABELS, _ANSWERS = 390.0, ROOM - 390.0  # the columns of what is asked and of the answers


@dataclass(frozen=True, slots=True)
class Sheet:
    """A slide: the section it is in, its title, its tables, and what stands in its notes."""

    section: str
    title: str
    tables: Sequence[Table]
    notes: Sequence[str]


def sheets(template: Template) -> Iterator[Sheet]:
    """The slides after the first; small sections that follow each other share one."""
    sections: list[FactsPart] = []
    for part in template.parts:
        if isinstance(part, ListPart) or not _fit_together([*sections, part]):
            yield from _of_sections(sections)
            sections = []
        if isinstance(part, ListPart):
            yield from _of_list(part, template.sections[part.section])
        else:
            sections.append(part)
    yield from _of_sections(sections)


def _numbered(
    section: str, title: str, tables: Sequence[Table], notes: Sequence[Sequence[str]]
) -> Iterator[Sheet]:
    """A slide for each table of what does not fit on one."""
    for number, (table, lines) in enumerate(zip(tables, notes, strict=True), 1):
        counted = f" ({number} of {len(tables)})" if len(tables) > 1 else ""
        room = ROOM - width(counted, TITLE_SIZE, bold=True)
        named = f"{cut(title, TITLE_SIZE, room, 1, bold=True)}{counted}"
        name = table.name if number == 1 else f"{table.name} {number}"
        about = f"{title}{counted}. {table.about}"
        yield Sheet(section, named, [replace(table, name=name, about=about)], lines)


# ---- the single facts of a section


@dataclass(frozen=True, slots=True)
class _Asked:
    """A row: a fact and its answer, or a part of an answer that is too long for one slide."""

    slot: Slot
    label: str
    text: str
    lines: int = 1  # that it needs room for at least
    is_first: bool = True

    def row(self, fit: Fit) -> Row:
        help_ = self.slot.spec.question if self.is_first else ""
        return [fit.cell(self.label, bold=True, help_=help_), fit.cell(self.text)]


def _asked_in(part: FactsPart) -> Iterator[_Asked]:
    for slot, answer in zip(part.slots, part.answers, strict=True):
        is_words = slot.spec.type == "text" and not slot.spec.attests
        lines = 4 if is_words and slot.rules and answer is None else 1
        text = guidance.written(slot.spec, answer)
        for label, piece in parts_of(slot.label, text, _ANSWERS):
            yield _Asked(slot, label, piece, lines, label == slot.label)


def _table_of(part: FactsPart, asked: Sequence[_Asked], fit: Fit, heading: str = "What") -> Table:
    return fit.table(
        f"gatewise facts {part.section}",
        "A table of two columns: what is asked, and the answer.",
        (_LABELS, _ANSWERS),
        [headings((heading, "Answer"), fit.size), *(each.row(fit) for each in asked)],
        [0, *(fit.least(each.lines) for each in asked)],
    )


def _high(tables: Sequence[Table]) -> float:
    return sum(table.height + BETWEEN for table in tables) - BETWEEN


def _fit_together(parts: Sequence[FactsPart]) -> bool:
    """Whether whole sections fit on one slide, and their titles on a line."""
    tables = [_table_of(part, list(_asked_in(part)), PLAIN) for part in parts]
    is_a_line = width(_together(parts), TITLE_SIZE, bold=True) <= ROOM
    return len(parts) == 1 or (is_a_line and _high(tables) <= TABLE_ROOM)


def _together(parts: Sequence[FactsPart]) -> str:
    return " · ".join(part.title for part in parts)


def _of_sections(parts: Sequence[FactsPart]) -> Iterator[Sheet]:
    """A slide for sections that fit on one together, or all slides of one section."""
    if not parts:
        return
    asked = [list(_asked_in(part)) for part in parts]
    for fit in (LARGE, PLAIN):
        tables = [
            _table_of(part, rows, fit, part.title if len(parts) > 1 else "What")
            for part, rows in zip(parts, asked, strict=True)
        ]
        if _high(tables) <= TABLE_ROOM:
            break
    else:
        yield from _of_section(parts[0], asked[0])
        return
    named = [replace(t, about=f"{p.title}. {t.about}") for t, p in zip(tables, parts, strict=True)]
    title = _together(parts)
    yield Sheet(title, title, named, _notes_of(row for rows in asked for row in rows))


def _of_section(part: FactsPart, asked: Sequence[_Asked]) -> Iterator[Sheet]:
    """Each slide in letters as large as there is room for."""
    heading, *heights = _table_of(part, asked, PLAIN).heights
    shown = [[asked[n] for n in chosen] for chosen in spread(heights, TABLE_ROOM - heading)]
    tables = [
        large if (large := _table_of(part, rows, LARGE)).height <= TABLE_ROOM
        else _table_of(part, rows, PLAIN)
        for rows in shown
    ]  # fmt: skip
    yield from _numbered(part.title, part.title, tables, [_notes_of(iter(rows)) for rows in shown])


def _notes_of(asked: Iterator[_Asked]) -> list[str]:
    slots = {each.slot.name: each.slot for each in asked}
    return [guidance.UNKNOWN, *map(guidance.about, slots.values())]


# ---- lists


def _of_list(part: ListPart, section: str) -> Iterator[Sheet]:
    more = "For more, add rows, or copy this slide."
    notes = [guidance.about_list(part), more, *map(guidance.about, part.slots)]
    tables = list_tables(part)
    yield from _numbered(section, part.title, tables, [notes] * len(tables))
