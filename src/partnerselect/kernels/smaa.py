"""SMAA-2: which ranks plausible weights and performances give each candidate, and how often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels import regions
from partnerselect.kernels.arrays import TIE, FloatArray, IntArray, matrix, numbers
from partnerselect.kernels.places import Places, places
from partnerselect.kernels.value_draws import Given, Source, WeightRegion, drawn, sums, totals

_PAIRS_AT_ONCE = 128
"""Up to so many candidates, comparing all pairs costs less than walking the samples again."""

_CONFIDENCE_SAMPLES = 10_000
"""Confidence compares everyone under everyone's central weights: it takes no more samples than these."""


@dataclass(frozen=True, eq=False)
class Acceptabilities:
    """What a simulation found; every share comes with its standard error.

    Attributes
    ----------
    rank_acceptability : ndarray of shape (n_candidates, n_candidates)
        Share of the samples that give candidate i rank k + 1. Tied candidates share their places evenly,
        so that every row and every column sums to 1.
    central_weights : ndarray of shape (n_candidates, n_criteria)
        Mean of the weights under which a candidate is first; NaN where it never is.
    firsts : ndarray of shape (n_candidates,)
        Number of samples in which a candidate is first; fractions where it shares the place.
    confidence : ndarray of shape (n_candidates,)
        Probability that a candidate is first if its central weights are right; NaN where it never is first.
    confidence_samples : int
        Number of samples behind `confidence`; 1 where all values are fixed, for then it is exact.
    samples : int
        Number of samples behind everything else.
    wins : ndarray of shape (n_candidates, n_candidates), or None
        In how many samples candidate i is ahead of k; None where they were not counted yet.
    source : Source
        The samples; they can be walked again.
    """

    rank_acceptability: FloatArray
    central_weights: FloatArray
    firsts: FloatArray
    confidence: FloatArray
    confidence_samples: int
    samples: int
    wins: IntArray | None
    source: Source

    @property
    def expected_rank(self) -> FloatArray:
        """Mean rank of each candidate, shape (n_candidates,); tied candidates have the mean of their places."""
        return self.rank_acceptability @ self._places

    @property
    def rank_acceptability_error(self) -> FloatArray:
        """Standard error of each acceptability, shape (n_candidates, n_candidates)."""
        return _share_error(self.rank_acceptability, self.samples)

    @property
    def expected_rank_error(self) -> FloatArray:
        """Standard error of each mean rank, shape (n_candidates,)."""
        spread = self.rank_acceptability @ self._places**2 - self.expected_rank**2
        return np.sqrt(np.maximum(spread, 0.0) / self.samples)

    @cached_property
    def central_weights_error(self) -> FloatArray:
        """Standard error of the central weights, shape (n_candidates, n_criteria); found by a second walk."""
        squares = np.zeros(self.central_weights.shape)
        for weights, values in self.source.chunks():
            placed = places(totals(values, weights))
            squares += sum(sums(share, weights[samples] ** 2) for samples, share in placed.first())
        behind = np.where(self.firsts > 0, self.firsts, np.nan)[:, None]
        return np.sqrt(np.maximum(squares / behind - self.central_weights**2, 0.0) / behind)

    @property
    def confidence_error(self) -> FloatArray:
        """Standard error of each confidence, shape (n_candidates,)."""
        return _share_error(self.confidence, self.confidence_samples) * (self.source.fixed is None)

    @cached_property
    def pairwise_winning(self) -> FloatArray:
        """Share of the samples in which candidate i is ahead of k, shape (n_candidates, n_candidates).

        A tie counts half for each, the diagonal is 0.5. Every pair is compared: with many candidates this is
        counted when first asked for, by walking the samples again.
        """
        wins = _all_wins(self.source) if self.wins is None else self.wins
        return 0.5 + (wins - wins.T) / (2 * self.samples)

    @property
    def pairwise_winning_error(self) -> FloatArray:
        """Standard error of each pairwise share, shape (n_candidates, n_candidates)."""
        return _share_error(self.pairwise_winning, self.samples)

    @cached_property
    def _places(self) -> FloatArray:
        return np.arange(1.0, self.rank_acceptability.shape[0] + 1)


def smaa(
    low: ArrayLike,
    high: ArrayLike,
    best: ArrayLike | None = None,
    region: WeightRegion | None = None,
    samples: int = 10_000,
    rng: np.random.Generator | None = None,
    progress: Callable[[float], None] | None = None,
) -> Acceptabilities:
    """Rank acceptabilities and their relatives over a region of weights and ranges of values.

    Parameters
    ----------
    low, high : array_like of shape (n_candidates, n_criteria)
        Ends of each range of value, low <= high.
    best : array_like of shape (n_candidates, n_criteria), optional
        Mode of a triangular distribution on low..high; without it, or where it is NaN, uniform.
    region : a region of `regions`, optional
        Where the weights may lie; without it, anywhere on the simplex.
    samples : int
    rng : Generator, optional
        Without it, a generator with seed 0: the same call gives the same numbers.
    progress : callable, optional
        Called with the share of the samples that is done.

    Raises
    ------
    ValueError
        When shapes do not fit, there is no candidate or no criterion, ends are not finite or out of order, best
        lies outside them, samples is below 1, or the region is about another number of criteria.

    References
    ----------
    Lahdelma & Salminen (2001), SMAA-2: Stochastic multicriteria acceptability analysis for group decision
    making, Operations Research 49(3); Leskinen et al. (2006) for the pairwise winning index.
    """
    criteria = matrix("low", low).shape[1]
    inside = regions.simplex(criteria) if region is None else region
    chance = np.random.default_rng(0) if rng is None else rng
    return from_source(drawn(low, high, best, inside, samples, chance), progress)


def from_samples(values: ArrayLike, weights: ArrayLike) -> Acceptabilities:
    """The same from given draws.

    Parameters
    ----------
    values : array_like of shape (n_samples, n_candidates, n_criteria) or (n_candidates, n_criteria)
    weights : array_like of shape (n_samples, n_criteria)
        One row for each sample, each normalised.

    Raises
    ------
    ValueError
        When the shapes do not fit, there is nothing in them, something is not finite, or a weight is negative.
    """
    table, rows = numbers("values", values), matrix("weights", weights)
    expected = (*((rows.shape[0],) if table.ndim == 3 else ()), table.shape[-2] if table.ndim > 1 else 0, rows.shape[1])
    if table.ndim not in (2, 3) or table.shape != expected or not (table.size and rows.size):
        raise ValueError(f"values has shape {table.shape}; weights {rows.shape} take (s, n, m) or (n, m)")
    if not (np.isfinite(table).all() and np.isfinite(rows).all()):
        raise ValueError("values or weights hold NaN or infinity")
    if (rows < 0).any():
        raise ValueError("weights must not be negative")
    return from_source(Given(table, rows))


def from_source(source: Source, progress: Callable[[float], None] | None = None) -> Acceptabilities:
    """The same from any source of samples; `progress` is called with the share that is done.

    The samples are walked once for ranks, central weights and pairs, and some of them again for the confidence.
    """
    candidates, criteria = source.shape
    counts = np.zeros((candidates, candidates))
    wins = np.zeros((candidates, candidates), dtype=np.int64) if candidates <= _PAIRS_AT_ONCE else None
    firsts, weighed = np.zeros(candidates), np.zeros((candidates, criteria))
    done = 0
    for weights, values in source.chunks():
        found = totals(values, weights)
        placed = places(found)
        counts += placed.tally()
        if wins is not None:
            wins += _wins(placed, found)
        for samples, share in placed.first():
            firsts += share.sum(axis=1)
            weighed += sums(share, weights[samples])
        done += weights.shape[0]
        if progress is not None:
            progress(done / source.samples)
    central = weighed / np.where(firsts > 0, firsts, np.nan)[:, None]
    confidence, behind = _confidence(source, central)
    return Acceptabilities(
        rank_acceptability=counts / source.samples,
        central_weights=central,
        firsts=firsts,
        confidence=confidence,
        confidence_samples=behind,
        samples=source.samples,
        wins=wins,
        source=source,
    )


def _all_wins(source: Source) -> IntArray:
    wins = np.zeros((source.shape[0], source.shape[0]), dtype=np.int64)
    for weights, values in source.chunks():
        found = totals(values, weights)
        wins += _wins(places(found), found)
    return wins


def _wins(placed: Places, found: FloatArray) -> IntArray:
    """In how many samples of a chunk candidate i is ahead of k by more than a tie, shape (n, n)."""
    above = placed.wins()
    below = np.tril(placed.of_clear.shape[1] - above.T, -1)
    tied = found[placed.tied]
    in_tied = [np.count_nonzero(one[:, None] > tied + TIE, axis=0) for one in tied.T] if tied.size else 0
    ahead: IntArray = above + below + in_tied
    return ahead


def _confidence(source: Source, central: FloatArray) -> tuple[FloatArray, int]:
    """Share of the values under which each candidate is first with its central weights; ties share it evenly."""
    known = np.flatnonzero(~np.isnan(central[:, 0]))
    under = central[known].T
    if source.fixed is not None:
        first, seen = _first_shares((source.fixed @ under)[None], known), 1
    else:
        first, seen = np.zeros(known.size), 0
        for _, values in source.chunks():
            some = values[: _CONFIDENCE_SAMPLES - seen]
            first += _first_shares(some @ under, known)
            seen += some.shape[0]
            if seen == _CONFIDENCE_SAMPLES:
                break
    confidence = np.full(central.shape[0], np.nan)
    confidence[known] = first / seen
    return confidence, seen


def _first_shares(found: FloatArray, known: IntArray) -> FloatArray:
    """Sum over samples of each candidate's share of the first place under its own weights, shape (known,).

    `found` has shape (samples, n_candidates, known): totals of everyone under the weights of each known one.
    """
    leading = found >= found.max(axis=1, keepdims=True) - TIE
    own = leading[:, known, np.arange(known.size)]
    shares: FloatArray = (own / leading.sum(axis=1)).sum(axis=0)
    return shares


def _share_error(share: FloatArray, samples: int) -> FloatArray:
    return np.sqrt(np.maximum(share * (1.0 - share), 0.0) / samples)
