"""The store of drafts and rounds."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from sqlalchemy import delete, insert, select, true, update

from partnerselect.errors import RoundsError
from partnerselect.rounds.chain import append, in_turn, no_place
from partnerselect.rounds.draft import Draft
from partnerselect.rounds.draft_rows import columns_of, draft_of, draft_row, open_draft, resaved
from partnerselect.rounds.engine import WAIT, Database
from partnerselect.rounds.failures import NotThereError
from partnerselect.rounds.glance import NEWEST, Glance, glances
from partnerselect.rounds.plain_json import canonical, parsed
from partnerselect.rounds.record import (
    RoundContent,
    RoundRecord,
    now,
    read_record,
    sealed,
    signature,
    stamp,
    written,
)
from partnerselect.rounds.summary import RoundSummary, by_hash, last, listed
from partnerselect.rounds.tables import drafts, rounds
from partnerselect.rounds.upgrade import upgrade
from partnerselect.rounds.verification import Verification, verified

_SHORT = re.compile("[0-9a-f]{12,63}")
"""The beginning of a hash, as lists show it."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A round that came from a file; `was_there` where it stood here already, and nothing was done."""

    round_: RoundSummary
    was_there: bool


class Store:
    """Drafts, which change, and closed rounds, which do not.

    Every method is one transaction: what it returned from is stored, and what it raised from left all as it was. A
    `StoreError` tells what is wrong with the place itself; other `RoundsError` tell why a step is not possible.

    Attributes
    ----------
    place : str
        Where the rounds are kept, in words fit for the screen.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.place = database.place

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Close what connections are kept open; the store can be used again."""
        self._database.engine.dispose()

    def drafts(self, decision: str) -> tuple[Draft, ...]:
        """Open drafts of a decision, the one saved last first."""
        asked = select(drafts).where(drafts.c.decision == decision, drafts.c.closed_as.is_(None))
        with self._database.reading() as connection:
            rows = connection.execute(asked.order_by(drafts.c.updated_at.desc(), drafts.c.id)).mappings().all()
        return tuple(draft_of(row) for row in rows)

    def draft(self, draft_id: str) -> Draft:
        """A draft, closed or not; NotThereError where there is none."""
        with self._database.reading() as connection:
            return draft_of(draft_row(connection, draft_id))

    def create_draft(self, draft: Draft, by: str) -> Draft:
        """Store a new draft; it is returned as revision 1."""
        new = resaved(draft, 1, by)
        with self._database.writing() as connection:
            if draft.base is not None:
                by_hash(connection, draft.base)
            connection.execute(insert(drafts).values(id=new.id, decision=new.decision, **columns_of(new)))
        return new

    def save_draft(self, draft: Draft, by: str) -> Draft:
        """Store a changed draft as the next revision, and return it.

        Raises
        ------
        StaleDraftError, DraftClosedError, NotThereError
            When somebody saved, closed or discarded it since `draft` was read.
        """
        new = resaved(draft, draft.revision + 1, by)
        with self._database.writing() as connection:
            open_draft(connection, draft.id, draft.revision)
            connection.execute(update(drafts).where(drafts.c.id == draft.id).values(**columns_of(new)))
        return new

    def discard_draft(self, draft_id: str, revision: int) -> None:
        """Delete an open draft, as it stood at this revision; raises as `save_draft` does."""
        with self._database.writing() as connection:
            open_draft(connection, draft_id, revision)
            connection.execute(delete(drafts).where(drafts.c.id == draft_id))

    def close(self, draft_id: str, revision: int, content: RoundContent, by: str) -> RoundRecord:
        """Close a draft: its content becomes the next round of its decision, for good.

        Parameters
        ----------
        draft_id : str
        revision : int
            The revision of the draft that the content was made from.
        content : RoundContent
        by : str
            Who closes it.

        Raises
        ------
        DraftClosedError
            When somebody closed it already; it says who, when, and as which round.
        StaleDraftError, NotThereError
            When somebody saved or discarded it meanwhile.
        RoundsError
            When the content is about another decision, has the id of a round that there is, or cannot be kept.
        """
        by = signature(by)
        with self._database.writing() as connection:
            in_turn(connection)
            draft = open_draft(connection, draft_id, revision)
            if content.decision.id != draft.decision:
                raise RoundsError(f"The draft is about {draft.decision}, and the content about {content.decision.id}.")
            before = last(connection, draft.decision)
            record = sealed(
                content,
                opened_at=draft.opened_at,
                closed_at=now(),
                closed_by=by,
                previous=None if before is None else before.sha256,
            )
            append(connection, record, written(record), before)
            connection.execute(update(drafts).where(drafts.c.id == draft_id).values(closed_as=record.sha256))
        return record

    def rounds(self, decision: str | None = None) -> tuple[RoundSummary, ...]:
        """Closed rounds of a decision, or of all, oldest first; no record is read for it."""
        with self._database.reading() as connection:
            return listed(connection, true() if decision is None else rounds.c.decision == decision)

    def glances(self, hashes: Collection[str]) -> dict[str, Glance]:
        """Day and choice of closed rounds, by hash; see `round_` for a record that is checked."""
        with self._database.reading() as connection:
            return glances(connection, hashes)

    def timeline(self, decision: str, until: str | None = None) -> tuple[Glance, ...]:
        """The newest rounds of a decision at a glance, oldest first; none after `until` (a hash)."""
        hashes = [one.sha256 for one in self.rounds(decision)]
        if until in hashes:
            hashes = hashes[: hashes.index(until) + 1]
        seen = self.glances(hashes[-NEWEST:])
        return tuple(seen[one] for one in hashes[-NEWEST:])

    def round_(self, name: str, decision: str | None = None) -> RoundRecord:
        """A closed round by its hash, the first 12 signs of it, or its id; its hash is checked.

        Raises
        ------
        NotThereError
            When there is none, or when the id names rounds of several decisions and `decision` does not say which.
        RoundsError
            When the record was changed, or is of a version that this program does not read.
        """
        return self._found(name, decision)[0]

    def export(self, name: str, decision: str | None = None) -> bytes:
        """A closed round, found as in `round_`, as the JSON text that `import_` takes: complete in itself."""
        return self._found(name, decision)[1].encode() + b"\n"

    def import_(self, content: bytes, by: str) -> Imported:
        """Add a round that was exported elsewhere, at the end of the chain that it belongs to.

        A round that is here already is left alone. A first round is taken where its decision has none, any other
        where the round before it is the last one here: a chain has no gaps and no branches.

        Parameters
        ----------
        content : bytes
            What `export` gave, at most 20 MB.
        by : str
            Who brings it.

        Raises
        ------
        RoundsError
            When the content was changed, cannot be read, or has no place in the chain; nothing was imported.
        """
        by, record = signature(by), read_record(content)
        with self._database.writing() as connection:
            in_turn(connection)
            if there := listed(connection, rounds.c.sha256 == record.sha256):
                return Imported(there[0], was_there=True)
            before = last(connection, record.decision.id)
            if record.previous != (None if before is None else before.sha256):
                raise RoundsError(no_place(connection, record))
            append(connection, record, canonical(parsed(content)), before, imported_at=stamp(now()), imported_by=by)
            return Imported(by_hash(connection, record.sha256), was_there=False)

    def verify(self, decision: str | None = None) -> Verification:
        """Whether every closed round is as it was closed and in its place; names the first that is not."""
        with self._database.reading() as connection:
            return verified(connection, decision)

    def _found(self, name: str, decision: str | None) -> tuple[RoundRecord, str]:
        """A round that is as it was closed, and its text as it is stored."""
        this = (rounds.c.sha256 == name) | (rounds.c.id == name)
        if _SHORT.fullmatch(name):
            this |= rounds.c.sha256.startswith(name)
        if decision is not None:
            this &= rounds.c.decision == decision
        with self._database.reading() as connection:
            found = connection.execute(select(rounds.c.sha256, rounds.c.decision, rounds.c.record).where(this)).all()
        if len(found) > 1:
            decisions = ", ".join(sorted(row.decision for row in found))
            raise NotThereError(f"Several decisions have a round {name} ({decisions}): say which one.")
        if not found:
            raise NotThereError(f"There is no round {name}.")
        record, text = read_record(found[0].record), str(found[0].record)
        if record.sha256 != found[0].sha256:
            raise RoundsError(f"Round {name} was changed: the record of round {record.id} stands in its place.")
        return record, text


def open_store(url: str | None = None, wait: float = WAIT) -> Store:
    """The store of rounds, its tables made or brought up to date.

    Parameters
    ----------
    url : str or None
        ``sqlite:///path/to/file`` or ``postgresql://user:password@host/database``; by default what the variable
        PARTNERSELECT_DATABASE_URL says, else a file in the user's data folder.
    wait : float
        Seconds that a step waits for another program to finish with the database.

    Raises
    ------
    StoreError
        When the place cannot be opened, is damaged, or was made by a newer version: it was not touched.
    """
    database = Database(url, wait)
    try:
        upgrade(database)
    except BaseException:
        database.engine.dispose()
        raise
    return Store(database)
