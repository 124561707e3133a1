"""Closed rounds: a timeline, each to be opened or taken away; the chain checked; rounds brought from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from partnerselect.analysis.words import listed
from partnerselect.errors import RoundsError
from partnerselect.partial_dates import in_full
from partnerselect.rounds.glance import Glance
from partnerselect.rounds.reasons import reasons
from partnerselect.rounds.store import Store
from partnerselect.rounds.summary import RoundSummary
from partnerselect.ui.components.chart import show_chart
from partnerselect.ui.components.plain import plain
from partnerselect.ui.round_state import open_round, rounds_store

_SAID = "rounds_said"
_SHOWN = 8


def show_rounds(store: Store, rounds: Sequence[RoundSummary]) -> None:
    """The rounds of a decision, newest first; of many, the older ones to choose from."""
    if not rounds:
        st.markdown("No round has been closed yet. Prepare one below: it keeps what you decide, and on what.")
        return
    try:
        seen = store.glances([one.sha256 for one in rounds[-_SHOWN:]])
    except RoundsError as problem:
        st.error(plain(str(problem)))
        seen = {}
    if len(seen) > 1:
        _show_timeline([seen[one.sha256] for one in rounds[-_SHOWN:]])
    for one in reversed(rounds[-_SHOWN:]):
        _show(one, seen.get(one.sha256))
    older = {one.sha256: one for one in reversed(rounds[:-_SHOWN])}
    if older:
        chosen = st.selectbox(
            f"{len(older)} older rounds",
            list(older),
            index=None,
            format_func=lambda one: f"{older[one].number}. {older[one].title} ({older[one].id})",
            key="older_round",
            placeholder="Choose one",
            width=480,
        )
        if chosen:
            _show(older[chosen], store.glances([chosen]).get(chosen))


def _show_timeline(seen: Sequence[Glance]) -> None:
    """Who was chosen in which of the rounds."""
    from partnerselect.charts.timeline import choices_of, timeline_alt, timeline_chart

    choices = choices_of(seen)
    if choices.empty:
        return

    def table() -> None:
        days = choices.assign(as_of=choices["as_of"].dt.date)
        st.dataframe(days, hide_index=True, key="timeline_table", alt="Who was chosen in each round.")

    show_chart(timeline_chart(choices), timeline_alt(choices), name="timeline", table=table)


def _show(one: RoundSummary, seen: Glance | None) -> None:
    """One round: what it is called, what it decided, who closed it when, and what can be done with it."""
    with st.container(border=True, key=f"round_{one.sha256[:12]}"):
        st.markdown(f"#### {plain(one.title)}")
        if seen is not None:
            who = f"{listed(seen.chosen)} {'was' if len(seen.chosen) == 1 else 'were'} chosen" if seen.chosen else ""
            st.markdown(plain(f"{who or 'Nobody was chosen'}, on evidence up to {in_full(seen.as_of)}."))
        brought = f" · brought here by {one.imported_by}" if one.imported_by else ""
        closed = f"closed on {in_full(one.closed_at)} by {one.closed_by}{brought}"
        st.caption(plain(f"Round {one.number} ({one.id}) · {closed} · {one.sha256[:12]}…"))
        _show_record(one)
        with st.container(horizontal=True):
            st.button(
                "Look at it",
                key=f"open_{one.sha256[:12]}",
                on_click=open_round,
                args=(one.sha256,),
                icon=":material/visibility:",
            )
            st.download_button(
                "Take it away (JSON)",
                data=_exported(one.sha256),
                file_name=f"{one.decision}-{one.id}.json",
                mime="application/json",
                key=f"export_{one.sha256[:12]}",
                on_click="ignore",
                icon=":material/download:",
            )


def _show_record(one: RoundSummary) -> None:
    """Why, who and which conflicts: what people put on record, read while it is open."""
    part = st.expander("Reasons, people, conflicts of interest", key=f"record_{one.sha256[:12]}", on_change="rerun")
    if not part.open:
        return
    with part:
        try:
            record = rounds_store().round_(one.sha256)
        except RoundsError as problem:
            st.error(plain(str(problem)))
            return
        for line in reasons(record):
            st.markdown(plain(line) if not line.startswith("- ") else f"- {plain(line[2:])}")


def show_chain(store: Store, decision: str) -> None:
    """Check whether every round is as it was closed; bring rounds from elsewhere; where they are kept."""
    with st.expander("Are the rounds as they were closed?", key="chain"):
        st.markdown("Every round carries a hash over all that stands in it, and the hash of the round before.")
        if st.button("Check every round", key="verify", icon=":material/verified:"):
            try:
                found = store.verify(decision)
            except RoundsError as problem:
                st.error(plain(str(problem)))
            else:
                (st.success if found.fault is None else st.error)(plain(str(found)))
        st.caption(plain(f"Rounds are kept in {store.place}."))
    with st.expander("Bring a round from a file", key="bring"):
        with st.form("bring_form", border=False):
            st.file_uploader("The round (JSON)", type="json", key="round_file", max_upload_size=20)
            st.text_input("Your name", key="brought_by", max_chars=200)
            st.form_submit_button("Bring it in", on_click=_bring)
        if said := st.session_state.pop(_SAID, None):
            (st.success if said[0] else st.error)(plain(said[1]))


def _bring() -> None:
    file = st.session_state.get("round_file")
    if file is None:
        st.session_state[_SAID] = (False, "Choose the file of a round first.")
        return
    try:
        brought = rounds_store().import_(file.getvalue(), st.session_state.get("brought_by") or "")
    except RoundsError as problem:
        st.session_state[_SAID] = (False, str(problem))
        return
    title = brought.round_.title
    told = f"The round “{title}” was here already." if brought.was_there else f"The round “{title}” is here now."
    st.session_state[_SAID] = (True, told)


def _exported(sha256: str) -> Callable[[], bytes]:
    return lambda: rounds_store().export(sha256)
