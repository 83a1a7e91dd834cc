"""Raised figures, by which footnotes are marked, as characters of their own."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """The text with its figures raised, so that £120 with a footnote 1 is never £1201."""
    return text.translate(_RAISED)
