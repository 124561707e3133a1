"""The additive model: a total is the weighted sum of values."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import BoolArray, FloatArray, matrix
from partnerselect.kernels.checks import no_negatives


def totals(values: ArrayLike, weights: ArrayLike) -> FloatArray:
    """Additive total of each candidate.

    Parameters
    ----------
    values : array_like of shape (n_candidates, n_criteria)
        Values in [0, 1]; 1 is best. NaN is an error here: bounds come from two calls.
    weights : array_like of shape (n_criteria,)
        Normalised weights; they sum to 1.

    Returns
    -------
    ndarray of shape (n_candidates,)

    Raises
    ------
    ValueError
        When the shapes do not fit, something is not finite, or a weight is negative.

    References
    ----------
    Keeney & Raiffa (1976), Decisions with Multiple Objectives, ch. 3.
    """
    table = matrix("values", values)
    given = no_negatives("weights", weights, table.shape[1])
    if not np.isfinite(table).all():
        raise ValueError("values hold NaN or infinity: a total needs a number in every cell")
    result: FloatArray = table @ given
    return result


def contributions(values: ArrayLike, weights: ArrayLike) -> FloatArray:
    """Weight times value of each cell; rows sum to `totals`.

    Parameters
    ----------
    values : array_like of shape (n_candidates, n_criteria)
        Values in [0, 1]; NaN stays NaN.
    weights : array_like of shape (n_criteria,)
        Normalised weights.

    Returns
    -------
    ndarray of shape (n_candidates, n_criteria)

    Raises
    ------
    ValueError
        When the shapes do not fit, or a weight is negative or not finite.
    """
    table = matrix("values", values)
    return table * no_negatives("weights", weights, table.shape[1])


def applicable_weights(weights: ArrayLike, applicable: BoolArray) -> FloatArray:
    """Weights of each candidate where some criteria do not apply to it: the others keep their proportions.

    Parameters
    ----------
    weights : array_like of shape (n_criteria,)
        Normalised weights.
    applicable : ndarray of bool, shape (n_candidates, n_criteria)
        False where the criterion does not apply to the candidate.

    Returns
    -------
    ndarray of shape (n_candidates, n_criteria)
        Rows sum to 1; a row is all 0 where no criterion with weight applies.
    """
    kept = np.where(applicable, no_negatives("weights", weights, applicable.shape[1]), 0.0)
    sums = kept.sum(axis=1, keepdims=True)
    shares: FloatArray = np.divide(kept, sums, out=np.zeros_like(kept), where=sums > 0)
    return shares


def influence(values: ArrayLike, weights: ArrayLike) -> FloatArray:
    """Weight times spread of each criterion: how far it can pull two candidates apart.

    Parameters
    ----------
    values : array_like of shape (n_candidates, n_criteria)
        Values in [0, 1]; NaN where the criterion does not apply to the candidate.
    weights : array_like of shape (n_criteria,)
        Normalised weights.

    Returns
    -------
    ndarray of shape (n_criteria,)
        0 where all candidates are equal: that weight moves nothing.
    """
    table = matrix("values", values)
    given = ~np.isnan(table)
    highest = np.where(given, table, -np.inf).max(axis=0, initial=-np.inf)
    lowest = np.where(given, table, np.inf).min(axis=0, initial=np.inf)
    spread = np.where(given.any(axis=0), highest - lowest, 0.0)
    return spread * no_negatives("weights", weights, table.shape[1])
