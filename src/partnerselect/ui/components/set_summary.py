"""The best set in short, for the Overview: the verdict on it, and the rules that it keeps."""

from __future__ import annotations

import streamlit as st

from partnerselect.analysis.best_sets import best_sets
from partnerselect.analysis.set_question import set_question
from partnerselect.analysis.set_rule_words import rule_sentence
from partnerselect.analysis.set_verdict import set_verdict
from partnerselect.analysis.ways_out import NoPartnersError
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.shortlist import SIGNS
from partnerselect.ui.state import View


def show_set_verdict(view: View) -> None:
    """Which partners together, and how sure that is; where no set is allowed, why."""
    try:
        found = best_sets(view.decision, view.points, view.rules)
    except NoPartnersError as problem:
        st.markdown(f"**No set of partners keeps all the rules.** {plain(' '.join(problem.sentences[:2]))}")
        return
    judged = set_verdict(set_question(view.decision, view.points, view.rules))
    st.markdown(f"**{plain(found.sentence)}** {SIGNS[judged.kind]} {plain(judged.sentence)}")


def show_rules(view: View) -> None:
    """The rules in force, one line each."""
    names = {candidate.id: candidate.name for candidate in view.decision.candidates}
    if not view.rules:
        st.markdown("No rules are set: any number of partners from one on may join.")
    for rule in view.rules:
        st.markdown(f"- {plain(rule_sentence(rule, names))}")
