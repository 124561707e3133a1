"""Preference for each candidate over all others on one criterion: what PROMETHEE adds up.

Five of the six preference functions are steps or straight lines in the difference d = a_i - a_k. With the
candidates in order, those with d above a threshold are the first few, and the sum of their d is a difference of
prefix sums: n log n steps, not n^2. Only the Gaussian looks at every pair, in blocks of bounded memory.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from partnerselect.kernels.arrays import FloatArray, IntArray

NEEDS = {"usual": "", "u_shape": "q", "v_shape": "p", "level": "qp", "linear": "qp", "gaussian": "s"}
"""The preference functions, and the thresholds that each one needs."""

_PAIRS_AT_ONCE = 1 << 18
_CERTAIN = 40.0
"""The Gaussian preference at this many s is 1 in floating point."""


class Thresholds(NamedTuple):
    """Indifference q, preference p, and the Gaussian's s, in the criterion's unit; NaN where not given."""

    q: float
    p: float
    s: float


def flows(column: FloatArray, preference: str, thresholds: Thresholds) -> tuple[FloatArray, FloatArray]:
    """Preference for each candidate over all others, and of all others over it, on one criterion.

    Parameters
    ----------
    column : ndarray of shape (n_candidates,)
        Finite performances; more is better.
    preference : str
        A key of `NEEDS`.
    thresholds : Thresholds
        What the preference function does not need is ignored.

    Returns
    -------
    positive, negative : ndarrays of shape (n_candidates,)
        Sums over the other candidates, from 0 to n - 1. Differences meet thresholds as floating point
        gives them, a_i - a_k > q, strictly: the same as looking at every pair.

    Raises
    ------
    ValueError
        When the function is unknown, or a threshold that it needs is missing or impossible.

    References
    ----------
    Brans, Vincke & Mareschal (1986), How to select and how to rank projects: the PROMETHEE method, EJOR 24(2).
    """
    _check(preference, thresholds)
    order = np.argsort(column)
    ascending = column[order]
    positive, negative = np.empty(column.size), np.empty(column.size)
    positive[order] = _over_all(ascending, preference, thresholds)
    negative[order] = _over_all(-ascending[::-1], preference, thresholds)[::-1]
    return positive, negative


def _check(preference: str, thresholds: Thresholds) -> None:
    if preference not in NEEDS:
        raise ValueError(f"there is no preference function {preference!r}; there are {', '.join(NEEDS)}")
    for name in NEEDS[preference]:
        value = getattr(thresholds, name)
        if math.isnan(value):
            raise ValueError(f"preference function {preference} needs {name}")
        if not 0 <= value < math.inf or (name == "s" and value == 0):
            raise ValueError(f"{name} is {value:g}; it must be finite and {'above 0' if name == 's' else 'at least 0'}")
    if NEEDS[preference] == "qp" and thresholds.q > thresholds.p:
        raise ValueError(f"q is {thresholds.q:g} and p is {thresholds.p:g}; q must not exceed p")


def _over_all(ascending: FloatArray, preference: str, thresholds: Thresholds) -> FloatArray:
    """Preference for each candidate, summed over all candidates that it is ahead of."""
    q, p, s = thresholds
    match preference:
        case "usual":
            return _step(ascending, 0.0)
        case "u_shape":
            return _step(ascending, q)
        case "v_shape":
            return _line(ascending, 0.0, p)
        case "level":
            return (_step(ascending, q) + _step(ascending, p)) / 2
        case "linear":
            return _line(ascending, q, p)
        case _:
            return _gaussian(ascending, s)


def _step(ascending: FloatArray, threshold: float) -> FloatArray:
    return _beaten(ascending, threshold).astype(np.float64)


def _line(ascending: FloatArray, q: float, p: float) -> FloatArray:
    """0 up to q, 1 above p, a straight line between; a step where q = p."""
    if q == p or ascending.size == 0:
        return _step(ascending, p)
    some, full = _beaten(ascending, q), _beaten(ascending, p)
    middle = ascending.size // 2
    centred = ascending - ascending[middle]
    outward = np.cumsum(centred[:middle][::-1]), np.cumsum(centred[middle:])  # an outlier costs the others no digits
    prefix = np.concatenate([-outward[0][::-1], [0.0], outward[1]])
    between = some - full
    above_q = between * (centred - q) - (prefix[some] - prefix[full])
    partly: FloatArray = np.clip(above_q / (p - q), 0.0, between)
    return full + partly


def _gaussian(ascending: FloatArray, s: float) -> FloatArray:
    result = np.empty(ascending.size)
    rows = max(1, _PAIRS_AT_ONCE // max(1, ascending.size))
    for start in range(0, ascending.size, rows):
        stop = min(start + rows, ascending.size)
        exponent = ascending[start:stop, None] - ascending[None, :stop]
        exponent /= s
        np.clip(exponent, 0.0, _CERTAIN, out=exponent)
        exponent *= exponent
        exponent /= -2
        result[start:stop] = -np.expm1(exponent, out=exponent).sum(axis=1)
    return result


def _beaten(ascending: FloatArray, threshold: float) -> IntArray:
    """How many candidates each one is ahead of by more than the threshold: the first ones.

    Found by bisection on the difference itself: a search for ascending - threshold can round to the other side
    of a tie.
    """
    low, high = np.zeros(ascending.size, dtype=np.int64), np.arange(ascending.size)
    for _ in range(ascending.size.bit_length()):
        middle = (low + high) // 2
        ahead = ascending - ascending[middle] > threshold
        low, high = np.where(ahead, middle + 1, low), np.where(ahead, high, middle)
    return low
