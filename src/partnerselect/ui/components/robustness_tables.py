"""Tables of the Sensitivity page that come from simulation or search, each share with its error."""

from __future__ import annotations

import streamlit as st

from partnerselect.analysis.extremes import Extremes
from partnerselect.analysis.robustness import Robustness


def acceptability_table(result: Robustness) -> None:
    """Share of the draws for every candidate and rank, in percent."""
    rows = (100 * result.acceptability).round(2)
    rows.columns = [str(rank) for rank in rows.columns]
    rows.insert(0, "name", result.candidates["name"])
    largest = 100 * result.acceptability_error.to_numpy().max(initial=0.0)
    st.dataframe(
        rows,
        hide_index=True,
        key="acceptability_table",
        alt="Share of the draws in percent, candidates by rank.",
        column_config={
            "name": st.column_config.TextColumn("Candidate", pinned=True),
            **{rank: st.column_config.NumberColumn(f"Rank {rank}, %", format="%.1f") for rank in rows.columns[1:]},
        },
    )
    error = f"no share has a standard error above {largest:.1f} percentage points"
    st.caption(f"{result.samples:,} draws, seed {result.seed}; {error}.")


def candidates_table(result: Robustness) -> None:
    """Expected rank, share among the leading ones, and confidence, each with its error."""
    rows = result.candidates.copy()
    shares = ["in_top", "in_top_error", "confidence", "confidence_error"]
    rows[shares] *= 100
    place = "First, %" if result.top == 1 else f"Among the first {result.top}, %"
    st.dataframe(
        rows,
        hide_index=True,
        key="robustness_table",
        alt="Expected rank, share among the leading candidates and confidence of each candidate.",
        column_config={
            "name": st.column_config.TextColumn("Candidate", pinned=True),
            "expected_rank": st.column_config.NumberColumn("Expected rank", format="%.2f"),
            "expected_rank_error": st.column_config.NumberColumn("± (standard error)", format="%.2f"),
            "in_top": st.column_config.NumberColumn(place, format="%.1f"),
            "in_top_error": st.column_config.NumberColumn("±", format="%.1f"),
            "confidence": st.column_config.NumberColumn(
                "Confidence, %",
                format="%.1f",
                help="Chance of being first if its central weights are right. Empty: it never is first.",
            ),
            "confidence_error": st.column_config.NumberColumn("±", format="%.1f"),
        },
    )


def extremes_table(result: Extremes) -> None:
    """Best and worst possible rank of every candidate."""
    st.dataframe(
        result.ranks,
        hide_index=True,
        key="extremes_table",
        alt="Best and worst possible rank of every candidate.",
        column_config={
            "name": st.column_config.TextColumn("Candidate", pinned=True),
            "rank": "Today",
            "best": "Best possible",
            "worst": "Worst possible",
            "best_known": "Best, with best values only",
            "worst_known": "Worst, with best values only",
        },
    )
