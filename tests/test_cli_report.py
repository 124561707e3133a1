"""The decision as files from a terminal."""

from __future__ import annotations

import json
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
