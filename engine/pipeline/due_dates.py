"""What is due when: the deadlines that rules set, and the days that the deck plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from engine.errors import Place
from engine.evaluate_deck import Evaluated
from engine.model.assessment import Finding
from engine.model.conditions import AllOf, AnyOf, Comparison, FromFact
from engine.model.pipeline import GIVEN, WERE_GIVEN, Due, DueState
from engine.tracing import Trace, trace

_STATED = "stated in the deck"
# single facts, and a list's items with what their day is once it is past, that people plan by
_PLANNED = ("spend.commitment_planned_date", "spend.planned_start", "gate.meeting_date")
_OF_ITEMS: tuple[tuple[str, str, str, DueState], ...] = (
    ("funding", "end_date", "end of the funding", "passed"),
    ("contracts", "award_date", "award", "done"),
)


def due_dates(evaluated: Evaluated, findings: Iterable[Finding]) -> tuple[Due, ...]:
    """Everything that is due, the most pressing first.

    Args:
        findings: of the rules whose deadlines count.
    """
    found = [*_deadlines(evaluated, findings), *_planned(evaluated), *_expiries(evaluated)]
    return tuple(sorted(found, key=lambda due: (due.pressing, due.what)))


def _deadlines(evaluated: Evaluated, findings: Iterable[Finding]) -> Iterator[Due]:
    """The last days that rules allow, worked out from the rules as they are written."""
    rules = {rule.id: rule for rule in evaluated.prepared.selection.rules}
    for finding in findings:
        if finding.status == "not_applicable":
            continue
        for leaf in _compared(trace(rules[finding.rule].require, evaluated.facts)):
            condition = leaf.condition
            if not isinstance(condition, Comparison) or not isinstance(leaf.right, date):
                continue
            numbers = {used.source.standing for used in finding.thresholds}
            standing = "second_hand" if "second_hand" in numbers else finding.source.standing
            yield Due(
                finding.title,
                leaf.right,
                _state_of(leaf, evaluated.facts.as_of),
                (leaf.right - evaluated.facts.as_of).days,
                finding.owner,
                f"{finding.rule}, {_STANDINGS[standing]}",
                evaluated.scene.deck.places.get(condition.fact.name),
            )


_STANDINGS = {
    "published": "published",
    "organisation": "the organisation's own",
    "default": "proposed by this tool",
    "second_hand": "reported second-hand",
}


def _compared(traced: Trace) -> Iterator[Trace]:
    """The comparisons of a day with a last day, outside of lists."""
    if isinstance(traced.condition, AllOf | AnyOf):
        for part in traced.parts:
            yield from _compared(part)
    elif isinstance(traced.condition, Comparison) and (
        traced.condition.operator == "on_or_before" and isinstance(traced.condition.right, FromFact)
    ):
        yield traced


def _state_of(leaf: Trace, as_of: date) -> DueState:
    if leaf.left is not None:
        return "done" if leaf.truth else "missed"
    return "overdue" if leaf.right < as_of else "ahead"


def _planned(evaluated: Evaluated) -> Iterator[Due]:
    deck, words = evaluated.scene.deck, evaluated.prepared.rulebook.vocabulary
    committed = evaluated.facts.values.get("spend.committed") is True
    for name in _PLANNED:
        day = evaluated.facts.values.get(name)
        if isinstance(day, date):
            what = words.facts[name].label
            place = deck.places.get(name)
            if committed and name == "spend.commitment_planned_date":
                yield _plan(evaluated, what, day, place, "done", ahead="done")
            else:
                # the start of what is committed is nothing to settle any more
                begun = committed and name == "spend.planned_start"
                yield _plan(evaluated, what, day, place, "passed" if begun else "unsettled")
    for list_name, fact, label, state in _OF_ITEMS:
        for number, item in enumerate(deck.lists.get(list_name, ())):
            day = item.values.get(fact)
            if isinstance(day, date):
                what = f"{label}: {evaluated.witness.item_name(list_name, number)}"
                yield _plan(evaluated, what, day, item.places.get(fact), state)


def _expiries(evaluated: Evaluated) -> Iterator[Due]:
    given = [
        (number, item, item.values.get("expires"))
        for number, item in enumerate(evaluated.scene.deck.lists.get("spend.approvals", ()))
        if item.values.get("status") in WERE_GIVEN
    ]
    as_of = evaluated.facts.as_of
    covered = any(
        item.values["status"] in GIVEN and (not isinstance(end, date) or end >= as_of)
        for _, item, end in given
    )
    for number, item, end in given:
        if isinstance(end, date):
            what = f"expiry of {evaluated.witness.item_name('spend.approvals', number)}"
            # where another approval lasts, nobody has to renew this one
            state: DueState = "passed" if covered else "unsettled"
            yield _plan(evaluated, what, end, item.places.get("expires"), state)


def _plan(
    evaluated: Evaluated,
    what: str,
    day: date,
    place: Place | None,
    past: DueState,
    *,
    ahead: DueState = "ahead",
) -> Due:
    days = (day - evaluated.facts.as_of).days
    what = what[:1].upper() + what[1:]
    return Due(what, day, past if days < 0 else ahead, days, "", _STATED, place)
