"""What people write for each type of fact, what it is understood as, and how it is shown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.days import NotUnderstood, move, parse_day, parse_period
from engine.errors import Place
from engine.model.conditions import Period
from engine.model.document import Document
from engine.model.vocabulary import FactSpec, FactType, Vocabulary
from engine.parse.deck import parse_deck
from engine.showing import canonical, join_words, show_period, show_value
from engine.values import LARGEST, is_missing, parse_value

KINDS = {"a": "an apple", "b": "a banana", "none": "no fruit"}


def fact(type_: FactType, **more: Any) -> FactSpec:
    values = KINDS if type_ in ("choice", "choices") else {}
    return FactSpec("s.x", type_, "thing", "?", "s", Place("facts.yaml", 1), values=values, **more)


def read(type_: FactType, written: object) -> object:
    return parse_value(fact(type_), written)


def show(type_: FactType, value: Any) -> str:
    return show_value(fact(type_), value)


# ---- money: whole pence


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (500_000, "£500,000"),
        ("500000", "£500,000"),
        ("£500,000", "£500,000"),
        ("£500k", "£500,000"),
        ("500K", "£500,000"),
        ("£ 500 thousand", "£500,000"),
        ("£0.6m", "£600,000"),
        ("£1.24 million", "£1,240,000"),
        ("1.24m", "£1,240,000"),
        ("£2mn", "£2,000,000"),
        ("£1.5bn", "£1,500,000,000"),
        ("£3 billion", "£3,000,000,000"),
        ("£1,240,000.50", "£1,240,000.50"),
        (Decimal("0.05"), "£0.05"),
        ("£12.5", "£12.50"),
        (0, "£0"),
        ("-£5k", "-£5,000"),
        ("£-5k", "-£5,000"),
        ("−£5.01", "-£5.01"),
        (Decimal("-0.01"), "-£0.01"),
        (LARGEST, "£1,000,000,000,000"),
        ("£0.00001m", "£10"),
        ("£0.640m", "£640,000"),
        ("640.00", "£640"),
    ],
)
def test_money_is_read_as_people_write_it(written: object, shown: str) -> None:
    assert show("money", read("money", written)) == shown


@pytest.mark.parametrize(
    "written",
    ["five", "£", "", "k", "5 pounds", "€5", "$5", "5 GBP", "1,00", "1,0000", "1.000,00", "1 000",
     "~£5k", "£5k-£6k", "£5k pa", "--5", "£5kk", "1e3", "0x10", "½", "NaN", "Infinity", "+5",
     True, False, [5], {"a": 5}, date(2026, 1, 1), Decimal("NaN"), Decimal("Infinity"),
     Decimal("0.001"), "£1.234", "£640.000", Decimal("640.000"), LARGEST + 1,
     "£1000.1bn", Decimal("1e400"), "9" * 5000],
)  # fmt: skip
def test_money_that_could_mean_something_else_is_refused(written: object) -> None:
    with pytest.raises(NotUnderstood, match=r"an amount such as 500000, £500,000, £500k or £1\.24"):
        read("money", written)


@given(st.integers(-(10**14), 10**14))
def test_money_that_is_shown_is_read_again(pence: int) -> None:
    assert read("money", show("money", pence)) == pence
    assert read("money", canonical(fact("money"), pence)) == pence


# ---- numbers


@pytest.mark.parametrize(
    ("type_", "written", "value", "shown"),
    [
        ("integer", 12, 12, "12"),
        ("integer", "1,200", 1200, "1,200"),
        ("integer", "2k", 2000, "2,000"),
        ("integer", Decimal("3.0"), 3, "3"),
        ("integer", "-7", -7, "-7"),
        ("number", Decimal("0.5"), Decimal("0.5"), "0.5"),
        ("number", "1.5 million", Decimal(1_500_000), "1,500,000"),
        ("number", 1000, Decimal(1000), "1,000"),
        ("number", "12.3456", Decimal("12.3456"), "12.3456"),
        ("percentage", "70%", Decimal(70), "70%"),
        ("percentage", "70 %", Decimal(70), "70%"),
        ("percentage", 70, Decimal(70), "70%"),
        ("percentage", Decimal("3.5"), Decimal("3.5"), "3.5%"),
        ("percentage", "0%", Decimal(0), "0%"),
    ],
)
def test_numbers_are_read_as_people_write_them(
    type_: FactType, written: object, value: object, shown: str
) -> None:
    found = read(type_, written)
    assert found == value
    assert show(type_, found) == shown


@pytest.mark.parametrize(
    ("type_", "written", "expected"),
    [
        ("integer", "9.5", "a whole number such as 12 or 1,200"),
        ("integer", "nine", "a whole number such as 12 or 1,200"),
        ("integer", True, "a whole number such as 12 or 1,200"),
        ("integer", "£5", "a whole number such as 12 or 1,200"),
        ("integer", "1.200", "a whole number such as 12 or 1,200"),
        ("integer", Decimal("1.200"), "a whole number such as 12 or 1,200"),
        ("integer", "9-10", "a whole number such as 12 or 1,200"),
        ("number", Decimal("0.00001"), "a number such as 12 or 0.5, with at most 4 decimal places"),
        ("number", "12%", "a number such as 12 or 0.5"),
        ("percentage", "%70", "a percentage such as 70 or 70%"),
        ("percentage", "70%%", "a percentage such as 70 or 70%"),
        ("percentage", "most", "a percentage such as 70 or 70%"),
    ],
)
def test_what_is_no_number_says_what_is(type_: FactType, written: object, expected: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read(type_, written)
    assert refused.value.expected == expected


@given(st.decimals(-(10**12), 10**12, places=4))
def test_numbers_that_are_shown_are_read_again(number: Decimal) -> None:
    assert read("number", show("number", number)) == number
    assert read("percentage", show("percentage", number)) == number


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_that_are_shown_are_read_again(number: int) -> None:
    assert read("integer", show("integer", number)) == number


@pytest.mark.parametrize(
    ("least", "most", "written", "expected"),
    [
        (0, None, -1, "£0 or more"),
        (None, 10_000_00, "£10,000.01", "£10,000 or less"),
        (0, 10_000_00, 0, None),
        (0, 10_000_00, "£10k", None),
    ],
)
def test_bounds_count_as_allowed(
    least: int | None, most: int | None, written: object, expected: str | None
) -> None:
    spec = fact("money", minimum=least, maximum=most)
    if expected is None:
        assert isinstance(parse_value(spec, written), int)
        return
    with pytest.raises(NotUnderstood) as refused:
        parse_value(spec, written)
    assert refused.value.expected == expected


# ---- dates


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2028-03-31", date(2028, 3, 31)),
        ("2028-3-1", date(2028, 3, 1)),
        ("2028-03-31T00:00:00", date(2028, 3, 31)),
        ("31/03/2028", date(2028, 3, 31)),
        ("1/3/2028", date(2028, 3, 1)),
        ("03/04/2028", date(2028, 4, 3)),  # the day comes first, always
        ("12.11.2028", date(2028, 11, 12)),
        ("31-03-2028", date(2028, 3, 31)),
        ("31 March 2028", date(2028, 3, 31)),
        ("31 march, 2028", date(2028, 3, 31)),
        ("1st Mar 2028", date(2028, 3, 1)),
        ("2nd Sept. 2028", date(2028, 9, 2)),
        ("29 February 2028", date(2028, 2, 29)),
        ("  31   March   2028 ", date(2028, 3, 31)),
        ("March 2028", date(2028, 3, 31)),
        ("Feb 2028", date(2028, 2, 29)),
        ("Q4 2027", date(2027, 12, 31)),
        ("q1 2028", date(2028, 3, 31)),
        ("Q1 2027/28", date(2027, 6, 30)),  # of the financial year, which begins in April
        ("Q4 2027-28", date(2028, 3, 31)),
        ("Q4 2027/2028", date(2028, 3, 31)),
        (date(2028, 3, 31), date(2028, 3, 31)),
    ],
)
def test_dates_are_read_as_people_write_them(written: str, day: date) -> None:
    assert parse_day(written) == day
    assert read("date", written) == day


@pytest.mark.parametrize(
    "written",
    ["2028-02-30", "31/04/2028", "29 February 2027", "0/1/2028", "2028-13-01", "11/23/2028",
     "1 Smarch 2028", "Q4 2027/29", "0000-01-01"],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_refused(written: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse_day(written)
    assert refused.value.expected == (
        "a day that exists, such as 2028-03-31, 31/03/2028, 31 March 2028, March 2028 or Q4 2027"
    )
    assert (refused.value.fix != "") is (written == "11/23/2028")


@pytest.mark.parametrize(
    "written",
    ["soon", "2028", "31/03/28", "31/03", "31 March", "March", "Q4", "Q5 2027", "next Tuesday",
     "2028-03-31T12:30", "31/03-2028", "20280331", "", "2027/28", 2028, True, [2028], 46477.0],
)  # fmt: skip
def test_what_is_no_date_says_what_is(written: Any) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse_day(written)
    assert refused.value.expected == (
        "a date such as 2028-03-31, 31/03/2028, 31 March 2028, March 2028 or Q4 2027"
    )


@given(st.dates(min_value=date(1000, 1, 1)))
def test_dates_that_are_shown_are_read_again(day: date) -> None:
    assert read("date", show("date", day)) == day
    assert read("date", canonical(fact("date"), day)) == day
    assert read("date", f"{day.day}/{day.month}/{day.year}") == day


def test_dates_are_shown_in_words() -> None:
    assert show("date", date(2026, 11, 21)) == "21 November 2026"
    assert show("date", date(2026, 3, 1)) == "1 March 2026"


# ---- periods


@pytest.mark.parametrize(
    ("written", "period", "shown"),
    [
        ("31 days", Period(31, "days"), "31 days"),
        ("1 day", Period(1, "days"), "1 day"),
        ("2 weeks", Period(2, "weeks"), "2 weeks"),
        ("1 month", Period(1, "months"), "1 month"),
        ("12 Months", Period(12, "months"), "12 months"),
        ("1 year", Period(1, "years"), "1 year"),
        ("-3 months", Period(-3, "months"), "-3 months"),
    ],
)
def test_periods(written: str, period: Period, shown: str) -> None:
    assert parse_period(written) == period
    assert show_period(period) == shown


@pytest.mark.parametrize("written", ["soon", "3", 3, "3 fortnights", "a month", "1.5 years", None])
def test_what_is_no_period_says_what_is(written: object) -> None:
    with pytest.raises(NotUnderstood, match='a period such as "5 days", "3 months" or "2 years"'):
        parse_period(written)


@pytest.mark.parametrize(
    ("day", "period", "moved"),
    [
        (date(2027, 1, 31), Period(1, "months"), date(2027, 2, 28)),
        (date(2027, 12, 31), Period(2, "months"), date(2028, 2, 29)),
        (date(2028, 2, 29), Period(1, "years"), date(2029, 2, 28)),
        (date(2027, 3, 31), Period(-1, "months"), date(2027, 2, 28)),
        (date(2027, 1, 1), Period(-1, "days"), date(2026, 12, 31)),
        (date(2027, 1, 1), Period(2, "weeks"), date(2027, 1, 15)),
        (date(1, 1, 1), Period(-5, "years"), date(1, 1, 1)),
        (date(9999, 12, 31), Period(99999, "days"), date(9999, 12, 31)),
        (date(9999, 12, 1), Period(1, "months"), date(9999, 12, 31)),
    ],
)
def test_days_are_moved_and_never_fall_off_the_calendar(
    day: date, period: Period, moved: date
) -> None:
    assert move(day, period) == moved


# ---- yes and no, choices, text


@pytest.mark.parametrize("written", [True, "yes", "Yes", " YES ", "y", "true", "True"])
def test_yes(written: object) -> None:
    assert read("yes_no", written) is True


@pytest.mark.parametrize("written", [False, "no", "No", "NO", "n", "false"])
def test_no(written: object) -> None:
    assert read("yes_no", written) is False


@pytest.mark.parametrize("written", [1, 0, "1", "on", "off", "maybe", "x", "yep", [True], "✓"])
def test_neither_yes_nor_no(written: object) -> None:
    with pytest.raises(NotUnderstood, match="yes or no"):
        read("yes_no", written)


def test_yes_and_no_are_shown_in_words() -> None:
    assert [show("yes_no", value) for value in (True, False)] == ["yes", "no"]


@pytest.mark.parametrize("written", ["a", "A", " a ", "an apple", "An Apple"])
def test_a_choice_by_its_id_or_its_words(written: str) -> None:
    assert read("choice", written) == "a"
    assert show("choice", "a") == "an apple"


def test_an_id_comes_before_the_words_of_another_value() -> None:
    values = {"a": "b", "b": "a"}
    spec = FactSpec("s.x", "choice", "x", "?", "s", Place("facts.yaml"), values=values)
    assert [parse_value(spec, value) for value in ("a", "b")] == ["a", "b"]


def test_an_unknown_choice_is_told_all_and_the_nearest() -> None:
    with pytest.raises(NotUnderstood) as refused:
        read("choice", "nonne")
    assert (refused.value.expected, refused.value.fix) == (
        "one of: a, b, none",
        "Did you mean none?",
    )


@pytest.mark.parametrize(
    ("written", "value", "shown"),
    [
        (["a", "b"], frozenset("ab"), "an apple and a banana"),
        ("b, a", frozenset("ab"), "an apple and a banana"),
        ("a banana", frozenset("b"), "a banana"),
        (["a", "a", None, "TBC"], frozenset("a"), "an apple"),
        ([], frozenset(), "none of them"),
        (["a", "b", "none"], frozenset({"a", "b", "none"}), "an apple, a banana and no fruit"),
    ],
)
def test_several_choices(written: object, value: frozenset[str], shown: str) -> None:
    assert read("choices", written) == value
    assert show("choices", value) == shown


@pytest.mark.parametrize("written", ["a, c", ["a", ["b"]], {"a": "b"}, 3])
def test_several_choices_are_all_known(written: object) -> None:
    with pytest.raises(NotUnderstood, match="one of: a, b, none"):
        read("choices", written)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("  Repairs ", "Repairs"),
        ("a\x1b[31mb\x07", "a [31mb"),
        ("one\ntwo", "one\ntwo"),
        (12, "12"),
        (Decimal("1.50"), "1.50"),
        (True, "yes"),
        (False, "no"),
        ("{x} %s $y", "{x} %s $y"),
    ],
)
def test_text(written: object, text: str) -> None:
    assert read("text", written) == text
    assert show("text", text) == text


@pytest.mark.parametrize("written", [["a"], {"a": 1}, "x" * 20_001])
def test_what_is_no_text(written: object) -> None:
    with pytest.raises(NotUnderstood, match="text"):
        read("text", written)


# ---- missing, joined, echoed


@pytest.mark.parametrize(
    "written",
    [None, "", "  ", "TBC", "tbc", "TBD", "n/a", "N/A", "na", "-", "–", "—", "?", "Unknown",
     "not known", "none given", " TBC "],
)  # fmt: skip
def test_what_stands_for_missing(written: object) -> None:
    assert is_missing(written)


@pytest.mark.parametrize(
    "written", ["none", "no", "0", 0, False, [], {}, "nil", "x", "not applicable"]
)
def test_what_is_an_answer(written: object) -> None:
    assert not is_missing(written)


def test_words_are_joined() -> None:
    assert join_words([]) == ""
    assert join_words(["a"]) == "a"
    assert join_words(["a", "b"]) == "a and b"
    assert join_words(["a", "b", "c"], "or") == "a, b or c"


def words() -> Vocabulary:
    specs = {
        f"s.{type_}": FactSpec(f"s.{type_}", type_, type_, "?", "s", Place("facts.yaml"))
        for type_ in ("money", "date", "integer", "percentage", "yes_no", "text")
    }
    return Vocabulary({"s": "S"}, specs, {}, {}, {}, {})


@pytest.mark.parametrize(
    ("key", "written", "understood", "exact"),
    [
        ("money", "£1.24 million", "£1,240,000", True),
        ("money", "500k", "£500,000", True),
        ("date", "03/04/2028", "3 April 2028", True),
        ("date", "Q4 2027", "31 December 2027", False),
        ("date", "March 2028", "31 March 2028", False),
    ],
)
def test_what_could_be_read_in_two_ways_is_echoed(
    key: str, written: str, understood: str, exact: bool
) -> None:
    deck = parse_deck(Document("deck.yaml", {"s": {key: written}}, {("s", key): 7}), words())
    (reading,) = deck.readings
    assert (reading.fact, reading.written, reading.understood) == (key, written, understood)
    assert (reading.exact, reading.place) == (exact, Place("deck.yaml", 7))


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("money", 500_000),
        ("money", "£500,000"),
        ("money", "500000.00"),
        ("date", "2028-03-31"),
        ("date", "31 March 2028"),
        ("integer", "1,200"),
        ("percentage", "70%"),
        ("yes_no", "y"),
        ("text", "Q4 2027"),
        ("money", "TBC"),
    ],
)
def test_what_can_be_read_in_one_way_is_not_echoed(key: str, written: object) -> None:
    deck = parse_deck(Document("deck.yaml", {"s": {key: written}}, {}), words())
    assert deck.readings == ()
