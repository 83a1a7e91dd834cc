"""Pages into a deck: which fact each value answers, and how surely."""

from engine.understanding.understand import understand

__all__ = ["understand"]
