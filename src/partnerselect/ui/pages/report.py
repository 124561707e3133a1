"""Report: take it away."""

from __future__ import annotations

import streamlit as st

from partnerselect.ui import state
from partnerselect.ui.components.heading import show_heading
from partnerselect.ui.components.report_archive import show_archive
from partnerselect.ui.components.report_contents import report_of
from partnerselect.ui.components.report_downloads import choose_sections, show_downloads
from partnerselect.ui.components.report_preview import show_minutes_preview, show_pdf_preview, show_pictures

view = state.current()
show_heading(view, "What do we take away?")
if view.locked:
    st.markdown("The report of a closed round: it carries the round's hash, and a place for signatures.")
else:
    st.markdown(
        "A draft of today: every page says so. The report of a decision is made from its closed round, on Rounds."
    )
report = report_of(view)
sections = choose_sections()
show_pdf_preview(report, sections)
show_downloads(report, sections)
show_minutes_preview(report)
show_pictures(report)
st.header("All of it at once", anchor=False)
show_archive(report, sections)
