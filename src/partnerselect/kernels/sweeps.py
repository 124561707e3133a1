"""Sweep one criterion's weight from 0 to 1: where candidates change places, exactly, and what else would do it.

Weights are normalised here: only their proportions count. With a single criterion there is nothing to sweep.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import FloatArray, IntArray
from partnerselect.kernels.checks import finite_matrix, place
from partnerselect.kernels.entry import Entry, smallest_change
from partnerselect.kernels.leading_sweeps import LeadingSets, leading_sweeps, leading_switch_points, stability_interval
from partnerselect.kernels.lines import SAME, every_line, lines
from partnerselect.kernels.shares import shares

__all__ = [
    "Entry",
    "LeadingSets",
    "SwitchPoints",
    "cell_flips",
    "every_line",
    "leading_sweeps",
    "leading_switch_points",
    "lines",
    "smallest_change",
    "stability_interval",
    "switch_points",
]

_BLOCK = 1 << 20
"""Most pairs of candidates that are compared at once."""


@dataclass(frozen=True, eq=False)
class SwitchPoints:
    """The switch points of a sweep, and the order between them.

    Attributes
    ----------
    weights : ndarray of shape (n_segments - 1,)
        Ascending, strictly between 0 and 1; where several pairs change places at once there is one.
    start, end : ndarrays of shape (n_candidates,)
        Totals at the weights 0 and 1, equal to the last bit where they are equal but for rounding.
    """

    weights: FloatArray
    start: FloatArray
    end: FloatArray

    @cached_property
    def orders(self) -> IntArray:
        """Candidates in each segment, best first, shape (n_segments, n_candidates); identical lines by index.

        Made when first asked for: of n candidates there can be n² / 2 segments.
        """
        ends = np.concatenate([[0.0], self.weights, [1.0]])
        middle = ((ends[1:] + ends[:-1]) / 2)[:, None]
        return np.argsort(-((1 - middle) * self.start + middle * self.end), axis=1, kind="stable")


def switch_points(values: ArrayLike, weights: ArrayLike, criterion: int) -> SwitchPoints:
    """Weights of one criterion at which two candidates change places, as the exact crossings of their lines.

    Parameters
    ----------
    values, weights, criterion
        As in `lines`.

    Raises
    ------
    ValueError
        As in `lines`.

    References
    ----------
    Triantaphyllou & Sanchez (1997), A sensitivity analysis approach for some deterministic multi-criteria
    decision-making methods, Decision Sciences 28(1), for critical weights; here the others are rescaled.
    """
    start, end = (_snapped(side) for side in lines(values, weights, criterion))
    rows = max(1, _BLOCK // max(start.size, 1))
    found = []
    for first in range(0, start.size, rows):
        behind = start[None, :] - start[first : first + rows, None]
        ahead = end[first : first + rows, None] - end[None, :]
        cross = (behind > 0) & (ahead > 0)
        before = behind[cross]
        found.append(before / (before + ahead[cross]))
    crossings = np.sort(np.concatenate([np.zeros(0), *found]))
    crossings = crossings[(crossings > SAME) & (crossings < 1 - SAME)]
    return SwitchPoints(crossings[np.diff(crossings, prepend=0.0) > SAME], start, end)


def cell_flips(values: ArrayLike, weights: ArrayLike, candidate: int, rival: int) -> FloatArray:
    """Value of each of a candidate's cells that alone, all else equal, would make it tie with a rival.

    Parameters
    ----------
    values : array_like of shape (n_candidates, n_criteria)
        Values in 0..1.
    weights : array_like of shape (n_criteria,)
        Only their proportions count.
    candidate, rival : int
        Indices of two different candidates.

    Returns
    -------
    ndarray of shape (n_criteria,)
        In 0..1; NaN where the weight is 0 or the scale does not allow it.

    Raises
    ------
    ValueError
        When the shapes do not fit, something is not finite, weights are negative or all 0, or there are no such
        two candidates.
    """
    table = finite_matrix("values", values)
    given = shares("weights", weights, table.shape[1])
    own = table[place("candidate", candidate, len(table))]
    other = table[place("rival", rival, len(table))]
    if candidate == rival:
        raise ValueError(f"candidate and rival are both {candidate}; it takes two")
    missing = np.full(given.size, given @ (other - own))
    with np.errstate(over="ignore"):  # a weight of next to nothing: no scale reaches that far
        needed = own + np.divide(missing, given, out=np.full(given.size, np.inf), where=given > 0)
    allowed = (needed >= -SAME) & (needed <= 1 + SAME)
    return np.where(allowed, np.clip(needed, 0.0, 1.0), np.nan)


def _snapped(numbers: FloatArray) -> FloatArray:
    """Numbers of which those that are equal but for rounding are equal to the last bit.

    Identical candidates have identical lines then, and no crossing of rounding errors is taken for a switch.
    """
    order = np.argsort(numbers)
    ascending = numbers[order]
    first = np.diff(ascending, prepend=-np.inf) > SAME
    result = np.empty_like(numbers)
    result[order] = ascending[first][np.cumsum(first) - 1]
    return result
