"""Long texts in pieces that each fit on a slide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from engine.renderers.text_size import LINE, greatest, wrapped

# one space or line break, or several breaks: what is left out here can be told by its name
_JOINT = re.compile(r"(?<=\S)(?: |\n+)(?=\S)")
_LEAST = 0.7  # of what would fit, that a piece has where a sentence ends there


def split(text: str, size: float, room: float, most: float) -> Iterator[tuple[str, str]]:
    """The text in pieces of at most this height, each after what stands between it and the last.

    They end where a sentence or paragraph does, if one does late enough, else after a word, and
    inside a word only where there is no other way. All of them in a row are the very text.
    """
    lines = int(most / (size * LINE))

    def fits(piece: str) -> bool:
        return sum(len(wrapped(part, size, room)) for part in piece.split("\n")) <= lines

    joint = ""
    longest = int(lines * room / (0.19 * size))  # in the narrowest letters
    while len(text) > longest or not fits(text):
        end, start = _cut(text[:longest], fits)
        if not end:  # so much white space that no slide holds it
            end, start = next((m.span() for m in _JOINT.finditer(text)), (0, 0))
            if not end:
                break
        yield joint, text[:end]
        joint, text = text[end:start], text[start:]
    yield joint, text


def _cut(text: str, fits: Callable[[str], bool]) -> tuple[int, int]:
    """Where the first piece ends, and where the next one begins."""
    joints = [match.span() for match in _JOINT.finditer(text)]
    fitting = joints[: greatest(len(joints), lambda n: fits(text[: joints[n - 1][0]]))]
    if fitting:
        least = _LEAST * fitting[-1][0]
        ends = (
            j for j in reversed(fitting) if text[j[0] : j[1]] != " " or text[j[0] - 1] in ".!?;"
        )
        best = next((j for j in ends if j[0] >= least), None)
        return best or fitting[-1]
    end = greatest(len(text), lambda n: fits(text[:n]))
    while end > 0 and (end >= len(text) or text[end - 1].isspace() or text[end].isspace()):
        end -= 1
    return end, end
