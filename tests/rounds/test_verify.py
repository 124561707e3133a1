"""A closed round is never changed; and where somebody got around the guards, it shows which one."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url, text

import partnerselect as ps
from partnerselect.errors import RoundsError
from partnerselect.rounds.failures import StoreError
from partnerselect.rounds.plain_json import canonical, digest
from partnerselect.rounds.store import Store, open_store
from tests.rounds.contents import closed, content, draft

ROOT = Path(__file__).resolve().parents[2]


def statement(store: Store, sql: str) -> None:
    """Plain SQL, past everything that the store does."""
    with store._database.writing() as connection:
        connection.execute(text(sql))


def past_the_guards(url: str, *statements: str) -> None:
    """Plain SQL with the triggers and the foreign keys out of the way."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(str(make_url(url).database))) as file:
            for name in ("rounds_not_changed", "rounds_not_deleted", "rounds_not_replaced"):
                file.execute(f"DROP TRIGGER {name}")
            for one in statements:
                file.execute(one)
            file.commit()
    else:
        with psycopg.connect(url) as admin:
            admin.execute("SET session_replication_role = replica")
            for one in statements:
                admin.execute(one.encode())


@pytest.fixture
def three(store: Store) -> Store:
    """A store with three rounds."""
    for round_id in ("r1", "r2", "r3"):
        closed(store, round_id)
    return store


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE rounds SET title = 'x'",
        "UPDATE rounds SET record = record WHERE number = 1",
        "UPDATE rounds SET closed_by = 'x' WHERE id = 'r2'",
        "UPDATE rounds SET number = 9 WHERE number = 3",
        "DELETE FROM rounds WHERE number = 3",
        "DELETE FROM rounds",
    ],
)
def test_no_statement_changes_or_deletes_a_round(three: Store, sql: str) -> None:
    before = [three.export(each.sha256) for each in three.rounds()]
    with pytest.raises(StoreError, match=r"keeps closed rounds as they are.*a closed round is never changed"):
        statement(three, sql)
    assert [three.export(each.sha256) for each in three.rounds()] == before


COLUMNS = "sha256, decision, number, id, title, closed_at, closed_by, record"


@pytest.mark.parametrize(
    "values",
    [
        "SELECT sha256, 'x', 9, 'x', 'x', 'x', 'x', 'x' FROM rounds WHERE number = 2",
        "VALUES ('x', 'small', 2, 'x', 'x', 'x', 'x', 'x')",
        "VALUES ('x', 'small', 9, 'r2', 'x', 'x', 'x', 'x')",
    ],
    ids=["hash", "number", "id"],
)
def test_no_insert_takes_the_place_of_a_round(three: Store, values: str) -> None:
    verb = "INSERT OR REPLACE" if three._database.engine.dialect.name == "sqlite" else "INSERT"
    before = [three.export(each.sha256) for each in three.rounds()]
    with pytest.raises(StoreError, match=r"never changed|refused it"):
        statement(three, f"{verb} INTO rounds ({COLUMNS}) {values}")
    assert [three.export(each.sha256) for each in three.rounds()] == before


@pytest.mark.postgres
def test_the_table_of_rounds_is_not_emptied(postgres_url: str) -> None:
    with open_store(postgres_url) as store:
        closed(store)
        with pytest.raises(StoreError, match="never changed"):
            statement(store, "TRUNCATE rounds CASCADE")
        assert len(store.rounds()) == 1


def test_replacing_by_row_number_is_refused(file: Path) -> None:
    with open_store(f"sqlite:///{file}") as store:
        closed(store)
        with pytest.raises(StoreError, match="never changed"):
            statement(
                store,
                f"INSERT OR REPLACE INTO rounds (rowid, {COLUMNS}) VALUES (1, 'x', 'y', 9, 'x', 'x', 'x', 'x', 'x')",
            )
        assert len(store.rounds()) == 1


def test_editing_files_and_weights_and_upgrading_leaves_a_closed_round_as_it_is(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "photonics-for-health"
    shutil.copytree(ROOT / "criteria", tmp_path / "criteria")
    shutil.copytree(ROOT / "candidates", tmp_path / "candidates")

    def read() -> ps.Decision:
        return ps.read_decision(tmp_path / f"criteria/{name}.yaml", tmp_path / f"candidates/{name}")

    before = read()
    points = before.viewpoints[0].points
    new = store.create_draft(draft(decision=before.id, points=points), "Ann")
    plain: dict[str, Any] = {"chosen": [], "rationale": {}, "conflicts": []}
    record = store.close(new.id, 1, content("2017-05", before, points=points, viewpoint=None, **plain), "Ann")
    exported, ranking = store.export("2017-05"), ps.evaluate(before, points).ranking

    for path in tmp_path.rglob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("grade: c", "grade: d"), encoding="utf-8")
    after = read()
    assert after != before
    others = dict.fromkeys(points, 1.0)
    second = store.create_draft(draft(decision=before.id, points=others, base=record.sha256), "Bob")
    store.save_draft(second, "Bob")
    monkeypatch.setattr("partnerselect.rounds.record.version", lambda _: "9.0.0")
    newer = store.close(second.id, 2, content("2026-01", after, points=others, viewpoint=None, **plain), "Bob")
    assert newer.software == "9.0.0"

    assert store.export("2017-05") == exported
    kept = store.round_("2017-05")
    assert (kept, kept.software) == (record, "0.1.0")
    assert ps.evaluate(kept.decision, kept.points).ranking.equals(ranking)
    assert store.verify().fault is None


CHANGED = "was changed: its content does not match its hash"


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        pytest.param(
            "UPDATE rounds SET record = replace(record, 'We need reach', 'We need Reach') WHERE number = 2",
            rf"Round 2 \(r2\) of the decision small {CHANGED}\.",
            id="one-letter",
        ),
        pytest.param(
            "UPDATE rounds SET record = replace(record, 'We need reach', 'We need Reach') WHERE number > 1",
            rf"Round 2 \(r2\) .* {CHANGED}",
            id="the-first-of-two",
        ),
        pytest.param(
            "UPDATE rounds SET record = 'x' WHERE number = 3", r"Round 3 .* was changed: The record is not JSON"
        ),
        pytest.param("UPDATE rounds SET title = 'x' WHERE number = 3", r"Round 3 .* another title than its record"),
        pytest.param("UPDATE rounds SET closed_by = 'x' WHERE number = 1", r"Round 1 .* another closed_by than"),
        pytest.param("UPDATE rounds SET closed_at = 'x' WHERE number = 1", r"Round 1 .* another closed_at than"),
        pytest.param("UPDATE rounds SET id = 'x' WHERE number = 1", r"Round 1 \(x\) .* another id than its record"),
        pytest.param("UPDATE rounds SET previous = NULL WHERE number = 2", r"Round 2 .* another previous than"),
        pytest.param("UPDATE rounds SET sha256 = 'x' WHERE number = 2", rf"Round 2 .* {CHANGED}"),
        pytest.param("UPDATE rounds SET decision = 'x' WHERE number = 3", r"Round 3 \(r3\) .* another decision than"),
        pytest.param("UPDATE rounds SET number = 7 WHERE number = 3", "number 7 where 3 belongs: a round before it is"),
        pytest.param("DELETE FROM rounds WHERE number = 1", r"Round 2 .* has the number 2 where 1 belongs"),
        pytest.param(
            "DELETE FROM rounds WHERE number = 3", r"A round of the decision small is missing: the draft draft-"
        ),
    ],
)
def test_verifying_names_the_first_round_that_is_not_as_it_was(three: Store, url: str, sql: str, found: str) -> None:
    assert str(three.verify()) == str(three.verify("small")) == "All 3 rounds are as they were closed."
    past_the_guards(url, sql)
    assert re.search(found, str(three.verify()))


def test_a_round_sealed_anew_breaks_the_chain_after_it(three: Store, url: str) -> None:
    plain = json.loads(three.export("r2"))
    plain["title"] = "Forged"
    forged = digest({name: part for name, part in plain.items() if name != "sha256"})
    record = canonical({**plain, "sha256": forged}).decode().replace("'", "''")
    past_the_guards(
        url, f"UPDATE rounds SET sha256 = '{forged}', title = 'Forged', record = '{record}' WHERE number = 2"
    )
    fault = three.verify().fault
    assert fault is not None
    assert (fault.number, fault.id) == (3, "r3")
    assert str(fault).endswith("breaks the chain: it belongs after round 2 (r2), and its record says otherwise.")


def test_a_changed_round_is_not_read_and_not_exported(three: Store, url: str) -> None:
    past_the_guards(url, "UPDATE rounds SET record = replace(record, 'Zoë', 'Zoe') WHERE number = 2")
    for step in (three.round_, three.export):
        with pytest.raises(RoundsError, match="does not match its hash"):
            step("r2")
    assert three.round_("r3").id == "r3"


def test_the_record_of_another_round_is_not_read(three: Store, url: str) -> None:
    past_the_guards(url, "UPDATE rounds SET record = (SELECT record FROM rounds WHERE id = 'r1') WHERE id = 'r2'")
    with pytest.raises(RoundsError, match="Round r2 was changed: the record of round r1 stands in its place"):
        three.round_("r2")


def test_a_damaged_row_of_the_list_is_told(three: Store, url: str) -> None:
    past_the_guards(url, "UPDATE rounds SET closed_at = 'x' WHERE number = 2")
    with pytest.raises(
        RoundsError, match=r"row of the list of rounds was damaged \(closed_at: .*\): verify the rounds"
    ):
        three.rounds()


def test_bytes_that_are_no_text_are_a_change(file: Path) -> None:
    with open_store(f"sqlite:///{file}") as store:
        closed(store)
        past_the_guards(
            f"sqlite:///{file}", "UPDATE rounds SET record = CAST(replace(CAST(record AS BLOB), 'Zo', X'FFFE') AS TEXT)"
        )
        assert "was changed" in str(store.verify())


def test_records_of_other_versions_are_verified_too(three: Store, url: str) -> None:
    plain = {**json.loads(three.export("r3")), "schema_version": 2, "more": [1]}
    sha256 = digest(plain)
    record = canonical({**plain, "sha256": sha256}).decode().replace("'", "''")
    past_the_guards(
        url,
        f"UPDATE rounds SET sha256 = '{sha256}', record = '{record}' WHERE number = 3",
        f"UPDATE drafts SET closed_as = '{sha256}' WHERE closed_as = '{plain['sha256']}'",
    )
    assert str(three.verify()) == "All 3 rounds are as they were closed."
    with pytest.raises(RoundsError, match="has schema version 2"):
        three.round_("r3")
    assert [each.id for each in three.rounds()] == ["r1", "r2", "r3"]


def test_decisions_are_verified_each_for_itself(three: Store, url: str) -> None:
    closed(three, "r1", "other")
    past_the_guards(url, "UPDATE rounds SET title = 'x' WHERE decision = 'other'")
    assert str(three.verify("small")) == "All 3 rounds are as they were closed."
    assert str(three.verify("none")) == "There are no closed rounds."
    assert "the decision other was changed" in str(three.verify())
    assert str(three.verify("other")) == str(three.verify())
