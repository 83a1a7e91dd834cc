"""Cases in the order of their urgency, with totals by need and by financial year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from engine.model.check_run import NotAssessed
from engine.model.pipeline import NeedTotal, Pipeline, SpendCase, YearTotal
from engine.model.rules import Rulebook
from engine.pipeline.in_words import CANNOT_TELL, NOT_ASKED, NOT_ASSESSED, needs_in_words
from engine.pipeline.spend_cases import NEEDS, pounds

NO_YEAR = "year not stated"
_ZERO = Decimal(0)


def list_pipeline(
    rulebook: Rulebook, cases: Iterable[SpendCase], not_assessed: Iterable[NotAssessed] = ()
) -> Pipeline:
    """The list of these cases: what escalates first, and what is due soonest."""
    done, failed = sorted(cases, key=_urgency), tuple(not_assessed)
    first = [case for case in done if case.outcome == "escalate"]
    return Pipeline(
        lines=(*first, *failed, *done[len(first) :]),
        by_need=tuple(_by_need(rulebook, done, len(failed))),
        by_year=tuple(_by_year(done)),
        notes=tuple(_notes(done)),
        rulebook=rulebook.title,
        rulebook_hash=rulebook.hash,
    )


def _urgency(case: SpendCase) -> tuple[int, int, date, str, str]:
    undecided = case.needs is not None and case.needs.value is None
    to_settle = undecided or case.outcome == "recommend"
    rank = 0 if case.outcome == "escalate" else 1 if to_settle else 2
    due = case.next_due
    passed = due is None or due.state == "passed"
    day = due.day if due is not None else date.max
    return rank, int(passed), day, case.assessment.title, case.deck.name


def _by_need(rulebook: Rulebook, cases: Sequence[SpendCase], failed: int) -> Iterator[NeedTotal]:
    order = [*rulebook.vocabulary.facts[NEEDS].values.values(), CANNOT_TELL, NOT_ASKED]
    for needs in order:
        costs = [
            pounds(case.values.get("finance.whole_life_cost"))
            for case in cases
            if needs_in_words(case) == needs
        ]
        if costs:
            known = [cost for cost in costs if cost is not None]
            yield NeedTotal(needs, len(costs), sum(known, _ZERO), len(costs) - len(known))
    if failed:
        yield NeedTotal(NOT_ASSESSED, failed, _ZERO, failed)


def _by_year(cases: Sequence[SpendCase]) -> Iterator[YearTotal]:
    amounts: dict[str, dict[bool | None, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    counted: dict[str, set[int]] = defaultdict(set)
    for number, case in enumerate(cases):
        for line in case.years:
            if line.amount is not None:
                amounts[line.year or NO_YEAR][line.approved] += line.amount
                counted[line.year or NO_YEAR].add(number)
    for year in sorted(amounts):
        by = amounts[year]
        total = sum(by.values(), _ZERO)
        yield YearTotal(year, total, by[True], by[False], by[None], len(counted[year]))


def _notes(cases: Sequence[SpendCase]) -> Iterator[str]:
    known = Counter(
        (case.assessment.organisation, str(case.values["project.id"]))
        for case in cases
        if "project.id" in case.values
    )
    for (organisation, reference), count in known.items():
        if count > 1:
            of = f" of {organisation}" if organisation else ""
            yield f"{reference}{of} stands in {count} decks. The totals count each of them."
    without = [case for case in cases if not case.years]
    if without:
        held = [pounds(case.values.get("finance.whole_life_cost")) for case in without]
        costs = sum((cost for cost in held if cost is not None), _ZERO)
        cases_ = "1 case states" if len(without) == 1 else f"{len(without)} cases state"
        yield (
            f"{cases_} no amounts by year, so no year holds them. "
            f"Their whole-life costs, where stated, come to £{costs:,.0f}."
        )
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
