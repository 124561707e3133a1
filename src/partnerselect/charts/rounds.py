"""Rounds side by side: ranks from round to round, what moved them, and the weights before and after."""

from __future__ import annotations

import json
from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd

from partnerselect.analysis.round_side import called, within
from partnerselect.analysis.rounds_compared import FACTORS, RoundComparison
from partnerselect.charts.narrow import ON_A_PHONE, legend_columns, wrapped
from partnerselect.charts.theme import AHEAD, BEHIND, GOALS_LIGHT, labels

_STILL = "#8b949e"
_ALONE = "in one only"
_MOVES = {"up": AHEAD, "down": BEHIND, "same rank": _STILL, _ALONE: "#b58a00"}
COLORS = {
    "weights": GOALS_LIGHT[0],
    "evidence": GOALS_LIGHT[1],
    "candidates": GOALS_LIGHT[2],
    "criteria": GOALS_LIGHT[3],
}
_MORE, _LESS, _EQUAL = "weighs more", "weighs less", "the same"
_WEIGHTS = {_MORE: AHEAD, _LESS: BEHIND, _EQUAL: _STILL}
_NAMES = {"weights": "weights", "evidence": "evidence", "candidates": "who is on the list", "criteria": "criteria"}
_LINE = 13
"""Height of a line of a round's title, in pixels."""

_NOTHING = 0.05
"""Shares below this, in places or points of 100, are not drawn."""

Of = Literal["ranks", "totals"]


def bump_chart(places: pd.DataFrame) -> alt.LayerChart:
    """Ranks from round to round, one line for each candidate.

    Parameters
    ----------
    places : DataFrame
        One row for each round and candidate ranked in it: round (title), candidate (id), name, rank. The rounds
        stand in the order of their first rows. Candidates that tie are drawn below each other, in the order of the
        rows.
    """
    rounds = list(dict.fromkeys(places["round"]))
    titles = {one: wrapped(one) for one in rounds}
    rows = places[["round", "candidate", "name", "rank"]].sort_values("rank", kind="stable")
    rows["slot"] = rows.groupby("round").cumcount() + 1
    rows["move"] = rows["candidate"].map(_moves(rows, rounds))
    last = max([1, *rows["slot"]])
    shown = [move for move in _MOVES if move in set(rows["move"])] or list(_MOVES)
    columns = ["round", "candidate", "name", "rank", "slot", "move"]
    base = alt.Chart(rows[columns])
    across = (
        alt.X("round:N")
        .scale(type="point", padding=0.08, domain=rounds or ["nobody is ranked"])
        .title(None)
        .axis(
            orient="top",
            labelAngle=0,
            labelAlign=_outwards(rounds),
            labelExpr=f"{_told(titles)}[datum.value]",
            labelLineHeight=_LINE,
            labelPadding=4 + _LINE * (max([1, *map(len, titles.values())]) - 1),
            labelLimit=170,
            labelOverlap=False,
            domain=False,
            ticks=False,
            grid=False,
        )
    )
    color = (
        alt.Color("move:N")
        .scale(domain=shown, range=[_MOVES[one] for one in shown])
        .legend(title=None, orient="bottom", symbolType="circle", columns=legend_columns(2))
    )
    tooltip = [
        alt.Tooltip("name:N", title="candidate"),
        alt.Tooltip("round:N", title="round"),
        alt.Tooltip("rank:Q", title="rank"),
    ]
    left = _slots(rows[rows["round"].isin(rounds[:1])], "left", last)
    right = _slots(rows[rows["round"].isin(rounds[-1:])], "right", last)
    lines = base.mark_line(strokeWidth=2.2, opacity=0.9).encode(
        across, left, color, alt.Detail("candidate:N"), tooltip=tooltip
    )
    dots = base.mark_point(filled=True, size=55, opacity=1).encode(across, right, color, tooltip=tooltip)
    chart = alt.LayerChart(layer=[lines, dots], title="Ranks from round to round", height=21 * last)
    both: alt.LayerChart = chart.resolve_axis(y="independent")
    return both


def bump_alt(places: pd.DataFrame) -> str:
    """Ranks from round to round in words."""
    if places.empty:
        return "Lines of ranks: nobody is ranked in any round."
    rounds = list(dict.fromkeys(places["round"]))
    rank = dict(zip(zip(places["candidate"], places["round"], strict=True), places["rank"], strict=True))
    names = dict(zip(places["candidate"], places["name"], strict=True))
    told = "; ".join(
        f"{name} {', '.join(f'{rank[one, where]}' if (one, where) in rank else 'not ranked' for where in rounds)}"
        for one, name in names.items()
    )
    return f"Lines of ranks {', '.join(map(within, rounds))}. Ranks in this order: {told}."


def split_chart(compared: RoundComparison, of: Of = "ranks") -> alt.LayerChart:
    """What moved each candidate: a bar in the colour of each factor, and a mark at the change as a whole."""
    table, unit, each = _shares(compared, of)
    table["name"] = labels(table["name"])
    names = list(table["name"])
    long = table.melt(["name", "change"], var_name="factor", value_name="share")
    long = long[long["share"].abs() >= _NOTHING]
    shown = [factor for factor in FACTORS if factor in set(long["factor"])] or list(FACTORS)
    long["order"] = long["factor"].map(FACTORS.index)
    long["factor"] = long["factor"].map(_NAMES)
    down = alt.Y("name:N").sort(names).scale(domain=names).title(None).axis(labelLimit=260, labelOverlap=False)
    upward, downward = ("rises", "falls") if of == "ranks" else ("gains", "loses")
    across = alt.X("share:Q").title(f"{unit}    ← {downward}  |  {upward} →").axis(tickCount=9)
    bars = (
        alt.Chart(long)
        .mark_bar(height={"band": 0.68}, stroke="#7d8894", strokeWidth=0.6)
        .encode(
            down,
            across,
            alt.Color("factor:N")
            .scale(domain=[_NAMES[one] for one in shown], range=[COLORS[one] for one in shown])
            .legend(title=None, orient="top", symbolType="square", columns=legend_columns()),
            alt.Order("order:Q").sort("ascending"),
            tooltip=[
                alt.Tooltip("name:N", title="candidate"),
                alt.Tooltip("factor:N", title="through"),
                alt.Tooltip("share:Q", title=unit, format="+.2f"),
                alt.Tooltip("change:Q", title="in all", format="+.2f"),
            ],
        )
    )
    whole = table[["name", "change"]]
    marks = [
        alt.Chart(whole)
        .mark_point(shape="diamond", filled=True, size=size, color=color, opacity=1)
        .encode(down, alt.X("change:Q"))
        for size, color in ((120, "#ffffff"), (58, "#10161c"))
    ]
    zero = alt.Chart(pd.DataFrame({"change": [0.0]})).mark_rule(strokeWidth=1).encode(alt.X("change:Q"))
    title = alt.TitleParams(
        f"What moved the {of}",
        subtitle=[f"from {called(compared.titles['before'])} to {called(compared.titles['after'])}", each],
    )
    return alt.LayerChart(layer=[bars, zero, *marks], title=title, height=alt.Step(24))


def split_alt(compared: RoundComparison, of: Of = "ranks") -> str:
    """What moved each candidate, in words."""
    told = " ".join((compared.ranks if of == "ranks" else compared.totals)["sentence"])
    return f"Bars of what moved the {of}. {compared.sentence} {told}".strip()


def weights_chart(compared: RoundComparison) -> alt.LayerChart:
    """One line for each criterion, from the weight before to the weight after."""
    before, after = compared.titles["before"], compared.titles["after"]
    table = compared.criteria[["title", "before", "after", "difference", "change"]].reset_index(drop=True)
    table[["before", "after", "difference"]] *= 100
    marked = table["change"].where(table["change"].isin(["new", "dropped"]), "")
    table["title"] = labels(
        [f"{title} ({mark})" if mark else title for title, mark in zip(table["title"], marked, strict=True)], 40
    )
    order = list(table["title"])
    down = alt.Y("title:N").sort(order).scale(domain=order).title(None).axis(labelLimit=300, labelOverlap=False)
    most = max(1.0, 1.06 * float(np.nanmax([1.0, *table["before"], *table["after"]])))
    across = alt.X("weight:Q").title("weight, % of all").scale(domain=[0, most], nice=False).axis(tickCount=9)
    tooltip = [
        alt.Tooltip("title:N", title="criterion"),
        alt.Tooltip("round:N", title="round"),
        alt.Tooltip("weight:Q", title="weight, %", format=".1f"),
    ]
    both = table["before"].notna() & table["after"].notna()
    table["move"] = np.where(table["difference"] > 0, _MORE, np.where(table["difference"] < 0, _LESS, _EQUAL))
    long = pd.concat(
        [
            table[["title", end, "move"]].set_axis(["title", "weight", "move"], axis=1).assign(round=title).dropna()
            for end, title in (("before", before), ("after", after))
        ],
        ignore_index=True,
    )
    shown = [move for move in _WEIGHTS if move in set(table["move"])]
    color = (
        alt.Color("move:N")
        .scale(domain=shown, range=[_WEIGHTS[one] for one in shown])
        .legend(title=None, orient="top", symbolType="stroke", symbolStrokeWidth=4, columns=legend_columns())
    )
    shape = alt.Shape("round:N").scale(domain=[before, after], range=["circle", "diamond"])
    lines = (
        alt.Chart(table[both][["title", "before", "after", "move"]])
        .mark_rule(strokeWidth=4, opacity=0.7)
        .encode(down, alt.X("before:Q"), alt.X2("after"), color)
    )
    dots = (
        alt.Chart(long)
        .mark_point(filled=True, size=110, opacity=1)
        .encode(
            down,
            across,
            color,
            shape.legend(
                title=None,
                orient="bottom",
                labelLimit=alt.ExprRef(f"{ON_A_PHONE} ? 150 : 260"),
                symbolFillColor=_STILL,
                columns=legend_columns(),
            ),
            tooltip=tooltip,
        )
    )
    return alt.LayerChart(layer=[lines, dots], title="Weights before and after", height=alt.Step(24))


def weights_alt(compared: RoundComparison) -> str:
    """Weights before and after in words, criterion by criterion."""
    told = "; ".join(
        f"{row['title']} {_percent(row['before'])} to {_percent(row['after'])}"
        for row in compared.criteria.to_dict("records")
    )
    titles = f"{within(compared.titles['before'])} and {within(compared.titles['after'])}"
    return f"Dots of each criterion's weight {titles}. {compared.weights_sentence} {told}."


def _moves(rows: pd.DataFrame, rounds: list[str]) -> dict[str, str]:
    """Where each candidate went from its first round to its last."""
    ordered = rows.assign(at=rows["round"].map(rounds.index)).sort_values("at", kind="stable")
    moves = {}
    for one, ranks in ordered.groupby("candidate", sort=False)["rank"]:
        change = ranks.iloc[0] - ranks.iloc[-1]
        moves[str(one)] = "same rank" if change == 0 else "up" if change > 0 else "down"
        if len(ranks) == 1 < len(rounds):
            moves[str(one)] = _ALONE
    return moves


def _slots(rows: pd.DataFrame, side: Literal["left", "right"], last: int) -> alt.Y:
    """Places from the top, named on one side by the candidates that hold them in a round."""
    wide, narrow = (
        [
            f"{name}  {rank}" if side == "left" else f"{rank}  {name}"
            for name, rank in zip(labels(rows["name"], length), rows["rank"], strict=True)
        ]
        + [""] * (last - len(rows))
        for length in (22, 16)
    )
    down: alt.Y = (
        alt.Y("slot:Q")
        .scale(domain=[0.5, last + 0.5], reverse=True, nice=False, zero=False)
        .title(None)
        .axis(
            orient=side,
            values=list(range(1, last + 1)),
            labelExpr=f"({ON_A_PHONE} ? {_told(narrow)} : {_told(wide)})[datum.value - 1]",
            labelLimit=170,
            labelOverlap=False,
            domain=False,
            ticks=False,
            grid=False,
        )
    )
    return down


def _told(texts: list[str] | dict[str, list[str]]) -> str:
    """Texts as an expression that a chart reads."""
    return json.dumps(texts, ensure_ascii=False)


def _outwards(rounds: list[str]) -> Any:
    """The first round's title ends above its ranks, the last one's begins there: away from each other."""
    if len(rounds) < 2:
        return "center"
    ends = {0: "right", 1: "left"}
    return {
        "condition": [{"test": f"datum.index === {end}", "value": align} for end, align in ends.items()],
        "value": "center",
    }


def _percent(weight: float) -> str:
    return "no such criterion" if np.isnan(weight) else f"{100 * weight:.1f} %"


def _shares(compared: RoundComparison, of: Of) -> tuple[pd.DataFrame, str, str]:
    columns = ["name", "change", *FACTORS]
    if of == "ranks":
        return compared.ranks[columns].copy(), "places", "by what changed; diamond: the change of the rank"
    table = compared.totals[columns].copy()
    table[["change", *FACTORS]] *= 100
    return table, "points of 100", "by what changed; diamond: the change of the total"
