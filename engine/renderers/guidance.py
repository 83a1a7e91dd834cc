"""What a template tells those who fill it in, in every form."""

from __future__ import annotations

from engine.model.vocabulary import FactSpec
from engine.showing import show_type, show_value
from engine.template import Answer, ListPart, Mark, Slot, Template
from engine.writing import capitalised, how_to_write, write_value

UNKNOWN = "Leave an answer blank, or write TBC, where it is not known yet."
NONE_LISTED = "Where a list has nothing on it, write None in its first answer."


def written(spec: FactSpec, answer: Answer) -> str:
    """An answer as it stands in a cell."""
    if answer is None:
        return ""
    return answer.value if isinstance(answer, Mark) else write_value(spec, answer)


def may_be_written(spec: FactSpec) -> str:
    """What may be written, as a sentence."""
    none = "; None where there are none" if spec.type in ("choices", "references") else ""
    return f"{capitalised(how_to_write(spec))}{none}."


def asked_by(rules: tuple[str, ...]) -> str:
    """The rules that ask, or that none does."""
    return f"Asked by {', '.join(rules)}." if rules else "No rule asks it at this gate."


def taken_as(slot: Slot) -> str:
    """What counts where nothing is written, or ""."""
    if slot.taken_as is None:
        return ""
    value = show_value(slot.spec, slot.taken_as)
    return f"Taken as {value} unless you write something else."


def about(slot: Slot) -> str:
    """All that there is to know of a fact, in one paragraph."""
    parts = (
        f"{slot.label} ({slot.name}): {slot.spec.question}",
        may_be_written(slot.spec),
        taken_as(slot),
        asked_by(slot.rules),
    )
    return " ".join(part for part in parts if part)


def about_list(part: ListPart) -> str:
    """What a list is for, and how to say that there is nothing on it."""
    return f"List each {part.list.item}. {NONE_LISTED} {asked_by(part.rules)}"


def scene(template: Template) -> tuple[str, ...]:
    """The gate, whose it is and the day, as far as they are known."""
    day = "" if template.day is None else show_type("date", template.day)
    return tuple(filter(None, (template.gate.title, template.organisation, day)))


def rules_read(template: Template) -> str:
    """Which questions the template holds, and what of an earlier deck does not hold any more."""
    whose = f" at {template.organisation}" if template.organisation else ""
    day = show_type("date", template.as_of)
    asked = f"It holds what is asked at the gate {template.gate.title}{whose}"
    return f"{asked} by the rules as of {day}. {template.carried}".rstrip()
