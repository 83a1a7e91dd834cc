"""Decks that look nothing like the template, and nothing like each other, with their truth."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter
from pptx import Presentation
from pptx.util import Cm, Pt

Items = Sequence[Mapping[str, str]]
Placed = Mapping[tuple[int, int], Any]


@dataclass(frozen=True)
class Stranger:
    """A file of somebody's own, and what a careful reader would take from it.

    Attributes:
        facts: what it says of the project, as a person would write it into a deck.
        lists: the same of its lists; each item by its facts.
        used: the least share, in per cent, of that truth that must be used without asking.
        found: the same, used or listed for somebody to confirm.
    """

    name: str
    build: Callable[[], bytes]
    facts: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Items] = field(default_factory=dict)
    used: int = 0
    found: int = 0


# ---- how they are made


class Slides:
    """A presentation in the making."""

    def __init__(self) -> None:
        self._deck = Presentation()
        self._slide: Any = None

    def slide(self, title: str = "", layout: int = 5) -> Slides:
        """A new slide; layout 5 has a title alone, 6 is blank."""
        self._slide = self._deck.slides.add_slide(self._deck.slide_layouts[layout])
        if title:
            self._slide.shapes.title.text = title
        return self

    def hide(self) -> Slides:
        """Hide the slide."""
        self._slide._element.set("show", "0")
        return self

    def table(
        self, *rows: Sequence[str], merged: Sequence[tuple[int, int, int, int]] = ()
    ) -> Slides:
        """A table; merged cells by first row, first column, last row, last column."""
        frame = self._slide.shapes.add_table(
            len(rows), len(rows[0]), Cm(1), Cm(4), Cm(23), Cm(1.2 * len(rows))
        )
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                frame.table.cell(r, c).text = text
        for top, left, bottom, right in merged:
            frame.table.cell(top, left).merge(frame.table.cell(bottom, right))
        return self

    def box(
        self, *lines: str, at: tuple[float, float] = (1, 4), struck: Sequence[int] = ()
    ) -> Slides:
        """A text box, a paragraph for each line."""
        shape = self._slide.shapes.add_textbox(Cm(at[0]), Cm(at[1]), Cm(11), Cm(len(lines)))
        frame = shape.text_frame
        for n, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text = line
            run.font.size = Pt(14)
            if n in struck:
                run.font._element.set("strike", "sngStrike")
        return self

    def bullets(self, *lines: str) -> Slides:
        """The body of a layout that has one."""
        frame = self._slide.placeholders[1].text_frame
        frame.text = lines[0]
        for line in lines[1:]:
            frame.add_paragraph().text = line
        return self

    def card(self, lines: Sequence[str], at: tuple[float, float]) -> Slides:
        """A group of text boxes, one below the other."""
        group = self._slide.shapes.add_group_shape()
        for n, line in enumerate(lines):
            shape = group.shapes.add_textbox(Cm(at[0]), Cm(at[1] + n), Cm(6), Cm(1))
            shape.text_frame.text = line
        return self

    def raise_after(self, row: int, column: int, figure: str) -> Slides:
        """A raised figure at the end of a cell of the slide's table, as footnotes are marked."""
        table = next(each.table for each in self._slide.shapes if each.has_table)
        run = table.cell(row, column).text_frame.paragraphs[0].add_run()
        run.text = figure
        run.font._element.set("baseline", "30000")
        return self

    def note(self, text: str) -> Slides:
        """Speaker notes."""
        self._slide.notes_slide.notes_text_frame.text = text
        return self

    def picture(self) -> Slides:
        """A picture of one point."""
        self._slide.shapes.add_picture(io.BytesIO(_POINT), Cm(2), Cm(4), Cm(10), Cm(10))
        return self

    def as_bytes(self) -> bytes:
        """The file."""
        stream = io.BytesIO()
        self._deck.save(stream)
        return stream.getvalue()


_POINT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154"
    "789c636060f8cf00000201010018dd8db00000000049454e44ae426082"
)


def workbook(sheets: Mapping[str, Callable[[Any, Any], None]]) -> bytes:
    """A workbook; each function fills its sheet."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for name, fill in sheets.items():
        fill(book.add_worksheet(name), book)
    book.close()
    return stream.getvalue()


def rows(sheet: Any, book: Any, first: int, *lines: Sequence[Any], column: int = 0) -> None:
    """Write lines of cells; days as Excel keeps them."""
    days = book.add_format({"num_format": "dd/mm/yyyy"})
    for n, line in enumerate(lines):
        for c, content in enumerate(line):
            if isinstance(content, date):
                sheet.write_datetime(first + n, column + c, content, days)
            elif content is not None:
                sheet.write(first + n, column + c, content)


# ---- 1: a council's highlight report


def _highlight_report() -> bytes:
    deck = Slides()
    deck.slide("Highlight report: Green Waste Online")
    deck.box("Adults and Communities", "Report to the Digital Board", at=(1, 8))
    deck.slide("Project status")
    deck.table(
        ("Area", "This period", "Last period", "Comment"),
        ("Overall", "Amber", "Green", "Supplier late with the address look-up"),
        ("Time", "Amber", "Green", "Two weeks behind"),
        ("Cost", "Green", "Green", "Within budget"),
        ("Scope", "Green", "Amber", "Change request agreed"),
        ("Resources", "Red", "Amber", "No developer from June"),
        ("Benefits", "Green", "Green", "On plan"),
    )
    deck.slide("Project details")
    deck.table(
        ("Project name", "Green Waste Online"),
        ("Project ref", "DIG-114"),
        ("Senior Responsible Owner", "Jane Exampleton"),
        ("Project Manager", "Vacant"),
        ("Current phase", "Private beta"),
        ("Start date", "03/04/2026"),
        ("Forecast end date", "31 March 2027"),
        ("Approved budget", "£240k"),
        ("Spend to date", "£96,500"),
        ("Contingency", "TBC"),
    )
    deck.slide("Key risks")
    deck.table(
        ("Risk description", "L", "I", "Score", "Owner", "Mitigation"),
        (
            "The address service is delivered late",
            "4",
            "3",
            "12",
            "Delivery manager",
            "Weekly calls",
        ),
        (
            "Residents do not know of the service",
            "2",
            "3",
            "6",
            "Joelle Blogworth",
            "Leaflets with bills",
        ),
    )
    return deck.as_bytes()


HIGHLIGHT_REPORT = Stranger(
    "highlight-report.pptx",
    _highlight_report,
    facts={
        "status.rag.overall": "amber",
        "status.rag.schedule": "amber",
        "status.rag.cost": "green",
        "status.rag.scope": "green",
        "status.rag.resources": "red",
        "status.rag.benefits": "green",
        "project.title": "Green Waste Online",
        "project.id": "DIG-114",
        "project.current_phase": "private beta",
        "project.start_date": "3 April 2026",
        "project.finish_date_forecast": "31 March 2027",
        "finance.approved_budget": "£240,000",
        "finance.actual_to_date": "£96,500",
        "roles.senior_responsible_owner.filled": "yes",
        "roles.delivery_manager.filled": "no",
    },
    lists={
        "risks": [
            {
                "title": "The address service is delivered late",
                "likelihood": "4",
                "impact": "3",
                "score": "12",
                "owner": "Delivery manager",
                "mitigation": "Weekly calls",
            },
            {
                "title": "Residents do not know of the service",
                "likelihood": "2",
                "impact": "3",
                "score": "6",
                "mitigation": "Leaflets with bills",
            },
        ]
    },
    used=85,
    found=95,
)


# ---- 2: a business case on one page, in boxes


def _one_page() -> bytes:
    deck = Slides().slide(layout=6)
    deck.box("Library card renewals", "One-page business case", at=(1, 0.5))
    deck.box(
        "The problem",
        "Members renew their cards at a desk. Half of them come in for nothing else.",
        "Staff spend 40 hours a week on it.",
        at=(1, 3),
    )
    deck.box(
        "Money",
        "Whole-life cost: £1.24 million",
        "Capital cost: £400k",
        "Annual running cost – £60,000",
        "Contingency: £50k (10%)",
        at=(13, 3),
    )
    deck.box("£310k", "Funding requested", at=(1, 9))
    deck.box("18 months", "Payback period", at=(6, 9))
    deck.box(
        "Start date: 1 June 2026",
        "Go-live: March 2027",
        "SRO: Alexa Sampleby, Head of Libraries",
        "Team size: 6",
        "Delivery method: Agile",
        at=(13, 9),
    )
    deck.box("In scope:", "Renewals online and by phone", "Reminders by e-mail", at=(1, 13))
    deck.box("Out of scope:", "New memberships", at=(13, 13))
    return deck.as_bytes()


ONE_PAGE = Stranger(
    "one-page.pptx",
    _one_page,
    facts={
        "strategic.problem_statement": "Members renew their cards at a desk. Half of them come in "
        "for nothing else.\nStaff spend 40 hours a week on it.",
        "finance.whole_life_cost": "£1,240,000",
        "finance.capital": "£400,000",
        "finance.annual_run_cost": "£60,000",
        "economic.payback_months": "18",
        "project.start_date": "1 June 2026",
        "project.team_size": "6",
        "project.methodology": "agile",
        "strategic.scope_in": "Renewals online and by phone\nReminders by e-mail",
        "strategic.scope_out": "New memberships",
        "roles.senior_responsible_owner.filled": "yes",
    },
    used=75,
    found=100,
)


# ---- 3: a consultant's deck: titles that are sentences, two columns, tables turned round


def _consultant() -> bytes:
    deck = Slides()
    deck.slide("We can halve the time it takes to pay a grant")
    deck.slide("Today, applicants wait eleven weeks and nobody can tell them why")
    deck.box("Why it matters", "11 weeks on average", "4,200 applications a year", at=(1, 4))
    deck.box("What applicants say", "“I rang four times”", at=(13, 4))
    deck.slide("Options appraisal: a platform service is the best value")
    deck.table(
        ("", "Do nothing", "Extend the old system", "Platform service"),
        ("Capital cost (£k)", "0", "310", "180"),
        ("Net present value (£m)", "0", "0.4", "1.9"),
        ("Benefit-cost ratio", "", "1.3", "2.6"),
        ("Preferred option", "No", "No", "Yes"),
    )
    deck.slide("The financial case: it pays for itself inside two years")
    deck.table(
        ("£m", "2026/27", "2027/28", "2028/29", "Total"),
        ("Capital cost", "0.10", "0.08", "0", "0.18"),
        ("Revenue cost", "0.05", "0.12", "0.12", "0.29"),
    )
    deck.box("Whole-life cost: £0.47m", "Payback: 22 months", at=(1, 12))
    deck.slide("Discount rate and period follow the Green Book")
    deck.box("Discount rate: 3.5%", "Appraisal period: 5 years", at=(1, 4))
    deck.box("Optimism bias on capital cost: 20%", at=(13, 4))
    deck.slide("Appendix: another service for comparison").hide()
    deck.box("Whole-life cost: £9m", "Start date: 1 May 2019", at=(1, 4))
    return deck.as_bytes()


CONSULTANT = Stranger(
    "consultant.pptx",
    _consultant,
    facts={
        "finance.whole_life_cost": "£470,000",
        "finance.capital": "£180,000",
        "finance.revenue": "£290,000",
        "economic.payback_months": "22",
        "economic.discount_rate": "3.5",
        "economic.appraisal_period_years": "5",
        "economic.optimism_bias.capex": "20",
    },
    lists={
        "options": [
            {"title": "Do nothing", "capital": "0", "net_present_value": "0", "preferred": "no"},
            {
                "title": "Extend the old system",
                "capital": "£310,000",
                "net_present_value": "£400,000",
                "benefit_cost_ratio": "1.3",
                "preferred": "no",
            },
            {
                "title": "Platform service",
                "capital": "£180,000",
                "net_present_value": "£1,900,000",
                "benefit_cost_ratio": "2.6",
                "preferred": "yes",
            },
        ]
    },
    used=75,
    found=90,
)


# ---- 4: a finance model: £k headings, years across


def _finance_model() -> bytes:
    def summary(sheet: Any, book: Any) -> None:
        sheet.merge_range("A1:D1", "Project Heron: financial summary (all figures in £000s)")
        rows(
            sheet,
            book,
            2,
            ("Item", "Amount", None, "Notes"),
            ("Whole-life cost", 2450, None, "Seven years"),
            ("Capital expenditure", 1100, None, None),
            ("Annual running cost", 192.5, None, "From the second year"),
            ("Contingency", 240, None, "Not yet agreed with finance"),
            ("Approved budget", "£1.9m", None, "Board, 4 March"),
            ("Low estimate", 2100, None, None),
            ("High estimate", 2900, None, None),
        )

    def years(sheet: Any, book: Any) -> None:
        rows(
            sheet,
            book,
            0,
            ("Cost (£k)", "2026/27", "2027/28", "2028/29", "Total"),
            ("Capital cost", 500, 400, 200, 1100),
            ("Revenue cost", 250, 500, 600, 1350),
        )

    def phases(sheet: Any, book: Any) -> None:
        rows(
            sheet,
            book,
            0,
            ("Budget by phase",),
            (),
            ("Phase", "Approved (£k)", "Forecast (£k)", "Actual (£)"),
            ("Discovery", 120, 120, 118400),
            ("Alpha", 260, 275, 41000),
            ("Private beta", 600, 610, None),
            ("Total", 980, 1005, 159400),
        )

    return workbook({"Summary": summary, "By year": years, "Budget by phase": phases})


FINANCE_MODEL = Stranger(
    "finance-model.xlsx",
    _finance_model,
    facts={
        "finance.whole_life_cost": "£2,450,000",
        "finance.capital": "£1,100,000",
        "finance.revenue": "£1,350,000",
        "finance.annual_run_cost": "£192,500",
        "finance.contingency": "£240,000",
        "finance.approved_budget": "£1,900,000",
        "finance.estimate_low": "£2,100,000",
        "finance.estimate_high": "£2,900,000",
    },
    lists={
        "phase_budget": [
            {
                "phase": "discovery",
                "approved": "£120,000",
                "forecast": "£120,000",
                "actual": "£118,400",
            },
            {"phase": "alpha", "approved": "£260,000", "forecast": "£275,000", "actual": "£41,000"},
            {"phase": "private beta", "approved": "£600,000", "forecast": "£610,000"},
        ]
    },
    used=85,
    found=100,
)


# ---- 5: a risk register with title rows, blank rows and two groups of headings


def _risk_register() -> bytes:
    def register(sheet: Any, book: Any) -> None:
        sheet.merge_range("A1:L1", "Corporate risk register template v4")
        sheet.merge_range("A2:L2", "Project: Night Buses")
        sheet.merge_range("E4:G4", "Inherent risk")
        sheet.merge_range("I4:K4", "Residual risk")
        rows(
            sheet,
            book,
            4,
            ("Risk ID", "Date raised", "Risk description", "Category", "Likelihood", "Impact",
             "Score", "Mitigating actions", "Likelihood", "Impact", "Score", "Risk owner",
             "Status"),
            ("R1", date(2026, 2, 3), "Drivers cannot be recruited", "People", 4, 4, 16,
             "Bonus for the first year", 3, 4, 12, "HR lead", "Open"),
            (),
            ("R2", date(2026, 2, 3), "The timetable system cannot hold night routes", "Technology",
             3, 5, 15, "Test with the supplier", 1, 5, 5, "Technical lead", "Closed"),
            (),
            (None, None, None, None, None, None, None, "see log of 2025"),
            ("R3", date(2026, 3, 12), "Noise complaints stop the pilot", "Reputation", "Possible",
             "High", None, "Talk with residents", None, None, None, "Samira Placewell", "Live"),
        )  # fmt: skip

    def lookups(sheet: Any, book: Any) -> None:
        rows(sheet, book, 0, ("Score", "Meaning"), (1, "Rare"), (2, "Unlikely"), (3, "Possible"))

    return workbook({"Risk register": register, "Lists": lookups})


RISK_REGISTER = Stranger(
    "risk-register.xlsx",
    _risk_register,
    lists={
        "risks": [
            {
                "title": "Drivers cannot be recruited",
                "category": "People",
                "likelihood": "4",
                "impact": "4",
                "score": "16",
                "mitigation": "Bonus for the first year",
                "residual_likelihood": "3",
                "residual_impact": "4",
                "residual_score": "12",
                "owner": "HR lead",
                "status": "open",
            },
            {
                "title": "The timetable system cannot hold night routes",
                "category": "Technology",
                "likelihood": "3",
                "impact": "5",
                "score": "15",
                "mitigation": "Test with the supplier",
                "residual_likelihood": "1",
                "residual_impact": "5",
                "residual_score": "5",
                "owner": "Technical lead",
                "status": "closed",
            },
            {
                "title": "Noise complaints stop the pilot",
                "category": "Reputation",
                "mitigation": "Talk with residents",
            },
        ]
    },
    used=95,
    found=100,
)


# ---- 6: a benefits realisation plan: the category stands once for several rows


def _benefits_plan() -> bytes:
    deck = Slides().slide("Benefits realisation plan")
    deck.table(
        ("Category", "Benefit", "Measure", "Baseline", "Target", "By when", "Annual value (£k)"),
        ("Cashable", "Fewer calls to the contact centre", "Calls a month", "12,400", "8,000",
         "31/03/2028", "85"),
        ("", "Less paper", "Letters a month", "3,100", "400", "March 2028", "12.5"),
        ("Non-cashable", "Faster decisions", "Days to decide", "14", "3", "31/12/27", ""),
        ("", "Happier applicants", "Satisfaction", "61%", "80%", "TBC", "n/a"),
        merged=((1, 0, 2, 0), (3, 0, 4, 0)),
    )  # fmt: skip
    return deck.as_bytes()


BENEFITS_PLAN = Stranger(
    "benefits-plan.pptx",
    _benefits_plan,
    lists={
        "benefits": [
            {
                "description": "Fewer calls to the contact centre",
                "type": "cashable",
                "measure": "Calls a month",
                "baseline": "12400",
                "target": "8000",
                "target_date": "31 March 2028",
                "annual_value": "£85,000",
            },
            {
                "description": "Less paper",
                "type": "cashable",
                "measure": "Letters a month",
                "baseline": "3100",
                "target": "400",
                "target_date": "31 March 2028",
                "annual_value": "£12,500",
            },
            {
                "description": "Faster decisions",
                "type": "non-cashable",
                "measure": "Days to decide",
                "baseline": "14",
                "target": "3",
                "target_date": "31 December 2027",
            },
            {
                "description": "Happier applicants",
                "type": "non-cashable",
                "measure": "Satisfaction",
            },
        ]
    },
    used=95,
    found=100,
)


# ---- 7: an appraisal form: label above value, boxes side by side


def _appraisal_form() -> bytes:
    def form(sheet: Any, book: Any) -> None:
        sheet.merge_range("A1:C1", "Pre-project appraisal form")
        rows(
            sheet,
            book,
            2,
            ("Project title", "Directorate", "Project reference"),
            ("Bin tracking", "Street services", "ST-9"),
            (),
            ("Start date", "Tier", "Type of work"),
            (date(2026, 9, 1), "Silver", "Project"),
        )
        sheet.merge_range("A9:C9", "Which problem will the work solve, and for whom?")
        sheet.merge_range(
            "A10:C10", "Crews report missed bins on paper, so nobody is told in time."
        )
        sheet.merge_range("A11:C11", "Case for change")
        sheet.merge_range("A12:C12", "[Say why the work is needed now]")
        rows(
            sheet,
            book,
            13,
            ("Whole life cost (£)", "Annual running cost (£)", "Contingency (£)"),
            (180000, 22000, None),
            (),
            ("Is any purchase or spend needed?", "Are the staff available?"),
            ("Yes", "No"),
        )

    return workbook({"Form": form})


APPRAISAL_FORM = Stranger(
    "appraisal-form.xlsx",
    _appraisal_form,
    facts={
        "project.title": "Bin tracking",
        "project.id": "ST-9",
        "project.start_date": "1 September 2026",
        "project.tier": "silver",
        "project.work_type": "project",
        "strategic.problem_statement": "Crews report missed bins on paper, so nobody is told in "
        "time.",
        "finance.whole_life_cost": "£180,000",
        "finance.annual_run_cost": "£22,000",
        "feasibility.purchase_needed": "yes",
        "feasibility.staff_available": "no",
    },
    used=100,
    found=100,
)


# ---- 8: milestones with dates in every form


def _milestones() -> bytes:
    def plan(sheet: Any, book: Any) -> None:
        rows(
            sheet,
            book,
            0,
            ("Delivery plan", None, None, None, None, "Updated 3 May"),
            (),
            ("Ref", "Milestone", "Baseline", "Forecast", "Actual", "Status", "RAG", "Lead"),
            ("M1", "Supplier chosen", date(2026, 4, 3), date(2026, 4, 3), date(2026, 4, 9),
             "Complete", "G", "Commercial lead"),
            ("M2", "Pilot begins", "03/04/2027", "12 May 2027", None, "At risk", "A",
             "Patrin Noonely"),
            ("M3", "All depots live", "31/10/27", "Nov-27", None, "On track", "Amber/Green", None),
            ("M4", "Old system switched off", "Q4 2027", "March 2028", "n/a", "Not started", "Blue",
             "ICT"),
            (),
            ("Next steps", None, None, None, None, None, None, None),
            ("Depot visits",),
        )  # fmt: skip

    return workbook({"Milestones": plan})


MILESTONES = Stranger(
    "milestones.xlsx",
    _milestones,
    lists={
        "milestones": [
            {
                "id": "M1",
                "title": "Supplier chosen",
                "baseline_date": "3 April 2026",
                "forecast_date": "3 April 2026",
                "actual_date": "9 April 2026",
                "status": "complete",
                "rag": "green",
                "owner": "Commercial lead",
            },
            {
                "id": "M2",
                "title": "Pilot begins",
                "baseline_date": "3 April 2027",
                "forecast_date": "12 May 2027",
                "status": "at risk",
                "rag": "amber",
            },
            {
                "id": "M3",
                "title": "All depots live",
                "baseline_date": "31 October 2027",
                "forecast_date": "30 November 2027",
                "status": "on track",
                "rag": "amber/green",
            },
            {
                "id": "M4",
                "title": "Old system switched off",
                "forecast_date": "31 March 2028",
                "status": "not started",
                "owner": "ICT",
            },
        ]
    },
    used=85,
    found=100,
)


# ---- 9: nothing but pictures


def _pictures() -> bytes:
    deck = Slides()
    for title in ("Vision", "Our plan on a page", "Thank you"):
        deck.slide(title).picture()
    return deck.as_bytes()


PICTURES = Stranger("pictures.pptx", _pictures)


# ---- 10: labels that mislead


def _misleading() -> bytes:
    deck = Slides()
    deck.slide("Parent programme at a glance")
    deck.table(
        ("Whole-life cost", "£40m"),
        ("Start date", "1 January 2020"),
        ("Approved budget", "£38m"),
        ("Senior responsible owner", "Christa Noonely"),
    )
    deck.slide("Costs")
    deck.box(
        "Budget of the parent programme: £40m",
        "Cost of doing nothing: £3m",
        "Example: whole-life cost: £1m",
        "Not £500k but rather more: see the model",
        "Previous SRO: Kimber Noonely",
        "Contingency: see annex B",
        at=(1, 4),
    )
    deck.box("Drafts", "Capital cost: £600k", "Revenue cost: £90k", at=(13, 4), struck=(1, 2))
    deck.slide("Finance")
    deck.table(
        ("Item", "Option A", "Option B"),
        ("Annual running cost", "£70k", "£90k"),
        ("Low estimate", "£1m", "£2m"),
    )
    deck.box("£2.4m", "Whole-life cost", at=(1, 9))
    deck.box("£700k", "Committed spend", at=(9, 9))
    deck.box("£1.1m", "Approved budget", at=(17, 9))
    deck.slide("Finance (£k)")
    deck.table(("High estimate", "£2,900"), ("Planned budget (£m)", "£250k"), ("Outturn", "12,5"))
    deck.slide("Other projects in the portfolio")
    deck.table(
        ("Project title", "Start date", "Approved budget"),
        ("School meals", "1 May 2024", "£90k"),
        ("Parking permits", "1 June 2024", "£120k"),
    )
    deck.slide("Project team")
    deck.table(("Sponsor", "Robina Noonely"), ("Technical lead", "Leeward Noonely"))
    return deck.as_bytes()


MISLEADING = Stranger(
    "misleading.pptx",
    _misleading,
    facts={
        "finance.whole_life_cost": "£2,400,000",
        "finance.committed": "£700,000",
        "finance.approved_budget": "£1,100,000",
        "finance.planned_budget": "£250,000",
        "roles.sponsor.filled": "yes",
        "roles.technical_lead.filled": "yes",
    },
    used=0,
    found=60,
)


STRANGERS = (
    HIGHLIGHT_REPORT,
    ONE_PAGE,
    CONSULTANT,
    FINANCE_MODEL,
    RISK_REGISTER,
    BENEFITS_PLAN,
    APPRAISAL_FORM,
    MILESTONES,
    PICTURES,
    MISLEADING,
)

# nobody's name, as it stands in the decks; none of these may be seen anywhere
NAMES = (
    "Jane Exampleton", "Joelle Blogworth", "Alexa Sampleby", "Samira Placewell", "Patrin Noonely",
    "Christa Noonely",
    "Kimber Noonely", "Robina Noonely", "Leeward Noonely",
)  # fmt: skip
