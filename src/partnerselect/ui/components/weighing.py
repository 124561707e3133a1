"""Making a viewpoint: choose what to weigh and how, see what follows, keep it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from partnerselect.analysis.answers import CONSISTENT, Elicited
from partnerselect.analysis.swings import Family, families, swing
from partnerselect.analysis.words import listed
from partnerselect.errors import WeightsError
from partnerselect.kernels.shares import shares
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.viewpoint_keeping import show_keeping
from partnerselect.ui.components.weighing_comparisons import ask_best_worst, ask_pairs, offer_mend
from partnerselect.ui.components.weighing_draft import (
    METHODS,
    Draft,
    draft_of,
    draft_points,
    points_now,
    start_again,
    weighed,
)
from partnerselect.ui.components.weighing_methods import ask_order, ask_points, ask_swing
from partnerselect.ui.components.weights_now import show_check
from partnerselect.ui.components.weights_tables import shares_table, weights_table
from partnerselect.ui.state import View


def show_weighing(view: View) -> None:
    """Everything from the question to the saved viewpoint."""
    everything = families(view.decision)
    if not everything:
        st.markdown("There is one criterion only: it has all the weight.")
        return
    draft = draft_of(view)
    family, method = _choose(draft, everything)
    left, right = st.columns([11, 9], gap="large")
    with left:
        _ask(view, draft, family, method)
    with right:
        _show_result(view, draft, family)
    st.divider()
    _show_draft(view, draft, everything)


def _choose(draft: Draft, everything: tuple[Family, ...]) -> tuple[Family, str]:
    titles = {one.id: f"{one.title} against each other" if not one.id else f"Inside {one.title}" for one in everything}
    by_id = {one.id: one for one in everything}
    with st.grid(2, min_column_width=300):
        chosen = st.selectbox(
            "What to weigh",
            list(titles),
            format_func=titles.__getitem__,
            key=f"weigh_family/{draft.tree[0]}",
            persist_state="session",
        )
        family = by_id.get(chosen, everything[0])
        answers = draft.of(family)
        method: str = st.radio(
            "How",
            list(METHODS),
            index=list(METHODS).index(answers.method),
            format_func=METHODS.__getitem__,
            key=draft.key(family, "method"),
            horizontal=True,
        )
    answers.method = method
    return family, method


def _ask(view: View, draft: Draft, family: Family, method: str) -> None:
    if method == "points":
        ask_points(view, draft, family)
    elif method == "swing":
        ask_swing(view, draft, family)
    elif method == "order":
        ask_order(view, draft, family)
    elif method == "pairs":
        ask_pairs(view, draft, family)
    else:
        ask_best_worst(draft, family)
    if not family.id:
        _show_ends(view)


def _show_ends(view: View) -> None:
    """What the criteria of each goal are at their worst and at their best."""
    with st.expander("What worst and best mean", key="ends"):
        for goal in view.decision.goals:
            ends = "\n".join(f"- {plain(one.title)}: {plain(swing(one))}" for one in goal.criteria)
            st.markdown(f"**{plain(goal.title)}**\n{ends}")


def _show_result(view: View, draft: Draft, family: Family) -> None:
    """Shares of today beside those that follow, and how far the answers fit together."""
    st.markdown("**What follows**")
    try:
        result = weighed(view, draft, family)
    except WeightsError as problem:
        st.info(plain(f"{problem} Until then these stay as they are."), icon=":material/hourglass_empty:")
        return
    points = points_now(view, family)
    today = shares("points", list(points.values())) if any(points.values()) else [0.0] * len(points)
    shares_table(
        dict(zip(family.members, family.titles, strict=True)),
        dict(zip(points, today, strict=True)),
        {str(one): share for one, share in result.shares.items()},
        key=draft.key(family, "shares"),
    )
    _show_consistency(draft, family, result)
    show_check(view.decision, draft_points(view, draft), _to_check(view, family))


def _to_check(view: View, family: Family) -> list[str]:
    """Criteria that show what was weighed: those of the family, or the first of each goal."""
    if family.id:
        return list(family.members)
    return [goal.criteria[0].id for goal in view.decision.goals]


def _show_consistency(draft: Draft, family: Family, result: Elicited) -> None:
    if not result.sentence:
        return
    if result.consistency_ratio is not None and result.consistency_ratio >= CONSISTENT:
        st.warning(plain(result.sentence), icon=":material/sync_problem:")
    else:
        st.markdown(plain(result.sentence))
    if result.mend is not None:
        offer_mend(draft, family, result.mend)


def _show_draft(view: View, draft: Draft, everything: tuple[Family, ...]) -> None:
    """What the draft changes, and the ways to keep it; it shows no ranking, so that nobody weighs towards one."""
    points = partial(draft_points, view, draft)
    how = [
        f"{one.title if one.id else 'the goals'} by {METHODS[draft.of(one).method].lower()}"
        for one in everything
        if _answered(draft, one)
    ]
    told = f"So far: {listed(how)}; everything else as it is now." if how else "So far everything is as it is now."
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**Your draft.** {plain(told)}", width="stretch")
        st.button("Start again", key="weigh_again", on_click=start_again, icon=":material/restart_alt:")
    part = st.expander("Every criterion, now and with the draft", key="draft_weights", on_change="rerun")
    if part.open:
        with part:
            _show_weights(view, points())
    show_keeping(view, points, name="draft")


def _show_weights(view: View, points: dict[str, float]) -> None:
    try:
        weights_table(view.decision, view.points, points, key="draft_weights_table")
    except WeightsError as problem:
        st.warning(plain(str(problem)), icon=":material/error:")


def _answered(draft: Draft, family: Family) -> bool:
    answers = draft.of(family)
    return answers.method != "points" or bool(answers.points)
