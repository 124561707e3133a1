"""A look before anything is taken away: the pages of the PDF, the minutes, and each picture."""

from __future__ import annotations

from functools import partial

import streamlit as st

from partnerselect.reports.document import pages
from partnerselect.reports.minutes import minutes
from partnerselect.reports.report_pictures import KINDS
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.report_contents import Report

_PAGES = "report_pages"
_PIXELS_PER_INCH = 80
_MIME = {"png": "image/png", "svg": "image/svg+xml"}


@st.fragment
def show_pdf_preview(report: Report, sections: tuple[str, ...]) -> None:
    """The pages of the PDF as pictures, drawn only while this is open."""
    part = st.expander("Preview of the PDF", key="preview_pdf", on_change="rerun")
    if not part.open:
        st.session_state.pop(_PAGES, None)
        return
    with part:
        with st.spinner("Drawing the pages …"):
            drawn = _drawn(report, sections)
        with st.container(height=760), st.grid("auto", min_column_width=400):
            for number, page in enumerate(drawn, start=1):
                words = f"Page {number} of {len(drawn)}"
                with st.container(border=True):
                    st.image(page, caption=words, alt=f"{words} of the PDF; the PDF has its words", width="stretch")


@st.fragment
def show_minutes_preview(report: Report) -> None:
    """The minutes as they read."""
    part = st.expander("Preview of the minutes", key="preview", on_change="rerun")
    if part.open:
        part.markdown(minutes(report.contents))


@st.fragment
def show_pictures(report: Report) -> None:
    """One picture, seen and downloaded by itself."""
    part = st.expander("Pictures, one by one", key="pictures", on_change="rerun")
    if not part.open:
        return
    with part:
        at = st.selectbox(
            "Picture",
            range(len(report.pictures)),
            format_func=lambda at: f"{report.pictures[at].page}: {report.pictures[at].title}",
            key="picture",
        )
        chosen = report.pictures[at]
        with st.spinner("Drawing …"):
            st.image(chosen.svg.decode(), alt=chosen.alt, width="content")
        st.caption(plain(chosen.alt))
        with st.container(horizontal=True):
            for kind in KINDS:
                st.download_button(
                    f"Picture ({kind.upper()})",
                    data=partial(chosen.file, kind),
                    file_name=f"{report.name}-{chosen.name}.{kind}",
                    mime=_MIME[kind],
                    key=f"picture_{kind}",
                    on_click="ignore",
                    icon=":material/download:",
                )


def _drawn(report: Report, sections: tuple[str, ...]) -> list[bytes]:
    """The pages as they were drawn last; a visitor's session holds those of one report."""
    held: tuple[Report, tuple[str, ...], list[bytes]] | None = st.session_state.get(_PAGES)
    if held is None or held[0] is not report or held[1] != sections:
        held = (report, sections, pages(report.contents, sections, _PIXELS_PER_INCH))
        st.session_state[_PAGES] = held
    return held[2]
