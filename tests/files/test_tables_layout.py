"""Statements changed and taken out in files as other programs and people lay them out."""

from __future__ import annotations

import difflib
from typing import Any

import pytest
import yaml

from partnerselect.files.imports import evidence_text
from partnerselect.files.imports.evidence_text import with_changes
from partnerselect.files.imports.read import read_import
from partnerselect.files.imports.statement_edits import edited
from partnerselect.files.imports.write import apply_import
from partnerselect.files.yaml_lines import LayoutError
from partnerselect.files.yaml_text import parse_yaml
from partnerselect.model import Candidate, Evidence
from partnerselect.model.imports import Change, changed
from tests.files.books import xlsx
from tests.files.conftest import Folder

HEAD = "schema_version: 1\nid: a\nname: A\nkind: x\ncountry: FR\nregion: R\n"
PLAIN = """\
evidence:
- criterion: areas
  as_of: '2016'
  grade: a
  items:
  - imaging
  source: a page
- as_of: '2016'
  basis: members
  criterion: companies
  grade: a
  source: a page
  value: 4
"""


@pytest.fixture(params=["fast", "pure Python"], autouse=True)
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure Python":
        monkeypatch.setattr(evidence_text, "_LOADER", yaml.SafeLoader)


def stands(body: str) -> Candidate:
    document = parse_yaml((HEAD + body).encode(), "a.yaml")
    assert document.issues == ()
    return Candidate.model_validate(document.data)


def difference(body: str, *new: Evidence, **said: dict[str, Any] | None) -> list[str]:
    """Lines that change; `one0={"value": 3}` changes the first statement, `one0=None` takes it away."""
    who = stands(body)
    changes = []
    for name, keys in said.items():
        at = int(name.removeprefix("one"))
        before = who.evidence[at]
        after_ = None if keys is None else before.model_copy(update=keys)
        changes.append(Change("a", before.criterion, before, after_, at, ""))
    changes += [Change("a", one.criterion, None, one, None, "") for one in new]
    after = with_changes(HEAD + body, changes)
    assert stands(after.removeprefix(HEAD)) == changed(who, changes)
    lines = difflib.unified_diff((HEAD + body).splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize(
    ("dash", "behind"), [("  ", ""), ("    ", ""), ("  ", "  # which"), ("    ", " # which\n    # of them")]
)
def test_a_list_in_lines_of_its_own_changes_beside_its_key_wherever_its_dashes_stand(dash: str, behind: str) -> None:
    body = PLAIN.replace("items:\n  - imaging\n", f"items:{behind}\n{dash}- imaging\n{dash}- optics\n")
    first = behind.partition("\n")[0]
    assert sorted(difference(body, one0={"items": ("optics",)})) == sorted(
        [f"-  items:{first}", f"+  items: [optics]{first}", f"-{dash}- imaging", f"-{dash}- optics"]
    )


def test_a_list_in_lines_of_its_own_goes_with_its_key() -> None:
    assert difference(PLAIN, one0={"items": None, "value": 1.0}) == ["-  items:", "-  - imaging", "+  value: 1"]


def test_a_list_at_the_end_of_a_file_without_a_line_end_is_changed() -> None:
    body = "evidence:\n- criterion: areas\n  grade: a\n  source: s\n  items:\n  - imaging"
    assert difference(body, one0={"items": ()}) == ["-  items:", "-  - imaging", "+  items: []"]


def test_a_file_as_a_program_writes_it_is_edited_where_several_statements_change(folder: Folder) -> None:
    folder.write("beta", folder.texts["beta"] + PLAIN)
    own = folder.read()
    rows: list[list[Any]] = [
        ["Candidate id", "Criterion id", "Value", "Items", "Grade", "As of", "Source"],
        ["beta", "areas", None, "diagnostics", "b", "2016", "a page"],
        ["beta", "companies", 5, None, "a", "2016", "a page"],
    ]
    found = read_import(xlsx(rows, names=["Evidence"]), "f.xlsx", own)
    assert len(found.changes) == 2
    assert apply_import(found, own, folder.criteria_file, folder.candidates) == found.applied_to(own)
    assert "  items: [diagnostics]\n  source: a page\n- as_of: '2016'\n" in folder.path("beta").read_text()


def test_a_value_behind_a_colon_that_stands_apart_is_written_behind_it() -> None:
    body = "evidence:\n- criterion: c\n  value: 1\n  grade: a\n  source: s\n  note :\n"
    assert difference(body, one0={"note": "so"}) == ["-  note :", "+  note : so"]


ALONE = """\
evidence:
  # of the first
  -  # the first
    criterion: c
    value: 1
    grade: a
    source: s

  # of the second
  -
    # inside
    criterion: d
    value: 2
    grade: a
    source: - no dash
  # end
""".replace("source: - no dash", "source: not a - dash")


def test_a_statement_behind_a_dash_of_its_own_is_taken_out() -> None:
    assert difference(ALONE, one1=None) == [
        "-  -", "-    # inside", "-    criterion: d", "-    value: 2", "-    grade: a", "-    source: not a - dash",
    ]  # fmt: skip
    assert difference(ALONE, one0=None)[:2] == ["-  -  # the first", "-    criterion: c"]
    assert difference(ALONE, one0=None, one1=None)[:2] == ["-evidence:", "+evidence: []"]


def test_the_key_that_comes_takes_the_place_of_a_first_key_that_goes() -> None:
    body = "evidence:\n  - value: 3  # why\n    # of whom\n    criterion: c\n    grade: a  # sure\n    source: s\n"
    assert difference(body, one0={"value": None, "low": 2.0, "high": 4.0}) == [
        "-  - value: 3  # why", "+  - low: 2  # why", "+    high: 4",
    ]  # fmt: skip


def test_a_first_key_that_is_a_list_goes_with_its_lines() -> None:
    body = "evidence:\n- items:  # which\n  - x\n  - y\n  criterion: c\n  grade: a\n  source: s\n"
    assert difference(body, one0={"items": None, "status": "refused"}) == [
        "-- items:  # which", "-  - x", "-  - y", "+- status: refused  # which",
    ]  # fmt: skip


@pytest.mark.parametrize("ending", ["\n", ""])
def test_the_criterion_takes_the_place_of_a_first_key_for_which_nothing_comes(ending: str) -> None:
    body = "evidence:\n  - note: x  # gone\n    # of whom\n    value: 3  # why\n    grade: a\n    source: s\n"
    body += f"    criterion: c  # which{ending}"
    assert difference(body, one0={"note": None}) == [
        "-  - note: x  # gone", "+  - criterion: c  # which", "-    criterion: c  # which",
    ]  # fmt: skip


def test_a_comment_behind_braces_stays_where_lines_take_their_place() -> None:
    body = "evidence:\n  - {criterion: c, value: 1, grade: a, source: s}  # why\n"
    assert difference(body, one0={"value": None, "status": "refused"})[1] == "+  - criterion: c  # why"


NEW = Evidence(criterion="e", value=2.5, grade="c", source="u")
APART = "evidence:\n" + "\n".join(
    f"  - criterion: c{at}\n    value: {at}\n    grade: a\n    source: s\n" for at in range(3)
)


@pytest.mark.parametrize("going", [[0], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2]])
@pytest.mark.parametrize("new", [[], [NEW], [NEW, NEW]], ids=["none new", "one new", "two new"])
@pytest.mark.parametrize(
    "end",
    ["\n", "", "\n\nnote: last\n", "\n    # deeper", "\n# end\n"],
    ids=["end", "bare", "more", "deeper", "comment"],
)
def test_between_statements_that_stay_and_come_one_blank_line_stays(going: list[int], new: Any, end: str) -> None:
    body = APART.removesuffix("\n") + end
    difference(body, *new, **{f"one{at}": None for at in going})
    who = stands(body)
    changes = [Change("a", "", who.evidence[at], None, at, "") for at in going]
    changes += [Change("a", "", None, one, None, "") for one in new]
    after = with_changes(HEAD + body, changes)
    assert "\n\n\n" not in after
    assert "evidence:\n\n" not in after
    assert after.count("- criterion") == 3 - len(going) + len(new)


def test_however_many_statements_change_a_file_is_taken_apart_once(monkeypatch: pytest.MonkeyPatch) -> None:
    count = []
    compose = yaml.compose

    def counted(*parts: Any, **more: Any) -> Any:
        count.append(1)
        return compose(*parts, **more)

    body = "evidence:\n" + "".join(
        f"  - criterion: c\n    value: {at}\n    grade: a\n    source: s{at}\n" for at in range(60)
    )
    monkeypatch.setattr("partnerselect.files.imports.evidence_text.yaml.compose", counted)
    said: dict[str, Any] = {f"one{at}": {"value": at + 100.0} if at % 3 else None for at in range(60)}
    difference(body, NEW, NEW, **said)
    difference(body, **dict.fromkeys(said))
    assert len(count) == 2


def test_edits_of_the_same_part_are_refused() -> None:
    assert edited("abcd", [(2, 3, ""), (0, 1, "x"), (1, 1, "y")]) == "xybd"
    with pytest.raises(LayoutError):
        edited("abcd", [(0, 2, ""), (1, 3, "")])
