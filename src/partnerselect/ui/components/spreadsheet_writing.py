"""What was ticked goes into the files of the decision, and what became of it is told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock

import streamlit as st

from partnerselect.errors import InputError, Issue
from partnerselect.files.imports.write import PlannedImport, plan_import
from partnerselect.files.imports.written import NOT_AS_PREVIEWED, WrittenError
from partnerselect.files.locate import candidates_folder
from partnerselect.model.imports import Import
from partnerselect.ui import state
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.spreadsheet_preview import accepted
from partnerselect.ui.components.spreadsheet_reading import Reading

_ATTEMPT = "spreadsheet_attempt"
_NAMED = 6


@dataclass(frozen=True)
class Outcome:
    """What became of the last attempt to write: what to say, what stood in the way, and the files that wait."""

    token: str
    said: str
    written: bool = False
    issues: tuple[Issue, ...] = ()
    waiting: Mapping[str, bytes] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it is written, and the decision is as it was previewed."""
        return self.written and not self.issues


@dataclass
class Attempt:
    """The visitor's last attempt to write; on a second press the script runs in two threads, and the other one waits.

    Attributes
    ----------
    outcome : Outcome or None
    again : bool
        Whether the whole page is to read the decision again.
    turn : int
        How many files have been written from here.
    lock : Lock
    """

    outcome: Outcome | None = None
    again: bool = False
    turn: int = 0
    lock: Lock = field(default_factory=Lock)


def _attempt() -> Attempt:
    found: Attempt = st.session_state.setdefault(_ATTEMPT, Attempt())
    return found


def turn() -> int:
    """How many files have been written from here; the place to put a file is empty again after each."""
    return _attempt().turn


def forget_outcome() -> None:
    """Another file, or another visit: what became of the last one is no news."""
    _attempt().outcome = None


def read_again_if_written() -> None:
    """After an attempt to write, let the whole page read the decision again."""
    own = _attempt()
    if own.again:
        own.again = False
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


def show_written_otherwise() -> None:
    """That the last attempt was written, and did not come out as it was previewed; shown whether the fold is open."""
    outcome = _attempt().outcome
    if outcome is not None and outcome.written and not outcome.is_whole:
        _show_obstacle(outcome)


def show_outcome() -> None:
    """What became of the last attempt, with the changed files where they could not be written."""
    outcome = _attempt().outcome
    if outcome is None:
        return
    if outcome.written:
        if outcome.is_whole:
            st.success(plain(outcome.said), icon=":material/check_circle:")
        return
    _show_obstacle(outcome)
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


def _show_obstacle(outcome: Outcome) -> None:
    st.warning(plain(outcome.said), icon=":material/error:")
    if outcome.issues:
        st.code(str(InputError(outcome.issues)), language=None, wrap_lines=True)


def _write(reading: Reading) -> None:
    """Write what is ticked at this moment: the browser may be one tick ahead of what was drawn last."""
    own, taken = _attempt(), accepted(reading)
    title, why = (" ".join(str(st.session_state.get(reading.key(one)) or "").split()) for one in ("title", "why"))
    with own.lock:
        if own.outcome is not None and own.outcome.written and own.outcome.token == reading.token:
            return  # pressed twice: it is written
        outcome = own.outcome = _written(reading, taken, title, why)
        own.again = outcome.is_whole or not outcome.written  # else a page of problems might hide it
        own.turn += outcome.written


def _written(reading: Reading, taken: Import, title: str, why: str) -> Outcome:
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
    except WrittenError as problems:
        told = f"It was written into {_named(problems.files)}, but {NOT_AS_PREVIEWED}."
        return Outcome(reading.token, told, written=True, issues=problems.issues)
    viewpoint = f" The viewpoint “{title}” can be chosen on the Ranking page." if taken.points is not None else ""
    told = f"Written into {_named(plan.files)}. The page shows what the files say now.{viewpoint}"
    return Outcome(reading.token, told, written=True)


def _named(files: Collection[Path]) -> str:
    """The first files by name, and how many more there are."""
    names = ", ".join(_short(path) for path in list(files)[:_NAMED])
    more = len(files) - _NAMED
    return f"{names}, and {more} more" if more > 0 else names


def _short(path: Path) -> str:
    """A path as seen from the folder that holds the decisions, with / between its parts."""
    return path.relative_to(state.home()).as_posix() if path.is_relative_to(state.home()) else path.name


def _packed(files: Mapping[str, bytes]) -> bytes:
    from partnerselect.reports.bundle import archive

    return archive({name: partial(bytes, content) for name, content in files.items()})
