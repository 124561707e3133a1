"""A spreadsheet from a terminal: shown first, written when that is asked for, and a template to fill in."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from partnerselect.cli.app import app
from partnerselect.files.read import read_decision
from partnerselect.files.whole_file import write_all
from partnerselect.model import Candidate, Decision
from tests.files.books import xlsx

ROOT = Path(__file__).parents[1]
CASE = "photonics-for-health"
TABLE = """candidate;commitment;healthcare_depth;kind;country;region
Biocat (BioRegion of Catalonia);2;3;;;
Nordlys;;2;photonics;SE;Skåne
"""
ORIGIN = ("--grade", "b", "--date", "2017-05", "--source", "a survey")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real case to stand in, with a table beside it."""
    for folder in ("criteria", "candidates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "survey.csv").write_text(TABLE, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


def ran(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output
    return result


def read() -> Decision:
    return read_decision(f"criteria/{CASE}.yaml", f"candidates/{CASE}")


def who(one: str) -> Candidate:
    return next(each for each in read().candidates if each.id == one)


def content(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in sorted(home.rglob("*.yaml"))}


def edited_sheets() -> bytes:
    """A sheet of evidence with one statement of Biocat, and a sheet of weights with other points."""
    own = who("biocat").evidence[0]
    said = [own.value, own.low, own.high, "; ".join(own.items or ()), own.as_of, own.grade, own.by, own.reason]
    keys = ["Value", "Low", "High", "Items", "As of", "Grade", "By", "Reason"]
    more = [str(own.judged_on or ""), own.source, " ".join(own.facts), own.basis, own.unit, own.note]
    named = ["Judged on", "Source", "Facts", "Basis", "Unit", "Note"]
    row = ["biocat", own.criterion, *said, *more]
    evidence: list[list[Any]] = [
        ["Candidate id", "Criterion id", *keys, *named],
        [one if one != "" else None for one in row],
    ]
    weights: list[list[Any]] = [["Points", "Id"], *([at % 5 * 20, one] for at, one in enumerate(read().ids()))]
    return xlsx(evidence, weights, names=["Evidence", "Weights"])


def test_without_write_nothing_is_written(home: Path) -> None:
    before = content(home)
    told = ran("import", "survey.csv", *ORIGIN).output
    assert "2 cells would change, of Biocat (BioRegion of Catalonia) and Nordlys." in told
    assert "Nordlys would come in at rank" in told
    assert "Nothing is written yet; --write does it." in told
    assert "comes (newcomer)" in told
    assert content(home) == before


def test_with_write_it_stands_in_the_files_and_a_second_time_nothing_changes(home: Path) -> None:
    told = ran("import", "survey.csv", *ORIGIN, "--note", "by telephone", "--write").output
    assert f"Written: {Path('candidates', CASE, 'nordlys.yaml')}, {Path('candidates', CASE, 'biocat.yaml')}." in told
    assert [(one.value, one.grade, one.source, one.note) for one in who("nordlys").evidence] == [
        (2, "b", "a survey", "by telephone")
    ]
    after = content(home)
    told = ran("import", "survey.csv", *ORIGIN, "--note", "by telephone", "--write").output
    assert "Nothing would change" in told
    assert "Nothing is written." in told
    assert content(home) == after


def test_a_judged_table_is_signed(home: Path) -> None:
    signed = ("--grade", "c", "--by", "Ann", "--reason", "she asked", "--judged-on", "2017-05-02")
    ran("import", "survey.csv", *signed, "--write")
    (said,) = who("nordlys").evidence
    assert (said.by, said.reason, str(said.judged_on)) == ("Ann", "she asked", "2017-05-02")


def test_a_table_without_an_origin_is_a_problem(home: Path) -> None:
    before = content(home)
    result = ran("import", "survey.csv", "--write", code=1)
    assert "a table says nothing of its source" in result.stderr
    assert "would come in" not in result.stdout
    assert content(home) == before


def test_every_problem_is_told_with_its_cell(home: Path) -> None:
    Path("survey.csv").write_text("candidate;healthcare_depth;commitment\nbiocat;9;1,234\nNobody;1;2\n", "utf-8")
    result = ran("import", "survey.csv", *ORIGIN, "--write", code=1)
    assert all(f"  {cell}: " in result.stderr for cell in ("B2", "C2", "A3"))
    told = json.loads(ran("import", "survey.csv", *ORIGIN, "--json", code=1).stdout)
    assert [one["place"] for one in told["problems"]] == ["B2", "C2", "A3"]
    assert told["effect"] is None


def test_as_json_everything_is_one_document(home: Path) -> None:
    told = json.loads(ran("import", "survey.csv", *ORIGIN, "--json").stdout)
    assert (told["decision"], told["as_of"], told["file"], told["written"]) == (CASE, "2017-05-31", "survey.csv", [])
    assert [(one["candidate"], one["kind"], one["place"], one["taken"]) for one in told["changes"]] == [
        ("biocat", "new", "B2", True),
        ("biocat", "new", "C2", True),
        ("nordlys", "newcomer", "C3", True),
    ]
    assert [one["candidate"] for one in told["newcomers"]] == ["nordlys"]
    assert {one["candidate"] for one in told["effect"]["ranking"]} == {"biocat", "nordlys"}


def test_statements_go_only_with_remove_and_points_only_with_a_title(home: Path) -> None:
    Path("edited.xlsx").write_bytes(edited_sheets())
    own = read()
    stood = len(who("biocat").evidence)
    told = ran("import", "edited.xlsx", "--write").output
    assert "Of this file nothing would be taken in." in told
    assert f"{stood - 1} statements have no row in the sheet any more; they go only with --remove." in told
    assert "The points are left out; --viewpoint-title keeps them" in told
    assert read() == own
    ran("import", "edited.xlsx", "--write", "--remove", "--viewpoint-title", "From the train")
    assert len(who("biocat").evidence) == 1
    assert read().viewpoints[-1].title == "From the train"
    assert read().viewpoints[-1].points["fit"] == 0


def test_a_title_that_is_taken_is_refused(home: Path) -> None:
    Path("edited.xlsx").write_bytes(edited_sheets())
    before = content(home)
    result = ran("import", "edited.xlsx", "--write", "--viewpoint-title", "equal GOALS", code=1)
    assert "there is a viewpoint “equal GOALS” already" in result.stderr
    assert content(home) == before


def test_files_that_cannot_be_written_are_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    before = content(home)
    monkeypatch.setattr("partnerselect.files.whole_file.tempfile.mkstemp", refused)
    result = ran("import", "survey.csv", *ORIGIN, "--write", code=1)
    assert "nordlys.yaml cannot be written: Permission denied." in result.stderr
    assert content(home) == before


def test_what_was_written_is_told_though_another_file_is_broken_by_then(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(files: Any, check: Any) -> None:
        write_all(files, check)
        Path(f"candidates/{CASE}/optence.yaml").write_text("half a file: [", "utf-8")

    monkeypatch.setattr("partnerselect.files.imports.write.write_all", late)
    told = ran("import", "survey.csv", *ORIGIN, "--write", code=1).output
    names = f"{Path('candidates', CASE, 'nordlys.yaml')}, {Path('candidates', CASE, 'biocat.yaml')}"
    assert f"It was written into {names}, but the decision cannot be read now" in told
    assert "optence.yaml has 1 problem" in told
    assert "Nothing is written" not in told
    assert Path(f"candidates/{CASE}/nordlys.yaml").exists()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["import", "nowhere.csv"], 1, "nowhere.csv: there is no such file."),
        (["import", "criteria"], 1, "criteria: there is no such file."),
        (["import", "other.csv"], 1, "there is no criterion"),
        (["import", "survey.csv", "--judged-on", "May"], 2, "--judged-on takes a day, such as 2017-05-31"),
        (["import", "edited.xlsx", "--write", "--viewpoint-title", " "], 2, "--viewpoint-title takes the title"),
        (["import", "survey.csv", *ORIGIN, "--viewpoint", "nobody"], 2, "viewpoints are equal_goals"),
        (["template", "survey.csv"], 2, "The template is an XLSX workbook: write survey.xlsx."),
        (["template", "nowhere/t.xlsx"], 1, "cannot be written"),
    ],
    ids=["missing", "folder", "other", "day", "title", "viewpoint", "csv", "place"],
)
def test_what_cannot_be_done_is_told(words: list[str], code: int, told: str) -> None:
    Path("other.csv").write_text("a;b\n1;2\n", "utf-8")
    Path("edited.xlsx").write_bytes(edited_sheets())
    assert told in ran(*words, code=code).output


def test_the_template_is_written_once_and_says_nothing_as_it_is(home: Path) -> None:
    told = ran("template", "survey.xlsx").output
    assert "survey.xlsx is written" in told
    assert "Nothing would change" in ran("import", "survey.xlsx", *ORIGIN).output
    Path("survey.xlsx").write_bytes(b"filled in")
    assert "survey.xlsx is there already; --force replaces it." in ran("template", "survey.xlsx", code=1).output
    assert Path("survey.xlsx").read_bytes() == b"filled in"
    ran("template", "survey.xlsx", "--force")
    assert Path("survey.xlsx").read_bytes().startswith(b"PK")
    assert not list(home.glob(".saving-*"))
