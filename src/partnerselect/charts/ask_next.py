"""Which questions are worth asking, and by how much."""

from __future__ import annotations

import altair as alt

from partnerselect.analysis.ask_next import AskNext
from partnerselect.analysis.ask_next_words import percent, who_leads
from partnerselect.charts.theme import fitting

_SHOWN = 12
_FILL = {"unknown": "#2f80b7", "in doubt": "#E69F00", "refused": "#D55E00"}


def worth_chart(result: AskNext) -> alt.Chart:
    """Bars of what the answers to the first questions are worth; colour is what is known today."""
    rows = result.cells.head(_SHOWN)[["name", "title", "status", "gain", "change_probability"]].copy()
    rows["label"] = [
        f"{place}. {fitting(name, 28)}\n{fitting(title, 30)}"
        for place, (name, title) in enumerate(zip(rows["name"], rows["title"], strict=True), start=1)
    ]
    rows["change_probability"] *= 100
    shown = [status for status in _FILL if status in set(rows["status"])]
    chart = alt.Chart(rows, title="What the answers are worth", height=alt.Step(38))
    bars: alt.Chart = chart.mark_bar(height={"band": 0.6}).encode(
        alt.Y("label:N")
        .sort(list(rows["label"]))
        .title(None)
        .axis(labelExpr="split(datum.value, '\\n')", labelLimit=230, labelOverlap=False),
        alt.X("gain:Q").title("points of 100").scale(domainMin=0).axis(tickCount=6),
        alt.Color("status:N")
        .scale(domain=shown, range=[_FILL[status] for status in shown])
        .legend(title="today", orient="top"),
        tooltip=[
            alt.Tooltip("name:N", title="candidate"),
            alt.Tooltip("title:N", title="criterion"),
            alt.Tooltip("gain:Q", title="worth, points of 100", format=".2f"),
            alt.Tooltip("change_probability:Q", title="chance of a change, %", format=".1f"),
            alt.Tooltip("status:N", title="today"),
        ],
    )
    return bars


def worth_alt(result: AskNext) -> str:
    """The chart of questions in words."""
    told = "; ".join(
        f"{row['name']}, {row['title']} ({row['status']}) {row['gain']:.1f}, {percent(row['change_probability'])}"
        for row in result.cells.head(_SHOWN).to_dict("records")
    )
    return (
        "Bar chart of what the answers are worth in points of 100, with the chance that they change "
        f"{who_leads(result.top)}: {told}."
    )
