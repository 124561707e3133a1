"""Ranking: who leads, and why?"""

from __future__ import annotations

import streamlit as st

from partnerselect.analysis.head_to_head import head_to_head
from partnerselect.analysis.standing import standing
from partnerselect.charts.contributions import difference_alt, difference_chart
from partnerselect.reports.shortlist_csv import shortlist_csv
from partnerselect.ui import state
from partnerselect.ui.components.heading import show_heading
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.ranking_data import ranking_data
from partnerselect.ui.components.tables import contribution_table, ranking_table
from partnerselect.ui.live_ranking import live_ranking

view = state.current()
show_heading(view, "Who leads, and why?")
st.markdown(f"**{plain(standing(view.decision, view.evaluation).sentence)}**")
live_ranking(ranking_data(view), key=state.RANKING_KEY, on_commit=state.take_commit)

names = {candidate.id: candidate.name for candidate in view.decision.candidates}
ranked = list(view.evaluation.ranking.index)


@st.fragment
def duel() -> None:
    """Two candidates head to head."""
    st.header("Head to head", anchor=False)
    with st.grid(2):
        first = st.selectbox("First candidate", ranked, format_func=names.__getitem__, key="first")
        second = st.selectbox("Second candidate", ranked, index=1, format_func=names.__getitem__, key="second")
    result = head_to_head(view.decision, view.evaluation, first, second)
    st.markdown(plain(result.sentence))
    st.altair_chart(difference_chart(result), width="stretch", alt=difference_alt(result))
    with st.expander("The same as a table"):
        contribution_table(result)


if len(ranked) > 1:
    duel()

st.header("The ranking as a table", anchor=False)
ranking_table(view)
with st.container(horizontal=True, vertical_alignment="bottom"):
    top = st.number_input(
        "Candidates in the shortlist", 1, max(1, len(ranked)), min(10, max(1, len(ranked))), key="top"
    )
    st.download_button(
        "Download the shortlist (CSV)",
        data=shortlist_csv(view.decision, view.evaluation, int(top)).encode("utf-8-sig"),
        file_name=f"shortlist-{view.decision.id}-{view.decision.as_of}.csv",
        mime="text/csv",
        key="download_shortlist",
        on_click="ignore",
        icon=":material/download:",
    )
