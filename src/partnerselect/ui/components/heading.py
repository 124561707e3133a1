"""The top of every page: which decision, which date, which weights, and the page's question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from partnerselect.analysis.words import listed, sentence
from partnerselect.partial_dates import in_full
from partnerselect.ui.components.plain import plain
from partnerselect.ui.round_state import open_round
from partnerselect.ui.state import View

if TYPE_CHECKING:
    from partnerselect.rounds.record import RoundRecord


def show_heading(view: View, question: str) -> None:
    """Say what is looked at, ask the page's question, and show what is wrong with the link, if anything."""
    if view.record is not None:
        _show_round(view.record)
    day, weights = in_full(view.decision.as_of), plain(view.viewpoint_title)
    st.caption(f"{plain(view.decision.title)} · evidence up to {day} · weights: {weights}")
    st.title(question, anchor=False)
    if view.complaint:
        st.warning(plain(view.complaint), icon=":material/link_off:")


def _show_round(record: RoundRecord) -> None:
    """Which closed round this is, and the way back."""
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="round_banner"):
        closed = f"closed on {in_full(record.closed_at)} by {record.closed_by}"
        names = {one.id: one.name for one in record.decision.candidates}
        chosen = sentence(f"Chosen: {listed([names[one] for one in record.chosen]) or 'nobody'}")
        told = f"You are looking at the round “{record.title}”, {closed}. Nothing in it can be changed."
        st.markdown(f":material/lock: {plain(told)} **{plain(chosen)}**")
        st.button("Back to today", key="leave_round", on_click=open_round, args=(None,), icon=":material/undo:")
