"""The form for a rule that is not there yet, or is to be otherwise.

The button reads the fields when it is pressed: a number typed just before counts, though the page was drawn without it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from partnerselect.errors import InputError, RulesError
from partnerselect.files.rule_text import read_rule
from partnerselect.model import Decision
from partnerselect.ui.components.plain import plain
from partnerselect.ui.rule_state import latest_choices, use_rules
from partnerselect.ui.state import View

_PROBLEM = "rule_problem"
_ATTRIBUTES = ("kind", "country", "region")


class _Kind(NamedTuple):
    """One kind of rule: draws its fields, and reads the rule as text from what they hold."""

    draw: Callable[[Decision], None]
    read: Callable[[Decision], str]


def show_form(view: View) -> None:
    """Choose what the rule is about, fill in its numbers, use it."""
    with st.popover("Add or change a rule", icon=":material/add:"):
        kinds = _kinds(view.decision)
        chosen = kinds[st.selectbox("What is it about?", list(kinds), key="rule_kind")]
        chosen.draw(view.decision)
        st.button("Use this rule", key="use_rule", on_click=_use, args=(view.decision, chosen))
        st.caption("A rule about the same thing takes the place of the one that is there.")
    if problem := st.session_state.pop(_PROBLEM, ""):
        st.warning(plain(problem), icon=":material/rule:")


def _use(decision: Decision, kind: _Kind) -> None:
    try:
        use_rules(decision, latest_choices(decision).adding(read_rule(kind.read(decision))))
    except InputError as problem:
        st.session_state[_PROBLEM] = " ".join(f"{issue.found}: {issue.mend}." for issue in problem.issues)
    except RulesError as problem:
        st.session_state[_PROBLEM] = str(problem)


def _kinds(decision: Decision) -> dict[str, _Kind]:
    kinds = {
        "How many partners join": _Kind(_draw_size, lambda _: f"size={_range('size')}"),
        "How many of one kind, country or region": _Kind(_draw_quota, _read_quota),
        "How many different kinds, countries or regions": _Kind(_draw_different, _read_different),
        "How many of each kind, country or region": _Kind(_draw_each, _read_each),
    }
    if len(decision.candidates) > 1:
        kinds["Two who join both or neither"] = _pair("together")
        kinds["Two who do not join together"] = _pair("not_together")
    if _amounts(decision):
        kinds["A budget"] = _Kind(_draw_budget, _read_budget)
    return kinds


def _held(key: str) -> object:
    return st.session_state.get(key)


def _draw_size(decision: Decision) -> None:
    _draw_range("size", len(decision.candidates), 1, 3)


def _draw_quota(decision: Decision) -> None:
    attribute = st.selectbox("Of one", _ATTRIBUTES, key="quota_attribute")
    st.selectbox("Which", _values(decision, attribute), key=f"quota_{attribute}")
    _draw_range("quota", len(decision.candidates), 0, 1)


def _read_quota(_: Decision) -> str:
    attribute = _held("quota_attribute")
    return f"{attribute}:{_held(f'quota_{attribute}')}={_range('quota')}"


def _draw_different(_: Decision) -> None:
    st.selectbox("Different", _ATTRIBUTES, index=1, key="different_attribute")
    st.number_input("At least", 1, 100, 2, key="different_least")


def _read_different(_: Decision) -> str:
    return f"different {_held('different_attribute')}>={_held('different_least')}"


def _draw_each(_: Decision) -> None:
    st.selectbox("Of each", _ATTRIBUTES, index=2, key="each_attribute")
    st.number_input("At most", 1, 1000, 1, key="each_most")


def _read_each(_: Decision) -> str:
    return f"each {_held('each_attribute')}<={_held('each_most')}"


def _pair(kind: str) -> _Kind:
    key = f"pair_{kind}"

    def draw(decision: Decision) -> None:
        names = {candidate.id: candidate.name for candidate in decision.candidates}
        st.multiselect("Which two", list(names), format_func=names.__getitem__, max_selections=2, key=key)

    def read(_: Decision) -> str:
        pair = st.session_state.get(key) or ()
        if len(pair) != 2:
            raise RulesError("Choose two candidates for this rule.")
        return f"{kind}={'+'.join(pair)}"

    return _Kind(draw, read)


def _draw_budget(decision: Decision) -> None:
    known = _amounts(decision)
    amount = st.selectbox("Sum of", list(known), key="budget_amount", format_func=lambda one: one.replace("_", " "))
    st.number_input(f"At most, {known[amount]}", value=0.0, key="budget_most")


def _read_budget(decision: Decision) -> str:
    amount = str(_held("budget_amount"))
    return f"budget {amount}<={_held('budget_most'):.10g} {_amounts(decision)[amount]}"


def _draw_range(name: str, most: int, least: int, usual: int) -> None:
    with st.container(horizontal=True):
        st.number_input("At least", least, most, min(most, usual), key=f"{name}_least", width=130)
        st.number_input("At most", least, most, min(most, usual), key=f"{name}_most", width=130)


def _range(name: str) -> str:
    return f"{_held(f'{name}_least')}..{_held(f'{name}_most')}"


def _values(decision: Decision, attribute: str) -> list[str]:
    """Values that a candidate has; a cluster of two countries has both."""
    held = [str(getattr(candidate, attribute)) for candidate in decision.candidates]
    return sorted({part for one in held for part in (one.split("/") if attribute == "country" else [one])})


def _amounts(decision: Decision) -> dict[str, str]:
    """Amounts that a candidate has, and their units."""
    return {amount.id: amount.unit for one in decision.candidates for amount in one.amounts}
