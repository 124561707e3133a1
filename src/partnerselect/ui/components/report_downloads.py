"""The files of a report: what they are, and a button for each and for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from partnerselect.reports.document import ALL, SECTIONS

_KINDS = {
    ".pdf": ("Report (PDF)", "application/pdf", "To read, print and sign; PDF/A, with tags for screen readers."),
    ".xlsx": (
        "Workbook (XLSX)",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Recomputes: change points in it, and totals and ranks follow.",
    ),
    "-minutes.md": ("Minutes (Markdown)", "text/markdown", "What was decided, what divided the room, what is open."),
    "-record.json": ("Record (JSON)", "application/json", "Everything that was looked at and found, for programs."),
    "-ranking.csv": ("Ranking (CSV)", "text/csv", "Totals, ranks and contributions."),
    "-shortlist.csv": ("Shortlist (CSV)", "text/csv", "The set, the next ones, rules, weights, core index."),
}


def choose_sections() -> tuple[str, ...]:
    """Which sections the PDF has."""
    chosen = st.multiselect(
        "Sections of the PDF", list(ALL), list(ALL), format_func=SECTIONS.__getitem__, key="report_sections"
    )
    return tuple(one for one in ALL if one in chosen)


def show_downloads(files: Callable[[], Mapping[str, Callable[[], bytes]]], name: str, kinds: list[str]) -> None:
    """A button for each file; it is made when the button is pressed.

    Parameters
    ----------
    files : callable
        What makes each file, by its name; called when a button is pressed.
    name : str
        What file names begin with.
    kinds : list of str
        Ends of the names that there are.
    """
    with st.grid(3, min_column_width=280):
        for end in kinds:
            label, mime, words = _KINDS[end]
            with st.container(border=True):
                st.markdown(f"**{label}**")
                st.caption(words)
                st.download_button(
                    f"Download {label}",
                    data=_one(files, f"{name}{end}"),
                    file_name=f"{name}{end}",
                    mime=mime,
                    key=f"report{end}",
                    on_click="ignore",
                    icon=":material/download:",
                )
    st.download_button(
        "Download all of it, with pictures (ZIP)",
        data=lambda: _all(files),
        file_name=f"{name}.zip",
        mime="application/zip",
        key="report_zip",
        on_click="ignore",
        icon=":material/folder_zip:",
    )


def _one(files: Callable[[], Mapping[str, Callable[[], bytes]]], name: str) -> Callable[[], bytes]:
    return lambda: files()[name]()


def _all(files: Callable[[], Mapping[str, Callable[[], bytes]]]) -> bytes:
    from partnerselect.reports.bundle import archive

    return archive(files())
