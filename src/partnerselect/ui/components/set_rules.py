"""The rules of a set: each a switch with its price, forms for more, and who must or must not join."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from partnerselect.analysis.set_rule_words import rule_sentence
from partnerselect.analysis.value_ranges import value_ranges
from partnerselect.model import Decision, Gate, NamesRule, SetRule
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.set_rule_form import show_form
from partnerselect.ui.rule_state import latest_choices, use_rules
from partnerselect.ui.state import View

_MOST_NAMED = 20
_NAMED = {"must": "Must join", "must_not": "Must not join"}


def show_rules_panel(view: View) -> dict[str, DeltaGenerator | None]:
    """Every rule as a switch, those who must or must not join, and a form for more.

    Returns
    -------
    dict
        By rule id, an empty place for its price.
    """
    names = {candidate.id: candidate.name for candidate in view.decision.candidates}
    st.subheader("Our rules", anchor=False)
    prices = {rule.id: _switch(view, rule, names) for rule in view.decision.set_rules}
    known = {rule.id for rule in view.decision.set_rules}
    for rule in view.rules:
        if rule.id not in known and (view.locked or not isinstance(rule, NamesRule)):
            prices[rule.id] = _added(view, rule, names)
    if not view.rules:
        st.markdown("The decision has no rules: any number of partners from one on may join.")
    if not view.locked:
        prices |= {kind: _named(view, kind, label, names) for kind, label in _NAMED.items()}
        show_form(view)
    if view.decision.gates:
        with st.expander("Gates", key="gates"):
            prices |= {gate.id: _gate(view, gate) for gate in view.decision.gates}
    return prices


def show_prices(view: View, places: Mapping[str, DeltaGenerator | None], prices: pd.DataFrame) -> None:
    """Under each rule, what it costs."""
    by_kind = {rule.id: rule.kind for rule in view.choices.added if isinstance(rule, NamesRule)}
    for rule, words in prices["words"].items():
        place = places.get(by_kind.get(str(rule), str(rule)))
        if place is not None:
            place.caption(plain(words))


def show_gates_note(decision: Decision) -> None:
    """Who cannot join because a gate failed."""
    out = value_ranges(decision).screened_out
    if out:
        st.caption(plain(f"Cannot join, because a gate failed: {', '.join(one.name for one in out)}."))


def _switch(view: View, rule: SetRule, names: Mapping[str, str]) -> DeltaGenerator | None:
    """One rule of the decision, switched as it is in force; without a price where another one takes its place."""
    key = f"rule_{rule.id}"
    counts = any(one.id == rule.id for one in view.rules)
    on = counts or (not view.locked and view.choices.wants(rule))
    _show_as(key, counts)
    st.toggle(
        plain(rule_sentence(rule, names)),
        key=key,
        disabled=view.locked or (on and not counts),
        help=plain(" ".join(filter(None, [rule.why, f"Source: {rule.source}" if rule.source else None]))) or None,
        on_change=_switched,
        args=(view, rule.id, rule.active, key),
    )
    if on and not counts:
        st.caption("Another rule about the same thing takes its place.")
        return None
    return st.empty()


def _switched(view: View, rule: str, usual: bool, key: str) -> None:
    use_rules(view.decision, latest_choices(view.decision).switched(rule, bool(st.session_state[key]), usual))


def _gate(view: View, gate: Gate) -> DeltaGenerator:
    """A gate, switched as it is in force; it holds on every page."""
    key = f"rule_{gate.id}"
    _show_as(key, gate.active)
    usual = gate.active if gate.id not in view.choices.on | view.choices.off else not gate.active
    st.toggle(
        plain(gate.title),
        key=key,
        help=plain(gate.rule),
        on_change=_switched,
        args=(view, gate.id, usual, key),
        disabled=view.locked,
    )
    return st.empty()


def _added(view: View, rule: SetRule, names: Mapping[str, str]) -> DeltaGenerator:
    """One rule that was added; it can be taken out."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(plain(rule_sentence(rule, names)))
        if not view.locked:
            st.button(
                "Take out",
                key=f"take_out_{rule.id}",
                type="tertiary",
                icon=":material/close:",
                on_click=lambda: use_rules(view.decision, latest_choices(view.decision).without(rule.id)),
            )
    return st.empty()


def _named(view: View, kind: str, label: str, names: Mapping[str, str]) -> DeltaGenerator:
    key = f"{kind}_join"
    _show_as(key, [one for one in view.choices.named(kind) if one in names])
    st.multiselect(
        label,
        sorted(names, key=lambda one: names[one].casefold()),
        format_func=names.__getitem__,
        key=key,
        placeholder="Nobody in particular",
        max_selections=_MOST_NAMED,
        on_change=lambda: use_rules(view.decision, latest_choices(view.decision).naming(kind, _chosen(key))),
    )
    return st.empty()


def _show_as(key: str, value: object) -> None:
    """Let a widget show what is in force; one that shows it already is left alone, for a click may be on its way."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _chosen(key: str) -> Iterable[str]:
    chosen: Iterable[str] = st.session_state.get(key, ())
    return chosen
