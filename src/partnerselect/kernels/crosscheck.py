"""Second opinions: the same decision by four methods that do not add up values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels import promethee
from partnerselect.kernels.arrays import TIE, FloatArray, IntArray, numbers, vector
from partnerselect.kernels.checks import finite_matrix
from partnerselect.kernels.shares import shares

PerCriterion = float | Sequence[float | None] | FloatArray | None
"""One threshold for all criteria, or one for each; None or NaN where there is none."""


@dataclass(frozen=True, eq=False)
class Vikor:
    """What VIKOR finds; less is better in s, r and q.

    Attributes
    ----------
    s : ndarray of shape (n_candidates,)
        Weighted sum of the distances from the best performance: the regret of the group.
    r : ndarray of shape (n_candidates,)
        Largest of these distances: the regret of the worst served criterion.
    q : ndarray of shape (n_candidates,)
        Mix of both, each stretched to 0..1 over the candidates.
    compromise : ndarray of int
        Indices of the compromise set, best first.
    """

    s: FloatArray
    r: FloatArray
    q: FloatArray
    compromise: IntArray


@dataclass(frozen=True, eq=False)
class Flows:
    """Outranking flows; more is better in positive and net, less in negative.

    Attributes
    ----------
    positive, negative : ndarrays of shape (n_candidates,)
        Mean preference for a candidate over the others, and for the others over it, in 0..1.
    net : ndarray of shape (n_candidates,)
        positive - negative; the net flows sum to 0.
    """

    positive: FloatArray
    negative: FloatArray
    net: FloatArray


def weighted_product(matrix: ArrayLike, weights: ArrayLike, directions: ArrayLike) -> FloatArray:
    """Weighted product score: ratios count, so no criterion needs a scale.

    Parameters
    ----------
    matrix : array_like of shape (n_candidates, n_criteria)
        Performances above 0.
    weights : array_like of shape (n_criteria,)
        Normalised here.
    directions : array_like of shape (n_criteria,)
        +1 where more is better, -1 where less is.

    Returns
    -------
    ndarray of shape (n_candidates,)
        Product of performance ^ (weight * direction); only the ratios of scores mean something.

    Raises
    ------
    ValueError
        When shapes do not fit, a performance is not above 0, or weights or directions are impossible.

    References
    ----------
    Triantaphyllou (2000), Multi-Criteria Decision Making Methods: A Comparative Study, section 2.2.
    """
    table, share, sign = _checked(matrix, weights, directions)
    if (table <= 0).any():
        raise ValueError("the weighted product takes ratios: every performance must be above 0")
    result: FloatArray = np.exp(np.log(table) @ (share * sign))
    return result


def topsis(matrix: ArrayLike, weights: ArrayLike, directions: ArrayLike, normalization: str = "vector") -> FloatArray:
    """Closeness to the ideal candidate and distance from the worst conceivable one.

    Parameters
    ----------
    matrix : array_like of shape (n_candidates, n_criteria)
        Finite performances.
    weights : array_like of shape (n_criteria,)
        Normalised here.
    directions : array_like of shape (n_criteria,)
        +1 where more is better, -1 where less is.
    normalization : str
        "vector": each column by its Euclidean length; "minmax": each column from 0 at its worst to 1 at its best.

    Returns
    -------
    ndarray of shape (n_candidates,)
        0..1; 0.5 where the ideal and the worst are the same. A newcomer can change everybody's closeness.

    Raises
    ------
    ValueError
        When shapes do not fit, a performance is not finite, weights, directions or normalization are impossible.

    References
    ----------
    Hwang & Yoon (1981), Multiple Attribute Decision Making, section 3.6.
    """
    table, share, sign = _checked(matrix, weights, directions)
    if normalization == "vector":
        unit = _by(table * sign, np.abs(table).max(axis=0, initial=0.0))
        scaled = _by(unit, np.sqrt((unit**2).sum(axis=0)))
    elif normalization == "minmax":
        scaled = 1 - _regret(table * sign)
    else:
        raise ValueError(f"there is no normalization {normalization!r}; there are vector, minmax")
    weighted = scaled * share
    from_best = np.linalg.norm(weighted - weighted.max(axis=0, initial=-np.inf), axis=1)
    from_worst = np.linalg.norm(weighted - weighted.min(axis=0, initial=np.inf), axis=1)
    apart = from_best + from_worst
    closeness: FloatArray = np.divide(from_worst, apart, out=np.full(apart.size, 0.5), where=apart > 0)
    return closeness


def vikor(matrix: ArrayLike, weights: ArrayLike, directions: ArrayLike, v: float = 0.5) -> Vikor:
    """Compromise between the regret of the group and that of the worst served criterion.

    Parameters
    ----------
    matrix : array_like of shape (n_candidates, n_criteria)
        Finite performances. A criterion on which all are equal adds nothing.
    weights : array_like of shape (n_criteria,)
        Normalised here.
    directions : array_like of shape (n_criteria,)
        +1 where more is better, -1 where less is.
    v : float
        Share of the group's regret in q, 0..1.

    Returns
    -------
    Vikor
        The compromise set is the best by q alone where it leads by at least 1 / (n - 1) and is best by s or r too;
        together with the second where only the lead is there; and without the lead, all that are closer to it
        than that. Differences up to 1e-9 are ties.

    Raises
    ------
    ValueError
        When shapes do not fit, a performance is not finite, weights, directions or v are impossible.

    References
    ----------
    Opricovic & Tzeng (2004), Compromise solution by MCDM methods: a comparative analysis of VIKOR and TOPSIS,
    EJOR 156(2).
    """
    table, share, sign = _checked(matrix, weights, directions)
    if not 0 <= v <= 1:
        raise ValueError(f"v is {v:g}; it must be in 0..1")
    regret = _regret(table * sign) * share
    s, r = regret.sum(axis=1), regret.max(axis=1, initial=0.0)
    q = v * _stretched(s) + (1 - v) * _stretched(r)
    return Vikor(s, r, q, _compromise(s, r, q))


def promethee_ii(
    matrix: ArrayLike,
    weights: ArrayLike,
    directions: ArrayLike,
    preference: str | Sequence[str] = "usual",
    q: PerCriterion = None,
    p: PerCriterion = None,
    s: PerCriterion = None,
) -> Flows:
    """Outranking flows of PROMETHEE II.

    Parameters
    ----------
    matrix : array_like of shape (n_candidates, n_criteria)
        Finite performances.
    weights : array_like of shape (n_criteria,)
        Normalised here.
    directions : array_like of shape (n_criteria,)
        +1 where more is better, -1 where less is.
    preference : str, or one for each criterion
        Preference of a candidate ahead by d: "usual" 1 for d > 0; "u_shape" 1 for d > q; "v_shape" d / p up to p;
        "level" 1/2 for d > q, 1 for d > p; "linear" from 0 at q to 1 at p; "gaussian" 1 - exp(-d^2 / 2 s^2).
    q, p, s : float, or one for each criterion
        Thresholds of indifference and preference, and the Gaussian's width, in the criterion's unit;
        what a preference function does not need is ignored. With q = p, and with p = 0, lines are steps.

    Returns
    -------
    Flows
        0 for a candidate that has no other to be compared with.

    Raises
    ------
    ValueError
        When shapes do not fit, a performance is not finite, a preference function is unknown, a threshold that
        it needs is missing, negative, not finite, or q > p; when weights or directions are impossible.

    References
    ----------
    Brans, Vincke & Mareschal (1986), How to select and how to rank projects: the PROMETHEE method, EJOR 24(2).
    """
    table, share, sign = _checked(matrix, weights, directions)
    count, criteria = table.shape
    names = [preference] * criteria if isinstance(preference, str) else list(preference)
    if len(names) != criteria:
        raise ValueError(f"preference has {len(names)} entries; it takes one word, or one for each of {criteria}")
    thresholds = [_per_criterion(name, given, criteria) for name, given in (("q", q), ("p", p), ("s", s))]
    positive, negative = np.zeros(count), np.zeros(count)
    for j, name in enumerate(names):
        own = promethee.Thresholds(*(float(column[j]) for column in thresholds))
        try:
            ahead, behind = promethee.flows(table[:, j] * sign[j], name, own)
        except ValueError as problem:
            raise ValueError(f"criterion {j}: {problem}") from None
        positive += share[j] * ahead
        negative += share[j] * behind
    others = max(count - 1, 1)
    return Flows(positive / others, negative / others, (positive - negative) / others)


def _checked(matrix: ArrayLike, weights: ArrayLike, directions: ArrayLike) -> tuple[FloatArray, FloatArray, FloatArray]:
    table = finite_matrix("matrix", matrix)
    sign = vector("directions", directions, table.shape[1])
    if (np.abs(sign) != 1).any():
        raise ValueError("directions must be +1 (more is better) or -1 (less is better)")
    return table, shares("weights", weights, table.shape[1]), sign


def _per_criterion(name: str, given: PerCriterion, criteria: int) -> FloatArray:
    """One number per criterion; NaN where none is given."""
    array = numbers(name, given)
    return np.full(criteria, array) if array.ndim == 0 else vector(name, array, criteria)


def _by(table: FloatArray, length: FloatArray) -> FloatArray:
    """Each column by its length; 0 where that is 0."""
    return np.divide(table, length, out=np.zeros_like(table), where=length > 0)


def _regret(table: FloatArray) -> FloatArray:
    """Distance of each cell from its column's best, as a share of the column's spread; 0 where all are equal."""
    best, worst = table.max(axis=0, initial=-np.inf), table.min(axis=0, initial=np.inf)
    return _by(best - table, best - worst)


def _stretched(regret: FloatArray) -> FloatArray:
    """0 for the least regret, 1 for the most; all 0 where they tie."""
    least, spread = regret.min(initial=np.inf), np.ptp(regret) if regret.size else 0.0
    return (regret - least) / spread if spread > TIE else np.zeros_like(regret)


def _compromise(s: FloatArray, r: FloatArray, q: FloatArray) -> IntArray:
    order = np.argsort(q, kind="stable")
    if q.size < 2:
        return order
    lead, enough = q[order] - q[order[0]], 1 / (q.size - 1) - TIE
    if lead[1] < enough:
        size = int(np.count_nonzero(lead < enough))
    elif s[order[0]] <= s.min() + TIE or r[order[0]] <= r.min() + TIE:
        size = 1
    else:
        size = int(np.count_nonzero(lead <= lead[1] + TIE))
    return order[:size]
