"""What a whole file makes of its answers: several projects, dates with the month first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from engine.errors import shorten
from engine.model.pages import Pages
from engine.understanding import certainty
from engine.understanding.answers import Answer, Findings, ItemFound, ListFound
from engine.understanding.certainty import Ground
from engine.understanding.words import normal

_NAMES = ("project.title", "project.id")
_SURE_OF_A_NAME = 70  # per cent, from which a name is taken for that of a project
_LONGEST_NAME = 30
_MONTH_FIRST = re.compile(r"\b(?:0?[1-9]|1[0-2])([/-])(?:1[3-9]|2\d|3[01])\1(?:20)?\d\d\b")
_EITHER_WAY = re.compile(r"(0?[1-9]|1[0-2])[/.-](0?[1-9]|1[0-2])[/.-]\d{2,4}")


def weigh_by_the_whole(pages: Pages, found: Findings) -> None:
    """Make answers less sure where another part of the file casts doubt on all of them."""
    several = _several_projects(found)
    if several is not None:
        found.answers = [_limited(each, several) for each in found.answers]
        found.lists = [_limited_list(each, several) for each in found.lists]
    if any(_MONTH_FIRST.search(text) for text in _texts(pages)):
        found.answers = [_either_way(each) for each in found.answers]
        found.lists = [
            replace(
                each, items=tuple(_with(item, map(_either_way, item.answers)) for item in items)
            )
            for each in found.lists
            for items in [each.items]
        ]


def _several_projects(found: Findings) -> Ground | None:
    """The doubt that two names of projects cast on everything, where neither holds the other."""
    for fact in _NAMES:
        answers = [each for each in found.answers if each.fact == fact]
        if any(each.on_template for each in answers):
            continue  # the template says which project it is
        sure = [str(each.written) for each in answers if each.ground.percent >= _SURE_OF_A_NAME]
        for one, other in combinations(dict.fromkeys(sure), 2):
            words, others = set(normal(one).split()), set(normal(other).split())
            if not (words <= others or others <= words):
                names = " and ".join(f'"{shorten(each, _LONGEST_NAME)}"' for each in (one, other))
                return Ground(
                    certainty.SEVERAL_PROJECTS, f"the file is of several projects: {names}"
                )
    return None


def _limited(answer: Answer, limit: Ground) -> Answer:
    if answer.on_template or answer.ground.words == certainty.FULL_NAME.words:
        return answer
    return replace(answer, ground=answer.ground.weaker(limit))


def _limited_list(table: ListFound, limit: Ground) -> ListFound:
    if table.on_template:
        return table
    items = tuple(
        _with(item, (_limited(each, limit) for each in item.answers)) for item in table.items
    )
    return replace(table, items=items, ground=table.ground.weaker(limit))


def _either_way(answer: Answer) -> Answer:
    """A date that reads with the day or with the month first, in a file that has both."""
    match = _EITHER_WAY.fullmatch(str(answer.written).strip())
    if answer.spec.type != "date" or match is None or int(match[1]) == int(match[2]):
        return answer
    return _limited(answer, certainty.MONTH_FIRST)


def _with(item: ItemFound, answers: Iterable[Answer]) -> ItemFound:
    return replace(item, answers=tuple(answers))


def _texts(pages: Pages) -> Iterator[str]:
    for page in pages.pages:
        cells = [*page.texts, *(cell for grid in page.grids for row in grid.rows for cell in row)]
        yield from (cell.content for cell in cells if isinstance(cell.content, str))
