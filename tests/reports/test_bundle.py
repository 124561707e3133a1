"""Every file of a report, and all of them in one archive."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from partnerselect.reports.bundle import archive, report_files
from partnerselect.reports.contents import ReportContents, report_contents
from partnerselect.reports.on_record import OnRecord, on_record
from partnerselect.reports.report_pictures import report_pictures
from tests.builders import table

PAIR = [{"id": "two", "kind": "size", "at_least": 2, "at_most": 2}]


@pytest.fixture(scope="module")
def contents() -> ReportContents:
    values: dict[str, dict[str, float | None]] = {"alpha": {"a": 90}, "beta": {"a": None}, "gamma": {"a": 10}}
    return report_contents(
        table(values, set_rules=PAIR), "equal", software="0.1.0", made_on=date(2026, 11, 23), samples=200
    )


STARTS = {
    ".pdf": b"%PDF",
    ".xlsx": b"PK",
    ".md": b"#",
    ".json": b"{",
    ".csv": b"\xef\xbb\xbf",
    ".svg": b"<svg",
    ".png": b"\x89PNG",
}


def test_every_file_is_what_its_name_says(contents: ReportContents) -> None:
    files = report_files(contents)
    assert len([name for name in files if "/" not in name]) == 6
    drawn = [one.name for one in report_pictures(contents)]
    wanted = [f"pictures/{name}.{kind}" for name in drawn for kind in ("svg", "png")]
    assert [name for name in files if "/" in name] == [*wanted, "pictures/README.md"]
    for name, make in files.items():
        (end,) = [end for end in STARTS if name.endswith(end)]
        assert make().startswith(STARTS[end]), name


def test_the_archive_holds_every_file_and_is_the_same_each_time(contents: ReportContents) -> None:
    made_once = (".xlsx", ".svg", ".png")  # slow, and pictures number their parts anew each time
    files = {name: make for name, make in report_files(contents, ("ranking",)).items() if not name.endswith(made_once)}
    done: list[tuple[float, str]] = []
    made = archive(files, lambda share, name: done.append((share, name)))
    assert made == archive(files)
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert packed.namelist() == list(files)
        assert packed.testzip() is None
        (found,) = [name for name in files if name.endswith(".json")]
        assert found == "small-2017-05-31-draft-findings.json"
        assert json.loads(packed.read(found))["decision"]["id"] == "small"
    assert done == [*((at / len(files), name) for at, name in enumerate(files)), (1.0, "")]


def test_a_closed_round_comes_along_as_it_is_exported_and_names_its_files(contents: ReportContents) -> None:
    closed = replace(contents, on_record=OnRecord(round_id="2017-05", sha256="f" * 64))
    files = report_files(closed, record=b'{"id": "2017-05"}\n')
    assert files["round-2017-05.json"]() == b'{"id": "2017-05"}\n'
    own = [name for name in files if "/" not in name and name != "round-2017-05.json"]
    ends = (".pdf", ".xlsx", "-minutes.md", "-findings.json", "-ranking.csv", "-shortlist.csv")
    assert own == [f"small-2017-05{end}" for end in ends]
    assert not [name for name in report_files(closed) if name.startswith("round")]


def test_without_any_allowed_set_there_is_no_shortlist() -> None:
    rules = [{"id": "four", "kind": "size", "at_least": 4, "at_most": 4}]
    bare = report_contents(
        table({"alpha": {"a": 90}}, set_rules=rules), "equal", software="0.1.0", made_on=date(2026, 11, 23), samples=50
    )
    files = report_files(bare)
    assert not [name for name in files if "shortlist" in name or "core" in name]
    assert next(make for name, make in files.items() if name.endswith(".pdf"))().startswith(b"%PDF")


def test_what_people_put_on_record_comes_from_the_plain_record() -> None:
    found = on_record(
        {
            "id": "2017-05",
            "title": "Vilnius",
            "sha256": "f" * 64,
            "closed_at": "2017-05-31T12:00:00Z",
            "closed_by": "Ann",
            "rationale": {"text": "They fit.", "criteria": {"a": "counts"}, "candidates": {"alpha": "fits"}},
            "participants": [{"name": "Bo", "organisation": "Org", "role": None}],
            "conflicts": [{"person": "Bo", "candidate": "alpha", "note": None}],
        }
    )
    assert (found.round_id, found.closed_on, found.rationale) == ("2017-05", date(2017, 5, 31), "They fit.")
    assert (found.why_criteria, found.why_candidates) == ({"a": "counts"}, {"alpha": "fits"})
    assert (found.participants[0].name, found.conflicts[0].candidate) == ("Bo", "alpha")
