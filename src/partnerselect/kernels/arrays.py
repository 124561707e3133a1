"""Array types of the kernels, and the checks that turn a wrong shape into a clear error."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]
SeedArray = NDArray[np.uint32]

TIE = 1e-9
"""Totals closer than this tie."""


def numbers(name: str, given: object) -> FloatArray:
    """`given` as floats of any shape; ValueError for text, complex numbers, and rows of different lengths."""
    try:
        found = np.asarray(given)
        if found.dtype.kind in "biufO":
            return np.asarray(found, dtype=np.float64)
    except (TypeError, ValueError):
        pass
    raise ValueError(f"{name} must hold real numbers, not text, in rows of one length")


def vector(name: str, given: ArrayLike, length: int | None = None) -> FloatArray:
    """`given` as a float vector, of `length` where that is fixed; ValueError names what is wrong."""
    array = numbers(name, given)
    if array.ndim != 1 or (length is not None and array.shape[0] != length):
        wanted = "(n,)" if length is None else f"({length},)"
        raise ValueError(f"{name} has shape {array.shape}; it takes shape {wanted}")
    return array


def matrix(name: str, given: ArrayLike, shape: tuple[int, int] | None = None) -> FloatArray:
    """`given` as a float matrix, of `shape` where that is fixed; ValueError names what is wrong."""
    array = numbers(name, given)
    if array.ndim != 2 or (shape is not None and array.shape != shape):
        wanted = "(n, m)" if shape is None else str(shape)
        raise ValueError(f"{name} has shape {array.shape}; it takes shape {wanted}")
    return array


def same_shape(**arrays: NDArray[Any]) -> None:
    """ValueError unless all arrays have one shape."""
    shapes = {name: array.shape for name, array in arrays.items()}
    if len(set(shapes.values())) > 1:
        told = ", ".join(f"{name} {shape}" for name, shape in shapes.items())
        raise ValueError(f"these need one shape: {told}")
