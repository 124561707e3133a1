"""Files that cannot be read: every problem with its place and its mend, instead of a page."""

from __future__ import annotations

import streamlit as st

from partnerselect.errors import InputError


def show_problems(problems: InputError) -> None:
    """Say what is wrong in which file, and how to go on."""
    count = len(problems.issues)
    st.title("The files need mending first")
    st.markdown(
        f"{'One problem was' if count == 1 else f'{count} problems were'} found. Mend the files, save, and press the "
        "button; nothing of the decision is shown until all of it can be read."
    )
    st.code(str(problems), language=None, wrap_lines=True)
    st.button("Read the files again", key="read_again")
