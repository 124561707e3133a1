import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerselect.errors import RulesError
from partnerselect.kernels import set_search, sets
from partnerselect.kernels.set_lists import combinations
from partnerselect.kernels.set_rules import limits
from partnerselect.kernels.set_search import Question
from partnerselect.kernels.set_values import worth
from tests.kernels.set_cases import drawn_case, every, keeps, one_by_one, total

SEEDS = st.integers(0, 2**32 - 1)
WAYS = ["by_looking", "by_bound", "by_programme"]


def question(case: Any) -> Question:
    values, weights, combine, rules = case
    return Question(worth(values, weights, combine), limits(rules, len(values)))


def test_the_best_two_of_four_are_not_the_two_best() -> None:
    # reach counts as a sum, the two health areas as a coverage; the weights are 0.4 and 0.6.
    # 0 and 1 both have area a: .4 * (1.0 + .9) + .6 * 1/2 = 1.06; 0 and 2 have both: .4 * (1.0 + .5) + .6 = 1.2
    reach = np.array([[1.0, 0], [0.9, 0], [0.5, 0], [0.1, 0]])
    areas = sets.Coverage(np.array([[1, 0], [1, 0], [0, 1], [0, 1]], dtype=bool), np.zeros(2, dtype=bool))
    found = sets.best_sets(reach, [0.4, 0.6], sets.Rules(size=(2, 2)), ["sum", areas], top=3)
    assert [one.members for one in found] == [(0, 2), (1, 2), (0, 1)]
    assert [one.total for one in found] == pytest.approx([1.2, 1.16, 1.06])


def test_what_the_members_cover_already_adds_nothing() -> None:
    # of four items the members cover one; candidate 0 has that one and another, candidate 1 two new ones
    items = np.array([[1, 1, 0, 0], [0, 0, 1, 1]], dtype=bool)
    coverage = sets.Coverage(items, np.array([True, False, False, False]))
    found = sets.best_sets(np.full((2, 1), np.nan), [1.0], sets.Rules(size=(0, 2)), coverage)
    assert [(one.members, one.total) for one in found] == [((0, 1), 1.0), ((1,), 0.75), ((0,), 0.5), ((), 0.25)]


@pytest.mark.parametrize(("word", "wanted"), [("sum", 0.0), ("mean", 0.0), ("best", 0.0)])
def test_nobody_is_worth_nothing(word: str, wanted: float) -> None:
    assert sets.best_sets([[0.7]], [1.0], sets.Rules(size=(0, 0)), word) == [((), wanted)]


def test_the_best_of_partners_that_all_harm_is_the_least_harm() -> None:
    found = sets.best_sets([[-0.5], [-0.2], [-0.9]], [1.0], sets.Rules(size=(2, 2)), "best")
    assert [(one.members, one.total) for one in found] == [((0, 1), -0.2), ((1, 2), -0.2), ((0, 2), -0.5)]


@pytest.mark.parametrize("way", WAYS)
def test_equal_totals_come_in_the_order_of_their_members(way: str) -> None:
    case = (np.full((5, 1), 0.5), np.ones(1), ["best"], sets.Rules(size=(1, 2), must_not=[1]))
    found = getattr(question(case), way)(6)
    assert [one.members for one in found] == [(0,), (0, 2), (0, 3), (0, 4), (2,), (2, 3)]


@pytest.mark.parametrize("way", ["by_bound", "by_programme"])
def test_of_millions_of_equal_sets_the_first_are_listed(way: str) -> None:
    # 75 million sets of 5, all worth the same; at most one of each of the 20 groups of 5 neighbours
    groups = [(np.arange(100) // 5 == group, 0, 1) for group in range(20)]
    case = (np.full((100, 2), 0.5), np.array([0.5, 0.5]), ["sum", "sum"], sets.Rules(size=(5, 5), quotas=groups))
    found = getattr(question(case), way)(3)
    assert [one.members for one in found] == [(0, 5, 10, 15, 20), (0, 5, 10, 15, 21), (0, 5, 10, 15, 22)]


def test_equal_sets_come_in_order_even_where_a_quota_asks_for_the_last_candidates() -> None:
    # four of the last six must join: after 0 the first four of those
    quota = (np.arange(100) >= 94, 4, 5)
    case = (np.full((100, 1), 0.5), np.ones(1), "sum", sets.Rules(size=(5, 5), quotas=[quota]))
    found = question(case).by_bound(2)
    assert [one.members for one in found] == [(0, 94, 95, 96, 97), (0, 94, 95, 96, 98)]


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.sampled_from([1, 4, 300]))
def test_looking_at_all_and_excluding_by_a_bound_give_the_sets_found_one_by_one(seed: int, top: int) -> None:
    case = drawn_case(seed)
    wanted = one_by_one(case)[:top]
    for way in ("by_looking", "by_bound"):
        found = getattr(question(case), way)(top)
        assert [one.members for one in found] == [members for members, _ in wanted]
        assert [one.total for one in found] == pytest.approx([each for _, each in wanted])


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_mixed_integer_programmes_give_the_same_sets(seed: int) -> None:
    case = drawn_case(seed, most=7)
    found, looked = question(case).by_programme(4), question(case).by_looking(4)
    assert [one.members for one in found] == [one.members for one in looked]
    assert [one.total for one in found] == pytest.approx([one.total for one in looked])


@settings(max_examples=10, deadline=None)
@given(SEEDS)
def test_at_the_border_between_the_ways_nothing_changes(seed: int) -> None:
    chance = np.random.default_rng(seed)
    n = 16
    values, weights = chance.random((n, 4)), chance.dirichlet(np.ones(4))
    combine: list[Any] = ["sum", "best", "mean", sets.Coverage(chance.random((n, 8)) < 0.3, chance.random(8) < 0.2)]
    rules = sets.Rules(size=(3, 4), quotas=[(chance.random(n) < 0.5, 1, 2)], budgets=[(chance.random(n), 2.0)])
    case = (values, weights, combine, rules)
    assert question(case).by_bound(10) == question(case).by_looking(10)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(set_search, "FEW", 0)
        beyond = sets.best_sets(values, weights, rules, combine)
    assert beyond == sets.best_sets(values, weights, rules, combine)


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_without_a_rule_the_best_total_is_never_worse(seed: int) -> None:
    values, weights, combine, rules = drawn_case(seed)
    if not one_by_one((values, weights, combine, rules)):
        return
    priced = sets.prices(values, weights, rules, combine)
    assert [each.rule for each in priced] == list(rules.parts())
    for each in priced:
        assert each.cost >= 0
        assert each.total == pytest.approx(one_by_one((values, weights, combine, rules.without(each.rule)))[0][1])


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_one_candidate_more_never_makes_the_best_total_worse(seed: int) -> None:
    values, weights, combine, rules = drawn_case(seed)
    out = len(values) - 1
    with_all = one_by_one((values, weights, combine, rules))
    without = [each for each in with_all if out not in each[0]]
    if not without:
        return
    barred = replace(rules, must_not=[*rules.must_not, out])
    fewer = sets.best_sets(values, weights, barred, combine, top=1)[0].total
    assert fewer <= sets.best_sets(values, weights, rules, combine, top=1)[0].total + 1e-9


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_coverage_never_falls_with_one_more_and_adds_less_to_more(seed: int) -> None:
    chance = np.random.default_rng(seed)
    coverage = sets.Coverage(chance.random((6, 70)) < 0.3, chance.random(70) < 0.2)
    brings = worth(np.zeros((6, 1)), [1.0], coverage)
    order = chance.permutation(6).tolist()
    few, more, one = order[:2], order[:4], order[5]
    gain_few = brings.total([*few, one]) - brings.total(few)
    gain_more = brings.total([*more, one]) - brings.total(more)
    assert gain_few >= gain_more - 1e-12
    assert gain_more >= -1e-12


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_candidates_in_another_order_give_the_same_sets(seed: int) -> None:
    chance = np.random.default_rng(seed)
    values, weights = chance.random((7, 3)), chance.dirichlet(np.ones(3))
    items, mask, amounts = chance.random((7, 4)) < 0.4, chance.random(7) < 0.5, chance.random(7)
    order = chance.permutation(7)

    def best(of: np.ndarray) -> list[sets.PartnerSet]:
        rules = sets.Rules(size=(2, 3), quotas=[(mask[of], 0, 2)], budgets=[(amounts[of], 2.5)])
        combine: list[Any] = ["sum", "best", sets.Coverage(items[of], np.zeros(4, dtype=bool))]
        return sets.best_sets(values[of], weights, rules, combine)

    as_given = {frozenset(one.members): one.total for one in best(np.arange(7))}
    mixed = {frozenset(order[list(one.members)].tolist()): one.total for one in best(order)}
    assert mixed == pytest.approx(as_given)


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.sampled_from([0.0, 0.05, 0.5]))
def test_the_sets_near_the_best_are_counted(seed: int, gap: float) -> None:
    values, weights, combine, rules = case = drawn_case(seed)
    allowed = one_by_one(case)
    if not allowed:
        return
    near = [each for each in allowed if each[1] >= allowed[0][1] - gap - 1e-9]
    found = sets.near_best(values, weights, rules, combine, gap=gap, top=3)
    assert (found.number, found.exact) == (len(near), True)
    assert len(found.sets) == min(3, len(near))
    line = allowed[0][1] - gap - 1e-9
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(set_search, "FEW", 0)
        assert question(case).number_above(line) == len(near)


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_a_set_put_together_by_hand_has_its_place(seed: int) -> None:
    values, weights, combine, rules = case = drawn_case(seed)
    allowed = one_by_one(case)
    if not allowed:
        return
    mine = every(len(values))[seed % 2 ** len(values)]
    found = sets.standing(values, weights, rules, mine, combine)
    own = total(mine, values, weights, combine)
    assert found.total == pytest.approx(own)
    assert found.behind == pytest.approx(allowed[0][1] - own)
    assert found.rank == 1 + sum(each > own + 1e-9 for _, each in allowed)
    assert (not found.broken) == keeps(mine, rules)
    assert keeps(mine, rules.without(*found.broken))


def test_how_many_sets_are_near_is_said_even_where_they_cannot_be_counted() -> None:
    near = sets.near_best(np.full((60, 1), 0.5), [1.0], sets.Rules(size=(10, 10)), top=4)
    assert [one.members[-1] for one in near.sets] == [9, 10, 11, 12]
    assert (near.number, near.exact) == (4, False)


def test_combinations_come_in_order() -> None:
    assert combinations(4, 2).tolist() == [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]
    assert combinations(3, 0).tolist() == [[]]
    assert combinations(120, 3).shape == (280_840, 3)


def test_a_rule_that_cannot_be_kept_is_no_best_set() -> None:
    with pytest.raises(RulesError, match="no set of the 2 candidates satisfies the 2 rules"):
        sets.best_sets([[0.1], [0.2]], [1.0], sets.Rules(size=(1, 1), quotas=[(np.ones(2, dtype=bool), 2, 2)]))


def test_infinite_size_and_no_candidates() -> None:
    assert sets.best_sets(np.zeros((0, 1)), [1.0], sets.Rules(size=(0, math.inf))) == [((), 0.0)]
    assert sets.best_sets([[0.3], [0.4]], [1.0], sets.Rules(size=(1, math.inf)))[0].members == (0, 1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"values": [[np.nan], [1.0]]}, "values must hold finite numbers"),
        ({"values": [0.5]}, r"values has shape \(1,\)"),
        ({"weights": [-1.0]}, "weights must not be negative"),
        ({"weights": [0.5, 0.5]}, r"weights has shape \(2,\)"),
        ({"combine": "product"}, "combine holds 'product'"),
        ({"combine": ["sum", "sum"]}, "combine has 2 entries; there are 1 criteria"),
        ({"combine": sets.Coverage(np.ones((3, 2)), np.zeros(2))}, "a coverage has items of shape"),
        ({"top": 0}, "top is 0"),
    ],
)
def test_what_cannot_be_used_is_named(change: dict[str, Any], message: str) -> None:
    given = {"values": [[0.0], [1.0]], "weights": [1.0], "rules": sets.Rules(size=(1, 1)), **change}
    with pytest.raises(ValueError, match=message):
        sets.best_sets(**given)


def test_a_negative_gap_is_refused() -> None:
    with pytest.raises(ValueError, match="gap is -1"):
        sets.near_best([[0.0]], [1.0], sets.Rules(size=(1, 1)), gap=-1)


def test_a_candidate_adds_less_to_those_who_bring_the_same() -> None:
    # 0 and 1 both have item a, 2 has item b: each covers half; beside 0, candidate 1 adds nothing
    items = np.array([[1, 0], [1, 0], [0, 1]], dtype=bool)
    coverage = sets.Coverage(items, np.zeros(2, dtype=bool))
    found = sets.marginals(np.zeros((3, 1)), [1.0], [0, 2], coverage)
    assert found.alone.tolist() == [0.5, 0.5, 0.5]
    assert found.in_set.tolist() == [0.5, 0.0, 0.5]
    pairs = sets.redundancy(np.zeros((3, 1)), [1.0], coverage)
    assert pairs.tolist() == [[0.0, 0.5, 0.0], [0.5, 0.0, 0.0], [0.0, 0.0, 0.0]]


def test_of_two_best_ones_the_lesser_is_redundant_and_sums_never_are() -> None:
    # best of 0.9 and 0.6 is 0.9: together they bring 0.6 less than 0.9 + 0.6
    values = np.array([[0.9, 0.9], [0.6, 0.6]])
    assert sets.redundancy(values, [0.5, 0.5], ["best", "sum"])[0, 1] == pytest.approx(0.3)
    assert sets.redundancy(values, [0.5, 0.5], "mean").tolist() == [[0.0, 0.0], [0.0, 0.0]]
