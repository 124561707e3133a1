"""Where rounds are kept, and how transactions go there: SQLite in one file, or PostgreSQL by URL."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from platformdirs import user_data_path
from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from partnerselect.rounds.failures import StoreError, explained

VARIABLE = "PARTNERSELECT_DATABASE_URL"
WAIT = 5.0
"""Seconds that a step waits for another program to finish."""

_BUSY = 5


class Database:
    """A database that rounds are kept in, and its name in words.

    Parameters
    ----------
    url : str or None
        ``sqlite:///file`` or ``postgresql://user:password@host/database``; by default what PARTNERSELECT_DATABASE_URL
        says, else a file in the user's data folder.
    wait : float
        Seconds that a step waits for another program to finish.

    Raises
    ------
    StoreError
        When the URL means nothing, or its file cannot be made.
    """

    def __init__(self, url: str | None = None, wait: float = WAIT) -> None:
        where = _located(url or os.environ.get(VARIABLE) or None)
        self._wait = wait
        if isinstance(where, Path):
            self.place = f"the file {where}"
            self.engine = self._file(where)
        else:
            self.place = _server_words(where)
            self.engine = _server(where, wait)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the database and changes nothing."""
        options: dict[str, Any] = {} if self._is_file else {"isolation_level": "REPEATABLE READ"}
        with self._begun(options) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is stored as a whole when it ends, or not at all."""
        with self._begun({"begin": "BEGIN IMMEDIATE"} if self._is_file else {}) as connection:
            if not self._is_file:
                connection.execute(text(f"SET LOCAL lock_timeout = {int(self._wait * 1000)}"))
            yield connection

    @contextmanager
    def _begun(self, options: dict[str, Any]) -> Iterator[Connection]:
        try:
            with self.engine.connect() as plain:
                connection = plain.execution_options(**options)
                with connection.begin():
                    yield connection
        except SQLAlchemyError as error:
            raise explained(error, self.place) from error

    @property
    def _is_file(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def _file(self, path: Path) -> Engine:
        address = f"file:{quote(str(path))}?mode=rw"  # never makes a new file where one was taken away

        def opened() -> sqlite3.Connection:
            connection = sqlite3.connect(address, uri=True, timeout=self._wait, isolation_level=None)
            # Bytes that are no UTF-8 can only be damage; they are read as such, and fail the check of the hash.
            connection.text_factory = lambda content: content.decode(errors="replace")
            return connection

        engine = create_engine("sqlite://", creator=opened, poolclass=NullPool)

        @event.listens_for(engine, "connect")
        def _settings(connection: sqlite3.Connection, _: object) -> None:
            for setting in ("synchronous = FULL", "foreign_keys = ON"):
                connection.execute(f"PRAGMA {setting}")

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

        try:
            _made(path, self._wait)
        except sqlite3.Error as error:
            raise explained(DBAPIError(None, None, error), self.place) from error
        except OSError as error:
            raise StoreError(
                f"{self.place[0].upper()}{self.place[1:]} cannot be made: {error.strerror}. Make its folder and the "
                f"right to write there, or name another place in {VARIABLE}."
            ) from error
        return engine


def _located(url: str | None) -> Path | URL:
    if url is None:
        return user_data_path("partnerselect", appauthor=False) / "rounds.sqlite3"
    try:
        parts = make_url(url)
        kind = parts.get_backend_name()
    except (ArgumentError, ValueError):
        kind = ""
    if kind == "sqlite" and parts.database not in (None, "", ":memory:"):
        return Path(str(parts.database)).expanduser().absolute()
    if kind in ("postgresql", "postgres"):
        return parts.set(drivername="postgresql+psycopg")
    raise StoreError(
        f"{VARIABLE} names no place for rounds: write sqlite:///path/to/rounds.sqlite3 or "
        "postgresql://user:password@host/database."
    )


def _made(path: Path, wait: float) -> None:
    """A new file keeps a write-ahead log; it stays with the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file():
        raise OSError(0, "something that is no file stands there")
    if path.exists() and path.stat().st_size:
        return
    end = time.monotonic() + wait
    with closing(sqlite3.connect(path, timeout=wait, isolation_level=None)) as connection:
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL").fetchall()
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != _BUSY or time.monotonic() > end:
                    raise
                time.sleep(0.01)


def _server(url: URL, wait: float) -> Engine:
    patience = {} if "connect_timeout" in url.query else {"connect_timeout": max(2, int(wait))}
    try:
        return create_engine(url, pool_pre_ping=True, connect_args=patience)
    except ImportError as error:
        raise StoreError(
            f"{VARIABLE} names a PostgreSQL database, and the driver for it is not installed: install psycopg[binary] "
            "(the extra “postgres”)."
        ) from error


def _server_words(url: URL) -> str:
    query = {name: part if isinstance(part, str) else part[0] for name, part in url.query.items()}
    host = url.host or query.get("host") or "this machine"
    port = f", port {url.port}" if url.port else ""
    user = url.username or query.get("user")
    return f"the PostgreSQL database {url.database or query.get('dbname') or 'of the user'} on {host}{port}" + (
        f" (user {user})" if user else ""
    )
