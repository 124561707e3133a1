"""A list that people put in order by dragging, with arrow buttons or with keys; a browser component."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

__all__ = ["Ordered", "order_list", "read_order"]

_FOLDER = Path(__file__).parent
_MOUNT = st.components.v2.component(
    "partnerselect_order_list",
    js=(_FOLDER / "order_list.js").read_text(encoding="utf-8"),
    css=(_FOLDER / "order_list.css").read_text(encoding="utf-8"),
)

_HIGHEST_REVISION = 2**53


@dataclass(frozen=True)
class Ordered:
    """Ids in an order, and how many changes made it: an older revision than the one in hand is out of date."""

    order: tuple[str, ...]
    revision: int = 0


def order_list(
    titles: Mapping[str, str],
    ordered: Ordered,
    *,
    notes: Mapping[str, str],
    shares: Sequence[float],
    label: str,
    key: str,
    on_commit: Callable[[], None],
) -> None:
    """Show ids in an order that can be changed; `on_commit` runs after a change, and calls `read_order`.

    Parameters
    ----------
    titles, notes : Mapping
        What stands for each id, and in small print below it.
    ordered : Ordered
        The order in force; its ids are those of the titles.
    shares : sequence of float
        What each place is worth, first to last; shown beside it.
    label : str
        Name of the list, for those who hear it.
    """
    data = {
        "items": [{"id": one, "title": title, "note": notes.get(one, "")} for one, title in titles.items()],
        "order": list(ordered.order),
        "revision": ordered.revision,
        "shares": [float(share) for share in shares],
        "label": label,
    }
    _MOUNT(key=key, data=data, on_commit_change=on_commit)


def read_order(key: str, ids: Sequence[str]) -> Ordered | None:
    """Read the last commit of the component `key`; None where there is none, or where it is not an order of these ids.

    The value comes from a browser, so that every shape is checked.
    """
    state = st.session_state.get(key)
    commit = state.get("commit") if isinstance(state, Mapping) else None
    if not isinstance(commit, Mapping):
        return None
    order, revision = commit.get("order"), commit.get("revision")
    if not isinstance(order, list | tuple) or len(order) != len(ids) or not all(isinstance(one, str) for one in order):
        return None
    if sorted(order) != sorted(ids) or isinstance(revision, bool) or not isinstance(revision, int | float):
        return None
    if not 0 <= revision <= _HIGHEST_REVISION or revision != int(revision):
        return None  # also refuses NaN and infinities
    return Ordered(tuple(order), int(revision))
