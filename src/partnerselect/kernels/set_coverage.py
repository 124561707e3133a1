"""Items of a coverage criterion, read: what each candidate has and may have, as bits, and what sets have of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from partnerselect.kernels.arrays import BoolArray, FloatArray, IntArray

Bits = NDArray[np.unsignedinteger[Any]]
"""Items as the bits of unsigned integers of some type."""


@dataclass(frozen=True, eq=False)
class Cover:
    """One coverage criterion: the items that the members do not cover for sure, and the share that they do.

    Attributes
    ----------
    missing : ndarray of bool, shape (n_candidates, n_missing)
        Which candidate has which of these items for sure.
    possible : ndarray of bool, shape (n_candidates, n_missing)
        Which it may have beside.
    met : ndarray of bool, shape (n_missing,)
        Which the members may cover.
    share, covered : float
        Share of one item, and of those that the members cover for sure.
    """

    missing: BoolArray
    possible: BoolArray
    met: BoolArray
    share: float
    covered: float

    @property
    def certain(self) -> bool:
        """Whether it is known who has what."""
        return not (self.possible.any() or self.met.any())

    @cached_property
    def words(self) -> Bits:
        """What each candidate has for sure, shape (n_words, n_candidates)."""
        return packed(self.missing).T

    def shares(self, members: IntArray) -> FloatArray:
        """Share of the items that is covered for sure, shape (c,), for sets (c, size)."""
        found = np.zeros(len(members))
        for word in self.words:
            found += np.bitwise_count(union(word, members))
        return self.covered + self.share * found

    def gains(self, members: IntArray, own: BoolArray) -> FloatArray:
        """By how much the share of sets (c, size) may be above that of the own one (n_candidates,), shape (c,).

        A set may be ahead by an item that a newcomer has or may have and nobody of the own set has for sure. It is
        behind by one that somebody of the own set has for sure, and that neither anybody of the set nor the members
        can have. By every other item both can be equal; what becomes of one item says nothing about another.
        """
        found = np.zeros(len(members))
        met = packed(self.met)
        for word, most, by_members in zip(self.words, packed(self.missing | self.possible).T, met, strict=True):
            mine = np.bitwise_or.reduce(word[own])
            found += np.bitwise_count(union(most * ~own, members) & ~mine)
            found -= np.bitwise_count(mine & ~union(most, members, by_members))
        return self.share * found


def packed(table: BoolArray) -> Bits:
    """Items (..., k) as bits, shape (..., n_words), of the smallest type that holds them, or many of 64 bits."""
    width = table.shape[-1]
    bits = next((bits for bits in (8, 16, 32) if width <= bits), 64)
    padded = np.zeros((*table.shape[:-1], -(-width // bits) * bits), dtype=np.bool_)
    padded[..., :width] = table
    words: Bits = np.packbits(padded, bitorder="little").view(f"u{bits // 8}")
    return words.reshape(*table.shape[:-1], padded.shape[-1] // bits)


def union(word: Bits, members: IntArray, start: Bits | None = None) -> Bits:
    """What sets (c, size) have between them, and `start` beside, from what candidates have; shape (c, ...)."""
    found = np.zeros((len(members), *word.shape[1:]), dtype=word.dtype)
    if start is not None:
        found[...] = start
    for column in members.T:
        found |= word.take(column, axis=0)
    return found
