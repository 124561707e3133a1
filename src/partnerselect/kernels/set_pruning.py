"""All allowed sets above a line, without looking at the others: a linear bound says which sets cannot reach it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from partnerselect.kernels.arrays import TIE, BoolArray, FloatArray, IntArray
from partnerselect.kernels.set_lists import Listed, PartnerSet
from partnerselect.kernels.set_programme import Bound, Programme
from partnerselect.kernels.set_rules import SLACK, Limits

_STATES = 2**17
"""Most sets that are followed at once; beyond, the bound is too weak and another way is taken."""

_FIRST_COSTS, _STEP = 4, 1.5
"""The gap starts at half the sum of the smallest costs, and grows by this factor."""

_NODES = 20_000
"""Most beginnings of sets that are looked at one after the other."""


def best(programme: Programme, bound: Bound, top: int) -> list[PartnerSet] | None:
    """The best sets; None where the bound is too weak to find them in little time.

    A set's total is below the bound's maximum by at least what its deviations from that maximum cost. So all sets
    that are at most a gap below it are among those whose deviations cost no more than the gap.

    References
    ----------
    Dantzig, Fulkerson & Johnson (1954), Solution of a large-scale traveling-salesman problem, Operations Research
    2(4), for discarding by reduced costs; Geoffrion (1974), Lagrangean relaxation for integer programming,
    Mathematical Programming Study 2, for prices that prove a bound.
    """
    free = np.flatnonzero(~(programme.limits.must | programme.limits.must_not))
    costs = np.abs(bound.profits[free])
    highest = ceiling(bound, programme.limits)
    everything = float(costs.sum()) + TIE
    gap = float(np.sort(costs[costs > TIE], kind="stable")[:_FIRST_COSTS].sum()) / 2
    while True:
        sets = within(programme.limits, bound, gap)
        if sets is None:
            return None
        listed = Listed(top)
        for members in sets:
            listed.add(members, programme.worth.totals(members))
        if gap >= everything or listed.line >= highest - gap:
            return listed.best()
        gap = min(highest - listed.line + TIE, max(_STEP * gap, everything / 1e4))


def within(limits: Limits, bound: Bound, gap: float) -> list[IntArray] | None:
    """Allowed sets, a table for each size, among them all whose total is at most `gap` below the bound's maximum.

    None where there are too many to follow. One candidate after the other deviates or does not, the dearest first;
    what costs more than the gap, or can keep a rule no more, is dropped on the way.
    """
    free = ~(limits.must | limits.must_not)
    preferred = limits.must | (free & (bound.profits > 0))
    costs = np.abs(bound.profits)
    movable = np.flatnonzero(free & (costs <= gap + TIE))
    movable = movable[np.argsort(-costs[movable], kind="stable")]
    effects = limits.rows[:, movable] * np.where(preferred[movable], -1.0, 1.0)
    least, most = _still(np.minimum(effects, 0.0)), _still(np.maximum(effects, 0.0))
    left = np.array([gap + TIE])
    sums = (limits.rows @ preferred)[None, :]
    flips = np.zeros((1, movable.size), dtype=np.bool_)
    lo, hi = limits.lo - SLACK, limits.hi + SLACK
    for place, who in enumerate(movable.tolist()):
        moving = np.flatnonzero(left >= costs[who])
        left = np.concatenate([left, left[moving] - costs[who]])
        sums = np.concatenate([sums, sums[moving] + effects[:, place]])
        flipped = flips[moving]
        flipped[:, place] = True
        flips = np.concatenate([flips, flipped])
        can = ((sums + most[:, place] >= lo) & (sums + least[:, place] <= hi)).all(axis=1)
        if not can.all():
            left, sums, flips = left[can], sums[can], flips[can]
        if len(left) * max(movable.size, 64) > _STATES * 64:
            return None
    holds = ((sums >= lo) & (sums <= hi)).all(axis=1)
    sets = np.repeat(preferred[None, :], int(holds.sum()), axis=0)
    sets[:, movable] ^= flips[holds]
    return [members[limits.varied(members)] for members in _by_size(sets)]


def _by_size(sets: BoolArray) -> Iterator[IntArray]:
    """Rows of bool as tables of members, one for each size."""
    sizes = sets.sum(axis=1)
    for size in np.unique(sizes).tolist():
        rows = sets[sizes == size]
        yield np.nonzero(rows)[1].reshape(len(rows), size)


def settled(programme: Programme, bound: Bound, known: BoolArray, top: int) -> Limits:
    """The limits, with the candidates that every wanted set has, or none has, as those that must, or must not, join.

    `known` is a good allowed set: the totals of its neighbours, with one other candidate in place of one of its own,
    tell which totals are not worth looking for.
    """
    limits = programme.limits
    inside, outside = np.flatnonzero(known), np.flatnonzero(~known & ~limits.must_not)
    leaving, coming = (each.ravel() for each in np.meshgrid(inside[~limits.must[inside]], outside))
    near = np.repeat(known[None, :], leaving.size + 1, axis=0)
    near[np.arange(leaving.size), leaving] = False
    near[np.arange(leaving.size), coming] = True
    members = np.nonzero(near)[1].reshape(len(near), inside.size)
    listed = Listed(top)
    members = members[limits.allowed(members)]
    listed.add(members, programme.worth.totals(members))
    sure = np.abs(bound.profits) > ceiling(bound, limits) - listed.line + TIE
    in_all = sure & ~limits.must_not & (bound.profits > 0)
    in_none = sure & ~limits.must & (bound.profits <= 0)
    return replace(limits, must=limits.must | in_all, must_not=limits.must_not | in_none)


def first_by_members(programme: Programme, bound: Bound, lowest: float, most: float, wanted: int) -> Listed | None:
    """The first `wanted` sets in the order of their members with totals in lowest..most; None where it takes long."""
    limits = programme.limits
    listed = Listed(wanted)
    found = nodes = 0
    falls, rises = np.maximum(-limits.rows, 0.0), np.maximum(limits.rows, 0.0)
    suffix_fall, suffix_rise = _still(falls, include=True), _still(rises, include=True)
    most_fall, most_rise = falls.max(axis=1, keepdims=True), rises.max(axis=1, keepdims=True)
    suffix_gain = np.r_[np.cumsum(np.maximum(bound.profits, 0.0)[::-1])[::-1], 0.0]
    musts = np.flatnonzero(limits.must)
    lo, hi = limits.lo - SLACK, limits.hi + SLACK
    waiting: list[tuple[tuple[int, ...], FloatArray, float]] = [((), np.zeros(len(lo)), bound.constant)]
    while waiting and found < wanted:
        members, sums, gained = waiting.pop()
        nodes += 1
        if nodes > _NODES:
            return None
        start = members[-1] + 1 if members else 0
        missing = musts[musts >= start]
        if not missing.size and (sums >= lo).all() and (sums <= hi).all() and members:
            own = np.array([members])
            total = programme.worth.totals(own)
            if lowest <= total[0] <= most and limits.varied(own)[0]:
                listed.add(own, total)
                found += 1
        stop = int(missing[0]) + 1 if missing.size else limits.candidates
        nexts = np.arange(start, stop)
        nexts = nexts[~limits.must_not[nexts]]
        after = sums + limits.rows[:, nexts].T
        gains = gained + bound.profits[nexts]
        seats = limits.hi[0] - len(members) - 1
        rise = np.minimum(suffix_rise[:, nexts + 1], seats * most_rise).T
        fall = np.minimum(suffix_fall[:, nexts + 1], seats * most_fall).T
        can = ((after + rise >= lo) & (after - fall <= hi)).all(axis=1)
        can &= gains + suffix_gain[nexts + 1] >= lowest - TIE
        begun = np.empty((nexts.size, len(members) + 1), dtype=np.int64)
        begun[:, :-1], begun[:, -1] = members, nexts
        can &= limits.varied(begun, more=seats)
        waiting += [((*members, int(nexts[k])), after[k], float(gains[k])) for k in np.flatnonzero(can)[::-1]]
    return listed


def ceiling(bound: Bound, limits: Limits) -> float:
    """The largest value of the bound."""
    free = ~(limits.must | limits.must_not)
    return bound.constant + float(bound.profits[limits.must].sum() + np.maximum(bound.profits[free], 0.0).sum())


def _still(effects: FloatArray, include: bool = False) -> FloatArray:
    """Sum of what comes after each place; with `include`, from each place on, and one more 0 at the end."""
    sums = np.cumsum(effects[:, ::-1], axis=1)[:, ::-1]
    return np.hstack([sums, np.zeros((len(effects), 1))])[:, 0 if include else 1 :]
