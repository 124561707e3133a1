"""Second opinions on the ranking: whom other methods put first, and what it means where they disagree."""

from __future__ import annotations

from functools import partial

import streamlit as st

from partnerselect.analysis.second_opinions import SecondOpinions, second_opinions
from partnerselect.ui.components.plain import plain
from partnerselect.ui.state import View


@st.fragment
def show_second_opinions(view: View) -> None:
    """Ranks by five methods with their agreement; computed only while open."""
    part = st.expander("Second opinions: the same by other methods", key="second_opinions", on_change="rerun")
    if not part.open:
        return
    from partnerselect.charts.second_opinions import places_alt, places_chart
    from partnerselect.ui.components.chart import show_chart

    result = second_opinions(view.decision, view.points)
    with part:
        st.markdown(f"**{plain(result.sentence)}** {plain(result.meaning)}")
        if result.note:
            st.caption(plain(result.note))
        if len(result.ranks) < 2:
            return
        _agreement_table(result)
        table = partial(_places_table, result)
        show_chart(places_chart(result), places_alt(result), name="places", table=table, own_width=True)


def _agreement_table(result: SecondOpinions) -> None:
    st.dataframe(
        result.agreement[["title", "first", "tau", "ws", "asks"]],
        hide_index=True,
        key="agreement",
        alt=f"Five methods and how far they agree with the order by total. {result.sentence}",
        column_config={
            "title": st.column_config.TextColumn("Method", pinned=True),
            "first": "Puts first",
            "tau": st.column_config.NumberColumn(
                "Same order", format="%.2f", help="Kendall's tau-b with the ranks by total: 1 the same, -1 the reverse."
            ),
            "ws": st.column_config.NumberColumn(
                "Same first places",
                format="%.2f",
                help="WS coefficient: as before, but the first places count most; from 0 to 1.",
            ),
            "asks": st.column_config.TextColumn("What counts in it", width="large"),
        },
    )


def _places_table(result: SecondOpinions) -> None:
    titles = dict(zip(result.agreement.index, result.agreement["title"], strict=True))
    moves = result.differences[["name", "shift", "by_method", "reason"]]
    st.dataframe(
        moves[["name"]].join(result.ranks).join(moves[["shift", "by_method", "reason"]]),
        hide_index=True,
        key="places_table",
        alt=f"Rank of every candidate by five methods, and its widest move. {result.meaning}",
        column_config={
            "name": st.column_config.TextColumn("Candidate", pinned=True),
            **titles,
            "shift": st.column_config.NumberColumn("Places lost at most", format="%+d"),
            "by_method": "by",
            "reason": st.column_config.TextColumn("because", width="large"),
        },
    )
