"""Where totals and their differences come from."""

from __future__ import annotations

import altair as alt

from partnerselect.analysis.head_to_head import HeadToHead
from partnerselect.charts.theme import AHEAD, BEHIND, fitting


def difference_chart(duel: HeadToHead) -> alt.Chart | alt.LayerChart:
    """Bars to the right where the first candidate is ahead, to the left where the second one is."""
    rows = duel.differences[["title", "difference", "first", "second", "weight", "certain"]].copy()
    rows["title"] = rows["title"].map(fitting)
    rows["basis"] = rows.pop("certain").map({True: "evidence on both", False: "unknown on at least one side"})
    rows["weight"] *= 100
    extent = max(1.0, float(rows["difference"].abs().max()))
    shared = alt.Chart(rows).encode(
        alt.Y("title:N").sort(alt.EncodingSortField("difference", order="descending")).title(None).axis(labelLimit=260, labelOverlap=False),
    )
    bars = shared.mark_bar(height={"band": 0.7}).encode(
        alt.X("difference:Q")
        .scale(domain=[-extent, extent])
        .title(f"points of 100    ◂ {fitting(duel.second, 28)} ahead  |  {fitting(duel.first, 28)} ahead ▸"),
        alt.Color("difference:Q")
        .scale(type="threshold", domain=[0], range=[BEHIND, AHEAD])
        .legend(None),
        alt.Opacity("basis:N")
        .scale(domain=["evidence on both", "unknown on at least one side"], range=[1.0, 0.45])
        .legend(title=None, orient="top", labelLimit=260),
        tooltip=[
            alt.Tooltip("title:N", title="criterion"),
            alt.Tooltip("difference:Q", title="difference", format="+.2f"),
            alt.Tooltip("first:Q", title=duel.first, format=".2f"),
            alt.Tooltip("second:Q", title=duel.second, format=".2f"),
            alt.Tooltip("weight:Q", title="weight, %", format=".1f"),
            alt.Tooltip("basis:N", title="basis"),
        ],
    )
    return bars.properties(title=f"{duel.first} minus {duel.second}, by criterion", height=alt.Step(24))


def difference_alt(duel: HeadToHead) -> str:
    """The difference chart in words, criterion by criterion."""
    told = "; ".join(f"{row.title} {row.difference:+.1f}" for row in duel.differences.itertuples())
    return f"Bar chart of {duel.first} minus {duel.second} in points of 100. {duel.sentence} By criterion: {told}."
