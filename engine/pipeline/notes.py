"""What to know of a list: decks of one project, ended approvals, amounts that no total holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from engine.model.pipeline import SpendCase
from engine.pipeline.in_words import pounds_in_words
from engine.pipeline.spend_cases import pounds
from engine.showing import show_type


def notes_on(cases: Sequence[SpendCase]) -> Iterator[str]:
    """A sentence or two for each thing that the totals alone would hide."""
    yield from _of_one_project(cases)
    yield from _ended(cases)
    yield from _without_years(cases)
    missing = sum(line.amount is None for case in cases for line in case.years)
    if missing:
        lines = "1 line of a year has" if missing == 1 else f"{missing} lines of years have"
        yield f"{lines} no amount, so the totals by year are too low."
    days = {case.assessment.as_of for case in cases}
    if len(days) > 1:
        yield (
            "The decks are read at different days. What is overdue is counted from each deck's own "
            "day: give --as-of to read all of them at one."
        )


def _of_one_project(cases: Sequence[SpendCase]) -> Iterator[str]:
    known: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for case in cases:
        if "project.id" in case.values:
            key = (case.assessment.organisation, str(case.values["project.id"]))
            known[key].append(case.deck.name)
    for (organisation, reference), decks in known.items():
        if len(decks) > 1:
            of = f" of {organisation}" if organisation else ""
            yield (
                f"{reference}{of} stands in {len(decks)} decks ({'; '.join(decks)}). "
                "The totals count each of them."
            )


def _ended(cases: Sequence[SpendCase]) -> Iterator[str]:
    """Amounts that a deck calls approved, in years that begin after the last approval ends."""
    for case in cases:
        for line in case.years:
            if line.not_covered_since is None or line.amount is None:
                continue
            named = case.values.get("project.id", case.assessment.title)
            yield (
                f"{named} calls {pounds_in_words(line.amount)} of {line.year or 'no stated year'} "
                "approved, and its approval ends before that year begins, on "
                f"{show_type('date', line.not_covered_since)}: it counts as run out."
            )


def _without_years(cases: Sequence[SpendCase]) -> Iterator[str]:
    without = [case for case in cases if not case.years]
    if not without:
        return
    held = [pounds(case.values.get("finance.whole_life_cost")) for case in without]
    costs = [cost for cost in held if cost is not None]
    states = "1 case states" if len(without) == 1 else f"{len(without)} cases state"
    yield f"{states} no amounts by year, so no year holds them. " + (
        f"Their whole-life costs, where stated, come to {pounds_in_words(sum(costs, Decimal(0)))}."
        if costs
        else "No whole-life cost is stated there either."
    )
