"""An order of importance in which some criteria may stand level: tiers of criteria, most important first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from partnerselect.kernels.arrays import FloatArray
from partnerselect.kernels.hulls import dirichlet


@dataclass(frozen=True)
class Tiers:
    """Weights of which none in a tier is below any in a later one; inside a tier nothing is said.

    A region as `regions.Region` describes it; its corners may be very many, so that only its constraints are known.
    """

    groups: tuple[tuple[int, ...], ...]

    @property
    def criteria(self) -> int:
        return sum(len(group) for group in self.groups)

    @property
    def a_ub(self) -> FloatArray:
        unit = np.eye(self.criteria)
        rows = [unit[low] - unit[high] for above, below in pairwise(self.groups) for high in above for low in below]
        return np.array(rows).reshape(len(rows), self.criteria)

    @property
    def b_ub(self) -> FloatArray:
        return np.zeros(len(self.a_ub))

    @property
    def corners(self) -> None:
        return None

    def largest(self, gains: FloatArray) -> FloatArray:
        """The largest `gains @ weights`, shape (c,), for gains of shape (c, n_criteria).

        At a corner, all tiers down to one and some of that tier weigh the same: there those that gain most come first.
        """
        falling = np.concatenate([-np.sort(-gains[:, list(group)], axis=1) for group in self.groups], axis=1)
        means = np.cumsum(falling, axis=1) / np.arange(1, self.criteria + 1)
        found: FloatArray = means.max(axis=1)
        return found

    def sample(self, size: int, rng: np.random.Generator) -> FloatArray:
        """Draws from the simplex, sorted; each tier takes its share of them in random order."""
        falling = np.sort(dirichlet(size, self.criteria, rng), axis=1)[:, ::-1]
        result = np.empty((size, self.criteria))
        start = 0
        for group in self.groups:
            own = falling[:, start : start + len(group)]
            result[:, list(group)] = rng.permuted(own, axis=1) if len(group) > 1 else own
            start += len(group)
        return result


def tiers(groups: Sequence[Sequence[int]]) -> Tiers:
    """Weights in tiers.

    Parameters
    ----------
    groups : sequence of sequences of int
        Every criterion once, the most important tier first.

    Raises
    ------
    ValueError
        When a criterion is missing or named twice, or a tier is empty.

    References
    ----------
    A permutation of a uniform draw from the simplex is one too: sorted draws are uniform on an order of
    importance (Tervonen & Lahdelma 2007), and shuffled inside the tiers on all orders that keep the tiers.
    """
    given = tuple(tuple(int(index) for index in group) for group in groups)
    named = sorted(index for group in given for index in group)
    if not given or not all(given) or named != list(range(len(named))):
        raise ValueError(
            f"groups are {given}; they take every criterion from 0 on exactly once, in tiers of at least one"
        )
    return Tiers(given)
