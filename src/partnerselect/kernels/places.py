"""Who stands at which place, sample by sample; what ties shares its places evenly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from partnerselect.kernels.arrays import TIE, BoolArray, FloatArray, IntArray

PlaceArray = NDArray[np.unsignedinteger[Any]]

_FEW = 22
"""Up to so many candidates, comparing every pair is faster than sorting; their 231 pairs fit into 8 bits."""


@dataclass(frozen=True, eq=False)
class Places:
    """Places in one chunk of samples; samples in which totals tie stand apart.

    Attributes
    ----------
    clear, tied : ndarrays of int
        Numbers of the samples without and with ties.
    of_clear : ndarray of unsigned integers, shape (n_candidates, n_clear)
        0 = first.
    of_tied : FloatArray of shape (n_candidates, n_candidates)
        Sum over the tied samples of each candidate's share of each place.
    first_of_tied : FloatArray of shape (n_candidates, n_tied)
        Each candidate's share of the first place.
    """

    clear: IntArray | slice
    tied: IntArray
    of_clear: PlaceArray
    of_tied: FloatArray
    first_of_tied: FloatArray

    def tally(self) -> FloatArray:
        """How often each candidate stands at each place, shape (n_candidates, n_candidates)."""
        count = self.of_clear.shape[0]
        return np.stack([np.bincount(places, minlength=count) for places in self.of_clear]) + self.of_tied

    def first(self) -> Iterator[tuple[IntArray | slice, FloatArray]]:
        """Samples, and each candidate's share of the first place in them, shape (n_candidates, samples)."""
        yield self.clear, (self.of_clear == 0).astype(np.float64)
        if self.tied.size:
            yield self.tied, self.first_of_tied

    def wins(self) -> IntArray:
        """In how many samples without ties one candidate stands before another, shape (n, n), above the diagonal."""
        count = self.of_clear.shape[0]
        result = np.zeros((count, count), dtype=np.int64)
        for one in range(count - 1):
            ahead = self.of_clear[one] < self.of_clear[one + 1 :]
            result[one, one + 1 :] = np.bitwise_count(np.packbits(ahead, axis=1)).sum(axis=1, dtype=np.int64)
        return result


def places(totals: FloatArray) -> Places:
    """Places from totals.

    Parameters
    ----------
    totals : ndarray of shape (n_samples, n_candidates)

    Notes
    -----
    A run of totals without a gap of more than a tie counts as tied: the candidates in it share its places.
    """
    columns, tied = _by_comparing(totals) if totals.shape[1] <= _FEW else _by_sorting(totals)
    if not tied.any():
        nobody = np.zeros((totals.shape[1], 0))
        return Places(slice(None), np.zeros(0, dtype=np.int64), columns, np.zeros((1, 1)), nobody)
    shares, first = _shared(totals[tied])
    clear = ~tied
    return Places(np.flatnonzero(clear), np.flatnonzero(tied), columns[:, clear], shares, first)


def _by_comparing(totals: FloatArray) -> tuple[PlaceArray, BoolArray]:
    """Places (n, samples) by comparing each pair, and which samples hold ties."""
    samples, count = totals.shape
    columns = np.ascontiguousarray(totals.T)
    result = np.zeros((count, samples), dtype=np.uint8)
    for one in range(count - 1):
        others = columns[one + 1 :]
        result[one + 1 :] += columns[one] - TIE > others
        result[one] += np.add.reduce((others > columns[one] + TIE).view(np.uint8), axis=0, dtype=np.uint8)
    all_pairs = count * (count - 1) // 2
    return result, np.add.reduce(result, axis=0, dtype=np.uint8) != all_pairs


def _by_sorting(totals: FloatArray) -> tuple[PlaceArray, BoolArray]:
    """The same by sorting each sample; where totals tie, the places are in no particular order."""
    count = totals.shape[1]
    kind = np.uint8 if count <= 256 else np.uint16 if count <= 2**16 else np.uint32
    result = np.empty(totals.shape, dtype=kind)
    falling = np.arange(count - 1, -1, -1, dtype=kind)
    np.put_along_axis(result, np.argsort(totals, axis=1), falling[None], axis=1)
    ordered = np.sort(totals, axis=1)
    gaps = ordered[:, 1:] - ordered[:, :-1]
    tied = np.zeros(totals.shape[0], dtype=np.bool_)
    if gaps.min() <= TIE:
        tied |= (gaps <= TIE).any(axis=1)
    return np.ascontiguousarray(result.T), tied


def _shared(totals: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Shares of places over samples with ties, (n, n), and each sample's shares of the first place, (n, samples)."""
    samples, count = totals.shape
    order = np.argsort(totals, axis=1)[:, ::-1]
    falling = np.take_along_axis(totals, order, axis=1)
    gap = falling[:, :-1] - falling[:, 1:] > TIE
    place = np.arange(count)
    edge = np.ones((samples, 1), dtype=np.bool_)
    start = np.maximum.accumulate(np.where(np.hstack([edge, gap]), place, 0), axis=1)
    behind = np.where(np.hstack([gap, edge]), place, count)[:, ::-1]
    end = np.minimum.accumulate(behind, axis=1)[:, ::-1]
    share = 1.0 / (end - start + 1)
    width = count + 1  # a share lasts from its start to its end: it is added there, and taken away behind
    steps = np.bincount((order * width + start).ravel(), share.ravel(), minlength=count * width).astype(np.float64)
    steps -= np.bincount((order * width + end + 1).ravel(), share.ravel(), minlength=count * width)
    first = np.zeros((samples, count))
    np.put_along_axis(first, order, np.where(start == 0, share, 0.0), axis=1)
    return steps.reshape(count, width).cumsum(axis=1)[:, :count], np.ascontiguousarray(first.T)
