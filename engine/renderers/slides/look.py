"""The look of all slides: their size and margins, and one palette."""

from __future__ import annotations

from collections.abc import Mapping

from engine.renderers.blocks import COLOURS

WIDE, HIGH = 960.0, 540.0  # a slide of 16 to 9, in points
EDGE, HEAD, FOOT = 36.0, 22.0, 14.0  # its margins
BAND = 8.0  # at the head of every slide
ROOM = WIDE - 2 * EDGE  # from the left margin to the right
PAD = 5.0  # between a cell's edge and its text

INK, QUIET, NAVY, WHITE = "1F2937", "4B5563", "17324D", "FFFFFF"
PALE, RULE, TRACK = "F1F5F9", "B6C2CF", "D5DBE0"
# of the ground or the words that tell an outcome; None where there is none
OUTCOMES: Mapping[str | None, str] = {
    None if tone == "other" else tone: ink.upper() for tone, (ink, _) in COLOURS.items()
}
# what the theme offers whoever adds to the slides
THEME: Mapping[str, str] = {
    "dk2": NAVY, "lt2": PALE, "accent1": NAVY, "accent2": "0B6B6B", "accent3": "8A5A00",
    "accent4": "6B3FA0", "accent5": "9B2C2C", "accent6": QUIET, "hlink": "0B5CAD",
    "folHlink": "6B3FA0",
}  # fmt: skip
