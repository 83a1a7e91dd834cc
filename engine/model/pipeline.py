"""A portfolio's spend as one list: its cases with what they need, and the approvals given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from engine.errors import Place
from engine.model.assessment import Assessment, Concluded, Finding, ThresholdUsed
from engine.model.check_run import NotAssessed
from engine.model.deck import Deck
from engine.model.rules import Outcome
from engine.model.vocabulary import Value, Vocabulary

Cell = str | int | Decimal | date | bool | None  # money is Decimal pounds; None is not stated
DueState = Literal["done", "missed", "overdue", "unsettled", "ahead", "passed"]


@dataclass(frozen=True, slots=True)
class Due:
    """A day that a case has to keep, or that is planned.

    Attributes:
        what: a rule's title, or what the deck plans for the day.
        state: of a deadline "done", "missed" (done too late) or "overdue"; of any "ahead"; of a
            planned day or an expiry "unsettled" where it passed and nothing says that it was
            done, and "passed" where nothing hangs on it any more.
        days: from the assessment's day to this one; negative where it lies before.
        who: the role that acts, or "".
        basis: where the day comes from: the rule and its standing, or "stated in the deck".
    """

    what: str
    day: date
    state: DueState
    days: int
    who: str
    basis: str
    place: Place | None

    @property
    def open(self) -> bool:
        """Whether somebody has to keep it still."""
        return self.state in ("overdue", "unsettled", "ahead")

    @property
    def pressing(self) -> tuple[int, date]:
        """Sorts the most pressing first: what is late, the earliest first, then what is ahead."""
        return _PRESSING.index(self.state), self.day


_PRESSING: tuple[DueState, ...] = ("overdue", "unsettled", "ahead", "passed", "missed", "done")


@dataclass(frozen=True, slots=True)
class Approval:
    """A spend approval that the deck records; what it leaves out is None or "".

    Attributes:
        status: in plain words.
        status_id: the choice's id.
        amount: in pounds.
        run_out: its last day lies before the assessment's, or the deck says that it has run out.
    """

    status: str
    status_id: str
    amount: Decimal | None
    given: date | None
    expires: date | None
    reference: str
    body: str
    conditions: str
    phases: str
    place: Place
    run_out: bool = False


@dataclass(frozen=True, slots=True)
class YearAmount:
    """What of a case falls in one financial year, from 1 April to 31 March.

    Attributes:
        year: such as "2026/27", or "" where the deck gives an amount without its year.
        amount: in pounds.
        approved: what the deck says; None where it does not say.
        not_covered_since: of an amount that the deck calls approved: the last day of the last
            approval, where the year begins after it; else None.
    """

    year: str
    amount: Decimal | None
    kind: str
    approved: bool | None
    not_covered_since: date | None = None


@dataclass(frozen=True, slots=True)
class AskedLater:
    """The first later gate at which these rules ask something of a spend, read as it stands now.

    Attributes:
        gate: its title.
        open: what would be open there, the most severe first.
    """

    gate: str
    open: tuple[Finding, ...]


@dataclass(frozen=True)
class SpendCase:
    """One deck's line on the pipeline.

    Attributes:
        values: every fact that is known, the organisation's and the concluded ones included.
        needs: what the rules conclude that the spend needs; None where no rule in force asks.
        parts: what that is made of: whether each kind of need is there, and why.
        threshold: the number that decides, or None where there is none.
        open: the spend rules that are not met or undecided, the most severe first.
        outcome: the worst of the spend rules; None where none of them applies at this gate.
        later: where that is so: the gate that asks first; None where no later one does.
        told_apart: file and record, where the list holds another case of the same name or
            reference, or this one has no reference; else "".
    """

    assessment: Assessment
    deck: Deck
    vocabulary: Vocabulary
    values: Mapping[str, Value]
    needs: Concluded | None
    parts: tuple[Concluded, ...]
    regime: Concluded | None
    threshold: ThresholdUsed | None
    open: tuple[Finding, ...]
    outcome: Outcome | None
    approvals: tuple[Approval, ...]
    years: tuple[YearAmount, ...]
    due: tuple[Due, ...]
    later: AskedLater | None = None
    told_apart: str = ""

    @property
    def next_due(self) -> Due | None:
        """What is overdue longest, else what passed first unsettled, else what comes next."""
        return min(
            (due for due in self.due if due.open), key=lambda due: due.pressing, default=None
        )

    @property
    def approval(self) -> Approval | None:
        """The approval given last, one that has not run out before one that has.

        Without any, the last that the deck lists.
        """
        given = [each for each in self.approvals if each.status_id in GIVEN]
        if given:
            return max(given, key=lambda each: (not each.run_out, each.given or date.min))
        return self.approvals[-1] if self.approvals else None

    @property
    def approval_run_out(self) -> bool:
        """Whether approval was given, and all that was given has run out."""
        given = [each for each in self.approvals if each.status_id in WERE_GIVEN]
        return bool(given) and all(each.run_out for each in given)


GIVEN = ("approved", "approved_with_conditions")
# an approval that has run out since was given all the same
WERE_GIVEN = (*GIVEN, "expired")


@dataclass(frozen=True, slots=True)
class NeedTotal:
    """How many cases need the same, and what they cost together.

    Attributes:
        whole_life_cost: in pounds, of those that state it; None where none of them does.
        without_cost: how many do not.
    """

    needs: str
    cases: int
    whole_life_cost: Decimal | None
    without_cost: int


@dataclass(frozen=True, slots=True)
class YearTotal:
    """What falls in one financial year over all cases, in pounds; None where nothing states any.

    Attributes:
        approved: what the decks call approved, and no approval's end lies before the year.
        run_out: what they call approved, and the last approval ends before the year begins.
        not_said: where they do not say whether it is approved.
        cases: how many have a line for the year, with or without an amount.
    """

    year: str
    total: Decimal | None
    approved: Decimal | None
    run_out: Decimal | None
    not_approved: Decimal | None
    not_said: Decimal | None
    cases: int


@dataclass(frozen=True)
class Pipeline:
    """The list, most urgent first, with its totals.

    Attributes:
        lines: cases, and in their order of urgency the decks that could not be assessed.
        notes: what to know of the list: decks of one project, amounts that no total holds.
    """

    lines: tuple[SpendCase | NotAssessed, ...]
    by_need: tuple[NeedTotal, ...]
    by_year: tuple[YearTotal, ...]
    notes: tuple[str, ...]
    rulebook: str
    rulebook_hash: str

    @property
    def cases(self) -> tuple[SpendCase, ...]:
        """The cases that were assessed, most urgent first."""
        return tuple(line for line in self.lines if isinstance(line, SpendCase))

    @property
    def not_assessed(self) -> tuple[NotAssessed, ...]:
        """The decks that were not."""
        return tuple(line for line in self.lines if isinstance(line, NotAssessed))


@dataclass(frozen=True, slots=True)
class DaySpan:
    """From one day to another, both included, in words that leave no doubt."""

    first: date
    last: date
    words: str


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One approval given in the period of a transparency return.

    Attributes:
        basis: which control asked for the approval on the day it was given, in words.
    """

    department: str
    organisation: str
    reference: str
    project: str
    basis: str
    amount: Decimal
    given: date
    project_reference: str
    status: str
    body: str
    conditions: str
    deck: str
    place: Place


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something recorded that a transparency return cannot include, and why."""

    project: str
    deck: str
    place: Place
    why: str


@dataclass(frozen=True)
class SpendReturn:
    """The approvals given in a period: a transparency return, by the day they were given."""

    span: DaySpan
    lines: tuple[ReturnLine, ...]
    left_out: tuple[LeftOut, ...]
    not_assessed: tuple[NotAssessed, ...]
    notes: tuple[str, ...]
    rulebook: str
    rulebook_hash: str

    @property
    def unsettled(self) -> int:
        """How many things could not be included, deck by deck and approval by approval."""
        return len(self.left_out) + len(self.not_assessed)

    @property
    def nil(self) -> bool:
        """Whether no approval was given, which what is unsettled leaves open."""
        return not self.lines and not self.unsettled
