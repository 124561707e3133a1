"""A round in the making: who, why, whom, and the button that closes it for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from partnerselect.analysis.words import listed, sentence
from partnerselect.rounds.draft import Draft
from partnerselect.rounds.store import Store
from partnerselect.rounds.summary import RoundSummary
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.round_desk import desk, show_said
from partnerselect.ui.components.round_keeping import best_of, close, discard, keyed, save
from partnerselect.ui.components.round_people import CONFLICTS_LABEL, PEOPLE_LABEL, conflicts_text, people_text
from partnerselect.ui.components.round_start import BY, in_force, on_day_of, show_difference, show_since, show_start
from partnerselect.ui.state import View

_CHOSEN = "draft_chosen"


def show_drafts(view: View, store: Store, rounds: Sequence[RoundSummary]) -> None:
    """Start a draft, or go on with one."""
    own = desk()
    show_said(own)
    st.text_input(
        "Your name",
        key=BY,
        max_chars=200,
        width=360,
        help="It stands beside what you save or close.",
        persist_state="session",
    )
    drafts = {draft.id: draft for draft in store.drafts(view.decision.id)}
    if st.session_state.get(_CHOSEN) not in (*drafts, ""):
        st.session_state[_CHOSEN] = next(iter(drafts), "")
    chosen = st.selectbox("Draft", [*drafts, ""], format_func=lambda one: _title(drafts, one), key=_CHOSEN, width=480)
    if not chosen:
        show_start(view, rounds)
        return
    newest = drafts[chosen]
    opened = own.opened.setdefault(chosen, newest)
    if newest.revision < opened.revision:
        opened = own.opened[chosen] = newest  # the store was put back to an earlier state
    _show_draft(view, opened, newest)


def _title(drafts: dict[str, Draft], one: str) -> str:
    if one not in drafts:
        return "A new draft"
    alike = [other for other, draft in drafts.items() if draft.title == drafts[one].title]
    number = f" ({alike.index(one) + 1})" if len(alike) > 1 else ""
    return f"{drafts[one].title}{number}"


def _show_draft(view: View, draft: Draft, newest: Draft) -> None:
    names = {candidate.id: candidate.name for candidate in view.decision.candidates}
    best = best_of(view, draft)
    chosen = [one for one in (best if draft.chosen is None else draft.chosen) if one in names]
    st.caption(plain(in_force(view, draft)))
    show_difference(view, draft)
    show_since(view, draft)
    _show_newer(draft, newest)
    with st.form(f"draft_{draft.id}_{draft.revision}", border=True):
        st.text_input("Title of the round", draft.title, key=keyed(draft, "title"), max_chars=200)
        st.toggle("Take today's weights, rules and day into the draft", key=keyed(draft, "today"))
        st.multiselect(
            "Who joins",
            list(names),
            chosen,
            format_func=names.__getitem__,
            key=keyed(draft, "chosen"),
            filter_mode="contains",
        )
        if best:
            told = sentence(f"Best set under the draft's weights and rules: {listed([names[one] for one in best])}")
            st.caption(plain(told + (" It stands above until somebody saves." if draft.chosen is None else "")))
        st.text_area("Why, as a whole", draft.rationale.text or "", key=keyed(draft, "why"), max_chars=20_000)
        for one in chosen:
            said = draft.rationale.candidates.get(one, "")
            st.text_input(f"Why {names[one]}", said, key=keyed(draft, f"candidate_{one}"), max_chars=2000)
        with st.expander("Why the criteria weigh as they do"):
            for criterion in view.decision.criteria:
                said = draft.rationale.criteria.get(criterion.id, "")
                st.text_input(criterion.title, said, key=keyed(draft, f"criterion_{criterion.id}"), max_chars=2000)
        st.text_area(PEOPLE_LABEL, people_text(draft.participants), key=keyed(draft, "people"), max_chars=20_000)
        declared = conflicts_text(draft.conflicts, on_day_of(draft, view))
        st.text_area(CONFLICTS_LABEL, declared, key=keyed(draft, "conflicts"), max_chars=20_000)
        _submit("Save the draft", ":material/save:", partial(save, view, draft))
        if newest.revision > draft.revision:
            label = f"Save this instead of what {newest.updated_by} saved"
            _submit(label, ":material/save_as:", partial(save, view, draft, newest))
        _show_closing(view, draft)
    with st.popover("Discard the draft", icon=":material/delete:", type="tertiary"):
        st.markdown("Nobody can bring it back.")
        st.button("Discard it for good", key="discard", on_click=discard, args=(newest,))


def _show_newer(draft: Draft, newest: Draft) -> None:
    """That somebody saved a newer revision, and the way to it."""
    if newest.revision <= draft.revision:
        return
    told = (
        f"{newest.updated_by} has saved a newer state of this draft. The form still shows what you opened, and what "
        "you typed: copy what you want to keep before you load the newer one."
    )
    st.warning(plain(told), icon=":material/group:")
    st.button("Load the newer state", key="load_newer", on_click=_load, args=(newest,), icon=":material/refresh:")


def _load(newest: Draft) -> None:
    desk().opened[newest.id] = newest


def _show_closing(view: View, draft: Draft) -> None:
    """What is asked before a round is closed."""
    with st.expander("Close the round", key=f"closing_{draft.id}", icon=":material/lock:"):
        st.markdown(
            "A closed round is never changed: it keeps every file, weight, rule, number and reason as it is now, and "
            "all that stands above."
        )
        st.caption(plain(in_force(view, draft)))
        st.text_input("Name of the round in addresses", f"{draft.as_of:%Y-%m}", key=keyed(draft, "address"), width=240)
        st.checkbox("Everything in the draft is as we decided it", key=keyed(draft, "sure"))
        _submit("Close the round", None, partial(close, view, draft))


def _submit(label: str, icon: str | None, step: Callable[[], None]) -> None:
    """A button of the form.

    The step is a callback, so that it is taken even where the draft is gone by now. After a restart of the server the
    browser's press comes without its callback: then it is taken here, and what became of it is said at once.
    """
    if st.form_submit_button(label, icon=icon, on_click=step):
        own = desk()
        said = own.said
        step()
        if own.said is not said:
            st.rerun()
