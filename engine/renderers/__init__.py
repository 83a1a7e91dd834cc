"""Results out: one module for each format, each a pure function from a result to text."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from engine.explaining import Explanation
    from engine.model.assessment import Assessment
    from engine.model.check_run import CheckRun, Show
    from engine.model.pages import Address
    from engine.model.pipeline import Pipeline, ReturnLine, SpendCase, SpendReturn
    from engine.model.rules import Rulebook
    from engine.model.understood import Understood
    from engine.model.vocabulary import Vocabulary
    from engine.needs import Need
    from engine.pipeline.columns import Column
    from engine.questions import Questions
    from engine.template import Template

# form: the module and function that give it, imported when used; the command line's choices
RENDERERS: Mapping[str, str] = {
    "text": "as_text",
    "json": "as_json",
    "markdown": "as_markdown",
    "html": "as_html",
    "csv": "as_csv",
    "junit": "as_junit",
    "sarif": "as_sarif",
}
# the same for forms that are no text: they go to a file, and cannot be printed
FILE_RENDERERS: Mapping[str, str] = {
    "docx": "as_docx",
    "pdf": "as_pdf",
    "pptx": "as_pptx",
    "xlsx": "as_xlsx",
}
# of a text form's file, where it is not UTF-8: Excel knows UTF-8 by its first bytes alone
_ENCODINGS: Mapping[str, str] = {"csv": "utf-8-sig"}
# the files that a pipeline or a return may be written to
PIPELINE_FORMS = ("xlsx", "csv", "json")
# how a template's file ends: the module and function that give it, imported when used
TEMPLATES: Mapping[str, str] = {
    ".pptx": "template_as_pptx",
    ".xlsx": "template_as_xlsx",
}
# and for what was read in a file
READINGS: Mapping[str, str] = {
    "text": "reading_as_text",
    "json": "reading_as_json",
    "yaml": "reading_as_deck",
}


def prepare_form(form: str) -> None:
    """Find out that a form can be written before anything is worked out for it.

    Raises:
        ExtraMissing: the form needs a library that is not installed.
    """
    name = FILE_RENDERERS.get(form) or RENDERERS[form]
    import_module(f"engine.renderers.{name}")


def render(run: CheckRun, form: str, *, show: Show = "findings") -> str:
    """The run in one of the forms that RENDERERS names.

    Args:
        show: how much the readable forms hold: a row for each deck, the findings, or also what
            was met and what does not apply. Forms for machines hold everything.
    """
    name = RENDERERS[form]
    text: str = getattr(import_module(f"engine.renderers.{name}"), name)(run, show)
    return text


def render_file(run: CheckRun, form: str, *, show: Show = "findings") -> bytes:
    """The run in one of the forms that RENDERERS or FILE_RENDERERS names, as a file's bytes.

    Raises:
        ExtraMissing: the form needs a library that is not installed.
    """
    if form in RENDERERS:
        return render(run, form, show=show).encode(_ENCODINGS.get(form, "utf-8"))
    name = FILE_RENDERERS[form]
    content: bytes = getattr(import_module(f"engine.renderers.{name}"), name)(run, show)
    return content


def render_annotated(
    assessment: Assessment, content: bytes, addresses: Mapping[str, Address]
) -> bytes:
    """A presentation's bytes with the findings of its assessment on its slides.

    Raises:
        ExtraMissing: the library for it is not installed.
    """
    from engine.renderers.annotated_as_pptx import annotated_as_pptx

    return annotated_as_pptx(assessment, content, addresses)


def render_needs(deck: str, needs: tuple[Need, ...]) -> str:
    """The missing facts of a deck as text."""
    from engine.renderers.needs_as_text import needs_as_text

    return needs_as_text(deck, needs)


def render_pipeline(
    pipeline: Pipeline, form: str, columns: Sequence[Column[SpendCase]] = ()
) -> bytes:
    """A pipeline as text or in one of PIPELINE_FORMS; the columns are those of csv and xlsx.

    Raises:
        ExtraMissing: the form needs a library that is not installed.
    """
    from engine.renderers.pipeline import pipeline_in

    return pipeline_in(pipeline, form, columns)


def render_return(
    drawn: SpendReturn, form: str, columns: Sequence[Column[ReturnLine]] = ()
) -> bytes:
    """A transparency return; as ``render_pipeline``."""
    from engine.renderers.pipeline import return_in

    return return_in(drawn, form, columns)


def render_questions(questions: Questions) -> str:
    """The questions of a gate as text."""
    from engine.renderers.questions_as_text import questions_as_text

    return questions_as_text(questions)


def render_template(template: Template, ending: str) -> bytes:
    """The template as a file that ends so, as TEMPLATES names them.

    Raises:
        ExtraMissing: the form needs a library that is not installed.
    """
    name = TEMPLATES[ending]
    content: bytes = getattr(import_module(f"engine.renderers.{name}"), name)(template)
    return content


def render_readings(found: Sequence[Understood], vocabulary: Vocabulary, form: str) -> str:
    """What was read in a file: as "text", as "json", or as decks in "yaml"."""
    name = READINGS[form]
    text: str = getattr(import_module(f"engine.renderers.{name}"), name)(found, vocabulary)
    return text


def render_rulebook(rulebook: Rulebook, organisation: str | None = None) -> dict[str, str]:
    """The rulebook as Markdown pages, by file name; an organisation's own where given.

    Raises:
        RuleError: there is no such organisation.
    """
    from engine.renderers.rulebook import rulebook_pages

    return rulebook_pages(rulebook, organisation)


def render_explanation(explanation: Explanation) -> str:
    """A rule on a deck as a tree of text."""
    from engine.renderers.explanation_as_text import explanation_as_text

    return explanation_as_text(explanation)


def render_rules(
    rulebook: Rulebook, gate: str | None, organisation: str | None, as_of: date
) -> str:
    """The rules' ids and titles by ruleset, of one gate on a day or organisation where given.

    Raises:
        RuleError: there is no such gate or organisation.
    """
    from engine.renderers.rules_as_text import rules_as_text

    return rules_as_text(rulebook, gate, organisation, as_of)


def render_rule(rulebook: Rulebook, name: str, organisation: str | None = None) -> str:
    """One rule or conclusion whole, with an organisation's own numbers and names where given.

    Raises:
        RuleError: there is no rule, or no organisation, of that name.
    """
    from engine.renderers.rules_as_text import rule_as_text

    return rule_as_text(rulebook, name, organisation)
