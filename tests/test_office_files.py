"""Sound presentations and workbooks: what is read from them, and what is said to be left."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pptx")
pytest.importorskip("xlsxwriter")

import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from office_files import PIXEL, add_table, add_text, presentation, replaced, rich_presentation
from pptx.util import Inches

from engine import DeckError
from engine.model.pages import Address, Grid, Page, Pages
from engine.readers import from_pptx, from_xlsx, read_pages, sheets
from engine.readers.number_formats import as_shown

NEVER = "a formula that was never worked out: open the workbook in Excel and save it"

Fill = Callable[[Any], None]


def slides(fill: Fill | None = None, number: int = 1) -> tuple[Page, ...]:
    """The pages of a presentation that was made for a test."""
    return from_pptx.read_pages(presentation(fill, number), "deck.pptx").pages


def workbook(fill: Fill, options: dict[str, Any] | None = None) -> bytes:
    """A workbook that ``fill`` writes."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **(options or {})}) as book:
        fill(book)
    return file.getvalue()


def read(content: bytes) -> Pages:
    return from_xlsx.read_pages(content, "deck.xlsx")


def sheet(fill: Fill, options: dict[str, Any] | None = None) -> Pages:
    """The pages of a workbook with one sheet, called Data."""
    return read(workbook(lambda book: fill(book.add_worksheet("Data")), options))


def contents(grid: Grid) -> list[list[Any]]:
    return [[cell.content for cell in row] for row in grid.rows]


def texts(page: Page) -> list[Any]:
    return [cell.content for cell in page.texts]


# ---- presentations


def test_slides_in_order_with_number_title_tables_and_texts() -> None:
    first, second, third = from_pptx.read_pages(rich_presentation(), "deck.pptx").pages
    assert [first.name, second.name, third.name] == ["Slide 1", "Slide 2", "Slide 3"]
    assert [first.title, third.title] == ["Title 1", "Title 3"]
    (table,) = first.grids
    assert (table.name, table.label) == ("gatewise facts project", "the table")
    assert contents(table) == [["What", "Answer"], ["Title", "Repairs"]]
    assert texts(first) == [
        "on the left", "on the right", "Start date: 1 May\nEnd date: 2 June", "Owner: the director"
    ]  # fmt: skip


def test_a_hidden_slide_is_read_and_flagged() -> None:
    pages = from_pptx.read_pages(rich_presentation(), "deck.pptx").pages
    assert [page.hidden for page in pages] == [False, True, False]
    assert pages[1].title == "Title 2"


def test_tables_are_numbered_from_top_to_bottom() -> None:
    third = from_pptx.read_pages(rich_presentation(), "deck.pptx").pages[2]
    assert [(grid.name, grid.label) for grid in third.grids] == [
        ("above", "table 1"), ("below", "table 2"),
    ]  # fmt: skip


def test_a_merged_cell_of_a_slide_stands_in_each_place_it_covers() -> None:
    above = from_pptx.read_pages(rich_presentation(), "deck.pptx").pages[2].grids[0]
    merged = above.rows[0][0]
    assert contents(above) == [
        ["a\nb\nd\ne", "a\nb\nd\ne", "c"], ["a\nb\nd\ne", "a\nb\nd\ne", "f"], ["g", "h", "i"]
    ]  # fmt: skip
    assert [above.rows[n][m] for n in (0, 1) for m in (0, 1)] == [merged] * 4


def test_addresses_lead_back_to_the_shape_the_cell_and_the_paragraph() -> None:
    ids: dict[str, int] = {}

    def fill(made: Any) -> None:
        ids["table"] = add_table(made.slides[1], "t", [["a", "b"], ["c", "d"]]).shape_id
        ids["text"] = add_text(made.slides[1], "x\n\ny", 1, 5).shape_id

    page = slides(fill, 2)[1]
    assert page.grids[0].rows[1][0].address == Address(1, ids["table"], 1, 0)
    assert [cell.address for cell in page.texts] == [
        Address(1, ids["text"], paragraph=0), Address(1, ids["text"], paragraph=2)
    ]  # fmt: skip


def test_a_text_with_the_number_of_the_title_is_not_lost() -> None:
    def fill(made: Any) -> None:
        box = add_text(made.slides[0], "Owner: the director", 1, 5)
        box.element.nvSpPr.cNvPr.set("id", str(made.slides[0].shapes.title.shape_id))

    assert texts(slides(fill)[0]) == ["Owner: the director"]


def test_a_long_text_is_cut_where_it_names_its_place() -> None:
    (cell,) = slides(lambda made: add_text(made.slides[0], "word " * 20, 1, 5))[0].texts
    assert cell.spot == 'text "word word word word word word word word…"'


def test_speaker_notes_are_no_answers() -> None:
    assert "2099" not in repr(from_pptx.read_pages(rich_presentation(), "deck.pptx"))


def test_what_is_not_read_is_named() -> None:
    first = from_pptx.read_pages(rich_presentation(), "deck.pptx").pages[0]
    assert first.unread == ("a picture", "2 charts", "speaker notes")


def drawn(xml: str) -> Fill:
    """A slide with one more shape, given as XML."""
    from pptx.oxml import parse_xml

    spaces = (
        'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    )
    name, _, rest = xml.partition(" ")
    return lambda made: made.slides[0].shapes.element.append(parse_xml(f"{name} {spaces}{rest}"))


def graphic(uri: str) -> str:
    return (
        '<p:graphicFrame ><p:nvGraphicFramePr><p:cNvPr id="9" name="g"/><p:cNvGraphicFramePr/>'
        "<p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x='0' y='0'/><a:ext cx='9' cy='9'/></p:xfrm>"
        f'<a:graphic><a:graphicData uri="{uri}"/></a:graphic></p:graphicFrame>'
    )


CHART_OF_2016 = "http://schemas.microsoft.com/office/drawing/2014/chartex"


DRAWN = "http://schemas.openxmlformats.org"
NEWER_CHART = (
    f'<mc:AlternateContent ><mc:Choice Requires="cx1">{graphic(CHART_OF_2016)}</mc:Choice>'
    "<mc:Fallback><p:pic/></mc:Fallback></mc:AlternateContent>"
)
NEWER_SHAPE = (
    '<mc:AlternateContent ><mc:Choice Requires="a14"><p:sp/></mc:Choice></mc:AlternateContent>'
)


@pytest.mark.parametrize(
    ("xml", "what"),
    [
        (graphic(f"{DRAWN}/drawingml/2006/diagram"), "a SmartArt diagram"),
        (graphic(f"{DRAWN}/presentationml/2006/ole"), "an embedded object"),
        (graphic("urn:other"), "an object of another program"),
        ("<p:contentPart />", "a drawing in ink"),
        (NEWER_CHART, "a chart"),
        (NEWER_SHAPE, "a shape of a newer kind"),
    ],
)
def test_drawings_of_every_kind_are_named(xml: str, what: str) -> None:
    assert slides(drawn(xml))[0].unread == (what,)


def test_what_people_do_not_see_is_not_read_and_said() -> None:
    def fill(made: Any) -> None:
        add_text(made.slides[0], "parked", 20, 1)
        switched_off = add_text(made.slides[0], "switched off", 1, 5)
        switched_off.element.nvSpPr.cNvPr.set("hidden", "1")

    page = slides(fill)[0]
    assert page.texts == ()
    assert page.unread == ("a hidden shape", "something beside the slide, where nobody sees it")


def test_groups_are_read_in_their_place() -> None:
    def fill(made: Any) -> None:
        slide = made.slides[0]
        add_text(slide, "last", 1, 6)
        frame = add_table(slide, "in a group", [["a"]], top=4)
        group = slide.shapes.add_group_shape()
        inner = group.shapes.add_group_shape()
        box = inner.shapes.add_textbox(Inches(1), Inches(3), Inches(1), Inches(1))
        box.text_frame.text = "in a group of a group"
        group.element.append(frame.element)

    page = slides(fill)[0]
    assert texts(page) == ["in a group of a group", "last"]
    assert [grid.name for grid in page.grids] == ["in a group"]


def test_a_duplicated_slide_is_two_pages() -> None:
    def fill(made: Any) -> None:
        original, copy = made.slides
        frame = add_table(original, "gatewise facts project", [["What", "Answer"], ["a", "b"]])
        copy.shapes.element.append(deepcopy(frame.element))

    first, second = slides(fill, 2)
    assert contents(first.grids[0]) == contents(second.grids[0])
    assert {grid.rows[0][0].address.page for page in (first, second) for grid in page.grids} == {
        0, 1
    }  # fmt: skip


def test_slide_numbers_dates_and_footers_are_no_text() -> None:
    def fill(made: Any) -> None:
        for kind, text in (("sldNum", "7"), ("dt", "1 May 2031"), ("ftr", "OFFICIAL")):
            box = add_text(made.slides[0], text, 1, 6)
            box.element.nvSpPr.nvPr.get_or_add_ph().set("type", kind)

    assert slides(fill)[0].texts == ()


def test_a_table_row_with_too_few_cells_is_filled_up() -> None:
    def fill(made: Any) -> None:
        table = add_table(made.slides[0], "t", [["a", "b"], ["c", "d"]]).table
        row = table.rows[1]._tr
        row.remove(row.tc_lst[1])

    assert contents(slides(fill)[0].grids[0]) == [["a", "b"], ["c", None]]


def test_a_presentation_without_slides_is_refused() -> None:
    with pytest.raises(DeckError, match="the presentation has no slides"):
        from_pptx.read_pages(presentation(slides=0), "deck.pptx")


# ---- numbers as people see them


@pytest.mark.parametrize(
    ("written", "code", "shown"),
    [
        ("0.44", "0%", 44),
        ("0.44000000000000006", "0%", 44),
        ("0.445", "0.0%", Decimal("44.5")),
        ("-0.1", "0%;[Red]-0%", -10),
        ("0", '0%;-0%;"none"', 0),
        ("44", '0"%"', 44),
        ("44", r"0\%", 44),
        ("5", "[<1]0%;0", 5),
        ("0.5", "[<1]0%;0", 50),
        ("1240000", '"£"#,##0', 1240000),
        ("1234.5", '_-[$£-809]* #,##0.00_-;-[$£-809]* #,##0.00_-', Decimal("1234.5")),
        ("1.24", '£0.00"m"', "1.24m"),
        ("1.24", '"£"0.00" million"', "1.24million"),
        ("1240000", '£0.0,,"m"', "1.24m"),
        ("1240000", "#,##0,", 1240000),
        ("18", '0" months"', 18),
        ("0.30000000000000004", "General", Decimal("0.3")),
        ("4.300000000000001", "General", Decimal("4.3")),
        ("1E-7", "0.00E+00", Decimal("0.0000001")),
        ("12345678901234500000", "0", 12345678901234500000),
        ("7.0", "General", 7),
        ("45000", "dd/mm/yyyy", date(2023, 3, 15)),
        ("45000", "[$-809]d mmmm yyyy;@", date(2023, 3, 15)),
        ("45000", "mmm-yy", date(2023, 3, 15)),
        ("45000", '"Day "d" of "mmmm', date(2023, 3, 15)),
        ("45000", '"days: "0', 45000),
        ("45000", r"\d0", 45000),
        ("1", "d/m/yyyy", date(1900, 1, 1)),
        ("59", "d/m/yyyy", date(1900, 2, 28)),
        ("61", "d/m/yyyy", date(1900, 3, 1)),
        ("2958465", "d/m/yyyy", date(9999, 12, 31)),
        ("0.5", "h:mm AM/PM", "12:00"),
        ("0.75001157407", "hh:mm:ss", "18:00:01"),
        ("1.5", "[h]:mm", "36:00"),
        ("0.0208333333", "mm:ss", "00:30"),
    ],
)  # fmt: skip
def test_a_number_is_what_people_see(written: str, code: str, shown: Any) -> None:
    found = as_shown(written, code, from_1904=False)
    assert (found.content, found.problem) == (shown, "")
    assert type(found.content) is type(shown)


@pytest.mark.parametrize("serial", ["0", "60", "-1", "2958466"])
def test_a_day_that_never_was_is_told(serial: str) -> None:
    found = as_shown(serial, "d/m/yyyy", from_1904=False)
    assert found.content is None
    assert found.problem == f"a number ({serial}) that is shown as a day and is none"


@pytest.mark.parametrize("written", ["", "abc", "NaN", "INF", "1E999999", "0x10"])
def test_a_number_that_is_none_is_told(written: str) -> None:
    assert as_shown(written, "General", from_1904=False).problem == "a number that cannot be read"


@given(st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=12))
def test_any_format_gives_a_value_or_a_problem(number: float, code: str) -> None:
    found = as_shown(repr(number), code, from_1904=False)
    assert (found.content is None) == bool(found.problem)
    if isinstance(found.content, Decimal):
        assert len(found.content.as_tuple().digits) <= 15


@given(st.dates(date(1904, 1, 2)))
def test_both_ways_of_counting_days_agree(day: date) -> None:
    since_1900 = (day - date(1899, 12, 30)).days
    for serial, from_1904 in ((since_1900, False), (since_1900 - 1462, True)):
        assert as_shown(str(serial), "d/m/yyyy", from_1904=from_1904).content == day


@given(st.integers(0, 10_000))
def test_percentages_have_no_noise(hundredths: int) -> None:
    shown = as_shown(repr(hundredths / 10_000), "0.00%", from_1904=False).content
    assert shown == Decimal(hundredths) / 100


# ---- workbooks


def test_sheets_with_cells_by_their_names() -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("Finance").write("C7", "cost")
        book.add_worksheet("Plan").write("AA1", 0.1)
        book.add_worksheet("Blank")

    finance, plan, blank = read(workbook(fill)).pages
    assert (finance.name, finance.title, finance.grids[0].label) == ("Sheet Finance", "Finance", "")
    (cell,) = finance.grids[0].rows[0]
    assert (cell.content, cell.spot, cell.address) == ("cost", "cell C7", Address(0, 0, 6, 2))
    (cell,) = plan.grids[0].rows[0]
    assert (cell.content, cell.spot, cell.address) == (
        Decimal("0.1"), "cell AA1", Address(1, 0, 0, 26)
    )  # fmt: skip
    assert blank.grids == ()


def test_what_cells_can_hold() -> None:
    def fill(made: Any) -> None:
        book = formats["book"]
        made.write_row(0, 0, [" text ", 7, 0.1, True, False])
        made.write_datetime(0, 5, date(2028, 3, 31), book.add_format({"num_format": 14}))
        made.write_number(0, 6, 0.44, book.add_format({"num_format": 9}))
        made.write_formula(0, 7, "=1+1", None, 2)
        made.write_formula(0, 8, '="a"&"b"', None, "ab")
        made.write_rich_string(0, 9, "plain ", book.add_format({"bold": True}), "bold")
        made.write_string(0, 10, "a_x000D_\nb")

    formats: dict[str, Any] = {}

    def start(book: Any) -> None:
        formats["book"] = book
        fill(book.add_worksheet("Data"))

    for options in ({}, {"in_memory": False, "constant_memory": True}):  # texts apart, or in cells
        found = read(workbook(start, options)).pages[0].grids[0]
        assert contents(found) == [[
            "text", 7, Decimal("0.1"), True, False, date(2028, 3, 31), 44, 2, "ab", "plain bold",
            "a_x000D_\nb",
        ]]  # fmt: skip


def test_a_day_counted_from_1904() -> None:
    def fill(book: Any) -> None:
        made = book.add_worksheet()
        made.write_datetime(0, 0, date(2028, 3, 31), book.add_format({"num_format": "d mmm yyyy"}))

    content = workbook(fill, {"date_1904": True})
    assert read(content).pages[0].grids[0].rows[0][0].content == date(2028, 3, 31)


def test_a_time_of_day_is_left_out_and_told() -> None:
    def fill(book: Any) -> None:
        made, style = book.add_worksheet("Plan"), book.add_format({"num_format": 22})
        made.write_number(1, 1, 45000.5, style)
        made.write_number(2, 1, 45001.25, style)
        made.write_number(3, 1, 45002, style)

    found = read(workbook(fill))
    assert contents(found.pages[0].grids[0]) == [
        [date(2023, 3, 15)], [date(2023, 3, 16)], [date(2023, 3, 17)]
    ]  # fmt: skip
    assert found.notes == (
        "Sheet Plan, cell B2 and 1 more: a time of day beside the day was left out.",
    )


@pytest.mark.parametrize(
    ("error", "says"),
    [
        ("#REF!", "a formula that refers to a cell that is gone (#REF!)"),
        ("#N/A", "a value that is not available (#N/A)"),
        ("#DIV/0!", "a formula that divides by nothing (#DIV/0!)"),
        ("#NAME?", "a formula with a name that Excel does not know (#NAME?)"),
        ("#NULL!", "a formula with ranges that do not meet (#NULL!)"),
        ("#NUM!", "a formula with a number that cannot be (#NUM!)"),
        ("#VALUE!", "a formula with a value of the wrong kind (#VALUE!)"),
    ],
)
def test_an_error_of_excel_is_a_problem_and_no_value(error: str, says: str) -> None:
    cell = (
        sheet(lambda made: made.write_formula(0, 0, "=X", None, error)).pages[0].grids[0].rows[0][0]
    )
    assert (cell.content, cell.problem) == (None, says)


def saved_by_excel(content: bytes) -> bytes:
    """The workbook without the mark that it is still to be worked out."""
    mark = b' fullCalcOnLoad="1"'
    return replaced(content, {"xl/workbook.xml": lambda part: part.replace(mark, b"")})


@pytest.mark.parametrize("value", ["", 0])
def test_a_formula_that_was_never_worked_out_is_a_problem(value: Any) -> None:
    """XlsxWriter leaves the result blank or, unless told another, writes 0."""
    content = workbook(lambda book: book.add_worksheet().write_formula(0, 0, "=1+1", None, value))
    cell = read(content).pages[0].grids[0].rows[0][0]
    assert (cell.content, cell.problem) == (None, NEVER)


def test_openpyxl_leaves_formulas_without_results() -> None:
    cells = '<c r="A1"><f>1+1</f><v></v></c><c r="B1"><f>1+1</f></c><c r="C1"><f>0</f><v>0</v></c>'
    content = workbook(lambda book: book.add_worksheet().write(0, 0, 1))
    content = with_cells(saved_by_excel(content), cells)
    found = read(content).pages[0].grids[0].rows[0]
    assert [(cell.content, cell.problem) for cell in found] == [(None, NEVER)] * 2 + [(0, "")]


def test_a_formula_whose_result_is_no_text_is_blank() -> None:
    content = workbook(lambda book: book.add_worksheet().write(0, 0, 1))
    cells = '<c r="A1"><v>1</v></c><c r="B1" t="str"><f>IF(A1,"","x")</f><v></v></c>'
    assert contents(read(with_cells(saved_by_excel(content), cells)).pages[0].grids[0]) == [[1]]


def with_cells(content: bytes, cells: str, row: str = '<row r="1">', after: str = "") -> bytes:
    """A workbook whose first sheet holds these cells alone."""
    data = f"<sheetData>{row}{cells}</row></sheetData>{after}".encode()

    def change(part: bytes) -> bytes:
        return part[: part.index(b"<sheetData")] + data + part[part.index(b"</sheetData>") + 12 :]

    return replaced(content, {"xl/worksheets/sheet1.xml": change})


def test_cells_of_other_programs() -> None:
    """Cells without names, days in words, and texts in the cell itself."""
    cells = (
        "<c><v>1</v></c><c t='d'><v>2028-03-31T00:00:00</v></c><c t='d'><v>2028-13-31</v></c>"
        "<c r='F1' t='inlineStr'><is><t>in</t><rPh sb='0' eb='1'><t>no</t></rPh></is></c>"
    )
    content = workbook(lambda book: book.add_worksheet().write(0, 0, 1))
    for row in ("<row>", '<row r="1">'):
        found = read(with_cells(content, cells, row)).pages[0].grids[0].rows[0]
        assert [cell.content for cell in found] == [1, date(2028, 3, 31), None, None, "in"]
        assert [cell.spot for cell in found][-2:] == ["cell E1", "cell F1"]
        assert found[2].problem == "a day that cannot be read (2028-13-31)"


def test_a_merged_cell_of_a_sheet_stands_in_each_place_it_covers() -> None:
    def fill(made: Any) -> None:
        made.merge_range("A1:Z1", "title")
        made.merge_range("A2:A3", "down")
        made.write("B2", 1)
        made.write("C3", 2)

    found = sheet(fill).pages[0].grids[0]
    assert contents(found) == [["title"] * 3, ["down", 1, None], ["down", None, 2]]
    assert found.rows[2][0].spot == "cell A2"
    assert found.rows[2][0].address == Address(0, 0, 1, 0)


def test_hidden_sheets_are_read_and_flagged() -> None:
    def fill(book: Any) -> None:
        for name, hide in (("Shown", None), ("Hidden", "hide"), ("Very", "very_hidden")):
            made = book.add_worksheet(name)
            made.write(0, 0, name)
            if hide:
                getattr(made, hide)()

    pages = read(workbook(fill)).pages
    assert [(page.title, page.hidden, contents(page.grids[0])) for page in pages] == [
        ("Shown", False, [["Shown"]]), ("Hidden", True, [["Hidden"]]), ("Very", True, [["Very"]])
    ]  # fmt: skip


def test_hidden_and_filtered_rows_and_columns_are_read_and_noted() -> None:
    def fill(made: Any) -> None:
        for row in range(12):
            made.write_row(row, 0, [row, row, row, row])
        for row in (2, 3, 4, 7):
            made.set_row(row, None, None, {"hidden": True})
        made.set_row(50, None, None, {"hidden": True})  # blank: nothing to say
        made.set_column("B:C", None, None, {"hidden": True})

    found = sheet(fill)
    assert len(found.pages[0].grids[0].rows) == 12
    assert found.notes == (
        "Sheet Data has hidden rows (3 to 5, 8); they were read too.",
        "Sheet Data has hidden columns (B to C); they were read too.",
    )

    def filtered(made: Any) -> None:
        fill(made)
        made.autofilter("A1:D12")
        made.filter_column("A", "x > 4")

    assert sheet(filtered).notes[0] == (
        "Sheet Data has rows that a filter hides (3 to 5, 8); they were read too."
    )


def test_formats_alone_are_no_cells_and_far_cells_cost_nothing() -> None:
    def fill(book: Any) -> None:
        made, style = book.add_worksheet(), book.add_format({"bg_color": "red"})
        made.write("B2", "first")
        for row in range(200):
            made.write_blank(row, 30, None, style)
        made.write("XFD1048576", "far")

    found = read(workbook(fill)).pages[0].grids[0]
    # one blank row and column stand for all those between
    assert contents(found) == [["first", None, None], [None] * 3, [None, None, "far"]]
    assert found.rows[2][2].spot == "cell XFD1048576"
    assert found.rows[1][1].spot == "cell XFC1048575"


def test_drawings_on_sheets_are_named() -> None:
    def fill(book: Any) -> None:
        made = book.add_worksheet("Data")
        made.write(0, 0, 1)
        made.write_comment(0, 0, "Start date: 1 May")
        made.insert_textbox(5, 5, "Start date: 2 May")
        made.insert_image(9, 9, "pixel.png", {"image_data": io.BytesIO(PIXEL)})
        for at in (10, 20):
            chart = book.add_chart({"type": "line"})
            chart.add_series({"values": "=Data!$A$1:$A$1"})
            made.insert_chart(at, 5, chart)
        chart = book.add_chart({"type": "pie"})
        chart.add_series({"values": "=Data!$A$1:$A$1"})
        book.add_chartsheet("Chart").set_chart(chart)

    data, of_chart = read(workbook(fill)).pages
    assert sorted(data.unread) == ["2 charts", "a comment", "a picture", "a text box"]
    assert (of_chart.name, of_chart.unread, of_chart.grids) == ("Sheet Chart", ("a chart",), ())


def test_ten_thousand_rows_within_bounds() -> None:
    def fill(book: Any) -> None:
        made, style = book.add_worksheet("Data"), book.add_format({"num_format": 9})
        for row in range(10_000):
            made.write_row(row, 0, [f"row {row}", *range(row, row + 18)])
            made.write_number(row, 19, (row % 100) / 100, style)

    content = workbook(fill)
    found = read(content)
    rows = found.pages[0].grids[0].rows
    assert (len(rows), len(rows[0])) == (10_000, 20)
    assert [cell.content for cell in rows[-1]] == ["row 9999", *range(9_999, 10_017), 99]
    assert found.notes == ("Sheet Data is long: 10,000 rows were read.",)


@pytest.mark.parametrize(
    "places", [[(0, n) for n in range(11)], [(2 * n, 2 * n) for n in range(3)]]
)
def test_too_many_cells_is_a_sentence(
    places: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MOST_CELLS", 10)

    def fill(made: Any) -> None:
        for place in places:
            made.write(*place, 1)

    with pytest.raises(DeckError) as stop:
        sheet(fill)
    assert str(stop.value) == (
        "deck.xlsx: more than 10 cells are filled in or lie between\n"
        "  found: sheet Data\n"
        "  fix: Give a workbook that holds the answers alone, or split it."
    )


# ---- notes on a file as a whole


def test_macros_are_not_run_and_said_to_be_there() -> None:
    note = "It holds macros, which were not run."
    deck = replaced(presentation(), {"ppt/vbaProject.bin": b"\xcc\x61"})
    assert from_pptx.read_pages(deck, "deck.pptm").notes == (note,)
    book = workbook(lambda book: book.add_worksheet())
    assert read(replaced(book, {"xl/vbaProject.bin": b"\xcc\x61"})).notes == (note,)


def test_macro_enabled_kinds_are_read(tmp_path: Path) -> None:
    for name, content, part, old, new in (
        ("deck.pptm", presentation(), "presentation",
         b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
         b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"),
        ("deck.xlsm", workbook(lambda book: book.add_worksheet("Data")), "workbook",
         b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
         b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
    ):  # fmt: skip
        changed = replaced(
            content, {"[Content_Types].xml": lambda x, a=old, b=new: x.replace(a, b)}
        )
        assert changed != content, part
        (tmp_path / name).write_bytes(changed)
        assert len(read_pages(tmp_path / name).pages) == 1


REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_relation(
    content: bytes, part: str, kind: str, target: str, mode: str = "External"
) -> bytes:
    """A package one part of which refers to something more."""
    more = f'<Relationship Id="rId99" Type="{REL}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    end = b"</Relationships>"
    return replaced(content, {part: lambda rels: rels.replace(end, more.encode() + end)})


@pytest.mark.parametrize("kind", ["image", "video", "oleObject", "slideMaster"])
def test_links_are_not_followed_and_said_to_be_there(kind: str) -> None:
    rels = "ppt/slides/_rels/slide1.xml.rels"
    for target in ("https://example.org/a.png", "file:///etc/passwd", "\\\\server\\share\\a.png"):
        found = from_pptx.read_pages(with_relation(presentation(), rels, kind, target), "deck.pptx")
        assert found.notes == (
            "It links to pictures, sounds, films or data in other files, which were not opened.",
        )


def test_a_link_that_people_click_is_nothing_to_note() -> None:
    rels = "ppt/slides/_rels/slide1.xml.rels"
    content = with_relation(presentation(), rels, "hyperlink", "https://example.org")
    assert from_pptx.read_pages(content, "deck.pptx").notes == ()


def test_values_from_other_workbooks_are_noted() -> None:
    content = workbook(lambda book: book.add_worksheet())
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="' + REL.encode() + b'/externalLinkPath" Target="b.xlsx" '
        b'TargetMode="External"/></Relationships>'
    )
    links = "xl/externalLinks"
    content = replaced(
        content,
        {
            f"{links}/externalLink1.xml": b"<externalLink/>",
            f"{links}/_rels/externalLink1.xml.rels": rels,
            "xl/connections.xml": b"<connections/>",
        },
    )
    other_books, queries = read(content).notes
    assert other_books == (
        "It takes values from other workbooks, which were not opened: they are as they were last "
        "saved."
    )
    assert queries == (
        "It takes data from elsewhere, which was not fetched: it is as it was last saved."
    )


def test_embedded_files_are_noted_but_not_the_numbers_of_charts() -> None:
    assert from_pptx.read_pages(rich_presentation(), "deck.pptx").notes == ()

    def fill(made: Any) -> None:
        book = io.BytesIO(workbook(lambda book: book.add_worksheet()))
        made.slides[0].shapes.add_ole_object(book, "Excel.Sheet.12", Inches(1), Inches(1))

    found = from_pptx.read_pages(presentation(fill), "deck.pptx")
    assert found.notes == ("It holds other files inside, which were not opened.",)
    assert found.pages[0].unread == ("an embedded object",)


# ---- by way of LibreOffice


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A presentation and a workbook that LibreOffice read and saved again."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("converted")

    def fill(book: Any) -> None:
        made = book.add_worksheet("Finance")
        made.merge_range("A1:B1", "Finance")
        made.write_number("A2", 0.44, book.add_format({"num_format": "0%"}))
        made.write_datetime("B2", date(2028, 3, 31), book.add_format({"num_format": "d mmm yyyy"}))
        made.write_row("A3", [True, 0.1])
        made.write_formula("A4", "=1/0", None, "#DIV/0!")
        made.write("B4", "£1,240,000")
        made.set_row(2, None, None, {"hidden": True})
        made.set_column("B:B", None, None, {"hidden": True})
        other = book.add_worksheet("Other")
        other.write(0, 0, "x")
        other.hide()

    (folder / "deck.pptx").write_bytes(rich_presentation())
    (folder / "deck.xlsx").write_bytes(workbook(fill))
    for ending, name in (("pptx", "deck.pptx"), ("xlsx", "deck.xlsx"), ("xls", "deck.xlsx")):
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile",
             "--convert-to", ending, "--outdir", folder / "out", folder / name],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    return folder


def test_a_presentation_survives_libreoffice(converted: Path) -> None:
    before, after = (read_pages(converted / at / "deck.pptx").pages for at in (".", "out"))
    for old, new in zip(before, after, strict=True):
        assert (old.name, old.title, old.hidden, old.unread) == (
            new.name, new.title, new.hidden, new.unread
        )  # fmt: skip
        assert [(grid.name, grid.label, contents(grid)) for grid in old.grids] == [
            (grid.name, grid.label, contents(grid)) for grid in new.grids
        ]
        assert texts(old) == texts(new)


@pytest.mark.parametrize("ending", ["xlsx", "xls"])
def test_a_workbook_survives_libreoffice(converted: Path, ending: str) -> None:
    before, after = (read_pages(converted / at) for at in ("deck.xlsx", f"out/deck.{ending}"))
    assert before.notes == after.notes
    assert before.pages == after.pages


def test_an_old_workbook_may_be_called_xlsx(converted: Path) -> None:
    content = (converted / "out" / "deck.xls").read_bytes()
    assert from_xlsx.read_pages(content, "deck.xlsx").pages[0].title == "Finance"
