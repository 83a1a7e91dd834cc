"""Published returns of major projects as facts, and which of them follow each other."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

DATE_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%y", "%d.%m.%Y")
MIDNIGHT = re.compile(r"[ T]00:00(?::00)?$")
RATINGS = {
    "Red": "red",
    "Amber/Red": "amber_red",
    "Amber": "amber",
    "Amber/Green": "amber_green",
    "Green": "green",
}
LABELS = {  # what a label says of the text, and the fact it gives
    "variance_over_5pct": "returns.text.over_line",
    "end_date": "returns.text.end",
    "wlc": "returns.text.cost",
    "dca_trend": "returns.text.rating",
}
FIRST_AT_YEAR_END = 2021  # every record says 31 March; until 2020 the figures are of September


@dataclass(frozen=True, slots=True)
class Return:
    """One project in one year.

    Attributes:
        project: the project's id, or "" before 2020.
        figures_on: the day on which the figures stood.
        facts: the deck; what is withheld or odd is not in it.
    """

    id: str
    year: int
    project: str
    title: str
    organisation: str
    figures_on: date
    facts: Mapping[str, object]


def read_returns(path: Path, labels: Path | None) -> tuple[list[Return], Counter[str]]:
    """The returns of a file of JSON lines, and how often something was read as missing, and why."""
    said = {each["deck_id"]: each for each in _records(labels)} if labels else {}
    odd: Counter[str] = Counter()
    return [
        parse_return(record, said.get(record["deck_id"], {}), odd) for record in _records(path)
    ], odd


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():  # Infinity and NaN are no JSON: they stay words
                yield json.loads(line, parse_constant=str)


def parse_return(record: Mapping[str, Any], label: Mapping[str, Any], odd: Counter[str]) -> Return:
    """One record as a deck.

    Args:
        label: what the return's text says.
        odd: counts what is read as missing.
    """
    year = int(record["deck_id"].split("-")[1])
    as_at = date.fromisoformat(record["as_at"])
    figures_on = as_at if year >= FIRST_AT_YEAR_END else date(as_at.year - 1, 9, 30)
    read = _Reader(record["withheld"], odd)
    budget, dates, rag = record["budget"], record["dates"], record["rag"]
    end = dates.get("end_raw") or dates["end"]
    found = {
        "figures_on": figures_on,
        "budget": read.amount("base", budget["fy_baseline"]),
        "forecast": read.amount("fcst", budget["fy_forecast"]),
        "variance": read.amount("varp", budget["variance_pct_published"], places=4),
        "cost": read.amount("wlc", budget["whole_life_cost"]),
        "start": read.day("start", dates["start"]),
        "end": read.day("end", end),
        "rating": read.rating(rag["independent"] or rag["sro"]),
    }
    facts = {f"returns.{name}": value for name, value in found.items() if value is not None}
    facts |= {fact: label[name] for name, fact in LABELS.items() if label.get(name)}
    project = record["project"]
    return Return(
        id=record["deck_id"],
        year=year,
        project=(project["id"] or "").strip(),
        title=project["title"],
        organisation=project["organisation"] or "",
        figures_on=figures_on,
        facts=facts,
    )


class _Reader:
    """Reads one record strictly: what is not plainly a value is missing, and counted."""

    def __init__(self, withheld: Mapping[str, list[str]], odd: Counter[str]) -> None:
        self._withheld = {*withheld["exempt"], *withheld["early_planning"]}
        self._odd = odd

    def amount(self, name: str, written: object, places: int = 2) -> Decimal | None:
        if self._is_missing(name, written):
            return None
        if isinstance(written, bool) or not isinstance(written, int | float):
            self._odd[f'"{str(written)[:20]}" in place of a number'] += 1
            return None
        return round(Decimal(str(written)), places)

    def day(self, name: str, written: object) -> date | None:
        if self._is_missing(name, written):
            return None
        for form in DATE_FORMS:
            try:
                text = MIDNIGHT.sub("", str(written).strip())
                return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        self._odd[f'"{str(written)[:20]}" in place of a date'] += 1
        return None

    def rating(self, written: object) -> str | None:
        if written in RATINGS:
            return RATINGS[str(written)]
        what = "rating not given" if not written else f'"{written}" in place of a rating'
        self._odd[what] += 1
        return None

    def _is_missing(self, name: str, written: object) -> bool:
        if name in self._withheld:
            self._odd["withheld, or too early to say"] += 1
            return True
        if written is None or not str(written).strip():
            self._odd["not given"] += 1
            return True
        return False


# ---- which return of last year is the same project's


def last_years(returns: list[Return]) -> dict[str, str]:
    """The id of last year's return for that of each return that has one.

    By the project's id where both have one. Else by title and organisation, by title, by title
    without its filling words, and by the same start and half the words. Only one to one.
    """
    found: dict[str, str] = {}
    for year in sorted({each.year for each in returns}):
        todo = [each for each in returns if each.year == year]
        left = [each for each in returns if each.year == year - 1]
        for key, suits in TIERS:
            pairs = [*_one_to_one(todo, left, key, suits)]
            found |= {now.id: before.id for now, before in pairs}
            done = {each.id for pair in pairs for each in pair}
            todo = [each for each in todo if each.id not in done]
            left = [each for each in left if each.id not in done]
    return found


def _one_to_one(
    todo: list[Return],
    left: list[Return],
    key: Callable[[Return], Hashable],
    suits: Callable[[Return, Return], bool],
) -> Iterator[tuple[Return, Return]]:
    by_key: dict[Hashable, list[Return]] = {}
    for before in left:
        by_key.setdefault(key(before), []).append(before)
    single: dict[str, list[tuple[Return, Return]]] = {}
    for now in todo:
        fit = [before for before in by_key.get(key(now), ()) if key(now) and suits(now, before)]
        if len(fit) == 1:
            single.setdefault(fit[0].id, []).append((now, fit[0]))
    yield from (pairs[0] for pairs in single.values() if len(pairs) == 1)


def _project(each: Return) -> str:
    """The project's id; the health department changed its letters in 2021."""
    return each.project.upper().replace("DOH_", "DH_")


def _title(each: Return) -> str:
    return _plain(each.title)


def _short_title(each: Return) -> str:
    words = _plain(re.sub(r"\([^)]*\)", " ", each.title)).split()
    return " ".join(word for word in words if word not in ("programme", "project", "the"))


def _plain(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", title.lower().replace("&", " and ")).strip()


def _without_ids(now: Return, before: Return) -> bool:
    return not (now.project and before.project)


def _alike(now: Return, before: Return) -> bool:
    ours, theirs = set(_short_title(now).split()), set(_short_title(before).split())
    shared = len(ours & theirs)
    return _without_ids(now, before) and 0 < min(len(ours), len(theirs)) <= 2 * shared


TIERS: tuple[tuple[Callable[[Return], Hashable], Callable[[Return, Return], bool]], ...] = (
    (_project, lambda now, before: True),
    (lambda each: (_title(each), each.organisation), _without_ids),
    (_title, _without_ids),
    (_short_title, _without_ids),
    (lambda each: each.facts.get("returns.start"), _alike),
)
