"""Charts of sets of partners: what they draw, and what they say to those who hear them."""

from __future__ import annotations

from typing import Any

import pytest

from partnerselect.analysis.best_sets import BestSets, best_sets
from partnerselect.analysis.gaps import gaps
from partnerselect.analysis.proposed_set import compare_sets
from partnerselect.analysis.set_question import set_question
from partnerselect.analysis.set_robustness import set_robustness
from partnerselect.charts import sets as charts
from partnerselect.charts.pictures import svg
from partnerselect.model import Decision
from tests.builders import criteria, decision, measured, organisation

ITEMS = {
    "id": "areas",
    "title": "Areas",
    "question": "Which areas?",
    "scale": {"kind": "items", "items": [{"id": "optics", "title": "Optics"}, {"id": "imaging", "title": "Imaging"}]},
}
PAIR = [{"id": "two", "kind": "size", "at_least": 2, "at_most": 2}]


@pytest.fixture(scope="module")
def case() -> Decision:
    """Three candidates on companies and on two areas; one member has optics; nobody knows Gamma's areas."""
    return decision(
        criteria(("goal", [measured("companies"), ITEMS]), set_rules=PAIR),
        organisation("alpha", {"criterion": "companies", "value": 80}, {"criterion": "areas", "items": ["imaging"]}),
        organisation("beta", {"criterion": "companies", "value": 60}, {"criterion": "areas", "items": []}),
        organisation("gamma", {"criterion": "companies", "value": 50}),
        organisation("founder", {"criterion": "areas", "items": ["optics"]}, role="member"),
    )


@pytest.fixture(scope="module")
def found(case: Decision) -> BestSets:
    return best_sets(case, "equal")


def drawn(chart: Any) -> list[dict[str, Any]]:
    """The rows that a chart carries, of all layers."""
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


def test_the_ladder_draws_every_next_set_with_what_changes(found: BestSets) -> None:
    rows = drawn(charts.ladder_chart(found))
    assert [row["place"] for row in rows] == [2, 3]
    assert rows[0]["change"] == "Gamma in place of Beta"
    assert rows[0]["behind"] == pytest.approx(100 * found.sets["behind"].iloc[1])
    assert "place 2: Gamma in place of Beta" in charts.ladder_alt(found)


def test_the_ladder_of_a_single_set_is_empty_and_still_drawn(case: Decision) -> None:
    only = best_sets(case, "equal", top=1)
    assert drawn(charts.ladder_chart(only)) == []
    assert charts.ladder_alt(only).startswith("Bars of the next best sets.")


def test_the_core_index_has_a_bar_for_each_candidate_and_marks_the_set(case: Decision) -> None:
    result = set_robustness(case, "equal", samples=200)
    rows = drawn(charts.core_chart(result))
    assert {row["name"].removesuffix(" ✓") for row in rows} == {"Alpha", "Beta", "Gamma"}
    assert sum(row["name"].endswith(" ✓") for row in rows) == 2
    assert all(0 <= row["from"] <= row["share"] <= row["to"] <= 100 for row in rows)
    assert "Alpha 100 % (in)" in charts.core_alt(result)


def test_the_gaps_are_dots_rings_and_a_word(case: Decision, found: BestSets) -> None:
    result = gaps(set_question(case, "equal"), found.best)
    rows = drawn(charts.gaps_chart(result))
    by_cell = {(row["title"], row["who"]): row for row in rows}
    assert by_cell["Areas: Imaging", "together"]["mark"] == "✓"
    assert by_cell["Areas: Optics", "Founder"]["side"] == "member"
    assert by_cell["Areas: Imaging", "+ Alpha"]["side"] == "joins"
    assert ("Areas: Imaging", "+ Beta") not in by_cell
    assert "Areas: Imaging: covered by 1" in charts.gaps_alt(result)


def test_two_sets_are_bars_to_both_sides(case: Decision, found: BestSets) -> None:
    result = compare_sets(set_question(case, "equal"), found.sets["members"].iloc[0], found.sets["members"].iloc[1])
    chart = charts.comparison_chart(result, "First set", "Second set")
    assert sum(row["difference"] for row in drawn(chart)) == pytest.approx(100 * found.sets["behind"].iloc[1])
    assert "By criterion: companies" in charts.comparison_alt(result)


def test_every_chart_becomes_a_picture_without_a_network(case: Decision, found: BestSets) -> None:
    question = set_question(case, "equal")
    for chart in (
        charts.ladder_chart(found),
        charts.core_chart(set_robustness(case, "equal", samples=100)),
        charts.gaps_chart(gaps(question, found.best)),
        charts.comparison_chart(compare_sets(question, ["alpha"], ["beta"]), "First set", "Second set"),
    ):
        assert svg(chart).startswith(b"<svg")
