"""Tables of the Sensitivity page: weights, entering, evidence, leaving out."""

from __future__ import annotations

import streamlit as st

from partnerselect.analysis.entry import Entry
from partnerselect.analysis.sensitivity import Sensitivity

_PERCENT = "%.1f"


def sweeps_table(result: Sensitivity) -> None:
    """Where each weight leaves the leaders in place, and every point at which they change."""
    weights = result.weights.copy()
    weights[["weight", "low", "high"]] *= 100
    st.dataframe(
        weights[["title", "weight", "low", "high", "still"]],
        hide_index=True,
        key="stability_table",
        alt="Per criterion: today's weight, and the range in which the leading candidates stay.",
        column_config={
            "title": st.column_config.TextColumn("Criterion", pinned=True),
            "weight": st.column_config.NumberColumn("Weight, %", format=_PERCENT),
            "low": st.column_config.NumberColumn("They stay from, %", format=_PERCENT),
            "high": st.column_config.NumberColumn("to, %", format=_PERCENT),
            "still": st.column_config.CheckboxColumn("Moves nothing"),
        },
    )
    switches = result.switches.assign(weight=100 * result.switches["weight"], total=100 * result.switches["total"])
    st.dataframe(
        switches[["title", "weight", "enters", "leaves", "total"]],
        hide_index=True,
        key="switches_table",
        alt="Every weight at which the leading candidates change, and who enters and leaves as it grows.",
        column_config={
            "title": st.column_config.TextColumn("Criterion", pinned=True),
            "weight": st.column_config.NumberColumn("Switch at weight, %", format=_PERCENT),
            "enters": "Enters as it grows",
            "leaves": "Leaves as it grows",
            "total": st.column_config.NumberColumn("Both at total, of 100", format=_PERCENT),
        },
    )


def entry_table(result: Entry) -> None:
    """Weights today and as needed."""
    rows = result.weights.copy()
    rows[["today", "needed", "change"]] = (100 * rows[["today", "needed", "change"]]).round(6) + 0.0  # no -0.0
    st.dataframe(
        rows,
        hide_index=True,
        key="entry_table",
        alt=f"Weights today, and the nearest ones that bring {result.name} in.",
        column_config={
            "title": st.column_config.TextColumn("Criterion", pinned=True),
            "today": st.column_config.NumberColumn("Today, %", format=_PERCENT),
            "needed": st.column_config.NumberColumn("Needed, %", format=_PERCENT),
            "change": st.column_config.NumberColumn("Change", format="%+.1f"),
        },
    )


def cells_table(result: Entry) -> None:
    """Single cells that would do it alone."""
    st.dataframe(
        result.cells[["title", "now", "needed", "open"]],
        hide_index=True,
        key="cells_table",
        alt=f"Single cells of {result.name} that would bring it in with today's weights.",
        column_config={
            "title": st.column_config.TextColumn("One cell would do", pinned=True),
            "now": "Now",
            "needed": "Needed",
            "open": st.column_config.CheckboxColumn("Today's evidence leaves room for it"),
        },
    )


def evidence_table(result: Sensitivity) -> None:
    """The lead with each cell in doubt at either end."""
    rows = result.evidence.copy()
    rows[["low", "high"]] *= 100
    st.dataframe(
        rows[["name", "title", "low", "high", "changes"]],
        hide_index=True,
        key="tornado_table",
        alt="Lead of the leading candidates, in points of 100, with one cell at either end of its range.",
        column_config={
            "name": st.column_config.TextColumn("Candidate", pinned=True),
            "title": "Criterion",
            "low": st.column_config.NumberColumn("Lead at its worst", format="%+.1f"),
            "high": st.column_config.NumberColumn("Lead at its best", format="%+.1f"),
            "changes": st.column_config.CheckboxColumn("Can change who leads"),
        },
    )


def without_table(result: Sensitivity) -> None:
    """Who leads when one criterion is left out, and how alike the rankings are."""
    rows = result.without.assign(weight=100 * result.without["weight"])
    st.dataframe(
        rows[["title", "weight", "enters", "leaves", "tau"]],
        hide_index=True,
        key="without_table",
        alt="Per criterion left out: who enters and leaves, and the agreement with today's order.",
        column_config={
            "title": st.column_config.TextColumn("Left out", pinned=True),
            "weight": st.column_config.NumberColumn("Its weight, %", format=_PERCENT),
            "enters": "Enters",
            "leaves": "Leaves",
            "tau": st.column_config.NumberColumn(
                "Agreement with today", format="%.2f", help="Kendall's tau: 1 the same order, 0 unrelated, -1 reversed."
            ),
        },
    )
