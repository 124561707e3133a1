"""A round in the making: who, why, whom, and the button that closes it for good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import streamlit as st

from partnerselect.analysis.best_sets import best_sets
from partnerselect.analysis.round_results import round_results
from partnerselect.analysis.words import listed
from partnerselect.errors import PartnerSelectError
from partnerselect.model import Decision
from partnerselect.partial_dates import in_full
from partnerselect.rounds.draft import Draft
from partnerselect.rounds.record import Rationale, RoundContent
from partnerselect.rounds.store import Store
from partnerselect.rounds.summary import RoundSummary
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.round_people import (
    CONFLICTS_LABEL,
    PEOPLE_LABEL,
    conflicts_in,
    conflicts_text,
    people_in,
    people_text,
)
from partnerselect.ui.components.round_start import (
    BY,
    on_day_of,
    rules_of,
    show_base,
    show_start,
    show_told,
    told,
)
from partnerselect.ui.round_state import rounds_store
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
    decision = on_day_of(draft, view)
    best = _best(decision, view, draft)
    chosen = [one for one in (best if draft.chosen is None else draft.chosen) if one in names]
    caption = f"Evidence up to {in_full(draft.as_of)} counts. Weights and rules are those in force when it was saved."
    if best and set(best) != set(chosen):
        caption += f" The best set under them would be {listed([names[one] for one in best])}."
    st.caption(plain(caption))
    show_base(view, draft)
    with st.form(f"draft_{draft.id}_{draft.revision}", border=True):
        st.multiselect("Who joins", list(names), chosen, format_func=names.__getitem__, key=_key(draft, "chosen"))
        st.text_area("Why, as a whole", draft.rationale.text or "", key=_key(draft, "why"), max_chars=20_000)
        for one in chosen:
            said = draft.rationale.candidates.get(one, "")
            st.text_input(f"Why {names[one]}", said, key=_key(draft, f"why_{one}"), max_chars=2000)
        with st.expander("Why the criteria weigh as they do"):
            for criterion in view.decision.criteria:
                said = draft.rationale.criteria.get(criterion.id, "")
                st.text_input(criterion.title, said, key=_key(draft, f"why_{criterion.id}"), max_chars=2000)
        st.text_area(PEOPLE_LABEL, people_text(draft.participants), key=_key(draft, "people"), max_chars=20_000)
        declared = conflicts_text(draft.conflicts, decision)
        st.text_area(CONFLICTS_LABEL, declared, key=_key(draft, "conflicts"), max_chars=20_000)
        st.toggle("Take today's weights and rules into the draft", key=_key(draft, "today"))
        saved = st.form_submit_button("Save the draft", icon=":material/save:")
    if saved:
        _save(view, draft)
        st.rerun()
    _show_closing(view, draft)


def _save(view: View, draft: Draft) -> None:
    def save() -> str:
        today = {"points": view.points, "viewpoint": view.viewpoint, "rules": view.rules, "as_of": view.decision.as_of}
        changed = {
            "chosen": tuple(st.session_state[_key(draft, "chosen")]),
            "rationale": _rationale(view.decision, draft),
            "participants": people_in(st.session_state[_key(draft, "people")]),
            "conflicts": conflicts_in(st.session_state[_key(draft, "conflicts")], view.decision),
            **(today if st.session_state[_key(draft, "today")] else {}),
        }
        stored = rounds_store().save_draft(draft.model_copy(update=changed), st.session_state.get(BY) or "")
        return f"Saved as revision {stored.revision}."

    told(save)


def _show_closing(view: View, draft: Draft) -> None:
    with st.expander("Close the round", key=f"closing_{draft.id}", icon=":material/lock:"):
        st.markdown(
            "A closed round is never changed: it keeps every file, weight, rule, number and reason as it is now."
        )
        with st.form(f"close_{draft.id}", border=False):
            st.text_input("Name of the round in addresses", f"{draft.as_of:%Y-%m}", key="round_id", width=240)
            st.checkbox("Everything in the draft is as we decided it", key="close_sure")
            st.form_submit_button("Close the round", on_click=_close, args=(view, draft))
    st.button("Discard the draft", key="discard", on_click=_discard, args=(draft,), type="tertiary")


def _close(view: View, draft: Draft) -> None:
    def close() -> str:
        if not st.session_state.get("close_sure"):
            raise PartnerSelectError("Say first that everything in the draft is as you decided it.")
        rules = rules_of(draft, view)
        decision = on_day_of(draft, view)
        chosen = _best(decision, view, draft) if draft.chosen is None else draft.chosen
        content = RoundContent(
            id=str(st.session_state.get("round_id", "")).strip(),
            title=draft.title,
            decision=decision,
            points=draft.points,
            viewpoint=draft.viewpoint,
            rules=rules,
            results=round_results(decision, draft.points, rules),
            chosen=tuple(chosen),
            rationale=draft.rationale,
            participants=draft.participants,
            conflicts=draft.conflicts,
        )
        record = rounds_store().close(draft.id, draft.revision, content, st.session_state.get(BY) or "")
        return f"The round “{record.title}” is closed. Its hash is {record.sha256}."

    told(close)


def _discard(draft: Draft) -> None:
    def discard() -> str:
        rounds_store().discard_draft(draft.id, draft.revision)
        return f"The draft “{draft.title}” is gone."

    told(discard)


def _best(decision: Decision, view: View, draft: Draft) -> tuple[str, ...]:
    try:
        return best_sets(decision, draft.points, rules_of(draft, view)).best
    except PartnerSelectError:
        return ()


def _rationale(decision: Decision, draft: Draft) -> Rationale:
    def said(ids: Sequence[str], before: Mapping[str, str]) -> Mapping[str, str]:
        found = {one: st.session_state.get(_key(draft, f"why_{one}"), before.get(one, "")).strip() for one in ids}
        return MappingProxyType({one: text for one, text in found.items() if text})

    return Rationale(
        text=st.session_state[_key(draft, "why")].strip() or None,
        criteria=said([one.id for one in decision.criteria], draft.rationale.criteria),
        candidates=said([one.id for one in decision.candidates], draft.rationale.candidates),
    )


def _key(draft: Draft, what: str) -> str:
    return f"{draft.id}_{draft.revision}_{what}"
