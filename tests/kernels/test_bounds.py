from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from partnerselect.kernels import additive, bounds, ranks, regions
from partnerselect.kernels.regions import Region

QUARTERS = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])
HUNDREDTHS = st.integers(0, 100).map(lambda number: number / 100)


def tables(m: int, most: int = 5, cells: st.SearchStrategy[float] = QUARTERS) -> st.SearchStrategy[np.ndarray]:
    return st.integers(1, most).flatmap(lambda n: arrays(np.float64, (n, m), elements=cells))


def places(rows: np.ndarray, limits: np.ndarray, m: int) -> np.ndarray:
    """Weights of m <= 3 criteria under rows @ w <= limits that touch every cell which the rows cut out.

    A closed cell holds a corner, where m - 1 rows meet; an open one the middle of m corners of it.
    """
    found = []
    for chosen in combinations(range(len(rows)), m - 1):
        system = np.vstack([np.ones(m), rows[list(chosen)]])
        if abs(np.linalg.det(system)) > 1e-9:
            found.append(np.linalg.solve(system, np.r_[1.0, limits[list(chosen)]]))
    return np.unique(np.round(found, 12), axis=0)


def every_place(low: np.ndarray, high: np.ndarray, region: Region) -> np.ndarray:
    n, m = low.shape
    if m == 1:
        return np.ones((1, 1))
    walls = np.vstack([region.a_ub, -np.eye(m)])
    ends = np.r_[region.b_ub, np.zeros(m)]
    gains = np.array([low[k] - high[i] for i in range(n) for k in range(n) if i != k]).reshape(-1, m)
    gains = np.unique(gains[gains.any(axis=1)], axis=0)
    corners = places(np.vstack([walls, gains]), np.r_[ends, np.zeros(len(gains))], m)
    corners = corners[(corners @ walls.T <= ends + 1e-9).all(axis=1)]
    middles = [corners[list(chosen)].mean(axis=0) for chosen in combinations(range(len(corners)), m)]
    return np.vstack([corners, np.array(middles).reshape(-1, m)])


def ranks_by_hand(low: np.ndarray, high: np.ndarray, region: Region) -> tuple[list[int], list[int]]:
    found = every_place(low, high, region)
    given = [ranks.interval(low @ weights, high @ weights) for weights in found]
    return np.min([best for best, _ in given], axis=0).tolist(), np.max([worst for _, worst in given], axis=0).tolist()


def as_lists(found: tuple[np.ndarray, np.ndarray]) -> tuple[list[int], list[int]]:
    return found[0].tolist(), found[1].tolist()


REGIONS = {
    2: [regions.simplex(2), regions.order([1, 0]), regions.box([0.6, 0.4], 0.15), regions.hull([[1, 3], [2, 3]])],
    3: [
        regions.simplex(3),
        regions.order([1, 2, 0]),
        regions.box([0.5, 0.2, 0.3], [0.2, 0.1, 0.3]),
        regions.hull([[1, 2, 3], [3, 2, 1], [1, 4, 1]]),
        regions.polytope([[1, -2, 0]], [0.1], 3),
    ],
}
CASES = [
    pytest.param(m, region, id=f"{m} criteria, {type(region).__name__}")
    for m, some in REGIONS.items()
    for region in some
]


def test_ranks_for_given_weights() -> None:
    # Totals 0.5..0.5, 0.2..0.8, 0.0..0.3: the second may be first or last, the third never first.
    low = [[0.5, 0.5], [0.2, 0.2], [0.0, 0.0]]
    high = [[0.5, 0.5], [0.8, 0.8], [0.3, 0.3]]
    assert as_lists(bounds.rank_interval(low, high, [0.3, 0.7])) == ([1, 1, 2], [2, 3, 3])


THREE = [[1.0, 0.0], [0.6, 0.6], [0.0, 1.0]]


def test_extreme_ranks_of_three_in_the_plane() -> None:
    # A (1, 0), B (0.6, 0.6), C (0, 1): B leads in the middle, at the ends it is second. A + C's middle is 0.5 < 0.6.
    found = bounds.extreme_ranks(THREE, THREE)
    assert as_lists(found) == ([1, 1, 1], [3, 2, 3])


def test_extreme_ranks_within_an_order_of_importance() -> None:
    # With the first at least as important as the second, A has 0.5 or more, B 0.6, C 0.5 or less.
    found = bounds.extreme_ranks(THREE, THREE, region=regions.order([0, 1]))
    assert as_lists(found) == ([1, 1, 2], [2, 2, 3])


def test_an_unknown_cell_opens_the_ranks() -> None:
    # B's second value is unknown: with weight on it B can be first or last; A is never behind C.
    low, high = [[0.5, 0.5], [0.2, 0.0], [0.4, 0.4]], [[0.5, 0.5], [0.2, 1.0], [0.4, 0.4]]
    assert as_lists(bounds.extreme_ranks(low, high)) == ([1, 1, 2], [2, 3, 3])


def test_rivals_that_are_never_behind_together_count_apart() -> None:
    # Own 0.5 everywhere; three rivals with 0.7 on one criterion and 0.4 on the others are ahead from a third on,
    # so at most two at once, and with a third each all three are level at 0.5.
    rivals = np.where(np.eye(3) == 1, 0.7, 0.4)
    values = np.vstack([[0.5] * 3, rivals])
    best, worst = bounds.extreme_ranks(values, values)
    assert (best[0], worst[0]) == (1, 3)


@pytest.mark.parametrize(("m", "region"), CASES)
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_extreme_ranks_equal_trying_every_cell(m: int, region: Region, data: st.DataObject) -> None:
    low = data.draw(tables(m, most=5 if m == 2 else 4))
    high = np.minimum(low + data.draw(arrays(np.float64, low.shape, elements=st.sampled_from([0.0, 0.0, 0.25]))), 1)
    assert as_lists(bounds.extreme_ranks(low, high, region)) == ranks_by_hand(low, high, region)


@pytest.mark.parametrize(("m", "region"), CASES)
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_potential_optimality_equals_trying_every_cell(m: int, region: Region, data: st.DataObject) -> None:
    values = data.draw(tables(m, most=5 if m == 2 else 4))
    best, _ = ranks_by_hand(values, values, region)
    assert bounds.potentially_optimal(values, region).tolist() == [rank == 1 for rank in best]


@given(tables(5, most=9, cells=HUNDREDTHS), st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_no_draw_lies_outside_the_extreme_ranks(values: np.ndarray, seed: int) -> None:
    rng = np.random.default_rng(seed)
    region = regions.hull(rng.dirichlet(np.ones(5), 4))
    best, worst = bounds.extreme_ranks(values, values, region)
    drawn = ranks.rank_rows(region.sample(200, rng) @ values.T)
    assert (drawn >= best).all()
    assert (drawn <= worst).all()


@given(tables(4, most=8, cells=HUNDREDTHS), st.data())
@settings(max_examples=25, deadline=None)
def test_reordering_candidates_and_criteria_reorders_the_ranks(values: np.ndarray, data: st.DataObject) -> None:
    rows = data.draw(st.permutations(range(len(values))))
    columns = data.draw(st.permutations(range(4)))
    best, worst = bounds.extreme_ranks(values, values)
    moved = values[rows][:, columns]
    assert as_lists(bounds.extreme_ranks(moved, moved)) == (best[rows].tolist(), worst[rows].tolist())
    assert bounds.potentially_optimal(moved).tolist() == bounds.potentially_optimal(values)[rows].tolist()
    assert bounds.dominates(moved).tolist() == bounds.dominates(values)[np.ix_(rows, rows)].tolist()


@given(tables(3, most=7))
@settings(max_examples=40, deadline=None)
def test_who_is_worse_on_every_criterion_is_never_first(values: np.ndarray) -> None:
    worse = bounds.dominates(values, strict=True).any(axis=0)
    best, _ = bounds.extreme_ranks(values, values)
    assert (best[worse] > 1).all()
    assert not bounds.potentially_optimal(values)[worse].any()


@given(tables(3, most=7))
@settings(max_examples=40, deadline=None)
def test_a_dominated_candidate_is_not_first_where_every_weight_counts(values: np.ndarray) -> None:
    dominated = bounds.dominates(values).any(axis=0)
    region = regions.between([0.01] * 3, [1.0] * 3)
    assert not bounds.potentially_optimal(values, region)[dominated].any()
    assert (ranks.rank(additive.totals(values, [0.2, 0.3, 0.5]))[dominated] > 1).all()


@given(tables(3, most=7, cells=HUNDREDTHS))
@settings(max_examples=25, deadline=None)
def test_potentially_optimal_means_best_rank_1(values: np.ndarray) -> None:
    best, _ = bounds.extreme_ranks(values, values)
    assert bounds.potentially_optimal(values).tolist() == (best == 1).tolist()


def test_a_tie_at_a_weight_of_0_is_still_first_place() -> None:
    # B is dominated by A, but equal on the second criterion: with all weight there they tie.
    values = [[0.8, 0.5], [0.3, 0.5]]
    assert bounds.dominates(values).tolist() == [[False, True], [False, False]]
    assert bounds.potentially_optimal(values).tolist() == [True, True]
    assert as_lists(bounds.extreme_ranks(values, values)) == ([1, 1], [1, 2])


def test_between_two_that_lead_at_the_ends_a_third_may_never_lead() -> None:
    # C is not dominated by A or B, but by their mixture: 0.4 < 0.5.
    values = [[1.0, 0.0], [0.0, 1.0], [0.4, 0.4]]
    assert not bounds.dominates(values).any()
    assert bounds.potentially_optimal(values).tolist() == [True, True, False]


def test_only_better_by_more_than_a_billionth_dominates() -> None:
    values = [[0.5, 0.5], [0.5, 0.5 - 5e-10], [0.5 + 5e-10, 0.4]]
    assert bounds.dominates(values).tolist() == [[False, False, True], [False, False, True], [False] * 3]
    assert not bounds.dominates(values, strict=True).any()


def test_crisp_values_on_one_criterion_have_one_rank() -> None:
    values = np.array([[0.2], [0.9], [0.9], [0.0]])
    assert as_lists(bounds.extreme_ranks(values, values)) == ([3, 1, 1, 4], [3, 1, 1, 4])
    assert bounds.potentially_optimal(values).tolist() == [False, True, True, False]


def test_one_candidate_is_first() -> None:
    assert as_lists(bounds.extreme_ranks([[0.0, 1.0]], [[1.0, 1.0]])) == ([1], [1])
    assert bounds.potentially_optimal([[0.0, 0.0]]).tolist() == [True]
    assert bounds.dominates([[0.0, 0.0]]).tolist() == [[False]]


def test_no_candidates() -> None:
    nobody = np.zeros((0, 3))
    assert as_lists(bounds.extreme_ranks(nobody, nobody)) == ([], [])
    assert bounds.potentially_optimal(nobody).tolist() == []


def test_equal_candidates_share_every_rank() -> None:
    values = np.tile([0.3, 0.7, 0.1], (6, 1))
    assert as_lists(bounds.extreme_ranks(values, values)) == ([1] * 6, [1] * 6)


def test_everything_unknown_leaves_everything_open() -> None:
    assert as_lists(bounds.extreme_ranks(np.zeros((4, 3)), np.ones((4, 3)))) == ([1] * 4, [4] * 4)


def test_a_hull_too_rich_to_sample_can_still_be_searched() -> None:
    ballots = regions.hull(np.random.default_rng(6).dirichlet(np.ones(14), 60))
    values = np.random.default_rng(7).random((6, 14))
    best, worst = bounds.extreme_ranks(values, values, ballots)
    drawn = ranks.rank_rows(ballots.corners @ values.T)
    assert (best <= drawn.min(axis=0)).all()
    assert (worst >= drawn.max(axis=0)).all()


def test_progress_is_told() -> None:
    told: list[float] = []
    bounds.extreme_ranks(np.zeros((4, 2)), np.ones((4, 2)), progress=told.append)
    assert told == [0.25, 0.5, 0.75, 1.0]


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        pytest.param([[0.5]], [[0.4]], "low is above high", id="low above high"),
        pytest.param([[0.5]], [[0.5, 0.5]], "high has shape", id="shapes differ"),
        pytest.param([0.5], [0.5], "low has shape", id="vector"),
        pytest.param([[np.nan]], [[0.5]], "low and high hold NaN or infinity", id="NaN"),
        pytest.param([[0.5]], [[np.inf]], "low and high hold NaN or infinity", id="infinite"),
    ],
)
def test_unusable_ranges_are_refused(low: list[list[float]], high: list[list[float]], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        bounds.extreme_ranks(low, high)
    with pytest.raises(ValueError, match=told):
        bounds.rank_interval(low, high, [1.0])


def test_unusable_values_are_refused() -> None:
    with pytest.raises(ValueError, match="values must hold finite numbers"):
        bounds.potentially_optimal([[np.nan]])
    with pytest.raises(ValueError, match="values has shape"):
        bounds.dominates([0.5])


def test_a_region_of_other_criteria_is_refused() -> None:
    with pytest.raises(ValueError, match="about 3 criteria; the values have 2"):
        bounds.extreme_ranks([[0.5, 0.5]], [[0.5, 0.5]], regions.simplex(3))
    with pytest.raises(ValueError, match="about 3 criteria; the values have 2"):
        bounds.potentially_optimal([[0.5, 0.5]], regions.simplex(3))
