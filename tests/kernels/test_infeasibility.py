import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerselect.errors import RulesError
from partnerselect.kernels import set_dials, sets
from partnerselect.kernels.set_dials import Dials, ways_out
from partnerselect.kernels.set_rules import limits
from partnerselect.kernels.set_sums import distinct
from tests.kernels.set_cases import drawn_distinct, every, keeps

SEEDS = st.integers(0, 2**32 - 1)
SIZE, MUST, QUOTA = sets.Rule("size"), sets.Rule("must", 0), sets.Rule("quotas", 0)


def possible(rules: sets.Rules, n: int) -> bool:
    return any(keeps(members, rules) for members in every(n))


def narrow_rules(seed: int) -> tuple[sets.Rules, int]:
    """Rules that often contradict each other, and the number of candidates."""
    chance = np.random.default_rng(seed)
    n, least = int(chance.integers(2, 6)), int(chance.integers(0, 4))
    some = [chance.choice(n, int(chance.integers(0, 3)), replace=False).tolist() for _ in range(2)]
    pairs = [[tuple(chance.choice(n, 2, replace=False).tolist())] for _ in range(2)]
    quotas = []
    for _ in range(2):
        start = int(chance.integers(0, 4))
        quotas.append((chance.random(n) < 0.5, start, start + int(chance.integers(0, 2))))
    budgets = [(chance.integers(-1, 5, n), float(chance.integers(0, 4)))] * int(chance.integers(1, 3))
    size = (least, least + int(chance.integers(0, 2)))
    varied = drawn_distinct(chance, n)
    return sets.Rules(size, some[0], some[1], pairs[0], pairs[1], quotas, budgets, varied), n


def test_too_many_countries_for_the_seats() -> None:
    # two seats: candidate 0 from France must be in, and two from Spain are wanted
    french = np.array([True, False, False])
    rules = sets.Rules(size=(2, 2), must=[0], quotas=[(~french, 2, 2)])
    with pytest.raises(RulesError, match="no set of the 3 candidates") as caught:
        sets.best_sets(np.zeros((3, 1)), [1.0], rules)
    error = caught.value
    assert isinstance(error, sets.NoSetAllowedError)
    assert error.conflicts == ((SIZE, MUST, QUOTA),)
    assert [len(one.changes) for one in error.relaxations] == [1, 1, 1]
    singles = {change.rule: change for one in error.relaxations for change in one.changes}
    assert singles[SIZE] == sets.Change(SIZE, "hi", 2, 3)
    assert singles[QUOTA] == sets.Change(QUOTA, "lo", 2, 1)
    assert singles[MUST].bound == "drop"
    assert math.isnan(singles[MUST].new)


def test_whoever_catches_rules_that_fail_can_read_why_as_far_as_it_is_known() -> None:
    assert (RulesError("none").conflicts, RulesError("none").relaxations) == ((), ())
    with pytest.raises(RulesError, match="no set of the 1 candidates") as caught:
        sets.best_sets([[0.0]], [1.0], sets.Rules(size=(2, 2)))
    assert caught.value.conflicts == ((SIZE,),)
    assert caught.value.relaxations[0].changes == (sets.Change(SIZE, "lo", 2, 1),)


def test_a_budget_that_nobody_meets_says_how_much_is_missing() -> None:
    rules = sets.Rules(size=(1, math.inf), budgets=[(np.array([5.5, 7.0]), 4.0)])
    found = sets.explain(rules, 2)
    assert found.conflicts == ((SIZE, sets.Rule("budgets", 0)),)
    assert [one.changes for one in found.relaxations] == [
        (sets.Change(sets.Rule("budgets", 0), "limit", 4, 5.5),),
        (sets.Change(SIZE, "lo", 1, 0),),
    ]
    assert found.complete


def test_more_partners_than_candidates() -> None:
    found = sets.explain(sets.Rules(size=(4, 5)), 2)
    assert found.conflicts == ((SIZE,),)
    assert found.relaxations[0].changes == (sets.Change(SIZE, "lo", 4, 2),)


def test_rules_that_allow_a_set_have_no_conflict() -> None:
    found = sets.explain(sets.Rules(size=(1, 1), must=[1]), 3)
    assert found.conflicts == ()
    assert [(one.changes, one.members) for one in found.relaxations] == [((), (1,))]


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_conflicts_are_all_smallest_groups_of_rules_that_contradict_each_other(seed: int) -> None:
    rules, n = narrow_rules(seed)
    parts = rules.parts()
    smallest: list[tuple[sets.Rule, ...]] = []
    for size in range(len(parts) + 1):
        for group in itertools.combinations(parts, size):
            if any(set(known) <= set(group) for known in smallest):
                continue
            if not possible(rules.without(*(part for part in parts if part not in group)), n):
                smallest.append(group)
    assert set(sets.explain(rules, n).conflicts) == set(smallest)


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_relaxations_help_and_nothing_smaller_does(seed: int) -> None:
    rules, n = narrow_rules(seed)
    if possible(rules, n):
        return
    for relaxation in sets.explain(rules, n).relaxations:
        weaker = rules.relaxed(relaxation.changes)
        assert keeps(relaxation.members, weaker)
        for place, change in enumerate(relaxation.changes):
            fewer = [*relaxation.changes[:place], *relaxation.changes[place + 1 :]]
            assert not possible(rules.relaxed(fewer), n)
            if change.bound != "drop":
                step = 1 if change.bound == "lo" else -1
                assert not possible(rules.relaxed([*fewer, change._replace(new=change.new + step)]), n)


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_looking_at_all_sums_and_programmes_find_the_same_ways_out(seed: int) -> None:
    rules, n = narrow_rules(seed)
    dials = Dials(limits(rules, n))

    def found() -> dict[tuple[int, ...], float]:
        excesses = [dials.excess(chosen) for chosen in ways_out(dials)]
        return {tuple(np.flatnonzero(each).tolist()): float((each / dials.scale).sum()) for each in excesses}

    looked = found()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(set_dials, "distinct", lambda _: None)
        assert found() == pytest.approx(looked)


def test_sets_with_equal_sums_are_one_and_the_cheapest_stands_for_them() -> None:
    # of four candidates only their number and their cost count: five sums, with the smallest costs 0, 1, 3, 6, 10
    rules = sets.Rules(size=(0, 4), budgets=[(np.array([4.0, 2.0, 1.0, 3.0]), 5.0)])
    found = distinct(limits(rules, 4))
    assert found is not None
    assert sorted((found @ [4.0, 2.0, 1.0, 3.0]).tolist()) == [0, 1, 3, 6, 10]
    assert distinct(limits(sets.Rules(size=(0, 4), budgets=[*rules.budgets, *rules.budgets]), 4)) is None
    assert distinct(limits(sets.Rules(size=(0, 70)), 70)) is None
