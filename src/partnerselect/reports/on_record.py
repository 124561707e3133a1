"""What people put on record with a round, taken from the plain data of its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Person:
    """Somebody who took part."""

    name: str
    organisation: str | None = None
    role: str | None = None

    @property
    def in_words(self) -> str:
        """Name, organisation and role, as far as they are known."""
        return ", ".join(part for part in (self.name, self.organisation, self.role) if part)


@dataclass(frozen=True)
class DeclaredConflict:
    """A conflict of interest that somebody declared; `candidate` is the id of a candidate or member."""

    person: str
    candidate: str
    note: str | None = None


@dataclass(frozen=True)
class OnRecord:
    """What people put on record; nothing of it, by default.

    Attributes
    ----------
    round_id, round_title : str or None
        What the closed round is called; None for a draft.
    sha256 : str or None
        The closed round's hash; None for a draft.
    closed_on, closed_by : date and str, or None
    rationale : str or None
        Why, as a whole.
    why_criteria, why_candidates : mapping of str to str
        Why, by the id of a goal or criterion, and by that of a candidate or member.
    participants : tuple of Person
    conflicts : tuple of DeclaredConflict
    """

    round_id: str | None = None
    round_title: str | None = None
    sha256: str | None = None
    closed_on: date | None = None
    closed_by: str | None = None
    rationale: str | None = None
    why_criteria: Mapping[str, str] = field(default_factory=dict)
    why_candidates: Mapping[str, str] = field(default_factory=dict)
    participants: tuple[Person, ...] = ()
    conflicts: tuple[DeclaredConflict, ...] = ()

    @property
    def called(self) -> str:
        """The round in names of files: its id, or else the beginning of its hash; “draft” where none was closed."""
        return "draft" if self.sha256 is None else self.round_id or self.sha256[:12]

    @property
    def file_name(self) -> str:
        """What the file is called that holds the round itself."""
        return f"round-{self.called}.json"

    @property
    def in_words(self) -> str:
        """Which round it is, when it was closed, and by whom; or that it is a draft."""
        if self.sha256 is None:
            return "draft: no round was closed, and nothing here is on record"
        named = self.round_id or "closed"
        if self.round_title and self.round_title != named:
            named += f", {self.round_title}"
        if self.closed_on is not None:
            named += f", closed on {self.closed_on.isoformat()}"
        return f"{named} by {self.closed_by}" if self.closed_by else named


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
