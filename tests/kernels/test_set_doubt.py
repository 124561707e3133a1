import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerselect.errors import RulesError
from partnerselect.kernels import regions, set_doubt, sets
from partnerselect.kernels.value_draws import drawn
from tests.kernels.set_cases import drawn_case, one_by_one, total

SEEDS = st.integers(0, 2**32 - 1)


def test_core_index_of_two_criteria_is_the_share_of_the_weights() -> None:
    # one of three: 0 leads where w > 0.6 (w = 0.6 + ...): totals w, 1 - w and 0.6: 0 where w > .6, 1 where w < .4
    values = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.6]])
    found = sets.doubt(values, values, None, sets.Rules(size=(1, 1)), samples=20_000, proposed=[2])
    assert found.core_index == pytest.approx([0.4, 0.4, 0.2], abs=0.02)
    assert [one.members for one in found.shares][2] == (2,)
    assert sum(one.share for one in found.shares) == pytest.approx(1.0)
    # the regret of 2 is w - .6 for w > .6 and the same on the other side: 2 * .4² / 2 = 0.16, at worst .4
    assert found.regret is not None
    assert found.regret.mean == pytest.approx(0.16, abs=5 * found.regret.error)
    assert found.regret.worst == pytest.approx(0.4, abs=1e-3)
    assert found.regret.share == pytest.approx(0.2, abs=0.02)


def test_of_tied_sets_the_first_counts() -> None:
    values = np.full((4, 2), 0.5)
    found = sets.doubt(values, values, None, sets.Rules(size=(1, 2)), combine="mean", samples=50)
    assert [(one.members, one.share, one.error) for one in found.shares] == [((0,), 1.0, 0.0)]
    assert sets.core_index(values, values, None, sets.Rules(size=(2, 2)), samples=50).tolist() == [1, 1, 0, 0]


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_every_sample_has_the_best_set_found_one_by_one(seed: int) -> None:
    values, _, combine, rules = drawn_case(seed, most=6)
    chance = np.random.default_rng(seed)
    high = values + (chance.random() < 0.7) * chance.random(values.shape)
    low = values.copy()
    for column, how in enumerate(combine):
        if isinstance(how, sets.Coverage):
            low[:, column] = high[:, column] = 0.0
    region = regions.simplex(values.shape[1])
    counts = np.zeros(len(values))
    for weights, each in drawn(low, high, None, region, 12, np.random.default_rng(seed)).chunks():
        for place, weight in enumerate(weights):
            best = one_by_one((each if each.ndim == 2 else each[place], weight, combine, rules))
            if not best:
                with pytest.raises(RulesError, match="no set"):
                    sets.core_index(low, high, None, rules, region, combine, 12)
                return
            counts[list(best[0][0])] += 1
    found = sets.core_index(low, high, None, rules, region, combine, 12, np.random.default_rng(seed))
    assert found == pytest.approx(counts / 12)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(set_doubt, "FEW", 0)
        assert sets.core_index(low, high, None, rules, region, combine, 12, np.random.default_rng(seed)) == (
            pytest.approx(counts / 12)
        )


@settings(max_examples=15, deadline=None)
@given(SEEDS, st.integers(1, 3))
def test_core_indices_sum_to_the_size_and_follow_the_candidates(seed: int, size: int) -> None:
    chance = np.random.default_rng(seed)
    low = chance.random((6, 3))
    rules = sets.Rules(size=(size, size))
    found = sets.core_index(low, low, None, rules, samples=300)
    assert found.sum() == pytest.approx(size)
    order = chance.permutation(6)
    assert sets.core_index(low[order], low[order], None, rules, samples=300) == pytest.approx(found[order])


def test_sets_of_many_blocks_and_sizes_are_compared_as_one() -> None:
    values = np.random.default_rng(4).random((26, 2))
    doubt = sets.doubt(values, values, None, sets.Rules(size=(1, 4)), combine="mean", samples=40)
    for one in doubt.shares:
        assert len(one.members) == 1  # no mean is above the best single one
    assert doubt.core_index.sum() == pytest.approx(1.0)


def test_progress_and_what_cannot_be_used() -> None:
    seen: list[float] = []
    sets.core_index([[0.1]], [[0.2]], [[0.15]], sets.Rules(size=(1, 1)), samples=10, progress=seen.append)
    assert seen[-1] == 1.0
    with pytest.raises(ValueError, match=r"low has shape \(1,\)"):
        sets.core_index([0.1], [0.2], None, sets.Rules(size=(1, 1)))
    with pytest.raises(ValueError, match="low is above high"):
        sets.rivals([[0.3]], [[0.2]], sets.Rules(size=(1, 1)), [0])
    with pytest.raises(ValueError, match=r"low has shape \(1,\)"):
        sets.rivals([0.1], [0.2], sets.Rules(size=(1, 1)), [0])
    with pytest.raises(ValueError, match="there are 10272278170 sets"):
        sets.rivals(np.zeros((50, 1)), np.ones((50, 1)), sets.Rules(size=(10, 10)), [0])


def test_rivals_of_a_set_by_hand() -> None:
    # {0} has 1.0 and 0.2, {1} 0.4 and 0.8, {2} 0.3 and 0.1: {1} may lead by 0.6, {2} never does
    values = np.array([[1.0, 0.2], [0.4, 0.8], [0.3, 0.1]])
    found = sets.rivals(values, values, sets.Rules(size=(1, 1)), [0])
    assert (found.sets, found.number) == ([(1,)], 1)
    assert found.leads == pytest.approx([0.6])
    assert found.worst_regret == pytest.approx(0.6)
    # with the first criterion at least as important, 1 leads by .5 * -.6 + .5 * .6 = 0 at most
    assert sets.rivals(values, values, sets.Rules(size=(1, 1)), [0], regions.order([0, 1])).number == 0
    # with a weight of the first of at least 0.25 by .25 * -.6 + .75 * .6 = 0.3
    bounded = regions.polytope([[-1.0, 0.0]], [-0.25], 2)
    assert sets.rivals(values, values, sets.Rules(size=(1, 1)), [0], bounded).leads == pytest.approx([0.3])
    assert sets.rivals(values, values, sets.Rules(size=(2, 2)), [0, 1]).in_all.tolist() == [True, True, False]


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_leads_of_rivals_are_reached_and_never_passed(seed: int) -> None:
    values, _, combine, rules = drawn_case(seed, most=6)
    chance = np.random.default_rng(seed)
    high = values + chance.random(values.shape) * (chance.random(values.shape) < 0.6)
    mine = tuple(np.flatnonzero(chance.random(len(values)) < 0.4).tolist())
    found = sets.rivals(values, high, rules, mine, combine=combine)
    leads = dict(zip(found.sets, found.leads, strict=True))
    for members, _ in one_by_one((values, np.full(len(combine), 1 / len(combine)), combine, rules)):
        most = -np.inf
        for _ in range(60):
            ends = np.where(chance.random(values.shape) < 0.5, values, high)
            for weights in np.eye(len(combine)):
                most = max(most, total(members, ends, weights, combine) - total(mine, ends, weights, combine))
        assert most <= leads.get(members, 1e-9) + 1e-9
        if len(values) * len(combine) <= 4:
            assert most == pytest.approx(leads.get(members, most))
    assert found.number == len(found.sets)
    assert found.worst_regret == pytest.approx(max(leads.values(), default=0.0))
