"""Where a draft begins: from today or from a closed round, on which day; and how it differs from what is shown."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import streamlit as st

from partnerselect.analysis.words import listed
from partnerselect.model import Decision, SetRule
from partnerselect.partial_dates import in_full
from partnerselect.rounds.draft import Draft
from partnerselect.rounds.summary import RoundSummary
from partnerselect.ui import state
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.round_desk import desk
from partnerselect.ui.round_state import rounds_store
from partnerselect.ui.state import View

BY = "round_by"
_A_MOMENT = timedelta(seconds=3)


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
    own, store, by = desk(), rounds_store(), st.session_state.get(BY) or ""
    title, base = str(st.session_state["draft_title"]), st.session_state.get("draft_base") or None
    as_of = st.session_state.get("draft_as_of") or view.decision.as_of

    def started() -> str:
        points, viewpoint, rules = view.points, view.viewpoint, view.rules
        if base is not None:
            before = store.round_(base)
            known = set(view.decision.ids())
            points = {**view.points, **{one: p for one, p in before.points.items() if one in known}}
            viewpoint, rules = _still(view.decision, before.viewpoint, points), before.rules
        draft = Draft(
            decision=view.decision.id,
            title=title,
            base=base,
            as_of=as_of,
            points=points,
            viewpoint=viewpoint,
            rules=rules,
        )
        own.started = store.create_draft(draft, by)
        return f"The draft “{own.started.title}” is kept."

    with own.lock:
        if not _is_pressed_twice(own.started, title, base, as_of):
            own.started = None
            own.take(f"start {secrets.token_hex(8)}", started)
        begun = own.started
    if begun is not None:
        st.session_state["draft_chosen"] = begun.id
        take_up(begun)


def _is_pressed_twice(last: Draft | None, title: str, base: str | None, as_of: date) -> bool:
    """Whether the visitor has started the same draft a moment ago."""
    if last is None or (last.title, last.base, last.as_of) != (" ".join(title.split()), base, as_of):
        return False
    return datetime.now(UTC) - last.opened_at < _A_MOMENT


def _still(decision: Decision, viewpoint: str | None, points: Mapping[str, float]) -> str | None:
    """The viewpoint, where it has these points today as well."""
    own = {one.id: dict(one.points) for one in decision.viewpoints}
    return viewpoint if viewpoint is not None and own.get(viewpoint) == dict(points) else None


def take_up(draft: Draft) -> None:
    """Put the weights and the day of a draft in force on every page; to be called in a callback."""
    st.session_state[state.AS_OF_KEY] = draft.as_of
    state.use_points(draft.points, draft.viewpoint)


def in_force(view: View, draft: Draft) -> str:
    """Day, weights and rules of a draft in words."""
    titles = {one.id: one.title for one in view.decision.viewpoints}
    weights = titles.get(draft.viewpoint or "", "own points")
    rules = listed([rule.title or rule.id for rule in rules_of(draft, view)]) or "none"
    return f"Of this draft: evidence up to {in_full(draft.as_of)}; weights: {weights}; rules: {rules}."


def show_difference(view: View, draft: Draft) -> None:
    """Warn where the other pages show something else than the draft, and offer to show the draft's."""
    differs = {
        "weights": dict(draft.points) != dict(view.points),
        "rules": rules_of(draft, view) != view.rules,
        "day": draft.as_of != view.decision.as_of,
    }
    if not any(differs.values()):
        return
    what = listed([f"the {one}" for one, other in differs.items() if other])
    st.warning(
        f"On the other pages {what} {'is' if what == 'the day' else 'are'} not those of this draft. Switch on “Take "
        "today's weights, rules and day into the draft”, and save, to decide on what the other pages show.",
        icon=":material/difference:",
    )
    if differs["weights"] or differs["day"]:
        st.button(
            "Show the draft's weights and day on every page",
            key="take_up",
            on_click=take_up,
            args=(draft,),
            icon=":material/tune:",
        )


def show_since(view: View, draft: Draft) -> None:
    """What has changed since the round that the draft began from; worked out while it is open."""
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
        for sentence in (found.evidence_sentence, found.list_sentence, found.rules_sentence, *found.choice_sentences):
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
