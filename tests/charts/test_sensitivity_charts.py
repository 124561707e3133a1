"""The charts of the Sensitivity page: what they show, in marks and in words, also where there is little to show."""

from __future__ import annotations

import pytest

import partnerselect as ps
from partnerselect.charts import entry as entry_charts
from partnerselect.charts import robustness as robustness_charts
from partnerselect.charts import sweeps as sweeps_charts
from partnerselect.charts.pictures import Chart, png, svg
from partnerselect.charts.theme import labels
from tests.builders import table

TWO = table({"a": {"x": 100, "y": 20}, "b": {"x": 40, "y": 80}, "c": {"x": 10, "y": None}})
POINTS = {"x": 60, "y": 40}


def charts() -> dict[str, Chart]:
    found = ps.sensitivity(TWO, POINTS, top=1)
    return {
        "sweeps": sweeps_charts.sweeps_chart(found),
        "tornado": sweeps_charts.tornado_chart(found),
        "entry": entry_charts.entry_chart(ps.entry(TWO, POINTS, "b", top=1)),
        "acceptability": robustness_charts.acceptability_chart(ps.robustness(TWO, POINTS, samples=200)),
        "intervals": robustness_charts.intervals_chart(ps.extremes(TWO, POINTS)),
    }


@pytest.mark.parametrize("name", ["sweeps", "tornado", "entry", "acceptability", "intervals"])
def test_every_chart_can_be_taken_away_as_a_picture(name: str) -> None:
    chart = charts()[name]
    assert png(chart).startswith(b"\x89PNG")
    drawn = svg(chart).decode()
    assert drawn.startswith("<svg")
    assert "NaN" not in drawn


def test_who_enters_first_is_written_on_each_side() -> None:
    rows = sweeps_charts.sweeps_chart(ps.sensitivity(TWO, POINTS, top=1)).to_dict()
    (data,) = [values for values in rows["datasets"].values() if any(row.get("label") for row in values)]
    labels = {(row["title"], row["label"]) for row in data if row["kind"] == "switch"}
    assert labels == {("x", "← B"), ("y", "B →")}
    roles = {row["name"]: row["role"] for row in data if row["kind"] == "line" and row["title"] == "x"}
    assert roles == {"A": "leads today", "B": "next to enter", "C": "others"}


def test_a_weight_that_moves_nothing_is_grey_and_says_so() -> None:
    level = table({"a": {"x": 80, "y": 50}, "b": {"x": 40, "y": 50}})
    rows = sweeps_charts.sweeps_chart(ps.sensitivity(level, "equal", top=1)).to_dict()
    data = [row for values in rows["datasets"].values() for row in values if row["kind"] == "line"]
    assert {row["role"] for row in data if row["title"] == "y (moves nothing)"} == {"others"}


def test_the_charts_in_words() -> None:
    found = ps.sensitivity(TWO, POINTS, top=1)
    assert "x 60.0 % (50.0 to 100.0)" in sweeps_charts.sweeps_alt(found)
    assert "y of C" in sweeps_charts.tornado_alt(found)
    assert "x 60.0 to 50.0 %" in entry_charts.entry_alt(ps.entry(TWO, POINTS, "b", top=1))
    assert "B 1 to 2 (1 to 2)" in robustness_charts.intervals_alt(ps.extremes(TWO, POINTS))
    told = robustness_charts.acceptability_alt(ps.robustness(TWO, POINTS, samples=200))
    assert told.startswith("Heatmap of ranks by candidate, under any weights, 200 draws.")


def test_names_with_commas_and_equal_names_stay_apart() -> None:
    # B and C have the same name, and one with a comma; only B enters when x grows.
    case = table({"a": {"x": 20, "y": 90}, "b": {"x": 100, "y": 20}, "c": {"x": 30, "y": 30}})
    named = [one.model_copy(update={"name": "North, South"}) for one in case.candidates[1:]]
    case = case.model_copy(update={"candidates": (case.candidates[0], *named)})
    found = ps.sensitivity(case, {"x": 30, "y": 70}, top=1)
    rows = sweeps_charts.sweeps_chart(found).to_dict()
    data = [row for values in rows["datasets"].values() for row in values if row["title"] == "x"]
    roles = {row["candidate"]: row["role"] for row in data if row["kind"] == "line"}
    assert roles == {"a": "leads today", "b": "next to enter", "c": "others"}
    heatmap = robustness_charts.acceptability_chart(ps.robustness(case, "equal", samples=200)).to_dict()
    (cells, *_) = (heatmap["datasets"][layer["data"]["name"]] for layer in heatmap["layer"])
    assert {row["name"] for row in cells} == {"A", "North, South", "North, South (2)"}


def test_titles_that_are_cut_to_the_same_words_stay_apart() -> None:
    assert labels(["University of the North, Physics", "University of the North, Chemistry"], 24) == [
        "University of the North…",
        "University of the North… (2)",
    ]
