"""The questions worth asking: as cards, as tables, and to take away."""

from __future__ import annotations

from typing import Any

import streamlit as st

from partnerselect.analysis.ask_next import AskNext
from partnerselect.analysis.ask_next_words import percent, who_leads
from partnerselect.reports.questions import questions_csv, questions_text
from partnerselect.ui.components.plain import plain
from partnerselect.ui.state import View

_SHOWN = 8


def show_questions(result: AskNext) -> None:
    """The first few questions, each with whom it concerns, how likely it changes the choice, and what may follow."""
    st.caption(
        f"Chance: how likely the answer changes {who_leads(result.top)}. Worth: what the totals of the chosen together "
        "gain on average because the choice can follow the answer, in points of 100."
    )
    with st.grid(2, min_column_width=330):
        for place, row in enumerate(result.cells.head(_SHOWN).to_dict("records"), start=1):
            with st.container(border=True):
                _show_question(place, row)
    more = len(result.cells) - _SHOWN
    if more > 0:
        st.caption(f"{more} more in the table below the chart, and in both files.")


def _show_question(place: int, row: dict[Any, Any]) -> None:
    st.markdown(f"**{place}\\. {plain(row['name'])}** · {plain(row['title'])}")
    st.markdown(f"*{plain(row['question'])}*")
    st.markdown(f"Chance **{percent(row['change_probability'])}** · worth **{row['gain']:.1f}** points")
    st.caption(
        f"Today: {plain(row['statement'])}. Depending on the answer it ends between {row['total_from']:.1f} of 100 "
        f"(rank {row['worst_rank']}) and {row['total_to']:.1f} (rank {row['best_rank']})."
    )


def questions_table(result: AskNext) -> None:
    """Every question that can change the choice by itself, best first."""
    columns = ["name", "title", "question", "status", "statement", "change_probability", "gain"]
    rows = result.cells[[*columns, "total", "total_from", "total_to", "worst_rank", "best_rank"]]
    st.dataframe(
        rows.assign(change_probability=100 * rows["change_probability"]),
        hide_index=True,
        key="questions_table",
        alt=f"{len(rows)} questions by what their answers are worth. {result.sentence}",
        column_config={
            "name": st.column_config.TextColumn("Candidate", pinned=True),
            "title": "Criterion",
            "question": st.column_config.TextColumn("Question", width="large"),
            "status": "Status",
            "statement": "Known today",
            "change_probability": st.column_config.NumberColumn("Chance of a change, %", format="%.1f"),
            "gain": st.column_config.NumberColumn("Worth, points of 100", format="%.2f"),
            "total": st.column_config.NumberColumn("Expected total", format="%.1f"),
            "total_from": st.column_config.NumberColumn("Total from", format="%.1f"),
            "total_to": st.column_config.NumberColumn("Total to", format="%.1f"),
            "worst_rank": "Rank from",
            "best_rank": "Rank to",
        },
    )


def show_candidates(result: AskNext) -> None:
    """What it is worth to learn everything about one candidate."""
    rows = result.candidates[result.candidates["gain"] > 0]
    if rows.empty:
        return
    st.header("Whom to ask everything", anchor=False)
    st.markdown(plain(result.candidates_sentence))
    columns = ["name", "change_probability", "change_probability_error", "gain", "gain_error", "questions", "open"]
    shares = {name: 100 * rows[name] for name in ("change_probability", "change_probability_error")}
    st.dataframe(
        rows[columns].assign(**shares),
        hide_index=True,
        key="asked_candidates",
        alt=f"{len(rows)} candidates by what it is worth to learn everything about them. {result.candidates_sentence}",
        column_config={
            "name": st.column_config.TextColumn("Candidate", pinned=True),
            "change_probability": st.column_config.NumberColumn("Chance of a change, %", format="%.1f"),
            "change_probability_error": st.column_config.NumberColumn("± %", format="%.1f"),
            "gain": st.column_config.NumberColumn("Worth, points of 100", format="%.2f"),
            "gain_error": st.column_config.NumberColumn("± points", format="%.2f"),
            "questions": "Questions that count alone",
            "open": "Cells in doubt",
        },
    )
    st.caption(f"From {result.samples:,} draws; ± is the standard error. Single questions are computed exactly.")


def show_downloads(view: View, result: AskNext) -> None:
    """The questions by candidate: a table to keep track of the answers, and a text to send out."""
    stem = f"questions-{view.decision.id}-{view.decision.as_of}"
    with st.container(horizontal=True):
        st.download_button(
            "Questions by candidate (CSV)",
            data=lambda: questions_csv(result).encode("utf-8-sig"),
            file_name=f"{stem}.csv",
            mime="text/csv",
            key="questions_csv",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            "Questions for a letter (text)",
            data=lambda: questions_text(result).encode("utf-8-sig"),
            file_name=f"{stem}.txt",
            mime="text/plain",
            key="questions_text",
            on_click="ignore",
            icon=":material/mail:",
        )
