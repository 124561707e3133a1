"""Sheet Contributions: weight times value in every cell, and what it sums to, all by formulas."""

from __future__ import annotations

import math

from partnerselect.reports.workbook_sheets.book import (
    A3,
    ALARM,
    CELL,
    HEADING_OF_NUMBERS,
    INK,
    MUTED,
    NAME_CELL,
    NUMBER,
    Book,
    Sheet,
    cells,
    column_name,
)
from partnerselect.reports.workbook_sheets.contents import FIRST_ROW, SUMMARY, Contents, tint
from partnerselect.reports.workbook_sheets.values import (
    ASSUMED,
    NOT_APPLICABLE,
    criteria_heading,
    live_weights,
)

NAME = "Contributions"
NO_WEIGHTS = "no weights"
TIE = "1E-7"
"""Totals of 100 that are no farther apart tie."""

_TOTAL, _RANK, _PLACE, _MADE, _LOWEST, _HIGHEST, _KNOWN, _APPLIES = range(1, SUMMARY)
_HEADINGS = (
    ("Total of 100", 12),
    ("Rank", 7),
    ("Place in the list", 8),
    ("Rank when made", 10),
    ("Lowest possible", 9),
    ("Highest possible", 9),
    ("Weight with evidence", 12),
    ("Weight that applies", 10),
)
_LEAD = "Weight times value, in points of 100; a row sums to its total. Where a criterion does not apply (n/a), the "
_LEAD += "other weights of that candidate are scaled up."


def add_contributions(book: Book, contents: Contents) -> None:
    """One row of formulas for each candidate."""
    widths = [
        contents.name_width,
        *(width for _, width in _HEADINGS),
        *[11] * contents.width,
        3,
        *[11] * (len(contents.goals) + 1),
    ]
    sheet = book.sheet(NAME, "#009E73", widths, _LEAD)
    sheet.formula(2, 0, "=Check", "", book.style(bold=True, font_color=ALARM))
    goals = SUMMARY + contents.width + 1
    style = book.style
    titles = [*(goal.title for goal in contents.goals), "Assumed: nobody knows"]
    sheet.across(3, goals, goals + len(titles) - 1, "By goal, with evidence behind it", style(HEADING_OF_NUMBERS))
    criteria_heading(sheet, contents, SUMMARY)
    for column, (title, _) in enumerate(_HEADINGS, start=1):
        sheet.text(4, column, title, style(HEADING_OF_NUMBERS, font_size=9))
    for column, (title, colour) in enumerate(zip(titles, [*contents.colours, "#8A939C"], strict=True), start=goals):
        sheet.text(
            4, column, title, style(HEADING_OF_NUMBERS, font_size=9, bg_color=tint(colour, 0.45), font_color=INK)
        )
    live_weights(sheet, contents, SUMMARY)
    for at in range(contents.height):
        _candidate(sheet, contents, at, goals)
    for name, column in (("Candidates", 0), ("Totals", _TOTAL), ("Ranks", _RANK), ("Places", _PLACE)):
        book.name(name, NAME, *contents.column(column))
    _shade(sheet, contents)
    sheet.freeze(FIRST_ROW, 3, headings=3)
    sheet.printed(FIRST_ROW + max(contents.height, 1) - 1, SUMMARY + contents.width - 1, A3)
    sheet.protect()


def column_of(contents: Contents, what: str) -> str:
    """Where one column of the candidates stands, for a formula on another sheet."""
    column = {"made": _MADE, "lowest": _LOWEST, "highest": _HIGHEST, "known": _KNOWN}[what]
    return f"{NAME}!{':'.join(contents.column(column))}"


def goal_column(contents: Contents, goal: int) -> str:
    """The same for what a goal contributes with evidence; after the last goal, what is assumed."""
    return f"{NAME}!{':'.join(contents.column(SUMMARY + contents.width + 1 + goal))}"


def _candidate(sheet: Sheet, contents: Contents, at: int, goals: int) -> None:
    row, line = FIRST_ROW + at, FIRST_ROW + at + 1
    ranking = contents.ranking
    applies = f"$I{line}"
    style = sheet.book.style
    sheet.height(row, [contents.names[at]])
    sheet.text(row, 0, contents.names[at], style(NAME_CELL))
    bold, points = style(NUMBER, bold=True, num_format="0.0"), style(NUMBER, num_format="0.0", font_color=MUTED)
    whole, share = style(CELL, align="center"), style(NUMBER, num_format="0%", font_color=MUTED)
    last = SUMMARY + contents.width - 1
    weights, own = cells(5, SUMMARY, last, absolute_row=True), cells(row, SUMMARY, last)

    formula = f'=IF(Check="",IF({applies}>0,SUM({own}),50),"{NO_WEIGHTS}")'
    sheet.formula(row, _TOTAL, formula, 100 * ranking["total"][at], bold)
    formula = f'=IF(ISNUMBER(B{line}),1+SUMPRODUCT(--(Totals>B{line}+{TIE})),"–")'
    sheet.formula(row, _RANK, formula, ranking["rank"][at], whole)
    before = f"C${FIRST_ROW + 1}:C{line}"
    formula = f'=IF(ISNUMBER(C{line}),COUNTIF(Ranks,"<"&C{line})+COUNTIF({before},C{line}),{at + 1})'
    sheet.formula(row, _PLACE, formula, contents.places[at], style(CELL, align="center", font_color=MUTED))
    sheet.number(row, _MADE, ranking["rank"][at], style(CELL, align="center", font_color=MUTED))
    for column, where, name, nothing in (
        (_LOWEST, contents.low_of(row), "low", 0),
        (_HIGHEST, contents.high_of(row), "high", 100),
    ):
        formula = f'=IF(Check="",IF({applies}>0,100*SUMPRODUCT({weights},{where})/{applies},{nothing}),"–")'
        sheet.formula(row, column, formula, 100 * ranking[name][at], points)
    formula = f"=IF({applies}>0,SUMPRODUCT({weights},{contents.known_of(row)})/{applies},0)"
    sheet.formula(row, _KNOWN, formula, ranking["known"][at], share)
    weight = sum(w for w, yes in zip(contents.weights, contents.ranges.applicable[at], strict=True) if yes)
    sheet.formula(row, _APPLIES, f"=SUMPRODUCT({weights},--ISNUMBER({contents.values_of(row)}))", weight, share)
    _cells(sheet, contents, at, applies)
    _by_goal(sheet, contents, at, goals)


def _cells(sheet: Sheet, contents: Contents, at: int, applies: str) -> None:
    row, line = FIRST_ROW + at, FIRST_ROW + at + 1
    style = sheet.book.style
    number = {**CELL, "align": "center", "num_format": "0.0"}
    sure, assumed = style(number), style(number, ASSUMED)
    gap = style(CELL, align="center", font_color=MUTED)
    known = contents.ranges.known[at].tolist()
    for column, shown in enumerate(contents.contributions[at].tolist()):
        value, weight = f"Values!{column_name(column + 1)}{line}", f"{column_name(SUMMARY + column)}$6"
        formula = f'=IF(ISNUMBER({value}),IF({applies}>0,100*{weight}*{value}/{applies},0),"{NOT_APPLICABLE}")'
        if math.isnan(shown):
            sheet.formula(row, SUMMARY + column, formula, NOT_APPLICABLE, gap)
        else:
            sheet.formula(row, SUMMARY + column, formula, shown, sure if known[column] else assumed)


def _by_goal(sheet: Sheet, contents: Contents, at: int, goals: int) -> None:
    row, line = FIRST_ROW + at, FIRST_ROW + at + 1
    points = sheet.book.style(CELL, align="center", num_format="0.0")
    parts = contents.with_evidence[at].tolist()
    for goal, (first, last) in enumerate(contents.spans):
        own = cells(row, SUMMARY + first, SUMMARY + last)
        formula = f"=SUMIF({contents.known_of(row, first, last)},1,{own})"
        sheet.formula(row, goals + goal, formula, parts[goal], points)
    assumed = goals + len(parts)
    formula = f"=IF(ISNUMBER(B{line}),B{line}-SUM({cells(row, goals, assumed - 1)}),0)"
    sheet.formula(row, assumed, formula, 100 * contents.ranking["total"][at] - sum(parts), points)


def _shade(sheet: Sheet, contents: Contents) -> None:
    """The larger a contribution, the deeper its goal's colour."""
    if not contents.height:
        return
    for colour, (first, last) in zip(contents.colours, contents.spans, strict=True):
        ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 20}
        scale = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": tint(colour, 0.55), **ends}
        block = (FIRST_ROW, SUMMARY + first, FIRST_ROW + contents.height - 1, SUMMARY + last)
        sheet.sheet.conditional_format(*block, scale)
