"""The shortlist to take away: the set, the rules, the weights and the core index in one file."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from partnerselect.analysis.best_sets import BestSets
from partnerselect.analysis.set_robustness import set_robustness
from partnerselect.reports.set_csv import set_csv
from partnerselect.ui.state import View


def show_download(view: View, found: BestSets, partners: pd.DataFrame, prices: pd.DataFrame) -> None:
    """Offer the file; the core index in it is worked out when it is asked for."""

    def file() -> bytes:
        robustness = set_robustness(view.decision, view.points, view.rules, found.best)
        return set_csv(view.decision, found, robustness, view.points, partners, prices).encode("utf-8-sig")

    st.download_button(
        "Download the shortlist (CSV)",
        data=file,
        file_name=f"set-{view.decision.id}-{view.decision.as_of}.csv",
        mime="text/csv",
        key="download_set",
        on_click="ignore",
        icon=":material/download:",
    )
