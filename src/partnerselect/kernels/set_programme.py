"""The best set as a linear programme: coverage and best-of made linear exactly, and a bound that its prices prove."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, eye_array, hstack, kron, vstack

from partnerselect.kernels.arrays import BoolArray, FloatArray
from partnerselect.kernels.set_rules import SLACK, Limits
from partnerselect.kernels.set_values import Worth

_INFEASIBLE = 2
_GAP = 1e-9
"""What the solver's absolute gap of a millionth shall mean at most, in totals."""


@dataclass(frozen=True, eq=False)
class Bound:
    """No allowed set's total is above `constant + profits @ chosen`."""

    constant: float
    profits: FloatArray


@dataclass(frozen=True, eq=False)
class Programme:
    """Find an allowed set with the largest total. It has at least one candidate, and one size if means count.

    The variables are: whether a candidate is chosen; for each best-of criterion, whose value is the best one (one
    of the chosen); for each item that is not covered yet, and each that a distinct rule counts, whether somebody
    chosen has it.

    Attributes
    ----------
    worth : Worth
    limits : Limits
        With the sizes in question.
    """

    worth: Worth
    limits: Limits

    def bound(self) -> Bound | None:
        """The bound that the prices of the linear programme prove; None where not even fractions are allowed.

        Whatever prices the solver gives, the bound is true: only how tight it is depends on them.
        """
        lower, upper = (np.flatnonzero(np.isfinite(side)) for side in (self.limits.lo, self.limits.hi))
        rows = self._rows
        inequalities = vstack([rows[upper], -rows[lower], self._representative, self._item_needs])
        count = inequalities.shape[0]
        right = np.zeros(count)
        right[: upper.size + lower.size] = np.r_[self.limits.hi[upper], -self.limits.lo[lower]]
        found = linprog(
            -self._objective,
            inequalities,
            right,
            self._one_each if self._best else None,
            np.ones(self._best) if self._best else None,
            self._box,
            method="highs",
        )
        if found.status == _INFEASIBLE:
            return None
        if found.status != 0:
            raise ValueError(f"a linear programme was not solved: {found.message}")
        prices = np.maximum(-found.ineqlin.marginals, 0.0)
        above, below = prices[: upper.size], prices[upper.size : upper.size + lower.size]
        lines = -found.eqlin.marginals if self._best else np.zeros(0)
        priced = rows[lower].T @ below - rows[upper].T @ above
        gains = self._gains + priced[self._width - self._gains.size :]
        items = np.minimum(prices[count - gains.size :], gains)
        profits = self._linear + np.maximum(self.worth.best - lines, 0.0).sum(axis=1) + self._has @ items
        profits += priced[: profits.size]
        constant = self._covered + lines.sum() + (gains - items).sum()
        constant += above @ (self.limits.hi[upper] + SLACK) - below @ (self.limits.lo[lower] - SLACK)
        return Bound(float(constant), profits)

    def solve(self, without: list[BoolArray]) -> BoolArray | None:
        """A set that the solver takes for best, apart from those in `without`; None where it sees none.

        Its tolerances decide nothing: whoever asks checks the set, and asks again without it.
        """
        missing = 0.0 if len(self.limits.sizes) == 1 else -1.0  # of sets of one size, another one lacks a member
        cuts = np.array([np.where(chosen, 1.0, missing) for chosen in without])
        cuts = cuts.reshape(len(without), self.limits.candidates)
        allowed = np.array([chosen.sum() - 1.0 for chosen in without])
        found = milp(
            -self._objective * self._scale,
            integrality=np.r_[np.ones(self.limits.candidates), np.zeros(self._width - self.limits.candidates)],
            bounds=Bounds(self._box[:, 0], self._box[:, 1]),
            constraints=[
                LinearConstraint(self._rows, self.limits.lo, self.limits.hi + SLACK),
                LinearConstraint(vstack([self._representative, self._item_needs]), -np.inf, 0.0),
                LinearConstraint(self._one_each, 1.0, 1.0),
                LinearConstraint(self._wide(csr_array(cuts)), -np.inf, allowed),
            ],
            options={"mip_rel_gap": 0.0},
        )
        if found.status == _INFEASIBLE:
            return None
        if found.x is None:
            raise ValueError(f"a mixed-integer programme was not solved: {found.message}")
        chosen: BoolArray = found.x[: self.limits.candidates] > 0.5
        return chosen

    @property
    def _best(self) -> int:
        return int(self.worth.best.shape[1])

    @cached_property
    def _linear(self) -> FloatArray:
        size = max(self.limits.sizes.start, 1)
        return self.worth.added + self.worth.averaged / size

    @cached_property
    def _has(self) -> csr_array:
        """Which candidate has which uncovered item, and which that a distinct rule counts, shape (n, items)."""
        missing = (csr_array(cover.missing * 1.0) for cover in self.worth.combination.covers)
        return hstack([*missing, csr_array(self.limits.has * 1.0)]).tocsr()

    @cached_property
    def _gains(self) -> FloatArray:
        """What each item adds once somebody chosen has it; those that a distinct rule counts add nothing."""
        covers = zip(self.worth.covered, self.worth.combination.covers, strict=True)
        added = (np.full(cover.missing.shape[1], weight * cover.share) for weight, cover in covers)
        return np.concatenate([*added, np.zeros(self.limits.has.shape[1])])

    @property
    def _covered(self) -> float:
        return float(sum(w * c.covered for w, c in zip(self.worth.covered, self.worth.combination.covers, strict=True)))

    @property
    def _width(self) -> int:
        return int(self.limits.candidates * (1 + self._best) + self._gains.size)

    @cached_property
    def _objective(self) -> FloatArray:
        return np.concatenate([self._linear, self.worth.best.T.ravel(), self._gains])

    @property
    def _scale(self) -> float:
        """A power of two that makes the solver's absolute gap small; large totals are as precise as they are."""
        largest = float(np.abs(self._objective).max(initial=0.0))
        return 2.0 ** round(math.log2(1e-6 / _GAP / max(largest, 1.0)))

    @cached_property
    def _box(self) -> FloatArray:
        low, high = np.zeros(self._width), np.ones(self._width)
        low[: self.limits.candidates] = self.limits.must
        high[: self.limits.candidates] = ~self.limits.must_not
        return np.column_stack([low, high])

    def _wide(self, rows: csr_array) -> csr_array:
        """Rows about candidates as rows about all variables."""
        return hstack([rows, csr_array((rows.shape[0], self._width - rows.shape[1]))]).tocsr()

    @cached_property
    def _rows(self) -> csr_array:
        n, rows = self.limits.candidates, csr_array(self.limits.rows_with_items)
        between = csr_array((rows.shape[0], self._width - rows.shape[1]))
        return hstack([rows[:, :n], between, rows[:, n:]]).tocsr()

    @cached_property
    def _representative(self) -> csr_array:
        """Who stands for a best-of criterion is chosen: one row for each criterion and candidate."""
        n, best = self.limits.candidates, self._best
        chosen = kron(np.ones((best, 1)), eye_array(n)) if best else csr_array((0, n))
        return hstack([-chosen, eye_array(n * best), csr_array((n * best, self._gains.size))]).tocsr()

    @cached_property
    def _one_each(self) -> csr_array:
        """One stands for each best-of criterion."""
        n, best = self.limits.candidates, self._best
        one = kron(eye_array(best), np.ones((1, n))) if best else csr_array((0, 0))
        return hstack([csr_array((best, n)), one, csr_array((best, self._gains.size))]).tocsr()

    @cached_property
    def _item_needs(self) -> csr_array:
        """An item needs somebody chosen who has it: one row for each item."""
        n, items = self.limits.candidates, self._gains.size
        return hstack([-self._has.T, csr_array((items, n * self._best)), eye_array(items)]).tocsr()
