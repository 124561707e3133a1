"""Linear programmes, solved as precisely as the solver can, and what one says about a set of inequalities."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog

from partnerselect.kernels.arrays import FloatArray

_PRECISE = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
_INFEASIBLE = 2


class Solution(NamedTuple):
    """A minimum: where, how much, and the price (>= 0) of each inequality, 0 where it does not bind."""

    x: FloatArray
    cost: float
    prices: FloatArray


def minimise(
    cost: FloatArray,
    a_ub: FloatArray,
    b_ub: FloatArray,
    a_eq: FloatArray,
    b_eq: FloatArray,
    bounds: list[tuple[float | None, float | None]] | tuple[float | None, float | None] = (0, None),
) -> Solution | None:
    """The x with a_ub @ x <= b_ub, a_eq @ x = b_eq within bounds for which cost @ x is least; None without any.

    Raises
    ------
    ValueError
        When the solver gives up.
    """
    found = linprog(cost, a_ub, b_ub, a_eq, b_eq, bounds, method="highs", options=_PRECISE)
    if found.status == _INFEASIBLE:
        return None
    if found.status != 0:
        raise ValueError(f"a linear programme was not solved: {found.message}")
    return Solution(found.x, float(found.fun), np.abs(found.ineqlin.marginals))
