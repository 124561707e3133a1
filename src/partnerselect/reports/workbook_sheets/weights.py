"""Sheet Weights: points that people change, and the weights that follow."""

from __future__ import annotations

from partnerselect.reports.workbook_sheets.book import (
    ALARM,
    CELL,
    HEADING,
    HEADING_OF_NUMBERS,
    INPUT,
    LINE,
    MUTED,
    NAME_CELL,
    NAVY,
    NUMBER,
    Book,
    Sheet,
)
from partnerselect.reports.workbook_sheets.contents import Contents, tint

NAME = "Weights"
_HEAD, _FIRST = 4, 5
_LISTED = 15
_TITLE, _POINTS, _MADE, _SHARE, _WEIGHT, _COUNTS, _ID = range(7)
_RANK, _NAME, _TOTAL = 8, 9, 10
_LEAD = "Change the points in the yellow cells, from 0 to 100. Shares, totals, ranks and the chart follow."
_INVALID = "Points are numbers: one of the yellow cells holds something else."
_NEGATIVE = "Points start at 0: one of the yellow cells is below."
NOTHING = "All points are at zero: raise at least one goal and one of its criteria."
_UNHEARD = "A goal counts nothing while all of its criteria are at 0."
_COLUMNS = ("Points", "When made", "Share among its neighbours", "Weight", "Points that count", "id")


def add_weights(book: Book, contents: Contents) -> None:
    """The tree of goals and criteria with points, and beside it who leads."""
    sheet = book.sheet(NAME, INPUT, [44, 9, 9, 15, 12, 11, 22, 3, 7, contents.name_width, 12], _LEAD)
    _check(sheet, contents)
    sheet.sheet.set_row(_HEAD, 46)
    heading = book.style(HEADING_OF_NUMBERS)
    sheet.text(_HEAD, _TITLE, "Goals and their criteria", book.style(HEADING))
    for column, title in enumerate(_COLUMNS, start=_POINTS):
        sheet.text(_HEAD, column, title, heading)
    _leaders_heading(sheet, contents)
    goals_at = _goal_rows(contents)
    end = _FIRST + len(contents.points)
    for goal, row in enumerate(goals_at):
        _goal(sheet, contents, goal, row, end)
        for offset in range(len(contents.goals[goal].criteria)):
            _criterion(sheet, contents, goal, row, offset)
    _closing(sheet, contents, goals_at, end)
    _rules_for_points(sheet, end)
    book.name("Points", NAME, f"$B${_FIRST + 1}", f"$B${end}")
    book.name("Points_when_made", NAME, f"$C${_FIRST + 1}", f"$C${end}")
    book.name("Check", NAME, "$A$3")
    sheet.freeze(_FIRST, 1)
    sheet.printed(end + 1, _TOTAL)
    sheet.protect()


def weight_cell(contents: Contents, criterion: int) -> str:
    """Where the normalised weight of a criterion stands."""
    goal = next(at for at, (_, last) in enumerate(contents.spans) if criterion <= last)
    return f"{NAME}!$E${_FIRST + criterion + goal + 2}"


def _check(sheet: Sheet, contents: Contents) -> None:
    """What is wrong with the points; empty where nothing is."""
    end = _FIRST + len(contents.points)
    formula = (
        f'=IF(COUNTA(Points)>COUNT(Points),"{_INVALID}",IF(COUNTIF(Points,"<0")>0,"{_NEGATIVE}",'
        f'IF(F{end + 1}=0,"{NOTHING}","")))'
    )
    sheet.formula(2, _TITLE, formula, "", sheet.book.style(bold=True, font_color=ALARM, font_size=12))


def _goal_rows(contents: Contents) -> list[int]:
    return [_FIRST + first + goal for goal, (first, _) in enumerate(contents.spans)]


def _goal(sheet: Sheet, contents: Contents, goal: int, row: int, end: int) -> None:
    one, last = contents.goals[goal], row + len(contents.goals[goal].criteria)
    points = [contents.points[criterion.id] for criterion in one.criteria]
    ground = {**CELL, "bold": True, "bg_color": tint(contents.colours[goal], 0.25)}
    _height(sheet, contents, row, one.title)
    style = sheet.book.style
    counts = contents.points[one.id] if any(points) else 0.0
    share = sum(contents.weights[at] for at in range(*_span(contents, goal)))
    sheet.text(row, _TITLE, one.title, style(ground, text_wrap=True, indent=1))
    _points(sheet, row, contents.points[one.id], bold=True)
    shares = style(ground, NUMBER, num_format="0.0%")
    sheet.formula(row, _SHARE, f"=IF(F${end + 1}>0,F{row + 1}/F${end + 1},0)", share, shares)
    sheet.formula(row, _WEIGHT, f"=D{row + 1}", share, shares)
    formula = f"=IF(SUM(B{row + 2}:B{last + 1})>0,N(B{row + 1}),0)"
    sheet.formula(row, _COUNTS, formula, counts, style(ground, NUMBER, font_color=MUTED, num_format="0.##"))
    sheet.text(row, _ID, one.id, style(NAME_CELL, text_wrap=False, font_color=MUTED, font_size=9))
    _leader(sheet, contents, row - _FIRST)


def _criterion(sheet: Sheet, contents: Contents, goal: int, goal_row: int, offset: int) -> None:
    one = contents.goals[goal]
    criterion, row = one.criteria[offset], goal_row + 1 + offset
    points = [contents.points[each.id] for each in one.criteria]
    share = points[offset] / sum(points) if sum(points) else 0.0
    _height(sheet, contents, row, criterion.title)
    family = f"B${goal_row + 2}:B${goal_row + 1 + len(points)}"
    style = sheet.book.style
    sheet.text(row, _TITLE, criterion.title, style(CELL, indent=3, text_wrap=True))
    _points(sheet, row, points[offset], bold=False)
    formula = f"=IF(SUM({family})>0,N(B{row + 1})/SUM({family}),0)"
    sheet.formula(row, _SHARE, formula, share, style(NUMBER, num_format="0.0%"))
    weight = contents.weights[contents.spans[goal][0] + offset]
    sheet.formula(row, _WEIGHT, f"=D${goal_row + 1}*D{row + 1}", weight, style(NUMBER, num_format="0.0%"))
    sheet.empty(row, _COUNTS, style(CELL))
    sheet.text(row, _ID, criterion.id, style(NAME_CELL, text_wrap=False, font_color=MUTED, font_size=9))
    _leader(sheet, contents, row - _FIRST)


def _points(sheet: Sheet, row: int, points: float, bold: bool) -> None:
    style = sheet.book.style
    free = style(CELL, bg_color=INPUT, locked=False, bold=bold, align="center", num_format="0.##", font_color=NAVY)
    sheet.number(row, _POINTS, points, free)
    sheet.number(row, _MADE, points, style(CELL, font_color=MUTED, align="center", num_format="0.##"))


def _closing(sheet: Sheet, contents: Contents, goals_at: list[int], row: int) -> None:
    """The sums, which stand below everything else."""
    style = sheet.book.style
    line = {"top": 2, "top_color": NAVY, "bold": True, "indent": 1}
    counted = [goal for goal in contents.goals if any(contents.points[one.id] for one in goal.criteria)]
    sheet.text(row, _TITLE, "All goals", style(line))
    for column in (_POINTS, _MADE, _SHARE):
        sheet.empty(row, column, style(line))
    formula = "=" + "+".join(f"E{at + 1}" for at in goals_at)
    sheet.formula(row, _WEIGHT, formula, 1.0, style(line, align="right", num_format="0.0%"))
    formula = "=" + "+".join(f"F{at + 1}" for at in goals_at)
    points = sum(contents.points[goal.id] for goal in counted)
    sheet.formula(row, _COUNTS, formula, points, style(line, align="right", num_format="0.##", font_color=MUTED))
    sheet.text(row + 1, _TITLE, _UNHEARD, style(font_color=MUTED, indent=1))


def _rules_for_points(sheet: Sheet, end: int) -> None:
    free = (_FIRST, _POINTS, end - 1, _POINTS)
    sheet.sheet.data_validation(
        *free,
        {
            "validate": "decimal",
            "criteria": "between",
            "minimum": 0,
            "maximum": 100,
            "input_title": "Points, 0 to 100",
            "input_message": "Compared with the neighbours only: goals with goals, criteria within their goal.",
            "error_title": "Points are numbers from 0 to 100",
            "error_message": "Write a number from 0 to 100.",
        },
    )
    moved = sheet.book.style(bold=True, font_color="#B45309")
    changed = f"$B{_FIRST + 1}<>$C{_FIRST + 1}"
    sheet.sheet.conditional_format(*free, {"type": "formula", "criteria": f"={changed}", "format": moved})
    bars = {"type": "data_bar", "bar_color": "#9CC3E0", "bar_solid": True, "min_type": "num", "min_value": 0}
    bars |= {"max_type": "num", "max_value": 1, "bar_border_color": LINE}
    sheet.sheet.conditional_format(_FIRST, _WEIGHT, end - 1, _WEIGHT, bars)


def _height(sheet: Sheet, contents: Contents, row: int, title: str) -> None:
    listed = row - _FIRST < min(_LISTED, contents.height)
    sheet.height(row, [title, *[None] * (_NAME - 1), contents.longest_name if listed else ""])


def _leaders_heading(sheet: Sheet, contents: Contents) -> None:
    style = sheet.book.style
    listed = min(_LISTED, contents.height)
    told = "Who leads" if listed == contents.height else f"Who leads: the first {listed} of {contents.height}"
    sheet.text(_HEAD, _RANK, "Rank", style(HEADING_OF_NUMBERS))
    sheet.text(_HEAD, _NAME, told, style(HEADING))
    sheet.text(_HEAD, _TOTAL, "Total of 100", style(HEADING_OF_NUMBERS))


def _leader(sheet: Sheet, contents: Contents, at: int) -> None:
    """One line of the ranking beside the tree."""
    if at >= min(_LISTED, contents.height):
        return
    style, row = sheet.book.style, _FIRST + at
    one = contents.order[at]
    place = f"MATCH({at + 1},Places,0)"
    sheet.formula(row, _RANK, f"=INDEX(Ranks,{place})", contents.ranking["rank"][one], style(CELL, align="center"))
    sheet.formula(row, _NAME, f"=INDEX(Candidates,{place})", contents.names[one], style(NAME_CELL))
    total = 100 * contents.ranking["total"][one]
    sheet.formula(row, _TOTAL, f"=INDEX(Totals,{place})", total, style(NUMBER, num_format="0.0", bold=True))


def _span(contents: Contents, goal: int) -> tuple[int, int]:
    first, last = contents.spans[goal]
    return first, last + 1
