"""A small decision, drafts of it, and what is put on record when they are closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from partnerselect.model import Decision
from partnerselect.rounds.draft import Draft
from partnerselect.rounds.record import RoundContent, RoundRecord
from partnerselect.rounds.store import Store
from tests.builders import criteria, decision, measured, organisation, table

POINTS = {"goal": 50.0, "cost": 20.0, "reach": 80.0}


def small(decision_id: str = "small") -> Decision:
    """Two candidates, two criteria, one unknown."""
    return table({"ada": {"cost": 10, "reach": None}, "bob": {"cost": 70.5, "reach": 30}}, id=decision_id)


def rich() -> Decision:
    """A decision in which every kind of scale, rule, statement and fact stands."""
    levels = {
        "id": "depth",
        "title": "Depth",
        "question": "How deep?",
        "scale": {"kind": "levels", "levels": [{"level": 0, "text": "none"}, {"level": 1, "text": "some"}]},
    }
    items = {
        "id": "areas",
        "title": "Areas – “öffentlich” ∑ 𝛼",
        "question": "Which?",
        "combine": "coverage",
        "scale": {"kind": "items", "items": [{"id": "x", "title": "X"}, {"id": "y", "title": "Y"}]},
    }
    rules: list[dict[str, Any]] = [
        {"id": "size", "kind": "size", "at_least": 1, "at_most": 2, "active": False},
        {"id": "quota", "kind": "quota", "attribute": "kind", "value": "health", "at_least": 1},
        {"id": "differ", "kind": "different", "attribute": "country", "at_least": 1},
        {"id": "each", "kind": "each", "attribute": "region", "at_most": 3},
        {"id": "names", "kind": "must_not", "candidates": ["bob"]},
        {"id": "pair", "kind": "not_together", "candidates": ["ada", "bob"]},
        {"id": "money", "kind": "budget", "amount": "fee", "unit": "EUR", "at_most": 1e7, "if_unknown": 0.1},
    ]
    gates = [
        {"id": "eu", "title": "EU", "rule": "in the EU", "attribute": "country", "one_of": ["FR", "DE"]},
        {"id": "asked", "title": "Asked", "rule": "was asked"},
    ]
    facts = [
        {"id": "f1", "field": "members", "value": 12, "unit": "companies", "source": "s"},
        {"id": "f2", "field": "text", "value": "12", "unit": "-", "as_of": "2016-10", "source": "s", "note": "n"},
        {"id": "f3", "field": "none", "value": None, "unit": "-", "source": "s", "criteria": ["cost"]},
    ]
    return decision(
        criteria(
            ("money", [measured("cost", [(0, 1), (33.3, 0.25), (100, 0)])]),
            ("work", [levels, items]),
            set_rules=rules,
            gates=gates,
            doubt={"grades": {"a": 0, "b": 0.05, "c": 0.1, "d": 0.3}, "per_year": 0.01, "at_most": 0.2},
            about="Line one\nline two\ttab",
        ),
        organisation(
            "ada",
            {"criterion": "cost", "value": 0.1 + 0.2, "low": 1e-7, "high": 50},
            {"criterion": "depth", "value": 1, "by": "Eve", "reason": "seen", "judged_on": "2017-03-01", "grade": "d"},
            {"criterion": "areas", "items": ["x"], "possible": ["y"], "as_of": "2016-10-05"},
            facts=facts,
            gates=[{"gate": "asked", "passed": True, "as_of": "2017"}],
            amounts=[{"id": "fee", "value": 2500, "unit": "EUR", "source": "s"}],
            location={"place": "Łódź", "latitude": 51.76, "longitude": 19.46},
        ),
        organisation("bob", {"criterion": "cost", "status": "refused"}, {"criterion": "depth", "low": 0, "high": 1}),
        organisation("eva", role="member", country="DE/FR"),
    )


def content(round_id: str = "2017-05", of: Decision | None = None, **more: Any) -> RoundContent:
    """What is put on record about the small decision."""
    given: dict[str, Any] = {
        "title": "The round of May",
        "points": POINTS,
        "viewpoint": "equal",
        "results": {"totals": {"ada": 0.1 + 0.2, "bob": None}, "order": ["ada", "bob"]},
        "seed": 7,
        "chosen": ["ada"],
        "rationale": {"text": "We need reach.", "criteria": {"reach": "Most."}, "candidates": {"ada": "Near."}},
        "participants": [{"name": "Zoë", "organisation": "LITEK", "role": "chair"}],
        "conflicts": [{"person": "Zoë", "candidate": "bob", "note": "on its board"}],
    }
    return RoundContent.model_validate({"id": round_id, "decision": of or small(), **given, **more})


def draft(**more: Any) -> Draft:
    """A new draft of the small decision."""
    given = {"decision": "small", "title": "May", "as_of": date(2017, 5, 31), "points": POINTS}
    return Draft.model_validate({**given, **more})


def closed(store: Store, round_id: str = "2017-05", decision_id: str = "small", **more: Any) -> RoundRecord:
    """A round, closed in the store."""
    new = store.create_draft(draft(decision=decision_id), "Ann")
    return store.close(new.id, new.revision, content(round_id, small(decision_id), **more), "Ann")
