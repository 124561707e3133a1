"""Which sets are allowed: rules that can be switched off one by one, and the same as limits on sums over a set."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import BoolArray, FloatArray, IntArray, vector
from partnerselect.kernels.checks import finite_vector, place

SLACK = 1e-9
"""Limits hold within this."""

_LISTS = ("must", "must_not", "together", "not_together", "quotas", "budgets")


class Rule(NamedTuple):
    """One rule of a `Rules`: which kind (the name of the field), and its place in that field; 0 for the size."""

    kind: str
    place: int = 0


class Change(NamedTuple):
    """One rule made weaker.

    `bound` is "lo", "hi" or "limit", and `old` and `new` say what it was and becomes; or it is "drop": the rule
    goes, and both are NaN.
    """

    rule: Rule
    bound: str
    old: float
    new: float


@dataclass(frozen=True, eq=False)
class Rules:
    """Rules that restrict which sets of candidates are allowed.

    Attributes
    ----------
    size : pair of numbers
        Least and most candidates, inclusive; most may be `math.inf`.
    must, must_not : sequences of int
        Candidates that every set has, or none has.
    together, not_together : sequences of pairs of int
        Both or neither; not both.
    quotas : sequence of (mask, least, most)
        Number of the candidates in mask, an array of bool of shape (n_candidates,), inclusive.
    budgets : sequence of (amounts, limit)
        The amounts, shape (n_candidates,), of a set sum to at most the limit, within 1e-9. They may be negative.

    Raises
    ------
    ValueError
        When a least is above its most, a pair is no pair, or numbers are not numbers.
    """

    size: tuple[float, float]
    must: Sequence[int] = ()
    must_not: Sequence[int] = ()
    together: Sequence[tuple[int, int]] = ()
    not_together: Sequence[tuple[int, int]] = ()
    quotas: Sequence[tuple[ArrayLike, float, float]] = ()
    budgets: Sequence[tuple[ArrayLike, float]] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", _range("size", *self.size))
        for name in ("must", "must_not"):
            object.__setattr__(self, name, tuple(int(one) for one in getattr(self, name)))
        for name in ("together", "not_together"):
            object.__setattr__(self, name, tuple(_pair(name, pair) for pair in getattr(self, name)))
        quotas = tuple((_mask(mask), *_range("a quota", lo, hi)) for mask, lo, hi in self.quotas)
        object.__setattr__(self, "quotas", quotas)
        budgets = tuple((finite_vector("amounts", amounts), _number(limit)) for amounts, limit in self.budgets)
        object.__setattr__(self, "budgets", budgets)

    def parts(self) -> tuple[Rule, ...]:
        """Every single rule, the size first."""
        return (Rule("size"), *(Rule(kind, k) for kind in _LISTS for k in range(len(getattr(self, kind)))))

    def without(self, *parts: Rule) -> Rules:
        """The rules with some of them switched off; a size that is switched off allows any number.

        Raises
        ------
        ValueError
            When there is no such rule.
        """
        for part in parts:
            if part not in self.parts():
                raise ValueError(
                    f"there is no rule {tuple(part)}; the rules are {[tuple(one) for one in self.parts()]}"
                )
        kept: dict[str, Any] = {kind: _others(kind, getattr(self, kind), parts) for kind in _LISTS}
        return replace(self, size=(0, math.inf) if Rule("size") in parts else self.size, **kept)

    def relaxed(self, changes: Iterable[Change]) -> Rules:
        """The rules with some of them made weaker."""
        size, quotas, budgets, dropped = self.size, list(self.quotas), list(self.budgets), []
        for (kind, at), bound, _, new in changes:
            if bound == "drop":
                dropped.append(Rule(kind, at))
            elif kind == "size":
                size = (new, size[1]) if bound == "lo" else (size[0], new)
            elif kind == "quotas":
                mask, lo, hi = quotas[at]
                quotas[at] = (mask, new, hi) if bound == "lo" else (mask, lo, new)
            else:
                budgets[at] = (budgets[at][0], new)
        return replace(self.without(*dropped), size=size, quotas=quotas, budgets=budgets)


@dataclass(frozen=True, eq=False)
class Limits:
    """Rules about n candidates as `lo <= rows @ chosen <= hi`, within `SLACK`.

    Attributes
    ----------
    must, must_not : ndarrays of bool, shape (n_candidates,)
    rows : ndarray of shape (n_rules, n_candidates)
    lo, hi : ndarrays of shape (n_rules,)
        Infinite where there is no limit.
    owners : tuple of Rule
        Which rule each row states.
    """

    must: BoolArray
    must_not: BoolArray
    rows: FloatArray
    lo: FloatArray
    hi: FloatArray
    owners: tuple[Rule, ...]

    @property
    def candidates(self) -> int:
        """Number of candidates, n."""
        return len(self.must)

    @property
    def sizes(self) -> range:
        """Sizes that a set can have by its size and by must and must not alone."""
        if (self.must & self.must_not).any():
            return range(0)
        least = max(math.ceil(self.lo[0]), int(self.must.sum()), 0)
        return range(least, math.floor(min(self.hi[0], self.candidates - self.must_not.sum())) + 1)

    @property
    def further(self) -> slice:
        """The rows beside the size, must and must not."""
        return slice(1 + sum(owner.kind in ("must", "must_not") for owner in self.owners), None)

    def allowed(self, members: IntArray) -> BoolArray:
        """Whether the further rows hold, shape (c,), for sets of one size, shape (c, size)."""
        holds = np.ones(len(members), dtype=np.bool_)
        for row, lo, hi in zip(self.rows[self.further], self.lo[self.further], self.hi[self.further], strict=True):
            found = np.zeros(len(members))
            for column in members.T:
                found += row[column]
            if lo > -math.inf:
                holds &= found >= lo - SLACK
            if hi < math.inf:
                holds &= found <= hi + SLACK
        return holds

    def broken(self, chosen: BoolArray) -> tuple[BoolArray, BoolArray]:
        """Which rows a set, shape (n_candidates,), falls below and which it exceeds, each of shape (n_rules,)."""
        found = self.rows @ chosen
        return found < self.lo - SLACK, found > self.hi + SLACK


def limits(rules: Rules, n: int) -> Limits:
    """Rules as limits on n candidates.

    Raises
    ------
    ValueError
        When a rule is about a candidate that does not exist, or about another number of candidates.
    """
    rows: list[FloatArray] = [np.ones(n)]
    bounds = [rules.size]
    for name, bound in (("must", (1.0, math.inf)), ("must_not", (-math.inf, 0.0))):
        for one in getattr(rules, name):
            rows.append(_sparse(n, (place(name, one, n), 1.0)))
            bounds.append(bound)
    for name, sign, bound in (("together", -1.0, (0.0, 0.0)), ("not_together", 1.0, (-math.inf, 1.0))):
        for one, other in getattr(rules, name):
            rows.append(_sparse(n, (place(name, one, n), 1.0), (place(name, other, n), sign)))
            bounds.append(bound)
    for mask, lo, hi in rules.quotas:
        rows.append(vector("a quota's mask", mask, n))
        bounds.append((lo, hi))
    for amounts, limit in rules.budgets:
        rows.append(vector("amounts", amounts, n))
        bounds.append((-math.inf, limit))
    ends = np.array(bounds, dtype=np.float64)
    in_all, in_none = (np.isin(np.arange(n), which) for which in (rules.must, rules.must_not))
    return Limits(in_all, in_none, np.array(rows), ends[:, 0], ends[:, 1], rules.parts())


def _others(kind: str, entries: Sequence[Any], parts: Collection[Rule]) -> tuple[Any, ...]:
    return tuple(entry for at, entry in enumerate(entries) if Rule(kind, at) not in parts)


def _sparse(n: int, *cells: tuple[int, float]) -> FloatArray:
    row = np.zeros(n)
    for index, entry in cells:
        row[index] = entry
    return row


def _range(name: str, lo: float, hi: float) -> tuple[float, float]:
    if math.isnan(lo) or math.isnan(hi) or lo > hi:
        raise ValueError(f"{name} is from {lo} to {hi}; it takes the least first and the most second")
    return lo, hi


def _pair(name: str, given: Sequence[int]) -> tuple[int, int]:
    if len(given) != 2 or given[0] == given[1]:
        raise ValueError(f"{name} holds {tuple(given)}; it takes pairs of two different candidates")
    return int(given[0]), int(given[1])


def _mask(given: ArrayLike) -> BoolArray:
    mask = np.asarray(given)
    if mask.ndim != 1 or mask.dtype != np.bool_:
        raise ValueError(f"a quota's mask has shape {mask.shape} and type {mask.dtype}; it takes shape (n,) and bool")
    return mask


def _number(limit: float) -> float:
    if math.isnan(limit):
        raise ValueError("a budget's limit is NaN; it takes a number")
    return float(limit)
