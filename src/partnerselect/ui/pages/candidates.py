"""Candidates: what do we know, from where, how old?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from partnerselect.analysis.evidence_table import evidence_table
from partnerselect.charts.evidence import coverage, evidence_matrix, matrix_alt
from partnerselect.ui import state
from partnerselect.ui.components.address import asked_for, say_if_refused
from partnerselect.ui.components.chart import show_chart
from partnerselect.ui.components.heading import show_heading
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.profile import show_profile
from partnerselect.ui.components.spreadsheet import show_spreadsheet
from partnerselect.ui.components.tables import evidence_cells

view = state.current()
show_heading(view, "What do we know, from where, how old?")
cells = evidence_table(view.decision)
st.markdown(f"**{plain(coverage(cells))}**")

table = partial(evidence_cells, cells)
show_chart(evidence_matrix(cells), matrix_alt(cells), name="evidence_matrix", table=table, own_width=True)


@st.fragment
def profile() -> None:
    """One organisation, chosen by name; the choice stands in the address."""
    everyone = {one.id: one for one in (*view.decision.candidates, *view.decision.members)}
    st.header("One organisation", anchor=False)
    asked = asked_for("candidate")
    chosen = st.selectbox(
        "Organisation",
        list(everyone),
        format_func=lambda one: everyone[one].name,
        key="candidate",
        bind="query-params",
    )
    say_if_refused("organisation", asked, everyone[chosen].name)
    show_profile(view.decision, everyone[chosen])


profile()
st.fragment(show_spreadsheet)(view)
