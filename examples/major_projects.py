"""Ask of every published return of a major project whether it contradicts itself.

    python examples/major_projects.py decks.jsonl --labels labels.jsonl --conflicts conflicts.csv

Each line of the first file is one project in one year; of the second, what that return's text says.
Every return is turned into a deck in memory, given what last year's return of the same project
says, and checked. The third file lists contradictions that somebody else found, to compare with.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from published_returns import Return, last_years, read_returns

from engine import (
    Assessment,
    DeckError,
    Document,
    Rulebook,
    assess,
    load_rulebook,
    parse_deck,
    shipped_rules,
    with_last_period,
)

PORTFOLIO = "major_projects"  # the organisation that uses this ruleset and no other
GATE = "annual_return"
CONTRADICTIONS = {
    "RETURN-001": "variance",
    "RETURN-002": "text over",
    "RETURN-003": "text within",
    "RETURN-004": "end < start",
    "RETURN-005": "end moved",
    "RETURN-006": "cost moved",
    "RETURN-007": "rating moved",
}
ADVICE = {"RETURN-008": "end passed"}
CHECKS = CONTRADICTIONS | ADVICE
COMPARED = {  # the kinds of contradiction in the other list, and the rules that find them
    "variance_over_5pct": ("RETURN-002", "RETURN-003"),
    "end_date": ("RETURN-005",),
    "end_before_start": ("RETURN-004",),
}
WIDTH = 13


@dataclass(frozen=True, slots=True)
class Checked:
    """A return with what the checker found.

    Attributes:
        statuses: of each rule; empty where the return could not be assessed.
        reasons: of each rule; where it is met, what decided it.
        refused: why it could not be assessed.
    """

    of: Return
    statuses: dict[str, str]
    reasons: dict[str, str]
    refused: str = ""

    def has(self, status: str, rules: Iterable[str] = CONTRADICTIONS) -> list[str]:
        """The rules that came out so."""
        return [rule for rule in rules if self.statuses.get(rule) == status]


def check_returns(returns: list[Return], rulebook: Rulebook) -> Iterator[Checked]:
    """Every return checked, with last year's beside it where there is one."""
    words = rulebook.vocabulary
    before = last_years(returns)
    decks = {}
    for each in returns:
        try:
            decks[each.id] = parse_deck(Document(each.id, each.facts, {}), words)
        except DeckError as error:
            yield Checked(each, {}, {}, str(error))
    for each in returns:
        if each.id in decks:
            deck, previous = decks[each.id], decks.get(before.get(each.id, ""))
            if previous is not None:
                deck = with_last_period(deck, previous, words)
            result = assess(rulebook, deck, each.figures_on, gate=GATE, organisation=PORTFOLIO)
            statuses = {found.rule: found.status for found in result.findings}
            yield Checked(each, statuses, words_of(result))


def words_of(result: Assessment) -> dict[str, str]:
    """The reason that each rule gives; where it is met, the facts that decided it."""
    return {
        found.rule: "; ".join(
            f"{e.label} {e.value}, which {e.expected}" for e in found.evidence if e.place
        )
        if found.status == "met"
        else found.reason
        for found in result.findings
    }


def by_year(checked: list[Checked], status: str, last: str) -> Iterator[str]:
    """A line for each year: how many returns came out so, rule by rule."""
    years: dict[str, Counter[str]] = {}
    for one in checked:
        counts = years.setdefault(str(one.of.year), Counter())
        counts["returns"] += 1
        counts["assessed"] += bool(one.statuses)
        counts.update(one.has(status, CHECKS))
        counts[last] += bool(one.has(status))
    columns = {"returns": "returns", "assessed": "assessed", **CHECKS, last: last}
    yield f"{'year':6}" + "".join(f"{title:>{WIDTH}}" for title in columns.values())
    for year, counts in (*sorted(years.items()), ("all", sum(years.values(), Counter()))):
        yield f"{year:6}" + "".join(f"{counts[name]:>{WIDTH}}" for name in columns)


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the other list."""

    year: int
    project: str
    name: str
    kind: str

    def is_of(self, other: Return) -> bool:
        """Whether it speaks of this return: by its id, or by its name where it has none."""
        if self.year != other.year:
            return False
        return self.project == other.project if self.project else self.name == other.title


def read_conflicts(path: Path) -> list[Listed]:
    """The other list, in its order."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Listed(int(row["report_year"]), row["project_id"], row["name"], row["field"])
            for row in csv.DictReader(lines)
        ]


def against(checked: list[Checked], listed: list[Listed]) -> Iterator[str]:
    """Where both lists agree, and what only one of them has, with our words on each."""
    ours = {
        (one.of.id, kind): line
        for one in checked
        for kind, rules in COMPARED.items()
        for line in [words_on(one, one.has("not_met", rules))]
        if line
    }
    both, only_they = [], []
    for row in listed:
        found = next((one for one in checked if row.is_of(one.of)), None)
        if found is None:
            only_they.append(f"{row.year} {row.name}: no such return")
        elif line := ours.pop((found.of.id, row.kind), ""):
            both.append(line)
        else:
            rules = COMPARED.get(row.kind, ())
            asked = [rule for rule in rules if found.statuses.get(rule) in ("met", "unknown")]
            only_they.append(words_on(found, asked) or f"{row.year} {row.name}: not asked")
    rest = [line for one in checked if (line := words_on(one, unlisted(one)))]
    for title, lines in (
        ("Both", both),
        ("Only they", only_they),
        ("Only we", [*ours.values()]),
        ("Kinds that their list does not hold", rest),
    ):
        yield f"{title}: {len(lines)}"
        yield from (f"  {line}" for line in lines)


def unlisted(one: Checked) -> list[str]:
    """The contradictions of a return that the other list has no kind for."""
    compared = {rule for rules in COMPARED.values() for rule in rules}
    return [rule for rule in one.has("not_met") if rule not in compared]


def words_on(one: Checked, rules: list[str]) -> str:
    """Which return it is, and what these rules say of it; nothing where there are none."""
    said = [f"{rule} {one.statuses[rule]}: {one.reasons[rule]}" for rule in rules]
    return f"{one.of.year} {one.of.title} | {' | '.join(said)}" if said else ""


def of_no_one_meaning(checked: list[Checked]) -> Iterator[str]:
    """Amounts that stand in the decks as they are, and that the rules draw nothing from."""
    for fact, name in (("budget", "budget of a year"), ("cost", "whole-life cost")):
        amounts = [one.of.facts.get(f"returns.{fact}") for one in checked]
        known = [amount for amount in amounts if isinstance(amount, Decimal)]
        yield f"  {sum(amount == 0 for amount in known):5}  {name} of zero"
        yield f"  {sum(amount < 0 for amount in known):5}  {name} below zero"


def summary(
    checked: list[Checked], odd: Counter[str], listed: list[Listed] | None
) -> Iterator[str]:
    """All that the script prints, line by line."""
    yield "Contradictions (the last column: returns with one, an end that has passed left aside)"
    yield from by_year(checked, "not_met", "contradict")
    yield ""
    yield "Not enough information"
    yield from by_year(checked, "unknown", "any of them")
    yield ""
    yield "Read as missing, and never as a number"
    yield from (f"  {count:5}  {what}" for what, count in odd.most_common())
    yield "Stated, but not to be measured from"
    yield from of_no_one_meaning(checked)
    for one in checked:
        if one.refused:
            yield f"Not assessed: {one.of.id}: {one.refused}"
    if listed is not None:
        yield ""
        yield from against(checked, listed)


def main() -> None:
    """Read the returns, check, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="the returns, one JSON record a line")
    parser.add_argument("--labels", type=Path, help="what the text of each return says")
    parser.add_argument("--conflicts", type=Path, help="contradictions that somebody else found")
    parser.add_argument("--rules", type=Path, default=shipped_rules(), help="the rules folder")
    options = parser.parse_args()
    returns, odd = read_returns(options.file, options.labels)
    checked = [*check_returns(returns, load_rulebook(options.rules, cases=False))]
    listed = read_conflicts(options.conflicts) if options.conflicts else None
    print("\n".join(summary(checked, odd, listed)))


if __name__ == "__main__":
    main()
