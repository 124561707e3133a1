"""Bring the tables of a database up to this version of the program, once, whoever comes first."""

from __future__ import annotations

import threading
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection, column, func, inspect, select, table

from partnerselect.rounds import migrations
from partnerselect.rounds.engine import Database
from partnerselect.rounds.failures import StoreError
from partnerselect.rounds.migrations import REVISIONS, VERSION_TABLE
from partnerselect.rounds.tables import metadata

_ADVISORY_LOCK = 5_073_201_705
_one_at_a_time = threading.Lock()  # Alembic keeps the migration that runs in a global variable


def upgrade(database: Database) -> None:
    """Make the tables, or bring older ones up to date; nothing happens where they are.

    Raises
    ------
    StoreError
        When the database belongs to a newer version of the program or to another program: it is not touched.
    """
    with database.reading() as connection:
        if _revision(connection, database.place) == REVISIONS[-1]:
            return
    with _one_at_a_time, database.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_ADVISORY_LOCK)))
        if _revision(connection, database.place) != REVISIONS[-1]:
            _run(connection)


def _revision(connection: Connection, place: str) -> str | None:
    """The revision of a database, None where it has no tables yet."""
    tables = inspect(connection)
    if not tables.has_table(VERSION_TABLE):
        if any(tables.has_table(name) for name in metadata.tables):
            raise StoreError(f"{place[0].upper()}{place[1:]} belongs to another program. It was not touched.")
        return None
    found: str | None = connection.scalar(select(column("version_num")).select_from(table(VERSION_TABLE)))
    if found is not None and found not in REVISIONS:
        raise StoreError(
            f"{place[0].upper()}{place[1:]} was made by a newer PartnerSelect (its tables are at {found}, and "
            f"version {version('partnerselect')} knows them up to {REVISIONS[-1]}). It was not touched: use the newer "
            "PartnerSelect."
        )
    return found


def _run(connection: Connection) -> None:
    """Alembic is loaded here: a database that is up to date does without it."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
