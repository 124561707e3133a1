"""The sidebar: which decision, and up to which day evidence counts."""

from __future__ import annotations

from datetime import date

import streamlit as st

from partnerselect.ui import state
from partnerselect.ui.components.address import asked_for, say_if_refused
from partnerselect.ui.round_state import opened_round


def show_settings() -> None:
    """Offer the decision (where there are several) and the as-of date; both stand in the address.

    In a closed round both are what they were.
    """
    if opened_round() is not None:
        st.sidebar.caption("A closed round is looked at: its date and its files are as they were.")
        return
    with st.sidebar:
        files = state.decision_files()
        if len(files) > 1:
            names = [path.stem for path in files]
            st.selectbox("Decision", names, key=state.DECISION_KEY, bind="query-params")
        decision = state.read(state.chosen_file())
        asked = asked_for(state.AS_OF_KEY)
        as_of: date | None = st.date_input(
            "Evidence counts up to",
            value=decision.as_of,
            min_value=date(1990, 1, 1),
            max_value=date(2100, 12, 31),
            key=state.AS_OF_KEY,
            bind="query-params",
            help="Only evidence dated on or before this day is scored; later evidence is shown, never used.",
        )
    say_if_refused("date", asked, str(as_of or decision.as_of))
