"""Weights under any linear constraints, sampled by rejection or by hit-and-run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import null_space

from partnerselect.kernels.arrays import TIE, BoolArray, FloatArray
from partnerselect.kernels.checks import finite_matrix, finite_vector
from partnerselect.kernels.hulls import dirichlet
from partnerselect.kernels.linear import minimise

_TRIAL = 2000
"""Draws from the simplex that show whether rejection is worth it."""

_ACCEPTED = 0.05
"""Share of draws from the simplex that must fit for rejection."""

_CHAINS = 1000
"""Chains that run side by side."""

_STEPS = 10
"""Steps between two weights taken from one chain, for each dimension."""

_ROUNDS = 50
"""Most rounds in which chains learn the shape of a region."""

_BATCH = 1 << 20
"""Most numbers that are drawn at once."""


@dataclass(frozen=True, eq=False)
class Polytope:
    """Weights with a_ub @ weights <= b_ub; ndarrays of shape (n_constraints, n_criteria) and (n_constraints,).

    It may be flat: `centre` (n_criteria,) lies inside it as far as it extends, `directions` (d, n_criteria) are
    an orthonormal basis of the directions in which it extends.
    """

    a_ub: FloatArray
    b_ub: FloatArray
    centre: FloatArray
    directions: FloatArray

    @property
    def criteria(self) -> int:
        return self.centre.size

    @property
    def corners(self) -> None:
        return None

    def sample(self, size: int, rng: np.random.Generator) -> FloatArray:
        """Weights drawn uniformly, shape (size, n_criteria).

        Exactly, by rejection, where enough of the simplex lies inside; otherwise by many chains of hit-and-run
        that start all over the region and take directions of its own shape.
        """
        if self._acceptance >= _ACCEPTED:
            return self._rejected(size, rng)
        if not self.directions.size:
            return np.tile(self.centre, (size, 1))
        cloud = self._cloud
        count = min(max(size, 1), _CHAINS)
        state = cloud[rng.permutation(_CHAINS)[:count]]
        shape = _root(np.cov(cloud.T))
        steps = _STEPS * self.directions.shape[0]
        taken = []
        for _ in range(-(-size // count)):
            state = self._walk(state, shape, steps, rng)
            taken.append(state)
        coordinates = np.concatenate(taken)[:size] if taken else state[:0]
        return np.maximum(self.centre + coordinates @ self.directions, 0.0)

    @cached_property
    def _acceptance(self) -> float:
        """Share of the simplex that lies inside, by trial."""
        return float(self._fits(dirichlet(_TRIAL, self.criteria, np.random.default_rng(0))).mean())

    def _fits(self, weights: FloatArray) -> BoolArray:
        inside: BoolArray = np.all(weights @ self.a_ub.T <= self.b_ub, axis=1)
        return inside

    def _rejected(self, size: int, rng: np.random.Generator) -> FloatArray:
        result = np.empty((size, self.criteria))
        done = 0
        while done < size:
            wanted = int(1.2 * (size - done) / self._acceptance) + 1
            drawn = dirichlet(min(wanted, 1 + _BATCH // self.criteria), self.criteria, rng)
            kept = drawn[self._fits(drawn)][: size - done]
            result[done : done + len(kept)] = kept
            done += len(kept)
        return result

    @cached_property
    def _walls(self) -> tuple[FloatArray, FloatArray]:
        """Constraints on the coordinates along `directions`, the weights' signs among them."""
        rows = np.vstack([self.a_ub, -np.eye(self.criteria)])
        limits = np.concatenate([self.b_ub, np.zeros(self.criteria)]) - rows @ self.centre
        across = rows @ self.directions.T
        crossed = np.linalg.norm(across, axis=1) > TIE * np.maximum(np.linalg.norm(rows, axis=1), TIE)
        return across[crossed], limits[crossed]

    @cached_property
    def _cloud(self) -> FloatArray:
        """Coordinates (chains, d) all over the region: from mixtures of its outermost points, by rounds that learn
        its shape until it stays.
        """
        rng = np.random.default_rng(0)
        dimension = self.directions.shape[0]
        outermost = np.array([self._outermost(way) for way in np.vstack([np.eye(dimension), -np.eye(dimension)])])
        state = dirichlet(_CHAINS, len(outermost), rng) @ outermost
        shape, steady = _root(np.cov(state.T)), 0
        for _ in range(_ROUNDS):
            state = self._walk(state, shape, _STEPS * dimension, rng)
            known, shape = shape, _root(np.cov(state.T))
            stretched = np.linalg.svd(np.linalg.solve(known, shape), compute_uv=False)
            steady = steady + 1 if stretched.min() > 0.5 and stretched.max() < 2 else 0
            if steady == 2:
                return state
        raise ValueError("the region is too narrow in some directions to be sampled evenly")

    def _outermost(self, way: FloatArray) -> FloatArray:
        """Coordinates (d,) of a point almost as far in a direction as the region goes."""
        walls, limits = self._walls
        found = minimise(-way, walls, limits, np.zeros((0, way.size)), np.zeros(0), (None, None))
        assert found is not None, "the centre satisfies them all"
        return 0.99 * found.x

    def _walk(self, state: FloatArray, shape: FloatArray, steps: int, rng: np.random.Generator) -> FloatArray:
        """Every chain after some steps: each goes to a random point of the chord in a random direction."""
        walls, limits = self._walls
        place = state.T
        room = limits[:, None] - walls @ place
        for _ in range(steps):
            ways = shape @ rng.standard_normal(place.shape)
            rates = walls @ ways
            with np.errstate(divide="ignore", invalid="ignore"):
                reach = np.maximum(room, 0.0) / rates
            ahead = np.where(rates > 0, reach, np.inf).min(axis=0)
            behind = np.where(rates < 0, reach, -np.inf).max(axis=0)
            moved = behind + rng.random(ahead.size) * (ahead - behind)
            place = place + moved * ways
            room -= moved * rates
        return place.T


def polytope(a_ub: ArrayLike, b_ub: ArrayLike, m: int) -> Polytope:
    """Weights under linear constraints.

    Parameters
    ----------
    a_ub : array_like of shape (n_constraints, m)
    b_ub : array_like of shape (n_constraints,)
        a_ub @ weights <= b_ub, besides weights >= 0 and a sum of 1. Two opposite constraints make an equation.
    m : int
        Number of criteria.

    Raises
    ------
    ValueError
        When the shapes do not fit, something is not finite, or no weights satisfy the constraints.

    References
    ----------
    Smith (1984), Efficient Monte Carlo procedures for generating points uniformly distributed over bounded
    regions, Operations Research 32(6); Tervonen et al. (2013), Hit-and-run enables efficient weight generation
    for simulation-based multiple criteria decision analysis, European Journal of Operational Research 224(3).
    """
    if m < 1:
        raise ValueError(f"m is {m}; weights need at least 1 criterion")
    limits = finite_vector("b_ub", b_ub)
    rows = finite_matrix("a_ub", a_ub if limits.size else np.zeros((0, m)), (limits.size, m))
    centre, directions = _middle(np.vstack([rows, -np.eye(m)]), np.concatenate([limits, np.zeros(m)]))
    return Polytope(rows, limits, np.maximum(centre, 0.0), directions)


def _middle(rows: FloatArray, limits: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Centre of the largest ball inside rows @ w <= limits with sum 1, and the directions of that ball.

    Where the ball has no size, the constraints that stop it (those with a price) hold as equations: the ball is
    then sought among the weights that satisfy these.
    """
    equal = np.zeros(len(rows), dtype=bool)
    while True:
        equations = np.vstack([np.ones(rows.shape[1]), rows[equal]])
        directions = null_space(equations).T
        lengths = np.linalg.norm(rows @ directions.T, axis=1)
        lengths = np.where(equal | (lengths <= TIE * np.linalg.norm(rows, axis=1)), 0.0, lengths)
        free = ~equal
        found = minimise(
            np.r_[np.zeros(rows.shape[1]), -1.0],
            np.column_stack([rows, lengths])[free],
            limits[free],
            np.column_stack([equations, np.zeros(len(equations))]),
            np.r_[1.0, limits[equal]],
            [(None, None)] * rows.shape[1] + [(None, 1.0)],
        )
        if found is None or found.cost > TIE:
            raise ValueError("no weights satisfy the constraints")
        if found.cost < -TIE or not directions.size:
            return found.x[:-1], directions
        stopping = np.flatnonzero(free)[found.prices > TIE]
        equal[stopping] = True


def _root(covariance: FloatArray) -> FloatArray:
    """A factor that gives directions this covariance; flat ones keep a little."""
    square = np.atleast_2d(covariance)
    return np.linalg.cholesky(square + 1e-9 * np.trace(square) / len(square) * np.eye(len(square)))
