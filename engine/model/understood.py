"""What an office document was understood to say, how surely, and what was left."""

from __future__ import annotations

from dataclasses import dataclass

from engine.model.document import Document
from engine.model.pages import Address, Content

CERTAIN_ENOUGH = 80  # per cent: below it a value is listed for people to confirm, and not used


@dataclass(frozen=True, slots=True)
class Found:
    """A value and the fact that it was taken for.

    Attributes:
        fact: its name in the vocabulary; an item's fact as "benefits.baseline".
        item: the position in its list, from 0; None for a fact of the deck.
        spot: what people call the place: "Slide 5, benefits table, row 2, baseline".
        confidence: per cent.
        because: how it was found: "its label, on the slide of its section".
        used: whether it is in the deck; where not, ``because`` says why.
    """

    fact: str
    item: int | None
    content: Content
    spot: str
    address: Address
    confidence: int
    because: str
    used: bool


@dataclass(frozen=True, slots=True)
class Left:
    """Something in the file that nothing was made of.

    Attributes:
        text: as it stands there, or what it is: "a picture".
    """

    text: str
    spot: str


@dataclass(frozen=True, slots=True)
class Understood:
    """A whole office document.

    Attributes:
        document: the deck; what is not certain enough is not in it.
        found: every value that was taken for a fact, in the file's order.
        left: the rest.
        addresses: of each page and part that a place may name, by its words.
    """

    document: Document
    found: tuple[Found, ...]
    left: tuple[Left, ...]
    addresses: dict[str, Address]
