"""The published service-assessment reports, checked in one command and held against the panels."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT.parent / "shared" / "data" / "service-assessments" / "assessments.jsonl"
SCRIPT = ROOT / "examples" / "service_assessments.py"


def run(reports: Path) -> subprocess.CompletedProcess[str]:
    """The script on a file of reports."""
    command = [sys.executable, str(SCRIPT), str(reports)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.skipif(not REPORTS.is_file(), reason="the published reports are not on this machine")
def test_the_real_reports_agree_with_their_panels() -> None:
    done = run(REPORTS)
    assert (done.returncode, done.stderr) == (0, "")
    agreed = re.search(r"every report with a known decision: (\d+) of (\d+)", done.stdout)
    assert agreed is not None
    assert int(agreed[2]) == 86
    assert int(agreed[1]) >= 0.9 * 86
    assert "No decision to compare with: 19" in done.stdout


def test_one_report_of_each_kind(tmp_path: Path) -> None:
    """Written here, so that the script is tried where the reports are not."""

    def report(gate: str, unmet: tuple[int, ...], panel: str) -> str:
        answers = ", ".join(f'"{n}": "{"no" if n in unmet else "yes"}"' for n in range(1, 19))
        return (
            f'{{"input": {{"service": "S", "gate": "{gate}", "date": "27 October 2015", '
            f'"standard": "2015 Digital Service Standard (18)", "criteria": {{{answers}}}}}, '
            f'"expected": {{"result": "", "three_way": "{panel}"}}}}'
        )

    reports = tmp_path / "reports.jsonl"
    cases = (
        ("alpha", (), "pass"),
        ("alpha", (8,), "recommend"),
        ("alpha", (1,), "escalate"),
        ("beta", (8,), "escalate"),
        ("live", (), "pass"),
    )
    reports.write_text("\n".join(report(*case) for case in cases), encoding="utf-8")
    done = run(reports)
    assert (done.returncode, done.stderr) == (0, "")
    assert "every report with a known decision: 5 of 5" in done.stdout
