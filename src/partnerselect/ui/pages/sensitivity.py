"""Sensitivity: what would change the outcome?"""

from __future__ import annotations

import streamlit as st

from partnerselect.analysis.sensitivity import sensitivity
from partnerselect.ui import state
from partnerselect.ui.components.heading import show_heading
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.robustness import show_plausible
from partnerselect.ui.components.sensitivity import (
    choose_top,
    show_entry,
    show_evidence,
    show_sweeps,
    show_verdict,
    show_without,
)

view = state.current()
show_heading(view, "What would change it?")
top = choose_top(view)
result = sensitivity(view.decision, view.points, top)
show_verdict(result)
if result.note:
    st.caption(plain(result.note))
if view.evaluation.ranking.empty:
    st.stop()
show_sweeps(result)
show_entry(view, top)
show_evidence(result)
show_plausible(view, top)
show_without(result)
