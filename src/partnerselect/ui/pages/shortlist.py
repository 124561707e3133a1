"""Shortlist: which partners together?"""

from __future__ import annotations

import streamlit as st

from partnerselect.analysis.best_sets import best_sets
from partnerselect.analysis.partners import partners
from partnerselect.analysis.rule_prices import rule_prices
from partnerselect.analysis.set_question import set_question
from partnerselect.analysis.set_verdict import set_verdict
from partnerselect.analysis.ways_out import NoPartnersError
from partnerselect.ui import state
from partnerselect.ui.components.heading import show_heading
from partnerselect.ui.components.no_set import show_no_set
from partnerselect.ui.components.set_by_hand import show_by_hand
from partnerselect.ui.components.set_robustness import show_set_robustness
from partnerselect.ui.components.set_rules import show_gates_note, show_prices, show_rules_panel
from partnerselect.ui.components.shortlist import (
    show_answer,
    show_cards,
    show_chosen,
    show_gaps,
    show_ladder,
    show_map,
    show_verdict,
)
from partnerselect.ui.components.shortlist_download import show_download

view = state.current()
show_heading(view, "Which partners together?")
answer, verdict = st.container(), st.container()
left, right = st.columns([4, 9], gap="medium")
with left.container(border=True):
    places = show_rules_panel(view)
    show_gates_note(view.decision)
question = set_question(view.decision, view.points, view.rules)
prices = rule_prices(question)
show_prices(view, places, prices)
try:
    found = best_sets(view.decision, view.points, view.rules)
except NoPartnersError as problem:
    with answer:
        show_no_set(view.decision, problem)
    st.stop()
with answer:
    show_answer(found)
    if view.record is not None:
        show_chosen(question, view.record.chosen)
table = partners(question, found.best)
with right:
    show_cards(table, view.decision.verdict.tie_within)
    sure = st.container()
with verdict:
    show_verdict(set_verdict(question))
show_ladder(found)
show_gaps(question, found.best)
show_map(view.decision, found.best if view.record is None else view.record.chosen)
show_by_hand(question, found)
show_download(view, found, table, prices)
with sure:
    show_set_robustness(view, found.best, found.allowed)
