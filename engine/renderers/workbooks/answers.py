"""Cells of a workbook for answers: their formats, drop-down lists and help while typing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from engine.errors import DeckError, Place, Problem, shorten
from engine.extras import extra
from engine.model.vocabulary import NUMERIC, FactSpec, FactType
from engine.renderers import guidance
from engine.renderers.workbooks.cells import FIRST_DAY, LONGEST_TEXT, fits, length_of
from engine.template import Answer, Mark, Slot
from engine.writing import write_value

with extra("office", "Excel files"):
    from xlsxwriter.format import Format
    from xlsxwriter.utility import xl_col_to_name
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

# how a number is shown, and how where it is not whole, so that nobody reads a rounded one
_FORMATS: dict[FactType, tuple[str, str]] = {
    "money": ("£#,##0", "£#,##0.00"),
    "percentage": ("0%", "0.0###%"),
    "number": ("#,##0", "#,##0.0###"),
    "integer": ("#,##0", "#,##0.0###"),
}
_DAY = "d mmmm yyyy"
_LONGEST_CHOICES = 255  # characters of a drop-down list that stands in the cell itself
_MOST = 10**12
_LONGEST_HEADING, _LONGEST_HELP = 32, 255
_HINTS: dict[FactType, str] = {
    "date": "Excel turns March 2028 into its first day: write the day itself, Q4 2027 or TBC.",
    "percentage": "What you see is what counts: 44% and not 0.44%.",
}


@dataclass
class Choices:
    """Those choices that are too long for a cell's own list, each a column of a hidden sheet."""

    columns: dict[tuple[str, ...], int] = field(default_factory=dict)

    def source(self, spec: FactSpec) -> list[str] | str:
        """What a drop-down list offers: the words themselves, or where they stand."""
        words = tuple(write_value(spec, value) for value in spec.values)
        text = ",".join(words)
        in_the_cell = len(text) <= _LONGEST_CHOICES and not text.startswith("=")
        if in_the_cell and text.count(",") == len(words) - 1 and '"' not in text:
            return list(words)
        column = xl_col_to_name(self.columns.setdefault(words, len(self.columns)))
        return f"=Choices!${column}$1:${column}${len(words)}"

    def write(self, workbook: Workbook) -> None:
        """Add the sheet, if any cell needs it."""
        if not self.columns:
            return
        sheet = workbook.add_worksheet("Choices")
        sheet.hide()
        for words, column in self.columns.items():
            for row, each in enumerate(words):
                sheet.write_string(row, column, each)


def write_answer(
    sheet: Worksheet, row: int, column: int, slot: Slot, answer: Answer, as_: Format
) -> None:
    """Write an answer as what it is, so that people see and a program reads the very same value."""
    spec = slot.spec
    if answer is None:
        sheet.write_blank(row, column, None, as_)
    elif isinstance(answer, date) and answer >= FIRST_DAY:
        sheet.write_datetime(row, column, answer, as_)
    elif (
        spec.type in NUMERIC
        and not isinstance(answer, Mark)
        and fits(number := _number(spec, answer))
    ):
        sheet.write_number(row, column, float(number), as_)
    else:
        text = guidance.written(spec, answer)
        if length_of(text) > LONGEST_TEXT:
            message = f"{slot.name}: a cell of Excel can hold {LONGEST_TEXT:,} characters"
            found, fix = f"{length_of(text):,} characters", "Shorten it, or make a deck of slides."
            raise DeckError([Problem(Place("gatewise"), message, found=found, fix=fix)])
        sheet.write_string(row, column, text, as_)


def _number(spec: FactSpec, answer: Any) -> Decimal:
    """What the cell holds: pounds; a hundredth of a percentage."""
    return Decimal(answer) / (100 if spec.type in ("money", "percentage") else 1)


def format_of(spec: FactSpec) -> str:
    """The number format of an answer; text is "@" nowhere, so that numbers stay numbers."""
    if spec.type == "date":
        return _DAY
    return _FORMATS[spec.type][0] if spec.type in _FORMATS else "General"


def show_fractions(
    workbook: Workbook, sheet: Worksheet, type_: FactType, cells: Sequence[str]
) -> None:
    """Let numbers that are not whole show what is behind the point."""
    if not cells:
        return
    times = 100 if type_ == "percentage" else 1
    first = cells[0].partition(":")[0]
    whole = f"ABS({first}*{times}-ROUND({first}*{times},0))>0.000001"
    sheet.conditional_format(
        cells[0],
        {
            "type": "formula",
            "criteria": f"=IF(ISNUMBER({first}),{whole},FALSE)",
            "format": workbook.add_format({"num_format": _FORMATS[type_][1]}),
            "multi_range": " ".join(cells),
        },
    )


def help_while_typing(
    sheet: Worksheet, cells: tuple[int, int, int, int], slot: Slot, choices: Choices, *, ask: bool
) -> None:
    """Offer the choices, say what may be written, and warn of what looks wrong; never refuse it.

    Args:
        ask: whether the question is part of the help, where it stands nowhere beside the cell.
    """
    spec = slot.spec
    question = f"{spec.question} " if ask else ""
    words = f"{question}{_help(spec)}"
    sheet.data_validation(
        *cells,
        {
            **_expected(spec, choices),
            "input_title": shorten(slot.label, _LONGEST_HEADING),
            "input_message": shorten(words, _LONGEST_HELP),
            "error_type": "warning",
            "error_title": "Is that meant?",
            "error_message": shorten(
                f"Expected is {_help(spec)[0].lower()}{_help(spec)[1:]} TBC is fine too.",
                _LONGEST_HELP,
            ),
        },
    )


def _help(spec: FactSpec) -> str:
    if spec.type == "choice":
        return "One of the list."
    return " ".join(filter(None, (guidance.may_be_written(spec), _HINTS.get(spec.type))))


def _expected(spec: FactSpec, choices: Choices) -> dict[str, Any]:
    match spec.type:
        case "yes_no":
            return {"validate": "list", "source": ["Yes", "No"]}
        case "choice":
            return {"validate": "list", "source": choices.source(spec)}
        case "date":
            return {"validate": "date", "criteria": ">=", "value": date(1900, 1, 1)}
        case "money" | "number" | "integer" | "percentage":
            low, high = (_bound(spec, limit) for limit in (spec.minimum, spec.maximum))
            return {
                "validate": "integer" if spec.type == "integer" else "decimal",
                "criteria": "between",
                "minimum": -_MOST if low is None else low,
                "maximum": _MOST if high is None else high,
            }
        case _:
            return {"validate": "any"}


def _bound(spec: FactSpec, limit: Any) -> float | None:
    return None if limit is None else float(_number(spec, limit))
