"""Makes a workbook: its options, its properties, its sheets as they are printed."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

from engine.errors import DeckError, shorten
from engine.extras import extra
from engine.renderers.workbooks import look
from engine.renderers.workbooks.look import Formats
from engine.renderers.workbooks.tables import Table, write_table

with extra("office", "Excel files"):
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_MANY_ROWS = 50_000
_NO_DAY = date(2000, 1, 1)
_A4, _A3 = 9, 8  # Excel's numbers of papers
_WIDEST_ON_A4 = 205  # characters: more of them could not be read on it
_FONT = '&9&"Arial,Regular"'
_LONGEST_HEAD = 80


class Book:
    """Builds a workbook, sheet by sheet.

    Attributes:
        file: the workbook as XlsxWriter has it.
        formats: those of its cells.
    """

    def __init__(
        self, title: str, subject: str = "", *, day: date | None = None, rows: int = 0
    ) -> None:
        """Begin a workbook.

        Args:
            subject: stands at the head of each page, as the title does.
            day: stands as the day it was made, so that the same input gives the same file.
            rows: how many there will be, about; where they are many, they do not wait in memory
                for the end, and are no tables of Excel's, which would wait.
        """
        self._title, self._subject, self._many = title, subject, rows > _MANY_ROWS
        self._content = BytesIO()
        self.file = Workbook(
            self._content,
            {
                "in_memory": not self._many,
                "constant_memory": self._many,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "default_format_properties": dict(look.FONT),
            },
        )
        made = datetime.combine(day or _NO_DAY, time())
        self.file.set_properties(
            {"title": shorten(title, 200), "subject": shorten(subject, 200), "created": made}
        )
        self.formats = Formats(self.file)

    def sheet(self, name: str, width: float = 0) -> Worksheet:
        """A sheet that is set up to be printed on a page so many characters wide."""
        sheet: Worksheet = self.file.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_A4 if width <= _WIDEST_ON_A4 else _A3)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        title, subject = _head(self._title), _head(self._subject)
        same_size = {"scale_with_doc": False}  # on each page, however much its table is shrunk
        sheet.set_header(f"&L{_FONT}{title}: &A&R{_FONT}{subject}", same_size)
        sheet.set_footer(f"&R{_FONT}Page &P of &N", same_size)
        sheet.hide_gridlines(2)
        return sheet

    def add(self, table: Table) -> None:
        """Add a sheet with a table.

        Raises:
            DeckError: a sheet cannot hold so many rows.
        """
        sheet = self.sheet(table.name, table.width)
        try:
            write_table(sheet, table, self.formats, as_table=not self._many)
        except DeckError:
            self._give_up()
            raise

    def content(self) -> bytes:
        """The finished file."""
        self.file.close()
        return self._content.getvalue()

    def _give_up(self) -> None:
        """Remove the rows that wait on disk for a file that will not be written."""
        for sheet in self.file.worksheets() if self._many else ():
            sheet.row_data_fh.close()
            Path(sheet.row_data_filename).unlink()


def _head(text: str) -> str:
    """A text for the head of a page, of which Excel keeps 255 characters; it doubles each &."""
    short = shorten(text, _LONGEST_HEAD)
    return shorten(text, max(1, _LONGEST_HEAD - short.count("&"))).replace("&", "&&")
