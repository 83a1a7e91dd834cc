"""What pages are understood to say: the template as it stands, the rest as surely as it may be."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import pages, sheet, slide, table

from engine import DeckError, Vocabulary, load_rulebook, parse_deck, shipped_rules, understand
from engine.model.deck import Deck
from engine.model.pages import Content, Page, Pages
from engine.model.understood import CERTAIN_ENOUGH, Understood
from engine.understanding.words import normal


@cache
def vocabulary() -> Vocabulary:
    return load_rulebook(shipped_rules(), cases=False).vocabulary


def read(*them: Page, notes: tuple[str, ...] = ()) -> Understood:
    return understand(pages(*them, notes=notes), vocabulary())


def deck(*them: Page) -> Deck:
    return parse_deck(read(*them).document, vocabulary())


def beside(label: str, value: Content, title: str = "Financial case") -> Understood:
    """A label with its value beside it, in a table that has others."""
    rows = (("Capital cost", "£1"), ("Revenue cost", "£1"), (label, value))
    return read(slide(1, title, table(*rows)))


def used(found: Understood, fact: str) -> Any:
    return (found.document.data or {}).get(fact)


def asked(found: Understood, fact: str) -> list[tuple[Content, int, str]]:
    return [
        (each.content, each.confidence, each.because)
        for each in found.found
        if each.fact == fact and not each.used
    ]


def notes(found: Understood) -> list[str]:
    return [note.text for note in found.document.notes]


# ---- the template


def test_slides_of_the_template_count_as_they_stand() -> None:
    facts = table(
        ("What", "Answer"),
        ("Whole-life cost\nWhat will it cost?", "£1,240,000"),
        ("Contingency", "TBC"),
        ("funding of the running cost", "agreed"),
        name="gatewise facts finance",
    )
    benefits = table(
        ("Description", "Baseline", "Target"),
        ("Fewer calls", "12,400", "TBC"),
        ("", "", ""),
        ("TBC", "", "3"),
        name="gatewise list benefits 2",
        shape=3,
    )
    contracts = table(
        ("", "Contract 3", "Contract 4"),
        ("Contract", "Hosting", ""),
        ("VAT rate", "20%", ""),
        name="gatewise cards contracts",
        shape=4,
    )
    found = read(slide(4, "", facts), slide(5, "", benefits), slide(6, "", contracts))
    told = parse_deck(found.document, vocabulary())
    assert told.values == {
        "finance.whole_life_cost": 124_000_000,
        "finance.run_funding_status": "agreed",
    }
    assert [item.values for item in told.lists["benefits"]] == [
        {"description": "Fewer calls", "baseline": Decimal(12400)},
        {"target": Decimal(3)},
    ]
    assert [item.values for item in told.lists["contracts"]] == [
        {"title": "Hosting", "vat_rate": Decimal(20)}
    ]
    assert [each.confidence for each in found.found] == [100] * len(found.found)
    where = found.document.spots
    assert where["finance.whole_life_cost",] == "Slide 4, financial case table, whole-life cost"
    assert where["benefits", 1, "target"] == "Slide 5, benefits table, row 3, target"
    assert where["contracts", 0, "vat_rate"] == "Slide 6, contracts table, contract 3, VAT rate"
    assert found.left == ()


def test_a_list_of_the_template_may_be_said_to_be_empty() -> None:
    heads = ("Description", "Baseline")
    none = table(heads, ("None", ""), ("", ""), name="gatewise list benefits")
    blank = table(("Risk", "Likelihood"), ("", ""), name="gatewise list risks", shape=3)
    told = deck(slide(1, "", none, blank))
    assert told.lists == {"benefits": ()}


def test_a_value_of_the_template_that_cannot_be_read_is_an_error_with_its_place() -> None:
    facts = table(("What", "Answer"), ("Capital cost", "lots"), name="gatewise facts finance")
    with pytest.raises(DeckError, match=r"Slide 7, financial case table, capital cost"):
        deck(slide(7, "", facts))


def test_several_values_in_one_cell_are_parted() -> None:
    facts = table(
        ("What", "Answer"), ("channels", "online; face to face"), name="gatewise facts service"
    )
    assert deck(slide(1, "", facts)).values == {
        "service.channels": frozenset({"online", "face_to_face"})
    }
    plan = sheet(
        "Milestones",
        ("milestones.title", "milestones.depends_on"),
        ("Milestone", "Milestones it depends on"),
        ("A", "B, c;"),
        ("D", "None"),
        ("E", "F, G"),
    )
    told = [item.values.get("depends_on") for item in deck(plan).lists["milestones"]]
    assert told == [frozenset({"B, c"}), frozenset(), frozenset({"F", "G"})]


def test_a_workbook_of_the_template_counts_as_it_stands() -> None:
    facts = sheet(
        "Finance",
        ("Name", "What", "Answer", "Question"),
        ("finance.whole_life_cost", "Whole-life cost", 1240000, "Capital cost"),
        ("finance.share_spent", "Share", 44, ""),
        ("finance.capital", "Capital cost", None, "How much of the cost is capital?"),
        ("finance.revenue", "Revenue cost", "!a formula that was never worked out", ""),
    )
    found = read(facts)
    assert found.document.data == {"finance.whole_life_cost": 1240000, "finance.share_spent": 44}
    assert found.document.spots["finance.share_spent",] == "Sheet Finance, cell C3"
    assert notes(found) == ["Nothing was read from cell C5: a formula that was never worked out."]


def test_the_same_answer_twice_counts_once() -> None:
    def facts(answer: str, shape: int) -> Any:
        rows = (("What", "Answer"), ("Capital cost", answer))
        return table(*rows, name="gatewise facts finance", shape=shape)

    twice = read(slide(1, "", facts("£500k", 2)), slide(2, "", facts("500,000", 3)))
    assert twice.document.data == {"finance.capital": "£500k"}
    assert notes(twice) == ["An answer is given twice and alike, and counts once."]
    other = read(slide(1, "", facts("£500k", 2)), slide(2, "", facts("£600k", 3)))
    (problem,) = other.document.problems
    assert problem.place.where == "Slide 2, financial case table, capital cost"
    assert "Slide 1, financial case table, capital cost" in problem.found


def test_items_of_a_copied_slide_count_once() -> None:
    def risks(*rows: tuple[str, str], shape: int) -> Any:
        return table(("Risk", "Likelihood"), *rows, name="gatewise list risks", shape=shape)

    first = slide(1, "", risks(("Fire", "2"), ("Fire", "3"), shape=2))
    copy = slide(2, "", risks(("Fire", "2"), ("Flood", "4"), shape=3))
    told = parse_deck(read(first, copy).document, vocabulary()).lists["risks"]
    assert [item.values["title"] for item in told] == ["Fire", "Fire", "Flood"]
    changed = slide(2, "", risks(("Fire", "5"), shape=3))
    assert [each.message for each in read(first, changed).document.problems] == [
        "likelihood has two answers"
    ]


# ---- labels


@pytest.mark.parametrize(
    "label",
    [
        "Whole-life cost",
        "WHOLE LIFE COSTS:",
        "3.1 The whole-life cost",
        "Whole life cost (WLC)",
        "WLC",
        "What will the work cost over its whole life, to build and to run?",
        "finance.whole_life_cost",
        "Whole-life cost (£)",
    ],
)
def test_words_for_a_fact_lead_to_it(label: str) -> None:
    assert used(beside(label, "£2m"), "finance.whole_life_cost") == "£2m"


@pytest.mark.parametrize(
    "label",
    [
        "Whole-live cost",  # a letter differs
        "Whole-life cost (option B)",
        "Whole-life cost (excluding VAT)",
        "Previous whole-life cost",
        "Whole-life cost of the programme",
        "Not the whole-life cost",
        "Cost",
    ],
)
def test_words_that_are_only_close_do_not(label: str) -> None:
    assert used(beside(label, "£2m"), "finance.whole_life_cost") is None


def test_two_facts_that_fit_equally_well_are_both_named() -> None:
    found = beside("Budget", "£2m", "Money matters")
    names = {each.fact for each in found.found if not each.used}
    assert {"finance.approved_budget", "finance.planned_budget"} <= names
    ((_, confidence, because),) = asked(found, "finance.approved_budget")
    assert confidence == 50
    assert "planned budget" in because


def test_other_names_need_their_surroundings() -> None:
    alone = read(slide(1, "Thoughts", boxes=[["WLC: £2m"]]))
    assert used(alone, "finance.whole_life_cost") is None
    assert asked(alone, "finance.whole_life_cost")[0][1] == 75
    at_home = read(slide(1, "Costs and funding", boxes=[["WLC: £2m"]]))
    assert used(at_home, "finance.whole_life_cost") == "£2m"


@pytest.mark.parametrize(
    ("title", "doubted"),
    [
        ("Financial case", False),
        ("Finance: parent programme", True),
        ("Finance: Option 2", True),
        ("Finance in the last year", True),
        ("Finance: do nothing", True),
        ("Alpha finance", True),
        ("Finance 2026/27", True),
    ],
)
def test_titles_that_speak_of_something_else_cast_doubt(title: str, doubted: bool) -> None:
    found = beside("Whole-life cost", "£2m", title)
    assert (used(found, "finance.whole_life_cost") is None) == doubted


def test_no_name_means_two_facts_without_something_to_tell_them_apart() -> None:
    """In one section, and in one list, each name means one fact; in two, the titles tell."""
    spaces: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for spec in vocabulary().stated():
        for words in (spec.label, *spec.also_called):
            spaces[spec.section][normal(words)].add(spec.name)
    for name, listed in vocabulary().lists.items():
        for key, fact in listed.facts.items():
            for words in (fact.label, *fact.also_called):
                spaces[f"list {name}"][normal(words)].add(key)
    for titles in (
        vocabulary().section_names,
        {n: x.also_called for n, x in vocabulary().lists.items()},
    ):
        assert all(normal(words) for names in titles.values() for words in names)
    assert {
        (space, words): facts
        for space, names in spaces.items()
        for words, facts in names.items()
        if len(facts) > 1
    } == {}


def test_lists_do_not_share_their_titles() -> None:
    titles = {
        name: {normal(words) for words in (listed.title, *listed.also_called)}
        for name, listed in vocabulary().lists.items()
    }
    shared = {(a, b): titles[a] & titles[b] for a, b in combinations(titles, 2)}
    assert {pair: words for pair, words in shared.items() if words} == {}


# ---- values


@pytest.mark.parametrize(
    ("label", "value", "taken"),
    [
        ("Whole-life cost (£m)", "12.5", "£12.5m"),
        ("Whole-life cost £m", Decimal("12.5"), "£12.5m"),
        ("Whole-life cost (£000s)", 1240, "£1240k"),
        ("Whole-life cost (£k)", "1,240", "£1240k"),
        ("Whole-life cost (£)", 1240000, Decimal(1240000)),
        ("Whole-life cost (£k)", "£1.24m", "£1.24m"),
        ("Whole-life cost (£m)", "£12.5", None),
        ("Whole-life cost (%)", "12.5", None),
        ("Whole-life cost", "12.5", None),
        ("Whole-life cost", 1240000, None),
        ("Whole-life cost", "about £2m", None),
        ("Whole-life cost", "£1m to £2m", None),
        ("Whole-life cost", "£2.000", None),
        ("Whole-life cost (£k)", "12,5", None),
        ("Whole-life cost (£k a year)", "12", None),
    ],
)
def test_units_are_honoured_or_the_value_waits(label: str, value: Content, taken: Content) -> None:
    assert used(beside(label, value), "finance.whole_life_cost") == taken


@given(
    st.decimals(0, 9999, places=1),
    st.sampled_from(["£", "£k", "£000", "£m", "£ million", "£bn", "", "%", "excl. VAT", "€k"]),
    st.sampled_from(["£", "£k", "£m", "", "Amount", "2026/27"]),
    st.sampled_from(["Financial case", "Financial case (£k)", "Finance (£m)"]),
    st.sampled_from(["", "£"]),
)
def test_an_amount_is_never_used_at_another_scale(
    number: Decimal, unit: str, heading: str, title: str, sign: str
) -> None:
    """The nearest unit decides; where there is none, or a second one, the value waits."""
    scales = {"£": 1, "£k": 10**3, "£000": 10**3, "£m": 10**6, "£ million": 10**6, "£bn": 10**9}
    label = f"Whole-life cost ({unit})" if unit else "Whole-life cost"
    content: Content = f"{sign}{number}" if sign else number
    rows = (("Item", heading or "Value"), ("Capital cost", "£1"), (label, content))
    found = read(slide(1, title, table(*rows)))
    value = parse_deck(found.document, vocabulary()).values.get("finance.whole_life_cost")
    near = [scales[each] for each in (unit, heading) if each in scales]
    far = [10**3] if "(£k)" in title else [10**6] if "(£m)" in title else []
    scale = (near or far or [0])[0]
    assert value in (None, int(number * scale * 100), *([int(number * 100)] if sign else []))
    if sign and value is not None:
        assert scale in (0, 1)


@pytest.mark.parametrize(
    ("written", "understood", "is_used"),
    [
        ("03/04/2027", date(2027, 4, 3), True),
        (date(2027, 4, 3), date(2027, 4, 3), True),
        ("3 April 2027", date(2027, 4, 3), True),
        ("April 2027", date(2027, 4, 30), True),
        ("03/04/27", date(2027, 4, 3), False),
        ("3 Apr 27", date(2027, 4, 3), False),
        ("Apr-27", date(2027, 4, 30), False),
        ("Q4 2027", date(2027, 12, 31), False),
        ("04/13/2027", None, False),
        ("spring 2027", None, False),
        (date(1900, 1, 1), date(1900, 1, 1), False),
    ],
)
def test_days(written: Content, understood: date | None, is_used: bool) -> None:
    found = read(slide(1, "The project", table(("Team size", "3"), ("Start date", written))))
    told = parse_deck(found.document, vocabulary()).values.get("project.start_date")
    assert told == (understood if is_used else None)
    if not is_used:
        ((content, confidence, _),) = asked(found, "project.start_date")
        assert confidence < CERTAIN_ENOUGH
        assert content is not None


@pytest.mark.parametrize("word", ["TBC", "tbd with members", "n/a", "-", "[insert date]", "£xxx"])
def test_words_for_missing_are_no_values(word: str) -> None:
    found = beside("Whole-life cost", word)
    assert "finance.whole_life_cost" not in {each.fact for each in found.found}


def test_what_sends_the_reader_elsewhere_is_no_answer() -> None:
    found = read(slide(1, "Strategic case", boxes=[["Problem statement: see annex B"]]))
    assert used(found, "strategic.problem_statement") is None


def test_what_decides_the_rules_waits_for_somebody() -> None:
    found = read(slide(1, "The gate", table(("Gate asked for", "alpha_beta"), ("Board date", "x"))))
    assert used(found, "gate.requested") is None
    assert asked(found, "gate.requested")[0][0] == "alpha_beta"


@pytest.mark.parametrize(
    ("answer", "value", "is_used"),
    [("Yes", "Yes", True), ("Jane Exampleton", True, False), ("Vacant", False, False)],
)
def test_a_person_is_no_answer(answer: str, value: Content, is_used: bool) -> None:
    found = read(slide(1, "Roles", table(("Sponsor", answer), ("Technical lead", "TBC"))))
    (told,) = [each for each in found.found if each.fact == "roles.sponsor.filled"]
    assert told.used == is_used
    assert told.content in (value, str(value).casefold())
    assert "Exampleton" not in repr(found)


def test_a_value_of_the_wrong_kind_is_listed_with_what_is_accepted() -> None:
    ((content, _, because),) = asked(beside("Outturn", "lots"), "finance.outturn")
    assert content == "lots"
    assert "£500k" in because


# ---- tables


def test_several_values_beside_a_label_wait() -> None:
    rows = (
        ("Item", "Approved", "Forecast"),
        ("Capital cost", "£1m", "£2m"),
        ("Revenue cost", "£1m", "£3m"),
    )
    found = read(slide(1, "Financial case", table(*rows)))
    assert found.document.data == {}
    assert asked(found, "finance.capital")


def test_the_column_of_this_period_is_taken() -> None:
    rows = (
        ("", "Last period", "This period"),
        ("Overall rating", "Red", "Green"),
        ("Cost rating", "Red", "Amber"),
    )
    found = read(slide(1, "Status", table(*rows)))
    assert found.document.data == {"status.rag.overall": "green", "status.rag.cost": "amber"}


def test_a_table_of_several_projects_is_not_one_of_them() -> None:
    rows = (("Project title", "Start date"), ("A", "1 May 2026"), ("B", "2 May 2026"))
    assert read(slide(1, "Projects", table(*rows))).document.data == {}


def test_labels_above_values() -> None:
    rows = (
        ("Project title", "Project reference"),
        ("Bins", "B-1"),
        ("Start date", "Team size"),
        ("1 May 2026", "4"),
    )
    found = read(sheet("Form", *rows))
    assert found.document.data == {
        "project.title": "Bins",
        "project.id": "B-1",
        "project.start_date": "1 May 2026",
        "project.team_size": "4",
    }


def test_a_list_needs_more_than_common_headings() -> None:
    rows = (("Description", "Owner", "Status"), ("Paint the hall", "Estates team", "Open"))
    assert read(slide(1, "Actions", table(*rows))).document.data == {}


def test_totals_and_examples_are_no_items() -> None:
    rows = (
        ("Benefit", "Baseline", "Target"),
        ("Example: fewer calls", "10", "5"),
        ("Less paper", "3", "1"),
        ("Total", "13", "6"),
    )
    told = deck(slide(1, "Benefits", table(*rows))).lists["benefits"]
    assert [item.values["description"] for item in told] == ["Less paper"]


def test_a_list_on_the_template_is_not_mixed_with_another() -> None:
    ours = table(("Risk", "Likelihood"), ("Fire", "2"), name="gatewise list risks")
    theirs = table(("Risk", "Likelihood"), ("Flood", "3"), shape=3)
    found = read(slide(1, "Risks", ours), slide(2, "Key risks", theirs))
    assert found.document.data["risks"] == [{"title": "Fire", "likelihood": "2"}]
    assert asked(found, "risks.title")[0][0] == "Flood"


def test_a_summary_beside_the_register_adds_no_items() -> None:
    rows = (("Risk", "Likelihood", "Impact"), ("Fire", "2", "3"), ("Flood", "1", "1"))
    top = (("Risk", "Likelihood", "Mitigation"), ("Fire", "2", "Sprinklers"))
    found = read(slide(1, "Top risks", table(*top)), slide(2, "Risk register", table(*rows)))
    told = parse_deck(found.document, vocabulary()).lists["risks"]
    assert [item.values["title"] for item in told] == ["Fire", "Flood"]


# ---- text


def test_text_below_its_heading() -> None:
    found = read(
        slide(1, "Strategic case", boxes=[["Case for change", "Costs rise.", "Staff leave."]]),
        slide(2, "What is in scope", boxes=[["Online forms"], ["Payments"]]),
    )
    assert found.document.data == {
        "strategic.case_for_change": "Costs rise.\nStaff leave.",
        "strategic.scope_in": "Online forms\nPayments",
    }


def test_bullets_below_a_list_wait() -> None:
    found = read(slide(1, "Risks", boxes=[["Fire", "Flood"]]))
    assert found.document.data == {}
    assert [content for content, *_ in asked(found, "risks.title")] == ["Fire", "Flood"]


def test_values_in_boxes_of_their_own_wait() -> None:
    found = read(slide(1, "Finance", boxes=[["£2m"], ["Capital cost"], ["£3m"], ["Revenue cost"]]))
    assert found.document.data == {}


def test_answers_that_differ_wait() -> None:
    found = read(
        slide(1, "Finance", boxes=[["Capital cost: £2m"]]),
        slide(2, "Finance", boxes=[["Capital cost: £3m"]]),
    )
    assert found.document.data == {}
    assert [because for *_, because in asked(found, "finance.capital")] == [
        'by its label, but Slide 2, text "Capital cost: £3m" gives another answer',
        'by its label, but Slide 1, text "Capital cost: £2m" gives another answer',
    ]


# ---- what to know of the file


def test_notes_are_few() -> None:
    found = read(
        slide(1, "Vision", unread=("a picture",)),
        slide(2, "Finance", boxes=[["Capital cost: £2m", "Contingency: lots"]], hidden=False),
        slide(3, "", unread=("2 pictures", "a chart")),
        slide(4, "Old", boxes=[["Something"]], hidden=True),
        notes=("It holds macros, which were not run.",),
    )
    assert notes(found) == [
        "It holds macros, which were not run.",
        "Slide 4 is hidden and was read all the same.",
        "Nothing was read from pictures on slides 1 and 3 or charts on slide 3.",
        "1 value was found by labels and headings, not on a template.",
        "1 value is not used until somebody confirms it: gatewise read deck.pptx lists it.",
    ]
    assert ("a picture", "Slide 1") in {(left.text, left.spot) for left in found.left}


def test_what_is_hidden_waits() -> None:
    hidden = slide(1, "Finance", boxes=[["Capital cost: £2m"]], hidden=True)
    assert read(hidden).document.data == {}


def test_two_tables_of_one_list_have_places_of_their_own() -> None:
    heads = ("Risk", "Likelihood")
    found = read(slide(1, "Risks", table(heads, ("A", "1")), table(heads, ("B", "2"), shape=3)))
    spots = {each.spot: each.address for each in found.found}
    assert len(spots) == 4
    assert all(found.addresses[spot] == address for spot, address in spots.items())


@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.sampled_from(
                    ["Risk", "Owner", "Capital cost", "Start date", "Likelihood", "WLC"]
                ),
                st.sampled_from(["benefits.baseline", "finance.capital", "Answer", "None", "TBC"]),
                st.text(max_size=20),
                st.integers(-(10**13), 10**13),
                st.decimals(allow_nan=False, allow_infinity=False, places=3),
                st.dates(),
                st.booleans(),
            ),
            min_size=1,
            max_size=5,
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(
        ["", "gatewise list risks", "gatewise cards benefits", "gatewise facts finance"]
    ),
)
def test_any_page_is_understood_in_some_way(rows: list[list[Content]], name: str) -> None:
    """Nothing is so odd that it ends the reading, and what is used of strangers' pages reads."""
    them = (
        slide(1, "Risks", table(*rows, name=f"gatewise {name}")),
        sheet("Finance", *rows, page=1),
    )
    found = read(*them)
    strangers = Pages("deck.pptx", (slide(1, "Finance", table(*rows)),))
    for each in found.found:
        assert each.spot in found.addresses
    theirs = understand(strangers, vocabulary())
    if all(each.confidence < 100 for each in theirs.found):
        parse_deck(theirs.document, vocabulary())
