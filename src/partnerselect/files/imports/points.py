"""A sheet of weights, edited away from PartnerSelect: points by the id of goals and criteria."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from partnerselect.errors import Issue
from partnerselect.files.cells import Table
from partnerselect.files.document import shortened
from partnerselect.files.imports.headed import Headed, headed, repeated_headings
from partnerselect.files.imports.names import CellError, Names
from partnerselect.files.imports.numbers import number
from partnerselect.files.messages import MOST_ISSUES
from partnerselect.model import Decision

_COLUMNS = {"points": "points", "when made": "made", "id": "id"}
_NEEDED = (("points",), ("id",))
_DIGITS = 1e-14


@dataclass(slots=True)
class FoundPoints:
    """Points that a sheet holds.

    Attributes
    ----------
    points : Mapping or None
        Of every goal and criterion, where they are others than when the file was made, and than any viewpoint's.
    before : Mapping or None
        When the file was made, as far as it says so.
    issues : list of Issue
    """

    points: Mapping[str, float] | None = None
    before: Mapping[str, float] | None = None
    issues: list[Issue] = field(default_factory=list)


def weights_sheet(table: Table) -> Headed | None:
    """The table under its headings, if it is a sheet of weights."""
    return headed(table, _COLUMNS, _NEEDED)


def read_points(found: Headed, decision: Decision, file: str) -> FoundPoints:
    """The points of a sheet, and every problem with them."""
    issues = repeated_headings(found, _COLUMNS, file)
    tree = [(goal.id, goal.title) for goal in decision.goals] + [(one.id, one.title) for one in decision.criteria]
    names = Names(tree, "goals and criteria", "goal or criterion")
    points: dict[str, float] = {}
    before: dict[str, float] = {}
    rows: dict[str, int] = {}
    for row in found.rows():
        if len(issues) > MOST_ISSUES:
            break
        try:
            if (named := found.text(row, "id")) is None:
                continue
            id_ = names.found(named)
            if id_ in rows:
                raise CellError(f"{id_} has points already, in row {rows[id_]}", "keep one of the two rows")
            rows[id_] = row + 1
        except CellError as error:
            issues.append(Issue(file, None, found.place(row, "id"), error.found, error.mend))
            continue
        try:
            points[id_] = _points(found, row)
        except CellError as error:
            issues.append(Issue(file, None, found.place(row, "points"), error.found, error.mend))
        if (made := _made(found, row)) is not None:
            before[id_] = made
    heading = found.place(found.heading, "points")
    if missing := [id_ for id_ in decision.ids() if id_ not in rows]:
        mend = "write points for every goal and criterion; 0 where it does not matter"
        issues.append(Issue(file, None, heading, f"no points for {', '.join(missing)}", mend))
    if not issues and not _any_weight(decision, points):
        mend = "give at least one goal and one of its criteria more than 0"
        issues.append(Issue(file, None, heading, "all points are 0, so nothing would count", mend))
    is_whole = before.keys() == set(decision.ids())
    known = [one.points for one in decision.viewpoints] + ([before] if is_whole else [])
    is_new = not issues and not any(_same(points, one) for one in known)
    ordered = {id_: points[id_] for id_ in decision.ids()} if is_new else None
    return FoundPoints(ordered, before if is_whole else None, issues)


def _points(found: Headed, row: int) -> float:
    cell = found.cell(row, "points")
    if cell is None:
        raise CellError("no points stand here", "write points from 0 to 100; 0 where it does not matter")
    value = number(cell)
    if value is None:
        raise CellError(f"'{shortened(str(cell))}' is not a number", "write points from 0 to 100")
    if not 0 <= value <= 100:
        raise CellError(f"{value:g} is not from 0 to 100", "write points from 0 to 100")
    return value


def _made(found: Headed, row: int) -> float | None:
    """The points when the file was made; None where that cannot be told."""
    try:
        return number(found.cell(row, "made"))
    except CellError:
        return None


def _any_weight(decision: Decision, points: Mapping[str, float]) -> bool:
    return any(points[goal.id] > 0 and points[one.id] > 0 for goal in decision.goals for one in goal.criteria)


def _same(points: Mapping[str, float], others: Mapping[str, float]) -> bool:
    return points.keys() == others.keys() and all(
        math.isclose(points[id_], others[id_], rel_tol=_DIGITS) for id_ in points
    )
