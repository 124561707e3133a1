"""Where rounds are kept, and how a database is made, brought up to date, or refused."""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, make_url, text

from partnerselect.rounds import migrations, upgrade
from partnerselect.rounds.engine import VARIABLE, Database
from partnerselect.rounds.failures import StoreError
from partnerselect.rounds.migrations import REVISIONS, VERSION_TABLE
from partnerselect.rounds.store import Store, open_store
from partnerselect.rounds.tables import metadata
from tests.rounds.contents import closed, draft


def execute(url: str, *statements: str) -> None:
    """Statements in a database that the store knows nothing of."""
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg") if "post" in url else url)
    with engine.begin() as connection:
        for one in statements:
            connection.execute(text(one))
    engine.dispose()


def test_by_default_rounds_are_in_the_data_folder_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr("partnerselect.rounds.engine.user_data_path", lambda name, **_: tmp_path / "a b" / name)
    with open_store() as store:
        assert store.place == f"the file {tmp_path}/a b/partnerselect/rounds.sqlite3"
        closed(store)
    assert [path.name for path in (tmp_path / "a b/partnerselect").iterdir()] == ["rounds.sqlite3"]


def test_the_environment_names_another_place(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, url)
    with open_store() as store:
        closed(store)
    with open_store(url) as store:
        assert len(store.rounds()) == 1


@pytest.mark.parametrize("name", ["with space", "50%", "a?b#c", "ümlaut & more"])
def test_a_file_may_have_any_name(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partnerselect.rounds.engine.user_data_path", lambda *_, **__: tmp_path / name)
    monkeypatch.delenv(VARIABLE, raising=False)
    with open_store() as store:
        closed(store)
    with open_store() as store:
        assert len(store.rounds()) == 1
    assert (tmp_path / name / "rounds.sqlite3").stat().st_size


def test_a_place_in_words_has_no_password() -> None:
    places = {
        "postgresql://ann:s3cret@db.example.org:6432/partners": "the PostgreSQL database partners on db.example.org, "
        "port 6432 (user ann)",
        "postgresql:///partners?host=/run/pg&user=ann&password=s3cret": "the PostgreSQL database partners on /run/pg "
        "(user ann)",
        "postgres+psycopg://": "the PostgreSQL database of the user on this machine",
    }
    for url, words in places.items():
        assert Database(url).place == words


@pytest.mark.parametrize(
    "url",
    [
        "mysql://ann:s3cret@host/x",
        "sqlite://",
        "sqlite:///:memory:",
        "ann:s3cret@host",
        "s3cret",
        "postgresql://h:s3cret/x",
    ],
)
def test_a_url_that_names_no_place_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(StoreError, match=rf"^{VARIABLE} names no place for rounds: write sqlite:///") as told:
        open_store(url)
    assert "s3cret" not in str(told.value)


def test_without_its_driver_postgresql_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"driver for it is not installed: install psycopg\[binary\]"):
        open_store("postgresql://host/partners")


def test_a_file_keeps_what_was_acknowledged(file: Path) -> None:
    with open_store(f"sqlite:///{file}") as store, store._database.reading() as connection:
        settings = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_the_revisions_make_the_tables_that_the_program_uses(store: Store) -> None:
    with store._database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == REVISIONS[-1]


def test_every_revision_is_listed_in_order() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    script = ScriptDirectory.from_config(config)
    assert [one.revision for one in script.walk_revisions()] == list(reversed(REVISIONS))


def test_an_up_to_date_database_is_opened_without_alembic(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(f"sqlite:///{file}")
    before = file.read_bytes()
    monkeypatch.setattr("partnerselect.rounds.upgrade._run", lambda _: pytest.fail("it was migrated again"))
    open_store(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_a_database_of_a_newer_version_is_refused_and_not_touched(url: str, file: Path) -> None:
    with open_store(url) as store:
        closed(store)
    execute(url, f"UPDATE {VERSION_TABLE} SET version_num = '0999'", "ALTER TABLE drafts ADD COLUMN colour TEXT")
    before = file.read_bytes() if file.exists() else b""
    with pytest.raises(StoreError, match=r"made by a newer PartnerSelect \(its tables are at 0999, .* was not touched"):
        open_store(url)
    assert (file.read_bytes() if file.exists() else b"") == before


def test_a_database_of_another_program_is_refused_and_not_touched(url: str, file: Path) -> None:
    execute(url, "CREATE TABLE rounds (shots INTEGER)")
    before = file.read_bytes() if file.exists() else b""
    with pytest.raises(StoreError, match=r"belongs to another program\. It was not touched"):
        open_store(url)
    assert (file.read_bytes() if file.exists() else b"") == before


def test_an_upgrade_that_fails_leaves_nothing_behind(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(connection: object) -> None:
        run(connection)  # type: ignore[arg-type]
        raise RuntimeError("the lights went out")

    run = upgrade._run
    monkeypatch.setattr(upgrade, "_run", half)
    with pytest.raises(RuntimeError, match="lights went out"):
        open_store(url)
    monkeypatch.setattr(upgrade, "_run", run)
    with open_store(url) as store:
        closed(store)
        assert store.verify().checked == 1


def test_threads_that_open_a_new_store_at_once_make_it_once(url: str) -> None:
    ended: list[str] = []

    def work() -> None:
        with open_store(url, wait=30) as store:
            store.create_draft(draft(), "Ann")
            ended.append(store.place)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ended) == 4
    with open_store(url) as store:
        assert len(store.drafts("small")) == 4


def test_an_empty_file_becomes_a_store(file: Path) -> None:
    file.touch()
    with open_store(f"sqlite:///{file}") as store:
        closed(store)
    with closing(sqlite3.connect(file)) as plain:
        assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_copy_of_the_file_is_the_store(file: Path, tmp_path: Path, opened: Callable[..., Store]) -> None:
    with open_store(f"sqlite:///{file}") as store:
        record = closed(store)
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(file.read_bytes())
    assert opened(f"sqlite:///{copy}").round_("2017-05") == record


def test_a_store_that_was_left_can_be_used_again(url: str) -> None:
    with open_store(url) as store:
        closed(store)
    with store:
        assert len(store.rounds()) == 1
