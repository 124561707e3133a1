"""Attribution: a change that several factors made together, split exactly among them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import combinations
from math import factorial
from typing import Any, TypeVar

Factor = TypeVar("Factor", bound=Hashable)

_MOST = 16


def shapley(outcome: Callable[[frozenset[Factor]], Any], factors: Sequence[Factor]) -> dict[Factor, Any]:
    """Share of each factor in the change from nothing new to everything new.

    Parameters
    ----------
    outcome : callable
        Takes the set of factors that are new and returns a number, or an array; it is called once for each
        of the 2**k sets.
    factors : sequence of hashable
        At most 16, each once.

    Returns
    -------
    dict
        Factor -> share; the shares sum to outcome(all) - outcome(none).

    Raises
    ------
    ValueError
        When a factor is named twice, or there are more than 16.

    References
    ----------
    Shapley (1953), A value for n-person games, Contributions to the Theory of Games II.
    """
    count = len(factors)
    if len(set(factors)) != count:
        raise ValueError("a factor is named twice")
    if count > _MOST:
        raise ValueError(f"there are {count} factors; at most {_MOST} can be told apart in reasonable time")
    sets = [frozenset(some) for size in range(count + 1) for some in combinations(factors, size)]
    found = {new: outcome(new) for new in sets}
    shares: dict[Factor, Any] = {}
    for factor in factors:
        added = [
            _orders(len(new), count) * (found[new | {factor}] - before)
            for new, before in found.items()
            if factor not in new
        ]
        shares[factor] = sum(added[1:], start=added[0])
    return shares


def _orders(before: int, count: int) -> float:
    """Share of all orders in which exactly `before` given factors come first, then this one."""
    return factorial(before) * factorial(count - before - 1) / factorial(count)
