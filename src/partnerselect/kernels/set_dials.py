"""What can be turned until some set is allowed, and every smallest group of such dials that is enough."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from partnerselect.kernels.arrays import BoolArray, FloatArray, IntArray
from partnerselect.kernels.set_rules import SLACK, Limits
from partnerselect.kernels.set_sums import distinct
from partnerselect.kernels.value_draws import slices

BOUNDED = ("size", "quotas", "budgets", "distinct")
"""Rules that can be made a little weaker; the others hold or are dropped."""

_INFEASIBLE = 2
_ROWS = 2**14

_BITS = 62
"""Dials that fit into one integer."""

_SCALE = 2.0**12
"""The solver stops within a millionth of the cheapest; scaled, that is nothing."""


@dataclass(frozen=True, eq=False)
class Dials:
    """The least and the most of each limit, or whether a rule holds at all."""

    limits: Limits

    @cached_property
    def lower(self) -> IntArray:
        """The dial of each row's least, shape (n_rows,)."""
        steps: IntArray = np.array([owner.kind in BOUNDED for owner in self.limits.owners], dtype=np.int64)
        return self.upper - steps

    @cached_property
    def upper(self) -> IntArray:
        """The dial of each row's most, shape (n_rows,); a rule that can only be dropped has one dial for both."""
        steps: IntArray = np.array([1 + (owner.kind in BOUNDED) for owner in self.limits.owners])
        last: IntArray = np.cumsum(steps) - 1
        return last

    @cached_property
    def scale(self) -> FloatArray:
        """What an excess on each dial is measured by, shape (n_dials,): none is larger."""
        sizes = np.ones(self.upper[-1] + 1)
        least, most = np.minimum(self.limits.rows, 0).sum(axis=1), np.maximum(self.limits.rows, 0).sum(axis=1)
        bounded = self.lower < self.upper
        for dials, excess in ((self.lower, self.limits.lo - least), (self.upper, most - self.limits.hi)):
            use = bounded & np.isfinite(excess)
            sizes[dials[use]] = np.maximum(excess[use], 1.0)
        return sizes

    def excess(self, chosen: BoolArray) -> FloatArray:
        """How far sets, shape (..., n_candidates), are beyond each dial, shape (..., n_dials); 0 where limits hold."""
        has = self.limits.found(chosen)
        found = np.zeros((*has.shape[:-1], self.scale.size))
        below, above = self.limits.lo - has, has - self.limits.hi
        found[..., self.upper] = np.where(above > SLACK, above, 0.0)
        found[..., self.lower] += np.where(below > SLACK, below, 0.0)
        return found


def ways_out(dials: Dials) -> Iterator[BoolArray]:
    """For each smallest group of dials that is enough, a set, shape (n,), that turns those and as little as possible.

    One set that is allowed where there are such sets. No order is promised.
    """
    sets = distinct(dials.limits) if dials.scale.size <= _BITS else None
    return _by_programme(dials) if sets is None else _by_looking(dials, sets)


def _by_looking(dials: Dials, sets: BoolArray) -> Iterator[BoolArray]:
    """Among all sets that differ in their sums, those whose dials contain no other set's dials."""
    bits = 1 << np.arange(dials.scale.size, dtype=np.int64)
    turned, costs = np.empty(len(sets), dtype=np.int64), np.empty(len(sets))
    for part in slices(len(sets), _ROWS):
        excess = dials.excess(sets[part])
        turned[part] = (excess > 0) @ bits
        costs[part] = excess @ (1 / dials.scale)
    order = np.lexsort((costs, turned, np.bitwise_count(turned)))
    order = order[np.r_[True, turned[order][1:] != turned[order][:-1]]]
    while order.size:
        smallest = turned[order[0]]
        yield sets[order[0]]
        order = order[turned[order] & smallest != smallest]


def _by_programme(dials: Dials) -> Iterator[BoolArray]:
    """One mixed-integer programme for each group, without the groups that contain one already found.

    The variables are the candidates; for each item of a distinct rule, whether somebody chosen has it; for each dial
    whether it is turned; and how far, as a share of its scale. It turns as few dials as possible, and those as little
    as possible.
    """
    limits, count = dials.limits, dials.scale.size
    n, items = limits.has.shape
    turn = [np.eye(count)[which] * dials.scale for which in (dials.lower, dials.upper)]
    nothing, below, above = np.zeros((len(limits.lo), count)), np.isfinite(limits.lo), np.isfinite(limits.hi)
    rows = [
        LinearConstraint(np.hstack([limits.rows_with_items, nothing, turn[0]])[below], limits.lo[below], math.inf),
        LinearConstraint(np.hstack([limits.rows_with_items, nothing, -turn[1]])[above], -math.inf, limits.hi[above]),
        LinearConstraint(np.hstack([-1.0 * limits.has.T, np.eye(items), np.zeros((items, 2 * count))]), -math.inf, 0.0),
        LinearConstraint(np.hstack([np.zeros((count, n + items)), -np.eye(count), np.eye(count)]), -math.inf, 0.0),
    ]
    cost = _SCALE * np.r_[np.zeros(n + items), np.ones(count), np.full(count, 0.5 / count)]
    while True:
        found = milp(
            cost,
            integrality=np.r_[np.ones(n), np.zeros(items), np.ones(count), np.zeros(count)],
            bounds=Bounds(0, 1),
            constraints=rows,
            options={"mip_rel_gap": 0.0},
        )
        if found.status == _INFEASIBLE:
            return
        if found.x is None:
            raise ValueError(f"a mixed-integer programme was not solved: {found.message}")
        chosen, claimed = found.x[:n] > 0.5, found.x[n + items : -count] > 0.5
        turned = dials.excess(chosen) > 0
        if (turned & ~claimed).any():  # the solver's tolerance hid an excess: this set needs one of those dials
            row = np.r_[np.where(chosen, 1.0, -1.0), np.zeros(items), -1.0 * (turned & ~claimed), np.zeros(count)]
            rows.append(LinearConstraint(row, -math.inf, chosen.sum() - 1.0))
            continue
        yield chosen
        if not turned.any():
            return
        rows.append(
            LinearConstraint(np.r_[np.zeros(n + items), turned, np.zeros(count)], -math.inf, turned.sum() - 1.0)
        )
