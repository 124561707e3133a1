"""Whether every closed round is as it was closed, and follows the round that it says it follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, select, text

from partnerselect.errors import RoundsError
from partnerselect.rounds.failures import StoreError
from partnerselect.rounds.plain_json import digest, parsed
from partnerselect.rounds.summary import COLUMNS, said_by
from partnerselect.rounds.tables import drafts, rounds


@dataclass(frozen=True, slots=True)
class Fault:
    """The first round that is not as it was closed.

    Attributes
    ----------
    decision, sha256 : str
    number, id : int and str, or None
        As the list of rounds has them; None for a round that is not in it.
    reason : str
        What does not fit, as the end of a sentence that begins with the round.
    """

    decision: str
    number: int | None
    id: str | None
    sha256: str
    reason: str

    def __str__(self) -> str:
        which = "A round" if self.number is None else f"Round {self.number} ({self.id})"
        return f"{which} of the decision {self.decision} {self.reason}."


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of the chain found.

    Attributes
    ----------
    checked : int
        How many rounds are as they were closed, up to the fault.
    fault : Fault or None
        None where all of them are.
    """

    checked: int
    fault: Fault | None

    def __str__(self) -> str:
        if self.fault is not None:
            return str(self.fault)
        if self.checked == 1:
            return "The one round is as it was closed."
        return f"All {self.checked} rounds are as they were closed." if self.checked else "There are no closed rounds."


def verified(connection: Connection, decision: str | None) -> Verification:
    """Check the hash, the columns and the chain of every round of a decision, or of all decisions.

    A hash is checked on the JSON as it is stored, so this also holds for records of versions that this program cannot
    read. Rounds taken away from the end of a chain leave no trace in it; they show where a draft still points to them.

    Raises
    ------
    StoreError
        When no round was changed, and the SQLite file is damaged elsewhere.
    """
    asked = select(*COLUMNS).order_by(rounds.c.decision, rounds.c.number)
    rows = (
        connection.execute(asked if decision is None else asked.where(rounds.c.decision == decision)).mappings().all()
    )
    before: RowMapping | None = None
    for count, row in enumerate(rows):
        if before is not None and before["decision"] != row["decision"]:
            before = None
        record = connection.scalar(select(rounds.c.record).where(rounds.c.sha256 == row["sha256"]))
        if reason := _changed(row, record) or _out_of_place(row, before):
            return Verification(count, Fault(row["decision"], row["number"], row["id"], row["sha256"], reason))
        before = row
    if fault := _taken_away(connection, decision):
        return Verification(len(rows), fault)
    if connection.dialect.name == "sqlite" and (found := connection.scalars(text("PRAGMA quick_check")).all()) != [
        "ok"
    ]:
        raise StoreError(
            f"Every round is as it was closed, but the file around them is damaged ({str(found[0])[:200]}): export the "
            "rounds, and import them into a new file."
        )
    return Verification(len(rows), None)


def _changed(row: RowMapping, record: Any) -> str:
    try:
        content = parsed(record if isinstance(record, str | bytes) else b"")
        found = digest(content)
    except RoundsError as error:
        return f"was changed: {str(error).rstrip('.')}"
    if not found == row["sha256"] == content.get("sha256"):
        return "was changed: its content does not match its hash"
    differing = [name for name, value in said_by(content).items() if row[name] != value]
    return f"was changed: the list has another {differing[0]} than its record" if differing else ""


def _out_of_place(row: RowMapping, before: RowMapping | None) -> str:
    place, previous = (1, None) if before is None else (before["number"] + 1, before["sha256"])
    if row["number"] != place:
        return f"has the number {row['number']} where {place} belongs: a round before it is missing"
    if row["previous"] != previous:
        follows = "no round" if before is None else f"round {place - 1} ({before['id'] if before else ''})"
        return f"breaks the chain: it belongs after {follows}, and its record says otherwise"
    return ""


def _taken_away(connection: Connection, decision: str | None) -> Fault | None:
    asked = (
        select(drafts.c.decision, drafts.c.id, drafts.c.closed_as)
        .join(rounds, rounds.c.sha256 == drafts.c.closed_as, isouter=True)
        .where(drafts.c.closed_as.is_not(None), rounds.c.sha256.is_(None))
        .order_by(drafts.c.decision, drafts.c.id)
    )
    lost = (
        connection.execute(asked if decision is None else asked.where(drafts.c.decision == decision)).mappings().first()
    )
    if lost is None:
        return None
    return Fault(
        lost["decision"], None, None, lost["closed_as"], f"is missing: the draft {lost['id']} was closed as it"
    )
