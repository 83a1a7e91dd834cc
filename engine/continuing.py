"""Answers too long for one place, in parts: how parts are labelled, and become the answer again."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PART = re.compile(
    r"(?P<label>.*\S) \(part (?P<number>\d+)"
    r"(?:, (?P<joint>within a word|on a new line|after (?:a|(?P<blank>\d+)) blank lines?))?\)"
)
_ITEM = re.compile(r"\S.*\s(?P<number>\d+)(?P<more> \(continued\))?")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an answer, after the first.

    Attributes:
        number: 2 for the second.
        joint: what stands between the part before and this one: nothing, a space, or line breaks.
    """

    number: int
    joint: str

    def label(self, whole: str) -> str:
        """The label of this part of an answer that is so labelled."""
        lines = len(self.joint) - 1
        how = {
            "": ", within a word",
            " ": "",
            "\n": ", on a new line",
            "\n\n": ", after a blank line",
        }.get(self.joint, f", after {lines} blank lines")
        return f"{whole} (part {self.number}{how})"


def part_in(label: str) -> tuple[str, Part | None]:
    """The label of the whole answer, and the part of it that this is; None where it is no part."""
    match = _PART.fullmatch(label)
    if match is None:
        return label, None
    joint = " "
    if match["joint"] == "within a word":
        joint = ""
    elif match["joint"]:
        blank = 0 if "new line" in match["joint"] else int(match["blank"] or 1)
        joint = "\n" * (blank + 1)
    return match["label"], Part(int(match["number"]), joint)


def heading_of_item(item: str, number: int, *, goes_on: bool) -> str:
    """The heading of an item that has a column: "Contract 3"."""
    return f"{item} {number}{' (continued)' if goes_on else ''}"


def item_in(heading: str) -> tuple[str, bool]:
    """The number in such a heading, or "", and whether the item began on another slide."""
    match = _ITEM.fullmatch(heading)
    return (match["number"], bool(match["more"])) if match else ("", False)
