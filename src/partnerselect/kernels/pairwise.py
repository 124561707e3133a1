"""Weights from pairwise judgements, complete or not, and how far these contradict each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize
from scipy.sparse.csgraph import connected_components

from partnerselect.kernels.arrays import TIE, BoolArray, FloatArray, matrix
from partnerselect.kernels.shares import shares

_RANDOM_INDEX = dict(zip(range(3, 11), (0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49), strict=True))

_ROUNDED = 0.1
"""a_ij a_ji may miss 1 by this much: a reciprocal written with one or two digits is no contradiction."""


@dataclass(frozen=True, eq=False)
class Ahp:
    """Weights from pairwise judgements.

    Attributes
    ----------
    weights : ndarray of shape (n,)
        They sum to 1.
    consistency_ratio : float
        0 = no contradiction; above 0.1 the judgements want another look.
    worst : tuple of (int, int, float) or None
        The judgement (i, j), i < j, that the weights contradict most, and the value of a_ij that they suggest;
        None where nothing was judged. The first of several that are equally far off.
    completed : ndarray of shape (n, n)
        The judgements, with those that were not made filled in.
    """

    weights: FloatArray
    consistency_ratio: float
    worst: tuple[int, int, float] | None
    completed: FloatArray


def ahp(judgements: ArrayLike, method: str = "eigenvector") -> Ahp:
    """Weights from pairwise judgements, as in the analytic hierarchy process.

    Parameters
    ----------
    judgements : array_like of shape (n, n)
        a_ij says how many times as important criterion i is as j. NaN = not judged; where only one of a_ij and
        a_ji is given, the other is its reciprocal. Missing pairs are completed so that the largest eigenvalue
        is smallest.
    method : str
        "eigenvector": the principal one; "geometric": the geometric means of the rows.

    Returns
    -------
    Ahp
        The consistency ratio is (largest eigenvalue - n) / (n - 1) over that of random judgements, for either
        method: Saaty's up to n = 10, beyond that (1.7699 n - 4.3513) / (n - 1), the fit of Alonso & Lamata.

    Raises
    ------
    ValueError
        When judgements are not a square matrix of positive numbers with 1 on the diagonal, a_ij and a_ji
        contradict each other, the judgements leave criteria unconnected, or the method is unknown.

    References
    ----------
    Saaty (1980), The Analytic Hierarchy Process; Crawford & Williams (1985), A note on the analysis of subjective
    judgment matrices, Journal of Mathematical Psychology 29(4); Bozóki, Fülöp & Rónyai (2010), On optimal
    completion of incomplete pairwise comparison matrices, Mathematical and Computer Modelling 52(1-2);
    Alonso & Lamata (2006), Consistency in the analytic hierarchy process: a new approach, International Journal
    of Uncertainty, Fuzziness and Knowledge-Based Systems 14(4).
    """
    given = reciprocal(judgements)
    complete = completion(given)
    largest, principal = largest_eigenvalue(complete)
    if method == "eigenvector":
        weights = principal
    elif method == "geometric":
        weights = shares("weights", np.exp(np.log(complete).mean(axis=1)))
    else:
        raise ValueError(f"there is no method {method!r}; there are eigenvector, geometric")
    return Ahp(weights, _consistency_ratio(largest, weights.size), _worst(given, weights), complete)


def reciprocal(judgements: ArrayLike) -> FloatArray:
    """Judgements with both sides of every judged pair.

    Parameters
    ----------
    judgements : array_like of shape (n, n)
        Positive; NaN = not judged. The diagonal is 1 or NaN.

    Returns
    -------
    ndarray of shape (n, n)
        Where only one of a_ij and a_ji was given, the other is its reciprocal; where both, they stay as given.
        The diagonal is 1.

    Raises
    ------
    ValueError
        When the matrix is not square or empty, a judgement is not positive and finite, the diagonal is not 1, or
        a_ij a_ji is not 1 within 10 % (as of rounded reciprocals).
    """
    given = matrix("judgements", judgements)
    if given.shape[0] != given.shape[1] or given.size == 0:
        raise ValueError(f"judgements has shape {given.shape}; it takes shape (n, n), n at least 1")
    judged = ~np.isnan(given)
    _refuse(given, judged & ~((given > 0) & np.isfinite(given)), "a judgement is a positive number")
    _refuse(given, np.diag(np.abs(given.diagonal() - 1) > TIE), "a criterion compared with itself is 1")
    _refuse(given, np.abs(given * given.T - 1) > _ROUNDED, "its counterpart is not its reciprocal")
    full = np.where(judged, given, 1 / given.T)
    np.fill_diagonal(full, 1.0)
    return full


def completion(judgements: FloatArray) -> FloatArray:
    """Judgements with missing ones filled in so that the largest eigenvalue is as small as possible.

    Parameters
    ----------
    judgements : ndarray of shape (n, n)
        As from `reciprocal`; NaN = not judged.

    Returns
    -------
    ndarray of shape (n, n)
        The completion is unique.

    Raises
    ------
    ValueError
        When a chain of judgements does not lead from every criterion to every other.

    References
    ----------
    Bozóki, Fülöp & Rónyai (2010), On optimal completion of incomplete pairwise comparison matrices, Mathematical
    and Computer Modelling 52(1-2): in logarithms the problem is convex.
    """
    missing = np.isnan(judgements)
    _refuse_unconnected(~missing)
    i, j = np.nonzero(np.triu(missing))
    if i.size == 0:
        return judgements
    filled = judgements.copy()

    def eigenvalue(logs: FloatArray) -> tuple[float, FloatArray]:
        filled[i, j], filled[j, i] = np.exp(logs), np.exp(-logs)
        largest, right = largest_eigenvalue(filled)
        left = largest_eigenvalue(filled.T)[1]
        slope = left[i] * filled[i, j] * right[j] - left[j] * filled[j, i] * right[i]
        return largest, slope / (left @ right)

    scores = _least_squares(judgements)
    best = minimize(eigenvalue, scores[i] - scores[j], jac=True, method="BFGS", options={"gtol": 1e-12})
    filled[i, j], filled[j, i] = np.exp(best.x), np.exp(-best.x)
    return filled


def largest_eigenvalue(judgements: FloatArray) -> tuple[float, FloatArray]:
    """Largest eigenvalue of a positive matrix, and its eigenvector.

    Parameters
    ----------
    judgements : ndarray of shape (n, n)
        Positive, complete.

    Returns
    -------
    largest : float
    vector : ndarray of shape (n,)
        Positive, sums to 1.
    """
    means = np.exp(np.log(judgements).mean(axis=1))  # near the eigenvector: scaled by them, small weights keep digits
    values, vectors = np.linalg.eig(judgements * means / means[:, None])
    largest = int(np.argmax(values.real))
    principal = np.abs(vectors[:, largest].real) * means
    return float(values[largest].real), principal / principal.sum()


def _consistency_ratio(largest: float, n: int) -> float:
    if n < 3:
        return 0.0
    random_index = _RANDOM_INDEX[n] if n in _RANDOM_INDEX else (1.7699 * n - 4.3513) / (n - 1)
    return max(0.0, (largest - n) / (n - 1)) / random_index


def _worst(given: FloatArray, weights: FloatArray) -> tuple[int, int, float] | None:
    suggested = weights[:, None] / weights
    off = np.where(np.triu(~np.isnan(given), 1), np.abs(np.log(given / suggested)), -np.inf)
    if np.isneginf(off).all():
        return None
    i, j = np.argwhere(off >= off.max() - TIE)[0]
    return int(i), int(j), float(suggested[i, j])


def _refuse(given: FloatArray, wrong: BoolArray, why: str) -> None:
    if wrong.any():
        i, j = np.argwhere(wrong)[0]
        raise ValueError(f"judgement ({i}, {j}) is {given[i, j]:g}: {why}")


def _refuse_unconnected(judged: BoolArray) -> None:
    parts, part = connected_components(judged, directed=False)
    if parts > 1:
        apart = " and ".join(str(np.flatnonzero(part == index).tolist()) for index in range(parts))
        raise ValueError(f"no chain of judgements leads from one of these groups to another: {apart}")


def _least_squares(judgements: FloatArray) -> FloatArray:
    """Logarithms of weights whose ratios miss those of the judgements by the least squares."""
    logs = np.log(judgements)
    judged = ~np.isnan(judgements)
    pull = np.where(judged, (logs - logs.T) / 2, 0.0).sum(axis=1)
    links = np.diag(judged.sum(axis=1)) - judged
    scores: FloatArray = np.linalg.lstsq(links, pull)[0]
    return scores
