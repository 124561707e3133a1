"""The top of every page: which decision, which date, which weights, and the page's question."""

from __future__ import annotations

import streamlit as st

from partnerselect.ui.components.plain import plain
from partnerselect.ui.state import View


def show_heading(view: View, question: str) -> None:
    """Say what is looked at, ask the page's question, and show what is wrong with the link, if anything."""
    day = f"{view.decision.as_of.day} {view.decision.as_of:%B %Y}"
    st.caption(f"{plain(view.decision.title)} · evidence up to {day} · weights: {plain(view.viewpoint_title)}")
    st.title(question, anchor=False)
    if view.complaint:
        st.warning(plain(view.complaint), icon=":material/link_off:")
