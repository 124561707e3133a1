"""What one candidate adds: to the members alone, to the chosen others, and beside one other candidate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import FloatArray
from partnerselect.kernels.checks import place
from partnerselect.kernels.set_values import Combine, worth


@dataclass(frozen=True, eq=False)
class Marginals:
    """What each candidate adds.

    Attributes
    ----------
    alone : ndarray of shape (n_candidates,)
        To the members, if it joins as the only one.
    in_set : ndarray of shape (n_candidates,)
        What the chosen set would lose without it; of a candidate that is not chosen, what the set would gain.
    """

    alone: FloatArray
    in_set: FloatArray


def marginals(values: ArrayLike, weights: ArrayLike, chosen: Sequence[int], combine: Combine = "sum") -> Marginals:
    """What each candidate adds to the members alone, and to the members and the chosen others.

    Parameters
    ----------
    values, weights, combine
        As in `sets.best_sets`.
    chosen : sequence of int
        Indices of the chosen candidates.

    Raises
    ------
    ValueError
        As in `sets.best_sets`, or when there is no such candidate.
    """
    brings = worth(values, weights, combine)
    n = brings.added.size
    inside = {place("chosen", one, n) for one in chosen}
    now, nobody = brings.total(sorted(inside)), brings.total([])
    in_set = [
        now - brings.total(sorted(inside - {one})) if one in inside else brings.total(sorted(inside | {one})) - now
        for one in range(n)
    ]
    return Marginals(brings.totals(np.arange(n)[:, None]) - nobody, np.array(in_set))


def redundancy(values: ArrayLike, weights: ArrayLike, combine: Combine = "sum") -> FloatArray:
    """How much two candidates add less together than each of them alone: what both would bring.

    Criteria whose values are summed or averaged leave nothing redundant and add 0; coverage and best-of do.

    Parameters
    ----------
    values, weights, combine
        As in `sets.best_sets`.

    Returns
    -------
    ndarray of shape (n_candidates, n_candidates)
        Symmetric; the diagonal is 0.

    Raises
    ------
    ValueError
        As in `sets.best_sets`.
    """
    given = worth(values, weights, combine)
    nothing = np.zeros(given.added.size)
    brings = replace(given, added=nothing, averaged=nothing)
    n = nothing.size
    alone = brings.totals(np.arange(n)[:, None])
    one, other = np.triu_indices(n, 1)
    together = brings.totals(np.column_stack([one, other]))
    result = np.zeros((n, n))
    result[one, other] = result[other, one] = alone[one] + alone[other] - together - brings.total([])
    return result
