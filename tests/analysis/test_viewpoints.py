"""Viewpoints side by side and combined: weights, ranks, agreement and voting power, worked out by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partnerselect as ps
from partnerselect.analysis.combined import combine
from partnerselect.analysis.viewpoints import compare_viewpoints
from partnerselect.analysis.weights import normalised
from partnerselect.errors import WeightsError
from partnerselect.model import Viewpoint
from tests.builders import criteria, criteria_model, measured, table

PERFORMANCES = {"alpha": {"a": 90, "b": 10, "c": 50}, "beta": {"a": 50, "b": 50, "c": 0}, "gamma": {"a": 10, "b": 90}}


def viewpoint(one: str, **points: float) -> dict[str, Any]:
    return {"id": one, "title": one.title(), "points": {"goal": 50, "a": 0, "b": 0, "c": 0, **points}}


def made(*viewpoints: Mapping[str, Any], performances: Mapping[str, Mapping[str, float | None]] = PERFORMANCES) -> Any:
    return table(performances, viewpoints=list(viewpoints))


ONLY_A, ONLY_B = viewpoint("reach", a=80), viewpoint("fit", b=30)
MIXED = viewpoint("mixed", a=60, b=40)


def test_two_that_want_the_opposite() -> None:
    # by a: alpha, beta, gamma; by b: gamma, beta, alpha
    found = compare_viewpoints(made(ONLY_A, ONLY_B))
    assert found.weights["reach"].tolist() == [1, 0, 0]
    assert found.ranks.loc[["alpha", "beta", "gamma"], "reach"].tolist() == [1, 2, 3]
    assert found.ranks.loc[["alpha", "beta", "gamma"], "fit"].tolist() == [3, 2, 1]
    assert found.concordance == pytest.approx(0)  # every sum of ranks is 4
    assert found.tau.loc["reach", "fit"] == pytest.approx(-1)
    assert found.groups == (("reach",), ("fit",))
    assert found.agreement == (
        "The 2 viewpoints hardly agree on the ranking (Kendall's W 0.00; 1 is the same ranking, 0 no agreement)."
    )
    assert found.divided == "They are farthest apart on a: 100.0 % of the weight for Reach, 0.0 % for Fit."
    assert found.likeminded == "By their rankings no two of them are like-minded."
    assert found.leaders == "In the lead: Alpha under Reach; Gamma under Fit."


def test_like_minded_ones_are_grouped_and_one_stands_alone() -> None:
    # mixed 0.6 a + 0.4 b: alpha 58, beta 50, gamma 42; as by a alone
    found = compare_viewpoints(made(ONLY_A, ONLY_B, MIXED))
    assert found.groups == (("reach", "mixed"), ("fit",))
    assert found.likeminded == "Like-minded by their rankings: Reach and Mixed. Fit stands alone."
    assert found.leaders == "In the lead: Alpha under Reach and Mixed; Gamma under Fit."
    # W = 12 * sum((5 - 6)^2, (6 - 6)^2, (7 - 6)^2) / (9 * (27 - 3)) = 24 / 216
    assert found.concordance == pytest.approx(24 / 216)
    # mean ranks: alpha 5/3, beta 2, gamma 7/3
    assert list(found.ranks.index) == ["alpha", "beta", "gamma"]
    # standard deviations of a: 1, 0, 0.6 (mean 0.5333); b is its mirror image, c is 0 everywhere
    assert found.divides["spread"].tolist() == pytest.approx([0.410961, 0.410961, 0], abs=1e-6)
    assert found.divides[["highest", "lowest"]].to_numpy()[0].tolist() == ["reach", "fit"]


def test_all_of_a_mind() -> None:
    found = compare_viewpoints(made(ONLY_A, MIXED))
    assert found.concordance == pytest.approx(1)
    assert found.agreement.startswith("The 2 viewpoints rank the candidates almost alike (Kendall's W 1.00")
    assert found.likeminded == "By their rankings all of them are like-minded."
    assert found.leaders == "Alpha leads under each of them."


def test_the_same_weights_twice_divide_nobody() -> None:
    found = compare_viewpoints(made(ONLY_A, {**ONLY_A, "id": "again", "title": "Again"}))
    assert found.divided == "All of them weigh the criteria alike."


def test_one_viewpoint_has_nobody_to_agree_with() -> None:
    found = compare_viewpoints(made(ONLY_A, ONLY_B), ["Fit"])
    assert list(found.titles) == ["fit"]
    assert found.agreement == "There is one viewpoint only: nothing to agree or disagree on."
    assert (found.divided, found.likeminded) == ("", "")
    assert found.leaders == "Gamma leads under Fit."


def test_points_that_are_no_viewpoint_of_the_file_can_be_compared() -> None:
    own = Viewpoint(id="own", title="Own", points={"a": 1, "b": 3})
    found = compare_viewpoints(made(ONLY_A), ["reach", own, "reach"])
    assert found.weights["own"].tolist() == pytest.approx([0.25, 0.75, 0])
    assert list(found.titles) == ["reach", "own"]


def test_an_id_goes_before_a_title_that_looks_like_it() -> None:
    found = compare_viewpoints(made({**ONLY_A, "title": "fit"}, ONLY_B), ["fit"])
    assert found.weights["fit"].tolist() == [0, 1, 0]


@pytest.mark.parametrize(
    ("performances", "leaders"),
    [
        ({}, "No candidate passes the gates."),
        ({"alpha": {"a": 90, "b": 10, "c": 0}}, "Alpha leads under each of them."),
        ({name: {"a": 50, "b": 50, "c": 0} for name in ("alpha", "beta")}, "Alpha and Beta lead under each of them."),
        (
            {name: {"a": 50, "b": 50, "c": 0} for name in ("alpha", "beta", "gamma", "delta")},
            "4 candidates that tie lead under each of them.",
        ),
    ],
    ids=["nobody", "one", "two that tie", "four that tie"],
)
def test_where_nobody_is_ahead_there_is_nothing_to_agree_on(
    performances: dict[str, Mapping[str, float | None]], leaders: str
) -> None:
    content = criteria(("goal", [measured(one) for one in "abc"]), viewpoints=[ONLY_A, ONLY_B])
    decision = made(ONLY_A, ONLY_B, performances=performances) if performances else None
    found = compare_viewpoints(decision or ps.Decision.model_validate({**content, "candidates": []}))
    assert math.isnan(found.concordance)
    assert found.agreement == "Nobody is ranked before anybody else, so there is nothing to agree or disagree on."
    assert found.likeminded == ""
    assert found.leaders == leaders


@pytest.mark.parametrize(
    ("asked", "told"), [([], "at least one viewpoint"), (["nobody"], "no viewpoint 'nobody'; viewpoints are reach")]
)
def test_viewpoints_that_are_not_there_are_named(asked: list[str], told: str) -> None:
    with pytest.raises(WeightsError, match=told):
        compare_viewpoints(made(ONLY_A), asked)


TREE = criteria_model(
    criteria(
        ("fit", [measured("areas"), measured("depth")]),
        ("reach", [measured("companies")]),
        viewpoints=[
            {"id": "one", "title": "One", "points": {"fit": 60, "areas": 50, "depth": 50, "reach": 40, "companies": 9}},
            {"id": "two", "title": "Two", "points": {"fit": 20, "areas": 0, "depth": 10, "reach": 80, "companies": 1}},
            {"id": "tri", "title": "Tri", "points": {"fit": 50, "areas": 10, "depth": 0, "reach": 0, "companies": 1}},
        ],
    )
)  # leaves: one 0.3, 0.3, 0.4; two 0, 0.2, 0.8; tri 1, 0, 0


def test_the_arithmetic_mean_by_voting_power() -> None:
    # 3 : 1: areas 0.225, depth 0.275, companies 0.5
    found = combine(TREE, {"one": 3, "Two": 1, "tri": 0})
    assert found.weights.to_dict() == pytest.approx({"areas": 0.225, "depth": 0.275, "companies": 0.5})
    assert found.power.to_dict() == {"one": 0.75, "two": 0.25}
    assert found.points == pytest.approx(
        {"fit": 100, "areas": 100 * 0.225 / 0.275, "depth": 100, "reach": 100, "companies": 100}
    )
    assert found.sentence == (
        "The say is shared as One 75 % and Two 25 %. Most weight then lies on companies (50.0 %), then on depth "
        "(27.5 %), then on areas (22.5 %)."
    )


def test_the_geometric_mean_by_voting_power() -> None:
    # areas 0; depth sqrt(0.3 * 0.2) = 0.244949; companies sqrt(0.4 * 0.8) = 0.565685; sum 0.810634
    found = combine(TREE, {"one": 1, "two": 1}, "geometric")
    assert found.weights.tolist() == pytest.approx([0, 0.302170, 0.697830], abs=1e-6)
    assert found.sentence.startswith("Equal say for One and Two. Most weight then lies on companies (69.8 %)")


def test_all_the_say_with_one_is_that_viewpoint() -> None:
    found = combine(TREE, {"two": 5})
    assert found.weights.tolist() == pytest.approx([0, 0.2, 0.8])
    assert found.sentence.startswith("All the say lies with Two. ")


def test_a_goal_without_weight_keeps_points_to_start_from_inside() -> None:
    points = combine(TREE, {"tri": 1}).points
    assert points == {"fit": 100, "areas": 100, "depth": 0, "reach": 0, "companies": 50}


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.lists(st.floats(0.01, 100), min_size=5, max_size=5), min_size=1, max_size=4),
    st.data(),
    st.sampled_from(["arithmetic", "geometric"]),
)
def test_the_points_give_the_combined_weights_again(table_: list[list[float]], data: st.DataObject, kind: str) -> None:
    ids = list(TREE.ids())
    viewpoints = [
        {"id": f"v{place}", "title": f"V{place}", "points": dict(zip(ids, row, strict=True))}
        for place, row in enumerate(table_)
    ]
    tree = TREE.model_validate({**TREE.model_dump(), "viewpoints": viewpoints})
    powers = {str(one["id"]): data.draw(st.floats(0.1, 10)) for one in viewpoints}
    found = combine(tree, powers, kind)
    assert found.weights.sum() == pytest.approx(1)
    assert np.allclose(normalised(tree, found.points).leaves, found.weights, rtol=0, atol=1e-14)
    assert all(0 <= value <= 100 for value in found.points.values())
    rows = [normalised(tree, one.points).leaves for one in tree.viewpoints]
    if kind == "arithmetic":
        assert found.weights.between(np.min(rows, axis=0) - 1e-12, np.max(rows, axis=0) + 1e-12).all()


@pytest.mark.parametrize(
    ("powers", "kind", "told"),
    [
        ({"one": 0, "two": 0}, "arithmetic", "Nobody has any voting power"),
        ({}, "arithmetic", "Nobody has any voting power"),
        ({"nobody": 1}, "arithmetic", "no viewpoint 'nobody'"),
        ({"one": -1}, "arithmetic", "power of One is -1"),
        ({"one": float("nan")}, "arithmetic", "power of One is nan"),
        ({"one": True}, "arithmetic", "power of One is True"),
        ({"one": 1, "One": 2}, "arithmetic", "One is given voting power twice"),
        ({"one": 1}, "median", "no kind 'median'; there are arithmetic and geometric"),
        ({"two": 1, "tri": 1}, "geometric", "nothing is left of their geometric mean"),
    ],
)
def test_what_cannot_be_combined_is_named(powers: dict[str, float], kind: str, told: str) -> None:
    with pytest.raises(WeightsError, match=told):
        combine(TREE, powers, kind)


def test_the_public_names_lead_here() -> None:
    assert isinstance(ps.compare_viewpoints(made(ONLY_A)), ps.ViewpointComparison)
    assert isinstance(ps.combine(TREE, {"one": 1}), ps.Combined)
    assert isinstance(ps.equivalents(TREE, "one"), ps.Equivalents)
    assert isinstance(ps.compare_viewpoints(made(ONLY_A)).tau, pd.DataFrame)
