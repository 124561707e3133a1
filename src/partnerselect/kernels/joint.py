"""How many of a set of inequalities can hold at once: what extreme ranks and entering the top come down to."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from partnerselect.kernels.arrays import FloatArray, IntArray
from partnerselect.kernels.linear import minimise
from partnerselect.kernels.regions import Mixture

_INFEASIBLE = 2


class Margin(NamedTuple):
    """The shares (n_shares,) at which the smallest gain is largest, and the price of each gain, which sum to 1."""

    shares: FloatArray
    prices: FloatArray


def widest_margin(gains: FloatArray, mixture: Mixture) -> Margin:
    """Where the smallest of `gains @ shares` is as large as it can be.

    Parameters
    ----------
    gains : ndarray of shape (n_inequalities, n_shares)
    mixture : Mixture

    References
    ----------
    The value of a matrix game; Dantzig (1963), Linear Programming and Extensions, ch. 13.
    """
    count, width = gains.shape
    found = minimise(
        np.r_[np.zeros(width), -1.0],
        np.block([[-gains, np.ones((count, 1))], [mixture.a_ub, np.zeros((len(mixture.b_ub), 1))]]),
        np.r_[np.zeros(count), mixture.b_ub],
        np.r_[np.ones(width), 0.0][None, :],
        np.ones(1),
        [(0, None)] * width + [(None, None)],
    )
    if found is None:
        raise ValueError("the region is empty")
    return Margin(found.x[:-1], found.prices[:count])


def most_at_once(gains: FloatArray, limit: float, mixture: Mixture, known: int) -> int:
    """The largest number of inequalities `gains @ shares > limit` that hold at once for some shares.

    Parameters
    ----------
    gains : ndarray of shape (n_inequalities, n_shares)
        In -1..1.
    limit : float
        Close to 0.
    mixture : Mixture
    known : int
        A number that is known to hold at once; only more is searched for.

    References
    ----------
    Amaldi, Pfetsch & Trotter (2003), On the maximum feasible subsystem problem, IISs and IIS-hypergraphs,
    Mathematical Programming 95: a mixed-integer programme finds a set, a linear one shows whether its
    inequalities really hold together, and names some that never do where they do not. So the solver's
    tolerance of a millionth never decides.
    """
    never: list[IntArray] = []
    while known < len(gains):
        claimed = _claimed(gains, limit, mixture, known + 1, never)
        if claimed is None:
            return known
        margin = widest_margin(gains[claimed], mixture)
        known = max(known, int(np.count_nonzero(gains @ margin.shares > limit)))
        if known < claimed.size:
            never.append(claimed[margin.prices > 0])
    return known


def _claimed(
    gains: FloatArray, limit: float, mixture: Mixture, at_least: int, never: list[IntArray]
) -> IntArray | None:
    """Indices of at_least inequalities that seem to hold at once, with none of the sets that never do; or None."""
    count, width = gains.shape
    slack = np.maximum(limit - gains.min(axis=1), 0.0)
    chosen = np.r_[np.zeros(width), np.ones(count)]
    excluded = np.zeros((len(never), width + count))
    for row, together in zip(excluded, never, strict=True):
        row[width + together] = 1.0
    found = milp(
        np.zeros(width + count),  # a question without an objective is answered soonest
        integrality=chosen,
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(np.hstack([gains, -np.diag(slack)]), limit - slack, np.inf),
            LinearConstraint(1 - chosen, 1, 1),
            LinearConstraint(chosen, at_least, np.inf),
            LinearConstraint(np.hstack([mixture.a_ub, np.zeros((len(mixture.b_ub), count))]), -np.inf, mixture.b_ub),
            LinearConstraint(excluded, -np.inf, np.array([together.size - 1.0 for together in never])),
        ],
    )
    if found.status == _INFEASIBLE:
        return None
    if found.x is None:
        raise ValueError(f"a mixed-integer programme was not solved: {found.message}")
    return np.flatnonzero(found.x[width:] > 0.5)
