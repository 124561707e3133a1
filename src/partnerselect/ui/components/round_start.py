"""Where a draft begins: from today or from a closed round, on which day; and what has changed since that round."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st
from pydantic import ValidationError

from partnerselect.errors import PartnerSelectError
from partnerselect.model import Decision, SetRule
from partnerselect.partial_dates import in_full
from partnerselect.rounds.draft import Draft
from partnerselect.rounds.record import faults
from partnerselect.rounds.summary import RoundSummary
from partnerselect.ui import state
from partnerselect.ui.components.plain import plain
from partnerselect.ui.round_state import rounds_store
from partnerselect.ui.state import View

BY = "round_by"
_SAID = "draft_said"


def show_start(view: View, rounds: Sequence[RoundSummary]) -> None:
    """A form for a new draft."""
    bases = {"": "Today's weights and rules"} | {
        one.sha256: f"Those of {one.title} ({one.id})" for one in reversed(rounds)
    }
    with st.form("start_form", border=False):
        st.text_input("Title", f"Round of {view.decision.as_of:%B %Y}", key="draft_title", max_chars=200, width=480)
        st.selectbox("Begin with", list(bases), format_func=bases.__getitem__, key="draft_base", width=480)
        st.date_input(
            "Evidence up to",
            view.decision.as_of,
            min_value=date(1990, 1, 1),
            max_value=date(2100, 12, 31),
            key="draft_as_of",
            width=480,
            help="Newer evidence comes in; what has become too old is marked as stale.",
        )
        st.form_submit_button("Start a draft", on_click=_start, args=(view,), icon=":material/edit_note:")
    st.caption("The whole app then shows the weights and the day of the draft, for you to go on with.")


def _start(view: View) -> None:
    base = st.session_state.get("draft_base") or None

    def start() -> str:
        store = rounds_store()
        points, viewpoint, rules = view.points, view.viewpoint, view.rules
        if base is not None:
            before = store.round_(base)
            known = set(view.decision.ids())
            points = {**view.points, **{one: p for one, p in before.points.items() if one in known}}
            viewpoint, rules = _still(view.decision, before.viewpoint, points), before.rules
        draft = Draft(
            decision=view.decision.id,
            title=st.session_state["draft_title"],
            base=base,
            as_of=st.session_state.get("draft_as_of") or view.decision.as_of,
            points=points,
            viewpoint=viewpoint,
            rules=rules,
        )
        stored = store.create_draft(draft, st.session_state.get(BY) or "")
        st.session_state["draft_chosen"] = stored.id
        take_up(stored)
        return f"The draft “{stored.title}” is kept."

    told(start)


def _still(decision: Decision, viewpoint: str | None, points: Mapping[str, float]) -> str | None:
    """The viewpoint, where it has these points today as well."""
    own = {one.id: dict(one.points) for one in decision.viewpoints}
    return viewpoint if viewpoint is not None and own.get(viewpoint) == dict(points) else None


def take_up(draft: Draft) -> None:
    """Put the weights and the day of a draft in force on every page; to be called in a callback."""
    st.session_state[state.AS_OF_KEY] = draft.as_of
    state.use_points(draft.points, draft.viewpoint)


def show_base(view: View, draft: Draft) -> None:
    """Offer to go on with the draft's weights, and say what has changed since the round that it began from."""
    if dict(draft.points) != dict(view.points) or draft.as_of != view.decision.as_of:
        st.button(
            "Show the draft's weights and day on every page",
            key="take_up",
            on_click=take_up,
            args=(draft,),
            icon=":material/tune:",
        )
    if draft.base is None:
        return
    since = st.expander("What has changed since the round it began from", key="since", on_change="rerun")
    if not since.open:
        return
    from partnerselect.analysis.rounds_compared import Side, compare_rounds

    before = rounds_store().round_(draft.base)
    found = compare_rounds(
        Side(before.decision, before.points, before.rules, before.title, before.chosen or None),
        Side(on_day_of(draft, view), draft.points, rules_of(draft, view), draft.title),
    )
    with since:
        st.markdown(f"**{plain(found.sentence)}**")
        for sentence in (found.evidence_sentence, found.list_sentence, *found.choice_sentences):
            if sentence:
                st.markdown(f"- {plain(sentence)}")
        st.caption(f"Evidence up to {in_full(draft.as_of)}. Close the round, and every detail can be compared above.")


def on_day_of(draft: Draft, view: View) -> Decision:
    """The files as they are, on the day of the draft."""
    return view.decision.model_copy(update={"as_of": draft.as_of})


def rules_of(draft: Draft, view: View) -> tuple[SetRule, ...]:
    """The rules of the draft; today's where it has none of its own."""
    if draft.rules is None:
        return view.rules
    return tuple(one for one in draft.rules if not isinstance(one, str))


def told(step: Callable[[], str]) -> None:
    """Do something, and say what became of it on the next run."""
    try:
        st.session_state[_SAID] = (True, step())
    except ValidationError as problem:
        st.session_state[_SAID] = (False, f"{faults(problem)}.")
    except PartnerSelectError as problem:
        st.session_state[_SAID] = (False, str(problem))


def show_told() -> None:
    """Say what became of the last step."""
    if said := st.session_state.pop(_SAID, None):
        (st.success if said[0] else st.error)(plain(said[1]))
        st.toast(plain(said[1]))
