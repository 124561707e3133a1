"""The bars of the ranking: what they add up to, which candidates they show, and what they say in words."""

from __future__ import annotations

import altair as alt
import pandas as pd
import pytest

from partnerselect.analysis.evaluation import Evaluation, evaluate
from partnerselect.charts.pictures import svg
from partnerselect.charts.ranking import ranking_alt, ranking_chart
from partnerselect.model import Decision
from tests.builders import criteria, decision, measured, organisation, table


@pytest.fixture(scope="module")
def case() -> tuple[Decision, Evaluation]:
    """Alpha has 60 on a and nobody knows b (assumed 50); Beta has 20 and 80. Each goal weighs a half."""
    own = decision(
        criteria(("reach", [measured("a")]), ("depth", [measured("b")])),
        organisation("alpha", {"criterion": "a", "value": 60}),
        organisation("beta", {"criterion": "a", "value": 20}, {"criterion": "b", "value": 80}),
    )
    return own, evaluate(own, "equal")


def drawn(chart: alt.LayerChart, layer: int) -> pd.DataFrame:
    """The rows that one layer draws."""
    found = chart.layer[layer].data
    assert isinstance(found, pd.DataFrame)
    return found


def test_bars_are_contributions_by_goal_and_what_is_assumed_comes_last(case: tuple[Decision, Evaluation]) -> None:
    bars = drawn(ranking_chart(*case), 0).sort_values(["name", "order"])
    assert bars[["name", "goal", "basis"]].to_numpy().tolist() == [
        ["1  Alpha", "reach", "evidence"],
        ["1  Alpha", "depth", "assumed: nobody knows"],
        ["2  Beta", "reach", "evidence"],
        ["2  Beta", "depth", "evidence"],
    ]
    assert bars["points"].to_list() == pytest.approx([30, 25, 10, 40])


def test_lines_show_where_totals_likely_lie(case: tuple[Decision, Evaluation]) -> None:
    lines = drawn(ranking_chart(*case), 1).set_index("name")
    assert list(lines.loc["2  Beta"]) == pytest.approx([50, 50])
    ends = [100 * float(case[1].ranking[name]["alpha"]) for name in ("likely_low", "likely_high")]
    assert list(lines.loc["1  Alpha"]) == pytest.approx(ends)


def test_a_part_of_the_ranking_has_the_same_axis_as_the_whole() -> None:
    own = table({f"c{row}": {"a": 90 - row} for row in range(5)})
    found = evaluate(own, "equal")
    whole, part = ranking_chart(own, found), ranking_chart(own, found, 3, 30)
    assert drawn(part, 0)["name"].to_list() == ["4  C3", "5  C4"]
    assert part.to_dict()["layer"][0]["encoding"]["x"] == whole.to_dict()["layer"][0]["encoding"]["x"]


def test_the_bars_in_words_say_rank_total_and_doubt(case: tuple[Decision, Evaluation]) -> None:
    assert "rank 2 Beta 50.0 (50.0 to 50.0)" in ranking_alt(*case)
    assert "Beta" not in ranking_alt(*case, first=0, count=1)


def test_the_bars_can_be_drawn_even_of_nobody(case: tuple[Decision, Evaluation]) -> None:
    empty = decision(criteria(("goal", [measured("a")])))
    assert b"Totals by goal" in svg(ranking_chart(*case))
    assert b"Totals by goal" in svg(ranking_chart(empty, evaluate(empty, "equal")))
