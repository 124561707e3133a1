"""The app's script: finds the decision, offers its pages, and turns broken files into instructions."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

import partnerselect.ui
from partnerselect.errors import InputError
from partnerselect.ui.components.problems import show_problems
from partnerselect.ui.components.settings import show_settings
from partnerselect.ui.places import page_file

st.set_page_config(
    page_title="PartnerSelect",
    page_icon=Path(partnerselect.ui.__file__).parent / "icon.svg",
    layout="wide",
    initial_sidebar_state="collapsed",
)
st.html(
    "<style>"
    "span[data-tag-index] { background-color: #0b6aa8 !important; }"  # chosen words: 5.8:1
    "[data-testid=stDateInput] [role=spinbutton] { min-width: 24px; min-height: 24px; text-align: center; }"
    "[data-testid=stSidebar][data-collapsed=true] { visibility: hidden; }"  # no focus where nothing can be seen
    "</style>"
)
page = st.navigation(
    [
        st.Page(page_file("overview"), title="Overview", default=True, help="Where the decision stands."),
        st.Page(page_file("candidates"), title="Candidates", help="What is known of whom, from where, how old."),
        st.Page(page_file("weights"), title="Weights", help="What matters to us, and to whom."),
        st.Page(page_file("ranking"), title="Ranking", help="Move the weights; see who leads, and why."),
        st.Page(page_file("sensitivity"), title="Sensitivity", help="What would change the outcome."),
        st.Page(page_file("shortlist"), title="Shortlist", help="Which partners together, under which rules."),
        st.Page(page_file("ask_next"), title="Ask next", help="Which fact is worth collecting before the vote."),
        st.Page(page_file("rounds"), title="Rounds", help="What was decided, what changed since, and why."),
        st.Page(page_file("report"), title="Report", help="Take it away: PDF, XLSX, minutes, CSV, JSON, pictures."),
    ],
    position="top",
)
try:
    show_settings()
    page.run()
except InputError as problems:
    show_problems(problems)
