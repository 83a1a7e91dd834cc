"""The shape of what people write in a rules folder, before it is given its meaning."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from engine.model.rules import RuleStatus
from engine.model.thresholds import Standing
from engine.model.vocabulary import FactType


def _only_text(written: Any) -> Any:
    """A day is written as text: a bare number would be read as seconds since 1970."""
    if isinstance(written, int | Decimal):
        raise PydanticCustomError("date_type", "a date is needed")
    return written


Day = Annotated[date, BeforeValidator(_only_text)]
Written = str | bool | int | Decimal | None
Words = Annotated[str, Field(min_length=1)]
ConditionShape = dict[str, Any]
RuleId = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{1,9}-[0-9]{3}$")]
NotMetOutcome = Literal["recommend", "escalate"]


class Shape(BaseModel):
    """A mapping that allows only the keys it declares."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, coerce_numbers_to_str=True, defer_build=True
    )


class SourceShape(Shape):
    """Where something comes from."""

    document: Words
    standing: Standing
    clause: str = ""
    link: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = ""
    date: str = ""


class DatesShape(Shape):
    """The first and last day on which a rule is in force."""

    from_: Annotated[Day | None, Field(alias="from")] = None
    to: Day | None = None


class CaseShape(Shape):
    """A worked example."""

    name: Words
    facts: dict[str, Any]
    expect: Written
    as_of: Day | None = None
    gate: str | None = None
    organisation: str | None = None


class RuleShape(Shape):
    """One requirement with its consequence."""

    id: RuleId
    title: Words
    status: RuleStatus = "active"
    replaced_by: RuleId | None = None
    in_force: DatesShape = DatesShape()
    gates: list[str] = []
    owner: Words
    escalate_to: str | None = None
    points: Annotated[int | None, Field(ge=1, le=100)] = None
    applies_when: ConditionShape = {}
    require: Annotated[ConditionShape, Field(min_length=1)]
    otherwise: NotMetOutcome
    if_unknown: NotMetOutcome
    reason: Words
    reason_unknown: str = ""
    remedy: Words
    rationale: Words
    source: SourceShape
    cases: list[CaseShape] = []


class DatedValueShape(Shape):
    """A threshold's value from a day on, everywhere or gate by gate, or its end."""

    from_: Annotated[Day | None, Field(alias="from")] = None
    value: Written = None
    by_gate: Annotated[dict[str, Written] | None, Field(min_length=1)] = None
    ended: Literal[True] | None = None
    source: SourceShape | None = None


class ThresholdShape(Shape):
    """A named number, period or state with dated values: either a unit, or whose state it is."""

    title: Words
    unit: Literal["money", "number", "integer", "percentage", "period"] | None = None
    state_of: str | None = None
    values: Annotated[list[DatedValueShape], Field(min_length=1)]
    source: SourceShape | None = None


class RowShape(Shape):
    """One row of a conclusion."""

    when: ConditionShape | None = None
    otherwise: Literal[True] | None = None
    value: Written
    because: Words


class ConclusionShape(Shape):
    """Ordered rows that work out one fact."""

    title: Words
    source: SourceShape
    rows: Annotated[list[RowShape], Field(min_length=1)]
    answer: bool = False
    cases: list[CaseShape] = []


class LadderShape(Shape):
    """A titled sequence of gates."""

    title: Words
    gates: Annotated[list[str], Field(min_length=1)]


class NamedThresholdShape(Shape):
    """A threshold by name."""

    threshold: str


class GateShape(Shape):
    """A stage gate."""

    title: Words
    into_phase: str = ""
    pass_mark: NamedThresholdShape | Decimal | str | None = None
    decided_by: Words
    returned_to: Words | None = None


class RatingShape(Shape):
    """A rating: the facts that hold what is stated, worked out and was last stated."""

    title: Words
    stated: str
    worked_out: str | None = None
    last_period: str | None = None
    set_by: str | None = None


class RuleSetShape(Shape):
    """One file of rules."""

    title: Words
    prefix: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{1,9}$")] | None = None
    description: str = ""
    cases_as_of: Day | None = None
    ladders: dict[str, LadderShape] = {}
    gates: dict[str, GateShape] = {}
    thresholds: dict[str, ThresholdShape] = {}
    conclusions: dict[str, ConclusionShape] = {}
    ratings: dict[str, RatingShape] = {}
    rules: list[RuleShape] = []


class FactShape(Shape):
    """One fact of the vocabulary."""

    type: FactType
    label: Words
    question: Words
    values: dict[str, str] | list[str] | None = None
    ordered: bool = False
    minimum: Written = None
    maximum: Written = None
    concluded: bool = False
    attested: bool = False
    last_period: str | None = None
    also_called: list[Words] = []


class SectionShape(Shape):
    """A section of the deck."""

    title: Words
    also_called: list[Words] = []
    facts: dict[str, FactShape] = {}


class DaysShape(Shape):
    """From one date of an item to another."""

    from_: Annotated[str, Field(alias="from")]
    to: str


class ItemMeasureShape(Shape):
    """A fact that is worked out of each item: exactly one of the nine functions."""

    label: Words
    days: DaysShape | None = None
    count: str | None = None
    sum: str | None = None
    min: str | None = None
    max: str | None = None
    some: str | None = None
    itself: str | None = None
    missing: str | None = None
    circular: str | None = None
    referred_by: str | None = None
    matching: Annotated[dict[str, str] | None, Field(min_length=1, max_length=1)] = None
    of: str | None = None
    where: ConditionShape | None = None


class ListShape(Shape):
    """A list in the deck."""

    title: Words
    section: str
    item: Words
    name_from: str | None = None
    key: str | None = None
    also_called: list[Words] = []
    facts: Annotated[dict[str, FactShape], Field(min_length=1)]
    measures: dict[str, ItemMeasureShape] = {}


class GroupShape(Shape):
    """Facts of one type that are walked together."""

    title: Words
    section: str
    item: Words
    facts: Annotated[list[str], Field(min_length=1)]


class MeasureShape(Shape):
    """A fact worked out from a list or group: exactly one of the six functions."""

    label: Words
    section: str | None = None
    count: str | None = None
    sum: str | None = None
    min: str | None = None
    max: str | None = None
    share: str | None = None
    most_alike: str | None = None
    of: str | None = None
    where: ConditionShape | None = None


class VocabularyShape(Shape):
    """The vocabulary file, facts.yaml."""

    title: str = ""
    description: str = ""
    sections: dict[str, SectionShape] = {}
    lists: dict[str, ListShape] = {}
    groups: dict[str, GroupShape] = {}
    measures: dict[str, MeasureShape] = {}
    roles: dict[str, str] = {}


class NotBoundShape(Shape):
    """Something that does not bind an organisation."""

    title: Words
    because: Words
    source: SourceShape


class OrganisationShape(Shape):
    """One organisation's file."""

    title: Words
    description: str = ""
    rulesets: list[str] | None = None
    facts: dict[str, Any] = {}
    defaults: dict[str, Any] = {}
    roles: dict[str, str] = {}
    gates: list[str] | None = None
    thresholds: dict[str, ThresholdShape] = {}
    points: dict[RuleId, Annotated[int, Field(ge=1, le=100)]] = {}
    not_bound_by: list[NotBoundShape] = []
