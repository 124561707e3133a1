"""Viewpoints side by side, and viewpoints combined by voting power."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from partnerselect.analysis.combined import KINDS, combine
from partnerselect.analysis.standing import standing
from partnerselect.analysis.viewpoints import ViewpointComparison, compare_viewpoints
from partnerselect.errors import WeightsError
from partnerselect.files.write import viewpoint_id
from partnerselect.model import Viewpoint
from partnerselect.ui.components.chart import show_chart
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.summaries import show_leaders
from partnerselect.ui.components.viewpoint_keeping import show_keeping
from partnerselect.ui.components.weights_tables import (
    viewpoint_agreement_table,
    viewpoint_ranks_table,
    viewpoint_weights_table,
    weights_table,
)
from partnerselect.ui.state import View

_AT_FIRST = 12
_KIND_NAMES = {
    "arithmetic": "Arithmetic mean of the weights",
    "geometric": "Geometric mean: a zero from one is a zero for all",
}


@st.fragment
def show_comparison(view: View) -> None:
    """Which viewpoints, then weights, ranks and agreement in sentences and charts."""
    known = _known(view)
    chosen = st.pills(
        "Viewpoints to compare",
        list(known),
        selection_mode="multi",
        default=list(known)[:_AT_FIRST],
        format_func=lambda one: plain(known[one].title),
        key=f"compared/{view.decision.id}/{len(known)}",
    )
    if not chosen:
        st.markdown("Choose the viewpoints to compare.")
        return
    compared = compare_viewpoints(view.decision, [known[one] for one in chosen])
    sentences = (compared.agreement, compared.leaders, compared.divided, compared.likeminded)
    st.markdown(f"**{plain(sentences[0])}** {plain(' '.join(sentences[1:]))}")
    _show_charts(compared)


def _known(view: View) -> dict[str, Viewpoint]:
    """Every viewpoint, and the points in force where they are none of them."""
    known = {one.id: one for one in view.decision.viewpoints}
    if view.viewpoint is None:
        own = viewpoint_id("points in force", known)
        known[own] = Viewpoint(id=own, title="Points in force", points=dict(view.points))
    return known


def _show_charts(compared: ViewpointComparison) -> None:
    from partnerselect.charts import viewpoints as charts

    with st.grid(2, min_column_width=540, gap="medium"):
        table = partial(viewpoint_weights_table, compared)
        words = charts.weights_alt(compared)
        show_chart(charts.weights_chart(compared), words, name="viewpoint_weights", table=table, own_width=True)
        if not compared.ranks.empty:
            table = partial(viewpoint_ranks_table, compared)
            words = charts.ranks_alt(compared)
            show_chart(charts.ranks_chart(compared), words, name="viewpoint_ranks", table=table, own_width=True)
        if len(compared.titles) > 1 and len(compared.ranks) > 1:
            table = partial(viewpoint_agreement_table, compared)
            words = charts.agreement_alt(compared)
            show_chart(charts.agreement_chart(compared), words, name="viewpoint_agreement", table=table, own_width=True)


def show_combination(view: View) -> None:
    """Voting power of each viewpoint, what follows, and the ways to keep it."""
    st.markdown("How many votes stand behind each viewpoint? 0 leaves one out; only how they compare matters.")
    powers: dict[str, float] = {}
    with st.grid("auto", min_column_width=210):
        for one in view.decision.viewpoints:
            powers[one.id] = st.number_input(
                plain(one.title),
                min_value=0.0,
                value=1.0,
                step=1.0,
                format="%g",
                key=f"power/{view.decision.id}/{one.id}",
                persist_state="session",
            )
    kind = st.radio(
        "How they are combined",
        KINDS,
        format_func=_KIND_NAMES.__getitem__,
        key="combination",
        horizontal=True,
        persist_state="session",
    )
    try:
        result = combine(view.decision, powers, kind)
    except WeightsError as problem:
        st.warning(plain(str(problem)), icon=":material/error:")
        return
    st.markdown(f"**{plain(result.sentence)}**")
    then = replace(view, points=result.points, viewpoint=None)
    now = standing(view.decision, then.evaluation)
    st.markdown(plain(now.sentence))
    if not then.evaluation.ranking.empty:
        show_leaders(then, now)
    with st.expander("Every criterion, now and combined", key="combined_weights"):
        weights_table(view.decision, view.points, result.points, key="combined_weights_table")
    show_keeping(view, lambda: result.points, name="combined")
