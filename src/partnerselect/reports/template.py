"""A spreadsheet to fill in: candidates in rows, criteria in columns, and how to fill in each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from partnerselect.files.imports.names import CellError, Names, key
from partnerselect.files.imports.newcomers import ATTRIBUTES
from partnerselect.files.imports.said import wanted
from partnerselect.model import Criterion, Decision
from partnerselect.reports.workbook_sheets.book import (
    A3,
    CELL,
    HEADING,
    INPUT,
    LEAD,
    MUTED,
    NAME_CELL,
    SECTION,
    WORDS,
    Book,
    Cell,
    Sheet,
    column_name,
)

TABLE, GUIDE = "Candidates", "How to fill it in"
_HINTS, _HEAD, _FIRST = 2, 3, 4
_NEWCOMERS = 20
_TEXT = 49  # the format of cells that hold what was typed, whatever it looks like
_LONGEST_MESSAGE, _LONGEST_COMMENT, _LONGEST_LIST = 250, 1_500, 250
_LEAD = "Fill in what you know, and leave the rest empty. The sheet after this one says what each column asks."
_RULES = (
    ("Empty", "says nothing: what nobody knows stays unknown. It is never a zero, and takes nothing away."),
    ("A number", "in the unit of the column, without separators of thousands."),
    ("A range", "such as 30 to 40, where the number is in doubt; or 35 (30 to 40), with the best guess first."),
    ("A level", "by its number, as the texts below describe it; between two levels, a range."),
    ("Items", "by id or title, with ; between them; one with ? behind it is hinted at only."),
    ("none", "for items: somebody looked, and there is none."),
    ("n/a", "the question does not apply to this candidate."),
    ("refused", "they were asked, and did not want to say."),
    ("A newcomer", "gets a new row: its name, and its kind (one word), country (two letters) and region."),
    ("The source", "of the whole table, its grade (a to d) and its date are asked for when the file is read in."),
)


def template(decision: Decision, *, made_on: date) -> bytes:
    """An XLSX file with a row for each candidate and a column for each criterion, all cells empty.

    `partnerselect.files.imports.read.read_import` reads it once it has been filled in; as it is, it says nothing. The
    cells to fill in hold text, so that no spreadsheet program makes a date out of 3-4. The same arguments give the same
    bytes, and no text of the decision can act as a formula.

    Parameters
    ----------
    decision : Decision
    made_on : date
        The day that the file names as the one it was made on.
    """
    book = Book(decision.title, made_on, f"{decision.title}: to fill in")
    _table(book, decision)
    _guide(book, decision)
    return book.close()


def _table(book: Book, decision: Decision) -> None:
    taken = {key(text) for one in decision.criteria for text in (one.id, one.title)}
    attributes = [one for one in ATTRIBUTES if one not in taken]
    start, end = 1 + len(attributes), len(attributes) + len(decision.criteria)
    last = _FIRST + len(decision.candidates) + _NEWCOMERS - 1
    width = min(max([24.0, *(len(one.name) + 2.0 for one in decision.candidates)]), 56.0)
    widths = [width, *_widths(attributes), *[20.0] * len(decision.criteria)]
    sheet = book.sheet(TABLE, INPUT, widths, _LEAD)
    _headings(sheet, decision, attributes)
    _rows(sheet, decision, attributes, end)
    for column, criterion in enumerate(decision.criteria, start=start):
        _validate(sheet, column, last, criterion)
    sheet.sheet.ignore_errors({"number_stored_as_text": f"A{_FIRST + 1}:{column_name(end)}{last + 1}"})
    sheet.freeze(_FIRST, 1)
    sheet.printed(last, end, A3)


def _headings(sheet: Sheet, decision: Decision, attributes: Sequence[str]) -> None:
    names = _named((one.id, one.title) for one in decision.criteria)
    style, start = sheet.book.style, 1 + len(attributes)
    hints = [_hint(one) for one in decision.criteria]
    before: list[Cell] = [None] * start
    sheet.height(_HINTS, [*before, *hints])
    for column, hint in enumerate(hints, start=start):
        sheet.text(_HINTS, column, hint, style(text_wrap=True, font_color=MUTED, font_size=9))
    sheet.height(_HEAD, [*before, *names.values()])
    titles = ["Candidate", *(one.title() for one in attributes), *names.values()]
    for column, title in enumerate(titles):
        sheet.text(_HEAD, column, title, style(HEADING))
    for column, criterion in enumerate(decision.criteria, start=start):
        sheet.comment(_HEAD, column, _comment(criterion))


def _rows(sheet: Sheet, decision: Decision, attributes: Sequence[str], end: int) -> None:
    """A row for each candidate, and some for newcomers."""
    names = _named((one.id, one.name) for one in (*decision.candidates, *decision.members))
    name, about = sheet.book.style(NAME_CELL), sheet.book.style(NAME_CELL, font_color=MUTED)
    free = sheet.book.style(CELL, bg_color=INPUT, num_format=_TEXT, text_wrap=True, align="left")
    known = [[names[one.id], *(getattr(one, each) for each in attributes)] for one in decision.candidates]
    for row, texts in enumerate([*known, *[[]] * _NEWCOMERS], start=_FIRST):
        sheet.height(row, texts)
        for column, text in enumerate(texts):
            sheet.text(row, column, text, about if column else name)
        for column in range(len(texts), end + 1):
            sheet.empty(row, column, free)


def _widths(attributes: Sequence[str]) -> list[float]:
    return [24.0 if one == "region" else 12.0 for one in attributes]


def _validate(sheet: Sheet, column: int, last: int, criterion: Criterion) -> None:
    """What a cell may hold is said when it is chosen; levels can be picked, and anything else is asked about."""
    told = {"input_title": criterion.title[:32], "input_message": _wanted(criterion)[:_LONGEST_MESSAGE]}
    rule: dict[str, object] = {"validate": "any", **told}
    if criterion.scale.kind == "levels":
        picked = [*(str(one.level) for one in criterion.scale.levels), "refused", "n/a"]
        if len(",".join(picked)) <= _LONGEST_LIST:
            rule = {
                "validate": "list",
                "source": picked,
                "error_type": "warning",
                "error_title": "A level, or a range of levels",
                "error_message": "Is this a range such as 3 to 4? Then keep it.",
                **told,
            }
    sheet.sheet.data_validation(_FIRST, column, last, column, rule)


def _guide(book: Book, decision: Decision) -> None:
    sheet = book.sheet(GUIDE, "#17324D", [30, 60, 12, 70], decision.question)
    row = 3
    for title, told in _RULES:
        sheet.height(row, ["", told, None, None])
        sheet.text(row, 0, title, book.style(bold=True))
        sheet.text(row, 1, told, book.style(text_wrap=True))
        row += 1
    for goal in decision.goals:
        row += 1
        for column in range(4):
            sheet.text(row, column, goal.title if column == 0 else "", book.style(SECTION))
        row += 1
        for criterion in goal.criteria:
            row = _criterion(sheet, row, criterion)
    sheet.printed(row, 3)


def _criterion(sheet: Sheet, row: int, criterion: Criterion) -> int:
    """What is asked and how to answer, with the levels or items below each other; the row after it."""
    book, entries = sheet.book, _entries(criterion)
    about = [criterion.question, f"{_wanted(criterion)}. Id: {criterion.id}."]
    for at in range(max(len(about), len(entries))):
        told = about[at] if at < len(about) else ""
        number, words = entries[at] if at < len(entries) else ("", "")
        texts = ("" if at else criterion.title, told, number, words)
        sheet.height(row, texts)
        for column, text in enumerate(texts):
            look = {"bold": True} if column == 0 else LEAD if at and column == 1 else {}
            sheet.text(row, column, text, book.style(WORDS, look))
        row += 1
    return row


def _entries(criterion: Criterion) -> list[tuple[str, str]]:
    """The levels or items of a criterion, and what they mean."""
    if criterion.scale.kind == "levels":
        return [(str(one.level), one.text) for one in criterion.scale.levels]
    if criterion.scale.kind == "items":
        return [(one.id, one.title) for one in criterion.scale.items]
    return []


def _wanted(criterion: Criterion) -> str:
    told = wanted(criterion)
    return told[0].upper() + told[1:]


def _hint(criterion: Criterion) -> str:
    scale = criterion.scale
    if scale.kind == "measured":
        return f"in {scale.unit}"
    return f"level 0 to {len(scale.levels) - 1}" if scale.kind == "levels" else "items, with ; between"


def _comment(criterion: Criterion) -> str:
    entries = [f"{number}: {words}" for number, words in _entries(criterion)]
    text = "\n".join([criterion.question, "", f"{_wanted(criterion)}.", *entries])
    return text if len(text) <= _LONGEST_COMMENT else f"{text[:_LONGEST_COMMENT]}…"


def _named(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The title of each id, or the id where the title could mean another one as well."""
    pairs = list(named)
    names = Names(pairs, "", "")
    return {id_: title if _means(names, title, id_) else id_ for id_, title in pairs}


def _means(names: Names, title: str, id_: str) -> bool:
    try:
        return names.find(title) == id_
    except CellError:
        return False
