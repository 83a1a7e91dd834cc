"""What one check of several decks answers: the document that ``--format json`` writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.errors import Problem
from engine.model.assessment import SCHEMA_VERSION, Assessment
from engine.model.document import without_folder

Show = Literal["summary", "findings", "all"]  # how much a readable form holds
SummaryKey = Literal["pass", "recommend", "escalate", "not_assessed"]
summary_keys: tuple[SummaryKey, ...] = SummaryKey.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class NotAssessed:
    """A deck that could not be assessed, and everything that somebody must put right first.

    Attributes:
        deck: the deck's name, or its file's where the file cannot be read.
    """

    deck: str
    problems: tuple[Problem, ...]

    @property
    def title(self) -> str:
        """What to call it: the deck's name without the folders before it."""
        return without_folder(self.deck)


@dataclass(frozen=True, slots=True)
class CheckRun:
    """Every assessment of one run, in the order of the decks.

    Attributes:
        schema: names the form of the document, so that a file explains itself.
        version: of the form; the first number rises when a reader could break.
        summary: how many decks have each outcome. A deck to which no rule applied counts as
            not assessed; one that a rulebook only concludes about counts in none of them.
    """

    schema: Literal["gatewise/check"]
    version: str
    assessments: tuple[Assessment, ...]
    not_assessed: tuple[NotAssessed, ...]
    summary: Mapping[SummaryKey, int]

    @classmethod
    def of(
        cls, assessments: Iterable[Assessment], not_assessed: Iterable[NotAssessed] = ()
    ) -> CheckRun:
        """The run that these make, with its summary counted."""
        done, failed = tuple(assessments), tuple(not_assessed)
        counts: dict[SummaryKey, int] = dict.fromkeys(summary_keys, 0)
        counts["not_assessed"] = len(failed)
        for assessment in done:
            if not assessment.assessed:
                counts["not_assessed"] += 1
            elif assessment.outcome is not None:
                counts[assessment.outcome] += 1
        return cls("gatewise/check", SCHEMA_VERSION, done, failed, counts)

    @property
    def most_pressing_first(self) -> tuple[Assessment | NotAssessed, ...]:
        """Every deck for people to read: escalated, not assessed, with recommendations, passed.

        Decks of one kind stand in the order of the input, which the fields keep.
        """
        return tuple(sorted((*self.assessments, *self.not_assessed), key=_pressing))


def _pressing(deck: Assessment | NotAssessed) -> int:
    if isinstance(deck, NotAssessed) or not deck.assessed:
        return 1
    return {"escalate": 0, "recommend": 2, "pass": 3, None: 4}[deck.outcome]
