from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerselect.kernels import attribution


def test_effects_that_only_add_up_are_told_apart() -> None:
    worth = {"weights": 3.0, "evidence": -1.0, "candidates": 0.5}
    shares = attribution.shapley(lambda new: 10 + sum(worth[factor] for factor in new), list(worth))
    assert shares == pytest.approx(worth)


def test_a_joint_effect_is_shared_evenly() -> None:
    # Only both together change something: each order credits the later one, so each gets half.
    assert attribution.shapley(lambda new: float(len(new) == 2), ["a", "b"]) == pytest.approx({"a": 0.5, "b": 0.5})


@given(st.lists(st.floats(-5, 5), min_size=16, max_size=16))
def test_shares_are_the_mean_over_all_orders_and_sum_to_the_change(found: list[float]) -> None:
    factors = [1, 2, 4, 8]
    shares = attribution.shapley(lambda new: found[sum(new)], factors)
    by_order = dict.fromkeys(factors, 0.0)
    for order in permutations(factors):
        reached = 0
        for factor in order:
            by_order[factor] += (found[reached + factor] - found[reached]) / 24
            reached += factor
    assert shares == pytest.approx(by_order, abs=1e-9)
    assert sum(shares.values()) == pytest.approx(found[15] - found[0], abs=1e-9)


def test_outcomes_may_be_arrays_and_are_asked_for_once() -> None:
    asked = []

    def totals(new: frozenset[str]) -> np.ndarray:
        asked.append(new)
        return np.array([len(new), 2.0 * ("a" in new)])

    shares = attribution.shapley(totals, ["a", "b"])
    assert shares["a"] == pytest.approx([1.0, 2.0])
    assert shares["b"] == pytest.approx([1.0, 0.0])
    assert len(asked) == len(set(asked)) == 4


def test_no_factor_has_no_share() -> None:
    assert attribution.shapley(len, []) == {}


def test_a_factor_named_twice_and_too_many_factors_are_refused() -> None:
    with pytest.raises(ValueError, match="named twice"):
        attribution.shapley(len, ["a", "a"])
    with pytest.raises(ValueError, match="there are 17 factors"):
        attribution.shapley(len, list(range(17)))
