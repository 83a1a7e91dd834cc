"""What a cell may hold, and how it is written: text stays text, whatever it begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from engine.errors import printable
from engine.extras import extra
from engine.renderers.workbooks import look
from engine.renderers.workbooks.look import Formats, Mark
from engine.showing import show_type

with extra("office", "Excel files"):
    from xlsxwriter.utility import xl_col_to_name
    from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32_767  # of a cell, in Excel's own count
_LONGEST_ADDRESS = 2_000
DIGITS = 15  # that a cell keeps of a number
FIRST_DAY = date(1900, 3, 1)  # before it, programs differ on which day a number is


@dataclass(frozen=True, slots=True)
class Link:
    """An address of a source, which may be clicked."""

    address: str


@dataclass(frozen=True, slots=True)
class Marked:
    """An outcome in words, with the colour that goes with it."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Money:
    """Pounds, shown with their pence where there are any."""

    pounds: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """A share between 0 and 1 that is shown in per cent."""

    value: float


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of a column's pounds, which Excel works out anew for what a filter shows."""

    pounds: Decimal


Cell = str | int | Decimal | date | Link | Marked | Money | Share | Sum | None
Row = tuple[Cell, ...]


def write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, formats: Formats) -> None:
    """Write what the cell holds as what it is; a sum is of the column's rows from the second."""
    match cell:
        case None:
            sheet.write_blank(row, column, None, formats(look.CELL))
        case bool():
            sheet.write_string(row, column, "yes" if cell else "no", formats(look.CELL))
        case Marked():
            sheet.write_string(row, column, cell_text(cell.text), formats(look.MARKS[cell.mark]))
        case Link() if _is_address(cell.address):
            sheet.write_url(row, column, cell.address, formats(look.LINK))
        case Share():
            sheet.write_number(row, column, cell.value, formats(look.SHARE))
        case Money() if fits(cell.pounds):
            sheet.write_number(row, column, float(cell.pounds), formats(_of_money(cell)))
        case Sum():
            letter = xl_col_to_name(column)
            formula = f"=SUBTOTAL(109,{letter}2:{letter}{row})"
            bold = look.style(_of_money(cell), bold=True)
            sheet.write_formula(row, column, formula, formats(bold), float(cell.pounds))
        case int() | Decimal() if fits(cell):
            number = look.WHOLE if cell == int(cell) else look.NUMBER
            sheet.write_number(row, column, float(cell), formats(number))
        case date() if cell >= FIRST_DAY:
            sheet.write_datetime(row, column, cell, formats(look.DATE))
        case _:
            sheet.write_string(row, column, cell_text(text_of(cell)), formats(look.CELL))


def text_of(cell: Cell) -> str:
    """The cell's text, which decides how high its row is."""
    match cell:
        case str():
            return cell
        case Marked():
            return cell.text
        case Link():
            return cell.address
        case None | Share():
            return ""
        case Money() | Sum():
            return show_type("money", int(cell.pounds * 100))
        case int():
            return f"{cell:,}"
    return show_type("number", cell)


def width_of(cell: Cell) -> int:
    """The characters that a number or day needs, which no program breaks into lines; else 0."""
    return 0 if isinstance(cell, str | Marked | Link | None) else len(text_of(cell)) + 3


def cell_text(text: str) -> str:
    """What a cell can hold: lines stay, other control characters do not."""
    lines = "\n".join(" ".join(printable(line).split()) for line in text.split("\n"))
    return cut_text(lines, LONGEST_TEXT)


def cut_text(text: str, most: int) -> str:
    """The text as far as Excel counts so many characters: those of the other planes for two."""
    if 2 * len(text) <= most or length_of(text) <= most:
        return text
    units = text.encode("utf-16-le")[: 2 * (most - 1)]
    return units.decode("utf-16-le", "ignore") + "…"


def length_of(text: str) -> int:
    """How many characters Excel counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fits(number: int | Decimal) -> bool:
    """Whether a cell keeps every digit; one that does not is better shown as text."""
    return len(Decimal(number).normalize().as_tuple().digits) <= DIGITS


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://")) and len(text) <= _LONGEST_ADDRESS


def _of_money(cell: Money | Sum) -> look.Style:
    return look.POUNDS if cell.pounds == int(cell.pounds) else look.PENCE
