"""The rounds on record from a terminal: close, list, show, compare, export, import, verify."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from partnerselect.analysis.round_results import round_results
from partnerselect.cli.app import app
from partnerselect.rounds.store import open_store

CRITERIA = str(Path(__file__).parents[1] / "criteria" / "photonics-for-health.yaml")


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of its own."""
    path = tmp_path / "rounds.sqlite3"
    monkeypatch.setenv("PARTNERSELECT_DATABASE_URL", f"sqlite:///{path}")
    return path


def ran(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["rounds", *words])
    assert result.exit_code == code, result.output
    return result


def closed(*more: str) -> None:
    ran("close", CRITERIA, "--viewpoint", "health_first", "--by", "Ann", *more)


def test_without_rounds_it_says_where_they_would_be(store: Path) -> None:
    assert f"There is no closed round in the file {store}." in ran("list").output
    assert json.loads(ran("list", "--json").output)["rounds"] == []


def test_a_round_is_closed_listed_and_shown() -> None:
    closed("--why", "They fit.")
    (only,) = json.loads(ran("list", "--json").output)["rounds"]
    assert (only["id"], only["number"], only["closed_by"]) == ("2017-05", 1, "Ann")
    told = ran("show", "2017-05").output
    assert "Chosen: BioWin, Medicen Paris Region, Optence e.V." in told
    assert "They fit." in told
    assert only["sha256"] in told
    record = json.loads(ran("show", "2017-05", "--json").output)
    assert record["results"]["ranking"][0]["candidate"] == "medicen"


def test_somebody_else_may_be_chosen_by_hand_and_must_be_known() -> None:
    closed("--chosen", "optence+medicen+biocat")
    assert "Chosen: Optence e.V., Medicen Paris Region, Biocat" in ran("show", "2017-05").output
    assert (
        "chosen names nobody"
        in ran("close", CRITERIA, "--id", "second", "--chosen", "nobody", "--by", "Ann", code=2).output
    )


def test_a_second_round_of_one_name_is_refused() -> None:
    closed()
    assert "2017-05" in ran("close", CRITERIA, "--by", "Ann", code=1).output
    with open_store() as kept:
        assert kept.drafts("photonics-for-health") == ()


def test_a_round_is_shown_with_what_people_put_on_record() -> None:
    closed("--why", "They fit.", "--chosen", "optence+medicen+biocat")
    told = ran("show", "2017-05").output
    assert "Why: They fit." in told
    assert "Nobody is on record as having taken part." in told
    assert "No conflict of interest is on record." in told


def test_a_name_that_cannot_stand_in_addresses_is_told() -> None:
    told = ran("close", CRITERIA, "--by", "Ann", "--id", "May 2017", code=2).output
    assert "id: 'May 2017' cannot stand in addresses: write at most 40 of a-z" in told


def test_two_rounds_are_compared_with_each_other_and_with_today() -> None:
    closed()
    ran("close", CRITERIA, "--viewpoint", "sme_benefit", "--id", "later", "--title", "Later", "--by", "Ann")
    told = ran("compare", "2017-05", "later").output
    assert "through the weights alone" in told
    assert "The rules are the same in both." in told
    assert "Less" in told or "less on Healthcare depth" in told
    assert "The evidence is the same" in ran("compare", "2017-05", "--criteria", CRITERIA).output
    assert "choice_sentences" in json.loads(ran("compare", "2017-05", "later", "--json").output)


def test_an_export_comes_back_elsewhere_and_a_changed_one_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed()
    file = tmp_path / "round.json"
    ran("export", "2017-05", str(file))
    assert "was here already" in ran("import", str(file), "--by", "Bo").output
    monkeypatch.setenv("PARTNERSELECT_DATABASE_URL", f"sqlite:///{tmp_path}/other.sqlite3")
    assert "is here now" in ran("import", str(file), "--by", "Bo").output
    assert "The one round is as it was closed." in ran("verify").output
    file.write_text(file.read_text("utf-8").replace("Ann", "Eve"), "utf-8")
    monkeypatch.setenv("PARTNERSELECT_DATABASE_URL", f"sqlite:///{tmp_path}/third.sqlite3")
    assert "was changed" in ran("import", str(file), "--by", "Bo", code=1).output


def test_an_export_replaces_a_file_only_when_that_is_asked_for_and_says_what_it_wrote(tmp_path: Path) -> None:
    closed()
    file = tmp_path / "round.json"
    file.write_text("mine", "utf-8")
    assert "round.json is there already; --force replaces it." in ran("export", "2017-05", str(file), code=1).output
    assert file.read_text("utf-8") == "mine"
    assert "round.json is written" in ran("export", "2017-05", str(file), "--force").output
    assert json.loads(file.read_bytes())["id"] == "2017-05"


def test_what_is_not_there_ends_with_1_and_the_reason(tmp_path: Path) -> None:
    assert "There is no round nope." in ran("show", "nope", code=1).output
    assert "cannot be read" in ran("import", str(tmp_path / "nowhere.json"), "--by", "Bo", code=1).output


def test_a_round_computed_again_from_its_record_gives_the_same_numbers_to_the_last_digit() -> None:
    closed()
    with open_store() as kept:
        record = kept.round_("2017-05")
    again = round_results(record.decision, record.points, record.rules, record.seed)
    assert json.loads(json.dumps(again)) == record.model_dump(mode="json")["results"]
