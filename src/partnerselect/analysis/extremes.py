"""Best and worst rank of every candidate over plausible weights: what is possible, not how often."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from partnerselect.analysis.filled_ranges import filled
from partnerselect.analysis.plausible import RegionName, plausible
from partnerselect.analysis.value_ranges import value_ranges
from partnerselect.analysis.weights import normalised
from partnerselect.analysis.words import listed
from partnerselect.kernels import bounds, ranks
from partnerselect.model import Decision, Viewpoint


@dataclass(frozen=True, eq=False)
class Extremes:
    """Exact rank intervals; rows are candidate ids, best of today first.

    Attributes
    ----------
    sentence : str
        Who can be first at all.
    ranks : DataFrame
        name, rank (today's), best and worst (over the weights and everything that the evidence leaves open),
        best_known and worst_known (over the weights, with best values only).
    region : str
        Which weights are meant, in words.
    """

    sentence: str
    ranks: pd.DataFrame
    region: str


def extremes(
    decision: Decision,
    weights: str | Viewpoint | Mapping[str, float],
    region: RegionName = "any",
    plus_minus: float | None = None,
    progress: Callable[[float], None] | None = None,
) -> Extremes:
    """Best and worst possible ranks, exactly.

    Parameters
    ----------
    decision : Decision
    weights : viewpoint, its id or title, or a mapping of goal and criterion ids to points
        Today's weights.
    region, plus_minus : str and float
        Which weights are plausible; see `plausible`.
    progress : callable, optional
        Called with the share that is done.

    Raises
    ------
    WeightsError
        For weights or a region that cannot be used.
    """
    today = normalised(decision, weights)
    cells = filled(value_ranges(decision), today.leaves)
    likely = plausible(decision, today, region, plus_minus)
    table = pd.DataFrame(
        {"name": cells.names, "rank": ranks.rank(cells.best @ today.leaves)},
        index=pd.Index(cells.ids, name="candidate", dtype=object),
    )
    if cells.ids:
        half = None if progress is None else (lambda share: progress(share / 2))
        rest = None if progress is None else (lambda share: progress(0.5 + share / 2))
        table["best"], table["worst"] = bounds.extreme_ranks(cells.low, cells.high, likely.region, half)
        table["best_known"], table["worst_known"] = bounds.extreme_ranks(cells.best, cells.best, likely.region, rest)
    else:
        table = table.assign(best=[], worst=[], best_known=[], worst_known=[])
    table = table.sort_values("rank", kind="stable")
    return Extremes(_sentence(table, likely.words), table, likely.words)


def _sentence(table: pd.DataFrame, words: str) -> str:
    if table.empty:
        return "No candidate passes the gates."
    first = list(table["name"][table["best_known"] == 1])
    possible = int((table["best"] == 1).sum())
    who = listed(first) if len(first) <= 4 else f"{len(first)} of {len(table)} candidates"
    told = f"Taking best values, {who} can be first {words}"
    if possible == len(first):
        return f"{told}; what the evidence leaves open adds nobody."
    return f"{told}; with everything that the evidence leaves open, {possible} of {len(table)} can."
