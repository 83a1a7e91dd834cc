"""Cases in the order of their urgency, told apart, with totals by need and by financial year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from engine.model.check_run import NotAssessed
from engine.model.pipeline import NeedTotal, Pipeline, SpendCase, YearAmount, YearTotal
from engine.model.rules import Rulebook
from engine.pipeline.in_words import NOT_ASSESSED, needs_in_words
from engine.pipeline.need import is_needed, rank_at_most, undecided
from engine.pipeline.notes import notes_on
from engine.pipeline.spend_cases import pounds

NO_YEAR = "year not stated"


def list_pipeline(
    rulebook: Rulebook, cases: Iterable[SpendCase], not_assessed: Iterable[NotAssessed] = ()
) -> Pipeline:
    """The list of these cases: what escalates first, and what is most pressing."""
    done, failed = sorted(_told_apart(list(cases)), key=_urgency), tuple(not_assessed)
    first = [case for case in done if case.outcome == "escalate"]
    return Pipeline(
        lines=(*first, *failed, *done[len(first) :]),
        by_need=tuple(_by_need(done, len(failed))),
        by_year=tuple(_by_year(done)),
        notes=tuple(notes_on(done)),
        rulebook=rulebook.title,
        rulebook_hash=rulebook.hash,
    )


def _told_apart(cases: Sequence[SpendCase]) -> Iterator[SpendCase]:
    """The cases; those that could be taken for another with their file and record."""
    titles = Counter(case.assessment.title.casefold() for case in cases)
    references = Counter(case.values.get("project.id") for case in cases)
    for case in cases:
        reference = case.values.get("project.id")
        alone = titles[case.assessment.title.casefold()] == 1 and references[reference] == 1
        apart = reference is None or not alone
        yield replace(case, told_apart=case.deck.name) if apart else case


def _urgency(case: SpendCase) -> tuple[int, tuple[int, date], int, str, str]:
    due = case.next_due
    pressing = due.pressing if due is not None else (_AFTER_ALL, date.max)
    return _rank(case), pressing, rank_at_most(case), case.assessment.title, case.deck.name


_AFTER_ALL = 9  # no state of a due day comes after it


def _rank(case: SpendCase) -> int:
    """What escalates, what is open or undecided, what is not checked yet, and what is in order."""
    if case.outcome == "escalate":
        return 0
    if case.outcome == "recommend" or undecided(case) or case.approval_run_out:
        return 1
    if is_needed(case) is not False and case.outcome is None:
        return 1
    if case.needs is not None and case.needs.raw is None:
        return 1
    not_checked = case.needs is not None and case.needs.raw == "not_bound"
    return 2 if not_checked else 3


def _by_need(cases: Sequence[SpendCase], failed: int) -> Iterator[NeedTotal]:
    """What may need most first; of two, the one that is known to."""
    groups: dict[str, list[SpendCase]] = defaultdict(list)
    for case in cases:
        groups[needs_in_words(case)].append(case)

    def highest(needs: str) -> tuple[int, bool, str]:
        rank = min(map(rank_at_most, groups[needs]))
        return rank, any(map(undecided, groups[needs])), needs

    for needs in sorted(groups, key=highest):
        costs = [pounds(case.values.get("finance.whole_life_cost")) for case in groups[needs]]
        yield NeedTotal(needs, len(costs), total(costs), costs.count(None))
    if failed:
        yield NeedTotal(NOT_ASSESSED, failed, None, failed)


def _by_year(cases: Sequence[SpendCase]) -> Iterator[YearTotal]:
    lines: dict[str, list[tuple[int, YearAmount]]] = defaultdict(list)
    for number, case in enumerate(cases):
        for line in case.years:
            lines[line.year or NO_YEAR].append((number, line))
    for year in sorted(lines):
        of_year = [line for _, line in lines[year]]
        covered = [line for line in of_year if not line.not_covered_since]
        yield YearTotal(
            year=year,
            total=total(line.amount for line in of_year),
            approved=total(line.amount for line in covered if line.approved is True),
            run_out=total(line.amount for line in of_year if line.not_covered_since),
            not_approved=total(line.amount for line in of_year if line.approved is False),
            not_said=total(line.amount for line in of_year if line.approved is None),
            cases=len({number for number, _ in lines[year]}),
        )


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of the amounts that are stated; None where none is, which is not nil."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None
