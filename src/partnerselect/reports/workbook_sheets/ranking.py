"""Sheet Ranking: the candidates in the order of their totals, and a chart of where these come from, all by formulas."""

from __future__ import annotations

import math
from typing import Any

from partnerselect.reports.workbook_sheets.book import (
    ALARM,
    CELL,
    HEADING,
    HEADING_OF_NUMBERS,
    INK,
    MUTED,
    NAME_CELL,
    NUMBER,
    Book,
    Sheet,
    column_name,
)
from partnerselect.reports.workbook_sheets.contents import Contents, tint
from partnerselect.reports.workbook_sheets.contributions import column_of, goal_column

NAME = "Ranking"
DRAWN = 30
"""Candidates in the chart at most."""

_HEAD, _FIRST = 4, 5
_NAME, _CHART, _PARTS = 1, 9, 11
_CHART_WIDTH = 94
_PIXELS = 24
"""Height of a row."""
_HEADINGS = (
    ("Rank", 7),
    ("Candidate", 0),
    ("Total of 100", 12),
    ("Lowest possible", 9),
    ("Highest possible", 9),
    ("Weight with evidence", 12),
    ("Rank when made", 10),
    ("Moved", 8),
)
_LEAD = (
    "Follows the points on sheet Weights. Between the lowest and the highest total lies all that the evidence allows."
)


def add_ranking(book: Book, contents: Contents) -> None:
    """The ordered table and the chart beside it."""
    titles = [*(goal.title for goal in contents.goals), "Assumed: nobody knows"]
    widths = [*(width or contents.name_width for _, width in _HEADINGS), 2, _CHART_WIDTH, 2, *[11] * len(titles), 6]
    sheet = book.sheet(NAME, "#D55E00", widths, _LEAD)
    _first(sheet, contents)
    sheet.sheet.set_row(_HEAD, 46)
    style = book.style
    for column, (title, _) in enumerate(_HEADINGS):
        sheet.text(_HEAD, column, title, style(HEADING if column == _NAME else HEADING_OF_NUMBERS))
    for column, (title, colour) in enumerate(zip(titles, [*contents.colours, "#8A939C"], strict=True), start=_PARTS):
        ground = style(HEADING_OF_NUMBERS, bg_color=tint(colour, 0.45), font_color=INK, font_size=9)
        sheet.text(_HEAD, column, title, ground)
    sheet.text(_HEAD, _PARTS + len(titles), "row", style(font_color=MUTED, font_size=8, align="center"))
    for at, one in enumerate(contents.order):
        _line(sheet, contents, at, one)
    _chart(sheet, contents)
    sheet.freeze(_FIRST, 2)
    sheet.protect()


def _first(sheet: Sheet, contents: Contents) -> None:
    """What is wrong with the points, or else who leads."""
    strong = sheet.book.style(bold=True, font_size=12)
    if not contents.height:
        sheet.text(2, 0, "No candidate passes the gates.", strong)
        return
    first = contents.order[0]
    tied = contents.ranking["rank"].count(1)
    name, total = contents.names[first], 100 * contents.ranking["total"][first]
    told = (
        f"{name} leads with {total:.1f} of 100"
        if tied == 1
        else f"{tied} candidates share the lead with {total:.1f} of 100"
    )
    line = _FIRST + 1
    formula = (
        f'=IF(Check<>"",Check,IF(COUNTIF(Ranks,1)>1,COUNTIF(Ranks,1)&" candidates share the lead",B{line}&" leads")'
        f'&" with "&FIXED(C{line},1)&" of 100")'
    )
    sheet.formula(2, 0, formula, told, strong)
    alarm = sheet.book.style(font_color=ALARM)
    sheet.sheet.conditional_format(2, 0, 2, 0, {"type": "formula", "criteria": '=Check<>""', "format": alarm})


def _line(sheet: Sheet, contents: Contents, at: int, one: int) -> None:
    """The candidate at one place; `one` is who has it while the points are those of the file."""
    row, line = _FIRST + at, _FIRST + at + 1
    parts = contents.with_evidence[one].tolist()
    helper = _PARTS + len(parts) + 1
    place = f"${column_name(helper)}{line}"
    ranking, style = contents.ranking, sheet.book.style
    sheet.height(row, [0, contents.longest_name])
    points = style(NUMBER, num_format="0.0", font_color=MUTED)
    total, rank = 100 * ranking["total"][one], ranking["rank"][one]
    columns: list[tuple[str, Any, Any]] = [
        ("=INDEX(Ranks,{place})", rank, style(CELL, align="center", bold=True)),
        ("=INDEX(Candidates,{place})", contents.names[one], style(NAME_CELL)),
        ("=INDEX(Totals,{place})", total, style(NUMBER, bold=True, num_format="0.0")),
        (f"=INDEX({column_of(contents, 'lowest')},{{place}})", 100 * ranking["low"][one], points),
        (f"=INDEX({column_of(contents, 'highest')},{{place}})", 100 * ranking["high"][one], points),
        (f"=INDEX({column_of(contents, 'known')},{{place}})", ranking["known"][one], style(NUMBER, num_format="0%")),
        (f"=INDEX({column_of(contents, 'made')},{{place}})", rank, style(CELL, align="center", font_color=MUTED)),
        (f'=IF(ISNUMBER(A{line}),G{line}-A{line},"–")', 0, style(CELL, align="center", num_format='"▲ "0;"▼ "0;"–"')),
    ]
    bars = style(CELL, align="center", num_format="0.0")
    for goal, part in enumerate([*parts, total - sum(parts)]):
        columns.append((f"=INDEX({goal_column(contents, goal)},{{place}})", part, bars))
    where = [*range(len(_HEADINGS)), *range(_PARTS, helper)]
    for column, (formula, shown, format_) in zip(where, columns, strict=True):
        sheet.formula(row, column, formula.format(place=place), shown, format_)
    sheet.formula(
        row, helper, f"=MATCH({at + 1},Places,0)", one + 1, style(font_color="#B0B7BE", font_size=8, align="center")
    )


def _chart(sheet: Sheet, contents: Contents) -> None:
    """Stacked bars by goal, best on top; what nobody knows comes last and hatched."""
    if not contents.height:
        return
    drawn = min(contents.height, DRAWN)
    last = _FIRST + drawn - 1
    chart = sheet.book.file.add_chart({"type": "bar", "subtype": "stacked"})
    colours = [{"fill": {"color": colour}} for colour in contents.colours]
    hatched = {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#6B7580", "bg_color": "#EEF1F4"}}
    for column, fill in enumerate([*colours, hatched], start=_PARTS):
        chart.add_series(
            {
                "name": [NAME, _HEAD, column],
                "categories": [NAME, _FIRST, _NAME, last, _NAME],
                "values": [NAME, _FIRST, column, last, column],
                "gap": 35,
                "border": {"none": True},
                **fill,
            }
        )
    who = "" if drawn == contents.height else f", first {drawn} of {contents.height}"
    ink = {"color": INK, "size": 9}
    chart.set_title(
        {
            "name": f"Where the totals come from{who}: points of 100",
            "name_font": {"size": 13, "bold": True, "color": INK},
            "overlay": False,
        }
    )
    chart.set_y_axis(
        {"reverse": True, "num_font": ink, "line": {"color": "#8A939C"}, "major_tick_mark": "none", "interval_unit": 1}
    )
    chart.set_x_axis(
        {
            "min": 0,
            "num_font": ink,
            "num_format": "0",
            "label_position": "high",
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": "#E3E8EC", "width": 0.75}},
        }
    )
    chart.set_legend({"position": "bottom", "font": ink})
    chart.set_chartarea({"border": {"none": True}})
    height = 110 + 28 * max(drawn, 8) + 20 * math.ceil((len(contents.goals) + 1) / 4)
    chart.set_size({"width": 660, "height": height})
    told = "Stacked bars: each candidate's total in ranked order, by goal; hatched what nobody knows and is assumed."
    sheet.sheet.insert_chart(_HEAD, _CHART, chart, {"description": told, "object_position": 3})
    sheet.printed(max(_FIRST + contents.height - 1, _HEAD + height // _PIXELS + 1), _CHART)
