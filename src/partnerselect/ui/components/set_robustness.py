"""How sure the set is: core index, the sets that are best most often, regret, and who could be above it at all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from partnerselect.analysis.set_robustness import SetRobustness, set_robustness
from partnerselect.ui.components import shortlist_tables as tables
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.regions import choose_region
from partnerselect.ui.state import View

_QUICK = 50_000
"""Allowed sets up to which ten thousand draws take less than a second."""


@st.fragment
def show_set_robustness(view: View, members: Sequence[str], allowed: int) -> None:
    """The simulation over a region of weights that the visitor chooses."""
    from partnerselect.charts.sets import core_alt, core_chart
    from partnerselect.ui.components.chart import show_chart

    st.header("How sure?", anchor=False)
    name, plus_minus = choose_region(view, "near", "set_region")
    words = "Drawing weights and evidence …"
    bar = st.progress(0.0, words) if allowed > _QUICK else None
    result = set_robustness(
        view.decision,
        view.points,
        view.rules,
        members,
        name,
        plus_minus,
        progress=None if bar is None else lambda share: _show(bar, share, words),
    )
    if bar is not None:
        bar.empty()
    st.markdown(plain(result.sentence))
    show_chart(core_chart(result), core_alt(result), name="core", table=partial(tables.core_table, result))
    _show_rivals(result)


def _show(bar: st.delta_generator.DeltaGenerator, share: float, words: str) -> None:
    bar.progress(min(share, 1.0), words)


def _show_rivals(result: SetRobustness) -> None:
    """Which sets are the best most often, and which could be above at all."""
    with st.expander("Which sets are the best most often?", key="often"):
        tables.best_most_often_table(result)
    if result.competitors <= 0:
        return
    with st.expander("Which sets could be better at all?", key="competing"):
        st.markdown(
            f"{result.competitors:,} allowed sets could be above this one {plain(result.region)}, if the evidence "
            f"turns out in their favour; by {100 * result.possible_regret:.1f} points of 100 at most."
        )
        tables.competing_table(result)
