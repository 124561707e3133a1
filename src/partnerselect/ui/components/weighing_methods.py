"""Asking for weights by points, by swings, or by an order of importance."""

from __future__ import annotations

import streamlit as st

from partnerselect.analysis.elicited import FORMULAS
from partnerselect.analysis.swings import Family
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.weighing_draft import Draft, order_of, points_now, swing_now, take_order
from partnerselect.ui.order_list import order_list
from partnerselect.ui.state import View

_FORMULA_NAMES = {
    "centroid": "Centroid: the mean of all weights in this order",
    "sum": "Equal steps: 3, 2, 1",
    "reciprocal": "Steep: 1, 1/2, 1/3",
}


def ask_points(view: View, draft: Draft, family: Family) -> None:
    """One slider per member, from the points in force."""
    st.caption("Points from 0 to 100; only how they compare matters. They stand for the whole way from worst to best.")
    answers = draft.of(family)
    known = answers.points or points_now(view, family)
    said = {
        one: _slider(draft.key(family, "points", one), title, swing, known[one])
        for one, title, swing in zip(family.members, family.titles, family.swings, strict=True)
    }
    moved = {one: points for one, points in said.items() if points != round(known[one])}
    if moved:
        answers.points = {**known, **moved}


def ask_swing(view: View, draft: Draft, family: Family) -> None:
    """Which move from worst to best comes first, and how much each other one matters beside it."""
    answers = draft.of(family)
    first, swings = swing_now(view, family)
    swing_of = dict(zip(family.members, family.swings, strict=True))
    st.markdown(
        "Imagine a candidate that is at its **worst** everywhere. You may lift it from worst to best in **one** of "
        "these. Which one first?"
    )
    answers.first = st.radio(
        "Which one first?",
        family.members,
        index=family.members.index(answers.first or first),
        format_func=lambda one: plain(family.title_of(one)),
        captions=[plain(swing_of[one]) for one in family.members],
        key=draft.key(family, "swing", "first"),
        label_visibility="collapsed",
    )
    assert answers.first is not None
    title = plain(family.title_of(answers.first))
    st.markdown(
        f"If moving **{title}** from worst to best is worth **100** to you, what is moving each of the others worth?"
    )
    for one in family.members:
        if one != answers.first:
            key = draft.key(family, "swing", one)
            answers.swings[one] = _slider(
                key, family.title_of(one), swing_of[one], answers.swings.get(one, swings[one])
            )


def ask_order(view: View, draft: Draft, family: Family) -> None:
    """An order by dragging, and how it becomes weights."""
    answers = draft.of(family)
    st.caption("Which move from worst to best is worth most to you, which comes next?")
    order_list(
        dict(zip(family.members, family.titles, strict=True)),
        order_of(view, draft, family),
        notes=dict(zip(family.members, family.swings, strict=True)),
        shares=FORMULAS[answers.formula](len(family.members)).tolist(),
        label=f"Order of importance: {family.title}",
        key=draft.key(family, "order"),
        on_commit=lambda: take_order(draft, family),
    )
    answers.formula = st.selectbox(
        "How the order becomes weights",
        list(FORMULAS),
        index=list(FORMULAS).index(answers.formula),
        format_func=_FORMULA_NAMES.__getitem__,
        key=draft.key(family, "formula"),
    )


def _slider(key: str, title: str, swing: str, start: float) -> float:
    said: int = st.slider(plain(title), 0, 100, round(start), key=key, help=plain(swing))
    return float(said)
