"""The files of a report: which sections the PDF has, and a button for each file."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from partnerselect.reports.document import ALL, SECTIONS
from partnerselect.ui.components.report_contents import Report

_KINDS = {
    ".pdf": ("Report (PDF)", "application/pdf", "To read, print and sign; PDF/A, with tags for screen readers."),
    ".xlsx": (
        "Workbook (XLSX)",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Recomputes: change points in it, and totals and ranks follow.",
    ),
    "-minutes.md": ("Minutes (Markdown)", "text/markdown", "What was decided, what divided the room, what is open."),
    "-findings.json": ("Findings (JSON)", "application/json", "Everything that was looked at and found, for programs."),
    "-ranking.csv": ("Ranking (CSV)", "text/csv", "Totals, ranks and contributions."),
    "-shortlist.csv": ("Shortlist (CSV)", "text/csv", "The set, the next ones, rules, weights, core index."),
}


_ROUND = ("The round (JSON)", "application/json", "Complete in itself; its hash can be checked.")


def choose_sections() -> tuple[str, ...]:
    """Which sections the PDF has."""
    chosen = st.multiselect(
        "Sections of the PDF", list(ALL), list(ALL), format_func=SECTIONS.__getitem__, key="report_sections"
    )
    return tuple(one for one in ALL if one in chosen)


def show_downloads(report: Report, sections: tuple[str, ...]) -> None:
    """A button for each file; it is made when the button is pressed."""
    files = report.files(sections)
    kinds = {f"{report.name}{end}": kind for end, kind in _KINDS.items()}
    kinds[report.contents.on_record.file_name] = _ROUND
    with st.grid(3, min_column_width=280):
        for name, (label, mime, words) in kinds.items():
            if name in files:
                _show_download(label, words, name, mime, files[name])


def _show_download(label: str, words: str, name: str, mime: str, make: Callable[[], bytes]) -> None:
    with st.container(border=True):
        st.markdown(f"**{label}**")
        st.caption(words)
        st.download_button(
            f"Download {label}",
            data=make,
            file_name=name,
            mime=mime,
            key=f"report/{mime}/{label}",
            on_click="ignore",
            icon=":material/download:",
        )
