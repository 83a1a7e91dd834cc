"""A copy of somebody's slides with the findings on it: marks beside places, and a list behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from engine.extras import extra
from engine.model.assessment import Assessment, Evidence, Finding
from engine.model.pages import Address
from engine.renderers import words
from engine.renderers.slides.look import BAND, EDGE, HEAD, NAVY, OUTCOMES, PAD, QUIET, WHITE
from engine.renderers.slides.markers import POINT, Mark, Marked
from engine.renderers.slides.page import Page, rectangle, rgb
from engine.renderers.slides.presentations import as_file
from engine.renderers.slides.tables import Row, headings, row_height, spread
from engine.renderers.slides.texts import Words, capital, paragraphs_height
from engine.renderers.text_size import cut

with extra("office", "PowerPoint files"):
    import pptx
    from pptx.enum.shapes import PP_PLACEHOLDER
    from pptx.presentation import Presentation
    from pptx.slide import Slide
    from pptx.text.text import Font

_FOOT = 40.0
_SHARES = (0.05, 0.15, 0.32, 0.21, 0.11, 0.16)  # of the width, for each column
_HEADING = ("No.", "Outcome", "What was found", "Next step", "Who", "Where")
_MOST_LINES = 6
_MOST_PLACES = 4  # named in the list; every one is marked


def annotated_as_pptx(
    assessment: Assessment, content: bytes, addresses: Mapping[str, Address]
) -> bytes:
    """The slides with marks, and at the end a list of all that asks for something.

    Args:
        content: the presentation that was assessed.
        addresses: where each place that the assessment names is in it.

    Raises:
        ExtraMissing: python-pptx is not installed.
    """
    show = pptx.Presentation(BytesIO(content))
    sections = words.sections(assessment, show_all=False)
    findings = [finding for _, found in sections for finding in found]
    own = list(show.slides)
    places = [_places(finding, assessment.deck, addresses) for finding in findings]
    leads = _list(show, assessment, findings, places, own)
    _mark(show, findings, places, own, leads)
    return as_file(show)


def _places(
    finding: Finding, deck: str, addresses: Mapping[str, Address]
) -> list[tuple[str, Address]]:
    """The places that a finding points at: of what the rule asks, or else of what it rests on."""

    def of(evidence: Sequence[Evidence]) -> list[tuple[str, Address]]:
        named = [e.place.where for e in evidence if e.place is not None and e.place.source == deck]
        return [(name, addresses[name]) for name in dict.fromkeys(named) if name in addresses]

    return of([e for e in finding.evidence if e.expected]) or of(finding.evidence)


def _mark(
    show: Presentation, findings: Sequence[Finding], places: Sequence[list[tuple[str, Address]]],
    own: Sequence[Slide], leads: Sequence[Slide],
) -> None:  # fmt: skip
    """One mark for each row or text, with the numbers of all the findings on it."""
    at: dict[Address, list[int]] = defaultdict(list)
    for n, found in enumerate(places):
        # cells of one row have one mark
        rows = [Address(a.page, a.shape, a.row, 0, a.paragraph) for _, a in found]
        for address in dict.fromkeys(rows):
            at[address].append(n)
    assert show.slide_width is not None
    assert show.slide_height is not None
    size = show.slide_width / POINT, show.slide_height / POINT
    marked: dict[int, Marked] = {}
    for address, numbers in sorted(at.items(), key=lambda each: _order(each[0])):
        worst = findings[numbers[0]]
        about = " ".join(
            f"Finding {n + 1}. {words.consequence(findings[n])}: {words.reason(findings[n])}"
            for n in numbers
        )
        label = ", ".join(str(n + 1) for n in numbers)
        mark = Mark(label, about, OUTCOMES[None if worst.trial else worst.outcome])
        if address.page not in marked:
            marked[address.page] = Marked(own[address.page], *size)
        marked[address.page].mark(address, mark, leads[numbers[0]])


def _order(address: Address) -> tuple[int, int, int, int]:
    return address.page, address.shape, address.row, address.paragraph


def _list(
    show: Presentation, assessment: Assessment, findings: Sequence[Finding],
    places: Sequence[list[tuple[str, Address]]], own: Sequence[Slide],
) -> list[Slide]:  # fmt: skip
    """Add the slides that list the findings; gives the slide on which each stands."""
    assert show.slide_width is not None
    assert show.slide_height is not None
    wide, high = show.slide_width / POINT - 2 * EDGE, show.slide_height / POINT
    widths = [share * wide for share in _SHARES]
    rows = [_row(n, f, places[n], widths, own) for n, f in enumerate(findings)]
    heading = row_height(headings(_HEADING), widths)
    said = f"{assessment.headline.rstrip('.')}. {words.scene(assessment)}"
    scene = [Words(cut(said, 12, wide, 2), colour=QUIET)]
    top = HEAD + 30 + paragraphs_height(scene, wide) + 10
    heights = [row_height(row, widths) for row in rows]
    counts = [len(each) for each in spread(heights, high - _FOOT - top - heading)]
    leads: list[Slide] = []
    for n, count in enumerate(counts):
        page = _own_page(show)
        of = f" ({n + 1} of {len(counts)})" if len(counts) > 1 else ""
        title = f"Findings of the check{of}"
        page.title(EDGE, HEAD, wide, Words(title, 24, bold=True, colour=NAVY))
        band = rectangle(page.slide.shapes, 0, 0, wide + 2 * EDGE, BAND, NAVY)
        band.name = "gatewise findings: band"
        page.text(EDGE, HEAD + 30, wide, scene, name="gatewise findings: scene")
        if count:
            shown = rows[len(leads) : len(leads) + count]
            name = f"gatewise findings {n + 1}"
            about = f"{count} findings. Columns: {', '.join(_HEADING)}."
            page.table(EDGE, top, widths, _HEADING, shown, name=name, about=about)
        foot = [Words(cut(words.NOT_A_DECISION, 10, wide, 2), 10, colour=QUIET)]
        page.text(EDGE, high - _FOOT + 10, wide, foot, name="gatewise findings: foot")
        _in_letters_that_were_measured(page.slide)
        leads += [page.slide] * count
    return leads


def _row(
    n: int, finding: Finding, places: list[tuple[str, Address]], widths: Sequence[float],
    own: Sequence[Slide],
) -> Row:  # fmt: skip
    rooms = [width - 2 * PAD for width in widths]
    outcome = words.OUTCOMES[finding.outcome or "recommend"]
    colour = OUTCOMES[None if finding.trial else finding.outcome]
    where = [
        Words(cut(name, 11, rooms[5], 3), 11, to=own[address.page])
        for name, address in places[:_MOST_PLACES]
    ]
    if len(places) > _MOST_PLACES:
        where.append(Words(f"and {len(places) - _MOST_PLACES} more, marked", 11))
    missing = [e.label for e in finding.evidence if e.value is None]
    if missing and not places:
        said = f"Not stated: {', '.join(missing)}"
        where.append(Words(cut(said, 11, rooms[5], _MOST_LINES), 11))
    return [
        [Words(str(n + 1), bold=True)],
        [
            Words("On trial" if finding.trial else outcome, 11, bold=True, colour=colour),
            Words(finding.rule, 10, colour=QUIET),
        ],
        [
            Words(cut(finding.title, 11, rooms[2], 3, bold=True), 11, bold=True),
            Words(cut(words.reason(finding), 11, rooms[2], _MOST_LINES), 11),
        ],
        [Words(cut(finding.remedy, 11, rooms[3], _MOST_LINES), 11)],
        [Words(cut(capital(finding.owner), 11, rooms[4], 4), 11)],
        where or [Words("")],
    ]


def _own_page(show: Presentation) -> Page:
    """A white slide that has nothing of the deck's own design but a title to fill in."""
    every: list[Any] = list(show.slide_layouts)
    titled = [each for each in every if any(map(_is_title, each.placeholders))]
    page = Page(show, min(titled or every, key=lambda each: len(each.placeholders)))
    for shape in list(page.slide.placeholders):
        if not _is_title(shape):
            shape.element.getparent().remove(shape.element)
    page.slide.element.set("showMasterSp", "0")
    fill: Any = page.slide.background.fill
    fill.solid()
    fill.fore_color.rgb = rgb(WHITE)
    return page


def _in_letters_that_were_measured(slide: Slide) -> None:
    """The deck's own letters may be wider than the room that was made for them."""
    for run in slide.element.iter("{*}r"):
        Font(run.get_or_add_rPr()).name = "Arial"


def _is_title(shape: Any) -> bool:
    return shape.placeholder_format.type in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
