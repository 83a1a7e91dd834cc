"""Reasons and remedies with their holes, as parts to be filled in; never a format string."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.errors import Problems, nearest
from engine.model.document import Document, Path
from engine.model.rules import Slot, Text
from engine.model.vocabulary import Vocabulary
from engine.parse.right_sides import ThresholdKind

ITEMS = "items"  # the hole for the items that decided

_HOLE = re.compile(r"\{([^{}]*)\}")


def parse_text(
    written: str,
    document: Document,
    path: Path,
    vocabulary: Vocabulary,
    thresholds: Mapping[str, ThresholdKind],
    problems: Problems,
    *,
    of_items: bool = False,
) -> Text:
    """Split a text at its holes, and check that each names something known.

    Args:
        of_items: whether items can have decided what the text tells, so that it may name them.
    """
    parts: list[str | Slot] = []
    for n, piece in enumerate(_HOLE.split(" ".join(written.split()))):
        if n % 2 == 0:
            if "{" in piece or "}" in piece:
                _wrong(document, path, problems, "a brace without its partner", piece, "")
            if piece:
                parts.append(piece)
            continue
        if piece == ITEMS:
            parts.append(Slot("items", ""))
            if not of_items:
                fix = "Use it in the reason of a rule whose require asks items of a list."
                _wrong(document, path, problems, "no items decide here", "{items}", fix)
            continue
        kind, _, name = piece.rpartition(":")
        known: Mapping[str, object] = {
            "": vocabulary.facts, "threshold": thresholds, "role": vocabulary.roles,
        }.get(kind, {})  # fmt: skip
        if name not in known:
            what = f"unknown {kind or 'fact'} in a text"
            _wrong(document, path, problems, what, f"{{{piece}}}", nearest(name, known))
        elif kind == "threshold":
            parts.append(Slot("threshold", name))
        else:
            parts.append(Slot("role" if kind else "fact", name))
    return tuple(parts)


def _wrong(
    document: Document, path: Path, problems: Problems, message: str, found: str, fix: str
) -> None:
    expected = "{a.fact}, {threshold:name} or {role:name}"
    problems.add(document.place(path), message, found=found, expected=expected, fix=fix)
