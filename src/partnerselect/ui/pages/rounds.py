"""Rounds: what did we decide, what changed since, and why?"""

from __future__ import annotations

import streamlit as st

from partnerselect.errors import RoundsError
from partnerselect.ui import state
from partnerselect.ui.components.heading import show_heading
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.round_draft import show_drafts
from partnerselect.ui.components.rounds_comparison import show_comparison
from partnerselect.ui.components.rounds_list import show_chain, show_rounds
from partnerselect.ui.round_state import rounds_store

view = state.current()
show_heading(view, "What did we decide, what changed since, and why?")
try:
    store = rounds_store()
    rounds = store.rounds(view.decision.id)
except RoundsError as problem:
    st.error(plain(str(problem)), icon=":material/database_off:")
    st.stop()

show_rounds(store, rounds)
show_chain(store, view.decision.id)
if rounds and not view.locked:
    st.header("Compare", anchor=False)
    show_comparison(view, store, rounds)
if not view.locked:
    st.header("Prepare a round", anchor=False)
    show_drafts(view, store, rounds)
