import itertools
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerselect.errors import RulesError
from partnerselect.kernels import regions, set_doubt, sets
from partnerselect.kernels.set_coverage import packed
from partnerselect.kernels.set_coverage_draws import ItemDraws
from partnerselect.kernels.set_values import combination
from partnerselect.kernels.value_draws import drawn
from tests.kernels.set_cases import drawn_case, every, keeps, one_by_one, total

SEEDS = st.integers(0, 2**32 - 1)
ONE = sets.Rules(size=(1, 1))


def _drawn_coverage(chance: np.random.Generator, n: int, k: int) -> sets.Coverage:
    """Sure, possible and covered items of every kind, some candidates unknown altogether."""
    possible = (chance.random((n, k)) < 0.3) | (chance.random((n, 1)) < 0.3)
    return sets.Coverage(chance.random((n, k)) < 0.3, chance.random(k) < 0.2, possible, chance.random(k) < 0.3)


def _drawn_doubt(seed: int) -> tuple[np.ndarray, np.ndarray, list[Any], sets.Rules]:
    """Ends of ranges, how partners combine with possible items, and rules."""
    values, _, combine, rules = drawn_case(seed, most=6)
    chance = np.random.default_rng(seed)
    combine = [_drawn_coverage(chance, len(values), 5) if isinstance(how, sets.Coverage) else how for how in combine]
    combine[0] = _drawn_coverage(chance, len(values), int(chance.integers(1, 4)))
    high = values + (chance.random() < 0.7) * chance.random(values.shape)
    low = values.copy()
    for column, how in enumerate(combine):
        if isinstance(how, sets.Coverage):
            low[:, column] = high[:, column] = 0.0
    return low, high, combine, rules


def _completions(how: sets.Coverage) -> list[tuple[sets.Coverage, float]]:
    """Every way in which the possible items may turn out, and how likely it is: each number of them equally so."""
    sure, possible = (
        np.vstack([np.asarray(table, dtype=bool), np.asarray(row, dtype=bool)])
        for table, row in ((how.items, how.covered), (how.possible, how.covered_possibly))
    )
    beside = possible & ~sure
    cells = np.argwhere(beside)
    result = []
    for chosen in itertools.product([False, True], repeat=len(cells)):
        there = sure.copy()
        there[tuple(cells.T)] = chosen
        chance = 1.0
        for before, after, may in zip(sure, there, beside, strict=True):
            chance /= (may.sum() + 1) * comb(int(may.sum()), int(after.sum() - before.sum()))
        result.append((sets.Coverage(there[:-1], there[-1]), chance))
    return result


@pytest.mark.parametrize(("unknown_first", "share"), [(True, 2 / 3), (False, 1 / 3)])
def test_an_unknown_candidate_is_in_front_as_often_as_its_range_says(unknown_first: bool, share: float) -> None:
    # one of two: the unknown one has 0, 1 or 2 of the 2 items, the other one exactly 1. It is ahead in one case of
    # three and level in another, where the first of both counts; the other one loses 1/2 where it is ahead
    order = [0, 1] if unknown_first else [1, 0]
    items, possible = np.array([[0, 0], [1, 0]])[order], np.array([[1, 1], [0, 0]])[order]
    how = sets.Coverage(items, [False, False], possible)
    unknown, known = order.index(0), order.index(1)
    found = sets.doubt(np.zeros((2, 1)), np.zeros((2, 1)), None, ONE, combine=how, samples=20_000, proposed=[known])
    assert found.core_index[unknown] == pytest.approx(share, abs=5 * found.core_index_error[unknown])
    assert found.core_index.sum() == pytest.approx(1.0)
    assert found.regret is not None
    assert found.regret.mean == pytest.approx(1 / 6, abs=5 * found.regret.error)
    assert found.regret.worst == pytest.approx(0.5)
    assert found.regret.share == pytest.approx(2 / 3, abs=0.02)


def test_what_the_members_may_cover_makes_a_candidate_less_needed() -> None:
    # 0 brings item 0 for sure, 1 brings items 1 and 2; the members may cover 1 and 2: none, one or both of them,
    # each in one case of three. 1 brings 2, 1 or 0 then, 0 brings 1: with 0 first, ahead or level in two of three
    how = sets.Coverage([[1, 0, 0], [0, 1, 1]], [0, 0, 0], None, [0, 1, 1])
    found = sets.doubt(np.zeros((2, 1)), np.zeros((2, 1)), None, ONE, combine=how, samples=20_000, proposed=[1])
    assert found.core_index[0] == pytest.approx(2 / 3, abs=5 * found.core_index_error[0])
    assert found.regret is not None
    assert found.regret.mean == pytest.approx(1 / 9, abs=5 * found.regret.error)


@pytest.mark.parametrize("seed", range(4))
def test_shares_of_sets_are_those_of_all_ways_in_which_items_may_turn_out(seed: int) -> None:
    chance = np.random.default_rng(seed)
    how, rules = _drawn_coverage(chance, 3, 3), sets.Rules(size=(seed % 2, 2))
    exact = dict.fromkeys(every(3), 0.0)
    lost = 0.0
    nothing, weight = np.zeros((3, 1)), np.ones(1)
    for each, likely in _completions(how):
        best = one_by_one((nothing, weight, [each], rules))
        exact[best[0][0]] += likely
        lost += likely * (best[0][1] - total((2,), nothing, weight, [each]))
    found = sets.doubt(nothing, nothing, None, rules, combine=how, samples=10_000, proposed=[2])
    shares = {one.members: one.share for one in found.shares}
    for members, share in exact.items():
        assert shares.get(members, 0.0) == pytest.approx(share, abs=5 * np.sqrt(share * (1 - share) / 10_000) + 1e-9)
    assert found.regret is not None
    assert found.regret.mean == pytest.approx(lost, abs=5 * found.regret.error + 1e-9)


def test_every_number_of_possible_items_is_equally_likely() -> None:
    # 4 possible ones beside a sure one, 2 beside none, and 3 of the members: of p, each of 0..p in 1 of p + 1
    sure, possible = [[1, 0, 0, 0, 0], [0] * 5, [0, 1, 0, 0, 0]], [[1] * 5, [0, 1, 0, 1, 0], [0] * 5]
    how = combination(sets.Coverage(sure, [0] * 5, possible, [0, 0, 1, 1, 1]), 3, 1)
    there = ItemDraws(0, how.covers[0], [1, 2]).take(20_000).there
    assert there[:, 0, 0].all()
    assert (there[:, 2] == [False, True, False, False, False]).all()
    numbers = there.sum(axis=2)
    for owner, least, most in ((0, 1, 5), (1, 0, 2), (3, 0, 3)):
        share = 1 / (most - least + 1)
        counted = np.bincount(numbers[:, owner], minlength=most + 1)[least:] / 20_000
        assert counted == pytest.approx(np.full(most - least + 1, share), abs=5 * np.sqrt(share / 20_000))
    # which ones is left to chance, and candidates have nothing to do with each other
    assert there[numbers[:, 0] == 2][:, 0, 1:].mean(axis=0) == pytest.approx([0.25] * 4, abs=0.04)
    assert np.corrcoef(numbers[:, [0, 1, 3]].T)[np.triu_indices(3, 1)] == pytest.approx([0.0] * 3, abs=0.04)


def test_items_are_the_same_however_many_samples_are_taken_at_a_time() -> None:
    chance = np.random.default_rng(3)
    cover = combination(_drawn_coverage(chance, 4, 9), 4, 1).covers[0]
    parts, whole = ItemDraws(0, cover, [7]), ItemDraws(0, cover, [7]).take(10).there
    assert (np.concatenate([parts.take(3).there, parts.take(7).there]) == whole).all()
    assert (ItemDraws(1, cover, [7]).take(10).there != whole).any()
    how: list[Any] = ["sum", _drawn_coverage(chance, 8, 6), _drawn_coverage(chance, 8, 3)]
    low = chance.random((8, 3))
    found = sets.core_index(low, low, None, sets.Rules(size=(3, 3)), combine=how, samples=500)
    assert (sets.core_index(low, low, None, sets.Rules(size=(3, 3)), combine=how, samples=500) == found).all()
    for cells in (1, 1000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(set_doubt, "_CELLS", cells)
            again = sets.core_index(low, low, None, sets.Rules(size=(3, 3)), combine=how, samples=500)
            assert (again == found).all()


def test_without_possible_items_the_numbers_are_those_of_a_sure_coverage() -> None:
    chance = np.random.default_rng(11)
    low = chance.random((7, 3))
    items, covered = chance.random((7, 6)) < 0.4, chance.random(6) < 0.2
    rules = sets.Rules(size=(2, 3))
    combine: list[Any] = ["sum", "best", sets.Coverage(items, covered)]
    found = sets.doubt(low, low + 0.3, None, rules, combine=combine, samples=999, proposed=[0, 1])
    # the numbers from before anything could be possible
    assert (found.core_index * 999).round().astype(int).tolist() == [2, 90, 137, 317, 521, 984, 946]
    assert found.regret is not None
    assert found.regret[:3] == pytest.approx((0.8355536801718978, 0.016062948105321665, 2.372092892523601), rel=1e-12)
    combine = ["sum", "best", sets.Coverage(items, covered, items | covered, covered)]
    again = sets.doubt(low, low + 0.3, None, rules, combine=combine, samples=999, proposed=[0, 1])
    assert (again.core_index == found.core_index).all()
    assert (again.shares, again.regret) == (found.shares, found.regret)


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_every_sample_has_the_best_set_of_its_own_items(seed: int) -> None:
    low, high, combine, rules = _drawn_doubt(seed)
    shape = low.shape
    region = regions.simplex(shape[1])
    source = drawn(low, high, None, region, 12, np.random.default_rng(seed))
    how = combination(combine, *shape)
    items = {}
    for criterion, cover in zip(how.covering.tolist(), how.covers, strict=True):
        # back in the places that the criterion has
        there = np.zeros((12, shape[0] + 1, len(np.asarray(combine[criterion].covered))), dtype=bool)
        there[:, -1] = combine[criterion].covered
        there[:, :, ~there[0, -1]] = ItemDraws(criterion, cover, source.seed).take(12).there
        items[criterion] = there
    weights, values = (np.concatenate(each) for each in zip(*source.chunks(), strict=True))
    mine = tuple(np.flatnonzero(np.random.default_rng(seed).random(shape[0]) < 0.4).tolist())
    counts, lost = np.zeros(shape[0]), []
    for sample, weight in enumerate(weights):
        each = values if source.fixed is not None else values[sample]
        here = [
            sets.Coverage(items[place][sample, :-1], items[place][sample, -1]) if place in items else kind
            for place, kind in enumerate(combine)
        ]
        best = one_by_one((each, weight, here, rules))
        if not best:
            with pytest.raises(RulesError, match="no set"):
                sets.core_index(low, high, None, rules, region, combine, 12)
            return
        counts[list(best[0][0])] += 1
        lost.append(max(best[0][1] - total(mine, each, weight, here), 0.0))
    for few in (200_000, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(set_doubt, "FEW", few)
            found = sets.doubt(low, high, None, rules, region, combine, 12, np.random.default_rng(seed), mine)
        assert found.core_index == pytest.approx(counts / 12)
        assert found.regret is not None
        assert found.regret.mean == pytest.approx(np.mean(lost), abs=1e-9)
        assert found.regret.worst == pytest.approx(max(lost), abs=1e-9)


@pytest.mark.parametrize("k", [0, 1, 8, 9, 17, 33, 64, 65, 130])
def test_items_as_bits_count_as_items_do(k: int) -> None:
    chance = np.random.default_rng(k)
    how = combination(_drawn_coverage(chance, 5, k), 5, 1)
    sample = ItemDraws(0, how.covers[0], [5]).take(7)
    members = np.array(list(itertools.combinations(range(5), 2)))
    totals = np.ones((len(members), 7))
    weights = chance.random(7)
    sample.add(totals, members, weights)
    share = np.zeros((len(members), 7))
    for place, one in enumerate(members):
        share[place] = sample.there[:, [*one, -1]].any(axis=1).sum(axis=1)
    covered = k - sample.there.shape[2]
    assert totals == pytest.approx(1 + (share + covered) / max(k, 1) * weights)


@pytest.mark.parametrize(("k", "size", "words"), [(0, 1, 0), (8, 1, 1), (9, 2, 1), (32, 4, 1), (64, 8, 1), (65, 8, 2)])
def test_items_take_the_smallest_type_that_holds_them(k: int, size: int, words: int) -> None:
    found = packed(np.ones((2, 3, k), dtype=bool))
    assert (found.dtype.itemsize, found.shape) == (size, (2, 3, words))
    assert (np.bitwise_count(found).sum(axis=2) == k).all()


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_leads_of_rivals_are_the_largest_of_all_ways_in_which_items_may_turn_out(seed: int) -> None:
    chance = np.random.default_rng(seed)
    n, k = int(chance.integers(1, 5)), int(chance.integers(1, 4))
    possible, met = np.zeros((n, k), dtype=bool), np.zeros(k, dtype=bool)
    cells = chance.choice((n + 1) * k, min(7, (n + 1) * k), replace=False)
    for row, column in zip(*np.divmod(cells, k), strict=True):
        (possible[row] if row < n else met)[column] = True
    how = sets.Coverage(chance.random((n, k)) < 0.3, chance.random(k) < 0.1, possible, met)
    rules = sets.Rules(size=(0, n))
    mine = tuple(np.flatnonzero(chance.random(n) < 0.5).tolist())
    found = sets.rivals(np.zeros((n, 1)), np.zeros((n, 1)), rules, mine, combine=how)
    nothing, weight = np.zeros((n, 1)), np.ones(1)
    ways = [each for each, _ in _completions(how)]
    leads = {}
    for members in every(n):
        assert keeps(members, rules)
        leads[members] = max(
            total(members, nothing, weight, [each]) - total(mine, nothing, weight, [each]) for each in ways
        )
    # also where a set can only be behind
    assert found.worst_regret == pytest.approx(max(leads.values()))
    own = np.isin(np.arange(n), mine)
    cover = combination(how, n, 1).covers[0]
    for members, lead in leads.items():
        assert cover.gains(np.array([members], dtype=np.int64), own) == pytest.approx([lead])
    assert dict(zip(found.sets, found.leads, strict=True)) == pytest.approx(
        {members: lead for members, lead in leads.items() if lead > 1e-9}
    )


def test_leads_of_rivals_by_hand() -> None:
    # the own set {0, 1} against {1, 2}, four items: 0 has the first for sure, which 2 may have; 1 may have the
    # second, which 2 has for sure; nobody of both has the third but 2 may; the members may cover the fourth,
    # which 0 has for sure. So 2 can bring the second and the third, and lack neither the first nor the fourth
    how = sets.Coverage(
        [[1, 0, 0, 1], [0, 0, 0, 0], [0, 1, 0, 0]], [0] * 4, [[0] * 4, [0, 1, 0, 0], [1, 0, 1, 0]], [0, 0, 0, 1]
    )
    rules = sets.Rules(size=(2, 2), must=[1])
    found = sets.rivals(np.zeros((3, 1)), np.zeros((3, 1)), rules, [0, 1], combine=how)
    assert found.sets == [(1, 2)]
    assert found.leads == pytest.approx([2 / 4])
    # by what is sure alone it is behind: one item against two
    sure = sets.Coverage(how.items, how.covered)
    assert sets.rivals(np.zeros((3, 1)), np.zeros((3, 1)), rules, [0, 1], combine=sure).number == 0


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_no_sample_loses_more_than_the_rivals_say(seed: int) -> None:
    low, high, combine, rules = _drawn_doubt(seed)
    mine = [0]
    try:
        found = sets.doubt(low, high, None, rules, combine=combine, samples=50, proposed=mine)
    except RulesError:
        return
    assert found.regret is not None
    assert found.regret.worst <= sets.rivals(low, high, rules, mine, combine=combine).worst_regret + 1e-9


def test_answers_about_one_table_of_values_go_by_what_is_sure() -> None:
    chance = np.random.default_rng(2)
    how = _drawn_coverage(chance, 6, 5)
    sure = sets.Coverage(how.items, how.covered)
    values, weights, rules = chance.random((6, 1)), np.ones(1), sets.Rules(size=(2, 2), must=[1])
    assert sets.best_sets(values, weights, rules, how) == sets.best_sets(values, weights, rules, sure)
    assert sets.near_best(values, weights, rules, how, 0.2) == sets.near_best(values, weights, rules, sure, 0.2)
    assert sets.standing(values, weights, rules, [0, 3], how) == sets.standing(values, weights, rules, [0, 3], sure)
    assert sets.prices(values, weights, rules, how) == sets.prices(values, weights, rules, sure)
    assert sets.redundancy(values, weights, how) == pytest.approx(sets.redundancy(values, weights, sure))


TABLE, ROW = np.zeros((2, 3)), np.zeros(3)


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ((TABLE, ROW, np.zeros((3, 2))), r"possible of a coverage has shape \(3, 2\); it takes shape \(2, 3\)"),
        ((TABLE, ROW, ROW), r"possible of a coverage has shape \(3,\); it takes shape \(2, 3\)"),
        ((TABLE, ROW, TABLE, np.zeros(2)), r"covered_possibly of a coverage has shape \(2,\); it takes shape \(3,\)"),
        ((TABLE, ROW, None, TABLE), r"covered_possibly of a coverage has shape \(2, 3\); it takes shape \(3,\)"),
        ((TABLE, ROW, TABLE + 0.5), "possible of a coverage must be True or False everywhere"),
        ((TABLE * np.nan, ROW), "items of a coverage must be True or False everywhere; what is not known is possible"),
        ((TABLE, [True, False, None]), "covered of a coverage must be True or False everywhere"),
        ((TABLE, ROW, [["a", "b", "c"]] * 2), "possible of a coverage must hold real numbers, not text"),
        ((TABLE[:1], ROW), r"a coverage has items of shape \(1, 3\) and covered of shape \(3,\)"),
    ],
    ids=["table", "row", "short", "two rows", "half", "nan", "none", "text", "candidates"],
)
def test_what_is_no_table_of_items_is_named(given: tuple[Any, ...], match: str) -> None:
    with pytest.raises(ValueError, match=match):
        sets.core_index(TABLE[:, :1], TABLE[:, :1], None, ONE, combine=sets.Coverage(*given))
    with pytest.raises(ValueError, match=match):
        sets.rivals(TABLE[:, :1], TABLE[:, :1], ONE, [0], combine=sets.Coverage(*given))
