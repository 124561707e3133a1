"""Weights: what matters to us, and to whom?"""

from __future__ import annotations

import streamlit as st

from partnerselect.ui import state
from partnerselect.ui.components.heading import show_heading
from partnerselect.ui.components.viewpoint_comparison import show_combination, show_comparison
from partnerselect.ui.components.weighing import show_weighing
from partnerselect.ui.components.weights_now import show_in_force, show_weights_now

PARTS = {
    "What counts now": show_weights_now,
    "Make a viewpoint": show_weighing,
    "Compare viewpoints": show_comparison,
    "Combine by voting power": show_combination,
}

CLOSED = ("What counts now", "Compare viewpoints")

view = state.current()
show_heading(view, "What matters to us, and to whom?")
show_in_force(view)
parts = {name: show for name, show in PARTS.items() if name in CLOSED or not view.locked}
tabs = st.tabs(list(parts), key="part", on_change="rerun", bind="query-params")
for tab, show in zip(tabs, parts.values(), strict=True):
    if tab.open:
        with tab:
            show(view)
