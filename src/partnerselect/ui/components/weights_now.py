"""What weights mean: the heaviest criteria, and changes that are worth the same, to check oneself."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import streamlit as st

from partnerselect.analysis.equivalents import equivalents
from partnerselect.analysis.weights_words import heaviest
from partnerselect.errors import WeightsError
from partnerselect.model import Decision
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.weights_tables import points_table
from partnerselect.ui.state import View

_SHOWN = 5


def show_in_force(view: View) -> None:
    """Whose points are in force, and what weighs most."""
    whose = f"the viewpoint {view.viewpoint_title}" if view.viewpoint else "your own points"
    told = f"Most weight lies on {heaviest(view.decision, view.evaluation.weights)}."
    st.markdown(f"**{plain(f'In force: {whose}.')}** {plain(told)}")


@st.fragment
def show_weights_now(view: View) -> None:
    """What a change on each criterion is worth, told on one of them; and all points as a table."""
    weights = view.evaluation.weights
    titles = {criterion.id: criterion.title for criterion in view.decision.criteria if weights[criterion.id] > 0}
    if len(titles) > 1:
        st.subheader("Does this sound right?", anchor=False)
        st.markdown("This is what the weights say. Where it is wrong, they are not yet yours: make a viewpoint.")
        key = f"yardstick/{view.decision.id}"
        if st.session_state.get(key) not in titles:
            st.session_state[key] = equivalents(view.decision, view.points).yardstick
        yardstick = st.selectbox(
            "Tell it in changes on", list(titles), format_func=titles.__getitem__, key=key, width=360
        )
        found = equivalents(view.decision, view.points, yardstick)
        _list(found.sentences[:_SHOWN])
        if len(found.sentences) > _SHOWN:
            with st.expander(f"The other {len(found.sentences) - _SHOWN} criteria", key="more_equivalents"):
                _list(found.sentences[_SHOWN:])
        if found.note:
            st.caption(plain(found.note))
    part = st.expander("All points and weights in force", key="weights_in_force", on_change="rerun")
    if part.open:
        with part:
            points_table(view.decision, view.points, key="points_in_force_table")


def show_check(decision: Decision, points: Mapping[str, float], criteria: Collection[str]) -> None:
    """What a draft says of some criteria, as changes that are worth the same; nothing where it is no weights yet."""
    try:
        found = equivalents(decision, points)
    except WeightsError:
        return
    sentences = found.changes["sentence"][found.changes.index.isin(list(criteria))]
    if len(sentences):
        st.markdown("**Does this sound right?**")
        _list([str(sentence) for sentence in sentences.head(_SHOWN)])


def _list(sentences: Sequence[str]) -> None:
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))
