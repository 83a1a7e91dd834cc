"""A mapping file into a checked mapping, by the vocabulary that it maps to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from engine.errors import DeckError, Problems, nearest
from engine.model.document import Document, Path
from engine.model.mapping import (
    DeckMapping,
    FactFrom,
    LeaveOut,
    ListFrom,
    MissingWords,
    Origin,
    TableForm,
    Taking,
)
from engine.model.vocabulary import FactSpec, Vocabulary
from engine.parse.check_shape import check_shape
from engine.parse.mapping_readings import Readings, folded, plain
from engine.parse.mapping_shapes import (
    FactFromShape,
    LeaveOutShape,
    ListFromShape,
    MappingShape,
    OriginShape,
    TableShape,
    written_out,
)

_TAKINGS: tuple[Taking, ...] = Taking.__args__  # type: ignore[attr-defined]


def parse_mapping(document: Document, vocabulary: Vocabulary) -> DeckMapping:
    """Check a mapping file and give it its meaning.

    Raises:
        DeckError: holds every problem of the file, in line order.
    """
    problems = Problems()
    if not isinstance(document.data, dict):
        what = "the mapping is empty" if document.data is None else "a mapping file must be a list"
        what = what.replace("must be a list", "must hold keys such as title, table and facts")
        problems.add(document.place(), what, fix="Write it by docs/mappings.md.")
        problems.raise_as(DeckError)
    document = replace(document, data=written_out(document.data))
    shape = check_shape(MappingShape, document, problems)
    if shape is None:
        problems.raise_as(DeckError)
    parsed = _Parser(document, vocabulary, shape, problems).parse()
    problems.raise_if_any(DeckError)
    return parsed


class _Parser:
    def __init__(
        self, document: Document, vocabulary: Vocabulary, shape: MappingShape, problems: Problems
    ) -> None:
        self._document, self._vocabulary = document, vocabulary
        self._shape, self._problems = shape, problems
        self._stated = vocabulary.stated_by_name
        self._readings = Readings(document, shape, problems)

    def parse(self) -> DeckMapping:
        shape = self._shape
        if not shape.facts and not shape.lists:
            self._wrong((), "the mapping maps nothing", fix="Write at least one fact under facts.")
        named_by = shape.named_by and self._origin(shape.named_by, ("named_by",))
        constants = {
            name: value
            for name, value in shape.set.items()
            if self._constant(name, value, ("set", name))
        }
        facts = tuple(self._facts(shape.facts, self._stated, "", ("facts",)))
        lists = [self._list(name, each) for name, each in shape.lists.items()]
        return DeckMapping(
            title=shape.title,
            source=shape.source,
            licence=shape.licence,
            description=shape.description,
            place=self._document.place(),
            table=self._table(shape.table),
            named_by=named_by or None,
            facts=facts,
            lists=tuple(each for each in lists if each is not None),
            constants=constants,
        )

    # ---- the table

    def _table(self, shape: TableShape) -> TableForm:
        only = {
            "encoding": ("csv",), "delimiter": ("csv",), "sheet": ("workbook",), "each": ("json",),
            "headings": ("csv", "workbook"), "projects": ("csv", "workbook"),
        }  # fmt: skip
        for key in shape.model_fields_set & only.keys():
            if shape.format not in only[key]:
                path = ("table", key)
                self._wrong(
                    path, f'"{key}" says nothing of a {shape.format} file', fix="Take it out."
                )
        return TableForm(
            format=shape.format,
            encoding=shape.encoding or "",
            delimiter={"tab": "\t", None: ""}.get(shape.delimiter, shape.delimiter or ""),
            sheet=shape.sheet,
            headings=shape.headings,
            across=shape.projects == "in columns",
            each=shape.each,
            leave_out=tuple(self._leave_out(each, n) for n, each in enumerate(shape.leave_out)),
        )

    def _leave_out(self, shape: LeaveOutShape, number: int) -> LeaveOut:
        path: Path = ("table", "leave_out", number)
        told = bool(shape.is_ or shape.begins_with or shape.blank)
        if bool(shape.from_) != told or not (shape.from_ or shape.rows):
            fix = "Give from with is, begins_with or blank: true; or rows with their numbers."
            self._wrong(path, "this does not say which rows to leave out", fix=fix)
        origin = Origin((plain(shape.from_),), "from", self._document.place(path)) if (
            shape.from_
        ) else None  # fmt: skip
        words = MissingWords(folded(shape.is_), tuple(sorted(folded(shape.begins_with))))
        return LeaveOut(origin, words, bool(shape.blank), frozenset(shape.rows))

    # ---- facts and lists

    def _facts(
        self,
        shapes: Mapping[str, FactFromShape],
        known: Mapping[str, FactSpec],
        owner: str,
        path: Path,
    ) -> Iterable[FactFrom]:
        for name, shape in shapes.items():
            at = (*path, name)
            if (spec := self._known(name, known, owner, at)) is None:
                continue
            origin = self._origin(shape, at)
            if origin.taking == "join" and spec.type != "text":
                message = f'"{name}" is no text, so columns cannot be joined to it'
                self._wrong((*at, "join"), message, fix="Take one column, or first_of.")
            yield FactFrom(self._readings.reading(spec, f"{owner}{name}", shape, at), origin)

    def _known(
        self, name: str, known: Mapping[str, FactSpec], owner: str, path: Path
    ) -> FactSpec | None:
        if name in known:
            if not owner and name in self._shape.set:
                self._wrong(path, f'"{name}" also stands under set', fix="Keep one of the two.")
            return known[name]
        if not owner and name in self._vocabulary.lists:
            self._wrong(path, f'"{name}" is a list', fix="Put it under lists.")
        elif not owner and name in self._vocabulary.facts:
            self._wrong(path, f'"{name}" is worked out by the rules', fix="Take it out.")
        else:
            message = f'unknown fact "{name}"' + (f' in "{owner[:-1]}"' if owner else "")
            few = f"Use one of: {', '.join(known)}." if owner else ""
            fix = nearest(name, known) or few or "Take it out, or correct its name."
            self._wrong(path, message, fix=fix)
        return None

    def _list(self, name: str, shape: ListFromShape) -> ListFrom | None:
        path: Path = ("lists", name)
        spec = self._vocabulary.lists.get(name)
        if spec is None:
            fix = nearest(name, self._vocabulary.lists) or "Take it out, or correct its name."
            self._wrong(path, f'unknown list "{name}"', fix=fix)
            return None
        owner = f"{name}."
        if bool(shape.each) == bool(shape.items) or bool(shape.each) != bool(shape.facts):
            fix = "Give each and facts (a list in JSON), or items (groups of columns)."
            self._wrong(path, "this does not say where the items are", fix=fix)
        elif shape.each and self._shape.table.format != "json":
            message = f'"each" says nothing of a {self._shape.table.format} file'
            self._wrong((*path, "each"), message, fix="Give items, one for each group of columns.")
        place = self._document.place(path)
        each = Origin((shape.each,), "from", place, optional=shape.optional) if shape.each else None
        items = [
            tuple(self._facts(item, spec.facts, owner, (*path, "items", n)))
            for n, item in enumerate(shape.items)
        ]
        facts = tuple(self._facts(shape.facts, spec.facts, owner, (*path, "facts")))
        return ListFrom(name, each, facts, tuple(items))

    def _origin(self, shape: OriginShape, path: Path) -> Origin:
        given = [taking for taking in _TAKINGS if getattr(shape, _field(taking))]
        if len(given) != 1:
            what = "says of no column" if not given else "says of its column more than once"
            fix = "Give exactly one of from, any_of, first_of and join."
            self._wrong(path, f'"{path[-1]}" {what} where it comes from', fix=fix)
        taking = given[0] if given else "from"
        written = getattr(shape, _field(taking)) or ""
        names = (written,) if isinstance(written, str) else tuple(written)
        if shape.nth and taking != "from":
            self._wrong((*path, "nth"), '"nth" goes with from alone', fix="Take it out.")
        return Origin(
            names=tuple(plain(name) for name in names),
            taking=taking,
            place=self._document.place(path),
            nth=shape.nth or 0,
            glue=shape.with_,
            optional=shape.optional,
        )

    def _constant(self, name: str, value: object, path: Path) -> bool:
        spec = self._known_constant(name, path)
        return spec is not None and self._readings.check_value(
            spec, f'"{name}" ({spec.label}) cannot be read', value, path
        )

    def _known_constant(self, name: str, path: Path) -> FactSpec | None:
        if name not in self._stated:
            fix = nearest(name, self._stated) or "Take it out, or correct its name."
            self._wrong(path, f'unknown fact "{name}"', fix=fix)
        return self._stated.get(name)

    def _wrong(
        self, path: Path, message: str, found: object = "", expected: str = "", fix: str = ""
    ) -> None:
        place = self._document.place(path)
        self._problems.add(place, message, found=found, expected=expected, fix=fix)


def _field(taking: Taking) -> str:
    return "from_" if taking == "from" else taking
