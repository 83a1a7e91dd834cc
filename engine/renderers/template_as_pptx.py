"""A template as a slide deck: slides for its sections and lists, with help in the notes."""

from __future__ import annotations

from engine.errors import shorten
from engine.extras import extra
from engine.renderers import guidance
from engine.renderers.slides.look import EDGE, HEAD, NAVY, ROOM
from engine.renderers.slides.page import Page
from engine.renderers.slides.presentations import (
    TITLE_SIZE,
    TITLE_SLIDE_ROOM,
    group_slides,
    new_presentation,
    saved,
)
from engine.renderers.slides.tables import add_table
from engine.renderers.slides.texts import Words
from engine.renderers.template_deck.cells import TABLE_TOP
from engine.renderers.template_deck.sheets import BETWEEN, Sheet, sheets
from engine.renderers.text_size import cut
from engine.template import Template

with extra("office", "PowerPoint files"):
    from pptx.presentation import Presentation
    from pptx.slide import Slide

_TITLE_NOTE = (
    "This is a template. The answers are read from the tables on the next slides, and not from "
    "this one or from notes. Keep each table, the first row of it and its labels as they are; "
    "you may add rows to lists, copy a slide where there is more to list, and add slides of your "
    "own. What each answer may be stands in the notes below each slide."
)


def template_as_pptx(template: Template) -> bytes:
    """The template as a PowerPoint file."""
    title = f"{template.title or 'Pitch deck'}: {template.gate.title}"
    help_line = f"{guidance.UNKNOWN} {guidance.NONE_LISTED}"
    show = new_presentation(shorten(title, 200), template.as_of, help_line)
    groups = [("Title", [_title_slide(show, template)])]
    for sheet in sheets(template):
        if groups[-1][0] != sheet.section:
            groups.append((sheet.section, []))
        groups[-1][1].append(_draw(show, sheet))
    group_slides(show, groups)
    return saved(show)


def _title_slide(show: Presentation, template: Template) -> Slide:
    page, room = Page(show, show.slide_layouts[0]), TITLE_SLIDE_ROOM
    title, lines = page.slide.placeholders
    title.text_frame.text = cut(template.title or "Pitch deck", 36, room, 4, bold=True)
    lines.text_frame.text = "\n".join(cut(line, 20, room, 2) for line in guidance.scene(template))
    page.notes([_TITLE_NOTE, guidance.rules_read(template)])
    return page.slide


def _draw(show: Presentation, sheet: Sheet) -> Slide:
    page, top = Page(show), TABLE_TOP
    page.title(EDGE, HEAD, ROOM, Words(sheet.title, TITLE_SIZE, bold=True, colour=NAVY))
    for table in sheet.tables:
        top += add_table(page.slide, EDGE, top, table) + BETWEEN
    page.notes(sheet.notes)
    return page.slide
