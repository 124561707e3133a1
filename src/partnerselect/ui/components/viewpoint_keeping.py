"""Keeping points: putting them in force, and saving them as a viewpoint in the criteria file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from pydantic import ValidationError

from partnerselect.analysis.weights import normalised
from partnerselect.errors import InputError, WeightsError
from partnerselect.files.write import save_viewpoint, viewpoint_id, with_viewpoint
from partnerselect.model import Viewpoint
from partnerselect.ui import state
from partnerselect.ui.components.plain import plain
from partnerselect.ui.state import View

_LONGEST_TITLE = 120
_LONGEST_WHY = 2000

Points = Callable[[], Mapping[str, float]]


@dataclass(frozen=True)
class Outcome:
    """What became of the last attempt to save: what to say, and the viewpoint that waits for another way."""

    said: str
    saved: bool = False
    waiting: Viewpoint | None = None


def show_keeping(view: View, points: Points, *, name: str) -> None:
    """Use the points, or save them as a viewpoint.

    Parameters
    ----------
    view : View
    points : callable
        What the points are when a button is pressed.
    name : str
        Tells the widgets of one place from those of another.
    """
    as_in_force = dict(points()) == dict(view.points)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Use these points",
            key=f"{name}_use",
            on_click=_use,
            args=(points, name),
            disabled=as_in_force,
            icon=":material/check:",
        )
        st.caption("These points are in force." if as_in_force else "Puts them in force on every page, in this window.")
    _show_outcome(name)
    with st.expander("Save as a viewpoint", key=f"{name}_save", icon=":material/save:"):
        _show_form(points, name)


def _use(points: Points, name: str) -> None:
    try:
        state.use_points(points())
    except WeightsError as problem:
        st.session_state[f"{name}_outcome"] = Outcome(str(problem))
    except InputError:
        return  # the page that runs next shows what is wrong with the files


def _show_form(points: Points, name: str) -> None:
    st.caption("It is written into the criteria file, for everybody; nothing else in the file changes.")
    with st.form(f"{name}_form", border=False):
        st.text_input("Title", key=f"{name}_title", max_chars=_LONGEST_TITLE, placeholder="Whose view is it?")
        st.text_area("Reason why (optional)", key=f"{name}_why", max_chars=_LONGEST_WHY, height=80)
        if st.session_state.get(f"{name}_asked"):
            st.checkbox(plain(f"Replace the viewpoint “{st.session_state[f'{name}_asked']}”"), key=f"{name}_replace")
        st.form_submit_button("Save as a viewpoint", key=f"{name}_submit", on_click=_save, args=(points, name))


def _save(points: Points, name: str) -> None:
    st.session_state[f"{name}_outcome"] = _saved(points, name)


def _saved(points: Points, name: str) -> Outcome:
    title, why = (" ".join(str(st.session_state.get(f"{name}_{part}", "")).split()) for part in ("title", "why"))
    if not title:
        return Outcome("Not saved: give it a title.")
    path = state.chosen_file()
    try:
        decision = state.read(path)
        same = next((one for one in decision.viewpoints if one.title.casefold() == title.casefold()), None)
        if same is not None and not _may_replace(same, name):
            return Outcome(
                f"Not saved yet: there is a viewpoint “{same.title}” already. Tick the box to replace it, or take "
                "another title."
            )
        id_ = viewpoint_id(title, {one.id for one in decision.viewpoints}) if same is None else same.id
        viewpoint = Viewpoint(id=id_, title=title, why=why or None, points=normalised(decision, points()).points)
        save_viewpoint(path, viewpoint)
        state.use_points(viewpoint.points, viewpoint.id)
    except ValidationError:
        return Outcome("Not saved: the title or the reason is too long.")
    except WeightsError as problem:
        return Outcome(f"Not saved: {problem}")
    except OSError as problem:
        return Outcome(f"Not saved: the criteria file cannot be written ({problem.strerror}).", waiting=viewpoint)
    except InputError as problems:
        told = "; ".join(f"{one.found}: {one.mend}" for one in problems.issues)
        in_the_list = any(one.place == "viewpoints" for one in problems.issues)
        return Outcome(f"Not saved: {told}.", waiting=viewpoint if in_the_list else None)
    st.session_state.pop(f"{name}_asked", None)
    st.session_state[f"{name}_title"] = st.session_state[f"{name}_why"] = ""
    return Outcome(f"Saved as “{title}”, and in force. It can be chosen on the Ranking page.", saved=True)


def _may_replace(viewpoint: Viewpoint, name: str) -> bool:
    """Whether the tick was given, and for this viewpoint; else it is asked for."""
    if st.session_state.get(f"{name}_asked") == viewpoint.title and st.session_state.get(f"{name}_replace"):
        return True
    st.session_state[f"{name}_asked"] = viewpoint.title
    st.session_state[f"{name}_replace"] = False
    return False


def _show_outcome(name: str) -> None:
    outcome: Outcome | None = st.session_state.get(f"{name}_outcome")
    if outcome is None:
        return
    if outcome.saved:
        st.success(plain(outcome.said), icon=":material/check_circle:")
        del st.session_state[f"{name}_outcome"]
        return
    st.warning(plain(outcome.said), icon=":material/error:")
    if outcome.waiting is not None:
        _offer_file(state.chosen_file(), outcome.waiting, name)


def _offer_file(path: Path, viewpoint: Viewpoint, name: str) -> None:
    """The criteria file as it would be, to be put in place by hand; the entry alone where its layout is in the way."""
    try:
        changed = with_viewpoint(path.read_bytes().decode("utf-8"), viewpoint, path.name)
    except (InputError, OSError, UnicodeDecodeError):
        st.markdown("Add this entry to the list of viewpoints by hand:")
        st.code(f"- {viewpoint.model_dump_json(exclude_none=True)}", language=None, wrap_lines=True)
        return
    st.markdown("Take the changed file with you instead, and have it put in the place of the old one:")
    st.download_button(
        f"Download {path.name}",
        data=changed.encode("utf-8"),
        file_name=path.name,
        mime="application/yaml",
        key=f"{name}_download",
        on_click="ignore",
        icon=":material/download:",
    )
