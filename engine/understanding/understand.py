"""Pages into a deck: which fact each value answers, and how surely."""

from __future__ import annotations

from engine.model.pages import Pages
from engine.model.understood import Understood
from engine.model.vocabulary import Vocabulary


def understand(pages: Pages, vocabulary: Vocabulary) -> Understood:
    """Find the facts of the vocabulary in an office document."""
    raise NotImplementedError
