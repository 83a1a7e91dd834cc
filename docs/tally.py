"""How each rule has come out in its cases and in the examples: a page, and what it is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from engine import assess, choose_date, load_rulebook, parse_deck, read_documents, run_cases
from engine.model.rules import Rulebook

ROOT = Path(__file__).resolve().parent.parent
FORMATS = ("*.yaml", "*.yml", "*.json", "*.jsonl")
WITHOUT_A_DATE = date(2026, 11, 23)  # the day on which decks without one are assessed
STATUSES = ("met", "not_met", "unknown", "not_applicable")

Outcomes = dict[str, Counter[str]]


def in_cases(rulebook: Rulebook) -> Outcomes:
    """How often each rule came out each way in the cases beside it."""
    found: Outcomes = {}
    for result in run_cases(rulebook):
        found.setdefault(result.name, Counter())[result.came_out] += 1
    return found


def in_examples(rulebook: Rulebook) -> Outcomes:
    """How often each rule came out each way in the decks below examples/."""
    found: Outcomes = {}
    for pattern in FORMATS:
        for path in sorted((ROOT / "examples").rglob(pattern)):
            for document in read_documents(path):
                deck = parse_deck(document, rulebook.vocabulary)
                day, _ = choose_date(deck, None, WITHOUT_A_DATE)
                for finding in assess(rulebook, deck, day).findings:
                    found.setdefault(finding.rule, Counter())[finding.status] += 1
    return found


def coverage_page() -> str:
    """Every active rule with how often it was met, not met, unknown and not applicable."""
    return "\n".join(_lines(load_rulebook(ROOT / "rules"))) + "\n"


def _lines(rulebook: Rulebook) -> Iterator[str]:
    cases, examples = in_cases(rulebook), in_examples(rulebook)
    yield "# How each rule has come out"
    yield ""
    yield (
        "Made by running every case beside the rules and every deck below `examples/`; `make docs` "
        "refreshes it. Each cell counts cases + examples. A dash stands where a rule cannot come "
        "out that way: `tests/test_rule_cases.py` knows which those are, and asks for the rest."
    )
    yield ""
    yield "| Rule | Requirement | Met | Not met | Unknown | Not applicable |"
    yield "|---|---|---|---|---|---|"
    for rule in rulebook.rules:
        if rule.status in ("active", "trial"):
            cells = [_cell(cases, examples, rule.id, status) for status in STATUSES]
            yield f"| {rule.id} | {rule.title} | {' | '.join(cells)} |"


def _cell(cases: Outcomes, examples: Outcomes, rule: str, status: str) -> str:
    counts = [outcomes.get(rule, Counter())[status] for outcomes in (cases, examples)]
    return "–" if not any(counts) else f"{counts[0]} + {counts[1]}"
