"""Performance to value, by straight lines between breakpoints."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import FloatArray, numbers, same_shape


def piecewise(x: ArrayLike, points: ArrayLike) -> FloatArray:
    """Value of each performance.

    Parameters
    ----------
    x : array_like of any shape
        Performances, in the criterion's unit; NaN stays NaN.
    points : array_like of shape (n_points, 2)
        Breakpoints (performance, value) with strictly ascending performance; constant outside them.

    Returns
    -------
    ndarray of x's shape

    Raises
    ------
    ValueError
        When points are not pairs, fewer than two, not finite, or not strictly ascending.

    References
    ----------
    Belton & Stewart (2002), Multiple Criteria Decision Analysis, section 5.2.
    """
    performance, value = _breakpoints(points)
    return np.interp(numbers("x", x), performance, value)


def value_range(low: ArrayLike, high: ArrayLike, points: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Smallest and largest value that a range of performance can have.

    Parameters
    ----------
    low, high : array_like of one shape
        Ends of each range of performance, low <= high.
    points : array_like of shape (n_points, 2)
        Breakpoints as in `piecewise`; they may rise, fall or peak.

    Returns
    -------
    lowest, highest : ndarrays of that shape
        Exact: a piecewise linear function has its extremes at the ends of the range or at a breakpoint in it.
    """
    start, end = numbers("low", low), numbers("high", high)
    same_shape(low=start, high=end)
    performance, value = _breakpoints(points)
    at_ends = np.stack([np.interp(start, performance, value), np.interp(end, performance, value)], axis=-1)
    inside = (performance > start[..., None]) & (performance < end[..., None])
    lowest = np.minimum(at_ends.min(axis=-1), np.where(inside, value, np.inf).min(axis=-1))
    highest = np.maximum(at_ends.max(axis=-1), np.where(inside, value, -np.inf).max(axis=-1))
    return lowest, highest


def performances_at(value: float, points: ArrayLike) -> FloatArray:
    """Performances that have a value: the inverse of `piecewise` between its breakpoints.

    Parameters
    ----------
    value : float
    points : array_like of shape (n_points, 2)
        Breakpoints as in `piecewise`.

    Returns
    -------
    ndarray of shape (k,)
        Ascending; empty where no performance has this value. Where a stretch is level at it, its two ends.
    """
    performance, height = _breakpoints(points)
    left, right = height[:-1], height[1:]
    crossed = (np.minimum(left, right) <= value) & (value <= np.maximum(left, right)) & (left != right)
    share = (value - left[crossed]) / (right[crossed] - left[crossed])
    inside = performance[:-1][crossed] + share * np.diff(performance)[crossed]
    return np.unique(np.concatenate([inside, performance[height == value]]))


def _breakpoints(points: ArrayLike) -> tuple[FloatArray, FloatArray]:
    pairs = numbers("points", points)
    if pairs.ndim != 2 or pairs.shape[1] != 2 or pairs.shape[0] < 2:
        raise ValueError(f"points has shape {pairs.shape}; it takes shape (n, 2) with n >= 2")
    if not np.isfinite(pairs).all() or (np.diff(pairs[:, 0]) <= 0).any():
        raise ValueError("points must be finite, with strictly ascending performances")
    return pairs[:, 0], pairs[:, 1]
