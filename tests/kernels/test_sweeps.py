from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from partnerselect.kernels import additive, ranks, regions, sweeps
from partnerselect.kernels.regions import Region

TWENTIETHS = st.integers(0, 20).map(lambda number: number / 20)


@st.composite
def sweeps_to_try(draw: st.DrawFn, most: int = 7, criteria: int = 4) -> tuple[np.ndarray, np.ndarray, int]:
    """Values with many ties, weights of which some are 0, and a criterion."""
    n, m = draw(st.integers(1, most)), draw(st.integers(1, criteria))
    values = draw(arrays(np.float64, (n, m), elements=TWENTIETHS))
    points = draw(st.lists(st.integers(0, 10), min_size=m, max_size=m).filter(any))
    return values, np.array(points) / sum(points), draw(st.integers(0, m - 1))


def swept(weights: np.ndarray, criterion: int, weight: float) -> np.ndarray:
    """Weights with one at `weight`, written out as people would do it."""
    others = [index for index in range(len(weights)) if index != criterion]
    if not others:
        return np.array([1.0])
    left = sum(weights[index] for index in others)
    result = np.empty(len(weights))
    result[criterion] = weight
    for index in others:
        result[index] = (1 - weight) * (weights[index] / left if left > 0 else 1 / len(others))
    return result


def totals_at(values: np.ndarray, weights: np.ndarray, criterion: int, weight: float) -> np.ndarray:
    return additive.totals(values, swept(weights, criterion, weight))


def leaders_at(values: np.ndarray, weights: np.ndarray, criterion: int, weight: float, top: int) -> list[bool]:
    return [bool(rank <= top) for rank in ranks.rank(totals_at(values, weights, criterion, weight))]


def middles(switches: np.ndarray) -> list[float]:
    ends = [0.0, *switches, 1.0]
    return [(low + high) / 2 for low, high in pairwise(ends)]


def crossings_by_hand(values: np.ndarray, weights: np.ndarray, criterion: int) -> list[float]:
    start, end = (totals_at(values, weights, criterion, weight) for weight in (0.0, 1.0))
    found: list[float] = []
    for i, k in combinations(range(len(values)), 2):
        before, after = start[i] - start[k], end[i] - end[k]
        if before * after < 0 and min(abs(before), abs(after)) > 1e-12:
            found.append(before / (before - after))
    return [
        weight for place, weight in enumerate(sorted(found)) if place == 0 or weight - sorted(found)[place - 1] > 1e-12
    ]


# Lines


def test_lines_keep_the_proportions_of_the_others() -> None:
    # The others have 0.3 and 0.1, so 3/4 and 1/4 where the first has 0: 0.75 * 0.4 + 0.25 * 0.8 = 0.5.
    start, end = sweeps.lines([[1.0, 0.4, 0.8]], [0.6, 0.3, 0.1], 0)
    assert (start.tolist(), end.tolist()) == ([pytest.approx(0.5)], [1.0])


def test_the_others_share_equally_where_all_of_them_are_0() -> None:
    start, end = sweeps.lines([[1.0, 0.4, 0.8]], [1.0, 0.0, 0.0], 0)
    assert (start.tolist(), end.tolist()) == ([pytest.approx(0.6)], [1.0])


def test_a_single_criterion_has_nothing_to_sweep() -> None:
    start, end = sweeps.lines([[0.3], [0.7]], [1.0], 0)
    assert start.tolist() == end.tolist() == [0.3, 0.7]


@given(sweeps_to_try())
@settings(deadline=None)
def test_the_sweep_passes_through_todays_totals(case: tuple[np.ndarray, np.ndarray, int]) -> None:
    values, weights, criterion = case
    start, end = sweeps.lines(values, weights, criterion)
    today = weights[criterion]
    assert (1 - today) * start + today * end == pytest.approx(additive.totals(values, weights), abs=1e-12)


@given(sweeps_to_try())
@settings(deadline=None)
def test_every_line_is_each_line(case: tuple[np.ndarray, np.ndarray, int]) -> None:
    values, weights, criterion = case
    starts, ends = sweeps.every_line(values, weights)
    start, end = sweeps.lines(values, weights, criterion)
    assert starts[criterion] == pytest.approx(start, abs=1e-15)
    assert ends[criterion].tolist() == end.tolist()


# Switch points


def test_switch_point_is_where_the_two_lines_cross() -> None:
    # A: 1.0 on reach, 0.2 on depth; B: 0.4 and 0.8. Equal at w: w + .2(1-w) = .4w + .8(1-w)  =>  w = 0.5
    points = sweeps.switch_points([[1.0, 0.2], [0.4, 0.8]], [0.7, 0.3], criterion=0)
    assert points.weights == pytest.approx([0.5])
    assert points.orders.tolist() == [[1, 0], [0, 1]]


def test_three_that_meet_in_one_point_make_one_switch_point() -> None:
    # Totals t, 0.5 and 1 - t all meet at 0.5.
    points = sweeps.switch_points([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]], [0.5, 0.5], 0)
    assert points.weights == pytest.approx([0.5])
    assert points.orders.tolist() == [[2, 1, 0], [0, 1, 2]]


def test_lines_that_meet_at_an_end_or_nowhere_do_not_switch() -> None:
    # A and B are level at 0, B and C never; D is A again and keeps to the order of the list.
    values = [[0.6, 0.2], [0.9, 0.2], [0.8, 0.1], [0.6, 0.2]]
    points = sweeps.switch_points(values, [0.5, 0.5], 0)
    # C: 0.1 + 0.7 t meets A: 0.2 + 0.4 t at 1/3.
    assert points.weights == pytest.approx([1 / 3])
    assert points.orders.tolist() == [[1, 0, 3, 2], [1, 2, 0, 3]]


def test_identical_candidates_do_not_switch_by_rounding() -> None:
    # 0.1 + 0.2 is not quite 0.3: two ways to the same total leave no switch point behind.
    values = [[0.1, 0.1 + 0.2, 0.7], [0.1, 0.3, 0.7], [0.1, 0.3, 0.7]]
    for criterion in range(3):
        points = sweeps.switch_points(values, [0.2, 0.5, 0.3], criterion)
        assert (points.weights.tolist(), points.orders.tolist()) == ([], [[0, 1, 2]])


@given(sweeps_to_try())
@settings(deadline=None)
def test_switch_points_are_all_crossings_and_the_order_changes_there(case: tuple[np.ndarray, np.ndarray, int]) -> None:
    values, weights, criterion = case
    points = sweeps.switch_points(values, weights, criterion)
    assert points.weights == pytest.approx(crossings_by_hand(values, weights, criterion), abs=1e-12)
    assert points.orders.shape == (points.weights.size + 1, len(values))
    for weight, before, after in zip(points.weights, points.orders, points.orders[1:], strict=False):
        found = totals_at(values, weights, criterion, weight)
        changed = [
            (i, k)
            for i, k in combinations(range(len(values)), 2)
            if (before.tolist().index(i) < before.tolist().index(k))
            != (after.tolist().index(i) < after.tolist().index(k))
        ]
        assert changed
        assert all(abs(found[i] - found[k]) <= 1e-9 for i, k in changed)


@given(sweeps_to_try())
@settings(deadline=None)
def test_each_segment_has_the_order_of_its_middle(case: tuple[np.ndarray, np.ndarray, int]) -> None:
    values, weights, criterion = case
    points = sweeps.switch_points(values, weights, criterion)
    for order, middle in zip(points.orders, middles(points.weights), strict=True):
        found = totals_at(values, weights, criterion, middle)[order]
        assert (np.diff(found) <= 1e-12).all()
        level = np.abs(np.diff(found)) <= 1e-12
        assert (np.diff(order)[level] > 0).all()


@given(sweeps_to_try(), st.data())
@settings(deadline=None)
def test_reordering_and_scaling_change_nothing_else(
    case: tuple[np.ndarray, np.ndarray, int], data: st.DataObject
) -> None:
    values, weights, criterion = case
    rows = data.draw(st.permutations(range(len(values))))
    columns = data.draw(st.permutations(range(len(weights))))
    top = data.draw(st.integers(1, 3))
    moved, points, place = values[rows][:, columns], 40 * weights[columns], columns.index(criterion)
    assert sweeps.switch_points(moved, points, place).weights == pytest.approx(
        sweeps.switch_points(values, weights, criterion).weights, abs=1e-12
    )
    before = sweeps.leading_switch_points(values, weights, criterion, top)
    after = sweeps.leading_switch_points(moved, points, place, top)
    assert after.weights == pytest.approx(before.weights, abs=1e-12)
    assert after.leaders.tolist() == before.leaders[:, rows].tolist()
    assert sweeps.stability_interval(moved, points, place, top) == pytest.approx(
        sweeps.stability_interval(values, weights, criterion, top), abs=1e-12
    )


def test_many_candidates_are_compared_block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(1).random((30, 3))
    whole = sweeps.switch_points(values, [0.2, 0.3, 0.5], 1)
    monkeypatch.setattr(sweeps, "_BLOCK", 100)
    assert sweeps.switch_points(values, [0.2, 0.3, 0.5], 1).weights.tolist() == whole.weights.tolist()


# The leading set


def test_the_leading_set_changes_less_often_than_the_order() -> None:
    # Totals t, 0.6 and 1 - t: the leader changes at 0.4 and 0.6, the order also at 0.5, the best two only at 0.5.
    values = [[1.0, 0.0], [0.6, 0.6], [0.0, 1.0]]
    assert sweeps.switch_points(values, [0.5, 0.5], 0).weights == pytest.approx([0.4, 0.5, 0.6])
    first = sweeps.leading_switch_points(values, [0.5, 0.5], 0)
    assert first.weights == pytest.approx([0.4, 0.6])
    assert first.leaders.tolist() == [[False, False, True], [False, True, False], [True, False, False]]
    two = sweeps.leading_switch_points(values, [0.5, 0.5], 0, top=2)
    assert two.weights == pytest.approx([0.5])
    assert two.leaders.tolist() == [[False, True, True], [True, True, False]]


@given(sweeps_to_try(), st.integers(1, 8))
@settings(deadline=None, max_examples=200)
def test_leading_sets_are_those_of_the_ranks(case: tuple[np.ndarray, np.ndarray, int], top: int) -> None:
    values, weights, criterion = case
    found = sweeps.leading_switch_points(values, weights, criterion, top)
    switches = sweeps.switch_points(values, weights, criterion).weights
    sets = [leaders_at(values, weights, criterion, middle, top) for middle in middles(switches)]
    kept = [place for place in range(1, len(sets)) if sets[place] != sets[place - 1]]
    assert found.weights == pytest.approx([switches[place - 1] for place in kept], abs=1e-12)
    assert found.leaders.tolist() == [sets[place] for place in [0, *kept]]


@pytest.mark.parametrize("top", [1, 3, 10, 60])
def test_leading_sets_of_many_candidates_are_those_of_a_fine_grid(top: int) -> None:
    rng = np.random.default_rng(3)
    values, weights = rng.random((60, 5)), rng.dirichlet(np.ones(5))
    found = sweeps.leading_sweeps(values, weights, top)
    assert len(found) == 5
    for criterion, sweep in enumerate(found):
        alone = sweeps.leading_switch_points(values, weights, criterion, top)
        assert alone.weights == pytest.approx(sweep.weights, abs=1e-12)
        assert alone.leaders.tolist() == sweep.leaders.tolist()
        for weight in np.linspace(0.0005, 0.9995, 1000):
            segment = int(np.searchsorted(sweep.weights, weight))
            assert sweep.leaders[segment].tolist() == leaders_at(values, weights, criterion, weight, top)


def test_nobody_leads_where_nobody_is() -> None:
    nobody = np.zeros((0, 2))
    assert sweeps.leading_switch_points(nobody, [0.5, 0.5], 0).leaders.shape == (1, 0)
    assert sweeps.switch_points(nobody, [0.5, 0.5], 0).orders.shape == (1, 0)


# Stability


def test_stability_interval_reaches_to_the_next_change_of_the_leaders() -> None:
    # As above: at 0.55 the second leads, from 0.4 to 0.6; the best two stay from 0.5 on.
    values = [[1.0, 0.0], [0.6, 0.6], [0.0, 1.0]]
    assert sweeps.stability_interval(values, [0.55, 0.45], 0) == pytest.approx((0.4, 0.6))
    assert sweeps.stability_interval(values, [0.55, 0.45], 0, top=2) == pytest.approx((0.5, 1.0))
    assert sweeps.stability_interval(values, [0.55, 0.45], 0, top=3) == (0.0, 1.0)


def test_a_tie_for_the_last_place_is_not_stable() -> None:
    # At 0.4 the second and the third tie for first; for the best two that tie does not matter.
    values = [[1.0, 0.0], [0.6, 0.6], [0.0, 1.0]]
    assert sweeps.stability_interval(values, [0.4, 0.6], 0) == (0.4, 0.4)
    assert sweeps.stability_interval(values, [0.4, 0.6], 0, top=2) == pytest.approx((0.0, 0.5))


def test_a_tie_at_a_weight_of_0_ends_as_soon_as_the_weight_moves() -> None:
    values = [[1.0, 0.5], [0.0, 0.5]]
    assert sweeps.stability_interval(values, [0.0, 1.0], 0) == (0.0, 0.0)
    assert sweeps.stability_interval(values, [0.1, 0.9], 0) == (0.0, 1.0)


def test_identical_candidates_lead_together() -> None:
    # Two at 0.6 everywhere; the third passes them at 0.6, and for the best two nothing changes there: rank 2 of
    # a third place shared is not reached before.
    values = [[0.6, 0.6], [0.6, 0.6], [1.0, 0.0]]
    assert sweeps.stability_interval(values, [0.3, 0.7], 0) == pytest.approx((0.0, 0.6))
    assert sweeps.leading_switch_points(values, [0.3, 0.7], 0, top=2).leaders.tolist() == [
        [True, True, False],
        [True, True, True],
    ]


@pytest.mark.parametrize("criterion", [0, 1])
def test_sweeping_a_weight_that_has_everything_and_one_that_has_nothing(criterion: int) -> None:
    # All weight on the first: A leads with 1.0, and keeps the lead down to 0.5 by either weight.
    low, high = sweeps.stability_interval([[1.0, 0.0], [0.0, 1.0]], [1.0, 0.0], criterion)
    assert (low, high) == pytest.approx((0.5, 1.0) if criterion == 0 else (0.0, 0.5))


@given(sweeps_to_try(), st.integers(1, 5))
@settings(deadline=None)
def test_the_leaders_stay_within_the_interval_and_change_beyond(
    case: tuple[np.ndarray, np.ndarray, int], top: int
) -> None:
    values, weights, criterion = case
    low, high = sweeps.stability_interval(values, weights, criterion, top)
    today = leaders_at(values, weights, criterion, weights[criterion], top)
    assert 0 <= low <= weights[criterion] + 1e-12
    assert weights[criterion] - 1e-12 <= high <= 1
    if low < high:
        for share in (0.01, 0.5, 0.99):
            assert leaders_at(values, weights, criterion, low + share * (high - low), top) == today
    if len(weights) > 1:
        for end, beyond in ((low, low - 1e-6), (high, high + 1e-6)):
            if 0 < end < 1:
                assert leaders_at(values, weights, criterion, beyond, top) != today


@pytest.mark.parametrize("top", [1, 2])
def test_one_criterion_or_one_candidate_is_always_stable(top: int) -> None:
    assert sweeps.stability_interval([[0.2], [0.4], [0.6]], [1.0], 0, top) == (0.0, 1.0)
    assert sweeps.stability_interval([[0.2, 0.4]], [0.3, 0.7], 0, top) == (0.0, 1.0)
    assert sweeps.switch_points([[0.2], [0.4]], [1.0], 0).orders.tolist() == [[1, 0]]


# The smallest change


def test_smallest_change_moves_weight_between_two_criteria() -> None:
    # 0.8 t + 0.2 (1 - t) >= 0.4 t + 0.6 (1 - t) from t = 0.5 on: 0.2 moves, counted at both ends.
    entry = sweeps.smallest_change([[0.4, 0.6], [0.8, 0.2]], [0.3, 0.7], candidate=1)
    assert entry is not None
    assert entry.weights == pytest.approx([0.5, 0.5])
    assert entry.distance == pytest.approx(0.4)


def test_smallest_change_takes_the_best_lever() -> None:
    # B lacks 0.1 at equal thirds; a unit moved from the first criterion (lead 0.6) to the second (-0.3) gives 0.9,
    # from the third (0) to the second only 0.3: 1/9 moves from the first, and the distance is 2/9.
    entry = sweeps.smallest_change([[0.8, 0.3, 0.5], [0.2, 0.6, 0.5]], [1, 1, 1], candidate=1)
    assert entry is not None
    assert entry.distance == pytest.approx(2 / 9)
    assert entry.weights == pytest.approx([2 / 9, 4 / 9, 1 / 3])


def test_who_is_in_already_changes_nothing() -> None:
    values, weights = [[0.5, 0.5], [0.5, 0.5], [0.4, 0.4]], [0.25, 0.75]
    for candidate, top in ((0, 1), (1, 1), (2, 3), (2, 7)):
        entry = sweeps.smallest_change(values, weights, candidate, top)
        assert entry is not None
        assert (entry.weights.tolist(), entry.distance) == (weights, 0.0)


def test_a_tie_counts_as_entering() -> None:
    # Level on the second criterion only: all the weight must go there.
    entry = sweeps.smallest_change([[0.9, 0.5], [0.1, 0.5]], [0.3, 0.7], candidate=1)
    assert entry is not None
    assert entry.weights == pytest.approx([0.0, 1.0])
    assert entry.distance == pytest.approx(0.6)


def test_who_is_behind_everywhere_never_enters() -> None:
    values = [[0.9, 0.5], [0.1, 0.4], [0.8, 0.9]]
    assert sweeps.smallest_change(values, [0.3, 0.7], candidate=1) is None
    assert sweeps.smallest_change(values, [0.3, 0.7], candidate=1, top=2) is None
    assert sweeps.smallest_change([[0.9], [0.1]], [1.0], candidate=1) is None


def test_smallest_change_within_a_region() -> None:
    # As in the first test, but the first weight may rise to 0.6 at most, or to 0.45, or has to be 0.55 or more.
    values, weights = [[0.4, 0.6], [0.8, 0.2]], [0.3, 0.7]
    near = sweeps.smallest_change(values, weights, 1, region=regions.between([0, 0], [0.6, 1]))
    assert near is not None
    assert near.weights == pytest.approx([0.5, 0.5])
    assert sweeps.smallest_change(values, weights, 1, region=regions.between([0, 0], [0.45, 1])) is None
    for region in (regions.between([0.55, 0], [1, 1]), regions.hull([[0.55, 0.45], [0.9, 0.1]])):
        far = sweeps.smallest_change(values, weights, 1, region=region)
        assert far is not None
        assert far.weights == pytest.approx([0.55, 0.45])
        assert far.distance == pytest.approx(0.5)


def distance_by_hand(values: np.ndarray, weights: np.ndarray, candidate: int, top: int, region: Region) -> float:
    """The nearest weights, one linear programme for each choice of those that may stay ahead."""
    m, rivals = len(weights), [k for k in range(len(values)) if k != candidate]
    nearest = np.inf
    for staying in combinations(rivals, min(top - 1, len(rivals))):
        behind = values[[k for k in rivals if k not in staying]].reshape(-1, m) - values[candidate]
        rows = np.vstack([behind, region.a_ub])
        found = linprog(
            np.ones(2 * m),  # w = today + more - less
            A_ub=np.vstack([np.hstack([rows, -rows]), np.hstack([-np.eye(m), np.eye(m)])]),
            b_ub=np.r_[np.r_[np.zeros(len(behind)), region.b_ub] - rows @ weights, weights],
            A_eq=[np.r_[np.ones(m), -np.ones(m)]],
            b_eq=[0.0],
        )
        if found.status == 0:
            nearest = min(nearest, found.fun)
    return nearest


REGIONS = [
    pytest.param(None, id="anywhere"),
    pytest.param(regions.order([1, 0, 2]), id="order"),
    pytest.param(regions.box([0.5, 0.3, 0.2], 0.2), id="box"),
    pytest.param(regions.hull([[1, 2, 3], [3, 2, 1], [1, 4, 1]]), id="hull"),
]


@pytest.mark.parametrize("region", REGIONS)
@given(arrays(np.float64, (6, 3), elements=TWENTIETHS), st.integers(0, 5), st.integers(1, 4), st.data())
@settings(max_examples=15, deadline=None)
def test_no_nearer_weights_bring_the_candidate_in(
    region: Region | None, values: np.ndarray, candidate: int, top: int, data: st.DataObject
) -> None:
    weights = np.array(data.draw(st.sampled_from([[0.5, 0.3, 0.2], [0.0, 0.6, 0.4], [1.0, 0.0, 0.0]])))
    entry = sweeps.smallest_change(values, weights, candidate, top, region)
    nearest = distance_by_hand(values, weights, candidate, top, regions.simplex(3) if region is None else region)
    if entry is None:
        assert nearest == np.inf
    else:
        assert entry.distance == pytest.approx(nearest, abs=1e-7)
        assert entry.distance == pytest.approx(np.abs(entry.weights - weights).sum(), abs=1e-12)
        assert ranks.rank(additive.totals(values, entry.weights))[candidate] <= top
        assert entry.weights.sum() == pytest.approx(1)
        assert (entry.weights >= 0).all()
        if region is not None:
            assert (region.a_ub @ entry.weights <= region.b_ub + 1e-9).all()


GRID = np.array([[i, k, 50 - i - k] for i in range(51) for k in range(51 - i)]) / 50


@given(arrays(np.float64, (6, 3), elements=TWENTIETHS), st.integers(0, 5), st.integers(1, 3))
@settings(max_examples=25, deadline=None)
def test_no_point_of_a_dense_grid_is_nearer(values: np.ndarray, candidate: int, top: int) -> None:
    weights = np.array([0.5, 0.3, 0.2])
    entry = sweeps.smallest_change(values, weights, candidate, top)
    inside = ranks.rank_rows(GRID @ values.T)[:, candidate] <= top
    nearest = np.abs(GRID[inside] - weights).sum(axis=1).min(initial=np.inf)
    assert (np.inf if entry is None else entry.distance) <= nearest + 1e-9


@given(arrays(np.float64, (5, 3), elements=TWENTIETHS), st.integers(0, 4), st.permutations(range(3)))
@settings(max_examples=25, deadline=None)
def test_reordering_criteria_keeps_the_distance(values: np.ndarray, candidate: int, columns: list[int]) -> None:
    weights = np.array([0.5, 0.3, 0.2])
    before = sweeps.smallest_change(values, weights, candidate, 2)
    after = sweeps.smallest_change(values[:, columns], 7 * weights[columns], candidate, 2)
    assert (before is None) == (after is None)
    if before is not None and after is not None:
        assert after.distance == pytest.approx(before.distance, abs=1e-9)


# Cells


def test_the_cell_that_would_tie() -> None:
    # A has 0.5 * 0.4 + 0.3 * 0.2 + 0.2 * 0.5 = 0.36, B 0.5 * 0.6 + 0.3 * 0.5 + 0.2 * 0.1 = 0.47: A lacks 0.11, that
    # is 0.22 on the first, 0.11 / 0.3 on the second, and 0.55 on the third, where the scale ends at 1.
    flips = sweeps.cell_flips([[0.4, 0.2, 0.5], [0.6, 0.5, 0.1]], [0.5, 0.3, 0.2], candidate=0, rival=1)
    assert flips == pytest.approx([0.62, 0.2 + 0.11 / 0.3, np.nan], nan_ok=True)


def test_the_cell_of_who_is_ahead_would_have_to_fall() -> None:
    flips = sweeps.cell_flips([[0.4, 0.2, 0.5], [0.6, 0.5, 0.1]], [0.5, 0.3, 0.2], candidate=1, rival=0)
    assert flips == pytest.approx([0.38, 0.5 - 0.11 / 0.3, np.nan], nan_ok=True)


def test_a_cell_without_weight_cannot_tie() -> None:
    flips = sweeps.cell_flips([[0.4, 0.2], [0.4, 0.9]], [1.0, 0.0], candidate=0, rival=1)
    assert flips == pytest.approx([0.4, np.nan], nan_ok=True)


@given(sweeps_to_try(most=2))
@settings(deadline=None)
def test_the_changed_cell_does_tie(case: tuple[np.ndarray, np.ndarray, int]) -> None:
    values, weights, _ = case
    values = np.vstack([values, values[:1] / 2])
    flips = sweeps.cell_flips(values, weights, 0, len(values) - 1)
    for criterion, value in enumerate(flips):
        changed = values.copy()
        if np.isnan(value):
            changed[0, criterion] = np.linspace(0, 1, 2)[int(weights @ values[0] < weights @ values[-1])]
            gap = weights @ (values[0] - values[-1])
            assert weights[criterion] == 0 or gap * (weights @ (changed[0] - changed[-1])) > 0
        else:
            changed[0, criterion] = value
            found = additive.totals(changed, weights)
            assert found[0] == pytest.approx(found[-1], abs=1e-9)


# What cannot be used

VALUES = [[0.5, 0.5], [0.4, 0.6]]


@pytest.mark.parametrize(
    ("values", "weights", "criterion", "told"),
    [
        pytest.param([0.5, 0.5], [0.5, 0.5], 0, "values has shape", id="values are a vector"),
        pytest.param(VALUES, [1.0], 0, "weights has shape", id="too few weights"),
        pytest.param([[np.nan, 0.5]], [0.5, 0.5], 0, "values must hold finite", id="NaN value"),
        pytest.param(VALUES, [np.inf, 0.5], 0, "weights must be finite", id="infinite weight"),
        pytest.param(VALUES, [0.0, 0.0], 0, "weights must not all be 0", id="weights all 0"),
        pytest.param(VALUES, [1.5, -0.5], 0, "weights must not be negative", id="negative weight"),
        pytest.param(VALUES, [0.5, 0.5], 2, "criterion is 2; it takes 0 to 1", id="no such criterion"),
        pytest.param(VALUES, [0.5, 0.5], -1, "criterion is -1", id="negative criterion"),
    ],
)
def test_unusable_arrays_are_refused(
    values: list[list[float]], weights: list[float], criterion: int, told: str
) -> None:
    for function in (sweeps.lines, sweeps.switch_points, sweeps.leading_switch_points, sweeps.stability_interval):
        with pytest.raises(ValueError, match=told):
            function(values, weights, criterion)


def test_an_unusable_top_is_refused() -> None:
    for function in (sweeps.leading_switch_points, sweeps.stability_interval, sweeps.smallest_change):
        with pytest.raises(ValueError, match="top is 0"):
            function(VALUES, [0.5, 0.5], 0, 0)


def test_candidates_that_do_not_exist_are_refused() -> None:
    with pytest.raises(ValueError, match="candidate is 2; it takes 0 to 1"):
        sweeps.smallest_change(VALUES, [0.5, 0.5], 2)
    with pytest.raises(ValueError, match="rival is -1"):
        sweeps.cell_flips(VALUES, [0.5, 0.5], 0, -1)
    with pytest.raises(ValueError, match="both 1; it takes two"):
        sweeps.cell_flips(VALUES, [0.5, 0.5], 1, 1)
    with pytest.raises(ValueError, match="about 3 criteria; the values have 2"):
        sweeps.smallest_change(VALUES, [0.5, 0.5], 0, region=regions.simplex(3))
