"""Best sets, core index and the way out of contradicting rules, against the bare solver on the same problem."""

from __future__ import annotations

import statistics
import tracemalloc
from collections.abc import Callable

import numpy as np
from measure import in_turn, report, seconds
from scipy.optimize import Bounds, LinearConstraint, milp

from partnerselect.kernels import sets
from partnerselect.kernels.arrays import FloatArray


def main() -> None:
    """All figures of this file."""
    _few()
    _many()
    _a_thousand()
    _core()
    _contradictions()


def _few() -> None:
    chance = np.random.default_rng(0)
    values, weights = chance.random((30, 12)), np.full(12, 1 / 12)
    kind = np.arange(30) % 3
    rules = sets.Rules(size=(3, 3), quotas=[(kind == 0, 1, 1), (kind == 1, 2, 2)])
    bare = _bare(values @ weights, rules)
    same = sets.best_sets(values, weights, rules, top=11)[0].total
    assert abs(same + bare()) < 1e-6, "totals differ from the bare solver"
    ours, theirs = in_turn(lambda: sets.best_sets(values, weights, rules, top=11), bare, 60)
    report("best 3 of 30 and the ten next, against the bare solver", ours, theirs, 0.2)


def _many() -> None:
    for seed in range(3):
        chance = np.random.default_rng(seed)
        values, weights = chance.random((100, 12)), chance.dirichlet(np.ones(12))
        kind, land = chance.integers(0, 3, 100), chance.integers(0, 8, 100)
        quotas = [(kind == 0, 2, 2), (kind == 1, 1, 2), *((land == one, 0, 1) for one in range(8))]
        rules = sets.Rules(size=(5, 5), quotas=quotas)
        bare = _bare(values @ weights, rules)
        same = sets.best_sets(values, weights, rules, top=1)[0].total
        assert abs(same + bare()) < 1e-6, "totals differ from the bare solver"
        for top in (1, 10):
            ours, theirs = in_turn(lambda top=top: sets.best_sets(values, weights, rules, top=top), bare, 15)  # type: ignore[misc] # noqa: B023
            report(f"best 5 of 100 with quotas, {top} listed, against the bare solver", ours, theirs, 1.5)


def _a_thousand() -> None:
    chance = np.random.default_rng(0)
    values, weights = chance.random((1000, 10)), chance.dirichlet(np.ones(10))
    kind, land = chance.integers(0, 4, 1000), chance.integers(0, 12, 1000)
    covers = [sets.Coverage(chance.random((1000, 30)) < 0.1, chance.random(30) < 0.2) for _ in range(2)]
    quotas = [(kind == 0, 2, 4), (kind == 1, 1, 2), *((land == one, 0, 2) for one in range(12))]
    rules = sets.Rules(size=(10, 10), quotas=quotas)
    tables: dict[str, list[str | sets.Coverage]] = {
        "sums, one coverage": [*["sum"] * 9, covers[0]],
        "means, two coverages": [*["mean"] * 8, *covers],
        "means, best-of, coverage": [*["mean"] * 7, "best", "best", covers[0]],
    }
    for what, combine in tables.items():

        def ours(combine: sets.Combine = combine) -> object:
            return sets.best_sets(values, weights, rules, combine)

        took = statistics.median(seconds(ours) for _ in range(3))
        _line(f"best 10 of 1000 with quotas, {what}", f"{took:.3f} s", "< 2 s", took < 2)


def _core() -> None:
    chance = np.random.default_rng(0)
    values = chance.random((24, 12))
    low, high = np.maximum(values - 0.1, 0), np.minimum(values + 0.1, 1)
    items = sets.Coverage(chance.random((24, 12)) < 0.3, np.zeros(12, dtype=np.bool_))
    rules = sets.Rules(size=(3, 3))
    mixed: list[str | sets.Coverage] = [*["sum"] * 9, "best", "mean", items]
    for what, combine in (("sums", "sum"), ("all kinds", mixed)):

        def ours(combine: sets.Combine = combine) -> FloatArray:
            return sets.core_index(low, high, values, rules, combine=combine)

        took = statistics.median(seconds(ours) for _ in range(5))
        tracemalloc.start()
        ours()
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        _line(f"core index, 3 of 24, 10,000 samples, {what}", f"{took:.3f} s", "<= 0.5 s", took <= 0.5)
        _line(f"core index, 3 of 24, {what}, peak of memory", f"{peak:.0f} MB", "<= 200 MB", peak <= 200)


def _contradictions() -> None:
    for seed in range(3):
        chance = np.random.default_rng(seed)
        kind, land = chance.integers(0, 3, 24), chance.integers(0, 6, 24)
        quotas = [(kind == one, 2, 2) for one in range(3)] + [(land == one, 1, 1) for one in range(3)]
        rules = sets.Rules(
            size=(3, 3),
            must=[0],
            must_not=[5],
            together=[(2, 3)],
            not_together=[(0, 1)],
            quotas=quotas,
            budgets=[(10 * chance.random(24), 12.0)],
        )
        took = statistics.median(seconds(lambda rules=rules: sets.explain(rules, 24)) for _ in range(3))  # type: ignore[misc]
        found = sets.explain(rules, 24)
        what = f"{len(found.conflicts)} conflicts and {len(found.relaxations)} ways out of 12 rules on 24"
        _line(what, f"{took:.3f} s", "<= 1 s", took <= 1)


def _bare(totals: FloatArray, rules: sets.Rules) -> Callable[[], float]:
    """One call of the solver for the best set by size and quotas, from matrices that are ready."""
    masks = np.array([mask for mask, _, _ in rules.quotas], dtype=np.float64)
    each = LinearConstraint(masks, [lo for _, lo, _ in rules.quotas], [hi for _, _, hi in rules.quotas])
    size = LinearConstraint(np.ones((1, totals.size)), *rules.size)

    def solve() -> float:
        found = milp(-totals, integrality=np.ones(totals.size), bounds=Bounds(0, 1), constraints=[size, each])
        return float(found.fun)

    return solve


def _line(what: str, found: str, wanted: str, reached: bool) -> None:
    print(f"{what:<66} {found}  wanted {wanted}  {'ok' if reached else 'MISSED'}", flush=True)


if __name__ == "__main__":
    main()
