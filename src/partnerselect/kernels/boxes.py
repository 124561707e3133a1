"""Weights between a lowest and a highest value each, sampled exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq

from partnerselect.kernels.arrays import TIE, FloatArray
from partnerselect.kernels.checks import finite_vector, no_negatives

_POINT = 1e-12
"""Room to move, as a share of all weight, below which a box is one point."""

_BATCH = 1 << 20
"""Most numbers that are drawn at once."""


@dataclass(frozen=True, eq=False)
class Box:
    """Weights with lowest <= weights <= highest, ndarrays of shape (n_criteria,)."""

    lowest: FloatArray
    highest: FloatArray

    @property
    def criteria(self) -> int:
        return self.lowest.size

    @property
    def a_ub(self) -> FloatArray:
        return np.vstack([np.eye(self.criteria), -np.eye(self.criteria)])

    @property
    def b_ub(self) -> FloatArray:
        return np.concatenate([self.highest, -self.lowest])

    @property
    def corners(self) -> None:
        return None

    def largest(self, gains: FloatArray) -> FloatArray:
        """The largest `gains @ weights`, shape (c,), for gains of shape (c, n_criteria).

        What is left over the lowest weights goes where it gains most first, as far as the highest weights allow.
        """
        order = np.argsort(-gains, axis=1, kind="stable")
        spans = (self.highest - self.lowest)[order]
        before = np.cumsum(spans, axis=1) - spans
        added = np.clip(1 - self.lowest.sum() - before, 0.0, spans)
        found: FloatArray = gains @ self.lowest + (np.take_along_axis(gains, order, axis=1) * added).sum(axis=1)
        return found

    def sample(self, size: int, rng: np.random.Generator) -> FloatArray:
        """Weights drawn uniformly, shape (size, n_criteria), by rejection from tilted coordinates.

        Coordinates with density exp(-tilt x), cut off at the ends of the box, are uniform once their sum is
        fixed, whatever the tilt: exp(-tilt sum) is then a constant. The tilt that gives the sum its mean makes
        most draws fit; the widest coordinate takes what the others leave.
        """
        spans, room = self.highest - self.lowest, 1 - self.lowest.sum()
        from_below = room <= spans.sum() / 2
        amounts = _shares(spans, room if from_below else spans.sum() - room, size, rng)
        return self.lowest + amounts if from_below else self.highest - amounts


def box(weights: ArrayLike, plus_minus: ArrayLike) -> Box:
    """Weights near the given ones: each within plus_minus of it, and within 0..1.

    Parameters
    ----------
    weights : array_like of shape (n_criteria,)
        Normalised weights in the middle.
    plus_minus : float or array_like of shape (n_criteria,)
        How far each weight may move, as a share of all weight; 0 keeps it.

    Raises
    ------
    ValueError
        When the shapes do not fit, something is not finite or negative, or no weights fit.
    """
    middle = no_negatives("weights", weights)
    each = np.full(middle.size, plus_minus) if np.ndim(plus_minus) == 0 else plus_minus
    moved = no_negatives("plus_minus", each, middle.size)
    return between(middle - moved, middle + moved)


def between(lowest: ArrayLike, highest: ArrayLike) -> Box:
    """Weights between a lowest and a highest one each, within 0..1: the spread of several ballots, say.

    Parameters
    ----------
    lowest, highest : array_like of shape (n_criteria,)

    Raises
    ------
    ValueError
        When the shapes do not fit, something is not finite, or no weights fit: lowest above highest, or no
        weights in between that sum to 1.

    References
    ----------
    Devroye (1986), Non-Uniform Random Variate Generation, section II.3, for rejection; Barndorff-Nielsen
    (1978), Information and Exponential Families, for the tilt that conditioning takes away.
    """
    low = np.clip(finite_vector("lowest", lowest), 0.0, 1.0)
    high = np.clip(finite_vector("highest", highest, low.size), 0.0, 1.0)
    if not low.size or (low > high).any() or low.sum() > 1 + TIE or high.sum() < 1 - TIE:
        raise ValueError(
            f"no weights fit: the lowest sum to {low.sum():.6g} and the highest to {high.sum():.6g}, "
            "with 1 to be shared and no lowest above its highest"
        )
    return Box(low, high)


def _shares(spans: FloatArray, room: float, size: int, rng: np.random.Generator) -> FloatArray:
    """Uniform amounts in 0..spans that sum to `room`, at most half of what fits; shape (size, n_criteria)."""
    result = np.zeros((size, spans.size))
    if room <= _POINT:
        return result
    widest = int(np.argmax(spans))
    others = np.flatnonzero((spans > 0) & (np.arange(spans.size) != widest))
    tilt = _tilt(spans[spans > 0], room)
    done, batch = 0, 2 * size
    while done < size:
        batch = min(batch, max(_BATCH // spans.size, 1))
        drawn = _tilted(rng.random((batch, others.size)), spans[others], tilt)
        rest = room - drawn.sum(axis=1)
        fits = (rest >= 0) & (rest <= spans[widest])
        fits &= rng.random(batch) <= np.exp(-tilt * np.maximum(rest, 0.0))
        kept = np.flatnonzero(fits)[: size - done]
        result[done : done + kept.size, others] = drawn[kept]
        result[done : done + kept.size, widest] = rest[kept]
        done += kept.size
        batch = int(1.2 * (size - done) / max(fits.mean(), 0.01)) + 1
    return result


def _tilt(spans: FloatArray, room: float) -> float:
    """The tilt at which coordinates on 0..spans have the sum `room` on average; any other is right but slower."""
    if room >= spans.sum() / 2 * (1 - TIE):
        return 0.0
    tilt: float = brentq(lambda rate: _mean(spans, rate) - room, 0.0, spans.size / room, rtol=1e-6)
    return tilt


def _mean(spans: FloatArray, rate: float) -> float:
    """Mean of the sum of coordinates on 0..spans with density exp(-rate x)."""
    products = rate * spans
    small = products < 1e-4
    safe = np.where(small, 1.0, products)
    shares = np.where(small, 0.5 - products / 12, 1 / safe - 1 / np.expm1(np.minimum(safe, 700.0)))
    mean: float = (shares * spans).sum()
    return mean


def _tilted(uniforms: FloatArray, spans: FloatArray, tilt: float) -> FloatArray:
    """Uniform numbers turned into coordinates on 0..spans with density exp(-tilt x)."""
    if tilt == 0:
        return uniforms * spans
    return np.minimum(np.log1p(uniforms * np.expm1(-tilt * spans)) / -tilt, spans)
