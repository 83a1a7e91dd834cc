"""A run as a report for a board, in blocks that HTML, Word and PDF write alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.errors import shorten
from engine.model.assessment import Assessment, Finding
from engine.model.check_run import CheckRun, NotAssessed, Show
from engine.renderers import words
from engine.renderers.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Heading,
    Line,
    Pairs,
    Paragraph,
    Part,
    Report,
    Run,
    Table,
    line,
    plain,
)
from engine.renderers.summary import about, one_gate, summary_rows, summary_title
from engine.writing import capitalised

LANGUAGE, AUTHOR = "en-GB", "gatewise"
MOST_SEEN = 20  # facts of one finding; a list of hundreds is read in a spreadsheet
_FEW = 5  # findings that need no table of contents
_EVERYTHING = "the JSON and CSV forms"


def report_of(run: CheckRun, show: Show = "findings") -> Report:
    """The run as a report, most pressing first; several decks begin with a summary.

    What passed is a short table at the end, and only with "all"; what does not apply is
    counted: two hundred rules that ask nothing would hide the two that do.
    """
    decks = run.most_pressing_first
    several = len(decks) != 1
    level = 1 if several else 0
    parts: list[Part] = []
    leads: list[int] = []  # the number of each deck's part, the summary being part 0
    unread = [deck for deck in decks if isinstance(deck, NotAssessed)]
    for deck in decks if show != "summary" else ():
        if isinstance(deck, Assessment):
            parts.append(_of_assessment(deck, level, show == "all"))
        elif deck is unread[0]:  # those that could not be read share their pages
            parts.append(_of_unread(unread, level))
        leads.append(len(parts))
    if several or show == "summary":
        title = summary_title(run)
        parts.insert(0, Part(title, tuple(_summary(run, title, leads))))
    else:
        title = _title(decks[0])
    days = [assessment.as_of for assessment in run.assessments]
    return Report(shorten(title, 250), max(days, default=None), _footer(run), tuple(parts))


def _title(deck: Assessment | NotAssessed) -> str:
    """The project's name; a file's, where nothing readable is left of that."""
    name = plain(deck.title) or plain(deck.deck) or "Deck without a name"
    return name if isinstance(deck, Assessment) else f"{words.COULD_NOT_ASSESS} {name}"


def _footer(run: CheckRun) -> str:
    """Rulebook and engine: the same for each deck of a run."""
    if not run.assessments:
        return "gatewise"
    made = run.assessments[0].provenance
    return plain(f"gatewise {made.engine_version}, rulebook {made.rulebook} {made.rulebook_hash}")


def _summary(run: CheckRun, title: str, leads: Sequence[int]) -> Iterator[Block]:
    yield Heading(0, title)
    for said in about(run):
        yield Paragraph(line(said))
    yield Paragraph(line(words.NOT_A_DECISION), quiet=True)
    rows = []
    gate = one_gate(run)
    for number, row in enumerate(summary_rows(run)):
        part = leads[number] if leads else None
        name = [Run(plain(row.title) or plain(row.file) or "Deck without a name", part=part)]
        name += [Run(f"({row.file})")] if row.file else []
        cells = ("" if gate else row.gate, row.score, capitalised(row.goes_to), row.findings)
        rows.append((tuple(name), (Run(row.outcome, bold=True),), *map(line, cells)))
    titles = (("Deck", 25), ("Outcome", 20), ("Gate", 14), ("Score", 8), ("Goes to", 20))
    columns = tuple(Column(*each) for each in (*titles, ("Findings", 18)))
    yield _table("The decks and their outcomes", columns, rows)


def _of_unread(unread: Sequence[NotAssessed], level: int) -> Part:
    """What keeps decks from being assessed, each under its own heading."""
    if len(unread) == 1:
        advice = "It has no outcome, and this is no pass."
        title = _title(unread[0])
        blocks = [Heading(level, title), _no_outcome(advice), *_problems(unread[0])]
        return Part(shorten(title, 90), tuple(blocks))
    title = f"{words.NOT_ASSESSED} ({len(unread)})"
    blocks = [Heading(level, title), _no_outcome("They have no outcome, and this is no pass.")]
    for failed in unread:
        blocks += [Heading(level + 1, _title(failed)), *_problems(failed)]
    return Part(title, tuple(blocks))


def _no_outcome(said: str) -> Callout:
    advice = f"{said} Put right what is listed, and check again."
    return Callout("other", line(words.COULD_NOT_ASSESS), (line(advice),))


def _problems(failed: NotAssessed) -> Iterator[Block]:
    columns = (Column("Where", 30), Column("What is wrong", 40), Column("What to do", 30))
    rows = []
    for problem in failed.problems:
        wrong = [problem.message]
        wrong += [f"Found: {problem.found}"] if problem.found else []
        wrong += [f"Expected: {problem.expected}"] if problem.expected else []
        where = line(str(problem.place))
        rows.append((where, line("; ".join(wrong)), line(problem.fix)))
    yield _table(f"What must be put right in {failed.title}", columns, rows)


def _of_assessment(assessment: Assessment, level: int, show_all: bool) -> Part:
    blocks = (
        *_opening(assessment, level),
        *_ratings(assessment, level + 1),
        *_findings(assessment, level + 1),
        *_background(assessment, level + 1),
        *(_passed(assessment, level + 1) if show_all else ()),
        *_closing(assessment, level),
    )
    header = " · ".join(filter(None, (shorten(_title(assessment), 70), assessment.gate_title)))
    return Part(plain(header), blocks)


def _opening(assessment: Assessment, level: int) -> Iterator[Block]:
    yield Heading(level, _title(assessment))
    yield Paragraph(line(words.scene(assessment)), quiet=True)
    score = f"Score: {words.score(assessment)} {words.score_scope(assessment)}"
    lines = [line(score)] if assessment.score else []
    lines += [line(words.counts(assessment))] if assessment.assessed else []
    tone = assessment.outcome or "other"
    yield Callout(tone, line(assessment.headline), tuple(lines))
    told = [
        ("Goes to", (Run(f"{each.who}:", bold=True), Run(f"{each.purpose}.")))
        for each in assessment.goes_to
    ]
    yield Pairs((*told, ("Deck", line(assessment.deck))))


def _ratings(assessment: Assessment, level: int) -> Iterator[Block]:
    if not assessment.ratings:
        return
    yield Heading(level, words.RATINGS)
    shares = (24, 16, 18, 14, 12, 16)
    columns = tuple(map(Column, words.RATING_COLUMNS, shares))
    rows = []
    for rated in assessment.ratings:
        title, *cells, set_by = words.rating_cells(rated)
        known = [line(cell or "not known") for cell in cells]
        rows.append(((Run(title, bold=True),), *known, line(set_by)))
    yield _table("Each rating as stated, worked out and in the last period", columns, rows)


def _findings(assessment: Assessment, level: int) -> Iterator[Block]:
    sections = words.sections(assessment, show_all=False)
    every = [(title, finding) for title, found in sections for finding in found]
    if len(every) > _FEW:
        yield Heading(level, "At a glance")
        columns = (Column("Rule", 14), Column("Requirement", 46), Column("Finding", 18))
        rows = [
            (line(f.rule), line(f.title + _unknown(f)), line(words.outcome(f)), line(f.owner))
            for _, f in every
        ]
        yield _table("The findings, most severe first", (*columns, Column("Who", 22)), rows)
    for title, found in sections:
        yield Heading(level, f"{title} ({len(found)})")
        for finding in found:
            yield from _finding(finding, assessment, level + 1)


def _unknown(finding: Finding) -> str:
    return " (not enough information)" if finding.status == "unknown" else ""


def _finding(finding: Finding, assessment: Assessment, level: int) -> Iterator[Block]:
    yield Heading(level, f"{finding.rule}: {finding.title}{_unknown(finding)}")
    yield Paragraph(line(finding.reason))
    rows = [("Next", line(finding.remedy)), ("Who", line(finding.owner))]
    organisation = assessment.organisation
    rows += [("Number", line(number)) for number in words.numbers(finding, organisation)]
    source = words.source(finding.source, organisation)
    rows += [("Source", line(source, finding.source.link))]
    yield Pairs(tuple(rows))
    if not finding.evidence:
        return
    deck = assessment.deck
    titles = (("What was seen", 31), ("Value", 28), ("What is asked", 19), ("Where", 22))
    columns = tuple(Column(*each) for each in titles)
    seen = [
        (line(e.label), line(words.value(e)), line(e.expected), line(words.spot(e.place, deck)))
        for e in finding.evidence[:MOST_SEEN]
    ]
    yield _table(f"What was seen for {finding.rule}", columns, seen)
    more = len(finding.evidence) - MOST_SEEN
    if more > 0:
        yield Paragraph(line(f"And {more} more, which {_EVERYTHING} list."), quiet=True)


def _background(assessment: Assessment, level: int) -> Iterator[Block]:
    if conclusions := words.conclusions(assessment, show_all=False):
        yield Heading(level, words.WORKED_OUT)
        yield Bullets(tuple(_led(words.conclusion(drawn), drawn.title) for drawn in conclusions))
    if assessment.not_bound_by:
        yield Heading(level, words.not_bound_title(assessment))
        bullets = []
        for each in assessment.not_bound_by:
            lead, because = Run(f"{each.title}:", bold=True), Run(f"{each.because} Source:")
            source = words.source(each.source, assessment.organisation)
            bullets.append((lead, because, Run(f"{source}.", link=each.source.link)))
        yield Bullets(tuple(bullets))
    if inexact := [reading for reading in assessment.readings if not reading.exact]:
        yield Heading(level, words.READ_AS)
        titles = (("Fact", 31), ("Written", 24), ("Read as", 24), ("Where", 21))
        columns = tuple(Column(*each) for each in titles)
        rows = [
            (
                line(r.fact),
                line(r.written),
                line(r.understood),
                line(words.spot(r.place, assessment.deck)),
            )
            for r in inexact
        ]
        yield _table("How values were read", columns, rows)
    if assessment.notes:
        yield Heading(level, words.ABOUT_THE_FILE)
        yield Bullets(tuple(line(words.note(note)) for note in assessment.notes))


def _led(text: str, lead: str) -> Line:
    """A line whose first words, up to the colon, are bold."""
    return (Run(f"{lead}:", bold=True), Run(text.removeprefix(f"{lead}:")))


def _passed(assessment: Assessment, level: int) -> Iterator[Block]:
    if passed := assessment.with_status("met"):
        yield Heading(level, f"Passed ({len(passed)})")
        columns = (Column("Rule", 18), Column("Requirement", 82))
        rows = [(line(finding.rule), line(finding.title)) for finding in passed]
        yield _table("The requirements that are met", columns, rows)


def _closing(assessment: Assessment, level: int) -> Iterator[Block]:
    if level == 0:  # of several decks the summary says it once, for pages would hold nothing else
        yield Heading(level + 1, "About this check")
        yield Paragraph(line(words.NOT_A_DECISION))
    if said := words.does_not_apply(assessment):
        yield Paragraph(line(f"{said}; {_EVERYTHING} say why."))
    yield Paragraph(line(words.made(assessment)), quiet=True)


def _table(title: str, columns: tuple[Column, ...], rows: Sequence[tuple[Line, ...]]) -> Table:
    """The table without the columns that are blank in every row."""
    kept = [n for n in range(len(columns)) if any(_says(row[n]) for row in rows)]
    return Table(
        title,
        tuple(columns[n] for n in kept),
        tuple(tuple(row[n] for n in kept) for row in rows),
    )


def _says(cell: Line) -> bool:
    return any(run.text for run in cell)
