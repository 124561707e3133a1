import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerselect.kernels.value_functions import performances_at, piecewise, value_range

PEAK = [[0.0, 0.0], [10.0, 1.0], [30.0, 0.2]]


def test_piecewise_is_linear_between_breakpoints_and_constant_outside() -> None:
    assert piecewise([-5, 0, 5, 10, 20, 30, 99], PEAK) == pytest.approx([0, 0, 0.5, 1, 0.6, 0.2, 0.2])


def test_piecewise_leaves_unknown_unknown() -> None:
    assert np.isnan(piecewise([np.nan], PEAK)).all()


def test_range_of_a_peaked_function_reaches_the_peak_inside() -> None:
    low, high = value_range([5.0, 12.0, 20.0, 0.0], [20.0, 12.0, 99.0, 99.0], PEAK)
    assert low == pytest.approx([0.5, 0.92, 0.2, 0.0])
    assert high == pytest.approx([1.0, 0.92, 0.6, 1.0])


@given(
    st.lists(st.floats(-50, 50), min_size=2, max_size=2).map(sorted),
    st.lists(st.floats(0, 1), min_size=2, max_size=6),
)
def test_range_holds_every_value_in_between(ends: list[float], heights: list[float]) -> None:
    points = [[float(index * 7 - 20), height] for index, height in enumerate(heights)]
    low, high = value_range([ends[0]], [ends[1]], points)
    inside = piecewise(np.linspace(ends[0], ends[1], 101), points)
    assert low[0] - 1e-12 <= inside.min()
    assert inside.max() <= high[0] + 1e-12
    assert low[0] >= min(heights) - 1e-12
    assert high[0] <= max(heights) + 1e-12


@pytest.mark.parametrize("points", [[[0, 0]], [[0, 0, 0], [1, 1, 1]], [1, 2, 3]])
def test_points_that_are_no_pairs_are_refused(points: list[float]) -> None:
    with pytest.raises(ValueError, match=r"points has shape .* it takes shape \(n, 2\)"):
        piecewise([1.0], points)


@pytest.mark.parametrize("points", [[[0, 0], [0, 1]], [[1, 0], [0, 1]], [[0, 0], [float("nan"), 1]]])
def test_points_that_do_not_ascend_are_refused(points: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="strictly ascending"):
        piecewise([1.0], points)


def test_ranges_of_different_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="need one shape"):
        value_range([1.0, 2.0], [3.0], PEAK)


def test_performances_with_a_value_are_found_on_every_slope() -> None:
    # Rises from 0 at 0 to 1 at 10, stays level to 20, falls to 0.5 at 30.
    points = np.array([[0, 0], [10, 1], [20, 1], [30, 0.5]])
    assert performances_at(0.75, points).tolist() == [7.5, 25.0]
    assert performances_at(1.0, points).tolist() == [10.0, 20.0]
    assert performances_at(0.0, points).tolist() == [0.0]
    assert performances_at(1.5, points).tolist() == []


@given(st.floats(0, 1))
def test_the_inverse_leads_back_to_the_value(value: float) -> None:
    points = np.array([[0, 0], [30, 0.4], [90, 0.7], [270, 1]])
    (performance,) = performances_at(value, points)
    assert piecewise(performance, points) == pytest.approx(value, abs=1e-12)
