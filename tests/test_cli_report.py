"""The decision as files from a terminal."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from partnerselect.cli.app import app

CRITERIA = str(Path(__file__).parents[1] / "criteria" / "photonics-for-health.yaml")


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNERSELECT_DATABASE_URL", f"sqlite:///{tmp_path}/rounds.sqlite3")


def ran(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output
    return result


def test_every_file_is_written(tmp_path: Path) -> None:
    ends = ("pdf", "xlsx", "md", "json", "zip")
    files = {end: tmp_path / f"report.{end}" for end in ends}
    options = [word for end, file in files.items() for word in (f"--{end}", str(file))]
    told = ran("report", CRITERIA, "--viewpoint", "health_first", *options, "--section", "ranking").output
    assert all(file.stat().st_size > 1000 for file in files.values())
    assert files["pdf"].read_bytes().startswith(b"%PDF")
    assert json.loads(files["json"].read_text("utf-8"))["decision"]["id"] == "photonics-for-health"
    assert told.count("is written") == 5
    with zipfile.ZipFile(files["zip"]) as packed:
        assert "photonics-for-health-2017-05-31-draft.pdf" in packed.namelist()


def test_a_file_that_is_there_is_replaced_only_when_that_is_asked_for(tmp_path: Path) -> None:
    minutes, other = tmp_path / "minutes.md", tmp_path / "other.json"
    minutes.write_text("mine", "utf-8")
    words = ["report", CRITERIA, "--md", str(minutes), "--json", str(other)]
    assert "minutes.md is there already; --force replaces it." in ran(*words, code=1).output
    assert minutes.read_text("utf-8") == "mine"
    assert not other.exists()
    assert "minutes.md is written" in ran(*words, "--force").output
    assert minutes.read_text("utf-8").startswith("# Minutes")


def test_the_archive_of_a_closed_round_holds_the_round_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partnerselect.reports.bundle.report_pictures", lambda _: ())
    ran("rounds", "close", CRITERIA, "--by", "Ann")
    everything, exported = tmp_path / "all.zip", tmp_path / "round.json"
    ran("report", "--round", "2017-05", "--zip", str(everything), "--section", "signatures")
    ran("rounds", "export", "2017-05", str(exported))
    with zipfile.ZipFile(everything) as packed:
        assert packed.read("round-2017-05.json") == exported.read_bytes()
        packed.extract("round-2017-05.json", tmp_path)
        assert "photonics-for-health-2017-05-findings.json" in packed.namelist()
    assert "was here already" in ran("rounds", "import", str(tmp_path / "round-2017-05.json"), "--by", "Bo").output


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--viewpoint", "sme_benefit"], "leave out --viewpoint."),
        (["--weights", "reach=40"], "leave out --weights."),
        (["--as-of", "2016-01-01"], "leave out --as-of."),
        ([CRITERIA], "leave out the criteria file."),
    ],
    ids=["viewpoint", "weights", "day", "files"],
)
def test_what_the_report_of_a_round_would_not_heed_is_refused(tmp_path: Path, more: list[str], told: str) -> None:
    file = tmp_path / "minutes.md"
    assert told in ran("report", *more, "--round", "2017-05", "--md", str(file), code=2).output
    assert not file.exists()


def test_the_report_of_a_closed_round_carries_its_hash(tmp_path: Path) -> None:
    ran("rounds", "close", CRITERIA, "--viewpoint", "health_first", "--by", "Ann", "--why", "They fit.")
    record = json.loads(ran("rounds", "show", "2017-05", "--json").output)
    minutes = tmp_path / "minutes.md"
    ran("report", "--round", "2017-05", "--md", str(minutes))
    told = minutes.read_text("utf-8")
    assert record["sha256"] in told
    assert "They fit" in told


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["report"], 2, "Say what to write"),
        (
            ["report", CRITERIA, "--pdf", "x.pdf", "--section", "nope"],
            2,
            "There is no section 'nope'; sections are decision,",
        ),
        (["report", "--round", "nope", "--md", "x.md"], 1, "There is no round nope."),
        (["report", CRITERIA, "--md", "/nowhere/at/all.md"], 1, "cannot be written"),
    ],
    ids=["nothing", "section", "round", "place"],
)
def test_what_cannot_be_done_is_told(words: list[str], code: int, told: str) -> None:
    assert told in ran(*words, code=code).output
