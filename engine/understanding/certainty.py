"""How surely a value is taken for a fact: the one table of grounds, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from engine.model.understood import CERTAIN_ENOUGH


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a value is taken for a fact, and why it may not be the fact's value after all.

    Attributes:
        percent: how sure it makes the value, at most.
        words: how it was found, for people.
        but: what makes it no surer than this, or "".
    """

    percent: int
    words: str
    but: str = ""

    def weaker(self, other: Ground | None) -> Ground:
        """The two together: no surer than the less sure of them, which says why."""
        if other is None or other.percent > self.percent:
            return self
        if other.percent == self.percent and self.but:
            return self
        return Ground(other.percent, self.words, other.but or other.words)

    @property
    def because(self) -> str:
        """How it was found, and what makes it less sure, in one line."""
        return f"{self.words}, but {self.but}" if self.but else self.words

    @property
    def is_enough(self) -> bool:
        """Whether a value on this ground is used without asking anybody."""
        return self.percent >= CERTAIN_ENOUGH


# ---- how a label leads to a fact

TEMPLATE = Ground(100, "on the template")
# nobody writes finance.whole_life_cost by chance
FULL_NAME = Ground(100, "by its full name")
# a question is a whole sentence of ours, so it was copied
QUESTION = Ground(95, "by its question")
# our own words for the fact, where its section or its neighbours are spoken of
LABEL_IN_CONTEXT = Ground(95, "by its label")
# our own words alone can be said of something else: another project's cost
LABEL = Ground(85, "by its label")
# one word is too short to stand alone: "summary", "contingency"
SHORT_LABEL = Ground(75, "by its label, a single word")
# other words that people use mean the fact only where its section is spoken of
OTHER_NAME_IN_CONTEXT = Ground(85, "by another name")
OTHER_NAME = Ground(75, "by another name")
# the words differ by a letter or two; that may be the letter that matters
NEARLY_IN_CONTEXT = Ground(70, "by words close to its label")
NEARLY = Ground(60, "by words close to its label")
# "budget" for the approved and for the planned budget
PART_OF_LABEL = Ground(50, "by part of its label")

# ---- how a table leads to a list

LIST_BY_TITLE = Ground(95, "by the heading of its column")
LIST_BY_HEADINGS = Ground(85, "by the headings of its table")
LIST_BY_FEW_HEADINGS = Ground(60, "by a few headings of its table")
# a bullet may be a heading, a remark or half a sentence
BULLET = Ground(40, "a bullet below the list's title")

# ---- what makes any of these less sure

TWO_FACTS = 50  # it fits two facts equally well
QUALIFIED = Ground(60, "words in brackets beside the label say more than the label")
SPEAKS_OF_OTHERS = 60  # words such as "previous" or "example" stand near it
OTHER_COLUMN = Ground(60, "the column's heading does not say that it is the answer")
# a total may be one of quarters, or of years that are not the whole life
TOTAL = Ground(70, "it is the total of several columns")
VAGUE_DATE = Ground(70, "the heading does not say which of several dates it is")
# what is hidden is often what was given up
HIDDEN = Ground(70, "the page is hidden")
HIDDEN_CELL = Ground(70, "its row or column is hidden")
SEVERAL_BESIDE = Ground(60, "several values stand beside the label")
RIGHT_OR_BELOW = Ground(60, "one value stands beside the label and another below it")
ABOVE_OR_BELOW = Ground(60, "one value stands above the label and another below it")
VALUE_ABOVE = Ground(70, "the value stands above the label")
BELOW_TITLE = Ground(70, "its label is the title of the slide")
OTHER_BOX = Ground(70, "the value stands in another text box")
NO_UNIT = Ground(70, "neither £ nor a unit stands with the amount")
# a unit in the title counts for the whole table as a rule, but not always
UNIT_FROM_AFAR = Ground(85, "the unit stands in the title")
OTHER_UNIT = Ground(50, "the unit beside the label is not the value's")
UNIT_ELSEWHERE = Ground(60, "a unit stands elsewhere on the page")
PER_CENT_LEFT_OUT = Ground(70, "the fact is a number, and the % sign is left out")
MAYBE_A_FRACTION = Ground(60, "it may be a fraction or a percentage")
SHORT_YEAR = Ground(60, "the year has two digits")
QUARTER = Ground(70, "a quarter may be one of the calendar or of the financial year")
ODD_YEAR = Ground(50, "the year is far from today's")
RATING_LETTER = Ground(80, "the letter stands for the colour")
POINTS_ELSEWHERE = Ground(30, "it sends the reader elsewhere")
FOOTNOTE = Ground(70, "a footnote is marked on it")
NOTHING = Ground(70, "it may say that there is none, or that nobody has answered")
GUIDANCE = Ground(60, "it reads like guidance on how to answer")
CUT_SHORT = Ground(60, "the cell's format shows thousands or millions, and no unit says so")
PERSON = Ground(60, "a person's name, which is not shown, is no answer: is the role filled?")
VACANT = Ground(60, "it seems that nobody is in post: is that so?")
MAYBE_A_PERSON = Ground(
    50, "a role is asked for, and this may be a person's name, which is not shown"
)
DECIDES_THE_RULES = Ground(70, "it decides which rules are asked, so that somebody must confirm it")
NOT_READABLE = 50  # its label fits, and its value is not of the fact's type
SEVERAL_PROJECTS = 60  # which of them is this deck's?
MONTH_FIRST = Ground(60, "other dates in the file are written with the month first")
SPANS_COLUMNS = Ground(60, "its heading stands over several columns")
SAID_OF_ITEMS = 70  # "start date" on a slide about a contract
TWO_ANSWERS = 70  # another answer to it stands elsewhere
ONLY_A_NAME = Ground(60, "a row with nothing but a name may be no item")
NAME_AGAIN = Ground(60, "a row above has the same name")
ON_TEMPLATE_ALREADY = Ground(60, "the template's own table holds this list")
