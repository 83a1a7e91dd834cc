"""How fast it is: prints each figure with its aim; run it on a machine that does nothing else.

make bench
"""

from __future__ import annotations

import gc
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine import Assessment, assess, load_rulebook, parse_deck, read_documents, shipped_rules
from engine.evaluate_deck import evaluate_deck
from engine.evaluate_rete import ReteEvaluator

DECK = ROOT / "examples" / "repairs-service" / "deck.yaml"
DAY = date(2026, 11, 23)
MANY = int(os.environ.get("GATEWISE_MANY", "20000"))


def best(work: Callable[[], object], times: int) -> float:
    """The shortest of several runs, in milliseconds: what the work costs undisturbed."""
    shortest = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        work()
        shortest = min(shortest, time.perf_counter() - started)
    return 1000 * shortest


def cold(command: list[str]) -> Callable[[], object]:
    """A whole process, from nothing to its exit."""
    quiet = subprocess.DEVNULL
    return lambda: subprocess.run(command, stdout=quiet, stderr=quiet, check=False)


def line(what: str, figure: str, aim: str = "") -> None:
    """One figure."""
    print(f"{what:<58}{figure:>14}{aim:>20}")


def memory() -> float:
    """What the process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def main() -> None:
    """Measure and print everything."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    line("", "measured", "aim")
    rulebook = load_rulebook(shipped_rules(), cases=False)
    deck = parse_deck(read_documents(DECK)[0], rulebook.vocabulary)
    assessment: Assessment = assess(rulebook, deck, DAY)
    evaluated = evaluate_deck(rulebook, deck, DAY)
    prepared, facts = evaluated.prepared, evaluated.facts
    rules = len(prepared.selection.rules)
    line("rules evaluated", str(rules))

    per_100 = 100 / rules
    engine = prepared.rete_at("alpha_beta")
    assert engine is not None, "durable_rules is not installed"
    reference = best(lambda: prepared.reference.evaluate(facts), 300)
    rete = best(lambda: engine.evaluate(facts), 300)
    whole = best(lambda: assess(rulebook, deck, DAY), 300)
    for what, figure, aim in (
        ("one deck, reference evaluator", reference, "under 0.5 ms"),
        ("one deck, durable_rules", rete, ""),
        ("one deck, both and all reasons", whole, "under 2.5 ms"),
    ):
        line(what, f"{figure:.2f} ms")
        line("  for 100 rules", f"{figure * per_100:.2f} ms", aim)

    gc.collect()
    assess_many(rulebook, deck, MANY // 10)
    before = memory()
    assess_many(rulebook, deck, MANY)
    line(f"memory before and after {MANY:,} decks", f"{before:.0f}, {memory():.0f} MB", "flat")

    load = best(lambda: load_rulebook(shipped_rules(), cases=False), 15)
    compiled = best(lambda: ReteEvaluator(prepared.selection, "alpha_beta"), 15)
    line("load the rulebook", f"{load:.0f} ms")
    whole_book = best(lambda: ReteEvaluator(prepared.selection), 15)
    line("compile for durable_rules, one gate", f"{compiled:.0f} ms")
    line("compile for durable_rules, every gate in one", f"{whole_book:.0f} ms")
    line("load and compile", f"{load + compiled:.0f} ms", "under 150 ms")

    imports = [sys.executable, "-c", "import click, yaml, pydantic"]
    check = [
        str(Path(sys.executable).with_name("gatewise")),
        "check",
        str(DECK),
        "--as-of",
        str(DAY),
    ]
    # in turn, so that whatever else the machine does disturbs both alike
    pairs = [(best(cold(imports), 1), best(cold(check), 1)) for _ in range(20)]
    bare, whole_check = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
    line("cold: import click, yaml, pydantic", f"{bare:.0f} ms")
    line("cold: gatewise check", f"{whole_check:.0f} ms")
    line("  as a ratio", f"{whole_check / bare:.1f}", "under 3")
    help_ = min(best(cold([check[0], "--help"]), 1) for _ in range(10))
    line("cold: gatewise --help", f"{help_:.0f} ms")
    print(f"({assessment.headline}: the deck measured)")


def assess_many(rulebook: object, deck: object, times: int) -> None:
    """Assess one deck again and again."""
    for _ in range(times):
        assess(rulebook, deck, DAY)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
