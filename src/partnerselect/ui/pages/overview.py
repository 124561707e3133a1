"""Overview: where do we stand?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from partnerselect.analysis.standing import standing
from partnerselect.charts.evidence import unknowns_alt, unknowns_chart
from partnerselect.ui import state
from partnerselect.ui.components.chart import show_chart
from partnerselect.ui.components.heading import show_heading
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.set_summary import show_rules, show_set_verdict
from partnerselect.ui.components.summaries import show_gates, show_leaders, show_screened_out, show_size
from partnerselect.ui.components.tables import unknowns_table
from partnerselect.ui.places import page_file

view = state.current()
now = standing(view.decision, view.evaluation)
show_heading(view, view.decision.question)
show_set_verdict(view)
st.markdown(f"{plain(now.sentence)} {plain(now.unknown_sentence)}")
if view.decision.about:
    st.markdown(plain(view.decision.about))
show_size(view.decision, now)

st.header("Who leads", anchor=False)
show_leaders(view, now)
st.page_link(page_file("shortlist"), label="See who joins together, and why", icon=":material/groups:")
st.page_link(page_file("ranking"), label="Move the weights and see who rises", icon=":material/tune:")

st.header("What nobody knows yet", anchor=False)
show_chart(unknowns_chart(now), unknowns_alt(now), name="unknowns", table=partial(unknowns_table, now))
st.page_link(page_file("candidates"), label="See what is known of whom", icon=":material/fact_check:")

st.header("What every candidate must pass", anchor=False)
show_gates(view.decision)
show_screened_out(view.decision)

st.header("Which sets may join", anchor=False)
show_rules(view)
