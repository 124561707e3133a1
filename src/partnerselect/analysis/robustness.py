"""How often each candidate gets which rank, over plausible weights and everything that the evidence leaves open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from partnerselect.analysis.filled_ranges import FilledRanges, filled, leading_count
from partnerselect.analysis.plausible import RegionName, plausible
from partnerselect.analysis.value_ranges import value_ranges
from partnerselect.analysis.weights import normalised
from partnerselect.analysis.words import listed
from partnerselect.kernels import leading_set, smaa
from partnerselect.kernels.arrays import BoolArray, FloatArray
from partnerselect.kernels.value_draws import Source, StandIns, drawn
from partnerselect.model import Decision, Viewpoint


@dataclass(frozen=True, eq=False)
class Robustness:
    """What a simulation found; rows are candidate ids, best expected rank first.

    Attributes
    ----------
    sentence : str
        How often today's leading candidates stay, and who else gets there how often.
    top : int
        Number of candidates that lead.
    leaders : tuple of str
        Today's leading candidates (ids), best first.
    staying, staying_error : float
        Share of the samples in which exactly they lead, and its standard error.
    kept : float
        How many of them are among the first `top` on average.
    candidates : DataFrame
        name, expected_rank, expected_rank_error, in_top, in_top_error (share of the samples among the first
        `top`), confidence, confidence_error (chance of being first if its central weights are right; NaN
        where it never is first).
    acceptability, acceptability_error : DataFrame
        Share of the samples that give each rank (columns 1..n), and its standard error.
    pairwise : DataFrame
        Share of the samples in which the row is ahead of the column.
    central_weights, central_weights_error : DataFrame
        Mean weights under which a candidate is first, candidates x criteria; NaN where it never is.
    region : str
        Which weights were drawn, in words.
    samples, seed : int
    note : str
        What to keep in mind; may be empty.
    """

    sentence: str
    top: int
    leaders: tuple[str, ...]
    staying: float
    staying_error: float
    kept: float
    candidates: pd.DataFrame
    acceptability: pd.DataFrame
    acceptability_error: pd.DataFrame
    pairwise: pd.DataFrame
    central_weights: pd.DataFrame
    central_weights_error: pd.DataFrame
    region: str
    samples: int
    seed: int
    note: str


def robustness(
    decision: Decision,
    weights: str | Viewpoint | Mapping[str, float],
    region: RegionName = "any",
    plus_minus: float | None = None,
    samples: int = 10_000,
    seed: int = 0,
    top: int | None = None,
    doubt: bool = True,
    progress: Callable[[float], None] | None = None,
) -> Robustness:
    """Draw plausible weights and performances, and count ranks (SMAA-2).

    Parameters
    ----------
    decision : Decision
    weights : viewpoint, its id or title, or a mapping of goal and criterion ids to points
        Today's weights.
    region, plus_minus : str and float
        Which weights are plausible; see `plausible`.
    samples, seed : int
        The same seed gives the same numbers.
    top : int, optional
        Number of candidates that lead; without it, as many as the set rules let join.
    doubt : bool
        Whether the evidence is drawn from its ranges as well; else every value is at its best.
    progress : callable, optional
        Called with the share that is done.

    Raises
    ------
    WeightsError
        For weights or a region that cannot be used.
    ValueError
        When samples or top is below 1.
    """
    today = normalised(decision, weights)
    ranges = value_ranges(decision)
    likely = plausible(decision, today, region, plus_minus)
    cells = filled(ranges, today.leaves)
    count = leading_count(decision, len(cells.ids), top)
    totals = cells.best @ today.leaves
    if not cells.ids:
        return _nobody(cells, count, likely.words, samples, seed)
    low, high, mode = (cells.low, cells.high, cells.mode) if doubt else (cells.best, cells.best, None)
    source: Source = drawn(low, high, mode, likely.region, samples, np.random.default_rng(seed))
    if cells.stands_in.any():
        source = StandIns(source, cells.stands_in, cells.own)
    found = smaa.from_source(source, progress)
    chosen = leading_set.leading(totals, count)
    stays = 1.0 if chosen.all() else leading_set.staying(found.source, chosen)
    return _labelled(found, cells, chosen, stays, totals, likely.words, seed)


def _labelled(
    found: smaa.Acceptabilities,
    cells: FilledRanges,
    chosen: BoolArray,
    stays: float,
    totals: FloatArray,
    words: str,
    seed: int,
) -> Robustness:
    count = int(chosen.sum())
    order = np.lexsort((-totals, found.expected_rank.round(12)))
    rows = pd.Index([cells.ids[row] for row in order], name="candidate", dtype=object)
    ranks = pd.RangeIndex(1, len(rows) + 1, name="rank")
    criteria = pd.Index(cells.criteria, name="criterion", dtype=object)
    in_top = found.rank_acceptability[:, :count].sum(axis=1).clip(0.0, 1.0)
    candidates = pd.DataFrame(
        {
            "name": cells.names,
            "expected_rank": found.expected_rank,
            "expected_rank_error": found.expected_rank_error,
            "in_top": in_top,
            "in_top_error": np.sqrt(in_top * (1 - in_top) / found.samples),
            "confidence": found.confidence,
            "confidence_error": found.confidence_error,
        }
    ).iloc[order]
    candidates.index = rows
    leading = [row for row in np.argsort(-totals, kind="stable") if chosen[row]]
    staying_error = float(np.sqrt(stays * (1 - stays) / found.samples))
    return Robustness(
        sentence=_sentence(cells, leading, stays, staying_error, candidates, words),
        top=count,
        leaders=tuple(cells.ids[row] for row in leading),
        staying=stays,
        staying_error=staying_error,
        kept=float(in_top[chosen].sum()),
        candidates=candidates,
        acceptability=pd.DataFrame(found.rank_acceptability[order], rows, ranks),
        acceptability_error=pd.DataFrame(found.rank_acceptability_error[order], rows, ranks),
        pairwise=pd.DataFrame(found.pairwise_winning[np.ix_(order, order)], rows, rows.rename("rival")),
        central_weights=pd.DataFrame(found.central_weights[order], rows, criteria),
        central_weights_error=pd.DataFrame(found.central_weights_error[order], rows, criteria),
        region=words,
        samples=found.samples,
        seed=seed,
        note=cells.note,
    )


def _sentence(
    cells: FilledRanges, leading: list[int], stays: float, error: float, candidates: pd.DataFrame, words: str
) -> str:
    who = listed([cells.names[row] for row in leading]) if len(leading) <= 3 else f"today's first {len(leading)}"
    if len(leading) == len(cells.ids):
        both = "Both" if len(leading) == 2 else f"All {len(leading)}"
        everybody = f"{who} is the only candidate" if len(leading) == 1 else f"{both} candidates lead"
        return f"{everybody}, and nothing can change that."
    verb = "lead together" if len(leading) > 1 else "leads"
    told = f"In {100 * stays:.1f} % (± {200 * error:.1f}) of the draws {words}, {who} {verb}."
    leading_ids = {cells.ids[row] for row in leading}
    if len(leading) > 1:
        kept = candidates["in_top"][candidates.index.isin(leading_ids)].sum()
        told += f" On average {kept:.1f} of the {len(leading)} stay among the first {len(leading)}."
    outside = candidates[~candidates.index.isin(leading_ids)]
    nearest = outside.nlargest(2, "in_top").query("in_top > 0")
    if nearest.empty:
        return f"{told} Nobody else ever gets there."
    rivals = listed([f"{row['name']} ({100 * row['in_top']:.0f} %)" for row in nearest.to_dict("records")])
    place = "first" if len(leading) == 1 else f"among the first {len(leading)}"
    return f"{told} Most often {place} besides: {rivals}."


def _nobody(cells: FilledRanges, top: int, words: str, samples: int, seed: int) -> Robustness:
    """The result where no candidate passes the gates."""
    rows = pd.Index([], name="candidate", dtype=object)
    columns = ["expected_rank", "expected_rank_error", "in_top", "in_top_error", "confidence", "confidence_error"]
    empty = pd.DataFrame(index=rows)
    weights = pd.DataFrame(index=rows, columns=pd.Index(cells.criteria, name="criterion"), dtype=float)
    return Robustness(
        sentence="No candidate passes the gates.",
        top=top,
        leaders=(),
        staying=1.0,
        staying_error=0.0,
        kept=0.0,
        candidates=pd.DataFrame({"name": [], **{name: [] for name in columns}}, index=rows),
        acceptability=empty,
        acceptability_error=empty,
        pairwise=empty,
        central_weights=weights,
        central_weights_error=weights,
        region=words,
        samples=samples,
        seed=seed,
        note="",
    )
