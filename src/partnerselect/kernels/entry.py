"""The smallest change of weights that brings a candidate in among the best."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import TIE, FloatArray
from partnerselect.kernels.checks import finite_matrix, place, seats
from partnerselect.kernels.linear import minimise
from partnerselect.kernels.regions import Mixture, Region, mixture
from partnerselect.kernels.shares import shares


@dataclass(frozen=True, eq=False)
class Entry:
    """The nearest weights at which a candidate enters.

    Attributes
    ----------
    weights : ndarray of shape (n_criteria,)
        Normalised. Other weights may be as near.
    distance : float
        Sum of the absolute changes of the weights, 0..2: twice the weight that moves.
    """

    weights: FloatArray
    distance: float


def smallest_change(
    values: ArrayLike, weights: ArrayLike, candidate: int, top: int = 1, region: Region | None = None
) -> Entry | None:
    """The weights nearest to today's at which a candidate is among the best k.

    Parameters
    ----------
    values : array_like of shape (n_candidates, n_criteria)
        Values in 0..1.
    weights : array_like of shape (n_criteria,)
        Today's weights; only their proportions count.
    candidate : int
        Index of the candidate that is to enter.
    top : int
        k, at least 1. A tie for place k counts as entering.
    region : Region, optional
        Where the new weights may lie; without it, anywhere.

    Returns
    -------
    Entry or None
        None where no weights bring the candidate in. Today's weights, at distance 0, where it is in already.

    Raises
    ------
    ValueError
        When the shapes do not fit, something is not finite, weights are negative or all 0, there is no such
        candidate, or top is less than 1.

    References
    ----------
    Evans (1984), Sensitivity analysis in decision theory, Decision Sciences 15(2), for the nearest weights that
    change a decision, by linear programming; Land & Doig (1960), An automatic method of solving discrete
    programming problems, Econometrica 28(3), for branch and bound over the k - 1 others that may stay ahead.
    """
    table = finite_matrix("values", values)
    today = shares("weights", weights, table.shape[1])
    own = place("candidate", candidate, len(table))
    inside = mixture(region, today.size)
    most = seats(top)
    start = Entry(today, 0.0) if region is None else _nearest(today, np.zeros((0, len(inside.basis))), inside)
    return None if start is None else _search(table, own, today, inside, most, start)


def _search(table: FloatArray, own: int, today: FloatArray, inside: Mixture, top: int, start: Entry) -> Entry | None:
    """The nearest weights at which fewer than `top` rivals are ahead; `start` is nearest to today's of all.

    Branch and bound, nearest first: at the nearest weights so far the rival that is furthest ahead must either be
    behind, which moves the weights on, or is one of those that may stay ahead. The first weights that do are the
    nearest, since every branch only leads farther away.
    """
    leads = (table - table[own]) @ inside.basis.T
    waiting = [(start.distance, 0, start, frozenset[int](), frozenset[int]())]
    number = count(1)
    while waiting:
        distance, _, entry, behind, staying = heappop(waiting)
        totals = table @ entry.weights
        ahead = [rival for rival in np.flatnonzero(totals > totals[own] + TIE).tolist() if rival not in behind]
        if len(ahead) < top:
            return entry
        rival = max((rival for rival in ahead if rival not in staying), key=lambda rival: float(totals[rival]))
        further = _nearest(today, leads[sorted(behind | {rival})], inside)
        if further is not None:
            heappush(waiting, (further.distance, next(number), further, behind | {rival}, staying))
        if len(staying) < top - 1:
            heappush(waiting, (distance, next(number), entry, behind, staying | {rival}))
    return None


def _nearest(today: FloatArray, leads: FloatArray, inside: Mixture) -> Entry | None:
    """The weights nearest to today's at which none of the leads, per share, is positive."""
    width, criteria = inside.basis.shape
    moves = np.eye(criteria)
    found = minimise(
        np.r_[np.zeros(width), np.ones(criteria)],
        np.block(
            [
                [leads, np.zeros((len(leads), criteria))],
                [inside.basis.T, -moves],
                [-inside.basis.T, -moves],
                [inside.a_ub, np.zeros((len(inside.b_ub), criteria))],
            ]
        ),
        np.concatenate([np.zeros(len(leads)), today, -today, inside.b_ub]),
        np.r_[np.ones(width), np.zeros(criteria)][None, :],
        np.ones(1),
    )
    if found is None:
        return None
    weights = np.maximum(found.x[:width] @ inside.basis, 0.0)
    weights /= weights.sum()
    return Entry(weights, float(np.abs(weights - today).sum()))
