"""Many voters: their judgements and weights made into one, and who thinks alike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from partnerselect.kernels.agreement import pairwise_tau
from partnerselect.kernels.arrays import TIE, FloatArray, IntArray, matrix
from partnerselect.kernels.checks import finite_matrix
from partnerselect.kernels.pairwise import reciprocal
from partnerselect.kernels.shares import shares

__all__ = ["disagreement", "geometric_mean_judgements", "like_minded", "mean_weights", "pairwise_tau"]


def geometric_mean_judgements(matrices: Sequence[ArrayLike]) -> FloatArray:
    """One matrix of pairwise judgements for the group: the only mean that keeps them reciprocal.

    Parameters
    ----------
    matrices : sequence of array_like, each of shape (n, n)
        Judgements of each voter, NaN = not judged, as `elicitation.ahp` takes them.

    Returns
    -------
    ndarray of shape (n, n)
        Geometric mean over those who judged a pair; NaN where nobody did.

    Raises
    ------
    ValueError
        When there is no voter, the shapes differ, or a matrix holds what is not a judgement.

    References
    ----------
    Aczél & Saaty (1983), Procedures for synthesizing ratio judgements, Journal of Mathematical Psychology 27(1).
    """
    voters = [reciprocal(judgements) for judgements in matrices]
    if len({judgements.shape for judgements in voters}) != 1:
        raise ValueError("matrices must hold one matrix per voter, at least one, all of one shape")
    logs = np.log(voters)
    judged = ~np.isnan(logs)
    count = judged.sum(axis=0)
    sums = np.where(judged, logs, 0.0).sum(axis=0)
    means: FloatArray = np.exp(np.divide(sums, count, out=np.full(sums.shape, np.nan), where=count > 0))
    return means


def mean_weights(weights: ArrayLike, power: ArrayLike | None = None, kind: str = "arithmetic") -> FloatArray:
    """One weighting for the group.

    Parameters
    ----------
    weights : array_like of shape (n_voters, n_criteria)
        Normalised weights of each voter, taken as given.
    power : array_like of shape (n_voters,), optional
        Voting power, normalised here; None = equal.
    kind : str
        "arithmetic", or "geometric": then a 0 from anyone with power is a 0 for the group.

    Returns
    -------
    ndarray of shape (n_criteria,)
        They sum to 1.

    Raises
    ------
    ValueError
        When the shapes do not fit, an entry is negative or not finite, the power or the mean is 0 everywhere, or
        the kind is unknown.

    References
    ----------
    Forman & Peniwati (1998), Aggregating individual judgments and priorities with the analytic hierarchy process,
    EJOR 108(1).
    """
    table = finite_matrix("weights", weights)
    if (table < 0).any():
        raise ValueError("weights must not be negative")
    say = shares("power", np.ones(table.shape[0]) if power is None else power, table.shape[0])
    if kind == "arithmetic":
        return shares("the mean weights", say @ table)
    if kind != "geometric":
        raise ValueError(f"there is no kind {kind!r}; there are arithmetic, geometric")
    return shares("the geometric mean weights", np.prod(table ** say[:, None], axis=0))


def disagreement(weights: ArrayLike) -> FloatArray:
    """How far voters are apart on each criterion: the standard deviation of its weight over them.

    Parameters
    ----------
    weights : array_like of shape (n_voters, n_criteria)
        Normalised weights of each voter.

    Returns
    -------
    ndarray of shape (n_criteria,)
        From 0 = all give the same weight to 0.5 = half of them give it everything and half nothing.

    Raises
    ------
    ValueError
        When weights is not a matrix with at least one row, or an entry is not finite.
    """
    table = finite_matrix("weights", weights)
    if table.shape[0] == 0:
        raise ValueError("weights must hold at least one voter")
    spread: FloatArray = table.std(axis=0)
    return spread


def like_minded(tau: ArrayLike, least: float = 0.5) -> IntArray:
    """Groups of voters whose rankings are alike.

    Average-linkage clustering on the distance (1 - tau) / 2: the two closest groups are joined as long as the mean
    tau between their members is at least `least`.

    Parameters
    ----------
    tau : array_like of shape (n_voters, n_voters)
        Agreement of every two voters, as from `pairwise_tau`; NaN, where it is undefined, counts as 0.
    least : float
        Mean tau at which groups still count as alike; 0.5 = three of four pairs of candidates in the same order.

    Returns
    -------
    ndarray of int, shape (n_voters,)
        Number of each voter's group, from 0, in the order of their first voters.

    Raises
    ------
    ValueError
        When tau is not a symmetric square matrix of numbers in -1..1.

    References
    ----------
    Sokal & Michener (1958), A statistical method for evaluating systematic relationships, University of Kansas
    Science Bulletin 38.
    """
    given = np.nan_to_num(matrix("tau", tau), posinf=np.inf, neginf=-np.inf)
    if given.shape[0] != given.shape[1]:
        raise ValueError(f"tau has shape {given.shape}; it takes shape (n, n)")
    if (np.abs(given) > 1 + TIE).any() or (np.abs(given - given.T) > TIE).any():
        raise ValueError("tau must be symmetric, with entries in -1..1")
    if given.shape[0] < 2:
        return np.zeros(given.shape[0], dtype=np.int64)
    distance = squareform((1 - given) / 2, checks=False)
    label = fcluster(linkage(distance, "average"), (1 - least) / 2 + TIE, criterion="distance")
    _, first, group = np.unique(label, return_index=True, return_inverse=True)
    number: IntArray = np.argsort(np.argsort(first))[group]
    return number
