"""Sheets Values and Ranges: what every candidate is worth on every criterion, and how far that may be off."""

from __future__ import annotations

from collections.abc import Sequence

from partnerselect.reports.workbook_sheets.book import (
    A3,
    CELL,
    HEADING,
    HEADING_OF_NUMBERS,
    INK,
    MUTED,
    NAME_CELL,
    Book,
    Format,
    Sheet,
)
from partnerselect.reports.workbook_sheets.contents import FIRST_ROW, Contents, tint
from partnerselect.reports.workbook_sheets.weights import weight_cell

NAME, RANGES = "Values", "Ranges"
NOT_APPLICABLE = "n/a"
ASSUMED = {"italic": True, "font_color": MUTED, "pattern": 14, "fg_color": "#B8C0C8", "bg_color": "#F4F5F7"}
_SHADES = ("#F3F8FC", "#DDEBF6", "#C3DCEF", "#A3CAE6", "#82B7DC")
_LEAD = (
    "From 0 (worst) to 1 (best), by each criterion's value function. Grey and slanted: nobody knows; point at the cell."
)
_RANGES_LEAD = "The lowest and the highest value that the evidence allows, and whether there is evidence at all."
_POLICY = {"midpoint": "the middle of what is possible", "worst": "the worst", "best": "the best"}
_GROUPS, _TITLES, _WEIGHTS = 3, 4, 5


def add_values(book: Book, contents: Contents) -> None:
    """Best values, candidates x criteria; the weights above them."""
    sheet = book.sheet(NAME, "#56B4E9", [contents.name_width, *[11] * contents.width], _LEAD)
    criteria_heading(sheet, contents, 1)
    live_weights(sheet, contents, 1)
    style = book.style
    number = {**CELL, "align": "center", "num_format": "0.00"}
    shades = [style(number, bg_color=shade) for shade in _SHADES]
    assumed, gap = style(number, ASSUMED), style(number, font_color=MUTED)
    low, best, high = (table.tolist() for table in (contents.ranges.low, contents.ranges.best, contents.ranges.high))
    for at, (name, statuses) in enumerate(zip(contents.names, contents.ranges.status.tolist(), strict=True)):
        row = FIRST_ROW + at
        sheet.height(row, [name])
        sheet.text(row, 0, name, style(NAME_CELL))
        for column, status in enumerate(statuses):
            value = best[at][column]
            if status == "not_applicable":
                sheet.text(row, column + 1, NOT_APPLICABLE, gap)
            elif status == "known":
                sheet.number(row, column + 1, value, shades[min(int(value * len(shades)), len(shades) - 1)])
            else:
                sheet.number(row, column + 1, value, assumed)
                sheet.comment(row, column + 1, _why(contents, status, value, low[at][column], high[at][column], column))
    sheet.freeze(FIRST_ROW, 1, headings=3)
    sheet.printed(FIRST_ROW + max(contents.height, 1) - 1, contents.width)
    sheet.protect()


def add_ranges(book: Book, contents: Contents) -> None:
    """Lowest value, highest value, and evidence or not, side by side."""
    width = contents.width
    block = [*[11] * width, 3]
    sheet = book.sheet(RANGES, "#56B4E9", [contents.name_width, *block, *block, *block[:-1]], _RANGES_LEAD)
    sheet.sheet.set_row(_TITLES, 62)
    starts = (1, width + 2, 2 * width + 3)
    told = ("Lowest value", "Highest value", "Evidence: 1 yes, 0 no")
    style = book.style
    for start, title in zip(starts, told, strict=True):
        sheet.across(_GROUPS, start, start + width - 1, title, style(HEADING_OF_NUMBERS))
    sheet.text(_TITLES, 0, "Candidate", style(HEADING))
    for start in starts:
        titles(sheet, contents, start)
    value, gap = style(CELL, align="center", num_format="0.00"), style(CELL, align="center", font_color=MUTED)
    low, high, known = (table.tolist() for table in (contents.ranges.low, contents.ranges.high, contents.ranges.known))
    applicable = contents.ranges.applicable.tolist()
    for at, name in enumerate(contents.names):
        row = FIRST_ROW + at
        sheet.height(row, [name])
        sheet.text(row, 0, name, style(NAME_CELL))
        for start, table in zip(starts, (low, high), strict=False):
            _values(sheet, row, start, table[at], applicable[at], value, gap)
        for column, sure in enumerate(known[at], start=starts[2]):
            sheet.number(row, column, float(sure), gap)
    sheet.freeze(FIRST_ROW, 1, headings=3)
    sheet.printed(FIRST_ROW + max(contents.height, 1) - 1, 3 * width + 2, A3)
    sheet.protect()


def criteria_heading(sheet: Sheet, contents: Contents, start: int) -> None:
    """Goals over their criteria, each in the goal's colour; the candidates' heading before them."""
    style = sheet.book.style
    for goal, colour, (first, last) in zip(contents.goals, contents.colours, contents.spans, strict=True):
        band = style(HEADING_OF_NUMBERS, bg_color=tint(colour, 0.45), font_color=INK)
        sheet.across(_GROUPS, start + first, start + last, goal.title, band)
    sheet.sheet.set_row(_TITLES, 62)
    sheet.text(_TITLES, 0, "Candidate", style(HEADING))
    titles(sheet, contents, start)


def titles(sheet: Sheet, contents: Contents, start: int) -> None:
    """One line of criteria."""
    style = sheet.book.style
    for goal, colour, (first, _) in zip(contents.goals, contents.colours, contents.spans, strict=True):
        ground = style(HEADING_OF_NUMBERS, bg_color=tint(colour, 0.2), font_color=INK, font_size=9)
        for offset, criterion in enumerate(goal.criteria):
            sheet.text(_TITLES, start + first + offset, criterion.title, ground)


def live_weights(sheet: Sheet, contents: Contents, start: int) -> None:
    """The normalised weights above the candidates; they follow the sheet Weights."""
    style = sheet.book.style
    sheet.text(_WEIGHTS, 0, "Weight", style(NAME_CELL, bold=True, font_color=MUTED))
    share = style(CELL, bold=True, font_color=MUTED, align="center", num_format="0.0%")
    for column, weight in enumerate(contents.weights):
        sheet.formula(_WEIGHTS, start + column, f"={weight_cell(contents, column)}", weight, share)


def _values(
    sheet: Sheet, row: int, start: int, values: Sequence[float], applies: Sequence[bool], value: Format, gap: Format
) -> None:
    for column, (one, applicable) in enumerate(zip(values, applies, strict=True), start=start):
        if applicable:
            sheet.number(row, column, one, value)
        else:
            sheet.text(row, column, NOT_APPLICABLE, gap)


def _why(contents: Contents, status: str, value: float, low: float, high: float, column: int) -> str:
    told = "They refused to say." if status == "refused" else "Nobody knows."
    policy = _POLICY[contents.decision.unknowns]
    question = contents.ranges.criteria[column].question
    return f"{told} Counted as {value:.2f}, {policy}; it may be {low:.2f} to {high:.2f}.\nTo ask: {question}"
