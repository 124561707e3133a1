"""Report: take it away."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from partnerselect.reports.bundle import report_files
from partnerselect.reports.minutes import minutes
from partnerselect.ui import state
from partnerselect.ui.components.heading import show_heading
from partnerselect.ui.components.report_contents import contents_of
from partnerselect.ui.components.report_downloads import choose_sections, show_downloads

view = state.current()
show_heading(view, "What do we take away?")
if view.locked:
    st.markdown("The report of a closed round: it carries the round's hash, and a place for signatures.")
else:
    st.markdown(
        "A draft of today: every page says so. The report of a decision is made from its closed round, on Rounds."
    )
with st.spinner("Gathering what every page says …"):
    contents = contents_of(view)
sections = choose_sections()


def files() -> Mapping[str, Callable[[], bytes]]:
    """Every file of this report."""
    return report_files(contents, sections)


name = f"{view.decision.id}-{view.decision.as_of.isoformat()}"
kinds = [one.removeprefix(name) for one in files() if one.startswith(name)]
show_downloads(files, name, kinds)
part = st.expander("Preview of the minutes", key="preview", on_change="rerun")
if part.open:
    part.markdown(minutes(contents))
