"""Checks of content, beside those of shape in `arrays`: finite numbers, indices that exist."""

from __future__ import annotations

import operator

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import FloatArray, matrix, vector


def finite_vector(name: str, given: ArrayLike, length: int | None = None) -> FloatArray:
    """`given` as a vector of finite numbers."""
    array = vector(name, given, length)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite numbers; NaN or infinity is none")
    return array


def no_negatives(name: str, given: ArrayLike, length: int | None = None) -> FloatArray:
    """`given` as a vector of finite numbers, none negative."""
    array = finite_vector(name, given, length)
    if (array < 0).any():
        raise ValueError(f"{name} must not be negative")
    return array


def finite_matrix(name: str, given: ArrayLike, shape: tuple[int, int] | None = None) -> FloatArray:
    """`given` as a matrix of finite numbers."""
    array = matrix(name, given, shape)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must hold finite numbers; NaN or infinity is none")
    return array


def ranges(low: ArrayLike, high: ArrayLike, best: ArrayLike | None = None) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Ends of ranges and the mode between them, each of shape (n, m); the mode is NaN where none is given."""
    start = matrix("low", low)
    shape = (start.shape[0], start.shape[1])
    end = matrix("high", high, shape)
    mode = np.full(shape, np.nan) if best is None else matrix("best", best, shape)
    if not (np.isfinite(start).all() and np.isfinite(end).all()):
        raise ValueError("low and high hold NaN or infinity: an unknown value is a range as wide as its scale")
    if (start > end).any():
        raise ValueError("low is above high in some cells")
    if ((mode < start) | (mode > end)).any():
        raise ValueError("best lies outside low..high in some cells")
    return start, end, mode


def place(name: str, given: int, count: int) -> int:
    """`given` as an index into `count` things; negative ones do not count from the end."""
    index = operator.index(given)
    if not 0 <= index < count:
        raise ValueError(f"{name} is {index}; it takes 0 to {count - 1}")
    return index


def seats(top: int) -> int:
    """How many candidates the leading set takes: at least one."""
    if operator.index(top) < 1:
        raise ValueError(f"top is {top}; it takes 1 or more")
    return operator.index(top)
