"""The decks of examples/gates that differ from a passing one in a line or two."""

from __future__ import annotations

from pathlib import Path

from engine.readers.from_yaml import parse_yaml

ROOT = Path(__file__).resolve().parent.parent
GATES = ROOT / "examples" / "gates"


def variant_files() -> dict[str, str]:
    """Each recommend.yaml and escalate.yaml by its path, as docs/variants.yaml says.

    Raises:
        ValueError: a line to change does not stand in the passing deck exactly once.
    """
    text = (ROOT / "docs" / "variants.yaml").read_text(encoding="utf-8")
    (document,) = parse_yaml(text, "docs/variants.yaml")
    return {
        f"examples/gates/{gate}/{outcome}.yaml": _variant(gate, **written)
        for gate, outcomes in document.data.items()
        for outcome, written in outcomes.items()
    }


def _variant(gate: str, why: str, change: dict[str, str]) -> str:
    deck = (GATES / gate / "pass.yaml").read_text(encoding="utf-8")
    _, _, deck = deck.partition("\n")
    for old, new in change.items():
        if deck.count(old) != 1:
            raise ValueError(f"{gate}: {old!r} stands {deck.count(old)} times in pass.yaml")
        deck = deck.replace(old, new)
    made = "# Else as pass.yaml beside it. Made by make docs; docs/variants.yaml says what differs."
    return f"# {why}.\n{made}\n{deck}"
