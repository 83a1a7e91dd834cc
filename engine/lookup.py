"""Gates, organisations and rules by the names that people give them."""

from __future__ import annotations

from engine.errors import Place, Problem, RuleError, nearest
from engine.model.rules import Conclusion, Gate, Organisation, Rule, Rulebook


def find_organisation(rulebook: Rulebook, name: str) -> Organisation:
    """The organisation of that id or title.

    Raises:
        RuleError: there is none.
    """
    known = rulebook.organisations
    found = next((each for each in known.values() if is_named(each, name)), None)
    if found is None:
        fix = nearest(name, known) or f"Use one of: {', '.join(known)}."
        fix = fix if known else "Leave it out: these rules name no organisation."
        raise RuleError(
            [Problem(Place(rulebook.title), f'no rules for the organisation "{name}"', fix=fix)]
        )
    return found


def is_named(thing: Organisation | Gate, name: str) -> bool:
    """Whether somebody means this organisation or gate: by its id, or by its title."""
    return name.strip() == thing.id or name.strip().casefold() == thing.title.casefold()


def find_rule(rulebook: Rulebook, name: str) -> Rule | Conclusion:
    """The rule of that id, or the conclusion that works out that fact.

    Raises:
        RuleError: there is neither.
    """
    rules: dict[str, Rule | Conclusion] = {rule.id: rule for rule in rulebook.rules}
    conclusions = {conclusion.fact: conclusion for conclusion in rulebook.conclusions}
    found = rules.get(name.upper()) or conclusions.get(name)
    if found is None:
        known = [*rules, *conclusions]
        fix = nearest(name.upper(), known) or nearest(name, known) or "See gatewise rules list."
        raise RuleError([Problem(Place(rulebook.title), f'no rule "{name}"', fix=fix)])
    return found


def find_gate(rulebook: Rulebook, name: str, organisation: Organisation | None = None) -> Gate:
    """The gate of that id or title, among those that the organisation runs.

    Raises:
        RuleError: there is none.
    """
    run = {
        id_: gate
        for id_, gate in rulebook.gates.items()
        if organisation is None or id_ in organisation.gates
    }
    gate = next((each for each in run.values() if is_named(each, name)), None)
    if gate is None:
        where = f" at {organisation.title}" if organisation and name in rulebook.gates else ""
        fix = nearest(name, run)
        raise RuleError(
            [Problem(Place(rulebook.title), f'no gate "{name}"{where}', "", ", ".join(run), fix)]
        )
    return gate
