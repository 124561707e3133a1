"""Which ranks plausible weights and performances give: acceptability, and rank intervals."""

from __future__ import annotations

import altair as alt
import pandas as pd

from partnerselect.analysis.extremes import Extremes
from partnerselect.analysis.robustness import Robustness
from partnerselect.charts.theme import BEHIND, labels

_SHOWN = 12


def acceptability_chart(result: Robustness) -> alt.LayerChart:
    """Candidates by rank: colour and number are the share of the draws in percent, below half a percent left out."""
    names = pd.Series(labels(result.candidates["name"]), index=result.candidates.index, dtype=object)
    long = _long(result.acceptability, "share").assign(error=_long(result.acceptability_error, "error")["error"])
    long["name"] = long["candidate"].map(names)
    long["label"] = [f"{100 * share:.0f}" if share >= 0.005 else "" for share in long["share"]]
    long[["share", "error"]] *= 100
    top = max(20.0, float(long["share"].max()))
    ink = alt.when(f"datum.share >= {0.7 * top}").then(alt.value("#ffffff")).otherwise(alt.value("#10161c"))
    across = alt.X("rank:O").title("rank").axis(orient="top", labelAngle=0, domain=False, ticks=False)
    down = alt.Y("name:N").sort(list(names)).title(None).axis(labelLimit=260, domain=False, ticks=False)
    cells = (
        alt.Chart(long[["name", "rank", "share", "error"]])
        .mark_rect(cornerRadius=3)
        .encode(
            across,
            down,
            alt.Color("share:Q")
            .scale(domain=[0, top / 2, top], range=["#e8eef4", "#5ea3cc", "#0b4f7d"])
            .legend(title="% of the draws", orient="bottom", gradientLength=220),
            tooltip=[
                alt.Tooltip("name:N", title="candidate"),
                alt.Tooltip("rank:O", title="rank"),
                alt.Tooltip("share:Q", title="% of the draws", format=".1f"),
                alt.Tooltip("error:Q", title="standard error", format=".2f"),
            ],
        )
    )
    numbers = (
        alt.Chart(long[["name", "rank", "share", "label"]][long["label"] != ""])
        .mark_text(fontSize=12)
        .encode(across, down, alt.Text("label:N"), color=ink)
    )
    more = "" if len(names) <= _SHOWN else f"ranks 1 to {_SHOWN} of {len(names)}; "
    title = alt.TitleParams(
        "How often each rank comes", subtitle=[result.region, f"{more}% of {result.samples:,} draws"]
    )
    return alt.LayerChart(layer=[cells, numbers], title=title, height=alt.Step(24))


def acceptability_alt(result: Robustness) -> str:
    """The acceptability heatmap in words: the most frequent rank of the first candidates."""
    shares = result.acceptability.head(_SHOWN)
    often = zip(result.candidates["name"], shares.idxmax(axis=1), shares.max(axis=1), strict=False)
    told = "; ".join(f"{name} rank {rank} in {100 * share:.0f} %" for name, rank, share in often)
    return f"Heatmap of ranks by candidate, {result.region}, {result.samples} draws. Most frequent ranks: {told}."


def intervals_chart(result: Extremes) -> alt.LayerChart:
    """Bars from the best to the worst possible rank, wide for weights and evidence, narrow for the weights alone."""
    rows = result.ranks.assign(name=labels(result.ranks["name"]))
    down = alt.Y("name:N").sort(list(rows["name"])).title(None).axis(labelLimit=260, labelOverlap=False)
    last = max(2, len(rows))
    scale = (
        alt.X("best:Q")
        .title("rank; 1 is best")
        .scale(domain=[0.5, last + 0.5], nice=False, zero=False)
        .axis(values=list(range(1, last + 1, 1 + last // 30)), format="d")
    )
    tooltip = [
        alt.Tooltip("name:N", title="candidate"),
        alt.Tooltip("rank:Q", title="today"),
        alt.Tooltip("best:Q", title="best possible"),
        alt.Tooltip("worst:Q", title="worst possible"),
    ]
    layers: list[alt.Chart] = []
    for best, worst, height, color in (("best", "worst", 16, "#9fb8c9"), ("best_known", "worst_known", 6, "#3b6f92")):
        spans = rows[["name", "rank", best, worst]].set_axis(["name", "rank", "best", "worst"], axis=1)
        spans = spans.assign(best=spans["best"] - 0.2, worst=spans["worst"] + 0.2)
        bars = alt.Chart(spans).mark_bar(height=height, cornerRadius=3, color=color)
        layers.append(bars.encode(down, scale, alt.X2("worst"), tooltip=tooltip))
    dots = alt.Chart(rows[["name", "rank"]]).mark_point(filled=True, size=70, color=BEHIND, opacity=1)
    layers.append(dots.encode(down, alt.X("rank:Q")))
    title = alt.TitleParams(
        "Ranks that are possible",
        subtitle=[
            result.region,
            "wide: whatever the evidence leaves open",
            "narrow: best values only; dot: today",
        ],
    )
    return alt.LayerChart(layer=layers, title=title, height=alt.Step(22))


def intervals_alt(result: Extremes) -> str:
    """The rank intervals in words."""
    told = "; ".join(
        f"{row['name']} {row['best']} to {row['worst']} ({row['best_known']} to {row['worst_known']})"
        for row in result.ranks.to_dict("records")
    )
    return f"Bars of the best and worst possible rank {result.region} (in brackets: with best values only): {told}."


def _long(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """The first ranks of a table of candidates x ranks, one row per cell."""
    rows = table.iloc[:, :_SHOWN].rename_axis("candidate").reset_index()
    return rows.melt("candidate", var_name="rank", value_name=name)
