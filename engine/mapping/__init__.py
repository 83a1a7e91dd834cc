"""Tables of other people's shapes into decks, by a mapping."""

from engine.mapping.apply import apply_mapping

__all__ = ["apply_mapping"]
