"""A pipeline as plain text, 80 columns wide: a table, then each case, then the totals."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date

from engine.model.check_run import NotAssessed
from engine.model.pipeline import Pipeline, SpendCase
from engine.pipeline.fields import CASE_FIELDS
from engine.pipeline.in_words import (
    NONE_STATED,
    RUN_OUT_MEANS,
    STANDINGS,
    WHAT_THIS_DOES_NOT_TELL,
    approval_in_words,
    days_in_words,
    due_in_words,
    finding_in_words,
    later_in_words,
    needs_in_words,
    next_step,
    pounds_in_words,
    project_in_words,
    state_in_words,
    who_acts,
    why,
    year_in_words,
)
from engine.renderers.wrap import WIDTH, as_lines, wrap
from engine.showing import MONTHS, show_type

_YEAR = len("2026/27")
_MOST_PROBLEMS = 5  # of one deck
_NUMBER, _NEEDS, _COST, _DUE = 3, 22, 13, 15
_PROJECT = WIDTH - _NUMBER - _NEEDS - _COST - _DUE - 3


def pipeline_as_text(pipeline: Pipeline) -> str:
    """The whole list, most urgent first."""
    return as_lines(_lines(pipeline))


def days_read_at(pipeline: Pipeline) -> str:
    """The day that the rules are read at, or the first and last where they differ."""
    days = sorted({case.assessment.as_of for case in pipeline.cases})
    if not days:
        return "no deck was assessed"
    if len(days) == 1:
        return f"rules read at {show_type('date', days[0])}"
    first, last = show_type("date", days[0]), show_type("date", days[-1])
    return f"rules read at each deck's own day, from {first} to {last}"


def _lines(pipeline: Pipeline) -> Iterator[str]:
    count, failed = len(pipeline.cases), len(pipeline.not_assessed)
    cases = "1 case" if count == 1 else f"{count} cases"
    more = f", and {failed} that could not be assessed" if failed else ""
    yield from wrap(f"Spend pipeline: {cases}{more}; {days_read_at(pipeline)}")
    yield ""
    yield from _row("", "Needs", "Whole life", "Next due", "Project")
    yield "-" * WIDTH
    for number, line in enumerate(pipeline.lines, 1):
        yield from _summary(number, line)
    for number, line in enumerate(pipeline.lines, 1):
        yield ""
        yield from (
            _not_assessed(number, line)
            if isinstance(line, NotAssessed)
            else _case(number, line)
        )  # fmt: skip
    yield from _totals(pipeline)
    if pipeline.notes:
        yield from ("", "To know")
    for note in pipeline.notes:
        yield from wrap(note, "  ", "    ")
    yield ""
    yield from wrap(WHAT_THIS_DOES_NOT_TELL)
    yield from wrap(f"Rulebook {pipeline.rulebook} {pipeline.rulebook_hash}.")


def _row(number: str, needs: str, cost: str, due: str, project: str) -> Iterator[str]:
    columns = [
        textwrap.wrap(text, width, break_on_hyphens=False) or [""]
        for text, width in ((needs, _NEEDS), (due, _DUE), (project, _PROJECT))
    ]
    for n in range(max(map(len, columns))):
        left, right, last = (column[n] if n < len(column) else "" for column in columns)
        lead, amount = (number, cost) if n == 0 else ("", "")
        yield (
            f"{lead:>{_NUMBER - 1}} {left:<{_NEEDS}}{amount:>{_COST}}  {right:<{_DUE}} {last}"
        ).rstrip()


def _summary(number: int, line: SpendCase | NotAssessed) -> Iterator[str]:
    if isinstance(line, NotAssessed):
        yield from _row(str(number), "could not assess", "", "", line.deck.rpartition("/")[2])
        return
    needs = f"{needs_in_words(line)} ({state_in_words(line)})"
    cost = CASE_FIELDS["whole_life_cost"].get(line)
    due = line.next_due
    when = "" if due is None else f"{_short(due.day)} {days_in_words(due)}"
    yield from _row(str(number), needs, pounds_in_words(cost), when, _named(line))


def _short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def _named(case: SpendCase) -> str:
    reference = CASE_FIELDS["reference"].get(case)
    return f"{reference} {project_in_words(case)}" if reference else project_in_words(case)


def _not_assessed(number: int, failed: NotAssessed) -> Iterator[str]:
    yield from wrap(f"{number}. Could not assess {failed.deck}", "", "   ")
    for problem in failed.problems[:_MOST_PROBLEMS]:
        for text in str(problem).split("\n"):
            yield from wrap(text, "   ", "     ")
    rest = len(failed.problems) - _MOST_PROBLEMS
    if rest > 0:
        yield from wrap(f"and {rest} more, which gatewise check lists", "   ")


def _case(number: int, case: SpendCase) -> Iterator[str]:
    yield from wrap(f"{number}. {_named(case)}", "", "   ")
    where = [CASE_FIELDS[name].get(case) for name in ("organisation", "type", "regime")]
    yield from _said("", " · ".join(str(part) for part in where if part))
    yield from _said("Needs", f"{needs_in_words(case)} ({state_in_words(case)}). {why(case)}")
    yield from _said("Threshold", _threshold(case))
    yield from _said("Amounts", _amounts(case))
    yield from _said("By year", "; ".join(map(year_in_words, case.years)))
    for finding in case.open:
        yield from _said("Open", finding_in_words(finding))
    for asked in later_in_words(case):
        yield from _said("Later", asked)
    yield from _said("Next step", next_step(case) or "")
    yield from _said("Who acts", who_acts(case) or "")
    for approval in case.approvals:
        yield from _said("Approval", approval_in_words(approval))
    if not case.approvals:
        yield from _said("Approval", str(CASE_FIELDS["approval_status"].get(case)))
    for due in case.due:
        yield from _said("Due", due_in_words(due))
    ratings = [
        f"{CASE_FIELDS[name].heading.lower()} {value}"
        for name in ("standards_rating", "risk_rating", "assurance_status")
        if (value := CASE_FIELDS[name].get(case))
    ]
    yield from _said("Ratings", "; ".join(ratings))
    yield from _said("Place", str(CASE_FIELDS["place"].get(case)))


def _said(label: str, text: str) -> Iterator[str]:
    """One labelled line, or none where there is nothing to say."""
    lead = f"   {label + ':' if label else '':<11}" if label else "   "
    if text:
        yield from wrap(text, lead, "     " if label else "   ")


def _threshold(case: SpendCase) -> str:
    used = case.threshold
    if used is None:
        return ""
    since = f" since {show_type('date', used.since)}" if used.since else ""
    source = f"{used.source.document}, {STANDINGS[used.source.standing]}"
    return f"{used.title}: {used.value}{since} ({source})"


def _amounts(case: SpendCase) -> str:
    cost, phase = (CASE_FIELDS[n].get(case) for n in ("whole_life_cost", "this_commitment"))
    return f"whole life {pounds_in_words(cost)}, this commitment {pounds_in_words(phase)}"


def _totals(pipeline: Pipeline) -> Iterator[str]:
    yield from ("", "By need" + " " * 26 + "Cases     Whole life   Without cost")
    for need in pipeline.by_need:
        cost = pounds_in_words(need.whole_life_cost)
        name, *more = textwrap.wrap(need.needs, 29)
        yield f"  {name:<30}{need.cases:>6}{cost:>15}{need.without_cost:>15}"
        yield from (f"    {line}" for line in more)
    if not pipeline.by_year:
        return
    yield ""
    headings = ("Total", "Approved", "Run out", "Not approved", "Not said")
    yield f"{'By year':<10}" + "".join(f"{each:>14}" for each in headings)
    for year in pipeline.by_year:
        shown = [year.total, year.approved, year.run_out, year.not_approved, year.not_said]
        amounts = "".join(
            f"{NONE_STATED if each is None else pounds_in_words(each):>14}" for each in shown
        )
        if len(year.year) > _YEAR:
            yield f"  {year.year}"
        yield f"  {year.year if len(year.year) <= _YEAR else '':<8}{amounts}"
    yield from wrap(RUN_OUT_MEANS, "  ", "  ")
