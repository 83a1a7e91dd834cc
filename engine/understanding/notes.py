"""What somebody who only sees the check's answer should know of the file: few and short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from engine.model.pages import Page, Pages
from engine.model.understood import Found
from engine.showing import join_words
from engine.understanding.answers import Findings
from engine.understanding.templates import OWN_SHEETS

_MOST_NAMED = 6


def notes_on(
    pages: Pages, findings: Findings, found: Sequence[Found], twice: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Each note with its place in the file."""
    yield from ((text, "") for text in pages.notes)
    hidden = [page.name for page in pages.pages if page.hidden and page.title not in OWN_SHEETS]
    if hidden:
        verb = "is hidden and was" if len(hidden) == 1 else "are hidden and were"
        yield f"{names_of(hidden)} {verb} read all the same.", hidden[0]
    yield from _unread(pages, findings)
    yield from _unknown_cells(findings)
    if twice:
        count = "An answer is" if len(twice) == 1 else f"{len(twice)} answers are"
        verb = "counts" if len(twice) == 1 else "count"
        yield f"{count} given twice and alike, and {verb} once.", twice[0]
    yield from _how_found(pages, found)


def _how_found(pages: Pages, found: Sequence[Found]) -> Iterator[tuple[str, str]]:
    by_label = sum(each.used and each.confidence < 100 for each in found)
    open_ = len({(each.address, each.item) for each in found if not each.used})
    if not any(each.used for each in found):
        yield "Nothing in it was understood as an answer with enough certainty.", ""
    if by_label:
        verb = "1 value was" if by_label == 1 else f"{by_label} values were"
        yield f"{verb} found by labels and headings, not on a template.", ""
    if open_:
        start = "1 value is" if open_ == 1 else f"{open_} values are"
        them = "it" if open_ == 1 else "them"
        command = f"gatewise read {pages.source} lists {them}"
        yield f"{start} not used until somebody confirms {them}: {command}.", ""


def _unread(pages: Pages, findings: Findings) -> Iterator[tuple[str, str]]:
    by_kind: dict[str, list[str]] = defaultdict(list)
    for page in pages.pages:
        for what in dict.fromkeys(map(plural, unread_on(page, findings))):
            by_kind[what].append(page.name)
    if by_kind:
        parts = [f"{what} on {names_of(on, inside=True)}" for what, on in by_kind.items()]
        first = next(iter(by_kind.values()))[0]
        yield f"Nothing was read from {join_words(parts, 'or')}.", first


def unread_on(page: Page, findings: Findings) -> list[str]:
    """What nothing was read from; the template explains itself in comments and speaker notes."""
    ours = page.name in findings.template_pages or page.title in OWN_SHEETS
    said = ("comments", "speaker notes")
    return [what for what in page.unread if not (ours and plural(what) in said)]


def _unknown_cells(findings: Findings) -> Iterator[tuple[str, str]]:
    by_problem: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for page, cell, problem in findings.unknown_cells:
        if (page, cell) not in by_problem[problem]:
            by_problem[problem].append((page, cell))
    for problem, cells in by_problem.items():
        page, cell = cells[0]
        more = f" and {len(cells) - 1} more" if len(cells) > 1 else ""
        yield f"Nothing was read from {cell}{more}: {problem}.", page


def plural(what: str) -> str:
    """Of "a picture" and of "3 pictures" pictures."""
    first, _, noun = what.partition(" ")
    if first in ("a", "an"):
        return f"{noun}{'es' if noun.endswith('x') else 's'}"
    return noun if first.replace(",", "").isdecimal() else what


def names_of(names: Sequence[str], *, inside: bool = False) -> str:
    """Pages in words: "Slides 2 and 5 to 9", or inside a sentence "slides 2 and 5 to 9"."""
    parts = [name.partition(" ") for name in dict.fromkeys(names)]
    kind, own = parts[0][0], [last for *_, last in parts]
    if any(first != kind for first, *_ in parts):
        text = join_words(list(dict.fromkeys(names)))
    else:
        told = _ranges([int(each) for each in own]) if all(map(str.isdecimal, own)) else own
        more = len(told) - _MOST_NAMED
        told = [*told[:_MOST_NAMED], f"{more} more"] if more > 1 else told
        text = f"{kind}{'s' if len(own) > 1 else ''} {join_words(told)}"
    return text[:1].lower() + text[1:] if inside else text


def _ranges(numbers: Sequence[int]) -> list[str]:
    """Numbers in order, of which three or more in a row are told by the first and the last."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told: list[str] = []
    for run in runs:
        told += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(number) for number in run]
    return told
