"""The spreadsheet that a visitor brought, as it was read: held against which decision, and what it came to."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from partnerselect.errors import InputError, Issue
from partnerselect.files.imports.origin import Origin, origin_issues
from partnerselect.files.imports.read import read_import
from partnerselect.model import Decision
from partnerselect.model.imports import Import
from partnerselect.ui import state
from partnerselect.ui.state import View

_HELD = "spreadsheet_reading"


@dataclass(frozen=True)
class Reading:
    """One reading of one file; `token` tells its widgets from those of another reading.

    `problems` are those of the file: that nobody said where a table comes from is not among them.
    """

    token: str
    file: str
    criteria_file: Path
    decision: Decision
    origin: Origin | None
    found: Import
    problems: tuple[Issue, ...]

    @property
    def is_table(self) -> bool:
        """Whether it is a table of candidates and criteria, which says nothing of its source."""
        return "table" in self.found.shapes

    def key(self, what: str) -> str:
        """Key of a widget of this reading."""
        return f"spreadsheet_{self.token}_{what}"


def reading_of(view: View, file: UploadedFile, origin: Origin | None) -> Reading:
    """The file, read again only when it, its origin or the decision is another one than before."""
    held: Reading | None = st.session_state.get(_HELD)
    if held is not None and (held.file, held.origin) == (file.file_id, origin) and held.decision == view.decision:
        return held
    with st.spinner("Reading the file …"):
        try:
            found = read_import(file.getvalue(), file.name, view.decision, origin)
        except InputError as refused:
            found = Import(file.name, problems=refused.issues)
    missing = origin_issues(None, file.name) if origin is None else []
    problems = tuple(one for one in found.problems if one not in missing)
    made = Reading(secrets.token_hex(4), file.file_id, state.chosen_file(), view.decision, origin, found, problems)
    st.session_state[_HELD] = made
    return made
