"""A round as it stands in a list: everything but its record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Connection, RowMapping, select

from partnerselect.errors import RoundsError
from partnerselect.model import Frozen
from partnerselect.model.types import Id
from partnerselect.rounds.failures import NotThereError
from partnerselect.rounds.record import Moment, Name, RoundId, RoundRecord, Sha256, faults, stamp
from partnerselect.rounds.tables import rounds

COLUMNS = tuple(one for one in rounds.columns if one.name != "record")


class RoundSummary(Frozen):
    """What a list of rounds shows; the record itself is not read for it.

    Attributes
    ----------
    sha256, previous : str
        Its hash, and that of the round before; None for the first.
    decision, id, title : str
    number : int
        Place in the chain of its decision, from 1.
    closed_at, closed_by
    imported_at, imported_by
        When it came from a file, and who brought it; None where it was closed here.
    """

    sha256: Sha256
    decision: Id
    number: int
    id: RoundId
    title: Name
    previous: Sha256 | None
    closed_at: Moment
    closed_by: Name
    imported_at: Moment | None = None
    imported_by: Name | None = None


def said_by(content: Mapping[str, Any]) -> dict[str, Any]:
    """What the columns of a round say, from the plain JSON of its record."""
    names = ("sha256", "id", "title", "previous", "closed_at", "closed_by")
    decision = content.get("decision")
    about = decision.get("id") if isinstance(decision, Mapping) else None
    return {**{name: content.get(name) for name in names}, "decision": about}


def columns_of(record: RoundRecord) -> dict[str, Any]:
    """What the columns of a round say, from its record."""
    return {
        "sha256": record.sha256,
        "decision": record.decision.id,
        "id": record.id,
        "title": record.title,
        "previous": record.previous,
        "closed_at": stamp(record.closed_at),
        "closed_by": record.closed_by,
    }


def listed(connection: Connection, which: ColumnElement[bool]) -> tuple[RoundSummary, ...]:
    """The rounds that a condition picks, by decision, oldest first."""
    asked = select(*COLUMNS).where(which).order_by(rounds.c.decision, rounds.c.number)
    return tuple(_summary(row) for row in connection.execute(asked).mappings())


def last(connection: Connection, decision: str) -> RoundSummary | None:
    """The newest round of a decision, None where it has none."""
    asked = select(*COLUMNS).where(rounds.c.decision == decision).order_by(rounds.c.number.desc()).limit(1)
    row = connection.execute(asked).mappings().one_or_none()
    return None if row is None else _summary(row)


def by_hash(connection: Connection, sha256: str) -> RoundSummary:
    """The round with this hash; NotThereError where there is none."""
    found = listed(connection, rounds.c.sha256 == sha256)
    if not found:
        raise NotThereError(f"There is no round with the hash {sha256[:12]}….")
    return found[0]


def _summary(row: RowMapping) -> RoundSummary:
    try:
        return RoundSummary.model_validate(dict(row))
    except ValidationError as error:
        raise RoundsError(f"A row of the list of rounds was damaged ({faults(error)}): verify the rounds.") from None
