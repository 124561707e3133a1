"""The charts of viewpoints: every cell with its number, and the same in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from partnerselect.analysis.viewpoints import ViewpointComparison, compare_viewpoints
from partnerselect.charts import viewpoints as charts
from partnerselect.charts.pictures import svg
from tests.builders import table


def compared(titles: tuple[str, str] = ("Reach", "Fit"), candidates: int = 3) -> ViewpointComparison:
    """Candidates in one order by a and in the opposite one by b."""
    values: dict[str, Mapping[str, float | None]] = {
        f"c{place}": {"a": 100 - place, "b": place} for place in range(candidates)
    }
    points = ({"goal": 50, "a": 75, "b": 25}, {"goal": 50, "a": 0, "b": 30})
    viewpoints = [
        {"id": one, "title": title, "points": each}
        for one, title, each in zip(("one", "two"), titles, points, strict=True)
    ]
    return compare_viewpoints(table(values, viewpoints=viewpoints))


def cells(chart: Any) -> list[tuple[str, str, str]]:
    drawn = chart.to_dict()
    rows = drawn["datasets"][drawn["layer"][0]["data"]["name"]]
    return [(row["row"], row["column"], row["label"]) for row in rows]


def test_weights_in_percent() -> None:
    assert cells(charts.weights_chart(compared())) == [
        ("a", "Reach", "75.0"),
        ("a", "Fit", "0.0"),
        ("b", "Reach", "25.0"),
        ("b", "Fit", "100.0"),
    ]
    assert charts.weights_alt(compared()) == (
        "Heatmap of weights, 2 criteria by 2 viewpoints. They are farthest apart on a: 75.0 % of the weight for Reach, "
        "0.0 % for Fit. Heaviest for Reach: a 75.0 %, b 25.0 %; Fit: b 100.0 %, a 0.0 %."
    )


def test_ranks() -> None:
    # mean ranks are all 2: the order of the files stays
    assert cells(charts.ranks_chart(compared())) == [
        ("C0", "Reach", "1"),
        ("C0", "Fit", "3"),
        ("C1", "Reach", "2"),
        ("C1", "Fit", "2"),
        ("C2", "Reach", "3"),
        ("C2", "Fit", "1"),
    ]
    assert charts.ranks_chart(compared()).to_dict()["title"] == "Rank of each candidate, by viewpoint"
    assert charts.ranks_alt(compared()) == (
        "Heatmap of ranks under Reach, Fit. In the lead: C0 under Reach; C2 under Fit. Ranks in this order: C0 1, 3; "
        "C1 2, 2; C2 3, 1."
    )


def test_only_the_best_on_average_are_drawn_and_the_title_says_so() -> None:
    chart = charts.ranks_chart(compared(candidates=25))
    assert len(cells(chart)) == 2 * charts.SHOWN
    assert chart.to_dict()["title"] == "Rank of the 10 best on average, by viewpoint"


def test_agreement() -> None:
    assert [label for *_, label in cells(charts.agreement_chart(compared()))] == ["1.00", "-1.00", "-1.00", "1.00"]
    assert charts.agreement_alt(compared()).endswith("no two of them are like-minded. Reach and Fit -1.00.")
    assert "–" in {label for *_, label in cells(charts.agreement_chart(compared(candidates=1)))}


def test_titles_that_look_alike_stay_apart() -> None:
    long = "A very long title of a viewpoint that nobody can read, "
    columns = [column for _, column, _ in cells(charts.weights_chart(compared((long + "one", long + "two"))))]
    assert len(set(columns)) == 2
    assert all(len(column) < 40 for column in columns)


@pytest.mark.parametrize("name", ["weights", "ranks", "agreement"])
@pytest.mark.parametrize("candidates", [1, 3, 25])
def test_every_chart_can_be_drawn(name: str, candidates: int) -> None:
    chart = getattr(charts, f"{name}_chart")(compared(candidates=candidates))
    assert b"<svg" in svg(chart)
