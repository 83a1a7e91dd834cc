"""A run as JUnit XML, for the test report of a build: a suite for each deck, a case for each rule.

What is not met and what cannot be known are both failures, whatever ``--fail-on`` says: a rule
that did not hold is not shown as passed. The failure's type is the outcome, so that a reader may
count escalations alone; whether the build breaks is for the command's exit code.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from engine.errors import printable
from engine.model.assessment import Assessment, Concluded, Finding, Score
from engine.model.check_run import CheckRun, NotAssessed, Show
from engine.renderers import words
from engine.showing import show_type


def as_junit(run: CheckRun, show: Show = "findings") -> str:
    """Every rule on every deck; ``show`` changes nothing."""
    suites = [*map(_assessment, run.assessments), *map(_not_assessed, run.not_assessed)]
    root = ET.Element("testsuites", name="gatewise")
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in suites)))
    root.extend(suites)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, "unicode") + "\n"


def _assessment(assessment: Assessment) -> ET.Element:
    where = assessment.deck
    cases = [_finding(each, where, assessment.organisation) for each in assessment.findings]
    if assessment.score is not None:
        cases.insert(0, _score(assessment.score, where))
    cases += [_answer(drawn, where) for drawn in assessment.conclusions if drawn.answer]
    if not assessment.assessed and not any(drawn.answer for drawn in assessment.conclusions):
        case = _case("The deck was assessed", where, "gatewise")
        _part(case, "error", "not assessed", assessment.headline, assessment.headline)
        cases.insert(0, case)
    return _suite(where, cases, dict(_properties(assessment)))


def _not_assessed(failed: NotAssessed) -> ET.Element:
    case = _case("The deck was assessed", failed.deck, "gatewise")
    message = f"Could not assess {failed.deck}"
    _part(case, "error", "not assessed", message, "\n".join(map(str, failed.problems)))
    return _suite(failed.deck, [case], {})


def _suite(name: str, cases: list[ET.Element], properties: dict[str, str]) -> ET.Element:
    """The suite, its results counted; without times, which would differ from run to run."""
    counts = {
        total: str(sum(case.find(part) is not None for case in cases))
        for total, part in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))
    }
    suite = ET.Element("testsuite", {"name": _text(name), "tests": str(len(cases)), **counts})
    if properties:
        listed = ET.SubElement(suite, "properties")
        for key, value in properties.items():
            ET.SubElement(listed, "property", name=key, value=_text(value))
    suite.extend(cases)
    ET.SubElement(suite, "system-out").text = words.NOT_A_DECISION
    return suite


def _properties(assessment: Assessment) -> Iterator[tuple[str, str]]:
    yield "project", assessment.title
    for name, value in (("gate", assessment.gate_title), ("organisation", assessment.organisation)):
        if value:
            yield name, value
    yield "rules as of", show_type("date", assessment.as_of)
    yield "outcome", assessment.headline
    if assessment.score:
        yield "score", words.score(assessment)
    for n, goes_to in enumerate(assessment.goes_to, 1):
        yield f"goes to {n}", f"{goes_to.who}: {goes_to.purpose}"
    yield "rulebook", f"{assessment.provenance.rulebook} {assessment.provenance.rulebook_hash}"
    yield "engine", assessment.provenance.engine_version
    if assessment.provenance.note:
        yield "note", assessment.provenance.note


def _finding(finding: Finding, deck: str, organisation: str | None) -> ET.Element:
    case = _case(f"{finding.rule} {finding.title}", deck, finding.ruleset)
    message = f"{words.consequence(finding)}: {words.reason(finding)}"
    if finding.status == "met":
        ET.SubElement(case, "system-out").text = _lines(_details(finding, organisation))
    elif finding.outcome in ("recommend", "escalate") and not finding.trial:
        _part(case, "failure", finding.outcome, message, _lines(_details(finding, organisation)))
    else:
        kind = "trial" if finding.trial else finding.status
        _part(case, "skipped", kind, message, "")
    return case


def _details(finding: Finding, organisation: str | None) -> Iterator[str]:
    yield finding.reason
    if finding.status != "met":
        yield f"Next: {finding.remedy}"
        yield f"Who: {finding.owner}"
    for found in finding.evidence:
        yield f"Seen: {words.evidence(found)}"
    for number in words.numbers(finding, organisation):
        yield f"Number: {number}"
    yield f"Source: {words.source(finding.source, organisation)} {finding.source.link}".rstrip()


def _score(score: Score, deck: str) -> ET.Element:
    case = _case(f"The score reaches the {score.pass_mark_title.lower()}", deck, "gatewise")
    said = (
        f"{score.earned} of {score.applicable} points, {score.percent}. "
        f"The {score.pass_mark_title.lower()} is {score.pass_mark}."
    )
    if score.reached:
        ET.SubElement(case, "system-out").text = said
    else:
        _part(case, "failure", "escalate", f"Escalated: {said}", said)
    return case


def _answer(drawn: Concluded, deck: str) -> ET.Element:
    """What a rulebook concludes that has no rules: an answer is no test that could fail."""
    case = _case(drawn.title, deck, "gatewise")
    if drawn.value is None:
        _part(case, "error", "not assessed", drawn.because, words.conclusion(drawn))
    else:
        ET.SubElement(case, "system-out").text = _text(words.conclusion(drawn))
    return case


def _case(name: str, deck: str, group: str) -> ET.Element:
    """A case; readers divide a class's name at its dots, so the deck's name has none."""
    classname = f"{deck.replace('.', '_')}.{group}"
    return ET.Element("testcase", classname=_text(classname), name=_text(name))


def _part(case: ET.Element, name: str, kind: str, message: str, body: str) -> None:
    part = ET.SubElement(case, name, type=kind, message=_text(message))
    part.text = _lines(body.split("\n")) or None


def _lines(lines: Iterator[str] | list[str]) -> str:
    return "\n".join(map(_text, lines))


def _text(text: str) -> str:
    """One line without what XML cannot hold."""
    return " ".join(printable(text).split())
