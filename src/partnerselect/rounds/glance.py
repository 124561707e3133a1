"""What a timeline shows of a closed round: its day, and who was chosen."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from partnerselect.errors import RoundsError
from partnerselect.rounds.tables import rounds

NEWEST = 12
"""Rounds that a timeline shows."""


@dataclass(frozen=True, slots=True)
class Glance:
    """A round at a glance.

    Attributes
    ----------
    sha256, title : str
    as_of : date
        The day up to which evidence counted.
    chosen : tuple of str
        Names of the chosen candidates.
    """

    sha256: str
    title: str
    as_of: date
    chosen: tuple[str, ...]


def glances(connection: Connection, hashes: Collection[str]) -> dict[str, Glance]:
    """Rounds at a glance, by hash; a record is read, and neither its hash nor its fields are checked.

    Raises
    ------
    RoundsError
        Where a record is no record any more.
    """
    asked = select(rounds.c.sha256, rounds.c.title, rounds.c.record).where(rounds.c.sha256.in_(hashes))
    found = {}
    for row in connection.execute(asked):
        try:
            content = json.loads(row.record)
            names = {one["id"]: one["name"] for one in content["decision"]["candidates"]}
            chosen = tuple(str(names[one]) for one in content["chosen"])
            found[row.sha256] = Glance(row.sha256, row.title, date.fromisoformat(content["decision"]["as_of"]), chosen)
        except (ValueError, KeyError, TypeError):
            raise RoundsError(f"The record of the round “{row.title}” was damaged: verify the rounds.") from None
    return found
