"""What an address asks for beside the weights, and a word where it cannot be had."""

from __future__ import annotations

import streamlit as st

from partnerselect.ui.components.plain import plain


def asked_for(name: str) -> str | None:
    """What the address asks for under this name when the visitor comes; None after that."""
    asked_before = f"{name}_asked"
    if asked_before in st.session_state:
        return None
    st.session_state[asked_before] = True
    return st.query_params.get(name)


def say_if_refused(what: str, asked: str | None, shown: str) -> None:
    """Say that something else is shown than the address asked for."""
    if asked is not None and asked != shown:
        told = f"The {what} in this link could not be used ({asked[:40]!r}). Showing {shown} instead."
        st.warning(plain(told), icon=":material/link_off:")
