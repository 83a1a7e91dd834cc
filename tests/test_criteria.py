"""The table from the criteria catalogue to the rules is complete and true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine import load_rulebook, shipped_rules

PAGE = (Path(__file__).parents[1] / "docs" / "criteria.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([A-Z]{3}-\d\d)(†?) \| [^|]+ \| ([^|]+) \|", PAGE, re.MULTILINE)
ACTIVE = {rule.id for rule in load_rulebook(shipped_rules(), cases=False).rules
          if rule.status == "active"}  # fmt: skip

# how many criteria each part of the catalogue has, reserve ones included
CATALOGUE = {
    "PRE": 10, "STR": 8, "ECO": 6, "FIN": 9, "COM": 9, "SPC": 16, "SVC": 8, "TEC": 6, "SEC": 10,
    "FEA": 9, "BEN": 6, "RSK": 4, "RES": 3, "GOV": 7, "INT": 20, "CHG": 4, "WFL": 4, "CLO": 6,
}  # fmt: skip


def test_every_criterion_stands_in_the_table_once() -> None:
    expected = [f"{part}-{n:02d}" for part, count in CATALOGUE.items() for n in range(1, count + 1)]
    assert sorted(criterion for criterion, _, _ in ROWS) == sorted(expected)


@pytest.mark.parametrize(("criterion", "rules"), [(c, rules) for c, _, rules in ROWS])
def test_every_criterion_leads_to_active_rules(criterion: str, rules: str) -> None:
    named = [name.strip() for name in rules.split(",")]
    assert named
    assert set(named) <= ACTIVE, criterion


def test_every_rule_that_the_page_names_exists() -> None:
    assert set(re.findall(r"\b[A-Z]{3,}-\d{3}\b", PAGE)) <= ACTIVE
