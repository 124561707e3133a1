"""What stands below the live ranking: the shortlist to take away, and two parts that work only while open.

A closed part costs nothing when a weight moves; Altair is loaded when the first chart is wanted.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from partnerselect.analysis.head_to_head import head_to_head
from partnerselect.reports.shortlist_csv import shortlist_csv
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.tables import contribution_table, ranking_table
from partnerselect.ui.state import View


def show_shortlist(view: View) -> None:
    """How many candidates to take away, and the file."""
    most = max(1, len(view.evaluation.ranking))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        top = st.number_input("Candidates in the shortlist", 1, most, min(10, most), key="top", width=220)
        st.download_button(
            "Download the shortlist (CSV)",
            data=lambda: shortlist_csv(view.decision, view.evaluation, int(top)).encode("utf-8-sig"),
            file_name=f"shortlist-{view.decision.id}-{view.decision.as_of}.csv",
            mime="text/csv",
            key="download_shortlist",
            on_click="ignore",
            icon=":material/download:",
        )


@st.fragment
def show_duel(view: View) -> None:
    """Two candidates head to head, as a difference chart with a sentence and a table."""
    ranked = list(view.evaluation.ranking.index)
    part = st.expander("Two candidates head to head", key="duel", on_change="rerun")
    if not part.open:
        return
    if len(ranked) < 2:
        part.caption("It takes two ranked candidates to compare.")
        return
    from partnerselect.charts.contributions import difference_alt, difference_chart
    from partnerselect.ui.components.chart import show_chart

    names = {candidate.id: candidate.name for candidate in view.decision.candidates}
    with part:
        with st.grid(2):
            first = st.selectbox("First candidate", ranked, format_func=names.__getitem__, key="first")
            second = st.selectbox("Second candidate", ranked, index=1, format_func=names.__getitem__, key="second")
        result = head_to_head(view.decision, view.evaluation, first, second)
        st.markdown(plain(result.sentence))
        table = partial(contribution_table, result)
        show_chart(difference_chart(result), difference_alt(result), name="difference", table=table)


@st.fragment
def show_table(view: View) -> None:
    """The ranking as a table."""
    part = st.expander("The ranking as a table", key="table", on_change="rerun")
    if part.open:
        with part:
            ranking_table(view)
