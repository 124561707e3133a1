"""The record of a closed round: everything that was decided and what it rested on, under one hash."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    Field,
    PlainSerializer,
    PlainValidator,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from partnerselect.errors import RoundsError
from partnerselect.model import Decision, Frozen, SetRule
from partnerselect.model.types import Id, PointsById, Text
from partnerselect.rounds.plain_json import canonical, digest, frozen_object, parsed, thawed

SCHEMA_VERSION = 1


def _address(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", text):
        raise ValueError(
            f"{text[:60]!r} cannot stand in addresses: write at most 40 of a-z, 0-9, - and _, as in 2017-05"
        )
    return text


RoundId = Annotated[str, AfterValidator(_address)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Moment = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC).replace(microsecond=0))]
TextById = Annotated[
    Mapping[Id, Text],
    AfterValidator(lambda texts: MappingProxyType(dict(texts))),
    PlainSerializer(dict, return_type=dict[str, str]),
]
Results = Annotated[
    Mapping[str, Any], PlainValidator(frozen_object), PlainSerializer(thawed, return_type=dict[str, Any])
]
_NAME: TypeAdapter[str] = TypeAdapter(Name)


class Participant(Frozen):
    """Somebody who took part."""

    name: Name
    organisation: Name | None = None
    role: Name | None = None


class Conflict(Frozen):
    """A conflict of interest that somebody declared."""

    person: Name
    candidate: Id
    note: Text | None = None


class Rationale(Frozen):
    """Why: as a whole, for criteria, and for candidates."""

    text: Text | None = None
    criteria: TextById = Field(default_factory=lambda: MappingProxyType({}))
    candidates: TextById = Field(default_factory=lambda: MappingProxyType({}))


class RoundContent(Frozen):
    """What people put on record when they close a round; the store adds who, when, and the place in the chain.

    Attributes
    ----------
    id, title : str
        What the round is called, in addresses (such as 2017-05) and on screen.
    decision : Decision
        The whole decision as it was read: every goal, candidate, member and statement.
    points : mapping of str to float
        Points of goals and criteria, as they were set.
    viewpoint : str or None
        The viewpoint that the points come from, None where they were set by hand.
    rules : tuple of SetRule
        The rules of the set in force.
    results : mapping of str to plain data
        What was computed: finite numbers, texts, lists, mappings, and None where there is no number.
    seed : int
        Where the draws began.
    chosen : tuple of str
        Ids of the candidates that were chosen; empty where nobody was.
    """

    schema_version: Literal[1] = 1
    id: RoundId
    title: Name
    decision: Decision
    points: PointsById
    viewpoint: Id | None = None
    rules: tuple[SetRule, ...] = ()
    results: Results = Field(default_factory=lambda: MappingProxyType({}))
    seed: Annotated[int, Field(strict=True, ge=0, lt=2**53)] = 0
    chosen: tuple[Id, ...] = ()
    rationale: Rationale = Field(default_factory=Rationale)
    participants: Annotated[tuple[Participant, ...], Field(max_length=1000)] = ()
    conflicts: Annotated[tuple[Conflict, ...], Field(max_length=1000)] = ()

    @model_validator(mode="after")
    def _about_its_decision(self) -> Self:
        criteria = set(self.decision.ids())
        candidates = {candidate.id for candidate in self.decision.candidates}
        members = {member.id for member in self.decision.members}
        _known("points", self.points, criteria)
        _known("chosen", self.chosen, candidates)
        _known("rationale.criteria", self.rationale.criteria, criteria)
        _known("rationale.candidates", self.rationale.candidates, candidates | members)
        _known("conflicts", [conflict.candidate for conflict in self.conflicts], candidates | members)
        if len(set(self.chosen)) < len(self.chosen):
            raise ValueError("chosen names a candidate twice")
        return self


class RoundRecord(RoundContent):
    """A closed round: its content, who closed it and when, the hash of the round before, and its own.

    Attributes
    ----------
    software : str
        Version of PartnerSelect that closed it.
    opened_at, closed_at : datetime
        In UTC, to the second.
    closed_by : str
    previous : str or None
        Hash of the round before of the same decision; None for the first.
    sha256 : str
        Hash of the canonical JSON of everything else.
    """

    software: Name
    opened_at: Moment
    closed_at: Moment
    closed_by: Name
    previous: Sha256 | None
    sha256: Sha256

    def __hash__(self) -> int:
        return hash(self.sha256)


def sealed(
    content: RoundContent, *, opened_at: datetime, closed_at: datetime, closed_by: str, previous: str | None
) -> RoundRecord:
    """The record of a round that is closed now, with its hash; the content as it will be read again.

    Parameters
    ----------
    content : RoundContent
    opened_at, closed_at : datetime
        With a time zone.
    closed_by : str
    previous : str or None
        Hash of the last round of the same decision.

    Raises
    ------
    RoundsError
        When the content cannot be kept as JSON; it names the place.
    """
    given = {
        **content.model_dump(mode="json", warnings=False),
        "software": version("partnerselect"),
        "opened_at": opened_at,
        "closed_at": closed_at,
        "closed_by": closed_by,
        "previous": previous,
        "sha256": "0" * 64,
    }
    record = _validated(given)
    return record.model_copy(update={"sha256": digest(record.model_dump(mode="json"))})


def checked(record: RoundRecord) -> RoundRecord:
    """The record as it was sealed here, if its hash is right; else a RoundsError."""
    if digest(record.model_dump(mode="json")) != record.sha256:
        raise RoundsError(f"Round {record.id} was changed: its content does not match its hash.")
    return record


def written(record: RoundRecord) -> bytes:
    """The canonical JSON of a record that was sealed here: what is stored, and what an export holds."""
    return canonical(checked(record).model_dump(mode="json"))


def read_record(text: bytes | str) -> RoundRecord:
    """The record that a JSON text holds, its hash checked.

    The hash is that of the text, not of the object: fields that records got later take their defaults.

    Raises
    ------
    RoundsError
        When the text is no strict JSON (see `parsed`), was written for a version of records that this program does
        not know, does not match its hash, or is not complete.
    """
    content = parsed(text)
    check_version(content)
    if content.get("sha256") != digest(content):
        raise RoundsError("The record was changed: its content does not match its hash.")
    return _validated(content)


def check_version(content: Mapping[str, Any]) -> None:
    """RoundsError where a record is of a version that this program does not read."""
    found = content.get("schema_version")
    if isinstance(found, bool) or not isinstance(found, int):
        raise RoundsError("This is no record of a round: it has no schema_version.")
    if found != SCHEMA_VERSION:
        raise RoundsError(
            f"The record has schema version {found}, and PartnerSelect {version('partnerselect')} reads version "
            f"{SCHEMA_VERSION}: open it with a newer PartnerSelect."
        )


def signature(by: str) -> str:
    """The name of somebody who does something; RoundsError where it is empty, too long or not one line."""
    try:
        return _NAME.validate_python(by.strip())
    except ValidationError:
        raise RoundsError("Say who does this: a name of one line, at most 200 characters.") from None


def now() -> datetime:
    """This moment in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def stamp(moment: datetime) -> str:
    """A moment as records and tables hold it: 2017-05-31T12:00:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def faults(error: ValidationError) -> str:
    """What is wrong, in one line, at most five places."""
    found = [
        ": ".join(filter(None, (".".join(map(str, fault["loc"])), fault["msg"].removeprefix("Value error, "))))
        for fault in error.errors(include_url=False, include_context=False)
    ]
    more = f"; and {len(found) - 5} more" if len(found) > 5 else ""
    return "; ".join(found[:5]) + more


def _validated(content: Mapping[str, Any]) -> RoundRecord:
    try:
        return RoundRecord.model_validate(content)
    except ValidationError as error:
        raise RoundsError(f"The record cannot be kept: {faults(error)}.") from None


def _known(place: str, ids: Any, known: set[str]) -> None:
    if unknown := [one for one in ids if one not in known]:
        raise ValueError(f"{place} names {unknown[0]}, which the decision does not have")
