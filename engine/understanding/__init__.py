"""Pages into a deck: which fact each value answers, and how surely."""

from engine.understanding.as_written import understood_as_written
from engine.understanding.understand import understand

__all__ = ["understand", "understood_as_written"]
