"""Random rulebooks and decks as people write them, from small pools so that values collide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from engine.conditions import Facts
from engine.evaluate_deck import Prepared, Scene
from engine.model.document import Document
from engine.operators import OPERATORS
from engine.parse.deck import parse_deck
from engine.parse.rulebook import FolderDocuments, parse_rulebook

Draw = st.DrawFn
Written = dict[str, Any]

# what rules write for each type; "ordered" is an ordered choice
LITERALS: Mapping[str, list[Any]] = {
    "money": [100, "£250,000", 0, Decimal("99.99"), 10**12],
    "number": [1, Decimal("1.5"), 0, -2, Decimal("0.0001"), 10**12],
    "integer": [1, 2, 0, -3, 10**12],
    "percentage": [50, "70%", 0, 100, Decimal("33.3333")],
    "date": ["2025-02-28", "2025-03-31", "2024-03-31", "2025-04-01", "30 April 2025"],
    "yes_no": [True, False, "yes", "no"],
    "choice": ["x", "y", "z"],
    "ordered": ["small", "medium", "large"],
    "choices": ["x", "y", "z"],
    "text": ["x", "a word", "medium", "12"],
}
# what decks write besides: just over, just under, and what no rule names
_NEAR: Mapping[str, list[Any]] = {
    "money": [Decimal("100.01"), "£249,999.99", "£250,000.01", -100, Decimal("0.01"), 110],
    "number": [Decimal("1.0001"), Decimal("0.9999"), 2, Decimal("1.65"), -(10**12)],
    "integer": [3, -2, -1, -(10**12)],
    "percentage": [Decimal("70.0001"), Decimal("69.9999"), Decimal("49.9999"), "33.3334%"],
    "date": ["2025-03-01", "2025-03-30", "2025-01-31", "2025-05-01", "2024-02-29", "1 Jan 2030"],
    "yes_no": [],
    "choice": [],
    "ordered": [],
    "choices": [],
    "text": ["y", "nobody names this", "Medium"],
}
STATED: Mapping[str, list[Any]] = {
    **{key: LITERALS[key] + _NEAR[key] for key in LITERALS},
    "choices": [[], ["x"], ["x", "y"], "y, z", ["z", "x", "y"]],
    "references": [[], ["1"], ["x"], "x, y", ["12", "y"], [12, 13]],
}
MISSING = [None, "", "TBC", "n/a", "-"]
PERIODS = ["0 days", "1 day", "31 days", "2 weeks", "1 month", "12 months", "1 year", "-1 months"]
FACTORS = [1, 0, Decimal("1.1"), Decimal("0.5"), Decimal("0.3333"), 100]
FACTOR_KEYS = ("number", "integer", "percentage")  # what a factor that is named may be
DAYS = [
    date(2025, 3, 31),
    date(2025, 2, 28),
    date(2025, 4, 1),
    date(2025, 4, 30),
    date(2024, 2, 29),
]
DAYS_WRITTEN = [day.isoformat() for day in DAYS]
GATES = ["first", "second"]

ATTESTATION = {"by": "text", "date": "date"}
FACTS: Mapping[str, str] = {
    f"project.{key}{n}": key for key in LITERALS for n in ("", "2") if key != "choices" or not n
}
FACTS = {**FACTS, "project.references": "references"}
# a judgement counts only with who made it, and when
JUDGED: Mapping[str, str] = {"project.judged": "yes_no", "project.graded": "ordered"}
FACTS = {
    **FACTS,
    **JUDGED,
    **{f"{name}.{key}": type_ for name in JUDGED for key, type_ in ATTESTATION.items()},
}
CONCLUDED: Mapping[str, str] = {
    "drawn.route": "choice", "drawn.size": "ordered", "drawn.go": "yes_no", "drawn.word": "text",
}  # fmt: skip
STATED_OF_ITEMS: Mapping[str, Mapping[str, str]] = {
    "things": {key: key for key in LITERALS} | {"money2": "money", "references": "references"},
    "plan.steps": {"money": "money", "date": "date", "ordered": "ordered", "yes_no": "yes_no"},
}
# what is worked out of each item, by its type
ITEM_MEASURES: Mapping[str, Mapping[str, tuple[str, Written]]] = {
    "things": {
        "alike": ("integer", {"count": "things", "matching": {"choice": "choice"}}),
        "dearest": ("money", {"max": "plan.steps", "of": "money", "matching": {"date": "date"}}),
        "follows_x": (
            "yes_no",
            {"some": "things", "referred_by": "references", "where": {"choice": "x"}},
        ),
        "spent": ("money", {"sum": "things", "of": "money", "referred_by": "references"}),
        "itself": ("yes_no", {"itself": "references"}),
        "missing": ("yes_no", {"missing": "references"}),
        "circular": ("yes_no", {"circular": "references"}),
    },
    "plan.steps": {
        "cheap": (
            "integer",
            {
                "count": "things",
                "matching": {"money": "money"},
                "where": {"money2": {"under": {"fact": "project.money"}}},
            },
        ),
    },
}
LISTS: Mapping[str, Mapping[str, str]] = {
    name: {**facts, **{key: type_ for key, (type_, _) in ITEM_MEASURES[name].items()}}
    for name, facts in STATED_OF_ITEMS.items()
}
GROUPS: Mapping[str, list[str]] = {
    "answers": ["project.yes_no", "project.yes_no2", "drawn.go"],
    "sizes": ["project.ordered", "drawn.size", "project.ordered2"],
    "amounts": ["project.money", "project.money2"],
}
_KEY_OF_GROUP = {"answers": "yes_no", "sizes": "ordered", "amounts": "money"}
_PLAIN_GROUPS = ["amounts"]  # with no concluded member
_MEASURABLE = ("money", "number", "integer", "percentage")
_BUILT_IN = {
    "assessment.as_of": "date",
    "assessment.told_on": "date",
    "assessment.gate": "choice",
    "assessment.next_phase": "text",
}


@dataclass(frozen=True)
class Scope:
    """What a condition may name where it stands.

    Attributes:
        facts, item: the deck's facts and the item's, with their types.
        presence: whether present and absent may be asked.
        quantifiers: the lists and groups that may be walked; none inside a quantifier.
    """

    facts: Mapping[str, str]
    thresholds: Mapping[str, str]
    presence: bool
    item: Mapping[str, str]
    quantifiers: tuple[str, ...]

    @property
    def known(self) -> Mapping[str, str]:
        """Every fact that may be named."""
        return {**self.item, **self.facts}


# ---- conditions


def _condition(draw: Draw, scope: Scope, depth: int) -> Written:
    parts = 1 if depth == 0 else draw(st.sampled_from([1, 1, 1, 2]))
    condition: Written = {}
    for _ in range(parts):
        condition |= _part(draw, scope, depth)
    return condition


def _part(draw: Draw, scope: Scope, depth: int) -> Written:
    forms = ["fact"] * 4
    if depth:
        forms += ["all", "any", "not"]
    if scope.quantifiers:
        forms += ["quantifier"] * 2
    if scope.presence:
        forms.append("list")
    match draw(st.sampled_from(forms)):
        case ("all" | "any") as key:
            count = draw(st.integers(1, 3))
            return {key: [_condition(draw, scope, depth - 1) for _ in range(count)]}
        case "not":
            return {"not": _condition(draw, scope, depth - 1)}
        case "quantifier":
            return _quantifier(draw, scope)
        case "list":
            operator = draw(st.sampled_from(["present", "absent"]))
            return {draw(st.sampled_from(list(LISTS))): {operator: True}}
        case _:
            return _about_fact(draw, scope)


def _quantifier(draw: Draw, scope: Scope) -> Written:
    over = draw(st.sampled_from(scope.quantifiers))
    item = LISTS.get(over) or {"value": _KEY_OF_GROUP[over]}
    inside = replace(scope, item=item, quantifiers=())
    written: Written = {"in": over}
    if draw(st.booleans()):
        written["where"] = _condition(draw, inside, draw(st.sampled_from([0, 1])))
    written["satisfies"] = _condition(draw, inside, draw(st.sampled_from([0, 1, 2])))
    return {draw(st.sampled_from(["every", "some", "none"])): written}


def _about_fact(draw: Draw, scope: Scope) -> Written:
    # these are fewer than the facts that decks state, and would else be asked about too seldom
    worked_out = {n: k for n, k in scope.facts.items() if n.startswith(("measured.", "drawn."))}
    pools = [pool for pool in (scope.known, scope.item, worked_out) if pool]
    pool: Mapping[str, str] = draw(st.sampled_from(pools))
    asks_presence = scope.presence and draw(st.integers(0, 7)) == 7
    keys = [k for k in dict.fromkeys(pool.values()) if asks_presence or k != "references"]
    key = draw(st.sampled_from(keys))
    name = draw(st.sampled_from([name for name, other in pool.items() if other == key]))
    suited = [o for o in OPERATORS if _suits(o, key) and _is_presence(o) is asks_presence]
    written: Written = {}
    for _ in range(draw(st.sampled_from([1, 1, 1, 2]))):
        operator = draw(st.sampled_from(suited))
        written[operator] = _right(draw, scope, name, key, operator)
    if list(written) == ["is"] and not isinstance(written["is"], dict) and draw(st.booleans()):
        return {name: written["is"]}
    if list(written) == ["one_of"] and draw(st.booleans()):
        return {name: written["one_of"]}
    return {name: written}


def _is_presence(operator: str) -> bool:
    return operator in ("present", "absent")


def _suits(operator: str, key: str) -> bool:
    wanted = OPERATORS[operator]
    type_ = "choice" if key == "ordered" else key
    return type_ in wanted.types and (key != "choice" or not wanted.by_rank)


def _right(draw: Draw, scope: Scope, name: str, key: str, operator: str) -> Any:
    literals = GATES if name == "assessment.gate" else LITERALS.get(key, [])
    match OPERATORS[operator].takes:
        case "nothing":
            return True
        case "period":
            return _period(draw, scope)
        case "values":
            return draw(st.lists(st.sampled_from(literals), min_size=1, max_size=3))
    facts = [n for n, k in scope.known.items() if _comparable(k, key, operator)]
    thresholds = [n for n, k in scope.thresholds.items() if _compares(k, key)]
    forms = ["literal"] + ["fact"] * bool(facts) + ["threshold"] * bool(thresholds)
    match draw(st.sampled_from(forms)):
        case "fact":
            return _moved(draw, scope, {"fact": draw(st.sampled_from(facts))}, key)
        case "threshold":
            right = {"threshold": draw(st.sampled_from(thresholds))}
            if draw(st.integers(0, 3)) == 0:
                right["on"] = draw(
                    st.sampled_from([n for n, k in scope.known.items() if k == "date"])
                )
            return _moved(draw, scope, right, key)
    return draw(st.sampled_from(literals))


def _comparable(other: str, key: str, operator: str) -> bool:
    if OPERATORS[operator].by_rank and "ordered" in (other, key):
        return other == key
    return _comparable_as(other) == _comparable_as("text" if key == "choices" else key)


def _compares(threshold: str, key: str) -> bool:
    if "ordered" in (threshold, key):
        return threshold == key  # a state is compared with the choice that it is a state of
    return _comparable_as(threshold) == _comparable_as(key)


def _comparable_as(key: str) -> str:
    return {"integer": "number", "choice": "text", "ordered": "text"}.get(key, key)


def _moved(draw: Draw, scope: Scope, right: Written, key: str) -> Written:
    if draw(st.integers(0, 3)) == 0:
        return right
    if key in _MEASURABLE:
        if "fact" in right and draw(st.booleans()):
            right = right | {draw(st.sampled_from(["plus", "minus"])): _amount(draw, scope, key)}
        return right | ({"times": _factor(draw, scope)} if draw(st.booleans()) else {})
    if key == "date":
        return right | {draw(st.sampled_from(["plus", "minus"])): _period(draw, scope)}
    return right


def _factor(draw: Draw, scope: Scope) -> Any:
    named = [{"fact": n} for n, k in scope.known.items() if k in FACTOR_KEYS]
    named += [{"threshold": n} for n, k in scope.thresholds.items() if k in FACTOR_KEYS]
    return draw(st.sampled_from([*FACTORS, *named]))


def _amount(draw: Draw, scope: Scope, key: str) -> Any:
    same = ("number", "integer") if key in ("number", "integer") else (key,)
    named = [{"fact": n} for n, k in scope.known.items() if k in same]
    named += [{"threshold": n} for n, k in scope.thresholds.items() if k in same]
    return draw(st.sampled_from([*LITERALS["integer"], *named]))


def _period(draw: Draw, scope: Scope) -> Any:
    named = [{"threshold": name} for name, key in scope.thresholds.items() if key == "period"]
    return draw(st.sampled_from([*PERIODS, *named, *named]))


# ---- rulebooks

_SOURCE = {"document": "Worked out for tests", "standing": "default"}


@st.composite
def rulebooks(draw: Draw, *, presence: bool = True, only_stated: bool = False) -> Written:
    """A rulebook as written: its vocabulary and one ruleset.

    Args:
        presence: whether conditions ask for present and absent.
        only_stated: conditions read only what a deck states itself: no conclusions, no measures,
            nothing that an assessment always brings.
    """
    kinds = (*_MEASURABLE, "period", "ordered")
    thresholds = {f"limits.{key}": draw(_threshold(key)) for key in kinds}
    keys = {f"limits.{key}": key for key in kinds}
    scope = Scope(FACTS, keys, presence, {}, (*LISTS, *_PLAIN_GROUPS))
    measures = {} if only_stated else draw(_measures(replace(scope, quantifiers=())))
    if not only_stated:
        given = {name: _key_of_measure(measure) for name, measure in measures.items()}
        scope = replace(scope, facts={**FACTS, **_BUILT_IN, **given})
    conclusions: Written = {}
    if not only_stated:
        for fact in draw(st.permutations(list(CONCLUDED))):
            if draw(st.booleans()):
                conclusions[fact] = _conclusion(draw, scope, fact)
                scope = replace(scope, facts={**scope.facts, fact: CONCLUDED[fact]})
        # rules may ask for a concluded fact that nothing works out: it is never known
        facts = {**scope.facts, **CONCLUDED}
        scope = replace(scope, facts=facts, quantifiers=(*LISTS, *GROUPS))
    rules = [_rule(draw, scope, n) for n in range(1, draw(st.integers(1, 6)) + 1)]
    return rulebook(rules, conclusions, measures, thresholds)


def rulebook(
    rules: list[Written],
    conclusions: Written | None = None,
    measures: Written | None = None,
    thresholds: Written | None = None,
) -> Written:
    """A rulebook as written, over the words of ``vocabulary``."""
    return {
        "vocabulary": vocabulary() | {"measures": measures or {}},
        "ruleset": {
            "title": "Random rules",
            "prefix": "RND",
            "gates": {gate: _gate(gate) for gate in GATES},
            "thresholds": thresholds or {},
            "conclusions": conclusions or {},
            "rules": rules,
        },
    }


def vocabulary() -> Written:
    """The words that every random rulebook and deck shares, measures aside."""
    sections: Written = {"project": {"title": "Project"}, "drawn": {"title": "Drawn"}}
    sections |= {"plan": {"title": "Plan"}}
    for name, key in {**FACTS, **CONCLUDED}.items():
        section, _, short = name.partition(".")
        if name.rpartition(".")[0] in JUDGED:
            continue  # declared with the judgement
        shape = fact_shape(key) | ({"concluded": True} if name in CONCLUDED else {})
        shape |= {"attested": True} if name in JUDGED else {}
        sections[section].setdefault("facts", {})[short] = shape
    lists = {
        name: {"title": name, "section": "project", "item": "item"}
        | {"facts": {fact: fact_shape(key) for fact, key in facts.items()}}
        | {"measures": {m: {"label": m, **how} for m, (_, how) in ITEM_MEASURES[name].items()}}
        for name, facts in STATED_OF_ITEMS.items()
    }
    lists["things"]["key"] = "text"
    groups = {
        name: {"title": name, "section": "project", "item": "item", "facts": facts}
        for name, facts in GROUPS.items()
    }
    return {"sections": sections, "lists": lists, "groups": groups, "roles": {"board": "board"}}


def fact_shape(key: str) -> Written:
    """A fact of this type (or "ordered") as a vocabulary declares it."""
    shape: Written = {"type": key, "label": key, "question": "What is it?"}
    if key in ("choice", "choices", "ordered"):
        shape["values"] = LITERALS[key]
    if key == "ordered":
        shape |= {"type": "choice", "ordered": True}
    return shape


def rule(
    number: int, require: Written, applies_when: Written | None = None, **more: Any
) -> Written:
    """A rule as written, with the words that do not matter here."""
    words = {"title": "It holds", "reason": "It does not hold.", "remedy": "Make it hold."}
    return {
        "id": f"RND-{number:03d}",
        **words,
        "owner": "board",
        "applies_when": applies_when or {},
        "require": require,
        "otherwise": "escalate",
        "if_unknown": "recommend",
        "rationale": "A test.",
        "source": _SOURCE,
        "cases": [{"name": "bare", "facts": {}, "expect": "unknown", "as_of": "2025-03-31"}],
        **more,
    }


def _rule(draw: Draw, scope: Scope, number: int) -> Written:
    applies = _condition(draw, scope, draw(st.integers(0, 1))) if draw(st.booleans()) else None
    require = _condition(draw, scope, draw(st.integers(0, 3)))
    more: Written = {}
    if draw(st.integers(0, 3)) == 3:
        more["gates"] = draw(st.lists(st.sampled_from(GATES), min_size=1, max_size=2, unique=True))
    if draw(st.integers(0, 3)) == 3:
        days = sorted(draw(st.lists(st.sampled_from(DAYS_WRITTEN), min_size=2, max_size=2)))
        keys = draw(st.sampled_from([("from", "to"), ("from",), ("to",)]))
        more["in_force"] = {key: days[key == "to"] for key in keys}
    return rule(number, require, applies, **more)


def _conclusion(draw: Draw, scope: Scope, fact: str) -> Written:
    values = st.sampled_from(LITERALS[CONCLUDED[fact]][:3])
    rows = [
        {"when": _condition(draw, scope, draw(st.integers(0, 1))), "value": draw(values)}
        for _ in range(draw(st.integers(1, 4)))
    ]
    if draw(st.booleans()):
        rows.append({"otherwise": True, "value": draw(values)})
    return conclusion(*rows)


def conclusion(*rows: Written) -> Written:
    """A conclusion as written, with the words that do not matter here."""
    return {
        "title": "Drawn",
        "source": _SOURCE,
        "rows": [{**row, "because": "So."} for row in rows],
    }


def _gate(gate: str) -> Written:
    return {"title": gate.capitalize(), "into_phase": "a word", "decided_by": "board"}


@st.composite
def _threshold(draw: Draw, key: str) -> Written:
    value = st.sampled_from(PERIODS if key == "period" else LITERALS[key])
    by_gate = st.dictionaries(st.sampled_from(GATES), value, min_size=1)
    given = value.map(lambda v: {"value": v}) | by_gate.map(lambda each: {"by_gate": each})
    values: list[Written] = []
    if draw(st.booleans()):
        values.append(draw(given))
    values.append({"from": "2025-02-28", **draw(given)})
    if draw(st.booleans()):
        values.append({"from": "2025-04-01", **draw(st.just({"ended": True}) | given)})
    kind = {"state_of": "project.ordered"} if key == "ordered" else {"unit": key}
    return {"title": key, **kind, "values": values, "source": _SOURCE}


@st.composite
def _measures(draw: Draw, scope: Scope) -> Written:
    measures: Written = {}
    for n in range(draw(st.integers(0, 3))):
        over = draw(st.sampled_from([*LISTS, *_PLAIN_GROUPS]))
        item = LISTS.get(over) or {"value": _KEY_OF_GROUP[over]}
        functions = ["count", "share", "sum", "min", "max"] + ["most_alike"] * (over in LISTS)
        function = draw(st.sampled_from(functions))
        written: Written = {"label": "measured", "section": "project", function: over}
        if function in ("sum", "min", "max") and over in LISTS:
            suited = (*_MEASURABLE, "date") if function != "sum" else _MEASURABLE
            written["of"] = draw(st.sampled_from([f for f, k in item.items() if k in suited]))
        if function == "most_alike":
            written["of"] = draw(st.sampled_from(list(item)))
        if draw(st.booleans()):
            written["where"] = _condition(draw, replace(scope, item=item), 1)
        measures[f"measured.m{n}"] = written
    return measures


def _key_of_measure(written: Written) -> str:
    if "count" in written or "most_alike" in written:
        return "integer"
    if "share" in written:
        return "percentage"
    of_items = {key: type_ for facts in LISTS.values() for key, type_ in facts.items()}
    return of_items[written.get("of", "money")]


# ---- decks


def decks() -> st.SearchStrategy[Written]:
    """A deck as written, with dotted keys; sparse or nearly full."""
    facts = {name: _stated(key) for name, key in FACTS.items()}
    lists = {
        name: st.lists(_sparse_or_full({f: _stated(k) for f, k in item.items()}), max_size=4)
        for name, item in STATED_OF_ITEMS.items()
    }
    return _sparse_or_full({**facts, **lists})


def _sparse_or_full(parts: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Written]:
    sparse = st.fixed_dictionaries({}, optional=dict(parts))
    return sparse | st.fixed_dictionaries(dict(parts))


def _stated(key: str) -> st.SearchStrategy[Any]:
    return st.sampled_from([*STATED[key], *STATED[key], "TBC"])


scenes = st.tuples(st.sampled_from(DAYS), st.sampled_from([*GATES, None]))  # the day and the gate


# ---- through the real parser


def prepare(written: Written) -> Prepared:
    """The rulebook that the written one says, ready for decks."""
    rulebook = parse_rulebook(
        FolderDocuments(
            "random",
            Document("facts.yaml", written["vocabulary"], {}),
            {"random": Document("random.yaml", written["ruleset"], {})},
            {},
            {},
        )
    )
    return Prepared(rulebook, None)


def read_facts(
    prepared: Prepared, deck: Written | Document, scene: tuple[date, str | None]
) -> Facts:
    """What is known of a written deck on a day at a gate, as an assessment gathers it."""
    rulebook, (as_of, gate) = prepared.rulebook, scene
    document = deck if isinstance(deck, Document) else Document("deck.yaml", deck, {})
    read = parse_deck(document, rulebook.vocabulary)
    return prepared.facts(Scene(read, as_of, None, rulebook.gates[gate] if gate else None))
