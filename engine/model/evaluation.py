"""What an evaluator answers: a status for every rule and a value for every conclusion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model.rules import Status
from engine.model.vocabulary import Value


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Truth, before any consequence is drawn from it.

    Attributes:
        statuses: by rule id.
        conclusions: by fact; None where it could not be worked out.
    """

    statuses: Mapping[str, Status]
    conclusions: Mapping[str, Value | None]
