"""The leading candidates as a set: who they are, how far ahead, and how often they stay."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import TIE, BoolArray, FloatArray, vector
from partnerselect.kernels.checks import seats
from partnerselect.kernels.value_draws import Source, totals


def leading(found: ArrayLike, top: int = 1) -> BoolArray:
    """Which candidates are the best `top`; among equal totals the earlier one.

    Parameters
    ----------
    found : array_like of shape (n_candidates,)
        Totals.
    top : int
        At least 1.

    Returns
    -------
    ndarray of bool, shape (n_candidates,)

    Raises
    ------
    ValueError
        When top is below 1.
    """
    given = vector("found", found)
    chosen = np.zeros(given.size, dtype=np.bool_)
    chosen[np.argsort(-given, kind="stable")[: seats(top)]] = True
    return chosen


def lead(found: FloatArray, chosen: BoolArray) -> FloatArray:
    """Distance from the best candidate that is not chosen up to the last one that is.

    Parameters
    ----------
    found : ndarray of shape (..., n_candidates)
        Totals.
    chosen : ndarray of bool, shape (n_candidates,)
        At least one, and not all.

    Returns
    -------
    ndarray of shape (...,)
        Negative where the chosen candidates are no longer the best.
    """
    result: FloatArray = found[..., chosen].min(axis=-1) - found[..., ~chosen].max(axis=-1)
    return result


def staying(source: Source, chosen: BoolArray) -> float:
    """Share of the samples in which the chosen candidates are the best ones; level counts as staying.

    Parameters
    ----------
    source : Source
        Samples of weights and values, as `smaa.Acceptabilities.source` has them.
    chosen : ndarray of bool, shape (n_candidates,)
        At least one, and not all.
    """
    stays = sum(
        int(np.count_nonzero(lead(totals(values, weights), chosen) >= -TIE)) for weights, values in source.chunks()
    )
    return stays / source.samples
