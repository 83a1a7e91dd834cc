"""Decks that a hasty reader would get wrong, each with its truth: units, blocks, other projects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from strangers import Slides, Stranger, rows, workbook

# ---- 1: a RAID log: four registers, dates with the month first


def _raid_log() -> bytes:
    def risks(sheet: Any, book: Any) -> None:
        rows(
            sheet, book, 0,
            ("RAID log: Highways Asset Data", None, None, None, None, "Printed 05/11/2026"),
            ("Risk register",),
            ("ID", "Risk", "Impact (1-5)", "Score", "Risk owner", "Mitigation", "Due date",
             "Status"),
            ("R1", "Data is poor", 5, 20, "Data lead", "Cleanse it", "01/13/2027", "Open"),
            ("R2", "Supplier fails", "4", "12", "Commercial lead", "Step in", "02/03/2027", "open"),
            ("R3", "Staff leave", "High", "TBC", "-", "nil", "Spring 2027", "Closed"),
            ("Total", None, None, 32),
        )  # fmt: skip

    def issues(sheet: Any, book: Any) -> None:
        rows(
            sheet, book, 0,
            ("ID", "Issue", "Owner", "Action", "Due date", "Status"),
            ("I1", "No test data", "Test lead", "Get some", "30/11/2026", "Open"),
        )  # fmt: skip

    def actions(sheet: Any, book: Any) -> None:
        rows(
            sheet, book, 0,
            ("Action", "Due date", "Status"),
            ("Ask the depot", "30/11/2026", "Open"),
        )  # fmt: skip

    return workbook({"Risks": risks, "Issues": issues, "Actions": actions})


RAID_LOG = Stranger(
    "raid-log.xlsx",
    _raid_log,
    lists={
        "risks": [
            {"title": "Data is poor", "impact": "5", "score": "20", "owner": "Data lead",
             "mitigation": "Cleanse it", "status": "open", "mitigation_due": "13 January 2027"},
            {"title": "Supplier fails", "impact": "4", "score": "12", "owner": "Commercial lead",
             "mitigation": "Step in", "status": "open", "mitigation_due": "3 February 2027"},
            {"title": "Staff leave", "status": "closed"},
        ]
    },
    used=80,
    found=80,
)  # fmt: skip


# ---- 2: several projects in one workbook, one on each sheet


def _portfolio() -> bytes:
    def summary(sheet: Any, book: Any) -> None:
        rows(
            sheet, book, 0,
            ("Project name", "SRO", "Whole-life cost (£k)", "RAG", "Start date"),
            ("Parking", "Robina Noonely", 450, "A", date(2026, 4, 1)),
            ("Libraries", "Leeward Noonely", 90, "G", date(2026, 5, 1)),
        )  # fmt: skip

    def parking(sheet: Any, book: Any) -> None:
        rows(sheet, book, 0, ("Project name", "Parking"), ("Approved budget", "£400k"),
             ("Start date", "1 April 2026"), ("Whole-life cost", "£450k"))  # fmt: skip

    def libraries(sheet: Any, book: Any) -> None:
        rows(sheet, book, 0, ("Project name", "Libraries"), ("Approved budget", "£80k"),
             ("Contingency", "£5k"), ("Capital cost", "£70k"))  # fmt: skip

    return workbook({"Summary": summary, "P1": parking, "P2": libraries})


PORTFOLIO = Stranger("portfolio.xlsx", _portfolio)


# ---- 3: numbers whose formats say more than they do


def _formats() -> bytes:
    def budget(sheet: Any, book: Any) -> None:
        rows(sheet, book, 0, ("Finance summary",), ("£k", "Amount"))
        shown = (
            ("Capital cost", 240_499, "#,##0,"),  # people see 240
            ("Revenue cost", 90, "General"),
            ("Whole-life cost", 1500, "[$€-2] #,##0"),
            ("Contingency", 200, "[$$-409]#,##0"),
            ("Approved budget", 300_000, "£#,##0"),
            ("Forecast cost", 2_400_000, '£0.0,,"m"'),
            ("Budget remaining", -40, "#,##0;(#,##0)"),
        )
        for n, (label, number, code) in enumerate(shown, 2):
            sheet.write(n, 0, label)
            sheet.write(n, 1, number, book.add_format({"num_format": code}))

    def case(sheet: Any, book: Any) -> None:
        rows(sheet, book, 0, ("Financial case",), ("Item", "Amount"))
        shown = (
            ("Planned budget", 250_000, "£#,##0"),
            ("Outturn", 250_000, '"$"#,##0'),
            ("Committed spend", 12_000.504, "_-£* #,##0.00_-;-£* #,##0.00_-"),
            ("High estimate", 1_240_000, "£#,##0,"),  # people see £1,240
            ("Low estimate", 9_999, ";;;"),  # people see nothing
        )
        for n, (label, number, code) in enumerate(shown, 2):
            sheet.write(n, 0, label)
            sheet.write(n, 1, number, book.add_format({"num_format": code}))

    def dates(sheet: Any, book: Any) -> None:
        rows(sheet, book, 0, ("Project details",), ("Forecast finish date",),
             ("Baseline finish date",), ("Start date", "3 May 2026"))  # fmt: skip
        month = book.add_format({"num_format": "mmm-yy"})
        year = book.add_format({"num_format": "yyyy"})
        sheet.write_datetime(1, 1, datetime(2027, 3, 1), month)  # noqa: DTZ001 - Excel has no zones
        sheet.write_datetime(2, 1, datetime(2028, 1, 1), year)  # noqa: DTZ001

    return workbook({"Budget": budget, "Finance": case, "Details": dates})


FORMATS = Stranger(
    "formats.xlsx",
    _formats,
    facts={
        "finance.capital": "£240,499",
        "finance.revenue": "£90,000",
        "finance.approved_budget": "£300,000",
        "finance.forecast_cost": "£2.4m",
        "finance.remaining": "-£40,000",
        "finance.planned_budget": "£250,000",
        "finance.committed": "£12,000.50",
        "finance.estimate_high": "£1,240,000",
        "project.finish_date_forecast": "March 2027",
        "project.start_date": "3 May 2026",
    },
    used=80,
    found=100,
)


# ---- 4: one sheet, several blocks, each with its unit; hidden rows


def _blocks() -> bytes:
    def budget(sheet: Any, book: Any) -> None:
        rows(sheet, book, 0, ("Item", "£k"), ("Capital cost", 100), (), ("Item", "£m"),
             ("Whole-life cost", 2), ("Outturn", 3), (), ("Item", "£"),
             ("Contingency", 5000))  # fmt: skip

    def details(sheet: Any, book: Any) -> None:
        rows(
            sheet,
            book,
            0,
            ("Project details",),
            ("Start date", date(2019, 5, 1)),
            ("Approved budget", "£1m"),
            ("Planned budget", "£9m"),
            ("Forecast cost", "£3m"),
        )
        for hidden in (1, 3):
            sheet.set_row(hidden, None, None, {"hidden": True})

    def model(sheet: Any, book: Any) -> None:
        rows(sheet, book, 0, ("All figures in £000s",), (), (None, "2025/26", "2026/27"),
             ("Revenue cost", 10, 20), ("Annual running cost", None, 7))  # fmt: skip

    return workbook({"Budget": budget, "Project details": details, "Model": model})


BLOCKS = Stranger(
    "blocks.xlsx",
    _blocks,
    facts={
        "finance.capital": "£100,000",
        "finance.whole_life_cost": "£2m",
        "finance.outturn": "£3m",
        "finance.contingency": "£5,000",
        "finance.approved_budget": "£1m",
        "finance.forecast_cost": "£3m",
    },
    used=100,
    found=100,
)


# ---- 5: amounts and dates that are nearly ones


def _nearly() -> bytes:
    deck = Slides().slide("Finance summary")
    deck.box(
        "Whole-life cost: up to £2m", "Approved budget: c. £3m", "Forecast cost: £1.2–1.5m",
        "Contingency: £5 million excluding VAT", "Budget remaining: (£400k)",
        "Annual running cost: £60k per month", "Spend to date: £1.2m*", "Committed spend: >£300k",
        "Capital cost: $400k", "Revenue cost: €20k", "Planned budget: 120", "Outturn: £2m+VAT",
        "Emergency spend: nil", "Low estimate: £1.234", at=(1, 4),
    )  # fmt: skip
    deck.slide("Timeline")
    deck.box(
        "Start date: Spring 2027", "Forecast finish date: Q3", "Baseline finish date: FY25/26",
        "Date of the gate meeting: 11/12/2026", "Date of the last update: 12/25/2026",
        "Date of the previous gate: May", at=(1, 4),
    )  # fmt: skip
    deck.slide("Options")
    deck.table(
        ("Option", "Whole-life cost", "Net present value", "Benefit-cost ratio", "Preferred"),
        ("1 Do nothing", "£0", "£0", "-", "No"),
        ("2 Do minimum", "£400k", "(£20k)", "0.9:1", "No"),
        ("3 Full service", "£1.2m", "£600k", "1.8", "Yes"),
    )
    deck.slide("Contingency")
    deck.box("£300k", "Held by the programme board", at=(1, 4))
    return deck.as_bytes()


NEARLY = Stranger(
    "nearly.pptx",
    _nearly,
    facts={
        "finance.remaining": "-£400,000",
        "finance.actual_to_date": "£1.2m",
        "finance.emergency": "£0",
        "finance.contingency": "£300,000",
    },
    lists={
        "options": [
            {"title": "1 Do nothing", "net_present_value": "£0", "preferred": "no"},
            {"title": "2 Do minimum", "net_present_value": "-£20,000", "preferred": "no"},
            {"title": "3 Full service", "net_present_value": "£600,000", "preferred": "yes",
             "benefit_cost_ratio": "1.8"},
        ]
    },
    used=70,
    found=100,
)  # fmt: skip


# ---- 6: guidance, policy, examples and other things' dates


def _not_ours() -> bytes:
    deck = Slides().slide("Instructions")
    deck.box("Project title: the name of your project", "Summary: no more than 200 words",
             "In scope: list what the project will deliver", at=(1, 4))  # fmt: skip
    deck.slide("What good looks like")
    deck.box("Approved budget: £250k", "Committed spend: £20k", at=(1, 4))
    deck.slide("Spend control rules")
    deck.table(("Whole-life cost", "£100k"), ("Annual cost", "£100k"))
    deck.slide("Procurement thresholds")
    deck.table(("Capital cost", "£214,904"), ("Contingency", "£5m"))
    deck.slide("Funding")
    deck.box("Our partner council", "Forecast cost: £9m", at=(1, 4))
    deck.slide("Recruitment of a developer")
    deck.box("Start date: 3 May 2026", "Team size: 3", at=(1, 4))
    deck.slide("Glossary")
    deck.table(("Outturn", "£1m is an outturn"), ("Problem statement", "What is to be solved"))
    deck.slide("Request form")
    deck.table(
        ("Project title", "Door Entry", "Project reference", "N/K"),
        ("Department", "Housing", "Start date", "asap"),
        ("Is procurement required", "Y", "Procurement route", "Framework (TBC)"),
    )
    return deck.as_bytes()


NOT_OURS = Stranger(
    "not-ours.pptx",
    _not_ours,
    facts={
        "project.title": "Door Entry",
        "organisation.department": "Housing",
        "commercial.procurement_required": "yes",
    },
    used=100,
    found=100,
)


# ---- 7: figures raised as footnotes; headings merged over two columns; parts of a total


def _footnotes() -> bytes:
    deck = Slides().slide("Cost")
    deck.table(
        ("Whole-life cost", "£120"),
        ("Team size", "6"),
        ("Approved budget", "£1.2m"),
        ("Payback in months", "12"),
    )
    for row, column in ((0, 1), (1, 1), (2, 1), (3, 0)):
        deck.raise_after(row, column, "1")
    deck.slide("Benefits")
    deck.table(
        ("Benefit", "Baseline", "Target", "Annual value (£k)"),
        ("Fewer calls", "1,200", "800", "40"),
        ("Less paper", "10%", "5%", "(10)"),
        ("Sub-total", "", "", "30"),
        ("of which cashable", "", "", "20"),
    )
    deck.slide("Risk register")
    deck.table(
        ("Risk", "Likelihood", "", "Impact", "", "Mitigation"),
        ("", "Net", "Gross", "Net", "Gross", ""),
        ("Delay", "2", "4", "3", "5", "Watch it"),
        merged=[(0, 1, 0, 2), (0, 3, 0, 4)],
    )
    deck.slide("More risks")
    deck.table(("Risk", "Probability %", "Score"), ("Flood", "5", "15"), ("Fire", "50", "20"))
    return deck.as_bytes()


FOOTNOTES = Stranger(
    "footnotes.pptx",
    _footnotes,
    facts={
        "finance.whole_life_cost": "£120",
        "project.team_size": "6",
        "finance.approved_budget": "£1.2m",
        "economic.payback_months": "12",
    },
    lists={
        "benefits": [
            {"description": "Fewer calls", "baseline": "1200", "target": "800",
             "annual_value": "£40,000"},
            {"description": "Less paper", "annual_value": "-£10,000"},
        ],
        "risks": [
            {"title": "Delay", "mitigation": "Watch it"},
            {"title": "Flood", "score": "15"},
            {"title": "Fire", "score": "20"},
        ],
    },
    used=70,
    found=100,
)  # fmt: skip


# ---- 8: two projects side by side; a change that was approved


def _two_projects() -> bytes:
    deck = Slides().slide("Project A at a glance")
    deck.table(("Project title", "Bus lanes"), ("Whole-life cost", "£1m"),
               ("Start date", "1 May 2027"), ("Approved budget", "£900k"))  # fmt: skip
    deck.slide("Project B at a glance")
    deck.table(("Project title", "Cycle lanes"), ("Contingency", "£1k"), ("Team size", "4"),
               ("Capital cost", "£90k"))  # fmt: skip
    return deck.as_bytes()


TWO_PROJECTS = Stranger("two-projects.pptx", _two_projects)


# ---- 9: an organisation chart with names, and ratings of two months


def _chart() -> bytes:
    deck = Slides().slide("Governance")
    people = (
        ("Senior responsible owner", "Robina Noonely"), ("Project manager", "Leeward Noonely"),
        ("Technical lead", "TBC"), ("Business owner", "(vacant)"),
        ("Service owner", "not yet in post"), ("Finance partner", "Recruiting"),
    )  # fmt: skip
    for n, (role, name) in enumerate(people):
        deck.box(role, name, at=(1 + 8 * (n % 3), 4 + 5 * (n // 3)))
    deck.slide("Team")
    deck.table(
        ("Role", "Name", "FTE"),
        ("Senior responsible owner", "Robina Noonely", "0.2"),
        ("Delivery manager", "Recruiting", "1.0"),
    )
    deck.slide("RAG")
    deck.table(("Overall", "Schedule", "Cost", "Benefits"), ("A", "R", "G", "A/G"))
    deck.slide("Previous RAG")
    deck.table(("Overall", "Schedule", "Cost"), ("G", "G", "G"))
    return deck.as_bytes()


CHART = Stranger(
    "chart.pptx",
    _chart,
    facts={
        "status.rag.overall": "amber",
        "status.rag.schedule": "red",
        "status.rag.cost": "green",
        "status.rag.benefits": "amber/green",
    },
    used=100,
    found=100,
)


# ---- 10: a dashboard of grouped cards


def _dashboard() -> bytes:
    deck = Slides().slide("Project dashboard")
    cards = (
        ("Approved budget", "£1.2m"), ("Forecast cost", "£1.3m"), ("Budget remaining", "(£0.1m)"),
        ("£2.4m", "Whole-life cost"), ("31/03/28", "Forecast finish date"), ("12 FTE", "Team size"),
    )  # fmt: skip
    for n, lines in enumerate(cards):
        deck.card(lines, at=(1 + 8 * (n % 3), 4 + 5 * (n // 3)))
    return deck.as_bytes()


DASHBOARD = Stranger(
    "dashboard.pptx",
    _dashboard,
    facts={
        "finance.approved_budget": "£1.2m",
        "finance.forecast_cost": "£1.3m",
        "finance.remaining": "-£100,000",
        "finance.whole_life_cost": "£2.4m",
        "project.finish_date_forecast": "31 March 2028",
    },
    used=0,
    found=60,
)


MISLEADERS: Sequence[Stranger] = (
    RAID_LOG, PORTFOLIO, FORMATS, BLOCKS, NEARLY, NOT_OURS, FOOTNOTES, TWO_PROJECTS, CHART,
    DASHBOARD,
)  # fmt: skip
