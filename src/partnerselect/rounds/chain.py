"""How a round takes its place: after the last one of its decision, one at a time."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from partnerselect.errors import RoundsError
from partnerselect.rounds.plain_json import bounded, parsed
from partnerselect.rounds.record import RoundRecord, read_record
from partnerselect.rounds.summary import RoundSummary, columns_of, listed, said_by
from partnerselect.rounds.tables import rounds
from partnerselect.rounds.usable import refuse_unusable


def in_turn(connection: Connection) -> None:
    """Whoever adds a round waits for the one who adds another; in SQLite the transaction sees to that."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE rounds IN SHARE ROW EXCLUSIVE MODE")


def append(
    connection: Connection, record: RoundRecord, content: bytes, before: RoundSummary | None, **more: str
) -> None:
    """Store a record for good, after the last round of its decision.

    RoundsError where its id is taken, or where no page could show it.

    Parameters
    ----------
    connection : Connection
        In a transaction in which it is this round's turn.
    record : RoundRecord
    content : bytes
        Its canonical JSON.
    before : RoundSummary or None
        The last round of its decision.
    **more
        Further columns.
    """
    bounded(content)
    about = columns_of(record)
    if said_by(parsed(content)) != about:
        raise RoundsError("The record is not written as PartnerSelect writes it: take the file as it was exported.")
    same = (rounds.c.decision == about["decision"]) & (rounds.c.id == record.id)
    if connection.execute(select(rounds.c.number).where(same)).first() is not None:
        raise RoundsError(f"There is a round {record.id} of {about['decision']} already: give this one another id.")
    refuse_unusable(record)
    read_record(content)  # what is kept for good can be read again
    number = 1 if before is None else before.number + 1
    connection.execute(insert(rounds).values(number=number, record=content.decode(), **about, **more))


def no_place(connection: Connection, record: RoundRecord) -> str:
    """Why a record does not belong after the last round of its decision."""
    decision, start = record.decision.id, f"The round {record.id} was not imported: "
    if record.previous is None:
        return f"{start}it is a first round, and {decision} has rounds here already, which it does not belong to."
    here = listed(connection, rounds.c.sha256 == record.previous)
    if not here:
        return f"{start}it follows a round that is not here (hash {record.previous[:12]}…): import that one first."
    return f"{start}another round follows {here[0].id} here already: a chain has no branches."
