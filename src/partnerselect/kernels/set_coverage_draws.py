"""Items that candidates may have, drawn sample by sample: any number of them is as likely as any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from partnerselect.kernels.arrays import BoolArray, FloatArray, IntArray
from partnerselect.kernels.set_coverage import Bits, Cover, packed, union
from partnerselect.kernels.set_values import Combination
from partnerselect.kernels.value_draws import slices

_ROWS = 512
"""Sets that are looked at together: what they have stays in the processor's cache."""


@dataclass(frozen=True, eq=False)
class DrawnItems:
    """Who has which items of one coverage criterion in some samples.

    Attributes
    ----------
    criterion : int
    cover : Cover
        What is sure and what is possible.
    there : ndarray of bool, shape (n_samples, n_candidates + 1, n_missing)
        In the last row, what the members cover.
    """

    criterion: int
    cover: Cover
    there: BoolArray

    @cached_property
    def words(self) -> Bits:
        """The items as bits, shape (n_words, n_candidates + 1, n_samples)."""
        return np.ascontiguousarray(packed(self.there).T)

    def add(self, totals: FloatArray, members: IntArray, weights: FloatArray) -> None:
        """Add what sets (c, size) cover to their totals (c, n_samples), under weights (n_samples,)."""
        each, sure = weights * self.cover.share, weights * self.cover.covered
        for part in slices(len(members), _ROWS):
            totals[part] += sure
            for word in self.words:
                totals[part] += np.bitwise_count(union(word, members[part], word[-1])) * each

    def told(self, sample: int) -> Cover:
        """The criterion as it is in one sample, where nothing is in doubt."""
        there, met = self.there[sample, :-1], self.there[sample, -1]
        covered = self.cover.covered + self.cover.share * int(met.sum())
        nothing = np.zeros_like(there[:, ~met])
        return Cover(there[:, ~met], nothing, np.zeros_like(met[~met]), self.cover.share, covered)


class ItemDraws:
    """The items of one coverage criterion, sample after sample; how many are asked for at a time changes nothing.

    Each candidate has a chance of its own, uniform on (0, 1), with which it has each of its possible items: of p
    of them it has 0 to p, each number equally likely. The members are one more candidate.

    Parameters
    ----------
    criterion : int
    cover : Cover
    seed : sequence of int
        That of the weights and values; the items of each criterion are drawn beside them.

    References
    ----------
    Bayes (1763), An essay towards solving a problem in the doctrine of chances, Philosophical Transactions 53: a
    uniform chance makes all numbers of successes equally likely.
    """

    def __init__(self, criterion: int, cover: Cover, seed: Sequence[int]) -> None:
        self._criterion, self._cover = criterion, cover
        self._sure = np.vstack([cover.missing, np.zeros_like(cover.met)])
        possible = np.vstack([cover.possible, cover.met])
        self._open = np.flatnonzero(possible)
        owners, self._owner = np.unique(np.nonzero(possible)[0], return_inverse=True)
        self._owners = owners.size
        self._rng = np.random.default_rng([2, criterion, *seed])

    @property
    def cells(self) -> int:
        """Items of all candidates, sure, possible or not: what a sample takes room for."""
        return self._sure.size

    def take(self, count: int) -> DrawnItems:
        """The next `count` samples."""
        drawn = self._rng.random((count, self._owners + self._open.size))
        there = np.repeat(self._sure[None], count, axis=0)
        there.reshape(count, -1)[:, self._open] = drawn[:, self._owners :] < drawn[:, self._owner]
        return DrawnItems(self._criterion, self._cover, there)


def item_draws(how: Combination, seed: Sequence[int]) -> list[ItemDraws]:
    """One for each coverage criterion that is in doubt."""
    covers = zip(how.covering.tolist(), how.covers, strict=True)
    return [ItemDraws(criterion, cover, seed) for criterion, cover in covers if not cover.certain]


def told(how: Combination, items: Sequence[DrawnItems], sample: int) -> Combination:
    """How partners combine in one sample, with the items drawn for it."""
    drawn = {each.criterion: each.told(sample) for each in items}
    covers = zip(how.covering.tolist(), how.covers, strict=True)
    return replace(how, covers=tuple(drawn.get(criterion, cover) for criterion, cover in covers))
