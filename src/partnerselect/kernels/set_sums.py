"""Every combination of sums that some set has: sets that no rule can tell apart are one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from partnerselect.kernels.arrays import BoolArray, FloatArray, IntArray
from partnerselect.kernels.set_rules import SLACK, Limits

_MOST = 2**19
"""Most combinations of sums that are followed."""

_BITS = 62
"""Numbers that fit into one integer."""


def distinct(limits: Limits) -> BoolArray | None:
    """One set, shape (c, n), for every combination of sums over the rows; of budgets the smallest sum.

    A distinct rule adds the number of different items to the combination, up to those that are enough. None where
    there are too many combinations, or more than one budget: the smallest sums of two are no one set's.
    """
    kinds = np.array([owner.kind for owner in limits.owners])
    budget = np.flatnonzero(kinds == "budgets")
    n = limits.candidates
    if len(budget) > 1 or n > _BITS:
        return None
    counts = limits.rows[~np.isin(kinds, ("budgets", "distinct"))].astype(np.int64)
    amounts = limits.rows[budget[0]] if len(budget) else np.zeros(n)
    codes = _codes(counts, limits.has.shape[1])
    if codes is None:
        return None
    order = np.argsort((counts != 0).sum(axis=0), kind="stable")
    fields = _fields(limits, order)
    found, spent, bits = np.zeros(1, dtype=np.int64), np.zeros(1), np.zeros(1, dtype=np.int64)
    for step, one in enumerate(order.tolist()):
        joined = found + codes[one]
        for field in fields:
            joined |= field.items[step]
        every = np.concatenate([found, joined])
        for field in fields:
            every = field.simplified(every, step)
        spends = np.concatenate([spent, spent + amounts[one]])
        found, spent, bits = _cheapest(every, spends, np.concatenate([bits, bits | 1 << one]))
        if len(found) > _MOST:
            return None
    return ((bits[:, None] >> np.arange(n)) & 1).astype(np.bool_)


class _Field(NamedTuple):
    """Bits of one distinct rule, one for each item: the lowest bit, all of them, and how many are enough.

    `items` are those of each candidate in the order of joining, and `last` the last step at which anybody has each
    one; the items are in the order of these steps.
    """

    low: int
    every: int
    least: float
    items: IntArray
    last: IntArray

    def simplified(self, codes: IntArray, step: int) -> IntArray:
        """Codes that are the same where nobody who joins after this step can make a difference.

        Items that nobody else has are as good as each other: their bits move to the front. Where there are enough
        of them, all bits are set.
        """
        settled = ((1 << int(np.count_nonzero(self.last <= step))) - 1) * self.low
        number = np.bitwise_count(codes & settled).astype(np.int64)
        codes = codes & ~settled | ((1 << number) - 1) * self.low
        codes[np.bitwise_count(codes & self.every) >= self.least] |= self.every
        return codes


def _fields(limits: Limits, order: IntArray) -> list[_Field]:
    fields, start = [], 0
    for each, least in zip(limits.distinct, limits.lo[len(limits.lo) - len(limits.distinct) :], strict=True):
        has = each.has[order]
        last = (has * np.arange(len(has))[:, None]).max(axis=0, initial=0)
        by_last = np.argsort(last, kind="stable")
        places = 1 << np.arange(start, start + last.size, dtype=np.int64)
        fields.append(_Field(1 << start, int(places.sum()), least - SLACK, has[:, by_last] @ places, last[by_last]))
        start += last.size
    return fields


def _cheapest(codes: IntArray, spent: FloatArray, bits: IntArray) -> tuple[IntArray, FloatArray, IntArray]:
    """Of the sets with the same code one that spends least."""
    order = np.argsort(codes, kind="stable")
    codes, spent, bits = codes[order], spent[order], bits[order]
    while (same := np.flatnonzero(codes[1:] == codes[:-1])).size:
        less = spent[same] <= spent[same + 1]
        kept = np.ones(len(codes), dtype=np.bool_)
        kept[np.where(less, same + 1, same)] = False
        codes, spent, bits = codes[kept], spent[kept], bits[kept]
    return codes, spent, bits


def _codes(counts: IntArray, items: int) -> IntArray | None:
    """A number for each candidate, such that sets have the same sum of them where they have the same sums; or None.

    Its last bits are free, one for each item.
    """
    spans = np.abs(counts).sum(axis=1) + 1
    if np.log2(spans).sum() + items >= _BITS:
        return None
    steps = np.cumprod(np.r_[1, spans[:-1]])
    codes: IntArray = steps @ counts << items
    return codes
