"""What stands around a label on its page: titles, neighbours, units, words of doubt."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from engine.model.pages import Page
from engine.model.vocabulary import FactSpec
from engine.understanding import certainty
from engine.understanding.certainty import Ground
from engine.understanding.labels import Labels, Match
from engine.understanding.words import normal, scale_of

_LONGEST_REMARK = 300  # characters
_FEW_OF_A_SECTION, _FEW_OF_ANY = 3, 5  # labels on one page, from which they vouch for each other
# what a table, row or heading speaks of when it does not speak of this project as it is now
_DOUBTFUL = re.compile(
    r"\b(?:previous(?:ly)?|prior|former|old|obsolete|backup|archived?|historic(?:al)?|cancelled"
    r"|superseded|replaced|withdrawn|out of date|outdated"
    r"|last (?:period|month|quarter|year|report|gate)|examples?|samples?|illustrative"
    r"|hypothetical|dummy|parent|sister|wider|other (?:projects?|programmes?|councils?)"
    r"|comparator|comparison|compared|benchmark|case stud(?:y|ies)|do(?:ing)? nothing"
    r"|do(?:ing)? minimum|counterfactual|status quo|scenario|worst case|best case|sensitivity"
    r"|alternative|options? (?:[a-d]|\d)|rejected|if (?:we|the|not|approved)|excluding|excl|lessons"
    r"|not (?:yet )?(?:agreed|approved|confirmed|final)|unconfirmed|unapproved|drafts?|placeholder"
    r"|struck|deleted|per (?:user|unit|head|transaction|year|annum|month|week|day)"
    r"|each year|p\.a)\b",
    re.IGNORECASE,
)
_IN_TITLES_ALONE = re.compile(
    r"\boption\b(?! apprais)|\bguidance\b|\binstructions?\b|\bgood looks like\b"
    r"|\b(?:good|best) practice\b|\bglossary\b|\bdefinitions?\b|\bthresholds?\b|\bpolicy:"
    r"|\b(?:control|spending|procurement|financial) rules\b|\bstanding orders\b"
    r"|\bregulations\b|\bpartners?\b|\bto (?:the |our )?(?:user|customer|resident|household)s?\b",
    re.IGNORECASE,
)
# what has dates and costs of its own
_HAS_ITS_OWN = re.compile(
    r"\b(?:contracts?|suppliers?|recruit(?:ing|ment)|vacanc(?:y|ies)|licen[cs]es?|leases?|grants?"
    r"|training|tenders?|invoices?)\b",
    re.IGNORECASE,
)
# an amount below such a title may be that of a part
_PARTS = re.compile(
    r"\b(?:discovery|alpha|(?:private |public )?beta|phase|tranche|stage|quarterly|monthly|annual"
    r"|q[1-4]|quarter|month|20\d\d ?[/–-] ?\d\d(?:\d\d)?|years? \d)\b",
    re.IGNORECASE,
)
_AFAR = re.compile(
    r"£\s*['’]?(?:000s?|k|m|mn|bn|million|thousands?|billion)\b|(?:thousands|millions) of £",
    re.IGNORECASE,
)
_ALL_FIGURES = re.compile(
    r"(?:all )?(?:figures|amounts|costs|values|sums|numbers)\b[^.]{0,30}\b(?:in|are|shown)\b",
    re.IGNORECASE,
)
_RAISED = {
    certainty.LABEL: certainty.LABEL_IN_CONTEXT,
    certainty.SHORT_LABEL: certainty.LABEL_IN_CONTEXT,
    certainty.OTHER_NAME: certainty.OTHER_NAME_IN_CONTEXT,
    certainty.NEARLY: certainty.NEARLY_IN_CONTEXT,
}


class Surroundings:
    """One page, as far as it tells what the labels on it are about."""

    def __init__(self, page: Page, labels: Labels) -> None:
        self.page = page
        self.labels = labels
        self._sections: dict[str, set[str]] = defaultdict(set)
        self._units_of_all: set[Decimal] = set()
        for text in _texts_of(page):
            for spec in labels.exact(text):
                self._sections[spec.section].add(spec.name)
            if len(text) < _LONGEST_REMARK and _ALL_FIGURES.search(text):
                self._units_of_all |= set(_units_in(text))

    @property
    def titles(self) -> tuple[str, ...]:
        """The page's own titles."""
        name = self.page.name.removeprefix("Sheet ")
        return tuple(dict.fromkeys(each for each in (self.page.title, name) if each))

    @property
    def limit(self) -> Ground | None:
        """What makes everything on the page less sure."""
        return certainty.HIDDEN if self.page.hidden else None

    def ground(self, match: Match, titles: Iterable[str], beside: Iterable[str] = ()) -> Ground:
        """How surely the label means the fact here.

        Args:
            titles: what stands above it, the page's own titles included.
            beside: what else stands in its row.
        """
        titles = list(titles)
        ground = match.ground
        if ground in _RAISED and self._is_in_context(match.spec, titles):
            ground = _RAISED[ground]
        if match.ground is not certainty.FULL_NAME:
            ground = ground.weaker(match.limit).weaker(doubt(match.spec, titles, beside))
            ground = ground.weaker(self.limit)
        return ground

    def _is_in_context(self, spec: FactSpec, titles: list[str]) -> bool:
        beside = self._sections[spec.section]
        every = sum(len(names) for names in self._sections.values())
        return (
            len(beside | {spec.name}) >= _FEW_OF_A_SECTION
            or every >= _FEW_OF_ANY
            or self.labels.section_is_spoken_of(spec.section, titles)
        )

    def unit(self, titles: Iterable[str]) -> Decimal | None:
        """The one unit that the titles, or a remark on all figures, give for amounts."""
        found = {scale for title in titles for scale in _units_in(title)} | self._units_of_all
        return next(iter(found)) if len(found) == 1 else None


def doubt(
    spec: FactSpec, titles: Iterable[str], beside: Iterable[str] = (), own_words: str = ""
) -> Ground | None:
    """What makes it doubtful that this is said of the project as it is now.

    Args:
        own_words: words that cast no doubt here, besides those of the fact itself.
    """
    name = spec.name.replace(".", " ").replace("_", " ")
    own = set(normal(f"{spec.label} {spec.question} {name} {own_words}").split())
    titles = list(titles)
    looked_at = [(titles, _DOUBTFUL), (beside, _DOUBTFUL), (titles, _IN_TITLES_ALONE)]
    if spec.type == "money" and not own_words:
        looked_at.append((titles, _PARTS))
    if spec.section in ("project", "finance") and spec.type in ("money", "date", "integer"):
        looked_at.append((titles, _HAS_ITS_OWN))
    for texts, pattern in looked_at:
        for text in texts:
            for match in pattern.finditer(text) if len(text) < _LONGEST_REMARK else ():
                if not set(normal(match[0]).split()) - {"per", "each", "annum"} <= own:
                    words = f'"{match[0]}" stands near it'
                    return Ground(certainty.SPEAKS_OF_OTHERS, words)
    return None


def _units_in(text: str) -> list[Decimal]:
    return [scale for found in _AFAR.findall(text) if (scale := scale_of(found)) is not None]


def _texts_of(page: Page) -> Iterable[str]:
    for grid in page.grids:
        for row in grid.rows:
            for cell in row:
                if isinstance(cell.content, str):
                    yield cell.content
    for text in page.texts:
        if isinstance(text.content, str):
            yield text.content
            label, colon, _ = text.content.partition(":")
            if colon:
                yield label
