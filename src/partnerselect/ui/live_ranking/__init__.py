"""The live ranking: a browser component that recomputes while a slider moves and commits once, on release."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import streamlit as st

__all__ = ["Commit", "live_ranking", "read_commit"]

_FOLDER = Path(__file__).parent
_MOUNT = st.components.v2.component(
    "partnerselect_live_ranking",
    js=(_FOLDER / "live_ranking.js").read_text(encoding="utf-8"),
    css=(_FOLDER / "live_ranking.css").read_text(encoding="utf-8"),
)

_MOST_POINTS = 100.0
_MOST_IDS = 10_000
_LONGEST_ID = 200
_HIGHEST_REVISION = 2**53


@dataclass(frozen=True)
class Commit:
    """Points that the browser committed.

    Attributes
    ----------
    points : Mapping[str, float]
        Raw points, 0..100, by goal or criterion id. The ids are as the browser sent them: they may not exist.
    revision : int
        Counts the commits; an older revision than the one in hand is out of date.
    viewpoint : str or None
        The viewpoint whose points these are, None where they are the user's own.
    """

    points: Mapping[str, float]
    revision: int
    viewpoint: str | None


def live_ranking(data: Mapping[str, object], *, key: str, on_commit: Callable[[], None]) -> None:
    """Mount the live ranking; `on_commit` runs before the rerun that a commit starts, and calls `read_commit`."""
    _MOUNT(key=key, data=data, on_commit_change=on_commit)


def read_commit(key: str) -> Commit | None:
    """Read the last commit of the component `key`; None where there is none, or where it is not one of ours.

    The value comes from a browser, so that every shape and number is checked.
    """
    state = st.session_state.get(key)
    commit = state.get("commit") if isinstance(state, Mapping) else None
    if not isinstance(commit, Mapping):
        return None
    points = _read_points(commit.get("points"))
    revision = _read_revision(commit.get("revision"))
    viewpoint = commit.get("viewpoint")
    if points is None or revision is None or not (viewpoint is None or _is_id(viewpoint)):
        return None
    return Commit(points, revision, viewpoint)


def _read_points(points: object) -> Mapping[str, float] | None:
    if not isinstance(points, Mapping) or len(points) > _MOST_IDS:
        return None
    if not all(_is_id(id_) and _is_points(number) for id_, number in points.items()):
        return None
    return MappingProxyType({id_: float(number) for id_, number in points.items()})


def _read_revision(revision: object) -> int | None:
    if isinstance(revision, bool) or not isinstance(revision, int | float):
        return None
    if not 0 <= revision <= _HIGHEST_REVISION or revision != int(revision):
        return None  # also refuses NaN and infinities
    return int(revision)


def _is_id(id_: object) -> bool:
    return isinstance(id_, str) and 0 < len(id_) <= _LONGEST_ID


def _is_points(number: object) -> bool:
    if isinstance(number, bool) or not isinstance(number, int | float):
        return False
    return 0 <= number <= _MOST_POINTS  # also refuses NaN and infinities
