"""A run as JSON, by the published schema."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from engine.model.check_run import CheckRun, Show


def as_json(run: CheckRun, show: Show = "findings") -> str:
    """The whole run, field by field, with dates as ISO text; ``show`` changes nothing."""
    return json_text(run)


def json_text(value: Any) -> str:
    """Anything of the model as JSON: field by field, amounts with their pence, days as ISO text."""
    return json.dumps(_plain(value), ensure_ascii=False, indent=2) + "\n"


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date) else value
