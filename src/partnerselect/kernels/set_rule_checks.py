"""What the parts of a rule must be: spans, pairs of different candidates, tables of bool, numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import BoolArray


def span(name: str, lo: float, hi: float) -> tuple[float, float]:
    """Least and most, in this order; either may be infinite."""
    if math.isnan(lo) or math.isnan(hi) or lo > hi:
        raise ValueError(f"{name} is from {lo} to {hi}; it takes the least first and the most second")
    return lo, hi


def different(name: str, given: Sequence[int]) -> tuple[int, int]:
    """A pair of two candidates."""
    if len(given) != 2 or given[0] == given[1]:
        raise ValueError(f"{name} holds {tuple(given)}; it takes pairs of two different candidates")
    return int(given[0]), int(given[1])


def table(name: str, given: ArrayLike, dimensions: int) -> BoolArray:
    """An array of bool about candidates, alone or with something else."""
    array = np.asarray(given)
    if array.ndim != dimensions or array.dtype != np.bool_:
        wanted = "(n,)" if dimensions == 1 else "(n, k)"
        raise ValueError(f"{name} has shape {array.shape} and type {array.dtype}; it takes shape {wanted} and bool")
    return array


def number(name: str, given: float) -> float:
    """A number, perhaps infinite."""
    if math.isnan(given):
        raise ValueError(f"{name} is NaN; it takes a number")
    return float(given)


def finite(name: str, given: float) -> float:
    """A finite number."""
    if not math.isfinite(given):
        raise ValueError(f"{name} is {given}; it takes a finite number")
    return float(given)
