"""The evidence: what counts for each candidate and member, why, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from partnerselect.analysis.evidence import Performance
from partnerselect.analysis.evidence_table import in_words
from partnerselect.analysis.value_ranges import value_ranges
from partnerselect.analysis.words import sentence
from partnerselect.model import Candidate, Criterion, Evidence
from partnerselect.reports.contents import ReportContents
from partnerselect.reports.document_parts.blocks import Block, Column, Row, Table, Words
from partnerselect.reports.words import line, percent

_COLUMNS = (
    Column("Criterion", share=3),
    Column("What counts", share=3),
    Column("Grade", 12, align="center"),
    Column("As of", 16),
    Column("Why, and where it comes from", share=8),
)
_READING = (
    "What counts is the best value, and in brackets the range that readers, grade and age leave open. Grades: a, a "
    "dated document; b, an own page; c, second hand or undated; d, a statement in an interview. Grey: set aside, and "
    "why."
)


def evidence_section(contents: ReportContents) -> list[Block]:
    """Everything that was said, organisation by organisation."""
    decision = contents.decision
    performances = value_ranges(decision).performances
    rows = [
        row
        for who in (*decision.candidates, *decision.members)
        for row in _organisation(who, decision.criteria, performances)
    ]
    statements = sum(len(who.evidence) for who in (*decision.candidates, *decision.members))
    told = "1 statement was" if statements == 1 else f"{statements} statements were"
    lead = f"{told} made up to now; behind {percent(contents.standing.known_share, 0)} of the cells there is evidence."
    table = [Table(_COLUMNS, tuple(rows), size=8.0)] if rows else []
    return [Words(lead, "lead"), Words(_READING), *table]


def _organisation(
    who: Candidate, criteria: tuple[Criterion, ...], performances: Mapping[tuple[str, str], Performance]
) -> Iterator[Row]:
    about = f"{who.kind}, {who.region}, {who.country}{', a member' if who.role == 'member' else ''}"
    yield Row((f"{who.name} ({about})",), "group")
    silent = []
    for criterion in criteria:
        cell = performances[who.id, criterion.id]
        if not cell.counted and not cell.set_aside:
            silent.append(criterion.title)
            continue
        yield _counted(who, criterion, cell)
        for one in cell.set_aside:
            why = (sentence(f"Set aside: {one.reason}"), *_reasons(one.evidence), *_sources(who, one.evidence))
            yield Row(("", "", one.evidence.grade, one.evidence.as_of or "", why), "quiet")
    if silent:
        told = "nothing at all" if len(silent) == len(criteria) else "; ".join(silent)
        yield Row(("Nobody knows", told), "quiet")


def _counted(who: Candidate, criterion: Criterion, cell: Performance) -> Row:
    dates = sorted({one.as_of or "undated" for one in cell.counted})
    reasons = [line for one in cell.counted for line in _reasons(one)]
    sources = [line for one in cell.counted for line in _sources(who, one)]
    told = in_words(cell, criterion)
    items = _items(criterion, cell)
    counts = (told, items) if items else told
    return Row((criterion.title, counts, cell.grade or "", tuple(dates), tuple(dict.fromkeys([*reasons, *sources]))))


def _items(criterion: Criterion, cell: Performance) -> str:
    """Titles of the items that are documented."""
    if criterion.scale.kind != "items":
        return ""
    documented = {item for one in cell.counted for item in one.items or ()}
    return ", ".join(item.title for item in criterion.scale.items if item.id in documented)


def _reasons(statement: Evidence) -> Iterator[str]:
    """Why somebody says so."""
    if statement.reason:
        yield f"{statement.by}: {line(statement.reason)}" if statement.by else line(statement.reason)
    if statement.note:
        yield f"Note: {line(statement.note)}"


def _sources(who: Candidate, statement: Evidence) -> Iterator[str]:
    """The source of a statement, and those of the facts that it rests on."""
    if statement.source:
        yield statement.source
    yield from (fact.source for fact in who.facts if fact.id in statement.facts)
