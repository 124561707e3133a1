"""What can go wrong with the store, in plain words; never with a password in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from partnerselect.errors import RoundsError

_SAFE = "Nothing of this step was stored, and everything before it is as it was."


class StoreError(RoundsError):
    """The place where rounds are kept cannot be read or written."""


class StaleDraftError(RoundsError):
    """Somebody else saved the draft meanwhile.

    Attributes
    ----------
    by : str
    at : datetime
    """

    def __init__(self, title: str, by: str, at: datetime) -> None:
        self.by, self.at = by, at
        super().__init__(
            f"{by} saved the draft “{title}” on {_when(at)}, after you opened it. Nothing was overwritten: load the "
            "draft again, and make your change in it."
        )


class DraftClosedError(RoundsError):
    """Somebody closed the draft already.

    Attributes
    ----------
    by : str
    at : datetime
    round_id, sha256 : str
        The round that it became.
    """

    def __init__(self, title: str, by: str, at: datetime, round_id: str, sha256: str) -> None:
        self.by, self.at, self.round_id, self.sha256 = by, at, round_id, sha256
        super().__init__(
            f"{by} closed the draft “{title}” on {_when(at)}, as round {round_id}. A closed round is never changed: "
            "start a new draft from it."
        )


class NotThereError(RoundsError):
    """No draft or round has this name."""


def explained(error: SQLAlchemyError, place: str) -> StoreError:
    """The error of a database as a StoreError that says what happened, what is safe, and what to do.

    Parameters
    ----------
    error : SQLAlchemyError
    place : str
        The store in words, as `Store.place`.
    """
    cause = error.orig if isinstance(error, DBAPIError) else None
    code = getattr(cause, "sqlite_errorcode", None)
    state = getattr(cause, "sqlstate", None)
    said = " ".join(str(cause or error).split())[:300]
    if code is not None:
        kind = _SQLITE.get(code) or _SQLITE.get(code & 0xFF)
    elif state is None and cause is not None and not isinstance(error, IntegrityError):
        kind = "away"
    else:
        kind = _POSTGRESQL.get(state or "") or _POSTGRESQL.get((state or "")[:2])
    sentence = _SENTENCES.get(kind or "", f"{{place}} refused it. {_SAFE}")
    return StoreError(f"{_capital(sentence.format(place=place))} ({said})")


_SENTENCES = {
    "full": f"there is no room left for {{place}}. {_SAFE} Make room, and do it again.",
    "read_only": f"{{place}} may not be written. {_SAFE} Ask for the right to write there, or name another place in "
    "PARTNERSELECT_DATABASE_URL.",
    "busy": f"another program holds {{place}}. {_SAFE} Wait until it has finished, and do it again.",
    "damaged": "{place} is damaged, or is no database of PartnerSelect. It was not changed. Put the last good copy in "
    "its place, or name another place in PARTNERSELECT_DATABASE_URL and import the rounds that were exported.",
    "closed": f"{{place}} keeps closed rounds as they are. {_SAFE}",
    "unopened": "{place} cannot be opened. Check that it is there, and that you may read and write it.",
    "disk": f"the disk refused to read or write {{place}}. {_SAFE} Check the disk, and do it again.",
    "away": f"{{place}} does not answer. {_SAFE} Check that the server runs and that PARTNERSELECT_DATABASE_URL is "
    "right, and do it again.",
    "refused": "{place} does not let you in. Check user, password and database in PARTNERSELECT_DATABASE_URL.",
    "tables": "{place} has lost its tables. Put the last good copy in its place.",
}
# Result codes, primary or extended: https://www.sqlite.org/rescode.html
_SQLITE = {
    1: "tables",
    3: "unopened",
    5: "busy",
    6: "busy",
    8: "read_only",
    10: "disk",
    11: "damaged",
    13: "full",
    14: "unopened",
    23: "unopened",
    26: "damaged",
    1811: "closed",
}
# SQLSTATE, or its class: https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL = {
    "08": "away",
    "23001": "closed",
    "25006": "read_only",
    "28": "refused",
    "3D": "refused",
    "42501": "read_only",
    "42P01": "tables",
    "53100": "full",
    "55P03": "busy",
    "57P": "away",
    "57": "away",
    "58": "disk",
    "XX": "damaged",
}


def _when(at: datetime) -> str:
    return at.strftime("%Y-%m-%d at %H:%M UTC")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
