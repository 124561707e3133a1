"""Which sets are allowed: rules that can be switched off one by one, and the same as limits on what a set has."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import BoolArray, FloatArray, IntArray, matrix, vector
from partnerselect.kernels.checks import finite_vector, place
from partnerselect.kernels.set_distinct import Distinct
from partnerselect.kernels.set_rule_checks import different, finite, number, span, table

SLACK = 1e-9
"""Limits hold within this."""

_LISTS = ("must", "must_not", "together", "not_together", "quotas", "budgets", "distinct")


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
    distinct : sequence of (has, least)
        Number of different values that a set has together: `has`, an array of bool of shape (n_candidates, n_values),
        says which candidate has which; one may have several, or none.

    Raises
    ------
    ValueError
        When a least is above its most, a pair is no pair, numbers are not numbers, or a table is none of bool.
    """

    size: tuple[float, float]
    must: Sequence[int] = ()
    must_not: Sequence[int] = ()
    together: Sequence[tuple[int, int]] = ()
    not_together: Sequence[tuple[int, int]] = ()
    quotas: Sequence[tuple[ArrayLike, float, float]] = ()
    budgets: Sequence[tuple[ArrayLike, float]] = ()
    distinct: Sequence[tuple[ArrayLike, float]] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", span("size", *self.size))
        for name in ("must", "must_not"):
            object.__setattr__(self, name, tuple(int(one) for one in getattr(self, name)))
        for name in ("together", "not_together"):
            object.__setattr__(self, name, tuple(different(name, pair) for pair in getattr(self, name)))
        quotas = tuple((table("a quota's mask", mask, 1), *span("a quota", lo, hi)) for mask, lo, hi in self.quotas)
        object.__setattr__(self, "quotas", quotas)
        budgets = tuple(
            (finite_vector("amounts", amounts), number("a budget's limit", limit)) for amounts, limit in self.budgets
        )
        object.__setattr__(self, "budgets", budgets)
        distinct = tuple(
            (table("a distinct rule's table", has, 2), finite("a distinct rule's least", least))
            for has, least in self.distinct
        )
        object.__setattr__(self, "distinct", distinct)

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
        size, dropped = self.size, []
        quotas, budgets, distinct = list(self.quotas), list(self.budgets), list(self.distinct)
        for (kind, at), bound, _, new in changes:
            if bound == "drop":
                dropped.append(Rule(kind, at))
            elif kind == "size":
                size = (new, size[1]) if bound == "lo" else (size[0], new)
            elif kind == "quotas":
                mask, lo, hi = quotas[at]
                quotas[at] = (mask, new, hi) if bound == "lo" else (mask, lo, new)
            else:
                each = budgets if kind == "budgets" else distinct
                each[at] = (each[at][0], new)
        return replace(self.without(*dropped), size=size, quotas=quotas, budgets=budgets, distinct=distinct)


@dataclass(frozen=True, eq=False)
class Limits:
    """Rules about n candidates as `lo <= found(chosen) <= hi`, within `SLACK`.

    What is found are sums, `rows @ chosen`; of the distinct rules, which come last, it is the number of different
    items. Their rows count an item once for everybody who has it: sums that are never below that number.

    Attributes
    ----------
    must, must_not : ndarrays of bool, shape (n_candidates,)
    rows : ndarray of shape (n_rules, n_candidates)
    lo, hi : ndarrays of shape (n_rules,)
        Infinite where there is no limit.
    owners : tuple of Rule
        Which rule each row states.
    distinct : tuple of Distinct
        The values of each distinct rule.
    """

    must: BoolArray
    must_not: BoolArray
    rows: FloatArray
    lo: FloatArray
    hi: FloatArray
    owners: tuple[Rule, ...]
    distinct: tuple[Distinct, ...]

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
        """The sums beside the size, must and must not."""
        return slice(1 + sum(owner.kind in ("must", "must_not") for owner in self.owners), self._first_distinct)

    @property
    def _first_distinct(self) -> int:
        return len(self.owners) - len(self.distinct)

    @cached_property
    def has(self) -> BoolArray:
        """Which candidate has which item of all distinct rules, shape (n_candidates, n_items)."""
        return np.hstack([np.zeros((self.candidates, 0), dtype=np.bool_), *(each.has for each in self.distinct)])

    @cached_property
    def rows_with_items(self) -> FloatArray:
        """All rules as sums, shape (n_rules, n_candidates + n_items), where an item counts once if a set has it."""
        rows = np.hstack([self.rows, np.zeros((len(self.rows), self.has.shape[1]))])
        rows[self._first_distinct :, : self.candidates] = 0.0
        end = self.candidates
        for row, each in enumerate(self.distinct, self._first_distinct):
            start, end = end, end + each.has.shape[1]
            rows[row, start:end] = 1.0
        return rows

    def found(self, chosen: BoolArray) -> FloatArray:
        """What the rules limit, shape (..., n_rules), of sets, shape (..., n_candidates)."""
        sums: FloatArray = chosen @ self.rows.T
        for row, each in enumerate(self.distinct, self._first_distinct):
            sums[..., row] = each.number_chosen(chosen)
        return sums

    def varied(self, members: IntArray, more: float = 0) -> BoolArray:
        """Whether the distinct rules can hold, shape (c,), if `more` join sets of one size, shape (c, size)."""
        holds = np.ones(len(members), dtype=np.bool_)
        for each, least in zip(self.distinct, self.lo[self._first_distinct :], strict=True):
            holds &= each.number(members) + more * each.most >= least - SLACK
        return holds

    def allowed(self, members: IntArray) -> BoolArray:
        """Whether the further sums and the distinct rules hold, shape (c,), for sets of one size, shape (c, size)."""
        holds = self.varied(members)
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
        """Which rules a set, shape (n_candidates,), falls below and which it exceeds, each of shape (n_rules,)."""
        found = self.found(chosen)
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
    distinct = []
    for has, least in rules.distinct:
        counts = matrix("a distinct rule's table", has, (n, np.shape(has)[1]))
        distinct.append(Distinct(counts > 0))
        rows.append(counts.sum(axis=1))
        bounds.append((least, math.inf))
    ends = np.array(bounds, dtype=np.float64)
    in_all, in_none = (np.isin(np.arange(n), which) for which in (rules.must, rules.must_not))
    return Limits(in_all, in_none, np.array(rows), ends[:, 0], ends[:, 1], rules.parts(), tuple(distinct))


def _others(kind: str, entries: Sequence[Any], parts: Collection[Rule]) -> tuple[Any, ...]:
    return tuple(entry for at, entry in enumerate(entries) if Rule(kind, at) not in parts)


def _sparse(n: int, *cells: tuple[int, float]) -> FloatArray:
    row = np.zeros(n)
    for index, entry in cells:
        row[index] = entry
    return row
