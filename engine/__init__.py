"""gatewise: is this project ready? Load a rulebook, read decks, assess, render.

    rulebook = load_rulebook(shipped_rules())
    for document in read_documents("deck.yaml"):
        deck = parse_deck(document, rulebook.vocabulary)
        assessment = assess(rulebook, deck, date.today())
        print(render(CheckRun.of([assessment]), "text"))

Each name is imported when it is first used, so that a command that needs few of them starts fast.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.assessing import ENGINE_VERSION, assess, choose_date
    from engine.cases import run_cases
    from engine.days import parse_day
    from engine.errors import (
        DeckError,
        EvaluatorsDisagree,
        ExtraMissing,
        PersonError,
        Problem,
        RuleError,
    )
    from engine.explaining import explain
    from engine.last_period import find_last_period, with_last_period
    from engine.lookup import find_gate, find_organisation, find_rule
    from engine.model.assessment import Assessment
    from engine.model.check_run import CheckRun, NotAssessed, Show
    from engine.model.deck import Deck
    from engine.model.document import Document
    from engine.model.mapping import DeckMapping
    from engine.model.rules import Rulebook
    from engine.model.vocabulary import Vocabulary
    from engine.needs import find_needs
    from engine.parse.deck import parse_deck
    from engine.pipeline.columns import columns_of, return_columns_of
    from engine.pipeline.field_list import fields_in_words
    from engine.pipeline.listing import list_pipeline
    from engine.pipeline.returning import draw_up_return
    from engine.pipeline.spans import parse_span
    from engine.pipeline.spend_cases import check_rules_for_pipeline, find_case
    from engine.questions import find_questions
    from engine.readers import (
        OFFICE_FORMATS,
        draft_mapping_of_file,
        find_mapping,
        load_mapping,
        load_rulebook,
        mapping_names,
        read_column_map,
        read_documents,
        read_pages,
        read_standard_input,
        shipped_mappings,
        shipped_rules,
    )
    from engine.renderers import (
        FILE_RENDERERS,
        PIPELINE_FORMS,
        RENDERERS,
        TEMPLATES,
        prepare_form,
        render,
        render_annotated,
        render_explanation,
        render_file,
        render_needs,
        render_pipeline,
        render_questions,
        render_readings,
        render_return,
        render_rule,
        render_rulebook,
        render_rules,
        render_template,
    )
    from engine.schema import all_schemas
    from engine.template import make_template
    from engine.understanding import understand, understood_as_written

_HOMES = {
    "engine.assessing": ("ENGINE_VERSION", "assess", "choose_date"),
    "engine.cases": ("run_cases",),
    "engine.errors": (
        "DeckError", "EvaluatorsDisagree", "ExtraMissing", "PersonError", "Problem", "RuleError",
    ),
    "engine.explaining": ("explain",),
    "engine.model.assessment": ("Assessment",),
    "engine.model.check_run": ("CheckRun", "NotAssessed", "Show"),
    "engine.model.deck": ("Deck",),
    "engine.model.document": ("Document",),
    "engine.model.mapping": ("DeckMapping",),
    "engine.model.rules": ("Rulebook",),
    "engine.model.vocabulary": ("Vocabulary",),
    "engine.last_period": ("find_last_period", "with_last_period"),
    "engine.lookup": ("find_gate", "find_organisation", "find_rule"),
    "engine.needs": ("find_needs",),
    "engine.parse.deck": ("parse_deck",),
    "engine.pipeline.columns": ("columns_of", "return_columns_of"),
    "engine.pipeline.field_list": ("fields_in_words",),
    "engine.pipeline.listing": ("list_pipeline",),
    "engine.pipeline.returning": ("draw_up_return",),
    "engine.pipeline.spans": ("parse_span",),
    "engine.pipeline.spend_cases": ("check_rules_for_pipeline", "find_case"),
    "engine.questions": ("find_questions",),
    "engine.readers": (
        "OFFICE_FORMATS", "draft_mapping_of_file", "find_mapping", "load_mapping",
        "load_rulebook", "mapping_names", "read_column_map", "read_documents", "read_pages",
        "read_standard_input", "shipped_mappings", "shipped_rules",
    ),
    "engine.renderers": (
        "FILE_RENDERERS", "PIPELINE_FORMS", "RENDERERS", "TEMPLATES", "prepare_form", "render",
        "render_annotated", "render_explanation", "render_file", "render_needs",
        "render_pipeline", "render_questions", "render_readings", "render_return",
        "render_rule", "render_rulebook", "render_rules", "render_template",
    ),
    "engine.schema": ("all_schemas",),
    "engine.template": ("make_template",),
    "engine.days": ("parse_day",),
    "engine.understanding": ("understand", "understood_as_written"),
}  # fmt: skip
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "ENGINE_VERSION",
    "FILE_RENDERERS",
    "OFFICE_FORMATS",
    "PIPELINE_FORMS",
    "RENDERERS",
    "TEMPLATES",
    "Assessment",
    "CheckRun",
    "Deck",
    "DeckError",
    "DeckMapping",
    "Document",
    "EvaluatorsDisagree",
    "ExtraMissing",
    "NotAssessed",
    "PersonError",
    "Problem",
    "RuleError",
    "Rulebook",
    "Show",
    "Vocabulary",
    "all_schemas",
    "assess",
    "check_rules_for_pipeline",
    "choose_date",
    "columns_of",
    "draft_mapping_of_file",
    "draw_up_return",
    "explain",
    "fields_in_words",
    "find_case",
    "find_gate",
    "find_last_period",
    "find_mapping",
    "find_needs",
    "find_organisation",
    "find_questions",
    "find_rule",
    "list_pipeline",
    "load_mapping",
    "load_rulebook",
    "make_template",
    "mapping_names",
    "parse_day",
    "parse_deck",
    "parse_span",
    "prepare_form",
    "read_column_map",
    "read_documents",
    "read_pages",
    "read_standard_input",
    "render",
    "render_annotated",
    "render_explanation",
    "render_file",
    "render_needs",
    "render_pipeline",
    "render_questions",
    "render_readings",
    "render_return",
    "render_rule",
    "render_rulebook",
    "render_rules",
    "render_template",
    "return_columns_of",
    "run_cases",
    "shipped_mappings",
    "shipped_rules",
    "understand",
    "understood_as_written",
    "with_last_period",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOME_OF[name]), name)
    return value
