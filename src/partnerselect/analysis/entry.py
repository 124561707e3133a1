"""What it would take for a candidate to enter the leading ones: the smallest change of weights, or a single cell."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from partnerselect.analysis.evidence_table import in_words
from partnerselect.analysis.filled_ranges import FilledRanges, filled, leading_count
from partnerselect.analysis.value_ranges import ValueRanges, value_ranges
from partnerselect.analysis.weights import normalised
from partnerselect.analysis.words import listed
from partnerselect.kernels import leading_set, sweeps, value_functions
from partnerselect.kernels.arrays import TIE, FloatArray
from partnerselect.model import Criterion, Decision, Viewpoint

_MOVES = 5e-5
"""A weight that changes by less, of 1, looks the same in a tenth of a per cent."""


@dataclass(frozen=True, eq=False)
class Entry:
    """What would bring one candidate among the leading ones.

    Attributes
    ----------
    sentence, cell_sentence : str
        The smallest change of weights, and the single cell, in words.
    name : str
    top : int
        Number of candidates that lead.
    leads : bool
        Whether it is among them already.
    distance : float
        Sum of the absolute changes of the normalised weights (0..2); NaN where no weights do it.
    weights : DataFrame
        Per criterion id: title, today, needed, change (normalised weights); needed is NaN where none do it.
    cells : DataFrame
        Per criterion id for which a value on the scale would do: title, now (in words), needed (in words),
        value_now, value_needed (0..1), and open: whether today's evidence leaves room for it.
    note : str
        What to keep in mind; may be empty.
    """

    sentence: str
    cell_sentence: str
    name: str
    top: int
    leads: bool
    distance: float
    weights: pd.DataFrame
    cells: pd.DataFrame
    note: str

    @property
    def moved(self) -> pd.DataFrame:
        """The rows of `weights` whose weight moves; empty where none needs to, or none would do."""
        return self.weights[self.weights["change"].abs() > _MOVES]


def entry(
    decision: Decision,
    weights: str | Viewpoint | Mapping[str, float],
    candidate: str,
    top: int | None = None,
) -> Entry:
    """The smallest change that puts a ranked candidate (by id) among the first `top`; a tie counts as entering.

    Raises
    ------
    WeightsError
        For weights that cannot be used.
    KeyError
        When the candidate is not ranked.
    """
    today = normalised(decision, weights)
    ranges = value_ranges(decision)
    cells = filled(ranges, today.leaves)
    if candidate not in cells.ids:
        raise KeyError(candidate)
    row = cells.ids.index(candidate)
    count = leading_count(decision, len(cells.ids), top)
    totals = cells.best @ today.leaves
    inside = leading_set.leading(totals, count)
    needed = None if inside[row] else sweeps.smallest_change(cells.best, today.leaves, row, count)
    flips = _flips(decision, ranges, cells, today.leaves, row, count) if not inside[row] else _no_flips()
    after = np.full(len(today.leaves), np.nan) if needed is None else needed.weights
    return Entry(
        sentence=_sentence(cells, row, count, bool(inside[row]), today.leaves, after),
        cell_sentence="" if inside[row] else _cell_sentence(flips, cells.names[row]),
        name=cells.names[row],
        top=count,
        leads=bool(inside[row]),
        distance=float("nan") if needed is None else needed.distance,
        weights=pd.DataFrame(
            {"title": cells.titles, "today": today.leaves, "needed": after, "change": after - today.leaves},
            index=pd.Index(cells.criteria, name="criterion"),
        ),
        cells=flips,
        note=cells.note,
    )


def _flips(
    decision: Decision, ranges: ValueRanges, cells: FilledRanges, leaves: FloatArray, row: int, top: int
) -> pd.DataFrame:
    """The cells of one candidate that alone would lift it to the last leading place."""
    totals = cells.best @ leaves
    totals[row] = -np.inf
    rival = int(np.argsort(-totals, kind="stable")[top - 1])
    level = np.full(len(leaves), totals[rival])  # a rival with this total under any weights, the candidate's own too
    values = sweeps.cell_flips([cells.best[row], level], cells.own[row], 0, 1)
    columns = np.flatnonzero(~np.isnan(values))
    criteria = [decision.criteria[column] for column in columns]
    performances = [ranges.performances[cells.ids[row], criterion.id] for criterion in criteria]
    return pd.DataFrame(
        {
            "title": [criterion.title for criterion in criteria],
            "now": [in_words(cell, criterion) for cell, criterion in zip(performances, criteria, strict=True)],
            "needed": [_needed(criterion, value) for criterion, value in zip(criteria, values[columns], strict=True)],
            "value_now": cells.best[row, columns],
            "value_needed": values[columns],
            "open": values[columns] <= cells.high[row, columns] + TIE,
        },
        index=pd.Index([criterion.id for criterion in criteria], name="criterion", dtype=object),
    ).sort_values(["open", "value_needed"], ascending=[False, True], kind="stable")


def _no_flips() -> pd.DataFrame:
    columns = ["title", "now", "needed", "value_now", "value_needed", "open"]
    return pd.DataFrame({name: [] for name in columns}, index=pd.Index([], name="criterion", dtype=object))


def _needed(criterion: Criterion, value: float) -> str:
    """The performance that has at least this value, in words."""
    scale = criterion.scale
    points = np.array(scale.breakpoints)
    found = value_functions.performances_at(min(value, 1.0), points)
    if scale.kind == "measured":
        rises = points[-1, 1] > points[0, 1]
        return (
            f"at least {_short(found[0], math.ceil)} {scale.unit}"
            if rises
            else f"at most {_short(found[-1], math.floor)} {scale.unit}"
        )
    whole = [place for place, height in points if height >= value - TIE]
    if scale.kind == "levels":
        return f"level {whole[0]:.0f}: {scale.levels[int(whole[0])].text}"
    return f"{int(np.ceil(found[0] - TIE))} of {len(scale.items)}"


def _short(number: float, towards: Callable[[float], int]) -> str:
    """A number in three digits, or as a whole one, rounded so that it still does what it is needed for."""
    digits = 2 - math.floor(math.log10(abs(number))) if number else 0
    step = 10.0 ** max(digits, 0)
    return f"{towards(round(number * step, 6)) / step:.10g}"


def _sentence(cells: FilledRanges, row: int, top: int, leads: bool, today: FloatArray, after: FloatArray) -> str:
    name = cells.names[row]
    place = "first" if top == 1 else f"among the first {top}"
    if leads:
        return f"{name} is {place} already."
    if np.isnan(after).any():
        ahead = "somebody else is" if top == 1 else f"at least {top} others are"
        return f"No weights whatever put {name} {place}: under any of them {ahead} ahead."
    largest = np.argsort(-np.abs(after - today).round(9), kind="stable")
    moved = [column for column in largest if abs(after[column] - today[column]) > _MOVES]
    told = [
        f"{cells.titles[column]} from {100 * today[column]:.1f} % to {100 * after[column]:.1f} %" for column in moved
    ]
    shown = told if len(told) <= 4 else [*told[:3], f"{len(told) - 3} others by less"]
    shifted = 50 * float(np.abs(after - today).sum())
    if not shown or shifted < 0.05:
        rival = "the first" if top == 1 else f"the last of the first {top}"
        return f"{name} is as good as level with {rival}: the least change in its favour puts it {place}."
    return f"{name} is {place} once {shifted:.1f} % of all weight moves: {listed(shown)}. No smaller change does it."


def _cell_sentence(flips: pd.DataFrame, name: str) -> str:
    if flips.empty:
        return f"No single cell of {name} could do it: not even the top of a scale is enough."
    first = flips.iloc[0]
    what = f"{first['title']}, now {first['now']}, needs {first['needed']}"
    if not first["open"]:
        return f"One cell would do, but the evidence speaks against it: {what}."
    others = int(flips["open"].sum()) - 1
    more = (
        "" if not others else f" ({others} more single {'cell leaves' if others == 1 else 'cells leave'} room for it)"
    )
    return f"With today's weights one cell would do: {what}{more}."
