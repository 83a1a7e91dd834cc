"""A transparency return as plain text, 80 columns wide."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.pipeline import LeftOut, SpendReturn
from engine.pipeline.in_words import HNG_REFERENCE, RETURN_DOES_NOT_TELL, pounds_in_words
from engine.renderers.pipeline.unassessed import nil_return
from engine.renderers.wrap import as_lines, wrap
from engine.showing import show_type


def return_as_text(drawn: SpendReturn) -> str:
    """The approvals given in the period, and what could not be included."""
    return as_lines(_lines(drawn))


def left_out_in_words(left: LeftOut) -> str:
    """What could not be included, where it stands and why."""
    return f"{left.place}: {left.project}: {left.why}"


def _lines(drawn: SpendReturn) -> Iterator[str]:
    yield from wrap(f"Spend control return: approvals given from {drawn.span.words}")
    yield ""
    if drawn.lines:
        yield from (*wrap(HNG_REFERENCE), "")
    else:
        yield from wrap(nil_return(drawn))
    for number, line in enumerate(drawn.lines, 1):
        yield from wrap(f"{number}. {line.project}", "", "   ")
        given = show_type("date", line.given)
        yield from wrap(f"{pounds_in_words(line.amount)} approved on {given}", "   ")
        yield from wrap(f"HNG reference: {line.reference or 'not stated'}", "   ", "     ")
        yield from wrap(f"Basis: {line.basis}", "   ", "     ")
        yield from wrap(f"{line.organisation} ({line.department})", "   ", "     ")
        yield from wrap(f"Place: {line.place}", "   ", "     ")
    if drawn.lines:
        total = pounds_in_words(
            sum((line.amount for line in drawn.lines), drawn.lines[0].amount * 0)
        )
        yield from ("", f"Total approved: {total}")
    if drawn.left_out or drawn.not_assessed:
        yield from ("", "Not included, to be settled first")
    for left in drawn.left_out:
        yield from wrap(left_out_in_words(left), "  ", "    ")
    for failed in drawn.not_assessed:
        for text in str(failed.problems[0]).split("\n"):
            yield from wrap(text, "  ", "    ")
    if drawn.notes:
        yield from ("", "To know")
    for note in drawn.notes:
        yield from wrap(note, "  ", "    ")
    yield ""
    yield from wrap(RETURN_DOES_NOT_TELL)
    yield from wrap(f"Rulebook {drawn.rulebook} {drawn.rulebook_hash}.")
