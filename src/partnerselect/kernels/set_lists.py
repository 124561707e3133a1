"""Sets in order: best first, equal totals in the order of their members; and all sets of a size, in that order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import comb
from typing import NamedTuple

import numpy as np

from partnerselect.kernels.arrays import TIE, BoolArray, FloatArray, IntArray
from partnerselect.kernels.set_rules import Limits
from partnerselect.kernels.set_values import Worth
from partnerselect.kernels.value_draws import slices

_ROWS = 2**15
"""Sets that are looked at together: their sums stay in the processor's cache."""

_KEPT = 2**18
"""Largest table of combinations that is kept for the next question."""


class PartnerSet(NamedTuple):
    """A set of candidates, as ascending indices, and its total."""

    members: tuple[int, ...]
    total: float


class Listed:
    """The best sets so far, and all that tie with the last of them.

    Parameters
    ----------
    top : int
        How many are wanted.
    """

    def __init__(self, top: int) -> None:
        self._top = top
        self._members: list[IntArray] = []
        self._totals: list[FloatArray] = []
        self.line = -np.inf
        """Sets below this total are not wanted any more."""

    def add(self, members: IntArray, totals: FloatArray) -> None:
        """Take sets of one size, shape (c, size), rows ascending."""
        near = totals >= self.line
        if not near.all():
            members, totals = members[near], totals[near]
        if not len(totals):
            return
        self._members.append(members)
        self._totals.append(totals)
        every = np.concatenate(self._totals)
        if every.size >= self._top:
            self.line = float(np.partition(every, -self._top)[-self._top]) - TIE
            near_by_part = [part >= self.line for part in self._totals]
            self._members = [part[near] for part, near in zip(self._members, near_by_part, strict=True)]
            self._totals = [part[near] for part, near in zip(self._totals, near_by_part, strict=True)]

    def best(self) -> list[PartnerSet]:
        """The best sets, at most `top`."""
        if not self._totals:
            return []
        totals, members = np.concatenate(self._totals), _padded(self._members)
        order = np.argsort(-totals, kind="stable")
        falling = -totals[order]
        result: list[PartnerSet] = []
        start = 0
        while start < len(order) and len(result) < self._top:
            end = int(np.searchsorted(falling, falling[start] + TIE, side="right"))
            level = order[start:end]
            by_members = np.lexsort(members[level].T[::-1]) if members.shape[1] else np.zeros(1, dtype=np.int64)
            first = level[by_members][: self._top - len(result)]
            result += [PartnerSet(tuple(members[one][members[one] >= 0].tolist()), float(totals[one])) for one in first]
            start = end
        return result


def ordered(found: Sequence[BoolArray], worth: Worth, top: int) -> list[PartnerSet]:
    """The best of some sets, given as arrays of bool of shape (n_candidates,)."""
    listed = Listed(top)
    for chosen in found:
        members = np.flatnonzero(chosen)[None, :]
        listed.add(members, worth.totals(members))
    return listed.best()


def count(limits: Limits) -> int:
    """Number of sets that the size, must and must not allow."""
    free = limits.candidates - int((limits.must | limits.must_not).sum())
    return sum(comb(free, size - int(limits.must.sum())) for size in limits.sizes)


def walk(limits: Limits) -> Iterator[IntArray]:
    """All allowed sets: chunks of shape (c, size) with ascending rows, by size, each size in the order of members."""
    free = np.flatnonzero(~(limits.must | limits.must_not))
    fixed = np.flatnonzero(limits.must)
    for size in limits.sizes:
        table = combinations(free.size, size - fixed.size)
        for part in slices(len(table), _ROWS):
            members = _with(fixed, free[table[part]])
            holds = limits.allowed(members)
            yield members if holds.all() else members[holds]


def combinations(n: int, size: int) -> IntArray:
    """All ways to take `size` of n, shape (n over size, size), in order."""
    return _remembered(n, size) if comb(n, size) * size <= _KEPT else _combinations(n, size)


@lru_cache(maxsize=16)
def _remembered(n: int, size: int) -> IntArray:
    found = _combinations(n, size)
    found.setflags(write=False)
    return found


def _combinations(n: int, size: int) -> IntArray:
    """Column by column: each beginning is repeated once for every index that may follow."""
    columns: list[IntArray] = []
    last = np.full(1, -1, dtype=np.int64)
    for place in range(size):
        follow = n - size + place - last
        ends = np.cumsum(follow)
        columns = [np.repeat(column, follow) for column in columns]
        last = np.arange(ends[-1]) - np.repeat(ends - follow - last - 1, follow)
        columns.append(last.astype(np.int32))
    return np.stack(columns, axis=1) if columns else np.zeros((1, 0), dtype=np.int64)


def _with(fixed: IntArray, others: IntArray) -> IntArray:
    """Sets with the fixed members in their places."""
    if not fixed.size:
        return others
    both = np.concatenate([others, np.broadcast_to(fixed, (len(others), fixed.size))], axis=1)
    both.sort(axis=1)
    return both


def _padded(parts: Sequence[IntArray]) -> IntArray:
    """Sets of several sizes in one table; a place that is not filled is -1 and comes before every candidate."""
    width = max(part.shape[1] for part in parts)
    table = np.full((sum(len(part) for part in parts), width), -1, dtype=np.int64)
    start = 0
    for part in parts:
        table[start : start + len(part), : part.shape[1]] = part
        start += len(part)
    return table
