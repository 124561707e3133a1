"""Points to weights: shares within goals times shares of goals."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerselect.analysis.weights import completed, normalised
from partnerselect.errors import WeightsError
from tests.builders import criteria, criteria_model, measured

TREE = criteria_model(criteria(("fit", [measured("areas"), measured("depth")]), ("reach", [measured("companies")])))
IDS = ["fit", "areas", "depth", "reach", "companies"]


def leaves(points: Mapping[str, float]) -> list[float]:
    return [float(weight) for weight in normalised(TREE, points).leaves]


def test_a_leaf_is_its_share_of_the_goal_times_the_goals_share() -> None:
    # fit 30 of 40; areas 20 of 80 in it: 0.75 * 0.25
    points = {"fit": 30, "areas": 20, "depth": 60, "reach": 10, "companies": 5}
    assert leaves(points) == pytest.approx([0.1875, 0.5625, 0.25])


def test_a_goal_whose_criteria_are_all_at_zero_counts_nothing() -> None:
    points = {"fit": 90, "areas": 0, "depth": 0, "reach": 10, "companies": 5}
    assert leaves(points) == [0, 0, 1]
    assert normalised(TREE, points).goals == {"fit": 0, "reach": 1}


def test_unnamed_siblings_share_equally_unless_one_is_named() -> None:
    assert completed(TREE, {"depth": 10}) == {"fit": 50, "areas": 0, "depth": 10, "reach": 50, "companies": 50}


def test_a_viewpoint_goes_by_id_or_title() -> None:
    assert normalised(TREE, "equal").leaves == pytest.approx(normalised(TREE, "EQUAL").leaves)
    assert normalised(TREE, TREE.viewpoints[0]).leaves == pytest.approx([0.25, 0.25, 0.5])


@given(st.fixed_dictionaries({one: st.floats(0.01, 100) for one in IDS}), st.floats(0.01, 1000))
def test_scaling_all_points_changes_nothing_and_weights_sum_to_one(points: dict[str, float], factor: float) -> None:
    weights = normalised(TREE, points).leaves
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    scaled = normalised(TREE, {one: value * factor for one, value in points.items()}).leaves
    assert np.allclose(weights, scaled, rtol=0, atol=1e-12)


def test_all_zero_is_refused_with_what_to_do() -> None:
    with pytest.raises(WeightsError, match="raise at least one goal and one of its criteria"):
        normalised(TREE, dict.fromkeys(IDS, 0))


def test_every_wrong_entry_is_named_at_once() -> None:
    with pytest.raises(WeightsError) as found:
        normalised(TREE, {"fti": 3, "areas": -1, "depth": float("nan"), "reach": float("inf"), "companies": True})
    for told in ("'fti'", "areas are -1", "depth are nan", "reach are inf", "companies are True", "Ids are fit, areas"):
        assert told in str(found.value)


def test_an_unknown_viewpoint_lists_those_there_are() -> None:
    with pytest.raises(WeightsError, match="no viewpoint 'nobody'; viewpoints are equal"):
        normalised(TREE, "nobody")
