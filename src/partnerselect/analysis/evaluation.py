"""Decision and weights to a ranking that says how far it can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from partnerselect.analysis.value_ranges import ValueRanges, value_ranges
from partnerselect.analysis.weights import Weights, normalised
from partnerselect.kernels import additive, ranks
from partnerselect.kernels.arrays import FloatArray, IntArray
from partnerselect.model import Decision, Viewpoint


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What follows from one decision under one set of weights; rows are candidate ids, best first.

    Attributes
    ----------
    ranking : DataFrame
        total, low, high (possible totals, 0..1), likely_low, likely_high (the middle nine tenths of the
        draws), rank, best_rank, worst_rank (possible), likely_best_rank, likely_worst_rank, and known:
        the share of the candidate's weight that rests on evidence.
    contributions : DataFrame
        Weight times value, candidates x criteria; rows sum to the totals, NaN where not applicable.
    values : DataFrame
        Values in [0, 1], candidates x criteria; NaN where not applicable.
    influence : Series
        Weight times spread of each criterion; 0 means that its weight moves nothing.
    weights : Series
        Normalised weight of each criterion; sum 1.
    points : Mapping
        The points that the weights came from, completed for every goal and criterion.
    """

    ranking: pd.DataFrame
    contributions: pd.DataFrame
    values: pd.DataFrame
    influence: pd.Series[float]
    weights: pd.Series[float]
    points: Mapping[str, float]


def evaluate(decision: Decision, weights: str | Viewpoint | Mapping[str, float]) -> Evaluation:
    """Rank the candidates that pass the gates.

    Parameters
    ----------
    decision : Decision
    weights : viewpoint, its id or title, or a mapping of goal and criterion ids to points
        Siblings of which none is named share equally; where some are named, the others count 0.

    Raises
    ------
    WeightsError
        For unknown ids, negative or not finite points, or all zero.
    """
    return evaluate_with(decision, normalised(decision, weights))


def evaluate_with(decision: Decision, weights: Weights) -> Evaluation:
    """As `evaluate`, for weights that are normalised already."""
    ranges = value_ranges(decision)
    own = _own_weights(ranges, weights.leaves)
    columns = _ranking(ranges, weights.leaves, own)
    order = np.argsort(columns["rank"], kind="stable")
    candidates = pd.Index([ranges.candidates[row].id for row in order], name="candidate", dtype=object)
    criteria = pd.Index([criterion.id for criterion in ranges.criteria], name="criterion", dtype=object)
    values = ranges.best if ranges.all_applicable else np.where(ranges.applicable, ranges.best, np.nan)
    contributions = values * (weights.leaves if own is None else own)
    return Evaluation(
        ranking=pd.DataFrame({name: column[order] for name, column in columns.items()}, index=candidates, copy=False),
        contributions=pd.DataFrame(contributions[order], index=candidates, columns=criteria, copy=False),
        values=pd.DataFrame(values[order], index=candidates, columns=criteria, copy=False),
        influence=pd.Series(additive.influence(values, weights.leaves), index=criteria, name="influence"),
        weights=pd.Series(weights.leaves, index=criteria, name="weight"),
        points=weights.points,
    )


def _own_weights(ranges: ValueRanges, leaves: FloatArray) -> FloatArray | None:
    """Each candidate's own weights, shape (n, m); None where every criterion applies to everybody."""
    return None if ranges.all_applicable else additive.applicable_weights(leaves, ranges.applicable)


def _ranking(ranges: ValueRanges, leaves: FloatArray, own: FloatArray | None) -> dict[str, FloatArray | IntArray]:
    total, low, high, drawn = _totals(ranges, leaves, own)
    best_rank, worst_rank = ranks.interval(low, high)
    likely_low, likely_high = ranks.middle_share(drawn)
    likely_best_rank, likely_worst_rank = ranks.middle_share(ranks.rank_rows(drawn))
    known = (ranges.known * (leaves if own is None else own)).sum(axis=1)
    return {
        "total": total,
        "low": low,
        "high": high,
        "likely_low": likely_low,
        "likely_high": likely_high,
        "rank": ranks.rank(total),
        "best_rank": best_rank,
        "worst_rank": worst_rank,
        "likely_best_rank": likely_best_rank,
        "likely_worst_rank": likely_worst_rank,
        "known": known,
    }


def _totals(
    ranges: ValueRanges, leaves: FloatArray, own: FloatArray | None
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Totals of best, low and high values, shape (n,), and of the draws, shape (draws, n).

    A candidate to whom no criterion with weight applies could be anything: 0.5 in 0..1.
    """
    if own is None:
        best, low, high = (additive.totals(each, leaves) for each in (ranges.best, ranges.low, ranges.high))
        return best, low, high, ranges.drawn @ leaves
    nothing = own.sum(axis=1) == 0
    best, low, high = ((each * own).sum(axis=1) for each in (ranges.best, ranges.low, ranges.high))
    drawn = np.einsum("snm,nm->sn", ranges.drawn, own)
    best[nothing], low[nothing], high[nothing], drawn[:, nothing] = 0.5, 0.0, 1.0, 0.5
    return best, low, high, drawn
