"""What one visitor is doing with drafts: the states that were opened, and what became of the last step.

On a second press of a button Streamlit runs the script in another thread at once, and ends the first one where that
next asks Streamlit for something. So a step reads what it needs first, and then changes only the store and this object,
which Streamlit does not watch; the second waits until the first is done. A step is taken whole, and once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import RLock

import streamlit as st
from pydantic import ValidationError

from partnerselect.errors import PartnerSelectError
from partnerselect.rounds.draft import Draft
from partnerselect.rounds.record import faults
from partnerselect.ui.components.plain import plain

_DESK = "round_desk"


@dataclass
class Desk:
    """Lives in the visitor's session.

    Attributes
    ----------
    opened : dict of str to Draft
        By id, the revision that the visitor's form shows; it stays when somebody else saves a newer one.
    done : set of str
        Steps that were taken: a button that is pressed twice names the same one.
    started : Draft or None
        The draft that was started last.
    said : (bool, str) or None
        Whether the last step went well, and what to say of it.
    lock : RLock
    """

    opened: dict[str, Draft] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    started: Draft | None = None
    said: tuple[bool, str] | None = None
    lock: RLock = field(default_factory=RLock)

    def take(self, token: str, step: Callable[[], str]) -> None:
        """Take a step once, and keep what is to be said of it; a step that failed may be taken again."""
        with self.lock:
            if token in self.done:
                return
            try:
                self.said = (True, step())
            except ValidationError as problem:
                self.said = (False, f"{faults(problem)}.")
            except PartnerSelectError as problem:
                self.said = (False, str(problem))
            else:
                self.done.add(token)


def desk() -> Desk:
    """The visitor's own."""
    found: Desk = st.session_state.setdefault(_DESK, Desk())
    return found


def show_said(own: Desk) -> None:
    """Say what became of the last step, once."""
    if own.said is not None:
        (st.success if own.said[0] else st.error)(plain(own.said[1]))
        st.toast(plain(own.said[1]))
        own.said = None
