"""Numbers that count against each other, made to sum to 1: points, weights, voting power."""

from __future__ import annotations

from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import FloatArray
from partnerselect.kernels.checks import finite_vector


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
        When the shape is wrong, an entry is negative or not finite, or all are 0.
    """
    array = finite_vector(name, given, length)
    if (array < 0).any():
        raise ValueError(f"{name} must not be negative")
    if not array.any():
        raise ValueError(f"{name} must not all be 0")
    result: FloatArray = array / array.sum()
    return result
