"""Sets of partners: how far the next ones are behind, how often each candidate is in the best one, what is covered."""

from __future__ import annotations

import altair as alt
import pandas as pd

from partnerselect.analysis.best_sets import BestSets
from partnerselect.analysis.gaps import Gaps
from partnerselect.analysis.proposed_set import SetComparison
from partnerselect.analysis.set_robustness import SetRobustness
from partnerselect.charts.theme import AHEAD, BEHIND, labels

_COLORS = {"in": "#0072B2", "borderline": "#E69F00", "out": "#8a95a1"}
_STATES = {"has": "has it", "perhaps": "perhaps", "lacks": "not found"}
_SHOWN = 15


def ladder_chart(found: BestSets) -> alt.LayerChart:
    """One bar for each of the next best sets: how many points it is behind the best, and what changes."""
    rows = found.sets.iloc[1:].reset_index()
    rows["change"] = labels([_change(row["joins"], row["leaves"]) for row in rows.to_dict("records")], 72)
    rows["behind"] *= 100
    rows["label"] = rows["behind"].map("{:.1f}".format)
    down = alt.Y("change:N").sort(list(rows["change"])).axis(None)
    most = max(0.1, 1.12 * float(rows["behind"].max())) if len(rows) else 1.0
    across = (
        alt.X("behind:Q")
        .title("points of 100 behind the best set")
        .scale(domain=[0, most], nice=False)
        .axis(tickCount=6)
    )
    tooltip = [
        alt.Tooltip("place:O", title="place"),
        alt.Tooltip("names:N", title="set"),
        alt.Tooltip("behind:Q", title="points behind", format=".2f"),
    ]
    base = alt.Chart(rows[["place", "names", "change", "behind", "label"]])
    bars = base.mark_bar(height=12, yOffset=7, color=AHEAD).encode(down, across, tooltip=tooltip)
    numbers = base.mark_text(align="left", dx=5, dy=8, fontSize=12).encode(down, across, alt.Text("label:N"))
    words = base.mark_text(align="left", dx=2, dy=-8, fontSize=12).encode(down, alt.X(datum=0), alt.Text("change:N"))
    title = alt.TitleParams("The next best sets", subtitle=["what changes against the best set, and what that costs"])
    return alt.LayerChart(layer=[bars, numbers, words], title=title, height=alt.Step(40))


def ladder_alt(found: BestSets) -> str:
    """The ladder in words."""
    told = "; ".join(
        f"place {place}: {_change(row['joins'], row['leaves'])}, {100 * row['behind']:.1f} points behind"
        for place, row in zip(found.sets.index[1:], found.sets.iloc[1:].to_dict("records"), strict=True)
    )
    return f"Bars of the next best sets. {found.sentence} {told}."


def core_chart(result: SetRobustness) -> alt.LayerChart:
    """Bars of the core index: in, borderline or out; the line on each bar is twice its standard error."""
    rows = result.candidates.head(max(_SHOWN, int(result.candidates["proposed"].sum()))).copy()
    rows["name"] = labels(
        [f"{name} ✓" if own else name for name, own in zip(rows["name"], rows["proposed"], strict=True)]
    )
    rows["share"] = 100 * rows["core_index"]
    rows["from"] = (rows["share"] - 200 * rows["core_index_error"]).clip(lower=0)
    rows["to"] = (rows["share"] + 200 * rows["core_index_error"]).clip(upper=100)
    rows["label"] = rows["share"].map(lambda share: "< 1" if 0 < share < 0.95 else f"{share:.0f}")
    down = alt.Y("name:N").sort(list(rows["name"])).title(None).axis(labelLimit=300, labelOverlap=False)
    scale = alt.Scale(domain=[0, 108], nice=False)
    across = alt.X("share:Q").title("% of the draws").scale(scale).axis(values=[0, 20, 40, 60, 80, 100])
    base = alt.Chart(rows[["name", "share", "from", "to", "label", "standing"]])
    bars = base.mark_bar(height={"band": 0.6}, cornerRadiusEnd=3).encode(
        down,
        across,
        alt.Color("standing:N")
        .scale(domain=list(_COLORS), range=list(_COLORS.values()))
        .legend(title=None, orient="top", symbolType="square"),
        tooltip=[
            alt.Tooltip("name:N", title="candidate"),
            alt.Tooltip("share:Q", title="in the best set, % of the draws", format=".1f"),
            alt.Tooltip("standing:N", title="standing"),
        ],
    )
    errors = base.mark_rule(strokeWidth=1.5).encode(down, alt.X("from:Q"), alt.X2("to"))
    numbers = base.mark_text(align="left", dx=6, fontSize=12).encode(down, alt.X("to:Q"), alt.Text("label:N"))
    more = "" if len(rows) == len(result.candidates) else f"the first {len(rows)} of {len(result.candidates)}; "
    title = alt.TitleParams(
        "How often each candidate is in the best set",
        subtitle=[result.region, f"{more}% of {result.samples:,} draws; ✓: in the set in question"],
    )
    return alt.LayerChart(layer=[bars, errors, numbers], title=title, height=alt.Step(24))


def core_alt(result: SetRobustness) -> str:
    """The core index in words."""
    told = "; ".join(
        f"{row['name']} {100 * row['core_index']:.0f} % ({row['standing']})"
        for row in result.candidates.head(_SHOWN).to_dict("records")
    )
    return f"Bars of the share of draws in which each candidate is in the best set, {result.region}: {told}."


def gaps_chart(result: Gaps) -> alt.LayerChart:
    """What is wanted x members and partners: a full dot has it, a ring has it perhaps."""
    titles = pd.Series(labels(result.rows["title"], 64))
    names = list(dict.fromkeys(result.cells["name"]))
    short = dict(zip(names, labels(names, 24), strict=True))
    joins = dict(zip(result.cells["name"], result.cells["joins"], strict=True))
    order = [f"+ {short[name]}" if joins[name] else short[name] for name in names]
    cells = result.cells[["statement"]].assign(
        title=result.cells["row"].map(titles),
        who=[
            f"+ {short[name]}" if own else short[name]
            for name, own in zip(result.cells["name"], result.cells["joins"], strict=True)
        ],
        state=result.cells["state"].map(_STATES),
        side=result.cells["joins"].map({True: "joins", False: "member"}),
    )
    down = (
        alt.Y("title:N")
        .sort(list(titles))
        .title(None)
        .axis(labelLimit=440, labelOverlap=False, domain=False, ticks=False)
    )
    across = (
        alt.X("who:N")
        .sort([*order, "together"])
        .title(None)
        .axis(orient="top", labelAngle=-40, labelLimit=190, labelOverlap=False, domain=False, ticks=False)
    )
    tooltip = [
        alt.Tooltip("who:N", title="organisation"),
        alt.Tooltip("title:N", title="wanted"),
        alt.Tooltip("statement:N", title="evidence"),
    ]
    color = (
        alt.Color("side:N")
        .scale(domain=["member", "joins"], range=["#009E73", AHEAD])
        .legend(title=None, orient="bottom", symbolType="circle")
    )
    dots = (
        alt.Chart(cells[cells["state"] == _STATES["has"]][["title", "who", "side", "statement"]])
        .mark_point(filled=True, size=130, opacity=1)
        .encode(down, across, color, tooltip=tooltip)
    )
    rings = (
        alt.Chart(cells[cells["state"] == _STATES["perhaps"]][["title", "who", "side", "statement"]])
        .mark_point(filled=False, size=110, strokeWidth=1.6, strokeDash=[3, 2], opacity=0.9)
        .encode(down, across, color.legend(None), tooltip=tooltip)
    )
    together = pd.DataFrame(
        {
            "title": titles,
            "who": "together",
            "mark": result.rows["covered"].map({"yes": "✓", "perhaps": "?", "no": "nobody"}),
            "statement": result.rows["together"],
        }
    )
    marks = (
        alt.Chart(together)
        .mark_text(fontSize=13, fontWeight="bold")
        .encode(
            down,
            across,
            alt.Text("mark:N"),
            alt.Color("mark:N").scale(domain=["✓", "?", "nobody"], range=["#009E73", "#B7791F", BEHIND]).legend(None),
            tooltip=tooltip,
        )
    )
    title = alt.TitleParams(
        "What members and partners cover",
        subtitle=["full: documented, or half of the scale reached; ring: perhaps, nobody knows"],
    )
    chart = alt.LayerChart(layer=[rings, dots, marks], title=title, width=alt.Step(58), height=alt.Step(24))
    apart: alt.LayerChart = chart.resolve_scale(color="independent")
    return apart


def gaps_alt(result: Gaps) -> str:
    """What is covered, in words, row by row."""
    told = "; ".join(f"{row['title']}: {row['together']}" for row in result.rows.to_dict("records"))
    return f"Matrix of what is wanted by members and partners. {result.sentence} {told}."


def comparison_chart(result: SetComparison, first: str, second: str) -> alt.Chart:
    """Bars to the right where the first set is ahead, to the left where the second one is."""
    rows = result.differences[["title", "difference", "first", "second", "weight"]].copy()
    rows["title"] = labels(rows["title"])
    rows["weight"] *= 100
    extent = max(0.5, 1.05 * float(rows["difference"].abs().max()))
    order = list(rows.sort_values("difference", ascending=False, kind="stable")["title"])
    chart = alt.Chart(rows, title=f"{first} minus {second}, by criterion", height=alt.Step(24))
    bars: alt.Chart = chart.mark_bar(height={"band": 0.7}).encode(
        alt.Y("title:N").sort(order).title(None).axis(labelLimit=260, labelOverlap=False),
        alt.X("difference:Q")
        .scale(domain=[-extent, extent], nice=False)
        .title(f"points of 100    ← {second} ahead  |  {first} ahead →")
        .axis(tickCount=9),
        alt.Color("difference:Q").scale(type="threshold", domain=[0], range=[BEHIND, AHEAD]).legend(None),
        tooltip=[
            alt.Tooltip("title:N", title="criterion"),
            alt.Tooltip("difference:Q", title="difference", format="+.2f"),
            alt.Tooltip("first:Q", title=first, format=".2f"),
            alt.Tooltip("second:Q", title=second, format=".2f"),
            alt.Tooltip("weight:Q", title="weight, %", format=".1f"),
        ],
    )
    return bars


def comparison_alt(result: SetComparison) -> str:
    """Two sets in words, criterion by criterion."""
    by_title = result.differences.set_index("title")["difference"]
    told = "; ".join(f"{title} {difference:+.1f}" for title, difference in by_title.items())
    return f"Bar chart of two sets of partners in points of 100. {result.sentence} By criterion: {told}."


def _change(joins: str, leaves: str) -> str:
    if joins and leaves:
        return f"{joins} in place of {leaves}"
    return f"{joins} as well" if joins else f"without {leaves}"
