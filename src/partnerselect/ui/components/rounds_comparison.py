"""Two rounds, or a round and today: what changed, and what that did to whom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st

from partnerselect.analysis.round_rules import same_rules
from partnerselect.analysis.round_side import TODAY
from partnerselect.analysis.rounds_compared import RoundComparison, Side, compare_rounds
from partnerselect.analysis.weights import normalised
from partnerselect.errors import PartnerSelectError
from partnerselect.kernels.arrays import TIE
from partnerselect.rounds.store import Store
from partnerselect.rounds.summary import RoundSummary
from partnerselect.ui.components import rounds_comparison_tables as tables
from partnerselect.ui.components.plain import plain
from partnerselect.ui.state import View

_TODAY = ""
_PROPOSED, _BEFORE, _AFTER = "compare_proposed", "compare_before", "compare_after"


@st.fragment
def show_comparison(view: View, store: Store, rounds: Sequence[RoundSummary]) -> None:
    """Choose two, and see what moved whom."""
    names = {one.sha256: f"{one.title} ({one.id})" for one in rounds} | {_TODAY: TODAY}
    try:
        _propose(_worth_comparing(view, store, rounds))
    except PartnerSelectError as problem:
        st.error(plain(str(problem)))
        return
    with st.grid(2, min_column_width=260):
        first = st.selectbox("Before", list(names), format_func=names.__getitem__, key=_BEFORE)
        second = st.selectbox("After", list(names), format_func=names.__getitem__, key=_AFTER)
    if first == second:
        st.caption("Choose two different ones.")
        return
    try:
        found = compare_rounds(_side(view, store, first), _side(view, store, second))
    except PartnerSelectError as problem:
        st.error(plain(str(problem)))
        return
    st.markdown(f"**{plain(found.sentence)}**")
    told = (found.weights_sentence, found.list_sentence, found.rules_sentence, found.evidence_sentence)
    for sentence in (*told, *found.choice_sentences):
        if sentence:
            st.markdown(f"- {plain(sentence)}")
    _show_charts(found)
    _show_tables(found)


def _worth_comparing(view: View, store: Store, rounds: Sequence[RoundSummary]) -> tuple[str, str]:
    """The last round and today; the last two rounds where today is as the last one was decided."""
    last = rounds[-1].sha256
    if len(rounds) > 1 and _as_decided(view, _side(view, store, last)):
        return rounds[-2].sha256, last
    return last, _TODAY


def _as_decided(view: View, side: Side) -> bool:
    """Whether today's evaluation is the one of a round: the same decision, rules and weights."""
    if side.decision != view.decision or not same_rules(side.rules or (), view.rules):
        return False
    now, then = (normalised(view.decision, points).leaves for points in (view.points, side.points))
    return np.allclose(now, then, rtol=0, atol=TIE)


def _propose(pair: tuple[str, str]) -> None:
    """Choose two, once for as long as these are the ones to look at, or where nothing is chosen yet."""
    held = st.session_state
    if held.get(_PROPOSED) != pair or not {_BEFORE, _AFTER} <= set(held):
        held[_PROPOSED] = pair
        held[_BEFORE], held[_AFTER] = pair


def _side(view: View, store: Store, name: str) -> Side:
    if not name:
        return Side(view.decision, view.points, view.rules, TODAY)
    record = store.round_(name)
    return Side(record.decision, record.points, record.rules, record.title, record.chosen or None)


def _show_charts(found: RoundComparison) -> None:
    from partnerselect.charts import rounds as charts
    from partnerselect.ui.components.chart import show_chart

    st.subheader("Who rose and who fell", anchor=False)
    places = partial(tables.places_table, found)
    show_chart(charts.bump_chart(found.places), charts.bump_alt(found.places), name="bump", table=places)
    moved = found.ranks[found.ranks["change"] != 0]
    if not moved.empty:
        st.subheader("What moved them", anchor=False)
        split = partial(tables.split_table, found)
        show_chart(charts.split_chart(found), charts.split_alt(found), name="split", table=split)
        with st.expander("Each of them in a sentence", key="moved"):
            st.markdown("\n".join(f"- {plain(sentence)}" for sentence in moved["sentence"]))
    st.subheader("Weights", anchor=False)
    weights = partial(tables.weights_table, found)
    show_chart(charts.weights_chart(found), charts.weights_alt(found), name="round_weights", table=weights)


def _show_tables(found: RoundComparison) -> None:
    with st.expander("What changed in the evidence, with its sources", key="evidence_changes"):
        if found.evidence.empty:
            st.markdown("Nothing else is said than before.")
        else:
            tables.evidence_table(found)
    if not found.aged.empty:
        with st.expander("Evidence that has only become older", key="evidence_aged"):
            tables.aged_table(found)
    with st.expander("Would the one choice win in the other as well?", key="choices"):
        tables.choices_table(found)
