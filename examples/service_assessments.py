"""Hold the checker's outcomes against what service assessment panels decided.

    python examples/service_assessments.py assessments.jsonl

Each line of the file is one published report: under "input" the stage, the date, the standard and
a yes or no for each criterion; under "expected" what the panel decided. Every report is turned
into a deck in memory, checked under the panels' own ruleset, and compared.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from engine import Document, assess, load_rulebook, parse_deck, shipped_rules

PANELS = "service_assessment_panels"  # the organisation that uses this ruleset and no other
STANDARDS = {
    "2013 Digital by Default (26)": ("standard_2013", "criteria_2013", "2013, 26 criteria"),
    "2015 Digital Service Standard (18)": ("standard_2015", "criteria_2015", "2015, 18 criteria"),
}
FINDINGS = {"yes": "met", "no": "not_met", "na": "does_not_apply", "n/a": "does_not_apply"}
DATE_FORMATS = ("%d %B %Y", "%d/%m/%Y", "%d/%m/%y")
UNDATED = date(2015, 6, 1)  # any day will do: none of these rules begins or ends
OUTCOMES = ("pass", "recommend", "escalate")
NOT_ASSESSED = "not assessed"

Assess = Callable[[Mapping[str, object], str, date], tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Report:
    """One published report, as far as it says anything.

    Attributes:
        gate: the gate's id, or None where the report gives no stage.
        as_of: None where the report gives no date.
        facts: the deck.
        panel: pass, recommend (passed with unmet criteria) or escalate; None where not known.
        panel_said: the panel's bare result, also where the criteria were not published.
    """

    name: str
    stage: str
    standard: str
    gate: str | None
    as_of: date | None
    facts: Mapping[str, object]
    unmet: tuple[str, ...]
    panel: str | None
    panel_said: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A report with the checker's outcome, and what the checker found wanting."""

    report: Report
    ours: str
    wanting: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether the checker and the panel came to the same."""
        return self.ours == self.report.panel


def engine_assess(rules: Path) -> Assess:
    """The checker as a function of facts, gate and date."""
    rulebook = load_rulebook(rules, cases=False)

    def outcome(facts: Mapping[str, object], gate: str, as_of: date) -> tuple[str, list[str]]:
        deck = parse_deck(Document("a published report", facts, {}), rulebook.vocabulary)
        result = assess(rulebook, deck, as_of, gate=gate, organisation=PANELS)
        wanting = [f.title for f in result.findings if f.outcome in ("recommend", "escalate")]
        return result.outcome or NOT_ASSESSED, wanting

    return outcome


def read_reports(path: Path) -> Iterator[Report]:
    """The reports of a file of JSON lines, in its order."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield parse_report(json.loads(line))


def parse_report(record: Mapping[str, Any]) -> Report:
    """One record as a deck and the panel's decision; what it does not say stays missing."""
    said, expected = record["input"], record["expected"]
    version, group, standard = STANDARDS.get(said["standard"], (None, None, "not given"))
    facts: dict[str, object] = {}
    if version:
        facts["service.standard_version"] = version
        for number, answer in said["criteria"].items():
            finding = FINDINGS.get(answer.strip(" \\").lower())
            if finding:
                facts[f"service.{group}.c{int(number):02}"] = finding
    return Report(
        name=said["service"],
        stage=said["gate"] or "not given",
        standard=standard,
        gate=f"assessment_{said['gate']}" if said["gate"] else None,
        as_of=parse_date(said["date"]),
        facts=facts,
        unmet=tuple(number for number, answer in said["criteria"].items() if answer == "no"),
        panel=expected["three_way"],
        panel_said=expected["result"],
    )


def parse_date(text: str) -> date | None:
    """A date as the reports write it, day first; None where there is none."""
    for form in DATE_FORMATS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def compare(report: Report, checker: Assess) -> Compared:
    """Check one report; without a stage there is no gate to check it at."""
    if report.gate is None:
        return Compared(report, NOT_ASSESSED, ("The report gives no stage",))
    ours, wanting = checker(report.facts, report.gate, report.as_of or UNDATED)
    return Compared(report, ours, tuple(wanting))


def any_unmet_stops(report: Report) -> str:
    """The plainest rule there is, to compare with: one unmet criterion stops the service."""
    return "escalate" if report.unmet else "pass"


def by_stage(compared: Iterable[Compared]) -> Iterator[str]:
    """A line for each standard and stage: reports, known decisions, agreement and its direction."""
    rows: dict[tuple[str, str], Counter[str]] = {}
    for one in compared:
        counts = rows.setdefault((one.report.standard, one.report.stage), Counter())
        counts["reports"] += 1
        if one.report.panel is None:
            continue
        counts["known"] += 1
        if one.agrees:
            counts["agree"] += 1
        elif one.ours == NOT_ASSESSED:
            counts["not assessed"] += 1
        elif OUTCOMES.index(one.ours) > OUTCOMES.index(one.report.panel):
            counts["stricter"] += 1
        else:
            counts["milder"] += 1
    columns = ("reports", "known", "agree", "stricter", "milder", "not assessed")
    yield f"{'standard':20}{'stage':11}" + "".join(f"{name:>14}" for name in columns)
    for (standard, stage), counts in sorted(rows.items()):
        yield f"{standard:20}{stage:11}" + "".join(f"{counts[name]:>14}" for name in columns)
    total = sum(rows.values(), Counter())
    yield f"{'all':31}" + "".join(f"{total[name]:>14}" for name in columns)


def ours_against_panels(known: Iterable[Compared]) -> Iterator[str]:
    """How often each of our outcomes met each decision of a panel."""
    pairs = Counter((one.ours, one.report.panel) for one in known)
    yield f"{'ours':31}" + "".join(f"{'panel ' + panel:>20}" for panel in OUTCOMES)
    for ours in (*OUTCOMES, NOT_ASSESSED):
        yield f"{ours:31}" + "".join(f"{pairs[ours, panel]:>20}" for panel in OUTCOMES)


def share(part: int, whole: int) -> str:
    """A part of a whole, in numbers and per cent."""
    return f"{part} of {whole}" + (f" ({100 * part / whole:.1f}%)" if whole else "")


def summary(compared: list[Compared]) -> Iterator[str]:
    """All that the script prints, line by line."""
    known = [one for one in compared if one.report.panel]
    unmet = [one for one in known if one.report.unmet]
    yield from by_stage(compared)
    yield ""
    yield from ours_against_panels(known)
    yield ""
    for title, group in (
        ("Agreement, every report with a known decision", known),
        ("Agreement, those with an unmet criterion", unmet),
    ):
        plain = sum(any_unmet_stops(one.report) == one.report.panel for one in group)
        yield f"{title}: {share(sum(one.agrees for one in group), len(group))}"
        yield f"  if any unmet criterion stopped the service: {share(plain, len(group))}"
    yield ""
    yield "Disagreements"
    for one in known:
        if not one.agrees:
            report = one.report
            yield f"  {report.name} ({report.standard}, {report.stage})"
            yield f"    ours {one.ours}, panel {report.panel}; unmet: {', '.join(report.unmet)}"
            yield from (f"    - {title}" for title in one.wanting)
    yield ""
    unknown = [one for one in compared if not one.report.panel]
    yield f"No decision to compare with: {len(unknown)}"
    pairs = Counter(
        (one.report.standard != "not given", one.report.panel_said, one.ours) for one in unknown
    )
    for (has_standard, said, ours), count in sorted(pairs.items()):
        what = "criteria published" if has_standard else "no standard and no criteria published"
        yield f"  {count:3}  {what}; panel: {said or 'not stated'}; ours: {ours}"
    yield f"Reports with no date: {sum(one.report.as_of is None for one in compared)}"


def main() -> None:
    """Read the reports, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="the reports, one JSON record a line")
    parser.add_argument("--rules", type=Path, default=shipped_rules(), help="the rules folder")
    options = parser.parse_args()
    checker = engine_assess(options.rules)
    print("\n".join(summary([compare(report, checker) for report in read_reports(options.file)])))


if __name__ == "__main__":
    main()
