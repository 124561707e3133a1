"""The ranking: totals by goal, what of them rests on evidence, and how far the evidence could move them."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from partnerselect.analysis.evaluation import Evaluation
from partnerselect.analysis.value_ranges import value_ranges
from partnerselect.charts.theme import fitting, goal_colors, labels
from partnerselect.model import Decision

_KNOWN, _ASSUMED = "evidence", "assumed: nobody knows"


def ranking_chart(
    decision: Decision, evaluation: Evaluation, first: int = 0, count: int | None = None
) -> alt.LayerChart:
    """One bar for each candidate, best first: its total, stacked by goal.

    What is assumed of unknown cells is pale, at the end of the bar. The line is where the total likely lies.

    Parameters
    ----------
    decision : Decision
    evaluation : Evaluation
        Of this decision.
    first, count : int
        Place of the first candidate shown, from 0, and how many; without a count, all that follow.
    """
    ranking = evaluation.ranking.iloc[first : None if count is None else first + count]
    names = {candidate.id: candidate.name for candidate in decision.candidates}
    told = labels([f"{row.rank}  {names[str(row.Index)]}" for row in ranking.itertuples()], 38)
    titles = labels([goal.title for goal in decision.goals], 30)
    bars = _bars(decision, evaluation, list(ranking.index), told, titles)
    likely = pd.DataFrame(
        {"name": told, "from": 100 * ranking["likely_low"], "to": 100 * ranking["likely_high"]}
    ).reset_index(drop=True)
    ends = 100 * evaluation.ranking[["total", "likely_high"]].to_numpy(dtype=float)
    most = max(10.0, 1.02 * float(ends.max(initial=0.0)))
    down = alt.Y("name:N").sort(told).scale(domain=told).title(None).axis(labelLimit=300, labelOverlap=False)
    across = alt.X("points:Q").title("points of 100").scale(domain=[0, most], nice=False).axis(tickCount=9)
    colors = goal_colors(len(titles))
    stacked = (
        alt.Chart(bars)
        .mark_bar(height={"band": 0.68}, stroke="#ffffff", strokeWidth=0.6)
        .encode(
            down,
            across,
            alt.Color("goal:N")
            .scale(domain=titles, range=colors)
            .legend(title=None, orient="top", columns=2, labelLimit=200, symbolType="square"),
            alt.Opacity("basis:N")
            .scale(domain=[_KNOWN, _ASSUMED], range=[1.0, 0.3])
            .legend(title=None, orient="bottom", symbolType="square", symbolFillColor="#4a535d"),
            alt.Order("order:Q").sort("ascending"),
            tooltip=[
                alt.Tooltip("name:N", title="candidate"),
                alt.Tooltip("goal:N", title="goal"),
                alt.Tooltip("basis:N", title="rests on"),
                alt.Tooltip("points:Q", title="points of 100", format=".1f"),
            ],
        )
    )
    lines = alt.Chart(likely).mark_rule(strokeWidth=1.4, color="#10161c").encode(down, alt.X("from:Q"), alt.X2("to"))
    title = alt.TitleParams("Totals by goal", subtitle=["line: where nine tenths of the draws of the evidence lie"])
    return alt.LayerChart(layer=[stacked, lines], title=title, height=alt.Step(20))


def ranking_alt(decision: Decision, evaluation: Evaluation, first: int = 0, count: int | None = None) -> str:
    """The bars in words."""
    ranking = evaluation.ranking.iloc[first : None if count is None else first + count]
    names = {candidate.id: candidate.name for candidate in decision.candidates}
    told = "; ".join(
        f"rank {row['rank']} {fitting(names[str(one)], 60)} {100 * row['total']:.1f} "
        f"({100 * row['likely_low']:.1f} to {100 * row['likely_high']:.1f})"
        for one, row in ranking.to_dict("index").items()
    )
    return f"Stacked bars of totals by goal, in points of 100, in brackets where they likely lie: {told}."


def _bars(
    decision: Decision, evaluation: Evaluation, ids: list[object], told: list[str], titles: list[str]
) -> pd.DataFrame:
    """One row for each candidate, goal and basis, without those that add nothing; what is assumed comes last."""
    ranges = value_ranges(decision)
    at = {candidate.id: row for row, candidate in enumerate(ranges.candidates)}
    known = ranges.known[[at[str(one)] for one in ids]]
    parts = 100 * np.nan_to_num(evaluation.contributions.loc[ids].to_numpy(dtype=float))
    rows, end = [], 0
    for place, goal in enumerate(decision.goals):
        own = slice(end, end + len(goal.criteria))
        end = own.stop
        for basis, which in ((_KNOWN, known[:, own]), (_ASSUMED, ~known[:, own])):
            sums = np.where(which, parts[:, own], 0.0).sum(axis=1)
            order = place + (len(titles) if basis == _ASSUMED else 0)
            rows += [
                (name, titles[place], basis, order, float(one)) for name, one in zip(told, sums, strict=True) if one > 0
            ]
    return pd.DataFrame(rows, columns=["name", "goal", "basis", "order", "points"])
