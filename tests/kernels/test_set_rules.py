import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerselect.kernels.set_lists import walk
from partnerselect.kernels.set_rules import Change, Rule, Rules, limits
from tests.kernels.set_cases import drawn_rules, every, keeps


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 7))
def test_many_sets_at_once_keep_the_rules_that_each_keeps(seed: int, n: int) -> None:
    rules = drawn_rules(np.random.default_rng(seed), n)
    known = limits(rules, n)
    wanted = [members for members in every(n) if keeps(members, rules)]
    assert [tuple(row) for members in walk(known) for row in members.tolist()] == wanted
    for members in every(n):
        below, above = known.broken(np.isin(np.arange(n), members))
        assert (not (below.any() or above.any())) == keeps(members, rules)


def test_every_rule_has_its_key_and_can_be_switched_off() -> None:
    rules = Rules(size=(2, 3), must=[4, 1], together=[(0, 1)], budgets=[(np.ones(5), 2.0)])
    keys = [Rule("size"), Rule("must", 0), Rule("must", 1), Rule("together", 0), Rule("budgets", 0)]
    assert rules.parts() == tuple(keys)
    assert rules.without(Rule("must", 0)).must == (1,)
    assert rules.without(Rule("size")).size == (0, math.inf)
    assert rules.without(*keys).parts() == (Rule("size"),)
    assert rules.must == (4, 1)


def test_a_rule_that_is_not_there_cannot_be_switched_off() -> None:
    with pytest.raises(ValueError, match=r"there is no rule \('must', 2\)"):
        Rules(size=(1, 1), must=[0]).without(Rule("must", 2))


def test_rules_are_made_weaker_one_by_one() -> None:
    mask = np.array([True, False])
    rules = Rules(size=(2, 2), must=[0, 1], quotas=[(mask, 1, 1)], budgets=[(np.array([3.0, 4.0]), 5.0)])
    changes = [
        Change(Rule("size"), "lo", 2, 1),
        Change(Rule("must", 0), "drop", math.nan, math.nan),
        Change(Rule("quotas", 0), "lo", 1, 0),
        Change(Rule("budgets", 0), "limit", 5, 7),
    ]
    weaker = rules.relaxed(changes)
    assert (weaker.size, weaker.must) == ((1, 2), (1,))
    assert weaker.quotas[0][1:] == (0, 1)
    assert weaker.budgets[0][1] == 7
    assert rules.relaxed([Change(Rule("size"), "hi", 2, 3), Change(Rule("quotas", 0), "hi", 1, 2)]).size == (2, 3)


def test_a_distinct_rule_is_the_last_and_takes_fewer_values_or_goes() -> None:
    lands, kinds = np.eye(3, dtype=bool), np.ones((3, 1), dtype=bool)
    rules = Rules(size=(2, 2), budgets=[(np.ones(3), 2.0)], distinct=[(lands, 3), (kinds, 1)])
    assert rules.parts()[-2:] == (Rule("distinct", 0), Rule("distinct", 1))
    assert [np.shape(each) for each, _ in rules.without(Rule("distinct", 0)).distinct] == [(3, 1)]
    weaker = rules.relaxed([Change(Rule("distinct", 0), "lo", 3, 2)])
    assert [least for _, least in weaker.distinct] == [2, 1]
    assert [members.tolist() for members in walk(limits(weaker, 3))] == [[[0, 1], [0, 2], [1, 2]]]
    assert [members.tolist() for members in walk(limits(rules, 3))] == [[]]


def test_budgets_hold_within_a_billionth_and_amounts_may_be_negative() -> None:
    rules = Rules(size=(2, 2), budgets=[(np.array([0.1, 0.2, -1.0]), 0.3)])
    assert 0.1 + 0.2 > 0.3
    assert [members.tolist() for members in walk(limits(rules, 3))] == [[[0, 1], [0, 2], [1, 2]]]
    tight = Rules(size=(2, 2), budgets=[(np.array([0.1, 0.2, -1.0]), 0.3 - 2e-9)])
    assert [members.tolist() for members in walk(limits(tight, 3))] == [[[0, 2], [1, 2]]]


@pytest.mark.parametrize(
    ("given_rules", "message"),
    [
        ({"size": (3, 2)}, "size is from 3 to 2"),
        ({"size": (math.nan, 2)}, "size is from nan to 2"),
        ({"quotas": [(np.ones(3, dtype=bool), 2, 1)]}, "a quota is from 2 to 1"),
        ({"quotas": [(np.ones(3), 0, 1)]}, "a quota's mask has shape"),
        ({"together": [(1, 1)]}, r"together holds \(1, 1\)"),
        ({"not_together": [(0, 1, 2)]}, r"not_together holds \(0, 1, 2\)"),
        ({"budgets": [(np.array([np.nan, 0, 0]), 1.0)]}, "amounts must be finite"),
        ({"budgets": [(np.zeros(3), math.nan)]}, "a budget's limit is NaN"),
        ({"distinct": [(np.ones((3, 2)), 1)]}, r"a distinct rule's table has shape \(3, 2\) and type float64"),
        ({"distinct": [(np.ones(3, dtype=bool), 1)]}, r"a distinct rule's table has shape \(3,\) and type bool"),
        ({"distinct": [(np.ones((3, 2), dtype=bool), math.nan)]}, "a distinct rule's least is nan"),
        ({"distinct": [(np.ones((3, 2), dtype=bool), math.inf)]}, "a distinct rule's least is inf"),
    ],
)
def test_rules_that_are_none_are_refused(given_rules: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Rules(**{"size": (1, 2), **given_rules})


@pytest.mark.parametrize(
    ("given_rules", "message"),
    [
        ({"must": [3]}, "must is 3; it takes 0 to 2"),
        ({"must_not": [-1]}, "must_not is -1"),
        ({"together": [(0, 3)]}, "together is 3"),
        ({"quotas": [(np.ones(2, dtype=bool), 0, 1)]}, r"a quota's mask has shape \(2,\)"),
        ({"budgets": [(np.zeros(4), 1.0)]}, r"amounts has shape \(4,\)"),
        ({"distinct": [(np.ones((2, 5), dtype=bool), 1)]}, r"a distinct rule's table has shape \(2, 5\)"),
    ],
)
def test_rules_about_other_candidates_are_refused(given_rules: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        limits(Rules(**{"size": (1, 2), **given_rules}), 3)
