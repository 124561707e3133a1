"""Short summaries for the Overview: size of the case, leaders, gates."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from partnerselect.analysis.gates import gate_counts
from partnerselect.analysis.standing import Standing
from partnerselect.analysis.value_ranges import value_ranges
from partnerselect.model import Decision
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.tables import in_one_line
from partnerselect.ui.state import View

_SHOWN = 6


def show_size(decision: Decision, now: Standing) -> None:
    """What is in: candidates, members, criteria, facts, and how much of the matrix is known."""
    everyone = (*decision.candidates, *decision.members)
    with st.grid(5, min_column_width=150):
        st.metric("Candidates", len(decision.candidates), border=True)
        st.metric("Members", len(decision.members), border=True)
        st.metric("Goals and criteria", f"{len(decision.goals)} · {len(decision.criteria)}", border=True)
        st.metric("Facts with a source", sum(len(one.facts) for one in everyone), border=True)
        st.metric("Cells with evidence", f"{100 * now.known_share:.0f} %", border=True)


def show_leaders(view: View, now: Standing) -> None:
    """The first few, each with its total, its likely rank and the weight that evidence stands behind."""
    ranking = view.evaluation.ranking.head(_SHOWN)
    rows = pd.DataFrame(
        {
            "rank": ranking["rank"],
            "name": now.by_candidate["name"].reindex(ranking.index),
            "total": 100 * ranking["total"],
            "likely": [
                f"{best:.0f} to {worst:.0f}"
                for best, worst in zip(ranking["likely_best_rank"], ranking["likely_worst_rank"], strict=True)
            ],
            "known": 100 * ranking["known"],
        }
    )
    st.dataframe(
        rows,
        hide_index=True,
        key="leaders",
        alt="Leading candidates: " + in_one_line(rows, "name"),
        column_config={
            "rank": st.column_config.NumberColumn("Rank", width="small"),
            "name": "Candidate",
            "total": st.column_config.ProgressColumn("Total, of 100", format="%.1f", min_value=0, max_value=100),
            "likely": "Likely rank",
            "known": st.column_config.NumberColumn("Weight known, %", format="%.0f"),
        },
    )


def show_gates(decision: Decision) -> None:
    """The gates, and how many candidates passed, failed or were never checked."""
    if not decision.gates:
        st.markdown("No gates are set: every candidate is scored.")
        return
    for gate, counts in zip(decision.gates, gate_counts(decision), strict=True):
        told = ", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count)
        off = "" if gate.active else " Switched off: it keeps nobody out."
        st.markdown(f"- **{plain(gate.title)}**: {plain(gate.rule)} ({plain(told)}){off}")


def show_screened_out(decision: Decision) -> None:
    """Name the candidates that failed a gate: they are not ranked, and never vanish without a word."""
    out = value_ranges(decision).screened_out
    if out:
        st.markdown(f"**Not ranked, because a gate failed:** {plain(', '.join(one.name for one in out))}.")
