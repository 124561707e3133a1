"""Single cells of evidence that, at an end of their range, make another set the best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from partnerselect.analysis.combining import Combining, Items
from partnerselect.kernels import set_table
from partnerselect.kernels.arrays import TIE, BoolArray, FloatArray, IntArray
from partnerselect.kernels.set_table import Held, How, SetTable


class _End(NamedTuple):
    """One end of a cell's range: how partners combine and their values then, and what the cell's value gains."""

    how: How
    values: FloatArray
    gain: float


def set_worth(what: Combining) -> list[How]:
    """How partners combine on each criterion, as a table of sets wants it."""
    return [
        _held(what, what.items[column]) if column in what.items else criterion.combined
        for column, criterion in enumerate(what.ranges.criteria)
    ]


def deciding_cells(what: Combining, table: SetTable, members: Sequence[int]) -> list[tuple[int, int]]:
    """Cells (row, column) at an end of whose range another set is better than this one, the clearest first.

    Parameters
    ----------
    what : Combining
    table : SetTable
        All allowed sets, with `set_worth` as ways to combine.
    members : sequence of int
        The best set.
    """
    own = table.row_of(members)
    totals = table.worth @ what.weights
    short = np.full(what.cells.best.shape, np.inf)
    for row in range(len(what.cells.ids)):
        having = table.having(row)
        blocks = table.parts(having)
        for column in np.flatnonzero(_open(what, row)).tolist():
            for end in _ends(what, row, column):
                changed = totals.copy()
                for at, how, values in _columns(what, row, column, end):
                    worth = np.concatenate([set_table.worth_of(block, values, how) for block in blocks])
                    changed[having] += what.weights[at] * (worth - table.worth[having, at])
                others = np.delete(changed, own)
                short[row, column] = min(short[row, column], changed[own] - others.max(initial=-np.inf))
    found: IntArray = np.argwhere(short < -TIE)
    order = np.argsort(short[found[:, 0], found[:, 1]], kind="stable")
    return [(int(row), int(column)) for row, column in found[order]]


def _held(what: Combining, items: Items) -> Held:
    n = len(what.cells.ids)
    return Held(items.share[:n], items.share[n:].max(axis=0, initial=0.0))


def _open(what: Combining, row: int) -> BoolArray:
    """Which cells of a candidate have a range and a weight."""
    wide = what.cells.high[row] > what.cells.low[row]
    for column, items in what.items.items():
        wide[column] = items.possible[row].any()
    return np.asarray(wide & (what.weights > 0) & ~what.cells.stands_in[row])


def _ends(what: Combining, row: int, column: int) -> Iterator[_End]:
    """A cell at its low end and at its high end."""
    if column not in what.items:
        best, how = what.cells.best[:, column], what.ranges.criteria[column].combined
        for end in (what.cells.low[row, column], what.cells.high[row, column]):
            values = best.copy()
            values[row] = end
            yield _End(how, values, float(end - best[row]))
        return
    items = what.items[column]
    held = _held(what, items)
    for own in (items.sure[row], items.sure[row] | items.possible[row]):
        share = held.share.copy()
        share[row] = own
        yield _End(Held(share, held.covered), what.cells.best[:, column], float((own - items.share[row]).mean()))


def _columns(what: Combining, row: int, column: int, end: _End) -> Iterator[tuple[int, How, FloatArray]]:
    """What changes with a cell: its own criterion, and those in which the candidate's own total stands in."""
    yield column, end.how, end.values
    for other in np.flatnonzero(what.cells.stands_in[row]).tolist():
        if other not in what.items:
            values = what.cells.best[:, other].copy()
            values[row] += what.cells.own[row, column] * end.gain
            yield other, what.ranges.criteria[other].combined, values
