"""A run as SARIF 2.1.0, for code scanning and for editors that show findings in their files.

What cannot be known is a failure where its rule says so. SARIF would also call it "open", but
gives such a result no level, and readers that go by levels would take it for nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from engine.errors import Place, Problem, printable
from engine.model.assessment import Assessment, Finding, Score
from engine.model.check_run import CheckRun, Show
from engine.renderers import words

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MARK_RULE = "pass-mark"  # the id of what is asked of the score
_LEVELS = {"escalate": "error", "recommend": "warning"}
_NOT_ASSESSED = 3  # the command's exit code; whether 0 or 1 else, --fail-on decides

Json = dict[str, Any]


def as_sarif(run: CheckRun, show: Show = "findings") -> str:
    """One SARIF run over all decks.

    Args:
        show: with "all" also what was met or does not apply, which some readers take for alerts.
    """
    rules: dict[str, Json] = {}
    results: list[Json] = []
    for assessment in run.assessments:
        results += _results(assessment, rules, show == "all")
    index = {name: n for n, name in enumerate(rules)}
    for result in results:
        result["ruleIndex"] = index[result["ruleId"]]
    driver: Json = {"name": "gatewise", "rules": list(rules.values())}
    if run.assessments:
        made = run.assessments[0].provenance
        driver["semanticVersion"] = made.engine_version
        driver["properties"] = {"rulebook": made.rulebook, "rulebookHash": made.rulebook_hash}
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "automationDetails": {"id": "gatewise/"},
                "invocations": [_invocation(run)],
                "artifacts": [
                    {"location": {"uri": uri}, "roles": ["analysisTarget"]} for uri in _files(run)
                ],
                "results": results,
                "properties": {
                    "summary": dict(run.summary),
                    "assessments": list(map(_summary, run.assessments)),
                    "note": words.NOT_A_DECISION,
                },
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _results(assessment: Assessment, rules: dict[str, Json], show_all: bool) -> Iterator[Json]:
    score, file = assessment.score, _file_of(assessment)
    if score is not None and (show_all or not score.reached):
        rules.setdefault(MARK_RULE, _mark_rule(score))
        yield _result(assessment, MARK_RULE) | {
            "kind": "pass" if score.reached else "fail",
            "level": "none" if score.reached else "error",
            "message": _message(words.score(assessment)),
            "locations": [_location(Place(file))],
        }
    for finding in assessment.findings:
        if show_all or finding.outcome in _LEVELS:
            rules.setdefault(finding.rule, _rule(finding))
            yield _result(assessment, finding.rule) | _of_finding(finding, assessment, file)


def _result(assessment: Assessment, rule: str) -> Json:
    return {
        "ruleId": rule,
        "partialFingerprints": {"deckAndRule/v1": f"{_text(assessment.deck)}#{rule}"},
    }


def _of_finding(finding: Finding, assessment: Assessment, file: str) -> Json:
    kind, level = _kind(finding)
    following = f" Next: {finding.remedy} Who: {finding.owner}." if finding.remedy else ""
    here = [e for e in finding.evidence if e.place is not None and e.place.source == file]
    # what the rule asks of a fact says more of the place than what made the rule apply
    first = next((e for e in here if e.expected), here[0] if here else None)
    places = list(dict.fromkeys(e.place for e in here if e.place is not None))
    at = first.place if first is not None and first.place is not None else Place(file)
    result: Json = {
        "kind": kind,
        "level": level,
        "message": _message(f"{words.reason(finding)}{following}"),
        "locations": [_location(at)],
    }
    if others := [place for place in places if place != at]:
        result["relatedLocations"] = [_location(place) for place in others]
    result["properties"] = {
        "deck": _text(assessment.deck),
        "project": _text(assessment.title),
        "status": finding.status,
        "outcome": finding.outcome,
        "consequence": words.consequence(finding),
        "evidence": [_text(words.evidence(found)) for found in finding.evidence],
        "numbers": words.numbers(finding),
    }
    return result


def _kind(finding: Finding) -> tuple[str, str]:
    if finding.outcome is None:
        return "notApplicable", "none"
    if finding.outcome == "pass":
        return ("open" if finding.status == "unknown" else "pass"), "none"
    if finding.trial:
        return "informational", "none"
    return "fail", _LEVELS[finding.outcome]


def _rule(finding: Finding) -> Json:
    link = finding.source.link
    rule: Json = {
        "id": finding.rule,
        "name": _identifier(finding.title),
        "shortDescription": _message(f"{finding.title}."),
        "fullDescription": _message(finding.rationale or f"{finding.title}."),
        "help": _message(f"{finding.rationale} Source: {words.source(finding.source)}.".lstrip()),
        "properties": {"tags": [finding.ruleset], "owner": finding.owner},
    }
    return rule | {"helpUri": link} if link else rule


def _mark_rule(score: Score) -> Json:
    title = "The score reaches the pass mark of the gate"
    rule: Json = {
        "id": MARK_RULE,
        "name": _identifier(title),
        "shortDescription": _message(f"{title}."),
    }
    where = score.pass_mark_source
    if where is not None:
        rule["help"] = _message(f"Source: {words.source(where)}.")
        if where.link:
            rule["helpUri"] = where.link
    return rule


def _identifier(title: str) -> str:
    """The title as one word, as SARIF names rules: "ASeniorResponsibleOwnerIsNamed"."""
    return "".join(word[:1].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", title))


def _invocation(run: CheckRun) -> Json:
    notes = [_notification(p) for failed in run.not_assessed for p in failed.problems]
    notes += [
        _notification(Problem(Place(_file_of(assessment)), assessment.headline))
        for assessment in run.assessments
        if not assessment.assessed
    ]
    if not notes:
        return {"executionSuccessful": True}
    return {
        "executionSuccessful": False,
        "exitCode": _NOT_ASSESSED,
        "exitCodeDescription": "a deck could not be read or assessed",
        "toolExecutionNotifications": notes,
    }


def _notification(problem: Problem) -> Json:
    return {
        "level": "error",
        "message": _message(f"Could not assess: {words.problem(problem)}"),
        "locations": [_location(problem.place)],
    }


def _location(place: Place) -> Json:
    """The file and line, and in words what no line can say."""
    location: Json = {}
    if not _is_file(place.source):
        names = [place.source, place.where]
    else:
        physical: Json = {"artifactLocation": {"uri": _uri(place.source)}}
        if place.line is not None:
            physical["region"] = {"startLine": place.line}
        location["physicalLocation"] = physical
        names = [place.where]
    if logical := [{"fullyQualifiedName": _text(name)} for name in names if name]:
        location["logicalLocations"] = logical
    return location


def _is_file(source: str) -> bool:
    return source != "standard input"


def _uri(source: str) -> str:
    path = PurePath(source)
    if path.is_absolute():
        return path.as_uri()
    # as_uri() encodes what a URI cannot hold, and takes absolute paths alone
    root = PurePath("/") if PurePath("/").is_absolute() else PurePath("C:/")
    return (root / path).as_uri().removeprefix(root.as_uri())


def _file_of(assessment: Assessment) -> str:
    """The deck's file: its name without the words for the place inside."""
    seen = {e.place.source for f in assessment.findings for e in f.evidence if e.place is not None}
    known = [name for name in seen if f"{assessment.deck}, ".startswith(f"{name}, ")]
    return max(known, key=len, default=re.sub(r", record \d+$", "", assessment.deck))


def _files(run: CheckRun) -> list[str]:
    named = [_file_of(assessment) for assessment in run.assessments]
    named += [p.place.source for failed in run.not_assessed for p in failed.problems]
    return [_uri(name) for name in dict.fromkeys(named) if _is_file(name)]


def _summary(assessment: Assessment) -> Json:
    return {
        "deck": _text(assessment.deck),
        "project": _text(assessment.title),
        "gate": assessment.gate_title,
        "organisation": assessment.organisation,
        "asOf": assessment.as_of.isoformat(),
        "outcome": assessment.outcome,
        "headline": _text(assessment.headline),
        "score": words.score(assessment) or None,
        "goesTo": [f"{each.who}: {each.purpose}" for each in assessment.goes_to],
    }


def _message(text: str) -> Json:
    """A message; brackets and braces that would be links and holes in it stay text."""
    escaped = re.sub(r"([\\\[\]])", r"\\\1", _text(text))
    return {"text": escaped.replace("{", "{{").replace("}", "}}")}


def _text(text: str) -> str:
    """One line that can be written as it is."""
    return " ".join(printable(text).split())
