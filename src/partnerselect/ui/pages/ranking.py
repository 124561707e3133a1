"""Ranking: who leads, and why?"""

from __future__ import annotations

import streamlit as st

from partnerselect.analysis.standing import standing
from partnerselect.ui import state
from partnerselect.ui.components.heading import show_heading
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.ranking_data import ranking_data
from partnerselect.ui.components.ranking_details import show_duel, show_shortlist, show_table
from partnerselect.ui.components.second_opinions import show_second_opinions
from partnerselect.ui.components.summaries import show_screened_out
from partnerselect.ui.live_ranking import live_ranking

view = state.current()
show_heading(view, "Who leads, and why?")
st.markdown(f"**{plain(standing(view.decision, view.evaluation).sentence)}**")
name = view.record.sha256 if view.record is not None else state.RANKING_KEY
live_ranking(ranking_data(view), key=name, on_commit=state.take_commit)
show_screened_out(view.decision)
show_shortlist(view)
show_duel(view)
show_second_opinions(view)
show_table(view)
