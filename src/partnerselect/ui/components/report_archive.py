"""All files of a report in one archive: made while its progress is seen, then downloaded."""

from __future__ import annotations

import streamlit as st

from partnerselect.reports.bundle import archive
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.report_contents import Report

_MADE, _WORDS = "report_archive", "Making the archive …"


@st.fragment
def show_archive(report: Report, sections: tuple[str, ...]) -> None:
    """A button that makes the archive, and then the one that downloads it.

    A visitor's session holds one archive, and forgets it when the report or its sections have changed.
    """
    st.markdown(
        f"Every file above, and the charts of all pages: {len(report.pictures)} pictures, as SVG and as PNG, with a "
        "list that says in words what each shows."
    )
    made = _made(report, sections)
    place = st.empty()
    if made is None:
        if not place.button("Make the archive (ZIP)", key="report_make", icon=":material/folder_zip:"):
            return
        bar = place.progress(0.0, _WORDS)

        def show(share: float, name: str) -> None:
            bar.progress(share, f"{_WORDS} {plain(name)}")

        made = archive(report.files(sections), show)
        st.session_state[_MADE] = (report, sections, made)
    place.download_button(
        f"Download all of it, with pictures (ZIP, {len(made) / 1e6:.1f} MB)",
        data=made,
        file_name=f"{report.name}.zip",
        mime="application/zip",
        key="report_zip",
        on_click="ignore",
        icon=":material/download:",
    )


def _made(report: Report, sections: tuple[str, ...]) -> bytes | None:
    """The archive that was made of this report; one of anything else is forgotten."""
    held: tuple[Report, tuple[str, ...], bytes] | None = st.session_state.get(_MADE)
    if held is not None and held[0] is report and held[1] == sections:
        return held[2]
    st.session_state.pop(_MADE, None)
    return None
