"""Tables behind the charts, with their formats and units."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from partnerselect.analysis.head_to_head import HeadToHead
from partnerselect.analysis.standing import Standing
from partnerselect.ui.state import View

_POINTS = "%.1f"


def ranking_table(view: View) -> None:
    """Rank, total, likely total and rank, possible rank, and known share of every ranked candidate."""
    ranking = view.evaluation.ranking
    candidates = {candidate.id: candidate for candidate in view.decision.candidates}
    shares = ["total", "likely_low", "likely_high", "known"]
    rows = pd.DataFrame(
        {
            "rank": ranking["rank"],
            "candidate": [candidates[one].name for one in ranking.index],
            "kind": [candidates[one].kind for one in ranking.index],
            "country": [candidates[one].country for one in ranking.index],
            **{name: 100 * ranking[name] for name in shares},
            "likely_rank": _interval(ranking["likely_best_rank"], ranking["likely_worst_rank"]),
            "possible_rank": _interval(ranking["best_rank"], ranking["worst_rank"]),
        }
    )
    st.dataframe(
        rows,
        hide_index=True,
        key="ranking_table",
        alt="Ranking table: " + in_one_line(rows, "candidate"),
        column_config={
            "rank": st.column_config.NumberColumn("Rank", width="small", pinned=True),
            "candidate": st.column_config.TextColumn("Candidate", pinned=True),
            "kind": "Kind",
            "country": "Country",
            "total": st.column_config.NumberColumn("Total, of 100", format=_POINTS),
            "likely_low": st.column_config.NumberColumn("Likely from", format=_POINTS),
            "likely_high": st.column_config.NumberColumn("Likely to", format=_POINTS),
            "likely_rank": "Likely rank",
            "possible_rank": "Possible rank",
            "known": st.column_config.NumberColumn("Weight known, %", format="%.0f"),
        },
    )
    st.caption(
        "Likely: nine in ten of 200 draws from the evidence ranges end here. Possible: what the ranges allow at most. "
        "Weight known: the share of the weight that rests on evidence."
    )


def contribution_table(duel: HeadToHead) -> None:
    """The two candidates' contributions, criterion by criterion."""
    rows = duel.differences[["title", "weight", "first", "second", "difference", "certain"]]
    st.dataframe(
        rows.assign(weight=100 * rows["weight"]),
        hide_index=True,
        key="contribution_table",
        alt=f"Contributions of {duel.first} and {duel.second} by criterion. {duel.sentence}",
        column_config={
            "title": "Criterion",
            "weight": st.column_config.NumberColumn("Weight, %", format=_POINTS),
            "first": st.column_config.NumberColumn(duel.first, format="%.2f"),
            "second": st.column_config.NumberColumn(duel.second, format="%.2f"),
            "difference": st.column_config.NumberColumn("Difference", format="%+.2f"),
            "certain": st.column_config.CheckboxColumn("Evidence on both"),
        },
    )


def in_one_line(rows: pd.DataFrame, name: str) -> str:
    """Rank, name and total of every row, for those who hear the table."""
    return "; ".join(f"{row['rank']} {row[name]} {row['total']:.1f}" for row in rows.to_dict("records"))


def _interval(best: pd.Series[int], worst: pd.Series[int]) -> list[str]:
    return [str(low) if low == high else f"{low:.0f} to {high:.0f}" for low, high in zip(best, worst, strict=True)]


def unknowns_table(now: Standing) -> None:
    """Per criterion, on how many candidates there is evidence."""
    st.dataframe(
        now.by_criterion[["goal", "title", "known", "refused", "not_applicable", "unknown", "weight"]].assign(
            weight=100 * now.by_criterion["weight"]
        ),
        hide_index=True,
        key="unknowns_table",
        alt="Number of candidates with and without evidence, by criterion.",
        column_config={
            "goal": "Goal",
            "title": "Criterion",
            "known": "Evidence",
            "refused": "Refused",
            "not_applicable": "Not applicable",
            "unknown": "Unknown",
            "weight": st.column_config.NumberColumn("Weight, %", format=_POINTS),
        },
    )


def evidence_cells(cells: pd.DataFrame) -> None:
    """The evidence matrix as rows: organisation, criterion, what is said, grade and age."""
    st.dataframe(
        cells[
            ["name", "role", "title", "statement", "status", "grade", "age", "stale", "undated", "counted", "set_aside"]
        ],
        hide_index=True,
        key="evidence_cells",
        alt="Evidence of every organisation on every criterion, with grade and age.",
        column_config={
            "name": st.column_config.TextColumn("Organisation", pinned=True),
            "role": "Role",
            "title": "Criterion",
            "statement": "Says",
            "status": "Status",
            "grade": "Grade",
            "age": st.column_config.NumberColumn("Age, years", format=_POINTS),
            "stale": "Stale",
            "undated": "Partly undated",
            "counted": "Statements counted",
            "set_aside": "Set aside",
        },
    )
