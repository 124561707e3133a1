"""Draws from value ranges that any program can repeat to the last bit.

A cell's draws depend on its own seed only, so a newcomer changes nobody's draws, and every step (32-bit
integers, then + - * / and square roots) is exact or correctly rounded, so a browser gets the same numbers.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import FloatArray, SeedArray, same_shape

_GOLDEN = 0x9E3779B9
_FIRST, _SECOND = np.uint32(0x21F0AAAD), np.uint32(0x735A2D97)


def uniforms(seeds: SeedArray, count: int) -> FloatArray:
    """Uniform numbers in (0, 1), `count` for each seed.

    Parameters
    ----------
    seeds : ndarray of uint32, shape (n_candidates, n_criteria)
    count : int
        Number of draws.

    Returns
    -------
    ndarray of shape (count, n_candidates, n_criteria)

    References
    ----------
    A counter through a 32-bit mixing function with shifts 16, 15, 15 and the multipliers of C. Wellons'
    hash-prospector search (public domain).
    """
    steps = (np.arange(1, count + 1, dtype=np.uint64) * _GOLDEN).astype(np.uint32)
    mixed = seeds.astype(np.uint32)[None, ...] + steps.reshape(-1, *([1] * seeds.ndim))
    mixed ^= mixed >> np.uint32(16)
    mixed *= _FIRST
    mixed ^= mixed >> np.uint32(15)
    mixed *= _SECOND
    mixed ^= mixed >> np.uint32(15)
    return (mixed.astype(np.float64) + 0.5) / 4294967296.0


def triangular(uniform: ArrayLike, low: FloatArray, best: FloatArray, high: FloatArray) -> FloatArray:
    """Uniform numbers turned into draws from ranges.

    Parameters
    ----------
    uniform : array_like of shape (..., n_candidates, n_criteria)
        Numbers in (0, 1).
    low, best, high : ndarrays of shape (n_candidates, n_criteria)
        Triangular on low..high with mode best; uniform on it where best is NaN.

    Returns
    -------
    ndarray of uniform's shape

    References
    ----------
    Inverse of the distribution function; Kotz & van Dorp (2004), Beyond Beta, ch. 1.
    """
    same_shape(low=low, best=best, high=high)
    u = np.asarray(uniform, dtype=np.float64)
    width = high - low
    below, above = width * (best - low), width * (high - best)
    share_below = np.divide(best - low, width, out=np.zeros_like(width), where=width > 0)
    rising = low + np.sqrt(u * np.where(np.isnan(best), 0.0, below))
    falling = high - np.sqrt((1 - u) * np.where(np.isnan(best), 0.0, above))
    peaked = np.where(u < share_below, rising, falling)
    drawn = np.where(np.isnan(best), low + u * width, peaked)
    return np.where(width > 0, drawn, low)
