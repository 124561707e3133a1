"""Sheet Facts: what the sources say, as they say it."""

from __future__ import annotations

from partnerselect.model import Candidate, Fact
from partnerselect.reports.workbook_sheets.book import A3, HEADING, LINK, WORDS, Book
from partnerselect.reports.workbook_sheets.contents import Contents

NAME = "Facts"
_HEAD = 3
_LEAD = "One row for each fact. Statements on sheet Evidence name the facts that they rest on; nothing here is scored."
_COLUMNS = (
    ("Candidate", 28),
    ("Fact", 9),
    ("About", 20),
    ("Value", 44),
    ("Unit", 26),
    ("As of", 11),
    ("Basis", 13),
    ("Criteria", 24),
    ("Note", 40),
    ("Source", 70),
)


_SOURCE = len(_COLUMNS) - 1


def add_facts(book: Book, contents: Contents) -> None:
    """Candidates first, then members."""
    sheet = book.sheet(NAME, "#CC79A7", [width for _, width in _COLUMNS], _LEAD)
    for column, (title, _) in enumerate(_COLUMNS):
        sheet.text(_HEAD, column, title, book.style(HEADING))
    words, number, link = book.style(WORDS), book.style(WORDS, align="left"), book.style(WORDS, LINK)
    row = _HEAD
    for who in (*contents.decision.candidates, *contents.decision.members):
        for fact in who.facts:
            row += 1
            cells = _cells(who, fact)
            sheet.height(row, cells)
            for column, cell in enumerate(cells):
                if not isinstance(cell, str):
                    sheet.number(row, column, cell, number)
                elif not cell:
                    sheet.empty(row, column, words)
                elif column == _SOURCE:
                    sheet.source(row, column, cell, link, words)
                else:
                    sheet.text(row, column, cell, words)
    sheet.sheet.autofilter(_HEAD, 0, row, len(_COLUMNS) - 1)
    sheet.sheet.ignore_errors({"number_stored_as_text": f"A{_HEAD + 1}:J{row + 1}"})
    sheet.freeze(_HEAD + 1, 1)
    sheet.printed(row, len(_COLUMNS) - 1, A3)


def _cells(who: Candidate, fact: Fact) -> list[str | float]:
    return [
        who.name,
        fact.id,
        fact.field.replace("_", " "),
        "" if fact.value is None else fact.value,
        fact.unit,
        fact.as_of or "",
        fact.basis or "",
        ", ".join(fact.criteria),
        fact.note or "",
        fact.source,
    ]
