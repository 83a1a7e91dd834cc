"""What is drawn on a slide or sheet that nothing is read from, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

NOTES = "speaker notes"
STRUCK = "text that is struck through"

# the ends of a graphic's uri, and what it is
_GRAPHICS = {
    "chart": "chart",
    "chartex": "chart",
    "diagram": "SmartArt diagram",
    "ole": "embedded object",
    "slicer": "slicer",
    "sectionzoom": "zoom to other slides",
    "slidezoom": "zoom to other slides",
    "model3d": "3D model",
}


def drawn_in(tree: Any) -> tuple[str, ...]:
    """What stands in a slide's shapes beside text and tables: "a picture", "3 charts".

    Args:
        tree: an element whose children are shapes, of lxml's or the standard library's making.
    """
    return in_words(_things(tree))


def drawn_on_sheet(tree: Any) -> tuple[str, ...]:
    """What is drawn over the cells of a sheet, text in shapes included."""
    boxes = sum(
        any(local_name(inner) == "t" and (inner.text or "").strip() for inner in each.iter())
        for each in tree.iter()
        if local_name(each) == "sp"
    )
    return in_words([*_things(tree), *["text box"] * boxes])


def in_words(things: Iterable[str]) -> tuple[str, ...]:
    """Nouns, counted: "a picture", "3 charts"."""
    return tuple(_counted(noun, number) for noun, number in Counter(things).items())


def _counted(noun: str, number: int) -> str:
    if number > 1:
        return f"{number:,} {noun}{'es' if noun.endswith('x') else 's'}"
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _things(tree: Any) -> Iterator[str]:
    for shape in tree:
        if is_hidden(shape):
            yield "hidden shape"
            continue
        match local_name(shape):
            case "grpSp" | "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor":
                yield from _things(shape)
            case "pic":
                yield _picture(shape)
            case "graphicFrame":
                yield from _graphic(shape)
            case "contentPart":
                yield "drawing in ink"
            case "AlternateContent":
                yield from _newer(shape)


def _picture(shape: Any) -> str:
    names = {local_name(each) for each in shape.iter()}
    if "videoFile" in names:
        return "film"
    return "sound" if names & {"audioFile", "wavAudioFile", "audioCd"} else "picture"


def _graphic(shape: Any) -> Iterator[str]:
    data = next((each for each in shape.iter() if local_name(each) == "graphicData"), None)
    kind = "" if data is None else data.get("uri", "").rpartition("/")[2].lower()
    if kind != "table":
        yield _GRAPHICS.get(kind, "object of another program")


def _newer(shape: Any) -> Iterator[str]:
    """Shapes that older programs do not know come with a replacement: the first one counts."""
    choice = next((each for each in shape if local_name(each) == "Choice"), None)
    if choice is None:
        return
    found = list(_things(choice))
    yield from found or ["shape of a newer kind"]


def is_hidden(shape: Any) -> bool:
    """Whether somebody switched the shape off."""
    for each in shape:
        if local_name(each).startswith("nv"):
            return any(inner.get("hidden") in ("1", "true") for inner in each)
    return False


def local_name(element: Any) -> str:
    """An element's name without its namespace; "" of a comment."""
    tag = element.tag
    return _without_namespace(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1_000)
def _without_namespace(tag: str) -> str:
    return tag.rpartition("}")[2]
