"""Weights and values drawn together, in chunks that can be drawn again: what SMAA counts over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import BoolArray, FloatArray
from partnerselect.kernels.checks import ranges
from partnerselect.kernels.draws import triangular

_CELLS = 2**18
"""Numbers that a chunk may hold in its largest array: it stays in the processor's cache."""

_MOST_CELLS = 2**21
"""The most that a chunk may hold in its largest array, 16 MB, where the cache cannot be kept to."""

_ONE_PROCESSOR = 2**17
"""Multiplications that a product may have before it is spread over processors."""

_KEPT = 2**22
"""Values that are kept between walks rather than drawn again; 32 MB."""

_WEIGHT_ROWS = 2**15
"""Weights drawn at a time; more than a chunk, so that a region's preparation counts little."""


class WeightRegion(Protocol):
    """A region of weights that can be drawn from uniformly."""

    def sample(self, size: int, rng: np.random.Generator) -> FloatArray:
        """Weights, shape (size, n_criteria)."""
        ...


class Source(Protocol):
    """Where samples come from; every walk through `chunks` gives the same ones."""

    @property
    def samples(self) -> int:
        """Number of samples in all chunks."""
        ...

    @property
    def shape(self) -> tuple[int, int]:
        """Number of candidates and of criteria."""
        ...

    @property
    def fixed(self) -> FloatArray | None:
        """The values (n, m) that all samples share; None where each has its own."""
        ...

    def chunks(self) -> Iterator[tuple[FloatArray, FloatArray]]:
        """Weights (c, m) and values: (c, n, m), or (n, m) where all samples share them."""
        ...


@dataclass(frozen=True, eq=False)
class Given:
    """Samples that the caller has: weights (s, m), and values (s, n, m) or (n, m)."""

    values: FloatArray
    weights: FloatArray

    @property
    def samples(self) -> int:
        """Number of samples."""
        return len(self.weights)

    @property
    def shape(self) -> tuple[int, int]:
        """Number of candidates and of criteria."""
        return self.values.shape[-2], self.values.shape[-1]

    @property
    def fixed(self) -> FloatArray | None:
        """The values that all samples share, if they do."""
        return self.values if self.values.ndim == 2 else None

    def chunks(self) -> Iterator[tuple[FloatArray, FloatArray]]:
        """The samples in slices."""
        fixed = self.fixed
        for part in slices(self.samples, chunk_rows(self.shape, shared=fixed is not None)):
            yield self.weights[part], self.values[part] if fixed is None else fixed


@dataclass(frozen=True, eq=False)
class Drawn:
    """Weights from a region and values from their ranges, drawn anew from one seed at every walk.

    Attributes
    ----------
    low, mode, high : ndarrays of shape (n_candidates, n_criteria)
        Triangular on low..high with this mode; uniform where it is NaN.
    region : WeightRegion
    samples : int
    seed : tuple of int
    """

    low: FloatArray
    mode: FloatArray
    high: FloatArray
    region: WeightRegion
    samples: int
    seed: tuple[int, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """Number of candidates and of criteria."""
        return self.low.shape[0], self.low.shape[1]

    @property
    def fixed(self) -> FloatArray | None:
        """The values, where no range leaves room."""
        return None if (self.high > self.low).any() else self.low

    def chunks(self) -> Iterator[tuple[FloatArray, FloatArray]]:
        """The samples, drawn at every walk; a small number is drawn once and kept."""
        return self._drawn_now() if self.samples * self.low.size > _KEPT else iter(self._kept)

    @cached_property
    def _kept(self) -> list[tuple[FloatArray, FloatArray]]:
        return list(self._drawn_now())

    def _drawn_now(self) -> Iterator[tuple[FloatArray, FloatArray]]:
        for_weights, for_values = (np.random.default_rng([part, *self.seed]) for part in (0, 1))
        fixed = self.fixed
        for block in slices(self.samples, _WEIGHT_ROWS):
            weights = self.region.sample(block.stop - block.start, for_weights)
            if weights.shape[1] != self.shape[1]:
                raise ValueError(f"the region is about {weights.shape[1]} criteria; the values have {self.shape[1]}")
            for part in slices(weights.shape[0], chunk_rows(self.shape, shared=fixed is not None)):
                under = weights[part]
                yield under, self._values(len(under), for_values) if fixed is None else fixed

    def _values(self, count: int, rng: np.random.Generator) -> FloatArray:
        """Values of `count` samples, shape (count, n, m); where nothing is in doubt, low is high."""
        low, mode, high = self.low.ravel(), self.mode.ravel(), self.high.ravel()
        peaked = np.flatnonzero((high > low) & ~np.isnan(mode))
        values = rng.random((count, low.size))
        chance = values[:, peaked]
        values *= high - low
        values += low
        ends = (each[None, peaked] for each in (low, mode, high))
        values[:, peaked] = triangular(chance[:, None], *ends)[:, 0]
        return values.reshape(count, *self.shape)


@dataclass(frozen=True, eq=False)
class StandIns:
    """Another source in which some cells hold their candidate's own total, sample by sample.

    Attributes
    ----------
    source : Source
    cells : ndarray of bool, shape (n_candidates, n_criteria)
        Where the own total stands.
    own : ndarray of shape (n_candidates, n_criteria)
        Weights of each candidate that make its own total; 0 in these cells.
    """

    source: Source
    cells: BoolArray
    own: FloatArray

    @property
    def samples(self) -> int:
        """Number of samples."""
        return self.source.samples

    @property
    def shape(self) -> tuple[int, int]:
        """Number of candidates and of criteria."""
        return self.source.shape

    @property
    def fixed(self) -> FloatArray | None:
        """The values, where all samples share them."""
        return None if self.source.fixed is None else self._filled(self.source.fixed)

    def chunks(self) -> Iterator[tuple[FloatArray, FloatArray]]:
        """The other source's samples, filled."""
        for weights, values in self.source.chunks():
            yield weights, self._filled(values)

    def _filled(self, values: FloatArray) -> FloatArray:
        return np.where(self.cells, (values * self.own).sum(axis=-1, keepdims=True), values)


def drawn(
    low: ArrayLike,
    high: ArrayLike,
    best: ArrayLike | None,
    region: WeightRegion,
    samples: int,
    rng: np.random.Generator,
) -> Drawn:
    """A source from ranges of values; ValueError where the ranges or the number of samples cannot be used."""
    start, end, mode = ranges(low, high, best)
    if not start.size:
        raise ValueError(f"low has shape {start.shape}; it takes at least one candidate and one criterion")
    if samples < 1:
        raise ValueError(f"samples is {samples}; it takes at least 1")
    seed = tuple(int(word) for word in rng.integers(0, 2**32, size=4))
    return Drawn(start, mode, end, region, samples, seed)


def totals(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Totals of each sample, shape (c, n), from one chunk's values and weights.

    Shared values are multiplied in small blocks: a large product would be spread over all processors, where it
    waits for whoever else is at work.
    """
    if values.ndim == 3:
        result: FloatArray = np.matmul(values, weights[:, :, None])[..., 0]
        return result
    found = np.empty((len(weights), len(values)))
    for part in slices(len(weights), max(1, _ONE_PROCESSOR // max(1, values.size))):
        np.matmul(weights[part], values.T, out=found[part])
    return found


def sums(shares: FloatArray, weights: FloatArray) -> FloatArray:
    """Weights summed over samples, (n, m), each sample by a candidate's share (n, c) in it; in small blocks too."""
    found = np.zeros((len(shares), weights.shape[1]))
    for part in slices(len(weights), max(1, _ONE_PROCESSOR // max(1, found.size))):
        found += shares[:, part] @ weights[part]
    return found


def chunk_rows(shape: tuple[int, int], *, shared: bool) -> int:
    """Number of samples that a chunk holds: few enough for the cache.

    With many candidates no fewer than these, as far as memory allows, since a chunk's results hold every pair.
    """
    candidates, criteria = shape
    cells = max(1, candidates * (1 if shared else criteria))
    return max(1, _CELLS // cells, min(candidates, _MOST_CELLS // cells))


def slices(length: int, step: int) -> Iterator[slice]:
    """Consecutive slices of at most `step` that cover `length`."""
    for start in range(0, length, step):
        yield slice(start, min(start + step, length))
