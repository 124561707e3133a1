"""Mixtures of given weights, such as viewpoints or ballots: their convex hull, sampled exactly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import comb

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import null_space
from scipy.spatial import ConvexHull

from partnerselect.kernels.arrays import FloatArray, IntArray
from partnerselect.kernels.checks import finite_matrix

_FLAT = 1e-9
"""Directions in which weights differ by less than this share of their largest difference are none."""

_POINT = 1e-12
"""Weights that differ by less are the same."""

_FACETS = 1_000_000
"""Most facets that a hull may have before it is refused: beyond, time and memory run away."""


@dataclass(frozen=True, eq=False)
class Hull:
    """All mixtures of the rows of `corners`, ndarray of shape (n_points, n_criteria)."""

    corners: FloatArray

    @property
    def criteria(self) -> int:
        return int(self.corners.shape[1])

    @property
    def a_ub(self) -> FloatArray:
        return self._constraints[0]

    @property
    def b_ub(self) -> FloatArray:
        return self._constraints[1]

    def sample(self, size: int, rng: np.random.Generator) -> FloatArray:
        """Weights drawn uniformly, shape (size, n_criteria): a simplex by its volume, then a point in it."""
        points, pieces, volumes = self._pieces
        ends = np.cumsum(volumes)
        chosen = np.searchsorted(ends, rng.random(size) * ends[-1], side="right")
        shares = dirichlet(size, pieces.shape[1], rng)
        result = np.zeros((size, self.criteria))
        for share, corner in zip(shares.T, pieces.T, strict=True):
            result += share[:, None] * points[corner[chosen]]
        return result

    @cached_property
    def _flat(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Middle of the points, an orthonormal basis (d, m) of the directions between them, coordinates (n, d)."""
        middle = self.corners.mean(axis=0)
        _, lengths, directions = np.linalg.svd(self.corners - middle, full_matrices=False)
        basis = directions[lengths > max(_FLAT * lengths.max(), _POINT)]
        return middle, basis, (self.corners - middle) @ basis.T

    @cached_property
    def _surface(self) -> ConvexHull:
        """Facets, for points that are more than a simplex."""
        count, dimension = self._flat[2].shape
        half = dimension // 2
        most = comb(count - (dimension + 1) // 2, half) + comb(count - dimension // 2 - 1, (dimension - 1) // 2)
        if most > _FACETS:
            raise ValueError(
                f"the hull of {count} points in {dimension} dimensions may have {most:,} facets, too many to sample "
                "it evenly; take fewer points, or all weights between their lowest and highest"
            )
        return ConvexHull(self._flat[2])

    @cached_property
    def _pieces(self) -> tuple[FloatArray, IntArray, FloatArray]:
        """Points (p, m), simplices as rows of indices into them, and the volume of each up to one factor."""
        count, dimension = self._flat[2].shape
        if dimension == 0:
            return self.corners[:1], np.zeros((1, 1), dtype=np.int64), np.ones(1)
        if dimension == 1:
            along = self._flat[2][:, 0]
            return self.corners, np.array([[along.argmin(), along.argmax()]]), np.ones(1)
        if count == dimension + 1:
            return self.corners, np.arange(count)[None, :], np.ones(1)
        facets = self._surface.simplices.astype(np.int64)
        spokes = self._flat[2] - self._flat[2][self._surface.vertices].mean(axis=0)
        centre = self.corners[self._surface.vertices].mean(axis=0)
        chunks = np.array_split(facets, 1 + facets.size // 1_000_000)
        volumes = np.concatenate([np.abs(np.linalg.det(spokes[chunk])) for chunk in chunks])
        fan = np.column_stack([facets, np.full(len(facets), count)])
        return np.vstack([self.corners, centre]), fan, volumes

    @cached_property
    def _constraints(self) -> tuple[FloatArray, FloatArray]:
        """a_ub and b_ub: the facets, and the directions in which the hull is flat as two inequalities each."""
        middle, basis, coordinates = self._flat
        across = null_space(np.vstack([basis, np.ones(self.criteria)])).T
        count, dimension = coordinates.shape
        if dimension == 0:
            inside, limits = np.zeros((0, 0)), np.zeros(0)
        elif dimension == 1 or count == dimension + 1:
            ends = coordinates[self._pieces[1][0]]
            shares = np.linalg.inv(np.vstack([ends.T, np.ones(dimension + 1)]))  # of the corners, none negative
            inside, limits = -shares[:, :-1], shares[:, -1]
        else:
            inside, limits = self._surface.equations[:, :-1], -self._surface.equations[:, -1]
        facets = inside @ basis
        a_ub = np.vstack([facets, across, -across])
        return a_ub, np.concatenate([limits + facets @ middle, across @ middle, -(across @ middle)])


def hull(points: ArrayLike) -> Hull:
    """All mixtures of several weights; of two it is the segment between them, of one that point.

    Parameters
    ----------
    points : array_like of shape (n_points, n_criteria)
        Weights; each row is normalised.

    Raises
    ------
    ValueError
        When points are no matrix, empty, negative, not finite, or a row is all 0. Sampling raises it too, and so
        do the constraints, where the hull has too many facets: about 30 points that differ in 13 directions
        are fine, 60 are not. Its corners serve for optimising then all the same.

    References
    ----------
    Barber, Dobkin & Huhdanpaa (1996), The Quickhull algorithm for convex hulls, ACM Transactions on Mathematical
    Software 22(4); Devroye (1986), Non-Uniform Random Variate Generation, section XI.2, for simplices.
    """
    given = finite_matrix("points", points)
    if not given.size or (given < 0).any() or (given.sum(axis=1) <= 0).any():
        raise ValueError("points take at least one row of weights, none negative and not all of them 0")
    return Hull(given / given.sum(axis=1, keepdims=True))


def dirichlet(size: int, count: int, rng: np.random.Generator) -> FloatArray:
    """Shares drawn uniformly from the simplex, shape (size, count)."""
    draws = rng.standard_exponential((size, count))
    draws /= (draws @ np.ones(count))[:, None]  # a product sums short rows several times faster than sum does
    return draws
