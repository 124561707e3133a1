"""Every allowed set with what it is worth on each criterion; how far one weight may move before another set is best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import TIE, FloatArray, IntArray, matrix
from partnerselect.kernels.checks import finite_vector
from partnerselect.kernels.set_lists import count, walk
from partnerselect.kernels.set_rules import Rules, limits


@dataclass(frozen=True, eq=False)
class Held:
    """A criterion's value is the mean, over its items, of the most that anybody in the set or any member has of it.

    Attributes
    ----------
    share : ndarray of shape (n_candidates, n_items)
        How far each candidate has each item, 0..1.
    covered : ndarray of shape (n_items,)
        The most that any member has of it.
    """

    share: FloatArray
    covered: FloatArray


How = str | Held
"""How partners combine on one criterion: "sum", "mean", "best", or what they hold of its items."""


class Border(NamedTuple):
    """A weight at which another set becomes as good as the given one, and which set (its row) that is."""

    weight: float
    rival: int


@dataclass(frozen=True, eq=False)
class SetTable:
    """Allowed sets of candidates.

    Attributes
    ----------
    blocks : tuple of ndarrays of shape (c, size)
        The sets, those of one size together, in the order of sizes and members; rows are counted through all blocks.
    worth : ndarray of shape (n_sets, n_criteria)
        What each set is worth on each criterion.
    """

    blocks: tuple[IntArray, ...]
    worth: FloatArray

    def members(self, row: int) -> tuple[int, ...]:
        """One set."""
        for block in self.blocks:
            if row < len(block):
                return tuple(block[row].tolist())
            row -= len(block)
        raise IndexError("there is no such set")

    def row_of(self, members: Sequence[int]) -> int:
        """Row of one set; ValueError where it is not allowed."""
        start = 0
        for block in self.blocks:
            if block.shape[1] == len(members):
                found = np.flatnonzero((block == np.array(members, dtype=np.int64)).all(axis=1))
                if found.size:
                    return start + int(found[0])
            start += len(block)
        raise ValueError(f"the set {tuple(members)} is not allowed")

    def parts(self, rows: IntArray) -> list[IntArray]:
        """Some sets, given as ascending rows, in tables of one size each."""
        starts = np.cumsum([0, *map(len, self.blocks)])
        found = zip(self.blocks, starts[:-1], starts[1:], strict=True)
        return [block[rows[(rows >= start) & (rows < end)] - start] for block, start, end in found]

    def having(self, candidate: int) -> IntArray:
        """Rows of the sets with a candidate."""
        return np.flatnonzero(np.concatenate([(block == candidate).any(axis=1) for block in self.blocks]))


def table(values: ArrayLike, rules: Rules, combine: Sequence[How], most: int) -> SetTable | None:
    """All allowed sets and their worth; None where there may be more than `most`.

    Parameters
    ----------
    values : array_like of shape (n_candidates, n_criteria)
        Not looked at where a criterion is held.
    rules : Rules
    combine : sequence of n_criteria ways to combine
    most : int

    Raises
    ------
    ValueError
        When shapes do not fit, or a rule is about a candidate that does not exist.
    """
    given = matrix("values", values)
    if len(combine) != given.shape[1]:
        raise ValueError(f"combine has {len(combine)} entries; there are {given.shape[1]} criteria")
    bounds = limits(rules, len(given))
    if count(bounds) > most:
        return None
    blocks = [members for members in walk(bounds) if len(members)]
    worth = [
        np.column_stack([worth_of(members, given[:, j], how) for j, how in enumerate(combine)]) for members in blocks
    ]
    return SetTable(tuple(blocks), np.concatenate([np.zeros((0, given.shape[1])), *worth]))


def worth_of(members: IntArray, values: FloatArray, how: How) -> FloatArray:
    """Worth of sets of one size, shape (c, size), on one criterion with values (n_candidates,): shape (c,)."""
    if isinstance(how, Held):
        held = np.broadcast_to(how.covered, (len(members), how.covered.size))
        if members.shape[1]:
            held = np.maximum(held, how.share[members].max(axis=1))
        return np.asarray(held.mean(axis=1))
    if not members.shape[1]:
        return np.zeros(len(members))
    cells = values[members]
    if how == "best":
        return np.asarray(cells.max(axis=1))
    return np.asarray(cells.sum(axis=1) / (members.shape[1] if how == "mean" else 1))


def borders(worth: ArrayLike, weights: ArrayLike, criterion: int, row: int) -> tuple[Border | None, Border | None]:
    """Down to and up to which weight of one criterion a set stays the best, the others keeping their proportions.

    Totals of sets are straight lines in one weight, as those of candidates are; the borders are exact.

    Parameters
    ----------
    worth : array_like of shape (n_sets, n_criteria)
    weights : array_like of shape (n_criteria,)
        Today's, of sum 1.
    criterion : int
    row : int
        A set that is the best at today's weights.

    Returns
    -------
    lower, upper : Border or None
        None where the set stays the best down to 0, or up to 1.
    """
    given = matrix("worth", worth)
    now = finite_vector("weights", weights, given.shape[1])
    others = np.delete(now, criterion)
    rest = others / others.sum() if others.sum() > 0 else np.full(others.size, 1 / max(others.size, 1))
    ahead_at_one = given[row, criterion] - given[:, criterion]
    ahead_at_zero = np.delete(given[row] - given, criterion, axis=1) @ rest
    slope = ahead_at_one - ahead_at_zero
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = -ahead_at_zero / slope
    today = now[criterion]
    lower = _border(np.where(ahead_at_zero < -TIE, np.minimum(crossing, today), -np.inf), -1)
    upper = _border(np.where(ahead_at_one < -TIE, np.maximum(crossing, today), np.inf), +1)
    return lower, upper


def _border(crossing: FloatArray, side: int) -> Border | None:
    nearest = int(np.argmin(side * crossing)) if crossing.size else 0
    return Border(float(crossing[nearest]), nearest) if crossing.size and np.isfinite(crossing[nearest]) else None
