"""Numbers that count against each other, made to sum to 1: points, weights, voting power."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import FloatArray
from partnerselect.kernels.checks import no_negatives


def shares(name: str, given: ArrayLike, length: int | None = None) -> FloatArray:
    """Each entry's share of the sum.

    Parameters
    ----------
    name : str
        What an error calls them.
    given : array_like of shape (length,)
    length : int or None
        How many there must be; None takes any number.

    Returns
    -------
    ndarray of shape (length,)
        They sum to 1.

    Raises
    ------
    ValueError
        When the shape is wrong, an entry is negative or not finite, all are 0, or the sum is too large.
    """
    array = no_negatives(name, given, length)
    if not array.any():
        raise ValueError(f"{name} must not all be 0")
    with np.errstate(over="ignore"):
        whole = array.sum()
    if np.isinf(whole):
        raise ValueError(f"{name} are too large to be added up")
    result: FloatArray = array / whole
    return result
