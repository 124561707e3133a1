"""Two rounds, or a round and today: what changed, and what that did to whom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from partnerselect.analysis.round_side import TODAY
from partnerselect.analysis.rounds_compared import RoundComparison, Side, compare_rounds
from partnerselect.errors import PartnerSelectError
from partnerselect.rounds.store import Store
from partnerselect.rounds.summary import RoundSummary
from partnerselect.ui.components.plain import plain
from partnerselect.ui.state import View

_TODAY = ""


@st.fragment
def show_comparison(view: View, store: Store, rounds: Sequence[RoundSummary]) -> None:
    """Choose two, and see what moved whom."""
    names = {one.sha256: f"{one.title} ({one.id})" for one in rounds} | {_TODAY: TODAY}
    with st.grid(2, min_column_width=260):
        first = st.selectbox("Before", list(names), format_func=names.__getitem__, key="compare_before")
        second = st.selectbox(
            "After", list(names), index=len(names) - 1, format_func=names.__getitem__, key="compare_after"
        )
    if first == second:
        st.caption("Choose two different ones.")
        return
    try:
        found = compare_rounds(_side(view, store, first), _side(view, store, second))
    except PartnerSelectError as problem:
        st.error(plain(str(problem)))
        return
    st.markdown(f"**{plain(found.sentence)}**")
    for sentence in (found.weights_sentence, found.list_sentence, found.evidence_sentence, *found.choice_sentences):
        if sentence:
            st.markdown(f"- {plain(sentence)}")
    _show_charts(found)
    _show_tables(found)


def _side(view: View, store: Store, name: str) -> Side:
    if not name:
        return Side(view.decision, view.points, view.rules, TODAY)
    record = store.round_(name)
    return Side(record.decision, record.points, record.rules, record.title, record.chosen or None)


def _show_charts(found: RoundComparison) -> None:
    from partnerselect.charts import rounds as charts
    from partnerselect.ui.components.chart import show_chart

    st.subheader("Who rose and who fell", anchor=False)
    places = partial(_table, found.places[["round", "name", "rank"]], "places", "Ranks in both rounds.")
    show_chart(charts.bump_chart(found.places), charts.bump_alt(found.places), name="bump", table=places)
    moved = found.ranks[found.ranks["change"] != 0]
    if not moved.empty:
        st.subheader("What moved them", anchor=False)
        split = partial(_table, found.ranks.drop(columns="sentence"), "split", "Changes of ranks, split by cause.")
        show_chart(charts.split_chart(found), charts.split_alt(found), name="split", table=split)
        with st.expander("Each of them in a sentence", key="moved"):
            st.markdown("\n".join(f"- {plain(sentence)}" for sentence in moved["sentence"]))
    st.subheader("Weights", anchor=False)
    weights = partial(_table, found.criteria, "criteria", "Weights in both rounds.")
    show_chart(charts.weights_chart(found), charts.weights_alt(found), name="round_weights", table=weights)


def _show_tables(found: RoundComparison) -> None:
    with st.expander("What changed in the evidence, with its sources", key="evidence_changes"):
        if found.evidence.empty:
            st.markdown("Nothing else is said than before.")
        else:
            shown = ["name", "title", "change", "before", "after", "stale", "sources"]
            _table(found.evidence[shown], "evidence_changed", "Evidence that changed.")
    if not found.aged.empty:
        with st.expander("Evidence that has only become older", key="evidence_aged"):
            _table(found.aged[["name", "title", "after", "age", "stale"]], "aged", "Evidence that has become older.")
    with st.expander("Would the one round's choice win in the other?", key="choices"):
        shown = ["choice", "round", "weights", "names", "total", "place", "behind", "wins"]
        _table(found.choices[shown], "choices", "The choice of each round in each round under the weights of each.")


def _table(rows: pd.DataFrame, name: str, alt: str) -> None:
    st.dataframe(rows, hide_index=True, key=f"{name}_table", alt=alt)
