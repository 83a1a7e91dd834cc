"""Statuses into findings, score, outcome, who it goes to, and reasons in words."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from engine.consequences import goes_to, headline, outcome_of, ratings_of, score_of, worst
from engine.evaluate_deck import Evaluated, evaluate_deck
from engine.model.assessment import (
    AsOfFrom,
    Assessment,
    Concluded,
    Evidence,
    Finding,
    Provenance,
    ThresholdUsed,
)
from engine.model.conditions import thresholds_in
from engine.model.deck import Deck
from engine.model.document import without_folder
from engine.model.rules import (
    Conclusion,
    Rule,
    Rulebook,
    Severity,
    Slot,
    Status,
    Text,
)
from engine.reasons import (
    fill,
    reason_contradicted,
    reason_not_applicable,
    reason_not_checked,
    reason_not_in_force,
    reason_unclear,
    reason_unknown,
    to_confirm,
)
from engine.showing import canonical, show_threshold, show_value
from engine.tracing import if_stated, left_open, trace, trace_held

ENGINE_VERSION = "0.1.0"
_WITHOUT_ORGANISATION = (
    "The deck names no organisation under organisation.id, so every ruleset was asked."
)
_OF_ANOTHER = (
    "The rules of another organisation than the deck's own were asked for, so what the deck says "
    "of its organisation was left aside."
)
_WITHOUT_RETE = "durable_rules is not installed, so the reference evaluator answered alone."


def choose_date(deck: Deck, given: date | None, today: date) -> tuple[date, AsOfFrom]:
    """The date that the rules are read at: the one given, else the deck's own, else today."""
    if given is not None:
        return given, "given"
    own = deck.values.get("meta.as_of")
    return (own, "deck") if isinstance(own, date) else (today, "today")


def assess(
    rulebook: Rulebook,
    deck: Deck,
    as_of: date,
    *,
    gate: str | None = None,
    organisation: str | None = None,
    as_of_from: AsOfFrom = "given",
) -> Assessment:
    """Assess one deck by both evaluators.

    Args:
        as_of: the date that the rules and thresholds are read at.
        gate: the gate's id; else the deck's gate.requested.
        organisation: the id of an organisation's file; else the deck's organisation.id.

    Raises:
        DeckError: the deck names no gate or organisation, or one that does not exist, or
            contradicts what the organisation's file says.
        EvaluatorsDisagree: the evaluators gave different answers; there is no outcome.
    """
    evaluated = evaluate_deck(rulebook, deck, as_of, gate=gate, organisation=organisation)
    return assessment_of(rulebook, evaluated, as_of_from)


def assessment_of(
    rulebook: Rulebook, evaluated: Evaluated, as_of_from: AsOfFrom = "given"
) -> Assessment:
    """The assessment of a deck that is evaluated already."""
    return _Assessing(rulebook, evaluated).assessment(as_of_from)


def threshold_used(evaluated: Evaluated, name: str) -> ThresholdUsed:
    """A threshold as it stood for the deck: on its day, at its gate, in its organisation."""
    threshold = evaluated.prepared.selection.thresholds[name]
    gate = evaluated.scene.gate
    dated = threshold.on(evaluated.scene.as_of, gate.id if gate else None)
    if dated is None or dated.value is None:
        latest = threshold.values[-1]
        return ThresholdUsed(name, threshold.title, "not in force", latest.since, latest.source)
    shown = show_threshold(threshold, dated.value)
    return ThresholdUsed(name, threshold.title, shown, dated.since, dated.source)


class _Assessing:
    """One deck's way from facts to assessment."""

    def __init__(self, rulebook: Rulebook, evaluated: Evaluated) -> None:
        self._rulebook = rulebook
        self._evaluated = evaluated
        self._prepared = evaluated.prepared
        self._scene = evaluated.scene
        self._facts = evaluated.facts
        self._witness = evaluated.witness
        self._gate_id = evaluated.scene.gate.id if evaluated.scene.gate else None
        self._decisive: set[str] = set()  # the facts that decided some rule's status
        # what only an organisation's own file states is no omission of the deck
        self._settled = {
            name
            for own in rulebook.organisations.values()
            if evaluated.scene.organisation
            for name in (*own.facts, *own.defaults)
        }

    def assessment(self, as_of_from: AsOfFrom) -> Assessment:
        scene, rulebook = self._scene, self._rulebook
        findings = sorted(map(self._finding, self._prepared.selection.rules), key=_severity_order)
        conclusions = tuple(map(self._concluded, self._prepared.selection.conclusions))
        counted = [f for f in findings if not f.trial and f.outcome is not None]
        score = score_of(self._evaluated, counted)
        answered = any(c.answer and c.value is not None for c in conclusions)
        outcome = worst(counted, score)
        to = goes_to(self._evaluated, outcome, counted, score)
        title = scene.deck.values.get("project.title", without_folder(scene.deck.name))
        return Assessment(
            deck=scene.deck.name,
            title=str(title),
            organisation=scene.organisation.title if scene.organisation else None,
            gate=scene.gate.id if scene.gate else None,
            gate_title=scene.gate.title if scene.gate else None,
            as_of=scene.as_of,
            as_of_from=as_of_from,
            outcome=outcome,
            assessed=outcome is not None or answered,
            headline=headline(outcome, conclusions, score, counted, to),
            goes_to=to,
            score=score,
            ratings=tuple(ratings_of(self._evaluated)),
            findings=tuple(findings),
            conclusions=conclusions,
            readings=scene.deck.readings,
            notes=scene.deck.notes,
            not_bound_by=scene.organisation.not_bound_by if scene.organisation else (),
            provenance=Provenance(
                rulebook.title,
                rulebook.hash,
                ENGINE_VERSION,
                self._evaluated.evaluators,
                self._note(),
            ),
        )

    def _note(self) -> str:
        """What to know of how the answer was reached."""
        notes = []
        if self._rulebook.organisations and self._scene.organisation is None:
            notes.append(_WITHOUT_ORGANISATION)
        if self._scene.of_another:
            notes.append(_OF_ANOTHER)
        if len(self._evaluated.evaluators) < 2:
            notes.append(_WITHOUT_RETE)
        return " ".join(notes)

    def _finding(self, rule: Rule) -> Finding:
        status = self._evaluated.evaluation.statuses[rule.id]
        not_checked = False
        if status == "not_applicable":
            evidence: tuple[Evidence, ...] = ()
            reason, not_checked = self._not_applicable(rule)
        else:
            evidence = self._evidence(rule, status)
            reason = self._reason(rule, status, evidence)
            reason += "" if status == "met" else to_confirm(evidence)
        roles = self._prepared.roles
        return Finding(
            rule=rule.id,
            ruleset=rule.ruleset,
            title=rule.title,
            status=status,
            outcome=outcome_of(rule, status),
            trial=rule.status == "trial",
            reason=reason,
            remedy=self._fill(rule.remedy) if status in ("not_met", "unknown") else "",
            owner=roles[rule.owner],
            escalate_to=roles[rule.escalate_to],
            points=rule.points,
            evidence=evidence,
            thresholds=self._thresholds(rule) if status != "not_applicable" else (),
            source=rule.source,
            rationale=rule.rationale,
            not_checked=not_checked,
        )

    def _not_applicable(self, rule: Rule) -> tuple[str, bool]:
        """Why the rule is not asked, and whether only because the deck leaves something out.

        A day or gate is told without looking further.
        """
        if not_in_force := reason_not_in_force(rule, self._gate_id, self._facts):
            return not_in_force, False
        asked = trace(rule.applies_when, self._facts)
        evidence = self._witness.deciders(asked)
        self._decisive.update(found.fact for found in evidence)
        if if_stated(asked, self._settled) is False:
            return reason_not_applicable(evidence), False
        missing = tuple(
            found
            for leaf in left_open(asked, self._settled)
            for found in self._witness.of_leaf(leaf)
            if found.value is None
        )
        return reason_not_checked(missing), True

    def _evidence(self, rule: Rule, status: Status) -> tuple[Evidence, ...]:
        """The facts that decided the status: of what is required, and of what applies."""
        if status == "met":
            evidence = self._witness.evidence(trace_held(rule.require, self._facts))
        else:
            requires, applies = (
                trace(rule.require, self._facts),
                trace(rule.applies_when, self._facts),
            )
            evidence = self._witness.evidence_of_rule(requires, applies)
        self._decisive.update(found.fact for found in evidence)
        return evidence

    def _thresholds(self, rule: Rule) -> tuple[ThresholdUsed, ...]:
        return tuple(map(self._threshold, _thresholds_of(rule)))

    def _reason(self, rule: Rule, status: Status, evidence: tuple[Evidence, ...]) -> str:
        if status == "met":
            return "The requirement is met."
        if status == "not_met":
            return self._fill(rule.reason, evidence)
        asked = trace(rule.applies_when, self._facts)
        if asked.truth is None:  # the rule's own words speak of what it requires
            return reason_unclear(self._witness.evidence(asked))
        return self._fill(rule.reason_unknown) or reason_unknown(evidence)

    def _fill(self, text: Text, evidence: tuple[Evidence, ...] = ()) -> str:
        prepared, words = self._prepared, self._rulebook.vocabulary
        thresholds = prepared.selection.thresholds
        return fill(text, self._facts, words, thresholds, prepared.roles, evidence)

    def _threshold(self, name: str) -> ThresholdUsed:
        return threshold_used(self._evaluated, name)

    def _concluded(self, conclusion: Conclusion) -> Concluded:
        value = self._evaluated.evaluation.conclusions[conclusion.fact]
        spec = self._rulebook.vocabulary.facts[conclusion.fact]
        rows = [row for row in conclusion.rows if value is None or row.value == value]
        traces = ((row, trace(row.when, self._facts)) for row in rows)
        if value is None:
            unknown = [traced for _, traced in traces if traced.truth is None]
            evidence = tuple(e for traced in unknown for e in self._witness.evidence(traced))
            because = reason_unknown(evidence)
            if not unknown:  # no row holds, so what is stated contradicts itself
                against = [trace(row.when, self._facts) for row in rows]
                evidence = tuple(e for no in against for e in self._witness.evidence(no))
                because = reason_contradicted(evidence)
        else:
            row, traced = next((row, traced) for row, traced in traces if traced.truth)
            evidence, because = self._witness.evidence(traced), row.because
        return Concluded(
            fact=conclusion.fact,
            title=conclusion.title,
            value=None if value is None else show_value(spec, value),
            raw=None if value is None else canonical(spec, value),
            because=because,
            answer=conclusion.answer,
            decisive=conclusion.fact in self._decisive,
            evidence=evidence,
            source=conclusion.source,
        )


@lru_cache(maxsize=4096)
def _thresholds_of(rule: Rule) -> tuple[str, ...]:
    slots = (*rule.reason, *rule.reason_unknown, *rule.remedy)
    named = [part.name for part in slots if isinstance(part, Slot) and part.kind == "threshold"]
    compared = [*thresholds_in(rule.applies_when), *thresholds_in(rule.require)]
    return tuple(dict.fromkeys([*compared, *named]))


def _severity_order(finding: Finding) -> tuple[int, int, int, str]:
    severity = Severity.index(finding.outcome) if finding.outcome else -1
    statuses: tuple[Status, ...] = ("not_met", "unknown", "met", "not_applicable")
    return finding.trial, -severity, statuses.index(finding.status), finding.rule
