"""What was agreed to goes into the files: as it was previewed, and not a character beside it moves."""

from __future__ import annotations

import difflib
import errno
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerselect.errors import InputError
from partnerselect.files import raw, whole_file
from partnerselect.files.imports import evidence_text
from partnerselect.files.imports.evidence_text import newcomer_text, with_changes
from partnerselect.files.imports.origin import Origin
from partnerselect.files.imports.read import read_import
from partnerselect.files.imports.write import apply_import, plan_import
from partnerselect.files.imports.written import WrittenError
from partnerselect.files.read import read_decision
from partnerselect.files.yaml_lines import LayoutError
from partnerselect.files.yaml_text import parse_yaml
from partnerselect.model import Candidate, Decision, Evidence
from partnerselect.model.imports import Change, Import, changed
from tests.files.conftest import Folder

ORIGIN = Origin("b", "2017-05", "a survey: # 1")
TABLE = "who;companies;depth;areas;kind;country;region\n"


@pytest.fixture(params=["fast", "pure Python"], autouse=True)
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure Python":
        monkeypatch.setattr(evidence_text, "_LOADER", yaml.SafeLoader)


def proposed(folder: Folder, rows: str, origin: Origin = ORIGIN) -> tuple[Import, Decision]:
    own = folder.read()
    found = read_import((TABLE + rows).encode(), "f.csv", own, origin)
    assert found.problems == ()
    return found, own


def applied(folder: Folder, found: Import, own: Decision, **more: Any) -> Decision:
    return apply_import(found, own, folder.criteria_file, folder.candidates, **more)


def difference(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def everything(folder: Folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.criteria_file.parent.rglob("*")) if path.is_file()}


def test_new_statements_come_last_and_nothing_else_moves(folder: Folder) -> None:
    found, own = proposed(folder, "alpha;30-40;2;imaging\nbeta;n/a;;\n")
    before = {name: folder.path(name).read_text() for name in ("alpha", "beta")}
    after = applied(folder, found, own)
    assert after == found.applied_to(own)
    assert difference(before["alpha"], folder.path("alpha").read_text()) == [
        "+  - criterion: companies", "+    low: 30", "+    high: 40", "+    basis: members", "+    as_of: 2017-05",
        "+    grade: b", "+    source: 'a survey: # 1'",
        "+  - criterion: depth", "+    value: 2", "+    as_of: 2017-05", "+    grade: b",
        "+    source: 'a survey: # 1'",
        "+  - criterion: areas", "+    items: [imaging]", "+    as_of: 2017-05", "+    grade: b",
        "+    source: 'a survey: # 1'",
    ]  # fmt: skip
    assert difference(before["beta"], folder.path("beta").read_text())[:4] == [
        "+", "+evidence:", "+  - criterion: companies", "+    status: not_applicable",
    ]  # fmt: skip


def test_imported_again_nothing_would_change(folder: Folder) -> None:
    rows = "alpha;12,5;2;imaging\nNew Hub;7;;none;health;no;Midt\n"
    found, own = proposed(folder, rows)
    after = applied(folder, found, own)
    assert proposed(folder, rows)[0].is_empty
    assert applied(folder, proposed(folder, rows)[0], after) is after


def test_a_newcomer_gets_a_file_of_its_own(folder: Folder) -> None:
    found, own = proposed(folder, "=Nova: 1;7;;none;health;no;'Midt\n")
    after = applied(folder, found, own)
    assert (folder.candidates / "nova_1.yaml").read_text() == (
        "schema_version: 1\nid: nova_1\nname: '=Nova: 1'\nkind: health\ncountry: 'NO'\nregion: '''Midt'\n\nevidence:\n"
        "  - criterion: companies\n    value: 7\n    basis: members\n    as_of: 2017-05\n    grade: b\n"
        "    source: 'a survey: # 1'\n\n  - criterion: areas\n    items: []\n    as_of: 2017-05\n    grade: b\n"
        "    source: 'a survey: # 1'\n"
    )
    assert after == found.applied_to(own)


def test_points_become_a_viewpoint(folder: Folder) -> None:
    ids = ["fit", "areas", "depth", "reach", "companies"]
    book = "Points;id\n" + "".join(f"{at * 10};{one}\n" for at, one in enumerate(ids))
    own = folder.read()
    found = read_import(book.encode(), "f.csv", own)
    with pytest.raises(ValueError, match="it needs a title"):
        applied(folder, found, own)
    after = applied(folder, found, own, title="From the meeting", why="so")
    assert [one.id for one in after.viewpoints] == ["equal", "from_the_meeting"]
    assert dict(after.viewpoints[1].points) == {one: at * 10 for at, one in enumerate(ids)}
    assert after.viewpoints[1].why == "so"


def test_a_title_that_a_viewpoint_has_already_is_refused(folder: Folder) -> None:
    own, before = folder.read(), everything(folder)
    points = dict.fromkeys(own.ids(), 3.0)
    with pytest.raises(InputError, match="there is a viewpoint “equal” already"):
        applied(folder, Import("f", points=points), own, title=" equal ")
    assert everything(folder) == before


def test_a_plan_names_each_file_with_all_that_it_would_hold_and_writes_nothing(folder: Folder) -> None:
    found, own = proposed(folder, "alpha;1;\nNova;7;1;;health;NO;Midt\n")
    before = everything(folder)
    plan = plan_import(found, own, folder.criteria_file, folder.candidates)
    assert everything(folder) == before
    assert [path.name for path in plan.files] == ["nova.yaml", "alpha.yaml"]
    assert plan.write() == found.applied_to(own)
    assert {path: path.read_bytes() for path in plan.files} == plan.files


def test_a_plan_is_not_carried_out_over_a_file_that_changed_since(folder: Folder) -> None:
    found, own = proposed(folder, "alpha;1;\n")
    plan = plan_import(found, own, folder.criteria_file, folder.candidates)
    folder.change("alpha", "region: Somewhere", "region: Elsewhere")
    before = everything(folder)
    with pytest.raises(InputError, match="somebody changed it while the import was being written"):
        plan.write()
    assert everything(folder) == before


def test_only_what_was_accepted_is_written(folder: Folder) -> None:
    found, own = proposed(folder, "alpha;1;2\nNova;7;1;;health;NO;Midt\n")
    some = found.accepted([1])
    after = applied(folder, some, own)
    assert [one.criterion for one in after.candidates[0].evidence] == ["companies", "depth", "areas", "depth"]
    assert not (folder.candidates / "nova.yaml").exists()
    with pytest.raises(ValueError, match="'nova' is new: take it in, or leave its evidence out"):
        found.accepted([2])
    with pytest.raises(ValueError, match="there is no newcomer 'other'"):
        found.accepted([], ["other"])
    with pytest.raises(ValueError, match="changes are counted from 0 to 3"):
        found.accepted([4])
    assert found.accepted(range(4), ["nova"]) == found


def test_with_a_problem_nothing_is_written(folder: Folder) -> None:
    own = folder.read()
    found = read_import((TABLE + "alpha;1;9\n").encode(), "f.csv", own, ORIGIN)
    before = everything(folder)
    with pytest.raises(InputError, match="9 is outside the scale of levels"):
        applied(folder, found, own)
    assert everything(folder) == before


def test_a_file_that_says_something_else_than_before_is_left_alone(folder: Folder) -> None:
    found, own = proposed(folder, "alpha;1;\nbeta;1;\n")
    folder.change("alpha", "region: Somewhere", "region: Elsewhere")
    before = everything(folder)
    with pytest.raises(InputError, match="says something else than when the import was previewed"):
        applied(folder, found, own)
    assert everything(folder) == before


def test_a_newcomer_whose_file_is_there_by_now_is_told(folder: Folder) -> None:
    found, own = proposed(folder, "Nova;7;1;;health;NO;Midt\n")
    folder.write("beta", folder.path("beta").read_text())
    (folder.candidates / "nova.yaml").write_text(folder.texts["beta"].replace("beta", "nova"))
    with pytest.raises(InputError, match="there is such a file already"):
        applied(folder, found, own)


def test_a_file_changed_in_the_last_moment_stops_all_of_them(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    found, own = proposed(folder, "alpha;1;\nbeta;1;\nNova;7;1;;health;NO;Midt\n")
    write_all = whole_file.write_all

    def late(files: Any, check: Any) -> None:
        folder.change("beta", "region: Elsewhere", "region: Other")
        write_all(files, check)

    monkeypatch.setattr("partnerselect.files.imports.write.write_all", late)
    before = everything(folder)
    with pytest.raises(InputError, match="somebody changed it while the import was being written") as caught:
        applied(folder, found, own)
    assert [Path(one.file).name for one in caught.value.issues] == ["beta.yaml"]
    after = everything(folder)
    assert after.pop("beta.yaml") != before.pop("beta.yaml")
    assert after == before


def test_a_folder_that_cannot_be_written_changes_nothing(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    found, own = proposed(folder, "alpha;1;\nbeta;1;\n")
    before = everything(folder)

    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("partnerselect.files.whole_file.tempfile.mkstemp", full)
    with pytest.raises(OSError, match=r"No space left on device: '.*alpha\.yaml'"):
        applied(folder, found, own)
    assert everything(folder) == before


def test_a_failure_half_way_says_what_was_written(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    found, own = proposed(folder, "alpha;1;\nbeta;1;\n")
    replace = Path.replace

    def second(self: Path, target: Path) -> Path:
        if target.name == "beta.yaml":
            raise OSError(errno.EIO, "Input/output error")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", second)
    with pytest.raises(OSError, match=r"Input/output error; written before it: .*alpha\.yaml: '.*beta\.yaml'"):
        applied(folder, found, own)
    assert not [name for name in everything(folder) if name.startswith(".saving-")]
    assert len(folder.read().candidates[0].evidence) == 4
    assert folder.read().candidates[1].evidence == ()


def written_late(monkeypatch: pytest.MonkeyPatch, late: Callable[[], object]) -> None:
    """Something happens right after the files have been replaced."""
    write_all = whole_file.write_all

    def disturbed(files: Any, check: Any) -> None:
        write_all(files, check)
        late()

    monkeypatch.setattr("partnerselect.files.imports.write.write_all", disturbed)


def test_what_is_read_afterwards_must_be_what_was_previewed(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    found, own = proposed(folder, "alpha;1;\n")
    written_late(monkeypatch, lambda: folder.change("alpha", "region: Somewhere", "region: Elsewhere"))
    with pytest.raises(WrittenError, match="it was written, and does not say what was previewed") as caught:
        applied(folder, found, own)
    assert [path.name for path in caught.value.files] == ["alpha.yaml"]
    assert [one.file for one in caught.value.issues] == ["alpha"]


def test_where_it_is_written_and_another_file_is_broken_by_then_both_are_told(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, own = proposed(folder, "alpha;1;\n")
    written_late(monkeypatch, lambda: folder.write("beta", "half a file: ["))
    with pytest.raises(WrittenError, match=r"It was written into .*alpha\.yaml, but the decision cannot") as caught:
        applied(folder, found, own)
    assert [Path(one.file).name for one in caught.value.issues] == ["beta.yaml"]
    folder.write("beta", folder.texts["beta"])
    assert folder.read() == found.applied_to(own)


def test_of_two_imports_at_once_neither_is_lost(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    first, own = proposed(folder, "alpha;1;\n")
    second, _ = proposed(folder, "alpha;;2\n")
    plans = [plan_import(one, own, folder.criteria_file, folder.candidates) for one in (first, second)]
    told: list[object] = []

    def other() -> None:
        try:
            told.append(plans[1].write())
        except InputError as problems:
            told.append(problems)

    thread = Thread(target=other)
    replace = Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        if not told and not thread.ident:
            thread.start()
            thread.join(0.5)  # as long as it takes to write, if nothing held it up
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    assert plans[0].write() == first.applied_to(own)
    thread.join()
    assert "somebody changed it while the import was being written" in str(told[0])
    assert folder.read() == first.applied_to(own)


@pytest.mark.parametrize(
    ("old", "new", "rows"),
    [
        ("[[0, 0], [100, 1]]", "[[0, 1], [100, 0]]", "alpha;1;\n"),
        ("unit: companies", "unit: months", "alpha;1;\n"),
        ("{level: 2, text: the core}", "{level: 2, text: all of it}", "beta;;2\n"),
    ],
)
def test_where_the_scale_of_a_criterion_is_another_by_now_nothing_is_written(
    folder: Folder, old: str, new: str, rows: str
) -> None:
    found, own = proposed(folder, rows)
    folder.change("criteria", old, new)
    before = everything(folder)
    with pytest.raises(InputError, match=r"the criterion '\w+' has another scale than when the import was") as caught:
        applied(folder, found, own)
    assert [Path(one.file).name for one in caught.value.issues] == ["small.yaml"]
    assert everything(folder) == before


def test_a_criterion_that_has_gone_by_now_is_told(folder: Folder) -> None:
    found, own = proposed(folder, "beta;1;\n")
    text = folder.texts["criteria"].replace("id: companies", "id: firms").replace("companies: 50", "firms: 50")
    folder.write("criteria", text)
    folder.write("alpha", folder.texts["alpha"].replace("[companies]", "[firms]").replace("n: companies", "n: firms"))
    with pytest.raises(InputError, match="the criterion 'companies' is not there any more, as it was when"):
        applied(folder, found, own)


def test_another_scale_of_a_criterion_that_the_import_does_not_speak_of_is_no_obstacle(folder: Folder) -> None:
    found, own = proposed(folder, "alpha;;2\n")
    folder.change("criteria", "[[0, 0], [100, 1]]", "[[0, 0], [50, 1]]")
    assert applied(folder, found, own).candidates == found.applied_to(own).candidates


def test_points_for_other_goals_or_criteria_than_there_are_by_now_are_refused(folder: Folder) -> None:
    own = folder.read()
    extra = "      - {id: more, title: M, question: Q, scale: {kind: items, items: [{id: x, title: X}]}}\n"
    folder.change("criteria", "gates:\n", extra + "gates:\n")
    folder.change("criteria", "companies: 50}", "companies: 50, more: 50}")
    with pytest.raises(InputError, match="there are other goals or criteria than when the import was previewed"):
        applied(folder, Import("f", points=dict.fromkeys(own.ids(), 3.0)), own, title="New")


def test_newcomers_are_written_in_the_order_of_the_table(folder: Folder) -> None:
    names = ["zeta", "nova", "mid", "orion", "abel", "karl", "lima"]
    found, own = proposed(folder, "".join(f"{name};7;1;;health;NO;Midt\n" for name in names))
    plan = plan_import(found, own, folder.criteria_file, folder.candidates)
    assert [path.stem for path in plan.files] == names


def test_a_file_that_is_broken_after_the_decision_was_read_is_told(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, own = proposed(folder, "alpha;1;\n")
    read = read_decision(folder.criteria_file, folder.candidates, own.as_of)
    folder.write("alpha", "half a file: [")
    monkeypatch.setattr("partnerselect.files.imports.write.read_decision", lambda *_: read)
    with pytest.raises(InputError, match="it says something else than when the import was previewed"):
        plan_import(found, own, folder.criteria_file, folder.candidates)


def test_a_viewpoint_too_many_is_refused_before_it_is_written(folder: Folder) -> None:
    one = "  - {id: v%d, title: V, points: {fit: 1, areas: 1, depth: 1, reach: 1, companies: 1}}\n"
    folder.write("criteria", folder.path("criteria").read_text() + "".join(one % at for at in range(199)))
    own, before = folder.read(), everything(folder)
    points = dict.fromkeys(own.ids(), 3.0)
    with pytest.raises(InputError, match="write at most 200"):
        applied(folder, Import("f", points=points), own, title="One more")
    assert everything(folder) == before


def test_evidence_in_brackets_is_refused_with_its_mend(folder: Folder) -> None:
    folder.write("beta", folder.texts["beta"] + "evidence: [{criterion: depth, value: 1, grade: a, source: x}]\n")
    found, own = proposed(folder, "alpha;1;\nbeta;1;\n")
    before = everything(folder)
    with pytest.raises(InputError, match="laid out in a way that cannot be edited safely") as caught:
        applied(folder, found, own)
    assert [(Path(one.file).name, one.place) for one in caught.value.issues] == [("beta.yaml", "evidence")]
    assert everything(folder) == before


def test_larger_than_a_file_may_be_is_refused(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    found, own = proposed(folder, "alpha;1;\n", Origin("a", "2017", "x" * 5_000))
    monkeypatch.setattr(raw, "LARGEST", 5_000)
    with pytest.raises(InputError, match="with the import it is larger than 10 MB"):
        applied(folder, found, own)


HEAD = "schema_version: 1\nid: a\nname: A\nkind: x\ncountry: FR\nregion: R\n"
FIRST = Evidence(criterion="c", value=1, grade="a", as_of="2016", source="s", reason="r")
SECOND = Evidence(criterion="d", items=("x", "y"), grade="b", source="t")
NEW = Evidence(criterion="e", value=2.5, grade="c", source="u")
TWO = """\
evidence:  # what is known
  # the first
  - criterion: c
    value: 1  # counted
    # of the year
    as_of: 2016
    grade: a
    source: s
    reason: >-
      r

  # the second
  - criterion: d
    items:
      - x
      - y  # too
    # so
    grade: b
    source: t
# end
"""


def text(changes: list[Change], body: str = TWO) -> list[str]:
    before, after = HEAD + body, with_changes(HEAD + body, changes)
    document = parse_yaml(after.encode(), "a.yaml")
    assert document.issues == ()
    who = Candidate.model_validate(parse_yaml(before.encode(), "a.yaml").data)
    assert Candidate.model_validate(document.data) == changed(who, changes)
    return difference(before, after)


def change(before: Evidence | None, at: int | None, after: Evidence | None) -> Change:
    return Change("a", "c", before, after, at, "")


def test_a_word_that_changes_leaves_the_comments_beside_it() -> None:
    after = FIRST.model_copy(update={"value": 1.5, "as_of": "2017-01", "reason": "other: # words"})
    assert text([change(FIRST, 0, after)]) == [
        "-    value: 1  # counted", "+    value: 1.5  # counted", "-    as_of: 2016", "+    as_of: 2017-01",
        "-    reason: >-", "-      r", "+    reason: 'other: # words'",
    ]  # fmt: skip


def test_keys_come_and_go_line_by_line() -> None:
    after = FIRST.model_copy(update={"value": None, "low": 1.0, "high": 2.0, "note": "n", "by": "me", "source": None})
    assert text([change(FIRST, 0, after)]) == [
        "-    value: 1  # counted", "-    source: s", "+    low: 1", "+    high: 2", "+    by: me", "+    note: n",
    ]  # fmt: skip


def test_a_list_of_lines_becomes_one_line_and_the_comment_below_stays() -> None:
    after = SECOND.model_copy(update={"items": ("y",), "possible": ("x",)})
    assert text([change(SECOND, 1, after)]) == [
        "-    items:", "-      - x", "-      - y  # too", "+    items: [y]", "+    possible: [x]",
    ]  # fmt: skip


def test_a_statement_goes_and_the_comments_around_it_stay() -> None:
    assert text([change(SECOND, 1, None)]) == [
        "-  - criterion: d", "-    items:", "-      - x", "-      - y  # too", "-    # so", "-    grade: b",
        "-    source: t",
    ]  # fmt: skip


def test_when_all_statements_go_an_empty_list_stays() -> None:
    assert "+evidence: []  # what is known" in text([change(FIRST, 0, None), change(SECOND, 1, None)])


LINES = "  - criterion: e\n    value: 2.5\n    grade: c\n    source: u\n"
FLAT = LINES.replace("\n  ", "\n")[2:]
LAYOUTS = [
    ("no evidence", "§", f"\nevidence:\n{LINES}"),
    ("no line end", "note: last§", f"\n\nevidence:\n{LINES}"[:-1]),
    ("comments at the end", "note: last\n§# end\n", f"\nevidence:\n{LINES}"),
    ("the end of the document marked", "§...\n", f"\nevidence:\n{LINES}"),
    ("one entry", "evidence:\n  - {criterion: c, value: 1, grade: a, source: s}\n§note: last\n", LINES),
    ("the list not indented", "evidence:\n- criterion: c\n  value: 1\n  grade: a\n  source: s\n§# end", FLAT),
]
EMPTY = [
    ("evidence: []\nnote: last\n", f"evidence:\n{LINES}note: last\n"),
    ("evidence: []  # none\n", f"evidence:  # none\n{LINES}"),
    ("evidence:   [ ]", f"evidence:\n{LINES}"[:-1]),
]


@pytest.mark.parametrize(("marked", "added"), [case[1:] for case in LAYOUTS], ids=[case[0] for case in LAYOUTS])
def test_a_statement_is_added_in_the_layout_of_the_file(marked: str, added: str) -> None:
    before, after = HEAD + marked.replace("§", ""), HEAD + marked.replace("§", added)
    assert with_changes(before, [change(None, None, NEW)]) == after


@pytest.mark.parametrize(("before", "after"), EMPTY)
def test_a_statement_is_added_to_an_empty_list(before: str, after: str) -> None:
    assert with_changes(HEAD + before, [change(None, None, NEW)]) == HEAD + after


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_line_ends_of_the_file_stay(newline: str) -> None:
    body = (HEAD + TWO).replace("\n", newline)
    after = with_changes(body, [change(FIRST, 0, FIRST.model_copy(update={"note": "n"})), change(None, None, NEW)])
    assert after.replace(newline, "") == after.replace("\r", "").replace("\n", "")


def test_from_a_list_in_brackets_nothing_is_taken_out() -> None:
    with pytest.raises(LayoutError):
        with_changes(HEAD + "evidence: [{criterion: c, value: 1, grade: a, source: s}]\n", [change(FIRST, 0, None)])


def test_an_entry_in_braces_is_changed_in_its_braces_or_written_anew() -> None:
    body = "evidence:\n  - {criterion: c, value: 1, grade: a, source: s}\n"
    old = Evidence(criterion="c", value=1, grade="a", source="s")
    assert text([change(old, 0, old.model_copy(update={"source": "x, y"}))], body)[-1:] == [
        "+  - {criterion: c, value: 1, grade: a, source: 'x, y'}"
    ]
    assert text([change(old, 0, old.model_copy(update={"note": "n"}))], body)[-5:] == [
        "+  - criterion: c", "+    value: 1", "+    grade: a", "+    source: s", "+    note: n",
    ]  # fmt: skip


WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"), min_size=1)
WORDS = WORDS.map(str.strip).filter(bool)
STATEMENTS = st.builds(
    Evidence,
    criterion=st.sampled_from(["c", "null", "yes", "no"]),
    value=st.floats(allow_nan=False, allow_infinity=False),
    grade=st.sampled_from("abcd"),
    as_of=st.sampled_from([None, "2016", "2016-10", "2016-10-05"]),
    judged_on=st.sampled_from([None, date(2017, 5, 31)]),
    undated=st.booleans(),
    by=st.none() | WORDS,
    reason=WORDS,
    source=WORDS,
    unit=st.none() | WORDS,
    note=st.none()
    | WORDS
    | st.sampled_from(["1e3", "NO", "null", "a: b", "# c", "- d", "two\nlines", "'", '"', "[x]"]),
    facts=st.lists(st.sampled_from(["f1", "f2"]), unique=True).map(tuple),
)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STATEMENTS, min_size=1, max_size=3), st.data())
def test_whatever_statements_say_comes_back_as_it_was(statements: list[Evidence], data: st.DataObject) -> None:
    who = Candidate(schema_version=1, id="a", name="A", kind="x", country="FR", region="R", evidence=tuple(statements))
    body = newcomer_text(who)
    assert Candidate.model_validate(parse_yaml(body.encode(), "a").data) == who
    changes = []
    for at, one in enumerate(statements):
        other = data.draw(st.none() | STATEMENTS)
        changes.append(Change("a", one.criterion, one, other, at, ""))
    changes += [Change("a", one.criterion, None, one, None, "") for one in data.draw(st.lists(STATEMENTS, max_size=2))]
    after = parse_yaml(with_changes(body, changes).encode(), "a")
    assert after.issues == ()
    assert Candidate.model_validate(after.data) == changed(who, changes)


def test_the_example_of_the_document_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    document = (Path(__file__).parents[2] / "docs" / "file-format.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", document, flags=re.MULTILINE | re.DOTALL)
    for _, body in blocks:
        if named := re.match(r"# (\S+\.yaml)\n", body):
            (tmp_path / named[1]).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / named[1]).write_text(body, encoding="utf-8")
    (table,) = (body for language, body in blocks if language == "csv")
    (program,) = (body for language, body in blocks if language == "python")
    (tmp_path / "survey.csv").write_text(table, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(compile(program, "docs/file-format.md", "exec"), names)  # noqa: S102
    assert capsys.readouterr().out.splitlines()[:3] == [
        "6 cells would change, of MedLight cluster, OpticNet and Nordlys.",
        "Nordlys is a new candidate, with 2 cells.",
        "7 statements come.",
    ]
    said = {(one.id, each.criterion): each for one in names["decision"].candidates for each in one.evidence}
    assert (said["medlight", "companies"].value, said["medlight", "companies"].high) == (230, 240)
    assert said["medlight", "areas"].possible == ("diagnostics",)
    assert (said["opticnet", "companies"].low, said["opticnet", "depth"].status) == (30, "not_applicable")
    assert said["opticnet", "areas"].items == ()
    assert (said["nordlys", "companies"].value, said["nordlys", "depth"].status) == (12.5, "refused")
