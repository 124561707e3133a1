"""Drafts as rows of their table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, RowMapping, select

from partnerselect.rounds.draft import Draft
from partnerselect.rounds.failures import DraftClosedError, NotThereError, StaleDraftError
from partnerselect.rounds.plain_json import bounded
from partnerselect.rounds.record import now, signature, stamp
from partnerselect.rounds.summary import by_hash
from partnerselect.rounds.tables import drafts


def resaved(draft: Draft, revision: int, by: str) -> Draft:
    """The draft as it will be read again."""
    columns = {"id": draft.id, "decision": draft.decision, "updated_at": now(), "updated_by": signature(by)}
    return Draft.stored(draft.content(), revision=revision, **columns)


def columns_of(draft: Draft) -> dict[str, Any]:
    """The columns that change when a draft is saved."""
    assert draft.updated_at is not None
    content = draft.content()
    bounded(content.encode())
    at = stamp(draft.updated_at)
    return {"revision": draft.revision, "content": content, "updated_at": at, "updated_by": draft.updated_by}


def draft_of(row: RowMapping) -> Draft:
    """The draft that a row holds; RoundsError where it cannot be read."""
    columns = {name: row[name] for name in ("id", "decision", "revision", "updated_at", "updated_by")}
    return Draft.stored(row["content"], **columns)


def draft_row(connection: Connection, draft_id: str, to_change: bool = False) -> RowMapping:
    """The row of a draft, closed or not; NotThereError where there is none.

    With `to_change` nobody else changes it until the transaction ends.
    """
    asked = select(drafts).where(drafts.c.id == draft_id)
    if to_change:
        asked = asked.with_for_update()
    row = connection.execute(asked).mappings().one_or_none()
    if row is None:
        raise NotThereError("There is no such draft any more: somebody discarded it.")
    return row


def open_draft(connection: Connection, draft_id: str, revision: int) -> Draft:
    """The draft, to be changed in this transaction: open, and still at this revision.

    Raises
    ------
    StaleDraftError, DraftClosedError, NotThereError
        When somebody saved, closed or discarded it since that revision.
    """
    row = draft_row(connection, draft_id, to_change=True)
    draft = draft_of(row)
    if row["closed_as"] is not None:
        closed = by_hash(connection, row["closed_as"])
        raise DraftClosedError(draft.title, closed.closed_by, closed.closed_at, closed.id, closed.sha256)
    if draft.revision != revision:
        raise StaleDraftError(draft.title, str(draft.updated_by), draft.updated_at or now())
    return draft
