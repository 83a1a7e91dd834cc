"""The missing facts of a deck as text, the most decisive first."""

from __future__ import annotations

from collections.abc import Iterator

from engine.needs import Need
from engine.renderers.wrap import as_lines, wrap


def needs_as_text(deck: str, needs: tuple[Need, ...]) -> str:
    """Each question with what its answer would settle."""
    return as_lines(_lines(deck, needs))


def _lines(deck: str, needs: tuple[Need, ...]) -> Iterator[str]:
    if not needs:
        yield from wrap(f"{deck}: no rule waits for a missing fact.")
        return
    yield from wrap(f"{deck}: {len(needs)} missing facts keep rules undecided.")
    for number, need in enumerate(needs, 1):
        yield ""
        lead = f"{number:>3}. "
        yield from wrap(need.question or need.label, lead, "     ")
        yield from wrap(f"Fact: {need.fact} ({need.label})", "     ", "       ")
        if need.settles:
            weight = f", {need.escalating} of them escalating" if need.escalating else ""
            rules = ", ".join(need.settles)
            count = "one rule" if len(need.settles) == 1 else f"{len(need.settles)} rules"
            yield from wrap(f"Can settle {count}{weight}: {rules}", "     ", "       ")
        others = [rule for rule in need.waits if rule not in need.settles]
        if others:
            yield from wrap(f"Needed with other facts by: {', '.join(others)}", "     ", "       ")
