"""A database for each test: a new SQLite file, and a new database in one throwaway PostgreSQL server."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from real_postgres import postgres
from sqlalchemy import make_url

from partnerselect.rounds.store import Store, open_store

POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.postgres)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """URL of a database of a PostgreSQL server that is started when the first test asks for it."""
    with postgres() as url:
        yield url


@pytest.fixture
def postgres_url(server: str) -> Iterator[str]:
    """URL of a new PostgreSQL database."""
    name = f"rounds_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}".encode())
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the SQLite file of a test lies."""
    return tmp_path / "rounds.sqlite3"


@pytest.fixture(params=["sqlite", POSTGRESQL])
def url(request: pytest.FixtureRequest, file: Path) -> str:
    """A new database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{file}"
    named: str = request.getfixturevalue("postgres_url")
    return named


@pytest.fixture
def opened() -> Iterator[Callable[..., Store]]:
    """Opens stores, and closes their connections in the end."""
    with ExitStack() as all_of_them:
        yield lambda url, wait=0.2: all_of_them.enter_context(open_store(url, wait))


@pytest.fixture
def store(url: str, opened: Callable[..., Store]) -> Store:
    """A new store in a database of each kind."""
    return opened(url)
