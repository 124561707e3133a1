"""How many candidates a set can have by all its rules together, so that fewer sets have to be looked at."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from partnerselect.kernels.arrays import FloatArray
from partnerselect.kernels.linear import minimise
from partnerselect.kernels.set_rules import SLACK, Limits, Rules, limits

_SAFE = 1e-6
"""How far the solver may be off: a size that is a whole number within this stays possible."""


def narrowed(rules: Rules, n: int) -> Rules:
    """The same sets, with the size as narrow as a linear programme over all rules makes it.

    Parameters
    ----------
    rules : Rules
    n : int
        Number of candidates.

    Returns
    -------
    Rules
        Exactly the same sets are allowed. Where the programme has no solution, no set is, and the rules come back
        as they are.

    Raises
    ------
    ValueError
        When a rule is about a candidate that does not exist, or about another number of candidates.
    """
    bounds = limits(rules, n)
    if not n:
        return rules
    ends = [_least(bounds, np.full(n, sign)) for sign in (1.0, -1.0)]
    if ends[0] is None or ends[1] is None:
        return rules
    least, most = math.ceil(ends[0] - _SAFE), math.floor(-ends[1] + _SAFE)
    return replace(rules, size=(max(rules.size[0], least), min(rules.size[1], most))) if least <= most else rules


def _least(bounds: Limits, cost: FloatArray) -> float | None:
    """The least cost of a set that may have fractions of candidates; None where no rules allow any."""
    upper, lower = np.isfinite(bounds.hi), np.isfinite(bounds.lo)
    found = minimise(
        cost,
        np.vstack([bounds.rows[upper], -bounds.rows[lower]]),
        np.concatenate([bounds.hi[upper] + SLACK, SLACK - bounds.lo[lower]]),
        np.zeros((0, bounds.candidates)),
        np.zeros(0),
        (0, 1),
    )
    return None if found is None else found.cost
