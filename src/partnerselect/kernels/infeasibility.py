"""Rules that no set satisfies: the smallest groups that contradict each other, and the cheapest ways out."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import numpy as np

from partnerselect.errors import RulesError
from partnerselect.kernels.arrays import BoolArray
from partnerselect.kernels.set_dials import BOUNDED, Dials, ways_out
from partnerselect.kernels.set_rules import Change, Rule, Rules, limits

_MOST = 1000
"""Most relaxations, and most conflicts, that are listed."""


class Relaxation(NamedTuple):
    """Changes that, together, allow a set; no part of them does, and no smaller ones.

    `members` is a set that they allow; `cost` is the sum of their relative sizes: how far a bound is moved as a share
    of the farthest that any set asks for (at least 1), and 1 for a rule that is dropped.
    """

    changes: tuple[Change, ...]
    members: tuple[int, ...]
    cost: float


@dataclass(frozen=True, eq=False)
class Explanation:
    """Why no set is allowed.

    Attributes
    ----------
    conflicts : tuple of tuples of Rule
        Every smallest group of rules that no set satisfies, the shortest first; empty where some set is allowed.
    relaxations : tuple of Relaxation
        For every smallest group of limits whose change would do, the cheapest change: the fewest changes first,
        then the cheapest. One without changes where some set is allowed.
    complete : bool
        False where there were too many to list.
    """

    conflicts: tuple[tuple[Rule, ...], ...]
    relaxations: tuple[Relaxation, ...]
    complete: bool


class NoSetAllowedError(RulesError):
    """No set satisfies the rules; what contradicts what is worked out when it is asked for."""

    def __init__(self, rules: Rules, n: int) -> None:
        self.rules, self.candidates = rules, n
        super().__init__(f"no set of the {n} candidates satisfies the {len(rules.parts())} rules")

    @cached_property
    def explanation(self) -> Explanation:
        """Conflicts and relaxations."""
        return explain(self.rules, self.candidates)

    @property
    def conflicts(self) -> tuple[tuple[Rule, ...], ...]:
        """Every smallest group of rules that contradict each other."""
        return self.explanation.conflicts

    @property
    def relaxations(self) -> tuple[Relaxation, ...]:
        """The cheapest ways out."""
        return self.explanation.relaxations


def explain(rules: Rules, n: int) -> Explanation:
    """Why no set of n candidates satisfies the rules, and what would help.

    Raises
    ------
    ValueError
        When the rules are about other candidates.

    References
    ----------
    Liffiton & Sakallah (2008), Algorithms for computing minimal unsatisfiable subsets of constraints, Journal of
    Automated Reasoning 40(1): smallest groups that contradict each other are the smallest ones that hit every
    smallest group whose removal helps. Those are found by mixed-integer programmes, and checked exactly.
    """
    dials = Dials(limits(rules, n))
    relaxations = [_relaxation(dials, chosen) for chosen in islice(ways_out(dials), _MOST)]
    relaxations.sort(key=lambda one: (len(one.changes), one.cost))
    removals = _smallest(frozenset(change.rule for change in one.changes) for one in relaxations)
    conflicts = _hitting(removals)
    complete = len(relaxations) < _MOST and len(conflicts) <= _MOST
    parts = rules.parts()
    ordered = sorted(
        (tuple(sorted(group, key=parts.index)) for group in conflicts),
        key=lambda group: (len(group), [*map(parts.index, group)]),
    )
    return Explanation(tuple(ordered[:_MOST]), tuple(relaxations), complete)


def _relaxation(dials: Dials, chosen: BoolArray) -> Relaxation:
    """What a set that is not allowed asks to be changed."""
    excess = dials.excess(chosen)
    changes: list[Change] = []
    for row, (owner, low, high) in enumerate(zip(dials.limits.owners, dials.lower, dials.upper, strict=True)):
        least, most = float(dials.limits.lo[row]), float(dials.limits.hi[row])
        if owner.kind not in BOUNDED:
            if excess[high] > 0:
                changes.append(Change(owner, "drop", math.nan, math.nan))
            continue
        if excess[low] > 0:
            changes.append(Change(owner, "lo", _plain(least), _plain(least - excess[low])))
        if excess[high] > 0:
            bound = "limit" if owner.kind == "budgets" else "hi"
            changes.append(Change(owner, bound, _plain(most), _plain(most + excess[high])))
    return Relaxation(tuple(changes), tuple(np.flatnonzero(chosen).tolist()), float((excess / dials.scale).sum()))


def _plain(number: float) -> float:
    """Counts as whole numbers."""
    return int(number) if float(number).is_integer() else float(number)


def _smallest(groups: Iterable[frozenset[Rule]]) -> list[frozenset[Rule]]:
    """Groups that contain no other one."""
    kept: list[frozenset[Rule]] = []
    for group in sorted(set(groups), key=len):
        if not any(smaller <= group for smaller in kept):
            kept.append(group)
    return kept


def _hitting(groups: list[frozenset[Rule]]) -> list[frozenset[Rule]]:
    """All smallest groups that share a rule with each of the groups; up to one more than are listed."""
    found: list[frozenset[Rule]] = [frozenset()]
    for group in groups:
        hit = [one for one in found if one & group]
        grown = {one | {rule} for one in found if not one & group for rule in group}
        found = hit + [one for one in sorted(grown, key=len) if not any(other <= one for other in hit)]
        found = _smallest(found)[: 4 * _MOST]
    return [group for group in found if group]
