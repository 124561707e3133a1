"""While one weight sweeps from 0 to 1 every total is a straight line; here are its two ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import FloatArray
from partnerselect.kernels.checks import finite_matrix, place
from partnerselect.kernels.shares import shares

SAME = 1e-12
"""Totals, and weights, that differ by no more are the same but for rounding."""


def lines(values: ArrayLike, weights: ArrayLike, criterion: int) -> tuple[FloatArray, FloatArray]:
    """Totals of each candidate where a criterion's weight is 0 and where it is 1.

    The others keep their proportions, and have equal shares where they are all 0, so that the total at weight t
    is (1 - t) * start + t * end. A single criterion has all the weight there is: start is end then.

    Parameters
    ----------
    values : array_like of shape (n_candidates, n_criteria)
        Values in 0..1.
    weights : array_like of shape (n_criteria,)
        Only their proportions count.
    criterion : int
        Index of the criterion whose weight sweeps.

    Returns
    -------
    start, end : ndarrays of shape (n_candidates,)

    Raises
    ------
    ValueError
        When the shapes do not fit, something is not finite, weights are negative or all 0, or there is no such
        criterion.
    """
    table = finite_matrix("values", values)
    rests = _rests(shares("weights", weights, table.shape[1]))
    swept = place("criterion", criterion, table.shape[1])
    return table @ rests[swept], table[:, swept].copy()


def every_line(values: ArrayLike, weights: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """`lines` of each criterion.

    Returns
    -------
    start, end : ndarrays of shape (n_criteria, n_candidates)
    """
    table = finite_matrix("values", values)
    end = np.ascontiguousarray(table.T)
    return _rests(shares("weights", weights, table.shape[1])) @ end, end


def _rests(weights: FloatArray) -> FloatArray:
    """Weights where each criterion in turn, one a row, has 0 and the others share what there is."""
    rests = np.tile(weights, (weights.size, 1))
    np.fill_diagonal(rests, 0.0)
    alone = ~rests.any(axis=1)
    if alone.any():
        rests[alone] = 1.0 - np.eye(weights.size)[alone] if weights.size > 1 else 1.0
    rests /= rests.sum(axis=1, keepdims=True)
    return rests
