"""Value ranges as the kernels want them for other weights than today's: a number in every cell.

Where a criterion does not apply to a candidate, its other weights are renormalised, so its total is no longer
linear in the weights. There the candidate's own total at today's weights stands in for the value: at today's
weights, and when only that criterion's weight moves, nothing changes; at other weights it is an approximation,
and whoever uses it says so with `note`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partnerselect.analysis.value_ranges import ValueRanges
from partnerselect.kernels import additive
from partnerselect.kernels.arrays import BoolArray, FloatArray
from partnerselect.model import Decision


@dataclass(frozen=True, eq=False)
class FilledRanges:
    """Low, best and high values without gaps, and the mode of each cell's distribution.

    Attributes
    ----------
    low, best, high : ndarrays of shape (n_candidates, n_criteria)
        Values in [0, 1].
    mode : ndarray of shape (n_candidates, n_criteria)
        The best value where evidence stands behind it; NaN (uniform) where it is unknown.
    own : ndarray of shape (n_candidates, n_criteria)
        Each candidate's own weights today: 0 where a criterion does not apply to it, the others renormalised.
        What one cell moves in its candidate's total goes by these.
    stands_in : ndarray of bool, shape (n_candidates, n_criteria)
        Where the own total stands in.
    ids, names : tuple of str
        Id and name of each candidate (row).
    criteria, titles : tuple of str
        Id and title of each criterion (column).
    note : str
        What stands in where a criterion does not apply; empty where each applies to everybody.
    """

    low: FloatArray
    best: FloatArray
    high: FloatArray
    mode: FloatArray
    own: FloatArray
    stands_in: BoolArray
    ids: tuple[str, ...]
    names: tuple[str, ...]
    criteria: tuple[str, ...]
    titles: tuple[str, ...]
    note: str


def filled(ranges: ValueRanges, leaves: FloatArray) -> FilledRanges:
    """Ranges of a decision, filled for today's normalised weights (n_criteria,)."""
    low, best, high = ranges.low, ranges.best, ranges.high
    own, note = np.broadcast_to(leaves, best.shape), ""
    if not ranges.all_applicable:
        own = additive.applicable_weights(leaves, ranges.applicable)
        nothing = own.sum(axis=1) == 0
        low, best, high = (
            np.where(ranges.applicable, table, np.where(nothing, empty, (table * own).sum(axis=1))[:, None])
            for table, empty in ((low, 0.0), (best, 0.5), (high, 1.0))
        )
        cells = int((~ranges.applicable).sum())
        note = (
            f"{cells} {'cell does' if cells == 1 else 'cells do'} not apply; away from today's weights the candidate's "
            "own total stands in there, which is an approximation."
        )
    return FilledRanges(
        low=low,
        best=best,
        high=high,
        mode=np.where(ranges.known | ~ranges.applicable, best, np.nan),
        own=own,
        stands_in=~ranges.applicable,
        ids=tuple(candidate.id for candidate in ranges.candidates),
        names=tuple(candidate.name for candidate in ranges.candidates),
        criteria=tuple(criterion.id for criterion in ranges.criteria),
        titles=tuple(criterion.title for criterion in ranges.criteria),
        note=note,
    )


def leading_count(decision: Decision, candidates: int, top: int | None) -> int:
    """How many candidates lead: as asked for, else as many as may join; never more than there are."""
    if top is None:
        top = decision.most_partners or 1
    if top < 1:
        raise ValueError(f"top is {top}; it takes at least 1")
    return min(top, max(candidates, 1))
