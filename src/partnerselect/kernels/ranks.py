"""Order by total: ranks with ties, the interval of ranks that ranges allow, and the sum of many rankings."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.agreement import kendall_tau, kendall_w, spearman, weighted_spearman, ws
from partnerselect.kernels.arrays import TIE, FloatArray, IntArray, same_shape, vector
from partnerselect.kernels.checks import finite_matrix

__all__ = [
    "borda",
    "interval",
    "kendall_tau",
    "kendall_w",
    "middle_share",
    "rank",
    "rank_rows",
    "spearman",
    "weighted_spearman",
    "ws",
]


def rank(totals: ArrayLike) -> IntArray:
    """Rank of each total, 1 = best; ties share the better rank.

    Parameters
    ----------
    totals : array_like of shape (n_candidates,)

    Returns
    -------
    ndarray of int, shape (n_candidates,)
        1 + the number of totals that are greater by more than 1e-9.

    Raises
    ------
    ValueError
        When totals are no vector, or one is not finite.
    """
    given = _numbers("totals", totals)
    order = np.argsort(given)
    ascending = given[order]
    rank_of_place = np.arange(given.size, 0, -1)
    tied = np.flatnonzero(np.diff(ascending) <= TIE)
    rank_of_place[tied] = 1 + _greater(ascending, ascending[tied] + TIE)
    result = np.empty(given.size, dtype=np.int64)
    result[order] = rank_of_place
    return result


def rank_rows(totals: ArrayLike) -> IntArray:
    """`rank` of every row.

    Parameters
    ----------
    totals : array_like of shape (n_draws, n_candidates)

    Returns
    -------
    ndarray of int, shape (n_draws, n_candidates)
    """
    rows = finite_matrix("totals", totals)
    order = np.argsort(rows, axis=1)
    ascending = np.take_along_axis(rows, order, axis=1)
    count = rows.shape[1]
    result = np.empty(rows.shape, dtype=np.int64)
    np.put_along_axis(result, order, np.broadcast_to(np.arange(count, 0, -1), rows.shape), axis=1)
    for row in np.flatnonzero((np.diff(ascending, axis=1) <= TIE).any(axis=1)):
        result[row] = rank(rows[row])
    return result


def interval(low: ArrayLike, high: ArrayLike) -> tuple[IntArray, IntArray]:
    """Best and worst rank that each candidate can have while totals range from low to high.

    Parameters
    ----------
    low, high : array_like of shape (n_candidates,)
        Bounds of the totals, low <= high.

    Returns
    -------
    best, worst : ndarrays of int, shape (n_candidates,)
        best = 1 + the number of others that are certainly ahead;
        worst = 1 + the number of others that could be ahead. Only ahead by more than 1e-9 counts.

    References
    ----------
    Salo & Punkka (2011), Ranking intervals and dominance relations for ratio-based efficiency analysis,
    Management Science 57(1), for the idea; here for fixed weights, where bounds decide it exactly.
    """
    start, end = _numbers("low", low), _numbers("high", high)
    same_shape(low=start, high=end)
    by_start, by_end = np.argsort(start), np.argsort(end)
    lows, highs = start[by_start], end[by_end]
    best, worst = np.empty(start.size, dtype=np.int64), np.empty(start.size, dtype=np.int64)
    best[by_end] = 1 + _greater(lows, highs + TIE)
    worst[by_start] = 1 + _greater(highs, lows + TIE)
    return best, worst - (end > start + TIE)  # a candidate is not behind itself


def middle_share(draws: FloatArray | IntArray, share: float = 0.9) -> tuple[FloatArray, FloatArray]:
    """Ends of the middle share of each column, as order statistics: no interpolation between draws.

    Parameters
    ----------
    draws : ndarray of shape (n_draws, n_candidates)
    share : float
        Share in the middle; 0.9 gives the 5th and the 95th percentile, rounded outward.

    Returns
    -------
    low, high : ndarrays of shape (n_candidates,)
    """
    count = draws.shape[0]
    lower = int(np.floor((1 - share) / 2 * (count - 1) + TIE))
    ordered = np.sort(np.ascontiguousarray(draws.T, dtype=np.float64), axis=1)
    return ordered[:, lower], ordered[:, count - 1 - lower]


def borda(rankings: ArrayLike) -> IntArray:
    """One ranking out of many: by the sum of a candidate's ranks, smallest best.

    Parameters
    ----------
    rankings : array_like of shape (n_candidates, n_voters)
        Ranks, taken as given. Without a voter everybody ties.

    Returns
    -------
    ndarray of int, shape (n_candidates,)
        1 = best; equal sums share the better rank.

    Raises
    ------
    ValueError
        When rankings is not a matrix, or an entry is not a finite number.

    References
    ----------
    Borda (1781), Mémoire sur les élections au scrutin; Kendall (1962), Rank Correlation Methods, for rank sums.
    """
    return rank(-finite_matrix("rankings", rankings).sum(axis=1))


def _greater(ascending: FloatArray, limits: FloatArray) -> IntArray:
    """How many entries of a sorted array are greater than each limit."""
    return ascending.size - np.searchsorted(ascending, limits, side="right")


def _numbers(name: str, given: ArrayLike) -> FloatArray:
    array = vector(name, given)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} hold NaN or infinity: a rank needs a number for every candidate")
    return array
