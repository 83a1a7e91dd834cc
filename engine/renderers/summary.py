"""The rows of a summary of a run, which the readable forms begin with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from engine.model.assessment import Assessment
from engine.model.check_run import CheckRun, NotAssessed
from engine.renderers import words
from engine.renderers.blocks import Tone
from engine.showing import join_words

SCORES = "A score counts only the rules that carry points; an escalation stands whatever the score."
_TO_PUT_RIGHT = "whoever supplied it, to put it right"


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One deck in a line.

    Attributes:
        title: the project's, or the name of the deck's file.
        file: what tells decks of one title apart; "" where no other has the title.
        findings: how many of those that ask for something.
    """

    deck: Assessment | NotAssessed
    tone: Tone
    title: str
    file: str
    outcome: str
    score: str
    goes_to: str
    gate: str
    findings: str

    @property
    def name(self) -> str:
        """The title, with the file where it needs one."""
        return f"{self.title} ({self.file})" if self.file else self.title


def summary_rows(run: CheckRun) -> tuple[SummaryRow, ...]:
    """A row for each deck, most pressing first."""
    decks = run.most_pressing_first
    alike: dict[str, list[str]] = {}
    for deck in decks:
        alike.setdefault(deck.title, []).append(deck.deck)
    return tuple(_row(deck, _told_apart(deck.deck, alike[deck.title])) for deck in decks)


def _told_apart(name: str, names: Sequence[str]) -> str:
    """What tells a deck's name from the others: without the folders that all of them share."""
    if len(names) == 1:
        return ""
    folders = [re.split(r"[\\/]", each.partition(", ")[0])[:-1] for each in names]
    shared = list(takewhile(lambda parts: len(set(parts)) == 1, zip(*folders, strict=False)))
    return name[sum(len(parts[0]) + 1 for parts in shared) :]


def _row(deck: Assessment | NotAssessed, file: str) -> SummaryRow:
    if isinstance(deck, NotAssessed):
        count = len(deck.problems)
        problems = "1 problem" if count == 1 else f"{count} problems"
        return SummaryRow(
            deck, "other", deck.title, file, words.NOT_ASSESSED, "", _TO_PUT_RIGHT, "", problems
        )
    return SummaryRow(
        deck,
        deck.outcome or "other",
        deck.title,
        file,
        words.verdict(deck) if deck.outcome or not deck.assessed else deck.headline,
        deck.score.percent if deck.score else "",
        join_words([each.who for each in deck.goes_to]),
        deck.gate_title or "",
        ", ".join(_findings(deck)),
    )


def _findings(deck: Assessment) -> Iterator[str]:
    """How many escalate and recommend, those on trial left out, and a score that is too low."""
    if deck.score and not deck.score.reached:
        yield "score below the mark"
    counts = Counter(finding.outcome for finding in deck.findings if not finding.trial)
    if counts["escalate"]:
        yield f"{counts['escalate']} escalated"
    if counts["recommend"]:
        yield f"{counts['recommend']} recommended"
    if deck.assessed and deck.outcome and not counts["escalate"] + counts["recommend"]:
        yield "none"


def summary_title(run: CheckRun) -> str:
    """What stands over the rows."""
    count = len(run.most_pressing_first)
    return "Check of 1 deck" if count == 1 else f"Check of {count} decks"


def about(run: CheckRun) -> Iterator[str]:
    """What is true of every row: how they came out, at which gate, and what a score says."""
    yield f"{words.run_counts(run)}."
    if gate := one_gate(run):
        several = len(run.most_pressing_first) > 1
        yield f"{'Gate of every deck' if several else 'Gate'}: {gate}."
    if any(each.score for each in run.assessments):
        yield SCORES


def one_gate(run: CheckRun) -> str:
    """The title of the one gate that every deck was assessed at, or ""."""
    gates = {each.gate_title or "" for each in run.assessments}
    return gates.pop() if len(gates) == 1 else ""
