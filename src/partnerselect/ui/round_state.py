"""The store of rounds for this server, and the closed round that a visitor looks at instead of the files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import streamlit as st

from partnerselect.errors import RoundsError

if TYPE_CHECKING:
    from partnerselect.rounds.record import RoundRecord
    from partnerselect.rounds.store import Store

_OPENED, _REFUSED, _NAME = "round_opened", "round_refused", "round"


def rounds_store() -> Store:
    """The store, opened once for all visitors.

    Raises
    ------
    RoundsError
        Where it cannot be opened; it says what to do.
    """
    return _store(os.environ.get("PARTNERSELECT_DATABASE_URL"))


@st.cache_resource(show_spinner=False)
def _store(url: str | None) -> Store:
    from partnerselect.rounds.store import open_store

    return open_store(url)


def open_round(name: str | None) -> None:
    """Look at a closed round (its hash) on every page, or at the files again (None); to be called in a callback."""
    st.session_state[_OPENED] = name


def opened_round() -> RoundRecord | None:
    """The round that the visitor looks at, or that the address names; None where it cannot be read, or none is."""
    if _OPENED not in st.session_state:
        st.session_state[_OPENED] = st.query_params.get(_NAME)
    name: str | None = st.session_state[_OPENED]
    record = None
    if name:
        try:
            record = _record(name, os.environ.get("PARTNERSELECT_DATABASE_URL"))
        except RoundsError as problem:
            st.session_state[_OPENED] = None
            st.session_state[_REFUSED] = f"The round in this link cannot be shown: {problem}"
    _write(record.sha256 if record is not None else None)
    return record


def refused_round() -> str:
    """Why the round of the address could not be read, told once; else ''."""
    told: str = st.session_state.pop(_REFUSED, "")
    return told


@st.cache_resource(max_entries=32, show_spinner=False)
def _record(name: str, url: str | None) -> RoundRecord:
    return _store(url).round_(name)


def _write(name: str | None) -> None:
    if name is None and _NAME in st.query_params:
        del st.query_params[_NAME]
    elif name is not None and st.query_params.get(_NAME) != name:
        st.query_params[_NAME] = name
