"""Five methods side by side: which place each gives to whom."""

from __future__ import annotations

import altair as alt
import pandas as pd

from partnerselect.analysis.second_opinions import SecondOpinions
from partnerselect.analysis.second_opinions_words import TITLES
from partnerselect.charts.theme import labels

_MOVES = {
    "3 or more places better": ("#0b5d8f", "#ffffff"),
    "1 or 2 better": ("#8fbfe0", "#10161c"),
    "as by total": ("#e3e7eb", "#10161c"),
    "1 or 2 worse": ("#f2c08a", "#10161c"),
    "3 or more worse": ("#b34d00", "#ffffff"),
}
"""How far a method moves a candidate from its place by total: fill and ink."""

_TOLD = 5


def places_chart(result: SecondOpinions) -> alt.LayerChart:
    """Candidates by method: the number is the rank, the colour how far that is from the rank by total."""
    names = pd.Series(labels(result.differences["name"]), index=result.differences.index, dtype=object)
    rows = result.ranks.rename_axis("candidate").reset_index().melt("candidate", var_name="method", value_name="rank")
    rows["name"] = rows["candidate"].map(names)
    rows["total_rank"] = rows["candidate"].map(result.ranks["additive"])
    rows["move"] = [_move(int(shift)) for shift in rows["rank"] - rows["total_rank"]]
    rows["ink"] = [_MOVES[move][1] for move in rows["move"]]
    rows["method"] = rows["method"].map(TITLES)
    across = alt.X("method:N").sort(list(TITLES.values())).title(None)
    across = across.axis(orient="top", labelAngle=-35, labelLimit=150, labelOverlap=False, domain=False, ticks=False)
    down = alt.Y("name:N").sort(list(names)).title(None)
    down = down.axis(labelLimit=150, labelOverlap=False, labelFlush=False, domain=False, ticks=False)
    cells = (
        alt.Chart(rows[["name", "method", "rank", "total_rank", "move"]])
        .mark_rect(cornerRadius=3)
        .encode(
            across,
            down,
            alt.Color("move:N")
            .scale(domain=list(_MOVES), range=[fill for fill, _ in _MOVES.values()])
            .legend(title=None, orient="bottom", columns=1, symbolType="square", symbolSize=160),
            tooltip=[
                alt.Tooltip("name:N", title="candidate"),
                alt.Tooltip("method:N", title="method"),
                alt.Tooltip("rank:Q", title="rank"),
                alt.Tooltip("total_rank:Q", title="rank by total"),
            ],
        )
    )
    numbers = (
        alt.Chart(rows[["name", "method", "rank", "ink"]])
        .mark_text(fontSize=12)
        .encode(across, down, alt.Text("rank:Q"), alt.Color("ink:N").scale(None))
    )
    title = "The rank that each method gives"
    return alt.LayerChart(layer=[cells, numbers], title=title, width=alt.Step(32), height=alt.Step(24))


def places_alt(result: SecondOpinions) -> str:
    """The chart of places in words: agreement, and who moves farthest."""
    others = result.agreement.iloc[1:].dropna(subset="tau")
    agreement = ", ".join(f"{title} {tau:.2f}" for title, tau in zip(others["title"], others["tau"], strict=True))
    farthest = result.differences[result.differences["shift"] != 0]
    farthest = farthest.sort_values("shift", key=abs, ascending=False, kind="stable").head(_TOLD)
    moves = "; ".join(
        f"{row['name']} is {row['method_rank']} by {row['by_method']}, {row['rank']} by total"
        for row in farthest.to_dict("records")
    )
    told = f"Table of ranks of {len(result.ranks)} candidates by five methods. {result.sentence}"
    if agreement:
        told += f" Agreement with the order by total, 1 being the same order: {agreement}."
    return f"{told} Widest moves: {moves}." if moves else told


def _move(shift: int) -> str:
    better, slightly_better, same, slightly_worse, worse = _MOVES
    if shift == 0:
        return same
    if shift < 0:
        return better if shift <= -3 else slightly_better
    return worse if shift >= 3 else slightly_worse
