import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import ArrayLike

from partnerselect.kernels import crosscheck
from partnerselect.kernels.promethee import NEEDS

Better = Callable[[ArrayLike, ArrayLike, ArrayLike], np.ndarray]
"""Matrix, weights, directions -> scores, more is better."""


def topsis_minmax(matrix: ArrayLike, weights: ArrayLike, directions: ArrayLike) -> np.ndarray:
    return crosscheck.topsis(matrix, weights, directions, normalization="minmax")


def less_regret(matrix: ArrayLike, weights: ArrayLike, directions: ArrayLike) -> np.ndarray:
    return -crosscheck.vikor(matrix, weights, directions).q


def net(preference: str) -> Better:
    def flows(matrix: ArrayLike, weights: ArrayLike, directions: ArrayLike) -> np.ndarray:
        return crosscheck.promethee_ii(matrix, weights, directions, preference, q=1, p=3, s=2).net

    return flows


METHODS = [
    pytest.param(crosscheck.weighted_product, id="weighted product"),
    pytest.param(crosscheck.topsis, id="topsis"),
    pytest.param(topsis_minmax, id="topsis minmax"),
    pytest.param(less_regret, id="vikor"),
    *(pytest.param(net(preference), id=preference) for preference in NEEDS),
]
TABLES = st.tuples(st.integers(1, 7), st.integers(1, 4)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.integers(1, 6).map(float))
)
GRIDS = st.sampled_from([1.0, 0.25, 0.1])


def decision(data: st.DataObject, table: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    criteria = table.shape[1]
    weights = data.draw(arrays(np.float64, criteria, elements=st.integers(1, 5).map(float)))
    directions = data.draw(arrays(np.float64, criteria, elements=st.sampled_from([-1.0, 1.0])))
    return table, weights, directions


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=30, deadline=None)
@given(table=TABLES, data=st.data())
def test_names_and_the_scale_of_weights_do_not_matter(method: Better, table: np.ndarray, data: st.DataObject) -> None:
    _, weights, directions = decision(data, table)
    candidates = data.draw(st.permutations(range(table.shape[0])))
    criteria = data.draw(st.permutations(range(table.shape[1])))
    renamed = method(table[candidates][:, criteria], 7 * weights[criteria], directions[criteria])
    assert renamed == pytest.approx(method(table, weights, directions)[candidates], abs=1e-9)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=30, deadline=None)
@given(table=TABLES, data=st.data())
def test_who_is_dominated_is_not_ahead(method: Better, table: np.ndarray, data: st.DataObject) -> None:
    _, weights, directions = decision(data, table)
    scores = method(table, weights, directions)
    for one, other in np.ndindex(table.shape[0], table.shape[0]):
        if (table[one] * directions >= table[other] * directions).all():
            assert scores[one] >= scores[other] - 1e-9


@pytest.mark.parametrize("method", METHODS)
def test_a_criterion_without_weight_moves_nothing(method: Better) -> None:
    table = np.array([[1.0, 9.0], [4.0, 2.0], [6.0, 5.0]])
    assert method(table, [1, 0], [1, -1]) == pytest.approx(method(table[:, :1], [1], [1]))


@pytest.mark.parametrize("method", METHODS)
def test_one_candidate_has_one_score(method: Better) -> None:
    assert np.isfinite(method([[3.0, 5.0]], [1, 1], [1, -1])).tolist() == [True]


@pytest.mark.parametrize("method", METHODS)
def test_nobody_has_no_scores(method: Better) -> None:
    assert method(np.empty((0, 2)), [1, 1], [1, -1]).tolist() == []


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("matrix", "weights", "directions", "wrong"),
    [
        pytest.param([1.0, 2.0], [1], [1], "matrix has shape", id="matrix is a vector"),
        pytest.param([[1.0, 2.0]], [1], [1, 1], "weights has shape", id="a weight is missing"),
        pytest.param([[1.0, 2.0]], [1, 1], [1], "directions has shape", id="a direction is missing"),
        pytest.param([[1.0, np.nan]], [1, 1], [1, 1], "matrix must hold finite", id="unknown performance"),
        pytest.param([[1.0, 2.0]], [1, -1], [1, 1], "weights must not be negative", id="negative weight"),
        pytest.param([[1.0, 2.0]], [1, np.nan], [1, 1], "weights must be finite", id="unknown weight"),
        pytest.param([[1.0, 2.0]], [0, 0], [1, 1], "weights must not all be 0", id="no weight"),
        pytest.param([[1.0, 2.0]], [1, 1], [1, 0], r"directions must be \+1", id="no direction"),
    ],
)
def test_what_cannot_be_compared_is_named(
    method: Better, matrix: list[float], weights: list[float], directions: list[int], wrong: str
) -> None:
    with pytest.raises(ValueError, match=wrong):
        method(matrix, weights, directions)


def test_weighted_product_by_hand() -> None:
    # sqrt(4 / 1) = 2, sqrt(9 / 9) = 1
    assert crosscheck.weighted_product([[4, 1], [9, 9]], [1, 1], [1, -1]) == pytest.approx([2, 1])


def test_weighted_product_refuses_what_is_not_above_zero() -> None:
    with pytest.raises(ValueError, match="must be above 0"):
        crosscheck.weighted_product([[1, 0], [2, 3]], [1, 1], [1, 1])


def test_topsis_by_hand() -> None:
    # lengths 5 and 5: rows (.6, .8), (.8, .6), halved by the weights; costs in the second column.
    # The second is ideal in both, the first worst in both.
    assert crosscheck.topsis([[3, 4], [4, 3]], [1, 1], [1, -1]) == pytest.approx([0, 1])


def test_topsis_with_minmax_by_hand() -> None:
    # columns 0, .5, 1 and 1, .5, 0: the first and the last are as far from the best as from the worst; so is the middle
    assert topsis_minmax([[0, 9], [1, 8], [2, 7]], [1, 1], [1, 1]) == pytest.approx([0.5, 0.5, 0.5])


@pytest.mark.parametrize("normalization", ["vector", "minmax"])
def test_topsis_where_all_are_equal_is_a_half(normalization: str) -> None:
    same = [[0.1 + 0.2, 0.0], [0.1 + 0.2, 0.0]]
    assert crosscheck.topsis(same, [1, 2], [1, -1], normalization).tolist() == [0.5, 0.5]


def test_topsis_knows_its_normalizations() -> None:
    with pytest.raises(ValueError, match="there is no normalization 'sum'; there are vector, minmax"):
        crosscheck.topsis([[1, 2]], [1, 1], [1, 1], normalization="sum")


def test_vikor_leader_that_is_ahead_by_exactly_enough_stands_alone() -> None:
    # q 0, .5, 1; three candidates ask for a lead of 1 / 2; in tenths the middle is not quite a half
    found = crosscheck.vikor([[0.9], [0.6], [0.3]], [1], [1])
    assert found.q == pytest.approx([0, 0.5, 1])
    assert found.compromise.tolist() == [0]


def test_vikor_without_enough_lead_keeps_all_that_are_close() -> None:
    # q 1, .1, 0, .4; four candidates ask for a lead of 1 / 3
    assert crosscheck.vikor([[0], [9], [10], [6]], [1], [1]).compromise.tolist() == [2, 1]


def test_vikor_leader_that_is_best_in_nothing_brings_its_second() -> None:
    # Regrets, each a third of the weight: row 1 has 0, 1/6, 7/8, so s = .347 and r = .292. Row 3 has less s (1/3),
    # row 2 less r (5/18). It leads q by .479 - .156 > 1/5, with the least of neither.
    table = [[3, 2, 8], [9, 7, 1], [4, 3, 6], [0, 8, 8], [6, 8, 0], [9, 4, 1]]
    found = crosscheck.vikor(table, [1, 1, 1], [1, 1, 1])
    assert found.q[[1, 2]] == pytest.approx([0.15625, 23 / 48])
    assert found.compromise.tolist() == [1, 2]


def test_vikor_keeps_everyone_who_ties_for_the_second_place() -> None:
    # q 1/2, 1/2, .127, 1/2; the leader has neither the least s nor the least r
    found = crosscheck.vikor([[10, 1], [6, 10], [9, 3], [7, 6]], [1, 1], [1, 1])
    assert found.compromise.tolist() == [2, 0, 1, 3]


def test_vikor_does_not_stretch_rounding() -> None:
    # s is (.1 + .2) / .6 and .3 / .6, equal but for rounding, so only r counts: 1/3 and 1/2
    found = crosscheck.vikor([[0, 0, 1], [1, 1, 0]], [0.1, 0.2, 0.3], [1, 1, 1])
    assert found.s[0] != found.s[1]
    assert found.q.tolist() == [0, 0.5]


def test_vikor_constant_criterion_adds_nothing() -> None:
    found = crosscheck.vikor([[5, 1], [5, 2]], [3, 1], [1, 1])
    assert (found.s.tolist(), found.r.tolist()) == ([0.25, 0.0], [0.25, 0.0])


@settings(max_examples=30, deadline=None)
@given(TABLES, st.data())
def test_vikor_leader_is_in_the_compromise_and_indices_are_unique(table: np.ndarray, data: st.DataObject) -> None:
    found = crosscheck.vikor(*decision(data, table))
    assert found.compromise[0] == found.q.argmin()
    assert len(set(found.compromise.tolist())) == found.compromise.size
    assert (np.diff(found.q[found.compromise]) >= 0).all()


@pytest.mark.parametrize("v", [-0.1, 1.1, np.nan])
def test_vikor_mixes_shares(v: float) -> None:
    with pytest.raises(ValueError, match=r"it must be in 0\.\.1"):
        crosscheck.vikor([[1], [2]], [1], [1], v)


def pair(preference: str, ahead: float, q: float, p: float, s: float) -> float:
    """Preference for one of two candidates by its definition."""
    if ahead <= 0:
        return 0.0
    return {
        "usual": 1.0,
        "u_shape": float(ahead > q),
        "v_shape": min(ahead / p, 1.0) if p else 1.0,
        "level": (float(ahead > q) + float(ahead > p)) / 2,
        "linear": min((ahead - q) / (p - q), 1.0) * (ahead > q) if p > q else float(ahead > p),
        "gaussian": 1 - math.exp(-(ahead**2) / (2 * s**2)),
    }[preference]


def pair_by_pair(
    table: np.ndarray, weights: np.ndarray, preferences: list[str], *thresholds: list[float]
) -> np.ndarray:
    """Preference of every candidate over every other."""
    over: np.ndarray = np.zeros((table.shape[0], table.shape[0]))
    for i, k in np.ndindex(over.shape):
        terms = zip(weights, preferences, table[i] - table[k], *thresholds, strict=True)
        over[i, k] = sum(weight * pair(*rest) for weight, *rest in terms)
    over /= weights.sum() * max(table.shape[0] - 1, 1)
    return over


@pytest.mark.parametrize("preference", list(NEEDS))
@settings(max_examples=60, deadline=None)
@given(steps=TABLES, grid=GRIDS, data=st.data())
def test_promethee_equals_looking_at_every_pair(
    preference: str, steps: np.ndarray, grid: float, data: st.DataObject
) -> None:
    # Performances and thresholds on one grid: many ties, and differences that are exactly a threshold; in tenths
    # these round to either side, and the flows follow.
    table, weights, _ = decision(data, steps * grid)
    criteria = table.shape[1]
    q, beyond = (data.draw(arrays(np.int64, criteria, elements=st.integers(0, 3))) * grid for _ in range(2))
    p, s = q + beyond, q + grid
    over = pair_by_pair(table, weights, [preference] * criteria, list(q), list(p), list(s))
    found = crosscheck.promethee_ii(table, weights, np.ones(criteria), preference, q, p, s)
    assert found.positive == pytest.approx(over.sum(axis=1), abs=1e-9)
    assert found.negative == pytest.approx(over.sum(axis=0), abs=1e-9)
    assert found.net == pytest.approx(over.sum(axis=1) - over.sum(axis=0), abs=1e-9)
    assert found.net.sum() == pytest.approx(0, abs=1e-9)


def test_promethee_takes_one_preference_function_per_criterion() -> None:
    chance = np.random.default_rng(5)
    table, weights = chance.normal(size=(9, 6)).round(1), np.arange(1.0, 7.0)
    over = pair_by_pair(table, weights, list(NEEDS), [0.5] * 6, [1.5] * 6, [0.8] * 6)
    thresholds = {"q": [None, 0.5, None, 0.5, 0.5, None], "p": [np.nan, np.nan, 1.5, 1.5, 1.5, np.nan], "s": 0.8}
    found = crosscheck.promethee_ii(table, weights, np.ones(6), list(NEEDS), **thresholds)  # type: ignore[arg-type]
    assert found.positive == pytest.approx(over.sum(axis=1))
    assert found.negative == pytest.approx(over.sum(axis=0))


@pytest.mark.parametrize(
    ("preference", "leader"),
    [
        # performances 0, 1, 2, 4: the leader is ahead by 4, 3, 2; q = 2, p = 4 (usual: 3 of 3)
        ("usual", 1),
        ("u_shape", 2 / 3),  # 2 is not more than q
        ("v_shape", (1 + 3 / 4 + 2 / 4) / 3),
        ("level", (1 / 2 + 1 / 2 + 0) / 3),  # 4 is not more than p
        ("linear", (1 + 1 / 2 + 0) / 3),
        ("gaussian", (3 - np.exp(-2) - np.exp(-9 / 8) - np.exp(-1 / 2)) / 3),
    ],
)
def test_preference_functions_by_hand(preference: str, leader: float) -> None:
    found = crosscheck.promethee_ii([[0], [1], [2], [4]], [1], [1], preference, q=2, p=4, s=2)
    assert found.positive[3] == pytest.approx(leader)
    assert found.negative[3] == 0


def test_promethee_line_keeps_its_digits_beside_an_outlier() -> None:
    # Among the close ones each step of 1 is half of p; the outlier beats all of them, and none beats it.
    found = crosscheck.promethee_ii([[0.0], [1.0], [2.0], [1e12]], [1], [1], "v_shape", p=2)
    assert found.positive == pytest.approx([0, 0.5 / 3, 1.5 / 3, 1], abs=1e-12)
    costs = crosscheck.promethee_ii([[0.0], [1.0], [2.0], [1e12]], [1], [-1], "v_shape", p=2)
    assert costs.positive == pytest.approx([2.5 / 3, 1.5 / 3, 1 / 3, 0], abs=1e-12)


def test_gaussian_flows_do_not_depend_on_the_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    table = np.random.default_rng(3).normal(size=(40, 2))
    whole = crosscheck.promethee_ii(table, [1, 2], [1, -1], "gaussian", s=0.5)
    monkeypatch.setattr("partnerselect.kernels.promethee._PAIRS_AT_ONCE", 130)
    parts = crosscheck.promethee_ii(table, [1, 2], [1, -1], "gaussian", s=0.5)
    assert parts.net == pytest.approx(whole.net, abs=1e-12)


def test_a_candidate_alone_has_no_flows() -> None:
    found = crosscheck.promethee_ii([[3, 4]], [1, 1], [1, 1])
    assert (found.positive.tolist(), found.negative.tolist(), found.net.tolist()) == ([0], [0], [0])


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        pytest.param({"preference": "step"}, "criterion 0: there is no preference function 'step'; ", id="word"),
        pytest.param({"preference": ["usual"]}, "preference has 1 entries", id="too few words"),
        pytest.param({"preference": ["usual", "u_shape"]}, "criterion 1: .* u_shape needs q", id="u_shape without q"),
        pytest.param({"preference": "v_shape", "q": 1}, "v_shape needs p", id="v_shape without p"),
        pytest.param({"preference": "level", "p": 1}, "level needs q", id="level without q"),
        pytest.param({"preference": "linear", "q": 1, "p": [2, None]}, "criterion 1: .* needs p", id="one p missing"),
        pytest.param({"preference": "gaussian"}, "gaussian needs s", id="gaussian without s"),
        pytest.param({"preference": "gaussian", "s": 0}, "s is 0; it must be finite and above 0", id="no width"),
        pytest.param({"preference": "u_shape", "q": -1}, "q is -1; it must be finite and at least 0", id="negative q"),
        pytest.param({"preference": "v_shape", "p": np.inf}, "p is inf", id="infinite p"),
        pytest.param({"preference": "linear", "q": 3, "p": [4, 2]}, "criterion 1: q is 3 and p is 2", id="q above p"),
        pytest.param({"preference": "u_shape", "q": [1, 2, 3]}, "q has shape", id="too many q"),
    ],
)
def test_impossible_preferences_are_named(options: dict[str, Any], wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        crosscheck.promethee_ii([[1, 2], [2, 1]], [1, 1], [1, 1], **options)


def test_thresholds_that_are_not_needed_are_ignored() -> None:
    found = crosscheck.promethee_ii([[1], [2]], [1], [1], "usual", q=-1, p=np.nan, s=0)
    assert found.net.tolist() == [-1, 1]
