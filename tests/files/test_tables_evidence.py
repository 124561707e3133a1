"""The sheets Evidence and Weights, edited offline: what stands stays, and what somebody changed is proposed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from partnerselect.files.imports.read import read_import
from partnerselect.model import Decision, Evidence
from partnerselect.model.imports import Import
from tests.builders import criteria, decision, items, measured, organisation
from tests.files.books import xlsx

LEVELS = {"kind": "levels", "levels": [{"level": at, "text": f"step {at}"} for at in range(4)]}
OWN = decision(
    criteria(
        (
            "goal",
            [
                measured("reach", basis="members"),
                {"id": "depth", "title": "Depth", "question": "How deep?", "scale": LEVELS},
                items("areas", "imaging", "optics"),
            ],
        )
    ),
    organisation(
        "alpha",
        {"criterion": "reach", "value": 0.1 + 0.2, "basis": "members", "as_of": "2016", "source": "https://a.example/"},
        {"criterion": "reach", "low": 1, "high": 3, "basis": "members", "as_of": "2016-10", "source": "two\nlines"},
        {"criterion": "depth", "value": 1, "by": "x", "judged_on": "2017-05-01", "reason": "=so", "facts": ["f1"]},
        {"criterion": "areas", "items": [], "undated": True, "as_of": None},
        facts=[{"id": "f1", "field": "members", "value": 3, "unit": "companies", "source": "the page"}],
        name="Alpha Cluster",
    ),
    organisation("beta", {"criterion": "depth", "status": "refused"}, {"criterion": "areas", "items": ["optics"]}),
)
KEYS = {
    "Candidate": None, "Criterion": None, "Value": "value", "Low": "low", "High": "high", "Items": "items",
    "Possible items": "possible", "Answer": "status", "Unit": "unit", "As of": "as_of", "Grade": "grade", "By": "by",
    "Reason": "reason", "Where it comes from": None, "Basis": "basis", "Undated": "undated", "Judged on": "judged_on",
    "Facts": "facts", "Note": "note", "Source": "source", "Candidate id": None, "Criterion id": "criterion",
}  # fmt: skip
HEADINGS = list(KEYS)
Row = list[Any]


def shown(value: object) -> object:
    if isinstance(value, tuple):
        return ", ".join(value) or None
    if value is True:
        return "yes"
    return None if value is False else value if isinstance(value, float) or value is None else str(value)


def row(who: str, name: str, one: Evidence) -> Row:
    """A statement as the workbook shows it."""
    cells = {title: shown(getattr(one, key)) for title, key in KEYS.items() if key is not None}
    cells |= {"Candidate": name, "Candidate id": who, "Criterion": one.criterion}
    if one.items == ():
        cells["Items"] = "none"
    cells["Answer"] = {"not_applicable": "n/a"}.get(str(one.status), one.status)
    return [cells.get(title) for title in HEADINGS]


def sheet() -> list[Row]:
    """Title, two lines, the headings, and a row for each statement."""
    rows = [row(who.id, who.name, one) for who in OWN.candidates for one in who.evidence]
    return [["Evidence"], ["One row for each statement"], [], list(HEADINGS), *rows]


def edited(change: Callable[[list[Row]], object] = len) -> Import:
    rows = sheet()
    change(rows)
    return read_import(xlsx(rows, names=["Evidence"]), "f.xlsx", OWN)


def at(rows: list[Row], number: int, title: str, value: object) -> None:
    """Write into a cell; rows count from 1, as in a spreadsheet."""
    rows[number - 1][HEADINGS.index(title)] = value


def told(found: Import) -> list[str]:
    return [f"{issue.place}: {issue.found} -> {issue.mend}" for issue in found.problems]


def kinds(found: Import) -> list[tuple[str, str, str, str]]:
    assert told(found) == []
    return [(one.kind, one.candidate, one.criterion, one.place) for one in found.changes]


def test_a_sheet_as_it_was_made_changes_nothing() -> None:
    found = edited()
    assert (found.is_empty, found.problems, found.shapes) == (True, (), ("evidence",))


def test_rows_in_another_order_are_the_same_statements() -> None:
    def turn(rows: list[Row]) -> None:
        rows[4:] = rows[:3:-1]

    assert edited(turn).is_empty


def test_a_sheet_saved_as_csv_changes_nothing_either() -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(sheet())
    assert read_import(out.getvalue().encode(), "f.csv", OWN).is_empty


def test_in_a_sheet_saved_as_csv_with_semicolons_a_point_may_be_one_of_thousands() -> None:
    rows = sheet()
    at(rows, 5, "Value", "1.234")
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    assert told(read_import(out.getvalue().encode(), "f.csv", OWN)) == [
        "C5: '1.234' can mean 1234 or 1.234 -> write 1234, or 1.2340"
    ]


def test_a_changed_cell_changes_its_statement_and_nothing_else_of_it() -> None:
    found = edited(lambda rows: at(rows, 6, "High", 4))
    assert kinds(found) == [("changed", "alpha", "reach", "Evidence!D6")]
    (one,) = found.changes
    assert one.before == OWN.candidates[0].evidence[1]
    assert one.after == one.before.model_copy(update={"high": 4.0})
    assert one.at == 1


@pytest.mark.parametrize(
    ("number", "title", "value", "key", "expected"),
    [
        (5, "Grade", "B", "grade", "b"),
        (5, "As of", 2015, "as_of", "2015"),
        (5, "As of", "2016-10-05", "as_of", "2016-10-05"),
        (6, "Source", "=another", "source", "=another"),
        (7, "Judged on", "2017-05-02", "judged_on", None),
        (7, "Facts", None, "facts", ()),
        (7, "Reason", "other", "reason", "other"),
        (7, "Value", 0, "value", 0.0),
        (8, "Items", "imaging; optics", "items", ("imaging", "optics")),
        (8, "Undated", "no", "undated", False),
        (9, "Note", 7, "note", "7"),
        (10, "Possible items", "imaging", "possible", ("imaging",)),
    ],
)
def test_every_column_can_be_edited(number: int, title: str, value: object, key: str, expected: object) -> None:
    (one,) = edited(lambda rows: at(rows, number, title, value)).changes
    assert one.kind == "changed"
    assert one.before is not None
    assert one.after is not None
    if expected is not None:
        assert getattr(one.after, key) == expected
    assert [name for name in Evidence.model_fields if getattr(one.before, name) != getattr(one.after, name)] == [key]


def test_a_row_more_is_a_new_statement_and_a_row_less_one_that_goes() -> None:
    def change(rows: list[Row]) -> None:
        del rows[5]
        new = Evidence(criterion="depth", value=2, grade="a", as_of="2017", source="new")
        rows.append(row("", "beta", new))

    found = edited(change)
    assert kinds(found) == [("new", "beta", "depth", "Evidence!C10"), ("removed", "alpha", "reach", "")]
    assert found.changes[1].before == OWN.candidates[0].evidence[1]


def test_candidates_of_whom_there_is_no_row_keep_their_evidence() -> None:
    found = edited(lambda rows: rows.__delitem__(slice(4, 8)))
    assert found.is_empty
    assert found.notes[-1] == "No row speaks of Alpha Cluster: what the files say of them stays."


def test_a_row_of_another_day_and_source_is_a_new_statement_even_where_it_says_the_same() -> None:
    stands = OWN.candidates[0].evidence[1]
    later = stands.model_copy(update={"as_of": "2026", "source": "a survey of 2026", "note": None})
    found = edited(lambda rows: rows.append(row("alpha", "", later)))
    assert [(one.kind, one.after) for one in found.changes] == [("new", later)]


def test_rows_that_are_all_new_take_nothing_away() -> None:
    later = OWN.candidates[0].evidence[1].model_copy(update={"as_of": "2026", "source": "a survey of 2026"})

    def only_new(rows: list[Row]) -> None:
        rows[4:] = [row("alpha", "", later)]

    assert [one.kind for one in edited(only_new).changes] == ["new"]


def test_columns_that_were_taken_out_change_nothing() -> None:
    def change(rows: list[Row]) -> None:
        for one in rows[3:]:
            del one[HEADINGS.index("Reason")]

    assert edited(change).is_empty


def test_a_source_beside_nothing_is_the_source_of_a_new_row() -> None:
    def change(rows: list[Row]) -> None:
        rows.append(row("beta", "", Evidence(criterion="reach", value=2, basis="members", grade="a", source="x")))
        at(rows, 11, "Source", None)
        at(rows, 11, "Where it comes from", "by hand")

    (one,) = edited(change).changes
    assert one.after is not None
    assert one.after.source == "by hand"


def test_a_change_of_the_column_that_repeats_the_sources_is_told() -> None:
    def change(rows: list[Row]) -> None:
        at(rows, 7, "Where it comes from", "elsewhere")
        at(rows, 7, "Value", 2)

    found = edited(change)
    assert found.notes == ("Evidence!N7 was not read: sources are taken from the columns Source and Facts.",)


NEWCOMERS = "newcomers come with a table of candidates and criteria, with columns kind, country and region"
PROBLEMS: Sequence[tuple[int, str, object, str, str]] = [
    (5, "Value", "about 4", "C5: 'about 4' is not a number", "write the number; its doubt goes into Low and High"),
    (5, "As of", 42648, "J5: 42648 is the number by which spreadsheets keep a date",
     "write the date as 2016, 2016-10 or 2016-10-05, in a cell formatted as text"),
    (5, "As of", "Oct 2016", "J5: 'Oct 2016' is not a date",
     "write the date as 2016, 2016-10 or 2016-10-05, in a cell formatted as text"),
    (5, "Grade", "e", "K5: 'e' is not allowed here", "allowed words are a, b, c, d"),
    (5, "Grade", None, "K5: is missing", "write grade: a, b, c or d"),
    (5, "Basis", "member", "O5: 'member' is not allowed here",
     "did you mean members? allowed words are members, ecosystem, organisation"),
    (5, "Basis", None, "O5: is missing: the criterion counts members",
     "write basis: members, ecosystem or organisation"),
    (5, "Source", None, "C5: nobody stands for it", "name the source, or sign the judgement with by, reason and facts"),
    (5, "Candidate id", "alfa", "U5: there is no candidate 'alfa'",
     f"did you mean alpha? candidates are alpha, beta; {NEWCOMERS}"),
    (5, "Criterion id", "reech", "V5: there is no criterion 'reech'",
     "did you mean reach? criteria are reach, depth, areas"),
    (5, "Candidate id", "beta", "U5: the row is about 'beta', and about 'Alpha Cluster'",
     f"write the same into both, or empty the id; {NEWCOMERS}"),
    (6, "Low", 9, "D6: low, value and high are out of order", "write low <= value <= high"),
    (7, "Value", 7, "C7: 7 is outside the scale of levels", "write a number from 0 to 3"),
    (7, "Facts", "f9", "R7: there is no fact 'f9'", "facts of this file are f1"),
    (7, "Items", "imaging", "F7: the criterion counts no items", "write a number into Value, or Low and High"),
    (8, "Items", "imagin", "F8: there is no item 'imagin'", "did you mean imaging? items are imaging, optics"),
    (8, "Undated", "perhaps", "P8: 'perhaps' is neither yes nor no", "write yes, or leave it empty"),
    (9, "Answer", "later", "H9: 'later' is no such answer", "write refused or n/a, or leave it empty"),
    (9, "Value", 1, "C9: it says nothing, or several things",
     "write a value (or low, high), or items, or a status"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "title", "value", "what", "mend"), PROBLEMS)
def test_a_problem_is_told_at_its_cell(number: int, title: str, value: object, what: str, mend: str) -> None:
    found = edited(lambda rows: at(rows, number, title, value))
    assert told(found) == [f"Evidence!{what} -> {mend}"]
    assert found.changes == ()


def test_a_row_of_nobody_tells_what_else_is_wrong_with_it() -> None:
    def change(rows: list[Row]) -> None:
        new = row("nobody", "", Evidence(criterion="reach", value=2, grade="a", as_of="2017", source="new"))
        rows.append(new)
        at(rows, len(rows), "As of", "Oct 2016")
        rows.append([*new])
        at(rows, len(rows), "Grade", "z")

    assert [line.partition(" -> ")[0] for line in told(edited(change))] == [
        "Evidence!J11: 'Oct 2016' is not a date",
        "Evidence!U11: there is no candidate 'nobody'",
        "Evidence!J12: 'Oct 2016' is not a date",
        "Evidence!K12: 'z' is not allowed here",
        "Evidence!U12: there is no candidate 'nobody'",
    ]


def test_a_row_that_was_copied_is_a_problem() -> None:
    found = edited(lambda rows: rows.append(rows[9]))
    assert told(found) == ["Evidence!F11: says the same as row 10 -> keep one of the two rows"]


def test_more_rows_about_one_cell_than_anybody_reads_are_a_problem() -> None:
    found = edited(lambda rows: rows.extend([rows[9]] * 600))
    assert told(found) == ["Evidence!F10: more than 500 rows speak of Beta on areas -> keep those that count"]


def test_two_judgements_of_one_day_by_one_person_name_each_other() -> None:
    def change(rows: list[Row]) -> None:
        rows.append(list(rows[6]))
        at(rows, 11, "Value", 2)

    (issue,) = edited(change).problems
    assert issue.found == "x judges 'depth' twice on one date, first in the files"
    assert issue.place == "Evidence!C11"


def test_a_heading_that_stands_there_twice_is_a_problem() -> None:
    rows = sheet()
    rows[3] = [*HEADINGS, "Value"]
    (issue,) = read_import(xlsx(rows, names=["Evidence"]), "f", OWN).problems
    assert (issue.place, issue.found) == ("Evidence!W4", "'Value' is a heading already, Evidence!C4")


def points(*rows: Sequence[Any]) -> bytes:
    return xlsx([["Weights"], [], ["Goals", "Points", "When made", "id"], *rows], names=["Weights"])


def weights(*values: Any, made: Any = 50) -> Import:
    ids = list(OWN.ids())
    rows = [["x", value, made, one] for one, value in zip(ids, values, strict=True)]
    return read_import(points(*rows, ["All goals", None, None, None]), "f", OWN)


def test_points_as_they_were_made_are_no_change() -> None:
    found = weights(50, 50, 50, 50)
    assert (found.is_empty, found.shapes) == (True, ("weights",))


def test_points_of_a_viewpoint_are_no_change() -> None:
    assert weights(50, 50, 50, 50, made=20).is_empty


def test_other_points_are_proposed_with_those_before() -> None:
    found = weights(100, 0, "12,5", 30)
    assert found.problems == ()
    assert found.points == {"goal": 100, "reach": 0, "depth": 12.5, "areas": 30}
    assert found.points_before == {"goal": 50, "reach": 50, "depth": 50, "areas": 50}


@pytest.mark.parametrize(
    ("values", "what", "mend"),
    [
        ((None, 1, 1, 1), "B4: no points stand here", "write points from 0 to 100; 0 where it does not matter"),
        (("many", 1, 1, 1), "B4: 'many' is not a number", "write points from 0 to 100"),
        ((101, 1, 1, 1), "B4: 101 is not from 0 to 100", "write points from 0 to 100"),
        ((-1, 1, 1, 1), "B4: -1 is not from 0 to 100", "write points from 0 to 100"),
        ((0, 1, 1, 1), "B3: all points are 0, so nothing would count",
         "give at least one goal and one of its criteria more than 0"),
    ],
)  # fmt: skip
def test_points_that_cannot_be_taken_are_told(values: Sequence[Any], what: str, mend: str) -> None:
    found = weights(*values)
    assert told(found) == [f"Weights!{what} -> {mend}"]
    assert found.points is None


def test_missing_and_strange_rows_are_told() -> None:
    rows = [["x", 1, 1, one] for one in ("goal", "reech", "depth", "goal")]
    assert [issue.found for issue in read_import(points(*rows), "f", OWN).problems] == [
        "no points for reach, areas",
        "there is no goal or criterion 'reech'",
        "goal has points already, in row 4",
    ]


def test_evidence_and_weights_of_one_workbook_are_read_and_the_rest_is_not() -> None:
    rows = [["x", 60, 50, one] for one in OWN.ids()]
    mine: list[list[Any]] = [["who", "reach"], ["alpha", 9]]
    book = xlsx(
        sheet(), [["Goals", "Points", "When made", "id"], *rows], mine, mine,
        names=["Evidence", "Weights", "Values", "Mine"],
    )  # fmt: skip
    found = read_import(book, "f", OWN)
    assert found.shapes == ("evidence", "weights")
    assert found.changes == ()
    assert found.points is not None
    assert found.notes[:2] == (
        "Not read (results and explanations, not evidence): Values.",
        "Not read (nothing of this decision that can be taken in): Mine.",
    )


def test_a_decision_whose_criteria_have_changed_tells_what_is_gone() -> None:
    own: Decision = decision(criteria(("goal", [measured("reach", basis="members")])), organisation("alpha"))
    found = read_import(xlsx(sheet(), names=["Evidence"]), "f", own)
    assert {issue.found for issue in found.problems} >= {
        "there is no criterion 'depth'",
        "there is no criterion 'areas'",
        "there is no candidate 'beta'",
    }
