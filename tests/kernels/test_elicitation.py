from collections.abc import Callable
from itertools import combinations
from itertools import pairwise as steps

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import minimize_scalar

from partnerselect.kernels import elicitation, pairwise

UNKNOWN = np.nan
SAATY = [1 / 9, 1 / 7, 1 / 5, 1 / 3, 1.0, 3.0, 5.0, 7.0, 9.0]
METHODS = ["eigenvector", "geometric"]
SURROGATES = [elicitation.rank_order_centroid, elicitation.rank_sum, elicitation.rank_reciprocal]
WEIGHTS = st.integers(1, 6).flatmap(lambda n: arrays(np.float64, n, elements=st.integers(1, 9).map(float)))


def judged(n: int, above: dict[tuple[int, int], float]) -> np.ndarray:
    judgements = np.full((n, n), UNKNOWN)
    for (i, j), value in above.items():
        judgements[i, j] = value
    return judgements


def random_judgements(data: st.DataObject, n: int) -> np.ndarray:
    return pairwise.reciprocal(
        judged(n, {pair: data.draw(st.sampled_from(SAATY)) for pair in combinations(range(n), 2)})
    )


def named(found: elicitation.Ahp) -> tuple[int, int]:
    assert found.worst is not None
    return found.worst[:2]


def suggested(found: elicitation.Ahp) -> float:
    assert found.worst is not None
    return found.worst[2]


# an order


@pytest.mark.parametrize("n", range(1, 9))
def test_centroid_is_the_mean_of_the_corners(n: int) -> None:
    # All weights in this order lie between (1, 0, 0, ...), (1/2, 1/2, 0, ...), (1/3, 1/3, 1/3, ...) and so on.
    corners = [[1 / k] * k + [0.0] * (n - k) for k in range(1, n + 1)]
    assert elicitation.rank_order_centroid(n) == pytest.approx(np.mean(corners, axis=0))


def test_rank_sum_and_reciprocal_by_hand() -> None:
    assert elicitation.rank_sum(3) == pytest.approx([3 / 6, 2 / 6, 1 / 6])
    assert elicitation.rank_reciprocal(3) == pytest.approx([6 / 11, 3 / 11, 2 / 11])  # 1 + 1/2 + 1/3 = 11/6


@pytest.mark.parametrize("surrogate", SURROGATES)
@pytest.mark.parametrize("n", [1, 2, 7, 40])
def test_weights_from_an_order_sum_to_one_and_fall(surrogate: Callable[[int], np.ndarray], n: int) -> None:
    weights = surrogate(n)
    assert weights.shape == (n,)
    assert weights.sum() == pytest.approx(1)
    assert (np.diff(weights) < 0).all()


@pytest.mark.parametrize("surrogate", SURROGATES)
def test_no_criterion_has_no_weights(surrogate: Callable[[int], np.ndarray]) -> None:
    with pytest.raises(ValueError, match="n is 0; there must be at least 1 criterion"):
        surrogate(0)


# points


def test_swing_normalises_in_the_order_of_the_points() -> None:
    assert elicitation.swing([50, 100, 0, 50]) == pytest.approx([0.25, 0.5, 0, 0.25])


@pytest.mark.parametrize(
    ("points", "wrong"),
    [
        ([0.0, 0.0], "points must not all be 0"),
        ([], "points must not all be 0"),
        ([10.0, -1.0], "points must not be negative"),
        ([10.0, UNKNOWN], "points must be finite"),
        ([10.0, np.inf], "points must be finite"),
        ([[10.0, 5.0]], "points has shape"),
    ],
)
def test_impossible_points_are_named(points: list[float], wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        elicitation.swing(points)


# pairwise judgements


@pytest.mark.parametrize("method", METHODS)
@given(weights=WEIGHTS)
def test_consistent_judgements_give_back_the_weights(method: str, weights: np.ndarray) -> None:
    found = elicitation.ahp(weights[:, None] / weights, method)
    assert found.weights == pytest.approx(weights / weights.sum())
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("method", METHODS)
@given(weights=WEIGHTS, data=st.data())
def test_a_chain_of_judgements_is_enough(method: str, weights: np.ndarray, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(weights.size)))
    chain = {(i, j): weights[i] / weights[j] for i, j in steps(order)}
    found = elicitation.ahp(judged(weights.size, chain), method)
    assert found.weights == pytest.approx(weights / weights.sum())
    assert found.completed == pytest.approx(weights[:, None] / weights)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)


def test_weights_of_very_different_size_keep_their_digits() -> None:
    weights = np.array([1e6, 1.0, 1e-6])
    assert elicitation.ahp(weights[:, None] / weights).weights == pytest.approx(weights / weights.sum(), rel=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_three_judgements_by_hand(method: str) -> None:
    # Products of the rows 2, 1, 1/2: weights as 2^(1/3), 1, 2^(-1/3), with three criteria for either method.
    # The cycle a_12 a_23 a_31 is 4 = k^3: the eigenvalue is 1 + k + 1/k.
    root, k = 2 ** (1 / 3), 4 ** (1 / 3)
    found = elicitation.ahp([[1.0, 2.0, 1.0], [0.5, 1.0, 2.0], [1.0, 0.5, 1.0]], method)
    assert found.weights == pytest.approx(np.array([root, 1, 1 / root]) / (root + 1 + 1 / root))
    assert found.consistency_ratio == pytest.approx((k + 1 / k - 2) / 2 / 0.58)
    assert named(found) == (0, 1)  # all three are off by the factor k: the first is named
    assert suggested(found) == pytest.approx(root)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("given", [4.0, 1 / 4, UNKNOWN])
def test_two_criteria_cannot_contradict_each_other(method: str, given: float) -> None:
    other = 1 / 4 if np.isnan(given) else 1 / given
    found = elicitation.ahp([[1, given], [other, 1]], method)
    assert found.weights == pytest.approx([1 / (1 + other), other / (1 + other)])
    assert found.consistency_ratio == 0
    assert named(found) == (0, 1)
    assert suggested(found) == pytest.approx(1 / other)


@pytest.mark.parametrize("alone", [1.0, UNKNOWN])
def test_one_criterion_has_all_the_weight(alone: float) -> None:
    found = elicitation.ahp([[alone]])
    assert (found.weights.tolist(), found.consistency_ratio, found.worst) == ([1.0], 0.0, None)


@pytest.mark.parametrize("method", METHODS)
def test_the_worst_judgement_is_the_one_that_does_not_fit(method: str) -> None:
    weights = np.array([8.0, 4.0, 2.0, 1.0])
    judgements = weights[:, None] / weights
    judgements[1, 3], judgements[3, 1] = 1 / 3, 3  # the others say 4
    found = elicitation.ahp(judgements, method)
    assert named(found) == (1, 3)
    assert suggested(found) == pytest.approx(found.weights[1] / found.weights[3])
    assert found.consistency_ratio > 0.1
    judgements[1, 3], judgements[3, 1] = suggested(found), 1 / suggested(found)
    assert elicitation.ahp(judgements, method).consistency_ratio < found.consistency_ratio


def test_what_was_not_judged_cannot_be_the_worst() -> None:
    found = elicitation.ahp(judged(4, {(0, 1): 9, (1, 2): 9, (0, 2): 1 / 9, (3, 0): 1}))
    assert named(found) in {(0, 1), (1, 2), (0, 2)}


@settings(max_examples=30, deadline=None)
@given(st.integers(3, 6), st.data())
def test_names_of_criteria_do_not_matter(n: int, data: st.DataObject) -> None:
    judgements = random_judgements(data, n)
    names = data.draw(st.permutations(range(n)))
    found, renamed = elicitation.ahp(judgements), elicitation.ahp(judgements[names][:, names])
    assert renamed.weights == pytest.approx(found.weights[names])
    assert renamed.consistency_ratio == pytest.approx(found.consistency_ratio)


@settings(max_examples=30, deadline=None)
@given(st.integers(3, 6), st.data())
def test_one_missing_judgement_is_where_the_eigenvalue_is_smallest(n: int, data: st.DataObject) -> None:
    judgements = random_judgements(data, n)
    judgements[0, 1] = judgements[1, 0] = UNKNOWN
    tried = judgements.copy()

    def eigenvalue(log: float) -> float:
        tried[0, 1], tried[1, 0] = np.exp(log), np.exp(-log)
        return float(np.linalg.eigvals(tried).real.max())

    by_search = np.exp(minimize_scalar(eigenvalue, bounds=(-8, 8), method="bounded", options={"xatol": 1e-9}).x)
    assert elicitation.ahp(judgements).completed[0, 1] == pytest.approx(by_search, rel=1e-5)


@settings(max_examples=30, deadline=None)
@given(st.integers(4, 7), st.data())
def test_no_other_completion_has_a_smaller_eigenvalue(n: int, data: st.DataObject) -> None:
    judgements = random_judgements(data, n)
    for i, j in data.draw(st.lists(st.tuples(st.integers(1, n - 1), st.integers(1, n - 1)))):
        judgements[i, j] = judgements[j, i] = UNKNOWN  # all stay linked through the first
    completed = elicitation.ahp(judgements).completed
    smallest = pairwise.largest_eigenvalue(completed)[0]
    factors = np.exp(np.random.default_rng(n).normal(scale=0.1, size=(20, n, n)))
    for factor in factors:
        other = np.where(np.isnan(judgements), completed * factor / factor.T, completed)
        assert pairwise.largest_eigenvalue(other)[0] >= smallest - 1e-9
    assert completed * completed.T == pytest.approx(np.ones((n, n)))


@pytest.mark.parametrize(("n", "random_index"), [(10, 1.49), (11, 1.51), (13, 1.56), (15, 1.59), (30, 1.68)])
def test_consistency_of_many_criteria_is_measured_against_random_judgements(n: int, random_index: float) -> None:
    # One wrong judgement among equal ones. Saaty's own table beyond 10: 1.51 for 11, 1.56 for 13, 1.59 for 15.
    judgements = np.ones((n, n))
    judgements[0, 1], judgements[1, 0] = 9, 1 / 9
    eigenvalue = np.linalg.eigvals(judgements).real.max()
    ratio = elicitation.ahp(judgements).consistency_ratio
    assert ratio == pytest.approx((eigenvalue - n) / (n - 1) / random_index, rel=5e-3)


def test_rounded_reciprocals_are_taken_as_they_stand() -> None:
    # 3 * 0.33 = 0.99: below the smallest eigenvalue of true reciprocals, and still no contradiction
    found = elicitation.ahp([[1.0, 3.0, 3.0], [0.33, 1.0, 1.0], [0.33, 1.0, 1.0]])
    assert found.weights == pytest.approx([0.6, 0.2, 0.2], abs=2e-3)
    assert found.consistency_ratio == 0


@pytest.mark.parametrize(
    ("judgements", "wrong"),
    [
        pytest.param([1.0, 2.0], "judgements has shape", id="vector"),
        pytest.param([[1.0, 2.0]], r"it takes shape \(n, n\)", id="not square"),
        pytest.param(np.empty((0, 0)), "n at least 1", id="nothing"),
        pytest.param([[1, 0], [UNKNOWN, 1]], r"judgement \(0, 1\) is 0: a judgement is a positive", id="zero"),
        pytest.param([[1, -2], [-0.5, 1]], "a judgement is a positive number", id="negative"),
        pytest.param([[1, np.inf], [UNKNOWN, 1]], "is inf: a judgement is a positive number", id="infinite"),
        pytest.param([[2.0, 1.0], [1.0, 1.0]], r"\(0, 0\) is 2: a criterion compared with itself is 1", id="diagonal"),
        pytest.param([[1.0, 3.0], [3.0, 1.0]], r"\(0, 1\) is 3: its counterpart is not its", id="contradiction"),
        pytest.param(judged(2, {}), r"to another: \[0\] and \[1\]", id="nothing judged"),
        pytest.param(judged(4, {(0, 2): 3, (3, 1): 2}), r"to another: \[0, 2\] and \[1, 3\]", id="two islands"),
    ],
)
def test_impossible_judgements_are_named(judgements: np.ndarray, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        elicitation.ahp(judgements)


def test_ahp_knows_its_methods() -> None:
    with pytest.raises(ValueError, match="there is no method 'mean'; there are eigenvector, geometric"):
        elicitation.ahp([[1]], method="mean")


# best and worst


@given(WEIGHTS)
def test_best_worst_gives_back_consistent_weights(weights: np.ndarray) -> None:
    found = elicitation.bwm(weights.max() / weights, weights / weights.min())
    assert found.weights == pytest.approx(weights / weights.sum())
    assert (found.xi, found.consistency_ratio) == pytest.approx((0, 0), abs=1e-9)


def test_best_worst_by_hand() -> None:
    # Best is the first, worst the last, 4 : 1; the middle is 2 from the best and 3 from the worst, where 2 * 2 = 4
    # would be right: |2 * 3 - 4| / (16 - 4) = 1/6. Weights (b, m, w): m is pushed up from b / 2 and down from 3 w by
    # the same xi, and so is b from 4 w: b - 2m = -xi, m - 3w = -xi, b - 4w = xi; with b + m + w = 1:
    # b = 4w + xi, m = 3w - xi, 4w + xi - 6w + 2 xi = -xi, so w = 2 xi, b = 9 xi, m = 5 xi, and 16 xi = 1.
    found = elicitation.bwm([1, 2, 4], [4, 3, 1])
    assert found.weights == pytest.approx([9 / 16, 5 / 16, 2 / 16])
    assert found.xi == pytest.approx(1 / 16)
    assert found.consistency_ratio == pytest.approx(1 / 6)


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 6), st.data())
def test_no_other_weights_deviate_less(n: int, data: st.DataObject) -> None:
    far = data.draw(st.integers(2, 9))
    between = [data.draw(st.tuples(st.integers(1, far), st.integers(1, far))) for _ in range(n - 2)]
    from_best = np.array([1, *(pair[0] for pair in between), far], dtype=float)
    to_worst = np.array([far, *(pair[1] for pair in between), 1], dtype=float)
    found = elicitation.bwm(from_best, to_worst)

    def largest_deviation(weights: np.ndarray) -> float:
        off = np.concatenate(
            [best - from_best * weights for best in weights[from_best * far == to_worst]]
            + [weights - to_worst * worst for worst in weights[to_worst * far == from_best]]
        )
        return float(np.abs(off).max())

    assert largest_deviation(found.weights) == pytest.approx(found.xi, abs=1e-9)
    near = found.weights * np.exp(np.random.default_rng(far).normal(scale=0.05, size=(200, n)))
    assert all(largest_deviation(row / row.sum()) >= found.xi - 1e-9 for row in near)


def test_several_may_be_best_or_worst() -> None:
    found = elicitation.bwm([1, 1, 4, 4], [4, 4, 1, 1])
    assert found.weights == pytest.approx([0.4, 0.4, 0.1, 0.1])
    assert found.consistency_ratio == 0


@settings(max_examples=30, deadline=None)
@given(st.integers(3, 6), st.data())
def test_criteria_judged_alike_weigh_alike_and_names_do_not_matter(n: int, data: st.DataObject) -> None:
    pairs = [(1, 3), (3, 1)] + [data.draw(st.tuples(st.integers(1, 3), st.integers(1, 3))) for _ in range(n - 2)]
    names = data.draw(st.permutations(range(n)))
    judged_so = np.array(pairs, dtype=float)
    weights = elicitation.bwm(*judged_so.T).weights
    assert elicitation.bwm(*judged_so[names].T).weights == pytest.approx(weights[names], abs=1e-9)
    for i, j in np.ndindex(n, n):
        if pairs[i] == pairs[j]:
            assert weights[i] == pytest.approx(weights[j], abs=1e-9)


def test_the_worst_is_where_both_comparisons_agree() -> None:
    # The last two are both as important as the worst; only the third is also as far from the best as it says: 8.
    found = elicitation.bwm([1, 4, 8, 9], [8, 2, 1, 1])
    assert found.consistency_ratio == pytest.approx(1 / 56)  # |9 * 1 - 8| / (64 - 8)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_all_equally_important(n: int) -> None:
    found = elicitation.bwm([1] * n, [1] * n)
    assert found.weights == pytest.approx([1 / n] * n)
    assert (found.xi, found.consistency_ratio) == pytest.approx((0, 0))


@pytest.mark.parametrize(
    ("best_to_others", "others_to_worst", "wrong"),
    [
        pytest.param([1, 2], [2, 1, 1], "others_to_worst has shape", id="different lengths"),
        pytest.param([], [], "best_to_others must be 1 or more", id="nothing"),
        pytest.param([2, 3], [3, 1], "best_to_others must be 1 or more, and 1 where", id="no best"),
        pytest.param([1, 3], [3, 2], "others_to_worst must be 1 or more, and 1 where", id="no worst"),
        pytest.param([1, 0.5], [2, 1], "best_to_others must be 1 or more", id="below 1"),
        pytest.param([1, UNKNOWN], [2, 1], "best_to_others must be finite", id="not judged"),
        pytest.param([1, 2, 5], [4, 2, 1], "best to worst is 5 in best_to_others and 4 in", id="one judgement, twice"),
        pytest.param([1, 1, 2], [1, 1, 2], "are judged equal, but others", id="nothing between equals"),
    ],
)
def test_impossible_comparisons_are_named(
    best_to_others: list[float], others_to_worst: list[float], wrong: str
) -> None:
    with pytest.raises(ValueError, match=wrong):
        elicitation.bwm(best_to_others, others_to_worst)
