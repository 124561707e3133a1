"""The demonstration: a round of 2026 from the files of 2017, made in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import demonstration
import pandas as pd
import pytest

import partnerselect as ps

CASE = "photonics-for-health"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("demonstration") / "2026"
    demonstration.main(made)
    return made


def files(folder: Path, as_of: str | None = None) -> ps.Decision:
    return ps.read_decision(folder / "criteria" / f"{CASE}.yaml", folder / "candidates" / CASE, as_of)


def test_two_rounds_are_closed_and_the_chain_holds(folder: Path) -> None:
    with ps.open_store(demonstration.environment(folder)["PARTNERSELECT_DATABASE_URL"]) as store:
        before, after = (store.round_(one.sha256) for one in store.rounds(CASE))
        assert store.verify().fault is None
    assert (before.id, after.id, after.previous) == ("2017-05", "2026-05", before.sha256)
    assert set(before.chosen) == {"optence", "medicen", "biocat"}
    assert not set(after.chosen) & set(before.chosen)
    original = files(demonstration.ROOT)
    assert before.decision == original
    assert dict(before.points) == dict(after.points)


def test_only_evidence_has_come_and_each_statement_has_a_date_and_a_source(folder: Path) -> None:
    before = {one.id: one for one in files(demonstration.ROOT).candidates + files(demonstration.ROOT).members}
    now = files(folder)
    new = 0
    for one in now.candidates + now.members:
        stood = before[one.id].evidence
        assert one.evidence[: len(stood)] == stood
        new += len(one.evidence) - len(stood)
        assert all(each.as_of and each.source and each.note for each in one.evidence[len(stood) :])
    assert new == 39
    assert {one.id for one in now.members} == {"hts", "litek", "opticsvalley", "optence", "medicen", "biocat"}
    assert set(before) - {one.id for one in now.candidates + now.members} == {"optitec"}


def test_on_the_day_of_2017_the_new_evidence_does_not_count(folder: Path) -> None:
    now = files(folder, "2017-05-31")
    then = ps.evaluate(files(demonstration.ROOT), "health_first").values  # noqa: PD011
    found = ps.evaluate(now, "health_first").values.sort_index()  # noqa: PD011
    pd.testing.assert_frame_equal(found, then.loc[found.index])


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(FileExistsError, match="holds something else"):
        demonstration.main(tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
