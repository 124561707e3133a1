import numpy as np
import pytest

from partnerselect.kernels import bounds, regions
from partnerselect.kernels.tiers import tiers


def test_tiers_of_one_are_an_order_of_importance() -> None:
    tiered, ordered = tiers([[2], [0], [1]]), regions.order([2, 0, 1])
    assert tiered.a_ub.tolist() == ordered.a_ub.tolist()
    drawn = tiered.sample(50_000, np.random.default_rng(1))
    # the mean of uniform weights in an order: (1 + 1/2 + 1/3) / 3, (1/2 + 1/3) / 3, (1/3) / 3
    assert drawn.mean(axis=0) == pytest.approx([5 / 18, 2 / 18, 11 / 18], abs=0.003)


def test_one_tier_is_the_simplex() -> None:
    drawn = tiers([[0, 1, 2]]).sample(50_000, np.random.default_rng(1))
    assert drawn.mean(axis=0) == pytest.approx([1 / 3] * 3, abs=0.004)
    assert drawn.var(axis=0) == pytest.approx([1 / 18] * 3, abs=0.002)
    assert tiers([[0, 1, 2]]).a_ub.shape == (0, 3)


def test_level_criteria_share_their_tier_evenly_and_every_draw_keeps_the_tiers() -> None:
    region = tiers([[1], [0, 2]])
    drawn = region.sample(50_000, np.random.default_rng(2))
    assert drawn.sum(axis=1) == pytest.approx(np.ones(50_000))
    assert (drawn @ region.a_ub.T <= region.b_ub + 1e-12).all()
    # the first takes the largest of three sorted shares, 11/18 on average; the others share the rest
    assert drawn.mean(axis=0) == pytest.approx([7 / 36, 11 / 18, 7 / 36], abs=0.003)


def test_extreme_ranks_hold_over_tiers() -> None:
    # The first criterion counts at least as much as each of the others: B, good on the last only, is first nowhere.
    values = [[1.0, 0.2, 0.0], [0.0, 0.0, 0.9], [0.0, 0.0, 0.1]]
    best, worst = bounds.extreme_ranks(values, values, tiers([[0], [1, 2]]))
    assert best.tolist() == [1, 2, 2]
    assert worst.tolist() == [1, 2, 3]


@pytest.mark.parametrize("groups", [[], [[0], []], [[0], [0]], [[0], [2]]], ids=str)
def test_a_criterion_that_is_missing_or_named_twice_is_told(groups: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="every criterion from 0 on exactly once"):
        tiers(groups)
