"""What a set is worth: how partners combine on each criterion, for many sets at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import BoolArray, FloatArray, IntArray, matrix
from partnerselect.kernels.checks import finite_matrix, finite_vector

_WORDS = ("sum", "mean", "best")


@dataclass(frozen=True, eq=False)
class Coverage:
    """A criterion's value is the share of its items that the set covers together with the members.

    Attributes
    ----------
    items : ndarray of bool, shape (n_candidates, n_items)
        Which candidate has which item.
    covered : ndarray of bool, shape (n_items,)
        What the members have already.
    """

    items: ArrayLike
    covered: ArrayLike


Combine = str | Coverage | Sequence[str | Coverage]
"""How partners combine: "sum", "mean", "best" or a `Coverage`; one for all criteria, or one for each."""


@dataclass(frozen=True, eq=False)
class _Cover:
    """One coverage criterion: the items that are not covered yet, and the share that is."""

    missing: BoolArray
    share: float
    covered: float

    @cached_property
    def words(self) -> IntArray:
        """The missing items of each candidate as bits, shape (n_candidates, n_words)."""
        count, width = self.missing.shape
        padded = np.zeros((count, -(-width // 64) * 64), dtype=np.bool_)
        padded[:, :width] = self.missing
        return np.packbits(padded, axis=1).view(np.int64)

    def shares(self, members: IntArray) -> FloatArray:
        found = np.zeros(len(members))
        for word in self.words.T:
            union = np.zeros(len(members), dtype=np.int64)
            for column in members.T:
                union |= word[column]
            found += np.bitwise_count(union.view(np.uint64))
        return self.covered + self.share * found


@dataclass(frozen=True, eq=False)
class Combination:
    """How partners combine, read: the criteria of each kind, as indices."""

    added: IntArray
    averaged: IntArray
    best: IntArray
    covering: IntArray
    covers: tuple[_Cover, ...]

    def shares(self, members: IntArray) -> FloatArray:
        """Share of the items covered on each covering criterion, shape (c, n_covering), for sets (c, size)."""
        found = np.empty((len(members), len(self.covers)))
        for column, cover in zip(found.T, self.covers, strict=True):
            column[:] = cover.shares(members)
        return found

    def checked(self, name: str, values: ArrayLike, shape: tuple[int, int] | None = None) -> FloatArray:
        """`values` as a matrix, finite wherever they count; a covering criterion's values are taken as 0."""
        table = matrix(name, values, shape).copy()
        table[:, self.covering] = 0.0
        return finite_matrix(name, table)


@dataclass(frozen=True, eq=False)
class Worth:
    """What candidates bring to a set under given values and weights.

    Attributes
    ----------
    added, averaged : ndarrays of shape (n_candidates,)
        Weighted values on the criteria that are summed, and on those that are averaged.
    best : ndarray of shape (n_candidates, n_best)
        Weighted values on each criterion of which the best counts.
    covered : ndarray of shape (n_covering,)
        Weights of the covering criteria.
    combination : Combination
    """

    added: FloatArray
    averaged: FloatArray
    best: FloatArray
    covered: FloatArray
    combination: Combination

    def totals(self, members: IntArray) -> FloatArray:
        """Total of each set, shape (c,), for sets of one size, shape (c, size)."""
        count, size = members.shape
        linear = self.added + self.averaged / max(size, 1)
        found = np.zeros(count)
        for column in members.T:
            found += linear[column]
        for best in self.best.T if size else ():
            most = best[members[:, 0]]
            for column in members.T[1:]:
                np.maximum(most, best[column], out=most)
            found += most
        if self.covered.size:
            found += self.combination.shares(members) @ self.covered
        return found

    def total(self, members: Sequence[int]) -> float:
        """Total of one set."""
        return float(self.totals(np.array(members, dtype=np.int64).reshape(1, -1))[0])


def combination(combine: Combine, n: int, m: int) -> Combination:
    """How partners combine on m criteria.

    Raises
    ------
    ValueError
        When there is not one word, or one entry for each criterion, or a coverage is about other candidates.
    """
    each = [combine] * m if isinstance(combine, str | Coverage) else list(combine)
    if len(each) != m:
        raise ValueError(f"combine has {len(each)} entries; there are {m} criteria")
    for entry in each:
        if not isinstance(entry, Coverage) and entry not in _WORDS:
            raise ValueError(f"combine holds {entry!r}; it takes 'sum', 'mean', 'best' or a Coverage")
    kinds = np.array([entry if isinstance(entry, str) else "coverage" for entry in each], dtype=np.str_)
    added, averaged, best, covering = (np.flatnonzero(kinds == kind) for kind in (*_WORDS, "coverage"))
    covers = tuple(_cover(entry, n) for entry in each if isinstance(entry, Coverage))
    return Combination(added, averaged, best, covering, covers)


def worth(values: ArrayLike, weights: ArrayLike, combine: Combine = "sum") -> Worth:
    """What candidates bring under given values and weights.

    Raises
    ------
    ValueError
        When shapes do not fit, something is not finite, or a weight is negative.
    """
    shape = np.shape(values)
    if len(shape) != 2:
        raise ValueError(f"values has shape {shape}; it takes shape (n, m)")
    how = combination(combine, *shape)
    return worth_of(how.checked("values", values), checked_weights(weights, shape[1]), how)


def worth_of(values: FloatArray, weights: FloatArray, how: Combination) -> Worth:
    """As `worth`, from what has been checked."""
    added = values[:, how.added] @ weights[how.added]
    averaged = values[:, how.averaged] @ weights[how.averaged]
    return Worth(added, averaged, values[:, how.best] * weights[how.best], weights[how.covering], how)


def checked_weights(weights: ArrayLike, m: int) -> FloatArray:
    """Weights of m criteria, none negative."""
    given = finite_vector("weights", weights, m)
    if (given < 0).any():
        raise ValueError("weights must not be negative")
    return given


def _cover(coverage: Coverage, n: int) -> _Cover:
    items, covered = np.asarray(coverage.items), np.asarray(coverage.covered)
    if items.ndim != 2 or len(items) != n or covered.shape != items.shape[1:]:
        told = f"items of shape {items.shape} and covered of shape {covered.shape}"
        raise ValueError(f"a coverage has {told}; it takes ({n}, k) and (k,)")
    known = covered.astype(np.bool_)
    share = 1.0 / max(known.size, 1)
    return _Cover(items.astype(np.bool_)[:, ~known], share, share * int(known.sum()))
