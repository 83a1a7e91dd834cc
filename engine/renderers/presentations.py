"""Presentations as files: an empty one to draw in, and the same bytes for the same slides."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from engine.extras import extra
from engine.renderers.board_slides import HIGH, WIDE

with extra("office", "PowerPoint files"):
    import pptx
    from pptx.opc.constants import RELATIONSHIP_TYPE as KIND
    from pptx.util import Pt

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide


def new_presentation(title: str, made: date | None) -> Presentation:
    """An empty wide presentation with one layout, that of a title."""
    show = pptx.Presentation()
    before, show.slide_width, show.slide_height = show.slide_width, Pt(WIDE), Pt(HIGH)
    assert before is not None
    for layout in list(show.slide_layouts):
        if layout.name != "Title Only":
            show.slide_layouts.remove(layout)
    for shape in [*show.slide_master.placeholders, *show.slide_layouts[0].placeholders]:
        # setting one of the four writes all of them, so all are read first
        left, top, width, high = shape.left, shape.top, shape.width, shape.height
        shape.left, shape.top = left * Pt(WIDE) // before, top
        shape.width, shape.height = width * Pt(WIDE) // before, high
    theme = show.slide_master.part.part_related_by(KIND.THEME)
    theme.blob = theme.blob.replace(b'typeface="Calibri"', b'typeface="Arial"')
    # the day the rules are read at, so that the same decks give the same file
    day = datetime.combine(made or date(2000, 1, 1), time())
    about = show.core_properties
    about.title, about.author, about.language = title, "gatewise", "en-GB"
    about.created = about.modified = day
    about.last_modified_by, about.revision = "gatewise", 1
    return show


def saved(show: Presentation) -> bytes:
    """The presentation as a file: in British English, and the same bytes each time."""
    for slide in show.slides:
        in_british_english(slide)
    content = io.BytesIO()
    show.save(content)
    return same_bytes(content.getvalue())


def in_british_english(slide: Slide) -> None:
    """Say of each text on a slide and in its notes which language it is in."""
    from pptx.oxml.ns import qn

    parts = [slide.element, *([slide.notes_slide.element] if slide.has_notes_slide else [])]
    for part in parts:
        for run in part.iter(qn("a:r"), qn("a:fld")):
            run.get_or_add_rPr().set("lang", "en-GB")


def same_bytes(content: bytes) -> bytes:
    """The zip file with one time for all of its members, not that of the clock."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return packed.getvalue()
