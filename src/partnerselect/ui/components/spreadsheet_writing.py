"""What was ticked goes into the files of the decision, and what became of it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st

from partnerselect.errors import InputError, Issue
from partnerselect.files.imports.write import PlannedImport, plan_import
from partnerselect.files.locate import candidates_folder
from partnerselect.model.imports import Import
from partnerselect.ui import state
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.spreadsheet_preview import accepted
from partnerselect.ui.components.spreadsheet_reading import Reading

_OUTCOME, _AGAIN, _TURN = "spreadsheet_outcome", "spreadsheet_again", "spreadsheet_turn"

_NAMED = 6


@dataclass(frozen=True)
class Outcome:
    """What became of the last attempt to write: what to say, what stood in the way, and the files that wait."""

    token: str
    said: str
    written: bool = False
    issues: tuple[Issue, ...] = ()
    waiting: Mapping[str, bytes] | None = None


def turn() -> int:
    """How many files have been written from here; the place to put a file is empty again after each."""
    done: int = st.session_state.get(_TURN, 0)
    return done


def forget_outcome() -> None:
    """Another file, or another visit: what became of the last one is no news."""
    st.session_state.pop(_OUTCOME, None)


def read_again_if_written() -> None:
    """After an attempt to write, let the whole page read the decision again."""
    if st.session_state.pop(_AGAIN, False):
        st.rerun()


def show_button(reading: Reading, taken: Import) -> None:
    """The button that writes, and how many files it writes."""
    files = len({one.candidate for one in taken.changes} | {one.id for one in taken.newcomers})
    files += taken.points is not None
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Write it into the files",
            key=reading.key("write"),
            on_click=_write,
            args=(reading,),
            disabled=taken.is_empty,
            icon=":material/save:",
        )
        told = f"It writes {'1 file' if files == 1 else f'{files} files, all of them or none'}."
        st.caption("Nothing is ticked." if taken.is_empty else told)


def show_outcome() -> None:
    """What became of the last attempt, with the changed files where they could not be written."""
    outcome: Outcome | None = st.session_state.get(_OUTCOME)
    if outcome is None:
        return
    if outcome.written:
        st.success(plain(outcome.said), icon=":material/check_circle:")
        return
    st.warning(plain(outcome.said), icon=":material/error:")
    if outcome.issues:
        st.code(str(InputError(outcome.issues)), language=None, wrap_lines=True)
    if outcome.waiting:
        st.markdown("Take the changed files with you instead, and have them put in the place of the old ones:")
        st.download_button(
            "Download the changed files (ZIP)",
            data=lambda: _packed(outcome.waiting or {}),
            file_name="changed-files.zip",
            mime="application/zip",
            key="spreadsheet_changed_files",
            on_click="ignore",
            icon=":material/folder_zip:",
        )


def _write(reading: Reading) -> None:
    outcome: Outcome | None = st.session_state.get(_OUTCOME)
    if outcome is not None and outcome.written and outcome.token == reading.token:
        return  # pressed twice: it is written
    outcome = _written(reading)
    st.session_state[_OUTCOME] = outcome
    st.session_state[_AGAIN] = True
    if outcome.written:
        st.session_state[_TURN] = turn() + 1


def _written(reading: Reading) -> Outcome:
    """Write what is ticked at this moment: the browser may be one tick ahead of what was drawn last."""
    taken = accepted(reading)
    title, why = (" ".join(str(st.session_state.get(reading.key(one)) or "").split()) for one in ("title", "why"))
    if taken.is_empty:
        return Outcome(reading.token, "Not written: nothing is ticked.")
    if taken.points is not None and not title:
        return Outcome(reading.token, "Not written: give the new viewpoint a title, or leave the points out.")
    folder = candidates_folder(reading.criteria_file)
    plan: PlannedImport | None = None
    try:
        plan = plan_import(taken, reading.decision, reading.criteria_file, folder, title, why or None)
        plan.write()
    except OSError as problem:
        where = _short(Path(str(problem.filename))) if problem.filename else "A file"
        waiting = {} if plan is None else {_short(path): content for path, content in plan.files.items()}
        return Outcome(reading.token, f"{where} cannot be written: {problem.strerror}.", waiting=waiting)
    except InputError as problems:
        told = "Not written. The files have been read again: below stands what would change now."
        return Outcome(reading.token, told, issues=problems.issues)
    names = ", ".join(_short(path) for path in list(plan.files)[:_NAMED])
    if (more := len(plan.files) - _NAMED) > 0:
        names += f", and {more} more"
    viewpoint = f" The viewpoint “{title}” can be chosen on the Ranking page." if taken.points is not None else ""
    return Outcome(
        reading.token, f"Written into {names}. The page shows what the files say now.{viewpoint}", written=True
    )


def _short(path: Path) -> str:
    """A path as seen from the folder that holds the decisions, with / between its parts."""
    return path.relative_to(state.home()).as_posix() if path.is_relative_to(state.home()) else path.name


def _packed(files: Mapping[str, bytes]) -> bytes:
    from partnerselect.reports.bundle import archive

    return archive({name: partial(bytes, content) for name, content in files.items()})
