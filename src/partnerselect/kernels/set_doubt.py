"""How sure the best set is: how often each candidate and each set is in front, and what a proposed set may lose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels import regions
from partnerselect.kernels.arrays import TIE, BoolArray, FloatArray, IntArray
from partnerselect.kernels.checks import place
from partnerselect.kernels.infeasibility import NoSetAllowedError
from partnerselect.kernels.set_coverage_draws import DrawnItems, item_draws, told
from partnerselect.kernels.set_lists import count, walk
from partnerselect.kernels.set_rules import Limits, Rules, limits
from partnerselect.kernels.set_search import FEW, Question
from partnerselect.kernels.set_values import Combination, Combine, combination, worth_of
from partnerselect.kernels.value_draws import Drawn, drawn, slices, totals

_CELLS = 2**17
"""Totals that are held at once: they stay in the processor's cache."""


class SetShare(NamedTuple):
    """A set, the share of the samples in which it is the best one, and the standard error of that share."""

    members: tuple[int, ...]
    share: float
    error: float


class Regret(NamedTuple):
    """What a proposed set loses against the best one: on average with its standard error, and at worst in a sample.

    `share` is the share of the samples in which it is the best one, perhaps tied.
    """

    mean: float
    error: float
    worst: float
    share: float


@dataclass(frozen=True, eq=False)
class Doubt:
    """What a simulation says about sets.

    Attributes
    ----------
    core_index, core_index_error : ndarrays of shape (n_candidates,)
        Share of the samples in which each candidate is in the best set, and its standard error.
    shares : list of SetShare
        Every set that is best in some sample, the most frequent first; of tied sets the first one counts.
    regret : Regret or None
        Of the proposed set, where there is one.
    samples : int
    """

    core_index: FloatArray
    core_index_error: FloatArray
    shares: list[SetShare]
    regret: Regret | None
    samples: int


def doubt(
    low: ArrayLike,
    high: ArrayLike,
    best: ArrayLike | None,
    rules: Rules,
    region: regions.Region | None = None,
    combine: Combine = "sum",
    samples: int = 10_000,
    rng: np.random.Generator | None = None,
    proposed: Sequence[int] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Doubt:
    """The best set of every sample of weights and evidence; the samples are common to all sets.

    Up to 200,000 sets are compared in every sample; with more, the best one is searched for in each, which takes
    some milliseconds a sample.

    Parameters
    ----------
    low, high : array_like of shape (n_candidates, n_criteria)
        Ends of each range of value, low <= high. Of a criterion with a coverage they are not looked at: there each
        candidate has, in each sample, its sure items and any number of its possible ones, each number equally
        likely; and so have the members.
    best : array_like of shape (n_candidates, n_criteria), or None
        Mode of a triangular distribution on low..high; without it, or where it is NaN, uniform.
    rules, combine
        As in `sets.best_sets`.
    region : a region of `regions`, optional
        Where the weights may lie; without it, anywhere on the simplex.
    samples : int
    rng : Generator, optional
        Without it, a generator with seed 0: the same call gives the same numbers.
    proposed : sequence of int, optional
        A set whose regret is asked for; it need not be allowed.
    progress : callable, optional
        Called with the share of the samples that is done.

    Raises
    ------
    ValueError
        When shapes do not fit, ends are not finite or out of order, or best lies outside them.
    RulesError
        When no set is allowed.

    References
    ----------
    Liesiö, Mild & Salo (2007), Preference programming for robust portfolio modeling and project selection,
    European Journal of Operational Research 181(3), for core indices; here they are shares of samples. Savage
    (1951), The theory of statistical decision, Journal of the American Statistical Association 46, for regret.
    """
    shape = np.shape(low)
    if len(shape) != 2:
        raise ValueError(f"low has shape {shape}; it takes shape (n, m)")
    how, bounds = combination(combine, *shape), limits(rules, shape[0])
    start, end = how.checked("low", low, shape), how.checked("high", high, shape)
    mode = None if best is None else np.array(best, dtype=np.float64)
    if mode is not None and mode.shape == shape:
        mode[:, how.covering] = np.nan
    where = regions.simplex(shape[1]) if region is None else region
    source = drawn(start, end, mode, where, samples, np.random.default_rng(0) if rng is None else rng)
    own = None if proposed is None else np.array(sorted({place("proposed", one, shape[0]) for one in proposed}), int)
    compare = _compared if count(bounds) <= FEW else _searched
    found: Counter[tuple[int, ...]] = Counter()
    lost: list[FloatArray] = []
    done = 0
    for firsts, most, part in compare(source, how, bounds):
        if not firsts:
            raise NoSetAllowedError(rules, shape[0])
        found.update(firsts)
        if own is not None:
            lost.append(np.maximum(most - _totals(own[None, :], how, part)[0], 0.0))
        done += len(most)
        if progress is not None:
            progress(done / samples)
    core = np.zeros(shape[0])
    for members, times in found.items():
        core[list(members)] += times / samples
    each = [SetShare(members, times / samples, _error(times / samples, samples)) for members, times in found.items()]
    each.sort(key=lambda one: (-one.share, one.members))
    regret = _regret(np.concatenate(lost)) if lost else None
    return Doubt(core, np.sqrt(np.maximum(core * (1 - core), 0.0) / samples), each, regret, samples)


class _Part(NamedTuple):
    """Samples that are looked at together: weights (c, m), values as a chunk has them, and the items in doubt."""

    weights: FloatArray
    values: FloatArray
    items: list[DrawnItems]


_Best = tuple[list[tuple[int, ...]], FloatArray, _Part]
"""The best set of each sample of a part, and its total."""


def _compared(source: Drawn, how: Combination, bounds: Limits) -> Iterator[_Best]:
    """Every allowed set in every sample."""
    blocks = _blocks(bounds)
    starts = np.cumsum([0, *map(len, blocks)])
    covers = [how.certain.shares(block) for block in blocks]
    for part in _parts(source, how, _CELLS // max(1, max(map(len, blocks), default=1))):
        number = len(part.weights)
        if not blocks:
            yield [], np.zeros(0), part
            return
        most, first = np.full(number, -np.inf), np.zeros(number, dtype=np.int64)
        for start, block, shares in zip(starts, blocks, covers, strict=False):
            found = _totals(block, how, part, shares)
            highest = found.max(axis=0)
            earliest = (found >= highest - TIE).argmax(axis=0)
            earlier = _before(first, earliest + start, blocks, starts) & (highest >= most - TIE)
            better = (highest > most + TIE) | earlier
            first[better] = earliest[better] + start
            np.maximum(most, highest, out=most)
        yield [_members(one, blocks, starts) for one in first.tolist()], most, part


def _searched(source: Drawn, how: Combination, bounds: Limits) -> Iterator[_Best]:
    """The best set of each sample by itself."""
    for part in _parts(source, how, 64):
        each = part.values if source.fixed is None else [part.values] * len(part.weights)
        brings = (
            worth_of(values, weights, told(how, part.items, sample))
            for sample, (values, weights) in enumerate(zip(each, part.weights, strict=True))
        )
        found = [Question(one, bounds).best(1) for one in brings]
        if not all(found):
            yield [], np.zeros(0), part
            return
        yield [one[0].members for one in found], np.array([one[0].total for one in found]), part


def _parts(source: Drawn, how: Combination, rows: int) -> Iterator[_Part]:
    draws = item_draws(how, source.seed)
    most = min([rows, *(_CELLS // max(1, each.cells) for each in draws)])
    for weights, values in source.chunks():
        for part in slices(len(weights), max(1, most)):
            under = weights[part]
            items = [each.take(len(under)) for each in draws]
            yield _Part(under, values[part] if source.fixed is None else values, items)


def _totals(members: IntArray, how: Combination, part: _Part, shares: FloatArray | None = None) -> FloatArray:
    """Totals of sets of one size, shape (c, size), in each sample, shape (c, n_samples)."""
    weights, values, certain = part.weights, part.values, how.certain
    count, size = members.shape
    share = np.zeros(weights.shape[1])
    share[how.added], share[how.averaged] = 1.0, 1.0 / max(size, 1)
    chosen = np.zeros((count, values.shape[-2]))
    chosen[np.arange(count)[:, None], members] = 1.0
    found: FloatArray = chosen @ totals(values, weights * share).T
    for criterion in how.best if size else ():
        cells = np.ascontiguousarray((values[..., criterion] * weights[:, criterion, None]).T)
        most = cells[members[:, 0]]
        for column in members.T[1:]:
            np.maximum(most, cells[column], out=most)
        found += most
    if certain.covering.size:
        found += (certain.shares(members) if shares is None else shares) @ weights[:, certain.covering].T
    for items in part.items:
        items.add(found, members, weights[:, items.criterion])
    return found


def _blocks(bounds: Limits) -> list[IntArray]:
    """All allowed sets, in tables of one size each."""
    blocks: list[IntArray] = []
    for members in walk(bounds):
        if len(members):
            blocks += [members[part] for part in slices(len(members), 2**12)]
    return blocks


def _members(index: int, blocks: list[IntArray], starts: IntArray) -> tuple[int, ...]:
    block = int(np.searchsorted(starts, index, side="right")) - 1
    return tuple(blocks[block][index - starts[block]].tolist())


def _before(one: IntArray, other: IntArray, blocks: list[IntArray], starts: IntArray) -> BoolArray:
    """Whether sets `other` come before sets `one` in the order of members; within one size that is never asked."""
    if len({block.shape[1] for block in blocks}) == 1:
        return np.zeros(len(one), dtype=np.bool_)
    pairs = zip(one.tolist(), other.tolist(), strict=True)
    return np.array([_members(b, blocks, starts) < _members(a, blocks, starts) for a, b in pairs])


def _regret(lost: FloatArray) -> Regret:
    error = float(lost.std() / np.sqrt(lost.size))
    return Regret(float(lost.mean()), error, float(lost.max()), float((lost <= TIE).mean()))


def _error(share: float, samples: int) -> float:
    return float(np.sqrt(max(share * (1 - share), 0.0) / samples))
