"""Which columns of a table a mapping means: by exact heading, and never by a guess."""

from __future__ import annotations

from collections.abc import Iterable

from engine.errors import Problems, nearest, shorten
from engine.model.mapping import Origin
from engine.model.table import Column

_MOST_NAMED = 8  # headings offered where none is near
_LONGEST_HEADING = 60


class Headings:
    """The headings of a table, to look columns up by."""

    def __init__(
        self, columns: Iterable[Column], kind: str, source: str, problems: Problems
    ) -> None:
        self._positions: dict[str, list[int]] = {}
        self._columns = tuple(columns)
        self._kind, self._source, self._problems = kind, source, problems
        for number, column in enumerate(self._columns):
            if column.heading:
                self._positions.setdefault(column.heading, []).append(number)

    def find(self, origin: Origin) -> tuple[int, ...]:
        """The positions of the columns that a value comes from; what is wrong is noted."""
        found = [name for name in origin.names if name in self._positions]
        if not found:
            if not origin.optional:
                self._absent(origin.names[0], origin)
            return ()
        if origin.taking == "any_of" and len(found) > 1:
            both = f"{_quoted(found[0])} and {_quoted(found[1])}"
            fix = "Name one of them with from, or use first_of."
            message = f"the table has more than one {self._kind} of any_of"
            self._problems.add(origin.place, message, found=both, fix=fix)
        if origin.taking in ("first_of", "join") and not origin.optional:
            for name in origin.names:
                if name not in found:
                    self._absent(name, origin)
        return tuple(self._one(name, origin) for name in found)

    def _one(self, name: str, origin: Origin) -> int:
        positions = self._positions[name]
        if len(positions) > 1 and not origin.nth:
            spots = " and ".join(self._columns[position].spot for position in positions[:3])
            message = f"the heading {_quoted(name)} stands over {len(positions)} {self._kind}s"
            fix = "Say which with nth: 1, or give each a heading of its own."
            self._problems.add(origin.place, message, found=spots, fix=fix)
        if origin.nth > len(positions):
            message = f"there is no {_quoted(name)} number {origin.nth}"
            self._problems.add(origin.place, message, found=f"{len(positions)} of them")
        return positions[min(max(origin.nth, 1), len(positions)) - 1]

    def _absent(self, name: str, origin: Origin) -> None:
        known = list(self._positions)
        some = ", ".join(_quoted(each) for each in known[:_MOST_NAMED])
        more = f" and {len(known) - _MOST_NAMED} more" if len(known) > _MOST_NAMED else ""
        names = origin.names if origin.taking == "any_of" else (name,)
        shown = " or ".join(_quoted(each) for each in names)
        self._problems.add(
            origin.place,
            f"{self._source} has no {self._kind} {shown}",
            expected=f"{some}{more}" if known else "",
            fix=self._near(name, known) or "Correct the heading, or say optional: true.",
        )

    def _near(self, name: str, known: list[str]) -> str:
        """A fix that offers the nearest heading, without regard to capitals first."""
        same = [each for each in known if each.casefold() == name.casefold()]
        return f"Did you mean {same[0]}?" if same else nearest(name, known)


def _quoted(heading: str) -> str:
    return f'"{shorten(heading, _LONGEST_HEADING)}"'
