"""Viewpoints side by side: what each weighs, how each ranks, how far every two agree."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from partnerselect.analysis.viewpoints import ViewpointComparison
from partnerselect.analysis.words import sentence
from partnerselect.charts.theme import labels

SHOWN = 10
"""Candidates in the chart of ranks; the table behind it has all."""

_PALE, _DEEP, _AGAINST, _INK = "#eef3f8", "#5fa5d6", "#ea9155", "#10161c"
"""Cells have a ground of their own, so that one ink is read on all of them, light and dark: at least 6.5 to 1."""


def weights_chart(compared: ViewpointComparison) -> alt.LayerChart:
    """Criteria x viewpoints; the number is the weight in percent, the darker the heavier."""
    shares = 100 * compared.weights
    top = max(float(shares.to_numpy().max()), 1e-9)
    rows = _long(shares, compared.criteria, compared.titles)
    rows["fill"] = [_mixed(_PALE, _DEEP, value / top) for value in rows["value"]]
    rows["label"] = [f"{value:.1f}" for value in rows["value"]]
    return _heatmap(rows, "Weight of each criterion, % of all", "criterion", "weight, %")


def weights_alt(compared: ViewpointComparison) -> str:
    """The chart of weights in words: what each viewpoint weighs most."""
    told = []
    for one, title in compared.titles.items():
        heaviest = compared.weights[one].nlargest(3)
        most = (f"{compared.criteria[str(id_)]} {100 * weight:.1f} %" for id_, weight in heaviest.items())
        told.append(f"{title}: {', '.join(most)}")
    size = f"{len(compared.weights)} criteria by {len(compared.titles)} viewpoints"
    return f"Heatmap of weights, {size}. {compared.divided} Heaviest for {'; '.join(told)}.".replace("  ", " ")


def ranks_chart(compared: ViewpointComparison) -> alt.LayerChart:
    """Leading candidates x viewpoints; the number is the rank, the darker the better."""
    leading = compared.ranks.head(SHOWN)
    last = max(len(compared.ranks) - 1, 1)
    rows = _long(leading, compared.names, compared.titles)
    rows["fill"] = [_mixed(_DEEP, _PALE, (value - 1) / last) for value in rows["value"]]
    rows["label"] = [f"{value:.0f}" for value in rows["value"]]
    of = (
        "Rank of each candidate"
        if len(leading) == len(compared.ranks)
        else f"Rank of the {len(leading)} best on average"
    )
    return _heatmap(rows, f"{of}, by viewpoint", "candidate", "rank")


def ranks_alt(compared: ViewpointComparison) -> str:
    """The chart of ranks in words."""
    told = "; ".join(
        f"{compared.names[str(one)]} {', '.join(f'{rank:.0f}' for rank in row)}"
        for one, row in zip(compared.ranks.head(SHOWN).index, compared.ranks.head(SHOWN).to_numpy(), strict=True)
    )
    under = ", ".join(compared.titles.values())
    return f"{sentence(f'Heatmap of ranks under {under}')} {compared.leaders} Ranks in this order: {told}."


def agreement_chart(compared: ViewpointComparison) -> alt.LayerChart:
    """Viewpoints x viewpoints; the number is Kendall's tau of their rankings."""
    rows = _long(compared.tau, compared.titles, compared.titles)
    rows["fill"] = [_signed(value) for value in rows["value"]]
    rows["label"] = ["–" if pd.isna(value) else f"{value:.2f}" for value in rows["value"]]
    title = "Agreement of rankings (Kendall's tau)"
    return _heatmap(rows, title, "viewpoint", "Kendall's tau")


def agreement_alt(compared: ViewpointComparison) -> str:
    """The chart of agreement in words, pair by pair."""
    ids = list(compared.titles)
    told = "; ".join(
        f"{compared.titles[one]} and {compared.titles[other]} {tau:.2f}"
        for place, one in enumerate(ids)
        for other, tau in zip(ids[place + 1 :], compared.tau.to_numpy()[place, place + 1 :], strict=True)
    )
    return f"Heatmap of Kendall's tau between rankings. {compared.agreement} {compared.likeminded} {told}.".replace(
        "  ", " "
    )


def _long(table: pd.DataFrame, rows: Mapping[str, str], columns: Mapping[str, str]) -> pd.DataFrame:
    """One row per cell: row and column labels that are unique, and the value."""
    down = labels([str(rows[one]) for one in table.index])
    across = labels([columns[str(one)] for one in table.columns], 22)
    return pd.DataFrame(
        [
            (row, column, float(value))
            for row, line in zip(down, table.to_numpy(), strict=True)
            for column, value in zip(across, line, strict=True)
        ],
        columns=["row", "column", "value"],
    )


def _heatmap(rows: pd.DataFrame, title: str, what: str, number: str) -> alt.LayerChart:
    across = (
        alt.X("column:N")
        .sort(list(dict.fromkeys(rows["column"])))
        .scale(paddingInner=0.04)
        .title(None)
        .axis(orient="top", labelAngle=-35, labelLimit=220, labelOverlap=False, domain=False, ticks=False, grid=False)
    )
    down = (
        alt.Y("row:N")
        .sort(list(dict.fromkeys(rows["row"])))
        .scale(paddingInner=0.08)
        .title(None)
        .axis(labelLimit=260, labelOverlap=False, domain=False, ticks=False, grid=False)
    )
    tooltip = [
        alt.Tooltip("row:N", title=what),
        alt.Tooltip("column:N", title="viewpoint"),
        alt.Tooltip("label:N", title=number),
    ]
    cells = (
        alt.Chart(rows[["row", "column", "label", "fill"]])
        .mark_rect(cornerRadius=3)
        .encode(across, down, alt.Color("fill:N").scale(None), tooltip=tooltip)
    )
    numbers = (
        alt.Chart(rows[["row", "column", "label"]])
        .mark_text(fontSize=13, color=_INK)
        .encode(across, down, alt.Text("label:N"))
    )
    return alt.LayerChart(layer=[cells, numbers], title=title, width=alt.Step(64), height=alt.Step(27))


def _signed(value: float) -> str:
    if pd.isna(value):
        return _PALE
    return _mixed(_PALE, _DEEP if value > 0 else _AGAINST, abs(value))


def _mixed(start: str, end: str, share: float) -> str:
    share = min(1.0, max(0.0, share))
    parts = [round(a + share * (b - a)) for a, b in zip(_rgb(start), _rgb(end), strict=True)]
    return "#" + "".join(f"{part:02x}" for part in parts)


def _rgb(color: str) -> tuple[int, ...]:
    return tuple(int(color[place : place + 2], 16) for place in (1, 3, 5))
