"""The set rules in force for one visitor: held in the session, and in the address so that they survive a reload."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import streamlit as st

from partnerselect.model import Decision
from partnerselect.ui import rule_link
from partnerselect.ui.rule_link import RuleChoices

_HELD, _WRITTEN, _NAME = "rules_in_force", "rules_written", "rules"
_ADDRESS_LAG = 3.0
"""Seconds for which a browser may still report the address before ours."""


@dataclass(frozen=True)
class HeldRules:
    """What a visitor changed in the set rules of one decision, and a complaint about the link it came from."""

    decision: str
    choices: RuleChoices
    complaint: str = ""


@dataclass(frozen=True)
class _Written:
    """What the address was made to say last, and when (seconds of a monotonic clock)."""

    address: str
    at: float


def use_rules(decision: Decision, choices: RuleChoices) -> None:
    """Put changed rules in force on every page; to be called in a callback."""
    st.session_state[_HELD] = HeldRules(decision.id, choices)


def latest_choices(decision: Decision) -> RuleChoices:
    """What is held now: a callback may run before the page has shown what an earlier one changed."""
    held: HeldRules | None = st.session_state.get(_HELD)
    return held.choices if held is not None and held.decision == decision.id else RuleChoices()


def rules_of_visitor(decision: Decision) -> HeldRules:
    """The rules held for this visitor, or those of the address where it was opened or gone back to.

    Writes the address that reproduces them. A complaint is told once.
    """
    held: HeldRules | None = st.session_state.get(_HELD)
    if held is None or held.decision != decision.id or _went_elsewhere(held):
        held = HeldRules(decision.id, *rule_link.followed(decision, st.query_params.get(_NAME)))
    else:
        known, complaint = rule_link.followed(decision, rule_link.written(held.choices))
        held = held if known == held.choices else HeldRules(decision.id, known, complaint)
    st.session_state[_HELD] = replace(held, complaint="")
    _write(rule_link.written(held.choices))
    return held


def _went_elsewhere(held: HeldRules) -> bool:
    """Whether the visitor went back, forward or to another link; a browser that lags behind us did not.

    An address that says nothing at all is a change of page.
    """
    written: _Written | None = st.session_state.get(_WRITTEN)
    address = st.query_params.get(_NAME, "")
    if written is None or address == written.address or not st.query_params:
        return False
    lags = rule_link.written(held.choices) != written.address or time.monotonic() - written.at < _ADDRESS_LAG
    return not lags


def _write(address: str) -> None:
    """Let the address say which rules were changed; nothing where they stand as in the files."""
    if not address and _NAME in st.query_params:
        del st.query_params[_NAME]
    elif address and st.query_params.get(_NAME) != address:
        st.query_params[_NAME] = address
    written: _Written | None = st.session_state.get(_WRITTEN)
    if written is None or written.address != address:
        st.session_state[_WRITTEN] = _Written(address, time.monotonic())
