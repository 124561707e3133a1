"""What becomes of a draft: saved as the next revision, closed for good, or discarded."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import streamlit as st

from partnerselect.analysis.best_sets import best_sets
from partnerselect.analysis.round_results import round_results
from partnerselect.errors import PartnerSelectError
from partnerselect.model import Decision
from partnerselect.rounds.draft import Draft
from partnerselect.rounds.record import Rationale, RoundContent
from partnerselect.rounds.store import Store
from partnerselect.ui.components.round_desk import desk
from partnerselect.ui.components.round_people import conflicts_in, people_in
from partnerselect.ui.components.round_start import BY, on_day_of, rules_of
from partnerselect.ui.round_state import rounds_store
from partnerselect.ui.state import View


def keyed(draft: Draft, what: str) -> str:
    """Key of one field of the form; another revision is another form."""
    return f"{draft.id}_{draft.revision}_{what}"


def save(view: View, draft: Draft, instead_of: Draft | None = None) -> None:
    """Keep what stands in the form as the next revision.

    Parameters
    ----------
    view : View
    draft : Draft
        The revision that the form was drawn for.
    instead_of : Draft, optional
        The newer revision of somebody else that is knowingly written over.
    """
    own, store, by, typed = desk(), rounds_store(), _by(), _typed(draft)

    def saved() -> str:
        kept = store.save_draft(_changed(view, instead_of or draft, typed), by)
        own.opened[draft.id] = kept
        return f"Saved as revision {kept.revision}."

    own.take(keyed(instead_of or draft, "saved"), saved)


def close(view: View, draft: Draft) -> None:
    """Keep what stands in the form, and close the round with it."""
    own, store, by, typed = desk(), rounds_store(), _by(), _typed(draft)

    def closed() -> str:
        kept = store.save_draft(_changed(view, draft, typed), by)
        own.opened[draft.id] = kept
        if not typed["sure"]:
            raise PartnerSelectError("It is saved. To close it, say that everything in the draft is as you decided it.")
        return _closed(store, view, kept, typed["address"].strip(), by)

    own.take(keyed(draft, "saved"), closed)


def discard(draft: Draft) -> None:
    """Delete a draft."""
    own, store = desk(), rounds_store()

    def discarded() -> str:
        store.discard_draft(draft.id, draft.revision)
        return f"The draft “{draft.title}” is gone."

    own.take(keyed(draft, "discarded"), discarded)


def best_of(view: View, draft: Draft) -> tuple[str, ...]:
    """The best set under the draft's weights and rules on its day; empty where none is allowed."""
    try:
        return best_sets(on_day_of(draft, view), draft.points, rules_of(draft, view)).best
    except PartnerSelectError:
        return ()


def _closed(store: Store, view: View, kept: Draft, address: str, by: str) -> str:
    decision, rules = on_day_of(kept, view), rules_of(kept, view)
    content = RoundContent(
        id=address,
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
    record = store.close(kept.id, kept.revision, content, by)
    return f"The round “{record.title}” is closed. Its hash is {record.sha256}."


def _typed(draft: Draft) -> dict[str, Any]:
    """What stands in the fields of the form, by the ends of their keys."""
    start = keyed(draft, "")
    return {
        str(key).removeprefix(start): value
        for key, value in st.session_state.items()
        if isinstance(key, str) and key.startswith(start)
    }


def _changed(view: View, draft: Draft, typed: Mapping[str, Any]) -> Draft:
    """The draft with what was typed."""
    today = {"points": view.points, "viewpoint": view.viewpoint, "rules": view.rules, "as_of": view.decision.as_of}
    changed = {
        "title": " ".join(typed["title"].split()) or draft.title,
        "chosen": tuple(typed["chosen"]),
        "rationale": _rationale(view.decision, draft, typed),
        "participants": people_in(typed["people"]),
        "conflicts": conflicts_in(typed["conflicts"], view.decision),
        **(today if typed["today"] else {}),
    }
    return draft.model_copy(update=changed)


def _rationale(decision: Decision, draft: Draft, typed: Mapping[str, Any]) -> Rationale:
    def said(what: str, before: Mapping[str, str], ids: list[str]) -> Mapping[str, str]:
        found = {one: str(typed.get(f"{what}_{one}", before.get(one, ""))).strip() for one in ids}
        return MappingProxyType({one: text for one, text in found.items() if text})

    return Rationale(
        text=typed["why"].strip() or None,
        criteria=said("criterion", draft.rationale.criteria, [one.id for one in decision.criteria]),
        candidates=said("candidate", draft.rationale.candidates, [one.id for one in decision.candidates]),
    )


def _by() -> str:
    return st.session_state.get(BY) or ""
