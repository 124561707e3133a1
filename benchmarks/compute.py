"""Evaluation against the bare work that it cannot do without."""

from __future__ import annotations

import numpy as np
import pandas as pd
from measure import in_turn, report

import partnerselect as ps
from partnerselect.kernels import additive, ranks


def evaluate_against_its_tables() -> None:
    """`evaluate` on the real case against building its result tables from finished arrays."""
    decision = ps.read_decision("criteria/photonics-for-health.yaml", "candidates/photonics-for-health")
    done = ps.evaluate(decision, "equal_goals")
    columns = {name: done.ranking[name].to_numpy().copy() for name in done.ranking}
    contributions, values = done.contributions.to_numpy().copy(), done.contributions.to_numpy().copy()
    influence, weights = done.influence.to_numpy().copy(), done.weights.to_numpy().copy()
    candidates, criteria = list(done.ranking.index), list(done.weights.index)

    def tables() -> None:
        rows, names = pd.Index(candidates, name="candidate"), pd.Index(criteria, name="criterion")
        pd.DataFrame(columns, index=rows)
        pd.DataFrame(contributions, index=rows, columns=names)
        pd.DataFrame(values, index=rows, columns=names)
        pd.Series(influence, index=names)
        pd.Series(weights, index=names)

    ours, theirs = in_turn(lambda: ps.evaluate(decision, "equal_goals"), tables, 300)
    report("evaluate, 24 x 14, against building its tables", ours, theirs, 3)


def core_against_numpy() -> None:
    """Totals and ranks of 100,000 candidates against a bare product and ranking."""
    chance = np.random.default_rng(1)
    values, weights = chance.random((100_000, 20)), chance.dirichlet(np.ones(20))
    low, high = values * 0.9, np.minimum(values * 1.1, 1.0)

    def bare_rank(totals: np.ndarray) -> None:
        order = np.argsort(-totals)
        place = np.empty(totals.size, dtype=np.int64)
        place[order] = np.arange(1, totals.size + 1)

    ours, theirs = in_turn(
        lambda: ranks.rank(additive.totals(values, weights)), lambda: bare_rank(values @ weights), 30
    )
    report("core, 100,000 x 20: totals and ranks with ties", ours, theirs, 2)

    def everything() -> None:
        ranks.rank(additive.totals(values, weights))
        ranks.interval(additive.totals(low, weights), additive.totals(high, weights))

    def three_of_each() -> None:
        for table in (values, low, high):
            bare_rank(table @ weights)

    ours, theirs = in_turn(everything, three_of_each, 20)
    report("core with bounds and rank intervals against three of each", ours, theirs, 2)


def main() -> None:
    """All figures of this file."""
    evaluate_against_its_tables()
    core_against_numpy()


if __name__ == "__main__":
    main()
