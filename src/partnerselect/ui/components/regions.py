"""Which weights are plausible: a choice that several pages offer."""

from __future__ import annotations

import streamlit as st

from partnerselect.analysis.plausible import RegionName
from partnerselect.ui.state import View

REGIONS: dict[RegionName, str] = {
    "any": "Any weights",
    "near": "Around today's",
    "viewpoints": "Between the viewpoints",
    "order": "Today's order of importance",
}
_MOST_PERCENT = 50


def choose_region(view: View, usual: RegionName, key: str) -> tuple[RegionName, float]:
    """One of four regions of weights; around today's with a slider for how far. `key` begins the widgets' keys."""
    name: RegionName = st.segmented_control(
        "Plausible weights", list(REGIONS), format_func=REGIONS.__getitem__, default=usual, required=True, key=key
    )
    near = round(100 * view.decision.verdict.near)
    if name != "near":
        return name, near / 100
    spread = st.slider(
        "Percentage points up or down", 1, _MOST_PERCENT, min(_MOST_PERCENT, max(1, near)), key=f"{key}_plus_minus"
    )
    return name, spread / 100
