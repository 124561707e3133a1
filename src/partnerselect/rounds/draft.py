"""A draft of a round: what people change until they close it."""

from __future__ import annotations

import secrets
from typing import Annotated, Self

from pydantic import Field, ValidationError

from partnerselect.errors import RoundsError
from partnerselect.model import Day, Frozen, SetRule
from partnerselect.model.types import Id, PointsById, Text
from partnerselect.rounds.plain_json import canonical, parsed
from partnerselect.rounds.record import Conflict, Moment, Name, Participant, Rationale, Sha256, faults, now

_COLUMNS = {"id", "decision", "revision", "updated_at", "updated_by"}


class Draft(Frozen):
    """A round that is being prepared; every change is a new object, and saving it makes a new revision.

    Attributes
    ----------
    id : str
        Made up when the draft is.
    decision : str
        Id of the decision.
    title : str
    base : str or None
        Hash of the round that the draft began from.
    as_of : date
        Evidence up to this day counts.
    points : mapping of str to float
    viewpoint : str or None
    rules : tuple of SetRule or of text, or None
        Rules of the set, or the texts that stand for them; None leaves the decision's own in force.
    chosen : tuple of str, or None
        Candidates chosen by hand; None leaves it to the best set.
    rationale, participants, conflicts
        As in `RoundContent`.
    opened_at : datetime
    revision : int
        0 until it is stored.
    updated_at, updated_by
        When it was saved last, and by whom; None until it is stored.
    """

    id: Id = Field(default_factory=lambda: f"draft-{secrets.token_hex(8)}")
    decision: Id
    title: Name
    base: Sha256 | None = None
    as_of: Day
    points: PointsById
    viewpoint: Id | None = None
    rules: Annotated[tuple[SetRule | Text, ...], Field(max_length=100)] | None = None
    chosen: tuple[Id, ...] | None = None
    rationale: Rationale = Field(default_factory=Rationale)
    participants: Annotated[tuple[Participant, ...], Field(max_length=1000)] = ()
    conflicts: Annotated[tuple[Conflict, ...], Field(max_length=1000)] = ()
    opened_at: Moment = Field(default_factory=now)
    revision: int = 0
    updated_at: Moment | None = None
    updated_by: Name | None = None

    def content(self) -> str:
        """Canonical JSON of everything that has no column of its own."""
        return canonical(self.model_dump(mode="json", exclude=_COLUMNS, warnings=False)).decode()

    @classmethod
    def stored(cls, content: str, **columns: object) -> Self:
        """The draft that a content and its columns make; RoundsError where they are no draft."""
        try:
            return cls.model_validate({**parsed(content), **columns})
        except ValidationError as error:
            raise RoundsError(f"The draft {columns.get('id')} cannot be kept or read: {faults(error)}.") from None
