"""Reports that do not add up: two councils' papers, and consistent reports broken at one place."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import (
    Assessment,
    Document,
    assess,
    load_rulebook,
    parse_deck,
    read_documents,
    shipped_rules,
    with_last_period,
)
from engine.model.assessment import Finding

ROOT = Path(__file__).resolve().parent.parent
RULEBOOK = load_rulebook(shipped_rules(), cases=False)
WORDS = RULEBOOK.vocabulary
TODAY = date(2026, 6, 1)
REPORTING = {rule.id for rule in RULEBOOK.rules if rule.id.startswith("REPORT-")}

Report = dict[str, Any]


def assessed(report: Report, day: date = TODAY, previous: Report | None = None) -> Assessment:
    """The assessment of a report as a health check."""
    deck = parse_deck(Document("report", report, {}), WORDS)
    if previous is not None:
        deck = with_last_period(deck, parse_deck(Document("last", previous, {}), WORDS), WORDS)
    return assess(RULEBOOK, deck, day, gate="health")


def paper(name: str) -> Assessment:
    """The assessment of a typed paper on its own day."""
    (document,) = read_documents(ROOT / "examples" / name)
    deck = parse_deck(document, WORDS)
    day = deck.values["meta.as_of"]
    assert isinstance(day, date)
    return assess(RULEBOOK, deck, day)


ICT, HOMES = paper("rochford/ict.yaml"), paper("rochford/homelessness.yaml")
SOMERSET = paper("somerset/programme.yaml")


def finding(found: Assessment, rule: str) -> Finding:
    """One finding."""
    return next(each for each in found.findings if each.rule == rule)


def said(each: Finding) -> str:
    """The reason of a rule that is not met; where it is met, what was seen."""
    if each.status != "met":
        return each.reason
    return "; ".join(f"{e.label}: {e.value}" for e in each.evidence)


# ---- the papers: what fires, with its figures, and what stays silent

FIRES = [
    ("F1", SOMERSET, "REPORT-012", ["712", "504"]),
    ("F3", SOMERSET, "REPORT-013", ["400", "22", "233", "32", "4"]),
    ("F4", SOMERSET, "REPORT-016", ["50%", "16%"]),
    ("F5", SOMERSET, "REPORT-011", ["9"]),
    ("F6", SOMERSET, "REPORT-014", ["green", "amber"]),
    ("F7", SOMERSET, "REPORT-010", ["Service alignment", "4"]),
    ("F8", SOMERSET, "REPORT-017", ["122", "39"]),
    ("F9", SOMERSET, "REPORT-036", ["heading of the row products", "milestones"]),
    ("F10", ICT, "REPORT-013", ["£620,271", "£7,581"]),
    ("F11", ICT, "REPORT-004", ["1 July 2019"]),
    ("F12", ICT, "REPORT-003", ["31 March 2019"]),
    ("F13", ICT, "REPORT-009", ["5"]),
    ("F14", ICT, "REPORT-020", ["under control", "high"]),
    ("F14, reviews", ICT, "RISK-006", ["28 February 2018"]),
    ("F15", ICT, "REPORT-021", ["milestone 7"]),
    ("F17", HOMES, "REPORT-022", ["milestone 1", "milestone 3"]),
    ("F18", HOMES, "REPORT-006", ["3"]),
    ("F18, interim", HOMES, "REPORT-023", []),
    ("F19", HOMES, "REPORT-015", ["green", "amber"]),
    ("F19, benefits", HOMES, "MGMT-010", []),
    ("F20, ICT", ICT, "REPORT-031", []),
    ("F20, homelessness", HOMES, "REPORT-031", []),
    ("verbal", SOMERSET, "REPORT-026", ["verbal updates"]),
]


@pytest.mark.parametrize(
    ("found", "rule", "figures"), [row[1:] for row in FIRES], ids=[row[0] for row in FIRES]
)
def test_what_a_paper_contradicts_is_found(
    found: Assessment, rule: str, figures: list[str]
) -> None:
    each = finding(found, rule)
    assert each.outcome in ("recommend", "escalate"), said(each)
    assert each.status == ("unknown" if rule == "REPORT-031" else "not_met"), said(each)
    for figure in figures:
        assert figure in said(each)


SILENT = [
    ("F2, the products of Somerset add up", SOMERSET, "REPORT-012", "products"),
    ("F10, the ICT budget within a pound", ICT, "REPORT-018", ""),
    ("F10, the ICT share spent", ICT, "REPORT-019", ""),
]


@pytest.mark.parametrize(
    ("found", "rule", "not_seen"), [row[1:] for row in SILENT], ids=[row[0] for row in SILENT]
)
def test_what_a_paper_gets_right_is_left_alone(found: Assessment, rule: str, not_seen: str) -> None:
    each = finding(found, rule)
    if not_seen:
        assert not any(not_seen in e.label.lower() for e in each.evidence), said(each)
    else:
        assert each.status == "met", said(each)


def test_the_homelessness_forecast_is_within_its_budget() -> None:
    """F16: £594,058 of £601,400, and £7,342 remaining."""
    assert finding(HOMES, "REPORT-034").status == "met"


def test_the_published_risk_scores_work_out() -> None:
    """F21: the eight of Maldon's framework, as likelihood, impact and published score."""
    published = [
        (3, 4, 12), (2, 4, 8), (3, 4, 12), (3, 2, 6), (2, 5, 10), (3, 4, 12), (3, 4, 12), (4, 2, 8),
    ]  # fmt: skip
    risks = [
        {"title": f"Risk {n}", "likelihood": likelihood, "impact": impact, "score": score,
         "residual_likelihood": 1, "residual_impact": 1, "residual_score": 1}
        for n, (likelihood, impact, score) in enumerate(published, 1)
    ]  # fmt: skip
    report = {"organisation": {"id": "maldon"}, "risks": risks}
    assert finding(assessed(report), "RISK-002").status == "met"


# ---- a report in which everything is consistent, of any size


def day(n: int) -> str:
    """A day so many days from today."""
    return (TODAY + timedelta(days=n)).isoformat()


@st.composite
def consistent(draw: st.DrawFn) -> Report:
    """A report that raises nothing."""
    done, ahead = draw(st.integers(1, 12)), draw(st.integers(2, 12))
    milestones = []
    for n in range(1, done + ahead + 1):
        complete = n <= done
        when = (n - done - 1) * 11 - 5 if complete else (n - done) * 11
        before = draw(st.sets(st.integers(1, max(n - 1, 1)), max_size=3)) if n > 1 else set()
        milestones.append({
            "id": n, "title": f"Step {n}", "product": f"Product {n % 2}",
            "start_date": day(when - 30), "baseline_date": day(when), "forecast_date": day(when),
            "actual_date": day(when) if complete else None,
            "status": "complete" if complete else "on_track", "rag": "green",
            "critical_path": draw(st.booleans()), "depends_on": sorted(before),
            "evidence": "Minutes" if complete else None, "recasts": 0, "change_approved": True,
        })  # fmt: skip
    budget = draw(st.integers(1_000, 5_000_000))
    actual, committed = budget // 3, budget // 5
    counts = [_count(draw, kind) for kind in ("products", "milestones")]
    products, steps = counts
    return {
        "meta": {"as_of": TODAY.isoformat()},
        "organisation": {"id": "generic_council", "rag_preset": "worst_of"},
        "project": {
            "title": "A consistent report", "current_phase": "wf_build",
            "start_date": day(-300), "finish_date_baseline": day(400),
            "finish_date_forecast": day(400),
        },
        "finance": {
            "planned_budget": budget, "approved_budget": budget, "forecast_cost": budget,
            "actual_to_date": actual, "committed": committed, "emergency": 0,
            "remaining": budget - actual - committed,
            "share_spent": round(100 * (actual + committed) / budget, 2),
        },
        "benefits": [{"description": "Fewer calls", "status": "on_target"}],
        "risks": [{"title": "Delay", "residual_score": 6, "residual_rating": "low"}],
        "milestones": milestones,
        "products": [
            {"title": f"Product {n}", "due_date": day(200), "status": "on_track", "started": True}
            for n in range(2)
        ],
        "status": {
            "period_end": day(-1), "evidence_basis": "work_plan",
            "rag": dict.fromkeys(("overall", "schedule", "resources"), "green"),
            "previous": dict.fromkeys(("overall", "schedule", "resources"), "green"),
            "elapsed_share": 40, "delivered_share": 40, "periods_reported": 3, "periods_green": 3,
            "under_resourced": 4, "under_resourced_before": 4,
            "declared": {"slipped": False, "red_milestones": 0, "risk_status": "ok"},
            "workstreams": [
                {"title": f"Stream {n}", "critical": True, "overall": "green", "schedule": "green",
                 "resources": "green", "behind_schedule": 0, "products_at_risk": 0,
                 "milestones_at_risk": 0}
                for n in range(draw(st.integers(1, 6)))
            ],
            "counts": counts,
            "quotes": [
                {"where": "the summary", "figure": "products", "number": products["stated"]},
                {"where": "the summary", "figure": "milestones", "number": steps["stated"]},
                {"where": "the text", "figure": "remaining", "amount": budget - actual - committed},
                {"where": "the text", "figure": "spent", "amount": actual + committed},
            ],
        },
        "changes": [
            {"description": "A word", "item_type": "other", "justification": "Clearer",
             "decision": "approved", "decision_body": "the board", "decided_date": day(-20)}
        ],
        "assurance": {"external_review_planned": True, "last_health_check": day(-30)},
    }  # fmt: skip


def _count(draw: st.DrawFn, kind: str) -> Report:
    amount = st.integers(0, 300)
    parts = {name: draw(amount) for name in ("complete", "on_track", "on_hold")}
    parts |= {"at_risk": 0, "off_track": 0}
    return {
        "title": f"All {kind}",
        "kind": kind,
        "whole": True,
        "stated": sum(parts.values()),
        **parts,
    }


def raised(found: Assessment) -> set[str]:
    """The reporting rules that are not met or cannot be decided."""
    return {
        f.rule for f in found.findings
        if f.rule in REPORTING and f.status in ("not_met", "unknown")
    }  # fmt: skip


@given(consistent())
def test_a_consistent_report_raises_nothing(report: Report) -> None:
    found = assessed(report)
    assert raised(found) == set(), [said(finding(found, rule)) for rule in raised(found)]


# ---- broken at one place


def put(*path: Any) -> Callable[[Report], None]:
    """A break: the last of these is written at the path of the others."""

    def change(report: Report) -> None:
        *way, key, value = path
        part: Any = report
        for step in way:
            part = part[step]
        part[key] = value

    return change


def several(*changes: Callable[[Report], None]) -> Callable[[Report], None]:
    """A break that takes more than one change."""

    def change(report: Report) -> None:
        for each in changes:
            each(report)

    return change


def counted(row: int, **parts: int) -> Callable[[Report], None]:
    """A break of the totals that leaves them adding up, and the figure quoted as it is."""

    def change(report: Report) -> None:
        total = report["status"]["counts"][row]
        total.update(dict.fromkeys(("complete", "on_track", "at_risk", "off_track", "on_hold"), 0))
        total.update(parts, stated=sum(parts.values()))
        report["status"]["quotes"][row]["number"] = sum(parts.values())

    return change


def before(report: Report, days: int) -> str:
    """So many days before the last milestone's forecast."""
    last = date.fromisoformat(report["milestones"][-1]["forecast_date"])
    return (last - timedelta(days=days)).isoformat()


BREAKS: dict[str, Callable[[Report], None]] = {
    "REPORT-001": put("finance", "forecast_cost", 10_000_000),
    "REPORT-002": several(
        put("milestones", -1, "forecast_date", day(-3)),
        put("milestones", -1, "baseline_date", day(-3)),
        put("milestones", -1, "critical_path", True),
    ),
    "REPORT-003": several(
        put("milestones", -1, "forecast_date", day(-3)),
        put("milestones", -1, "baseline_date", day(-3)),
        put("milestones", -1, "critical_path", False),
    ),
    "REPORT-004": several(
        put("project", "finish_date_forecast", day(-1)),
        put("project", "finish_date_baseline", day(-1)),
    ),
    "REPORT-005": put("products", 0, "due_date", None),
    "REPORT-006": lambda report: [
        each.update(forecast_date=day(400), baseline_date=day(400))
        for each in report["milestones"]
    ],
    "REPORT-007": several(put("status", "rag", "resources", "red"), counted(0, on_hold=9)),
    "REPORT-008": several(
        put("status", "rag", "resources", "amber"), put("status", "previous", "resources", "amber"),
        counted(0, complete=5, on_track=5),
    ),
    "REPORT-009": lambda report: report["changes"].append(
        {"description": "Later", "item_type": "date", "justification": "Leave", "days": 5,
         "above_threshold": False, "decision": "approved", "decision_body": "the board",
         "decided_date": day(-20)}
    ),
    "REPORT-010": put("status", "workstreams", 0, "behind_schedule", 2),
    "REPORT-011": counted(1, complete=5, at_risk=1),
    "REPORT-012": lambda report: report["status"]["counts"][0].update(
        on_hold=report["status"]["counts"][0]["on_hold"] + 1
    ),
    "REPORT-013": put("status", "quotes", 2, "amount", 123),
    "REPORT-014": put("status", "workstreams", 0, "overall", "amber"),
    "REPORT-015": several(
        put("milestones", -1, "rag", "amber"), put("milestones", -1, "critical_path", True)
    ),
    "REPORT-016": put("status", "elapsed_share", 80),
    "REPORT-017": put("status", "under_resourced", 9),
    "REPORT-018": lambda report: report["finance"].update(
        planned_budget=report["finance"]["planned_budget"] + 3
    ),
    "REPORT-034": several(
        lambda report: report["finance"].pop("actual_to_date"),
        put("finance", "end_of_year_forecast", 1), put("finance", "share_spent", None),
        lambda report: report["status"]["quotes"].pop(),
    ),
    "REPORT-019": put("finance", "share_spent", 70),
    "REPORT-020": put("risks", 0, "residual_rating", "high"),
    "REPORT-021": several(
        put("milestones", 0, "depends_on", [1_000]),
        lambda report: report["milestones"].append(
            {**deepcopy(report["milestones"][-1]), "id": 1_000, "title": "Unfinished",
             "forecast_date": day(300), "baseline_date": day(300), "depends_on": []}
        ),
    ),
    "REPORT-022": lambda report: report["milestones"][-1].update(
        depends_on=[report["milestones"][-1]["id"]]
    ),
    "REPORT-023": lambda report: report.update(
        milestones=[{**report["milestones"][-1], "forecast_date": day(400),
                     "baseline_date": day(400), "depends_on": [], "product": "Product 0"}],
        products=report["products"][:1],
    ),
    "REPORT-024": several(
        put("milestones", 0, "actual_date", None), put("milestones", 0, "evidence", None)
    ),
    "REPORT-025": several(
        put("products", 0, "status", "complete"), put("products", 0, "started", False)
    ),
    "REPORT-026": put("status", "evidence_basis", "verbal"),
    "REPORT-028": several(
        put("status", "periods_reported", 7), put("status", "periods_green", 7),
        put("assurance", {}),
    ),
    "REPORT-029": several(
        put("milestones", -1, "critical_path", True),
        put("milestones", -1, "change_approved", False),
        put("milestones", -1, "baseline_date", day(1)),
    ),
    "REPORT-030": several(
        put("milestones", -1, "critical_path", False),
        put("milestones", -1, "change_approved", False),
        lambda report: report["milestones"][-1].update(baseline_date=before(report, 10)),
    ),
    "REPORT-035": several(
        put("milestones", 0, "last_forecast_date", day(500)),
        put("milestones", 0, "change_approved", False),
    ),
    "REPORT-032": put("milestones", 0, "recasts", 3),
    "REPORT-036": put("status", "counts", 1, "headed_as", "products"),
    "REPORT-031": put("changes", 0, "justification", None),
    "REPORT-033": put("changes", 0, {
        "description": "More", "item_type": "scope", "justification": "Law",
        "decision": "approved", "decision_body": "the board", "decided_date": day(-20),
        "above_threshold": False, "dependants_reviewed": False,
    }),
}  # fmt: skip


@pytest.mark.parametrize("rule", BREAKS)
@given(report=consistent())
def test_exactly_what_is_broken_is_found(rule: str, report: Report) -> None:
    broken = deepcopy(report)
    BREAKS[rule](broken)
    found = assessed(broken)
    assert raised(found) == {rule}, [said(finding(found, each)) for each in raised(found)]


@given(consistent())
def test_a_stale_report_has_no_rating(report: Report) -> None:
    """What rests on the rating cannot be told any more; nothing is called wrong but the age."""
    report["status"]["period_end"] = day(-60)
    found = assessed(report)
    assert finding(found, "REPORT-027").status == "not_met"
    others = {finding(found, rule).status for rule in raised(found) - {"REPORT-027"}}
    assert others == {"unknown"}


def test_every_reporting_rule_is_broken_by_some_report() -> None:
    assert REPORTING - set(BREAKS) == {"REPORT-027"}


# ---- beside the period before


def test_what_moved_since_the_period_before_is_taken_from_its_report() -> None:
    last = {
        "organisation": {"id": "generic_council"},
        "status": {"rag": {"overall": "green", "resources": "amber"}, "under_resourced": 2},
        "milestones": [{"id": "M1", "title": "Open", "forecast_date": "2026-07-01"}],
    }
    now = {
        "organisation": {"id": "generic_council"},
        "status": {"rag": {"overall": "amber", "resources": "amber"}, "under_resourced": 9},
        "milestones": [
            {
                "id": "M1",
                "title": "Opening",
                "forecast_date": "2026-07-11",
                "change_approved": False,
            }
        ],
    }
    alone, beside = assessed(now), assessed(now, previous=last)
    rating = beside.ratings[0]
    assert (rating.stated, rating.last_period, rating.direction) == ("amber", "green", "worse")
    assert alone.ratings[0].last_period is None
    assert "2" in said(finding(beside, "REPORT-017"))
    moved = finding(beside, "REPORT-035")
    assert (moved.status, finding(alone, "REPORT-035").status) == ("not_met", "not_applicable")
    assert "milestone 1 (Opening): days moved since last period 10" in said(moved)
    assert finding(alone, "REPORT-017").status == "unknown"
