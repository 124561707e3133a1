"""Every combination of sums that some set has: sets that no rule can tell apart are one."""

from __future__ import annotations

import numpy as np

from partnerselect.kernels.arrays import BoolArray, FloatArray, IntArray
from partnerselect.kernels.set_rules import Limits

_MOST = 2**19
"""Most combinations of sums that are followed."""

_BITS = 62
"""Numbers that fit into one integer."""


def distinct(limits: Limits) -> BoolArray | None:
    """One set, shape (c, n), for every combination of sums over the rows; of budgets the smallest sum.

    None where there are too many combinations, or more than one budget: the smallest sums of two are no one set's.
    """
    budget = [row for row, owner in enumerate(limits.owners) if owner.kind == "budgets"]
    n = limits.candidates
    if len(budget) > 1 or n > _BITS:
        return None
    counts = np.delete(limits.rows, budget, axis=0).astype(np.int64)
    amounts = limits.rows[budget[0]] if budget else np.zeros(n)
    codes = _codes(counts)
    if codes is None:
        return None
    found, spent, bits = np.zeros(1, dtype=np.int64), np.zeros(1), np.zeros(1, dtype=np.int64)
    for one in np.argsort((counts != 0).sum(axis=0), kind="stable").tolist():
        found, spent, bits = _joined(found, spent, bits, int(codes[one]), float(amounts[one]), 1 << one)
        if len(found) > _MOST:
            return None
    return ((bits[:, None] >> np.arange(n)) & 1).astype(np.bool_)


def _joined(
    codes: IntArray, spent: FloatArray, bits: IntArray, code: int, amount: float, bit: int
) -> tuple[IntArray, FloatArray, IntArray]:
    """All sets with and without one more candidate; of those with the same sums the one that spends least."""
    every = np.concatenate([codes, codes + code])
    spends = np.concatenate([spent, spent + amount])
    order = np.argsort(every, kind="stable")
    every, spends = every[order], spends[order]
    new = np.concatenate([bits, bits | bit])[order]
    same = np.flatnonzero(every[1:] == every[:-1])
    less = spends[same] <= spends[same + 1]
    kept = np.ones(len(every), dtype=np.bool_)
    kept[np.where(less, same + 1, same)] = False
    return every[kept], spends[kept], new[kept]


def _codes(counts: IntArray) -> IntArray | None:
    """A number for each candidate, such that sets have the same number where they have the same sums; or None."""
    spans = np.abs(counts).sum(axis=1) + 1
    if np.log2(spans).sum() >= _BITS:
        return None
    steps = np.cumprod(np.r_[1, spans[:-1]])
    codes: IntArray = steps @ counts
    return codes
