"""Weights out of what people can say: an order, points, pairwise judgements, the best and the worst criterion."""

from __future__ import annotations

import operator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import linprog

from partnerselect.kernels.arrays import FloatArray, IntArray
from partnerselect.kernels.checks import finite_vector
from partnerselect.kernels.pairwise import Ahp, ahp
from partnerselect.kernels.shares import shares

__all__ = ["Ahp", "BestWorst", "ahp", "bwm", "rank_order_centroid", "rank_reciprocal", "rank_sum", "swing"]


@dataclass(frozen=True, eq=False)
class BestWorst:
    """Weights from comparisons with the best and the worst criterion.

    Attributes
    ----------
    weights : ndarray of shape (n,)
        They sum to 1.
    xi : float
        Largest deviation of the weights from a judgement; 0 = all are met.
    consistency_ratio : float
        Of the judgements alone, 0 = no contradiction.
    """

    weights: FloatArray
    xi: float
    consistency_ratio: float


def rank_order_centroid(n: int) -> FloatArray:
    """Weights of n criteria of which only the order is known: the mean of all weights in that order.

    Parameters
    ----------
    n : int
        Number of criteria, at least 1.

    Returns
    -------
    ndarray of shape (n,)
        Most important first: the k-th weight is (1/k + ... + 1/n) / n.

    Raises
    ------
    ValueError
        When n is less than 1.

    References
    ----------
    Barron & Barrett (1996), Decision quality using ranked attribute weights, Management Science 42(11).
    """
    result: FloatArray = np.cumsum(1 / _places(n)[::-1])[::-1] / n
    return result


def rank_sum(n: int) -> FloatArray:
    """Weights of n criteria in order, falling in equal steps.

    Parameters
    ----------
    n : int
        Number of criteria, at least 1.

    Returns
    -------
    ndarray of shape (n,)
        Most important first: the k-th weight is proportional to n + 1 - k.

    Raises
    ------
    ValueError
        When n is less than 1.

    References
    ----------
    Stillwell, Seaver & Edwards (1981), A comparison of weight approximation techniques in multiattribute
    utility decision making, Organizational Behavior and Human Performance 28(1).
    """
    return shares("places", _places(n)[::-1])


def rank_reciprocal(n: int) -> FloatArray:
    """Weights of n criteria in order, falling as 1, 1/2, 1/3 and so on.

    Parameters
    ----------
    n : int
        Number of criteria, at least 1.

    Returns
    -------
    ndarray of shape (n,)
        Most important first: the k-th weight is proportional to 1 / k.

    Raises
    ------
    ValueError
        When n is less than 1.

    References
    ----------
    Stillwell, Seaver & Edwards (1981), as for `rank_sum`.
    """
    return shares("places", 1 / _places(n))


def swing(points: ArrayLike) -> FloatArray:
    """Swing weights: points for the step from worst to best on each criterion, normalised.

    Parameters
    ----------
    points : array_like of shape (n,)
        0 or more; usually 100 for the step that matters most.

    Returns
    -------
    ndarray of shape (n,)
        In the order of the points; they sum to 1.

    Raises
    ------
    ValueError
        When a number of points is negative or not finite, or all are 0.

    References
    ----------
    von Winterfeldt & Edwards (1986), Decision Analysis and Behavioral Research, section 8.2.
    """
    return shares("points", points)


def bwm(best_to_others: ArrayLike, others_to_worst: ArrayLike) -> BestWorst:
    """Weights by the linear model of the best-worst method.

    Parameters
    ----------
    best_to_others : array_like of shape (n,)
        How many times as important the best criterion is as each one, 1 or more; 1 for the best itself.
    others_to_worst : array_like of shape (n,)
        How many times as important each criterion is as the worst, 1 or more; 1 for the worst itself.

    Returns
    -------
    BestWorst
        The weights minimise xi, the largest of |w_B - a_Bj w_j| and |w_j - a_jW w_W|; the consistency ratio is the
        largest |a_Bj a_jW - a_BW| / (a_BW^2 - a_BW), 0 where all are equally important. Where several are judged
        alike and best, or worst, each of them counts as such: else the order of the criteria would decide.

    Raises
    ------
    ValueError
        When the shapes differ, an entry is below 1 or not finite, no entry is 1, or the two disagree on how far
        the best is from the worst.

    References
    ----------
    Rezaei (2016), Best-worst multi-criteria decision-making method: some properties and a linear model, Omega 64;
    Liang, Brunelli & Rezaei (2020), Consistency issues in the best worst method, Omega 96.
    """
    from_best = finite_vector("best_to_others", best_to_others)
    to_worst = finite_vector("others_to_worst", others_to_worst, from_best.size)
    best, worst, apart = _best_and_worst(from_best, to_worst)
    each = np.eye(from_best.size)
    deviations = np.vstack([each[b] - from_best[:, None] * each for b in best])
    deviations = np.vstack([deviations, *(each - np.outer(to_worst, each[w]) for w in worst)])
    found = linprog(
        np.append(np.zeros(from_best.size), 1.0),
        A_ub=np.column_stack([np.vstack([deviations, -deviations]), -np.ones(2 * len(deviations))]),
        b_ub=np.zeros(2 * len(deviations)),
        A_eq=np.append(np.ones(from_best.size), 0.0)[None, :],
        b_eq=[1.0],
    )
    contradiction = np.abs(from_best * to_worst - apart).max()
    ratio = float(contradiction / (apart**2 - apart)) if apart > 1 else 0.0
    return BestWorst(shares("weights", np.maximum(found.x[:-1], 0.0)), float(found.x[-1]), ratio)


def _places(n: int) -> FloatArray:
    if operator.index(n) < 1:
        raise ValueError(f"n is {n}; there must be at least 1 criterion")
    return np.arange(1.0, n + 1)


def _best_and_worst(from_best: FloatArray, to_worst: FloatArray) -> tuple[IntArray, IntArray, float]:
    """Who is best, who is worst (those compared with themselves, and others judged alike), and how far apart."""
    for name, given in (("best_to_others", from_best), ("others_to_worst", to_worst)):
        if given.min(initial=np.inf) != 1:
            raise ValueError(f"{name} must be 1 or more, and 1 where the criterion is compared with itself")
    told, again = from_best[to_worst == 1], to_worst[from_best == 1]
    agreed = np.intersect1d(told, again)
    if agreed.size == 0:
        raise ValueError(
            f"best to worst is {told.max():g} in best_to_others and {again.max():g} in others_to_worst: one judgement"
        )
    apart = float(agreed[-1])
    if apart == 1 and (from_best * to_worst != 1).any():
        raise ValueError("the best and the worst are judged equal, but others between them are not")
    best = np.flatnonzero((from_best == 1) & (to_worst == apart))
    worst = np.flatnonzero((to_worst == 1) & (from_best == apart))
    return best, worst, apart
