"""Rules that no set keeps: which contradict each other, and a button for each way out."""

from __future__ import annotations

import streamlit as st

from partnerselect.analysis.ways_out import NoPartnersError, WayOut
from partnerselect.files.rule_text import read_rule, rule_text
from partnerselect.model import Decision, NamesRule
from partnerselect.ui.components.plain import plain
from partnerselect.ui.rule_link import RuleChoices
from partnerselect.ui.rule_state import latest_choices, use_rules

_SHOWN = 5


def show_no_set(decision: Decision, problem: NoPartnersError) -> None:
    """What contradicts what, and what to allow."""
    st.error("No set of partners keeps all the rules.", icon=":material/block:")
    for sentence in problem.sentences[:_SHOWN]:
        st.markdown(f"- {plain(sentence)}")
    if problem.relaxations:
        st.markdown("**Any one of these would help:**")
    for place, way in enumerate(problem.relaxations[:_SHOWN]):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Allow this", key=f"way_out_{place}", on_click=_allow, args=(decision, way))
            st.markdown(plain(f"Allow {way.sentence}."))
    more = len(problem.relaxations) - _SHOWN
    if more > 0:
        st.caption(f"{more} more ways need more changes.")


def _allow(decision: Decision, way: WayOut) -> None:
    """Put the weaker rules in force."""
    choices, after = latest_choices(decision), {rule.id: rule for rule in way.rules}
    kept = RuleChoices(choices.on, choices.off, tuple(rule for rule in choices.added if rule.id in after))
    for rule in decision.set_rules:
        weaker = after.get(rule.id)
        if rule in choices.rules(decision) and weaker != rule:
            kept = kept.switched(rule.id, on=False, usual=rule.active)
            if weaker is not None:
                kept = kept.adding(read_rule(rule_text(weaker)))
    for rule in kept.added:
        weaker = after.get(rule.id)
        if weaker is None or weaker == rule:
            continue
        if isinstance(weaker, NamesRule):
            kept = kept.naming(weaker.kind, weaker.candidates)
        else:
            kept = kept.without(rule.id).adding(read_rule(rule_text(weaker)))
    use_rules(decision, kept)
