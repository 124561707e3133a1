"""What it takes for a candidate to enter: today's weights and the nearest ones that do it."""

from __future__ import annotations

import altair as alt
import pandas as pd

from partnerselect.analysis.entry import Entry
from partnerselect.charts.theme import AHEAD, BEHIND, fitting, labels

_TODAY, _NEEDED = "today", "needed"


def entry_chart(result: Entry) -> alt.LayerChart:
    """Two dots per criterion that moves, joined by a line: today's weight and the needed one."""
    moved = _moved(result)
    order = list(moved["title"])
    dots = moved[["title", _TODAY, _NEEDED]].melt("title", var_name="when", value_name="weight")
    down = alt.Y("title:N").sort(order).title(None).axis(labelLimit=260, labelOverlap=False)
    across = alt.X("weight:Q").title("weight, % of all").axis(tickCount=6)
    spans = (
        alt.Chart(moved[["title", _TODAY, _NEEDED]])
        .mark_rule(strokeWidth=2.5, color="#8b949e")
        .encode(down, alt.X(f"{_TODAY}:Q").title("weight, % of all").axis(tickCount=6), alt.X2(_NEEDED))
    )
    points = (
        alt.Chart(dots)
        .mark_point(filled=True, size=110, opacity=1)
        .encode(
            down,
            across,
            alt.Color("when:N").scale(domain=[_TODAY, _NEEDED], range=[AHEAD, BEHIND]).legend(title=None, orient="top"),
            alt.Shape("when:N").scale(domain=[_TODAY, _NEEDED], range=["circle", "diamond"]).legend(None),
            tooltip=[
                alt.Tooltip("title:N", title="criterion"),
                alt.Tooltip("when:N", title="weight"),
                alt.Tooltip("weight:Q", title="% of all", format=".1f"),
            ],
        )
    )
    title = alt.TitleParams(
        "The smallest change of weights", subtitle=["that brings", f"{fitting(result.name)} {_place(result)}"]
    )
    return alt.LayerChart(layer=[spans, points], title=title, height=alt.Step(26))


def entry_alt(result: Entry) -> str:
    """The change in words, criterion by criterion."""
    told = "; ".join(
        f"{row['title']} {row[_TODAY]:.1f} to {row[_NEEDED]:.1f} %" for row in _moved(result).to_dict("records")
    )
    return f"Weights today and as needed to bring {result.name} {_place(result)}, only those that move: {told}."


def _moved(result: Entry) -> pd.DataFrame:
    """Criteria whose weight moves, largest gain first, in percent."""
    rows = result.moved.sort_values("change", ascending=False, kind="stable")
    rows = rows.assign(title=labels(rows["title"]))
    rows[[_TODAY, _NEEDED]] *= 100
    return rows


def _place(result: Entry) -> str:
    return "to the first place" if result.top == 1 else f"into the top {result.top}"
