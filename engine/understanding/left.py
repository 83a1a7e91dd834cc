"""What nothing was made of, as it may be shown: without what may be a person's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from engine.errors import shorten

_LONGEST_CELL, _LONGEST_ALONE = 24, 60
_MOST_CELLS = 5
# what a name follows
_PEOPLE = re.compile(
    r"\b(?:authors?|contacts?|presenter|owners?|manager|lead|officer|sponsor|sro|names?|attendees?"
    r"|present|apologies|e-?mail|tel|phone|director|chair|head of|architect|analyst|members?)\b",
    re.IGNORECASE,
)
_DONE_BY = re.compile(
    r"\b((?:prepared|presented|written|approved|reviewed|produced|completed|signed)"
    r" (?:off )?by)\b.*",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"^(?P<label>[^:\n]{2,100}?)\s*(?::\s+|\s+[–—-]\s+)\S.*$")
_EMAIL = re.compile(r"\S+@\S+")
_PHONE = re.compile(r"\+?\(?\d[\d ()-]{8,}\d")
_BARE_NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Cllr)\.? )?[A-Z][\w'’-]+(?: [A-Z]\.?)?(?: [A-Z][\w'’-]+){1,2}"
)


def without_names(text: str, beside: Sequence[str] = ()) -> str:
    """The text without addresses, numbers to call, and what follows a word for a person.

    Args:
        beside: the texts before and after it: a bare name beside such a word is one.
    """
    text = _PHONE.sub("…", _EMAIL.sub("…", " ".join(text.split())))
    text = _DONE_BY.sub(r"\1 …", text)
    match = _LABELLED.match(text)
    if match and _PEOPLE.search(match["label"]):
        return f"{match['label']}: …"
    if _BARE_NAME.fullmatch(text) and any(_PEOPLE.search(each) for each in beside):
        return "…"
    return text


def speaks_of_people(texts: Iterable[str]) -> bool:
    """Whether one of them is a word for a person, so that names may stand below or beside it."""
    return any(_PEOPLE.search(text) for text in texts)


def in_words(texts: Sequence[str], *, names_near: bool = False) -> str:
    """A row of a table in a line; nothing that stands beside a word for a person.

    Args:
        names_near: the table speaks of people: what looks like a name is left out.
    """
    if names_near:
        texts = ["…" if _BARE_NAME.fullmatch(text) else text for text in texts]
    if len(texts) == 1:
        return shorten(without_names(texts[0]), _LONGEST_ALONE)
    first, *others = [shorten(without_names(text), _LONGEST_CELL) for text in texts[:_MOST_CELLS]]
    if _PEOPLE.search(first):
        others = ["…"] if others else []
    return " | ".join([first, *others])
