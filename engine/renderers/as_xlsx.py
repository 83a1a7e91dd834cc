"""A run as an Excel workbook: a table on each sheet, to filter, sort and print."""

from __future__ import annotations

from engine.model.check_run import CheckRun, Show
from engine.renderers.workbooks.book import Book
from engine.renderers.workbooks.run_tables import rows_of_findings, run_tables
from engine.showing import show_type


def as_xlsx(run: CheckRun, show: Show = "findings") -> bytes:
    """The whole run as a workbook; ``show`` changes nothing.

    Raises:
        DeckError: a sheet cannot hold so many decks.
    """
    days = sorted({assessment.as_of for assessment in run.assessments})
    # the day the rules are read at, so that the same decks give the same file
    day = days[-1] if days else None
    read_at = f"; rules as of {show_type('date', day)}" if day and len(days) == 1 else ""
    subject = f"A check against the rules, not a decision{read_at}"
    book = Book("Check of decks", subject, day=day, rows=rows_of_findings(run))
    for table in run_tables(run):
        book.add(table)
    return book.content()
