"""Sheet Evidence: every statement, whether it counts, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from partnerselect.model import Candidate, Criterion, Evidence
from partnerselect.reports.workbook_sheets.book import A3, HEADING, LINK, MUTED, WORDS, Book, Cell, Sheet
from partnerselect.reports.workbook_sheets.contents import Contents

NAME = "Evidence"
_HEAD, _WHERE = 3, "Where it comes from"
_LEAD = "One row for each statement, as it stands in the files. Only what counts is scored; the rest says why not."
COLUMNS = (
    ("Candidate", 24),
    ("Criterion", 22),
    ("Counts", 9),
    ("Why not", 19),
    ("Value", 9),
    ("Low", 8),
    ("High", 8),
    ("Items", 20),
    ("Possible items", 20),
    ("Answer", 9),
    ("Unit", 13),
    ("As of", 11),
    ("Grade", 7),
    ("By", 15),
    ("Reason", 60),
    (_WHERE, 44),
    ("Role", 11),
    ("Basis", 13),
    ("Undated", 9),
    ("Judged on", 11),
    ("Facts", 14),
    ("Note", 36),
    ("Source", 40),
    ("Candidate id", 20),
    ("Criterion id", 22),
)
"""Headings of the sheet, and the width of each column."""

_TITLES = [title for title, _ in COLUMNS]
_LINKS = {_TITLES.index(_WHERE), _TITLES.index("Source")}
_IDS = _TITLES.index("Candidate id")


def add_evidence(book: Book, contents: Contents) -> None:
    """Candidates first, then members; each one's statements in the order of its file."""
    sheet = book.sheet(NAME, "#CC79A7", [width for _, width in COLUMNS], _LEAD)
    for column, (title, _) in enumerate(COLUMNS):
        sheet.text(_HEAD, column, title, book.style(HEADING))
    looks = {counts: _Look(book, counts) for counts in (True, False)}
    criteria = {criterion.id: criterion for criterion in contents.decision.criteria}
    row = _HEAD
    for row, (who, statement, why_not) in enumerate(_statements(contents), start=_HEAD + 1):
        cells = _cells(who, criteria[statement.criterion], statement, why_not)
        looks[why_not is None].write(sheet, row, cells)
    sheet.sheet.autofilter(_HEAD, 0, row, len(COLUMNS) - 1)
    sheet.sheet.ignore_errors({"number_stored_as_text": f"A{_HEAD + 1}:Y{row + 1}"})
    sheet.freeze(_HEAD + 1, 1)
    sheet.printed(row, _TITLES.index(_WHERE), A3)


def _statements(contents: Contents) -> Iterator[tuple[Candidate, Evidence, str | None]]:
    """Every statement, and why it does not count; None where it does.

    Statements are compared by what they say: the performances may be those of an equal decision. Of two that say the
    same, the first is the one that was set aside.
    """
    performances, criteria = contents.ranges.performances, contents.decision.criteria
    for who in (*contents.decision.candidates, *contents.decision.members):
        aside = {criterion.id: list(performances[who.id, criterion.id].set_aside) for criterion in criteria}
        for statement in who.evidence:
            own = aside[statement.criterion]
            found = next((one for one in own if one.evidence == statement), None)
            if found is not None:
                own.remove(found)
            yield who, statement, None if found is None else found.reason


class _Look:
    """How a row looks: one that counts, or one that is set aside."""

    def __init__(self, book: Book, counts: bool) -> None:
        grey = {} if counts else {"font_color": MUTED}
        self._words, self._link = book.style(WORDS, grey), book.style(WORDS, LINK)
        self._number = book.style(WORDS, grey, align="right")
        self._small = book.style(WORDS, font_color=MUTED, font_size=9)

    def write(self, sheet: Sheet, row: int, cells: Sequence[Cell]) -> None:
        """Write one row."""
        sheet.height(row, cells)
        for column, cell in enumerate(cells):
            if cell is None or cell == "":
                sheet.empty(row, column, self._words)
            elif not isinstance(cell, str):
                sheet.number(row, column, cell, self._number)
            elif column in _LINKS:
                sheet.source(row, column, cell, self._link, self._words)
            else:
                sheet.text(row, column, cell, self._small if column >= _IDS else self._words)


def _cells(who: Candidate, criterion: Criterion, said: Evidence, why_not: str | None) -> list[Cell]:
    return [
        who.name,
        criterion.title,
        "yes" if why_not is None else "set aside",
        why_not,
        said.value,
        said.low,
        said.high,
        None if said.items is None else ", ".join(said.items) or "none",
        ", ".join(said.possible),
        None if said.status is None else {"refused": "refused", "not_applicable": "n/a"}[said.status],
        said.unit,
        said.as_of,
        said.grade,
        said.by,
        said.reason,
        _sources(who, said),
        who.role,
        said.basis,
        "yes" if said.undated else None,
        None if said.judged_on is None else said.judged_on.isoformat(),
        ", ".join(said.facts),
        said.note,
        said.source,
        who.id,
        criterion.id,
    ]


def _sources(who: Candidate, said: Evidence) -> str:
    """The source of a statement, and those of the facts that it rests on, each once."""
    facts = [fact.source for fact in who.facts if fact.id in said.facts]
    return "\n".join(dict.fromkeys([*([said.source] if said.source else []), *facts]))
