"""Slides that are made here: how they look, their tables, and what fits on them."""
