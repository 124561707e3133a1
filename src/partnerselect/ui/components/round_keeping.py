"""What becomes of a draft: saved as the next revision, closed for good, or discarded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import streamlit as st

from partnerselect.analysis.best_sets import best_sets
from partnerselect.analysis.round_results import round_results
from partnerselect.errors import PartnerSelectError
from partnerselect.model import Decision
from partnerselect.rounds.draft import Draft
from partnerselect.rounds.record import Rationale, RoundContent
from partnerselect.ui.components.round_people import conflicts_in, people_in
from partnerselect.ui.components.round_start import BY, on_day_of, rules_of, told
from partnerselect.ui.round_state import rounds_store
from partnerselect.ui.state import View

SURE = "close_sure"


def field(draft: Draft, what: str) -> str:
    """Key of one field of the form; another revision is another form."""
    return f"{draft.id}_{draft.revision}_{what}"


def address_key(draft: Draft) -> str:
    """Key of the field with the round's name in addresses."""
    return f"round_id_{draft.id}"


def save(view: View, draft: Draft) -> None:
    """Keep what stands in the form as the next revision; to be called in a callback."""
    told(lambda: f"Saved as revision {_saved(view, draft).revision}.")


def close(view: View, draft: Draft) -> None:
    """Keep what stands in the form, and close the round with it; to be called in a callback."""

    def closed() -> str:
        kept = _saved(view, draft)
        if not st.session_state.get(SURE):
            raise PartnerSelectError("It is saved. To close it, say that everything in the draft is as you decided it.")
        decision, rules = on_day_of(kept, view), rules_of(kept, view)
        content = RoundContent(
            id=str(st.session_state.get(address_key(draft), "")).strip(),
            title=kept.title,
            decision=decision,
            points=kept.points,
            viewpoint=kept.viewpoint,
            rules=rules,
            results=round_results(decision, kept.points, rules),
            chosen=kept.chosen or (),
            rationale=kept.rationale,
            participants=kept.participants,
            conflicts=kept.conflicts,
        )
        record = rounds_store().close(kept.id, kept.revision, content, _by())
        return f"The round “{record.title}” is closed. Its hash is {record.sha256}."

    told(closed)


def discard(draft: Draft) -> None:
    """Delete a draft; to be called in a callback."""

    def discarded() -> str:
        rounds_store().discard_draft(draft.id, draft.revision)
        return f"The draft “{draft.title}” is gone."

    told(discarded)


def best_of(view: View, draft: Draft) -> tuple[str, ...]:
    """The best set under the draft's weights and rules on its day; empty where none is allowed."""
    try:
        return best_sets(on_day_of(draft, view), draft.points, rules_of(draft, view)).best
    except PartnerSelectError:
        return ()


def _saved(view: View, draft: Draft) -> Draft:
    today = {"points": view.points, "viewpoint": view.viewpoint, "rules": view.rules, "as_of": view.decision.as_of}
    changed = {
        "chosen": tuple(st.session_state[field(draft, "chosen")]),
        "rationale": _rationale(view.decision, draft),
        "participants": people_in(st.session_state[field(draft, "people")]),
        "conflicts": conflicts_in(st.session_state[field(draft, "conflicts")], view.decision),
        **(today if st.session_state[field(draft, "today")] else {}),
    }
    return rounds_store().save_draft(draft.model_copy(update=changed), _by())


def _by() -> str:
    return st.session_state.get(BY) or ""


def _rationale(decision: Decision, draft: Draft) -> Rationale:
    def said(what: str, ids: Sequence[str], before: Mapping[str, str]) -> Mapping[str, str]:
        found = {one: st.session_state.get(field(draft, f"{what}_{one}"), before.get(one, "")).strip() for one in ids}
        return MappingProxyType({one: text for one, text in found.items() if text})

    return Rationale(
        text=st.session_state[field(draft, "why")].strip() or None,
        criteria=said("criterion", [one.id for one in decision.criteria], draft.rationale.criteria),
        candidates=said("candidate", [one.id for one in decision.candidates], draft.rationale.candidates),
    )
