"""How far rankings agree: coefficients between two of them, and among many.

A coefficient that mathematics leaves undefined is NaN: fewer than two candidates, or a ranking that ties everybody.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import TIE, FloatArray, IntArray
from partnerselect.kernels.checks import finite_matrix, finite_vector


def kendall_tau(a: ArrayLike, b: ArrayLike) -> float:
    """Kendall's tau-b of two rankings: agreement of their pairs, corrected for ties.

    Parameters
    ----------
    a, b : array_like of shape (n_candidates,)
        Ranks, or totals in both; entries within 1e-9 tie.

    Returns
    -------
    float
        1 = the same order, -1 = the reverse; NaN where one of them ties everybody.

    Raises
    ------
    ValueError
        When the shapes differ, or an entry is not a finite number.

    References
    ----------
    Kendall (1945), The treatment of ties in ranking problems, Biometrika 33(3).
    """
    return float(pairwise_tau(np.column_stack(_pair(a, b)))[0, 1])


def pairwise_tau(rankings: ArrayLike) -> FloatArray:
    """Kendall's tau-b between every two voters.

    Parameters
    ----------
    rankings : array_like of shape (n_candidates, n_voters)
        Ranks, or totals in every column; entries within 1e-9 tie.

    Returns
    -------
    ndarray of shape (n_voters, n_voters)
        Symmetric, 1 on the diagonal; NaN in row and column of a voter who ties everybody.
    """
    table = finite_matrix("rankings", rankings)
    levels = np.empty(table.shape)
    for voter, column in enumerate(table.T):
        levels[:, voter] = _levels(column)
    concordance = np.zeros((table.shape[1], table.shape[1]))
    for candidate in range(table.shape[0] - 1):
        ahead = np.sign(levels[candidate + 1 :] - levels[candidate])
        concordance += ahead.T @ ahead
    untied = np.diag(concordance)
    return _ratio(concordance, np.sqrt(untied[:, None] * untied))


def spearman(a: ArrayLike, b: ArrayLike) -> float:
    """Spearman's rho of two rankings: the correlation of their average ranks.

    Parameters
    ----------
    a, b : array_like of shape (n_candidates,)
        Ranks, or totals in both; entries within 1e-9 tie and get the mean of their places.

    Returns
    -------
    float
        1 = the same order, -1 = the reverse; NaN where one of them ties everybody.

    Raises
    ------
    ValueError
        When the shapes differ, or an entry is not a finite number.

    References
    ----------
    Kendall & Gibbons (1990), Rank Correlation Methods, 5th ed., section 3.8, for ties.
    """
    first, second = (_average_ranks(given) - (given.size + 1) / 2 for given in _pair(a, b))
    return float(_ratio(first @ second, math.sqrt((first @ first) * (second @ second))))


def weighted_spearman(a: ArrayLike, b: ArrayLike) -> float:
    """Weighted Spearman coefficient: differences at the top of either ranking count more.

    Parameters
    ----------
    a, b : array_like of shape (n_candidates,)
        Ranks from 1 to n, taken as given.

    Returns
    -------
    float
        1 - 6 sum((a - b)^2 ((n - a + 1) + (n - b + 1))) / (n^4 + n^3 - n^2 - n); NaN for n < 2.

    Raises
    ------
    ValueError
        When the shapes differ, or a rank lies outside 1..n.

    References
    ----------
    Pinto da Costa & Soares (2005), A weighted rank measure of correlation, Australian & New Zealand Journal
    of Statistics 47(4).
    """
    first, second = map(_in_range, _pair(a, b))
    n = first.size
    distance = ((first - second) ** 2) @ (2 * n + 2 - first - second)
    return 1 - float(_ratio(6 * distance, n**4 + n**3 - n**2 - n))


def ws(a: ArrayLike, b: ArrayLike) -> float:
    """WS coefficient of rankings similarity: the places at the top of the reference count most.

    Parameters
    ----------
    a, b : array_like of shape (n_candidates,)
        Ranks from 1 to n, taken as given; a is the reference, and swapping them changes the result.

    Returns
    -------
    float
        1 - sum(2^-a |a - b| / max(|1 - a|, |n - a|)); NaN for n < 2.

    Raises
    ------
    ValueError
        When the shapes differ, or a rank lies outside 1..n.

    References
    ----------
    Sałabun & Urbaniak (2020), A new coefficient of rankings similarity in decision-making problems, ICCS,
    LNCS 12138.
    """
    first, second = map(_in_range, _pair(a, b))
    if first.size < 2:
        return math.nan
    farthest = np.maximum(first - 1, first.size - first)
    return float(1 - (np.exp2(-first) * np.abs(first - second) / farthest).sum())


def kendall_w(rankings: ArrayLike) -> float:
    """Kendall's W, the concordance of many rankings, corrected for ties.

    Parameters
    ----------
    rankings : array_like of shape (n_candidates, n_voters)
        Ranks; each column is ranked again by average ranks.

    Returns
    -------
    float
        From 0 to 1 = all voters agree, so 1 for a single voter; NaN where every voter ties everybody, or for
        no voter, or fewer than two candidates.

    Raises
    ------
    ValueError
        When rankings is not a matrix, or an entry is not a finite number.

    References
    ----------
    Kendall & Gibbons (1990), Rank Correlation Methods, 5th ed., chapter 6.
    """
    table = finite_matrix("rankings", rankings)
    n, voters = table.shape
    sums, ties = np.zeros(n), 0.0
    for column in table.T:
        sums += _average_ranks(column)
        size = np.bincount(_levels(column)).astype(np.float64)
        ties += (size**3 - size).sum()
    spread = ((sums - voters * (n + 1) / 2) ** 2).sum()
    return float(_ratio(12 * spread, voters**2 * (n**3 - n) - voters * ties))


def _pair(a: ArrayLike, b: ArrayLike) -> tuple[FloatArray, FloatArray]:
    first = finite_vector("a", a)
    return first, finite_vector("b", b, first.size)


def _in_range(given: FloatArray) -> FloatArray:
    if ((given < 1) | (given > given.size)).any():
        raise ValueError(f"ranks go from 1 to {given.size}, the number of candidates")
    return given


def _levels(given: FloatArray) -> IntArray:
    """Which level an entry stands on, from 0: neighbours in order that tie share one."""
    order = np.argsort(given)
    level = np.empty(given.size, dtype=np.int64)
    level[order] = np.cumsum(np.diff(given[order], prepend=given[order][:1]) > TIE)
    return level


def _average_ranks(given: FloatArray) -> FloatArray:
    level = _levels(given)
    size = np.bincount(level)
    return (np.cumsum(size) - (size - 1) / 2)[level]


def _ratio(part: ArrayLike, whole: ArrayLike) -> FloatArray:
    """Part by whole; NaN where whole is 0."""
    above, below = np.asarray(part, dtype=np.float64), np.asarray(whole, dtype=np.float64)
    unknown = np.full(np.broadcast(above, below).shape, np.nan)
    result: FloatArray = np.divide(above, below, out=unknown, where=below != 0)
    return result
