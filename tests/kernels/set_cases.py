"""Small random decisions about sets, and every set looked at one by one."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from partnerselect.kernels import sets

Case = tuple[np.ndarray, np.ndarray, list[Any], sets.Rules]


def drawn_rules(chance: np.random.Generator, n: int) -> sets.Rules:
    """Rules of every kind, some of them at a time."""
    least = int(chance.integers(0, 3))
    lists: dict[str, Any] = {
        name: chance.choice(n, int(chance.integers(0, 2)), replace=False).tolist() for name in ("must", "must_not")
    }
    for name in ("together", "not_together"):
        pairs = int(chance.integers(0, 2)) if n > 1 else 0
        lists[name] = [tuple(chance.choice(n, 2, replace=False).tolist()) for _ in range(pairs)]
    quotas = []
    for _ in range(int(chance.integers(0, 3))):
        start = int(chance.integers(0, 2))
        quotas.append((chance.random(n) < 0.5, start, start + int(chance.integers(0, 3))))
    budgets = [(chance.integers(-1, 5, n), float(chance.integers(0, 7))) for _ in range(int(chance.integers(0, 3)))]
    size = (least, least + int(chance.integers(0, 3)))
    return sets.Rules(size=size, quotas=quotas, budgets=budgets, distinct=drawn_distinct(chance, n), **lists)


def drawn_distinct(chance: np.random.Generator, n: int) -> list[tuple[np.ndarray, float]]:
    """At most two distinct rules; some candidates have several values, some none."""
    tables = [chance.random((n, int(chance.integers(1, 5)))) < 0.4 for _ in range(int(chance.integers(0, 3)))]
    return [(table, float(chance.integers(1, 4))) for table in tables]


def drawn_case(seed: int, most: int = 8) -> Case:
    """Values, weights, how partners combine, and rules; half of the values on a coarse grid, for ties."""
    chance = np.random.default_rng(seed)
    n, m = int(chance.integers(1, most)), int(chance.integers(1, 4))
    values = chance.integers(0, 5, (n, m)) / 4 if chance.random() < 0.5 else chance.random((n, m))
    kinds = ["sum", "mean", "best", sets.Coverage(chance.random((n, 5)) < 0.3, chance.random(5) < 0.3)]
    combine = [kinds[int(chance.integers(4))] for _ in range(m)]
    return values, chance.dirichlet(np.ones(m)), combine, drawn_rules(chance, n)


def keeps(members: tuple[int, ...], rules: sets.Rules) -> bool:
    """Whether a set keeps every rule, one rule after the other."""
    inside = set(members)
    return (
        rules.size[0] <= len(members) <= rules.size[1]
        and inside >= set(rules.must)
        and not inside & set(rules.must_not)
        and all((one in inside) == (other in inside) for one, other in rules.together)
        and not any(inside >= {one, other} for one, other in rules.not_together)
        and all(lo <= np.asarray(mask)[list(members)].sum() <= hi for mask, lo, hi in rules.quotas)
        and all(np.asarray(amounts)[list(members)].sum() <= limit + 1e-9 for amounts, limit in rules.budgets)
        and all(np.asarray(has)[list(members)].any(axis=0).sum() >= least for has, least in rules.distinct)
    )


def total(members: tuple[int, ...], values: np.ndarray, weights: np.ndarray, combine: list[Any]) -> float:
    """Total of one set, one criterion after the other."""
    found = 0.0
    for column, weight, how in zip(values.T, weights, combine, strict=True):
        own = column[list(members)]
        if isinstance(how, sets.Coverage):
            items, covered = np.asarray(how.items), np.asarray(how.covered)
            part = (items[list(members)].any(axis=0) | covered).mean()
        elif not members:
            part = 0.0
        else:
            part = {"sum": own.sum, "mean": own.mean, "best": own.max}[how]()
        found += weight * float(part)
    return found


def every(n: int) -> list[tuple[int, ...]]:
    """All sets of n candidates."""
    return [members for size in range(n + 1) for members in itertools.combinations(range(n), size)]


def one_by_one(case: Case) -> list[tuple[tuple[int, ...], float]]:
    """All allowed sets with their totals, best first, equal ones by their members."""
    values, weights, combine, rules = case
    found = [(one, total(one, values, weights, combine)) for one in every(len(values)) if keeps(one, rules)]
    return sorted(found, key=lambda each: (-round(each[1], 8), each[0]))
