"""Which facts travel in one message: no more than durable_rules can match or hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.rete.encode import Field
from engine.rete.formulas import Test

# Limits of durable_rules 2.0.28, with room to spare: 64 matches for one fact, 252 properties in one
# message and 511 different tests beneath one node.
_UNITS_IN_BLOCK = 48
_FIELDS_IN_BLOCK = 150
_WIDTH_OF_BLOCK = 400


@dataclass
class Block:
    """Messages of one kind: the fields that a few dozen units read of a deck or an item."""

    number: int
    list: str | None
    fields: dict[str, Field] = field(default_factory=dict)
    units: int = 0
    width: int = 0  # different tests that may stand beneath one node


class Blocks:
    """Every block, and for the deck and each list the one that still has room."""

    def __init__(self, blocks: list[Block]) -> None:
        self._all = blocks
        self._open: dict[str | None, Block] = {}
        self._names: dict[Field, str] = {}

    def name(self, wanted: Field) -> str:
        """What a field is called in messages."""
        return self._names.setdefault(wanted, f"f{len(self._names)}")

    def room_for(self, tests: list[Test], list_: str | None) -> Block:
        """The block of a unit with these tests, which from now on holds their fields."""
        wanted = {self.name(field_): field_ for test in tests for field_ in _fields(test)}
        width = max(map(_width, tests), default=1)
        block = self._open.get(list_)
        if (
            block is None
            or block.units >= _UNITS_IN_BLOCK
            or block.width + width > _WIDTH_OF_BLOCK
            or len(wanted.keys() | block.fields.keys()) > _FIELDS_IN_BLOCK
        ):
            block = Block(len(self._all), list_)
            self._all.append(block)
            self._open[list_] = block
        block.units += 1
        block.width += width
        block.fields |= wanted
        return block


def _fields(test: Test) -> list[Field]:
    fields = [test.field, test.right, test.range_end]
    return [f for f in fields if isinstance(f, Field)]


def _width(test: Test) -> int:
    if test.operator == "$in" and isinstance(test.right, tuple):
        return len(test.right)
    return 2 if test.operator == "$outside" else 1
