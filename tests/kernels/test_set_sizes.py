"""The size that all rules together leave: exactly the same sets are allowed."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerselect.kernels.set_rules import Rules, limits
from partnerselect.kernels.set_sizes import narrowed
from tests.kernels.set_cases import drawn_rules, every, keeps

HALF = np.arange(6) < 3


def test_quotas_that_share_out_the_candidates_fix_the_size() -> None:
    # One of the first three and two of the others: three, although the size says any number.
    rules = Rules((1, math.inf), quotas=[(HALF, 1, 1), (~HALF, 2, 2)])
    assert narrowed(rules, 6).size == (3, 3)


def test_a_budget_and_different_values_bound_the_size() -> None:
    # Each costs at least 2 of 7: three at most. Three values, and nobody has two of them: three at least.
    rules = Rules((0, 6), budgets=[([2, 2, 2, 3, 3, 3], 7)], distinct=[(np.tile(np.eye(3, dtype=bool), (2, 1)), 3)])
    assert narrowed(rules, 6).size == (3, 3)


@pytest.mark.parametrize(
    ("rules", "n"),
    [(Rules((0, 2), must=[0], must_not=[0]), 3), (Rules((4, 5)), 3), (Rules((0, 2)), 0)],
    ids=["contradiction", "too few", "nobody"],
)
def test_rules_that_no_set_keeps_stay_as_they_are(rules: Rules, n: int) -> None:
    assert narrowed(rules, n) is rules


def test_rules_about_others_are_refused() -> None:
    with pytest.raises(ValueError, match="must"):
        narrowed(Rules((0, 2), must=[5]), 3)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_same_sets_are_allowed(seed: int) -> None:
    chance = np.random.default_rng(seed)
    n = int(chance.integers(1, 8))
    rules = drawn_rules(chance, n)
    smaller = narrowed(rules, n)
    assert [one for one in every(n) if keeps(one, rules)] == [one for one in every(n) if keeps(one, smaller)]
    assert rules.size[0] <= smaller.size[0] <= smaller.size[1] <= rules.size[1]
    assert limits(smaller, n).owners == limits(rules, n).owners
