"""What moves the outcome: every total against every weight, and how far each cell of evidence moves the lead."""

from __future__ import annotations

from typing import Literal

import altair as alt
import numpy as np
import pandas as pd

from partnerselect.analysis.sensitivity import Sensitivity
from partnerselect.charts.theme import AHEAD, BEHIND, fitting, labels

_LEADS, _ENTERS, _OTHER = "leads today", "next to enter", "others"
_ROLES = (_LEADS, _ENTERS, _OTHER)
_ROLE_COLORS = (AHEAD, BEHIND, "#8b949e")
_TORNADO_BARS = 15
_COLUMNS = 4


def sweeps_chart(result: Sensitivity) -> alt.FacetChart:
    """One small chart per criterion: totals against its weight, today's weight, switch points, stability band."""
    titles = _titles(result)
    rows = pd.concat([_lines(result), _bands(result), _switches(result)], ignore_index=True)
    rows["title"] = rows["criterion"].map(titles)
    rows = rows.drop(columns="criterion")
    across = alt.X("weight:Q").title("weight, % of all").scale(domain=[0, 100]).axis(values=[0, 25, 50, 75, 100])
    up = alt.Y("total:Q").title("total, of 100").scale(domain=[0, 100])
    color = (
        alt.Color("role:N")
        .scale(domain=list(_ROLES), range=list(_ROLE_COLORS))
        .legend(title=None, orient="top", symbolStrokeWidth=3, symbolOpacity=1)
    )
    base = alt.Chart()
    band = (
        base.transform_filter("datum.kind == 'band'")
        .mark_rect(color=AHEAD, opacity=0.13)
        .encode(
            across,
            alt.X2("to"),
            tooltip=[
                alt.Tooltip("weight:Q", title="they stay from, %", format=".1f"),
                alt.Tooltip("to:Q", title="to, %", format=".1f"),
            ],
        )
    )
    lines = [
        base.transform_filter(f"datum.kind == 'line' && datum.role {which} '{_OTHER}'")
        .mark_line(strokeWidth=width, opacity=opacity)
        .encode(across, up, color, alt.Detail("candidate:N"), tooltip=[alt.Tooltip("name:N", title="candidate")])
        for which, width, opacity in (("==", 0.8, 0.5), ("!=", 2.0, 1.0))
    ]
    today = (
        base.transform_filter("datum.kind == 'band'")
        .mark_rule(color="#7d8894", strokeWidth=1.5, strokeDash=[4, 3])
        .encode(alt.X("today:Q"), tooltip=[alt.Tooltip("today:Q", title="today's weight, %", format=".1f")])
    )
    switches = (
        base.transform_filter("datum.kind == 'switch'")
        .mark_point(aria=False, filled=True, size=55, color=BEHIND, opacity=1, stroke="#ffffff", strokeWidth=1)
        .encode(
            across,
            up,
            tooltip=[
                alt.Tooltip("weight:Q", title="weight, %", format=".1f"),
                alt.Tooltip("enters:N", title="enters"),
                alt.Tooltip("leaves:N", title="leaves"),
            ],
        )
    )
    sides: tuple[Literal["left", "right"], ...] = ("left", "right")
    names = [
        base.transform_filter(f"datum.kind == 'switch' && datum.side == '{side}'")
        .mark_text(fontSize=10.5, align=side, baseline="bottom", dy=-3, color=BEHIND)
        .encode(alt.X(f"{side}:Q"), alt.Y("ceiling:Q"), alt.Text("label:N"))
        for side in sides
    ]
    small = alt.LayerChart(layer=[band, today, *lines, switches, *names], width=235, height=170)
    facets: alt.FacetChart = small.facet(
        facet=alt.Facet("title:N")
        .sort(list(titles.values()))
        .title(None)
        .header(labelFontSize=12, labelLimit=230, labelPadding=16),
        columns=_COLUMNS,
        data=rows,
        title=alt.TitleParams(
            f"Totals against each weight; shaded where {_first(result)}, dots where that changes",
            subtitle="dashed: today's weight; → who enters first as it grows, ← as it shrinks",
        ),
    )
    return facets


def sweeps_alt(result: Sensitivity) -> str:
    """The small charts in words: the range of each weight in which the leading candidates stay."""
    told = "; ".join(
        f"{row['title']} {100 * row['weight']:.1f} % ({100 * row['low']:.1f} to {100 * row['high']:.1f})"
        for row in result.weights.to_dict("records")
    )
    return (
        f"{len(result.weights)} line charts of totals against the weight of one criterion each. Today's weight, and "
        f"in brackets where {_first(result)}: {told}."
    )


def tornado_chart(result: Sensitivity) -> alt.LayerChart:
    """How far each cell in doubt, by itself, moves the lead; left of 0 the leading candidates change."""
    rows = result.evidence.head(_TORNADO_BARS)
    bars = pd.DataFrame(
        {
            "cell": [
                f"{place}. {fitting(name, 26)}\n{fitting(title, 30)}"
                for place, (name, title) in enumerate(zip(rows["name"], rows["title"], strict=True), start=1)
            ],
            "name": rows["name"],
            "title": rows["title"],
            "from": 100 * rows[["low", "high"]].min(axis=1),
            "to": 100 * rows[["low", "high"]].max(axis=1),
            "effect": rows["changes"].map({True: "can change who leads", False: "cannot"}),
        }
    )
    down = alt.Y("cell:N").sort(list(bars["cell"])).title(None)
    down = down.axis(labelExpr="split(datum.value, '\\n')", labelLimit=190, labelOverlap=False)
    spans = (
        alt.Chart(bars)
        .mark_bar(height={"band": 0.65}, cornerRadius=2)
        .encode(
            down,
            alt.X("from:Q").title("lead, points of 100; below 0: lost").axis(tickCount=6),
            alt.X2("to"),
            alt.Color("effect:N")
            .scale(domain=["can change who leads", "cannot"], range=[BEHIND, "#8b949e"])
            .legend(title=None, orient="top", columns=1),
            tooltip=[
                alt.Tooltip("name:N", title="candidate"),
                alt.Tooltip("title:N", title="criterion"),
                alt.Tooltip("from:Q", title="lead from", format=".1f"),
                alt.Tooltip("to:Q", title="to", format=".1f"),
            ],
        )
    )
    marks = pd.DataFrame({"lead": [100 * result.lead], "zero": [0.0]})
    today = alt.Chart(marks).mark_rule(color=AHEAD, strokeWidth=2).encode(alt.X("lead:Q"))
    zero = alt.Chart(marks).mark_rule(color="#7d8894", strokeDash=[4, 3]).encode(alt.X("zero:Q"))
    title = alt.TitleParams(
        "How far one cell moves the lead",
        subtitle=[f"the {len(bars)} widest of {len(result.evidence)} cells in doubt", "solid line: today's lead"],
    )
    return alt.LayerChart(layer=[spans, zero, today], title=title, height=alt.Step(36))


def tornado_alt(result: Sensitivity) -> str:
    """The tornado in words."""
    told = "; ".join(
        f"{row['title']} of {row['name']} {100 * row['low']:+.1f} to {100 * row['high']:+.1f}"
        for row in result.evidence.head(_TORNADO_BARS).to_dict("records")
    )
    return f"Bars of the lead in points of 100 with one cell at either end of its range: {told}."


def _first(result: Sensitivity) -> str:
    return "the first one stays" if result.top == 1 else f"the first {result.top} stay"


def _lines(result: Sensitivity) -> pd.DataFrame:
    entering = {(row["criterion"], one) for row in _nearest(result).to_dict("records") for one in row["who"]}
    rows = result.sweeps[["criterion", "candidate", "name", "weight", "total"]].copy()
    enters = [pair in entering for pair in zip(rows["criterion"], rows["candidate"], strict=True)]
    still = rows["criterion"].map(result.weights["still"]).to_numpy()
    rows["role"] = np.select([still, result.sweeps["leads"], enters], [_OTHER, _LEADS, _ENTERS], _OTHER)
    rows[["weight", "total"]] = (100 * rows[["weight", "total"]]).round(3)
    return rows.assign(kind="line")


def _bands(result: Sensitivity) -> pd.DataFrame:
    rows = (100 * result.weights[["low", "high", "weight"]]).round(3).set_axis(["weight", "to", "today"], axis=1)
    return rows.reset_index().assign(kind="band")


def _nearest(result: Sensitivity) -> pd.DataFrame:
    """The nearest switch point on each side of today's weight: who enters (ids, and names to write), and the side."""
    switches = result.switches
    above = switches["weight"] > switches["criterion"].map(result.weights["weight"])
    nearest = (
        (switches[above].groupby("criterion")["weight"].idxmin(), ["entering", "enters"], "right", "{} →"),
        (switches[~above].groupby("criterion")["weight"].idxmax(), ["leaving", "leaves"], "left", "← {}"),
    )
    sides = [
        switches.loc[rows, ["criterion", *columns]]
        .set_axis(["criterion", "who", "names"], axis=1)
        .assign(side=side, mark=mark)
        for rows, columns, side, mark in nearest
    ]
    return pd.concat(sides)


def _switches(result: Sensitivity) -> pd.DataFrame:
    """The switch points; the nearest one on each side of today's weight is named."""
    near = _nearest(result)
    rows = result.switches[["criterion", "weight", "total", "leaves", "enters"]].copy()
    rows["side"] = near["side"].reindex(rows.index, fill_value="")
    words = [mark.format(fitting(names, 17)) for mark, names in zip(near["mark"], near["names"], strict=True)]
    rows["label"] = pd.Series(words, index=near.index, dtype=object).reindex(rows.index, fill_value="")
    rows[["weight", "total"]] = (100 * rows[["weight", "total"]]).round(3)
    return rows.assign(kind="switch", left=0, right=100, ceiling=100)


def _titles(result: Sensitivity) -> dict[str, str]:
    short = labels(result.weights["title"], 30)
    still = result.weights["still"]
    return {
        str(criterion): title + (" (moves nothing)" if still[criterion] else "")
        for criterion, title in zip(result.weights.index, short, strict=True)
    }
