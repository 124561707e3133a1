"""Reading a decision: what is right comes out as it was written, what is wrong is told at once."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from partnerselect.errors import InputError
from partnerselect.files import raw
from partnerselect.files.read import read_decision
from partnerselect.model import Decision

ROOT = Path(__file__).parents[2]


def test_a_decision_comes_out_as_written(folder):
    decision = folder.read()
    assert [candidate.id for candidate in decision.candidates] == ["alpha", "beta"]
    assert [member.id for member in decision.members] == ["gamma"]
    assert list(decision.ids()) == ["fit", "areas", "depth", "reach", "companies"]
    assert decision.as_of == date(2017, 5, 31)
    assert decision.candidates[0].evidence[0].as_of == "2016-10"
    assert decision.candidates[0].evidence[1].judged_on == date(2017, 5, 1)
    assert decision.candidates[0].gates[0].as_of == "2016"
    assert decision.candidates[1].country == "NO"


def test_the_real_case_is_read():
    decision = read_decision(
        str(ROOT / "criteria" / "photonics-for-health.yaml"), str(ROOT / "candidates" / "photonics-for-health")
    )
    assert len(decision.candidates) + len(decision.members) == 27


def test_a_decision_survives_its_own_json(folder):
    decision = folder.read()
    assert Decision.model_validate_json(decision.model_dump_json()) == decision


@pytest.mark.parametrize("as_of", ["2026-01-31", date(2026, 1, 31), datetime(2026, 1, 31, 12, 30, tzinfo=UTC)])
def test_as_of_overrides_the_day_of_the_file(folder, as_of):
    assert folder.read(as_of=as_of).as_of == date(2026, 1, 31)


@pytest.mark.parametrize("as_of", ["2016-10", "today", "2016-02-30", "", 2016])
def test_as_of_that_is_no_day_is_told(folder, as_of):
    assert folder.told(as_of=as_of) == [f"as_of: : {as_of!r} is not a day -> write the day as 2017-05-31"]


def test_yml_is_read_hidden_files_and_others_are_not(folder):
    folder.path("beta").rename(folder.candidates / "beta.yml")
    (folder.candidates / ".delta.yaml").write_text("{", encoding="utf-8")
    (folder.candidates / "notes.txt").write_text("{", encoding="utf-8")
    assert [candidate.id for candidate in folder.read().candidates] == ["alpha", "beta"]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(folder):
    before = folder.read()
    folder.write("alpha", b"\xef\xbb\xbf" + folder.texts["alpha"].replace("\n", "\r\n").encode())
    assert folder.read() == before


def test_the_report_of_several_files_in_full(folder, monkeypatch):
    monkeypatch.chdir(folder.criteria_file.parent)
    folder.change("criteria", "question: Who joins?\n", "")
    folder.change("criteria", "reach: 50, companies", "reach: -1, companies")
    folder.change("alpha", "criterion: companies", "criterion: company")
    folder.change("alpha", "    value: 40", "    value: about 400")
    folder.change("beta", "kind: photonics", "kidn: photonics")
    with pytest.raises(InputError) as caught:
        read_decision("small.yaml", "candidates")
    assert (
        str(caught.value)
        == f"""\
small.yaml has 2 problems

  line 1: question: is missing
          write question: …
  line 47: viewpoints[0].points.reach: -1 is too small
          write at least 0

{Path("candidates", "alpha.yaml")} has 2 problems

  line 12: evidence[0].criterion: there is no criterion 'company'
          did you mean companies? criteria are areas, depth, companies
  line 13: evidence[0].value: 'about 400' is not a number
          write the number, and the doubt as a range: value: 400, low: 380, high: 420

{Path("candidates", "beta.yaml")} has 2 problems

  line 1: kind: is missing
          write what it is in one word: photonics, health
  line 4: kidn: there is no 'kidn' here
          did you mean kind? allowed names are schema_version, id, name, kind, country, region, location, role, \
note, gates, amounts, facts, evidence"""
    )


@pytest.mark.parametrize("content", ["", "# only a comment\n", "---\n", "a: [", "- 1\n", "text"])
def test_a_broken_criteria_file_does_not_hide_the_candidates(folder, content):
    folder.write("criteria", content)
    folder.change("beta", "country: NO", "country: Norway")
    told = folder.told()
    assert told[0].startswith("small.yaml:")
    assert told[1].startswith("beta.yaml:5 country: 'Norway' is not a country code -> write two capital letters")
    assert len(told) == 2


def test_only_the_first_hundred_problems_of_a_file_are_told(folder):
    folder.write("alpha", folder.texts["alpha"] + "".join(f"x{index}: 1\n" for index in range(150)))
    told = folder.told()
    assert len(told) == 101
    assert told[-1] == "alpha.yaml:130 : there are more problems -> mend those above, then read it again"


def test_a_missing_criteria_file_is_told(folder):
    folder.path("criteria").unlink()
    assert folder.told() == ["small.yaml: : there is no such file -> check the path, or put the file there"]


def test_a_folder_as_criteria_file_is_told(folder):
    with pytest.raises(InputError, match=re.escape("this is a folder, not a file\n          name a .yaml file")):
        read_decision(folder.candidates, folder.candidates)


def test_a_missing_folder_of_candidates_is_told(folder):
    with pytest.raises(InputError, match=re.escape("there is no such folder\n          check the path")):
        read_decision(folder.criteria_file, folder.candidates / "none")


def test_a_file_as_folder_of_candidates_is_told(folder):
    with pytest.raises(InputError, match="this is a file, not a folder"):
        read_decision(folder.criteria_file, folder.path("alpha"))


@pytest.mark.parametrize("path", ["nul\0byte", "x" * 5_000])
def test_paths_that_no_system_takes_are_told(path):
    with pytest.raises(InputError) as caught:
        read_decision(path, path)
    assert all(issue.found.startswith("it cannot be read: ") for issue in caught.value.issues)
    assert len(caught.value.issues) == 2


def test_an_empty_folder_is_told_with_what_to_do(folder):
    for name in ("alpha", "beta", "gamma"):
        folder.path(name).unlink()
    (told,) = folder.told()
    assert told.startswith("candidates: : there is no candidate here -> put one .yaml file for each organisation into ")


def test_members_alone_are_no_candidates(folder):
    folder.path("alpha").unlink()
    folder.path("beta").unlink()
    folder.change(
        "criteria",
        (
            "  - {id: with_alpha, kind: must, candidates: [alpha]}\n"
            "  - {id: not_both, kind: not_together, candidates: [alpha, beta]}\n"
        ),
        "",
    )
    (told,) = folder.told()
    assert "all files here describe members -> put one .yaml file for each organisation" in told


def test_one_candidate_is_enough(folder):
    folder.path("beta").unlink()
    folder.change("criteria", "  - {id: not_both, kind: not_together, candidates: [alpha, beta]}\n", "")
    assert len(folder.read().candidates) == 1


def test_a_folder_that_is_named_like_a_file_is_told(folder):
    (folder.candidates / "delta.yaml").mkdir()
    assert folder.told() == ["delta.yaml: : this is a folder, not a file -> name a .yaml file"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no FIFOs")
def test_a_fifo_is_told_and_never_waited_for(folder):
    os.mkfifo(folder.candidates / "delta.yaml")
    assert folder.told() == [
        "delta.yaml: : this is not a regular file -> name a .yaml file that holds text",
    ]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="the system has no /dev/zero")
def test_a_device_is_told_and_never_read(folder):
    (folder.candidates / "delta.yaml").symlink_to("/dev/zero")
    assert "this is not a regular file" in folder.told()[0]


def test_a_file_that_vanishes_after_the_listing_is_told(folder, monkeypatch):
    read_bytes = raw.read_bytes
    listed = list(folder.candidates.iterdir())

    def vanishing(path, file):
        folder.path("beta").unlink(missing_ok=True)
        return read_bytes(path, file)

    monkeypatch.setattr(Path, "iterdir", lambda _: iter(listed))
    monkeypatch.setattr(raw, "read_bytes", vanishing)
    assert folder.told() == ["beta.yaml: : there is no such file -> check the path, or put the file there"]


def test_too_many_candidate_files_are_told(folder):
    for index in range(2_001):
        (folder.candidates / f"c{index}.yaml").touch()
    assert any(
        "there are 2,004 candidate files, more than 2,000 -> screen the longlist" in told for told in folder.told()
    )


def test_a_file_name_that_is_no_utf8_can_still_be_told(folder):
    try:
        Path(os.fsdecode(os.fsencode(folder.candidates) + b"/\xff.yaml")).write_text("a", encoding="utf-8")
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    with pytest.raises(InputError) as caught:
        folder.read()
    assert str(caught.value).encode()


def test_reading_changes_no_file(folder):
    folder.read()
    assert folder.path("criteria").read_text(encoding="utf-8") == folder.texts["criteria"]
