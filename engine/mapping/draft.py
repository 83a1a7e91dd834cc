"""A first mapping for a table, to be read and corrected by whoever knows the table."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from engine.errors import DeckError, Place, Problem, shorten
from engine.mapping.grid import Grid
from engine.mapping.items import flattened
from engine.mapping.looks import Look, choice_of, look_at, reading_of, strangers
from engine.mapping.suggest import Suggestion, Suggestions, assign, others
from engine.model.mapping import TableForm
from engine.model.table import Table
from engine.model.vocabulary import FactSpec, ListSpec, Vocabulary

_PLAIN = re.compile(r"[A-Za-z£][\w £()/%.'’&+–-]*")
_WORDS_OF_YAML = ("null", "true", "false")
_MOST_ROWS = 300  # by which a column is judged
_MOST_VALUES = 20
_FIRST_ROWS = 10  # among which the headings are looked for


def guess_form(grid: Grid, form: TableForm, vocabulary: Vocabulary) -> TableForm:
    """Where the headings stand, and whether projects run down or across."""
    suggestions = Suggestions(vocabulary.stated())
    choices = []
    for across in (False, True):
        lines = [*map(list, zip(*grid.rows, strict=True))] if across else grid.rows
        filled = [sum(isinstance(cell, str) for cell in line) for line in lines[:_FIRST_ROWS]]
        if not filled or max(filled) == 0:
            continue
        at = filled.index(max(filled))
        headings = [cell for cell in lines[at] if isinstance(cell, str)][:60]
        known = [max((s.confidence for s in suggestions.of(look_at(h, ()))), default=0)
                 for h in headings]  # fmt: skip
        # columns of projects are the exception: they must be clearly likelier
        score = sum(known) / len(known) - (10 if across else 0)
        choices.append((score, across, at + grid.first[1 if across else 0]))
    if not choices:
        return form
    _, across, headings_at = max(choices, key=lambda choice: choice[0])
    return TableForm(form.format, sheet=form.sheet, headings=headings_at, across=across)


def guess_each(data: Any) -> str:
    """The path of the list that holds most mappings, or ""."""
    found = {
        path: len(value)
        for path, (_, value) in flattened(data).items()
        if isinstance(value, list) and value and isinstance(value[0], dict)
    }
    titled = flattened(data).keys() & {"title", "name", "project", "project.title"}
    return max(found, key=found.__getitem__) if found and not titled else ""


def draft_mapping(table: Table, form: TableForm, vocabulary: Vocabulary) -> str:
    """A mapping file's text.

    Raises:
        DeckError: no column looks like any fact.
    """
    return "\n".join(_Draft(table, form, vocabulary).lines()) + "\n"


class _Draft:
    def __init__(self, table: Table, form: TableForm, vocabulary: Vocabulary) -> None:
        self._table, self._form, self._vocabulary = table, form, vocabulary
        rows = table.rows[:_MOST_ROWS]
        self._looks = [
            look_at(column.heading, (row.contents[n] for row in rows if not row.refused))
            for n, column in enumerate(table.columns)
        ]
        suggestions = Suggestions(vocabulary.stated())
        self._found = {
            n: suggestions.of(look)
            for n, look in enumerate(self._looks)
            if look.heading and not _is_list(look)
        }
        self._chosen = assign(self._found)
        self._lists = dict(self._likely_lists())
        if not self._chosen and not self._lists:
            message = "no heading looks like a fact"
            fix = "Check where the headings stand, or write the mapping by docs/mappings.md."
            raise DeckError([Problem(Place(table.source), message, fix=fix)])

    def lines(self) -> Iterator[str]:
        """The file, line by line."""
        yield f"# Drafted from {self._table.source}: read each line before you rely on it."
        yield "# A fact's percentage says how sure the draft is of it."
        yield f"title: {_quoted(_title(self._table.source))}"
        yield 'source: "Who made this table, and when?"'
        yield "# licence: Open Government Licence v3.0"
        yield from self._of_table()
        yield from self._of_missing()
        yield from self._of_dates()
        yield "# set:  # what every project of the table states besides"
        yield "#   organisation.id: homes_england"
        yield "#   gate.requested: triage"
        if self._chosen:
            yield "facts:"
        for number, chosen in self._chosen.items():
            yield from self._of_fact(number, chosen, self._found[number])
        lists = [
            line for number, spec in self._lists.items() for line in self._of_list(number, spec)
        ]
        if lists:
            yield "lists:"
        yield from lists
        yield from self._of_rest()

    def _of_table(self) -> Iterator[str]:
        form = self._form
        yield "table:"
        yield f"  format: {form.format}"
        if form.sheet is not None:
            yield f"  sheet: {_quoted(str(form.sheet))}"
        if form.headings != 1:
            yield f"  headings: {form.headings}"
        if form.across:
            yield "  projects: in columns"
        if form.each:
            yield f"  each: {_quoted(form.each)}"
        yield "  # leave_out:"
        yield "  #   - {from: a heading, is: [Total]}"

    def _of_missing(self) -> Iterator[str]:
        words = dict.fromkeys(
            word
            for number, chosen in self._chosen.items()
            for word in strangers(chosen.spec, self._looks[number])
        )
        if not words:
            return
        starts = Counter(_start(word) for word in words if _start(word))
        often = [start for start, times in starts.items() if times > 1]
        whole = [word for word in words if _start(word) not in often]
        yield "# These stand where a number, a date, or yes or no was expected."
        yield '# Take the # away from those that mean "not stated".'
        yield "# missing:"
        if whole:
            yield f"#   words: [{', '.join(_quoted(word) for word in whole[:_MOST_VALUES])}]"
        if often:
            yield f"#   begins_with: [{', '.join(_quoted(each) for each in often)}]"

    def _of_dates(self) -> Iterator[str]:
        forms = dict.fromkeys(
            form.written
            for number, chosen in self._chosen.items()
            if chosen.spec.type == "date"
            for form in self._looks[number].dates
        )
        self._common = list(forms) if not _clash(forms) else []
        if self._common:
            yield f"dates: [{', '.join(_quoted(form) for form in self._common)}]"

    def _of_fact(
        self, number: int, chosen: Suggestion, found: Sequence[Suggestion]
    ) -> Iterator[str]:
        also = ", ".join(f"{o.spec.name} ({o.confidence}%)" for o in others(found, chosen))
        yield f"  # {chosen.confidence}% sure{'; or ' + also if also else ''}"
        yield from _fact_lines(
            chosen.spec, self._looks[number], self._common, "  ", self._nth(number)
        )

    def _nth(self, number: int) -> int:
        """Which of the columns with the same heading this is; 0 where there is one."""
        same = [
            n for n, look in enumerate(self._looks) if look.heading == self._looks[number].heading
        ]
        return same.index(number) + 1 if len(same) > 1 else 0

    def _likely_lists(self) -> Iterator[tuple[int, ListSpec]]:
        for number, look in enumerate(self._looks):
            if not _is_list(look):
                continue
            words = {_bare(look.heading.rpartition(".")[2]), _bare(look.heading)}
            for spec in self._vocabulary.lists.values():
                names = {_bare(spec.name), _bare(spec.title), _bare(spec.name.rpartition(".")[2])}
                if words & names:
                    yield number, spec
                    break

    def _of_list(self, number: int, spec: ListSpec) -> Iterator[str]:
        items = [flattened(item) for value in self._looks[number].values for item in value]
        paths = list(dict.fromkeys(path for item in items for path in item))
        looks = [look_at(p, (i[p][1] for i in items if p in i)) for p in paths]
        suggestions = Suggestions(spec.facts.values())
        found = {n: suggestions.of(look) for n, look in enumerate(looks)}
        chosen = assign(found)
        if not chosen:
            return
        yield f"  {spec.name}:"
        yield f"    each: {_quoted(self._looks[number].heading)}"
        yield "    facts:"
        for n, each in chosen.items():
            yield f"      # {each.confidence}% sure"
            yield from _fact_lines(each.spec, looks[n], (), "      ", 0)
        rest = [look.heading for n, look in enumerate(looks) if n not in chosen]
        if rest:
            yield f"    # not mapped: {', '.join(_quoted(each) for each in rest)}"

    def _of_rest(self) -> Iterator[str]:
        rest = [n for n, look in enumerate(self._looks)
                if look.heading and n not in self._chosen and n not in self._lists]  # fmt: skip
        if rest:
            yield f"# Not mapped, because no fact was near enough ({self._table.kind}s):"
        for number in rest:
            look = self._looks[number]
            example = f", such as {_quoted(shorten(look.values[0], 40))}" if look.values else ""
            near = others(self._found.get(number, ()), None)
            also = f"; perhaps {', '.join(each.spec.name for each in near)}" if near else ""
            yield f"#   {_quoted(look.heading)}{example}{also}"


def _fact_lines(
    spec: FactSpec, look: Look, common: Sequence[str], indent: str, nth: int
) -> Iterator[str]:
    how = reading_of(spec, look)
    settings = [f"from: {_quoted(look.heading)}"]
    settings += [f"nth: {nth}"] if nth else []
    settings += [f"unit: {_quoted(how.unit)}"] if how.unit else []
    settings += [f"round: {how.places}"] if how.places is not None else []
    own = [form.written for form in how.dates if form.written not in common]
    if own and not _clash(own):
        settings.append(f"dates: [{', '.join(_quoted(form) for form in own)}]")
    values = list(_value_lines(spec, look, indent)) if spec.type == "choice" else []
    if len(settings) == 1 and not values:
        yield f"{indent}{spec.name}: {_quoted(look.heading)}"
        return
    yield f"{indent}{spec.name}:"
    for setting in settings:
        yield f"{indent}  {setting}"
    yield from values


def _value_lines(spec: FactSpec, look: Look, indent: str) -> Iterator[str]:
    said = {each: choice_of(spec, each) for each in look.distinct[:_MOST_VALUES]}
    known = {each: value for each, value in said.items() if value}
    unknown = [each for each, value in said.items() if not value]
    if known:
        yield f"{indent}  values:"
        folded = set()
        for each, value in known.items():
            if each.casefold() not in folded:
                yield f"{indent}    {_quoted(each)}: {value}"
            folded.add(each.casefold())
    if unknown:
        yield f"{indent}  # to translate under values, to one of: {', '.join(spec.values)}; or null"
        for each in unknown:
            yield f"{indent}  #   {_quoted(each)}:"


def _start(word: str) -> str:
    """The first two words of several, or ""."""
    words = word.split()
    return " ".join(words[:2]) if len(words) > 2 else ""


def _is_list(look: Look) -> bool:
    return bool(look.values) and all(
        isinstance(value, list) and all(isinstance(each, dict) for each in value)
        for value in look.values
    )


def _clash(forms: Any) -> bool:
    """Whether both day before month and month before day were met."""
    written = list(forms)
    return any(f.startswith("m") for f in written) and any(f.startswith("d") for f in written)


def _bare(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.casefold()).removesuffix("s")


def _title(source: str) -> str:
    name = re.split(r"[/\\]", source)[-1]
    return name.rpartition(".")[0] or name


def _quoted(text: str) -> str:
    """A text as YAML: plain where that is safe, else in double quotes; on one line."""
    line = " ".join(text.split())
    if _PLAIN.fullmatch(line) and line.casefold() not in _WORDS_OF_YAML:
        return line
    quoted = json.dumps(line, ensure_ascii=False)
    return "".join(each if each.isprintable() else f"\\U{ord(each):08x}" for each in quoted)
