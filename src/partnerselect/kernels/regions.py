"""Weight regions: which weights are plausible. Each samples uniformly and says which linear constraints hold."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import FloatArray
from partnerselect.kernels.boxes import Box, between, box
from partnerselect.kernels.hulls import Hull, dirichlet, hull
from partnerselect.kernels.polytopes import Polytope, polytope

__all__ = [
    "Box",
    "Hull",
    "Mixture",
    "Order",
    "Polytope",
    "Region",
    "Simplex",
    "between",
    "box",
    "hull",
    "mixture",
    "order",
    "polytope",
    "simplex",
]


class Region(Protocol):
    """A convex set of normalised weights, none negative.

    Attributes
    ----------
    criteria : int
        Number of criteria, m.
    a_ub, b_ub : ndarrays of shape (n_constraints, m) and (n_constraints,)
        The region is where a_ub @ weights <= b_ub, weights >= 0 and the weights sum to 1.
    corners : ndarray of shape (n_corners, m), or None
        Weights whose mixtures are the region, where they are known: a linear function has its extremes at
        corners, so whoever optimises needs no constraints then. None where only the constraints are known.
    """

    @property
    def criteria(self) -> int: ...
    @property
    def a_ub(self) -> FloatArray: ...
    @property
    def b_ub(self) -> FloatArray: ...
    @property
    def corners(self) -> FloatArray | None: ...

    def sample(self, size: int, rng: np.random.Generator) -> FloatArray:
        """Weights drawn uniformly from the region, shape (size, m)."""


@dataclass(frozen=True, eq=False)
class Mixture:
    """Every weight of a region is `shares @ basis`: shares >= 0 that sum to 1 and keep a_ub @ shares <= b_ub.

    Attributes
    ----------
    basis : ndarray of shape (n_shares, n_criteria)
    a_ub, b_ub : ndarrays of shape (n_constraints, n_shares) and (n_constraints,)
    """

    basis: FloatArray
    a_ub: FloatArray
    b_ub: FloatArray


def mixture(region: Region | None, m: int) -> Mixture:
    """The form in which every region can be optimised over: mixtures of its corners, or constrained weights.

    Parameters
    ----------
    region : Region, optional
        None stands for all weights.
    m : int
        Number of criteria of whoever asks.

    Raises
    ------
    ValueError
        When the region is about another number of criteria.
    """
    known = simplex(m) if region is None else region
    if known.criteria != m:
        raise ValueError(f"the region is about {known.criteria} criteria; the values have {m}")
    if known.corners is None:
        return Mixture(np.eye(m), known.a_ub, known.b_ub)
    return Mixture(known.corners, np.zeros((0, len(known.corners))), np.zeros(0))


@dataclass(frozen=True)
class Simplex:
    """All weights."""

    criteria: int

    @property
    def a_ub(self) -> FloatArray:
        return np.zeros((0, self.criteria))

    @property
    def b_ub(self) -> FloatArray:
        return np.zeros(0)

    @property
    def corners(self) -> FloatArray:
        return np.eye(self.criteria)

    def sample(self, size: int, rng: np.random.Generator) -> FloatArray:
        return dirichlet(size, self.criteria, rng)


@dataclass(frozen=True)
class Order:
    """Weights that agree with an order of importance."""

    indices: tuple[int, ...]

    @property
    def criteria(self) -> int:
        return len(self.indices)

    @property
    def a_ub(self) -> FloatArray:
        ordered = np.eye(self.criteria)[list(self.indices)]
        return ordered[1:] - ordered[:-1]

    @property
    def b_ub(self) -> FloatArray:
        return np.zeros(self.criteria - 1)

    @property
    def corners(self) -> FloatArray:
        """Equal weights for the first, the first two, ... criteria."""
        ordered = np.eye(self.criteria)[list(self.indices)]
        return np.cumsum(ordered, axis=0) / np.arange(1, self.criteria + 1)[:, None]

    def sample(self, size: int, rng: np.random.Generator) -> FloatArray:
        result = np.empty((size, self.criteria))
        result[:, list(self.indices)] = np.sort(dirichlet(size, self.criteria, rng), axis=1)[:, ::-1]
        return result


def simplex(m: int) -> Simplex:
    """All weights of m criteria; sampled by Dirichlet(1), which is uniform (uniform-then-normalise is not).

    Parameters
    ----------
    m : int
        Number of criteria, at least 1.

    Raises
    ------
    ValueError
        When m is less than 1.

    References
    ----------
    Devroye (1986), Non-Uniform Random Variate Generation, section V.2: normalised exponentials.
    """
    if operator.index(m) < 1:
        raise ValueError(f"m is {m}; weights need at least 1 criterion")
    return Simplex(operator.index(m))


def order(indices: ArrayLike) -> Order:
    """Weights that agree with an order of importance: sorted draws from the simplex.

    Parameters
    ----------
    indices : array_like of int, shape (n_criteria,)
        Every criterion once, most important first.

    Raises
    ------
    ValueError
        When a criterion is missing or named twice.

    References
    ----------
    Tervonen & Lahdelma (2007), Implementing stochastic multicriteria acceptability analysis, European
    Journal of Operational Research 178(2), section 3.
    """
    given = np.asarray(indices)
    if given.ndim != 1 or not given.size or sorted(given.tolist()) != list(range(given.size)):
        raise ValueError(f"indices are {given.tolist()}; they take every criterion from 0 on exactly once")
    return Order(tuple(int(index) for index in given))
