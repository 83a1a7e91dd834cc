"""How high a case's need is known to be, and how high it may be at most."""

from __future__ import annotations

from engine.model.assessment import Concluded
from engine.model.pipeline import SpendCase
from engine.pipeline.spend_cases import NEEDS, NO_NEED, PARTS

# what the rules conclude where a part is the highest that is needed
_IDS = dict(zip(PARTS, ("approval", "treasury", "assurance", "pipeline_entry"), strict=True))
NO_RULES = len(PARTS) + 3  # sorts after every need: no rule in force asks what is needed


def is_needed(case: SpendCase) -> bool | None:
    """Whether the spend needs anything of these rules; None where that cannot be told."""
    if case.needs is None or case.needs.raw in NO_NEED:
        return None if undecided(case) else False
    return True if case.needs.raw is not None or at_least(case) else None


def at_least(case: SpendCase) -> str:
    """The highest need that is known, or "" where none is."""
    if case.needs is not None and case.needs.value is not None:
        return case.needs.value
    known = [_title(case, part) for part in _by_rank(case) if part.raw == "yes"]
    return known[0] if known else ""


def undecided(case: SpendCase) -> tuple[str, ...]:
    """The kinds of need above the known one that cannot be told, the highest first."""
    above = []
    for part in _by_rank(case):
        if part.raw == "yes" or (case.needs and case.needs.raw == _IDS[part.fact]):
            break
        if part.raw is None:
            above.append(_title(case, part))
    return tuple(above)


def rank_at_most(case: SpendCase) -> int:
    """How high the need may be: 0 is the highest, also where nothing of it can be told."""
    if case.needs is None:
        return NO_RULES
    for part in _by_rank(case):
        if part.raw != "no":
            return PARTS.index(part.fact)
    if case.needs.raw is None:
        return 0
    return len(PARTS) + NO_NEED.index(case.needs.raw) if case.needs.raw in NO_NEED else len(PARTS)


def _by_rank(case: SpendCase) -> list[Concluded]:
    return sorted(case.parts, key=lambda part: PARTS.index(part.fact))


def _title(case: SpendCase, part: Concluded) -> str:
    return case.vocabulary.facts[NEEDS].values.get(_IDS[part.fact], part.title)
