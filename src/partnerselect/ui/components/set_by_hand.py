"""A set put together by hand: where it stands and what it costs; and two sets head to head."""

from __future__ import annotations

from functools import partial

import streamlit as st

from partnerselect.analysis.best_sets import BestSets
from partnerselect.analysis.proposed_set import compare_sets, proposed_set
from partnerselect.analysis.set_question import SetQuestion
from partnerselect.ui.components import shortlist_tables as tables
from partnerselect.ui.components.plain import plain


@st.fragment
def show_by_hand(question: SetQuestion, found: BestSets) -> None:
    """Choose partners; see the set's place among all allowed ones, what it costs, and where the difference lies."""
    st.header("Put a set together by hand", anchor=False)
    cells = question.what.cells
    names = dict(zip(cells.ids, cells.names, strict=True))
    chosen = st.multiselect(
        "Partners",
        sorted(cells.ids, key=lambda one: names[one].casefold()),
        format_func=names.__getitem__,
        key="own_set",
        placeholder="Choose who should join",
        bind="query-params",
    )
    if chosen:
        st.markdown(plain(proposed_set(question, chosen).sentence))
    else:
        st.caption("Choose partners, and see where that set stands.")
    st.subheader("Two sets head to head", anchor=False)
    sets = {"By hand": tuple(chosen)} if chosen else {}
    sets |= {f"{place}. {row['names']}": row["members"] for place, row in found.sets.iterrows()}
    if len(sets) < 2:
        st.caption("It takes two sets to compare.")
        return
    options, own = list(sets), "_own" if chosen else ""
    with st.grid(2, min_column_width=300):
        left = st.selectbox("First set", options, key=f"first_set{own}")
        right = st.selectbox("Second set", options, index=1, key=f"second_set{own}")
    result = compare_sets(question, sets[left], sets[right])
    from partnerselect.charts.sets import comparison_alt, comparison_chart
    from partnerselect.ui.components.chart import show_chart

    st.markdown(plain(result.sentence))
    one, other = "First set", "Second set"
    table = partial(tables.comparison_table, result, one, other)
    show_chart(comparison_chart(result, one, other), comparison_alt(result), name="two_sets", table=table)
