"""Who leads while one weight sweeps: the set of the best k, without the order of all the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels import ranks
from partnerselect.kernels.arrays import BoolArray, FloatArray, IntArray
from partnerselect.kernels.checks import finite_matrix, place, seats
from partnerselect.kernels.lines import SAME, every_line, lines
from partnerselect.kernels.shares import shares

_NOBODY = -1e300
"""A total that is never among the best."""

_TRIALS = ((0.5,), (0.1, 0.3, 0.7, 0.9))
"""Weights at which the best are sought to leave out who is behind them all the way, in two rounds."""

_GRID = np.array([SAME, 0.25, 0.5, 0.75, 1 - SAME])
"""Weights at which the best are found first; what happens between two of them needs fewer rounds then."""


@dataclass(frozen=True, eq=False)
class LeadingSets:
    """The leading sets of a sweep.

    Attributes
    ----------
    weights : ndarray of shape (n_segments - 1,)
        Where the leading set changes, ascending, strictly between 0 and 1.
    contenders : ndarray of int, shape (n_contenders,)
        Candidates that may lead somewhere.
    leading : ndarray of bool, shape (n_segments, n_contenders)
        Who of them is in the leading set before, between and after the weights.
    candidates : int
        Number of all candidates.
    """

    weights: FloatArray
    contenders: IntArray
    leading: BoolArray
    candidates: int

    @property
    def leaders(self) -> BoolArray:
        """Who is in the leading set of each segment, shape (n_segments, n_candidates).

        More than k where candidates with the same total everywhere share its last place.
        """
        result = np.zeros((len(self.leading), self.candidates), dtype=np.bool_)
        result[:, self.contenders] = self.leading
        return result


def leading_switch_points(values: ArrayLike, weights: ArrayLike, criterion: int, top: int = 1) -> LeadingSets:
    """Weights of one criterion at which the set of the best k candidates changes, and the sets.

    Parameters
    ----------
    values, weights, criterion
        As in `lines`.
    top : int
        k, at least 1.

    Raises
    ------
    ValueError
        As in `lines`; or top is less than 1.

    References
    ----------
    Eisner & Severance (1976), Mathematical techniques for efficient record segmentation in large shared databases,
    Journal of the ACM 23(4): the sum of the best k totals is convex in the weight; where the sums of two sets
    meet, either no set has more, or one more is found.
    """
    start, end = lines(values, weights, criterion)
    return _leading_sets(start[None, :], end[None, :], seats(top))[0]


def leading_sweeps(values: ArrayLike, weights: ArrayLike, top: int = 1) -> list[LeadingSets]:
    """`leading_switch_points` of each criterion, faster together than one by one."""
    return _leading_sets(*every_line(values, weights), seats(top))


def stability_interval(values: ArrayLike, weights: ArrayLike, criterion: int, top: int = 1) -> tuple[float, float]:
    """Range of one criterion's weight, around today's, in which the best k candidates stay the same set.

    Parameters
    ----------
    values, weights, criterion, top
        As in `leading_switch_points`.

    Returns
    -------
    low, high : float
        Closed and within 0..1: at an end that is neither 0 nor 1 somebody else draws level. The order within the
        set may change. Where candidates tie today for the last place of the set, and part as soon as the weight
        moves, both ends are today's weight: nothing is stable. Candidates with the same total everywhere share
        that place and stay together.

    Raises
    ------
    ValueError
        As in `leading_switch_points`.

    References
    ----------
    Mareschal (1988), Weight stability intervals in multicriteria decision aid, European Journal of Operational
    Research 33(1).
    """
    table = finite_matrix("values", values)
    given = shares("weights", weights, table.shape[1])
    today = float(given[place("criterion", criterion, table.shape[1])])
    found = leading_switch_points(table, given, criterion, top)
    segment = int(np.searchsorted(found.weights, today))
    if ((ranks.rank(table @ given) <= top) != found.leaders[segment]).any():
        return today, today
    ends = np.array([0.0, *found.weights, 1.0])
    return float(ends[segment]), float(ends[segment + 1])


def _leading_sets(start: FloatArray, end: FloatArray, top: int) -> list[LeadingSets]:
    """The leading sets of several sweeps, one a row of start and end."""
    sweeps, candidates = start.shape
    if top >= candidates:
        everybody = np.ones((1, candidates), dtype=np.bool_)
        return [LeadingSets(np.zeros(0), np.arange(candidates), everybody, candidates)] * sweeps
    contenders, start, slope = _contenders(start, end - start, top)
    which, at = _slope_changes(start, slope, top)
    sweep = np.concatenate([which, np.arange(sweeps), np.arange(sweeps)])
    ends = np.concatenate([at, np.zeros(sweeps), np.ones(sweeps)])
    order = np.lexsort((ends, sweep))
    sweep, ends = sweep[order], ends[order]
    wide = np.flatnonzero((np.diff(ends) > SAME) & (sweep[1:] == sweep[:-1]))
    sweep, low = sweep[wide], ends[wide]
    totals = start[sweep] + ((low + ends[wide + 1]) / 2)[:, None] * slope[sweep]
    last = totals[np.arange(len(totals))[:, None], _best(totals, top)].min(axis=1, keepdims=True)
    leading = totals >= last - SAME
    new = np.ones(len(leading), dtype=np.bool_)
    new[1:] = (sweep[1:] != sweep[:-1]) | (leading[1:] != leading[:-1]).any(axis=1)
    sweep, low, leading = sweep[new], low[new], leading[new]
    cuts = np.searchsorted(sweep, np.arange(sweeps + 1))
    return [
        LeadingSets(low[first + 1 : after], near, leading[first:after, : near.size], candidates)
        for near, first, after in zip(contenders, cuts[:-1], cuts[1:], strict=True)
    ]


def _contenders(start: FloatArray, slope: FloatArray, top: int) -> tuple[list[IntArray], FloatArray, FloatArray]:
    """Candidates of each sweep that no k others are ahead of all the way, and their lines side by side.

    The k that are best at some weight have a smallest total that is concave in the weight: whoever is below it at
    both ends is below it everywhere. One weight is tried on all candidates; for larger sets, where more are left,
    some more weights on these.
    """
    rows = np.arange(len(start))[:, None]
    candidate = np.broadcast_to(np.arange(start.shape[1]), start.shape)
    for weights in _TRIALS[:1] if top == 1 else _TRIALS:
        end, kept = start + slope, np.ones(start.shape, dtype=np.bool_)
        for weight in weights:
            best = _best(start + weight * slope, top)
            lowest = start[rows, best].min(axis=1, keepdims=True), end[rows, best].min(axis=1, keepdims=True)
            kept &= (start >= lowest[0] - SAME) | (end >= lowest[1] - SAME)
        row, place = np.nonzero(kept)
        firsts = np.searchsorted(row, np.arange(len(start) + 1))
        column = np.arange(row.size) - firsts[row]
        shape = (len(start), int(column.max()) + 1)
        packed, indices = np.zeros((2, *shape)), np.zeros(shape, dtype=np.int64)
        packed[0] = _NOBODY
        packed[0, row, column], packed[1, row, column] = start[row, place], slope[row, place]
        indices[row, column] = candidate[row, place]
        (start, slope), candidate = packed, indices
    return [row[:count] for row, count in zip(candidate, np.diff(firsts), strict=True)], start, slope


def _slope_changes(start: FloatArray, slope: FloatArray, top: int) -> tuple[IntArray, FloatArray]:
    """In which sweep, and at which weight, the sum of the best k totals changes its slope."""
    sweep = np.tile(np.arange(len(start)), len(_GRID))
    grid = np.repeat(_GRID, len(start))
    sums = _best_sum(start[sweep], slope[sweep], grid[:, None], top)
    sweep, left, right = sweep[len(start) :], sums[:, : -len(start)], sums[:, len(start) :]
    which, at = [sweep[:0]], [np.zeros(0)]
    while sweep.size:
        drop, turn = left[0] - right[0], right[1] - left[1]
        differ = (drop > SAME) & (turn - drop > SAME)
        sweep, left, right, crossing = sweep[differ], left[:, differ], right[:, differ], drop[differ] / turn[differ]
        between = _best_sum(start[sweep], slope[sweep], crossing[:, None], top)
        gain = between - left
        more = gain[0] + crossing * gain[1] > SAME
        which.append(sweep[~more])
        at.append(crossing[~more])
        sweep, between = np.tile(sweep[more], 2), between[:, more]
        left, right = np.hstack([left[:, more], between]), np.hstack([between, right[:, more]])
    return np.concatenate(which), np.concatenate(at)


def _best_sum(start: FloatArray, slope: FloatArray, weight: FloatArray | float, top: int) -> FloatArray:
    """The line, start and slope, that is the sum of each row's k best at a weight; shape (2, n_rows)."""
    best = _best(start + weight * slope, top)
    rows = np.arange(len(start))[:, None]
    return np.array([start[rows, best].sum(axis=1), slope[rows, best].sum(axis=1)])


def _best(totals: FloatArray, top: int) -> IntArray:
    """Places of the k largest totals of each row, shape (n_rows, k)."""
    placed: IntArray = totals.argmax(axis=1)[:, None] if top == 1 else np.argpartition(totals, -top, axis=1)[:, -top:]
    return placed
