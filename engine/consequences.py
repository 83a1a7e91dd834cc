"""What follows from statuses: outcomes, the score, the headline and who it goes to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from engine.errors import Problem, RuleError
from engine.evaluate_deck import Evaluated
from engine.model.assessment import Concluded, Finding, GoesTo, Rating, Score
from engine.model.rules import Outcome, Rule, Severity, Status
from engine.model.vocabulary import FactSpec, Value
from engine.showing import show_type, show_value


def outcome_of(rule: Rule, status: Status) -> Outcome | None:
    """What follows from a rule's status."""
    match status:
        case "met":
            return "pass"
        case "not_met":
            return rule.otherwise
        case "unknown":
            return rule.if_unknown
        case "not_applicable":
            return None


def score_of(evaluated: Evaluated, counted: list[Finding]) -> Score | None:
    """The points earned over those applicable at the gate, or None where it is not scored.

    Raises:
        RuleError: the pass mark has no value on that day.
    """
    scene = evaluated.scene
    gate = scene.gate
    scored = [f for f in counted if f.points is not None]
    if gate is None or gate.pass_mark is None or not scored:
        return None
    mark, source, title = gate.pass_mark, None, "Pass mark"
    if isinstance(mark, str):
        threshold = evaluated.prepared.selection.thresholds[mark]
        dated = threshold.on(scene.as_of, gate.id)
        if dated is None or dated.value is None:
            wrong = f'the pass mark of "{gate.title}" has no value on {scene.as_of}'
            raise RuleError([Problem(threshold.place, wrong)])
        mark, source, title = Decimal(str(dated.value)), dated.source, threshold.title
    earned = sum(f.points or 0 for f in scored if f.status == "met")
    applicable = sum(f.points or 0 for f in scored)
    tenths = 1000 * earned // applicable  # rounded down: a mark is not reached by rounding
    return Score(
        earned=earned,
        applicable=applicable,
        percent=f"{Decimal(tenths) / 10:.1f}".removesuffix(".0") + "%",
        pass_mark_title=title,
        pass_mark=show_type("percentage", mark),
        reached=100 * earned >= mark * applicable,
        pass_mark_source=source,
    )


def ratings_of(evaluated: Evaluated) -> Iterator[Rating]:
    """The ratings that a deck states, beside what is worked out and what was last stated."""
    facts = evaluated.prepared.rulebook.vocabulary.facts
    values = evaluated.facts.values
    for rating in evaluated.prepared.selection.ratings:
        spec, stated = facts[rating.stated], values.get(rating.stated)
        if stated is None:
            continue
        names = (rating.worked_out, rating.last_period)
        worked_out, before = (values.get(name) if name else None for name in names)
        yield Rating(
            title=rating.title,
            stated=show_value(spec, stated),
            worked_out=None if worked_out is None else show_value(spec, worked_out),
            last_period=None if before is None else show_value(spec, before),
            direction=None if before is None else _direction(spec, stated, before),
            set_by=str(values[rating.set_by]) if rating.set_by in values else None,
        )


def _direction(spec: FactSpec, now: Value, before: Value) -> str:
    """Better where the value comes later in the order of its choices."""
    moved = spec.ranks[str(now)] - spec.ranks[str(before)]
    return "the same" if moved == 0 else "better" if moved > 0 else "worse"


def goes_to(
    evaluated: Evaluated, outcome: Outcome | None, counted: list[Finding], score: Score | None
) -> tuple[GoesTo, ...]:
    """To whom the deck goes, and what for."""
    roles = evaluated.prepared.roles
    gate = evaluated.scene.gate
    board = roles[gate.decided_by] if gate else None
    if outcome in ("pass", "recommend"):
        # beside the ladders nothing is decided: a report is noted, and what it lacks is followed up
        what = "to decide" if gate and gate.ladders else "to note"
        with_what = what if outcome == "pass" else f"{what}, with recommendations"
        return (GoesTo(board, with_what),) if board else ()
    settled: dict[str, list[Finding]] = {}
    below = gate and score and not score.reached and roles[gate.returned_to]
    if below:
        settled[below] = []
    for finding in counted:
        if finding.outcome == "escalate":
            settled.setdefault(finding.escalate_to, []).append(finding)
    purposes = []
    for who, findings in settled.items():
        parts = [_below(score)] if score and who == below else []
        parts += _open_requirements(findings)
        told = "to be told, not to decide on the gate: " if below and who == board != below else ""
        purposes.append(GoesTo(who, f"{told}{'; '.join(parts)}"))
    return tuple(purposes)


def _open_requirements(findings: list[Finding]) -> Iterator[str]:
    """What somebody is to settle. A title says what ought to be, so never the title alone."""
    noun = "requirement"
    for status, words in (("not_met", "not met"), ("unknown", "not known to be met")):
        titles = [finding.title for finding in findings if finding.status == status]
        if titles:
            plural = "s" if noun and len(titles) > 1 else ""
            counted = f"{len(titles)} {noun}{plural}".strip()
            yield f"{counted} {words} ({'; '.join(titles)})"
            noun = ""


def worst(counted: list[Finding], score: Score | None) -> Outcome | None:
    """The most severe outcome, the score included; None where nothing applies."""
    outcomes = [f.outcome for f in counted if f.outcome is not None]
    if not outcomes:
        return None
    if score is not None and not score.reached:
        return "escalate"
    return max(outcomes, key=Severity.index)


def headline(
    outcome: Outcome | None,
    conclusions: tuple[Concluded, ...],
    score: Score | None,
    counted: list[Finding],
    to: tuple[GoesTo, ...],
) -> str:
    """The outcome in one line."""
    if outcome is None:
        answers = [c for c in conclusions if c.answer]
        reached = [f"{c.title}: {c.value}" for c in answers if c.value is not None]
        if reached:
            return "; ".join(reached)
        missing = "".join(f" {c.because}" for c in answers)
        return f"Could not assess.{missing or ' No rule applies to this deck.'}"
    if outcome == "pass":
        return "Passed"
    if outcome == "recommend":
        count = sum(f.outcome == "recommend" for f in counted)
        said = "1 recommendation" if count == 1 else f"{count} recommendations"
        return f"To the {to[0].who}, with {said}" if to else f"With {said}"
    if score is None or score.reached:
        return "Escalated"
    below = _below(score)
    return f"Escalated: {below[:1].lower()}{below[1:]}"


def _below(score: Score) -> str:
    return f"Not ready for the board, the score is below the {score.pass_mark_title.lower()}"
