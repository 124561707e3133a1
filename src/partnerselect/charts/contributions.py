"""Where totals and their differences come from."""

from __future__ import annotations

import altair as alt

from partnerselect.analysis.head_to_head import HeadToHead
from partnerselect.charts.theme import AHEAD, BEHIND, fitting, labels

_SURE, _UNSURE = "evidence on both", "unknown on at least one side"


def difference_chart(duel: HeadToHead) -> alt.Chart:
    """Bars to the right where the first candidate is ahead, to the left where the second one is."""
    rows = duel.differences[["title", "difference", "first", "second", "weight", "certain"]].copy()
    rows["title"] = labels(rows["title"])
    rows["basis"] = rows.pop("certain").map({True: _SURE, False: _UNSURE})
    rows["weight"] *= 100
    extent = max(1.0, float(rows["difference"].abs().max()))
    order = list(rows.sort_values("difference", ascending=False)["title"])
    ahead = f"points of 100    ← {fitting(duel.second, 28)} ahead  |  {fitting(duel.first, 28)} ahead →"
    chart = alt.Chart(rows, title=f"{duel.first} minus {duel.second}, by criterion", height=alt.Step(24))
    bars: alt.Chart = chart.mark_bar(height={"band": 0.7}).encode(
        alt.Y("title:N").sort(order).title(None).axis(labelLimit=260, labelOverlap=False),
        alt.X("difference:Q").scale(domain=[-extent, extent]).title(ahead).axis(tickCount=9),
        alt.Color("difference:Q").scale(type="threshold", domain=[0], range=[BEHIND, AHEAD]).legend(None),
        alt.Opacity("basis:N")
        .scale(domain=[_SURE, _UNSURE], range=[1.0, 0.45])
        .legend(title=None, orient="top", labelLimit=260, symbolType="square", symbolFillColor="#7d8894"),
        tooltip=[
            alt.Tooltip("title:N", title="criterion"),
            alt.Tooltip("difference:Q", title="difference", format="+.2f"),
            alt.Tooltip("first:Q", title=duel.first, format=".2f"),
            alt.Tooltip("second:Q", title=duel.second, format=".2f"),
            alt.Tooltip("weight:Q", title="weight, %", format=".1f"),
            alt.Tooltip("basis:N", title="basis"),
        ],
    )
    return bars


def difference_alt(duel: HeadToHead) -> str:
    """The difference chart in words, criterion by criterion."""
    by_title = duel.differences.set_index("title")["difference"]
    told = "; ".join(f"{title} {difference:+.1f}" for title, difference in by_title.items())
    return f"Bar chart of {duel.first} minus {duel.second} in points of 100. {duel.sentence} By criterion: {told}."
