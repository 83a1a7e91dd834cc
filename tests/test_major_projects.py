"""The published returns of major projects: checked in one command, traps and all."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine import load_rulebook, shipped_rules

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
PAGE = (ROOT / "docs" / "major-projects.md").read_text(encoding="utf-8")
DATA = ROOT.parent / "shared" / "data" / "gmpp"
FILES = ("decks.jsonl", "labels.jsonl", "label_conflicts.csv")

real_data = pytest.mark.skipif(
    not all((DATA / name).is_file() for name in FILES),
    reason="the published returns are not on this machine",
)


@pytest.fixture(scope="module")
def script() -> Iterator[Any]:
    """The script as a module, with what it reads the returns by."""
    sys.path.insert(0, str(EXAMPLES))
    try:
        spec = importlib.util.spec_from_file_location(
            "major_projects", EXAMPLES / "major_projects.py"
        )
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules["major_projects"] = module
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path.remove(str(EXAMPLES))
        sys.modules.pop("major_projects", None)


# ---- the real returns


@cache
def printed() -> str:
    """What the script prints of the real returns."""
    decks, labels, conflicts = (str(DATA / name) for name in FILES)
    command = [sys.executable, str(EXAMPLES / "major_projects.py"), decks]
    command += ["--labels", labels, "--conflicts", conflicts]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def rows(text: str) -> list[list[int]]:
    """The lines that begin with a year or with "all", as numbers; "all" is 0."""
    lines = (re.findall(r"\d+", line.replace("all", "0", 1)) for line in text.splitlines())
    return [[int(number) for number in line] for line in lines]


@real_data
def test_the_page_gives_the_counts_of_each_year() -> None:
    table, _ = printed().split("Not enough information\n")
    ours = rows("\n".join(table.strip().splitlines()[2:]))
    page = rows("\n".join(re.findall(r"^\| (?:\d{4}|all) \|(?: \d+ \|)+$", PAGE, re.MULTILINE)))
    assert [row[0] for row in ours] == [*range(2014, 2025), 0]
    assert all(returns == assessed for _, returns, assessed, *_ in ours)
    # the page: year, returns, the seven contradictions, returns with any, advice
    assert [[year, n, *checks[:7], checks[8], checks[7]] for year, n, _, *checks in ours] == page
    assert page[-1][:2] == [0, 1954]


@real_data
def test_the_page_gives_how_often_there_is_not_enough_information() -> None:
    table = printed().split("Not enough information\n")[1].split("\n\n")[0]
    *_, total = rows("\n".join(table.splitlines()[1:]))
    said = re.findall(r"^\| RETURN-00\d [^|]*\| (\d+) \|", PAGE, re.MULTILINE)
    assert [int(number) for number in said] == total[3:11]


@real_data
def test_what_is_odd_is_counted_as_the_page_says() -> None:
    counts = Counter[str]()
    for number, what in re.findall(r"^ +(\d+)  (\S.*)$", printed(), re.MULTILINE):
        counts[re.sub(r'^".*" in place', "words in place", what)] += int(number)
    words = sum(n for what, n in counts.items() if what.startswith("words in place"))
    missing = counts["not given"] + counts["rating not given"]
    page = PAGE
    assert f"{counts['withheld, or too early to say']} values are withheld" in page
    assert f"{missing} are not given ({counts['rating not given']} of them ratings)" in page
    assert f"and {words} hold words" in page
    zero, below = counts["budget of a year of zero"], counts["budget of a year below zero"]
    assert f"{zero} budgets of zero and {below} below zero" in page
    zero, below = counts["whole-life cost of zero"], counts["whole-life cost below zero"]
    assert f"{zero} whole-life costs of zero and {below} below zero" in page


@real_data
def test_each_return_of_the_list_is_dealt_with_as_the_page_says() -> None:
    found = printed().partition("\nBoth: ")[2]
    both, they, we, _ = re.split(r"\n(?:Only they|Only we|Kinds that[^:]*): \d+", found)
    lists = {"contradicts": both, "fits": they, "not enough information": they}
    page, alone = PAGE.split("### What this tool alone finds")
    table = re.findall(
        r"^\| (\d{4}) \| ([^|]+) \| [^|]+ \| ([^|]+) \| [^|]+ \|$", page, re.MULTILINE
    )
    assert len(table) == 31
    assert len(both.strip().splitlines()) - 1 == sum(row[2] == "contradicts" for row in table)
    for year, name, how in table:
        lines = [line for line in lists[how].splitlines() if said_of(line, year, name)]
        assert lines, (year, name, how)
        state = {"contradicts": "not_met", "fits": " met", "not enough information": "unknown"}[how]
        assert all(state in line for line in lines), lines
    for year, name in re.findall(
        r"^\| (\d{4}) \| ([^|]+) \| (?:end|variance) \|", alone, re.MULTILINE
    ):
        assert any(said_of(line, year, name) for line in we.splitlines()), name
    assert len(re.findall(r"^\| \d{4} \|", alone, re.MULTILINE)) == len(we.strip().splitlines())


def said_of(line: str, year: str, name: str) -> bool:
    """Whether a printed line is of this project, by the words of the name on the page."""
    words = [word.lower() for word in re.findall(r"\w+", name)]
    return line.strip().startswith(year) and all(word in line.lower() for word in words)


# ---- each trap, in a small return


def record(
    year: int = 2024, name: str = "Northern relief line", **changed: object
) -> dict[str, Any]:
    """A return that contradicts nothing; ``changed`` by the names of the data's own columns."""
    plain: dict[str, Any] = {
        "start": "2019-04-01", "end": "2031-03-31", "end_raw": None, "fy_baseline": 250e6,
        "fy_forecast": 240e6, "variance_pct_published": -4.0, "whole_life_cost": 1.9e9,
        "independent": "Amber", "sro": None, "exempt": [], "id": None, **changed,
    }  # fmt: skip
    take = {key: plain.get(key) for key in plain}
    return {
        "deck_id": f"GMPP-{year}-{name}",
        "as_at": f"{year}-03-31",
        "project": {"id": take["id"], "title": name, "organisation": "DfT"},
        "dates": {key: take[key] for key in ("start", "end", "end_raw")},
        "budget": {
            key: take[key]
            for key in ("fy_baseline", "fy_forecast", "variance_pct_published", "whole_life_cost")
        },
        "rag": {"independent": take["independent"], "sro": take["sro"]},
        "withheld": {"exempt": take["exempt"], "early_planning": [], "missing": []},
    }


@pytest.fixture(scope="module")
def statuses(script: Any) -> Any:
    """The statuses of one return's rules, by the last digit; last year's may be given first."""
    rulebook = load_rulebook(shipped_rules(), cases=False)

    def check(*records: dict[str, Any], says: dict[str, str] | None = None) -> dict[int, str]:
        odd: Counter[str] = Counter()
        reading = sys.modules["published_returns"]
        returns = [reading.parse_return(each, {}, odd) for each in records[:-1]]
        returns.append(reading.parse_return(records[-1], says or {}, odd))
        *_, last = script.check_returns(returns, rulebook)
        assert not last.refused
        return {int(rule[-1]): status for rule, status in last.statuses.items()}

    return check


def test_a_return_that_fits(statuses: Any) -> None:
    found = statuses(record())
    assert [found[rule] for rule in (1, 4, 8)] == ["met"] * 3
    assert {found[rule] for rule in (2, 3, 5, 6, 7)} == {"not_applicable"}


def test_the_variance_is_signed(statuses: Any) -> None:
    assert statuses(record(variance_pct_published=4.0))[1] == "not_met"


ODD = ("Infinity", "NA", "", "Exempt under Section 43", "£1,200m - £1,900m", "Low/Mid/High", None)


@pytest.mark.parametrize("written", ODD)
@pytest.mark.parametrize("column", ["fy_baseline", "fy_forecast", "variance_pct_published"])
def test_what_is_not_plainly_a_number_is_unknown(statuses: Any, column: str, written: Any) -> None:
    found = statuses(record(**{column: written}), says={"variance_over_5pct": "no"})
    assert found[1] == "unknown"
    assert found[3] == ("met" if column == "variance_pct_published" else "unknown")


@pytest.mark.parametrize("written", ODD)
def test_a_cost_that_is_not_plainly_a_number_is_unknown(statuses: Any, written: Any) -> None:
    found = statuses(record(2023), record(whole_life_cost=written), says={"wlc": "same"})
    assert found[6] == "unknown"


def test_what_is_marked_as_withheld_is_not_read(statuses: Any) -> None:
    withheld = record(exempt=["fcst", "end"])
    found = statuses(withheld, says={"variance_over_5pct": "yes"})
    assert {found[rule] for rule in (1, 2, 4, 8)} == {"unknown"}


@pytest.mark.parametrize(("budget", "forecast"), [(0.0, 1e6), (0.0, 0.0), (-75e6, -53e6)])
@pytest.mark.parametrize("published", [0.0, 100.0, -29.0])
@pytest.mark.parametrize("said", ["yes", "no"])
def test_nothing_is_measured_from_a_budget_of_zero_or_below(
    statuses: Any, budget: float, forecast: float, published: float, said: str
) -> None:
    odd = record(fy_baseline=budget, fy_forecast=forecast, variance_pct_published=published)
    found = statuses(odd, says={"variance_over_5pct": said})
    assert found[1] == found[2 if said == "yes" else 3] == "unknown"


def test_nothing_is_compared_with_a_cost_of_zero(statuses: Any) -> None:
    before = record(2023, whole_life_cost=0.0)
    assert statuses(before, record(), says={"wlc": "increased"})[6] == "unknown"
    assert statuses(record(2023), record(), says={"wlc": "increased"})[6] == "met"


def test_an_end_before_the_start_is_seen(statuses: Any) -> None:
    assert statuses(record(start="2023-02-20", end="2023-01-20"))[4] == "not_met"


@pytest.mark.parametrize(
    "written",
    ["2031-03-31", "31/03/2031", "31.03.31", "2031-03-31 00:00:00", "31/03/2031 00:00:00"],
)
def test_a_date_is_read_in_each_of_its_forms(statuses: Any, written: str) -> None:
    found = statuses(record(2023), record(end_raw=written), says={"end_date": "same"})
    assert [found[rule] for rule in (4, 5, 8)] == ["met"] * 3


@pytest.mark.parametrize("written", ["No end date", "TBD", "03/31/2031", "Low/Mid/High", "#N/A"])
def test_what_is_no_date_is_unknown(statuses: Any, written: str) -> None:
    found = statuses(record(2023), record(end_raw=written), says={"end_date": "same"})
    assert [found[rule] for rule in (4, 5, 8)] == ["unknown"] * 3


def test_without_a_return_last_year_nothing_is_compared(statuses: Any) -> None:
    says = {"end_date": "same", "wlc": "same", "dca_trend": "same"}
    other = record(2023, "Southern relief road", start="2018-01-01")
    two_years_ago = record(2022)
    for before in (other, two_years_ago):
        found = statuses(before, record(), says=says)
        assert [found[rule] for rule in (5, 6, 7)] == ["unknown"] * 3
    found = statuses(record(2023), record(), says=says)
    assert [found[rule] for rule in (5, 6, 7)] == ["met"] * 3


def test_a_project_is_found_again_by_its_id_whatever_its_title(statuses: Any) -> None:
    before = record(2023, "Relief", id="DH_0001_2021-Q1", end="2030-03-31")
    now = record(id="DOH_0001_2021-Q1")
    assert statuses(before, now, says={"end_date": "same"})[5] == "not_met"
    renumbered = record(2023, id="DH_0002_2021-Q1")
    assert statuses(renumbered, now, says={"end_date": "same"})[5] == "unknown"


def test_ratings_move_as_said_or_not(statuses: Any) -> None:
    before = record(2023, independent="Amber/Red")
    assert statuses(before, record(), says={"dca_trend": "improved"})[7] == "met"
    assert statuses(before, record(), says={"dca_trend": "worse"})[7] == "not_met"
    reset = record(independent="Reset")
    assert statuses(before, reset, says={"dca_trend": "worse"})[7] == "unknown"


def test_figures_are_of_september_until_2020(statuses: Any) -> None:
    assert statuses(record(2020, end="2019-12-31"))[8] == "met"
    assert statuses(record(2021, end="2020-12-31"))[8] == "not_met"


def test_the_whole_run_without_labels_or_list(tmp_path: Path) -> None:
    """Written here, so that the script is tried where the returns are not."""
    lines = [json.dumps(record(variance_pct_published=float("inf"))), json.dumps(record(2023))]
    file = tmp_path / "decks.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, str(EXAMPLES / "major_projects.py"), str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert '1  "Infinity" in place of a number' in done.stdout
    assert rows(done.stdout.split("\n\n")[0])[-1] == [0, 2, 2, *[0] * 9]
