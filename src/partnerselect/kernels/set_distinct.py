"""How many different items the candidates of a set have together: an item that two of them have counts once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from partnerselect.kernels.arrays import BoolArray, IntArray
from partnerselect.kernels.set_coverage import Bits, packed, union


@dataclass(frozen=True, eq=False)
class Distinct:
    """Which candidate has which item.

    Attributes
    ----------
    has : ndarray of bool, shape (n_candidates, n_items)
    """

    has: BoolArray

    @cached_property
    def words(self) -> Bits:
        """The items of each candidate as bits, shape (n_words, n_candidates)."""
        return packed(self.has).T

    @cached_property
    def most(self) -> int:
        """The most items that one candidate has."""
        return int(self.has.sum(axis=1).max(initial=0))

    def number(self, members: IntArray) -> IntArray:
        """Different items of sets of one size, shape (c, size), as shape (c,)."""
        found = np.zeros(len(members), dtype=np.int64)
        for word in self.words:
            found += np.bitwise_count(union(word, members))
        return found

    def number_chosen(self, chosen: BoolArray) -> IntArray:
        """Different items of sets of any sizes, shape (..., n_candidates), as shape (...)."""
        found = np.zeros(chosen.shape[:-1], dtype=np.int64)
        for owners in self.has.T:
            found += chosen[..., owners].any(axis=-1)
        return found
