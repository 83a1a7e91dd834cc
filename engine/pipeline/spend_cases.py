"""One deck's line on the pipeline: what the rules conclude and find, beside what the deck says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from engine.assessing import assessment_of, threshold_used
from engine.errors import Place, Problem, RuleError
from engine.evaluate_deck import Evaluated, Scene, evaluate_deck
from engine.model.assessment import AsOfFrom, Concluded, Finding, ThresholdUsed
from engine.model.deck import Deck, Item
from engine.model.pipeline import WERE_GIVEN, Approval, AskedLater, SpendCase, YearAmount
from engine.model.rules import Gate, Outcome, Rulebook
from engine.model.vocabulary import FactSpec, Value
from engine.pipeline.due_dates import due_dates
from engine.showing import show_value

NEEDS = "spend.needs"
PARTS = (
    "spend.approval_needed",
    "spend.treasury_needed",
    "spend.assurance_needed",
    "spend.pipeline_entry_needed",
)
_PENNY = Decimal("0.01")
NO_NEED = ("not_bound", "nothing")
REGIME, THRESHOLD = "spend.regime", "spend.threshold"


def check_rules_for_pipeline(rulebook: Rulebook) -> None:
    """Raise where the rules do not say what a spend needs.

    Raises:
        RuleError: names what they lack.
    """
    concluded = {conclusion.fact for conclusion in rulebook.conclusions}
    if NEEDS not in concluded:
        fix = f"Conclude {NEEDS} in one of its rulesets, as the shipped spend controls do."
        message = "these rules do not say what a spend needs, so there is no pipeline to list"
        raise RuleError([Problem(Place(rulebook.title), message, fix=fix)])


def find_case(
    rulebook: Rulebook,
    deck: Deck,
    as_of: date,
    *,
    gate: str | None = None,
    organisation: str | None = None,
    as_of_from: AsOfFrom = "given",
) -> SpendCase:
    """The line of one deck; the arguments and errors are those of ``assess``."""
    evaluated = evaluate_deck(rulebook, deck, as_of, gate=gate, organisation=organisation)
    assessment = assessment_of(rulebook, evaluated, as_of_from)
    concluded = {each.fact: each for each in assessment.conclusions}
    findings = _spend_findings(rulebook, assessment.findings)
    outcome, needs = _worst(findings), concluded.get(NEEDS)
    approvals = tuple(
        _approval(rulebook, item, as_of) for item in deck.lists.get("spend.approvals", ())
    )
    asks_later = outcome is None and needs is not None and needs.raw not in NO_NEED
    return SpendCase(
        assessment=assessment,
        deck=deck,
        vocabulary=rulebook.vocabulary,
        values=evaluated.facts.values,
        needs=needs,
        parts=tuple(concluded[fact] for fact in PARTS if fact in concluded),
        regime=concluded.get(REGIME),
        threshold=_threshold(evaluated, concluded.get(THRESHOLD)),
        open=_open(findings),
        outcome=outcome,
        approvals=approvals,
        years=tuple(
            _year(rulebook, item, approvals, as_of) for item in deck.lists.get("spend.by_year", ())
        ),
        due=due_dates(evaluated, findings),
        later=_asked_later(rulebook, evaluated.scene, organisation) if asks_later else None,
    )


def _asked_later(rulebook: Rulebook, scene: Scene, organisation: str | None) -> AskedLater | None:
    """The first later gate at which something is asked of the deck as it stands."""
    for gate in _later_gates(rulebook, scene):
        evaluated = evaluate_deck(
            rulebook, scene.deck, scene.as_of, gate=gate.id, organisation=organisation
        )
        findings = _spend_findings(rulebook, assessment_of(rulebook, evaluated).findings)
        if _worst(findings) is not None:
            return AskedLater(gate.title, _open(findings))
    return None


def _later_gates(rulebook: Rulebook, scene: Scene) -> list[Gate]:
    """The gates after this one on its ladders, in the order of the rules."""
    gates = list(rulebook.gates.values())
    if scene.gate is None:
        return []
    ladders, own = set(scene.gate.ladders), scene.organisation
    return [
        gate
        for gate in gates[gates.index(scene.gate) + 1 :]
        if ladders & set(gate.ladders) and (own is None or gate.id in own.gates)
    ]


def _open(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(f for f in findings if f.outcome in ("escalate", "recommend"))


def _spend_findings(rulebook: Rulebook, findings: tuple[Finding, ...]) -> list[Finding]:
    """Those of the ruleset that says what a spend needs, without those on trial."""
    ruleset = next(each.ruleset for each in rulebook.conclusions if each.fact == NEEDS)
    return [f for f in findings if f.ruleset == ruleset and not f.trial]


def _worst(findings: list[Finding]) -> Outcome | None:
    outcomes = {finding.outcome for finding in findings}
    severity: tuple[Outcome, ...] = ("escalate", "recommend", "pass")
    return next((each for each in severity if each in outcomes), None)


def _threshold(evaluated: Evaluated, concluded: Concluded | None) -> ThresholdUsed | None:
    name = concluded.raw if concluded else None
    known = evaluated.prepared.selection.thresholds
    return threshold_used(evaluated, name) if name is not None and name in known else None


def pounds(value: Value | None) -> Decimal | None:
    """Money, which is whole pence inside, as pounds."""
    return (Decimal(value) / 100).quantize(_PENNY) if isinstance(value, int) else None


def _approval(rulebook: Rulebook, item: Item, as_of: date) -> Approval:
    specs, values = rulebook.vocabulary.lists["spend.approvals"].facts, item.values

    def shown(name: str) -> str:
        return _shown(specs, values, name)

    status, expires = str(values.get("status", "")), _day(values.get("expires"))
    return Approval(
        status=shown("status"),
        status_id=status,
        amount=pounds(values.get("amount")),
        given=_day(values.get("date")),
        expires=expires,
        reference=shown("reference"),
        body=shown("body"),
        conditions=shown("conditions"),
        phases=shown("phases"),
        place=item.place,
        run_out=status == "expired" or (expires is not None and expires < as_of),
    )


def _year(
    rulebook: Rulebook, item: Item, approvals: tuple[Approval, ...], as_of: date
) -> YearAmount:
    specs, values = rulebook.vocabulary.lists["spend.by_year"].facts, item.values
    approved, year = values.get("approved"), _shown(specs, values, "year")
    end = last_end(approvals, as_of) if approved is True else None
    # an amount without its year is held against the day of assessment
    begins = date(int(year[:4]), 4, 1) if year[:4].isdecimal() else as_of
    return YearAmount(
        year=year,
        amount=pounds(values.get("amount")),
        kind=_shown(specs, values, "kind"),
        approved=approved if isinstance(approved, bool) else None,
        not_covered_since=end if end is not None and end < begins else None,
    )


def last_end(approvals: tuple[Approval, ...], as_of: date) -> date | None:
    """The last day that any approval covers; None where one has no end, or none is recorded."""
    ends = [
        min(each.expires or as_of, as_of) if each.run_out else each.expires
        for each in approvals
        if each.status_id in WERE_GIVEN
    ]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def _shown(specs: Mapping[str, FactSpec], values: Mapping[str, Value], name: str) -> str:
    return show_value(specs[name], values[name]) if name in values else ""


def _day(value: Value | None) -> date | None:
    return value if isinstance(value, date) else None
