"""Value of information: what it is worth to learn an uncertain value before choosing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels import additive
from partnerselect.kernels.arrays import BoolArray, FloatArray, matrix, vector
from partnerselect.kernels.checks import no_negatives, ranges, seats


@dataclass(frozen=True, eq=False)
class CellInformation:
    """What learning each single cell is worth.

    Attributes
    ----------
    gain : ndarray of shape (n_candidates, n_criteria)
        Expected gain in the sum of the chosen candidates' totals; 0 where nothing is uncertain.
    change_probability : ndarray of shape (n_candidates, n_criteria)
        Probability that another candidate is chosen once the value is known.
    """

    gain: FloatArray
    change_probability: FloatArray


@dataclass(frozen=True, eq=False)
class CandidateInformation:
    """What learning everything about one candidate is worth, from samples.

    Attributes
    ----------
    gain, gain_error : ndarrays of shape (n_candidates,)
        Expected gain in the sum of the chosen candidates' totals, and its standard error.
    change_probability, change_probability_error : ndarrays of shape (n_candidates,)
        Probability that another candidate is chosen, and its standard error.
    """

    gain: FloatArray
    gain_error: FloatArray
    change_probability: FloatArray
    change_probability_error: FloatArray


def value_of_information(
    low: ArrayLike, high: ArrayLike, best: ArrayLike | None, weights: ArrayLike, top: int = 1
) -> CellInformation:
    """Expected gain from learning one cell before the best `top` candidates are chosen: E[max] - max E.

    The choice is made by expected totals. One cell moves one candidate only, so the gain is the expected
    distance by which its total passes the line between chosen and not chosen, exactly.

    Parameters
    ----------
    low, high : array_like of shape (n_candidates, n_criteria)
        Ends of each range of value, low <= high.
    best : array_like of shape (n_candidates, n_criteria), or None
        Mode of a triangular distribution on low..high; without it, or where it is NaN, uniform.
    weights : array_like of shape (n_criteria,)
        Normalised weights.
    top : int
        Number of candidates that are chosen.

    Raises
    ------
    ValueError
        When shapes do not fit, ends are not finite or out of order, best lies outside them, a weight is negative
        or not finite, or top is below 1.

    References
    ----------
    Raiffa & Schlaifer (1961), Applied Statistical Decision Theory, ch. 4; Howard (1966), Information value
    theory, IEEE Transactions on Systems Science and Cybernetics 2(1).
    """
    start, end, mode = ranges(low, high, best)
    weight = no_negatives("weights", weights, start.shape[1])
    mean = np.where(np.isnan(mode), (start + end) / 2, (start + mode + end) / 3)
    total = additive.totals(mean, weight)
    line, chosen = _line(total, top)
    if line is None:
        return CellInformation(np.zeros(start.shape), np.zeros(start.shape))
    counts = (weight > 0) & (end > start)
    with np.errstate(over="ignore"):  # a weight of next to nothing: the limit is beyond every range
        shift = np.divide((line - total)[:, None], weight, out=np.zeros(start.shape), where=counts)
    limit = np.clip(mean + shift, start, end)
    below, missing = _below(limit, start, mode, end)
    above, surplus = 1.0 - below, mean - limit + missing
    loses = np.broadcast_to(chosen[:, None], start.shape)
    gain = np.where(counts, weight * np.maximum(np.where(loses, missing, surplus), 0.0), 0.0)
    change = np.where(counts, np.where(loses, below, above), 0.0)
    return CellInformation(gain, change)


def value_of_asking(totals: ArrayLike, expected: ArrayLike, top: int = 1) -> CandidateInformation:
    """Expected gain from learning everything about one candidate, the others staying as expected.

    Parameters
    ----------
    totals : array_like of shape (n_samples, n_candidates)
        Drawn totals.
    expected : array_like of shape (n_candidates,)
        Expected totals, by which the choice is made today.
    top : int
        Number of candidates that are chosen.

    Raises
    ------
    ValueError
        When shapes do not fit, there is no sample, or top is below 1.
    """
    mean = vector("expected", expected)
    drawn = matrix("totals", totals)
    if drawn.shape[0] == 0 or drawn.shape[1] != mean.size:
        raise ValueError(f"totals has shape {drawn.shape}; it takes shape (n, {mean.size}) with n >= 1")
    line, chosen = _line(mean, top)
    nothing = np.zeros(mean.size)
    if line is None:
        return CandidateInformation(nothing, nothing, nothing, nothing)
    passed = np.maximum(np.where(chosen, line - drawn, drawn - line), 0.0)
    share = (passed > 0).mean(axis=0)
    count = drawn.shape[0]
    return CandidateInformation(
        gain=passed.mean(axis=0),
        gain_error=passed.std(axis=0) / np.sqrt(count),
        change_probability=share,
        change_probability_error=np.sqrt(share * (1 - share) / count),
    )


def _line(totals: FloatArray, top: int) -> tuple[FloatArray | None, BoolArray]:
    """What each candidate has to pass to change the choice, and who is chosen; no line where all are chosen."""
    count = seats(top)
    chosen = np.zeros(totals.size, dtype=np.bool_)
    order = np.argsort(-totals, kind="stable")
    chosen[order[:count]] = True
    if totals.size <= count:
        return None, chosen
    return np.where(chosen, totals[order[count]], totals[order[count - 1]]), chosen


def _below(limit: FloatArray, low: FloatArray, mode: FloatArray, high: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Probability that a value stays below a limit in its range, and the expected distance by which it does.

    The distance is the integral of the distribution function up to the limit.
    """
    width = np.where(high > low, high - low, 1.0)
    rising = np.where(mode > low, width * (mode - low), 1.0)
    falling = np.where(high > mode, width * (high - mode), 1.0)
    up, down = limit - low, high - limit
    ascends = (limit <= mode) & (mode > low)
    mean = (low + mode + high) / 3
    share = np.where(ascends, up**2 / rising, 1.0 - down**2 / falling)
    distance = np.where(ascends, up**3 / (3 * rising), limit - mean + down**3 / (3 * falling))
    flat = np.isnan(mode)
    share = np.where(flat, up / width, share)
    distance = np.where(flat, up**2 / (2 * width), distance)
    return share, distance
