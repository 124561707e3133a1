"""Tables behind the charts of the Shortlist page."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from partnerselect.analysis.best_sets import BestSets
from partnerselect.analysis.gaps import Gaps
from partnerselect.analysis.proposed_set import SetComparison
from partnerselect.analysis.set_robustness import SetRobustness
from partnerselect.model import Decision

_POINTS = "%.2f"


def ladder_table(found: BestSets) -> None:
    """The best sets with their totals."""
    rows = found.sets[["names", "total", "behind", "joins", "leaves"]].reset_index()
    st.dataframe(
        rows.assign(total=100 * rows["total"], behind=100 * rows["behind"]),
        hide_index=True,
        key="ladder_table",
        alt=f"The best sets. {found.sentence}",
        column_config={
            "place": st.column_config.NumberColumn("Place", width="small"),
            "names": st.column_config.TextColumn("Set", width="large"),
            "total": st.column_config.NumberColumn("Total, of 100", format=_POINTS),
            "behind": st.column_config.NumberColumn("Behind", format=_POINTS),
            "joins": "Joins",
            "leaves": "Leaves",
        },
    )


def core_table(result: SetRobustness) -> None:
    """How often each candidate is in the best set."""
    rows = result.candidates[["name", "core_index", "core_index_error", "standing", "proposed"]]
    st.dataframe(
        rows.assign(core_index=100 * rows["core_index"], core_index_error=100 * rows["core_index_error"]),
        hide_index=True,
        key="core_table",
        alt=f"Core index by candidate. {result.sentence}",
        column_config={
            "name": "Candidate",
            "core_index": st.column_config.NumberColumn("In the best set, % of the draws", format="%.1f"),
            "core_index_error": st.column_config.NumberColumn("Standard error", format="%.2f"),
            "standing": "Standing",
            "proposed": st.column_config.CheckboxColumn("In the set in question"),
        },
    )


def best_most_often_table(result: SetRobustness) -> None:
    """The sets that are the best in most of the draws."""
    rows = result.sets[["names", "share", "share_error"]]
    st.dataframe(
        rows.assign(share=100 * rows["share"], share_error=100 * rows["share_error"]),
        hide_index=True,
        key="often_table",
        alt="The sets that are the best one most often.",
        column_config={
            "names": st.column_config.TextColumn("Set", width="large"),
            "share": st.column_config.NumberColumn("Best, % of the draws", format="%.1f"),
            "share_error": st.column_config.NumberColumn("Standard error", format="%.2f"),
        },
    )


def competing_table(result: SetRobustness) -> None:
    """The allowed sets that could be above the set in question by most."""
    rows = result.competing[["names", "lead"]]
    st.dataframe(
        rows.assign(lead=100 * rows["lead"]),
        hide_index=True,
        key="competing_table",
        alt="Sets that some of these weights and some evidence would put above the set in question.",
        column_config={
            "names": st.column_config.TextColumn("Set", width="large"),
            "lead": st.column_config.NumberColumn("Could be ahead by, points of 100", format="%.1f"),
        },
    )


def gaps_table(result: Gaps) -> None:
    """What each member and partner is known for, row by row."""
    wide = result.cells.pivot_table(index="row", columns="name", values="statement", aggfunc="first", sort=False)
    names = list(dict.fromkeys(result.cells["name"]))
    rows = pd.concat([result.rows[["goal", "title", "together"]], wide[names]], axis=1)
    st.dataframe(
        rows,
        hide_index=True,
        key="gaps_table",
        alt=f"What is covered by whom. {result.sentence}",
        column_config={
            "goal": "Goal",
            "title": st.column_config.TextColumn("Wanted", width="large", pinned=True),
            "together": st.column_config.TextColumn("Together", width="medium"),
        },
    )


def map_table(decision: Decision, members: Sequence[str]) -> None:
    """Who is where."""
    from partnerselect.charts.map import whereabouts

    st.dataframe(
        whereabouts(decision, members),
        hide_index=True,
        key="map_table",
        alt="Members, partners and other candidates with their places.",
    )


def comparison_table(result: SetComparison, first: str, second: str) -> None:
    """Two sets, criterion by criterion."""
    rows = result.differences[["title", "weight", "first", "second", "difference"]]
    st.dataframe(
        rows.assign(weight=100 * rows["weight"]),
        hide_index=True,
        key="comparison_table",
        alt=f"Two sets by criterion. {result.sentence}",
        column_config={
            "title": "Criterion",
            "weight": st.column_config.NumberColumn("Weight, %", format="%.1f"),
            "first": st.column_config.NumberColumn(first, format=_POINTS),
            "second": st.column_config.NumberColumn(second, format=_POINTS),
            "difference": st.column_config.NumberColumn("Difference", format="%+.2f"),
        },
    )
