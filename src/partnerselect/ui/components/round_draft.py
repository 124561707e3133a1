"""A round in the making: who, why, whom, and the button that closes it for good."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from partnerselect.analysis.words import listed
from partnerselect.partial_dates import in_full
from partnerselect.rounds.draft import Draft
from partnerselect.rounds.store import Store
from partnerselect.rounds.summary import RoundSummary
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.round_keeping import SURE, address_key, best_of, close, discard, field, save
from partnerselect.ui.components.round_people import CONFLICTS_LABEL, PEOPLE_LABEL, conflicts_text, people_text
from partnerselect.ui.components.round_start import BY, on_day_of, show_base, show_start, show_told
from partnerselect.ui.state import View


def show_drafts(view: View, store: Store, rounds: Sequence[RoundSummary]) -> None:
    """Start a draft, or go on with one."""
    show_told()
    st.text_input("Your name", key=BY, max_chars=200, width=360, help="It stands beside what you save or close.")
    drafts = store.drafts(view.decision.id)
    names = {draft.id: f"{draft.title} (revision {draft.revision}, {draft.updated_by})" for draft in drafts}
    if st.session_state.get("draft_chosen") not in (*names, ""):
        st.session_state["draft_chosen"] = next(iter(names), "")
    chosen = st.selectbox(
        "Draft", [*names, ""], format_func=lambda one: names.get(one, "A new draft"), key="draft_chosen", width=480
    )
    if chosen:
        _show_draft(view, next(draft for draft in drafts if draft.id == chosen))
    else:
        show_start(view, rounds)


def _show_draft(view: View, draft: Draft) -> None:
    names = {candidate.id: candidate.name for candidate in view.decision.candidates}
    best = best_of(view, draft)
    chosen = [one for one in (best if draft.chosen is None else draft.chosen) if one in names]
    caption = f"Evidence up to {in_full(draft.as_of)} counts. Weights and rules are those in force when it was saved."
    if best and set(best) != set(chosen):
        caption += f" The best set under them would be {listed([names[one] for one in best])}."
    st.caption(plain(caption))
    show_base(view, draft)
    with st.form(f"draft_{draft.id}_{draft.revision}", border=True):
        st.multiselect("Who joins", list(names), chosen, format_func=names.__getitem__, key=field(draft, "chosen"))
        st.text_area("Why, as a whole", draft.rationale.text or "", key=field(draft, "why"), max_chars=20_000)
        for one in chosen:
            said = draft.rationale.candidates.get(one, "")
            st.text_input(f"Why {names[one]}", said, key=field(draft, f"candidate_{one}"), max_chars=2000)
        with st.expander("Why the criteria weigh as they do"):
            for criterion in view.decision.criteria:
                said = draft.rationale.criteria.get(criterion.id, "")
                st.text_input(criterion.title, said, key=field(draft, f"criterion_{criterion.id}"), max_chars=2000)
        st.text_area(PEOPLE_LABEL, people_text(draft.participants), key=field(draft, "people"), max_chars=20_000)
        declared = conflicts_text(draft.conflicts, on_day_of(draft, view))
        st.text_area(CONFLICTS_LABEL, declared, key=field(draft, "conflicts"), max_chars=20_000)
        st.toggle("Take today's weights and rules into the draft", key=field(draft, "today"))
        st.form_submit_button("Save the draft", icon=":material/save:", on_click=save, args=(view, draft))
        _show_closing(view, draft)
    with st.popover("Discard the draft", icon=":material/delete:", type="tertiary"):
        st.markdown("Nobody can bring it back.")
        st.button("Discard it for good", key="discard", on_click=discard, args=(draft,))


def _show_closing(view: View, draft: Draft) -> None:
    """What is asked before a round is closed."""
    with st.expander("Close the round", key=f"closing_{draft.id}", icon=":material/lock:"):
        st.markdown(
            "A closed round is never changed: it keeps every file, weight, rule, number and reason as it is now, and "
            "all that stands above."
        )
        st.text_input("Name of the round in addresses", f"{draft.as_of:%Y-%m}", key=address_key(draft), width=240)
        st.checkbox("Everything in the draft is as we decided it", key=SURE)
        st.form_submit_button("Close the round", on_click=close, args=(view, draft))
