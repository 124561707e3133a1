"""Which sets may be better than a proposed one: exactly, over all weights of a region and all ranges of evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels import regions
from partnerselect.kernels.arrays import TIE, BoolArray, FloatArray, IntArray
from partnerselect.kernels.checks import place
from partnerselect.kernels.linear import minimise
from partnerselect.kernels.set_lists import count, walk
from partnerselect.kernels.set_rules import Rules, limits
from partnerselect.kernels.set_values import Combination, Combine, combination
from partnerselect.kernels.tiers import Tiers

MOST = 2_000_000
"""Most sets that are looked at."""


@dataclass(frozen=True, eq=False)
class Rivals:
    """The allowed sets that may be better than the proposed one.

    Attributes
    ----------
    sets : list of tuples of int
        Those that may be better by most come first; at most as many as were asked for.
    leads : ndarray of shape (n_sets,)
        By how much each of them may be better.
    number : int
        How many there are.
    in_all : ndarray of bool, shape (n_candidates,)
        Candidates that are in every one of them, and in the proposed set.
    worst_regret : float
        The most that the proposed set may lose: the largest lead, or 0.
    """

    sets: list[tuple[int, ...]]
    leads: FloatArray
    number: int
    in_all: BoolArray
    worst_regret: float


def rivals(
    low: ArrayLike,
    high: ArrayLike,
    rules: Rules,
    proposed: Sequence[int],
    region: regions.Region | None = None,
    combine: Combine = "sum",
    top: int = 100,
) -> Rivals:
    """The allowed sets that some weights of the region and some values in their ranges put above the proposed one.

    Only the differences count: candidates in both sets cancel. For each criterion the values that favour a set
    most do so whatever the weights, and so do the items that somebody may have under a coverage, so that only the
    weights are left: at a corner of the region, or by a linear programme for each set where its corners are not
    known.

    Parameters
    ----------
    low, high : array_like of shape (n_candidates, n_criteria)
        Ends of each range of value, low <= high. Of a criterion with a coverage they are not looked at.
    rules, combine
        As in `sets.best_sets`.
    proposed : sequence of int
        It need not be allowed.
    region : Region, optional
        Without it, all weights.
    top : int
        Most sets that are listed; the number and the candidates in all of them are about every one.

    Raises
    ------
    ValueError
        When shapes do not fit, something is not finite or out of order, there is no such candidate, or there are
        more than two million sets to look at.

    References
    ----------
    Liesiö, Mild & Salo (2008), Robust portfolio modeling with incomplete cost information and project
    interdependencies, European Journal of Operational Research 190(3); Savage (1951) for regret.
    """
    shape = np.shape(low)
    if len(shape) != 2:
        raise ValueError(f"low has shape {shape}; it takes shape (n, m)")
    how, bounds = combination(combine, *shape), limits(rules, shape[0])
    start, end = how.checked("low", low, shape), how.checked("high", high, shape)
    if (start > end).any():
        raise ValueError("low is above high in some cells")
    if count(bounds) > MOST:
        raise ValueError(f"there are {count(bounds)} sets to look at; it takes at most {MOST}")
    own = np.zeros(shape[0], dtype=np.bool_)
    own[[place("proposed", one, shape[0]) for one in proposed]] = True
    inside = regions.simplex(shape[1]) if region is None else region
    if inside.criteria != shape[1]:
        raise ValueError(f"the region is about {inside.criteria} criteria; the values have {shape[1]}")
    sets: list[tuple[int, ...]] = []
    leads: list[FloatArray] = []
    number, in_all = 0, own.copy()
    for members in walk(bounds):
        found = _leads(_gains(members, own, start, end, how), inside)
        above = found > TIE
        number += int(above.sum())
        chosen = np.zeros((int(above.sum()), shape[0]), dtype=np.bool_)
        chosen[np.arange(len(chosen))[:, None], members[above]] = True
        in_all &= chosen.all(axis=0)
        sets += [tuple(row) for row in members[above].tolist()]
        leads.append(found[above])
        if len(sets) > 10 * top:
            sets, leads = _first(sets, leads, top)
    sets, leads = _first(sets, leads, top)
    return Rivals(sets, leads[0], number, in_all, float(leads[0].max(initial=0.0)))


def _first(
    sets: list[tuple[int, ...]], leads: list[FloatArray], top: int
) -> tuple[list[tuple[int, ...]], list[FloatArray]]:
    every = np.concatenate([np.zeros(0), *leads])
    order = sorted(range(len(sets)), key=lambda one: (-round(float(every[one]) / TIE), sets[one]))[:top]
    return [sets[one] for one in order], [every[order]]


def _leads(gains: FloatArray, region: regions.Region) -> FloatArray:
    """The largest `gains @ weights` of each row, shape (c,), wherever it is above 0; else something that is not."""
    if isinstance(region, regions.Box | Tiers):
        return region.largest(gains)
    inside = regions.mixture(region, gains.shape[1])
    at_corners = gains @ inside.basis.T
    found: FloatArray = at_corners.max(axis=1, initial=-np.inf)
    if not len(inside.b_ub):
        return found
    for one in np.flatnonzero(found > TIE):
        least = minimise(-at_corners[one], inside.a_ub, inside.b_ub, np.ones((1, gains.shape[1])), np.ones(1))
        if least is None:
            raise ValueError("the region is empty")
        found[one] = -least.cost
    return found


def _gains(members: IntArray, own: BoolArray, low: FloatArray, high: FloatArray, how: Combination) -> FloatArray:
    """By how much each set, shape (c, size), may be above the own one on each criterion, shape (c, n_criteria)."""
    count, size = members.shape
    inside = np.zeros((count, len(own)), dtype=np.bool_)
    inside[np.arange(count)[:, None], members] = True
    gains = np.zeros((count, low.shape[1]))
    for criteria, mine, theirs in (
        (how.added, 1.0, 1.0),
        (how.averaged, 1.0 / max(int(own.sum()), 1), 1.0 / max(size, 1)),
    ):
        if criteria.size:
            step = inside * theirs - own * mine
            gains[:, criteria] = np.maximum(step, 0) @ high[:, criteria] + np.minimum(step, 0) @ low[:, criteria]
    for criterion in how.best:
        gains[:, criterion] = _best_gain(inside, own, low[:, criterion], high[:, criterion])
    for criterion, cover in zip(how.covering, how.covers, strict=True):
        gains[:, criterion] = cover.gains(members, own)
    return gains


def _best_gain(inside: BoolArray, own: BoolArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """By how much the best of a set may be above the best of the own one: newcomers high, those who leave low.

    Who is in both raises both: high where the best of those who leave is ahead anyway, else low.
    """

    def most(which: BoolArray, values: FloatArray) -> FloatArray:
        found: FloatArray = np.where(which, values, -np.inf).max(axis=1, initial=-np.inf)
        return found

    coming, leaving, both = most(inside & ~own, high), most(own & ~inside, low), inside & own
    shared = np.where(coming > leaving, most(both, low), most(both, high))
    theirs, mine = np.maximum(coming, shared), np.maximum(leaving, shared)
    return np.where(np.isfinite(theirs), theirs, 0.0) - np.where(np.isfinite(mine), mine, 0.0)
