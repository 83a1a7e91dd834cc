"""What to know of a list: decks of one project, ended approvals, amounts that no total holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from engine.model.pipeline import WERE_GIVEN, SpendCase
from engine.pipeline.in_words import pounds_in_words, project_in_words
from engine.pipeline.spend_cases import last_end, pounds
from engine.showing import show_type


def notes_on(cases: Sequence[SpendCase]) -> Iterator[str]:
    """A sentence or two for each thing that the totals alone would hide."""
    yield from _of_one_project(cases)
    yield from (note for case in cases for note in _on_approved_years(case))
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


def _on_approved_years(case: SpendCase) -> Iterator[str]:
    """Where the approvals that a deck records do not bear out what it calls approved."""
    given = [each for each in case.approvals if each.status_id in WERE_GIVEN]
    end = last_end(case.approvals, case.assessment.as_of)
    named = case.values.get("project.id", project_in_words(case))
    for line in case.years:
        if line.approved is not True or line.amount is None:
            continue
        year = line.year or "no stated year"
        said = f"{named} calls {pounds_in_words(line.amount)} of {year} approved"
        if not given:
            yield f"{said}, and records no approval that was given."
        elif line.not_covered_since is not None:
            day = show_type("date", line.not_covered_since)
            yield (
                f"{said}, and its approval ends before that year begins, on {day}. It stands "
                "under run out."
            )
        elif end is not None and line.year and end < date(int(line.year[:4]) + 1, 3, 31):
            yield (
                f"{said}, and its approval ends within that year, on {show_type('date', end)}. It "
                "does not say what of the amount falls after that day."
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
