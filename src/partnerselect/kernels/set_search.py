"""The best sets: all are looked at while they are few; beyond, a bound or a mixed-integer programme finds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from partnerselect.kernels import set_pruning
from partnerselect.kernels.arrays import TIE, BoolArray
from partnerselect.kernels.set_lists import Listed, PartnerSet, count, ordered, walk
from partnerselect.kernels.set_programme import Bound, Programme
from partnerselect.kernels.set_rules import Limits
from partnerselect.kernels.set_values import Worth

FEW = 200_000
"""Up to so many sets, all are looked at."""

_AGAIN = 24
"""How many level sets are asked for one by one before they are searched in the order of their members."""

_MARGIN = 1e-7
"""How far the solver may be from finding sets in the right order."""


@dataclass(frozen=True, eq=False)
class Question:
    """Which allowed sets have the largest totals?"""

    worth: Worth
    limits: Limits

    @property
    def few(self) -> bool:
        """Whether all sets can be looked at."""
        return count(self.limits) <= FEW

    def best(self, top: int) -> list[PartnerSet]:
        """The best sets, at most `top`; empty where none is allowed."""
        return self.by_looking(top) if self.few else self.by_bound(top)

    def by_looking(self, top: int) -> list[PartnerSet]:
        """All allowed sets are looked at."""
        listed = Listed(top)
        for members in walk(self.limits):
            listed.add(members, self.worth.totals(members))
        return listed.best()

    def by_bound(self, top: int) -> list[PartnerSet]:
        """A linear programme's prices exclude most sets; where they do not, as `by_programme`."""
        found = self._empty()
        for programme in self._programmes():
            bound = programme.bound()
            if bound is None:
                continue
            best = set_pruning.best(programme, bound, top)
            found += _by_programme(programme, bound, top) if best is None else best
        return self._ordered(found, top)

    def by_programme(self, top: int) -> list[PartnerSet]:
        """One mixed-integer programme for each set, without those that were found."""
        found = self._empty()
        for programme in self._programmes():
            bound = programme.bound()
            if bound is not None:
                found += _by_programme(programme, bound, top)
        return self._ordered(found, top)

    def number_above(self, line: float, strictly: bool = False) -> int | None:
        """How many allowed sets have a total of at least `line`, or above it; None where it takes long to count."""
        above = np.greater if strictly else np.greater_equal
        if self.few:
            return sum(int(np.count_nonzero(above(self.worth.totals(sets), line))) for sets in walk(self.limits))
        number = sum(bool(above(one.total, line)) for one in self._empty())
        for programme in self._programmes():
            bound = programme.bound()
            if bound is None:
                continue
            sets = set_pruning.within(programme.limits, bound, set_pruning.ceiling(bound, programme.limits) - line)
            if sets is None:
                return None
            totals = [programme.worth.totals(members) for members in sets]
            number += sum(int(np.count_nonzero(above(found, line))) for found in totals)
        return number

    def allows(self, chosen: BoolArray) -> bool:
        """Whether a set, shape (n_candidates,), keeps every rule."""
        below, above = self.limits.broken(chosen)
        return not (below.any() or above.any())

    def _empty(self) -> list[PartnerSet]:
        """The set without candidates, where it is allowed."""
        nobody = np.zeros(self.limits.candidates, dtype=np.bool_)
        return ordered([nobody], self.worth, 1) if self.allows(nobody) else []

    def _programmes(self) -> Iterator[Programme]:
        """One for all sizes, or one for each where a mean makes the size matter; all without the empty set."""
        sizes = [size for size in self.limits.sizes if size]
        if not sizes:
            return
        each = [(size, size) for size in sizes] if self.worth.averaged.any() else [(sizes[0], sizes[-1])]
        for least, most in each:
            yield Programme(self.worth, _sized(self.limits, least, most))

    def _ordered(self, found: list[PartnerSet], top: int) -> list[PartnerSet]:
        return ordered([_chosen(one.members, self.limits.candidates) for one in found], self.worth, top)


def _by_programme(programme: Programme, bound: Bound, top: int) -> list[PartnerSet]:
    """The best sets one after the other; sets level with the last wanted one until there are no more of them."""
    question = Question(programme.worth, programme.limits)
    seen: list[BoolArray] = []
    listed = Listed(top)
    smaller = programme
    first = programme.solve([])
    if first is not None and question.allows(first):
        smaller = replace(programme, limits=set_pruning.settled(programme, bound, first, top))
    level = 0
    while (chosen := smaller.solve(seen)) is not None:
        seen.append(chosen)
        if not question.allows(chosen):
            continue
        members = np.flatnonzero(chosen)[None, :]
        total = programme.worth.totals(members)
        if total[0] < listed.line - _MARGIN:
            break
        level = level + 1 if np.isfinite(listed.line) else 0
        listed.add(members, total)
        if level > _AGAIN:
            return _with_level_sets(programme, bound, listed, top)
    return listed.best()


def _with_level_sets(programme: Programme, bound: Bound, listed: Listed, top: int) -> list[PartnerSet]:
    """Many sets are level with the last wanted one: take the first of them in the order of their members."""
    found = listed.best()
    lowest, highest = found[-1].total - TIE, found[-1].total + TIE
    above = [one for one in found if one.total > highest]
    level = set_pruning.first_by_members(programme, bound, lowest, highest, top - len(above))
    return found if level is None else above + level.best()


def _sized(limits: Limits, least: int, most: int) -> Limits:
    lo, hi = limits.lo.copy(), limits.hi.copy()
    lo[0], hi[0] = least, most
    return replace(limits, lo=lo, hi=hi)


def _chosen(members: tuple[int, ...], n: int) -> BoolArray:
    chosen = np.zeros(n, dtype=np.bool_)
    chosen[list(members)] = True
    return chosen
