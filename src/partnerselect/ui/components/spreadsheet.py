"""Evidence and weights out of a spreadsheet: a template to fill in, a file to bring back, and what it would change."""

from __future__ import annotations

from datetime import date

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from partnerselect.errors import InputError
from partnerselect.ui.components.spreadsheet_origin import given_origin, show_origin
from partnerselect.ui.components.spreadsheet_preview import show_preview
from partnerselect.ui.components.spreadsheet_reading import Reading, reading_of
from partnerselect.ui.components.spreadsheet_writing import (
    forget_outcome,
    read_again_if_written,
    show_button,
    show_outcome,
    show_written_otherwise,
    turn,
)
from partnerselect.ui.places import page_file
from partnerselect.ui.state import View

_LARGEST = 10
"""Megabytes."""


def show_spreadsheet(view: View) -> None:
    """A fold in which a spreadsheet is brought in; nothing in it is worked out before it is opened."""
    if view.locked:
        st.caption("A closed round stays as it was decided: spreadsheets are brought in on the page of today.")
        return
    read_again_if_written()
    show_written_otherwise()
    fold = st.expander(
        "Bring in a spreadsheet", key="spreadsheet", on_change=forget_outcome, icon=":material/upload_file:"
    )
    if fold.open:
        with fold:
            _show_open(view)


def _show_open(view: View) -> None:
    st.markdown(
        "Evidence that people filled into a table, or edited in the workbook, comes back here. First you see what it "
        "would change, cell by cell; nothing is written before you agree."
    )
    _show_ways(view)
    file = st.file_uploader(
        "The spreadsheet (XLSX or CSV)",
        type=["xlsx", "csv"],
        key=f"spreadsheet_file_{turn()}",
        on_change=forget_outcome,
        max_upload_size=_LARGEST,
    )
    if file is not None:
        _show_file(view, file)
    show_outcome()


def _show_file(view: View, file: UploadedFile) -> None:
    """Where it comes from, what is wrong with it, or what it would change."""
    reading = reading_of(view, file, given_origin(file.file_id))
    if reading.is_table and (reading.origin is not None or not reading.problems):
        show_origin(view.decision, file.file_id)
    if reading.problems:
        _show_problems(reading)
    elif not reading.is_table or reading.origin is not None:
        taken = show_preview(view, reading)
        if not reading.found.is_empty:
            show_button(reading, taken)


def _show_ways(view: View) -> None:
    """The two files that people can fill in or edit."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Download the template (XLSX)",
            data=lambda: _template(view),
            file_name=f"{view.decision.id}-template.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key="spreadsheet_template",
            on_click="ignore",
            icon=":material/download:",
        )
        st.page_link(page_file("report"), label="The workbook, on Report", icon=":material/table_view:")
    st.caption(
        "The template has a row for each candidate, a column for each criterion, and how to fill them in. Of the "
        "workbook, the sheets Evidence and Weights can be edited and brought back."
    )


def _show_problems(reading: Reading) -> None:
    count = len(reading.problems)
    told = "One problem stands" if count == 1 else f"{count} problems stand"
    st.error(
        f"{told} in the way: nothing can be written before the file is mended. Mend it, save it, and choose it again.",
        icon=":material/error:",
    )
    st.code(str(InputError(reading.problems)), language=None, wrap_lines=True)


def _template(view: View) -> bytes:
    from partnerselect.reports.template import template

    return template(view.decision, made_on=date.today())  # noqa: DTZ011 - the day on the wall of the room
