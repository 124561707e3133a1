"""Tables of weights: now and in a draft, side by side, and of viewpoints."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from partnerselect.analysis.viewpoints import ViewpointComparison
from partnerselect.analysis.weights import normalised
from partnerselect.model import Criteria

_SHARE = "%.1f"


def shares_table(titles: Mapping[str, str], now: Mapping[str, float], new: Mapping[str, float], *, key: str) -> None:
    """Shares of siblings in percent, those of today beside those of the draft."""
    rows = pd.DataFrame(
        {"title": titles.values(), "now": [100 * now[one] for one in titles], "new": [100 * new[one] for one in titles]}
    )
    told = "; ".join(f"{row['title']} {row['now']:.1f} now, {row['new']:.1f} then" for row in rows.to_dict("records"))
    top = max(1.0, *rows["now"], *rows["new"])
    st.dataframe(
        rows,
        hide_index=True,
        key=key,
        alt=f"Shares in percent: {told}.",
        column_config={
            "title": st.column_config.TextColumn(" ", width=150),
            "now": st.column_config.NumberColumn("Now, %", format=_SHARE, width=66),
            "new": st.column_config.ProgressColumn("Then, %", format=_SHARE, min_value=0, max_value=top, width=140),
        },
    )


def weights_table(decision: Criteria, now: Mapping[str, float], new: Mapping[str, float], *, key: str) -> None:
    """Weight of every criterion, with today's points and with others."""
    before, after = (normalised(decision, points).leaves for points in (now, new))
    goals = [goal.title for goal in decision.goals for _ in goal.criteria]
    rows = pd.DataFrame(
        {
            "goal": goals,
            "title": [criterion.title for criterion in decision.criteria],
            "now": 100 * before,
            "new": 100 * after,
            "change": 100 * (after - before),
        }
    )
    told = "; ".join(f"{row['title']} {row['now']:.1f} now, {row['new']:.1f} then" for row in rows.to_dict("records"))
    st.dataframe(
        rows,
        hide_index=True,
        key=key,
        alt=f"Weights in percent: {told}.",
        column_config={
            "goal": "Goal",
            "title": "Criterion",
            "now": st.column_config.NumberColumn("Now, %", format=_SHARE),
            "new": st.column_config.NumberColumn("Then, %", format=_SHARE),
            "change": st.column_config.NumberColumn("Change", format="%+.1f"),
        },
    )


def points_table(decision: Criteria, points: Mapping[str, float], *, key: str) -> None:
    """Points and weight of every goal and criterion in force."""
    weights = normalised(decision, points)
    leaf = dict(zip((criterion.id for criterion in decision.criteria), weights.leaves.tolist(), strict=True))
    rows = pd.DataFrame(
        [
            (goal.title, criterion.title, points[goal.id], points[criterion.id], 100 * leaf[criterion.id])
            for goal in decision.goals
            for criterion in goal.criteria
        ],
        columns=["goal", "title", "goal_points", "points", "weight"],
    )
    told = "; ".join(f"{row['title']} {row['weight']:.1f}" for row in rows.to_dict("records"))
    st.dataframe(
        rows,
        hide_index=True,
        key=key,
        alt=f"Weights in percent: {told}.",
        column_config={
            "goal": "Goal",
            "title": "Criterion",
            "goal_points": st.column_config.NumberColumn("Points of the goal", format="%.4g"),
            "points": st.column_config.NumberColumn("Points", format="%.4g"),
            "weight": st.column_config.NumberColumn("Weight, %", format=_SHARE),
        },
    )


def viewpoint_weights_table(compared: ViewpointComparison) -> None:
    """Weights in percent, criteria x viewpoints, with how far they are apart."""
    rows = (100 * compared.weights).rename(index=compared.criteria)
    rows.insert(0, "spread", 100 * compared.divides["spread"].reindex(compared.weights.index).to_numpy())
    _table(rows, compared, "viewpoint_weights", "Criterion", _SHARE, "Weights in percent by criterion and viewpoint.")


def viewpoint_ranks_table(compared: ViewpointComparison) -> None:
    """Ranks, candidates x viewpoints, best mean rank first."""
    rows = compared.ranks.rename(index=compared.names)
    _table(
        rows, compared, "viewpoint_ranks", "Candidate", "%d", f"Ranks by candidate and viewpoint. {compared.leaders}"
    )


def viewpoint_agreement_table(compared: ViewpointComparison) -> None:
    """Kendall's tau of every two viewpoints."""
    rows = compared.tau.rename(index=dict(compared.titles))
    _table(rows, compared, "viewpoint_agreement", "Viewpoint", "%.2f", f"Agreement of rankings. {compared.agreement}")


def _table(rows: pd.DataFrame, compared: ViewpointComparison, key: str, first: str, form: str, alt: str) -> None:
    columns = {one: st.column_config.NumberColumn(title, format=form) for one, title in compared.titles.items()}
    st.dataframe(
        rows.reset_index(names="name"),
        hide_index=True,
        key=key,
        alt=alt,
        column_config={
            "name": st.column_config.TextColumn(first, pinned=True),
            "spread": st.column_config.NumberColumn("Standard deviation", format="%.2f"),
            **columns,
        },
    )
