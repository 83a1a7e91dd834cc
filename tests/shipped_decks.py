"""Random values and decks of the shipped vocabulary, awkward ones above all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from engine import Deck, Rulebook, load_rulebook, parse_deck, shipped_rules
from engine.errors import printable
from engine.model.document import Document
from engine.model.vocabulary import FactSpec, Value
from engine.values import LARGEST, LONGEST_TEXT, is_missing

AWKWARD_TEXTS = [
    "=1+1", "+44", "-5", "@sum", "None", "none", "No", "0", "12", "£5", "44%", "0.44", "1/2/2028",
    "Yes", "a; b", "a, b", "a;", "one\ntwo", "one\n\n  two", "_x0041_", "<b>&amp;</b>", "'quoted",
    "Start date: 1 May", "Answer", "What", "finance", "1E+05", "ﬁ", "日本", "🙂", "a  b", "]]>",
]  # fmt: skip
_ALPHABET = st.characters(codec="utf-8", exclude_categories=("Cs",)) | st.sampled_from("\n;,=:|%£ ")


@cache
def shipped() -> Rulebook:
    """The shipped rules."""
    return load_rulebook(shipped_rules(), cases=False)


def texts() -> st.SearchStrategy[str]:
    """What a text fact may state, as a deck holds it."""
    free = st.text(_ALPHABET, max_size=60).map(lambda text: printable(text).strip())
    return (st.sampled_from(AWKWARD_TEXTS) | free | long_texts()).filter(
        lambda t: not is_missing(t)
    )


def long_texts() -> st.SearchStrategy[str]:
    """Up to the longest text that a deck may state: sentences, paragraphs, and one long word."""
    sentences = st.sampled_from(["Some words that go on. ", "TBC ", "日本語 ", "x" * 90, "a  b. "])
    ends = st.sampled_from(["", "\n", "\n\n", "\n\n\n\n", " \n"])
    paragraph = st.tuples(sentences, st.integers(1, 300), ends)
    several = st.lists(paragraph.map(lambda p: p[0] * p[1] + p[2]), min_size=1, max_size=8)
    return several.map(lambda parts: "".join(parts)[:LONGEST_TEXT].strip())


def shipped_values(spec: FactSpec) -> st.SearchStrategy[Value]:
    """A value of this fact."""
    values = st.sampled_from(list(spec.values) or [""])
    match spec.type:
        case "yes_no":
            return st.booleans()
        case "choice":
            return values
        case "choices":
            return st.frozensets(values)
        case "references":
            names = texts().filter(lambda name: ";" not in name)
            return st.frozensets(names, max_size=4)
        case "date":
            return st.dates() | st.dates(date(2025, 1, 1), date(2028, 12, 31))
        case "money":
            return _numbers(spec, 100).map(int)
        case "integer":
            return _numbers(spec, 1).map(int)
        case "number" | "percentage":
            return _numbers(spec, 10_000).map(lambda n: (Decimal(n) / 10_000).normalize() + 0)
        case _:
            return texts()


def _numbers(spec: FactSpec, parts: int) -> st.SearchStrategy[int]:
    """Whole parts of a unit within the bounds; money's bounds are in its parts already."""
    in_parts = 1 if spec.type == "money" else parts
    low = -LARGEST * parts if spec.minimum is None else int(spec.minimum * in_parts)  # type: ignore[operator,arg-type]
    high = LARGEST * parts if spec.maximum is None else int(spec.maximum * in_parts)  # type: ignore[operator,arg-type]
    usual = st.integers(max(low, 0), min(high, 2_000_000 * parts))
    return usual | st.integers(low, high)


@st.composite
def shipped_decks(draw: st.DrawFn) -> tuple[str, Deck]:
    """A gate, and a deck that goes to it."""
    gate = draw(st.sampled_from(list(shipped().gates)))
    run = [o.id for o in shipped().organisations.values() if gate in o.gates]
    data: dict[str, Any] = {"gate.requested": draw(st.sampled_from([gate, _title(gate)]))}
    if run and draw(st.booleans()):
        data["organisation.id"] = draw(st.sampled_from(run))
    facts = {
        spec.name: spec
        for spec in shipped().vocabulary.stated()
        if spec.name != "gate.requested" and spec.section != "organisation"
    }
    for name in draw(st.lists(st.sampled_from(list(facts)), max_size=12, unique=True)):
        data[name] = _as_data(facts[name], draw(shipped_values(facts[name])))
    lists = shipped().vocabulary.lists
    for name in draw(st.lists(st.sampled_from(list(lists)), max_size=3, unique=True)):
        data[name] = draw(st.lists(_items(lists[name].facts), max_size=5))
    return gate, parse_deck(Document("deck.yaml", data, {}), shipped().vocabulary)


def _title(gate: str) -> str:
    return shipped().gates[gate].title


def _items(facts: Mapping[str, FactSpec]) -> st.SearchStrategy[dict[str, Any]]:
    optional = {
        name: shipped_values(spec).map(lambda value, spec=spec: _as_data(spec, value))
        for name, spec in facts.items()
    }
    sparse = st.lists(st.sampled_from(list(facts)), max_size=3, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: optional[name] for name in names})
    )
    return sparse | st.fixed_dictionaries({}, optional=optional)


def _as_data(spec: FactSpec, value: Value) -> Any:
    """The value as a deck's data hold it."""
    if isinstance(value, frozenset):
        return sorted(value)
    return Decimal(value) / 100 if spec.type == "money" else value  # type: ignore[arg-type]
