"""Rules about how many different values a set has, such as: partners from at least three countries."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerselect.kernels import set_doubt, set_search, sets
from partnerselect.kernels.set_distinct import Distinct
from partnerselect.kernels.set_rules import limits
from partnerselect.kernels.set_search import Question
from partnerselect.kernels.set_sums import distinct
from partnerselect.kernels.set_values import worth
from tests.kernels.set_cases import drawn_case, keeps, one_by_one

SEEDS = st.integers(0, 2**32 - 1)
WAYS = ["by_looking", "by_bound", "by_programme"]
COUNTRIES = sets.Rule("distinct", 0)

# 0 and 1 are French, 2 lies across the border and is German too, 3 is Spanish, 4 is nowhere
VALUES = np.array([[0.9], [0.8], [0.4], [0.3], [0.7]])
LANDS = np.array([[1, 0, 0], [1, 0, 0], [1, 1, 0], [0, 0, 1], [0, 0, 0]], dtype=bool)


def pairs_from(least: float) -> sets.Rules:
    return sets.Rules(size=(2, 2), distinct=[(LANDS, least)])


def drawn_varied(seed: int, most: int = 8) -> Any:
    """A random case that has at least one distinct rule."""
    values, weights, combine, rules = drawn_case(seed, most)
    chance = np.random.default_rng([seed, 1])
    table = chance.random((len(values), int(chance.integers(1, 80)))) < 0.3
    return values, weights, combine, replace(rules, distinct=[*rules.distinct, (table, float(chance.integers(1, 5)))])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("least", "wanted"),
    [
        # 0 and 1 would bring 1.7, 0 and 4 1.6, both from France alone; 0 and 2 bring 1.3 from France and Germany
        pytest.param(2, [((0, 2), 1.3), ((0, 3), 1.2), ((1, 2), 1.2)], id="two countries"),
        pytest.param(3, [((2, 3), 0.7)], id="three countries"),
        pytest.param(1.5, [((0, 2), 1.3), ((0, 3), 1.2), ((1, 2), 1.2)], id="one and a half are two"),
        pytest.param(0, [((0, 1), 1.7), ((0, 4), 1.6), ((1, 4), 1.5)], id="any"),
        pytest.param(4, [], id="more than there are"),
    ],
)
def test_the_best_pair_from_so_many_countries(way: str, least: float, wanted: list[tuple[Any, float]]) -> None:
    found = getattr(Question(worth(VALUES, [1.0]), limits(pairs_from(least), 5)), way)(3)
    assert [one.members for one in found] == [members for members, _ in wanted]
    assert [one.total for one in found] == pytest.approx([total for _, total in wanted])


def test_what_the_countries_cost_and_who_is_near() -> None:
    price = sets.prices(VALUES, [1.0], pairs_from(2))[-1]
    assert (price.rule, price.members) == (COUNTRIES, (0, 1))
    assert price.cost == pytest.approx(0.4)
    near = sets.near_best(VALUES, [1.0], pairs_from(2), gap=0.1)
    assert ([one.members for one in near.sets], near.number, near.exact) == ([(0, 2), (0, 3), (1, 2)], 3, True)
    placed = sets.standing(VALUES, [1.0], pairs_from(2), [0, 1])
    assert (placed.broken, placed.rank) == ((COUNTRIES,), 1)
    assert sets.standing(VALUES, [1.0], pairs_from(2), [1, 3]).rank == 4


def test_best_sets_of_samples_and_rivals_keep_to_the_countries() -> None:
    assert sets.core_index(VALUES, VALUES, None, pairs_from(2), samples=3).tolist() == [1, 0, 1, 0, 0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(set_doubt, "FEW", 0)
        assert sets.core_index(VALUES, VALUES, None, pairs_from(3), samples=3).tolist() == [0, 0, 1, 1, 0]
    found = sets.rivals(VALUES, VALUES, pairs_from(2), [2, 3])
    assert found.sets == [(0, 2), (0, 3), (1, 2), (1, 3), (2, 4)]


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_every_way_of_searching_gives_the_sets_found_one_by_one(seed: int) -> None:
    case = values, weights, combine, rules = drawn_varied(seed)
    wanted = one_by_one(case)
    question = Question(worth(values, weights, combine), limits(rules, len(values)))
    for way in WAYS:
        assert [one.members for one in getattr(question, way)(3)] == [members for members, _ in wanted[:3]]
    if wanted:
        line = wanted[-1][1] - 1e-9
        assert question.number_above(line) == len(wanted)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(set_search, "FEW", 0)
            assert question.number_above(line) == len(wanted)


@settings(max_examples=8, deadline=None)
@given(SEEDS, st.integers(2, 6))
def test_at_the_border_between_the_ways_nothing_changes(seed: int, least: int) -> None:
    chance = np.random.default_rng(seed)
    values, weights = chance.random((16, 3)), chance.dirichlet(np.ones(3))
    combine: list[Any] = ["sum", "best", sets.Coverage(chance.random((16, 8)) < 0.3, np.zeros(8, dtype=bool))]
    lands, regions = np.eye(5, dtype=bool)[chance.integers(0, 5, 16)], chance.random((16, 30)) < 0.1
    rules = sets.Rules(size=(3, 5), distinct=[(lands, min(least, 4)), (regions, least)])
    question = Question(worth(values, weights, combine), limits(rules, 16))
    looked = [one.members for one in question.by_looking(8)]
    assert [one.members for one in question.by_bound(8)] == looked
    assert [one.members for one in question.by_programme(2)] == looked[:2]


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_no_allowed_set_is_above_the_bound(seed: int) -> None:
    case = values, weights, combine, rules = drawn_varied(seed)
    question = Question(worth(values, weights, combine), limits(rules, len(values)))
    bounds = [(programme.limits.sizes, programme.bound()) for programme in question._programmes()]
    for members, total in one_by_one(case):
        for sizes, bound in bounds:
            if len(members) in sizes:
                assert bound is not None
                assert total <= bound.constant + bound.profits[list(members)].sum() + 1e-9


@pytest.mark.parametrize("way", ["by_bound", "by_programme"])
def test_of_millions_of_equal_sets_the_first_with_four_countries_are_listed(way: str) -> None:
    # five neighbours share a country; two of five partners may: 0 and 1, and then the first of each next country
    lands = np.repeat(np.eye(20, dtype=bool), 5, axis=0)
    rules = sets.Rules(size=(5, 5), distinct=[(lands, 4)])
    found = getattr(Question(worth(np.full((100, 1), 0.5), [1.0]), limits(rules, 100)), way)(3)
    assert [one.members for one in found] == [(0, 1, 5, 10, 15), (0, 1, 5, 10, 16), (0, 1, 5, 10, 17)]


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.sampled_from([0, 3, 8, 9, 64, 70, 130]))
def test_different_items_are_counted_alike_from_indices_and_from_flags(seed: int, width: int) -> None:
    chance = np.random.default_rng(seed)
    items = Distinct(chance.random((6, width)) < 0.3)
    members = np.array(list(itertools.combinations(range(6), 3)))
    chosen = np.zeros((len(members), 6), dtype=np.bool_)
    chosen[np.arange(len(members))[:, None], members] = True
    wanted = [int(items.has[row].any(axis=0).sum()) for row in members]
    assert items.number(members).tolist() == wanted
    assert items.number_chosen(chosen).tolist() == wanted


def test_three_countries_need_three_seats() -> None:
    # at most two partners, none of whom is in two countries; the size lacks 1 of 2 possible, the countries 1 of 3
    alone = np.array([[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], dtype=bool)
    found = sets.explain(sets.Rules(size=(1, 2), distinct=[(alone, 3)]), 4)
    assert found.conflicts == ((sets.Rule("size"), COUNTRIES),)
    assert [one.changes for one in found.relaxations] == [
        (sets.Change(COUNTRIES, "lo", 3, 2),),
        (sets.Change(sets.Rule("size"), "hi", 2, 3),),
    ]
    assert [one.cost for one in found.relaxations] == pytest.approx([1 / 3, 1 / 2])


def test_more_countries_than_there_are() -> None:
    found = sets.explain(sets.Rules(size=(1, 3), must_not=[3], distinct=[(LANDS, 5)]), 5)
    assert found.conflicts == ((COUNTRIES,),)
    # without the Spanish one there are two countries
    assert [one.changes for one in found.relaxations] == [(sets.Change(COUNTRIES, "lo", 5, 2),)]


def test_each_of_two_distinct_rules_is_named() -> None:
    kinds = np.array([[1, 0], [1, 0], [0, 1], [0, 1], [1, 0]], dtype=bool)
    rules = sets.Rules(size=(2, 2), must=[0], distinct=[(kinds, 2), (LANDS, 3)])
    found = sets.explain(rules, 5)
    # only 2 and 3 are from three countries: not with 0 beside them, and they are of one kind
    size, must, kind, land = rules.parts()
    assert found.conflicts == ((size, must, land), (size, kind, land))
    assert {tuple((change.rule, change.new) for change in one.changes) for one in found.relaxations[:2]} == {
        ((size, 3),),
        ((land, 2),),
    }
    assert [change.rule for change in found.relaxations[2].changes] == [must, kind]
    for relaxation in found.relaxations:
        assert keeps(relaxation.members, rules.relaxed(relaxation.changes))


def test_nobody_has_any_value() -> None:
    found = sets.explain(sets.Rules(size=(0, 0), distinct=[(np.zeros((0, 3), dtype=bool), 1)]), 0)
    assert found.conflicts == ((COUNTRIES,),)
    assert sets.best_sets([[0.5]], [1.0], sets.Rules(size=(0, 1), distinct=[(np.zeros((1, 0), dtype=bool), 0)]))


def test_sets_with_equal_numbers_of_countries_are_one() -> None:
    # two from France, one from Germany: nobody; one; two from one country, or from two; all three
    lands = np.array([[1, 0], [1, 0], [0, 1]], dtype=bool)
    found = distinct(limits(sets.Rules(size=(0, 3), distinct=[(lands, 2)]), 3))
    assert found is not None
    assert sorted((int(row.sum()), int(lands[row].any(axis=0).sum())) for row in found) == [
        (0, 0),
        (1, 1),
        (2, 1),
        (2, 2),
        (3, 2),
    ]
    assert distinct(limits(sets.Rules(size=(0, 3), distinct=[(np.zeros((3, 70), dtype=bool), 2)]), 3)) is None
