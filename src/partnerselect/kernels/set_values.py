"""What a set is worth: how partners combine on each criterion, for many sets at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import BoolArray, FloatArray, IntArray, matrix, numbers
from partnerselect.kernels.checks import finite_matrix, finite_vector
from partnerselect.kernels.set_coverage import Cover

_WORDS = ("sum", "mean", "best")


@dataclass(frozen=True, eq=False)
class Coverage:
    """A criterion's value is the share of its items that the set covers together with the members.

    What is possible counts where doubt does: `doubt` and `core_index` draw it, `rivals` takes what favours each set
    most. Whatever looks at one table of values (`best_sets`, `near_best`, `standing`, `prices`, `marginals`,
    `redundancy`) goes by what is sure. An item that is both is sure.

    Attributes
    ----------
    items : array_like of bool, shape (n_candidates, n_items)
        Which candidate has which item for sure.
    covered : array_like of bool, shape (n_items,)
        What the members have for sure.
    possible : array_like of bool, shape (n_candidates, n_items), optional
        Which items a candidate may have beside its sure ones: all of them where nothing is known.
    covered_possibly : array_like of bool, shape (n_items,), optional
        What the members may have beside.
    """

    items: ArrayLike
    covered: ArrayLike
    possible: ArrayLike | None = None
    covered_possibly: ArrayLike | None = None


Combine = str | Coverage | Sequence[str | Coverage]
"""How partners combine: "sum", "mean", "best" or a `Coverage`; one for all criteria, or one for each."""


@dataclass(frozen=True, eq=False)
class Combination:
    """How partners combine, read: the criteria of each kind, as indices."""

    added: IntArray
    averaged: IntArray
    best: IntArray
    covering: IntArray
    covers: tuple[Cover, ...]

    @cached_property
    def certain(self) -> Combination:
        """Without the covering criteria of which something is only possible."""
        known = [cover.certain for cover in self.covers]
        return replace(self, covering=self.covering[known], covers=tuple(compress(self.covers, known)))

    def shares(self, members: IntArray) -> FloatArray:
        """Share of the items surely covered on each covering criterion, shape (c, n_covering), for sets (c, size)."""
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


def _cover(coverage: Coverage, n: int) -> Cover:
    sure, known = _flags("items", coverage.items), _flags("covered", coverage.covered)
    if sure.ndim != 2 or len(sure) != n or known.shape != sure.shape[1:]:
        told = f"items of shape {sure.shape} and covered of shape {known.shape}"
        raise ValueError(f"a coverage has {told}; it takes ({n}, k) and (k,)")
    possible = _flags_beside(sure, "possible", coverage.possible)
    met = _flags_beside(known, "covered_possibly", coverage.covered_possibly)
    share = 1.0 / max(known.size, 1)
    return Cover(sure[:, ~known], possible[:, ~known], met[~known], share, share * int(known.sum()))


def _flags(name: str, given: ArrayLike) -> BoolArray:
    found = numbers(f"{name} of a coverage", given)
    if not ((found == 0) | (found == 1)).all():
        raise ValueError(f"{name} of a coverage must be True or False everywhere; what is not known is possible")
    return found.astype(np.bool_)


def _flags_beside(sure: BoolArray, name: str, given: ArrayLike | None) -> BoolArray:
    """What is possible and not sure."""
    if given is None:
        return np.zeros_like(sure)
    found = _flags(name, given)
    if found.shape != sure.shape:
        raise ValueError(f"{name} of a coverage has shape {found.shape}; it takes shape {sure.shape}")
    return found & ~sure
