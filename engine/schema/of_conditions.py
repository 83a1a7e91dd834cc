"""Conditions as rules write them: every fact with the operators that suit its type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from engine.model.vocabulary import NUMERIC, FactSpec, FactType, ThresholdType, Vocabulary
from engine.operators import OPERATORS, Operator
from engine.schema.definitions import (
    YES_NO,
    Definitions,
    Schema,
    described,
    mapping_of,
    one_of,
    one_of_choices,
)
from engine.schema.of_values import any_case_of

_LITERALS: Mapping[FactType, Schema] = {
    "money": {"type": ["number", "string"]},
    "number": {"type": ["number", "string"]},
    "integer": {"type": ["number", "string"], "multipleOf": 1},
    "percentage": {"type": ["number", "string"]},
    "date": {"type": "string"},
    "yes_no": one_of(YES_NO),
    "text": {"type": ["string", "number", "boolean"]},
}
_PERIOD: Schema = {
    "type": "string",
    "pattern": rf"^\s*[-+]?[0-9]{{1,5}}\s*{any_case_of(['day', 'week', 'month', 'year'])}[Ss]?\s*$",
}
_QUANTIFIERS = ("every", "some", "none")


class Conditions:
    """The definitions that the conditions of one vocabulary share.

    Args:
        thresholds: the type of every threshold that may be named.
        definitions: where the definitions are collected.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        thresholds: Mapping[str, ThresholdType],
        definitions: Definitions,
    ) -> None:
        self._vocabulary = vocabulary
        self._thresholds = thresholds
        self._definitions = definitions

    def condition(self) -> Schema:
        """A condition on the deck's facts, quantifiers included."""
        return self._definitions.refer("condition", self._condition)

    def literal(self, spec: FactSpec, owner: str = "") -> Schema:
        """A value as rules write it: a choice by its id, and never a missing one."""
        choice = spec.type in ("choice", "choices")
        name = f"value.{self._definitions.name_of_type(spec, owner)}"
        return self._definitions.refer(
            name, lambda: one_of_choices(spec) if choice else dict(_LITERALS[spec.type])
        )

    def _condition(self) -> Schema:
        quantifier = self._definitions.refer("quantifier", self._quantifier)
        combinations = _combinations({"$ref": "#/$defs/condition"})
        return self._about_deck({**combinations, **dict.fromkeys(_QUANTIFIERS, quantifier)})

    def _about_deck(self, own: Schema) -> Schema:
        """A condition that may name every fact of the deck, and these keys besides."""
        facts = self._definitions.refer("about_deck", self._facts)
        return {**facts, "type": "object", "properties": own, "unevaluatedProperties": False}

    def _facts(self) -> Schema:
        facts = {name: self._about(spec) for name, spec in self._vocabulary.facts.items()}
        stated = self._definitions.refer(
            "about_list",
            lambda: mapping_of(
                {"present": {"const": True}, "absent": {"const": True}},
                minProperties=1,
                maxProperties=1,
            ),
        )
        lists = {
            name: described(stated, each.title) for name, each in self._vocabulary.lists.items()
        }
        return {"properties": {**facts, **lists}}

    def _about(self, spec: FactSpec, owner: str = "") -> Schema:
        name = f"about.{self._definitions.name_of_type(spec, owner)}"
        schema = self._definitions.refer(name, lambda: self._comparison(spec, owner))
        return described(schema, spec.label, spec.question)

    def _comparison(self, spec: FactSpec, owner: str) -> Schema:
        """What a condition may say of a fact: a value, several, or operators."""
        operators = {
            name: self._right(operator, spec, owner)
            for name, operator in OPERATORS.items()
            if operator.suits(spec)
        }
        mapping = mapping_of(operators, minProperties=1)
        if spec.type in ("choices", "references"):
            return mapping
        literal = self.literal(spec, owner)
        return {"anyOf": [literal, _several(literal), mapping]}

    def _right(self, operator: Operator, spec: FactSpec, owner: str) -> Schema:
        match operator.takes:
            case "nothing":
                return {"const": True}
            case "period":
                return self._period()
            case "values":
                return _several(self.literal(spec, owner))
            case "value":
                return {"anyOf": [self.literal(spec, owner), self._reference(spec)]}

    def _reference(self, spec: FactSpec) -> Schema:
        """Another fact or a threshold, of a type that compares with this one."""
        kind = "text" if spec.type == "choices" else spec.comparable_as
        return self._definitions.refer(f"from.{kind}", lambda: self._from(kind))

    def _from(self, kind: str) -> Schema:
        fact: Schema = {"fact": one_of(self._facts_like(kind))}
        if kind == "date":
            period = self._period()
            moved = {"plus": period, "minus": period}
            both: Schema = {"required": ["plus", "minus"]}
            return mapping_of({**fact, **moved}, required=["fact"], **{"not": both})
        times = {"times": self._times(), **self._moved(kind)} if kind in NUMERIC else {}
        like = {"integer": "number", "choice": "text"}
        thresholds = self._thresholds_of(lambda type_: like.get(type_, type_) == kind)
        if not thresholds:
            return mapping_of({**fact, **times}, required=["fact"])
        days = {"on": one_of(self._facts_like("date"))}
        one: list[Schema] = [{"required": ["threshold"]}, {"required": ["fact"]}]
        both = {"threshold": one_of(thresholds), **fact, **times, **days}
        return mapping_of(both, oneOf=one)

    def _moved(self, kind: str) -> Schema:
        """An amount to add or take off: of the same kind, and written in the same ways."""
        named = {"$ref": f"#/$defs/from.{kind}"}
        words = any_case_of(["k", "thousand", "m", "mn", "million", "b", "bn", "billion"])
        text = {"type": "string", "pattern": rf"^[^A-Za-z]*{words}?[^A-Za-z]*$"}
        amount: Schema = {"anyOf": [{"type": "number"}, text, named]}
        return {"plus": amount, "minus": amount}

    def _thresholds_of(self, suits: Callable[[str], bool]) -> list[str]:
        return [name for name, type_ in self._thresholds.items() if suits(type_)]

    def _period(self) -> Schema:
        """A period as written, or by the name of its threshold."""
        named = self._thresholds_of(lambda type_: type_ == "period")
        written = self._definitions.refer("period", lambda: dict(_PERIOD))
        if not named:
            return written
        from_threshold = mapping_of({"threshold": one_of(named)}, required=["threshold"])
        either = {"anyOf": [written, from_threshold]}
        return self._definitions.refer("period_or_threshold", lambda: either)

    def _times(self) -> Schema:
        """A factor: a number, or a threshold or fact that gives one."""

        def build() -> Schema:
            kinds = ("number", "integer", "percentage")
            facts = [n for kind in ("number", "percentage") for n in self._facts_like(kind)]
            named: Schema = {
                "threshold": one_of(self._thresholds_of(lambda type_: type_ in kinds)),
                "fact": one_of(facts),
            }
            number: Schema = {"type": "number", "minimum": 0, "maximum": 100}
            return {"anyOf": [number, mapping_of(named, minProperties=1, maxProperties=1)]}

        return self._definitions.refer("factor", build)

    def _facts_like(self, kind: str) -> list[str]:
        """The facts that compare with this kind; items' own, of any list, come last."""
        deck = [n for n, spec in self._vocabulary.facts.items() if spec.comparable_as == kind]
        own = {
            name
            for each in self._vocabulary.lists.values()
            for name, spec in each.known.items()
            if spec.comparable_as == kind
        }
        members = (group.members[0] for group in self._vocabulary.groups.values())
        if any(self._vocabulary.facts[member].comparable_as == kind for member in members):
            own.add("value")
        return [*deck, *sorted(own)]

    def _quantifier(self) -> Schema:
        """Which conditions suit depends on the list that is walked."""
        vocabulary = self._vocabulary
        walked = {name: each.title for name, each in vocabulary.lists.items()}
        walked |= {name: each.title for name, each in vocabulary.groups.items()}
        cases = []
        for name in walked:
            inside = self._definitions.refer(f"item.{name}", partial(self._item, name))
            chosen = {"properties": {"in": {"const": name}}, "required": ["in"]}
            then = {"properties": {"where": inside, "satisfies": inside}}
            cases.append({"if": chosen, "then": then})
        properties: Schema = {
            "in": one_of(walked, walked.values()),
            "where": {},
            "satisfies": {},
        }
        more = {"allOf": cases} if cases else {}
        return mapping_of(properties, required=["in", "satisfies"], **more)

    def _item(self, name: str) -> Schema:
        """A condition inside a quantifier: on the item's own facts, and on the deck's."""
        vocabulary = self._vocabulary
        if name in vocabulary.groups:
            group = vocabulary.groups[name]
            value = self._about(vocabulary.facts[group.members[0]])
            own = {"value": described({"$ref": value["$ref"]}, group.item)}
        else:
            own = {
                fact: self._about(spec, owner=name)
                for fact, spec in vocabulary.lists[name].known.items()
                if fact not in vocabulary.lists
            }
        return self._about_deck({**own, **_combinations({"$ref": f"#/$defs/item.{name}"})})


def _combinations(condition: Schema) -> Schema:
    return {"all": _several(condition), "any": _several(condition), "not": condition}


def _several(schema: Schema) -> Schema:
    return {"type": "array", "minItems": 1, "items": schema}
