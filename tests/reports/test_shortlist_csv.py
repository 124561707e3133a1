"""The shortlist as CSV: complete, recomputable and harmless."""

from __future__ import annotations

import csv
import io

import pytest

import partnerselect as ps
from partnerselect.reports.shortlist_csv import harmless, shortlist_csv
from tests.builders import criteria, decision, measured, organisation, table


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_contributions_add_up_and_weights_stand_above_them() -> None:
    made = table({"alpha": {"a": 100, "b": 20}, "beta": {"a": 40, "b": None}})
    read = rows(shortlist_csv(made, ps.evaluate(made, {"a": 70, "b": 30})))
    points, weights, alpha, beta = read
    assert (points["candidate"], points["a"], points["b"]) == ("points of the criterion", "70", "30")
    assert (weights["candidate"], weights["a"], weights["b"]) == ("normalised weight", "0.7", "0.3")
    assert (alpha["rank"], alpha["candidate"], alpha["total"]) == ("1", "Alpha", "76")
    assert float(alpha["a"]) + float(alpha["b"]) == pytest.approx(76)
    assert beta["known share"] == "0.7"
    assert beta["best rank"] == "2"


def test_the_shortlist_keeps_those_who_tie_with_its_last() -> None:
    made = table({"alpha": {"a": 60}, "beta": {"a": 60}, "gamma": {"a": 10}})
    read = rows(shortlist_csv(made, ps.evaluate(made, "equal"), top=1))
    assert [row["candidate"] for row in read[2:]] == ["Alpha", "Beta"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_starts_a_formula(start: str) -> None:
    assert harmless(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"
    assert harmless(f"\t{start}HYPERLINK(1)\r\n") == f"'{start}HYPERLINK(1)"
    assert harmless("Medicen") == "Medicen"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_formula_starts_behind_a_semicolon_which_separates_cells_in_some_countries(start: str) -> None:
    assert harmless(f"A;{start}HYPERLINK(1);B") == f"A;'{start}HYPERLINK(1);B"
    assert harmless(f"A;  {start}1") == f"A; '{start}1"


def test_hostile_names_and_titles_are_harmless() -> None:
    leaf = {**measured("a"), "title": "=cmd|' /C calc'!A0"}
    made = decision(criteria(("goal", [leaf])), organisation("alpha", name='@SUM(1,"2")\n=3', region="x"))
    text = shortlist_csv(made, ps.evaluate(made, "equal"))
    for row in csv.reader(io.StringIO(text)):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    assert '\'@SUM(1,""2"")' in text


def test_what_does_not_apply_says_so() -> None:
    made = decision(
        criteria(("goal", [measured("a"), measured("b")])),
        organisation("alpha", {"criterion": "a", "status": "not_applicable"}, {"criterion": "b", "value": 50}),
    )
    assert rows(shortlist_csv(made, ps.evaluate(made, "equal")))[2]["a"] == "n/a"
