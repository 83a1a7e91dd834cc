"""One deck's line on the pipeline: what the rules conclude and find, beside what the deck says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from engine.assessing import assessment_of, threshold_used
from engine.errors import Place, Problem, RuleError
from engine.evaluate_deck import Evaluated, evaluate_deck
from engine.model.assessment import AsOfFrom, Concluded, Finding, ThresholdUsed
from engine.model.deck import Deck, Item
from engine.model.pipeline import Approval, SpendCase, YearAmount
from engine.model.rules import Outcome, Rulebook
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
    return SpendCase(
        assessment=assessment,
        deck=deck,
        vocabulary=rulebook.vocabulary,
        values=evaluated.facts.values,
        needs=concluded.get(NEEDS),
        parts=tuple(concluded[fact] for fact in PARTS if fact in concluded),
        regime=concluded.get(REGIME),
        threshold=_threshold(evaluated, concluded.get(THRESHOLD)),
        open=tuple(f for f in findings if f.outcome in ("escalate", "recommend")),
        outcome=_worst(findings),
        approvals=tuple(
            _approval(rulebook, item) for item in deck.lists.get("spend.approvals", ())
        ),
        years=tuple(_year(rulebook, item) for item in deck.lists.get("spend.by_year", ())),
        due=due_dates(evaluated, findings),
    )


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


def _approval(rulebook: Rulebook, item: Item) -> Approval:
    specs, values = rulebook.vocabulary.lists["spend.approvals"].facts, item.values

    def shown(name: str) -> str:
        return _shown(specs, values, name)

    return Approval(
        status=shown("status"),
        status_id=str(values.get("status", "")),
        amount=pounds(values.get("amount")),
        given=_day(values.get("date")),
        expires=_day(values.get("expires")),
        reference=shown("reference"),
        body=shown("body"),
        conditions=shown("conditions"),
        phases=shown("phases"),
        place=item.place,
    )


def _year(rulebook: Rulebook, item: Item) -> YearAmount:
    specs, values = rulebook.vocabulary.lists["spend.by_year"].facts, item.values
    approved = values.get("approved")
    return YearAmount(
        year=_shown(specs, values, "year"),
        amount=pounds(values.get("amount")),
        kind=_shown(specs, values, "kind"),
        approved=approved if isinstance(approved, bool) else None,
    )


def _shown(specs: Mapping[str, FactSpec], values: Mapping[str, Value], name: str) -> str:
    return show_value(specs[name], values[name]) if name in values else ""


def _day(value: Value | None) -> date | None:
    return value if isinstance(value, date) else None
