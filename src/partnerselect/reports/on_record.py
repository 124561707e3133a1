"""What people put on record with a round, taken from the plain data of its record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from partnerselect.reports.contents import DeclaredConflict, OnRecord, Person


def on_record(record: Mapping[str, Any]) -> OnRecord:
    """The part of a round's record, as plain data, that reports tell beside the results."""
    rationale = record["rationale"]
    return OnRecord(
        round_id=record["id"],
        round_title=record["title"],
        sha256=record["sha256"],
        closed_on=datetime.fromisoformat(record["closed_at"]).date(),
        closed_by=record["closed_by"],
        rationale=rationale["text"],
        why_criteria=rationale["criteria"],
        why_candidates=rationale["candidates"],
        participants=tuple(Person(one["name"], one["organisation"], one["role"]) for one in record["participants"]),
        conflicts=tuple(DeclaredConflict(one["person"], one["candidate"], one["note"]) for one in record["conflicts"]),
    )
