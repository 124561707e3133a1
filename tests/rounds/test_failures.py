"""What goes wrong outside is told in plain words, and loses nothing that was acknowledged."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event, make_url

from partnerselect.errors import PartnerSelectError, RoundsError
from partnerselect.rounds.failures import StoreError
from partnerselect.rounds.store import Store, open_store
from tests.rounds.contents import closed, content, draft

LARGE = {"rationale": {"text": "x" * 20_000, "criteria": {"cost": "y" * 20_000}}}


def kept(url: str) -> str:
    """What a check of everything says, seen from a store that is opened anew."""
    with open_store(url) as store:
        return str(store.verify())


@contextmanager
def room(store: Store, pages: int) -> Iterator[None]:
    """A file that cannot grow beyond a number of pages: SQLite reports that as a full disk."""

    def limit(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(store._database.engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(store._database.engine, "connect", limit)


def test_a_full_disk_loses_nothing(file: Path) -> None:
    with open_store(f"sqlite:///{file}") as store:
        closed(store)
        new = store.create_draft(draft(), "Ann")
        with room(store, file.stat().st_size // 4096):
            for step in (
                lambda: store.create_draft(draft(**LARGE), "Ann"),
                lambda: store.save_draft(new.model_copy(update={"rationale": draft(**LARGE).rationale}), "Ann"),
                lambda: store.close(new.id, 1, content("r2", results={"text": "x" * 50_000}), "Ann"),
            ):
                with pytest.raises(StoreError, match=r"no room left for the file .*before it is as it was\. Make room"):
                    step()
        assert store.drafts("small") == (new,)
        closed(store, "r2")
    assert kept(f"sqlite:///{file}") == "All 2 rounds are as they were closed."


def test_a_disk_that_refuses_to_write_loses_nothing(file: Path) -> None:
    resource = pytest.importorskip("resource", reason="the system does not limit files")
    with open_store(f"sqlite:///{file}") as store:
        closed(store)
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, before[1]))
        try:
            with pytest.raises(StoreError, match=r"disk refused to read or write .*Check the disk"):
                store.create_draft(draft(**LARGE), "Ann")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, handler)
        store.create_draft(draft(**LARGE), "Ann")
    assert kept(f"sqlite:///{file}") == "The one round is as it was closed."


@pytest.fixture
def shut() -> Iterator[Callable[[Path], None]]:
    """Takes the right to write away, from root too; it comes back in the end."""
    if not hasattr(os, "geteuid"):
        pytest.skip("the system has no rights of this kind")
    root = os.geteuid() == 0
    changed: list[tuple[Path, int]] = []

    def shut(path: Path) -> None:
        changed.append((path, stat.S_IMODE(path.stat().st_mode)))
        path.chmod(0o555 if path.is_dir() else 0o444)
        if root:
            os.seteuid(65534)

    yield shut
    if root:
        os.seteuid(0)
    for path, mode in changed:
        path.chmod(mode)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may look into."""
    folder = Path(tempfile.mkdtemp(prefix="rounds-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_folder_that_may_not_be_written_takes_no_new_store(open_folder: Path, shut: Callable[[Path], None]) -> None:
    shut(open_folder)
    with pytest.raises(StoreError, match=r"^The file .* cannot be opened\. Check that it is there"):
        open_store(f"sqlite:///{open_folder}/rounds.sqlite3")
    with pytest.raises(StoreError, match=r"^The file .* cannot be made: Permission denied\. Make its folder"):
        open_store(f"sqlite:///{open_folder}/below/rounds.sqlite3")


def test_a_folder_and_a_file_that_may_not_be_written_lose_nothing(
    open_folder: Path, shut: Callable[[Path], None]
) -> None:
    path = open_folder / "rounds.sqlite3"
    with open_store(f"sqlite:///{path}") as store:
        closed(store)
        before = path.read_bytes()
        path.chmod(0o444)
        shut(open_folder)
        with pytest.raises(StoreError, match=r"may not be written|cannot be opened"):
            store.create_draft(draft(), "Ann")
        with pytest.raises(StoreError, match=r"may not be written|cannot be opened"):
            open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_file_that_may_not_be_written_is_read_and_not_written(
    open_folder: Path, shut: Callable[[Path], None]
) -> None:
    path = open_folder / "rounds.sqlite3"
    with open_store(f"sqlite:///{path}") as store:
        closed(store)
        before = path.read_bytes()
        open_folder.chmod(0o777)
        shut(path)
        with pytest.raises(
            StoreError, match=r"may not be written\. Nothing of this step was stored.*Ask for the right"
        ):
            store.create_draft(draft(), "Ann")
        assert str(store.verify()) == "The one round is as it was closed."
    assert path.read_bytes() == before


def test_something_else_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text").write_text("x")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
    for name in ("folder", *(["pipe"] if hasattr(os, "mkfifo") else [])):
        with pytest.raises(StoreError, match=rf"{name} cannot be made: something that is no file stands there"):
            open_store(f"sqlite:///{tmp_path / name}")
    with pytest.raises(StoreError, match=r"cannot be made: (File exists|Not a directory)"):
        open_store(f"sqlite:///{tmp_path}/text/rounds.sqlite3")


def test_a_file_that_was_taken_away_is_not_made_anew(file: Path) -> None:
    with open_store(f"sqlite:///{file}") as store:
        closed(store)
        moved = file.rename(file.with_name("moved"))
        for step in (store.rounds, lambda: store.create_draft(draft(), "Ann")):
            with pytest.raises(StoreError, match=r"cannot be opened\. Check that it is there"):
                step()
        assert not file.exists()
        moved.rename(file)
        assert len(store.rounds()) == 1


def test_a_file_that_another_program_writes_is_waited_for_and_then_told(file: Path) -> None:
    url = f"sqlite:///{file}"
    with open_store(url, wait=0.1) as store, closing(sqlite3.connect(file, isolation_level=None)) as other:
        record = closed(store)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match=r"^Another program holds the file .*Wait until it has finished"):
            store.create_draft(draft(), "Ann")
        assert store.round_("2017-05") == record
        other.execute("ROLLBACK")
        store.create_draft(draft(), "Ann")
    assert kept(url) == "The one round is as it was closed."


def test_a_file_that_another_program_holds_for_itself_is_told(file: Path) -> None:
    url = f"sqlite:///{file}"
    with open_store(url) as store:
        closed(store)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="Another program holds the file"):
            open_store(url, wait=0.1)
    assert kept(url) == "The one round is as it was closed."


def damaged(path: Path, content: bytes) -> None:
    """A damaged file is refused, or shows at the check; it is not written to."""
    path.write_bytes(content)
    try:
        with open_store(f"sqlite:///{path}") as store:
            found = store.verify()
            for each in store.rounds():
                store.round_(each.sha256)
        told = "" if found.fault is None else "changed"
    except RoundsError as error:
        told = str(error)
    assert "damaged" in told or "changed" in told or "lost its tables" in told, told
    assert path.read_bytes() == content


@pytest.fixture
def whole(file: Path) -> bytes:
    """The file of a store with four rounds."""
    with open_store(f"sqlite:///{file}") as store:
        for number in range(4):
            closed(store, f"r{number}", results={"text": "x" * 5000})
    return file.read_bytes()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_told_and_not_touched(file: Path, whole: bytes, share: float) -> None:
    damaged(file, whole[: int(len(whole) * share)])


def test_a_file_of_something_else_is_told_and_not_touched(file: Path) -> None:
    chance = random.Random(0)  # noqa: S311 - no secret
    for other in (b"not a database at all", b"x" * 5000, chance.randbytes(8192)):
        file.write_bytes(other)
        with pytest.raises(StoreError, match=r"is damaged, or is no database of PartnerSelect\. It was not changed\."):
            open_store(f"sqlite:///{file}")
        assert file.read_bytes() == other


def test_random_bytes_anywhere_give_a_plain_message_or_do_no_harm(file: Path, whole: bytes) -> None:
    chance, told = random.Random(1), 0  # noqa: S311 - no secret
    for _ in range(60):
        start = chance.randrange(len(whole) - 400)
        file.write_bytes(whole[:start] + chance.randbytes(400) + whole[start + 400 :])
        try:
            with open_store(f"sqlite:///{file}") as store:
                intact = store.verify().fault is None
                assert not intact or [store.round_(each.sha256).id for each in store.rounds()] == [
                    "r0",
                    "r1",
                    "r2",
                    "r3",
                ]
                told += not intact
        except PartnerSelectError:
            told += 1
    assert told > 30


def test_a_server_that_is_not_there_is_told_without_the_password(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for url in (
        f"postgresql://ann:s3cret@127.0.0.1:{port}/partners",
        f"postgresql:///partners?host={tmp_path}&user=ann&password=s3cret",
    ):
        with pytest.raises(
            StoreError, match=r"^The PostgreSQL database partners on .* does not answer\..*Check that"
        ) as told:
            open_store(url)
        assert "s3cret" not in str(told.value)


@pytest.mark.postgres
def test_a_database_that_the_server_does_not_have_is_told(server: str) -> None:
    url = make_url(server).set(database="nowhere").render_as_string(hide_password=False)
    with pytest.raises(StoreError, match=r"does not (let you in|answer).*database \"nowhere\" does not exist"):
        open_store(url)


@pytest.mark.postgres
def test_connections_that_the_server_ended_are_made_again(postgres_url: str, server: str) -> None:
    with open_store(postgres_url) as store, psycopg.connect(server, autocommit=True) as admin:
        closed(store)
        name = make_url(postgres_url).database
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        assert len(store.rounds()) == 1


@pytest.mark.postgres
def test_a_connection_that_ends_within_a_step_is_told(postgres_url: str, server: str) -> None:
    with open_store(postgres_url) as store, psycopg.connect(server, autocommit=True) as admin:
        name = make_url(postgres_url).database

        def end(*_: object) -> None:
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))

        event.listen(store._database.engine, "before_cursor_execute", end)
        with pytest.raises(StoreError, match="does not answer"):
            store.create_draft(draft(), "Ann")
        event.remove(store._database.engine, "before_cursor_execute", end)
        assert store.drafts("small") == ()


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("before", "found", "after"),
    [
        pytest.param(
            "CREATE FUNCTION full_() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE 'no space left' USING ERRCODE = 'disk_full'; END $$; "
            "CREATE TRIGGER full_ BEFORE INSERT ON drafts EXECUTE FUNCTION full_()",
            "There is no room left for the PostgreSQL database",
            "DROP TRIGGER full_ ON drafts",
            id="full",
        ),
        pytest.param(
            "ALTER DATABASE {name} SET default_transaction_read_only = on",
            "may not be written",
            "ALTER DATABASE {name} RESET default_transaction_read_only",
            id="read-only",
        ),
        pytest.param("DROP TABLE drafts", "has lost its tables", "SELECT 1", id="no-tables"),
    ],
)
def test_what_the_server_refuses_is_told_and_loses_nothing(
    postgres_url: str, before: str, found: str, after: str
) -> None:
    with open_store(postgres_url) as store, psycopg.connect(postgres_url, autocommit=True) as admin:
        closed(store)
        store.__exit__()
        name = str(make_url(postgres_url).database)
        admin.execute(before.replace("{name}", name).encode())
        try:
            with pytest.raises(StoreError, match=found):
                store.create_draft(draft(), "Ann")
        finally:
            admin.execute(after.replace("{name}", name).encode())
        assert [each.number for each in store.rounds()] == [1]


@pytest.mark.postgres
def test_a_table_that_somebody_holds_is_waited_for_and_then_told(postgres_url: str) -> None:
    with open_store(postgres_url, wait=0.1) as store, psycopg.connect(postgres_url) as other:
        record = closed(store)
        new = store.create_draft(draft(), "Ann")
        other.execute("LOCK TABLE rounds IN SHARE MODE; LOCK TABLE drafts IN SHARE MODE")
        for step in (lambda: closed(store, "r2"), lambda: store.save_draft(new, "Ann")):
            with pytest.raises(StoreError, match="Another program holds the PostgreSQL database"):
                step()
        assert store.round_("2017-05") == record
        other.rollback()
        closed(store, "r2")
        assert store.verify().checked == 2
