"""A table of candidates x criteria: what each cell proposes, and every problem at its cell."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerselect.errors import InputError
from partnerselect.files.imports.origin import Origin
from partnerselect.files.imports.read import read_import
from partnerselect.model import Decision
from partnerselect.model.imports import Import
from tests.builders import criteria, decision, items, measured, organisation
from tests.files.books import changed, with_cell, xlsx

ORIGIN = Origin("b", "2017-05", "a survey")
LEVELS = {"kind": "levels", "levels": [{"level": at, "text": f"step {at}"} for at in range(4)]}
OWN = decision(
    criteria(
        (
            "goal",
            [
                measured("reach", unit="companies", basis="members"),
                {"id": "depth", "title": "Healthcare depth", "question": "How deep?", "scale": LEVELS},
                items("areas", "imaging", "optics", "lasers"),
            ],
        )
    ),
    organisation(
        "alpha",
        {"criterion": "reach", "value": 40, "basis": "members", "as_of": "2016-10", "source": "a page"},
        {"criterion": "depth", "value": 1, "by": "a reader", "judged_on": "2017-05-01", "reason": "so"},
        name="Alpha Cluster",
    ),
    organisation("beta", name="Beta Société"),
    organisation("gamma", role="member"),
)


def read(text: str, origin: Origin | None = ORIGIN, own: Decision = OWN) -> Import:
    return read_import(text.encode(), "f.csv", own, origin)


def said(found: Import) -> dict[tuple[str, str], dict[str, Any]]:
    """What each proposed statement says beyond what is true of all of them."""
    assert [str(issue) for issue in found.problems] == []
    given_ = {"criterion", "basis", "as_of", "grade", "source", "by", "reason", "judged_on"}
    return {
        (one.candidate, one.criterion): {
            key: value for key, value in one.after.model_dump(exclude_defaults=True).items() if key not in given_
        }
        for one in found.changes
        if one.after is not None
    }


def told(found: Import) -> list[str]:
    return [f"{issue.place}: {issue.found} -> {issue.mend}" for issue in found.problems]


def test_candidates_and_criteria_go_by_id_or_title_whatever_their_capitals() -> None:
    found = read("who;REACH; healthcare   Depth\nALPHA cluster;1;2\nbeta;3;\nGamma;;0\n")
    assert said(found) == {
        ("alpha", "reach"): {"value": 1.0},
        ("alpha", "depth"): {"value": 2.0},
        ("beta", "reach"): {"value": 3.0},
        ("gamma", "depth"): {"value": 0.0},
    }
    assert [one.place for one in found.changes] == ["B2", "C2", "B3", "C4"]
    assert found.shapes == ("table",)


def test_the_origin_is_that_of_every_cell_and_the_basis_that_of_the_criterion() -> None:
    (one,) = read("who;reach\nbeta;7\n", Origin("c", "2017", "https://example.org/", note="by mail")).changes
    assert one.before is None
    assert one.after is not None
    assert one.after.model_dump(exclude_defaults=True) == {
        "criterion": "reach", "value": 7.0, "basis": "members", "as_of": "2017", "grade": "c",
        "source": "https://example.org/", "note": "by mail",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12", {"value": 12.0}),
        ("12.5", {"value": 12.5}),
        ("12,5", {"value": 12.5}),
        ("0,125", {"value": 0.125}),
        ("-3", {"value": -3.0}),
        ("\u22123", {"value": -3.0}),
        ("1e3", {"value": 1000.0}),
        ("2.3E+06", {"value": 2_300_000.0}),
        ("12 companies", {"value": 12.0}),
        ("30-40", {"low": 30.0, "high": 40.0}),
        ("30 - 40", {"low": 30.0, "high": 40.0}),
        ("30–40", {"low": 30.0, "high": 40.0}),
        ("30 to 40", {"low": 30.0, "high": 40.0}),
        ("30..40", {"low": 30.0, "high": 40.0}),
        ("1,5 to 2,5", {"low": 1.5, "high": 2.5}),
        ("-5--3", {"low": -5.0, "high": -3.0}),
        ("35 (30 to 40)", {"value": 35.0, "low": 30.0, "high": 40.0}),
        ("35 companies (30 to 40)", {"value": 35.0, "low": 30.0, "high": 40.0}),
        ("n/a", {"status": "not_applicable"}),
        ("Does not apply", {"status": "not_applicable"}),
        ("REFUSED", {"status": "refused"}),
    ],
)
def test_a_measured_cell_says_a_number_a_range_or_why_there_is_none(cell: str, expected: dict[str, Any]) -> None:
    assert said(read(f"who;reach\nbeta;{cell}\n")) == {("beta", "reach"): expected}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2", {"value": 2.0}),
        ("level 2", {"value": 2.0}),
        ("1 to 3", {"low": 1.0, "high": 3.0}),
        ("1.5", {"value": 1.5}),
    ],
)
def test_a_level_is_a_number(cell: str, expected: dict[str, Any]) -> None:
    assert said(read(f"who;depth\nbeta;{cell}\n")) == {("beta", "depth"): expected}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("imaging", {"items": ("imaging",)}),
        ("IMAGING; lasers", {"items": ("imaging", "lasers")}),
        ("imaging, lasers", {"items": ("imaging", "lasers")}),
        ("imaging; optics ?", {"items": ("imaging",), "possible": ("optics",)}),
        ("optics?", {"items": (), "possible": ("optics",)}),
        ("none", {"items": ()}),
        ("2", {"value": 2.0}),
        ("2 of 3", {"value": 2.0}),
    ],
)
def test_items_go_by_id_or_title(cell: str, expected: dict[str, Any]) -> None:
    assert said(read(f'who\tareas\nbeta\t"{cell}"\n')) == {("beta", "areas"): expected}


def test_an_item_whose_title_has_a_comma_is_one_item() -> None:
    scale = {"kind": "items", "items": [{"id": "clinics", "title": "Hospitals, clinics"}, {"id": "z", "title": "Z"}]}
    own = decision(
        criteria(("goal", [{"id": "areas", "title": "Areas", "question": "?", "scale": scale}])), organisation("beta")
    )
    found = read('who;areas\nbeta;"Hospitals, clinics; z"\n', own=own)
    assert said(found) == {("beta", "areas"): {"items": ("clinics", "z")}}


@pytest.mark.parametrize("cell", ["", "  ", "unknown", "?"])
def test_an_empty_cell_says_nothing_and_is_never_a_zero(cell: str) -> None:
    found = read(f"who;reach;depth\nalpha;{cell};3\n")
    assert said(found) == {("alpha", "depth"): {"value": 3.0}}


def test_unknown_takes_nothing_away_and_that_is_told() -> None:
    note = "Unknown takes nothing away: what the files say stays, at B2."
    assert read("who;reach\nalpha;unknown\n").notes[-1] == note


def test_what_stands_already_is_no_change_but_another_source_is() -> None:
    same = "who;reach\nalpha;40\n"
    assert read(same, Origin("a", "2016-10", "a page")).is_empty
    (one,) = read(same, Origin("a", "2017", "another page")).changes
    assert (one.kind, one.at) == ("new", None)


def test_a_judgement_of_the_same_day_takes_the_place_of_the_first() -> None:
    origin = Origin("a", "2017", by="a reader", reason="looked again", judged_on=date(2017, 5, 1))
    (one,) = read("who;depth\nalpha;2\n", origin).changes
    assert (one.kind, one.at, one.before) == ("changed", 1, OWN.candidates[0].evidence[1])
    (later,) = read("who;depth\nalpha;2\n", Origin("a", "2018", by="a reader", reason="x")).changes
    assert later.kind == "new"


def test_evidence_from_after_the_day_of_the_decision_is_taken_and_told() -> None:
    found = read("who;reach\nbeta;7\n", Origin("a", "2018-01", "x"))
    assert len(found.changes) == 1
    assert found.notes[-1] == (
        "1 statement is dated after 2017-05-31, the day of this decision: kept and shown, but not counted on that day."
    )


def test_a_newcomer_brings_kind_country_and_region() -> None:
    found = read("who;reach;kind;country;region\nÅrhus Hub;5;Health;no;Midt\n3D;;photonics;DE/PL;X\n")
    assert [(one.id, one.name, one.kind, one.country, one.region) for one in found.newcomers] == [
        ("arhus_hub", "Århus Hub", "health", "NO", "Midt"),
        ("candidate_3d", "3D", "photonics", "DE/PL", "X"),
    ]
    assert said(found) == {("arhus_hub", "reach"): {"value": 5.0}}


def test_a_newcomer_whose_name_resembles_another_is_told() -> None:
    found = read("who;kind;country;region;reach\nAlpha Clusters;x;FR;Y;1\n")
    assert "its name resembles that of alpha" in found.notes[-1]


def test_what_a_known_candidate_is_stays_and_that_is_told() -> None:
    found = read("who;reach;kind;country\nbeta;7;photonics;FR\n")
    assert found.notes[-1] == "C2: Beta Société has the kind health in its file, not photonics; that stays."
    assert found.newcomers == ()


NUMBER_WANTED = "write a number in companies, a range such as 3 to 4, n/a or refused, or leave it empty"
NEWCOMERS = "for a newcomer, fill in the columns kind, country and region"
PROBLEMS = [
    ("who;reach\nalhpa;1", "A2", "there is no candidate 'alhpa'",
     f"did you mean alpha? candidates are alpha, beta, gamma; {NEWCOMERS}"),
    ("who;reach;kind\nNew;1;health", "A2", "'New' is new, but has no country and no region", NEWCOMERS),
    ("who;reach;kind;country;region\nNew;1;health;France;X", "D2", "'France' is not a country code",
     "write two capital letters: FR; two countries as DE/PL"),
    ("who;reech\nalpha;1", "B1", "there is no criterion 'reech'",
     "did you mean reach? criteria are reach, depth, areas"),
    ("who;reach;Reach\nalpha;1;2", "C1", "reach has a column already, B1", "keep one of the two"),
    ("who;reach;\nalpha;1;2", "C1", "the column has no heading",
     "write the criterion's title or id above it, or empty it"),
    ("who;reach\nalpha;1\nAlpha Cluster;2", "A3", "Alpha Cluster has a row already, A2",
     "keep one row for each candidate"),
    ("who;reach\n;1", "A2", "nobody is named in this row", "write the candidate's id or name into its first cell"),
    ("who;reach\nbeta;NO", "B2", "'NO' is not a number", NUMBER_WANTED),
    ("who;reach\nbeta;=cmd|x", "B2", "'=cmd|x' is a formula as text, and not what it comes to", NUMBER_WANTED),
    ("who;reach\nbeta;1,234", "B2", "'1,234' can mean 1234 or 1.234", "write 1234, or 1.2340"),
    ("who;reach\nbeta;1.234,5", "B2", "'1.234,5' has separators of thousands", "write the number without them"),
    ("who;reach\nbeta;1 234", "B2", "'1 234' has separators of thousands", "write the number without them"),
    ("who;reach\nbeta;nan", "B2", "'nan' is not a number", NUMBER_WANTED),
    ("who;reach\nbeta;1e999", "B2", "'1e999' is not a number", NUMBER_WANTED),
    ("who;reach\nbeta;40-30", "B2", "low, value and high are out of order", "write low <= value <= high"),
    ("who;depth\nbeta;4", "B2", "4 is outside the scale of levels", "write a number from 0 to 3"),
    ("who;depth\nbeta;-1", "B2", "-1 is outside the scale of levels", "write a number from 0 to 3"),
    ("who;areas\nbeta;imagin", "B2", "there is no item 'imagin'",
     "did you mean imaging? items are imaging, optics, lasers"),
    ("who;areas\nbeta;imaging,imaging", "B2", "'imaging' is named twice",
     "name each item once: in items where it is documented, in possible where it is hinted at"),
    ("who;areas\nbeta;9", "B2", "9 is outside the scale of items", "write a number from 0 to 3"),
    ('who,areas\nbeta,";"', "B2", "';' names no item", "write none where there is none, or leave it empty"),
    ("who;reach\nbeta;\x07", "B2", "the control character U+0007 stands in the text", "delete it, or type it anew"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "what", "mend"), PROBLEMS)
def test_a_problem_is_told_at_its_cell_with_its_mend(text: str, place: str, what: str, mend: str) -> None:
    assert told(read(text)) == [f"{place}: {what} -> {mend}"]


def test_every_problem_is_told_at_once_in_the_order_of_the_rows() -> None:
    found = read("who;reach;depth\nbeta;x;9\nalhpa;1;1\nalpha;1;1\n")
    assert [issue.place for issue in found.problems] == ["B2", "C2", "A3"]
    assert [one.place for one in found.changes] == ["B4", "C4"]


TWO_WAYS = "B2: '1.234' can mean 1234 or 1.234 -> write 1234, or 1.2340"


def test_a_point_in_a_table_of_decimal_commas_can_be_read_in_two_ways() -> None:
    assert said(read("who\treach\nalpha\t1.234\n")) == {("alpha", "reach"): {"value": 1.234}}
    assert said(read("who,reach\nalpha,1.234\n")) == {("alpha", "reach"): {"value": 1.234}}
    assert told(read("who\treach\nalpha\t1.234\nbeta\t1,5\n")) == [TWO_WAYS]


@pytest.mark.parametrize("text", ["who;reach\nalpha;1.234\n", "who;reach\nalpha;1.234 to 2000\n"])
def test_where_semicolons_separate_the_cells_a_point_may_be_one_of_thousands(text: str) -> None:
    assert told(read(text)) == [TWO_WAYS]
    assert said(read("who;reach\nalpha;1.2340\nbeta;0.125\n"))["alpha", "reach"] == {"value": 1.234}


PERCENT = decision(criteria(("goal", [measured("share", unit="%"), measured("reach")])), organisation("alpha"))


def test_a_percentage_is_the_same_in_a_workbook_as_in_a_text() -> None:
    styled = changed(
        xlsx([["who", "share", "reach"], ["alpha", date(2017, 1, 1), date(2017, 1, 2)]]),
        "xl/styles.xml",
        lambda text: text.replace('formatCode="yyyy-mm-dd"', 'formatCode="0.0%"'),
    )
    book = with_cell(with_cell(styled, "B2", '<c r="B2" s="1"><v>0.5</v></c>'), "C2", '<c r="C2" s="1"><v>0.25</v></c>')
    for found in (read_import(book, "f", PERCENT, ORIGIN), read("who;share;reach\nalpha;50%;25%\n", own=PERCENT)):
        assert [(one.criterion, one.after and one.after.value) for one in found.changes] == [("share", 50)]
        assert [issue.found for issue in found.problems] == ["'25%' is not a number"]


@pytest.mark.parametrize(
    "name", ["beta\ufeff", "\u200bBeta Société", "BETA\u200b  socie\u0301te\u0301", "\u202ebeta", "Beta So\u00adciété"]
)
def test_characters_that_show_nothing_make_no_other_name(name: str) -> None:
    found = read(f"who;re\u200bach;kind;country;region\n{name};7;health;FR;North\n")
    assert said(found) == {("beta", "reach"): {"value": 7.0}}
    assert found.newcomers == ()


def test_a_newcomer_whose_name_turns_the_text_or_shows_nothing_is_refused() -> None:
    found = read("who;reach;kind;country;region\nNova\u202eavoN;1;x;FR;Y\n\u2060\u200b;1;x;FR;Y\n")
    assert told(found) == [
        "A2: U+202E stands in the name, which turns the direction of the text -> delete it, or type the name anew",
        "A3: the name holds only characters that show nothing -> type the name",
    ]


def test_thousands_of_problems_are_cut_short() -> None:
    problems = read("who;reach\n" + "".join(f"nobody {at};1\n" for at in range(500))).problems
    assert len(problems) == 101
    assert problems[-1].found == "there are more problems"


@pytest.mark.parametrize(
    ("origin", "place", "found"),
    [
        (None, "", "a table says nothing of its source"),
        (Origin("b", "2017"), "", "nobody stands for it"),
        (Origin("b", None, "x"), "as_of", "the table has no date"),
        (Origin("b", "May 2017", "x"), "as_of", "'May 2017' is not a date"),
        (Origin("e", "2017", "x"), "grade", "'e' is not allowed here"),
        (Origin("b", "2017", by="me"), "", "a signed judgement has no reason"),
    ],
)
def test_a_table_needs_a_source_a_grade_and_a_date(origin: Origin | None, place: str, found: str) -> None:
    problems = read("who;reach\nbeta;x\nalpha;1\n", origin)
    assert problems.problems[0].place == place
    assert problems.problems[0].found.startswith(found)
    assert problems.problems[-1].place == "B2"
    assert problems.changes == ()


def test_thousands_of_newcomers_are_refused() -> None:
    rows = "".join(f"Hub {at};1;x;FR;Y\n" for at in range(2_100))
    found = read(f"who;reach;kind;country;region\n{rows}")
    assert found.problems[0].found == "there are more than 2,000 organisations"
    assert len(found.newcomers) == 1_997


def test_many_notes_are_cut_short() -> None:
    own = decision(criteria(("goal", [measured("x")])), *(organisation(f"a{at}") for at in range(50)))
    found = read("who;x;country\n" + "".join(f"a{at};1;DE\n" for at in range(50)), own=own)
    assert (len(found.notes), found.notes[-1]) == (31, "There are 21 more notes of this kind.")


def test_rows_that_name_nobody_and_fill_nothing_are_left_out_and_told() -> None:
    found = read("My table;\n\nwho;reach;other\nbeta;1\nSource: a survey;\n".replace(";other", ""))
    assert said(found) == {("beta", "reach"): {"value": 1.0}}
    assert found.notes[-1] == "Rows that name no candidate and fill no cell were left out: A5."


def test_one_title_of_two_criteria_asks_for_the_id() -> None:
    two = [{**measured(one), "title": "Reach"} for one in ("one", "two")]
    own = decision(criteria(("goal", two)), organisation("alpha"))
    assert told(read("who;reach;one\nalpha;1;2\n", own=own))[0] == "B1: 'reach' can mean one or two -> write the id"


def test_one_name_of_two_candidates_asks_for_the_id() -> None:
    own = decision(criteria(("goal", [measured("x")])), organisation("a", name="Same"), organisation("b", name="Same"))
    assert told(read("who;x\nsame;1\nb;2\n", own=own)) == ["A2: 'same' can mean a or b -> write the id"]


def test_a_workbook_says_sheet_and_cell() -> None:
    book = xlsx([["who", "reach", "depth"], ["beta", date(2016, 4, 3), True], ["alpha", 3, 1.5]], names=["Ours"])
    found = read_import(book, "f.xlsx", OWN, ORIGIN)
    assert [(one.place, one.found) for one in found.problems] == [
        ("Ours!B2", "a date or time stands here (2016-04-03)"),
        ("Ours!C2", "true stands here"),
    ]
    assert [(one.place, one.after and one.after.value) for one in found.changes] == [("Ours!B3", 3.0), ("Ours!C3", 1.5)]


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ('<c r="B2"><f>1+1</f></c>', "holds a formula that has not been computed"),
        ('<c r="B2" t="e"><v>#N/A</v></c>', "holds the error #N/A"),
    ],
)
def test_a_cell_without_a_content_is_a_problem_and_not_nothing(element: str, expected: str) -> None:
    book = with_cell(xlsx([["who", "reach"], ["beta", 1]]), "B2", element)
    (issue,) = read_import(book, "f", OWN, ORIGIN).problems
    assert (issue.place, issue.found) == ("Sheet1!B2", expected)


def test_a_cell_may_be_filled_once_in_all_sheets() -> None:
    book = xlsx([["who", "reach"], ["beta", 1]], [["who", "depth"], ["beta", 1]])
    assert told(read_import(book, "f", OWN, ORIGIN)) == [
        "Sheet2!A2: Beta Société has a row already, Sheet1!A2 -> keep one row for each candidate"
    ]


def test_results_that_look_like_a_table_are_not_taken_for_evidence() -> None:
    book = xlsx([["Candidate", "reach"], ["beta", 0.5]], names=["Values"])
    with pytest.raises(InputError, match="no sheet names a criterion of this decision"):
        read_import(book, "f.xlsx", OWN, ORIGIN)


TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters='";\0\r\n'), max_size=15)
NUMBER = st.floats(-1e12, 1e12).map(lambda one: f"{one:.6g}")
CELLS = st.one_of(TEXT, NUMBER, st.tuples(NUMBER, NUMBER).map(" to ".join), st.sampled_from(["n/a", "refused", "none"]))


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=2, max_size=2))
def test_whatever_cells_hold_a_cell_is_a_change_a_problem_or_says_nothing(rows: list[tuple[str, str, str]]) -> None:
    lines = [
        f"{name};" + ";".join(f'"{cell}"' for cell in row) for name, row in zip(("alpha", "beta"), rows, strict=True)
    ]
    found = read("\n".join(["sep=;", "who;reach;depth;areas", *lines]))
    names = {f"{letter}{row}" for letter in "BCD" for row in (3, 4)}
    taken = {one.place for one in found.changes}
    wrong = {one.place for one in found.problems}
    assert taken | wrong <= names
    assert not taken & wrong
    for name in names - taken - wrong:
        cell = rows[int(name[1]) - 3]["BCD".index(name[0])].strip()
        assert cell.strip("' ").casefold() in ("", "unknown", "?", "??", "???") or (name, cell) == ("C3", "1")
