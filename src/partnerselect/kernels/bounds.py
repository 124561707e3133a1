"""What is certain: ranks for given weights, ranks over all weights of a region, potential optimality, dominance."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels import ranks
from partnerselect.kernels.additive import totals
from partnerselect.kernels.arrays import TIE, BoolArray, FloatArray, IntArray
from partnerselect.kernels.checks import finite_matrix, ranges
from partnerselect.kernels.hulls import dirichlet
from partnerselect.kernels.joint import most_at_once, widest_margin
from partnerselect.kernels.regions import Mixture, Region, mixture

_DRAWS = 200
"""Weights that are tried before anything is proved; they save time and decide nothing."""


def rank_interval(low: ArrayLike, high: ArrayLike, weights: ArrayLike) -> tuple[IntArray, IntArray]:
    """Best and worst rank of each candidate for given weights, over all values in their ranges.

    Parameters
    ----------
    low, high : array_like of shape (n_candidates, n_criteria)
        Ends of each range of value, low <= high.
    weights : array_like of shape (n_criteria,)
        Normalised weights.

    Returns
    -------
    best, worst : ndarrays of int, shape (n_candidates,)
        See `ranks.interval`.

    Raises
    ------
    ValueError
        When the shapes do not fit, something is not finite, or low is above high.
    """
    start, end, _ = ranges(low, high)
    return ranks.interval(totals(start, weights), totals(end, weights))


def extreme_ranks(
    low: ArrayLike,
    high: ArrayLike,
    region: Region | None = None,
    progress: Callable[[float], None] | None = None,
) -> tuple[IntArray, IntArray]:
    """Best and worst rank of each candidate over all weights of a region and all values in their ranges; exact.

    A candidate does best with its own values high and the others' low, worst the other way round. Ranks that some
    weights give, and candidates that are ahead (or behind) under all of them, settle most; what they leave open a
    mixed-integer programme decides for one candidate at a time. Its time may double with each candidate more:
    it is meant for tens of candidates, not for thousands.

    Parameters
    ----------
    low, high : array_like of shape (n_candidates, n_criteria)
        Ends of each range of value in 0..1, low <= high.
    region : Region, optional
        Without it, all weights.
    progress : callable, optional
        Called with the share of the candidates that is done.

    Returns
    -------
    best, worst : ndarrays of int, shape (n_candidates,)
        Only ahead by more than 1e-9 counts.

    Raises
    ------
    ValueError
        When the shapes do not fit, something is not finite, or low is above high.

    References
    ----------
    Kadzinski, Greco & Slowinski (2012), Extreme ranking analysis in robust ordinal regression, Omega 40(4);
    Salo & Punkka (2011), Ranking intervals and dominance relations for ratio-based efficiency analysis,
    Management Science 57(1).
    """
    start, end, _ = ranges(low, high)
    inside = mixture(region, start.shape[1])
    lows, highs = start @ inside.basis.T, end @ inside.basis.T
    best, worst = _attained(lows, highs, _trials(region, inside))
    count = len(start)
    for own in range(count):
        others = np.arange(count) != own
        best[own] = count - _most(highs[own] - lows[others], -TIE, inside, count - best[own])
        worst[own] = 1 + _most(highs[others] - lows[own], TIE, inside, worst[own] - 1)
        if progress is not None:
            progress((own + 1) / count)
    return best, worst


def potentially_optimal(values: ArrayLike, region: Region | None = None) -> BoolArray:
    """Which candidates are first, perhaps tied, under some weights of a region.

    Parameters
    ----------
    values : array_like of shape (n_candidates, n_criteria)
        Values in 0..1.
    region : Region, optional
        Without it, all weights, a weight of 0 among them: who is best on one criterion is potentially optimal.

    Returns
    -------
    ndarray of bool, shape (n_candidates,)

    Raises
    ------
    ValueError
        When shapes do not fit or something is not finite.

    References
    ----------
    Hazen (1986), Partial information, dominance, and potential optimality in multiattribute utility theory,
    Operations Research 34(2): one linear programme for each candidate. Rivals enter it as they are found to be
    ahead.
    """
    table = finite_matrix("values", values)
    inside = mixture(region, table.shape[1])
    at_basis = table @ inside.basis.T
    found = at_basis @ _trials(region, inside).T
    optimal: BoolArray = np.any(found >= found.max(axis=0, initial=-np.inf) - TIE, axis=1)
    rivals = sorted(set(found.argmax(axis=0).tolist())) if len(table) else []
    for own in np.flatnonzero(~optimal):
        optimal[own] = _can_lead(at_basis, int(own), rivals, inside)
    return optimal


def dominates(values: ArrayLike, strict: bool = False) -> BoolArray:
    """Who is at least as good as whom on every criterion, and better on one.

    Parameters
    ----------
    values : array_like of shape (n_candidates, n_criteria)
    strict : bool
        Better on every criterion.

    Returns
    -------
    ndarray of bool, shape (n_candidates, n_candidates)
        [i, k] says whether candidate i dominates k. Only better by more than 1e-9 counts.

    Raises
    ------
    ValueError
        When values is no matrix or something is not finite.
    """
    table = finite_matrix("values", values)
    least = np.full((len(table), len(table)), np.inf)
    most = -least
    for column in table.T:
        ahead = column[:, None] - column[None, :]
        np.minimum(least, ahead, out=least)
        np.maximum(most, ahead, out=most)
    return (least > TIE) & (most > TIE) if strict else (least >= -TIE) & (most > TIE)


def _most(gains: FloatArray, limit: float, inside: Mixture, known: int) -> int:
    """How many of `gains @ shares > limit` hold at once at most; those that always or never do need no search."""
    always, never = gains.min(axis=1) > limit, gains.max(axis=1) <= limit
    sure = int(np.count_nonzero(always))
    return sure + most_at_once(gains[~always & ~never], limit, inside, int(known) - sure)


def _can_lead(values: FloatArray, own: int, rivals: list[int], inside: Mixture) -> bool:
    """Whether some shares put a candidate first; `rivals` grows by those that turn out to be in its way."""
    while True:
        shares = widest_margin(values[own] - values[rivals], inside).shares
        found = values @ shares
        if found[own] >= found.max() - TIE:
            return True
        if found[own] < found[rivals].max() - TIE:
            return False
        rivals.append(int(found.argmax()))


def _trials(region: Region | None, inside: Mixture) -> FloatArray:
    """Shares of the region to be tried, its corners among them where they are known, shape (n, n_shares)."""
    rng, width = np.random.default_rng(0), len(inside.basis)
    if region is None or region.corners is not None:
        return np.vstack([np.eye(width), dirichlet(_DRAWS, width, rng)])
    return region.sample(_DRAWS, rng)


def _attained(lows: FloatArray, highs: FloatArray, trials: FloatArray) -> tuple[IntArray, IntArray]:
    """Best and worst ranks that some of the trials give."""
    found = [ranks.interval(low, high) for low, high in zip(trials @ lows.T, trials @ highs.T, strict=True)]
    return np.min([best for best, _ in found], axis=0), np.max([worst for _, worst in found], axis=0)
