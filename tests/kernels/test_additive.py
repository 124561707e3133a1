from collections.abc import Callable

import numpy as np
import pytest

from partnerselect.kernels import additive

VALUES = [[1.0, 0.2], [0.4, 0.8]]


def test_total_is_the_weighted_sum() -> None:
    # 0.7 * 1.0 + 0.3 * 0.2 = 0.76; 0.7 * 0.4 + 0.3 * 0.8 = 0.52
    assert additive.totals(VALUES, [0.7, 0.3]) == pytest.approx([0.76, 0.52])


def test_contributions_sum_to_the_totals() -> None:
    parts = additive.contributions(VALUES, [0.7, 0.3])
    assert parts == pytest.approx(np.array([[0.7, 0.06], [0.28, 0.24]]))
    assert parts.sum(axis=1) == pytest.approx(additive.totals(VALUES, [0.7, 0.3]))


def test_a_total_of_something_unknown_is_an_error_not_a_number() -> None:
    with pytest.raises(ValueError, match="hold NaN"):
        additive.totals([[np.nan, 1.0]], [0.5, 0.5])


def test_other_weights_keep_their_proportions_where_a_criterion_does_not_apply() -> None:
    own = additive.applicable_weights([0.5, 0.3, 0.2], np.array([[True, True, True], [False, True, True]]))
    assert own == pytest.approx(np.array([[0.5, 0.3, 0.2], [0.0, 0.6, 0.4]]))


def test_nothing_applies_gives_no_weight_at_all() -> None:
    assert additive.applicable_weights([0.5, 0.5, 0.0], np.array([[False, False, True]])).tolist() == [[0, 0, 0]]


def test_influence_is_weight_times_spread_and_zero_where_all_are_equal() -> None:
    values = [[0.9, 0.5, np.nan], [0.1, 0.5, np.nan]]
    assert additive.influence(values, [0.5, 0.3, 0.2]) == pytest.approx([0.4, 0.0, 0.0])


def test_influence_of_nobody_is_nothing() -> None:
    assert additive.influence(np.empty((0, 2)), [0.5, 0.5]).tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        pytest.param(additive.totals, ([1.0, 2.0], [1.0]), id="values are a vector"),
        pytest.param(additive.totals, (VALUES, [1.0]), id="a weight is missing"),
        pytest.param(additive.totals, (VALUES, [[0.5, 0.5]]), id="weights are a matrix"),
        pytest.param(additive.contributions, (VALUES, [0.2, 0.3, 0.5]), id="a weight too many"),
        pytest.param(additive.applicable_weights, ([1.0], np.ones((2, 2), dtype=bool)), id="one weight for two"),
        pytest.param(additive.influence, (VALUES, [1.0]), id="influence of too few weights"),
    ],
)
def test_a_wrong_shape_is_named_and_never_broadcast(
    function: Callable[..., object], arguments: tuple[object, ...]
) -> None:
    with pytest.raises(ValueError, match=r"has shape .*; it takes shape"):
        function(*arguments)
