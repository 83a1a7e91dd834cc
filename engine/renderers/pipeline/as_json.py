"""A pipeline or a return as JSON: every field of every case, money in pounds, days as ISO text."""

from __future__ import annotations

from typing import Any

from engine.model.check_run import NotAssessed
from engine.model.pipeline import Pipeline, SpendCase, SpendReturn
from engine.pipeline.fields import CASE_FIELDS
from engine.pipeline.in_words import RETURN_DOES_NOT_TELL, WHAT_THIS_DOES_NOT_TELL
from engine.renderers.as_json import json_text

VERSION = "1.1"  # the first number rises when a reader could break


def pipeline_as_json(pipeline: Pipeline) -> str:
    """The list, most urgent first, with its totals."""
    return json_text(
        {
            "schema": "gatewise/pipeline",
            "version": VERSION,
            "rulebook": pipeline.rulebook,
            "rulebook_hash": pipeline.rulebook_hash,
            "lines": [
                _not_assessed(line) if isinstance(line, NotAssessed) else _case(line)
                for line in pipeline.lines
            ],
            "by_need": pipeline.by_need,
            "by_year": pipeline.by_year,
            "notes": pipeline.notes,
            "does_not_tell": WHAT_THIS_DOES_NOT_TELL,
        }
    )


def return_as_json(drawn: SpendReturn) -> str:
    """The return, with what could not be included and why."""
    return json_text(
        {
            "schema": "gatewise/return",
            "version": VERSION,
            "rulebook": drawn.rulebook,
            "rulebook_hash": drawn.rulebook_hash,
            "from": drawn.span.first,
            "to": drawn.span.last,
            "nil": drawn.nil,
            "unsettled": drawn.unsettled,
            "lines": drawn.lines,
            "left_out": drawn.left_out,
            "not_assessed": [_not_assessed(each) for each in drawn.not_assessed],
            "notes": drawn.notes,
            "does_not_tell": RETURN_DOES_NOT_TELL,
        }
    )


def _case(case: SpendCase) -> dict[str, Any]:
    concluded = [*([case.needs] if case.needs else []), *case.parts]
    return {
        "assessed": True,
        **{name: field.get(case) for name, field in CASE_FIELDS.items()},
        "project": case.assessment.title,  # the deck's name beside it tells it apart
        "later": case.later.gate if case.later else None,
        "concluded": {each.fact: each.raw for each in concluded},
        "outcome": case.outcome,
        "findings": [
            {"rule": f.rule, "status": f.status, "outcome": f.outcome, "reason": f.reason,
             "remedy": f.remedy, "owner": f.owner}
            for f in case.open
        ],
        "approvals": case.approvals,
        "years": case.years,
        "due": case.due,
    }  # fmt: skip


def _not_assessed(failed: NotAssessed) -> dict[str, Any]:
    return {
        "assessed": False,
        "deck": failed.deck,
        "needs": "could not assess",
        "problems": failed.problems,
    }
